//! `glad rank`: a table ranked without a single answer.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::export::cells;
use super::inputs::{SettingsArguments, has_images, open_images_like, open_table};
use super::progress::RowBar;
use super::{DataArguments, Failure, remark};
use crate::dataset::{ImageRows, Incoming, InstanceEncoder, Label};
use crate::detector::{Fitted, Model, Settings};
use crate::ensemble::EnsembleSettings;
use crate::evaluation::{auroc, average_precision};
use crate::export::{ScoreJob, TableKind, check_output, write_scores};
use crate::numeric::Unwatched;
use crate::numeric::number::many;

/// Which table to rank, and where to write the scores.
#[derive(Clone, Debug, Args)]
pub struct RankArguments {
    /// A table, images or sequences, or the name of a bundled toy.
    pub data: PathBuf,
    /// Where to write the scores of all instances, in the order of the table: .csv or .parquet.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// The seed.
    #[arg(long, default_value_t = 0)]
    pub seed: u64,
    /// The fraction of instances assumed anomalous [default: 0.03].
    #[arg(long)]
    pub tau: Option<f64>,
    /// The detectors, such as loda+hbos+iforest:30 [default: those of the window].
    #[arg(long, value_name = "KINDS")]
    pub ensemble: Option<EnsembleSettings>,
    /// Where its settings come from.
    #[command(flatten)]
    pub settings: SettingsArguments,
    /// Write texts into CSV as they are, also those that a spreadsheet would run as a formula.
    #[arg(long)]
    pub raw_text: bool,
    /// Learn from these images instead, and score DATA.
    #[arg(long, value_name = "DATA")]
    pub train: Option<PathBuf>,
    /// How to read the table or the images.
    #[command(flatten)]
    pub reading: DataArguments,
}

pub(super) fn run(arguments: &RankArguments, out: &mut dyn Write) -> Result<(), Failure> {
    TableKind::of(&arguments.out)?;
    check_output(&arguments.out, std::slice::from_ref(&arguments.data))?;
    let settings = settings(arguments)?;
    if let Some(train) = &arguments.train {
        return rank_others(arguments, train, &settings, out);
    }
    let dataset = Arc::new(open_table(&arguments.data, &arguments.reading)?);
    dataset.notices().iter().for_each(|notice| remark(notice));
    let fitted = Arc::new(Fitted::fit(&dataset, &settings, &mut Unwatched)?);
    let model = Model::primed(&fitted);
    let mut bar = RowBar::new();
    let cells = cells(arguments.raw_text);
    write_scores(&model, &BTreeMap::new(), &arguments.out, cells, &mut bar)?;
    bar.clear();
    writeln!(
        out,
        "written: the scores of {} instances by {} members in {}",
        fitted.n(),
        fitted.ensemble().len(),
        arguments.out.display()
    )?;
    match dataset.truth() {
        Some(truth) => {
            let labels: Vec<_> = (0..fitted.n()).map(|row| truth.label(row)).collect();
            let is_table = dataset.gallery().is_none() && dataset.sequences().is_none();
            let truth = if is_table { COLUMN } else { CLASSES };
            say_how_good(model.scores(), (truth, &labels), out)
        }
        None => Ok(()),
    }
}

/// What the truth is of, in words.
const COLUMN: &str = "the label column";
const CLASSES: &str = "the truth of the classes";

/// Tables and sequences take another way.
const ONLY_IMAGES: &str = "--train is for images: for tables and sequences, save a session (glad label) and score with it (glad score)";

/// Ranks images by what was learnt from others.
fn rank_others(
    arguments: &RankArguments,
    train: &Path,
    settings: &Settings,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    // What is to be ranked is looked at before anything is learnt.
    if !has_images(&arguments.data, &arguments.reading)? {
        return Err(ONLY_IMAGES.into());
    }
    let learnt = Arc::new(open_table(train, &arguments.reading)?);
    let model = learnt.gallery().ok_or(ONLY_IMAGES)?.model();
    let set = open_images_like(&arguments.data, model.form(), &arguments.reading)?;
    let truth = set.truth().map(<[_]>::to_vec);
    let fitted = Arc::new(Fitted::fit(&learnt, settings, &mut Unwatched)?);
    let trained = Model::primed(&fitted).trained();
    let images = ImageRows::new(set, trained.frozen().schema(), model)?;
    let job = ScoreJob {
        trained: &trained,
        table: &arguments.data,
        options: &arguments.reading.read_options(),
        encoder: Some(InstanceEncoder::Images(model)),
        output: &arguments.out,
        cells: cells(arguments.raw_text),
        rows: None,
    };
    let mut bar = RowBar::new();
    let report = job.run_on(Incoming::Images(Box::new(images)), &mut bar)?;
    bar.clear();
    report.notices.iter().for_each(|notice| remark(notice));
    writeln!(
        out,
        "written: the scores of {} by {} members that learnt from {} others in {}",
        many(report.scores.len(), "image", "images"),
        fitted.ensemble().len(),
        learnt.n_instances(),
        arguments.out.display()
    )?;
    let label = |anomaly: bool| match anomaly {
        true => Label::Anomaly,
        false => Label::Nominal,
    };
    match truth {
        Some(truth) => {
            let labels: Vec<_> = truth.into_iter().map(|known| known.map(label)).collect();
            say_how_good(&report.scores, (CLASSES, &labels), out)
        }
        None => Ok(()),
    }
}

fn settings(arguments: &RankArguments) -> Result<Settings, Failure> {
    let mut settings = arguments.settings.open()?;
    settings.seed = arguments.seed;
    if let Some(tau) = arguments.tau {
        settings.tau = tau;
    }
    if let Some(ensemble) = &arguments.ensemble {
        settings.ensemble = ensemble.clone();
    }
    settings.validate()?;
    Ok(settings)
}

/// Says how good a ranking is beside the truth.
fn say_how_good(
    scores: &[f32],
    (truth, labels): (&str, &[Option<Label>]),
    out: &mut dyn Write,
) -> Result<(), Failure> {
    if let (Some(area), Some(precision)) =
        (auroc(scores, labels), average_precision(scores, labels))
    {
        writeln!(
            out,
            "against {truth}: AUROC {area:.4}, average precision {precision:.4}"
        )?;
    }
    Ok(())
}
