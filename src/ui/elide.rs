//! Texts that are longer than their place: what tells ids apart is mostly at their ends, so the
//! middle is left out.

use eframe::egui::{Color32, FontId, Painter};

/// A text, without so much of its middle that it fits a width.
pub(super) fn middle(painter: &Painter, text: &str, font: &FontId, width: f32) -> String {
    shortened(text, |text| self::width(painter, text, font) <= width)
}

/// The width of a text on one line, in points.
pub(super) fn width(painter: &Painter, text: &str, font: &FontId) -> f32 {
    let galley = painter.layout_no_wrap(text.to_owned(), font.clone(), Color32::WHITE);
    galley.size().x
}

/// The longest text without a part of the middle that fits; at least its first letter.
fn shortened(text: &str, fits: impl Fn(&str) -> bool) -> String {
    if text.is_empty() || fits(text) {
        return text.to_owned();
    }
    let letters: Vec<char> = text.chars().collect();
    let without_middle = |kept: usize| -> String {
        let head = kept.div_ceil(2);
        let tail = letters.len() - (kept - head);
        let mut short: String = letters[..head].iter().collect();
        short.push('…');
        short.extend(&letters[tail..]);
        short
    };
    // The longest that fits: between one letter and all but one.
    let (mut low, mut high) = (1, letters.len().saturating_sub(1).max(1));
    while low < high {
        let kept = (low + high).div_ceil(2);
        match fits(&without_middle(kept)) {
            true => low = kept,
            false => high = kept - 1,
        }
    }
    without_middle(low)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_is_left_out_and_both_ends_stay() {
        let within = |most: usize| move |text: &str| text.chars().count() <= most;
        assert_eq!(shortened("abcdef", within(6)), "abcdef");
        assert_eq!(shortened("abcdef", within(5)), "ab…ef");
        assert_eq!(shortened("åbcdéf", within(4)), "åb…f");
        assert_eq!(shortened("abcdef", within(0)), "a…");
        assert_eq!(shortened("", within(0)), "");
    }
}
