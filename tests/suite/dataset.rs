//! Reading tables, as an analyst's files try it.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;

use flate2::{Compression, write::GzEncoder};
use glad::dataset::{
    ColumnChoice, Dataset, DatasetError, Label, Missing, ReadOptions, Role, preview, read_from,
    read_path, toys, write_toys,
};
use ndarray::array;
use proptest::prelude::*;

fn read(text: &str) -> Result<Dataset, DatasetError> {
    read_with(text, &ReadOptions::default())
}

fn read_with(text: &str, options: &ReadOptions) -> Result<Dataset, DatasetError> {
    read_from(text.as_bytes(), "t", options)
}

/// The sentence of a refusal, which must be one sentence on one line.
fn refusal(text: &str) -> String {
    sentence(read(text))
}

fn sentence(result: Result<Dataset, DatasetError>) -> String {
    let sentence = result.expect_err("a refusal").to_string();
    assert!(
        sentence.ends_with('.') && !sentence.contains('\n'),
        "{sentence}"
    );
    assert!(sentence.len() < 600, "{sentence}");
    sentence
}

fn named(name: &str) -> ColumnChoice {
    ColumnChoice::Named(name.into())
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn labels(dataset: &Dataset) -> Vec<Option<Label>> {
    dataset.truth().expect("truth").labels().to_vec()
}

fn left_out<'a>(dataset: &'a Dataset, name: &str) -> &'a str {
    let column = dataset.columns().iter().find(|column| column.name == name);
    match &column.expect("the column").role {
        Role::LeftOut { reason } => reason,
        role => panic!("{name} is {role:?}"),
    }
}

const PLAIN: &str = "label,x,y\nnominal,1,2\nanomaly,3,4.5\nnominal,-5,6e1\n";

mod forms {
    use super::*;

    fn assert_plain(dataset: &Dataset) {
        assert_eq!(dataset.feature_names(), ["x", "y"]);
        assert_eq!(
            dataset.features(),
            array![[1.0, 2.0], [3.0, 4.5], [-5.0, 60.0]]
        );
        assert!(dataset.features().is_standard_layout());
        let truth = dataset.truth().unwrap();
        assert_eq!(
            (truth.column(), truth.anomalies(), truth.nominals()),
            ("label", 1, 2)
        );
        assert!(dataset.notices().is_empty(), "{:?}", dataset.notices());
    }

    #[test]
    fn commas_semicolons_tabs_bars_and_others() {
        assert_plain(&read(PLAIN).unwrap());
        for delimiter in [";", "\t", "|"] {
            assert_plain(&read(&PLAIN.replace(',', delimiter)).unwrap());
        }
        for delimiter in ["^", " ", ",", ":"] {
            let options = ReadOptions {
                delimiter: Some(delimiter.as_bytes()[0]),
                ..ReadOptions::default()
            };
            assert_plain(&read_with(&PLAIN.replace(',', delimiter), &options).unwrap());
        }
    }

    #[test]
    fn a_quotation_mark_or_line_end_is_no_delimiter() {
        for delimiter in [b'"', b'\n', b'\r', 0, 0xff] {
            let options = ReadOptions {
                delimiter: Some(delimiter),
                ..ReadOptions::default()
            };
            assert!(sentence(read_with(PLAIN, &options)).contains("cannot be a delimiter"));
        }
    }

    #[test]
    fn line_ends_byte_order_marks_quotes_spaces_and_empty_lines() {
        assert_plain(&read(&PLAIN.replace('\n', "\r\n")).unwrap());
        assert_plain(&read(&PLAIN.replace('\n', "\r")).unwrap());
        assert_plain(&read(&PLAIN.replace('\n', "\n\n")).unwrap());
        assert_plain(&read(PLAIN.trim_end()).unwrap());
        assert_plain(&read(&format!("\u{feff}{PLAIN}")).unwrap());
        assert_plain(&read(&PLAIN.replace(',', " , ")).unwrap());
        assert_plain(&read(&PLAIN.replace('3', "\"3\"")).unwrap());
    }

