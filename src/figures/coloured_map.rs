//! The map in other colours than those of the score over the plane.

use super::plane::chart_lines;
use super::{Colouring, Drawing, Figure};
use crate::chart::{HeatChart, Point, Scale};

impl Drawing<'_> {
    /// What the map is called in the colours of something.
    pub(super) fn map_name(&self, colouring: Colouring) -> String {
        match colouring {
            Colouring::Surface => "anomaly score over the map".to_owned(),
            Colouring::Density => "rows over the map".to_owned(),
            Colouring::Answer => "answers on the map".to_owned(),
            Colouring::Shade(shade) => {
                let name = shade.name(self.dataset(), self.names);
                format!("map by {name}")
            }
        }
    }

    /// The map by the number of rows, by a number of each row, or by answers alone, with the lines of
    /// the score over it.
    pub(super) fn coloured_map(&self, colouring: Colouring) -> Option<HeatChart> {
        let map = self.map?;
        let plane = self.plane(map, &map.surface.grid);
        let title = self.titled(Figure::Map(colouring));
        let chart = match colouring {
            Colouring::Density => {
                let rows: Vec<f32> = map.density.iter().map(|&rows| logarithm(rows)).collect();
                let high = rows.iter().copied().fold(logarithm(1), f32::max);
                let scale = Scale::Sequential { low: 0.0, high };
                let value = "rows in a cell, as log₁₀ (1 + rows)";
                let mut chart = plane.chart(title, &rows, value, scale);
                // The cells stand for the dots.
                chart.marks.retain(|mark| !mark.is_dot());
                chart
            }
            Colouring::Shade(shade) => {
                let [low, high] = shade.range(self.model, self.columns);
                let name = shade.name(self.dataset(), self.names);
                let scale = Scale::Sequential { low, high };
                let mut chart = plane.chart(title, &[], &name, scale);
                chart.marks.retain(|mark| !mark.is_dot());
                let point = |instance: usize| {
                    let at = map.locations.get(instance)?.map(f64::from);
                    let value = shade.of(self.model, instance)?;
                    Some(Point { at, value })
                };
                chart.points = plane.dots().filter_map(point).collect();
                chart
            }
            Colouring::Surface | Colouring::Answer => plane.chart(title, &[], "", Scale::default()),
        };
        Some(HeatChart {
            lines: chart_lines(&map.lines),
            threshold: chart_lines(&map.top),
            ..chart
        })
    }
}

fn logarithm(rows: u32) -> f32 {
    (1.0 + rows as f32).log10()
}
