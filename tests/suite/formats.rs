//! Tables in other formats than CSV: tests/formats/make.py wrote the files, by the programs that
//! people write them with.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use glad::dataset::{
    ColumnChoice, Dataset, DatasetError, Origin, ReadOptions, Rows, Schema, preview, read_from,
    read_path,
};

use crate::cli_session::{glad, told as outcome};
use crate::common::toy_path;

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/formats")
        .join(name)
}

fn open(name: &str) -> Dataset {
    read_path(&file(name), &ReadOptions::default())
        .unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn sheet(name: &str) -> ReadOptions {
    ReadOptions {
        sheet: Some(name.into()),
        ..ReadOptions::default()
    }
}

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, bytes) in entries {
        archive.start_file(*name, options).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn refusal(bytes: &[u8]) -> String {
    read_from(bytes, "t", &ReadOptions::default()).map_or_else(
        |error| error.to_string(),
        |table| format!("opened with {} rows", table.n_instances()),
    )
}

/// What the program says, and whether it succeeded.
fn run(arguments: &[&str]) -> (bool, String) {
    let (status, said) = outcome(&glad(arguments));
    (status == Some(0), said)
}

fn done(arguments: &[&str]) -> String {
    let (succeeded, said) = run(arguments);
    assert!(succeeded, "{said}");
    said
}

#[test]
fn a_table_is_the_same_in_every_format() {
    let csv = open("table.csv");
    assert_eq!(
        (csv.n_instances(), csv.id(0).as_str()),
        (40, "9007199254740993")
    );
    for name in [
        "pandas-snappy.parquet",
        "polars-zstd.parquet",
        "pyarrow-gzip-v1.parquet",
        "pyarrow-lz4-v2.parquet",
        "pandas-lz4.feather",
        "polars-zstd.arrow",
        "pyarrow.arrows",
        "table.jsonl",
        "table.csv.gz",
        "table.csv.zst",
    ] {
        let table = open(name);
        assert_eq!(table.fingerprint(), csv.fingerprint(), "{name}");
        assert_eq!(table.features(), csv.features(), "{name}");
        assert_eq!(table.truth(), csv.truth(), "{name}");
        let ids = |table: &Dataset| (0..40).map(|row| table.id(row)).collect::<Vec<_>>();
        assert_eq!(ids(&table), ids(&csv), "{name}");
    }
    // Workbooks keep 15 digits of an id, so these have none.
    for name in ["table.xls", "table.ods"] {
        let table = open(name);
        assert_eq!(table.features(), csv.features(), "{name}");
        assert_eq!(table.truth(), csv.truth(), "{name}");
    }
}

#[test]
fn the_rows_that_are_scored_have_the_bits_of_those_that_were_fitted() {
    let csv = open("table.csv");
    let schema = Schema::of(&csv);
    for name in [
        "polars-zstd.parquet",
        "polars-zstd.arrow",
        "pyarrow.arrows",
        "tables.sqlite",
        "table.jsonl",
        "table.csv.zst",
        "tables.zip",
    ] {
        let mut rows = Rows::open(&file(name), &schema, &ReadOptions::default()).unwrap();
        let batch = rows.next(100).unwrap().unwrap();
        assert_eq!(batch.features, csv.features(), "{name}");
        assert_eq!(batch.ids[39], csv.id(39));
    }
}

#[test]
fn a_workbook_gives_its_first_table_and_says_so_and_another_by_its_name() {
    let seen = preview(&file("book.xlsx"), &ReadOptions::default()).unwrap();
    assert_eq!(seen.sheets, ["Read me", "Data", "Other"]);
    assert_eq!(
        (seen.sheet.as_deref(), seen.format),
        (Some("Data"), "Excel")
    );
    let table = open("book.xlsx");
    assert_eq!(table.features(), open("table.csv").features());
    let note = &table.notices()[0];
    assert!(
        note.contains("“Data” is read") && note.contains("“Other”"),
        "{note}"
    );
    // The session keeps which one that was.
    let Some(Origin::File { options, .. }) = table.origin() else {
        panic!("a file");
    };
    assert_eq!(options.sheet.as_deref(), Some("Data"));
    let seen = preview(&file("book.xlsx"), &sheet("other")).unwrap();
    assert_eq!(seen.rows[1][0], "2024-01-01T06:00:00");
    assert_eq!(seen.rows[0][0], "2024-01-01");
    let error = read_path(&file("book.xlsx"), &sheet("Nowhere")).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("it holds “Read me”, “Data”, “Other”"),
        "{error}"
    );
    let error = read_path(&file("table.csv"), &sheet("Data")).unwrap_err();
    assert!(matches!(error, DatasetError::NoSuchSheet(..)));
}

