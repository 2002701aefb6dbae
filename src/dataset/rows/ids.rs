//! How the analyst calls the instances.

/// Longest id, in bytes; longer is no id, and would not be bounded.
pub(in crate::dataset) const MAX_ID: usize = 1000;

/// The id column: one short text per instance, kept in one string.
#[derive(Clone, Debug)]
pub(in crate::dataset) struct Ids {
    column: String,
    text: String,
    ends: Vec<usize>,
}

impl Ids {
    pub(in crate::dataset) fn new(column: String) -> Self {
        Self {
            column,
            text: String::new(),
            ends: Vec::new(),
        }
    }

    /// Adds the id of the next instance.
    pub(in crate::dataset) fn push(&mut self, id: &str) {
        self.text.push_str(id);
        self.ends.push(self.text.len());
    }

    /// The id of an instance; `None` where its cell is empty.
    pub(in crate::dataset) fn get(&self, instance: usize) -> Option<&str> {
        let end = *self.ends.get(instance)?;
        let start = match instance {
            0 => 0,
            _ => self.ends[instance - 1],
        };
        Some(&self.text[start..end]).filter(|id| !id.is_empty())
    }

    /// The name of the column.
    pub(in crate::dataset) fn column(&self) -> &str {
        &self.column
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_kept_apart() {
        let mut ids = Ids::new("id".into());
        ["a", "", "bc"].into_iter().for_each(|id| ids.push(id));
        assert_eq!(ids.get(0), Some("a"));
        assert_eq!(ids.get(1), None);
        assert_eq!(ids.get(2), Some("bc"));
        assert_eq!(ids.get(3), None);
    }
}