    #[test]
    fn gzip_whatever_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("wine.CSV");
        let marked = format!("\u{feff}{PLAIN}");
        fs::write(&path, gzip(marked.as_bytes())).unwrap();
        let dataset = read_path(&path, &ReadOptions::default()).unwrap();
        assert_plain(&dataset);
        assert_eq!(dataset.name(), "wine");
        let members = [gzip(&PLAIN.as_bytes()[..20]), gzip(&PLAIN.as_bytes()[20..])].concat();
        assert_plain(&read_from(&members[..], "t", &ReadOptions::default()).unwrap());
    }

    #[test]
    fn without_a_header_the_columns_are_numbered() {
        let dataset = read("1,2\n3,4\n5,7\n").unwrap();
        assert_eq!(dataset.feature_names(), ["column 1", "column 2"]);
        assert_eq!(dataset.n_instances(), 3);
        assert!(dataset.notices()[0].contains("no header"));
    }

    #[test]
    fn a_header_can_be_forced_or_denied() {
        let mut options = ReadOptions {
            header: Some(true),
            ..ReadOptions::default()
        };
        let dataset = read_with("2020,2021\n3,4\n5,7\n6,9\n", &options).unwrap();
        assert_eq!(dataset.feature_names(), ["2020", "2021"]);
        options.header = Some(false);
        let rows: String = (0..30).map(|i| format!("{i},{}\n", i * i)).collect();
        let told = sentence(read_with(&format!("x,y\n{rows}"), &options));
        assert!(
            told.starts_with("Line 1, column “column 1”: “x” is not a number"),
            "{told}"
        );
        assert!(told.contains("say that the first line is a header"));
    }

    #[test]
    fn repeated_names_are_made_unique_with_a_notice() {
        let dataset = read("x,x,y\n1,2,3\n3,4,4\n5,7,9\n").unwrap();
        assert_eq!(dataset.feature_names(), ["x", "x (2)", "y"]);
        assert!(dataset.notices()[0].contains("Several columns are named “x”"));
    }
}

mod labels_and_ids {
    use super::*;
    use Label::{Anomaly, Nominal};

    fn column(name: &str, values: [&str; 4]) -> String {
        let rows = values.iter().enumerate();
        let rows: String = rows
            .map(|(i, value)| format!("{i},{},{value}\n", i * i))
            .collect();
        format!("a,b,{name}\n{rows}")
    }

    #[test]
    fn every_spelling_of_labels() {
        for [nominal, anomaly] in [
            ["nominal", "anomaly"],
            ["Normal", "ANOMALOUS"],
            ["inlier", "outlier"],
            ["0", "1"],
            ["0.0", "1.0"],
            ["false", "TRUE"],
            ["no", "Yes"],
        ] {
            for unknown in ["", "n/a", "NA", "?", "unknown", "NaN"] {
                let dataset = read(&column("label", [nominal, anomaly, unknown, nominal])).unwrap();
                let expected = [Some(Nominal), Some(Anomaly), None, Some(Nominal)];
                assert_eq!(labels(&dataset), expected);
                assert_eq!(dataset.truth().unwrap().contamination(), 1.0 / 3.0);
            }
        }
    }

    #[test]
    fn every_name_of_labels() {
        for name in [
            "label",
            "Labels",
            "ground.truth",
            "ground_truth",
            "GroundTruth",
            "class",
            "target",
            "anomaly",
            "is_anomaly",
            "outlier",
            "is_outlier",
            "truth",
            "y",
        ] {
            let dataset = read(&column(name, ["0", "1", "0", "0"])).unwrap();
            assert_eq!(dataset.truth().map(|truth| truth.column()), Some(name));
            assert_eq!(dataset.feature_names(), ["a", "b"]);
        }
    }

    #[test]
    fn y_is_a_label_only_at_an_end_and_only_with_labels() {
        let dataset = read("label,x,y\n0,1,0\n1,2,1\n0,3,0\n").unwrap();
        assert_eq!(dataset.feature_names(), ["x", "y"]);
        let dataset = read("x,y,z\n1,0,3\n2,1,3\n3,0,4\n").unwrap();
        assert_eq!(dataset.feature_names(), ["x", "y", "z"]);
        let dataset = read("x,y\n1,0.5\n2,1\n3,0\n").unwrap();
        assert_eq!(dataset.feature_names(), ["x", "y"]);
    }

