//! What is labelled: data that are new, or those of a session or journal that is gone on with, read as
//! they were before.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::inputs::{SettingsArguments, open_table_by};
use super::reading_words::{difference, like_own};
use super::{DataArguments, Failure, remark};
use crate::dataset::{Dataset, Origin, ReadOptions};
use crate::detector::{Fitted, Settings};
use crate::numeric::Unwatched;
use crate::store::{
    Claimed, Companion, Document, FileError, Found, SavedData, SavedSession, SessionFilesError,
    is_session, read_session,
};

/// What is to be labelled, and where it is kept.
pub(super) struct Labelled<'a> {
    pub(super) data: &'a Path,
    pub(super) save: Option<&'a Path>,
    pub(super) settings: &'a SettingsArguments,
    pub(super) reading: &'a DataArguments,
}

impl Labelled<'_> {
    /// Opens it, with the file of its session.
    pub(super) fn open(&self) -> Result<(Document, PathBuf), Failure> {
        let path = place(self)?;
        // Sooner than anything is learnt.
        let journal = room(&path)?;
        if path.exists() {
            // What is no session says what it is.
            let saved = read_session(&path)?;
            let document = session(&saved, &path, self)?;
            return Ok((document, path));
        }
        let (options, settings) = as_in_journal(self, journal)?;
        let dataset = Arc::new(open_table_by(self.data, &options)?);
        tell(&dataset);
        let fitted = Fitted::fit(&dataset, &settings, &mut Unwatched)?;
        Ok((Document::begin(&Arc::new(fitted), 1), path))
    }
}

fn tell(dataset: &Dataset) {
    dataset.notices().iter().for_each(|notice| remark(notice));
}

/// The file of the session: where it is to be, or the session that is given for the data.
fn place(labelled: &Labelled<'_>) -> Result<PathBuf, Failure> {
    let data = labelled.data;
    match (labelled.save, is_session(data)) {
        (Some(save), false) => Ok(save.to_owned()),
        (None, true) => Ok(data.to_owned()),
        (Some(save), true) if save == data => Ok(data.to_owned()),
        (Some(_), true) => Err(format!(
            "{0} is a session: `glad label {0}` goes on with it and saves it there, so leave --save out",
            data.display()
        )
        .into()),
        (None, false) => {
            Err("say by --save FILE where the session and its journal are to be kept".into())
        }
    }
}

/// Whether the session can be kept in its place; with the journal that lies there.
fn room(path: &Path) -> Result<Option<Found>, Failure> {
    let claimed = Claimed::take(path, &format!("process {}", std::process::id()));
    match claimed {
        Ok(claimed) => Ok(claimed.found),
        Err(SessionFilesError::Held(holder)) => {
            Err(format!("the session is open already ({holder})").into())
        }
        Err(SessionFilesError::File(FileError::Unwritable(path, why))) => Err(format!(
            "no session can be kept in “{}” ({why}): let --save name a place that can be written to",
            path.display()
        )
        .into()),
        Err(error) => Err(error.into()),
    }
}

/// Whether data of a session were read from what is named now.
fn is_of(data: &SavedData, named: &Path) -> bool {
    match &data.origin {
        Some(Origin::Toy(name)) => Path::new(name) == named,
        Some(origin) => {
            let here = std::path::absolute(named).ok();
            here.is_some_and(|here| origin.path() == Some(here))
        }
        None => false,
    }
}

/// How data are read on which there is no session yet, but perhaps a journal of an earlier run.
fn as_in_journal(
    labelled: &Labelled<'_>,
    journal: Option<Found>,
) -> Result<(ReadOptions, Settings), Failure> {
    let asked = labelled.reading.read_options();
    let settings = labelled.settings;
    let journal = journal.filter(|found| is_of(&found.head.data, labelled.data));
    let Some(head) = journal.map(|found| found.head) else {
        return Ok((asked, settings.open()?));
    };
    let own = head.data.origin.as_ref().map(Origin::read_options);
    let own = own.unwrap_or_default();
    if let Some(difference) = difference(&asked, &own) {
        remark(&format!(
            "the journal that lies there goes on only with its own options: {difference}"
        ));
        return Ok((asked, settings.open()?));
    }
    let settings = match settings.are_given() {
        true => settings.open()?,
        false => head.settings,
    };
    Ok((like_own(asked, &own), settings))
}

/// Whether data were changed after a file beside their session was written.
fn is_newer(data: &Path, companion: &Path) -> bool {
    let changed = |path: &Path| fs::metadata(path).and_then(|about| about.modified()).ok();
    changed(data) > changed(companion) && changed(companion).is_some()
}

/// A session on its data, which are read as they were where nothing else is asked for.
fn session(
    saved: &SavedSession,
    path: &Path,
    labelled: &Labelled<'_>,
) -> Result<Document, Failure> {
    let (data, asked) = (labelled.data, labelled.reading.read_options());
    let own = saved.data.origin.as_ref().map(Origin::read_options);
    let own = own.unwrap_or_default();
    let differs = difference(&asked, &own);
    let is_itself = data == path;
    let learnt = saved.companion(path);
    let is_learnt = learnt.is_some() && saved.data.embedded.is_some();
    let is_there = is_itself || is_of(&saved.data, data);
    if let Some(differs) = differs.as_ref().filter(|_| is_itself || is_learnt) {
        return Err(format!(
            "the session {} goes on only with its own options: {differs}; leave that out, or begin another session with another --save",
            path.display()
        )
        .into());
    }
    let dataset = if saved.data.is_its_own() {
        // No other reading of the file would give the session's table.
        let elsewhere = (saved.data.embedded.is_none() && !is_itself).then_some(data);
        saved.open_data(path, elsewhere)?
    } else if is_itself || (is_learnt && is_there) {
        if let Some(companion) = learnt
            .as_ref()
            .filter(|companion| is_newer(data, &companion.path))
        {
            remark(&format!(
                "{} was changed after the session took its {} in: the session keeps them as they were",
                data.display(),
                companion.what
            ));
        }
        saved.open_data(path, None)?
    } else {
        Arc::new(open_table_by(data, &like_own(asked, &own))?)
    };
    tell(&dataset);
    let name = path.display().to_string();
    let other = |difference: &str| -> Failure {
        let differs = differs.map_or_else(String::new, |differs| format!("; {differs}"));
        let what = match learnt {
            Some(Companion { what, .. }) => format!("other {what} than those"),
            None => "another table than that".to_owned(),
        };
        format!(
            "{} gives {what} of the session {name}, or it was read by other options: it {difference}{differs}. Give what the session was made on, or begin another one with another --save",
            data.display()
        )
        .into()
    };
    if let Some(difference) = (saved.data.fingerprint).difference(dataset.fingerprint()) {
        return Err(other(&difference));
    }
    Ok(Document::on(saved, &dataset, &name, &mut Unwatched)?)
}
