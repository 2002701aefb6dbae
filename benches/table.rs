//! Prints the tables of docs/PERFORMANCE.md as Markdown: `cargo bench --bench table`, with
//! `GLAD_BENCH_LARGE=1` for tables of 100 000 and 1 000 000 instances too.
//!
//! Each case runs in a process of its own, so that its peak of resident memory is its own. A time
//! is the least of up to seven runs (of as many as fit into a few seconds).

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::expect_used,
    reason = "a program that prints, and may stop at once as tests may"
)]

mod common;

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use common::steps::{SHAPES, Setting, Shape};
use common::tables::{LABELS, Size, csv, labels, sizes};
use glad::dataset::{Dataset, ReadOptions, read_path};
use glad::detector::{Fitted, Model, Settings, Viewpoint};
use glad::evaluation::{Oracle, replay};
use glad::network::PRIMING;
use glad::numeric::{Cancelled, Ranking, Unwatched, Watch};
use glad::store::{SavedSession, save_session};
use glad::worker::{MapRequest, Request};

const RUNS: usize = 7;
const PATIENCE: Duration = Duration::from_secs(4);

const ENSEMBLES: [&str; 3] = [
    "loda:15",
    "iforest:150+eif:75*0.6",
    "loda:15*0.1+iforest:150+eif:75*0.6",
];

/// What is measured of a case, in this order; seconds but for the last, which is in megabytes.
const STAGES: [&str; 9] = [
    "open", "fit", "prime", "update", "score", "rank", "map", "save", "memory",
];

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.iter().position(|argument| argument == "case") {
        Some(at) => match &arguments[at + 1..] {
            [path, ensemble, ..] => print_case(Path::new(path), ensemble),
            _ => eprintln!("case PATH ENSEMBLE"),
        },
        None => print_all(),
    }
}

/// The least seconds of several runs.
fn least(mut work: impl FnMut()) -> f64 {
    let began = Instant::now();
    let mut best = f64::INFINITY;
    for _ in 0..RUNS {
        let start = Instant::now();
        work();
        best = best.min(start.elapsed().as_secs_f64());
        if began.elapsed() > PATIENCE {
            break;
        }
    }
    best
}

/// Tells fitting from priming.
struct Phases {
    priming: Option<Instant>,
}

impl Watch for Phases {
    fn step(&mut self, phase: &'static str, _: usize, _: usize) -> Result<(), Cancelled> {
        if phase == PRIMING && self.priming.is_none() {
            self.priming = Some(Instant::now());
        }
        Ok(())
    }
}

fn fit(dataset: &Arc<Dataset>, settings: &Settings) -> (Arc<Fitted>, [f64; 2]) {
    let start = Instant::now();
    let mut phases = Phases { priming: None };
    let fitted = Fitted::fit(dataset, settings, &mut phases).expect("never cancelled");
    let end = Instant::now();
    let middle = phases.priming.unwrap_or(end);
    let seconds = [middle - start, end - middle].map(|span| span.as_secs_f64());
    (Arc::new(fitted), seconds)
}

fn map_of(model: &Arc<Model>) {
    let request = MapRequest {
        model: Arc::clone(model),
        viewpoint: Viewpoint::Principal,
        anchor: 0,
        known: None,
    };
    Request::Map(request).run(&mut Unwatched);
}

/// Runs the loop on one table and prints what each stage takes.
fn print_case(path: &Path, ensemble: &str) {
    let settings = Settings {
        ensemble: ensemble.parse().expect("an ensemble"),
        ..Settings::default()
    };
    let read = || read_path(path, &ReadOptions::default()).expect("a table");
    let start = Instant::now();
    let dataset = Arc::new(read());
    let opened = start.elapsed().as_secs_f64();
    let (fitted, mut fits) = fit(&dataset, &settings);
    let primed = Model::primed(&fitted);
    let labels = labels(&primed);
    let update = || {
        let trained = primed.update(&labels, 1, &mut Unwatched);
        Arc::new(trained.expect("never cancelled"))
    };
    let model = update();
    let memory = peak();
    let opened = opened.min(least(|| drop(read())));
    let began = Instant::now();
    for _ in 1..RUNS {
        if began.elapsed() < PATIENCE {
            let again = fit(&dataset, &settings).1;
            fits = [fits[0].min(again[0]), fits[1].min(again[1])];
        }
    }
    let updated = least(|| drop(update()));
    let scored = least(|| drop(Model::with_weights(&fitted, Arc::clone(model.weights()))));
    let count = fitted.tau_rank() + 1;
    let ranked = least(|| drop(Ranking::new(model.scores(), count)));
    let mapped = least(|| map_of(&model));
    let saved = saving(&dataset, &fitted);
    let all = [
        opened, fits[0], fits[1], updated, scored, ranked, mapped, saved, memory,
    ];
    println!("{}", all.map(|figure| figure.to_string()).join(" "));
}