#[test]
fn an_archive_gives_its_first_table_or_the_chosen_one() {
    let csv = open("table.csv");
    let table = open("tables.zip");
    assert_eq!(table.features(), csv.features());
    assert!(table.notices()[0].contains("“data/table.csv” is read"));
    let other = read_path(&file("tables.zip"), &sheet("data/other.parquet")).unwrap();
    assert_eq!(other.features(), csv.features());
    // Packed within the packed.
    let inner = fs::read(file("table.csv.gz")).unwrap();
    let nested = zip(&[("a.csv.gz", &inner)]);
    let nested = read_from(nested.as_slice(), "t", &ReadOptions::default()).unwrap();
    assert_eq!(nested.features(), csv.features());
}

#[test]
fn types_become_text_and_lists_are_left_out_by_name() {
    let seen = preview(&file("types.parquet"), &ReadOptions::default()).unwrap();
    assert_eq!(
        seen.columns,
        [
            "day", "at", "clock", "price", "big", "flag", "pair.a", "pair.b"
        ]
    );
    assert_eq!(
        seen.rows,
        [
            [
                "",
                "1970-01-01T00:00:00Z",
                "00:00:00.001",
                "",
                "18446744073709551615",
                "true",
                "1",
                ""
            ],
            ["1970-01-01", "", "01:00:00", "-0.05", "0", "", "", ""],
            [
                "2024-02-29",
                "2024-02-29T00:00:00.123456Z",
                "",
                "12.30",
                "",
                "false",
                "2",
                "x y"
            ],
        ]
    );
    assert!(
        seen.notes[0].contains("“list.list.element”"),
        "{}",
        seen.notes[0]
    );
}

#[test]
fn arrow_gives_the_texts_of_parquet_and_spans_of_time() {
    let arrow = preview(&file("types.arrow"), &ReadOptions::default()).unwrap();
    let parquet = preview(&file("types.parquet"), &ReadOptions::default()).unwrap();
    assert_eq!(arrow.format, "Arrow");
    assert_eq!(arrow.columns[..8], parquet.columns[..]);
    for (own, other) in arrow.rows.iter().zip(&parquet.rows) {
        assert_eq!(own[..8], other[..]);
    }
    let last = arrow.rows.iter().map(|row| [row[8].as_str(), &row[9]]);
    let expected = [["PT90S", "0.5"], ["", ""], ["-PT1S", "2"]];
    assert_eq!(last.collect::<Vec<_>>(), expected);
    assert!(arrow.notes[0].contains("“list”"), "{}", arrow.notes[0]);
}

#[test]
fn a_database_gives_its_first_table_and_another_by_its_name() {
    let csv = open("table.csv");
    let table = open("tables.sqlite");
    assert_eq!(table.features(), csv.features());
    assert_eq!(table.truth(), csv.truth());
    assert_eq!(table.id(39), csv.id(39));
    let note = &table.notices()[0];
    assert!(
        note.contains("“readings” is read") && note.contains("“about”, “red”"),
        "{note}"
    );
    let Some(Origin::File { options, .. }) = table.origin() else {
        panic!("a file");
    };
    assert_eq!(options.sheet.as_deref(), Some("readings"));
    let seen = preview(&file("tables.sqlite"), &sheet("RED")).unwrap();
    assert_eq!(
        (seen.format, seen.sheet.as_deref()),
        ("SQLite", Some("red"))
    );
    assert!(seen.rows.iter().all(|row| row[4] == "red"));
    let error = read_path(&file("tables.sqlite"), &sheet("blue")).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("it holds “about”, “readings”, “red”"),
        "{error}"
    );
    // From memory, as out of an archive; and nothing is written beside the file.
    let bytes = fs::read(file("tables.sqlite")).unwrap();
    let packed = zip(&[("tables.db", &bytes)]);
    let unpacked = read_from(packed.as_slice(), "t", &ReadOptions::default()).unwrap();
    assert_eq!(unpacked.features(), csv.features());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a # b?.sqlite");
    fs::write(&path, &bytes).unwrap();
    let copy = read_path(&path, &ReadOptions::default()).unwrap();
    assert_eq!(copy.features(), csv.features());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn our_own_parquet_export_opens_again() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("scores.parquet");
    let out = out.to_str().unwrap();
    let csv = folder.path().join("scores.csv");
    let csv = csv.to_str().unwrap();
    let table = toy_path("clusters");
    let table = table.to_str().unwrap();
    done(&["rank", table, "--out", out]);
    done(&["rank", table, "--out", csv]);
    let options = ReadOptions {
        label: ColumnChoice::Absent,
        ..ReadOptions::default()
    };
    let back = read_path(Path::new(out), &options).unwrap();
    let text = read_path(Path::new(csv), &options).unwrap();
    assert_eq!(back.features(), text.features());
    assert_eq!(back.feature_names(), text.feature_names());
    // And the program goes on from it.
    done(&["rank", out, "--label", "none", "--out", csv]);
}

