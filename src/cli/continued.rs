//! `glad continue`: a session goes on with another table.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::present::{Present, TableLocation, read_saved};
use super::progress::RowBar;
use super::{DataArguments, Failure, remark};
use crate::dataset::{Missing, Origin, read_by};
use crate::export::check_output;
use crate::numeric::Unwatched;
use crate::store::{Carried, Continuation, fit_on_both, go_on_with, save_session};

/// Which session goes on with which table.
///
/// Detectors, scaling and relevance stay as they are; the rows that were answered are carried along,
/// so that their labels go on counting. How far the new rows differ is told.
#[derive(Clone, Debug, Args)]
pub struct ContinueArguments {
    /// A session file.
    pub session: PathBuf,
    /// The new table; its columns are found by name.
    pub data: PathBuf,
    /// Where to save the session on the new table.
    #[arg(long, value_name = "FILE")]
    pub save: PathBuf,
    /// The new rows are candidates of a table that is scored elsewhere, such as by Spark: all rows of
    /// the session's table are carried along, so that these stay the usual ones beside them.
    #[arg(long, conflicts_with = "refit")]
    pub candidates: bool,
    /// Fit the detectors again on both tables together, which then are in the new session.
    #[arg(long)]
    pub refit: bool,
    /// Where the session's own table is.
    #[command(flatten)]
    pub location: TableLocation,
    /// How to read the new table.
    #[command(flatten)]
    pub reading: DataArguments,
}

pub(super) fn run(arguments: &ContinueArguments, out: &mut dyn Write) -> Result<(), Failure> {
    let saved = read_saved(&arguments.session)?;
    let mut inputs = arguments.location.inputs(&saved, &arguments.session);
    inputs.push(arguments.data.clone());
    check_output(&arguments.save, &inputs)?;
    if arguments.save.exists() {
        let path = arguments.save.display();
        return Err(format!("{path} is there already: give the new session another name").into());
    }
    let own = saved.data.origin.as_ref().map(Origin::read_options);
    let mut options = arguments.reading.read_options();
    if own.is_some_and(|own| own.missing == Missing::Median) {
        options.missing = Missing::Median;
    }
    let present = Present::of(saved, &arguments.session, &arguments.location)?;
    let fitted = present.document.fitted();
    let mut bar = RowBar::new();
    let new = read_by(
        &arguments.data,
        fitted.frozen().schema(),
        &options,
        &mut bar,
    )?;
    bar.clear();
    let (session, model) = (&present.document.session, &present.document.model);
    let watch = &mut Unwatched;
    let continuation = match arguments.refit {
        true => fit_on_both(session, fitted, new, None, watch)?,
        false => {
            let carried = match arguments.candidates {
                true => Carried::All,
                false => Carried::Answered,
            };
            go_on_with(session, model, new, carried, watch)?
        }
    };
    continuation
        .notices
        .iter()
        .for_each(|notice| remark(notice));
    save_session(&arguments.save, &continuation.session)?;
    tell(&continuation, arguments, out)?;
    Ok(())
}

fn tell(
    continuation: &Continuation,
    arguments: &ContinueArguments,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    writeln!(out, "{}", continuation.sentence())?;
    // Candidates are chosen, so that they differ says nothing of a drift.
    let drift = continuation
        .drift
        .as_ref()
        .filter(|_| !arguments.candidates);
    for sentence in drift.iter().flat_map(|drift| drift.sentences()) {
        writeln!(out, "{sentence}")?;
    }
    writeln!(
        out,
        "written: {}; go on with: glad label {} --save {}",
        arguments.save.display(),
        arguments.data.display(),
        arguments.save.display()
    )?;
    Ok(())
}
