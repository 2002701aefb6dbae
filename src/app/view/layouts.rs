//! Views of the table beside the map: rows that are laid out, and the features that explain one.

use std::sync::Arc;

use super::View;
use crate::figures::Embedding;

impl<'a> View<'a> {
    /// The rows that are laid out.
    pub fn embedding(self) -> Option<&'a Arc<Embedding>> {
        let embedding = self.state.layouts.embedding.as_ref()?;
        let is_present = Arc::ptr_eq(embedding.model.fitted(), self.open.model.fitted());
        is_present.then_some(embedding)
    }

    /// Whether rows are being laid out.
    pub fn is_embedding(self) -> bool {
        self.state.layouts.asked.is_some()
    }

    /// The features that explain the current candidate, the strongest first, as far as that is
    /// worked out.
    pub fn explaining(self) -> Vec<usize> {
        let why = self
            .why()
            .filter(|(why, _)| self.selected() == Some(why.instance));
        let shares = why.map_or(&[][..], |(why, _)| &why.features);
        shares.iter().map(|share| share.feature).collect()
    }
}