#[test]
fn every_command_takes_every_format() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let parquet = file("polars-zstd.parquet");
    let parquet = parquet.to_str().unwrap();
    let book = file("book.xlsx");
    let book = book.to_str().unwrap();
    let replayed = done(&["replay", parquet, "--budget", "4"]);
    assert!(replayed.contains("40 instances"), "{replayed}");
    for (name, copy) in [
        ("polars-zstd.parquet", "polars-zstd.parquet"),
        ("polars-zstd.arrow", "arrow.feather"),
        ("tables.sqlite", "base.sqlite"),
        ("table.xls", "table.xls"),
        ("table.jsonl", "lines.jsonl"),
    ] {
        fs::copy(file(name), path(copy)).unwrap();
    }
    fs::write(path("readme.txt"), "No table.").unwrap();
    let folder_name = folder.path().to_str().unwrap();
    let compared = done(&["experiment", folder_name, "--seeds", "1", "--budget", "3"]);
    for name in ["polars-zstd", "arrow", "base", "table", "lines"] {
        assert!(compared.contains(name), "{compared}");
    }
    done(&[
        "rank",
        book,
        "--sheet",
        "Data",
        "--out",
        &path("scores.csv"),
    ]);
    let (succeeded, refused) = run(&[
        "rank",
        book,
        "--sheet",
        "Date",
        "--out",
        &path("scores.csv"),
    ]);
    assert!(
        !succeeded && refused.contains("has no sheet “Date”"),
        "{refused}"
    );
}

#[test]
fn what_is_no_table_is_named() {
    for (bytes, words) in [
        (
            &b"version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 12\n"[..],
            ["Git LFS", "git lfs pull"],
        ),
        (
            b"<!DOCTYPE html><html><body>Log in</body></html>",
            ["web page", "download the file itself"],
        ),
        (b"SIMPLE  =                    T", ["FITS", "astropy"]),
        (b"%PDF-1.7\n%\xe2\xe3", ["PDF", "CSV or Excel"]),
        (b"\x89HDF\r\n\x1a\n\0\0", ["HDF5", "read_hdf"]),
        (b"\x80\x04\x95\x10\0\0\0\0", ["pickle", "read_pickle"]),
        (b"\x93NUMPY\x01\0v\0{", ["NumPy", "copy it again"]),
        (b"SQLite format 3\0\x10\0", ["SQLite", "copy it again"]),
        (b"FEA1\0\0\0\0", ["first version", "read_feather"]),
        (b"Rar!\x1a\x07\x01\0", ["RAR", "unpack"]),
        (b"\x89PNG\r\n\x1a\n\0\0", ["picture", "one row"]),
    ] {
        let told = refusal(bytes);
        assert!(words.iter().all(|word| told.contains(word)), "{told}");
        assert!(!told.contains("delimiter between"), "{told}");
    }
    let word = zip(&[("[Content_Types].xml", b""), ("word/document.xml", b"<w/>")]);
    assert!(refusal(&word).contains("Word document"));
}

#[test]
fn archives_are_bounded() {
    let out = zip(&[("../a.csv", b"x,y\n1,2\n")]);
    assert!(refusal(&out).contains("leads out of the archive"));
    let none = zip(&[("a/readme.md", b"x"), ("b.bin", b"y")]);
    assert!(refusal(&none).contains("none of its files"));
    let mut layers = b"x,y\n1,2\n2,1\n3,5\n".to_vec();
    for _ in 0..5 {
        layers = zip(&[("a.zip", &layers)]);
    }
    assert!(refusal(&layers).contains("packed over and over"));
    let bomb = zip(&[("a.csv", &vec![b'1'; 32 << 20])]);
    assert!(refusal(&bomb).contains("16 MiB"));
}

/// Each file cut and each file with wrong bytes: a table or a sentence that says what is wrong, and
/// no panic.
#[test]
fn damaged_files_are_told() {
    for name in [
        "pandas-snappy.parquet",
        "polars-zstd.parquet",
        "pyarrow-lz4-v2.parquet",
        "pandas-lz4.feather",
        "polars-zstd.arrow",
        "tables.sqlite",
        "book.xlsx",
        "table.ods",
        "table.xls",
        "tables.zip",
        "table.csv.zst",
    ] {
        let whole = fs::read(file(name)).unwrap();
        for part in 1..8 {
            let cut = &whole[..whole.len() * part / 8];
            let told = refusal(cut);
            assert!(
                told.contains("damaged or unfinished"),
                "{name} {part}/8: {told}"
            );
        }
        for at in (8..whole.len()).step_by(whole.len() / 40) {
            let mut wrong = whole.clone();
            wrong[at] ^= 0x5a;
            refusal(&wrong);
        }
    }
}
