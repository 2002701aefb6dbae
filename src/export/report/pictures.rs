//! Maps.

use super::Material;
use super::page::{Cell, Page};
use crate::chart::short;
use crate::detector::moves;
use crate::export::ChartKind;
use crate::numeric::number;

/// Moves that are listed.
const MOVES: usize = 15;

pub(super) fn scores(page: &mut Page, material: &Material<'_>) {
    page.open("div", r#"class="maps""#);
    figures(page, material, ChartKind::ScoreMap);
    page.close();
    figures(page, material, ChartKind::Scores);
}

pub(super) fn relevance(page: &mut Page, material: &Material<'_>) {
    page.paragraph("Where a map is bright, the member is trusted; answers raise relevance where it points at anomalies and lower it where it points at nominal instances.");
    page.open("div", r#"class="maps""#);
    figures(page, material, ChartKind::Relevance);
    page.close();
}

pub(super) fn change(page: &mut Page, material: &Material<'_>) {
    let record = material.record;
    let Some(before) = &record.before else {
        let why = match record.session().revision() {
            0 => "Nothing has been trained yet.",
            _ => "The belief before the last training could not be built again.",
        };
        page.paragraph(why);
        return;
    };
    // The chart of the ranks says what the table below says.
    page.open("div", r#"class="maps""#);
    for chart in material.charts(ChartKind::Change).take(1) {
        page.figure(&chart.chart.svg(), &chart.caption);
    }
    page.close();
    let answers = record.session().answers();
    let moves = moves(before, record.model());
    let rows = moves.iter().take(MOVES).map(|one| {
        let way = if one.after < one.before { "up" } else { "down" };
        vec![
            Cell::Head(short(&record.name_of(one.instance), 80)),
            Cell::Words(way.to_owned()),
            Cell::Number(number::count(one.before + 1)),
            Cell::Number(number::count(one.after + 1)),
            match answers.get(&one.instance) {
                Some(&answer) => Cell::Answer(answer),
                None => Cell::Words("–".to_owned()),
            },
        ]
    });
    page.table(
        "The instances whose rank moved most",
        &["instance", "moved", "rank before", "rank after", "answer"],
        &rows.collect::<Vec<_>>(),
    );
}

fn figures(page: &mut Page, material: &Material<'_>, kind: ChartKind) {
    for chart in material.charts(kind) {
        page.figure(&chart.chart.svg(), &chart.caption);
    }
}
