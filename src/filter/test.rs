//! What an expression asks of a row.

use super::token::Compare;
use super::{Field, Rows};

/// A question that a row answers with yes or no.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Test {
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
    Numbers(Side, Compare, Side),
    /// A field holds one of a few texts, and these are wanted, by code.
    Coded(Field, Vec<bool>),
    Id(IdTest),
    /// A value in any column.
    Anywhere(Seek),
}

/// A side of a comparison of numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Side {
    Field(Field),
    Constant(f64),
}

/// What is asked of an id that is a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum IdTest {
    OneOf(Vec<String>),
    /// A part of it, in small letters.
    Contains(String),
    /// It is a number, and this is true of it.
    Number(Compare, f64),
}

/// A value that is looked for in every column.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Seek {
    /// The text, in small letters.
    pub(super) text: String,
    /// The number, where it is one, with the features that hold numbers.
    pub(super) number: Option<(f32, Vec<usize>)>,
    /// The columns of texts, and which of their values have it in them.
    pub(super) coded: Vec<(Field, Vec<bool>)>,
}

impl Test {
    /// Whether a row answers with yes.
    pub(super) fn holds(&self, rows: &Rows<'_>, row: usize) -> bool {
        match self {
            Self::All(tests) => tests.iter().all(|test| test.holds(rows, row)),
            Self::Any(tests) => tests.iter().any(|test| test.holds(rows, row)),
            Self::Not(test) => !test.holds(rows, row),
            Self::Numbers(left, compare, right) => {
                compare.holds(left.value(rows, row), right.value(rows, row))
            }
            Self::Coded(field, wanted) => is_wanted(rows, *field, wanted, row),
            Self::Id(test) => test.holds(&rows.id(row)),
            Self::Anywhere(seek) => seek.finds(rows, row),
        }
    }

    /// Whether it asks for a field.
    pub(super) fn asks_for(&self, field: Field) -> bool {
        let is_side = |side: &Side| *side == Side::Field(field);
        match self {
            Self::All(tests) | Self::Any(tests) => tests.iter().any(|test| test.asks_for(field)),
            Self::Not(test) => test.asks_for(field),
            Self::Numbers(left, _, right) => is_side(left) || is_side(right),
            Self::Coded(other, _) => *other == field,
            Self::Id(_) => field == Field::Id,
            Self::Anywhere(seek) => {
                field == Field::Id || seek.coded.iter().any(|(other, _)| *other == field)
            }
        }
    }
}

impl Side {
    fn value(self, rows: &Rows<'_>, row: usize) -> f64 {
        match self {
            Self::Field(field) => rows.number(field, row),
            Self::Constant(value) => value,
        }
    }
}

impl IdTest {
    fn holds(&self, id: &str) -> bool {
        match self {
            Self::OneOf(ids) => ids.iter().any(|other| other == id),
            Self::Contains(part) => id.to_lowercase().contains(part),
            Self::Number(compare, number) => id
                .parse::<f64>()
                .is_ok_and(|value| compare.holds(value, *number)),
        }
    }
}

impl Seek {
    fn finds(&self, rows: &Rows<'_>, row: usize) -> bool {
        let features = rows.model.fitted().dataset().features();
        let is_number = |(number, indices): &(f32, Vec<usize>)| {
            indices
                .iter()
                .any(|&index| features[[row, index]] == *number)
        };
        rows.id(row).to_lowercase().contains(&self.text)
            || self.number.as_ref().is_some_and(is_number)
            || (self.coded.iter()).any(|(field, wanted)| is_wanted(rows, *field, wanted, row))
    }
}

fn is_wanted(rows: &Rows<'_>, field: Field, wanted: &[bool], row: usize) -> bool {
    wanted.get(rows.code(field, row)).copied().unwrap_or(false)
}
