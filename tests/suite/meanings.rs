//! Tables as people have them: each kind of file is made here, and read as its owner means it.

use std::fs;
use std::path::PathBuf;

use glad::dataset::{
    Dataset, DatasetError, Inspection, Label, Meaning, Missing, ReadOptions, Rows, Rules, Schema,
    inspect, read_from, read_path,
};

/// How many rows each table has.
const ROWS: usize = 120;

/// Three numbers of a row, as a logger would measure them.
fn measured(row: usize) -> [f64; 3] {
    let at = row as f64;
    let wave = (at * 0.37).sin();
    [
        20.0 + 3.0 * wave,
        1013.0 + 4.0 * (at * 0.11).cos(),
        56.0 + ((row * 7919) % 100) as f64 / 20.0,
    ]
}

/// The rows of a table, each made by `row` of its number and numbers.
fn rows(row: impl Fn(usize, [f64; 3]) -> String) -> String {
    (0..ROWS).map(|at| row(at, measured(at)) + "\n").collect()
}

fn plain(delimiter: char) -> String {
    rows(|_, [a, b, c]| format!("{a:.2}{delimiter}{b:.1}{delimiter}{c:.2}"))
}

/// With a decimal comma.
fn comma(number: f64, digits: usize) -> String {
    format!("{number:.digits$}").replace('.', ",")
}

struct File {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

fn file(bytes: &[u8]) -> File {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("t.csv");
    fs::write(&path, bytes).expect("room");
    File {
        _folder: folder,
        path,
    }
}

fn looked_at(bytes: &[u8], options: &ReadOptions) -> Inspection {
    inspect(&file(bytes).path, options).expect("a table")
}

fn meaning(found: &Inspection, name: &str) -> Meaning {
    let column = found.columns.iter().find(|column| column.name == name);
    column
        .unwrap_or_else(|| panic!("{name} in {:?}", found.columns))
        .meaning
}

fn imputing() -> ReadOptions {
    ReadOptions {
        missing: Missing::Median,
        ..ReadOptions::default()
    }
}

/// What must come of a file: its features, and a part of a note.
struct Case {
    what: &'static str,
    text: Vec<u8>,
    features: &'static [&'static str],
    note: &'static str,
    options: ReadOptions,
}

fn case(
    what: &'static str,
    text: impl Into<Vec<u8>>,
    features: &'static [&'static str],
    note: &'static str,
) -> Case {
    Case {
        what,
        text: text.into(),
        features,
        note,
        options: ReadOptions::default(),
    }
}

const T: &[&str] = &["temp", "pressure", "flow"];

