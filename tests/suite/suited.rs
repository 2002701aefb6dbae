//! Options of reading and what they are for: what does not fit is refused, what fits is done.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use glad::dataset::{
    ColumnChoice, Label, Meaning, Missing, Preview, ReadOptions, describe, preview, read_path,
};
use glad::imaging::ImageOptions;
use glad::sequence::{SequenceLayout, SequenceOptions};

use crate::cli_session::{glad, told};
use crate::sequences::arcs;

/// A long table of six sequences of eight moments; `write` makes lines of fields.
fn long(write: impl Fn(&[String]) -> String) -> String {
    let fields = |fields: [&str; 5]| fields.map(str::to_owned);
    let mut text = write(&fields(["run", "t", "a", "b", "kind"]));
    for run in 0..6 {
        for t in 0..8 {
            let kind = if run == 4 { "odd" } else { "usual" };
            text += &write(&[
                format!("r{run}"),
                t.to_string(),
                format!("{}.5", (run * 7 + t * 3) % 11),
                format!("{}.25", (run + t * 5) % 13),
                kind.to_owned(),
            ]);
        }
    }
    text
}

fn with_commas(fields: &[String]) -> String {
    fields.join(",") + "\n"
}

fn layout() -> SequenceOptions {
    SequenceOptions {
        layout: Some(SequenceLayout::Long {
            id: "run".to_owned(),
            time: Some("t".to_owned()),
            class: Some("kind".to_owned()),
            phase: None,
            channels: Vec::new(),
        }),
        ..SequenceOptions::default()
    }
}

fn of_long() -> ReadOptions {
    ReadOptions {
        sequences: Some(Box::new(layout())),
        ..ReadOptions::default()
    }
}

fn file(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(&path, content).expect("written");
    path
}

fn refusal(path: &Path, options: &ReadOptions) -> String {
    let previewed = preview(path, options).expect_err("a refusal").to_string();
    // Window and command line say the same.
    let read = read_path(path, options).expect_err("a refusal").to_string();
    assert_eq!(previewed, read);
    previewed
}

fn seen(path: &Path, options: &ReadOptions) -> Preview {
    preview(path, options).expect("a preview")
}

#[test]
fn what_is_for_another_kind_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let ts = file(folder, "arcs.ts", arcs(8, false));
    let long = file(folder, "long.csv", long(with_commas));
    let table = file(folder, "table.csv", "x,y\n1,2\n2,3\n3,1\n4,9\n");
    let array = crate::imaging::npy(
        "|u1",
        "(20, 4, 4)",
        &(0..=255).cycle().take(320).collect::<Vec<u8>>(),
    );
    let images = file(folder, "images.npy", array);
    let plain = ReadOptions::default;
    let image = |images: ImageOptions| ReadOptions {
        images: Some(Box::new(images)),
        ..plain()
    };
    let sequence = |sequences: SequenceOptions| ReadOptions {
        sequences: Some(Box::new(sequences)),
        ..plain()
    };
    let every = |options: ReadOptions| ReadOptions {
        every: Some(2),
        ..options
    };
    let columns = |options: ReadOptions| ReadOptions {
        columns: vec![("b".to_owned(), Meaning::Out)],
        ..options
    };
    let named = ColumnChoice::Named("kind".to_owned());
    let side = ImageOptions {
        side: Some(28),
        ..ImageOptions::default()
    };
    let of_class = ImageOptions {
        nominal: vec!["a".to_owned()],
        ..ImageOptions::default()
    };
    let resample = SequenceOptions {
        resample: true,
        ..SequenceOptions::default()
    };
    for (path, options, words) in [
        (
            &ts,
            every(plain()),
            "--every is for tables, and what is to be read is sequences",
        ),
        (&long, every(of_long()), "--every is for tables"),
        (
            &images,
            every(plain()),
            "--every is for tables, and what is to be read is images",
        ),
        (&long, columns(of_long()), "--column is for tables"),
        (&ts, image(side.clone()), "--side is for images"),
        (
            &table,
            image(side),
            "--side is for images, and what is to be read is a table",
        ),
        (
            &table,
            image(of_class),
            "--nominal is for images and sequences",
        ),
        (
            &table,
            sequence(resample.clone()),
            "--resample is for sequences",
        ),
        (&images, sequence(resample), "--resample is for sequences"),
        (
            &ts,
            ReadOptions {
                label: named.clone(),
                ..plain()
            },
            "--label NAME is for",
        ),
        (
            &images,
            ReadOptions {
                id: named,
                ..plain()
            },
            "--id NAME is for",
        ),
        (
            &images,
            ReadOptions {
                missing: Missing::Median,
                ..plain()
            },
            "--impute is for",
        ),
        (
            &images,
            ReadOptions {
                fillers: vec!["0".into()],
                ..plain()
            },
            "--missing is for",
        ),
        (
            &ts,
            ReadOptions {
                decimal: Some(b','),
                ..plain()
            },
            "--decimal is for",
        ),
        (
            &ts,
            ReadOptions {
                sheet: Some("x".into()),
                ..plain()
            },
            "--sheet is for",
        ),
        (
            &ts,
            ReadOptions {
                encoding: Some("klingon".into()),
                ..plain()
            },
            "no encoding “klingon”",
        ),
        (
            &ts,
            ReadOptions {
                label: ColumnChoice::Absent,
                anomalies: vec!["anomaly".into()],
                ..plain()
            },
            "--label none and --nominal or --anomaly contradict",
        ),
        (
            &ts,
            ReadOptions {
                anomalies: vec!["odd".into()],
                ..plain()
            },
            "No sequence is of the class “odd”",
        ),
    ] {
        let told = refusal(path, &options);
        assert!(told.contains(words), "{told}");
    }
}

