//! The table.

use super::Material;
use super::page::{Cell, Page};
use crate::chart::short;
use crate::dataset::{ColumnSummary, Dataset, Origin, Role};
use crate::numeric::number;

/// Columns that are listed.
const COLUMNS: usize = 200;
/// Values of a one-hot column that are listed, and letters of a name.
const VALUES: usize = 12;
const NAME: usize = 120;

pub(super) fn write(page: &mut Page, material: &Material<'_>) {
    let dataset = material.record.dataset();
    page.facts("", &["", "This table"], &facts(dataset));
    columns(page, dataset, &material.record.columns);
    page.line("h3", "", "Notices");
    if dataset.notices().is_empty() {
        page.paragraph("Nothing was left out, filled in or renamed in reading the table.");
    } else {
        page.open("ul", "");
        for notice in dataset.notices() {
            page.line("li", "", notice);
        }
        page.close();
    }
}

fn facts(dataset: &Dataset) -> Vec<(&'static str, String)> {
    let from = dataset
        .origin()
        .map_or_else(|| "not a file".to_owned(), Origin::name);
    let mut facts = vec![
        ("name", dataset.name().to_owned()),
        ("from", from),
        (
            "shape",
            format!(
                "{} × {}",
                number::instances(dataset.n_instances()),
                number::many(dataset.n_features(), "feature", "features")
            ),
        ),
        (
            "fingerprint",
            format!(
                "sha256 {} (of values, ids and labels as they were read)",
                dataset.fingerprint().sha256
            ),
        ),
        (
            "instances are called",
            match dataset.id_column() {
                Some(column) => format!("by column {}", short(column, NAME)),
                None => "by their row, counted from 1".to_owned(),
            },
        ),
    ];
    facts.push((
        "truth",
        match dataset.truth() {
            None => "none: what is an anomaly is known from the analyst alone".to_owned(),
            Some(truth) => format!(
                "column {}: {} and {} (contamination {:.2} %)",
                short(truth.column(), NAME),
                number::many(truth.anomalies(), "anomaly", "anomalies"),
                number::many(truth.nominals(), "nominal instance", "nominal instances"),
                100.0 * truth.contamination()
            ),
        },
    ));
    facts
}

fn columns(page: &mut Page, dataset: &Dataset, summaries: &[ColumnSummary]) {
    let mut feature = 0;
    let mut rows = Vec::new();
    for column in dataset.columns().iter().take(COLUMNS) {
        let (role, summary) = match &column.role {
            Role::Feature => ("feature".to_owned(), summaries.get(feature)),
            Role::Score { meaning } => (format!("score: {meaning}"), summaries.get(feature)),
            Role::OfTime { column, part, .. } => {
                let role = format!("{} in column {}", part.meaning(), short(column, NAME));
                (role, summaries.get(feature))
            }
            Role::OneHot { values } => {
                let names = values.iter().take(VALUES).map(|value| short(value, 40));
                let names = names.collect::<Vec<_>>().join(", ");
                (
                    format!("one feature of 0 and 1 for each value: {names}"),
                    None,
                )
            }
            Role::Label => ("truth".to_owned(), None),
            Role::Id => ("name of the instance".to_owned(), None),
            Role::Time => ("time of the instance".to_owned(), None),
            Role::LeftOut { reason } => (format!("left out, because {reason}"), None),
        };
        feature += match &column.role {
            Role::Feature | Role::Score { .. } | Role::OfTime { .. } => 1,
            Role::OneHot { values } => values.len(),
            _ => 0,
        };
        let value = |of: &dyn Fn(&ColumnSummary) -> f32| {
            Cell::Number(
                summary.map_or_else(|| "–".to_owned(), |summary| number::value(of(summary))),
            )
        };
        rows.push(vec![
            Cell::Head(short(&column.name, NAME)),
            Cell::Text(role),
            value(&|summary| summary.bins().low),
            value(&ColumnSummary::median),
            value(&|summary| summary.bins().high()),
        ]);
    }
    let all = dataset.columns().len();
    let caption = match all > COLUMNS {
        true => format!("The first {COLUMNS} of {} columns", number::count(all)),
        false => "The columns and their roles, in the order of the table".to_owned(),
    };
    page.line("h3", "", "Columns");
    page.table(
        &caption,
        &["column", "role", "lowest", "median", "highest"],
        &rows,
    );
    if dataset.n_instances() > 20_000 {
        page.line("p", r#"class="weak""#, "Lowest, median and highest are those of an evenly strewn sample of at most 20,000 instances.");
    }
}
