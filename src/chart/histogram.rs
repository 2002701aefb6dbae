//! Distributions.

use super::axis::Axis;
use super::colour::{PALETTE, hex};
use super::svg::{Frame, Svg};
use super::table;

/// A distribution in bins of equal width, with a value on it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HistogramChart {
    /// What it shows.
    pub title: String,
    /// What the values are.
    pub label: String,
    /// The left end of the first bin.
    pub low: f64,
    /// The width of a bin, above 0.
    pub width: f64,
    /// The instances in each bin.
    pub counts: Vec<u32>,
    /// A value that stands out, and the bin that it is in.
    pub at: Option<f64>,
}

const SIZE: (f64, f64) = (720.0, 420.0);

impl HistogramChart {
    /// The chart as SVG: heights go with the counts.
    pub fn svg(&self) -> String {
        let mut svg = Svg::new(SIZE.0, SIZE.1, &self.title);
        let most = self.counts.iter().copied().max().unwrap_or(0).max(1);
        let ends = [self.low, self.low + self.width * self.counts.len() as f64];
        let x = Axis::new(self.label.clone());
        let y = Axis::with_range("instances", 0.0, f64::from(most) * 1.04);
        let frame = Frame {
            left: 70.0,
            top: 34.0,
            width: SIZE.0 - 90.0,
            height: SIZE.1 - 88.0,
            x: x.ends(ends.into_iter().chain(self.at)),
            y: y.ends(std::iter::empty()),
        };
        svg.axes(&frame, &x, &y, true);
        let (usual, own) = (hex(PALETTE[6]), hex(PALETTE[0]));
        for (bin, &count) in self.counts.iter().enumerate() {
            let (low, high) = self.bin(bin);
            let [left, top] = frame.at([low, f64::from(count)]);
            let [right, bottom] = frame.at([high, 0.0]);
            let is_own = self.at.is_some_and(|at| low <= at && at < high);
            let colour = if is_own { &own } else { &usual };
            svg.raw(format_args!(
                r#"<rect x="{left:.2}" y="{top:.2}" width="{:.2}" height="{:.2}" fill="{colour}"/>"#,
                (right - left).max(0.0),
                (bottom - top).max(0.0)
            ));
        }
        if let Some(at) = self.at.filter(|at| at.is_finite()) {
            svg.line(
                &[frame.at([at, 0.0]), frame.at([at, frame.y.1])],
                &own,
                2.0,
                "",
            );
        }
        svg.finish()
    }

    /// The bins as CSV: `from,to,instances`.
    pub fn csv(&self) -> String {
        let names = ["from", "to", "instances"].map(str::to_owned).to_vec();
        let rows = self.counts.iter().enumerate().map(|(bin, count)| {
            let (low, high) = self.bin(bin);
            vec![low.to_string(), high.to_string(), count.to_string()]
        });
        table::csv(&std::iter::once(names).chain(rows).collect::<Vec<_>>())
    }

    fn bin(&self, bin: usize) -> (f64, f64) {
        let end = |bin: usize| self.low + self.width * bin as f64;
        (end(bin), end(bin + 1))
    }
}
