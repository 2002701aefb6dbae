//! The work itself, as a function.

use std::path::PathBuf;
use std::sync::Arc;

use super::{
    Change, ChangeRequest, DrawError, DrawRequest, Export, ExportRequest, Lasso, LassoRequest,
    OpenError, OpenedSession, OracleRequest, ReliefMap, ReliefRequest, ReportKind, ReportRequest,
    ReportTrouble, WriteError, Written, open_session,
};
use crate::dataset::{
    Dataset, DatasetError, Label, Preview, ReadOptions, preview, read_path_watched,
};
use crate::detector::{
    FitError, Fitted, Model, Plane, Settings, Surface, Viewpoint, Weights, Why, surface,
};
use crate::evaluation::OracleError;
use crate::numeric::{
    Cancelled, Crowd, Polyline, Watch, contour_lines, nice_levels, quantile, sorted,
};
use crate::session::TrainingPlan;

/// Cells of a score map along each side.
const CELLS: usize = 100;
/// Contour lines of a score map.
const LEVELS: usize = 7;

/// Work to be done.
#[derive(Clone, Debug)]
pub enum Request {
    /// Read the beginning of a table, to choose its columns.
    Preview(PathBuf, ReadOptions),
    /// Read a table.
    Read(PathBuf, ReadOptions),
    /// Open a session; its table is looked for at the second path if that is given.
    Open(PathBuf, Option<PathBuf>),
    /// Fit a detector to a table.
    Fit(Arc<Dataset>, Settings),
    /// Train on labels.
    Train(Arc<Model>, TrainingPlan),
    /// Rank by weights that were trained earlier.
    Rank(Arc<Model>, Arc<Weights>),
    /// Explain an instance; with the labels so far.
    Why(Arc<Model>, usize, Vec<(usize, Label)>),
    /// Find what lies within a line on the map.
    Lasso(LassoRequest),
    /// Compute what a map shows.
    Map(MapRequest),
    /// Compute what the relevance maps show.
    Relief(ReliefRequest),
    /// Compute what the last training changed.
    Change(ChangeRequest),
    /// Write a chart to a file.
    Draw(Box<DrawRequest>),
    /// Write a report, or all charts, of a session.
    Report(Box<ReportRequest>),
    /// Write what is in a session, or score another table.
    Export(Box<ExportRequest>),
    /// Go on with a replay by the oracle: work for idle times, which anything else stops.
    Oracle(OracleRequest),
}

/// What to map.
#[derive(Clone, Debug)]
pub struct MapRequest {
    /// By which belief.
    pub model: Arc<Model>,
    /// From where.
    pub viewpoint: Viewpoint,
    /// The instance through which the slice goes.
    pub anchor: usize,
    /// An earlier map from the same viewpoint: plane and places are the same.
    pub known: Option<Arc<ScoreMap>>,
}

/// What came of a request.
#[derive(Clone, Debug)]
pub enum Response {
    /// The beginning of a table.
    Previewed(PathBuf, Result<Preview, DatasetError>),
    /// A table.
    Read(Result<Arc<Dataset>, DatasetError>),
    /// A session from its file.
    Opened(PathBuf, Result<Box<OpenedSession>, OpenError>),
    /// A fitted detector, as the belief before any label.
    Fitted(Arc<Dataset>, Result<Arc<Model>, FitError>),
    /// The belief after a training.
    Trained(TrainingPlan, Result<Arc<Model>, Cancelled>),
    /// The belief of earlier weights.
    Ranked(Arc<Model>),
    /// The explanation of an instance.
    Explained(Arc<Why>),
    /// What lies within a line.
    Lassoed(Arc<Lasso>),
    /// A map.
    Mapped(Arc<ScoreMap>),
    /// Relevance maps.
    Relieved(Arc<ReliefMap>),
    /// What the last training changed.
    Changed(Arc<Change>),
    /// A chart was written to a file, or why not.
    Drawn(PathBuf, Result<(), DrawError>),
    /// What became of a report or of all charts, by its place.
    Reported(ReportKind, PathBuf, Result<(), ReportTrouble>),
    /// What became of an export, by its place.
    Exported(Export, PathBuf, Result<Written, WriteError>),
    /// A replay by the oracle, a batch further.
    Replayed(Result<OracleRequest, OracleError>),
    /// The work stopped with a fault of the program.
    Died(String),
}

