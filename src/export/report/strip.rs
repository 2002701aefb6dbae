//! Small pictures of a feature's distribution, with the value of one instance in it.

use std::collections::BTreeSet;

use super::page::Page;
use crate::dataset::ColumnSummary;

const WIDTH: f64 = 136.0;
const HEIGHT: f64 = 22.0;

/// Defines the distributions of features once, for all pictures on the page to use.
pub(super) fn define(page: &mut Page, features: &BTreeSet<usize>, columns: &[ColumnSummary]) {
    page.open(
        "svg",
        r#"width="0" height="0" aria-hidden="true" style="position:absolute""#,
    );
    page.open("defs", "");
    for &feature in features {
        page.markup(&format!(
            r#"<path id="feature-{feature}" d="{}"/>"#,
            bars(&columns[feature])
        ));
    }
    page.close();
    page.close();
}

/// Heights are square roots of counts, as in the window.
fn bars(column: &ColumnSummary) -> String {
    let counts = &column.bins().counts;
    let root = |count: u32| f64::from(count).sqrt();
    let most = counts.iter().copied().map(root).fold(1.0, f64::max);
    let wide = WIDTH / counts.len().max(1) as f64;
    let bars = counts.iter().enumerate().filter(|(_, count)| **count > 0);
    bars.map(|(bin, &count)| {
        let tall = (HEIGHT - 6.0) * root(count) / most;
        format!(
            "M{:.1} {HEIGHT}v-{tall:.1}h{wide:.2}v{tall:.1}z",
            wide * bin as f64
        )
    })
    .collect()
}

/// The picture of a value in its feature's distribution: the median ticked, the value pointed at.
pub(super) fn strip(column: &ColumnSummary, feature: usize, value: f32) -> String {
    let bins = column.bins();
    let place = |value: f32| {
        let range = f64::from(bins.high()) - f64::from(bins.low);
        let share = (f64::from(value) - f64::from(bins.low)) / range;
        WIDTH * share.clamp(0.0, 1.0)
    };
    let (median, at) = (place(column.median()), place(value).clamp(3.5, WIDTH - 3.5));
    format!(
        r##"<svg class="strip" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true"><use href="#feature-{feature}"/><path class="median" d="M{median:.1} 4v18"/><path class="value" d="M{at:.1} 9l-3.5 -8h7z"/></svg>"##
    )
}
