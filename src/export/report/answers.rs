//! The answers that are no anomalies.

use super::Material;
use super::anomalies::time;
use super::page::{Cell, Page};
use crate::chart::short;
use crate::numeric::number;
use crate::session::Answer;

/// Rows of the table.
const LISTED: usize = 2_000;

pub(super) fn write(page: &mut Page, material: &Material<'_>) {
    let record = material.record;
    let notes = record.session().notes();
    let others = record.summary.given.iter().rev();
    let others = others.filter(|given| given.reply.answer != Answer::Anomaly);
    let all = others.clone().count();
    let rows = others.take(LISTED).map(|given| {
        let instance = given.instance;
        let confidence = match given.reply.answer.label() {
            Some(_) => given.reply.confidence.name(),
            None => "–",
        };
        vec![
            Cell::Head(short(&record.name_of(instance), 80)),
            Cell::Answer(given.reply.answer),
            Cell::Words(confidence.to_owned()),
            Cell::Number(number::count(record.model().rank_of(instance) + 1)),
            Cell::Number(number::value(record.model().scores()[instance])),
            Cell::Words(time(given.at)),
            Cell::Note(notes.get(&instance).copied().unwrap_or_default().to_owned()),
        ]
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    if rows.is_empty() {
        page.paragraph("There are none.");
    } else {
        let caption = match all > LISTED {
            true => format!("The first {LISTED} of {} answers", number::count(all)),
            false => format!(
                "{}, the oldest first",
                number::many(all, "answer", "answers")
            ),
        };
        page.table(
            &caption,
            &[
                "instance",
                "answer",
                "confidence",
                "rank",
                "score",
                "time",
                "note",
            ],
            &rows,
        );
    }
    unanswered(page, material);
}

/// Notes on instances that have no answer.
fn unanswered(page: &mut Page, material: &Material<'_>) {
    let record = material.record;
    let answers = record.session().answers();
    let notes = record.session().notes();
    let others = notes
        .iter()
        .filter(|(instance, _)| !answers.contains_key(instance));
    let rows = others.map(|(&instance, note)| {
        vec![
            Cell::Head(short(&record.name_of(instance), 80)),
            Cell::Note((*note).to_owned()),
        ]
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    if !rows.is_empty() {
        page.table(
            "Notes on instances without an answer",
            &["instance", "note"],
            &rows,
        );
    }
}