/// What a map shows: places, the score over the plane, its contour lines.
#[derive(Clone, Debug)]
pub struct ScoreMap {
    /// From where it is seen.
    pub viewpoint: Viewpoint,
    /// The instance through which the slice goes.
    pub anchor: usize,
    /// The belief that it shows.
    pub model: Arc<Model>,
    /// The plane.
    pub plane: Plane,
    /// The coordinates of every instance.
    pub places: Arc<Vec<[f32; 2]>>,
    /// The same in the order in which a picture shows them.
    pub crowd: Arc<Crowd>,
    /// The score over the plane.
    pub surface: Surface,
    /// Lines of equal score, by level.
    pub contours: Vec<(f32, Vec<Polyline>)>,
    /// The line at `q_tau`: above it lies the top τ.
    pub top: Vec<Polyline>,
    /// The ends of its colour scale.
    pub range: (f32, f32),
    /// Whether parts of the surface lie above the scale.
    pub is_cut: bool,
}

/// The ends of the colour scale: from the lowest value of the surface to the highest score of an
/// instance. Beyond all instances scores go on growing; there the colour stays at its end, so that
/// an empty corner does not take the contrast from where the data are.
///
/// On a slice of more dimensions the scores of instances off it say nothing of its values: there the
/// scale ends at all values but the highest hundredth, or at the score of the instance through which
/// the slice goes, if that is higher.
fn range(model: &Model, surface: &Surface, anchor: usize) -> (f32, f32) {
    let values = sorted(surface.values.iter().copied());
    let low = values.first().copied().unwrap_or(0.0);
    let scores = model.scores();
    let high = match model.fitted().dataset().n_features() {
        2 => model.top(1).first().map_or(low, |&best| scores[best]),
        _ => quantile(&values, 0.99).max(scores[anchor]),
    };
    (low, high.max(low))
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
                Response::Read(read_path_watched(&path, &options, watch).map(Arc::new))
            }
            Self::Open(path, data) => {
                let opened = open_session(&path, data.as_deref(), watch);
                Response::Opened(path, opened.map(Box::new))
            }
            Self::Fit(dataset, settings) => {
                // Worked out here, so that no frame waits for it.
                dataset.fingerprint();
                let fitted = Fitted::fit(&dataset, &settings, watch);
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
            Self::Map(request) => Response::Mapped(Arc::new(request.run())),
            Self::Relief(request) => Response::Relieved(Arc::new(request.run())),
            Self::Change(request) => Response::Changed(Arc::new(request.run())),
            Self::Draw(request) => {
                let path = request.path.clone();
                Response::Drawn(path, request.run())
            }
            Self::Report(request) => {
                let (kind, path) = (request.kind, request.path.clone());
                Response::Reported(kind, path, request.run(watch))
            }
            Self::Export(request) => {
                let (what, path) = (request.what.clone(), request.path.clone());
                Response::Exported(what, path, request.run(watch))
            }
            Self::Oracle(request) => Response::Replayed(request.run(watch)),
        }
    }
}

impl MapRequest {
    fn run(self) -> ScoreMap {
        let Self {
            model,
            viewpoint,
            anchor,
            known,
        } = self;
        let (plane, places, crowd) = match known {
            Some(map) => (
                map.plane.clone(),
                Arc::clone(&map.places),
                Arc::clone(&map.crowd),
            ),
            None => {
                let plane = Plane::new(&model, viewpoint);
                let places = plane.places(&model);
                let crowd = Crowd::new(&places);
                (plane, Arc::new(places), Arc::new(crowd))
            }
        };
        let surface = surface(&model, &plane, &places, anchor, CELLS);
        let contours = nice_levels(&surface.values, LEVELS)
            .into_iter()
            .map(|level| (level, contour_lines(&surface.grid, &surface.values, level)))
            .collect();
        let top = contour_lines(&surface.grid, &surface.values, model.q_tau());
        let range = range(&model, &surface, anchor);
        let highest = surface.values.iter().copied().fold(range.0, f32::max);
        ScoreMap {
            range,
            is_cut: highest > range.1,
            viewpoint,
            anchor,
            model,
            plane,
            places,
            crowd,
            surface,
            contours,
            top,
        }
    }
}
