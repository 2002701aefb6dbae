//! Further kinds of odd tables, each made of one plain table: what its owner means, or a note that says
//! what was left open.

use std::fs;
use std::io::Write;

use glad::dataset::{
    ColumnChoice, Inspection, Meaning, ReadOptions, inspect, preview, read_from, read_path,
};

use crate::odd_tables::{ROWS, imputing, is_rare, last, looked_at, meaning, measured, read, table};

const HEAD: &str = "temp,pressure,flow";

fn plain() -> String {
    table(HEAD, |_, [a, b, c]| format!("{a},{b},{c}"))
}

fn with(name: &str, cell: impl Fn(usize) -> String) -> String {
    table(&format!("{name},{HEAD}"), |at, [a, b, c]| {
        format!("{},{a},{b},{c}", cell(at))
    })
}

#[track_caller]
fn is_told(found: &Inspection, part: &str) {
    let told = found.notes.iter().any(|note| note.contains(part));
    assert!(told, "{part}: {:?}", found.notes);
}

#[track_caller]
fn is_plain(what: &str, text: &[u8]) {
    let expected = read(plain().as_bytes(), &ReadOptions::default());
    let found = read(text, &imputing());
    assert_eq!(
        found.feature_names(),
        expected.feature_names(),
        "{what}: {:?}",
        found.notices()
    );
    assert_eq!(found.features(), expected.features(), "{what}");
}

#[test]
fn json_of_any_frame_is_the_plain_table() {
    let rows = || (0..ROWS).map(measured);
    let join = |texts: Vec<String>, mark: &str| texts.join(mark);
    let objects = rows().map(|[a, b, c]| format!("{{\"temp\":{a},\"pressure\":{b},\"flow\":{c}}}"));
    let objects = join(objects.collect(), ",");
    let lists = join(
        rows().map(|[a, b, c]| format!("[{a},{b},{c}]")).collect(),
        ",",
    );
    let names = "\"temp\",\"pressure\",\"flow\"";
    let column = |place: usize| {
        let cells = rows().map(|row| row[place].to_string());
        join(cells.collect(), ",")
    };
    let keyed = |place: usize| {
        let cells = rows().enumerate();
        let cells = cells.map(|(at, row)| format!("\"{at}\":{}", row[place]));
        format!("{{{}}}", join(cells.collect(), ","))
    };
    for (what, text) in [
        ("a list of lists", format!("[[{names}],{lists}]")),
        (
            "pandas, split",
            format!("{{\"columns\":[{names}],\"index\":[],\"data\":[{lists}]}}"),
        ),
        (
            "a reply",
            format!("{{\"status\":\"ok\",\"data\":{{\"rows\":[{objects}]}}}}"),
        ),
        (
            "columns",
            format!(
                "{{\"temp\":[{}],\"pressure\":[{}],\"flow\":[{}]}}",
                column(0),
                column(1),
                column(2)
            ),
        ),
        (
            "pandas, columns",
            format!(
                "{{\"temp\":{},\"pressure\":{},\"flow\":{}}}",
                keyed(0),
                keyed(1),
                keyed(2)
            ),
        ),
        (
            "a comma behind each line",
            objects.replace("},{", "},\n{") + ",\n",
        ),
        (
            "lines of lists",
            format!("[{names}]\n{}", lists.replace("],[", "]\n[")),
        ),
    ] {
        is_plain(what, text.as_bytes());
    }
    let vectors = rows().enumerate();
    let vectors = vectors.map(|(at, [a, b, c])| format!("{{\"id\":{at},\"v\":[{a},{b},{c}]}}\n"));
    let found = looked_at(vectors.collect::<String>().as_bytes());
    is_told(&found, "each is a column of its own");
    assert_eq!(found.columns.len(), 4);
    let gaps = objects
        .replace("},{", "}\n{")
        .replacen("\"flow\":56", "\"flow\":NaN, \"x\":56", 1);
    let found = looked_at(gaps.as_bytes());
    let flow = found.columns.iter().find(|column| column.name == "flow");
    assert_eq!(flow.expect("flow").missing, 1);
}

#[test]
fn a_format_that_says_what_is_a_category_is_believed() {
    let rows: String = (0..ROWS)
        .map(|at| {
            let [a, b, c] = measured(at);
            format!("{a},{b},{c},{}\n", at % 3 + 1)
        })
        .collect();
    let head =
        "@relation r\n@attribute temp real\n@attribute pressure real\n@attribute flow real\n";
    let text = format!("{head}@attribute mode {{1,2,3}}\n@data\n{rows}");
    meaning(text.as_bytes(), "mode", Meaning::Category);
    let text = format!("{head}@attribute mode integer\n@data\n{rows}");
    meaning(text.as_bytes(), "mode", Meaning::Number);
}

