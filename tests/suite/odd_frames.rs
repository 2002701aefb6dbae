//! What stands around odd tables, and words that are met in them; each is made of one plain table, and
//! has to be read as that one.

use std::fs;

use glad::dataset::{
    ColumnChoice, Dataset, Label, Meaning, ReadOptions, Role, Rows, Schema, TimePart, read_from,
    read_path,
};

use crate::odd_tables::{ROWS, imputing, is_rare, last, meaning, read, table};

const HEAD: &str = "temp,pressure,flow";

/// The lines of the plain table.
fn plain() -> Vec<String> {
    let text = table(HEAD, |_, [a, b, c]| format!("{a},{b},{c}"));
    text.lines().map(str::to_owned).collect()
}

fn joined(lines: &[String]) -> String {
    lines.join("\n") + "\n"
}

#[track_caller]
fn is_plain(what: &str, text: &str) -> Dataset {
    let expected = read(joined(&plain()).as_bytes(), &ReadOptions::default());
    let found = read_from(text.as_bytes(), "t", &imputing());
    let found = found.unwrap_or_else(|error| panic!("{what}: {error}"));
    assert_eq!(
        found.feature_names(),
        expected.feature_names(),
        "{what}: {:?}",
        found.notices()
    );
    assert_eq!(found.features(), expected.features(), "{what}");
    assert!(!found.notices().is_empty(), "{what} is told");
    found
}

#[test]
fn frames_around_a_table_are_no_part_of_it_and_told() {
    let lines = plain();
    let text = joined(&lines);
    let each =
        |change: &dyn Fn(&String) -> String| joined(&lines.iter().map(change).collect::<Vec<_>>());
    is_plain(
        "lines in quotation marks",
        &each(&|line| format!("\"{line}\"")),
    );
    for (what, head, row) in [
        ("three delimiters behind rows", "", ",,,"),
        ("three delimiters behind the header", ",,,", ""),
        ("two behind all", ",,", ",,"),
    ] {
        let ended = lines.iter().enumerate();
        let ended = ended.map(|(at, line)| line.clone() + if at == 0 { head } else { row });
        is_plain(what, &joined(&ended.collect::<Vec<_>>()));
    }
    let comments: String = (0..40)
        .map(|at| format!("# COLUMN c{at}: a description, with commas, {at}\n"))
        .collect();
    for before in [
        comments.as_str(),
        "-- dump of a table\n-- 2024-03-01, 12:00\n",
        "! a remark\n! another, one\n",
        "Station,Berlin,52.5\nOwner,City,Germany\n\n",
        "Instrument,X200\nOperator,A. Person\n",
        "Measured in spring\n==================\n\n",
    ] {
        is_plain(before, &format!("{before}{text}"));
    }
    for behind in [
        "120 rows\n",
        "\n(120 rows affected)\n",
        "Source: an agency, 2024\n",
        "CRC,0xABCD,\n",
        "   \n",
        "\u{c}\n",
    ] {
        is_plain(behind, &format!("{text}{behind}"));
    }
    let often = |header: &str| {
        let rows = lines[1..].iter().enumerate();
        let rows = rows.map(|(at, line)| match at % 40 {
            0 => format!("{header}\n{line}"),
            _ => line.clone(),
        });
        joined(&rows.collect::<Vec<_>>())
    };
    is_plain(
        "units repeated too",
        &often(&format!("{HEAD}\n°C,hPa,l/min")),
    );
    let blank = text
        .replacen("\n12", "\n   \n12", 3)
        .replacen("\n2", "\n \n2", 9);
    is_plain("lines of spaces", &blank);
}

#[test]
fn names_of_columns_in_two_rows() {
    let text = joined(&plain());
    let found = is_plain("units above", &format!("°C,hPa,l/min\n{text}"));
    assert_eq!(found.feature_label(1), "pressure [hPa]");
    let found = is_plain(
        "as Campbell's loggers write",
        &text.replacen('\n', "\nDeg C,hPa,l/min\nAvg,Avg,Smp\n", 1),
    );
    assert_eq!(found.feature_label(0), "temp [Deg C]");
    let grouped = table("Inlet,Inlet,Outlet,Outlet\nt,p,t,p", |at, [a, b, c]| {
        format!("{a},{b},{c},{at}.5")
    });
    let found = read(grouped.as_bytes(), &ReadOptions::default());
    assert_eq!(
        found.feature_names(),
        ["Inlet t", "Inlet p", "Outlet t", "Outlet p"]
    );
    for header in [
        "400nm,410nm,420nm",
        "2015,2016,2017,2018,2019",
        "1990,2000,2010,2020",
    ] {
        let width = header.split(',').count();
        let wide = table(header, |at, [_, b, c]| {
            let cells =
                (0..width).map(|place| (b * 2.0 + c * place as f64 + at as f64).to_string());
            cells.collect::<Vec<_>>().join(",")
        });
        let found = read(wide.as_bytes(), &ReadOptions::default());
        assert_eq!(
            (found.n_instances(), found.n_features()),
            (ROWS, width),
            "{header}"
        );
    }
    // A number in brackets is no unit.
    let twice = table("a,a,b", |_, [a, b, c]| format!("{a},{b},{c}"));
    let found = read(twice.as_bytes(), &ReadOptions::default());
    assert_eq!(found.feature_label(1), "a (2)");
}

