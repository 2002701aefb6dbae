//! Numbers with units, currencies and marks, dates in digits and rows of figures: what must not be read
//! as something else in silence.

use glad::dataset::{Inspection, Meaning, ReadOptions, read_from};

use crate::odd_tables::{ROWS, imputing, looked_at, meaning, measured, read, table};

const HEAD: &str = "temp,pressure,flow";

fn with(name: &str, cell: impl Fn(usize) -> String) -> String {
    table(&format!("{HEAD},{name}"), |at, [a, b, c]| {
        format!("{a},{b},{c},{}", cell(at))
    })
}

fn told<'i>(found: &'i Inspection, part: &str) -> Option<&'i String> {
    found.notes.iter().find(|note| note.contains(part))
}

/// A number that is another one in each row, without order.
fn of(at: usize) -> usize {
    (at * 37 + 11) % 101
}

#[test]
fn numbers_with_a_unit_are_no_weeks() {
    for (name, unit, kept) in [
        ("power", " kW", Some("kW")),
        ("depth", " m", Some("m")),
        ("power", " W", Some("W")),
        ("time", "wk", Some("wk")),
        ("field", " T", Some("T")),
        ("run", " h", Some("h")),
    ] {
        let text = with(name, |at| {
            format!("{}.{:02}{unit}", 1 + at % 9, 10 + of(at) % 80)
        });
        let found = looked_at(text.as_bytes());
        let column = &found.columns[3];
        assert_eq!(column.meaning, Meaning::Number, "{unit}: {column:?}");
        assert_eq!(column.unit.as_deref(), kept, "{unit}");
    }
    let quarters = with("period", |at| {
        format!("20{}-Q{}", 10 + at / 4 % 80, 1 + at % 4)
    });
    meaning(quarters.as_bytes(), "period", Meaning::Time);
}

#[test]
fn bare_numbers_beside_units_are_told() {
    let weights = with("weight", |at| match at % 3 {
        0 => format!("{}.5 kg", 1 + of(at) % 9),
        _ => (100 + of(at)).to_string(),
    });
    let found = looked_at(weights.as_bytes());
    let note = told(&found, "have the unit “kg”").expect("a note");
    assert!(note.contains("the first of them on line 3"), "{note}");
    assert!(note.contains("--column weight=out"), "{note}");
    let shares = with("rate", |at| match at % 4 {
        0 => format!("0.{}", 10 + of(at) % 80),
        _ => format!("{}%", of(at)),
    });
    let found = looked_at(shares.as_bytes());
    let note = told(&found, "have a per cent sign").expect("a note");
    assert!(note.contains("first of them on line 2"), "{note}");
    // Where the header says the unit of the bare ones, there is nothing to doubt.
    let known = with("run [s]", |at| match at % 3 {
        0 => format!("{} min", 1 + of(at) % 9),
        _ => (100 + of(at)).to_string(),
    });
    let found = looked_at(known.as_bytes());
    assert_eq!(told(&found, "have none"), None);
    assert!(
        told(&found, "several units of one kind").is_some(),
        "{:?}",
        found.notes
    );
}

#[test]
fn multiples_are_scaled_however_few_they_are() {
    for (word, factor) in [
        ("2.5 Mio", 2.5e6),
        ("2.5 million", 2.5e6),
        ("2.5 Tsd.", 2500.0),
    ] {
        let text = with("sales", |at| match at {
            20 | 40 => word.to_owned(),
            _ => (20_000 + of(at) * 100).to_string(),
        });
        let found = read(text.as_bytes(), &imputing());
        assert_eq!(f64::from(found.features()[[20, 3]]), factor, "{word}");
        let note = "k, M or B for thousands";
        assert!(
            found.notices().iter().any(|told| told.contains(note)),
            "{word}"
        );
    }
}

