//! The members of the ensemble.

use super::Material;
use super::page::{Cell, Page};
use crate::chart::short;
use crate::detector::leading_members;
use crate::numeric::number;

/// Members that are listed.
const LISTED: usize = 60;

pub(super) fn write(page: &mut Page, material: &Material<'_>) {
    let record = material.record;
    let fitted = record.fitted();
    page.paragraph("A member is one unsupervised detector, fitted without labels and frozen. Its score says how unusual it finds an instance (higher is more anomalous), its relevance how far it is to be trusted there.");
    let leading = leading_members(record.model());
    let total: f32 = leading.iter().map(|(_, sum)| sum).sum();
    let names = fitted.dataset().feature_names();
    let candidate = record.candidates().first().copied().unwrap_or(0);
    let x = fitted.x_of(&[candidate]);
    let x = x.as_slice().unwrap_or_default();
    let rows = leading.iter().take(LISTED).map(|&(member, sum)| {
        let detector = fitted.ensemble().members()[member].detector();
        vec![
            Cell::Head(short(&record.names[member], 80)),
            Cell::Text(short(&detector.describe(names, x), 300)),
            Cell::Number(number::count(detector.parts())),
            Cell::Number(fitted.b()[member].to_string()),
            Cell::Share(f64::from(sum / total.max(f32::MIN_POSITIVE))),
        ]
    });
    let caption = match leading.len() > LISTED {
        true => format!(
            "The {LISTED} of {} members that contribute most; in their words “here” is the current candidate",
            number::count(leading.len())
        ),
        false => "The members, those that contribute most first; in their words “here” is the current candidate".to_owned(),
    };
    page.table(
        &caption,
        &[
            "member",
            "it scores",
            "parts",
            "prior b",
            "share of the top τ",
        ],
        &rows.collect::<Vec<_>>(),
    );
}
