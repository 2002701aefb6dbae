//! Charts of a session as files.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use glad::export::{ChartKind, session_charts, write_charts};
use glad::session::Answer;
use glad::store::save_session;
use resvg::tiny_skia::Pixmap;
use resvg::usvg::roxmltree::Document;

use crate::common::clusters;
use crate::course::{held, hostile_course, toy_course};

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let name = |entry: std::io::Result<fs::DirEntry>| {
        entry
            .expect("an entry")
            .file_name()
            .into_string()
            .expect("UTF-8")
    };
    entries.map(name).collect()
}

#[test]
fn every_chart_is_a_picture_twice_and_a_table() {
    let folder = tempfile::tempdir().expect("a folder");
    let into = folder.path().join("new/charts");
    let charts = session_charts(toy_course());
    assert_eq!(write_charts(&into, &charts), Ok(3 * charts.len() + 1));
    let stems = [
        "01-discovery-curve",
        "02-score-map-glad",
        "03-score-map-baseline",
        "04-score-distribution",
        "05-members",
        "06-relevance-01-isolation-forest",
        "06-relevance-02-oblique-forest",
        "06-relevance-07-all-13-like-projection",
        "07-change-map",
        "08-change-ranks",
        "09-losses-priming",
        "10-losses-updates",
    ];
    // Which projections contribute most, and so have maps of their own, is not said beforehand.
    let all = names(&into);
    let projections = (3..=6).map(|place| {
        let begins = format!("06-relevance-{place:02}-projection-");
        let found = all.iter().find(|name| name.starts_with(&begins));
        let found = found.unwrap_or_else(|| panic!("no {begins} in {all:?}"));
        found.split('.').next().unwrap_or_default().to_owned()
    });
    let projections: Vec<String> = projections.collect();
    let stems: Vec<&str> = stems
        .into_iter()
        .chain(projections.iter().map(String::as_str))
        .collect();
    let endings = ["csv", "png", "svg"];
    let expected = stems
        .iter()
        .flat_map(|stem| endings.map(|ending| format!("{stem}.{ending}")));
    let expected: BTreeSet<String> = expected.chain(["00-contents.txt".to_owned()]).collect();
    assert_eq!(names(&into), expected);
    let contents = fs::read_to_string(into.join("00-contents.txt")).expect("the contents");
    for stem in stems {
        assert!(contents.contains(stem), "{stem}");
        let read = |ending: &str| fs::read(into.join(format!("{stem}.{ending}"))).expect("a file");
        let picture = Pixmap::decode_png(&read("png")).expect("a PNG");
        assert!(picture.width() >= 600 && picture.height() >= 180, "{stem}");
        let colours: BTreeSet<[u8; 3]> = picture
            .pixels()
            .iter()
            .map(|pixel| [pixel.red(), pixel.green(), pixel.blue()])
            .collect();
        assert!(colours.len() > 8, "{stem} is empty");
        let svg = String::from_utf8(read("svg")).expect("UTF-8");
        Document::parse(&svg).expect("XML");
        let csv = read("csv");
        let mut table = csv::Reader::from_reader(csv.as_slice());
        let width = table.headers().expect("names of columns").len();
        let rows = table
            .records()
            .map(|row| row.expect("a row of the same width").len());
        let rows: Vec<usize> = rows.collect();
        assert!(
            !rows.is_empty() && rows.iter().all(|row| *row == width),
            "{stem}"
        );
    }
}

/// Both score maps stand on one scale, and the colour bars are the same.
#[test]
fn glad_and_its_baseline_are_shown_on_one_scale() {
    let charts = session_charts(toy_course());
    let maps: Vec<_> = charts
        .iter()
        .filter(|chart| chart.kind == ChartKind::ScoreMap)
        .collect();
    let ticks = |svg: &str| -> Vec<String> {
        let page = Document::parse(svg).expect("XML");
        let texts = page.descendants().filter(|node| node.has_tag_name("text"));
        let right = texts.filter(|node| {
            let x = node.attribute("x").and_then(|x| x.parse::<f64>().ok());
            x.is_some_and(|x| x > 480.0)
        });
        right
            .filter_map(|node| node.text().map(str::to_owned))
            .collect()
    };
    let [glad, baseline] = [ticks(&maps[0].chart.svg()), ticks(&maps[1].chart.svg())];
    assert!(glad.len() > 1 && glad == baseline, "{glad:?} {baseline:?}");
    let values = |csv: &str| -> Vec<f64> {
        let mut table = csv::Reader::from_reader(csv.as_bytes());
        let last = table
            .records()
            .map(|row| row.expect("a row")[2].parse().expect("a number"));
        last.collect()
    };
    let [glad, baseline] = [values(&maps[0].chart.csv()), values(&maps[1].chart.csv())];
    assert_eq!(glad.len(), baseline.len());
    assert!(glad != baseline, "answers change the score");
}

