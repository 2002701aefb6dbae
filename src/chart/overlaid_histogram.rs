//! How often values occur.

use super::axis::Axis;
use super::colour::{PALETTE, hex};
use super::svg::{Anchor, Frame, Svg};
use super::table;

/// One set of values, counted in the bins of a chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HistogramSeries {
    /// Its name in the legend.
    pub name: String,
    /// How many of its values lie in each bin.
    pub counts: Vec<u32>,
}

/// Heaps of values in common bins, the later ones drawn over the earlier; heights are logarithmic,
/// so that one instance is seen beside thousands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OverlaidHistogram {
    /// What it shows.
    pub title: String,
    /// What the values are.
    pub x: Axis,
    /// The left end of the first bin.
    pub low: f64,
    /// The width of a bin.
    pub width: f64,
    /// The series: the first in grey, the others in colours of the palette.
    pub series: Vec<HistogramSeries>,
    /// Values that are marked, with their names.
    pub marks: Vec<(String, f64)>,
}

const SIZE: (f64, f64) = (720.0, 360.0);

impl OverlaidHistogram {
    /// The chart as SVG, 720 × 360 pixels and as much wider as the legend needs.
    pub fn svg(&self) -> String {
        let names = self.series.iter().map(|one| &one.name);
        let names = names.chain(self.marks.iter().map(|(name, _)| name));
        let longest = names.map(|name| name.chars().count()).max().unwrap_or(0);
        let legend = 44.0 + 6.6 * longest as f64;
        let mut svg = Svg::new(SIZE.0 + legend, SIZE.1, &self.title);
        let bins = self.series.iter().map(|one| one.counts.len()).max();
        let most = self.series.iter().flat_map(|one| &one.counts).max();
        let top = height(most.copied().unwrap_or(0).max(9));
        let ends = [self.low, self.low + self.width * bins.unwrap_or(0) as f64];
        let frame = Frame {
            left: 70.0,
            top: 34.0,
            width: SIZE.0 - 90.0,
            height: SIZE.1 - 88.0,
            x: self.x.ends(ends.into_iter()),
            y: (0.0, top * 1.04),
        };
        let y = Axis::new("instances (logarithmic)");
        let ticks = std::iter::successors(Some(1_u32), |count| count.checked_mul(10));
        let ticks = ticks.map(|count| (height(count), count));
        let ticks = ticks.take_while(|(height, _)| *height <= top);
        let ticks: Vec<(f64, String)> = std::iter::once((0.0, "0".to_owned()))
            .chain(ticks.map(|(height, count)| (height, count.to_string())))
            .collect();
        svg.axes_with(&frame, &self.x, &y, true, Some(&ticks));
        for (index, one) in self.series.iter().enumerate() {
            self.bars(&mut svg, &frame, one, &colour(index));
        }
        self.legend(&mut svg, &frame);
        svg.finish()
    }

    /// The counts as CSV: `from,to` of each bin, and a column for each one.
    pub fn csv(&self) -> String {
        let bins = self.series.iter().map(|one| one.counts.len()).max();
        let mut header = vec!["from".to_owned(), "to".to_owned()];
        header.extend(self.series.iter().map(|one| one.name.clone()));
        let rows = (0..bins.unwrap_or(0)).map(|bin| {
            let from = self.low + self.width * bin as f64;
            let mut row = vec![from.to_string(), (from + self.width).to_string()];
            let counts = self.series.iter().map(|one| one.counts.get(bin));
            row.extend(counts.map(|count| count.copied().unwrap_or(0).to_string()));
            row
        });
        table::csv(&std::iter::once(header).chain(rows).collect::<Vec<_>>())
    }

    fn bars(&self, svg: &mut Svg, frame: &Frame, one: &HistogramSeries, colour: &str) {
        let mut path = String::new();
        for (bin, &count) in one
            .counts
            .iter()
            .enumerate()
            .filter(|(_, count)| **count > 0)
        {
            let from = self.low + self.width * bin as f64;
            let [left, top] = frame.at([from, height(count)]);
            let [right, bottom] = frame.at([from + self.width, 0.0]);
            let (wide, tall) = (right - left - 0.6, bottom - top);
            path.push_str(&format!(
                "M{left:.1} {top:.1}h{wide:.2}v{tall:.1}h-{wide:.2}z"
            ));
        }
        svg.raw(format_args!(r#"<path d="{path}" fill="{colour}"/>"#));
    }

    fn legend(&self, svg: &mut Svg, frame: &Frame) {
        let left = frame.left + frame.width + 14.0;
        let line = |index: usize| frame.top + 12.0 + 20.0 * index as f64;
        for (index, one) in self.series.iter().enumerate() {
            let y = line(index);
            svg.raw(format_args!(
                r#"<rect x="{left}" y="{:.1}" width="24" height="11" fill="{}"/>"#,
                y - 6.0,
                colour(index)
            ));
            svg.text([left + 30.0, y + 4.5], Anchor::Start, &one.name, 13.0);
        }
        for (index, (name, value)) in self.marks.iter().enumerate() {
            let [x, _] = frame.at([*value, 0.0]);
            let y = line(self.series.len() + index);
            let dash = if index == 0 { "7 4" } else { "2 3" };
            let inside = (frame.left..=frame.left + frame.width).contains(&x);
            if inside {
                let ends = [[x, frame.top], [x, frame.top + frame.height]];
                svg.line(&ends, "currentColor", 1.5, dash);
            }
            svg.line(&[[left, y], [left + 24.0, y]], "currentColor", 1.5, dash);
            svg.text([left + 30.0, y + 4.5], Anchor::Start, name, 13.0);
        }
    }
}

/// The height of a count: 0 for none, and a step of its own for one.
fn height(count: u32) -> f64 {
    match count {
        0 => 0.0,
        count => 0.4 + f64::from(count).log10(),
    }
}

fn colour(index: usize) -> String {
    match index {
        0 => "#8a8a8a".to_owned(),
        index => hex(PALETTE[(index - 1) % PALETTE.len()]),
    }
}