fn cases() -> Vec<Case> {
    let head = "temp,pressure,flow\n";
    let body = plain(',');
    let european = rows(|_, [a, b, c]| format!("{};{};{}", comma(a, 2), comma(b, 1), comma(c, 2)));
    let utf16 = |text: &str, mark: bool| -> Vec<u8> {
        let units = mark
            .then_some(0xfeff)
            .into_iter()
            .chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    };
    let with_id = |ids: &dyn Fn(usize) -> String| {
        rows(|at, [a, b, c]| format!("{},{a:.2},{b:.1},{c:.2}", ids(at)))
    };
    let stamp = |at: usize| 1_709_251_200 + 900 * at as u64;
    let mut with_nuls = format!("{head}{body}").into_bytes();
    let place = with_nuls.len() / 2;
    let line = place
        + with_nuls[place..]
            .iter()
            .position(|&byte| byte == b'\n')
            .expect("a line")
        + 1;
    with_nuls.splice(line..line, vec![0; 40]);
    let mut late = with_id(&|_| "ok".to_owned());
    late = late
        .replacen("ok,", "\"late,", 2)
        .replacen("\"late,", "ok,", 1);
    vec![
        case("plain", format!("{head}{body}"), T, ""),
        case(
            "European",
            format!("temp;pressure;flow\n{european}"),
            T,
            "decimal comma",
        ),
        case(
            "European without header",
            european.clone(),
            &["column 1", "column 2", "column 3"],
            "no header",
        ),
        case(
            "units with commas in the header",
            format!("Temp, °C;Druck, hPa;Fluss, l/min\n{european}"),
            &["Temp, °C", "Druck, hPa", "Fluss, l/min"],
            "decimal comma",
        ),
        case(
            "units below the names",
            format!("temp,pressure,flow\n[°C],[hPa],[l/min]\n{body}"),
            T,
            "kept as units",
        ),
        case(
            "a trailing delimiter",
            format!("{head}{}", body.replace('\n', ",\n")),
            T,
            "end in a delimiter",
        ),
        case(
            "trailing delimiters everywhere",
            format!("temp,pressure,flow,,\n{}", body.replace('\n', ",,\n")),
            T,
            "no values",
        ),
        case(
            "row names of R",
            format!(
                "\"temp\"\t\"pressure\"\t\"flow\"\n{}",
                rows(|at, [a, b, c]| format!("\"{}\"\t{a:.2}\t{b:.1}\t{c:.2}", at + 1))
            ),
            T,
            "as R writes it",
        ),
        case(
            "wavelengths",
            format!(
                "400,410,420,430\n{}",
                rows(|at, [a, ..]| format!(
                    "{:.3},{:.3},{:.3},{:.3}",
                    a / 30.0,
                    a / 29.0 - 0.2,
                    (at % 7) as f64 / 9.0,
                    (at % 11) as f64 / 12.0
                ))
            ),
            &["400", "410", "420", "430"],
            "",
        ),
        case(
            "a title",
            format!("Plot Title: shed\n{head}{body}"),
            T,
            "before the table",
        ),
        case(
            "a title as a spreadsheet saves it",
            format!("Report,,\n,,\n{head}{body}"),
            T,
            "before the table",
        ),
        case(
            "metadata",
            format!("version=1.0\nSerial No,12345\noperator: A. B., room 12\n{head}{body}"),
            T,
            "before the table",
        ),
        case(
            "comments",
            format!(
                "# one\n# two, three, four\n\n{head}{}",
                body.replacen('\n', "\n# recalibrated\n", 5).replacen(
                    "\n# recalibrated\n",
                    "\n",
                    4
                )
            ),
            T,
            "is a comment",
        ),
        case(
            "sep=",
            format!("sep=;\ntemp;pressure;flow\n{european}"),
            T,
            "separated by",
        ),
        case(
            "runs of spaces",
            format!(
                "  temp  pressure   flow\n{}",
                rows(|_, [a, b, c]| format!("  {a:8.2}  {b:7.1}   {c:6.2}"))
            ),
            T,
            "",
        ),
        case(
            "empty rows",
            format!("{head}{body},,\n,,\n,,\n"),
            T,
            "empty rows",
        ),
        case(
            "the header again",
            format!("{head}{body}{head}{body}"),
            T,
            "repeats the header",
        ),
        case(
            "a row count",
            format!("{head}{body}\n({ROWS} rows affected)\n"),
            T,
            "is no row",
        ),
        case(
            "a rule",
            format!("{head}------,-----,----\n{body}"),
            T,
            "A rule",
        ),
        case(
            "header rows",
            format!(
                "Price,Close,High\nTicker,ABC,ABC\nDate,,\n{}",
                rows(|at, [a, b, _]| format!(
                    "2023-{:02}-{:02},{a:.2},{b:.1}",
                    at / 28 + 1,
                    at % 28 + 1
                ))
            ),
            &["Close", "High"],
            "belong to the header",
        ),
        case(
            "a header by another delimiter",
            format!("{head}{}", plain(';')),
            T,
            "otherwise",
        ),
        case(
            "UTF-16",
            utf16(&format!("{head}{body}"), true),
            T,
            "UTF-16LE",
        ),
        case(
            "UTF-16 without a mark",
            utf16(&format!("{head}{body}"), false),
            T,
            "UTF-16LE",
        ),
        case(
            "Windows-1252",
            [&b"\"T (\xb0C)\";p;q\n"[..], plain(';').as_bytes()].concat(),
            &["T (°C)", "p", "q"],
            "Windows-1252",
        ),
        case("NULs", with_nuls, T, "NUL"),
        case(
            "an open quotation mark",
            format!("remark,{head}{late}"),
            &["remark=\"late", "remark=ok", "temp", "pressure", "flow"],
            "quotation mark",
        ),
        case(
            "ids by name",
            format!(
                "customer_id,{head}{}",
                with_id(&|at| (at * 37 % 5000).to_string())
            ),
            T,
            "",
        ),
        case(
            "ids by their end",
            format!(
                "PassengerNo,{head}{}",
                with_id(&|at| (at * 37 % 5000).to_string())
            ),
            T,
            "",
        ),
        case(
            "rows counted",
            format!("X,{head}{}", with_id(&|at| (at + 1).to_string())),
            T,
            "",
        ),
        case(
            "two indices of pandas",
            format!(
                "Unnamed: 0.1,Unnamed: 0,{head}{}",
                with_id(&|at| format!("{at},{at}"))
            ),
            T,
            "it is an id",
        ),
        case(
            "64 bits",
            format!(
                "source_id,{head}{}",
                with_id(&|at| (2_774_009_078_779_859_983_u64 + at as u64).to_string())
            ),
            T,
            "",
        ),
        case(
            "codes with an E",
            format!(
                "code,{head}{}",
                with_id(&|at| format!("{}E{}", at + 1, at % 30))
            ),
            T,
            "",
        ),
        case(
            "days",
            format!(
                "day,{head}{}",
                with_id(&|at| format!("2024-03-{:02}", at / 12 + 1))
            ),
            T,
            "",
        ),
        case(
            "months first",
            format!(
                "when,{head}{}",
                with_id(&|at| format!("03/{:02}/24 0{}:15:00 AM", at / 9 + 1, at % 9 + 1))
            ),
            T,
            "",
        ),
        case(
            "milliseconds since 1970",
            format!(
                "unix_ms,{head}{}",
                with_id(&|at| format!("{}000", stamp(at)))
            ),
            T,
            "",
        ),
        case(
            "seconds since 1904, of LabVIEW",
            format!(
                "Timestamp,{head}{}",
                with_id(&|at| (3_792_096_000_u64 + 10 * at as u64).to_string())
            ),
            T,
            "",
        ),
        case(
            "inches with fractions",
            format!(
                "width,{head}{}",
                with_id(&|at| format!("{} {}/16 in", at % 17 + 3, at % 15 + 1))
            ),
            &["width", "temp", "pressure", "flow"],
            "fractions",
        ),
        case(
            "dates in digits",
            format!(
                "datum,{head}{}",
                with_id(&|at| format!("202403{:02}", at / 12 + 1))
            ),
            T,
            "",
        ),
        case(
            "Unicode minus",
            format!("bias,{head}{}", with_id(&|at| format!("−{}.5", at % 17))),
            &["bias", "temp", "pressure", "flow"],
            "minus sign",
        ),
        case(
            "apostrophes",
            format!("bias,{head}{}", with_id(&|at| format!("'-{}.5", at % 17))),
            &["bias", "temp", "pressure", "flow"],
            "apostrophe",
        ),
        case(
            "currency and thousands",
            format!(
                "balance,{head}{}",
                with_id(&|at| format!("\"${},{:03}.50\"", at % 9 + 1, at * 7 % 1000))
            ),
            &["balance", "temp", "pressure", "flow"],
            "currency sign",
        ),
        case(
            "brackets",
            format!(
                "balance,{head}{}",
                with_id(&|at| if at % 4 == 0 {
                    format!("({}.50)", at + 100)
                } else {
                    format!("{}.25", at % 7)
                })
            ),
            &["balance", "temp", "pressure", "flow"],
            "brackets",
        ),
        case(
            "narrow spaces",
            rows(|at, [a, ..]| format!("{};{} {:03}", comma(a, 1), at % 9 + 1, at * 7 % 1000))
                .replacen("", "a;b\n", 1),
            &["a", "b"],
            "grouped thousands",
        ),
        case(
            "detection limits",
            format!(
                "lead,{head}{}",
                with_id(&|at| if at % 3 == 0 {
                    "<0.50".to_owned()
                } else {
                    format!("{}.5", at % 11)
                })
            ),
            &["lead", "temp", "pressure", "flow"],
            "half is taken",
        ),
        case(
            "units in cells",
            format!("wait,{head}{}", with_id(&|at| format!("{} s", at * 7 % 50))),
            &["wait", "temp", "pressure", "flow"],
            "",
        ),
        case(
            "durations",
            format!(
                "duration,{head}{}",
                with_id(&|at| format!("00:{:02}:{:02}", at * 7 % 20, at * 11 % 60))
            ),
            &["duration", "temp", "pressure", "flow"],
            "spans of time",
        ),
        case(
            "verdicts",
            format!(
                "verdict,{head}{}",
                with_id(&|at| if at % 40 == 0 { "anomaly" } else { "nominal" }.to_owned())
            ),
            T,
            "taken for the labels",
        ),
        case(
            "fraud by its name",
            format!(
                "isFraud,isFlaggedFraud,{head}{}",
                with_id(&|at| format!("{},{}", u8::from(at % 30 == 0), u8::from(at % 60 == 0)))
            ),
            T,
            "taken for the labels",
        ),
        case(
            "what goes with the label",
            format!(
                "label,attack_cat,{head}{}",
                with_id(&|at| if at % 20 == 0 { "1,DoS" } else { "0,Normal" }.to_owned())
            ),
            T,
            "give the truth away",
        ),
        case(
            "a total",
            format!(
                "site,{head}{}Total,2400.0,9.0,9.0\n",
                with_id(&|at| format!("A{}", at % 3))
            ),
            &["site=A0", "site=A1", "site=A2", "temp", "pressure", "flow"],
            "Total",
        ),
    ]
}

