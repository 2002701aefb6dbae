//! How the session went.

use super::Material;
use super::page::{Cell, Page, sign};
use super::summary::time_span;
use crate::export::{ChartKind, SessionRecord};
use crate::numeric::{local, number};
use crate::session::{Answer, Confidence};

/// Stretches of queries in which answers are counted at most.
const STRETCHES: usize = 15;

pub(super) fn discovery(page: &mut Page, material: &Material<'_>) {
    for chart in material.charts(ChartKind::Discovery) {
        page.figure(&chart.chart.svg(), &chart.caption);
    }
}

pub(super) fn write(page: &mut Page, material: &Material<'_>) {
    let record = material.record;
    page.facts("", &["", "This session"], &facts(record));
    stretches(page, record);
    for chart in material.charts(ChartKind::Losses) {
        page.figure(&chart.chart.svg(), &chart.caption);
    }
}

fn facts(record: &SessionRecord) -> Vec<(&'static str, String)> {
    let session = record.session();
    let replies = session.replies();
    let count = |answer: Answer| {
        let same = replies.values().filter(|reply| reply.answer == answer);
        same.count()
    };
    let fairly = replies
        .values()
        .filter(|reply| reply.answer.label().is_some() && reply.confidence == Confidence::Fairly);
    let given = Answer::ALL.map(|answer| format!("{} {}", count(answer), answer.name()));
    let time = time_span(session).map_or_else(
        || "the times of the answers are not known".to_owned(),
        |(from, to)| format!("{} to {} ({})", local(from), local(to), length(to - from)),
    );
    let undone = session.history().len() - session.cursor();
    let mut facts = vec![
        ("answers in force", given.join(", ")),
        ("labels given as fairly sure", fairly.count().to_string()),
        (
            "revision",
            format!(
                "{} (trainings behind the scores of this report)",
                session.revision()
            ),
        ),
        (
            "steps of the history",
            format!("{} done, {} undone", session.cursor(), undone),
        ),
        ("notes", session.notes().len().to_string()),
        ("time", time),
    ];
    if let Some(truth) = record.dataset().truth() {
        let labels = record.labels();
        let known = labels
            .iter()
            .filter_map(|&(instance, label)| Some(truth.label(instance)? == label));
        let differ = known.filter(|same| !same).count();
        facts.push((
            "labels that differ from the table's own",
            differ.to_string(),
        ));
    }
    facts
}

/// A length of time in words.
fn length(milliseconds: u64) -> String {
    let minutes = milliseconds / 60_000;
    match minutes {
        0 => "less than a minute".to_owned(),
        1..=119 => number::many(minutes as usize, "minute", "minutes"),
        120..=2879 => number::many((minutes / 60) as usize, "hour", "hours"),
        _ => number::many((minutes / 1440) as usize, "day", "days"),
    }
}

/// Counts the answers in stretches of the queries.
fn stretches(page: &mut Page, record: &SessionRecord) {
    let in_force = record.session().answers();
    let mut asked: Vec<usize> = Vec::new();
    let mut met = std::collections::BTreeSet::new();
    let order = record.session().answers_in_order();
    asked.extend(
        order
            .map(|(instance, _)| instance)
            .filter(|&instance| met.insert(instance)),
    );
    if asked.is_empty() {
        return;
    }
    let long = asked.len().div_ceil(STRETCHES).next_multiple_of(5);
    let rows = asked.chunks(long).enumerate().map(|(place, stretch)| {
        let first = place * long + 1;
        let count = |answer: Answer| {
            let same = stretch
                .iter()
                .filter(|instance| in_force[*instance] == answer);
            number::count(same.count())
        };
        let last = first + stretch.len() - 1;
        let mut row = vec![Cell::Head(match first == last {
            true => number::count(first),
            false => format!("{} to {}", number::count(first), number::count(last)),
        })];
        row.extend(Answer::ALL.map(|answer| Cell::Number(count(answer))));
        row
    });
    let heads = Answer::ALL.map(|answer| format!("{} {}", sign(answer), answer.name()));
    let [a, b, c, d] = heads.each_ref().map(String::as_str);
    page.table(
        "Answers in force, by the query in which the instance was first asked about",
        &["queries", a, b, c, d],
        &rows.collect::<Vec<_>>(),
    );
}

#[cfg(test)]
mod tests {
    use super::length;

    #[test]
    fn lengths_of_time_are_told_in_fitting_units() {
        let minute = 60_000;
        let told = [0, minute, 119 * minute, 240 * minute, 5000 * minute].map(length);
        assert_eq!(
            told,
            [
                "less than a minute",
                "1 minute",
                "119 minutes",
                "4 hours",
                "3 days"
            ]
        );
    }
}