#[test]
fn different_units_and_currencies_do_not_mix() {
    for (what, cells) in [
        ("currencies", ["¥899", "$13.61"]),
        ("currencies", ["USD 51", "EUR 20"]),
        ("units", ["20 °C", "68 °F"]),
    ] {
        let text = with("price", |at| {
            let cell = cells[usize::from(at % 3 == 0)];
            cell.replace("1", &of(at).to_string())
                .replace("0", &(100 + of(at)).to_string())
                .replace("899", &(800 + of(at)).to_string())
        });
        let found = looked_at(text.as_bytes());
        let column = &found.columns[3];
        assert_eq!(column.meaning, Meaning::Out, "{cells:?}: {column:?}");
        assert!(
            column.reason.contains(&format!("different {what}")),
            "{column:?}"
        );
    }
    // One currency by its sign and its code.
    let one = with("price", |at| match at % 2 {
        0 => format!("${}.5", of(at)),
        _ => format!("{}.5 USD", of(at)),
    });
    meaning(one.as_bytes(), "price", Meaning::Number);
    let parts = with("share", |at| match at % 2 {
        0 => format!("{} ppm", 100 + of(at)),
        _ => format!("{}.5 %", of(at)),
    });
    let shares = read(parts.as_bytes(), &imputing());
    assert!((shares.features()[[0, 3]] - 0.0111).abs() < 1e-6);
}

/// Rows of three sites with a subtotal below each.
fn grouped(total: impl Fn(&str, [f64; 2]) -> String) -> (String, usize) {
    let mut text = "site,kind,amount,count\n".to_owned();
    let mut sums = 0;
    for site in ["North", "South", "East"] {
        let mut sum = [0.0; 2];
        for at in 0..12 {
            let numbers = [(of(at + sums) * 3) as f64 / 2.0, (of(at) % 7) as f64];
            sum = [sum[0] + numbers[0], sum[1] + numbers[1]];
            let kind = ["a", "b"][at % 2];
            text += &format!("{site},{kind},{},{}\n", numbers[0], numbers[1]);
        }
        sums += 1;
        text += &total(site, sum);
    }
    (text, sums)
}

#[test]
fn subtotals_of_groups_are_no_rows() {
    let line = |name: String, sum: [f64; 2]| format!("{name},{},{}\n", sum[0], sum[1]);
    for (what, (text, _)) in [
        (
            "behind",
            grouped(|site, sum| line(format!("{site} Total,"), sum)),
        ),
        (
            "before",
            grouped(|site, sum| line(format!("Total {site},"), sum)),
        ),
        (
            "Excel",
            grouped(|site, sum| line(format!("{site} Ergebnis,"), sum)),
        ),
        (
            "Summe",
            grouped(|site, sum| line(format!("Summe {site},"), sum)),
        ),
        (
            "beside",
            grouped(|site, sum| line(format!("{site},Total"), sum)),
        ),
        ("all", grouped(|site, sum| line(format!("{site},All"), sum))),
    ] {
        let found = looked_at(text.as_bytes());
        assert_eq!(found.rows, 36, "{what}: {:?}", found.notes);
        let note = told(&found, "3 lines are subtotals of rows above them").expect(what);
        assert!(note.contains("line 14"), "{what}: {note}");
        assert_eq!(found.skipped, [14, 27, 40], "{what}");
    }
    // A word alone takes no row away.
    let (text, _) = grouped(|site, sum| line(format!("{site},All"), [sum[0] + 9.0, sum[1] + 5.0]));
    assert_eq!(looked_at(text.as_bytes()).rows, 39);
    let wines = table(&format!("item,{HEAD}"), |at, [a, b, c]| {
        let item = ["Wine", "Total Wine", "Beer"][at % 3];
        format!("{item},{a},{b},{c}")
    });
    assert_eq!(looked_at(wines.as_bytes()).rows, ROWS);
}

/// The mean, deviation, least and greatest of each column.
fn figures() -> [[f64; 3]; 4] {
    let rows: Vec<[f64; 3]> = (0..ROWS).map(measured).collect();
    let column = |at: usize| -> Vec<f64> { rows.iter().map(|row| row[at]).collect() };
    let of = |figure: &dyn Fn(Vec<f64>) -> f64| [0, 1, 2].map(|at| figure(column(at)));
    let mean = |all: &[f64]| all.iter().sum::<f64>() / all.len() as f64;
    [
        of(&|all| mean(&all)),
        of(&|all| {
            let middle = mean(&all);
            let squares: f64 = all.iter().map(|x| (x - middle).powi(2)).sum();
            (squares / (all.len() - 1) as f64).sqrt()
        }),
        of(&|all| all.into_iter().fold(f64::INFINITY, f64::min)),
        of(&|all| all.into_iter().fold(f64::NEG_INFINITY, f64::max)),
    ]
}

