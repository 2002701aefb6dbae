//! A session goes on with another table: read, scored, saved beside it, opened.

use std::path::{Path, PathBuf};

use super::file::save_session;
use super::opened::{OpenedSession, open_session};
use super::{Carried, ContinueError, GoOnRequest, OpenError, Seam, Since, fit_on_both, go_on_with};
use crate::dataset::{Dataset, Origin, ReadOptions, read_by};
use crate::disk::exists;
use crate::numeric::Watch;

/// Names that are tried beside a table.
const MOST: usize = 1000;

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
        let since = since.map(|(session, now_at)| Since { session, now_at });
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
                now_at: done.now_at,
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
