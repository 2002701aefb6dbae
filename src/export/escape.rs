//! Texts of strangers in files that other programs open.

use std::borrow::Cow;

use crate::chart::defused;

/// How texts are written into the cells of a CSV file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cells {
    /// A text that a spreadsheet would take for a formula gets an apostrophe before it.
    #[default]
    Defused,
    /// As they are.
    Raw,
}

impl Cells {
    /// A text as it is to be written.
    pub fn text<'a>(self, text: &'a str) -> Cow<'a, str> {
        match self {
            Self::Defused => defused(text),
            Self::Raw => Cow::Borrowed(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_defused_and_nothing_else_is_changed() {
        for risky in [
            "=A1", "+A1", "-A1", "@SUM(A1)", "\t=A1", "\r=A1", "=", "-2+3", "-1e",
        ] {
            assert_eq!(defused(risky), format!("'{risky}"));
            assert_eq!(Cells::Raw.text(risky), risky);
        }
        for plain in ["", "a=b", "1-2", "-12", "+1.5e3", "'=A1", " =A1"] {
            assert_eq!(Cells::default().text(plain), plain);
        }
    }
}
