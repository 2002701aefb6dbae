//! Odd tables of every kind: other locales, words, signs and frames. Each is made of one plain table,
//! and has to be read as that one.

use std::io::Write;

use glad::dataset::{
    Dataset, Inspection, Label, Meaning, Missing, ReadOptions, Rows, Schema, inspect, read_from,
};

pub(crate) const ROWS: usize = 120;

/// Whether a row is one of those that are hunted.
pub(crate) fn is_rare(row: usize) -> bool {
    row % 20 == 7
}

/// Three numbers of a row.
pub(crate) fn measured(row: usize) -> [f64; 3] {
    let wave = (row as f64 * 0.37).sin();
    let far = if is_rare(row) { 60.0 } else { 0.0 };
    let round = |number: f64| (number * 100.0).round() / 100.0;
    [
        round(20.0 + 3.0 * wave),
        round(1013.0 + 4.0 * (row as f64 * 0.11).cos() + far),
        round(56.0 + ((row * 7919) % 100) as f64 / 20.0 + far),
    ]
}

/// A table below `head`, each row made by `row` of its number and its three numbers.
pub(crate) fn table(head: &str, row: impl Fn(usize, [f64; 3]) -> String) -> String {
    let rows = (0..ROWS).map(|at| row(at, measured(at)) + "\n");
    format!("{head}\n{}", rows.collect::<String>())
}

/// A table of the three columns, of which the last is written by `write`.
pub(crate) fn last(write: impl Fn(usize, f64) -> String) -> String {
    table("temp,pressure,flow", |at, [a, b, c]| {
        format!("{a},{b},{}", write(at, c))
    })
}

pub(crate) fn read(text: &[u8], options: &ReadOptions) -> Dataset {
    read_from(text, "t", options).unwrap_or_else(|error| panic!("{error}"))
}

pub(crate) fn looked_at(text: &[u8]) -> Inspection {
    let mut file = tempfile::NamedTempFile::new().expect("room");
    file.write_all(text).expect("room");
    inspect(file.path(), &ReadOptions::default()).expect("a table")
}

pub(crate) fn imputing() -> ReadOptions {
    ReadOptions {
        missing: Missing::Median,
        ..ReadOptions::default()
    }
}

#[track_caller]
pub(crate) fn meaning(text: &[u8], name: &str, expected: Meaning) {
    let found = looked_at(text);
    let column = found.columns.iter().find(|column| column.name == name);
    let column = column.unwrap_or_else(|| panic!("{name} in {:?}", found.columns));
    assert_eq!(column.meaning, expected, "{name}: {}", column.reason);
}