/// Seconds of saving a session of as many answers.
fn saving(dataset: &Dataset, fitted: &Arc<Fitted>) -> f64 {
    let oracle = Oracle::new(dataset).expect("truth");
    let replay = replay(fitted, oracle, LABELS, 10, &mut Unwatched, &mut |_| ());
    let session = replay.expect("never cancelled").session;
    let folder = std::env::temp_dir().join(format!("glad-save-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("bench.glad");
    let seconds = least(|| {
        let saved = SavedSession::of(&session, fitted, false);
        save_session(&path, &saved).expect("room for a session");
    });
    // With the version before, which is kept beside it.
    std::fs::remove_dir_all(&folder).expect("the folder just made");
    seconds
}

/// The peak of resident memory so far, in megabytes; 0 where the system does not tell.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) * 1024.0 / 1e6
}

fn print_all() {
    let folder = std::env::temp_dir().join(format!("glad-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for tables");
    print!("{}", steps_table());
    let mut cases = Vec::new();
    for size in sizes() {
        let path = folder.join("bench.csv");
        std::fs::write(&path, csv(size)).expect("room for a table");
        for ensemble in ENSEMBLES {
            if let Some(figures) = run_case(&path, ensemble) {
                cases.push((size, ensemble, figures));
            }
        }
    }
    std::fs::remove_dir_all(&folder).expect("the folder of the tables");
    for ensemble in ENSEMBLES {
        print!("{}", stages_table(ensemble, &cases));
    }
}

/// The figures of a case, from a process of its own.
fn run_case(path: &Path, ensemble: &str) -> Option<Vec<f64>> {
    let program: PathBuf = std::env::current_exe().ok()?;
    let mut command = Command::new(program);
    let output = command.arg("case").arg(path).arg(ensemble).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let figures: Vec<f64> = text
        .split_whitespace()
        .filter_map(|word| word.parse().ok())
        .collect();
    if figures.len() != STAGES.len() {
        eprintln!("{}", String::from_utf8_lossy(&output.stderr));
        return None;
    }
    Some(figures)
}

fn steps_table() -> String {
    let mut text = String::from(
        "\n### One step of training\n\nMicroseconds a step (mean of 150).\n\n| inputs, members, batch | by hand | ours | ratio |\n|---|---|---|---|\n",
    );
    for shape in SHAPES {
        let (by_hand, by_burn) = steps(shape);
        let _ = writeln!(
            text,
            "| {shape} | {:.1} | {:.1} | {:.1} |",
            by_hand * 1e6,
            by_burn * 1e6,
            by_burn / by_hand
        );
    }
    text
}

/// Seconds of one step, by hand and by Burn.
fn steps(shape: Shape) -> (f64, f64) {
    const STEPS: usize = 150;
    let setting = Setting::new(shape);
    setting.check();
    let mut network = setting.reference();
    let by_hand = least(|| setting.by_hand(&mut network, STEPS));
    let by_burn = least(|| drop(setting.by_burn(&setting.state, STEPS)));
    (by_hand / STEPS as f64, by_burn / STEPS as f64)
}

/// The stages of all sizes with one ensemble; growth compares an update with the one at the next
/// smaller number of instances: 10 where cost is linear.
fn stages_table(ensemble: &str, cases: &[(Size, &str, Vec<f64>)]) -> String {
    let mut text = format!(
        "\n### {ensemble}\n\nMilliseconds; an update has {LABELS} labels.\n\n| n × d | open CSV | fit | prime | update | of it score and rank | growth of update | rank alone | map | save | peak MB |\n|---|---|---|---|---|---|---|---|---|---|---|\n"
    );
    let mut own: Vec<&(Size, &str, Vec<f64>)> =
        cases.iter().filter(|case| case.1 == ensemble).collect();
    own.sort_by_key(|case| (case.0.d, case.0.n));
    let mut before: Option<(Size, f64)> = None;
    for (size, _, figures) in own {
        let [open, fit, prime, update, score, rank, map, save] =
            [0, 1, 2, 3, 4, 5, 6, 7].map(|stage| milliseconds(figures[stage]));
        let growth = match before {
            Some((last, seconds)) if last.d == size.d => {
                let by = size.n as f64 / last.n as f64;
                format!("{:.1} for {by}", figures[3] / seconds)
            }
            _ => String::new(),
        };
        before = Some((*size, figures[3]));
        let _ = writeln!(
            text,
            "| {} × {} | {open} | {fit} | {prime} | {update} | {score} | {growth} | {rank} | {map} | {save} | {:.0} |",
            size.n, size.d, figures[8]
        );
    }
    text
}

fn milliseconds(seconds: f64) -> String {
    let milliseconds = seconds * 1e3;
    match milliseconds {
        0.0..10.0 => format!("{milliseconds:.2}"),
        10.0..100.0 => format!("{milliseconds:.1}"),
        _ => format!("{milliseconds:.0}"),
    }
}
