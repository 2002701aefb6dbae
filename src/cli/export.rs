//! `glad export`: one function for each output.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{ArgGroup, Args};

use super::Failure;
use super::present::{Present, TableLocation};
use super::progress::RowBar;
use crate::disk::is_file;
use crate::export::onnx::{follows_from_pixels, write_encoder, write_model};
use crate::export::{
    Cells, ExportError, SessionRecord, check_apart, session_charts, write_charts, write_events,
    write_labels, write_pictures, write_report, write_scores,
};
use crate::numeric::Unwatched;
use crate::numeric::number::many;
use crate::store::Document;

/// What to export of a session, and where to; files that are there are replaced.
#[derive(Clone, Debug, Args)]
#[command(group(ArgGroup::new("outputs").required(true).multiple(true)))]
pub struct ExportArguments {
    /// A session file.
    pub session: PathBuf,
    /// The answers in force, with confidence, note and time: .csv.
    #[arg(long, value_name = "FILE", group = "outputs")]
    pub labels: Option<PathBuf>,
    /// All instances with score, rank, label, most relevant member, and what each member says: .csv or .parquet.
    #[arg(long, value_name = "FILE", group = "outputs")]
    pub scores: Option<PathBuf>,
    /// The trained model: features in (of images pixels), score, member scores and relevance out; docs/ONNX.md says how to use it.
    #[arg(long, value_name = "FILE", group = "outputs")]
    pub onnx: Option<PathBuf>,
    /// Of sequences and images: what turns one of them into features and scores, as far as it follows from the encoders; docs/ONNX.md says what does not.
    #[arg(long, value_name = "FILE", group = "outputs")]
    pub encoder: Option<PathBuf>,
    /// Of sequences: where each event that was marked lies in each of them: .csv.
    #[arg(long, value_name = "FILE", group = "outputs")]
    pub events: Option<PathBuf>,
    /// A report: one HTML page that needs no network, for the screen and for print.
    #[arg(long, value_name = "FILE", group = "outputs")]
    pub report: Option<PathBuf>,
    /// Each chart as SVG and PNG and its data as CSV, into a folder.
    #[arg(long, value_name = "DIR", group = "outputs")]
    pub charts: Option<PathBuf>,
    /// Where the session's table is.
    #[command(flatten)]
    pub location: TableLocation,
    /// Write texts into CSV as they are, also those that a spreadsheet would run as a formula (they begin with = + - @, a tab or a carriage return, and get an apostrophe before them otherwise).
    #[arg(long)]
    pub raw_text: bool,
}

pub(super) fn run(arguments: &ExportArguments, out: &mut dyn Write) -> Result<(), Failure> {
    let present = Present::open(&arguments.session, &arguments.location)?;
    let inputs = arguments
        .location
        .inputs(&present.saved, &arguments.session);
    let files = [
        &arguments.labels,
        &arguments.scores,
        &arguments.onnx,
        &arguments.encoder,
        &arguments.events,
        &arguments.report,
    ];
    for output in files.into_iter().flatten() {
        check_apart(output, &inputs)?;
    }
    if let Some(folder) = arguments.charts.as_ref().filter(|folder| is_file(folder)) {
        // Sooner than anything is written.
        return Err(ExportError::NoFolder(folder.clone()).into());
    }
    let dataset = present.document.fitted().dataset();
    if let Some(sentence) = present.saved.lacks(&arguments.session, dataset) {
        super::remark(&sentence);
    }
    let cells = cells(arguments.raw_text);
    if let Some(output) = &arguments.labels {
        labels(&present.document, output, cells, out)?;
    }
    if let Some(output) = &arguments.scores {
        scores(&present.document, output, cells, out)?;
    }
    if let Some(output) = &arguments.onnx {
        model(&present.document, output, out)?;
    }
    if let Some(output) = &arguments.events {
        let dataset = present.document.model.fitted().dataset();
        let count = write_events(dataset, &present.document.session, output, cells)?;
        let count = many(count, "event", "events");
        writeln!(out, "written: {count} in {}", output.display())?;
    }
    if let Some(output) = &arguments.encoder {
        encoder(&present, output, out)?;
    }
    if arguments.report.is_some() || arguments.charts.is_some() {
        write_record(&present.document, arguments, out)?;
    }
    Ok(())
}

/// How texts are written.
pub(super) fn cells(raw_text: bool) -> Cells {
    match raw_text {
        true => Cells::Raw,
        false => Cells::Defused,
    }
}

fn labels(
    document: &Document,
    output: &Path,
    cells: Cells,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let dataset = document.fitted().dataset();
    let count = write_labels(dataset, &document.session, output, cells)?;
    let count = many(count, "answer", "answers");
    writeln!(out, "written: {count} in {}", output.display())?;
    Ok(())
}

fn scores(
    document: &Document,
    output: &Path,
    cells: Cells,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let answers = document.session.answers();
    let mut bar = RowBar::new();
    write_scores(&document.model, &answers, output, cells, &mut bar)?;
    bar.clear();
    let n = document.fitted().n();
    writeln!(
        out,
        "written: the scores of {n} instances in {}",
        output.display()
    )?;
    Ok(())
}

fn model(document: &Document, output: &Path, out: &mut dyn Write) -> Result<(), Failure> {
    let trained = document.model.trained();
    let dataset = document.fitted().dataset();
    let images = dataset.gallery().map(|gallery| gallery.model());
    let bytes = write_model(&trained, images, output)?;
    let takes = match images {
        Some(images) if follows_from_pixels(&trained, images) => ", from pixels on",
        Some(_) => {
            super::remark(
                &"the model takes features and not pixels: the scores of the published mapping are found by steps, and those of images that are cut come of many patches (--encoder writes what turns pixels, or the pixels of a patch, into the other features)",
            );
            ""
        }
        None => "",
    };
    writeln!(
        out,
        "written: the trained model{takes}, {} kB, in {}",
        bytes.div_ceil(1000),
        output.display()
    )?;
    Ok(())
}

fn encoder(present: &Present, output: &Path, out: &mut dyn Write) -> Result<(), Failure> {
    let bytes = write_encoder(present.document.model.fitted().dataset(), output)?;
    writeln!(
        out,
        "written: the encoder, {} kB, in {}",
        bytes.div_ceil(1000),
        output.display()
    )?;
    Ok(())
}

/// Charts and report, which show every revision.
fn write_record(
    document: &Document,
    arguments: &ExportArguments,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let record = SessionRecord::of(document, &mut Unwatched)?;
    if !record.is_rebuilt() {
        super::remark(
            &"the revisions did not come out to the same bits: losses and the last change are left out",
        );
    }
    if let Some(folder) = &arguments.charts {
        let charts = write_charts(folder, &session_charts(&record))?;
        let files = charts + write_pictures(folder, &record)?;
        writeln!(out, "written: {files} files in {}", folder.display())?;
    }
    if let Some(path) = &arguments.report {
        write_report(path, &record)?;
        writeln!(out, "written: {}", path.display())?;
    }
    Ok(())
}
