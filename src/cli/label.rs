//! `glad label`: the labelling loop in a terminal, or driven by a script.

use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::asked::described;
use super::inputs::SettingsArguments;
use super::resume::Labelled;
use super::{DataArguments, Failure, remark};
use crate::disk::now;
use crate::evaluation::Oracle;
use crate::numeric::Unwatched;
use crate::numeric::number::many;
use crate::session::{Action, Answer, Confidence, Reply, Tag, TagNames, Unvisited};
use crate::store::{
    Beginning, Document, Found, Snapshot, StorageRequest, StorageResponse, StorageWorker, Unsaved,
    is_session, journal_of, read_session,
};

/// What to label, and where to keep it.
///
/// Reads one word a line from standard input: anomaly, nominal, unsure, skip (or a, n, u, s), undo,
/// redo, retrain, save, quit; "note" with a text writes a note. A number from 1 to 9 is an anomaly
/// with that tag, "tag" with a number and a name names it, and "anomaly" with the name of a tag gives
/// it. Each is confirmed with a line on
/// standard output once it is safe on the disk. A session that was interrupted goes on where it was.
#[derive(Clone, Debug, Args)]
pub struct LabelArguments {
    /// A table, images or sequences, the name of a bundled toy table, or a session to go on with.
    pub data: PathBuf,
    /// The session's file; a journal beside it keeps every answer until it is saved. Where it is there already, it is gone on with, its data read as they were.
    #[arg(long, value_name = "FILE")]
    pub save: Option<PathBuf>,
    /// Let the label column answer instead of standard input, so many queries.
    #[arg(long, value_name = "QUERIES")]
    pub oracle: Option<usize>,
    /// Where its settings come from.
    #[command(flatten)]
    pub settings: SettingsArguments,
    /// How to read the table.
    #[command(flatten)]
    pub reading: DataArguments,
}

pub(super) fn run(
    arguments: &LabelArguments,
    input: &mut dyn BufRead,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let mut labelling = Labelling::open(arguments, out)?;
    let dataset = Arc::clone(labelling.document.fitted().dataset());
    let oracle = arguments
        .oracle
        .map(|queries| Oracle::new(&dataset).map(|oracle| (oracle, queries)));
    let oracle = oracle.transpose()?;
    let mut asked = 0;
    let mut lines = Lines::default();
    loop {
        let candidate = labelling
            .document
            .session
            .candidates(&labelling.document.model)
            .first()
            .copied();
        let word = match (candidate, oracle) {
            (Some(instance), Some((oracle, queries))) if asked < queries => {
                oracle.answer(instance).name().to_owned()
            }
            (_, Some(_)) => "save".to_owned(),
            (candidate, None) => {
                match candidate {
                    Some(instance) => labelling.ask(instance, out)?,
                    None => writeln!(out, "all instances have an answer")?,
                }
                out.flush()?;
                match lines.next(input)? {
                    Some(line) => line,
                    None => "quit".to_owned(),
                }
            }
        };
        asked += 1;
        if word == "quit" || !labelling.obey(&word, candidate, out)? {
            return labelling.leave(&arguments.data, out);
        }
        if oracle.is_some() && word == "save" {
            return Ok(());
        }
    }
}

/// What stands on the lines of the input.
#[derive(Default)]
struct Lines {
    read: usize,
}

impl Lines {
    /// The next line that is text; `None` at the end.
    fn next(&mut self, input: &mut dyn BufRead) -> Result<Option<String>, Failure> {
        loop {
            let mut line = Vec::new();
            let read = input.read_until(b'\n', &mut line);
            // Not the error of a stream, which is taken for one of the output.
            let read = read.map_err(|error| format!("the input could not be read: {error}"))?;
            if read == 0 {
                return Ok(None);
            }
            self.read += 1;
            match String::from_utf8(line) {
                Ok(line) => return Ok(Some(line.trim().to_owned())),
                Err(_) => remark(&format!(
                    "line {} of the input is not text in UTF-8 and is skipped",
                    self.read
                )),
            }
        }
    }
}

/// A session that is labelled without a window.
struct Labelling {
    storage: StorageWorker,
    document: Document,
    /// The session's file.
    path: PathBuf,
}