#[test]
fn each_kind_of_file_opens_as_it_is_meant() {
    for case in cases() {
        let found = looked_at(&case.text, &case.options);
        let rows = if case.what == "the header again" {
            2 * ROWS
        } else {
            ROWS
        };
        let what = case.what;
        assert_eq!(found.rows, rows, "{what}: {:?}", found.notes);
        let has_note =
            case.note.is_empty() || found.notes.iter().any(|note| note.contains(case.note));
        assert!(has_note, "{what}: {:?}", found.notes);
        let table = read_from(&case.text[..], "t", &case.options);
        let table = table.unwrap_or_else(|error| panic!("{what}: {error}"));
        assert_eq!(
            table.feature_names(),
            case.features,
            "{what}: {:?}",
            found.columns
        );
        assert_eq!(table.n_instances(), rows, "{what}");
        // The list of meanings says the same as the table.
        let features = |meaning: Meaning| matches!(meaning, Meaning::Number | Meaning::Category);
        let listed = found
            .columns
            .iter()
            .filter(|column| features(column.meaning))
            .count();
        let columns = table.columns().iter().filter(|column| {
            matches!(
                column.role,
                glad::dataset::Role::Feature | glad::dataset::Role::OneHot { .. }
            )
        });
        assert_eq!(listed, columns.count(), "{what}");
        assert!(
            found
                .columns
                .iter()
                .all(|column| column.reason.ends_with('.')),
            "{what}"
        );
    }
}