    #[test]
    fn other_values_in_a_label_column_are_refused() {
        let told = refusal(&column("class", ["1", "2", "3", "1"]));
        assert!(told.starts_with(
            "Column “class” is taken for the labels, but it holds “2”, “3”, “1” where"
        ));
        assert!(told.contains("choose another label column, or say that there is none"));
        let told = refusal(&column("label", ["nominal", "anomly", "anomaly", ""]));
        assert!(
            told.contains("it holds “anomly”, “nominal”, “anomaly” where"),
            "{told}"
        );
    }

    #[test]
    fn minus_one_and_one_are_refused_not_guessed() {
        for name in ["label", "y"] {
            let told = refusal(&column(name, ["-1", "1", "-1", "-1"]));
            assert!(
                told.contains("say which it is (--anomaly -1 or --anomaly 1)"),
                "{told}"
            );
        }
    }

    #[test]
    fn two_label_columns_need_a_choice() {
        let text = "label,class,a,b\n0,1,1,2\n1,0,2,9\n0,0,3,4\n";
        assert!(refusal(text).starts_with("Columns “label”, “class” are all named like labels"));
        let options = ReadOptions {
            label: named("CLASS"),
            ..ReadOptions::default()
        };
        let dataset = read_with(text, &options).unwrap();
        assert_eq!(dataset.truth().unwrap().column(), "class");
        assert!(left_out(&dataset, "label").contains("holds labels"));
    }

    #[test]
    fn no_labels_when_none_are_wanted() {
        let options = ReadOptions {
            label: ColumnChoice::Absent,
            ..ReadOptions::default()
        };
        let dataset = read_with(PLAIN, &options).unwrap();
        assert!(dataset.truth().is_none());
        assert_eq!(dataset.feature_names(), ["x", "y"]);
        let dataset = read_with(&column("class", ["1", "2", "3", "1"]), &options).unwrap();
        assert_eq!(dataset.feature_names(), ["a", "b", "class"]);
    }

    #[test]
    fn a_column_of_label_words_is_found_without_a_header() {
        let dataset = read(&PLAIN[10..]).unwrap();
        assert_eq!(
            labels(&dataset),
            [Some(Nominal), Some(Anomaly), Some(Nominal)]
        );
        assert!(dataset.notices()[1].contains("“column 1” is taken for the labels"));
    }

    #[test]
    fn a_chosen_column_must_exist() {
        let options = ReadOptions {
            label: named("kind\u{7}"),
            ..ReadOptions::default()
        };
        let told = sentence(read_with(PLAIN, &options));
        assert_eq!(
            told,
            "There is no column “kind\\u{7}”: the columns are “label”, “x”, “y”."
        );
        let options = ReadOptions {
            label: named("label"),
            id: named("Label"),
            ..ReadOptions::default()
        };
        assert!(sentence(read_with(PLAIN, &options)).contains("chosen for both"));
    }

    #[test]
    fn ids_are_shown_and_never_features() {
        let text = "id,a,b,name\nu7,1,2,x\n,2,9,y\n 12 ,3,4,z\n";
        let dataset = read(text).unwrap();
        assert_eq!(dataset.id_column(), Some("id"));
        assert_eq!(
            [dataset.id(0), dataset.id(1), dataset.id(2)],
            ["u7", "2", "12"]
        );
        assert_eq!(dataset.feature_names(), ["a", "b"]);
        assert!(left_out(&dataset, "name").contains("id"));
        let options = ReadOptions {
            id: named("b"),
            ..ReadOptions::default()
        };
        let dataset = read_with("a,b,c\n1,2,3\n2,9,4\n3,4,4\n", &options).unwrap();
        assert_eq!((dataset.id(1), dataset.n_features()), ("9".into(), 2));
        assert_eq!(read(PLAIN).unwrap().id(2), "3");
    }

    #[test]
    fn the_nameless_first_column_of_pandas_is_an_id() {
        let dataset = read(",a,b\n0,1,2\n1,2,9\n2,3,4\n").unwrap();
        assert_eq!(
            (dataset.id_column(), dataset.id(1)),
            (Some("index"), "1".into())
        );
    }
}

