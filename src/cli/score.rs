//! `glad score`: another table, of any length, by a trained session.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::export::cells;
use super::present::{Present, TableLocation, read_saved};
use super::progress::RowBar;
use super::{DataArguments, Failure, remark};
use crate::dataset::{InstanceEncoder, Origin};
use crate::export::{ScoreJob, TableKind, check_output};
use crate::numeric::number::{count, many};

/// Which table to score by which session.
#[derive(Clone, Debug, Args)]
pub struct ScoreArguments {
    /// A session file.
    pub session: PathBuf,
    /// The table, in any of the formats that are opened, longer than memory if need be, its columns found by name; or images or sequences, where the session is of such.
    pub data: PathBuf,
    /// Where to write the scores: .csv or .parquet.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// Where the session's own table is, for sessions that cannot score without it (of format 1, or not trained yet).
    #[command(flatten)]
    pub location: TableLocation,
    /// Write texts into CSV as they are, also those that a spreadsheet would run as a formula.
    #[arg(long)]
    pub raw_text: bool,
    /// How to read the table.
    #[command(flatten)]
    pub reading: DataArguments,
}

pub(super) fn run(arguments: &ScoreArguments, out: &mut dyn Write) -> Result<(), Failure> {
    let saved = read_saved(&arguments.session)?;
    let inputs = arguments.location.inputs(&saved, &arguments.session);
    TableKind::of(&arguments.out)?;
    check_output(&arguments.out, &inputs)?;
    let own = saved.data.origin.as_ref().map(Origin::read_options);
    let options = arguments
        .reading
        .read_options()
        .like(&own.unwrap_or_default());
    // One that is not there is told by what it takes to read new ones.
    let companion = saved.companion(&arguments.session);
    if let Some(companion) = companion.filter(|companion| companion.path.exists())
        && let Some(sentence) = companion.sentence()
    {
        return Err(sentence.into());
    }
    let images = saved.image_model(&arguments.session);
    let sequences = saved.sequence_model(&arguments.session);
    let encoder = (images.as_ref().map(InstanceEncoder::Images))
        .or(sequences.as_deref().map(InstanceEncoder::Sequences));
    let trained = match saved.trained(&arguments.session.display().to_string())? {
        Some(trained) => trained,
        None => Present::of(saved, &arguments.session, &arguments.location)?
            .document
            .model
            .trained(),
    };
    let job = ScoreJob {
        trained: &trained,
        table: &arguments.data,
        options: &options,
        encoder,
        output: &arguments.out,
        cells: cells(arguments.raw_text),
        rows: None,
    };
    let mut bar = RowBar::new();
    let report = job.run(&mut bar)?;
    bar.clear();
    report.notices.iter().for_each(|notice| remark(notice));
    writeln!(
        out,
        "scored {}, {} of them at least as high as the top {} % of the session's own {}; written: {}",
        match encoder {
            Some(InstanceEncoder::Images(_)) => many(report.scores.len(), "image", "images"),
            Some(InstanceEncoder::Sequences(_)) =>
                many(report.scores.len(), "sequence", "sequences"),
            None => many(report.scores.len(), "row", "rows"),
        },
        count(report.above),
        100.0 * trained.frozen().settings().tau,
        match encoder {
            Some(InstanceEncoder::Images(_)) => "images",
            Some(InstanceEncoder::Sequences(_)) => "sequences",
            None => "table",
        },
        arguments.out.display()
    )?;
    Ok(())
}