#[test]
fn the_discovery_curve_counts_the_answers() {
    let charts = session_charts(toy_course());
    let curve = charts[0].chart.csv();
    let lines: Vec<&str> = curve
        .lines()
        .filter(|line| line.starts_with("this session"))
        .collect();
    // Anomaly, nominal, anomaly, unsure, anomaly, skip.
    let found = lines
        .iter()
        .map(|line| line.split(',').nth(2).expect("a number"));
    assert_eq!(
        found.collect::<Vec<_>>(),
        ["0", "1", "1", "2", "2", "3", "3"]
    );
    assert!(curve.contains("best possible,6,6,"));
}

#[test]
fn hostile_names_are_harmless_in_pictures_tables_and_file_names() {
    let folder = tempfile::tempdir().expect("a folder");
    let charts = session_charts(hostile_course());
    write_charts(folder.path(), &charts).expect("room");
    assert_eq!(names(folder.path()).len(), 3 * charts.len() + 1);
    for chart in &charts {
        let harmless = |letter: char| letter.is_alphanumeric() || "-_".contains(letter);
        assert!(chart.stem.chars().all(harmless), "{}", chart.stem);
        let (svg, csv) = (chart.chart.svg(), chart.chart.csv());
        assert!(!svg.contains("<script"), "{}", chart.stem);
        Document::parse(&svg).expect("XML");
        let mut table = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(csv.as_bytes());
        for cell in table.records().flat_map(|row| {
            let row = row.expect("a row");
            row.iter().map(str::to_owned).collect::<Vec<_>>()
        }) {
            let is_formula = cell.starts_with(['=', '+', '-', '@']) && cell.parse::<f64>().is_err();
            assert!(!is_formula, "{}: {cell}", chart.stem);
        }
    }
}

/// A table with many members: six have maps of their own, and each kind of several has one.
#[test]
fn only_the_most_relevant_members_have_maps() {
    let settings = glad::detector::Settings {
        ensemble: "loda:15+iforest:5".parse().expect("an ensemble"),
        ..glad::detector::Settings::default()
    };
    let table = std::sync::Arc::new(crate::common::toy("between").open());
    let fitted = crate::common::fit(&table, &settings);
    let members = fitted.ensemble().len();
    assert!(members > 7, "{members}");
    let saved = held(&fitted, 1, &[Answer::Anomaly], "");
    let charts = session_charts(&crate::course::course(&saved, &fitted));
    let maps: Vec<_> = charts
        .iter()
        .filter(|chart| chart.kind == ChartKind::Relevance)
        .collect();
    assert_eq!(maps.len(), 7);
    assert!(
        maps[0]
            .caption
            .contains(&format!("Of {members} members the 6 that contribute most"))
    );
    assert!(
        maps[6].stem.starts_with("06-relevance-07-"),
        "{}",
        maps[6].stem
    );
}

#[test]
fn the_command_writes_what_it_is_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let saved = held(clusters(), 1, &[Answer::Anomaly, Answer::Nominal], "once");
    save_session(Path::new(&path("run.glad")), &saved).expect("room");
    let glad = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_glad"))
            .args(arguments)
            .output()
            .expect("the program");
        let text = [&output.stdout[..], &output.stderr[..]].concat();
        (
            output.status.code(),
            String::from_utf8(text).expect("UTF-8"),
        )
    };
    let (session, report, charts) = (path("run.glad"), path("r.html"), path("charts"));
    let (status, text) = glad(&["export", &session, "--report", &report, "--charts", &charts]);
    assert_eq!(status, Some(0), "{text}");
    assert!(
        text.contains("49 files in") && text.contains("r.html"),
        "{text}"
    );
    let here = glad::export::report_html(&crate::course::course(&saved, clusters()));
    assert!(
        fs::read_to_string(&report).expect("the report") == here,
        "as in the window"
    );
    assert_eq!(names(Path::new(&charts)).len(), 49);
    let (status, text) = glad(&["export", &session]);
    assert_eq!(status, Some(2), "{text}");
    let (status, text) = glad(&["export", &session, "--report", &path("gone/r.html")]);
    assert!(
        status == Some(2) && text.contains("the folder is gone"),
        "{text}"
    );
}