#[test]
fn numbers_of_any_hand_are_those_of_the_plain_table() {
    type Write = fn(usize, f64) -> String;
    let hands: [(&str, Write); 20] = [
        ("Indian groups", |_, c| format!("\"1,23,{:.2}\"", 400.0 + c)),
        ("Arabic digits", |_, c| {
            let digit = |letter: char| match letter.to_digit(10) {
                Some(digit) => char::from_u32(0x660 + digit).expect("a digit"),
                None => '٫',
            };
            format!("{c:.2}").chars().map(digit).collect()
        }),
        ("wide digits", |_, c| {
            let wide = |letter: char| match letter.to_digit(10) {
                Some(digit) => char::from_u32(0xff10 + digit).expect("a digit"),
                None => '．',
            };
            format!("{c:.2}").chars().map(wide).collect()
        }),
        ("Fortran", |_, c| format!("{:.4}D+02", c / 100.0)),
        ("a power of ten", |_, c| format!("{:.3}×10^1", c / 10.0)),
        ("Australian dollars", |_, c| format!("AUD {c}")),
        ("shekels", |_, c| format!("₪{c}")),
        ("rupees", |_, c| format!("Rs. {c}")),
        ("an uncertainty", |_, c| format!("{c} ± 0.3")),
        ("digits of uncertainty", |_, c| format!("{c:.2}(3)")),
        ("a mark behind some", |at, c| {
            format!("{c}{}", if at % 9 == 0 { "*" } else { "" })
        }),
        ("about", |at, c| {
            format!("{}{c}", if at % 9 == 0 { "~" } else { "" })
        }),
        ("thousands by k for some", |at, c| match at % 2 {
            0 => format!("{:.5}k", c / 1000.0),
            _ => c.to_string(),
        }),
        ("two sizes", |at, c| match at % 2 {
            0 => format!("{:.2} KB", c * 1024.0),
            _ => format!("{c} MB"),
        }),
        ("two lengths", |at, c| match at % 2 {
            0 => format!("{:.5} km", c / 1000.0),
            _ => format!("{c} m"),
        }),
        ("a span of days", |_, c| {
            format!("0 days 00:{:02}:{:05.2}", (c / 60.0) as u32, c % 60.0)
        }),
        ("a span by ISO", |_, c| format!("PT{c}S")),
        ("a plus", |_, c| format!("+{c}")),
        ("spaces that do not break", |_, c| {
            format!("\u{a0}{c}\u{a0}")
        }),
        ("Polish", |_, c| format!("{c} zł")),
    ];
    let plain = read(
        last(|_, c| c.to_string()).as_bytes(),
        &ReadOptions::default(),
    );
    let standard = |dataset: &Dataset| -> Vec<f32> {
        let column = dataset.features().column(2).to_vec();
        let mean = column.iter().sum::<f32>() / ROWS as f32;
        let spread = column
            .iter()
            .map(|value| (value - mean).powi(2))
            .sum::<f32>()
            .sqrt();
        column.iter().map(|value| (value - mean) / spread).collect()
    };
    let expected = standard(&plain);
    for (what, write) in hands {
        let found = read(last(write).as_bytes(), &ReadOptions::default());
        assert_eq!(found.n_features(), 3, "{what}: {:?}", found.notices());
        let pairs = standard(&found).into_iter().zip(&expected);
        let off = pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(off < 2e-3, "{what}: {off}");
        let plain = [
            "a plus",
            "spaces that do not break",
            "Fortran",
            "a power of ten",
        ];
        let is_plain = plain.contains(&what);
        assert_eq!(found.notices().is_empty(), is_plain, "{what} is told");
    }
}

#[test]
fn what_a_device_writes_for_no_value_is_missing_and_told() {
    for word in [
        "ND",
        "<LOD",
        "offline",
        "Bad Input",
        "[-11059] No Good Data",
        "M",
        "*****",
    ] {
        let text = last(|at, c| match at % 5 {
            0 => word.to_owned(),
            _ => c.to_string(),
        });
        let found = read(text.as_bytes(), &imputing());
        assert_eq!(found.n_features(), 3, "{word}: {:?}", found.notices());
        let told = looked_at(text.as_bytes());
        let flow = told
            .columns
            .iter()
            .find(|column| column.name == "flow")
            .expect("flow");
        assert_eq!(
            (flow.meaning, flow.missing),
            (Meaning::Number, ROWS / 5),
            "{word}"
        );
    }
    // A few whole numbers among words are categories.
    meaning(
        table("temp,floor", |at, [a, ..]| {
            format!("{a},{}", ["1", "2", "G", "3"][at % 4])
        })
        .as_bytes(),
        "floor",
        Meaning::Category,
    );
}

