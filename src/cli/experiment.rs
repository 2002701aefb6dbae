//! `glad experiment`.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use clap::Args;
use indicatif::ProgressBar;

use super::inputs::{SettingsArguments, kinds, open_table};
use super::progress::bar;
use super::{DataArguments, Failure, remark};
use crate::chart::file_name;
use crate::dataset::{Dataset, PACKED, ReadOptions, Source};
use crate::disk::replace;
use crate::ensemble::EnsembleSettings;
use crate::evaluation::{
    Design, Oracle, Peers, Record, ReplayEvent, Report, Results, Trial, Variant, curve_charts,
    curves_csv, markdown, run_trial,
};
use crate::numeric::{Unwatched, map_each};

/// The file of an output folder to which every finished replay is added at once.
const RESULTS: &str = "results.jsonl";

/// What to hold against what.
///
/// Every table is replayed by every method with every seed, on all cores; the same command gives
/// the same numbers on one core or many, and goes on where it was interrupted.
#[derive(Clone, Debug, Args)]
pub struct ExperimentArguments {
    /// Tables with ground truth, folders of them (CSV, Parquet, Arrow, Excel, OpenDocument, SQLite, JSON lines, ARFF, NumPy, also packed), or names of bundled toy tables.
    #[arg(required = true)]
    pub data: Vec<PathBuf>,
    /// The methods, with commas between [default: all].
    #[arg(long, value_enum, value_delimiter = ',', value_name = "NAMES")]
    pub methods: Vec<Variant>,
    /// Queries of a replay; a table with fewer instances is asked to its end.
    #[arg(long, default_value_t = 150)]
    pub budget: usize,
    /// Replays of a table by a method, each with the next seed.
    #[arg(long, default_value_t = 10)]
    pub seeds: u64,
    /// The first seed.
    #[arg(long, default_value_t = 0)]
    pub seed: u64,
    /// Answers between trainings.
    #[arg(long, default_value_t = 1)]
    pub batch: usize,
    /// The detectors, such as loda+hbos+iforest:30 [default: as in the settings].
    #[arg(long, value_name = "KINDS", long_help = kinds())]
    pub ensemble: Option<EnsembleSettings>,
    /// Where its settings come from.
    #[command(flatten)]
    pub settings: SettingsArguments,
    /// A folder for results.jsonl, table.md, curves.csv and the curves as SVG; replays that are there already are not run again.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Curves of other tools as further rows: CSV with the columns dataset, method, query, mean, sd, runs.
    #[arg(long, value_name = "FILE")]
    pub peers: Option<PathBuf>,
    /// How to read the tables.
    #[command(flatten)]
    pub reading: DataArguments,
}

pub(super) fn run(arguments: &ExperimentArguments, out: &mut dyn Write) -> Result<(), Failure> {
    let design = design(arguments)?;
    let peers = match &arguments.peers {
        Some(path) => read_peers(path)?,
        None => Peers::default(),
    };
    let ledger = match &arguments.out {
        Some(folder) => Ledger::open(folder)?,
        None => Ledger::default(),
    };
    let records = run_all(&design, ledger)?;
    let report = Report::new(&design, &records, &peers);
    let text = format!("{}\n\n{}", headline(&design), markdown(&report));
    if let Some(folder) = &arguments.out {
        write_file(&folder.join("table.md"), text.as_bytes())?;
        write_file(&folder.join("curves.csv"), &curves_csv(&report)?)?;
        for (table, chart) in curve_charts(&report) {
            let name = format!("curves-{}.svg", file_name(&table));
            write_file(&folder.join(name), chart.svg().as_bytes())?;
        }
    }
    out.write_all(text.as_bytes())?;
    Ok(())
}

