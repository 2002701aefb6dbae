//! A session that goes on with another table.

use std::collections::BTreeMap;
use std::sync::Arc;

use thiserror::Error;

use super::file::SavedSession;
use crate::dataset::{Continued, Dataset, DatasetError, Origin};
use crate::detector::{Drift, FitError, Fitted, Model};
use crate::numeric::Watch;
use crate::numeric::number::many;
use crate::session::{Action, Mark, Outcome, Session, Unvisited};

/// What came of going on with another table.
#[derive(Clone, Debug)]
pub struct Continuation {
    /// The session on it.
    pub session: SavedSession,
    /// New rows.
    pub rows: usize,
    /// Answers that go on counting.
    pub answers: usize,
    /// Whether the new table begins with all rows of the earlier one.
    pub is_longer: bool,
    /// Where instances of the earlier table are now.
    pub now_at: BTreeMap<usize, usize>,
    /// How it differs; `None` where the detectors were fitted again on both.
    pub drift: Option<Drift>,
    /// What was met in reading the new table.
    pub notices: Vec<String>,
}

impl Continuation {
    /// What came of it, as a sentence.
    pub fn sentence(&self) -> String {
        let rows = many(self.rows, "new row", "new rows");
        let answers = many(self.answers, "answer", "answers");
        let whose = match (self.is_longer, self.drift.is_some()) {
            (true, _) => {
                "the table begins with the rows of the earlier one, and they stay with them"
            }
            (false, true) if self.now_at.len() > self.answers => {
                "all rows of the earlier table are carried along in the session"
            }
            (false, true) => "their rows are carried along in the session",
            (false, false) => "both tables are in the session",
        };
        let detectors = match self.drift {
            Some(_) => "detectors, scaling and relevance are as they were",
            None => "the detectors are fitted again on both tables",
        };
        format!("{rows}; {answers} go on counting ({whose}); {detectors}.")
    }
}

/// Which instances of the earlier table are carried along.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Carried {
    /// Those with an answer in force.
    #[default]
    Answered,
    /// All of them: where the new rows are the candidates of a table that is scored elsewhere, the
    /// earlier ones stay what is usual beside them.
    All,
}

/// What was said since a session went on with another table.
#[derive(Clone, Copy, Debug)]
pub struct Since<'a> {
    /// The session on that table.
    pub session: &'a Session,
    /// Where instances of the earlier table are in it ([`Continuation::now_at`]).
    pub now_at: &'a BTreeMap<usize, usize>,
}