impl Labelling {
    fn open(arguments: &LabelArguments, out: &mut dyn Write) -> Result<Self, Failure> {
        let labelled = Labelled {
            data: &arguments.data,
            save: arguments.save.as_deref(),
            settings: &arguments.settings,
            reading: &arguments.reading,
        };
        let (document, path) = labelled.open()?;
        let mut labelling = Self {
            storage: StorageWorker::default(),
            document,
            path: path.clone(),
        };
        labelling.begin(path, out)?;
        labelling.document.session.keep_log();
        labelling.train()?;
        Ok(labelling)
    }

    /// Says what is not in the session's file yet.
    fn leave(&self, data: &Path, out: &mut dyn Write) -> Result<(), Failure> {
        let file = is_session(&self.path).then(|| read_session(&self.path));
        let mark = file.transpose()?.and_then(|file| file.journal);
        if let Some(unsaved) = Unsaved::beside(&self.path, mark) {
            let (what, session) = (unsaved.what(), self.path.display());
            let again = match data == self.path {
                true => format!("glad label {session}"),
                false => format!("glad label {} --save {session}", data.display()),
            };
            writeln!(
                out,
                "{what} in {} and not in the session's file yet: `{again}` goes on from there, and `save` writes it to {session}",
                unsaved.journal.display(),
            )?;
        }
        Ok(())
    }

    fn now(&self) -> Snapshot {
        Snapshot {
            document: self.document.clone(),
            at: now(),
        }
    }

    fn begin(&mut self, path: PathBuf, out: &mut dyn Write) -> Result<(), Failure> {
        let mark = self.document.mark;
        let beginning = Beginning {
            paths: vec![path],
            saved: true,
            carried: false,
            mark,
            now: self.now(),
            holder: format!("process {}", std::process::id()),
        };
        match self.storage.run(StorageRequest::Begin(Box::new(beginning))) {
            Some(StorageResponse::Claimed(_, told)) => told.iter().for_each(|told| remark(told)),
            Some(StorageResponse::Found(lies_at, found)) => {
                if found.head.settings != *self.document.fitted().settings() {
                    return Err("the journal that lies there is of other settings: leave --settings and --preset out to go on with it, or choose another --save".into());
                }
                let events = found.after(mark).unwrap_or(&found.events);
                let repeated = Found::repeat(events, &mut self.document.session);
                let answers = many(Found::answers(events), "answer", "answers");
                if found.lost > 0 || repeated < events.len() {
                    remark(
                        &"some lines of the journal are damaged, or hang on one that is, and are left out; the journal as it was is kept with ~damaged in its name",
                    );
                }
                let now = Box::new(self.now());
                match self.storage.run(StorageRequest::Decide(true, now)) {
                    Some(StorageResponse::Nowhere(error)) => return Err(error.into()),
                    Some(StorageResponse::Claimed(_, told)) => {
                        told.iter().for_each(|told| remark(told));
                    }
                    _ => {}
                }
                let aside = lies_at != journal_of(&self.path);
                let from = aside.then(|| format!(" from {}", lies_at.display()));
                writeln!(out, "recovered {answers}{}", from.unwrap_or_default())?;
            }
            Some(StorageResponse::Held(holder)) => {
                return Err(format!("the session is open already ({holder})").into());
            }
            Some(StorageResponse::Nowhere(error)) => return Err(error.into()),
            _ => {}
        }
        Ok(())
    }

    /// What an instance is called: its id, or the number of its row.
    fn name(&self, instance: usize) -> String {
        let dataset = self.document.fitted().dataset();
        let column = dataset.id_name();
        format!("{column} {}", dataset.id(instance))
    }

    /// Shows a candidate.
    fn ask(&self, instance: usize, out: &mut dyn Write) -> Result<(), Failure> {
        let dataset = self.document.fitted().dataset();
        let times = dataset.times(instance).into_iter();
        let times = times.filter(|(_, time)| !time.is_empty());
        let times: String = times
            .map(|(name, time)| format!(", {name} {time}"))
            .collect();
        writeln!(
            out,
            "? {} (rank {}, score {:.3}{times}): {}",
            self.name(instance),
            self.document.model.rank_of(instance) + 1,
            self.document.model.scores()[instance],
            described(&self.document.model, instance)
        )?;
        Ok(())
    }