#[test]
fn each_kind_of_file_is_scored_as_it_opens() {
    for case in cases() {
        let what = case.what;
        let table = read_from(&case.text[..], "t", &case.options).expect("a table");
        let schema = Schema::of(&table);
        let rows = Rows::from_reader(&case.text[..], "u", &schema, &case.options);
        let mut rows = rows.unwrap_or_else(|error| panic!("{what}: {error}"));
        let (mut features, mut ids) = (Vec::new(), Vec::new());
        // A batch ends just before the last row.
        while let Some(batch) = rows
            .next(ROWS - 1)
            .unwrap_or_else(|error| panic!("{what}: {error}"))
        {
            features.extend(batch.features);
            ids.extend(batch.ids);
        }
        assert_eq!(
            ids,
            (0..table.n_instances())
                .map(|row| table.id(row))
                .collect::<Vec<_>>(),
            "{what}"
        );
        assert_eq!(
            features,
            table.features().iter().copied().collect::<Vec<_>>(),
            "{what}"
        );
        assert_eq!(rows.read(), table.n_instances(), "{what}");
    }
}

#[test]
fn numbers_are_those_of_the_plain_file_however_they_are_written() {
    let values = |text: &[u8]| -> Vec<f32> {
        let table = read_from(text, "t", &ReadOptions::default()).expect("a table");
        table.features().iter().copied().collect()
    };
    let expected = values(format!("temp,pressure,flow\n{}", plain(',')).as_bytes());
    for case in cases() {
        if case.features == T && case.what != "the header again" {
            let table = read_from(&case.text[..], "t", &case.options).expect("a table");
            let found: Vec<f32> = table.features().iter().copied().collect();
            assert_eq!(found, expected, "{}", case.what);
        }
    }
}

