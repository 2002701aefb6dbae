//! Scores a table of any length with a trained detector.

use std::path::Path;

use super::row_queue::{QueuedRow, RowQueue};
use super::{Cells, ExportError, ScoreRow, TableKind, TableWriter, check_apart};
use crate::dataset::{Incoming, InstanceEncoder, ReadOptions};
use crate::detector::Trained;
use crate::numeric::{Ranking, Watch, both};

/// The phases, as [`Watch`] is told them.
pub const SCORING: &str = "scoring rows";
/// See [`SCORING`].
pub const WRITING: &str = "writing scores";

/// Most rows of a batch …
const ROWS: usize = 1 << 15;
/// … and about the most values of its features and scores.
const VALUES: usize = 1 << 22;

/// Rows between two looks at whether anybody waits.
const STRIDE: usize = 4096;

/// A table to score, and where to.
#[derive(Clone, Debug)]
pub struct ScoreJob<'a> {
    /// What scores.
    pub trained: &'a Trained,
    /// A table in a file of any format, images or sequences.
    pub table: &'a Path,
    /// How to read it.
    pub options: &'a ReadOptions,
    /// What was learnt of the images or sequences that it was trained on, where it was such.
    pub encoder: Option<InstanceEncoder<'a>>,
    /// The table of scores to write, `.csv` or `.parquet`.
    pub output: &'a Path,
    /// How texts are written.
    pub cells: Cells,
    /// Most rows of a batch; `None` takes as many as do the cores good. It changes nothing but
    /// memory and time.
    pub rows: Option<usize>,
}

/// What scoring a table has to tell.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoreReport {
    /// The score of each row, in their order.
    pub scores: Vec<f32>,
    /// Rows that score at least `q_tau`, as the top τ of the table that was trained on did.
    pub above: usize,
    /// The rows with the highest scores, at most [`TOP`], by rank.
    pub top: Vec<TopRow>,
    /// Sentences for the analyst.
    pub notices: Vec<String>,
}

/// How many rows a [`ScoreReport`] names.
pub const TOP: usize = 100;

/// One of the rows with the highest scores.
#[derive(Clone, Debug, PartialEq)]
pub struct TopRow {
    /// Its rank, 1 for the most anomalous.
    pub rank: u32,
    /// What it is called.
    pub id: String,
    /// Its anomaly score.
    pub score: f32,
    /// Its label; empty where it has none.
    pub label: String,
    /// The name of its most relevant member.
    pub member: String,
}

impl ScoreJob<'_> {
    /// Scores all rows and writes them with what the members say of each.
    ///
    /// A rank needs all scores, so there are two passes: the first reads and scores batch after
    /// batch, reading one while the cores score another, keeps the scores (4 bytes a row) and puts
    /// the rest in a file beside the output; the second ranks the scores (8 bytes a row more) and
    /// writes the rows of that file with their ranks. Memory is that of a batch and 12 bytes a row;
    /// equal rows give equal bits, on one core or many.
    ///
    /// # Errors
    /// [`ExportError`] when the table does not fit the detector's columns, when a file cannot be
    /// read or written, and when `watch` cancels.
    pub fn run(&self, watch: &mut dyn Watch) -> Result<ScoreReport, ExportError> {
        TableKind::of(self.output)?;
        check_apart(self.output, &[self.table])?;
        let schema = self.trained.frozen().schema();
        let rows = Incoming::open(self.table, schema, self.options, self.encoder, watch)?;
        self.run_on(rows, watch)
    }

    /// The same for instances that are open already.
    ///
    /// # Errors
    /// As [`run`](Self::run).
    pub fn run_on(
        &self,
        mut rows: Incoming<'_>,
        watch: &mut dyn Watch,
    ) -> Result<ScoreReport, ExportError> {
        let mut queue = RowQueue::new(self.output).map_err(|error| self.told(&error))?;
        let scores = self.score(&mut rows, &mut queue, watch)?;
        let top = self.write(&scores, &mut queue, watch)?;
        let q_tau = self.trained.q_tau();
        Ok(ScoreReport {
            above: scores.iter().filter(|score| **score >= q_tau).count(),
            scores,
            top,
            notices: rows.notices(),
        })
    }

    /// The first pass: scores all rows, and puts what the second needs in the queue.
    fn score(
        &self,
        rows: &mut Incoming<'_>,
        queue: &mut RowQueue,
        watch: &mut dyn Watch,
    ) -> Result<Vec<f32>, ExportError> {
        let frozen = self.trained.frozen();
        let width = frozen.d() + 2 * frozen.ensemble().len();
        let most = self.rows.unwrap_or((VALUES / width).clamp(1, ROWS));
        let mut scores = Vec::new();
        let mut batch = rows.next(most)?;
        while let Some(now) = batch {
            // How many rows there will be is not known before the end, but how long the file is.
            let (read, all) = rows.progress();
            watch.step(SCORING, read as usize, all as usize)?;
            let so_far = scores.len() + now.ids.len();
            if u32::try_from(so_far).is_err() {
                return Err(ExportError::TooManyRows(u32::MAX));
            }
            let (scored, next) = both(
                || self.trained.score(now.features.view()),
                || rows.next(most),
            );
            for (row, (id, label)) in now.ids.iter().zip(&now.labels).enumerate() {
                let relevance = scored.relevance.row(row);
                let numbers = relevance.iter().chain(scored.member_scores.row(row));
                // Members are few.
                let member = scored.most_relevant(row) as u32;
                let pushed = queue.push([id, label], member, numbers.copied());
                pushed.map_err(|error| self.told(&error))?;
            }
            scores.extend(scored.scores);
            batch = next?;
        }
        Ok(scores)
    }

    /// The second pass: ranks all rows, and writes what the queue holds of each; the first of them.
    fn write(
        &self,
        scores: &[f32],
        queue: &mut RowQueue,
        watch: &mut dyn Watch,
    ) -> Result<Vec<TopRow>, ExportError> {
        let members = self.trained.frozen().member_names();
        let ranks = ranks(scores);
        let mut writer = TableWriter::create(self.output, members.len(), self.cells)?;
        let mut reader = queue
            .rewind(members.len())
            .map_err(|error| self.told(&error))?;
        let mut row = QueuedRow::default();
        let mut top = Vec::new();
        for (done, (&score, &rank)) in scores.iter().zip(&ranks).enumerate() {
            if done % STRIDE == 0 {
                watch.step(WRITING, done, scores.len())?;
            }
            reader.next(&mut row).map_err(|error| self.told(&error))?;
            let member = &members[row.member as usize];
            writer.row(&ScoreRow {
                id: &row.id,
                score,
                rank,
                label: &row.label,
                member,
                relevance: &row.relevance,
                member_scores: &row.member_scores,
            })?;
            if rank as usize <= TOP {
                top.push(TopRow {
                    rank,
                    id: row.id.clone(),
                    score,
                    label: row.label.clone(),
                    member: member.clone(),
                });
            }
        }
        writer.finish()?;
        top.sort_by_key(|row| row.rank);
        Ok(top)
    }

    fn told(&self, error: &std::io::Error) -> ExportError {
        ExportError::unwritable(self.output, error)
    }
}

/// The rank of each row, 1 for the highest score; ties by row.
pub(super) fn ranks(scores: &[f32]) -> Vec<u32> {
    let mut ranks = vec![0_u32; scores.len()];
    for (rank, &row) in (1..).zip(Ranking::new(scores, scores.len()).top()) {
        ranks[row as usize] = rank;
    }
    ranks
}