#[test]
fn what_all_kinds_have_in_common_is_done_for_sequences() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let text = long(with_commas);
    let path = file(folder, "long.csv", &text);
    // A value that stands for none is a gap.
    let gap = file(folder, "gap.csv", text.replacen("2.5", "-999.0", 1));
    let fillers = ReadOptions {
        fillers: vec!["-999".to_owned()],
        ..of_long()
    };
    let told = refusal(&gap, &fillers);
    assert!(told.contains("moment 3: the value is missing"), "{told}");
    let filled = ReadOptions {
        missing: Missing::Median,
        ..fillers
    };
    let notes = seen(&gap, &filled).notes;
    assert!(
        notes.iter().any(|note| note.contains("interpolated")),
        "{notes:?}"
    );
    // The classes are the truth as they are chosen, or none.
    let anomalies = ReadOptions {
        anomalies: vec!["odd".to_owned()],
        ..of_long()
    };
    let read = read_path(&path, &anomalies).expect("sequences");
    let truth = read.truth().expect("a truth");
    let labels: Vec<_> = (0..6).map(|row| truth.label(row)).collect();
    assert_eq!(labels[4], Some(Label::Anomaly));
    assert_eq!(labels[0], Some(Label::Nominal));
    // A session keeps how it was read.
    let kept = read.origin().expect("an origin").read_options();
    assert_eq!(kept.sequences.expect("options").anomalies, ["odd"]);
    let arcs = file(folder, "arcs.ts", arcs(8, false));
    assert!(seen(&arcs, &ReadOptions::default()).label.is_some());
    let without = ReadOptions {
        label: ColumnChoice::Absent,
        ..ReadOptions::default()
    };
    assert_eq!(seen(&arcs, &without).label, None);
}

#[test]
fn texts_of_sequences_are_decoded_and_their_decimal_commas_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let text = long(with_commas);
    let due = seen(&file(folder, "long.csv", &text), &of_long());
    let wide: Vec<u8> = format!("\u{feff}{text}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let commas = long(|fields| fields.join(";").replace('.', ",") + "\n");
    for (name, content, note) in [
        ("wide.csv", wide, "UTF-16LE text"),
        ("commas.csv", commas.into_bytes(), "decimal commas"),
    ] {
        let found = seen(&file(folder, name, content), &of_long());
        assert_eq!(found.rows, due.rows, "{name}");
        assert!(
            found.notes.iter().any(|told| told.contains(note)),
            "{:?}",
            found.notes
        );
    }
    // Where it is chosen, nothing was inferred.
    let chosen = ReadOptions {
        decimal: Some(b','),
        ..of_long()
    };
    assert!(seen(&folder.join("commas.csv"), &chosen).notes.is_empty());
    let latin = arcs(8, false)
        .replace("nominal", "größe")
        .replace('ö', "\u{1}")
        .replace('ß', "\u{2}");
    let latin: Vec<u8> = latin
        .bytes()
        .map(|byte| match byte {
            1 => 0xf6,
            2 => 0xdf,
            other => other,
        })
        .collect();
    let latin = file(folder, "latin.ts", latin);
    for encoding in [None, Some("windows-1252".to_owned())] {
        let is_told = encoding.is_none();
        let options = ReadOptions {
            encoding,
            ..ReadOptions::default()
        };
        let found = seen(&latin, &options);
        assert_eq!(found.rows[0][1], "größe");
        assert_eq!(
            found.notes.iter().any(|note| note.contains("Windows-1252")),
            is_told
        );
    }
    for run in 0..3 {
        let mut text = "time;a;b\n".to_owned();
        for t in 0..6 {
            let _ = writeln!(text, "{t};{},5;{}", t * run, t + run);
        }
        file(folder, &format!("runs/{run}.csv"), text);
    }
    let found = seen(&folder.join("runs"), &ReadOptions::default());
    assert_eq!(found.rows[1][3], "0.5");
    file(folder, "runs/1.csv", "time;a;b\n0;1;2\n1;2\n");
    let told = refusal(&folder.join("runs"), &ReadOptions::default());
    assert!(
        told.starts_with("line 3 of ") && told.contains("1.csv: the line has 2 fields"),
        "{told}"
    );
    file(folder, "runs/1.csv", "");
    let told = refusal(&folder.join("runs"), &ReadOptions::default());
    assert!(told.contains("1.csv: the file is empty"), "{told}");
}

