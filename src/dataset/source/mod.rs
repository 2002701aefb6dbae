//! Where instances come from, one seam for all of it: what is at a path ([`Source::probe`]), how it
//! would be read ([`preview`](preview::preview)), its instances ([`read_path`](read::read_path)), and
//! new ones by the schema of those ([`Incoming`](incoming::Incoming)).

pub(super) mod again;
pub(super) mod describe;
pub(super) mod incoming;
pub(super) mod preview;
pub(super) mod read;
mod suited;

use std::path::Path;

use super::{ReadOptions, Role, Schema, sequences};
use crate::imaging::holds_images;

/// What instances are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Rows of a table.
    Table,
    /// Images.
    Images,
    /// Sequences.
    Sequences,
}

impl Source {
    /// What is at a path, as it is to be read.
    pub fn probe(path: &Path, options: &ReadOptions) -> Self {
        // First, as an array of few floats at each of many moments is no picture.
        if sequences::is_meant(path, options) {
            Self::Sequences
        } else if holds_images(path) {
            Self::Images
        } else {
            Self::Table
        }
    }

    /// What the instances of a schema are made of.
    pub fn of(schema: &Schema) -> Self {
        let has_scores = schema.has_given_scores();
        let id = schema
            .columns()
            .first()
            .filter(|column| column.role == Role::Id);
        match id.map(|column| column.name.as_str()) {
            Some("image") if has_scores => Self::Images,
            Some("sequence") if has_scores => Self::Sequences,
            _ => Self::Table,
        }
    }
}