#[test]
fn marks_and_comments_in_a_header() {
    let text = plain()
        .replacen("flow", "flow,\"remark", 1)
        .replace('\n', ",ok\n");
    let text = text.replacen("\"remark,ok", "\"remark", 1);
    let found = looked_at(text.as_bytes());
    assert_eq!((found.rows, found.columns.len()), (ROWS, 4));
    let below = plain().replacen("temp,pressure,flow\n", "", 1);
    let text = format!("# temp,pressure,flow\n# °C,hPa,l/min\n{below}");
    let found = read(text.as_bytes(), &ReadOptions::default());
    assert_eq!(found.feature_label(1), "pressure [hPa]");
    is_plain(
        "a mark of direction",
        format!("\u{200f}{}", plain()).as_bytes(),
    );
    // Decimal commas between runs of spaces.
    let by_comma = |number: f64| format!("{number:.2}").replace('.', ",");
    let text = table("temp  pressure   flow", |_, [a, b, c]| {
        format!("{}   {}  {}", by_comma(a), by_comma(b), by_comma(c))
    });
    is_plain("commas between spaces", text.as_bytes());
    let text = table(HEAD, |_, [a, b, c]| format!("{a},\"{}\",{c}", by_comma(b)));
    is_plain("one column with commas", text.as_bytes());
    is_told(&looked_at(text.as_bytes()), "decimal commas in “pressure”");
}

#[test]
fn spans_of_time_are_numbers_and_times_are_times() {
    for write in [
        (|at| format!("{}.{:02}:{:02}:07.5000000", at % 3, at % 24, at % 60))
            as fn(usize) -> String,
        |at| {
            format!(
                "{}00:{:02}:{:02}",
                if at % 4 == 0 { "-" } else { "" },
                at % 60,
                at * 7 % 60
            )
        },
    ] {
        meaning(with("took", write).as_bytes(), "took", Meaning::Number);
    }
    for write in [
        (|at| format!("2024-03-{:02} {:02}", 1 + at / 24, at % 24)) as fn(usize) -> String,
        |at| {
            format!(
                "2024-03-{:02} {:02}:00:00 Europe/Berlin",
                1 + at / 24,
                at % 24
            )
        },
    ] {
        meaning(with("at", write).as_bytes(), "at", Meaning::Time);
    }
    // Numbers of cards rise as times would, in another century.
    let text = with("card", |at| {
        (4_000_000_000_000_000_u64 + 102_947 * at as u64).to_string()
    });
    meaning(text.as_bytes(), "card", Meaning::Id);
    let text = with("elapsed", |at| (at as f64 / 100.0).to_string());
    is_told(&looked_at(text.as_bytes()), "--column elapsed=out");
}

#[test]
fn what_would_give_the_truth_away_is_left_out_or_told() {
    let flag =
        |at: usize, rare: &str, usual: &str| if is_rare(at) { rare } else { usual }.to_owned();
    for (name, rare, usual) in [("is_normal", "False", "True"), ("healthy", "0", "1")] {
        let text = with(name, |at| flag(at, rare, usual));
        meaning(text.as_bytes(), name, Meaning::Out);
        is_told(
            &looked_at(text.as_bytes()),
            &format!("--column {name}=label --anomaly {rare}"),
        );
        let options = ReadOptions {
            label: ColumnChoice::Named(name.to_owned()),
            anomalies: vec![rare.to_owned()],
            ..ReadOptions::default()
        };
        let found = read(text.as_bytes(), &options);
        assert_eq!(found.truth().expect("labels").anomalies(), 6, "{name}");
    }
    for name in ["fraud_bool", "FraudFound_P", "defect_detected"] {
        let text = with(name, |at| flag(at, "1", "0"));
        meaning(text.as_bytes(), name, Meaning::Label);
    }
    let text = table("label,suspicious,temp,pressure,flow", |at, [a, b, c]| {
        let near = if is_rare(at) || at == 3 { 1 } else { 0 };
        format!("{},{near},{a},{b},{c}", flag(at, "1", "0"))
    });
    is_told(&looked_at(text.as_bytes()), "all but 1 of them anomalies");
    let text = with("sensor_id", |at| (at % 4).to_string());
    meaning(text.as_bytes(), "sensor_id", Meaning::Id);
    is_told(&looked_at(text.as_bytes()), "--column sensor_id=category");
}

#[test]
fn a_number_beyond_all_measure_is_asked_about_and_not_called_left_out() {
    let text = last(|at, c| match at % 30 {
        4 => "-1.797693e+308".to_owned(),
        _ => c.to_string(),
    });
    let found = looked_at(text.as_bytes());
    assert_eq!(found.columns[2].meaning, Meaning::Number);
    assert!(found.notes.iter().all(|note| !note.contains("left out")));
    assert!(found.questions[0].contains("--missing -1.797693e+308"));
}