#[test]
fn figures_below_rows_that_have_names_are_left_out() {
    let text = table("station,temp,pressure,flow", |at, [a, b, c]| {
        format!("S{at},{a},{b},{c}")
    });
    for figures in [
        "Max,26,1077,121\n",
        "Mean,20,1013,58\nStd,2,4,9\nMin,17,1009,56\n",
    ] {
        let found = read(
            format!("{text}{figures}").as_bytes(),
            &ReadOptions::default(),
        );
        assert_eq!(
            found.n_instances(),
            ROWS,
            "{figures}: {:?}",
            found.notices()
        );
    }
    // A name like all others is a row.
    let found = read(
        format!("{text}S999,20,1013,58\n").as_bytes(),
        &ReadOptions::default(),
    );
    assert_eq!(found.n_instances(), ROWS + 1);
}

#[test]
fn a_few_letters_tell_their_encoding() {
    for (encoding, head) in [
        ("windows-1251", "темп,дав,расх"),
        ("shift_jis", "温度,圧力,流量"),
        ("gb18030", "温,压,流"),
        ("windows-1250", "čas,výš,průtok"),
        ("windows-1254", "sıcaklık,basınç,akış"),
        ("windows-1252", "Größe,Druck µbar,Fluß"),
    ] {
        let text = table(head, |_, [a, b, c]| format!("{a},{b},{c}"));
        let encoder = encoding_rs::Encoding::for_label(encoding.as_bytes()).expect("an encoding");
        let (bytes, ..) = encoder.encode(&text);
        let found = read(&bytes, &ReadOptions::default());
        let expected: Vec<&str> = head.split(',').collect();
        assert_eq!(found.feature_names(), expected, "{encoding}");
        assert!(found.notices()[0].contains("not UTF-8"));
    }
}

#[test]
fn parts_of_years_and_dates_in_more_tongues_are_times() {
    type Show = fn(usize) -> String;
    let forms: [(&str, Show); 12] = [
        ("2024Q1", |at| format!("{}Q{}", 1990 + at / 4, at % 4 + 1)),
        ("Q1 2024", |at| format!("Q{} {}", at % 4 + 1, 1990 + at / 4)),
        ("1Q24", |at| format!("{}Q{:02}", at % 4 + 1, 10 + at / 4)),
        ("2024-S1", |at| format!("{}-S{}", 1960 + at / 2, at % 2 + 1)),
        ("KW 9/2024", |at| {
            format!("KW {}/{}", at % 52 + 1, 2020 + at / 52)
        }),
        ("2024M03", |at| {
            format!("{}M{:02}", 2010 + at / 12, at % 12 + 1)
        }),
        ("03.2024", |at| {
            format!("{:02}.{}", at % 12 + 1, 2010 + at / 12)
        }),
        ("Russian", |at| format!("{} марта 2024", 1 + at % 28)),
        ("Polish", |at| format!("{} września 2024", 1 + at % 28)),
        ("Korean", |at| {
            format!("2024년 3월 {}일 3시 5분", 1 + at % 28)
        }),
        ("kdb", |at| {
            format!("2024.03.{:02}D12:00:00.000000000", 1 + at % 28)
        }),
        (".NET", |at| {
            format!("/Date({})/", 1_709_251_200_000_u64 + 60_000 * at as u64)
        }),
    ];
    for (what, show) in forms {
        let text = table("span,temp,pressure,flow", |at, [a, b, c]| {
            format!("{},{a},{b},{c}", show(at))
        });
        let found = read(text.as_bytes(), &ReadOptions::default());
        assert_eq!(found.times(3).len(), 1, "{what}: {:?}", found.columns());
    }
    // Ids that rise as times do, and hashes that look like numbers, are names.
    for (name, id) in [
        (
            "tweet",
            (|at| format!("{}", 1_764_253_671_829_340_160_u64 + 977 * at as u64)) as Show,
        ),
        ("number", |at| format!("{}", 1_000_000_001 + at)),
        ("account", |at| format!("{}", 1_000_000_000 + 7919 * at)),
        ("commit", |at| {
            format!("{:05}e{:03}", at * 7919 % 100_000, at * 31 % 1000)
        }),
        ("commit", |at| format!("{:09x}", at * 7_919_777)),
        ("__index_level_0__", |at| format!("{}", at * 3 % 97)),
    ] {
        let text = table(&format!("{name},temp,pressure,flow"), |at, [a, b, c]| {
            format!("{},{a},{b},{c}", id(at))
        });
        meaning(text.as_bytes(), name, Meaning::Id);
    }
}

