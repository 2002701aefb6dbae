//! What an experiment runs.

use std::collections::BTreeSet;
use std::sync::Arc;

use thiserror::Error;

use super::{Record, Variant};
use crate::dataset::{Dataset, Label};
use crate::detector::{Settings, SettingsError};
use crate::evaluation::{Oracle, OracleError};
use crate::numeric::fnv1a;

/// Tables × methods × seeds.
#[derive(Clone, Debug)]
pub struct Design {
    /// The tables, each with a name of its own.
    pub tables: Vec<Arc<Dataset>>,
    /// The methods.
    pub variants: Vec<Variant>,
    /// The settings that methods are made of; their seed is not used.
    pub settings: Settings,
    /// The first seed.
    pub seed: u64,
    /// The number of seeds.
    pub seeds: u64,
    /// Queries of a replay; a smaller table ends earlier.
    pub budget: usize,
    /// Answers between trainings.
    pub batch: usize,
}

/// One replay of an experiment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trial {
    /// The table's place in the design.
    pub table: usize,
    /// The method.
    pub variant: Variant,
    /// The seed.
    pub seed: u64,
}

/// A design that cannot be run, as a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DesignError {
    /// A number that must not be 0.
    #[error("--{0} is 0, but must be 1 or more")]
    Zero(&'static str),
    /// Two tables would be one in the results.
    #[error(
        "two tables are named {0}; give one of the files another name, for results are kept by it"
    )]
    SameName(String),
    /// A method twice.
    #[error("the method {0} is named twice")]
    SameVariant(&'static str),
    /// A table without truth.
    #[error(transparent)]
    Oracle(#[from] OracleError),
    /// A setting outside its range.
    #[error(transparent)]
    Settings(#[from] SettingsError),
}

impl Design {
    /// Checks that every trial can be run.
    ///
    /// # Errors
    /// [`DesignError`] names what stands in the way.
    pub fn check(&self) -> Result<(), DesignError> {
        let numbers = [
            ("budget", self.budget as u64),
            ("seeds", self.seeds),
            ("batch", self.batch as u64),
        ];
        if let Some((name, _)) = numbers.into_iter().find(|(_, number)| *number == 0) {
            return Err(DesignError::Zero(name));
        }
        let mut names = BTreeSet::new();
        for table in &self.tables {
            Oracle::new(table)?;
            if !names.insert(table.name()) {
                return Err(DesignError::SameName(table.name().to_owned()));
            }
        }
        let mut variants = BTreeSet::new();
        for variant in &self.variants {
            if !variants.insert(variant) {
                return Err(DesignError::SameVariant(variant.key()));
            }
        }
        Ok(self.settings.validate()?)
    }

    /// The trials: table after table, method after method, seed after seed.
    pub fn trials(&self) -> Vec<Trial> {
        let seeds = self.seed..self.seed.saturating_add(self.seeds);
        let mut trials = Vec::new();
        for table in 0..self.tables.len() {
            for &variant in &self.variants {
                trials.extend(seeds.clone().map(|seed| Trial {
                    table,
                    variant,
                    seed,
                }));
            }
        }
        trials
    }

    /// The queries of a replay of a table.
    pub fn queries(&self, table: usize) -> usize {
        self.budget.min(self.tables[table].n_instances())
    }

    /// What decides a trial's record, beside its table's name, method and seed: values, labels,
    /// settings, batch and the version of the program.
    pub fn key(&self, trial: &Trial) -> String {
        let table = &self.tables[trial.table];
        let values = table.features();
        let values = values.iter().flat_map(|value| value.to_le_bytes());
        let labels = table.truth().map_or(&[][..], |truth| truth.labels());
        let labels = labels.iter().map(|label| match label {
            Some(Label::Anomaly) => b'a',
            Some(Label::Nominal) => b'n',
            None => b'-',
        });
        let settings = match trial.variant.rival() {
            Some(rival) => Ok(format!("{rival:?} {} {}", trial.seed, self.settings.tau)),
            // Numbers, switches and names only, so it is always written.
            None => ron::to_string(&trial.variant.settings(&self.settings, trial.seed)),
        };
        let rest = format!(
            "{}\n{}\n{}\n{}",
            settings.unwrap_or_default(),
            self.batch,
            env!("CARGO_PKG_VERSION"),
            table.feature_names().join("\n"),
        );
        format!(
            "{:016x}",
            fnv1a(values.chain(labels).chain(rest.into_bytes()))
        )
    }

    /// Whether a record is the one that a trial with `key` would make, as far as it goes.
    pub fn answers(&self, trial: &Trial, key: &str, record: &Record) -> bool {
        record.key == key
            && record.dataset == self.tables[trial.table].name()
            && record.method == trial.variant.key()
            && record.seed == trial.seed
            && record.found.len() == self.queries(trial.table)
    }
}
