//! The scores of a session's own table.

use std::collections::BTreeMap;
use std::path::Path;

use ndarray::s;

use super::stream::{WRITING, ranks};
use super::{Cells, ExportError, ScoreRow, TableWriter};
use crate::detector::Model;
use crate::numeric::Watch;
use crate::session::Answer;

/// Rows that are scored at once.
const ROWS: usize = 1 << 14;

/// Writes all instances of a model's table with score, rank, label and what the members say.
///
/// A label is what the analyst said, not the truth that may have come with the table; instances
/// without a label have an empty one.
///
/// # Errors
/// [`ExportError`] when the file cannot be written, and when `watch` cancels.
pub fn write_scores(
    model: &Model,
    answers: &BTreeMap<usize, Answer>,
    output: &Path,
    cells: Cells,
    watch: &mut dyn Watch,
) -> Result<(), ExportError> {
    let label = |instance: usize| {
        let label = answers.get(&instance).and_then(|answer| answer.label());
        label.map_or("", |label| label.name())
    };
    let dataset = model.fitted().dataset();
    let (trained, scores) = (model.trained(), model.scores());
    let members = trained.frozen().member_names();
    let n = dataset.n_instances();
    let ranks = ranks(scores);
    let mut writer = TableWriter::create(output, members.len(), cells)?;
    for start in (0..n).step_by(ROWS) {
        watch.step(WRITING, start, n)?;
        let rows = start..(start + ROWS).min(n);
        let scored = trained.score(dataset.features().slice(s![rows.clone(), ..]));
        for (row, instance) in rows.enumerate() {
            writer.row(&ScoreRow {
                id: &dataset.id(instance),
                score: scores[instance],
                rank: ranks[instance],
                label: label(instance),
                member: &members[scored.most_relevant(row)],
                relevance: &scored.relevance.row(row).to_vec(),
                member_scores: &scored.member_scores.row(row).to_vec(),
            })?;
        }
    }
    writer.finish()
}