mod columns {
    use super::*;

    const MIXED: &str = "colour,a,b,c,note,amount\nred,1,2,5,n1,1700000000\nblue,2,9,5,n2,1700000900\nred,3,4,5,n3,1700003000\n";

    #[test]
    fn texts_are_encoded_or_left_out_and_constants_dropped() {
        let dataset = read(MIXED).unwrap();
        assert_eq!(
            dataset.feature_names(),
            ["colour=blue", "colour=red", "a", "b", "amount"]
        );
        assert_eq!(
            dataset.features().row(1).to_vec(),
            [1.0, 0.0, 2.0, 9.0, 1_700_000_900.0]
        );
        let values = vec!["blue".into(), "red".into()];
        assert_eq!(dataset.columns()[0].role, Role::OneHot { values });
        assert_eq!(dataset.columns().len(), 6);
        assert_eq!(left_out(&dataset, "c"), "it is constant");
        assert_eq!(
            dataset.notices()[..2],
            [
                "Column “c” is left out, because it is constant.",
                "Column “note” is left out, because its texts are all different.",
            ]
        );
        assert!(dataset.notices()[2].starts_with("Values of “amount” differ by so little"));
    }

    #[test]
    fn many_texts_are_left_out_and_twelve_are_not() {
        let table = |kinds: usize| {
            let rows = (0..40).map(|i| format!("t{},{i},{}\n", i % kinds, i * i));
            read(&format!("kind,a,b\n{}", rows.collect::<String>())).unwrap()
        };
        assert_eq!(table(12).n_features(), 14);
        let dataset = table(13);
        assert_eq!(dataset.n_features(), 2);
        assert_eq!(left_out(&dataset, "kind"), "it holds many different texts");
    }

    #[test]
    fn numbers_among_few_texts_are_categories() {
        let dataset = read("a,b,size\n1,2,XL\n2,9,42\n3,4,42.0\n4,4,XL\n").unwrap();
        assert_eq!(dataset.feature_names(), ["a", "b", "size=42", "size=XL"]);
        assert_eq!(dataset.features().column(2).to_vec(), [0.0, 1.0, 1.0, 0.0]);
    }

    #[test]
    fn differences_that_single_precision_loses_are_no_feature() {
        let dataset = read("a,b,t\n1,2,1700000000\n2,9,1700000001\n3,4,1700000002\n").unwrap();
        assert!(left_out(&dataset, "t").contains("single precision"));
    }

    #[test]
    fn a_text_among_numbers_is_refused_with_its_place() {
        let rows: String = (0..30).map(|i| format!("{i},{}\n", i * i)).collect();
        let told = refusal(&format!("x,y\n{rows}\n\n5,12O\n6,\"O\n1\"\n"));
        assert!(
            told.starts_with("Line 34, column “y”: “12O” is not a number"),
            "{told}"
        );
        let options = ReadOptions {
            delimiter: Some(b';'),
            decimal: Some(b'.'),
            ..ReadOptions::default()
        };
        let told = sentence(read_with("x;y\r\n1,5;2\r\n2,5;3\r\n1;1\r\n", &options));
        assert!(
            told.starts_with("Line 2, column “x”: “1,5” is not a number"),
            "{told}"
        );
    }

    #[test]
    fn missing_values_are_refused_with_their_place() {
        for missing in ["", "na", "N/A", "nan", "NULL", "?"] {
            let text =
                format!("x,y,z\n1,2,7\n\n2,{missing},5\n{missing},{missing},3\n4,5,1\n6,7,1\n");
            for text in [text.clone(), text.replace('\n', "\r\n")] {
                let told = refusal(&text);
                assert!(
                    told.starts_with(
                        "Line 4, column “y”: the value is missing (the first of 2 in this column):"
                    ),
                    "{told}"
                );
            }
        }
    }