/// Why a session cannot go on with a table.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum ContinueError {
    /// The table cannot be read by the columns of the session.
    #[error(transparent)]
    Table(#[from] DatasetError),
    /// The detectors cannot be put on it.
    #[error(transparent)]
    Fit(#[from] FitError),
}

/// Goes on with another table, read by the columns of the session's own ([`read_by`]).
///
/// 1. Detectors, scaling and relevance are those of the session: relevance at the seam is what a
///    history begins from there, so that undo, replay and verification end at it.
/// 2. Instances with an answer in force, or all of them, are carried along at the end of the table,
///    and with them answers and notes, as one act that nothing is trained on yet: the next training counts them.
/// 3. Where the new table begins with all rows of the earlier one nothing needs to be carried along;
///    answers stay with their rows.
///
/// [`read_by`]: crate::dataset::read_by
///
/// # Errors
/// [`ContinueError`].
pub fn go_on_with(
    session: &Session,
    model: &Model,
    new: Dataset,
    carried: Carried,
    watch: &mut dyn Watch,
) -> Result<Continuation, ContinueError> {
    let (fitted, rows) = (model.fitted(), new.n_instances());
    let earlier = fitted.dataset();
    let notices = new.notices().to_vec();
    let is_longer = new.is_longer(earlier);
    let kept: Vec<usize> = match is_longer || carried == Carried::All {
        true => (0..earlier.n_instances()).collect(),
        false => session.replies().into_keys().collect(),
    };
    let now_at: BTreeMap<usize, usize> = match is_longer {
        true => kept.iter().map(|&instance| (instance, instance)).collect(),
        false => kept.iter().copied().zip(rows..).collect(),
    };
    let carried = earlier.rows(if is_longer { &[] } else { &kept });
    let continued = new.origin().and_then(|origin| {
        Some(Continued {
            path: origin.path()?.to_string_lossy().into_owned(),
            options: origin.read_options(),
            schema: fitted.frozen().schema().clone(),
            earlier: carried.clone(),
        })
    });
    let all = new.followed_by(&carried)?;
    let all = Arc::new(
        all.with_origin(continued.map(|continued| Origin::Continued(Box::new(continued)))),
    );
    let frozen = fitted
        .frozen()
        .begun_with(model.weights(), |instance| now_at.get(&instance).copied());
    let next = Fitted::restore(&Arc::new(frozen), &all, watch).map_err(FitError::from)?;
    let next = Arc::new(next);
    let mut goes_on = Session::new(Arc::clone(next.primed()), session.batch());
    goes_on.set_automatic(session.is_automatic());
    carry(session, &mut goes_on, &now_at);
    // The relevance of the seam has been trained on these answers already.
    if let Some(plan) = goes_on.due() {
        goes_on.settle(&plan, Outcome::Cancelled);
    }
    let mut saved = SavedSession::of(&goes_on, &next, false);
    saved.calibration = Some(Model::primed(&next).calibration());
    let first = if is_longer { earlier.n_instances() } else { 0 };
    Ok(Continuation {
        session: saved,
        rows: rows - first,
        answers: goes_on.replies().len(),
        is_longer,
        now_at,
        drift: Some(Drift::of(fitted, &next, rows)),
        notices,
    })
}

/// Fits the detectors again on the earlier table and the new one together, and carries all answers
/// and notes over, those that were given since the session went on with the new one too; the table is
/// in the session.
///
/// # Errors
/// [`ContinueError`].
pub fn fit_on_both(
    session: &Session,
    fitted: &Fitted,
    new: Dataset,
    since: Option<Since<'_>>,
    watch: &mut dyn Watch,
) -> Result<Continuation, ContinueError> {
    let earlier = fitted.dataset();
    let (n, rows) = (earlier.n_instances(), new.n_instances());
    let notices = new.notices().to_vec();
    let is_longer = new.is_longer(earlier);
    let both = match is_longer {
        true => new,
        false => {
            let instances: Vec<usize> = (0..rows).collect();
            Dataset::clone(earlier).followed_by(&new.rows(&instances))?
        }
    };
    let both = Arc::new(both.with_origin(None));
    let next = Arc::new(Fitted::fit(&both, fitted.settings(), watch)?);
    let mut goes_on = Session::new(Arc::clone(next.primed()), session.batch());
    goes_on.set_automatic(session.is_automatic());
    let now_at: BTreeMap<usize, usize> = (0..n).map(|instance| (instance, instance)).collect();
    carry(session, &mut goes_on, &now_at);
    if let Some(since) = since {
        let first = if is_longer { 0 } else { n };
        let mut back: BTreeMap<usize, usize> = (0..rows).map(|row| (row, first + row)).collect();
        back.extend(since.now_at.iter().map(|(earlier, now)| (*now, *earlier)));
        carry(since.session, &mut goes_on, &back);
    }
    let model = goes_on.catch_up(Arc::new(Model::primed(&next)), watch, &mut Unvisited);
    let model = model.map_err(FitError::from)?;
    Ok(Continuation {
        session: SavedSession {
            calibration: goes_on.calibration_of(&model),
            ..SavedSession::of(&goes_on, &next, true)
        },
        rows: if is_longer { rows - n } else { rows },
        answers: goes_on.replies().len(),
        is_longer,
        now_at,
        drift: None,
        notices,
    })
}

/// Lets a session begin with the answers and notes of another, whose instances are elsewhere now.
fn carry(from: &Session, to: &mut Session, now_at: &BTreeMap<usize, usize>) {
    let Some(Action::Carry {
        replies,
        notes,
        times,
        names,
        marks,
    }) = from.carried()
    else {
        return;
    };
    let given = replies.into_iter().zip(times);
    let (replies, times) = given
        .filter_map(|((at, reply), time)| Some(((*now_at.get(&at)?, reply), time)))
        .unzip();
    let notes = notes.into_iter();
    let notes = notes.filter_map(|(at, note)| Some((*now_at.get(&at)?, note)));
    let moved = |mark: Mark| {
        let instance = *now_at.get(&mark.instance)?;
        Some(Mark { instance, ..mark })
    };
    let marks = marks.into_iter();
    let at = from.steps().iter().filter_map(|step| step.at).max();
    let carried = Action::Carry {
        replies,
        notes: notes.collect(),
        times,
        names,
        marks: marks
            .filter_map(|(name, mark)| Some((name, moved(mark)?)))
            .collect(),
    };
    to.act(carried, at);
}
