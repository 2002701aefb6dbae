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
#[derive(Clone, Debug, Default, PartialEq)]
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
    /// Lines that stand out, broken.
    pub threshold: Vec<Vec<[f64; 2]>>,
    /// A direction, by unit of the axes: an arrow along it through the middle.
    pub arrow: Option<[f64; 2]>,
    /// Marks over it.
    pub marks: Vec<Mark>,
    /// The side of the plane in pixels.
    pub side: f64,
}

/// Colours of a heat map: cells of one colour are drawn as one path, which keeps the file small.
const LEVELS: usize = 64;

/// Room beside the plane: left and right, above and below.
const ROOM: [f64; 2] = [190.0, 88.0];

impl Default for Scale {
    fn default() -> Self {
        Self::Sequential {
            low: 0.0,
            high: 1.0,
        }
    }
}

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

    /// The colour of lines over it.
    fn ink(self) -> &'static str {
        match self {
            Self::Sequential { .. } => "#ffffff",
            // The middle of the scale is white.
            Self::Diverging { .. } => "#333333",
        }
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
        let [width, height] = self.size();
        let mut svg = Svg::new(width, height, &self.title);
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
        let ink = self.scale.ink();
        let strokes = [(&self.lines, 1.0, ""), (&self.threshold, 2.2, "7 4")];
        for (lines, width, dash) in strokes {
            for line in lines {
                let pixels: Vec<[f64; 2]> = line.iter().map(|&point| frame.at(point)).collect();
                svg.line(&pixels, ink, width, dash);
            }
        }
        self.arrow(&mut svg, &frame);
        for mark in &self.marks {
            mark.draw(&mut svg, &frame);
        }
        svg.axes(&frame, &self.x, &self.y, false);
        self.colour_bar(&mut svg, &frame);
        svg.finish()
    }

    /// The width and height in pixels.
    pub(super) fn size(&self) -> [f64; 2] {
        ROOM.map(|room| self.side + room)
    }

    /// The values as CSV: `<x>,<y>,<value>` at the centre of each cell.
    pub fn csv(&self) -> String {
        let names = std::iter::once(self.names());
        table::csv(&names.chain(self.rows()).collect::<Vec<_>>())
    }

    /// The names of the columns of its data.
    pub(super) fn names(&self) -> Vec<String> {
        vec![
            table::or(&self.x.label, "x"),
            table::or(&self.y.label, "y"),
            table::or(&self.value_label, "value"),
        ]
    }

    /// Its data: the centre of each cell and the value there.
    pub(super) fn rows(&self) -> impl Iterator<Item = Vec<String>> + '_ {
        let columns = self.columns.max(1);
        let rows = self.values.len() / columns;
        let x = self.x.ends([0.0, self.columns as f64].into_iter());
        let y = self.y.ends([0.0, rows as f64].into_iter());
        let centre = |(low, high): (f64, f64), place: usize, cells: usize| {
            low + (high - low) * (place as f64 + 0.5) / cells.max(1) as f64
        };
        self.values.iter().enumerate().map(move |(place, value)| {
            vec![
                centre(x, place % columns, columns).to_string(),
                centre(y, place / columns, rows).to_string(),
                value.to_string(),
            ]
        })
    }

    fn arrow(&self, svg: &mut Svg, frame: &Frame) {
        let Some([across, up]) = self.arrow else {
            return;
        };
        // By pixel: so the arrow crosses the bands of its projection at right angles.
        let (dx, dy) = (
            across * (frame.x.1 - frame.x.0) / frame.width,
            -up * (frame.y.1 - frame.y.0) / frame.height,
        );
        let length = dx.hypot(dy);
        if !(length.is_finite() && length > 0.0) {
            return;
        }
        let (dx, dy) = (dx / length, dy / length);
        let reach = 0.38 * frame.width.min(frame.height);
        let middle = [
            frame.left + frame.width / 2.0,
            frame.top + frame.height / 2.0,
        ];
        let along = |by: f64, aside: f64| {
            [
                middle[0] + by * dx - aside * dy,
                middle[1] + by * dy + aside * dx,
            ]
        };
        let shaft = [along(-reach, 0.0), along(reach, 0.0)];
        let head = [
            along(reach - 10.0, 6.0),
            along(reach, 0.0),
            along(reach - 10.0, -6.0),
        ];
        for (colour, width) in [("#000000", 4.0), ("#ffffff", 2.0)] {
            svg.line(&shaft, colour, width, "");
            svg.line(&head, colour, width, "");
        }
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