    #[test]
    fn missing_values_are_imputed_on_request() {
        let options = ReadOptions {
            missing: Missing::Median,
            ..ReadOptions::default()
        };
        let text = "x,y,kind\n1,2,red\n2,,red\n?,9,blue\n4,5,\n10,1,red\n";
        let dataset = read_with(text, &options).unwrap();
        assert_eq!(
            dataset.features().column(0).to_vec(),
            [1.0, 2.0, 3.0, 4.0, 10.0]
        );
        assert_eq!(dataset.features().column(1)[1], 3.5);
        assert_eq!(dataset.features().row(3).to_vec(), [4.0, 5.0, 0.0, 1.0]);
        assert!(
            dataset.notices()[0]
                .ends_with("“x” by “3” (1), “y” by “3.5” (1), “kind” by “red” (1).")
        );
    }

    #[test]
    fn a_column_without_values_is_left_out() {
        let dataset = read("x,y,z\n1,2,\n2,9,\n3,4,\n").unwrap();
        assert_eq!(left_out(&dataset, "z"), "it holds no values");
    }

    #[test]
    fn infinite_numbers_are_missing_when_imputing_and_huge_ones_refused() {
        let options = ReadOptions {
            missing: Missing::Median,
            ..ReadOptions::default()
        };
        let infinite = "x,y\n1,2\n-Inf,3\n4,5\n";
        let told = refusal(infinite);
        assert!(
            told.starts_with("Line 3, column “x”: “-Inf” is not finite"),
            "{told}"
        );
        let dataset = read_with(infinite, &options).unwrap();
        assert_eq!(dataset.features().column(0).to_vec(), [1.0, 2.5, 4.0]);
        assert!(dataset.notices()[0].contains("infinite values (1, the first on line 3)"));
        for huge in ["3.5e38", "-1e999"] {
            let told = sentence(read_with(&format!("x,y\n1,2\n2,3\n4,{huge}\n"), &options));
            assert!(told.starts_with(&format!("Line 4, column “y”: “{huge}” is too large")));
        }
    }

    #[test]
    fn the_earliest_of_several_errors_is_reported() {
        let told = refusal("x,y\n1,2\n2,inf\n,3\n4,5\n");
        assert!(told.starts_with("Line 3, column “y”"), "{told}");
    }
}

mod refusals {
    use super::*;

    #[test]
    fn too_small_tables() {
        assert!(refusal("").starts_with("“t” is empty"));
        assert!(refusal("\n\n").starts_with("“t” is empty"));
        assert!(refusal("\u{feff}").starts_with("“t” is empty"));
        assert!(refusal("x,y\n").starts_with("“t” has a header but no rows"));
        assert!(refusal("x,y\n1,2\n").starts_with("The table has 1 row where"));
        assert!(refusal("1,2\n3,4\n").starts_with("The table has 2 rows where"));
        assert!(refusal("x\n1\n2\n3\n").starts_with("The table has one column only, “x”"));
        let told = refusal("label,x\n0,1\n1,2\n0,3\n");
        assert!(
            told.contains("only “x” is one (“label”: the labels)"),
            "{told}"
        );
        let told = refusal("x,y\n1,2\n1,2\n1,2\n");
        assert!(told.contains("no column makes one (“x”: it is constant, “y”: it is constant)"));
    }

    #[test]
    fn ragged_rows() {
        let told = refusal("x,y\n1,2\n\n3\n4,5\n");
        assert!(told.starts_with("Line 4 has 1 field where the first record has 2: correct it"));
        let told = refusal("x,y\n1,2\n3,4,5\n4,5\n");
        assert!(told.starts_with("Line 3 has 3 fields"));
        let rows: String = (0..30).map(|i| format!("{i},{}\n", i * i)).collect();
        let told = refusal(&format!("x,y\n1,2\n\"3,4\n{rows}"));
        assert!(
            told.starts_with("A quotation mark on line 3 is not closed before lines that look"),
            "{told}"
        );
    }