#[test]
fn units_of_new_rows_are_brought_to_those_of_the_session() {
    let own = read(
        last(|_, c| format!("{c} m")).as_bytes(),
        &ReadOptions::default(),
    );
    let schema = Schema::of(&own);
    let text = last(|_, c| format!("{:.5} km", c / 1000.0));
    let mut rows =
        Rows::from_reader(text.as_bytes(), "t", &schema, &ReadOptions::default()).expect("a table");
    let batch = rows.next(ROWS).expect("rows").expect("some");
    let off = (batch.features - own.features())
        .iter()
        .fold(0.0_f32, |most, value| most.max(value.abs()));
    assert!(off < 1e-2, "{off}");
    let kept: Schema = ron::from_str(&ron::to_string(&schema).expect("text")).expect("a schema");
    assert_eq!(kept, schema);
    let text = last(|_, c| format!("{c} kg"));
    let mut rows =
        Rows::from_reader(text.as_bytes(), "t", &schema, &ReadOptions::default()).expect("a table");
    assert!(rows.next(ROWS).is_err(), "kilograms are no metres");
}

#[test]
fn verdicts_in_other_words_are_the_labels() {
    for (name, rare, usual) in [
        ("Anomalie", "ja", "nein"),
        ("is_abnormal", "oui", "non"),
        ("Fraud_Label", "1", "0"),
        ("y_true", "1", "0"),
        ("Störung", "1", "0"),
        ("outlier", "'yes'", "'no'"),
        ("label", "attack", "benign"),
        ("status", "NOK", "OK"),
        ("result", "FAIL", "PASS"),
        ("异常", "是", "否"),
        ("Bankrupt?", "1", "0"),
    ] {
        let text = table(&format!("temp,pressure,flow,{name}"), |at, [a, b, c]| {
            format!("{a},{b},{c},{}", if is_rare(at) { rare } else { usual })
        });
        let found = read(text.as_bytes(), &ReadOptions::default());
        let truth = found
            .truth()
            .unwrap_or_else(|| panic!("{name}: {:?}", found.notices()));
        assert_eq!(found.n_features(), 3, "{name}");
        for (row, label) in truth.labels().iter().enumerate() {
            let expected = if is_rare(row) {
                Label::Anomaly
            } else {
                Label::Nominal
            };
            assert_eq!(*label, Some(expected), "{name}, row {row}");
        }
    }
    // As they are no words of verdicts, they are no features either.
    let text = table("temp,pressure,flow,anomaly_type", |at, [a, b, c]| {
        format!("{a},{b},{c},{}", if is_rare(at) { "spike" } else { "none" })
    });
    assert_eq!(
        read(text.as_bytes(), &ReadOptions::default()).n_features(),
        3
    );
}

#[test]
fn what_may_give_the_truth_away_is_told() {
    let note = |text: &str, part: &str| {
        let found = looked_at(text.as_bytes());
        assert!(
            found.notes.iter().any(|note| note.contains(part)),
            "{part}: {:?}",
            found.notes
        );
    };
    let with = |head: &str, cells: &dyn Fn(usize) -> String| {
        table(&format!("temp,pressure,flow,{head}"), |at, [a, b, c]| {
            format!("{a},{b},{c},{}", cells(at))
        })
    };
    note(
        &with("default", &|at| u8::from(is_rare(at)).to_string()),
        "--column default=label",
    );
    note(
        &with("label,TWF", &|at| {
            format!(
                "{},{}",
                u8::from(is_rare(at)),
                u8::from(is_rare(at) && at > 40)
            )
        }),
        "all of them anomalies",
    );
    note(
        // Other rows than those that lie far out in the measured columns.
        &with("label,chance", &|at| {
            let rare = u8::from(is_rare(at + 3));
            format!("{rare},{}", f64::from(rare) + at as f64 / 1000.0)
        }),
        "above all other rows",
    );
    let guess = with("label,prediction", &|at| {
        format!("{0},{0}", u8::from(is_rare(at)))
    });
    meaning(guess.as_bytes(), "prediction", Meaning::Out);
}

