//! The keys of the tags: one line of the sheet, nine keys.

use eframe::egui::Key;

use crate::app::Tag;

/// What the keys of the tags do; they are one line of the sheet.
pub(in crate::ui) const TAGS: (&str, &str) = (
    "1 to 9",
    "Answer: an anomaly with this tag; of an anomaly already it changes the tag, or takes it away",
);

/// The key of a tag.
pub(super) fn digit(tag: Tag) -> Key {
    const DIGITS: [Key; 9] = [
        Key::Num1,
        Key::Num2,
        Key::Num3,
        Key::Num4,
        Key::Num5,
        Key::Num6,
        Key::Num7,
        Key::Num8,
        Key::Num9,
    ];
    DIGITS[tag.index()]
}