    #[test]
    fn bytes_that_are_not_utf_8() {
        let options = ReadOptions {
            encoding: Some("utf-8".into()),
            ..ReadOptions::default()
        };
        let read = |bytes: &[u8]| sentence(read_from(bytes, "t", &options));
        assert!(read(b"x,y\n1,2\n2,caf\xe9\n3,4\n").starts_with("Line 3 is not UTF-8"));
        assert!(read(b"caf\xe9,y\n1,2\n2,3\n3,4\n").starts_with("Line 1 is not UTF-8"));
        assert!(read(b"id,x,y\n\xe9,1,2\n2,3,4\n3,4,5\n").starts_with("Line 2 is not UTF-8"));
        let decoded = read_from(&b"\xff\xfex\0,\0y\0\n\0"[..], "t", &ReadOptions::default());
        assert!(sentence(decoded).starts_with("“t” has a header but no rows"));
        assert!(read(b"PK\x03\x04abc").contains("damaged or unfinished zip archive"));
        assert!(read(b"x,y\n\x01\x02\x03").contains("a binary file"));
    }

    #[test]
    fn shown_texts_are_cut_and_escaped() {
        let rows: String = (0..30).map(|i| format!("{i},{}\n", i * i)).collect();
        let told = refusal(&format!("x,y\n{rows}5,\"\u{1b}[2J{}\"\n", "z".repeat(9999)));
        assert!(
            told.contains(&format!("“\\u{{1b}}[2J{}…”", "z".repeat(36))),
            "{told}"
        );
        assert!(told.len() < 250);
    }

    #[test]
    fn long_ids() {
        let told = refusal(&format!("id,x,y\n1,2,3\n{},2,4\n3,4,5\n", "z".repeat(1001)));
        assert!(
            told.starts_with("Line 3, column “id”: the id is longer"),
            "{told}"
        );
    }

    #[test]
    fn lines_without_end_do_not_fill_the_memory() {
        let endless = |start: &'static [u8]| start.chain(std::io::repeat(b'7'));
        let options = ReadOptions::default();
        let told = sentence(read_from(endless(b"x,y\n1,2\n"), "t", &options));
        assert!(
            told.starts_with("The record on line 3 does not end within 16 MiB"),
            "{told}"
        );
        let told = sentence(read_from(endless(b"x,y\n1,2\n3,\""), "t", &options));
        assert!(
            told.starts_with("The record on line 3 does not end within 16 MiB"),
            "{told}"
        );
        let bomb = gzip(&vec![b'1'; 32 << 20]);
        let told = sentence(read_from(&bomb[..], "t", &options));
        assert!(told.starts_with("The record on line 1"), "{told}");
        let blank = b"x,y\n".chain(std::io::repeat(b'\n'));
        assert!(sentence(read_from(blank, "t", &options)).contains("16 MiB"));
    }

    #[test]
    fn too_many_columns_and_features() {
        let wide = "1,".repeat(20_000) + "1\n";
        assert!(refusal(&wide.repeat(3)).contains("20001 columns or features where at most 20000"));
        let rows = ["a,", "b,", "a,"].map(|cell| cell.repeat(10_001) + "1\n");
        assert!(refusal(&rows.concat()).contains("20002 columns or features"));
    }

    #[test]
    fn damaged_gzip() {
        let packed = gzip(PLAIN.repeat(50).as_bytes());
        let options = ReadOptions::default();
        for bytes in [
            &packed[..packed.len() / 2],
            &packed[..3],
            b"\x1f\x8bnonsense",
        ] {
            let told = sentence(read_from(bytes, "t", &options));
            assert!(
                told.starts_with("“t” is a damaged or unfinished gzip file"),
                "{told}"
            );
        }
    }

    #[test]
    fn a_reader_that_fails() {
        struct Fails;
        impl Read for Fails {
            fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
                Err(std::io::Error::other("the disk\nis gone"))
            }
        }
        let reader = PLAIN.as_bytes().chain(Fails);
        let told = sentence(read_from(reader, "t", &ReadOptions::default()));
        assert!(
            told.starts_with("Reading “t” failed (the disk\\nis gone)"),
            "{told}"
        );
    }

    #[test]
    fn paths_that_lead_nowhere() {
        let folder = tempfile::tempdir().unwrap();
        let read = |path: &Path| sentence(read_path(path, &ReadOptions::default()));
        assert!(read(folder.path()).contains("is a folder: choose"));
        assert!(read(&folder.path().join("gone.csv")).starts_with("There is no file"));
        assert!(read(&folder.path().join("gone\n.csv")).contains("gone\\n.csv"));
        assert!(read(Path::new("")).starts_with("There is no file"));
    }

    #[cfg(unix)]
    #[test]
    fn files_without_permission() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret.csv");
        fs::write(&path, PLAIN).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o0)).unwrap();
        // Root may read everything.
        if fs::File::open(&path).is_err() {
            let told = sentence(read_path(&path, &ReadOptions::default()));
            assert!(told.starts_with("There is no permission to read"), "{told}");
        }
    }
}

