//! What would be asked next.

use super::page::{Cell, Page};
use super::{Material, images};
use crate::chart::short;
use crate::figures::Way;
use crate::numeric::{map_each, number};

/// Candidates that are listed, and features that are named of each.
const LISTED: usize = 20;
const FEATURES: usize = 3;

pub(super) fn write(page: &mut Page, material: &Material<'_>) {
    let record = material.record;
    let candidates = record.candidates();
    let model = record.model();
    if candidates.is_empty() {
        page.paragraph("No instance is left without an answer.");
        return;
    }
    let listed = &candidates[..candidates.len().min(LISTED)];
    let whys = map_each(listed.len(), |place| record.why(listed[place]));
    let dataset = record.dataset();
    let is_of_images = dataset.gallery().is_some();
    let rows = listed.iter().zip(&whys).map(|(&instance, why)| {
        let features = why.features.iter().take(FEATURES).map(|share| {
            let name = short(&dataset.feature_names()[share.feature], 40);
            let value = dataset.features()[[instance, share.feature]];
            format!("{name} {}", number::value(value))
        });
        let pictures = || {
            let ways = [Way::Image, Way::Overlay];
            ways.map(|way| images::markup(record, instance, way))
                .concat()
        };
        vec![
            Cell::Number(number::count(model.rank_of(instance) + 1)),
            Cell::Head(short(&record.name_of(instance), 80)),
            Cell::Number(number::value(model.scores()[instance])),
            Cell::Text(short(&record.names[model.most_relevant(instance)], 60)),
            match is_of_images {
                true => Cell::Markup(pictures()),
                false => Cell::Text(features.collect::<Vec<_>>().join(", ")),
            },
        ]
    });
    page.table(
        &format!(
            "The first {} of {} without an answer in the top τ: what would be asked about next",
            listed.len(),
            number::many(candidates.len(), "candidate", "candidates")
        ),
        &[
            "rank",
            "instance",
            "score",
            "most relevant member",
            match is_of_images {
                true => "image, and the residual over it",
                false => "features that explain most, with values",
            },
        ],
        &rows.collect::<Vec<_>>(),
    );
}
