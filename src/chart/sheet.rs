//! Several maps on one sheet.

use super::HeatChart;
use super::svg::Svg;
use super::table;

/// Maps side by side and below each other: small multiples.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// What they show together.
    pub title: String,
    /// The name of the column that says in the CSV which map a row belongs to.
    pub of: String,
    /// Maps in a row, at least 1.
    pub columns: usize,
    /// The maps.
    pub charts: Vec<HeatChart>,
}

/// Height of the title.
const TITLE: f64 = 34.0;

impl Sheet {
    /// The sheet as SVG.
    pub fn svg(&self) -> String {
        let sizes = self.charts.iter().map(HeatChart::size);
        let [width, height] = sizes.fold([0.0, 0.0], |[width, height]: [f64; 2], size| {
            [width.max(size[0]), height.max(size[1])]
        });
        let columns = self.columns.clamp(1, self.charts.len().max(1));
        let rows = self.charts.len().div_ceil(columns);
        let mut svg = Svg::new(
            (width * columns as f64).max(200.0),
            TITLE + height * rows as f64,
            &self.title,
        );
        for (index, chart) in self.charts.iter().enumerate() {
            let (x, y) = (
                width * (index % columns) as f64,
                TITLE + height * (index / columns) as f64,
            );
            let chart = chart.svg();
            svg.raw(format_args!(
                r#"<g transform="translate({x} {y})">{chart}</g>"#
            ));
        }
        svg.finish()
    }

    /// The values of all maps as CSV: `<of>,<x>,<y>,<value>`, by the names of the first map.
    pub fn csv(&self) -> String {
        let mut rows: Vec<Vec<String>> = Vec::new();
        for chart in &self.charts {
            if rows.is_empty() {
                let mut names = vec![table::or(&self.of, "map")];
                names.extend(chart.names());
                rows.push(names);
            }
            rows.extend(chart.rows().into_iter().map(|values| {
                let mut row = vec![chart.title.clone()];
                row.extend(values);
                row
            }));
        }
        table::csv(&rows)
    }
}