#[test]
fn numbers_that_name_rows_are_no_features() {
    let with = |name: &str, id: &dyn Fn(usize) -> u64| {
        table(&format!("{name},temp,pressure,flow"), |at, [a, b, c]| {
            format!("{},{a},{b},{c}", id(at))
        })
    };
    let scattered = |at: usize| (at as u64 * 7919 + 13) % 90_001 + 10_000;
    for name in [
        "Kundennummer",
        "SerialNumber",
        "trans_num",
        "account",
        "order",
    ] {
        meaning(with(name, &scattered).as_bytes(), name, Meaning::Id);
    }
    for name in ["zip", "PLZ", "code postal"] {
        let text = with(name, &scattered);
        let found = looked_at(text.as_bytes());
        assert!(
            ![Meaning::Number, Meaning::Category].contains(&found.columns[0].meaning),
            "{name}"
        );
    }
    let found = looked_at(with("counter", &|at| (at * at + 3 * at) as u64).as_bytes());
    assert_eq!(found.columns[0].meaning, Meaning::Number);
    assert!(
        found
            .notes
            .iter()
            .any(|note| note.contains("--column counter=id")),
        "{:?}",
        found.notes
    );
}

#[test]
fn times_of_any_form_are_times() {
    type Show = fn(usize) -> String;
    let forms: [(&str, Show); 14] = [
        ("French", |at| format!("{} mars 2024", 1 + at % 28)),
        ("German", |at| format!("{}. März 2024", 1 + at % 28)),
        ("Oracle", |at| {
            format!("01-MAR-24 {:02}.15.00.000000 AM", 1 + at % 12)
        }),
        ("Apache", |at| {
            format!("[01/Mar/2024:{:02}:15:00 +0000]", at % 24)
        }),
        ("syslog", |at| format!("Mar  1 {:02}:15:00", at % 24)),
        ("East Asia", |at| format!("2024年3月{}日", 1 + at % 28)),
        ("basic ISO", |at| format!("20240301T{:02}1500Z", at % 24)),
        ("digits", |at| format!("202403{:02}0015", 1 + at / 5)),
        ("microseconds", |at| {
            format!("{}", 1_709_251_200_000_000 + 900_000_007 * at as u64)
        }),
        ("nanoseconds", |at| {
            format!(
                "{}",
                1_709_251_200_000_000_123 + 900_000_000_007 * at as u64
            )
        }),
        ("Hungarian", |at| {
            format!("2024. 03. {:02}. 00:15", 1 + at % 28)
        }),
        ("a month", |at| {
            format!("{}-{:02}", 2010 + at / 12, 1 + at % 12)
        }),
        ("a week", |at| format!("2024-W{:02}-5", 1 + at % 50)),
        ("the time first", |at| {
            format!("{:02}:15:00 01.03.2024", at % 24)
        }),
    ];
    for (what, show) in forms {
        let text = table("when,temp,pressure,flow", |at, [a, b, c]| {
            format!("{},{a},{b},{c}", show(at))
        });
        let found = looked_at(text.as_bytes());
        assert_eq!(
            found.columns[0].meaning,
            Meaning::Time,
            "{what}: {}",
            found.columns[0].reason
        );
    }
    let text = table("Date,temp,pressure,flow", |at, [a, b, c]| {
        format!("{}.25,{a},{b},{c}", 45_352 + at)
    });
    meaning(text.as_bytes(), "Date", Meaning::Time);
    let text = table("when,temp,pressure,flow", |at, [a, b, c]| {
        let day = if at % 20 == 3 {
            "9999-12-31".to_owned()
        } else {
            format!("2024-03-{:02}", 1 + at / 6)
        };
        format!("{day},{a},{b},{c}")
    });
    let found = looked_at(text.as_bytes());
    assert!(
        found
            .notes
            .iter()
            .any(|note| note.contains("--missing 9999-12-31")),
        "{:?}",
        found.notes
    );
}

