//! The report: complete, harmless, the same twice.

use std::fs;

use glad::export::{ExportError, SessionRecord, report_html, write_report};
use glad::numeric::local;
use glad::session::{Answer, OutcomeDigest};
use resvg::usvg::roxmltree::{Document, Node};

use crate::common::clusters;
use crate::course::{HOSTILE, course, held, hostile_course, toy_course};

/// Elements that HTML closes by itself: a page that is XML, too, closes them in their tags.
const VOID: [&str; 1] = ["meta"];

/// Reads a page as XML, which finds every tag that is not closed and every letter that is not
/// escaped, and looks for what a browser would load or run.
fn check(html: &str) {
    let body = html.strip_prefix("<!DOCTYPE html>\n").expect("HTML 5");
    let page = Document::parse(body).unwrap_or_else(|error| panic!("{error}"));
    let mut ids = Vec::new();
    let mut targets = Vec::new();
    for node in page.descendants().filter(Node::is_element) {
        let name = node.tag_name().name();
        let loads = [
            "script", "link", "img", "iframe", "object", "embed", "base", "form", "image",
        ];
        assert!(!loads.contains(&name), "<{name}>");
        if VOID.contains(&name) {
            assert!(!node.has_children(), "<{name}> has no end in HTML");
        }
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            assert!(!name.starts_with("on") && name != "src", "{name}");
            assert!(
                !value.contains("http") && !value.contains("url("),
                "{name}: {value}"
            );
            match name {
                "href" => targets.push(value.strip_prefix('#').expect("a place on this page")),
                "id" => ids.push(value),
                _ => {}
            }
        }
    }
    assert!(
        targets.iter().all(|target| ids.contains(target)),
        "{targets:?} of {ids:?}"
    );
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "an id stands once");
    let style = page.descendants().find(|node| node.has_tag_name("style"));
    let style = style.and_then(|node| node.text()).expect("a style sheet");
    assert!(!style.contains("@import") && !style.contains("url("));
}

/// The text of a section.
fn section(html: &str, id: &str) -> String {
    let body = html.strip_prefix("<!DOCTYPE html>\n").expect("HTML 5");
    let page = Document::parse(body).expect("a page");
    let found = page
        .descendants()
        .find(|node| node.attribute("id") == Some(id));
    let found = found.unwrap_or_else(|| panic!("no section {id}"));
    found
        .descendants()
        .filter_map(|node| node.text().filter(|_| node.is_text()))
        .collect()
}

#[test]
fn every_section_is_there_and_says_what_it_is_for() {
    let html = report_html(toy_course());
    check(&html);
    let sections = html.match_indices("<section");
    let first = sections.map(|(at, _)| &html[at..]).next();
    let first = first.expect("a section").split('>').next().expect("a tag");
    assert!(
        first.contains("id=\"anomalies\""),
        "{first}: what was found is first"
    );
    // Local times, whatever the zone of this machine.
    let [from, to, at] = [0, 5, 4].map(|minutes| local(1_795_584_600_000 + 60_000 * minutes));
    let length = format!("{from} to {to} (5 minutes)");
    for (id, expected) in [
        (
            "summary",
            &[
                "3",
                "anomalies found",
                "queries spent",
                "6 queries led to 3 anomalies",
            ][..],
        ),
        (
            "data",
            &[
                "485 instances × 2 features",
                "sha256 ",
                "the toy table clusters",
                "column label",
                "truth",
                "lowest",
            ],
        ),
        (
            "settings",
            &[
                "GLAD: the relevance",
                "seed",
                "loda:15*0.02+iforest:150+eif:75*0.6",
                "after each 2 answers",
                "0.03",
                "λ",
            ],
        ),
        (
            "members",
            &[
                "isolation forest",
                "oblique forest",
                "150",
                "how few random cuts",
            ],
        ),
        (
            "discovery",
            &["baseline (no feedback)", "best possible", "queries spent"],
        ),
        (
            "course",
            &[
                "3 anomaly, 1 nominal, 1 unsure, 1 skip",
                &length,
                "1 to 5",
                "Priming",
                "Updates: the loss",
            ],
        ),
        (
            "maps",
            &[
                "GLAD, after feedback",
                "baseline, without feedback",
                "How often scores occur",
            ],
        ),
        (
            "relevance",
            &[
                "Relevance of projection ",
                "Relevance of isolation forest",
                "Relevance of oblique forest",
            ],
        ),
        (
            "change",
            &["from revision 2 to 3, after 2 answers", "rank before"],
        ),
        (
            "anomalies",
            &[
                "3 anomalies",
                "seen 0",
                "seen 4",
                "the analyst is fairly sure",
                &at,
                "higher than",
                "median",
                "is trusted above its prior",
                "Nearest labelled",
            ],
        ),
        (
            "answers",
            &["■ nominal", "◆ unsure", "seen 3", "sure", "seen 5"],
        ),
        ("candidates", &["The first", "most relevant member"]),
        (
            "method",
            &["Score(x) = Σₘ sₘ(x) · pₘ(x)", "Quantiles", "seed: 0"],
        ),
    ] {
        let text = section(&html, id);
        for expected in expected {
            assert!(text.contains(expected), "{id} lacks {expected}: {text}");
        }
        assert!(
            html.contains(&format!("<a href=\"#{id}\">")),
            "the contents lack {id}"
        );
    }
    assert!(html.contains(concat!("Made by glad ", env!("CARGO_PKG_VERSION"))));
    assert!(html.contains("@page") && html.contains("prefers-color-scheme:dark"));
}

