//! Marks on a plane, and what they mean.

use std::fmt::Write;

use super::colour::{PALETTE, TAGS, hex, is_light};
use super::svg::{Anchor, Frame, Svg};

/// The colour of a dot that says nothing.
const PLAIN: &str = "#ffffffd0";

/// The form of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// An instance without an answer.
    Dot,
    /// A triangle: an anomaly.
    Anomaly,
    /// A triangle with a number, 1 to 9: an anomaly of that type.
    Tagged(u8),
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

impl Mark {
    /// Whether it stands for an instance without an answer.
    pub fn is_dot(&self) -> bool {
        self.shape == Shape::Dot
    }
}

/// An instance whose colour tells a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Where.
    pub at: [f64; 2],
    /// The value.
    pub value: f32,
}

impl Shape {
    /// All forms, in the order of a legend; one stands for all types.
    const ALL: [Self; 6] = [
        Self::Dot,
        Self::Anomaly,
        Self::Tagged(1),
        Self::Nominal,
        Self::Unsure,
        Self::Current,
    ];

    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Dot => "others",
            Self::Anomaly => "anomaly",
            Self::Tagged(_) => "anomaly, by tag",
            Self::Nominal => "nominal",
            Self::Unsure => "unsure",
            Self::Current => "current candidate",
        }
    }

    /// Draws one mark at a pixel.
    fn draw(self, svg: &mut Svg, [x, y]: [f64; 2]) {
        let (anomaly, nominal, unsure) = (hex(PALETTE[0]), hex(PALETTE[1]), hex(PALETTE[3]));
        match self {
            Self::Dot => dots(svg, &format!("M{x:.1} {y:.1}h.01"), PLAIN),
            Self::Anomaly => svg.raw(format_args!(
                r##"<path d="M{x:.1} {:.1}l5 9h-10z" fill="{anomaly}" stroke="#ffffff"/>"##,
                y - 6.0
            )),
            Self::Tagged(number) => {
                let colour = TAGS[usize::from(number.clamp(1, 9)) - 1];
                let ink = if is_light(colour) { "#000000" } else { "#ffffff" };
                svg.raw(format_args!(
                    r##"<path d="M{x:.1} {:.1}l7 12h-14z" fill="{}" stroke="#ffffff"/><text x="{x:.1}" y="{:.1}" text-anchor="middle" font-size="8" fill="{ink}">{number}</text>"##,
                    y - 8.0,
                    hex(colour),
                    y + 3.0
                ));
            }
            Self::Nominal => svg.raw(format_args!(
                r##"<rect x="{:.1}" y="{:.1}" width="8" height="8" fill="{nominal}" stroke="#ffffff"/>"##,
                x - 4.0,
                y - 4.0
            )),
            Self::Unsure => svg.raw(format_args!(
                r##"<path d="M{x:.1} {:.1}l5 5l-5 5l-5 -5z" fill="{unsure}" stroke="#ffffff"/>"##,
                y - 5.0
            )),
            Self::Current => svg.raw(format_args!(
                r##"<circle cx="{x:.1}" cy="{y:.1}" r="8" fill="none" stroke="#ff2d95" stroke-width="2.5"/>"##
            )),
        }
    }
}

/// Draws dots: thousands of circles would make a large file, so that they are the round ends of
/// lines without length, all on one path.
pub(super) fn dots(svg: &mut Svg, path: &str, colour: &str) {
    for (width, colour) in [(4.0, "#00000077"), (2.8, colour)] {
        svg.raw(format_args!(
            r#"<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-linecap="round"/>"#
        ));
    }
}

/// Whether a pixel is within a frame or on its border.
pub(super) fn is_within(frame: &Frame, [x, y]: [f64; 2]) -> bool {
    (frame.left - 1.0..=frame.left + frame.width + 1.0).contains(&x)
        && (frame.top - 1.0..=frame.top + frame.height + 1.0).contains(&y)
}

/// Draws the marks within a frame, dots below all others.
pub(super) fn draw_marks(marks: &[Mark], svg: &mut Svg, frame: &Frame) {
    let seen = || {
        let placed = marks.iter().map(|mark| (mark.shape, frame.at(mark.at)));
        placed.filter(|(_, at)| is_within(frame, *at))
    };
    let mut path = String::new();
    for (_, [x, y]) in seen().filter(|(shape, _)| *shape == Shape::Dot) {
        // Writing to a string does not fail.
        let _ = write!(path, "M{x:.1} {y:.1}h.01");
    }
    if !path.is_empty() {
        dots(svg, &path, PLAIN);
    }
    for (shape, at) in seen().filter(|(shape, _)| *shape != Shape::Dot) {
        shape.draw(svg, at);
    }
}

/// Says what the marks are, in one line from a pixel on.
pub(super) fn legend(marks: &[Mark], svg: &mut Svg, [left, y]: [f64; 2]) {
    let mut x = left + 8.0;
    for shape in Shape::ALL {
        let same = |mark: &&Mark| match shape {
            Shape::Tagged(_) => matches!(mark.shape, Shape::Tagged(_)),
            _ => mark.shape == shape,
        };
        if let Some(shape) = marks.iter().find(same).map(|mark| mark.shape) {
            shape.draw(svg, [x, y]);
            svg.text([x + 13.0, y + 4.5], Anchor::Start, shape.words(), 12.0);
            x += 34.0 + 6.3 * shape.words().len() as f64;
        }
    }
}
