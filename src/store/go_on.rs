//! A session goes on with another table: read, scored, saved beside it, opened.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::file::save_session;
use super::{
    Carried, ContinueError, Document, OpenError, OpenedSession, Since, fit_on_both, go_on_with,
    open_session,
};
use crate::dataset::{Dataset, Origin, ReadOptions, read_by};
use crate::disk::exists;
use crate::numeric::Watch;
use crate::session::Session;

/// Names that are tried beside a table.
const MOST: usize = 1000;

/// Which session is to go on with which table.
#[derive(Clone, Debug)]
pub struct GoOnRequest {
    /// The session with its model.
    pub document: Document,
    /// The table.
    pub table: PathBuf,
    /// How to read it.
    pub options: ReadOptions,
    /// Whether the detectors are fitted again on both tables.
    pub both: bool,
    /// The session that went on with the table already, and where instances of the earlier one are
    /// in it.
    pub since: Option<(Session, BTreeMap<usize, usize>)>,
}

/// The seam at which a session went on with another table: with it the detectors can be fitted again
/// on both.
#[derive(Clone, Debug)]
pub struct Seam {
    /// What was asked for.
    request: GoOnRequest,
    /// Where instances of the earlier table are now.
    place_of: BTreeMap<usize, usize>,
}

impl Seam {
    /// The request to fit the detectors again on both tables; `now` is the session since.
    pub fn fit_on_both(&self, now: &Session) -> GoOnRequest {
        GoOnRequest {
            both: true,
            since: Some((now.clone(), self.place_of.clone())),
            ..self.request.clone()
        }
    }
}

impl GoOnRequest {
    /// How a table is read that a session on `dataset` goes on with: gaps as it was read itself.
    pub fn options_like(dataset: &Dataset, options: ReadOptions) -> ReadOptions {
        let own = dataset.origin().map(Origin::read_options);
        ReadOptions {
            missing: own.map_or(options.missing, |own| own.missing),
            ..options
        }
    }

    /// Goes on, saves the session beside the table, and opens it.
    ///
    /// # Errors
    /// [`OpenError`], one sentence.
    pub fn run(self, watch: &mut dyn Watch) -> Result<OpenedSession, OpenError> {
        let (session, model) = (&self.document.session, &self.document.model);
        let fitted = model.fitted();
        let new = read_by(&self.table, fitted.frozen().schema(), &self.options, watch)
            .map_err(ContinueError::from)?;
        let since = self.since.as_ref();
        let since = since.map(|(session, place_of)| Since { session, place_of });
        let done = match self.both {
            true => fit_on_both(session, fitted, new, since, watch)?,
            false => go_on_with(session, model, new, Carried::Answered, watch)?,
        };
        let path = free_place(&self.table, self.both);
        save_session(&path, &done.session)?;
        let mut opened = open_session(&path, None, watch)?;
        opened.notices.push(format!(
            "{} It is saved as {}.",
            done.sentence(),
            path.display()
        ));
        opened.notices.extend(done.notices);
        if let Some(drift) = done.drift {
            opened.notices.extend(drift.sentences());
            opened.seam = Some(Box::new(Seam {
                place_of: done.place_of,
                request: self,
            }));
        }
        Ok(opened)
    }
}

/// A name beside a table that no file has.
fn free_place(table: &Path, both: bool) -> PathBuf {
    let stem = table.file_stem().unwrap_or_default().to_string_lossy();
    let stem = format!("{stem}{}", if both { ".both" } else { "" });
    let numbered = |number: usize| match number {
        1 => table.with_file_name(format!("{stem}.glad")),
        _ => table.with_file_name(format!("{stem}.{number}.glad")),
    };
    let free = (1..MOST).map(numbered).find(|path| !exists(path));
    free.unwrap_or_else(|| numbered(MOST))
}