#[test]
fn scripts_and_notebooks_are_named() {
    let script: String = (0..ROWS)
        .map(|at| {
            let [a, b, c] = measured(at);
            format!("INSERT INTO t VALUES ({a},{b},{c});\n")
        })
        .collect();
    for (text, words) in [
        (format!("-- a dump\n\nSET x = 1;\n{script}"), "SQL"),
        (
            "{\"cells\": [], \"metadata\": {}, \"nbformat\": 4}".to_owned(),
            "notebook",
        ),
    ] {
        let told = read_from(text.as_bytes(), "t", &ReadOptions::default()).expect_err("no table");
        assert!(told.to_string().contains(words), "{told}");
    }
}

/// A workbook of sheets, each of rows of numbers below names; hidden where the name begins so.
fn workbook(sheets: &[(&str, usize)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let mut add = |name: &str, text: String| {
        archive.start_file(name, options).expect("room");
        archive.write_all(text.as_bytes()).expect("room");
    };
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const LINKS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    add(
        "_rels/.rels",
        format!(
            "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"r\" Type=\"{LINKS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
        ),
    );
    let listed = sheets.iter().enumerate().map(|(at, (name, _))| {
        let state = if name.starts_with("hidden") {
            "state=\"hidden\""
        } else {
            ""
        };
        format!(
            "<sheet name=\"{name}\" sheetId=\"{0}\" {state} r:id=\"r{0}\"/>",
            at + 1
        )
    });
    let listed: String = listed.collect();
    add(
        "xl/workbook.xml",
        format!(
            "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{LINKS}\"><sheets>{listed}</sheets></workbook>"
        ),
    );
    let links = (1..=sheets.len()).map(|at| {
        format!("<Relationship Id=\"r{at}\" Type=\"{LINKS}/worksheet\" Target=\"worksheets/s{at}.xml\"/>")
    });
    let links: String = links.collect();
    add(
        "xl/_rels/workbook.xml.rels",
        format!("<Relationships xmlns=\"{PACKAGE}\">{links}</Relationships>"),
    );
    for (at, (_, rows)) in sheets.iter().enumerate() {
        let names = "ABC".chars().zip(HEAD.split(','));
        let names = names.map(|(letter, name)| {
            format!("<c r=\"{letter}1\" t=\"inlineStr\"><is><t>{name}</t></is></c>")
        });
        let names: String = names.collect();
        let body = (0..*rows).map(|row| {
            let cells = "ABC".chars().zip(measured(row % ROWS));
            let cells = cells
                .map(|(letter, value)| format!("<c r=\"{letter}{}\"><v>{value}</v></c>", row + 2));
            format!("<row r=\"{}\">{}</row>", row + 2, cells.collect::<String>())
        });
        let body: String = body.collect();
        add(
            &format!("xl/worksheets/s{}.xml", at + 1),
            format!(
                "<worksheet xmlns=\"{MAIN}\"><sheetData><row r=\"1\">{names}</row>{body}</sheetData></worksheet>"
            ),
        );
    }
    archive.finish().expect("room").into_inner()
}

#[test]
fn of_a_workbook_what_is_hidden_comes_last_and_a_preview_reads_the_beginning() {
    let folder = tempfile::tempdir().expect("room");
    let path = folder.path().join("book.xlsx");
    fs::write(&path, workbook(&[("hidden list", 30), ("Data", ROWS)])).expect("room");
    let found = inspect(&path, &ReadOptions::default()).expect("a table");
    assert_eq!(found.rows, ROWS);
    is_told(&found, "“Data” is read");
    let found = read_path(&path, &ReadOptions::default()).expect("a table");
    let expected = read(plain().as_bytes(), &ReadOptions::default());
    assert_eq!(found.features(), expected.features());
    // Of a long sheet the beginning is enough for the dialog, and is said to be no more.
    let long = 200_000;
    fs::write(&path, workbook(&[("Data", long)])).expect("room");
    let seen = preview(&path, &ReadOptions::default()).expect("a table");
    let found = seen.found.expect("columns");
    assert!(!found.is_whole && found.rows < long, "{}", found.rows);
    assert_eq!(found.columns.len(), 3);
    assert_eq!(
        inspect(&path, &ReadOptions::default())
            .expect("a table")
            .rows,
        long
    );
}

#[test]
fn two_columns_named_like_labels_are_asked_about_before_the_table_is_opened() {
    let text = with("label,target", |at| {
        format!("{0},{0}", u8::from(is_rare(at)))
    });
    let mut file = tempfile::NamedTempFile::new().expect("room");
    file.write_all(text.as_bytes()).expect("room");
    let seen = preview(file.path(), &ReadOptions::default()).expect("a table");
    let found = seen.found.expect("columns");
    assert_eq!(found.columns.len(), 5);
    assert!(
        found.questions[0].contains("choose one"),
        "{:?}",
        found.questions
    );
}