fn design(arguments: &ExperimentArguments) -> Result<Design, Failure> {
    let mut settings = arguments.settings.open()?;
    if let Some(ensemble) = &arguments.ensemble {
        settings.ensemble = ensemble.clone();
    }
    let variants = match arguments.methods.as_slice() {
        [] => Variant::ALL.to_vec(),
        named => named.to_vec(),
    };
    let mut tables = Vec::new();
    let mut left_out = Vec::new();
    let options = arguments.reading.read_options();
    for (path, is_found) in files(&arguments.data, &options)? {
        let opened = open_table(&path, &arguments.reading);
        // A table that is named has to be one with ground truth; what a folder holds may be others.
        let usable = opened.and_then(|table| match is_found {
            true => match Oracle::new(&table) {
                Ok(_) => Ok(table),
                Err(error) => Err(error.into()),
            },
            false => Ok(table),
        });
        match usable {
            Ok(table) => tables.push(Arc::new(table)),
            Err(failure) if is_found => left_out.push((path, failure)),
            Err(failure) => return Err(failure),
        }
    }
    if tables.is_empty()
        && let Some((_, failure)) = left_out.pop()
    {
        return Err(failure);
    }
    for (path, failure) in left_out {
        remark(&format!("{} is left out: {failure}", path.display()));
    }
    let design = Design {
        tables,
        variants,
        settings,
        seed: arguments.seed,
        seeds: arguments.seeds,
        budget: arguments.budget,
        batch: arguments.batch,
    };
    design.check()?;
    design.tables.iter().for_each(|table| remark_on(table));
    Ok(design)
}

fn remark_on(table: &Dataset) {
    for notice in table.notices() {
        remark(&format!("{}: {notice}", table.name()));
    }
}

/// The tables and sets that are named, the tables of a folder in the order of their names; of each,
/// whether it was found in a folder.
fn files(named: &[PathBuf], options: &ReadOptions) -> Result<Vec<(PathBuf, bool)>, Failure> {
    let mut files = Vec::new();
    for path in named {
        let source = Source::probe(path, options);
        if !path.is_dir() || source == Source::Images {
            files.push((path.clone(), false));
            continue;
        }
        let told = |error: io::Error| format!("cannot list {}: {error}", path.display());
        let mut inside = Vec::new();
        for entry in fs::read_dir(path).map_err(told)? {
            let file = entry.map_err(told)?.path();
            let name = file.to_string_lossy().to_lowercase();
            // What an earlier experiment has left there is no table.
            if file.is_file() && is_table(&name) && !file.ends_with(RESULTS) {
                inside.push(file);
            }
        }
        // The sequences of one set lie in subfolders; files beside one another are tables.
        if inside.is_empty() && source == Source::Sequences {
            files.push((path.clone(), false));
            continue;
        }
        if inside.is_empty() {
            let endings = TABLES.map(|ending| format!("*.{ending}")).join(", ");
            return Err(format!("there is no table ({endings}) in {}", path.display()).into());
        }
        inside.sort();
        files.extend(inside.into_iter().map(|file| (file, true)));
    }
    Ok(files)
}

/// The endings that only tables, images and sequences have: a folder may hold a readme and results of
/// other programs too.
const TABLES: [&str; 18] = [
    "csv", "tsv", "parquet", "pq", "arrow", "feather", "ipc", "xlsx", "xls", "ods", "sqlite",
    "sqlite3", "jsonl", "ndjson", "arff", "npy", "npz", "ts",
];

/// Whether a file of this name, in lower case, is a table, packed or not.
fn is_table(name: &str) -> bool {
    let packed = PACKED
        .iter()
        .find_map(|ending| name.strip_suffix(ending)?.strip_suffix('.'));
    let ending = packed.unwrap_or(name).rsplit_once('.');
    ending.is_some_and(|(_, ending)| TABLES.contains(&ending))
}

fn read_peers(path: &Path) -> Result<Peers, Failure> {
    let file = File::open(path)
        .map_err(|error| format!("cannot read the peers in {}: {error}", path.display()))?;
    Peers::read(file)
        .map_err(|error| format!("the peers in {} do not read: {error}", path.display()).into())
}

/// Results that are there, and where further ones go.
#[derive(Default)]
struct Ledger {
    known: Vec<Record>,
    file: Option<(PathBuf, File)>,
}