#[test]
fn true_causes_of_sequences_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let text = long(with_commas);
    let no_time = ReadOptions {
        sequences: Some(Box::new(SequenceOptions {
            layout: Some(SequenceLayout::Long {
                id: "run".to_owned(),
                time: None,
                class: Some("kind".to_owned()),
                phase: None,
                channels: Vec::new(),
            }),
            ..SequenceOptions::default()
        })),
        ..ReadOptions::default()
    };
    let lacking = file(folder, "lacking.csv", text.replacen("r0,3,", ",3,", 1));
    for options in [&of_long(), &no_time] {
        let told = refusal(&lacking, options);
        assert!(
            told.contains("line 5 of lacking: no id in the column run"),
            "{told}"
        );
    }
    let timeless = file(folder, "timeless.csv", text.replacen("r0,3,", "r0,,", 1));
    let told = refusal(&timeless, &of_long());
    assert!(
        told.contains("line 5, column t of timeless: the time is missing"),
        "{told}"
    );
    let notes = seen(&file(folder, "long.csv", &text), &no_time).notes;
    assert!(
        notes.iter().any(|note| note.contains("(--time t)")),
        "{notes:?}"
    );
    for (text, words) in [
        (
            "@classLabel true a\n@data\n",
            "no sequence after the line @data",
        ),
        (
            "@classLabel true a\n@data\n1,2,3,4,5:a\n?,?,?,?:a\n",
            "line 4 of x: the sequence has no value",
        ),
        (
            "@classLabel true a\n@data\n1:a\n",
            "the sequence has 1 moment where",
        ),
    ] {
        let told = refusal(&file(folder, "x.ts", text), &ReadOptions::default());
        assert!(told.contains(words), "{told}");
    }
}

#[test]
fn what_cannot_be_done_is_told_before_anything_is_learnt() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let ts = file(folder, "arcs.ts", arcs(8, false))
        .display()
        .to_string();
    let found = describe(Path::new(&ts), &ReadOptions::default()).expect("sequences");
    let found = found.expect("no table");
    assert_eq!(
        (found.format, found.count, found.channels.len()),
        ("sequences", 8, 2)
    );
    assert_eq!(
        found.classes,
        [("anomaly".to_owned(), 1), ("nominal".to_owned(), 7)]
    );
    assert_eq!(
        found.details,
        [("length", "from 18 to 26 moments".to_owned())]
    );
    let (status, text) = told(&glad(&["inspect", &ts, "--json"]));
    assert_eq!(status, Some(0), "{text}");
    let object: serde_json::Value = serde_json::from_str(&text).expect("an object");
    assert_eq!(
        (&object["rows"], &object["format"]),
        (&8.into(), &"sequences".into())
    );
    let out = |name: &str| folder.join(name).display().to_string();
    for (command, place, words) in [
        ("rank", "z.png", "give it the ending .csv or .parquet"),
        ("align", "z.png", "give it the ending .csv"),
        ("rank", "no/z.csv", "its folder is not there"),
        ("align", "no/z.csv", "its folder is not there"),
    ] {
        let (status, text) = told(&glad(&[command, &ts, "--out", &out(place)]));
        assert_eq!(status, Some(2), "{text}");
        assert!(text.contains(words), "{text}");
    }
    let (status, text) = told(&glad(&["align", "woven", "--out", &out("a.csv")]));
    assert_eq!(status, Some(2), "{text}");
    assert!(text.contains("holds images, not sequences"), "{text}");
}
