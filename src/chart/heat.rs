//! Values over a plane.

use super::axis::{Axis, number, ticks};
use super::colour::{PALETTE, diverging, hex, sequential};
use super::svg::{Anchor, Frame, Svg};
use super::table;

/// How values become colours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// From the lowest to the highest value shown.
    Sequential {
        /// The value of the darkest colour.
        low: f32,
        /// The value of the lightest colour.
        high: f32,
    },
    /// Differences: white at zero.
    Diverging {
        /// The difference of the strongest colours, `> 0`.
        most: f32,
    },
}

/// The form of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// An instance without an answer.
    Dot,
    /// A triangle: an anomaly.
    Anomaly,
    /// A square: a nominal instance.
    Nominal,
    /// A diamond: unsure.
    Unsure,
    /// A ring: the current candidate.
    Current,
}

/// A mark on the plane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// Where.
    pub at: [f64; 2],
    /// What.
    pub shape: Shape,
}

/// A heat map with contour lines and marks, and a colour bar.
#[derive(Clone, Debug, PartialEq)]
pub struct HeatChart {
    /// What it shows.
    pub title: String,
    /// The horizontal axis, with its range.
    pub x: Axis,
    /// The vertical axis, with its range.
    pub y: Axis,
    /// Cells in a row.
    pub columns: usize,
    /// The values row by row, the lowest row first.
    pub values: Vec<f32>,
    /// What the values are, beside the colour bar.
    pub value_label: String,
    /// How values become colours.
    pub scale: Scale,
    /// Lines over it.
    pub lines: Vec<Vec<[f64; 2]>>,
    /// Marks over it.
    pub marks: Vec<Mark>,
    /// The side of the plane in pixels.
    pub side: f64,
}

/// Colours of a heat map: cells of one colour are drawn as one path, which keeps the file small.
const LEVELS: usize = 64;

impl Scale {
    fn fraction(self, value: f32) -> f32 {
        let fraction = match self {
            Self::Sequential { low, high } => (value - low) / (high - low).max(f32::MIN_POSITIVE),
            Self::Diverging { most } => 0.5 + 0.5 * value / most.max(f32::MIN_POSITIVE),
        };
        if fraction.is_nan() {
            0.0
        } else {
            fraction.clamp(0.0, 1.0)
        }
    }

    fn colour(self, fraction: f32) -> String {
        hex(match self {
            Self::Sequential { .. } => sequential(fraction),
            Self::Diverging { .. } => diverging(fraction),
        })
    }

    fn ends(self) -> (f64, f64) {
        match self {
            Self::Sequential { low, high } => (f64::from(low), f64::from(high)),
            Self::Diverging { most } => (-f64::from(most), f64::from(most)),
        }
    }
}

impl HeatChart {
    /// The chart as SVG.
    pub fn svg(&self) -> String {
        let side = self.side;
        let mut svg = Svg::new(side + 190.0, side + 88.0, &self.title);
        let rows = self.values.len() / self.columns.max(1);
        let frame = Frame {
            left: 70.0,
            top: 34.0,
            width: side,
            height: side,
            x: self.x.ends([0.0, self.columns as f64].into_iter()),
            y: self.y.ends([0.0, rows as f64].into_iter()),
        };
        self.cells(&mut svg, &frame, rows);
        for line in &self.lines {
            let pixels: Vec<[f64; 2]> = line.iter().map(|&point| frame.at(point)).collect();
            svg.line(&pixels, "#ffffff", 1.0, "");
        }
        for mark in &self.marks {
            mark.draw(&mut svg, &frame);
        }
        svg.axes(&frame, &self.x, &self.y, false);
        self.colour_bar(&mut svg, &frame);
        svg.finish()
    }

    /// The values as CSV: `<x>,<y>,<value>` at the centre of each cell.
    pub fn csv(&self) -> String {
        let rows = self.values.len() / self.columns.max(1);
        let x = self.x.ends([0.0, self.columns as f64].into_iter());
        let y = self.y.ends([0.0, rows as f64].into_iter());
        let centre = |(low, high): (f64, f64), place: usize, cells: usize| {
            low + (high - low) * (place as f64 + 0.5) / cells.max(1) as f64
        };
        let mut lines = vec![vec![
            table::or(&self.x.label, "x"),
            table::or(&self.y.label, "y"),
            table::or(&self.value_label, "value"),
        ]];
        for (place, value) in self.values.iter().enumerate() {
            let (column, row) = (place % self.columns.max(1), place / self.columns.max(1));
            lines.push(vec![
                centre(x, column, self.columns).to_string(),
                centre(y, row, rows).to_string(),
                value.to_string(),
            ]);
        }
        table::csv(&lines)
    }

