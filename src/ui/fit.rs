//! Texts in the room that there is: numbers keep their size, and names give way to numbers.

use eframe::egui::{FontId, Painter, TextStyle, Ui};

use super::{elide, number};

/// A number in at most so many points, with fewer digits where it has to be: never without its
/// exponent, whatever the room.
pub(super) fn number(painter: &Painter, text: &str, font: &FontId, width: f32) -> String {
    let mut shown = text.to_owned();
    while elide::width(painter, &shown, font) > width {
        match number::shorter(&shown) {
            Some(shorter) => shown = shorter,
            None => break,
        }
    }
    shown
}

/// A line of a name and what follows it, in the room that is left in `ui`: where it is too long,
/// the name is cut in its middle, and what follows stays whole.
pub(super) fn named(ui: &Ui, name: &str, rest: &str) -> String {
    let font = TextStyle::Body.resolve(ui.style());
    let painter = ui.painter();
    let room = ui.available_width() - elide::width(painter, rest, &font);
    elide::middle(painter, name, &font, room) + rest
}
