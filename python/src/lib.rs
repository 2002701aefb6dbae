//! The labelling loop for Python: what `glad/__init__.py` puts into the conventions of
//! scikit-learn.
//!
//! Nothing is computed here: arrays go in and out, errors become exceptions with the same
//! sentences, and Python's lock is let go while the engine works.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use glad::dataset::{Dataset, Role};
use glad::detector::{Fitted, Method, Settings, explain};
use glad::numeric::Unwatched;
use glad::session::{Action, Answer, Unvisited};
use glad::store::{Document, read_session, save_session};
use numpy::ndarray::{Array2, ArrayView2, Axis};
use numpy::{IntoPyArray, PyArray1, PyArray2, PyReadonlyArray2};
use pyo3::exceptions::{PyIndexError, PyValueError};
use pyo3::prelude::*;

/// A session with its model.
#[pyclass]
struct Engine {
    document: Document,
    /// The columns of an array that are features; the others were constant when it was fitted.
    kept: Vec<usize>,
}

fn told(error: impl std::fmt::Display) -> PyErr {
    PyValueError::new_err(error.to_string())
}

fn now() -> Option<u64> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    u64::try_from(since.as_millis()).ok()
}

/// The features of a table that was made of an array, as places in that array.
fn kept(dataset: &Dataset) -> Vec<usize> {
    let columns = dataset.columns().iter().enumerate();
    let features = columns.filter(|(_, column)| column.role == Role::Feature);
    features.map(|(at, _)| at).collect()
}

#[pymethods]
impl Engine {
    /// Fits the detectors to `x` `[n, d]`.
    #[staticmethod]
    #[pyo3(signature = (x, names, ensemble, tau, seed, batch, method))]
    #[expect(clippy::too_many_arguments, reason = "they are keywords in Python")]
    fn fit(
        py: Python<'_>,
        x: PyReadonlyArray2<'_, f32>,
        names: Vec<String>,
        ensemble: Option<&str>,
        tau: f64,
        seed: u64,
        batch: usize,
        method: &str,
    ) -> PyResult<Self> {
        let mut settings = Settings {
            tau,
            seed,
            method: match method {
                "glad" => Method::Glad,
                "aad" => Method::Aad,
                "baseline" => Method::Baseline,
                other => {
                    return Err(told(format!(
                        "method is {other:?}, but must be \"glad\", \"aad\" or \"baseline\""
                    )));
                }
            },
            ..Settings::default()
        };
        if let Some(ensemble) = ensemble {
            settings.ensemble = ensemble.parse().map_err(told)?;
        }
        // The table owns its values: this copy is the only one.
        let features = x.as_array().to_owned();
        py.detach(|| {
            let dataset = Dataset::from_parts("array", names, features, None).map_err(told)?;
            let kept = kept(&dataset);
            let fitted = Fitted::fit(&Arc::new(dataset), &settings, &mut Unwatched);
            let fitted = Arc::new(fitted.map_err(told)?);
            Ok(Self {
                document: Document::begin(&fitted, batch),
                kept,
            })
        })
    }

    /// Opens a session; its table is in the file, where it was, or at `table`.
    #[staticmethod]
    fn open(py: Python<'_>, path: PathBuf, table: Option<PathBuf>) -> PyResult<Self> {
        py.detach(|| {
            let saved = read_session(&path).map_err(told)?;
            let dataset = saved.open_data(&path, table.as_deref()).map_err(told)?;
            let name = path.display().to_string();
            let document = Document::on(&saved, &dataset, &name, &mut Unwatched);
            let mut engine = Self {
                document: document.map_err(told)?,
                kept: kept(&dataset),
            };
            engine.catch_up()?;
            Ok(engine)
        })
    }

    /// Saves the session with its table in it.
    fn save(&self, py: Python<'_>, path: PathBuf) -> PyResult<()> {
        py.detach(|| {
            let document = Document {
                embed: true,
                ..self.document.clone()
            };
            save_session(Path::new(&path), &document.saved()).map_err(told)
        })
    }

    /// The number of instances and of columns of an array.
    #[getter]
    fn shape(&self) -> (usize, usize) {
        let dataset = self.document.model.fitted().dataset();
        (dataset.n_instances(), dataset.columns().len())
    }

    /// The names of the features.
    #[getter]
    fn feature_names(&self) -> Vec<String> {
        self.document
            .model
            .fitted()
            .dataset()
            .feature_names()
            .to_vec()
    }

    /// The names of the ensemble's members.
    #[getter]
    fn member_names(&self) -> Vec<String> {
        self.document.model.fitted().frozen().member_names()
    }

    /// What was decided in taking the table in, as sentences.
    #[getter]
    fn notices(&self) -> Vec<String> {
        self.document.model.fitted().dataset().notices().to_vec()
    }

    /// The score at rank `⌊τ n⌋`.
    #[getter]
    fn q_tau(&self) -> f32 {
        self.document.model.q_tau()
    }

    /// The number of trainings behind the model.
    #[getter]
    fn revision(&self) -> u64 {
        self.document.session.revision()
    }

