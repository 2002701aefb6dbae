//! The work itself, as a function.

use std::path::PathBuf;
use std::sync::Arc;

use super::{
    ArtifactKind, Lasso, LassoRequest, ListRequest, Listing, OracleRequest, OriginalRequest,
    Originals, WriteError, WriteRequest, Written,
};
use crate::dataset::{
    Dataset, DatasetError, Label, Preview, ReadOptions, open_image_toy, preview, read_path_watched,
};
use crate::detector::{FitError, Fitted, Model, Settings, Similar, Space, Viewpoint, Weights, Why};
use crate::evaluation::OracleError;
use crate::figures::{Change, Embedding, PairAlignment, RelevanceMap, ScoreMap, SequenceCurves};
use crate::imaging::ImageToy;
use crate::numeric::{Cancelled, Watch};
use crate::sequence::Learnt;
use crate::session::TrainingPlan;
use crate::store::{GoOnRequest, OpenError, OpenedSession, open_session};

/// Work to be done.
#[derive(Clone, Debug)]
pub enum Request {
    /// Read the beginning of a table, to choose its columns.
    Preview(PathBuf, ReadOptions),
    /// Read a table.
    Read(PathBuf, ReadOptions),
    /// Learn from bundled images.
    ReadToy(&'static ImageToy),
    /// Open a session; its table is looked for at the second path if that is given.
    Open(PathBuf, Option<PathBuf>),
    /// Let a session go on with another table.
    GoOn(Box<GoOnRequest>),
    /// Fit a detector to a table.
    Fit(Arc<Dataset>, Settings),
    /// Train on labels.
    Train(Arc<Model>, TrainingPlan),
    /// Rank by weights that were trained earlier.
    Rank(Arc<Model>, Arc<Weights>),
    /// Explain an instance; with the labels so far.
    Why(Arc<Model>, usize, Vec<(usize, Label)>),
    /// Find what was drawn around.
    Lasso(LassoRequest),
    /// Filter and sort rows.
    List(ListRequest),
    /// Find the instances that are nearest to one: so many of them.
    Similar(Arc<Model>, usize, Space, usize),
    /// Compute what a map shows.
    Map(MapRequest),
    /// Compute what at most so many members say over the plane of a map.
    RelevanceGrid(Arc<ScoreMap>, usize),
    /// Compute how the model of a map differs from the one before.
    Change(Arc<ScoreMap>, Before),
    /// Map the model before that of a map, on the same scale.
    Earlier(Arc<ScoreMap>, Before),
    /// Write what is in a session, or score another table.
    Write(Box<WriteRequest>),
    /// Lay rows out, alike by this.
    Embed(Arc<Model>, Space),
    /// Look rows up in the file of the table.
    Original(OriginalRequest),
    /// Make the curves of sequences, each over the usual course or by its own time.
    Curves(Arc<Learnt>, Vec<(usize, bool)>),
    /// Align two sequences.
    Align(Arc<Learnt>, (usize, usize)),
    /// Go on with a replay by the oracle: work for idle times, which anything else stops.
    Oracle(OracleRequest),
}

/// What to map.
#[derive(Clone, Debug)]
pub struct MapRequest {
    /// By which model.
    pub model: Arc<Model>,
    /// From where.
    pub viewpoint: Viewpoint,
    /// The instance through which the slice goes.
    pub anchor: usize,
    /// An earlier map from the same viewpoint: plane and places are the same.
    pub known: Option<Arc<ScoreMap>>,
}

/// An earlier model.
#[derive(Clone, Debug)]
pub enum Before {
    /// It is at hand.
    Known(Arc<Model>),
    /// It is ranked anew by these weights.
    Weights(Arc<Weights>),
}

impl Before {
    /// Its weights.
    pub fn weights(&self) -> &Arc<Weights> {
        match self {
            Self::Known(model) => model.weights(),
            Self::Weights(weights) => weights,
        }
    }