fn sited(at: usize) -> &'static str {
    ["A", "B"][at * 7 % 5 % 2]
}

#[test]
fn figures_of_all_rows_are_no_rows() {
    let rows = table(&format!("site,{HEAD}"), |at, [a, b, c]| {
        format!("{},{a},{b},{c}", sited(at))
    });
    let (head, body) = rows.split_once('\n').expect("lines");
    let figures = figures();
    let line = |word: &str, [a, b, c]: [f64; 3]| format!("{word},{a:.2},{b:.2},{c:.2}\n");
    let words = ["Mean", "SD", "Min", "Max"];
    let all: String = (words.iter().zip(figures))
        .map(|(word, figure)| line(word, figure))
        .collect();
    let describe: String = (["mean", "std", "min", "max"].iter().zip(figures))
        .map(|(word, figure)| line(word, figure))
        .collect();
    let quartile = line("50%", figures[0]);
    let limits = "LSL,0,0,0\nUSL,99,9999,99\n";
    for (what, text, count) in [
        ("below", format!("{rows}{all}"), 4),
        ("behind a gap", format!("{rows}\n{all}"), 4),
        ("one", format!("{rows}{}", line("SD", figures[1])), 1),
        (
            "pandas",
            format!("{rows}count,{ROWS},{ROWS},{ROWS}\n{describe}{quartile}"),
            6,
        ),
        ("above", format!("{head}\n{all}{body}"), 4),
        ("limits", format!("{head}\n{limits}{body}"), 2),
    ] {
        let found = looked_at(text.as_bytes());
        assert_eq!(found.rows, ROWS, "{what}: {:?}", found.notes);
        assert_eq!(found.skipped.len(), count, "{what}");
        let site = found.columns.first().expect("columns");
        assert!(site.reason.contains("2 different"), "{what}: {site:?}");
    }
    // Names are no figures: Max and Min are people.
    let names = format!("{rows}Min,17.5,1012,1\nMax,17.5,1012,1\n");
    assert_eq!(looked_at(names.as_bytes()).rows, ROWS + 2);
    let clothes = format!("{head}\nTop,17.5,1012,1\nRange,18.5,1013,1\n{body}");
    assert_eq!(looked_at(clothes.as_bytes()).rows, ROWS + 2);
    let described = "of,a,b\ncount,10,10\nmean,5,6\nstd,1,2\nmin,0,1\n25%,3,4\nmax,9,10\n";
    assert_eq!(looked_at(described.as_bytes()).rows, 6);
    let one = format!("{rows}SD,17.5,1012,1\n");
    assert_eq!(looked_at(one.as_bytes()).rows, ROWS + 1);
}

#[test]
fn a_grand_total_without_a_name_is_no_row() {
    let rows = table("day,visits,share,sales", |at, [a, ..]| {
        format!(
            "2024-{:02}-{:02},{},{a},{}",
            1 + at / 28,
            1 + at % 28,
            of(at),
            of(at) * 3
        )
    });
    let visits: usize = (0..ROWS).map(of).sum();
    let text = format!("{rows},{visits},19.5,{}\n", visits * 3);
    let found = looked_at(text.as_bytes());
    assert_eq!(found.rows, ROWS, "{:?}", found.notes);
    assert!(told(&found, "is no row, and left out").is_some());
    let text = format!("{rows},17,19.5,18\n");
    assert_eq!(looked_at(text.as_bytes()).rows, ROWS + 1);
}

#[test]
fn telephones_and_texts_of_digits_are_names() {
    for (name, cell) in [
        ("Telefon", "+4914262{}"),
        ("Mobile", "+491426219{}"),
        ("msisdn", "+49142{}"),
        ("caller", "+491426219{}"),
        ("tel", "+49 142 621 {}"),
    ] {
        let text = with(name, |at| cell.replace("{}", &(100 + at).to_string()));
        meaning(text.as_bytes(), name, Meaning::Id);
    }
    let codes = with("plz", |at| format!("=\"0{}\"", 1000 + of(at)));
    meaning(codes.as_bytes(), "plz", Meaning::Id);
    let codes = with("part", |at| format!("=\"000{}\"", 1 + at % 5));
    meaning(codes.as_bytes(), "part", Meaning::Category);
    let numbers = with("part", |at| format!("=\"{}.5\"", 1 + of(at)));
    meaning(numbers.as_bytes(), "part", Meaning::Number);
}

