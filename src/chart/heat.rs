//! Values over a plane.

use super::axis::{Axis, number, ticks};
use super::colour::{diverging, hex, sequential};
use super::mark::{Mark, Point, dots, draw_marks, is_within, legend};
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
    /// White at a value; the end that is farther from it has the strongest colour.
    Around {
        /// The value that is white.
        middle: f32,
        /// The lowest.
        low: f32,
        /// The highest.
        high: f32,
    },
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
    /// The values row by row, the lowest row first; empty where the plane itself has no colours.
    pub values: Vec<f32>,
    /// Instances whose colours tell values.
    pub points: Vec<Point>,
    /// What the values are, beside the colour bar; empty for none.
    pub value_label: String,
    /// How values become colours.
    pub scale: Scale,
    /// Lines over it.
    pub lines: Vec<Vec<[f64; 2]>>,
    /// The values at which the lines stand, ticked across the colour bar; may be empty.
    pub levels: Vec<f64>,
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

/// The colour of lines where the plane has none.
const PLAIN_INK: &str = "#808080";

/// Room beside the plane: left and right, above and below.
const ROOM: [f64; 2] = [190.0, 88.0];

/// The height of the line that says what the marks are.
const LEGEND: f64 = 24.0;

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
            Self::Around { middle, low, high } => {
                let most = (high - middle).max(middle - low).max(f32::MIN_POSITIVE);
                0.5 + 0.5 * (value - middle) / most
            }
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
            Self::Diverging { .. } | Self::Around { .. } => diverging(fraction),
        })
    }

    /// Draws a line that is seen on every colour of the scale: where the colours are light, it is
    /// the dark rim that is seen.
    fn line(self, svg: &mut Svg, pixels: &[[f64; 2]], width: f64, dash: &str) {
        if let Self::Sequential { .. } = self {
            svg.line(pixels, "#00000055", width + 1.4, dash);
        }
        svg.line(pixels, self.ink(), width, dash);
    }

    /// The colour of lines over it.
    fn ink(self) -> &'static str {
        match self {
            Self::Sequential { .. } => "#ffffff",
            // The middle of the scale is white.
            Self::Diverging { .. } | Self::Around { .. } => "#333333",
        }
    }

    fn ends(self) -> (f64, f64) {
        match self {
            Self::Sequential { low, high } | Self::Around { low, high, .. } => {
                (f64::from(low), f64::from(high))
            }
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
        let strokes = [(&self.lines, 1.0, ""), (&self.threshold, 2.2, "7 4")];
        for (lines, width, dash) in strokes {
            for line in lines {
                let pixels: Vec<[f64; 2]> = line.iter().map(|&point| frame.at(point)).collect();
                match self.values.is_empty() {
                    true => svg.line(&pixels, PLAIN_INK, width, dash),
                    false => self.scale.line(&mut svg, &pixels, width, dash),
                }
            }
        }
        self.points(&mut svg, &frame);
        self.arrow(&mut svg, &frame);
        draw_marks(&self.marks, &mut svg, &frame);
        svg.axes(&frame, &self.x, &self.y, false);
        if !self.value_label.is_empty() {
            self.colour_bar(&mut svg, &frame);
        }
        legend(&self.marks, &mut svg, [frame.left, side + 96.0]);
        svg.finish()
    }

    /// The width and height in pixels.
    pub(super) fn size(&self) -> [f64; 2] {
        let below = if self.marks.is_empty() { 0.0 } else { LEGEND };
        let [width, height] = ROOM.map(|room| self.side + room);
        [width, height + below]
    }

    /// The values as CSV: `<x>,<y>,<value>` at the centre of each cell, or of each instance where the
    /// plane has no colours: what it is coloured by, or what its mark says.
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

    /// Its data: the centre of each cell and the value there, or those of the instances.
    pub(super) fn rows(&self) -> Vec<Vec<String>> {
        let row = |[x, y]: [f64; 2], value: String| vec![x.to_string(), y.to_string(), value];
        match (self.values.as_slice(), self.points.as_slice()) {
            ([], []) => {
                let marks = self.marks.iter();
                marks
                    .map(|mark| row(mark.at, mark.shape.words().to_owned()))
                    .collect()
            }
            ([], points) => (points.iter())
                .map(|point| row(point.at, point.value.to_string()))
                .collect(),
            _ => self.cell_rows(),
        }
    }

    fn cell_rows(&self) -> Vec<Vec<String>> {
        let columns = self.columns.max(1);
        let rows = self.values.len() / columns;
        let x = self.x.ends([0.0, self.columns as f64].into_iter());
        let y = self.y.ends([0.0, rows as f64].into_iter());
        let centre = |(low, high): (f64, f64), place: usize, cells: usize| {
            low + (high - low) * (place as f64 + 0.5) / cells.max(1) as f64
        };
        let cells = self.values.iter().enumerate().map(|(index, value)| {
            vec![
                centre(x, index % columns, columns).to_string(),
                centre(y, index / columns, rows).to_string(),
                value.to_string(),
            ]
        });
        cells.collect()
    }

    /// Draws the coloured instances: those of one colour as one path.
    fn points(&self, svg: &mut Svg, frame: &Frame) {
        let mut paths = vec![String::new(); LEVELS];
        for point in &self.points {
            let [x, y] = frame.at(point.at);
            if is_within(frame, [x, y]) {
                let level = self.scale.fraction(point.value) * (LEVELS - 1) as f32;
                paths[(level.round() as usize).min(LEVELS - 1)]
                    .push_str(&format!("M{x:.1} {y:.1}h.01"));
            }
        }
        let levels = paths.iter().enumerate();
        for (level, path) in levels.filter(|(_, path)| !path.is_empty()) {
            let colour = self.scale.colour(level as f32 / (LEVELS - 1) as f32);
            dots(svg, path, &colour);
        }
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
        let (low, high) = self.scale.ends();
        for at in 0..LEVELS {
            let y = top + frame.height - step * (at + 1) as f64;
            let value = low + (high - low) * at as f64 / (LEVELS - 1) as f64;
            let colour = self.scale.colour(self.scale.fraction(value as f32));
            // A little taller than a step, so that no seam shows.
            let tall = step + 0.5;
            svg.raw(format_args!(
                r#"<rect x="{left}" y="{y:.2}" width="14" height="{tall:.2}" fill="{colour}"/>"#
            ));
        }
        let at = |value: f64| top + frame.height * (1.0 - (value - low) / (high - low));
        let inside = |level: &&f64| (low..=high).contains(level);
        for &level in self.levels.iter().filter(inside) {
            let y = at(level);
            self.scale
                .line(svg, &[[left, y], [left + 14.0, y]], 1.0, "");
        }
        let marks = ticks(low, high, 5);
        let step = match marks.as_slice() {
            [first, second, ..] => second - first,
            _ => 0.0,
        };
        for &tick in &marks {
            svg.text(
                [left + 20.0, at(tick) + 4.0],
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
