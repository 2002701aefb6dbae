//! `glad info`, `glad merge`, and the check of `glad replay` on a session.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::Failure;
use super::present::{TableLocation, read_saved};
use super::progress::bar;
use super::reading_words::line as options_line;
use crate::dataset::{Label, Origin, Role};
use crate::detector::Fitted;
use crate::evaluation::verify;
use crate::numeric::number::many;
use crate::numeric::{Unwatched, local};
use crate::session::{Answer, Session, Tag};
use crate::store::{Document, FileError, SavedSession, merge, save_session};

/// Which session.
#[derive(Clone, Debug, Args)]
pub struct InfoArguments {
    /// A session file.
    pub session: PathBuf,
}

/// Which sessions to merge.
#[derive(Clone, Debug, Args)]
pub struct MergeArguments {
    /// The first analyst's session; its settings are those of the merged one.
    pub first: PathBuf,
    /// The second analyst's session, on the same table.
    pub second: PathBuf,
    /// Where to write the merged session.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

/// Trains a session again and says whether it comes out the same to the bit; false if it does not.
pub(super) fn check(
    path: &Path,
    location: &TableLocation,
    out: &mut dyn Write,
) -> Result<bool, Failure> {
    let saved = read_saved(path)?;
    let dataset = match location.open(&saved, path) {
        Ok(dataset) => dataset,
        Err(failure) => match failure.downcast_ref() {
            Some(FileError::OtherData(difference)) => {
                let path = path.display();
                writeln!(
                    out,
                    "{path} does not reproduce itself: its table {difference}."
                )?;
                return Ok(false);
            }
            _ => return Err(failure),
        },
    };
    // Fitted again, whatever the file holds: that is what is checked. But what a session went on from
    // is not in its table.
    let goes_on = matches!(saved.data.origin, Some(Origin::Continued(_)));
    let fitted = match goes_on {
        true => saved.fit(&dataset, &mut Unwatched)?,
        false => Arc::new(Fitted::fit(&dataset, &saved.settings, &mut Unwatched)?),
    };
    if saved
        .fitted
        .as_ref()
        .is_some_and(|was| was != fitted.frozen())
    {
        writeln!(
            out,
            "{} does not reproduce itself: its detectors are not those that its table and settings give.",
            path.display()
        )?;
        return Ok(false);
    }
    Document::of(&saved, &fitted, &path.display().to_string())?;
    let bar = bar(saved.steps.len() as u64);
    let verdict = verify(&saved, &fitted, &mut Unwatched, &mut |revision| {
        bar.set_position(revision);
    })?;
    bar.finish_and_clear();
    if goes_on {
        super::remark(
            &"its detectors, and the relevance that it begins with, are those of the session that it goes on from: only what came after was trained again",
        );
    }
    match &verdict {
        Ok(0) => writeln!(
            out,
            "{} reproduces itself as far as it goes: its detectors come out the same, and nothing was trained in it yet.",
            path.display()
        )?,
        Ok(revisions) => writeln!(
            out,
            "{} reproduces itself: {}, every weight to the bit.",
            path.display(),
            many(*revisions as usize, "revision", "revisions")
        )?,
        Err(difference) => {
            writeln!(
                out,
                "{} does not reproduce itself: {difference}.",
                path.display()
            )?;
        }
    }
    Ok(verdict.is_ok())
}

/// Says what is in a session.
pub(super) fn info(arguments: &InfoArguments, out: &mut dyn Write) -> Result<(), Failure> {
    let saved = read_saved(&arguments.session)?;
    let data = &saved.data;
    let print = &data.fingerprint;
    let history = saved.history_alone();
    let replies = history.replies();
    let count = |answer: Answer| {
        replies
            .values()
            .filter(|reply| reply.answer == answer)
            .count()
    };
    let fairly = replies.values().filter(|reply| {
        reply.answer.label().is_some() && reply.confidence != crate::session::Confidence::Sure
    });
    let label = print
        .columns
        .iter()
        .find(|column| column.role == Role::Label);
    let when = match (history.times().min(), history.times().max()) {
        (Some(from), Some(to)) => format!("{} to {}", local(from), local(to)),
        _ => "at no known time".to_owned(),
    };
    let settings = &saved.settings;
    let mut line = |name: &str, text: String| writeln!(out, "{name:<12} {text}");
    line(
        "session",
        format!(
            "{}, format {}, saved by glad {}",
            arguments.session.display(),
            saved.format,
            saved.program
        ),
    )?;
    let companion = saved.companion(&arguments.session);
    line(
        companion
            .as_ref()
            .map_or("table", |companion| companion.what),
        format!(
            "{}: {} instances, {} features",
            data.name, print.instances, print.features
        ),
    )?;
    line(
        "from",
        data.origin
            .as_ref()
            .map_or_else(|| "not a file".to_owned(), Origin::name),
    )?;
    let read = data.origin.as_ref().map(Origin::read_options);
    if let Some(options) = read.and_then(|read| options_line(&read)) {
        line("read with", options)?;
    }
    if let Some(companion) = &companion {
        let state = companion.fault.unwrap_or("is whole");
        line("beside it", format!("{} {state}", companion.path.display()))?;
    }
    line(
        "content",
        format!(
            "sha256 {}{}",
            print.sha256,
            if data.embedded.is_some() {
                ", in this file"
            } else {
                ""
            }
        ),
    )?;
    line(
        "truth",
        label.map_or_else(
            || "none".to_owned(),
            |column| format!("column {}", column.name),
        ),
    )?;
    line(
        "method",
        format!(
            "{}, seed {}, tau {}",
            settings.method.key(),
            settings.seed,
            settings.tau
        ),
    )?;
    line("ensemble", settings.ensemble.to_string())?;
    line(
        "history",
        format!(
            "{} steps, {} undone, {when}",
            saved.cursor,
            saved.steps.len() - saved.cursor
        ),
    )?;
    line(
        "answers",
        format!(
            "{} anomaly, {} nominal ({} of these labels fairly sure), {} unsure, {} skip",
            count(Answer::Anomaly),
            count(Answer::Nominal),
            fairly.count(),
            count(Answer::Unsure),
            count(Answer::Skip)
        ),
    )?;
    if let Some(tags) = tags(&history) {
        line("tags", tags)?;
    }
    line("notes", history.notes().len().to_string())?;
    line(
        "trainings",
        match saved.batch {
            1 => format!("{}, one after each answer", saved.revision()),
            batch => format!("{}, one after {batch} answers each", saved.revision()),
        },
    )?;
    if !saved.first.is_empty() {
        line(
            "asks first",
            format!("{} instances in dispute", saved.first.len()),
        )?;
    }
    Ok(())
}

/// How many anomalies have each tag, where some have one.
fn tags(history: &Session) -> Option<String> {
    let (names, (counts, without)) = (history.tag_names(), history.tag_counts());
    let used = (Tag::ALL.into_iter()).filter(|tag| counts[tag.index()] > 0);
    let of_tag = |tag: Tag| format!("{} {}", counts[tag.index()], names.of(tag));
    let words: Vec<String> = used.map(of_tag).collect();
    (!words.is_empty()).then(|| format!("{}, {without} without", words.join(", ")))
}

/// Puts two sessions together.
pub(super) fn run_merge(arguments: &MergeArguments, out: &mut dyn Write) -> Result<(), Failure> {
    let paths = [&arguments.first, &arguments.second];
    let [first, second] = [read_saved(paths[0])?, read_saved(paths[1])?];
    let merged = merge(&first, &second)?;
    if first.settings != second.settings {
        super::remark(
            &"the two sessions have different settings; the merged one has those of the first",
        );
    }
    writeln!(
        out,
        "{} instances have labels by both, {} only by the first, {} only by the second",
        merged.both, merged.alone[0], merged.alone[1]
    )?;
    if merged.both > 0 {
        let share = 100.0 * merged.agreed as f64 / merged.both as f64;
        let kappa = merged.kappa.map_or_else(
            || "not defined, as each used one label only".to_owned(),
            |kappa| format!("{kappa:.3}"),
        );
        writeln!(
            out,
            "agreement: {} of {} ({share:.1} %), Cohen's kappa {kappa}",
            merged.agreed, merged.both
        )?;
    }
    writeln!(out, "disagreements: {}", merged.disagreements.len())?;
    let ids = names(
        &merged.session,
        paths[0],
        merged.disagreements.iter().map(|dispute| dispute.instance),
    );
    for dispute in &merged.disagreements {
        let [a, b] = dispute.labels.map(Label::name);
        let id = ids
            .get(&dispute.instance)
            .cloned()
            .unwrap_or_else(|| (dispute.instance + 1).to_string());
        writeln!(out, "  {id}: {a} by the first, {b} by the second")?;
    }
    let from = paths.map(|path| path.as_path());
    merged.session.bring_companion(&from, &arguments.out)?;
    save_session(&arguments.out, &merged.session)?;
    let lacks = merged.session.companion(&arguments.out);
    if let Some(sentence) = lacks.and_then(|companion| companion.sentence()) {
        super::remark(&sentence);
    }
    writeln!(out, "written: {}", arguments.out.display())?;
    Ok(())
}

/// What the analyst calls instances, where the table is at hand.
fn names(
    saved: &SavedSession,
    path: &Path,
    instances: impl Iterator<Item = usize>,
) -> BTreeMap<usize, String> {
    match saved.open_data(path, None) {
        Ok(dataset) => instances
            .map(|instance| (instance, dataset.id(instance)))
            .collect(),
        _ => BTreeMap::new(),
    }
}
