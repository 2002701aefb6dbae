//! The session in a few numbers.

use super::Material;
use super::page::Page;
use crate::detector::Method;
use crate::export::SessionRecord;
use crate::numeric::{local, number};
use crate::session::{Answer, Session};

/// When the session was held, as far as it is known.
pub(super) fn time_span(session: &Session) -> Option<(u64, u64)> {
    Some((session.times().min()?, session.times().max()?))
}

/// Says what a method is.
pub(super) fn method(method: Method) -> &'static str {
    match method {
        Method::Glad => "GLAD: the relevance of members is learnt by place",
        Method::Aad => "AAD: one weight a member, the same everywhere",
        Method::Baseline => "baseline: uniform relevance, feedback changes nothing",
    }
}

pub(super) fn subtitle(page: &mut Page, record: &SessionRecord) {
    let dataset = record.dataset();
    let when = match time_span(record.session()) {
        None => "at no known time".to_owned(),
        Some((from, to)) if local(from) == local(to) => local(from),
        Some((from, to)) => format!("{} to {}", local(from), local(to)),
    };
    let text = format!(
        "{} with {} · {when} · {}",
        number::instances(dataset.n_instances()),
        number::many(dataset.n_features(), "feature", "features"),
        method(record.fitted().settings().method),
    );
    page.line("p", r#"class="weak""#, &text);
}

pub(super) fn write(page: &mut Page, material: &Material<'_>) {
    let record = material.record;
    let session = record.session();
    let curve = record.curve();
    let found = curve.last().copied().unwrap_or(0) as usize;
    let baseline = record.baseline().last().copied().unwrap_or(0) as usize;
    let said = |answer: Answer| {
        let answers = session.answers();
        answers.values().filter(|given| **given == answer).count()
    };
    let mut numbers = vec![
        (number::count(found), "anomalies found"),
        (number::count(curve.len()), "queries spent"),
        (number::count(said(Answer::Nominal)), "labelled nominal"),
        (
            number::count(said(Answer::Unsure) + said(Answer::Skip)),
            "unsure or skipped",
        ),
        (
            number::count(session.revision() as usize),
            "trainings (revisions)",
        ),
    ];
    if record.dataset().truth().is_some() {
        numbers.push((
            number::count(baseline),
            "anomalies found by the baseline with as many queries",
        ));
    }
    if let Some(anomalies) = record.true_anomalies() {
        numbers.push((
            number::count(anomalies),
            "anomalies by the table's own labels",
        ));
    }
    page.open("dl", r#"class="numbers""#);
    for (value, name) in numbers {
        page.open("div", "");
        page.line("dt", "", name);
        page.line("dd", "", &value);
        page.close();
    }
    page.close();
    page.line(
        "p",
        r#"class="lead""#,
        &sentence(record, found, curve.len()),
    );
    if !record.is_rebuilt() {
        page.paragraph("The revisions of this session could not be trained again to the same bits, as another version of the program saved it: the scores are those of the weights in its file, and the losses and what the last batch changed are left out.");
    }
}

fn sentence(record: &SessionRecord, found: usize, queries: usize) -> String {
    if queries == 0 {
        return "No instance has been answered yet: scores and maps are those of the ensemble with uniform relevance.".to_owned();
    }
    let left = crate::session::remaining(&record.summary.labels, record.candidates().len());
    let share = number::percent(found as f64 / queries as f64);
    let mut text = format!(
        "{} led to {} ({share}).",
        number::many(queries, "query", "queries"),
        number::many(found, "anomaly", "anomalies")
    );
    if left.answers > 0 && left.candidates > 0 {
        text.push_str(&format!(
            " By the labels so far, about {:.0} more ({} to {}, with a probability of 90 %) are expected among the {} of the top τ without an answer.",
            left.expected,
            number::count(left.low),
            number::count(left.high),
            number::many(left.candidates, "candidate", "candidates"),
        ));
    }
    text
}
