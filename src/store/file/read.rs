//! From a file to what it says, every bit of it checked that can be checked without the table.

use std::io::{self, Read};
use std::path::Path;

use super::header::{begins_like_one, without_header};
use super::limits::{MAX_BYTES, MAX_BYTES_WORDS, MAX_DEPTH, MAX_STEPS, MAX_TEXT};
use super::{FileError, SavedSession};
use crate::disk::fs::File;
use crate::session::{Action, MAX_NOTE, Mark, Reply, TagNames};

/// Whether a file is a session, by its first bytes; false where it cannot be read.
pub fn is_session(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(64).read_to_end(&mut head));
    read.is_ok() && begins_like_one(&head)
}

/// Reads a session file.
///
/// # Errors
/// [`FileError`], one sentence.
pub fn read_session(path: &Path) -> Result<SavedSession, FileError> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => FileError::NotFound(path.to_owned()),
        _ => FileError::Unreadable(path.to_owned(), error.to_string()),
    };
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(failed)?;
    let read = file.take(MAX_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(failed)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(FileError::TooLarge(name, MAX_BYTES_WORDS));
    }
    read_session_text(&bytes, &name)
}

/// Reads the bytes of a session file; `name` is for sentences.
///
/// # Errors
/// [`FileError`], one sentence.
pub fn read_session_text(bytes: &[u8], name: &str) -> Result<SavedSession, FileError> {
    // What an older format did not have has a default.
    let (format, body) = without_header(bytes, name)?;
    let options = ron::Options::default().with_recursion_limit(MAX_DEPTH);
    let session: SavedSession = options
        .from_str(body)
        .map_err(|error| FileError::Invalid(name.to_owned(), error.to_string()))?;
    let session = SavedSession { format, ..session };
    match session.validate() {
        Ok(()) => Ok(session),
        Err(why) => Err(FileError::Invalid(name.to_owned(), why)),
    }
}

impl SavedSession {
    /// Checks it as far as the file alone tells.
    fn validate(&self) -> Result<(), String> {
        self.settings
            .validate()
            .map_err(|error| error.to_string())?;
        let data = &self.data;
        let origin = data.origin.as_ref().map(|origin| origin.name());
        let texts = [
            Some(&self.program),
            Some(&data.name),
            origin.as_ref(),
            self.layout.as_ref(),
            Some(&data.fingerprint.sha256),
        ];
        if texts.iter().flatten().any(|text| text.len() > MAX_TEXT) {
            return Err(format!("a text is longer than {MAX_TEXT} bytes"));
        }
        if self.cursor > self.steps.len() {
            return Err(format!(
                "it says that {} steps are done, but holds {}",
                self.cursor,
                self.steps.len()
            ));
        }
        let other = self.fitted.as_ref();
        if other.is_some_and(|fitted| *fitted.settings() != self.settings) {
            return Err("its detectors were fitted with other settings than its own".to_owned());
        }
        let n = data.fingerprint.instances;
        let weights = self.weights.as_ref().zip(other);
        if let Some((weights, fitted)) = weights {
            fitted.fits(weights, n)?;
        }
        if let Some(calibration) = &self.calibration {
            calibration.validate()?;
        }
        self.stopping.validate()?;
        let mut asked = self.first.iter();
        if let Some(instance) = asked.find(|&&instance| instance >= n) {
            return Err(outside(*instance, n));
        }
        self.steps
            .iter()
            .try_for_each(|step| validate_action(&step.action, n))
    }
}

fn outside(instance: usize, n: usize) -> String {
    format!("it names instance {instance}, but its table has {n}")
}

/// What cannot be of answers and notes that were carried over.
fn validate_carried(
    replies: &[(usize, Reply)],
    notes: &[(usize, String)],
    times: &[Option<u64>],
    n: usize,
) -> Result<(), String> {
    if !(times.is_empty() || times.len() == replies.len()) {
        return Err(format!(
            "{} answers are carried over with {} times",
            replies.len(),
            times.len()
        ));
    }
    if replies.len().max(notes.len()) > MAX_STEPS {
        return Err(format!("more than {MAX_STEPS} answers are carried over"));
    }
    let answered = replies.iter().map(|(instance, _)| *instance);
    let mut named = answered.chain(notes.iter().map(|(instance, _)| *instance));
    if let Some(instance) = named.find(|&instance| instance >= n) {
        return Err(outside(instance, n));
    }
    if !replies.iter().all(|(_, reply)| reply.is_sound()) {
        return Err(UNSOUND.to_owned());
    }
    let is_long = notes.iter().any(|(_, text)| text.len() > MAX_NOTE);
    match is_long {
        true => Err(format!("a note is longer than {MAX_NOTE} bytes")),
        false => Ok(()),
    }
}

/// What is said of an answer that cannot be.
const UNSOUND: &str = "a tag is on an answer that is not anomaly";

fn validate_marks(marks: &[(String, Mark)], n: usize) -> Result<(), String> {
    if marks.len() > Mark::MOST {
        return Err(format!("more than {} events are carried over", Mark::MOST));
    }
    marks.iter().try_for_each(|(name, mark)| {
        Mark::validate_name(name)?;
        match mark.instance < n {
            true => Ok(()),
            false => Err(outside(mark.instance, n)),
        }
    })
}

fn validate_tag_name(name: &str) -> Result<(), String> {
    let longest = TagNames::LONGEST;
    match name.len() > longest {
        true => Err(format!("the name of a tag is longer than {longest} bytes")),
        false => Ok(()),
    }
}

/// Checks that an act can be one on a table of `n` instances.
pub(in crate::store) fn validate_action(action: &Action, n: usize) -> Result<(), String> {
    let instances = action.instances();
    if let Some(&instance) = instances.iter().find(|&&instance| instance >= n) {
        return Err(outside(instance, n));
    }
    match action {
        Action::Answer { instances, .. }
        | Action::Withdraw { instances }
        | Action::Tag { instances, .. }
            if instances.is_empty() =>
        {
            Err("an answer is to no instance".to_owned())
        }
        Action::Answer { instances, .. }
        | Action::Withdraw { instances }
        | Action::Tag { instances, .. }
            if instances.len() > MAX_STEPS =>
        {
            Err(format!("an answer is to more than {MAX_STEPS} instances"))
        }
        Action::Answer { reply, .. } if !reply.is_sound() => Err(UNSOUND.to_owned()),
        Action::Note { text, .. } if text.len() > MAX_NOTE => {
            Err(format!("a note is longer than {MAX_NOTE} bytes"))
        }
        Action::Carry {
            replies,
            notes,
            times,
            names,
            marks,
        } => {
            validate_carried(replies, notes, times, n)?;
            names
                .iter()
                .try_for_each(|(_, name)| validate_tag_name(name))?;
            validate_marks(marks, n)
        }
        Action::Mark { name, .. } => Mark::validate_name(name),
        Action::NameTag { name, .. } => validate_tag_name(name),
        Action::Answer { .. }
        | Action::Withdraw { .. }
        | Action::Note { .. }
        | Action::Tag { .. }
        | Action::Retrain => Ok(()),
    }
}