#[test]
fn marks_and_guards_around_numbers_are_left_out_and_told() {
    let marks = ["", "", "", "b", "e"];
    for text in [
        last(|at, c| format!("{c} {}", marks[at % 5]).trim_end().to_owned()),
        last(|_, c| format!("=\"{c}\"")),
    ] {
        is_plain("marks", &text);
    }
    for (write, first) in [
        (
            (|c: f64| format!("{}'{:02}''", c as u32 / 60, c as u32 % 60)) as fn(f64) -> String,
            56.0,
        ),
        (
            |c| format!("{}h{:02}", c as u32 / 60, c as u32 % 60),
            56.0 * 60.0,
        ),
    ] {
        let text = last(|_, c| write(c));
        let found = read(text.as_bytes(), &ReadOptions::default());
        assert_eq!(found.features()[[0, 2]], first, "{:?}", found.notices());
        assert_eq!(found.feature_label(2), "flow [s]");
    }
}

#[test]
fn where_only_anomalies_have_a_mark_all_else_is_nominal() {
    let text = table("temp,pressure,flow,found", |at, [a, b, c]| {
        format!("{a},{b},{c},{}", if is_rare(at) { "x" } else { "" })
    });
    let options = ReadOptions {
        label: ColumnChoice::Named("found".into()),
        anomalies: vec!["x".into()],
        ..ReadOptions::default()
    };
    let found = read(text.as_bytes(), &options);
    let truth = found.truth().expect("labels");
    assert!((0..ROWS).all(|row| (truth.label(row) == Some(Label::Anomaly)) == is_rare(row)));
    assert!(truth.nominals() > 100);
    assert!(
        found
            .notices()
            .iter()
            .any(|note| note.contains("only anomalies have a value"))
    );
}

/// Times every seven hours, but one step that is longer.
fn timed(first: usize) -> String {
    table("when,temp,pressure,flow", |at, [a, b, c]| {
        let hours = 7 * (first + at) + if at > 60 { 5 } else { 0 };
        let (day, hour) = (hours / 24, hours % 24);
        format!(
            "{:02}.{:02}.2024 {hour:02}:30,{a},{b},{c}",
            day % 28 + 1,
            day / 28 + 1
        )
    })
}

#[test]
fn times_make_features_where_that_is_wished_for() {
    let options = ReadOptions {
        time_features: TimePart::ALL.map(|part| ("When".to_owned(), part)).to_vec(),
        ..ReadOptions::default()
    };
    let text = timed(0);
    let found = read(text.as_bytes(), &options);
    let names = [
        "temp",
        "pressure",
        "flow",
        "when: hour",
        "when: weekday",
        "when: step",
    ];
    assert_eq!(found.feature_names(), names);
    assert_eq!(found.feature_label(3), "when: hour [h]");
    // The first of January 2024 was a Monday.
    assert_eq!(found.features().row(0).to_vec()[3..], [0.5, 1.0, 25_200.0]);
    assert_eq!(found.features().row(4).to_vec()[3..], [4.5, 2.0, 25_200.0]);
    assert_eq!(found.features()[[61, 5]], 43_200.0);
    assert!(
        found
            .notices()
            .iter()
            .any(|note| note.contains("first row is their median, 25200"))
    );
    // They are kept with the session, and made of another table's times.
    let schema = Schema::of(&found);
    let schema: Schema = ron::from_str(&ron::to_string(&schema).expect("text")).expect("a schema");
    let mut rows =
        Rows::from_reader(text.as_bytes(), "t", &schema, &ReadOptions::default()).expect("a table");
    let (first, rest) = (rows.next(50).expect("rows"), rows.next(ROWS).expect("rows"));
    let both = [first.expect("some").features, rest.expect("some").features];
    assert_eq!(both[0], found.features().slice(ndarray::s![..50, ..]));
    assert_eq!(both[1], found.features().slice(ndarray::s![50.., ..]));
    // A row is found again in its file, though it has fewer columns than the table.
    let folder = tempfile::tempdir().expect("room");
    let path = folder.path().join("timed.csv");
    fs::write(&path, &text).expect("room");
    let of_file = read_path(&path, &options).expect("a table");
    let schema = Schema::of(&of_file);
    let originals =
        glad::dataset::originals(&of_file, &schema, &[70], &mut glad::numeric::Unwatched);
    assert_eq!(originals.expect("rows")[&70].len(), 4);
    // Without the wish, and of other columns.
    assert_eq!(
        read(text.as_bytes(), &ReadOptions::default()).n_features(),
        3
    );
    for (name, part, word) in [
        ("temp", TimePart::Hour, "of which the hour could be taken"),
        ("nothing", TimePart::Hour, "no column “nothing”"),
    ] {
        let options = ReadOptions {
            time_features: vec![(name.to_owned(), part)],
            ..ReadOptions::default()
        };
        let told = read_from(text.as_bytes(), "t", &options).expect_err("a refusal");
        assert!(told.to_string().contains(word), "{told}");
    }
    // An even logger has no step.
    let even = table("when,temp,pressure,flow", |at, [a, b, c]| {
        format!("2024-03-01 {:02}:{:02},{a},{b},{c}", at / 60, at % 60)
    });
    let options = ReadOptions {
        time_features: vec![("when".to_owned(), TimePart::Step)],
        ..ReadOptions::default()
    };
    let found = read(even.as_bytes(), &options);
    let column = found.columns().last().expect("columns");
    assert!(matches!(column.role, Role::LeftOut { .. }), "{column:?}");
}
