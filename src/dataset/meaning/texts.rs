//! Which columns are texts, before any of them is read.

use super::{codes, digits};
use crate::dataset::Meaning;
use crate::dataset::frame::Frame;
use crate::dataset::names::Part;

/// Says which columns are to be read as texts, though they may look like numbers.
pub(in crate::dataset) fn texts(frame: &Frame, parts: &[Part], texts: &mut [bool]) {
    for (column, is_text) in texts.iter_mut().enumerate() {
        let cells = || codes::cells(&frame.sample, column);
        *is_text |= match parts[column] {
            Part::Id | Part::OtherId | Part::LeftOut(_) => true,
            Part::Chosen(Meaning::Number) => frame.marks[column] == b',',
            Part::Chosen(_) => true,
            Part::Label | Part::UnwantedLabel | Part::PerhapsTruth | Part::PerhapsLabel => false,
            Part::Code | Part::Time(_) => true,
            Part::Ordinary => {
                frame.marks[column] == b','
                    || frame.categories.contains(&frame.names[column])
                    || codes::are_codes(&frame.names[column], cells()).is_some()
                    || digits::in_digits(&frame.names[column], cells()).is_some()
            }
        };
    }
}