    /// The anomaly scores of the table's instances `[n]`.
    fn scores<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray1<f32>> {
        self.document.model.scores().to_vec().into_pyarray(py)
    }

    /// The anomaly scores of rows `[k, d]`.
    fn score<'py>(
        &self,
        py: Python<'py>,
        x: PyReadonlyArray2<'py, f32>,
    ) -> PyResult<Bound<'py, PyArray1<f32>>> {
        let scored = self.scored(py, x.as_array())?;
        Ok(scored.scores.into_pyarray(py))
    }

    /// The relevance of each member at rows `[k, d]`, `[k, m]`.
    fn relevance<'py>(
        &self,
        py: Python<'py>,
        x: PyReadonlyArray2<'py, f32>,
    ) -> PyResult<Bound<'py, PyArray2<f32>>> {
        let scored = self.scored(py, x.as_array())?;
        Ok(scored.relevance.into_pyarray(py))
    }

    /// The member scores at rows `[k, d]`, `[k, m]`.
    fn member_scores<'py>(
        &self,
        py: Python<'py>,
        x: PyReadonlyArray2<'py, f32>,
    ) -> PyResult<Bound<'py, PyArray2<f32>>> {
        let scored = self.scored(py, x.as_array())?;
        Ok(scored.member_scores.into_pyarray(py))
    }

    /// The best `count` candidates.
    fn ask(&self, count: usize) -> Vec<usize> {
        let answers = self.document.session.answers();
        let mut open = self.document.session.candidates(&self.document.model);
        if count > open.len() {
            open = glad::session::candidates(&self.document.model, &answers, count);
        }
        open.truncate(count);
        open
    }

    /// Records answers by name, in order, and trains as often as they make up a batch.
    fn tell(&mut self, py: Python<'_>, answers: Vec<(usize, String)>) -> PyResult<()> {
        let n = self.shape().0;
        let mut acts = Vec::with_capacity(answers.len());
        for (instance, name) in &answers {
            if *instance >= n {
                return Err(PyIndexError::new_err(format!(
                    "instance {instance} is outside the table, which has {n}"
                )));
            }
            let all = [
                Answer::Anomaly,
                Answer::Nominal,
                Answer::Unsure,
                Answer::Skip,
            ];
            let answer = all.into_iter().find(|answer| answer.name() == name);
            let answer = answer.ok_or_else(|| {
                told(format!(
                    "the answer {name:?} is none: say anomaly, nominal, unsure or skip"
                ))
            })?;
            acts.push(Action::answer(*instance, answer));
        }
        py.detach(|| {
            for act in acts {
                self.document.session.act(act, now());
            }
            self.catch_up()
        })
    }

    /// Trains on the answers so far; false where there is none to train on.
    fn retrain(&mut self, py: Python<'_>) -> PyResult<bool> {
        py.detach(|| {
            let is_possible = self.document.session.act(Action::Retrain, now());
            self.catch_up().map(|()| is_possible)
        })
    }

    /// Takes the last step back, its training included; false where there is none.
    fn undo(&mut self, py: Python<'_>) -> PyResult<bool> {
        py.detach(|| {
            let is_possible = self.document.session.undo().is_some();
            self.catch_up().map(|()| is_possible)
        })
    }

    /// The answers in force: instances with names.
    fn answers(&self) -> Vec<(usize, &'static str)> {
        let answers = self.document.session.answers().into_iter();
        answers
            .map(|(instance, answer)| (instance, answer.name()))
            .collect()
    }

    /// The members' parts in the score of an instance, the largest first: member, score,
    /// relevance, contribution, share.
    fn explain(&self, instance: usize) -> PyResult<Vec<(usize, f32, f32, f32, f32)>> {
        let n = self.shape().0;
        if instance >= n {
            return Err(PyIndexError::new_err(format!(
                "instance {instance} is outside the table, which has {n}"
            )));
        }
        let parts = explain(&self.document.model, instance).into_iter();
        Ok(parts
            .map(|part| {
                (
                    part.member,
                    part.score,
                    part.relevance,
                    part.product,
                    part.share,
                )
            })
            .collect())
    }
}

impl Engine {
    fn catch_up(&mut self) -> PyResult<()> {
        let done = (self.document).catch_up(&mut Unwatched, &mut Unvisited);
        done.map_err(told)
    }

    fn scored(&self, py: Python<'_>, x: ArrayView2<'_, f32>) -> PyResult<glad::detector::Scored> {
        let columns = self.shape().1;
        if x.ncols() != columns {
            return Err(told(format!(
                "X has {} features, but the detector was fitted to {columns}",
                x.ncols()
            )));
        }
        if let Some(at) = x.iter().position(|value| !value.is_finite()) {
            let (row, column) = (at / columns, at % columns);
            return Err(told(format!(
                "X has a value that is not finite in row {row}, column {column}"
            )));
        }
        let selected: Option<Array2<f32>> =
            (self.kept.len() < columns).then(|| x.select(Axis(1), &self.kept));
        let view = selected.as_ref().map_or(x, |selected| selected.view());
        Ok(py.detach(|| self.document.model.trained().score(view)))
    }
}

/// The engine of GLAD.
#[pymodule]
fn _glad(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Engine>()
}
