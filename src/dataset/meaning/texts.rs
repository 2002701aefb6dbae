//! Which columns are texts, before any of them is read.

use super::{codes, digits};
use crate::dataset::Meaning;
use crate::dataset::frame::Frame;
use crate::dataset::names::Part;

/// Says which columns are to be read as texts, though they may look like numbers.
pub(in crate::dataset) fn texts(frame: &Frame, parts: &[Part], texts: &mut [bool]) {
    for (place, is_text) in texts.iter_mut().enumerate() {
        let cells = || codes::cells(&frame.sample, place);
        *is_text |= match parts[place] {
            Part::Id | Part::OtherId | Part::LeftOut(_) => true,
            Part::Chosen(Meaning::Number) => frame.marks[place] == b',',
            Part::Chosen(_) => true,
            Part::Label | Part::UnwantedLabel | Part::PerhapsTruth | Part::PerhapsLabel => false,
            Part::Code | Part::Time(_) => true,
            Part::Ordinary => {
                frame.marks[place] == b','
                    || frame.categories.contains(&frame.names[place])
                    || codes::are_codes(&frame.names[place], cells()).is_some()
                    || digits::in_digits(&frame.names[place], cells()).is_some()
            }
        };
    }
}
