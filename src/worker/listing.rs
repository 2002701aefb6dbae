//! Rows of a table, filtered and sorted.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::detector::Model;
use crate::filter::{Field, Fields, Filter, Rows, ordered};
use crate::numeric::{Cancelled, Watch};
use crate::session::Reply;

/// Rows between two looks whether they are still wanted.
const PIECE: usize = 4_096;

/// Which rows, in which order.
#[derive(Clone, Debug)]
pub struct ListRequest {
    /// The model.
    pub model: Arc<Model>,
    /// What was said in the answers.
    pub replies: Arc<BTreeMap<usize, Reply>>,
    /// What rows have.
    pub fields: Arc<Fields>,
    /// The rows to choose from, best first; all of the table where there are none given.
    pub among: Option<Vec<usize>>,
    /// The condition that they meet.
    pub filter: Option<Filter>,
    /// Whether those with an answer are left out.
    pub open_only: bool,
    /// What they are sorted by.
    pub by: Field,
    /// Whether the largest comes first.
    pub descending: bool,
}

/// Rows of a table, filtered and sorted.
#[derive(Clone, Debug)]
pub struct Listing {
    /// The model that they are seen by.
    pub model: Arc<Model>,
    /// The instances, in their order.
    pub rows: Vec<usize>,
    /// The rank of every instance, 0 for the most anomalous, where all were chosen from.
    pub ranks: Option<Vec<u32>>,
    /// The most relevant member of every instance, where it was asked for.
    pub leading: Option<Vec<u16>>,
    /// How many there were to choose from.
    pub among: usize,
}

impl ListRequest {
    /// Does the work.
    ///
    /// # Errors
    /// [`Cancelled`] where other rows are wanted meanwhile.
    pub(super) fn run(self, watch: &mut dyn Watch) -> Result<Listing, Cancelled> {
        let n = self.model.scores().len();
        let is_whole = self.among.is_none();
        let mut rows = self.among.clone().unwrap_or_else(|| self.model.top(n));
        let among = rows.len();
        let ranks = is_whole.then(|| {
            let mut ranks = vec![0; n];
            for (rank, &instance) in rows.iter().enumerate() {
                ranks[instance] = rank as u32;
            }
            ranks
        });
        if self.open_only {
            rows.retain(|row| !self.replies.contains_key(row));
        }
        let asks = |filter: &Filter| filter.asks_for(Field::Member);
        let leading = match self.by == Field::Member || self.filter.as_ref().is_some_and(asks) {
            true => Some(self.leading(&rows, watch)?),
            false => None,
        };
        let view = Rows {
            fields: &self.fields,
            model: &self.model,
            replies: &self.replies,
            ranks: ranks.as_deref(),
            leading: leading.as_deref(),
        };
        if let Some(filter) = &self.filter {
            let (mut kept, total) = (Vec::new(), rows.len());
            for (piece, part) in rows.chunks(PIECE).enumerate() {
                watch.step("filtering", piece * PIECE, total)?;
                kept.extend(part.iter().filter(|&&row| filter.holds(&view, row)));
            }
            rows = kept;
        }
        // They come by rank already.
        if self.by != Field::Rank {
            watch.step("sorting", 0, 1)?;
            rows = ordered(&view, rows, self.by, self.descending);
        } else if self.descending {
            rows.reverse();
        }
        Ok(Listing {
            model: self.model,
            rows,
            ranks,
            leading,
            among,
        })
    }

    /// The most relevant members of some rows, by instance.
    fn leading(&self, rows: &[usize], watch: &mut dyn Watch) -> Result<Vec<u16>, Cancelled> {
        let mut leading = vec![0; self.model.scores().len()];
        for (piece, part) in rows.chunks(PIECE).enumerate() {
            watch.step("asking members", piece * PIECE, rows.len())?;
            let parts = self.model.parts_of(part);
            for (index, &row) in part.iter().enumerate() {
                leading[row] = parts.most_relevant(index) as u16;
            }
        }
        Ok(leading)
    }
}
