//! `glad replay`.

use std::io::Write;
use std::sync::Arc;
use std::time::Instant;

use indicatif::ProgressBar;

use super::inputs::open_table;
use super::progress::{PhaseClock, bar};
use super::record::{Record, Seconds, median};
use super::table::print_table;
use super::{Failure, ReplayArguments, remark};
use crate::dataset::{Dataset, Toy};
use crate::detector::{Fitted, Settings};
use crate::ensemble::{Kind, Projections};
use crate::evaluation::{Oracle, ReplayEvent, replay_by};
use crate::numeric::Unwatched;
use crate::session::{Strategy, baseline_curve};
use crate::store::{Document, FileError, read_with_unsaved, save_session};

/// Queries when none are asked for.
const BUDGET: usize = 60;

pub(super) fn run(arguments: &ReplayArguments, out: &mut dyn Write) -> Result<(), Failure> {
    if arguments.location.table.is_some() {
        return Err(
            "--table says where the table of a session file is: leave it out for a table".into(),
        );
    }
    if !arguments.data.exists()
        && let Err(error @ FileError::OnlyJournal(..)) = read_with_unsaved(&arguments.data)
    {
        return Err(error.into());
    }
    let settings = settings(arguments)?;
    let dataset = Arc::new(open_table(&arguments.data, &arguments.reading)?);
    let oracle = Oracle::new(&dataset)?;
    let budget = budget(arguments, &dataset)?;
    if arguments.batch == 0 {
        return Err("--batch is 0, but must be 1 or more".into());
    }
    if arguments.save.is_some() && arguments.seeds > 1 {
        return Err("--save keeps one session: leave out --seeds".into());
    }
    if !arguments.json {
        dataset.notices().iter().for_each(|notice| remark(notice));
    }
    let bar = bar(arguments.seeds * budget as u64);
    let mut records = Vec::new();
    for seed in arguments.seed..arguments.seed.saturating_add(arguments.seeds) {
        let settings = Settings {
            seed,
            ..settings.clone()
        };
        let record = record(
            &dataset,
            oracle,
            &settings,
            budget,
            (arguments.batch, arguments.strategy),
            Some(arguments),
            &bar,
        )?;
        if arguments.json {
            let line = serde_json::to_string(&record)?;
            bar.suspend(|| writeln!(out, "{line}"))?;
        } else {
            records.push(record);
        }
    }
    bar.finish_and_clear();
    if !arguments.json {
        print_table(&dataset, &records, out)?;
    }
    Ok(())
}

/// Replays a bundled toy table with default settings: what the program shows where it cannot open
/// a window.
pub(super) fn replay_toy(toy: &Toy, out: &mut dyn Write) -> Result<(), Failure> {
    let dataset = Arc::new(toy.open());
    let oracle = Oracle::new(&dataset)?;
    let budget = BUDGET.min(dataset.n_instances());
    let record = record(
        &dataset,
        oracle,
        &Settings::default(),
        budget,
        (1, Strategy::Top),
        None,
        &bar(budget as u64),
    )?;
    print_table(&dataset, &[record], out)?;
    Ok(())
}

fn settings(arguments: &ReplayArguments) -> Result<Settings, Failure> {
    let mut settings = arguments.settings.open()?;
    if let Some(tau) = arguments.tau {
        settings.tau = tau;
    }
    if let Some(method) = arguments.method {
        settings.method = method;
    }
    if let Some(ensemble) = &arguments.ensemble {
        settings.ensemble = ensemble.clone();
    }
    if arguments.projections.is_some() {
        settings.ensemble = Kind::Loda(Projections::Paper).into();
        // Each cell is a quarter of the score: answers are heard without a lift.
        if !arguments.settings.are_given() {
            settings.balance.lift = 0.0;
        }
    }
    settings.validate()?;
    Ok(settings)
}

fn budget(arguments: &ReplayArguments, dataset: &Dataset) -> Result<usize, Failure> {
    let n = dataset.n_instances();
    match arguments.budget {
        None => Ok(BUDGET.min(n)),
        Some(0) => Err("--budget is 0, but must be 1 or more".into()),
        Some(budget) if budget > n => Err(format!(
            "--budget is {budget}, but {} has {n} instances: after {n} queries all are labelled and there is nothing left to ask",
            dataset.name()
        )
        .into()),
        Some(budget) => Ok(budget),
    }
}

fn record(
    dataset: &Arc<Dataset>,
    oracle: Oracle<'_>,
    settings: &Settings,
    budget: usize,
    (batch, strategy): (usize, Strategy),
    save: Option<&ReplayArguments>,
    bar: &ProgressBar,
) -> Result<Record, Failure> {
    let mut clock = PhaseClock::start();
    let fitted = Arc::new(Fitted::fit(dataset, settings, &mut clock)?);
    let (fit, prime) = clock.stop();
    let mut updates = Vec::new();
    let mut began = Instant::now();
    let replay = replay_by(
        strategy,
        &fitted,
        oracle,
        budget,
        batch,
        &mut Unwatched,
        &mut |event| match event {
            ReplayEvent::UpdateBegins => began = Instant::now(),
            ReplayEvent::UpdateEnds => updates.push(began.elapsed().as_secs_f64()),
            ReplayEvent::Answered(_) => bar.inc(1),
        },
    )?;
    if let Some((path, arguments)) = save.and_then(|save| Some((save.save.as_ref()?, save))) {
        let document = Document {
            embed: arguments.embed,
            ..Document::new(replay.session, replay.model)
        };
        save_session(path, &document.saved())?;
    }
    let truth = dataset.truth();
    let baseline = baseline_curve(&fitted.baseline_order(budget), budget, |instance| {
        truth.and_then(|truth| truth.label(instance))
    });
    Ok(Record {
        dataset: dataset.name().to_owned(),
        method: settings.method.key(),
        seed: settings.seed,
        n: dataset.n_instances(),
        d: dataset.n_features(),
        members: fitted.ensemble().len(),
        found: replay.found,
        seconds: Seconds {
            fit,
            prime,
            update_median: median(updates),
        },
        baseline,
    })
}