#[test]
fn fillers_of_any_kind_are_told() {
    for (filler, every) in [("-1", 25), ("-99.99", 25), ("-200", 1), ("9.96921e+36", 25)] {
        let text =
            last(
                |at, c| match (every == 1 && at % 6 != 0) || (every > 1 && at % every == 3) {
                    true => filler.to_owned(),
                    false => c.to_string(),
                },
            );
        let found = looked_at(text.as_bytes());
        let told = found.notes.iter().any(|note| note.contains("--missing"));
        assert!(told, "{filler}: {:?}", found.notes);
    }
    let text = last(|at, c| match at % 25 {
        3 => "-999".to_owned(),
        4 => "-888".to_owned(),
        _ => c.to_string(),
    });
    assert_eq!(looked_at(text.as_bytes()).fillers, ["-999", "-888"]);
}

#[test]
fn frames_of_any_kind_are_read() {
    let body = table("", |_, [a, b, c]| format!("{a},{b},{c}"));
    let body = body.trim_start();
    let by = |mark: &str| body.replace(',', mark);
    let cases: Vec<(&str, String)> = vec![
        ("tildes", format!("temp~pressure~flow\n{}", by("~"))),
        (
            "Hive",
            format!("temp\u{1}pressure\u{1}flow\n{}", by("\u{1}")),
        ),
        ("NumPy", format!("# temp pressure flow\n{}", by(" "))),
        ("NumPy, by commas", format!("# temp,pressure,flow\n{body}")),
        ("MATLAB", format!("% temp pressure flow\n{}", by(" "))),
        (
            "a report",
            format!(
                "Report,,\nStation:,Hall 3,\nFrom:,2024-03-01,\n,,\ntemp,pressure,flow\n{body}"
            ),
        ),
        (
            "figures below",
            format!("temp,pressure,flow\n{body}Min,1,2\nMax,90,200\nMean,40,90\n"),
        ),
        (
            "a remark below",
            format!("temp,pressure,flow\n{body}\nGenerated by X, on 2024-03-01\n"),
        ),
        (
            "a note below",
            format!("temp,pressure,flow\n{body},,\n\"* preliminary\",,\n"),
        ),
        (
            "two marks of order",
            format!("\u{feff}\u{feff}temp,pressure,flow\n{body}"),
        ),
        (
            "marks without width",
            format!("\u{200b}temp,pressure\u{200b},flow\n{body}"),
        ),
    ];
    let plain = read(
        format!("temp,pressure,flow\n{body}").as_bytes(),
        &ReadOptions::default(),
    );
    for (what, text) in cases {
        let found = read(text.as_bytes(), &ReadOptions::default());
        assert_eq!(found.feature_names(), plain.feature_names(), "{what}");
        assert_eq!(found.features(), plain.features(), "{what}");
    }
    for header in ["1,2,3", "0,1,2", "01.01.2024,01.02.2024,01.03.2024"] {
        let found = read(
            format!("{header}\n{body}").as_bytes(),
            &ReadOptions::default(),
        );
        assert_eq!(found.n_instances(), ROWS, "{header}");
    }
    for quoted in ["\"said \\\"ok, fine\\\" 7\"", " \"hall, 7\""] {
        let text = table("temp,pressure,flow,where", |_, [a, b, c]| {
            format!("{a},{b},{c},{quoted}")
        });
        assert_eq!(
            read(text.as_bytes(), &ReadOptions::default()).features(),
            plain.features(),
            "{quoted}"
        );
    }
}

#[test]
fn encodings_are_told_by_their_letters() {
    let body = table("", |_, [a, b, c]| format!("{a},{b},{c}"));
    for (encoding, names) in [
        (
            encoding_rs::WINDOWS_1251,
            "температура воды,давление воздуха,скорость потока",
        ),
        (encoding_rs::SHIFT_JIS, "温度,圧力,流量"),
        (encoding_rs::EUC_KR, "온도,압력,유량"),
        (encoding_rs::WINDOWS_1252, "temp °C,pressão,flüß"),
    ] {
        let text = format!("{names}{body}");
        let (bytes, ..) = encoding.encode(&text);
        let found = read(&bytes, &ReadOptions::default());
        assert_eq!(found.feature_names().join(","), names);
    }
}