    /// Does what a word says and confirms it; false when there is nothing left to do.
    fn obey(
        &mut self,
        word: &str,
        candidate: Option<usize>,
        out: &mut dyn Write,
    ) -> Result<bool, Failure> {
        let answer = match word {
            "a" | "anomaly" => Some(Answer::Anomaly),
            "n" | "nominal" => Some(Answer::Nominal),
            "u" | "unsure" => Some(Answer::Unsure),
            "s" | "skip" => Some(Answer::Skip),
            _ => None,
        };
        let reply = match answer {
            Some(answer) => Some(Reply::from(answer)),
            None => self.tag_of(word),
        };
        let did = match (word, reply, candidate) {
            (_, Some(reply), Some(instance)) => self
                .document
                .session
                .act(Action::answer(instance, reply), now()),
            (_, Some(_), None) => return Ok(false),
            ("undo", ..) => self.document.session.undo().is_some(),
            ("redo", ..) => self.document.session.redo().is_some(),
            ("retrain", ..) => self.document.session.act(Action::Retrain, now()),
            ("save", ..) => {
                let saved = self
                    .storage
                    .run(StorageRequest::Save(None, Box::new(self.now())));
                if let Some(StorageResponse::Saved(_, saved)) = saved {
                    let path = saved?;
                    writeln!(out, "saved {}", path.display())?;
                }
                out.flush()?;
                return Ok(true);
            }
            (_, None, Some(instance)) if word.starts_with("note ") => {
                let text = word.trim_start_matches("note ").to_owned();
                self.document
                    .session
                    .act(Action::Note { instance, text }, now())
            }
            _ if word.starts_with("tag ") => match named(word) {
                Ok((tag, name)) => match self.document.session.tag_names().validate(tag, &name) {
                    Ok(()) => self
                        .document
                        .session
                        .act(Action::NameTag { tag, name }, now()),
                    Err(why) => {
                        writeln!(out, "the tag keeps its name: {why}")?;
                        return Ok(true);
                    }
                },
                Err(why) => {
                    writeln!(out, "{why}")?;
                    return Ok(true);
                }
            },
            _ => {
                writeln!(
                    out,
                    "say anomaly (with a tag or without), nominal, unsure, skip, a number from 1 to 9, undo, redo, retrain, note TEXT, tag NUMBER NAME, save or quit"
                )?;
                return Ok(true);
            }
        };
        self.write()?;
        match (reply, candidate) {
            _ if !did => writeln!(out, "nothing to {word}")?,
            // By the name by which it was asked for.
            (Some(reply), Some(instance)) => {
                let tag = reply
                    .tag
                    .map(|tag| self.document.session.tag_names().of(tag));
                let tag = tag.map_or_else(String::new, |tag| format!(" {tag}"));
                let (name, answer) = (self.name(instance), reply.answer.name());
                writeln!(out, "kept {name} {answer}{tag}")?;
            }
            _ => writeln!(out, "kept {word}")?,
        }
        out.flush()?;
        self.train()?;
        Ok(true)
    }

    /// The anomaly that a number, or "anomaly" with the name of a tag, stands for.
    fn tag_of(&self, word: &str) -> Option<Reply> {
        let number = || Tag::try_from(word.parse::<u8>().ok()?).ok();
        let tag = match word.split_once(' ') {
            Some(("a" | "anomaly", name)) => self.document.session.tag_names().find(name),
            _ => number(),
        };
        tag.map(|tag| Reply::tagged(tag, Confidence::Sure))
    }

    fn write(&mut self) -> Result<(), Failure> {
        let session = &mut self.document.session;
        let (events, position) = (session.take_log(), session.position());
        match self.storage.run(StorageRequest::Append(events, position)) {
            Some(StorageResponse::Appended(_, Err(error))) => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Brings the model to the present position.
    fn train(&mut self) -> Result<(), Failure> {
        self.document.catch_up(&mut Unwatched, &mut Unvisited)?;
        self.write()
    }
}

/// What `tag NUMBER NAME` asks for.
fn named(word: &str) -> Result<(Tag, String), String> {
    let rest = word.trim_start_matches("tag ").trim();
    let (number, name) = rest.split_once(' ').unwrap_or((rest, ""));
    let longest = TagNames::LONGEST;
    let tag = number.parse::<u8>().map_err(|_| ());
    let tag = tag.and_then(|number| Tag::try_from(number).map_err(|_| ()));
    match tag {
        Ok(_) if name.len() > longest => Err(format!(
            "the name of a tag has at most {longest} bytes, not {}",
            name.len()
        )),
        Ok(tag) => Ok((tag, name.trim().to_owned())),
        Err(()) => Err(format!("a tag is a number from 1 to 9, not {number}")),
    }
}