#[test]
fn hostile_texts_stay_texts() {
    let html = report_html(hostile_course());
    check(&html);
    assert!(!html.contains("<script") && !html.contains(['\u{7}', '\u{202e}']));
    let notes = section(&html, "anomalies");
    assert!(
        notes.contains(HOSTILE),
        "a note is shown as it was written: {notes}"
    );
    assert!(section(&html, "data").contains("alert('x')"));
}

#[test]
fn the_same_session_gives_the_same_bytes() {
    let saved = held(clusters(), 1, &[Answer::Anomaly, Answer::Nominal], "once");
    let first = report_html(&course(&saved, clusters()));
    // What was done in this run is built again like what an earlier one did.
    assert!(first == report_html(&course(&saved, clusters())));
    let text = saved.to_text().expect("a text");
    let again = glad::store::read_session_text(text.as_bytes(), "again").expect("a session");
    assert!(first == report_html(&course(&again, clusters())));
}

#[test]
fn a_session_without_answers_has_a_report() {
    let html = report_html(&course(&held(clusters(), 1, &[], ""), clusters()));
    check(&html);
    assert!(section(&html, "summary").contains("No instance has been answered yet"));
    assert!(section(&html, "change").contains("Nothing has been trained yet"));
    assert!(section(&html, "anomalies").contains("No instance has been labelled"));
}

/// A file of another version, whose trainings come out otherwise, is told and still shown.
#[test]
fn revisions_that_come_out_otherwise_are_told() {
    let mut saved = held(clusters(), 1, &[Answer::Anomaly, Answer::Nominal], "once");
    let step = saved.steps.iter_mut().find(|step| step.outcome.is_some());
    step.expect("a training").outcome = Some(OutcomeDigest::Trained(1));
    let course: SessionRecord = course(&saved, clusters());
    assert!(!course.is_rebuilt());
    let html = report_html(&course);
    check(&html);
    assert!(section(&html, "summary").contains("could not be trained again to the same bits"));
    assert!(section(&html, "change").contains("could not be built again"));
    assert!(section(&html, "anomalies").contains("1 anomaly"));
}

#[test]
fn a_report_is_a_file_or_a_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("r.html");
    write_report(&path, toy_course()).expect("room");
    assert!(
        fs::read_to_string(&path)
            .expect("the file")
            .starts_with("<!DOCTYPE html>")
    );
    let nowhere = folder.path().join("gone/r.html");
    let error = write_report(&nowhere, toy_course()).expect_err("a refusal");
    assert!(matches!(error, ExportError::Unwritable(..)));
}

/// What had fallen due when the session was saved is trained, as when it is opened.
#[test]
fn a_training_that_is_due_is_in_the_report() {
    let mut saved = held(clusters(), 1, &[Answer::Anomaly, Answer::Nominal], "");
    let whole = report_html(&course(&saved, clusters()));
    let last = saved.steps.last_mut().expect("a step");
    assert!(last.outcome.take().is_some(), "it was trained");
    saved.weights = None;
    assert!(whole == report_html(&course(&saved, clusters())));
}