impl Ledger {
    /// Reads the results in a folder and cuts off a line that was torn.
    fn open(folder: &Path) -> Result<Self, Failure> {
        let told = |error: io::Error| format!("cannot write to {}: {error}", folder.display());
        fs::create_dir_all(folder).map_err(told)?;
        let path = folder.join(RESULTS);
        let bytes = match fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            read => read.map_err(|error| format!("cannot read {}: {error}", path.display()))?,
        };
        let results =
            Results::read(&bytes).map_err(|error| format!("in {}, {error}", path.display()))?;
        let file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&path)
            .map_err(told)?;
        if results.whole < bytes.len() {
            remark(&format!(
                "the last line of {} was torn by an interruption and is run again",
                path.display()
            ));
            file.set_len(results.whole as u64).map_err(told)?;
        }
        Ok(Self {
            known: results.records,
            file: Some((path, file)),
        })
    }
}

/// Runs the trials that are not known yet, each kept as soon as it is done, and returns the records
/// of all in the order of the trials.
fn run_all(design: &Design, ledger: Ledger) -> Result<Vec<Record>, Failure> {
    let trials: Vec<(Trial, String)> = design
        .trials()
        .into_iter()
        .map(|trial| (trial, design.key(&trial)))
        .collect();
    let known: Vec<Option<Record>> = trials
        .iter()
        .map(|(trial, key)| {
            let same = |record: &&Record| design.answers(trial, key, record);
            ledger.known.iter().find(same).cloned()
        })
        .collect();
    let missing = trials
        .iter()
        .zip(&known)
        .filter(|(_, known)| known.is_none());
    let queries = missing.map(|((trial, _), _)| design.queries(trial.table) as u64);
    let bar = bar(queries.sum());
    let file = Mutex::new(ledger.file);
    let failed = Mutex::new(None::<String>);
    let records = map_each(trials.len(), |index| {
        let (trial, key) = &trials[index];
        if let Some(record) = &known[index] {
            return Some(record.clone());
        }
        if failed
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .is_some()
        {
            return None;
        }
        match run_one(design, trial, key.clone(), &bar, &file) {
            Ok(record) => Some(record),
            Err(sentence) => {
                failed
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .get_or_insert(sentence);
                None
            }
        }
    });
    bar.finish_and_clear();
    match failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some(sentence) => Err(sentence.into()),
        None => Ok(records.into_iter().flatten().collect()),
    }
}

/// Runs a trial and adds its line to the file.
fn run_one(
    design: &Design,
    trial: &Trial,
    key: String,
    bar: &ProgressBar,
    file: &Mutex<Option<(PathBuf, File)>>,
) -> Result<Record, String> {
    let mut tell = |event| {
        if let ReplayEvent::Answered(_) = event {
            bar.inc(1);
        }
    };
    let record = run_trial(design, trial, key, &mut Unwatched, &mut tell)
        .map_err(|error| format!("{}: {error}", design.tables[trial.table].name()))?;
    let line = record.line();
    let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((path, file)) = file.as_mut() {
        // One write a line: an interruption tears the last one at most.
        file.write_all(line.as_bytes())
            .map_err(|error| format!("cannot write to {}: {error}", path.display()))?;
    }
    // What is read back later is what is used now, to the last bit.
    let read = Results::read(line.as_bytes()).map_err(|error| error.to_string())?;
    Ok(read.records.into_iter().next().unwrap_or(record))
}

fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    replace(path, bytes, || Ok(()))
        .map(drop)
        .map_err(|error| format!("cannot write to {}: {error}", path.display()).into())
}

/// What was run, in a sentence.
fn headline(design: &Design) -> String {
    let last = design.seed.saturating_add(design.seeds) - 1;
    let seeds = match design.seeds {
        1 => format!("seed {last}"),
        _ => format!("seeds {} to {last}", design.seed),
    };
    let answers = match design.batch {
        1 => "1 answer".to_owned(),
        batch => format!("{batch} answers"),
    };
    format!(
        "glad {} experiment: {} queries, {seeds}, {answers} a training, tau {}, ensemble {}",
        env!("CARGO_PKG_VERSION"),
        design.budget,
        design.settings.tau,
        design.settings.ensemble
    )
}