mod parts {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.into()).collect()
    }

    #[test]
    fn parts_are_checked_like_files() {
        let values = array![[1.0, 5.0, 2.0], [2.0, 5.0, 9.0], [3.0, 5.0, 4.0]];
        let truth = Some(vec![Some(Label::Anomaly), None, Some(Label::Nominal)]);
        let dataset =
            Dataset::from_parts("p", names(&["a", "b", "c"]), values.clone(), truth).unwrap();
        assert_eq!(dataset.feature_names(), ["a", "c"]);
        assert_eq!(
            dataset.features(),
            array![[1.0, 2.0], [2.0, 9.0], [3.0, 4.0]]
        );
        assert!(dataset.features().is_standard_layout());
        assert_eq!(dataset.truth().unwrap().contamination(), 0.5);
        assert_eq!(
            dataset.notices(),
            ["Column “b” is left out, because it is constant."]
        );
        let told = sentence(Dataset::from_parts(
            "p",
            names(&["a"]),
            values.clone(),
            None,
        ));
        assert_eq!(told, "The table has 1 feature names where 3 would fit.");
        let labels = Some(vec![None; 2]);
        let told = sentence(Dataset::from_parts(
            "p",
            names(&["a", "b", "c"]),
            values,
            labels,
        ));
        assert_eq!(told, "The table has 2 labels where 3 would fit.");
        let values = array![[1.0, 2.0], [f32::NAN, 3.0], [1.0, 4.0]];
        let told = sentence(Dataset::from_parts("p", names(&["a", "b"]), values, None));
        assert!(told.starts_with("Row 2, column “a”: the value is not finite"));
    }
}

mod previews {
    use super::*;

    #[test]
    fn the_beginning_is_shown_as_it_would_be_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.tsv");
        let rows: String = (0..99).map(|i| format!("{i}\tred\t0\n")).collect();
        fs::write(&path, format!("id\tx\ty\nu\t{}\t1\n{rows}", "é".repeat(50))).unwrap();
        let shown = preview(&path, &ReadOptions::default()).unwrap();
        assert_eq!((shown.delimiter, shown.header), (b'\t', true));
        assert_eq!(shown.columns, ["id", "x", "y"]);
        assert_eq!(
            (shown.id.as_deref(), shown.label.as_deref()),
            (Some("id"), Some("y"))
        );
        assert_eq!(shown.rows.len(), 50);
        assert_eq!(shown.rows[0], ["u", &format!("{}…", "é".repeat(40)), "1"]);
        assert_eq!(shown.rows[49], ["48", "red", "0"]);
        let options = ReadOptions {
            delimiter: Some(b','),
            label: named("gone"),
            ..ReadOptions::default()
        };
        let shown = preview(&path, &options).unwrap();
        assert_eq!((shown.columns.len(), shown.label), (1, None));
        fs::write(&path, "").unwrap();
        assert!(preview(&path, &options).is_err());
    }
}

mod bundled {
    use super::*;

    #[test]
    fn generators_reproduce_the_files() {
        for toy in toys() {
            let file = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("datasets")
                .join(toy.file_name);
            let committed = fs::read_to_string(file).unwrap();
            assert!(toy.generate() == committed, "{} differs", toy.name);
        }
    }

    #[test]
    fn toys_open_without_a_notice() {
        let sizes = [
            ("clusters", 485, 2, 35),
            ("between", 635, 2, 35),
            ("subspaces", 945, 10, 45),
        ];
        for (toy, (name, instances, features, anomalies)) in toys().iter().zip(sizes) {
            let dataset = toy.open();
            assert_eq!((toy.name, dataset.name()), (name, name));
            assert_eq!(
                (dataset.n_instances(), dataset.n_features()),
                (instances, features)
            );
            assert_eq!(dataset.truth().unwrap().anomalies(), anomalies);
            assert!(dataset.notices().is_empty());
        }
    }