#[test]
fn numbers_that_programs_write_are_numbers() {
    for (what, cell) in [
        ("hexadecimal", "0x{x}"),
        ("underscores", "1_{}_129"),
        ("brackets", "$({}.22)"),
        ("Mathematica", "{}.5*^-5"),
        ("signs", "+{}:26:32.7"),
        ("degrees", "{}°46'10\"\"N"),
    ] {
        let text = with("reading", |at| {
            let cell = cell.replace("{x}", &format!("{:X}", 4096 + of(at) * 7));
            let cell = cell.replace("{}", &(100 + of(at)).to_string());
            format!("\"{cell}\"")
        });
        let found = looked_at(text.as_bytes());
        let column = &found.columns[3];
        assert_eq!(column.meaning, Meaning::Number, "{what}: {column:?}");
        let is_told = column.reason.contains("written with");
        assert!(is_told || what == "Mathematica", "{what}: {column:?}");
    }
    // What names the rows is no number for its digits.
    let names = with("serial number", |at| format!("0x{:04X}", 4096 + at * 7));
    meaning(names.as_bytes(), "serial number", Meaning::Id);
    let plots = with("plot", |at| format!("1_{}", 100 + at));
    meaning(plots.as_bytes(), "plot", Meaning::Id);
    let complex = with("z", |at| format!("6.{at}+0.28j"));
    let found = looked_at(complex.as_bytes());
    assert!(
        told(&found, "reads neither as a number nor as a time").is_some(),
        "{:?}",
        found.notes
    );
}

#[test]
fn the_yen_of_shift_jis_is_no_backslash() {
    let text = with("値段", |at| format!("\"\\{},278\"", 1 + of(at)));
    let (bytes, ..) = encoding_rs::SHIFT_JIS.encode(&text);
    let found = looked_at(&bytes);
    let column = &found.columns[3];
    assert_eq!(
        (column.name.as_str(), column.meaning),
        ("値段", Meaning::Number),
        "{column:?}"
    );
    assert!(told(&found, "a currency sign").is_some());
}

#[test]
fn dates_in_digits_are_told_by_their_names() {
    // Without order, as they are where rows are sorted by something else.
    let day = |at: usize| (1 + of(at) % 12, 1 + of(at) % 28);
    type Write = fn(usize, usize) -> String;
    let cells: [(&str, Write); 6] = [
        ("date", |month, day| format!("24{month:02}{day:02}")),
        ("order date", |month, day| format!("24{month:02}{day:02}")),
        ("Datum", |month, day| format!("{day}{month:02}2024")),
        ("month", |month, _| format!("2024{month:02}")),
        ("week", |month, day| format!("2024{:02}", month + day)),
        ("date", |month, day| format!("2024{:03}", month * 25 + day)),
    ];
    for (name, write) in cells {
        let text = with(name, |at| {
            let (month, day) = day(at);
            write(month, day)
        });
        meaning(text.as_bytes(), name, Meaning::Time);
        // Without a name for it, they are numbers.
        let text = text.replace(&format!("flow,{name}"), "flow,load");
        meaning(text.as_bytes(), "load", Meaning::Number);
    }
    let chosen = with("load", |at| {
        let (month, day) = day(at);
        format!("24{month:02}{day:02}")
    });
    let options = ReadOptions {
        columns: vec![("load".to_owned(), Meaning::Time)],
        ..ReadOptions::default()
    };
    let table = read_from(chosen.as_bytes(), "t", &options).expect("a table");
    assert!(
        table.times(0)[0].1.starts_with("2024-"),
        "{:?}",
        table.times(0)
    );
    let mixed = with("date", |at| match at % 2 {
        0 => format!("{:02}.03.2024", 1 + at % 28),
        _ => format!("2024-03-{:02}", 1 + at % 28),
    });
    let found = looked_at(mixed.as_bytes());
    assert!(
        found.columns[3].reason.contains("several forms"),
        "{:?}",
        found.columns[3]
    );
}