    fn model(self, after: &Model) -> Arc<Model> {
        match self {
            Self::Known(model) => model,
            Self::Weights(weights) => Arc::new(Model::with_weights(after.fitted(), weights)),
        }
    }
}

/// What came of a request.
#[derive(Clone, Debug)]
pub enum Response {
    /// The beginning of a table.
    Previewed(PathBuf, Result<Preview, DatasetError>),
    /// A table; with its file and how it was to be read.
    Read(PathBuf, ReadOptions, Result<Arc<Dataset>, DatasetError>),
    /// A session from its file.
    Opened(PathBuf, Result<Box<OpenedSession>, OpenError>),
    /// A fitted detector, as the model before any label.
    Fitted(Arc<Dataset>, Result<Arc<Model>, FitError>),
    /// The model after a training.
    Trained(TrainingPlan, Result<Arc<Model>, Cancelled>),
    /// The model of earlier weights.
    Ranked(Arc<Model>),
    /// The explanation of an instance.
    Explained(Arc<Why>),
    /// What was drawn around.
    Lassoed(Arc<Lasso>),
    /// Rows, filtered and sorted; nothing where others were asked for meanwhile.
    Listed(Result<Arc<Listing>, Cancelled>),
    /// The instances that are nearest to one; nothing where others were asked for meanwhile.
    Similar(Result<Arc<Similar>, Cancelled>),
    /// A map.
    Mapped(Arc<ScoreMap>),
    /// Relevance maps.
    RelevanceMapped(Arc<RelevanceMap>),
    /// What the last training changed.
    Changed(Arc<Change>),
    /// A map, and that of the model before, on one scale.
    Earlier(Arc<ScoreMap>, Arc<ScoreMap>),
    /// What became of an artifact, by its place.
    Written(ArtifactKind, PathBuf, Result<Written, WriteError>),
    /// Rows, laid out by what they are alike in; nothing where that was cancelled.
    Embedded(Space, Result<Arc<Embedding>, Cancelled>),
    /// Rows as they stand in the file.
    LookedUp(Originals),
    /// Curves of sequences, each with its instance and whether it is over the usual course.
    Curved(Vec<((usize, bool), Arc<SequenceCurves>)>),
    /// How two sequences lie to each other.
    Aligned(Arc<PairAlignment>),
    /// A replay by the oracle, a batch further.
    Replayed(Result<OracleRequest, OracleError>),
    /// The work stopped with a fault of the program.
    Died(String),
}

impl Request {
    /// Does the work.
    pub fn run(self, watch: &mut dyn Watch) -> Response {
        match self {
            Self::Preview(path, options) => {
                let seen = preview(&path, &options);
                Response::Previewed(path, seen)
            }
            Self::Read(path, options) => {
                let read = read_path_watched(&path, &options, watch).map(Arc::new);
                Response::Read(path, options, read)
            }
            Self::ReadToy(toy) => {
                let options = ReadOptions::default();
                let read = open_image_toy(toy, &options, watch).map(Arc::new);
                Response::Read(PathBuf::new(), options, read)
            }
            Self::Open(path, data) => {
                let opened = open_session(&path, data.as_deref(), watch);
                Response::Opened(path, opened.map(ready))
            }
            Self::GoOn(request) => {
                let table = request.table.clone();
                Response::Opened(table, request.run(watch).map(ready))
            }
            Self::Fit(dataset, settings) => {
                // Worked out here, so that no frame waits for it.
                dataset.fingerprint();
                let fitted = Fitted::fit(&dataset, &settings, watch);
                if let Ok(fitted) = &fitted {
                    fitted.overview();
                }
                Response::Fitted(
                    dataset,
                    fitted.map(|fitted| Arc::new(Model::primed(&Arc::new(fitted)))),
                )
            }
            Self::Train(model, plan) => {
                let trained = plan.run(&model, watch);
                Response::Trained(plan, trained.map(Arc::new))
            }
            Self::Rank(model, weights) => {
                Response::Ranked(Arc::new(Model::with_weights(model.fitted(), weights)))
            }
            Self::Why(model, instance, labels) => {
                Response::Explained(Arc::new(Why::of(&model, instance, labels)))
            }
            Self::Lasso(request) => Response::Lassoed(Arc::new(request.run())),
            Self::List(request) => Response::Listed(request.run(watch).map(Arc::new)),
            Self::Similar(model, instance, space, most) => {
                let found = Similar::find(&model, instance, space, most, watch);
                Response::Similar(found.map(Arc::new))
            }
            Self::Map(request) => Response::Mapped(Arc::new(request.run())),
            Self::RelevanceGrid(map, count) => {
                Response::RelevanceMapped(Arc::new(RelevanceMap::of(map, count)))
            }
            Self::Change(map, before) => {
                let before = before.model(&map.model);
                Response::Changed(Arc::new(Change::of(map, before)))
            }
            Self::Earlier(map, before) => {
                let before = before.model(&map.model);
                let earlier = map.of_before(before);
                Response::Earlier(map, Arc::new(earlier))
            }
            Self::Write(request) => {
                let (kind, path) = (request.artifact.kind(), request.path.clone());
                Response::Written(kind, path, request.run(watch))
            }
            Self::Embed(model, space) => {
                Response::Embedded(space, Embedding::of(model, space, watch).map(Arc::new))
            }
            Self::Original(request) => Response::LookedUp(request.run(watch)),
            Self::Curves(learnt, wanted) => {
                let of = |key: (usize, bool)| {
                    let curves = SequenceCurves::of(&learnt, key.0, key.1)?;
                    Some((key, Arc::new(curves)))
                };
                Response::Curved(wanted.into_iter().filter_map(of).collect())
            }
            Self::Align(learnt, pair) => {
                Response::Aligned(Arc::new(PairAlignment::of(&learnt, pair)))
            }
            Self::Oracle(request) => Response::Replayed(request.run(watch)),
        }
    }
}

/// A session with all that its first frame shows: no frame waits for it.
fn ready(opened: OpenedSession) -> Box<OpenedSession> {
    opened.document.fitted().overview();
    Box::new(opened)
}

impl MapRequest {
    fn run(self) -> ScoreMap {
        let known = self.known.as_deref();
        ScoreMap::of(self.model, self.viewpoint, self.anchor, known)
    }
}
