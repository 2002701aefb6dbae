//! By what a session knows its table again.

use std::fmt::Write;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::dataset::{Column, Dataset, Label};

/// What tells one table from another: content, shape, and what became of its columns.
///
/// The content is that of the table as it was read (values, ids, labels), not of the file's bytes:
/// a table that was gzipped, renamed or moved is the same one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fingerprint {
    /// The number of instances.
    pub instances: usize,
    /// The number of features.
    pub features: usize,
    /// The columns with their roles.
    pub columns: Vec<Column>,
    /// SHA-256 of the content, in hexadecimal digits.
    pub sha256: String,
}

impl Fingerprint {
    pub(in crate::dataset) fn of(dataset: &Dataset) -> Self {
        Self {
            instances: dataset.n_instances(),
            features: dataset.n_features(),
            columns: dataset.columns().to_vec(),
            sha256: content(dataset),
        }
    }

    /// How another table differs from this one, as it follows "the table"; `None` if it is the same.
    pub fn difference(&self, other: &Self) -> Option<String> {
        let counts = [
            ("instances", self.instances, other.instances),
            ("features", self.features, other.features),
            ("columns", self.columns.len(), other.columns.len()),
        ];
        if let Some((what, was, is)) = counts.iter().find(|(_, was, is)| was != is) {
            return Some(format!("has {is} {what} where the session's has {was}"));
        }
        let columns = self.columns.iter().zip(&other.columns);
        if let Some((was, is)) = columns.clone().find(|(was, is)| was.name != is.name) {
            let (was, is) = (
                crate::dataset::text::quote(&was.name),
                crate::dataset::text::quote(&is.name),
            );
            return Some(format!("has a column {is} where the session's has {was}"));
        }
        if let Some((was, _)) = columns.clone().find(|(was, is)| was.role != is.role) {
            let name = crate::dataset::text::quote(&was.name);
            return Some(format!("uses its column {name} in another way"));
        }
        (self.sha256 != other.sha256).then(|| "has other values, ids or labels".to_owned())
    }
}

fn content(dataset: &Dataset) -> String {
    let mut hash = Sha256::new();
    let mut bytes = Vec::new();
    for row in dataset.features().rows() {
        bytes.clear();
        row.iter()
            .for_each(|value| bytes.extend(value.to_bits().to_le_bytes()));
        hash.update(&bytes);
    }
    if let Some(ids) = &dataset.ids {
        hash.update(b"ids");
        for instance in 0..dataset.n_instances() {
            let id = ids.get(instance).unwrap_or_default();
            hash.update((id.len() as u64).to_le_bytes());
            hash.update(id.as_bytes());
        }
    }
    if let Some(truth) = dataset.truth() {
        hash.update(b"labels");
        let code = |label: &Option<Label>| match label {
            None => 0,
            Some(Label::Anomaly) => 1,
            Some(Label::Nominal) => 2,
        };
        hash.update(truth.labels().iter().map(code).collect::<Vec<u8>>());
    }
    hexadecimal(&hash.finalize())
}

/// Bytes as two hexadecimal digits each.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::{ReadOptions, read_from};

    fn fingerprint(text: &str) -> Fingerprint {
        let dataset = read_from(text.as_bytes(), "t", &ReadOptions::default()).expect("a table");
        dataset.fingerprint().clone()
    }

    #[test]
    fn a_table_is_known_by_its_content_and_not_by_its_spelling() {
        let first = fingerprint("x,y\n1,2\n3,1\n2,5\n");
        assert_eq!(
            first.difference(&fingerprint("x;y\r\n1.0;2\r\n3;1e0\r\n2;5")),
            None
        );
        let told = |text: &str| first.difference(&fingerprint(text)).expect("a difference");
        assert!(told("x,y\n1,2\n3,1\n2,5\n2,6\n").contains("4 instances where"));
        assert!(told("x,z\n1,2\n3,1\n2,5\n").contains("a column “z” where"));
        assert!(told("x,y\n1,2\n3,1\n2,5.5\n").contains("other values"));
    }
}