#[test]
fn ids_are_shown_to_the_last_digit_and_times_as_they_are() {
    let text = format!(
        "source_id,day,x,y\n{}",
        rows(|at, [a, b, _]| format!(
            "{},2024-03-01 00:{:02}:00,{a},{b}",
            2_774_009_078_779_859_983_u64 + at as u64,
            at % 60
        ))
    );
    let table = read_from(text.as_bytes(), "t", &ReadOptions::default()).expect("a table");
    assert_eq!(table.id(5), "2774009078779859988");
    assert_eq!(table.times(5), [("day", "2024-03-01 00:05:00".to_owned())]);
    let again = glad::dataset::EmbeddedTable::of(&table)
        .open()
        .expect("a table");
    assert_eq!((again.id(5), again.times(5)), (table.id(5), table.times(5)));
    let text = format!(
        "a,b (V)\n[°C],[V]\n{}",
        rows(|_, [a, b, _]| format!("{a},{b}"))
    );
    let table = read_from(text.as_bytes(), "t", &ReadOptions::default()).expect("a table");
    assert_eq!(
        (
            table.feature_names()[0].as_str(),
            table.feature_label(0).as_ref()
        ),
        ("a", "a [°C]")
    );
    assert_eq!(table.feature_label(1), "b (V)");
    let again = glad::dataset::EmbeddedTable::of(&table)
        .open()
        .expect("a table");
    assert_eq!(again.feature_label(0), "a [°C]");
}

#[test]
fn a_filler_is_told_and_by_choice_missing() {
    let text = format!(
        "temp,pressure\n{}",
        rows(|at, [a, b, _]| if at % 9 == 0 {
            format!("-200,{b:.2}")
        } else {
            format!("{a:.2},{b:.2}")
        })
    );
    let found = looked_at(text.as_bytes(), &ReadOptions::default());
    assert_eq!(found.fillers, ["-200"]);
    assert!(
        found
            .notes
            .iter()
            .any(|note| note.contains("“temp” (14 cells)") && note.contains("--missing -200")),
        "{:?}",
        found.notes
    );
    let options = ReadOptions {
        fillers: vec!["-200".into()],
        ..imputing()
    };
    let found = looked_at(text.as_bytes(), &options);
    assert_eq!((found.columns[0].missing, found.fillers.len()), (14, 0));
    let table = read_from(text.as_bytes(), "t", &options).expect("a table");
    assert!(table.features().column(0).iter().all(|&value| value > 0.0));
    // Scored by it, the same cells are filled too.
    let schema = Schema::of(&table);
    let mut scored = Rows::from_reader(text.as_bytes(), "u", &schema, &options).expect("a table");
    let batch = scored.next(ROWS).expect("rows").expect("rows");
    assert_eq!(batch.features, table.features());
}

#[test]
fn words_of_missing_values_among_numbers() {
    for word in [
        "\\N", "None", "-", "#DIV/0!", "-1.#IND", "n.a.", "1.#INF", "inf",
    ] {
        let text = format!(
            "temp,pressure\n{}",
            rows(|at, [a, b, _]| if at == 7 {
                format!("{word},{b:.2}")
            } else {
                format!("{a:.2},{b:.2}")
            })
        );
        let found = looked_at(text.as_bytes(), &ReadOptions::default());
        assert_eq!(
            (found.columns[0].missing, meaning(&found, "temp")),
            (1, Meaning::Number),
            "{word}"
        );
        let refused = read_from(text.as_bytes(), "t", &ReadOptions::default());
        assert!(
            refused
                .expect_err("a refusal")
                .to_string()
                .starts_with("Line 9, column “temp”"),
            "{word}"
        );
        let table = read_from(text.as_bytes(), "t", &imputing()).expect("a table");
        assert_eq!(table.n_features(), 2, "{word}");
    }
}

#[test]
fn a_stray_word_is_missing_and_named_with_its_line() {
    let text = format!(
        "temp,pressure\n{}",
        rows(|at, [a, b, _]| if at == 30 {
            format!("broken,{b:.2}")
        } else {
            format!("{a:.2},{b:.2}")
        })
    );
    let table = read_from(text.as_bytes(), "t", &imputing()).expect("a table");
    assert!(
        table
            .notices()
            .iter()
            .any(|note| note.contains("“broken” on line 32")),
        "{:?}",
        table.notices()
    );
    let told = read_from(text.as_bytes(), "t", &ReadOptions::default())
        .expect_err("a refusal")
        .to_string();
    assert!(
        told.starts_with("Line 32, column “temp”: “broken” is not a number"),
        "{told}"
    );
}

