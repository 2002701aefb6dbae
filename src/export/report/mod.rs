//! The report of a session: one page, which needs nothing else.
//!
//! 1. No script, no address: the page is read without a network, and prints on A4. Images are in it.
//! 2. Whatever comes from the table or the analyst is escaped.
//! 3. No clock: the same session gives the same bytes, in the same time zone; times are local ones.
//! 4. The markup is HTML and XML at once, so that a test can read it.

mod anomalies;
mod answers;
mod candidates;
mod data;
mod exhibit;
mod images;
mod members;
mod method;
mod page;
mod pictures;
mod progress;
mod settings;
mod strip;
mod summary;

use std::path::Path;

use self::page::Page;
use super::charts::{ChartKind, SessionChart, session_charts};
use super::{Draft, ExportError, SessionRecord};

const STYLE: &str = include_str!("style.css");

/// What the parts of a report are made of.
struct Material<'a> {
    record: &'a SessionRecord,
    charts: Vec<SessionChart>,
}

impl Material<'_> {
    fn charts(&self, kind: ChartKind) -> impl Iterator<Item = &SessionChart> {
        self.charts.iter().filter(move |chart| chart.kind == kind)
    }
}

type Part = fn(&mut Page, &Material<'_>);

/// The sections with their ids and titles, whether each begins a page of paper, and what writes it.
const SECTIONS: [(&str, &str, bool, Part); 12] = [
    ("anomalies", "Found anomalies", false, anomalies::write),
    ("summary", "Summary", true, summary::write),
    ("data", "Data", false, data::write),
    ("settings", "Settings", false, settings::write),
    ("members", "Ensemble", false, members::write),
    ("discovery", "Discovery curve", true, progress::discovery),
    ("course", "How it went", false, progress::write),
    ("maps", "Score maps", true, pictures::scores),
    ("relevance", "Relevance maps", true, pictures::relevance),
    (
        "change",
        "What the last batch changed",
        true,
        pictures::change,
    ),
    ("answers", "Nominals and unsures", true, answers::write),
    (
        "candidates",
        "Top remaining candidates",
        false,
        candidates::write,
    ),
];

/// Writes the report of a session as one page of HTML.
pub fn report_html(record: &SessionRecord) -> String {
    let material = Material {
        record,
        charts: session_charts(record),
    };
    let title = format!("GLAD report: {}", record.dataset().name());
    let mut page = Page::default();
    page.markup("<!DOCTYPE html>\n");
    page.open("html", r#"lang="en""#);
    page.open("head", "");
    let policy = match record.dataset().gallery() {
        Some(_) => images::POLICY,
        None => "",
    };
    page.markup(&format!(r#"<meta charset="utf-8"/><meta name="viewport" content="width=device-width, initial-scale=1"/><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'{policy}"/><meta name="generator" content="GLAD"/>"#));
    page.line("title", "", &title);
    page.open("style", "");
    page.markup(STYLE);
    page.close();
    page.close();
    page.open("body", "");
    page.open("header", "");
    page.line("h1", "", &title);
    summary::subtitle(&mut page, record);
    page.close();
    contents(&mut page);
    page.open("main", "");
    for (id, title, new, write) in SECTIONS {
        page.section(id, title, new);
        write(&mut page, &material);
        page.close();
    }
    method::write(&mut page, record);
    page.close();
    method::footer(&mut page, record);
    page.finish()
}

fn contents(page: &mut Page) {
    page.open("nav", r#"aria-label="Contents""#);
    page.line("strong", "", "Contents");
    page.open("ol", "");
    let sections = SECTIONS.iter().map(|(id, title, ..)| (*id, *title));
    for (id, title) in sections.chain([method::SECTION]) {
        page.open("li", "");
        page.line("a", &format!("href=\"#{id}\""), title);
        page.close();
    }
    page.close();
    page.close();
}

/// Writes the report of a session into a file.
///
/// # Errors
/// [`ExportError::Unwritable`] where it cannot be written.
pub fn write_report(path: &Path, record: &SessionRecord) -> Result<(), ExportError> {
    Draft::write(path, report_html(record).as_bytes())
}