    fn cells(&self, svg: &mut Svg, frame: &Frame, rows: usize) {
        let mut paths = vec![String::new(); LEVELS];
        let (width, height) = (
            frame.width / self.columns.max(1) as f64,
            frame.height / rows.max(1) as f64,
        );
        let level =
            |value: f32| (self.scale.fraction(value) * (LEVELS - 1) as f32).round() as usize;
        for (row, values) in self.values.chunks_exact(self.columns.max(1)).enumerate() {
            let top = frame.top + frame.height - height * (row + 1) as f64;
            let mut start = 0;
            while start < values.len() {
                let at = level(values[start]);
                let same = values[start..]
                    .iter()
                    .take_while(|value| level(**value) == at);
                let length = same.count();
                let (x, run) = (frame.left + width * start as f64, width * length as f64);
                paths[at.min(LEVELS - 1)]
                    .push_str(&format!("M{x:.2} {top:.2}h{run:.2}v{height:.2}h-{run:.2}z"));
                start += length;
            }
        }
        svg.raw(format_args!(r#"<g shape-rendering="crispEdges">"#));
        for (at, path) in paths
            .iter()
            .enumerate()
            .filter(|(_, path)| !path.is_empty())
        {
            let colour = self.scale.colour(at as f32 / (LEVELS - 1) as f32);
            svg.raw(format_args!(r#"<path d="{path}" fill="{colour}"/>"#));
        }
        svg.raw(format_args!("</g>"));
    }

    fn colour_bar(&self, svg: &mut Svg, frame: &Frame) {
        let (left, top) = (frame.left + frame.width + 18.0, frame.top);
        let step = frame.height / LEVELS as f64;
        for at in 0..LEVELS {
            let y = top + frame.height - step * (at + 1) as f64;
            let colour = self.scale.colour(at as f32 / (LEVELS - 1) as f32);
            // A little taller than a step, so that no seam shows.
            let tall = step + 0.5;
            svg.raw(format_args!(
                r#"<rect x="{left}" y="{y:.2}" width="14" height="{tall:.2}" fill="{colour}"/>"#
            ));
        }
        let (low, high) = self.scale.ends();
        let marks = ticks(low, high, 5);
        let step = match marks.as_slice() {
            [first, second, ..] => second - first,
            _ => 0.0,
        };
        for &tick in &marks {
            let y = top + frame.height * (1.0 - (tick - low) / (high - low));
            svg.text(
                [left + 20.0, y + 4.0],
                Anchor::Start,
                &number(tick, step),
                12.0,
            );
        }
        let (x, y) = (svg.size().0 - 10.0, top + frame.height / 2.0);
        let label = super::svg::escape(&self.value_label);
        svg.raw(format_args!(
            r#"<text transform="translate({x:.1} {y:.1}) rotate(-90)" text-anchor="middle" fill="currentColor">{label}</text>"#
        ));
    }
}

impl Mark {
    fn draw(&self, svg: &mut Svg, frame: &Frame) {
        let [x, y] = frame.at(self.at);
        let within = (frame.left - 1.0..=frame.left + frame.width + 1.0).contains(&x)
            && (frame.top - 1.0..=frame.top + frame.height + 1.0).contains(&y);
        if !within {
            return;
        }
        let (anomaly, nominal, unsure) = (hex(PALETTE[0]), hex(PALETTE[1]), hex(PALETTE[3]));
        match self.shape {
            Shape::Dot => svg.raw(format_args!(
                r##"<circle cx="{x:.1}" cy="{y:.1}" r="1.6" fill="#ffffff" fill-opacity="0.75" stroke="#000000" stroke-opacity="0.5" stroke-width="0.4"/>"##
            )),
            Shape::Anomaly => svg.raw(format_args!(
                r##"<path d="M{x:.1} {:.1}l5 9h-10z" fill="{anomaly}" stroke="#ffffff"/>"##,
                y - 6.0
            )),
            Shape::Nominal => svg.raw(format_args!(
                r##"<rect x="{:.1}" y="{:.1}" width="8" height="8" fill="{nominal}" stroke="#ffffff"/>"##,
                x - 4.0,
                y - 4.0
            )),
            Shape::Unsure => svg.raw(format_args!(
                r##"<path d="M{x:.1} {:.1}l5 5l-5 5l-5 -5z" fill="{unsure}" stroke="#ffffff"/>"##,
                y - 5.0
            )),
            Shape::Current => svg.raw(format_args!(
                r##"<circle cx="{x:.1}" cy="{y:.1}" r="8" fill="none" stroke="#ff2d95" stroke-width="2.5"/>"##
            )),
        }
    }
}