#[test]
fn anomalous_values_are_named() {
    let text = format!(
        "temp,pressure,Label\n{}",
        rows(|at, [a, b, _]| format!(
            "{a:.2},{b:.2},{}",
            ["BENIGN", "BENIGN", "DoS", "Bot"][at % 4]
        ))
    );
    let asked = looked_at(text.as_bytes(), &ReadOptions::default());
    assert!(
        asked.questions[0].contains("--anomaly"),
        "{:?}",
        asked.questions
    );
    assert_eq!(asked.label_values[0], ("BENIGN".to_owned(), ROWS / 2));
    let options = ReadOptions {
        anomalies: vec!["dos".into(), "Bot".into()],
        ..ReadOptions::default()
    };
    let table = read_from(text.as_bytes(), "t", &options).expect("a table");
    let truth = table.truth().expect("labels");
    assert_eq!(
        (truth.anomalies(), truth.label(2)),
        (ROWS / 2, Some(Label::Anomaly))
    );
    assert_eq!(table.feature_names(), ["temp", "pressure"]);
    let unknown = ReadOptions {
        anomalies: vec!["Worm".into()],
        ..ReadOptions::default()
    };
    let told = read_from(text.as_bytes(), "t", &unknown)
        .expect_err("a refusal")
        .to_string();
    assert!(told.contains("“Worm”") && told.contains("BENIGN"), "{told}");
    let signed = text
        .replace("BENIGN", "1")
        .replace("DoS", "-1")
        .replace("Bot", "-1");
    let options = ReadOptions {
        anomalies: vec!["-1".into()],
        ..ReadOptions::default()
    };
    let table = read_from(signed.as_bytes(), "t", &options).expect("a table");
    assert_eq!(table.truth().expect("labels").anomalies(), ROWS / 2);
}

#[test]
fn meanings_are_chosen_by_hand() {
    let text = format!(
        "continent,zip,temp,pressure\n{}",
        rows(|at, [a, b, _]| format!("{},{},{a:.2},{b:.2}", ["EU", "NA", "AF"][at % 3], at % 5))
    );
    let told = looked_at(text.as_bytes(), &ReadOptions::default());
    assert_eq!(told.columns[0].missing, ROWS / 3);
    let offered = "(--column continent=category)";
    assert!(
        told.notes.iter().any(|note| note.contains(offered)),
        "{:?}",
        told.notes
    );
    let refused = read_from(text.as_bytes(), "t", &ReadOptions::default()).expect_err("a refusal");
    assert!(refused.to_string().contains(offered), "{refused}");
    let columns = |choices: &[(&str, Meaning)]| ReadOptions {
        columns: choices
            .iter()
            .map(|&(name, meaning)| (name.into(), meaning))
            .collect(),
        ..ReadOptions::default()
    };
    let options = columns(&[
        ("Continent", Meaning::Category),
        ("zip", Meaning::Category),
        ("pressure", Meaning::Out),
    ]);
    let table = read_from(text.as_bytes(), "t", &options).expect("a table");
    assert_eq!(
        table.feature_names(),
        [
            "continent=AF",
            "continent=EU",
            "continent=NA",
            "zip=0",
            "zip=1",
            "zip=2",
            "zip=3",
            "zip=4",
            "temp"
        ]
    );
    let options = columns(&[("continent", Meaning::Category), ("zip", Meaning::Id)]);
    let table = read_from(text.as_bytes(), "t", &options).expect("a table");
    assert_eq!((table.id_column(), table.id(4)), (Some("zip"), "4".into()));
    let options = columns(&[("gone", Meaning::Out)]);
    let refused = read_from(text.as_bytes(), "t", &options).expect_err("a refusal");
    assert!(matches!(refused, DatasetError::NoSuchColumn(..)));
}

#[test]
fn grouped_thousands_are_decided_by_the_column_or_told() {
    let text = format!(
        "plz;einwohner;flaeche\n{}",
        rows(|at, _| format!(
            "{};{}.{:03};{}",
            10_000 + at * 37 % 900,
            at % 8 + 1,
            at * 71 % 1000,
            at * 13 % 700
        ))
    );
    let found = looked_at(text.as_bytes(), &ReadOptions::default());
    assert!(
        found
            .notes
            .iter()
            .any(|note| note.contains("Nothing in the cells of “einwohner”")),
        "{:?}",
        found.notes
    );
    let first = |decimal| {
        let options = ReadOptions {
            decimal,
            ..ReadOptions::default()
        };
        let table = read_from(text.as_bytes(), "t", &options).expect("a table");
        // The postal codes are no feature.
        table.features()[[0, 0]]
    };
    assert_eq!((first(None), first(Some(b'.'))), (1000.0, 1.0));
}

