//! Lengths beside names.

use super::axis::Axis;
use super::colour::{PALETTE, hex};
use super::svg::{Anchor, Svg};
use super::table;

/// One bar.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bar {
    /// Its name.
    pub name: String,
    /// Its length.
    pub value: f64,
    /// The text at its end.
    pub note: String,
}

/// Horizontal bars, the first on top.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BarChart {
    /// What it shows.
    pub title: String,
    /// What the lengths are.
    pub value: Axis,
    /// The bars.
    pub bars: Vec<Bar>,
}

const ROW: f64 = 24.0;
const LENGTH: f64 = 320.0;

impl BarChart {
    /// The chart as SVG.
    pub fn svg(&self) -> String {
        let letters = |text: &dyn Fn(&Bar) -> usize| self.bars.iter().map(text).max().unwrap_or(0);
        let names = 16.0 + 7.0 * letters(&|bar| bar.name.chars().count()) as f64;
        let notes = 16.0 + 7.0 * letters(&|bar| bar.note.chars().count()) as f64;
        let height = 62.0 + ROW * self.bars.len() as f64;
        let mut svg = Svg::new(names + LENGTH + notes, height, &self.title);
        let values = self.bars.iter().map(|bar| bar.value).chain([0.0]);
        let (low, high) = self.value.ends(values);
        let index = |value: f64| names + LENGTH * ((value - low) / (high - low)).clamp(0.0, 1.0);
        let zero = index(0.0);
        let colour = hex(PALETTE[1]);
        for (row, bar) in self.bars.iter().enumerate() {
            let top = 34.0 + ROW * row as f64;
            let end = index(bar.value);
            let (left, width) = (zero.min(end), (end - zero).abs().max(0.5));
            svg.raw(format_args!(
                r#"<rect x="{left:.1}" y="{:.1}" width="{width:.1}" height="{}" fill="{colour}"/>"#,
                top + 3.0,
                ROW - 7.0
            ));
            svg.text([names - 8.0, top + 16.0], Anchor::End, &bar.name, 13.0);
            svg.text(
                [end.max(zero) + 6.0, top + 16.0],
                Anchor::Start,
                &bar.note,
                12.0,
            );
        }
        svg.text(
            [names + LENGTH / 2.0, height - 10.0],
            Anchor::Middle,
            &self.value.label,
            13.0,
        );
        svg.finish()
    }

    /// The bars as CSV: `name,<value>`.
    pub fn csv(&self) -> String {
        let header = vec!["name".to_owned(), table::or(&self.value.label, "value")];
        let rows = self
            .bars
            .iter()
            .map(|bar| vec![bar.name.clone(), bar.value.to_string()]);
        table::csv(&std::iter::once(header).chain(rows).collect::<Vec<_>>())
    }
}
