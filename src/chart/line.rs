//! Curves.

use super::axis::Axis;
use super::colour::{PALETTE, hex};
use super::svg::{Anchor, Frame, Svg, path};
use super::table;

/// How a series is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stroke {
    /// A full line.
    #[default]
    Line,
    /// A broken line.
    Dashed,
    /// Points alone.
    Dots,
}

/// One curve.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    /// Its name in the legend.
    pub name: String,
    /// Its points `(x, y)`; what is not finite is left out.
    pub points: Vec<[f64; 2]>,
    /// The half width of a band around it at each point; empty for none.
    pub spread: Vec<f64>,
    /// The lower and the upper end of a band that is not as wide on both sides; empty for none.
    pub band: Vec<[f64; 2]>,
    /// How it is drawn.
    pub stroke: Stroke,
}

/// Curves over common axes, with a legend.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LineChart {
    /// What it shows.
    pub title: String,
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis.
    pub y: Axis,
    /// The curves; colours of the palette in this order.
    pub series: Vec<Series>,
}

const SIZE: (f64, f64) = (720.0, 420.0);

impl LineChart {
    /// The chart as SVG, 720 × 420 pixels and as much wider as the legend needs.
    pub fn svg(&self) -> String {
        let legend = self.legend_width();
        let mut svg = Svg::new(SIZE.0 + legend, SIZE.1, &self.title);
        let points = || self.series.iter().flat_map(Series::reach);
        let frame = Frame {
            left: 70.0,
            top: 34.0,
            width: SIZE.0 - 90.0,
            height: SIZE.1 - 88.0,
            x: self.x.ends(points().map(|point| point[0])),
            y: self.y.ends(points().map(|point| point[1])),
        };
        svg.axes(&frame, &self.x, &self.y, true);
        for (index, series) in self.series.iter().enumerate() {
            series.draw(&mut svg, &frame, index);
        }
        self.legend(&mut svg, &frame);
        svg.finish()
    }

    /// The points as CSV: `series,<x>,<y>` and, where a series has a band, its half width or, where
    /// one has a band of two ends, these.
    pub fn csv(&self) -> String {
        let has_ends = self.series.iter().any(|series| !series.band.is_empty());
        let mut rows = vec![vec![
            "series".to_owned(),
            table::or(&self.x.label, "x"),
            table::or(&self.y.label, "y"),
        ]];
        rows[0].extend(match has_ends {
            true => vec!["low".to_owned(), "high".to_owned()],
            false => vec!["spread".to_owned()],
        });
        for series in &self.series {
            for (index, [x, y]) in series.points.iter().enumerate() {
                let mut row = vec![series.name.clone(), x.to_string(), y.to_string()];
                let text = |value: Option<&f64>| value.map_or_else(String::new, f64::to_string);
                match has_ends {
                    true => {
                        let ends = series.band.get(index);
                        row.extend([0, 1].map(|end| text(ends.map(|ends| &ends[end]))));
                    }
                    false => row.push(text(series.spread.get(index))),
                }
                rows.push(row);
            }
        }
        table::csv(&rows)
    }

    fn legend_width(&self) -> f64 {
        let longest = self
            .series
            .iter()
            .map(|series| series.name.chars().count())
            .max();
        longest.map_or(0.0, |letters| 44.0 + 6.6 * letters as f64)
    }

    fn legend(&self, svg: &mut Svg, frame: &Frame) {
        let left = frame.left + frame.width + 14.0;
        for (index, series) in self.series.iter().enumerate() {
            let y = frame.top + 12.0 + 20.0 * index as f64;
            series.stroke(svg, &[[left, y], [left + 24.0, y]], index);
            svg.text([left + 30.0, y + 4.5], Anchor::Start, &series.name, 13.0);
        }
    }
}

impl Series {
    /// All that it reaches, its band included.
    fn reach(&self) -> impl Iterator<Item = [f64; 2]> + '_ {
        self.points.iter().enumerate().flat_map(|(index, &[x, y])| {
            let [low, high] = self.ends(index, y);
            [[x, low], [x, high]]
        })
    }

    /// The ends of the band at a point.
    fn ends(&self, index: usize, y: f64) -> [f64; 2] {
        let spread = self.spread.get(index).copied().unwrap_or(0.0);
        let ends = self.band.get(index).copied();
        ends.unwrap_or([y - spread, y + spread])
    }

    fn draw(&self, svg: &mut Svg, frame: &Frame, index: usize) {
        let colour = hex(PALETTE[index % PALETTE.len()]);
        let count = self.points.len();
        if [self.spread.len(), self.band.len()].contains(&count) && count > 1 {
            let edge = |end: usize| {
                let along = self.points.iter().enumerate();
                along.map(move |(index, [x, y])| frame.at([*x, self.ends(index, *y)[end]]))
            };
            let ring: Vec<[f64; 2]> = edge(1).chain(edge(0).rev()).collect();
            if ring.iter().flatten().all(|value| value.is_finite()) {
                svg.raw(format_args!(
                    r#"<path d="{}Z" fill="{colour}" fill-opacity="0.15"/>"#,
                    path(&ring)
                ));
            }
        }
        let finite = |point: &&[f64; 2]| point.iter().all(|value| value.is_finite());
        let pixels: Vec<[f64; 2]> = self
            .points
            .iter()
            .filter(finite)
            .map(|&point| frame.at(point))
            .collect();
        self.stroke(svg, &pixels, index);
    }

    fn stroke(&self, svg: &mut Svg, pixels: &[[f64; 2]], index: usize) {
        let colour = hex(PALETTE[index % PALETTE.len()]);
        // Beyond the palette the colours come again, broken.
        let again = index >= PALETTE.len();
        match self.stroke {
            Stroke::Dots => {
                for [x, y] in pixels {
                    svg.raw(format_args!(
                        r#"<circle cx="{x:.1}" cy="{y:.1}" r="3" fill="{colour}"/>"#
                    ));
                }
            }
            Stroke::Line if !again => svg.line(pixels, &colour, 2.0, ""),
            Stroke::Line => svg.line(pixels, &colour, 2.0, "2 3"),
            Stroke::Dashed => svg.line(pixels, &colour, 2.0, "7 4"),
        }
    }
}
