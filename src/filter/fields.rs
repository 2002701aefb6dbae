//! What an expression can speak of.

use crate::dataset::{Dataset, Role};
use crate::session::{Tag, TagNames};

/// Something that a row has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Its rank, 1 for the most anomalous.
    Rank,
    /// Its anomaly score.
    Score,
    /// What the analyst calls it.
    Id,
    /// The analyst's answer.
    Answer,
    /// The type of anomaly that the analyst gave it.
    Tag,
    /// Its most relevant member.
    Member,
    /// The number in a feature.
    Number(usize),
    /// The text that features of 0 and 1 stand for, by its place in [`Fields`].
    Category(usize),
}

/// A column of texts that was encoded.
#[derive(Clone, Debug)]
pub(super) struct Category {
    /// The feature of its first value.
    pub(super) first: usize,
    /// Its values, in the order of their features.
    pub(super) values: Vec<String>,
}

/// Everything that the rows of a table have, by name.
#[derive(Clone, Debug)]
pub struct Fields {
    columns: Vec<(String, Field)>,
    features: Vec<String>,
    pub(super) categories: Vec<Category>,
    pub(super) members: Vec<String>,
    /// What the tags are called, by their places.
    pub(super) tags: Vec<String>,
    pub(super) id_column: Option<String>,
}

/// What GLAD knows of a row, by name.
const OWN: [(&str, Field); 6] = [
    ("rank", Field::Rank),
    ("id", Field::Id),
    ("score", Field::Score),
    ("member", Field::Member),
    ("answer", Field::Answer),
    ("tag", Field::Tag),
];

/// What a name without quotes stands for.
pub(super) enum Named {
    One(Field),
    /// It is a column's and also one of GLAD's own.
    Both,
    Nothing,
}

impl Fields {
    /// The fields of a table's rows, scored by members of these names.
    pub fn new(dataset: &Dataset, members: Vec<String>) -> Self {
        let (mut columns, mut categories) = (Vec::new(), Vec::new());
        let mut feature = 0;
        for column in dataset.columns() {
            match &column.role {
                Role::Feature | Role::Score { .. } | Role::OfTime { .. } => {
                    columns.push((column.name.clone(), Field::Number(feature)));
                    feature += 1;
                }
                Role::OneHot { values } => {
                    columns.push((column.name.clone(), Field::Category(categories.len())));
                    categories.push(Category {
                        first: feature,
                        values: values.clone(),
                    });
                    feature += values.len();
                }
                Role::Label | Role::Id | Role::Time | Role::LeftOut { .. } => {}
            }
        }
        Self {
            columns,
            features: dataset.feature_names().to_vec(),
            categories,
            members,
            tags: tags(&TagNames::default()),
            id_column: dataset.id_column().map(str::to_owned),
        }
    }

    /// Calls the tags by other names; false where they are called so already.
    pub fn name_tags(&mut self, names: &TagNames) -> bool {
        let tags = tags(names);
        let is_new = tags != self.tags;
        self.tags = tags;
        is_new
    }

    /// All of them, each with the name that says which one is meant whatever columns are called:
    /// first what GLAD knows, then the columns in their order.
    pub fn all(&self) -> impl Iterator<Item = (String, Field)> + '_ {
        let own = OWN.iter().map(|(name, field)| (format!("@{name}"), *field));
        own.chain(self.columns.iter().cloned())
    }

    /// The field of a name as [`Fields::all`] gives it.
    pub fn of_key(&self, key: &str) -> Option<Field> {
        self.own(key).or_else(|| self.column(key))
    }

    /// What a field is called on screen.
    pub fn title(&self, field: Field) -> &str {
        match field {
            Field::Rank => "rank",
            Field::Id => self.id_column.as_deref().unwrap_or("row"),
            Field::Score => "score",
            Field::Member => "most relevant",
            Field::Answer => "answer",
            Field::Tag => "tag",
            Field::Number(_) | Field::Category(_) => {
                let column = self.columns.iter().find(|(_, other)| *other == field);
                column.map_or("", |(name, _)| name)
            }
        }
    }

    /// The features that hold numbers of their own.
    pub(super) fn numbers(&self) -> impl Iterator<Item = usize> + '_ {
        self.columns.iter().filter_map(|(_, field)| match field {
            Field::Number(feature) => Some(*feature),
            _ => None,
        })
    }

    /// What a name stands for.
    pub(super) fn named(&self, name: &str) -> Named {
        if let Some(field) = self.own(name) {
            return Named::One(field);
        }
        let own = OWN.iter().find(|(own, _)| own.eq_ignore_ascii_case(name));
        match (own, self.column(name)) {
            (Some(_), Some(_)) => Named::Both,
            (Some((_, field)), None) => Named::One(*field),
            (None, Some(field)) => Named::One(field),
            (None, None) => Named::Nothing,
        }
    }

    /// What is called so with an `@`.
    fn own(&self, name: &str) -> Option<Field> {
        let name = name.strip_prefix('@')?;
        let own = OWN.iter().find(|(own, _)| own.eq_ignore_ascii_case(name));
        own.map(|(_, field)| *field)
    }

    /// The column of a name, or the feature that one of its values gave; where there is none, the
    /// only one that differs from it in capitals.
    pub(super) fn column(&self, name: &str) -> Option<Field> {
        let is_id = |id: &String| id == name;
        if self.id_column.as_ref().is_some_and(is_id) {
            return Some(Field::Id);
        }
        let exact = self.columns.iter().find(|(column, _)| column == name);
        if let Some((_, field)) = exact {
            return Some(*field);
        }
        if let Some(feature) = self.features.iter().position(|feature| feature == name) {
            return Some(Field::Number(feature));
        }
        let lower = name.to_lowercase();
        let mut alike = self
            .columns
            .iter()
            .filter(|(column, _)| column.to_lowercase() == lower);
        match (alike.next(), alike.next()) {
            (Some((_, field)), None) => Some(*field),
            _ => None,
        }
    }

    /// The names that differ least from one that there is not.
    pub(super) fn near(&self, name: &str) -> Option<String> {
        let name = name.to_lowercase();
        let own = OWN.iter().map(|(own, _)| *own);
        let columns = self.columns.iter().map(|(column, _)| column.as_str());
        let id = self.id_column.as_deref();
        own.chain(id)
            .chain(columns)
            .map(|other| (distance(&name, &other.to_lowercase()), other))
            .filter(|(distance, other)| *distance <= 1 + other.len() / 5)
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, other)| other.to_owned())
    }
}

fn tags(names: &TagNames) -> Vec<String> {
    Tag::ALL.map(|tag| names.of(tag)).to_vec()
}

/// The number of letters to add, leave out or replace.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (index, letter) in a.chars().enumerate() {
        let mut corner = std::mem::replace(&mut row[0], index + 1);
        for (at, other) in b.iter().enumerate() {
            let replaced = corner + usize::from(letter != *other);
            corner = row[at + 1];
            row[at + 1] = replaced.min(corner + 1).min(row[at] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_differ_are_counted() {
        for (a, b, expected) in [("amount", "amuont", 2), ("a", "", 1), ("score", "score", 0)] {
            assert_eq!(distance(a, b), expected);
            assert_eq!(distance(b, a), expected);
        }
    }
}
