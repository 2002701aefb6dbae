//! What the rows of a table hold.

use std::collections::BTreeMap;

use super::{Field, Fields};
use crate::dataset::Dataset;
use crate::detector::Model;
use crate::numeric::number;
use crate::session::{Answer, Reply, Tag};

/// The rows of a table as they are believed and answered at the moment.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a> {
    /// What they have.
    pub fields: &'a Fields,
    /// The model.
    pub model: &'a Model,
    /// What was said in the answers.
    pub replies: &'a BTreeMap<usize, Reply>,
    /// Their ranks, 0 for the most anomalous, where they are at hand.
    pub ranks: Option<&'a [u32]>,
    /// Their most relevant members, where they are at hand.
    pub leading: Option<&'a [u16]>,
}

/// The code of a row without an answer.
pub(super) const OPEN: usize = Answer::ALL.len();

impl Rows<'_> {
    fn dataset(&self) -> &Dataset {
        self.model.fitted().dataset()
    }

    /// The rank of a row, 1 for the most anomalous.
    pub fn rank(&self, row: usize) -> usize {
        let known = self.ranks.and_then(|ranks| ranks.get(row));
        known.map_or_else(|| self.model.rank_of(row), |&rank| rank as usize) + 1
    }

    /// The most relevant member of a row.
    pub fn member(&self, row: usize) -> usize {
        let known = self.leading.and_then(|leading| leading.get(row));
        known.map_or_else(
            || self.model.most_relevant(row),
            |&member| usize::from(member),
        )
    }

    fn tag(&self, row: usize) -> Option<Tag> {
        self.replies.get(&row)?.tag
    }

    /// The number in a field; of texts their code.
    pub(super) fn number(&self, field: Field, row: usize) -> f64 {
        match field {
            Field::Rank => self.rank(row) as f64,
            Field::Score => f64::from(self.model.scores()[row]),
            Field::Id => row as f64 + 1.0,
            Field::Number(feature) => f64::from(self.dataset().features()[[row, feature]]),
            Field::Answer | Field::Tag | Field::Member | Field::Category(_) => {
                self.code(field, row) as f64
            }
        }
    }

    /// Which of the texts that a field can hold a row has.
    pub(super) fn code(&self, field: Field, row: usize) -> usize {
        match field {
            Field::Answer => match self.replies.get(&row) {
                Some(reply) => Answer::ALL.iter().position(|other| *other == reply.answer),
                None => None,
            }
            .unwrap_or(OPEN),
            Field::Tag => self.tag(row).map_or(Tag::ALL.len(), Tag::index),
            Field::Member => self.member(row),
            Field::Category(place) => {
                let category = &self.fields.categories[place];
                let features = self.dataset().features();
                let held = |value: &usize| features[[row, category.first + value]] > 0.5;
                (0..category.values.len()).find(held).unwrap_or(0)
            }
            Field::Rank | Field::Score | Field::Id | Field::Number(_) => 0,
        }
    }

    /// What the analyst calls a row.
    pub fn id(&self, row: usize) -> String {
        self.dataset().id(row)
    }

    /// A field of a row as it stands in a list.
    pub fn text(&self, field: Field, row: usize) -> String {
        match field {
            Field::Rank => number::count(self.rank(row)),
            Field::Score => format!("{:.3}", self.model.scores()[row]),
            Field::Id => self.id(row),
            Field::Number(feature) => number::value(self.dataset().features()[[row, feature]]),
            Field::Answer => match self.replies.get(&row) {
                Some(reply) => reply.answer.name().to_owned(),
                None => String::new(),
            },
            Field::Tag => match self.tag(row) {
                Some(tag) => self.fields.tags[tag.index()].clone(),
                None => String::new(),
            },
            Field::Member | Field::Category(_) => {
                let texts = self.fields.texts(field);
                texts
                    .get(self.code(field, row))
                    .cloned()
                    .unwrap_or_default()
            }
        }
    }
}

impl Fields {
    /// The texts that a field can hold, by their codes; of other fields none.
    pub(super) fn texts(&self, field: Field) -> Vec<String> {
        match field {
            Field::Answer => {
                let named = Answer::ALL.iter().map(|answer| answer.name());
                named
                    .chain(std::iter::once("none"))
                    .map(str::to_owned)
                    .collect()
            }
            Field::Tag => {
                let named = self.tags.iter().cloned();
                named.chain(std::iter::once("none".to_owned())).collect()
            }
            Field::Member => self.members.clone(),
            Field::Category(place) => self.categories[place].values.clone(),
            Field::Rank | Field::Score | Field::Id | Field::Number(_) => Vec::new(),
        }
    }

    /// Whether a field holds one of a few texts.
    pub(super) fn is_coded(&self, field: Field) -> bool {
        matches!(
            field,
            Field::Answer | Field::Tag | Field::Member | Field::Category(_)
        )
    }

    /// Whether a field holds numbers.
    pub(super) fn is_number(&self, field: Field) -> bool {
        match field {
            Field::Rank | Field::Score | Field::Number(_) => true,
            Field::Id => self.id_column.is_none(),
            Field::Answer | Field::Tag | Field::Member | Field::Category(_) => false,
        }
    }
}