/// The features that another table gives by the schema of the plain one.
fn scored(text: &[u8]) -> Result<(ndarray::Array2<f32>, Vec<String>), DatasetError> {
    let own = format!("temp,pressure,flow\n{}", plain(','));
    let table = read_from(own.as_bytes(), "t", &ReadOptions::default()).expect("a table");
    let schema = Schema::of(&table);
    let mut rows = Rows::from_reader(text, "u", &schema, &ReadOptions::default())?;
    let batch = rows.next(10 * ROWS)?.expect("rows");
    assert!(rows.next(1)?.is_none());
    Ok((batch.features, rows.notices()))
}

#[test]
fn tables_of_every_frame_are_scored_as_the_plain_one() {
    let own = format!("temp,pressure,flow\n{}", plain(','));
    let expected = read_from(own.as_bytes(), "t", &ReadOptions::default()).expect("a table");
    for case in cases() {
        if case.features == T && !["the header again", "durations"].contains(&case.what) {
            let (features, _) =
                scored(&case.text).unwrap_or_else(|error| panic!("{}: {error}", case.what));
            assert_eq!(features, expected.features(), "{}", case.what);
        }
    }
    let (features, notices) =
        scored(own.replacen("temp,pressure", "TEMP,Pressure", 1).as_bytes()).expect("a table");
    assert_eq!(features, expected.features());
    assert!(
        notices[0].contains("without regard to case: “TEMP” for “temp”"),
        "{notices:?}"
    );
}

#[test]
fn a_quotation_mark_never_swallows_rows() {
    // With text in every column the lines inside could be anything, so it is refused.
    let text = "a,b,c\nx,1,2\n\"y,2,3\nz,3,4\nz,4,5\ny,5,6\n";
    let table = read_from(text.as_bytes(), "t", &ReadOptions::default()).expect("a table");
    assert_eq!(table.n_instances(), 5);
    let quoted = "a,b,remark\n1,1,\"one\ntwo\"\n2,2,\"three, four\"\n3,5,x\n4,4,x\n";
    let table = read_from(quoted.as_bytes(), "t", &ReadOptions::default()).expect("a table");
    assert_eq!(table.n_instances(), 4);
}

#[test]
fn sessions_of_before_are_read_by_their_own_rules() {
    let stored =
        "(delimiter: None, header: None, label: Recognise, id: Recognise, missing: Refuse)";
    let options: ReadOptions = ron::from_str(stored).expect("options");
    assert_eq!(options.rules, Rules::First);
    let text = format!(
        "customer_id,day,temp\n{}",
        rows(|at, [a, ..]| format!("{},2024-03-{:02},{a:.2}", at * 7, at / 12 + 1))
    );
    let before = read_from(text.as_bytes(), "t", &options).expect("a table");
    assert_eq!(
        (before.n_features(), before.feature_names()[0].as_str()),
        (12, "customer_id")
    );
    let now = ReadOptions::default();
    assert!(
        read_from(text.as_bytes(), "t", &now).is_err(),
        "one feature is left"
    );
    // What is kept with a new session comes back the same.
    let chosen = ReadOptions {
        decimal: Some(b','),
        fillers: vec!["-200".into()],
        columns: vec![("zip".into(), Meaning::Category)],
        ..ReadOptions::default()
    };
    let text = ron::to_string(&chosen).expect("text");
    assert_eq!(
        ron::from_str::<ReadOptions>(&text).expect("options"),
        chosen
    );
}

#[test]
fn what_was_chosen_is_kept_with_the_table() {
    let text = format!(
        "temp;flow\n{}",
        rows(|_, [a, _, c]| format!("{};{}", comma(a, 2), comma(c, 2)))
    );
    let kept = file(text.as_bytes());
    let options = ReadOptions {
        columns: vec![("flow".into(), Meaning::Number)],
        ..ReadOptions::default()
    };
    let table: Dataset = read_path(&kept.path, &options).expect("a table");
    let origin = table.origin().expect("a file");
    assert_eq!(origin.read_options(), options);
    let again = origin.open(None).expect("a table");
    assert_eq!(again.fingerprint(), table.fingerprint());
}