#[test]
fn a_mark_in_some_rows_is_a_category() {
    let text = with("damaged", |at| {
        if at % 50 == 3 { "x" } else { "" }.to_owned()
    });
    let found = read_from(text.as_bytes(), "t", &ReadOptions::default()).expect("a table");
    assert_eq!(found.feature_names()[3..], ["damaged=", "damaged=x"]);
    assert_eq!(found.features().row(3).to_vec()[3..], [0.0, 1.0]);
    assert_eq!(found.features().row(4).to_vec()[3..], [1.0, 0.0]);
    let told_of = looked_at(text.as_bytes());
    assert!(
        told(&told_of, "--anomaly x").is_some(),
        "{:?}",
        told_of.notes
    );
    let schema = glad::dataset::Schema::of(&found);
    let options = ReadOptions::default();
    let mut rows =
        glad::dataset::Rows::from_reader(text.as_bytes(), "t", &schema, &options).expect("a table");
    let rows = rows.next(ROWS).expect("rows").expect("some");
    assert_eq!(rows.features, found.features());
    // A single remark is no state of the rows.
    let text = with("remark", |at| if at == 3 { "x" } else { "" }.to_owned());
    let found = read_from(text.as_bytes(), "t", &ReadOptions::default()).expect("a table");
    assert_eq!(found.n_features(), 3);
}

#[test]
fn classes_by_limits_are_categories() {
    let text = with("income", |at| ["<=50K", ">50K"][of(at) % 2].to_owned());
    meaning(text.as_bytes(), "income", Meaning::Category);
    let limits = with("lead", |at| match at % 3 {
        0 => "<0.5".to_owned(),
        _ => format!("{}.5", 1 + of(at)),
    });
    meaning(limits.as_bytes(), "lead", Meaning::Number);
}

#[test]
fn what_stands_above_the_names_is_passed_over_or_kept() {
    let plain = table(HEAD, |_, [a, b, c]| format!("{a},{b},{c}"));
    let body = plain.split_once('\n').expect("lines").1;
    let rows = read(plain.as_bytes(), &imputing());
    for (what, text) in [
        (
            "a smaller table",
            format!("Channel,Min,Max\n1,15,25\n2,1000,1030\n3,1,2\n\n{plain}"),
        ),
        (
            "figures",
            format!("Statistic,pressure,flow\nMin,1,2\nMax,3,4\n\n{plain}"),
        ),
        (
            "figures of the names",
            format!("Statistic,pressure,flow\nMin,1,2\nMax,3,4\n\n{plain}"),
        ),
        (
            "a summary",
            format!("Summary\nmean,20,1013\nstd,2,4\n\n{plain}"),
        ),
        ("a key", format!("Device,X100,v2\n{plain}")),
        (
            "keys and units",
            format!("Station,Berlin,\nOperator,Anna,\n{HEAD}\n°C,hPa,l/min\n{body}"),
        ),
        (
            "two marks of a beginning",
            format!("\u{feff}{plain}\u{feff}{HEAD}\n"),
        ),
    ] {
        let found = read(text.as_bytes(), &imputing());
        assert_eq!(
            found.feature_names(),
            rows.feature_names(),
            "{what}: {:?}",
            found.notices()
        );
        assert_eq!(found.features(), rows.features(), "{what}");
        assert!(!found.notices().is_empty(), "{what}");
    }
    // The larger of two tables is the first.
    let first = format!("{plain}\nChannel,Min,Max\n1,15,25\n2,1000,1030\n3,1,2\n");
    assert_eq!(
        read(first.as_bytes(), &imputing()).features(),
        rows.features()
    );
}

#[test]
fn names_of_groups_are_part_of_those_of_their_columns() {
    let body = table("", |_, [a, b, c]| format!("{a},{b},{c},{}", a + c));
    let body = body.trim_start();
    let names = ["Inlet temp", "Inlet press", "Outlet temp", "Outlet press"];
    for head in [
        "Inlet,,Outlet,\ntemp,press,temp,press\n",
        "Inlet,,Outlet,\ntemp,press,temp,press\n°C,bar,°C,bar\n",
    ] {
        let found = looked_at(format!("{head}{body}").as_bytes());
        let columns: Vec<&str> = found
            .columns
            .iter()
            .map(|column| column.name.as_str())
            .collect();
        assert_eq!(columns, names, "{head}");
        assert_eq!(found.rows, ROWS);
    }
    let types = looked_at(format!("t,p,f,g\nDOUBLE,DOUBLE,DOUBLE,DOUBLE\n{body}").as_bytes());
    assert_eq!((types.columns[0].name.as_str(), types.rows), ("t", ROWS));
}
