//! The generation before a session's file, and what must not be lost when that makes room.

use std::io;
use std::path::Path;

use serde::Deserialize;

use super::header::without_header;
use super::limits::MAX_DEPTH;
use super::{SavedSession, SavedStep, backup_of};
use crate::dataset::Fingerprint;
use crate::disk::{exists, free_name, fs, name_again, rename};
use crate::session::Session;

/// What a file says of answers.
#[derive(Deserialize)]
struct Said {
    data: Table,
    steps: Vec<SavedStep>,
    #[serde(rename = "place")]
    cursor: usize,
}

#[derive(Deserialize)]
struct Table {
    fingerprint: Fingerprint,
}

/// Keeps the present file as [`backup_of`] it, before that of `next` takes its place.
///
/// A file that has that name already is of the same session as a rule, and superfluous. Where it
/// holds answers that neither the present file nor the next one has, as of another session that
/// was written over, it is kept under a name of its own: `…~2`, `…~3`, …
pub(super) fn keep_generation(path: &Path, next: &SavedSession) -> io::Result<()> {
    let backup = backup_of(path);
    if exists(path) && exists(&backup) && is_alone(&backup, path, next) {
        rename(&backup, &free_name(path, "~")?)?;
    }
    name_again(path, &backup)
}

/// Whether a file holds answers that are found in neither of two sessions.
fn is_alone(backup: &Path, present: &Path, next: &SavedSession) -> bool {
    let Some(said) = said(backup) else {
        // What cannot be read may hold some.
        return true;
    };
    let next = Said {
        data: Table {
            fingerprint: next.data.fingerprint.clone(),
        },
        steps: next.steps.clone(),
        cursor: next.cursor,
    };
    let is_in = |other: &Said| said.is_in(other);
    !(is_in(&next) || self::said(present).as_ref().is_some_and(is_in))
}

fn said(path: &Path) -> Option<Said> {
    let bytes = fs::read(path).ok()?;
    let (_, body) = without_header(&bytes, "").ok()?;
    let options = ron::Options::default().with_recursion_limit(MAX_DEPTH);
    options.from_str(body).ok()
}

impl Said {
    /// Whether another file is of the same session, or says all of this one. Answers without a
    /// time are an oracle's, who gives them again.
    fn is_in(&self, other: &Self) -> bool {
        let first = |said: &Self| {
            said.steps
                .first()
                .map(|step| (step.action.clone(), step.at))
        };
        let is_same_table = self.data.fingerprint == other.data.fingerprint;
        if is_same_table && first(self) == first(other) {
            return true;
        }
        let (history, others) = (self.history(), other.history());
        let (given, notes) = (history.given(), history.notes());
        let timed: Vec<_> = given.iter().filter(|given| given.at.is_some()).collect();
        if timed.is_empty() && notes.is_empty() {
            return true;
        }
        let (known, noted) = (others.given(), others.notes());
        is_same_table
            && timed.into_iter().all(|given| known.contains(given))
            && notes.iter().all(|(at, text)| noted.get(at) == Some(text))
    }

    fn history(&self) -> Session {
        SavedStep::history(&self.steps, self.cursor)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{read_session, save_session};
    use super::*;
    use crate::dataset::toys;
    use crate::detector::{Fitted, Method, Settings};
    use crate::ensemble::{EnsembleSettings, Kind, Projections};
    use crate::numeric::Unwatched;
    use crate::session::{Action, Answer};

    /// Sessions on one table, with answers at these times.
    fn session(answers: &[(usize, Option<u64>)]) -> SavedSession {
        let settings = Settings {
            method: Method::Aad,
            ensemble: EnsembleSettings::from(Kind::Loda(Projections::Paper)),
            ..Settings::default()
        };
        let dataset = Arc::new(toys()[0].open());
        let fitted = Fitted::fit(&dataset, &settings, &mut Unwatched).expect("a fit");
        let mut session = Session::new(Arc::clone(fitted.primed()), 100);
        for (instance, at) in answers {
            session.act(Action::answer(*instance, Answer::Nominal), *at);
        }
        SavedSession::of(&session, &fitted, false)
    }

    #[test]
    fn a_session_that_was_written_over_is_kept_and_one_that_was_saved_on_is_not() {
        let hand = session(&[(1, Some(5)), (2, Some(6))]);
        let on = session(&[(1, Some(5)), (2, Some(6)), (3, Some(7))]);
        let oracle = session(&[(7, None)]);
        let other = session(&[(8, None)]);
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.glad");
        let save = |session: &SavedSession| save_session(&path, session).expect("room");
        let count = || folder.path().read_dir().expect("a folder").count();
        [&hand, &on, &on].into_iter().for_each(save);
        assert_eq!(count(), 2, "of one session one generation is kept");
        [&oracle, &other, &oracle, &other]
            .into_iter()
            .for_each(save);
        assert_eq!(count(), 3, "what an oracle said is said again");
        let kept = read_session(&folder.path().join("a.glad~2")).expect("what was said by hand");
        assert_eq!(kept.steps.len(), 3);
    }
}
