//! Writing SVG.

use std::fmt::Write;

use super::axis::{Axis, number, ticks};

/// The size of text, in pixels.
const TEXT: f64 = 13.0;

/// A picture under construction.
pub(super) struct Svg {
    text: String,
    width: f64,
    height: f64,
}

/// The rectangle of a chart in which its data are drawn, with the ranges that it shows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
    pub x: (f64, f64),
    pub y: (f64, f64),
}

impl Frame {
    /// The pixel of a point of the data.
    pub fn at(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let fraction = |value: f64, (low, high): (f64, f64)| (value - low) / (high - low);
        [
            self.left + self.width * fraction(x, self.x),
            self.top + self.height * (1.0 - fraction(y, self.y)),
        ]
    }
}

/// Where a text is anchored.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Svg {
    pub fn new(width: f64, height: f64, title: &str) -> Self {
        let mut text = format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" class="chart" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" font-family="Ubuntu, sans-serif" font-size="{TEXT}" color="#222222">"##
        );
        let _ = write!(
            text,
            r##"<title>{}</title><rect class="paper" width="{width}" height="{height}" fill="#ffffff"/>"##,
            escape(title)
        );
        let mut svg = Self {
            text,
            width,
            height,
        };
        svg.text([width / 2.0, 20.0], Anchor::Middle, title, 15.0);
        svg
    }

    /// Adds markup as it is.
    pub fn raw(&mut self, markup: std::fmt::Arguments<'_>) {
        // Writing to a string does not fail.
        let _ = self.text.write_fmt(markup);
    }

    /// Adds a text.
    pub fn text(&mut self, [x, y]: [f64; 2], anchor: Anchor, text: &str, size: f64) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let text = escape(text);
        self.raw(format_args!(
            r#"<text x="{x:.1}" y="{y:.1}" text-anchor="{anchor}" font-size="{size}" fill="currentColor">{text}</text>"#
        ));
    }

    /// Adds a line through pixels.
    pub fn line(&mut self, points: &[[f64; 2]], colour: &str, width: f64, dash: &str) {
        if points.len() < 2 {
            return;
        }
        self.raw(format_args!(
            r#"<path d="{}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-linejoin="round""#,
            path(points)
        ));
        if !dash.is_empty() {
            self.raw(format_args!(r#" stroke-dasharray="{dash}""#));
        }
        self.text.push_str("/>");
    }

    /// Draws the border, numbers, grid and labels of two axes; `grid` for lines at the numbers.
    pub fn axes(&mut self, frame: &Frame, x: &Axis, y: &Axis, grid: bool) {
        self.axes_with(frame, x, y, grid, None);
    }

    /// The same with given numbers up the vertical axis, as places and texts.
    pub fn axes_with(
        &mut self,
        frame: &Frame,
        x: &Axis,
        y: &Axis,
        grid: bool,
        up: Option<&[(f64, String)]>,
    ) {
        let Frame {
            left,
            top,
            width,
            height,
            ..
        } = *frame;
        let (right, bottom) = (left + width, top + height);
        let length = if grid { -height } else { 4.0 };
        for (tick, text) in numbered(frame.x, width / 80.0) {
            let [px, _] = frame.at([tick, frame.y.0]);
            self.tick([px, bottom], [px, bottom + length]);
            self.text([px, bottom + 17.0], Anchor::Middle, &text, 12.0);
        }
        let length = if grid { width } else { -4.0 };
        let up = up.map_or_else(|| numbered(frame.y, height / 45.0), <[_]>::to_vec);
        for (tick, text) in up {
            let [_, py] = frame.at([frame.x.0, tick]);
            self.tick([left, py], [left + length, py]);
            self.text([left - 7.0, py + 4.0], Anchor::End, &text, 12.0);
        }
        self.raw(format_args!(
            r#"<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="none" stroke="currentColor" stroke-opacity="0.6"/>"#
        ));
        self.text(
            [(left + right) / 2.0, bottom + 37.0],
            Anchor::Middle,
            &x.label,
            TEXT,
        );
        let (at_x, at_y) = (left - 50.0, (top + bottom) / 2.0);
        let label = escape(&y.label);
        self.raw(format_args!(
            r#"<text transform="translate({at_x:.1} {at_y:.1}) rotate(-90)" text-anchor="middle" fill="currentColor">{label}</text>"#
        ));
    }

    fn tick(&mut self, [x1, y1]: [f64; 2], [x2, y2]: [f64; 2]) {
        self.raw(format_args!(
            r#"<line x1="{x1:.1}" y1="{y1:.1}" x2="{x2:.1}" y2="{y2:.1}" stroke="currentColor" stroke-opacity="0.18"/>"#
        ));
    }

    /// The width and height in pixels.
    pub fn size(&self) -> (f64, f64) {
        (self.width, self.height)
    }

    pub fn finish(mut self) -> String {
        self.text.push_str("</svg>");
        self.text
    }
}

/// The numbers of an axis from `low` to `high`, about `count` of them, with their texts.
fn numbered((low, high): (f64, f64), count: f64) -> Vec<(f64, String)> {
    let all = ticks(low, high, count as usize);
    let step = match all.as_slice() {
        [first, second, ..] => second - first,
        _ => 0.0,
    };
    let numbered = all.into_iter().map(|tick| (tick, number(tick, step)));
    numbered.collect()
}

/// The path through pixels.
pub(super) fn path(points: &[[f64; 2]]) -> String {
    let mut text = String::with_capacity(points.len() * 12);
    for (place, [x, y]) in points.iter().enumerate() {
        let letter = if place == 0 { 'M' } else { 'L' };
        let _ = write!(text, "{letter}{x:.1} {y:.1}");
    }
    text
}

/// Makes a text harmless in markup, within an element or a quoted attribute. Marks that would turn
/// the direction of the words around it become blanks.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            // XML allows no other control characters.
            letter if letter.is_control() && letter != '\n' && letter != '\t' => safe.push(' '),
            '\u{fffe}' | '\u{ffff}' => safe.push(' '),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => safe.push(' '),
            letter => safe.push(letter),
        }
    }
    safe
}