    #[test]
    fn toys_are_written_but_nothing_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("new");
        for _ in 0..2 {
            let paths = write_toys(&folder).unwrap();
            assert_eq!(paths.len(), 3);
            assert!(
                paths
                    .iter()
                    .all(|path| read_path(path, &ReadOptions::default()).is_ok())
            );
        }
        fs::write(folder.join("between.csv"), "mine").unwrap();
        let told = write_toys(&folder).unwrap_err().to_string();
        assert!(told.contains("exists already and is different"), "{told}");
        assert!(
            write_toys(&folder.join("between.csv"))
                .unwrap_err()
                .to_string()
                .starts_with("Writing")
        );
    }
}

fn options() -> impl Strategy<Value = ReadOptions> {
    let choice = || {
        prop_oneof![
            Just(ColumnChoice::Recognise),
            Just(ColumnChoice::Absent),
            Just(named("a")),
            Just(named("column 2")),
        ]
    };
    let missing = prop_oneof![Just(Missing::Refuse), Just(Missing::Median)];
    let form = (any::<Option<u8>>(), any::<Option<bool>>());
    let every = prop::option::weighted(0.2, 1_u32..4);
    let choices = (choice(), choice(), missing, every);
    (form, choices).prop_map(
        |((delimiter, header), (label, id, missing, every))| ReadOptions {
            delimiter,
            header,
            label,
            id,
            missing,
            every,
            ..ReadOptions::default()
        },
    )
}

fn holds(dataset: &Dataset) {
    assert!(dataset.features().iter().all(|value| value.is_finite()));
    assert!(dataset.n_instances() >= 3 && dataset.n_features() >= 2);
    assert_eq!(dataset.feature_names().len(), dataset.n_features());
    let truth = dataset
        .truth()
        .map_or(dataset.n_instances(), |truth| truth.labels().len());
    assert_eq!(truth, dataset.n_instances());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_a_table_or_a_sentence(bytes in any::<Vec<u8>>(), options in options()) {
        let packed = gzip(&bytes);
        for bytes in [&bytes, &packed] {
            match read_from(&bytes[..], "t", &options) {
                Ok(dataset) => holds(&dataset),
                Err(error) => prop_assert!(error.to_string().ends_with('.')),
            }
        }
    }

    #[test]
    fn anything_like_a_table_is_a_table_or_a_sentence(
        text in "((a|y|id|label|-?[0-9.]{1,3}|red|nan|\"|inf|1e99|é|)[,;\t\n]){0,60}",
        options in options(),
    ) {
        match read_with(&text, &ReadOptions { delimiter: None, ..options }) {
            Ok(dataset) => holds(&dataset),
            Err(error) => prop_assert!(error.to_string().ends_with('.')),
        }
    }

    #[test]
    fn what_is_written_is_read_back(
        rows in prop::collection::vec((any::<f32>(), any::<f32>(), any::<Option<bool>>()), 3..40),
        delimiter in prop_oneof![Just(','), Just(';'), Just('\t'), Just('|')],
    ) {
        prop_assume!(rows.iter().all(|row| row.0.is_finite() && row.1.is_finite()));
        prop_assume!(rows.iter().any(|row| row.0 != rows[0].0));
        prop_assume!(rows.iter().any(|row| row.1 != rows[0].1));
        let mut text = ["first", "second", "truth"].join(&delimiter.to_string());
        for (first, second, truth) in &rows {
            let truth = truth.map_or("", |truth| if truth { "anomaly" } else { "nominal" });
            text += &format!("\n{first}{delimiter}{second:e}{delimiter}{truth}");
        }
        let dataset = read(&text).unwrap();
        for (i, (first, second, truth)) in rows.iter().enumerate() {
            prop_assert_eq!(dataset.features().row(i).to_vec(), vec![*first, *second]);
            let label = truth.map(|truth| if truth { Label::Anomaly } else { Label::Nominal });
            prop_assert_eq!(dataset.truth().unwrap().label(i), label);
        }
    }
}
