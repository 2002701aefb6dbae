//! Writing what is in a session to files, and scoring other tables by it: what the dialog shows, and
//! what becomes of it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::{App, Artifact, ArtifactKind, Figure, Format, Message};
use crate::dataset::{InstanceEncoder, Missing};
use crate::export::{ExportError, TopRow};
use crate::numeric::number::{count, instances, many};
use crate::worker::{Request, WriteError, WriteRequest, Written};

/// What the analyst asks for about writing files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteCommand {
    /// Show the dialog that writes this; for charts, with the figure of the last time.
    Ask(ArtifactKind),
    /// Show the dialog that writes charts, for this figure.
    AskChart(Figure),
    /// Write this to a file or a folder; the ending of a file's name says how.
    Save(Artifact, PathBuf),
    /// Fill missing values of the table that is scored as in that of the session, or refuse them.
    Fill(bool),
    /// Put the dialog away; what is being written is written.
    Close,
}

/// What is being written, and what the dialog shows.
#[derive(Clone, Debug, Default)]
pub struct Writing {
    asked: Option<ArtifactKind>,
    running: BTreeSet<ArtifactKind>,
    /// What is there already and is replaced when the dialog asks for it again.
    in_the_way: Option<PathBuf>,
    /// Why nothing was written.
    trouble: Option<String>,
    /// The figure of the last chart that was asked for.
    figure: Figure,
    /// How the last chart was written.
    format: Option<Format>,
    /// The folder where the last file went.
    folder: Option<PathBuf>,
    scored: Option<Scored>,
    /// What was said of missing values in tables to score; `None`: as in the session's own.
    fills: Option<bool>,
}

/// How the scores of another table came out.
#[derive(Clone, Debug)]
pub struct Scored {
    /// What there is to say of it.
    pub sentences: Vec<String>,
    /// The rows with the highest scores, by rank.
    pub top: Vec<TopRow>,
}

impl Writing {
    /// What the dialog is shown for; `None` while it is not.
    pub fn asked(&self) -> Option<ArtifactKind> {
        self.asked
    }

    /// The figure that the dialog of charts was asked for.
    pub fn figure(&self) -> Figure {
        self.figure
    }

    /// Whether an artifact of this kind is being written.
    pub fn is_running(&self, kind: ArtifactKind) -> bool {
        self.running.contains(&kind)
    }

    /// Why nothing was written.
    pub fn trouble(&self) -> Option<&str> {
        self.trouble.as_deref()
    }

    /// What came of the scoring for which the dialog is shown; `None` before it is done.
    pub fn scored(&self) -> Option<&Scored> {
        self.scored.as_ref()
    }

    fn show(&mut self, asked: Option<ArtifactKind>) {
        (self.asked, self.trouble, self.in_the_way) = (asked, None, None);
        self.scored = None;
    }

    /// Begins to write; says whether what is there may be replaced, as it was told before.
    fn begin(&mut self, kind: ArtifactKind, path: &Path) -> bool {
        (self.trouble, self.scored) = (None, None);
        self.running.insert(kind);
        self.in_the_way.take().as_deref() == Some(path)
    }

    /// Nothing was written. The dialog says so while it is shown for that; else the sentence comes
    /// back, to be said elsewhere.
    fn refuse(&mut self, kind: ArtifactKind, sentence: String) -> Option<Message> {
        match self.asked == Some(kind) {
            true => {
                self.trouble = Some(sentence);
                None
            }
            false => Some(Message::error(sentence)),
        }
    }
}

impl App {
    /// What is being written, and the dialog that asks for it.
    pub fn writing(&self) -> &Writing {
        &self.writing
    }

    /// The file or the folder that is proposed for an artifact: where the last one went, or beside
    /// the table.
    pub fn proposed(&self, artifact: &Artifact) -> PathBuf {
        let proposed = self.workspace().and_then(|workspace| {
            let file = artifact.file_name(workspace, self.writing.format)?;
            let folder = match artifact {
                Artifact::Table(table) => table.parent(),
                _ => self.writing.folder.as_deref(),
            };
            Some(workspace.beside(folder, &file))
        });
        proposed.unwrap_or_default()
    }

    /// Whether missing values of a table that is scored are filled.
    pub fn fills_missing(&self) -> bool {
        let own = || {
            let origin = self.workspace()?.dataset().origin()?;
            Some(origin.read_options().missing == Missing::Median)
        };
        self.writing.fills.or_else(own).unwrap_or(false)
    }

    /// Carries out what was asked for about writing files.
    pub(super) fn write(&mut self, command: WriteCommand) {
        match command {
            WriteCommand::Ask(ArtifactKind::Chart) => self.ask_chart(self.writing.figure),
            WriteCommand::Ask(kind) => {
                self.writing.show(self.workspace.is_some().then_some(kind));
            }
            WriteCommand::AskChart(figure) => self.ask_chart(figure),
            WriteCommand::Save(artifact, path) => self.write_artifact(artifact, path),
            WriteCommand::Fill(fills) => self.writing.fills = Some(fills),
            WriteCommand::Close => self.writing.show(None),
        }
    }

    fn ask_chart(&mut self, figure: Figure) {
        let Some(workspace) = &self.workspace else {
            return;
        };
        let known = workspace.figures().contains(&figure).then_some(figure);
        // The discovery curve is always there.
        self.writing.figure = known.unwrap_or(Figure::Discovery);
        self.writing.show(Some(ArtifactKind::Chart));
    }

    fn write_artifact(&mut self, artifact: Artifact, path: PathBuf) {
        let own = self.session_file().map(Path::to_owned);
        let fills = self.fills_missing();
        let (Some(workspace), kind) = (&self.workspace, artifact.kind()) else {
            return;
        };
        if self.writing.is_running(kind) {
            return;
        }
        let chart = match artifact {
            Artifact::Chart(figure) => {
                self.writing.figure = figure;
                workspace.drawing().chart(figure)
            }
            Artifact::Report | Artifact::Charts => None,
            _ if workspace.is_behind() => {
                let trouble = "What was learnt up to here is still being computed: wait a moment.";
                let unsaid = self.writing.refuse(kind, trouble.to_owned());
                return unsaid.into_iter().for_each(|message| self.say(message));
            }
            _ => None,
        };
        let request = WriteRequest {
            document: workspace.document(false, None),
            chart,
            own,
            fills,
            replaces: self.writing.begin(kind, &path),
            artifact,
            path,
        };
        self.submit(Request::Write(Box::new(request)));
    }

    /// Takes in what became of an artifact. The dialog may have been put away meanwhile, or asked for
    /// something else: then the end is told elsewhere.
    pub(super) fn written(
        &mut self,
        kind: ArtifactKind,
        path: PathBuf,
        outcome: Result<Written, WriteError>,
    ) {
        self.writing.running.remove(&kind);
        let is_shown = self.writing.asked == Some(kind);
        match outcome {
            Ok(written) => {
                let writing = &mut self.writing;
                writing.folder = path.parent().map(Path::to_owned);
                if written == Written::Chart {
                    writing.format = Format::of(&path);
                }
                let open = self.workspace.as_ref();
                let encoder = open.and_then(|open| open.dataset().encoder());
                let sentence = sentence(&path, &written, encoder);
                let mut notices = Vec::new();
                if let Written::Table(_, report) = written {
                    notices = report.notices;
                    if is_shown {
                        // The dialog stays: it shows what stands out.
                        writing.scored = Some(Scored {
                            sentences: [vec![sentence], notices].concat(),
                            top: report.top,
                        });
                        return;
                    }
                } else if is_shown {
                    writing.asked = None;
                }
                self.messages.extend(notices.into_iter().map(Message::note));
                self.say(Message::made(sentence, path));
            }
            Err(WriteError::Export(ExportError::Cancelled(_))) => {
                let deed = kind.deed();
                let sentence = format!("{deed} was cancelled: nothing was written.");
                self.say(Message::note(sentence));
            }
            Err(error) => {
                let is_taken = matches!(error, WriteError::Exists(_) | WriteError::Occupied(_));
                let unsaid = self.writing.refuse(kind, error.to_string());
                if unsaid.is_none() && is_taken {
                    self.writing.in_the_way = Some(path);
                }
                unsaid.into_iter().for_each(|message| self.say(message));
            }
        }
    }

    /// After a fault of the program: nothing of this kind is being written any more.
    pub(super) fn give_writing_up(&mut self, kind: ArtifactKind) {
        self.writing.running.remove(&kind);
        if self.writing.asked == Some(kind) {
            self.writing.trouble = Some("Nothing was written.".to_owned());
        }
    }
}

fn sentence(path: &Path, written: &Written, encoder: Option<InstanceEncoder<'_>>) -> String {
    let place = path.display();
    let (one, many_of_them, all) = match encoder {
        Some(InstanceEncoder::Images(_)) => ("image", "images", "set"),
        Some(InstanceEncoder::Sequences(_)) => ("sequence", "sequences", "set"),
        None => ("row", "rows", "table"),
    };
    match written {
        Written::Chart => format!("The chart is in “{place}”."),
        Written::Report => format!("The report is in “{place}”."),
        Written::Charts => format!("The charts are in “{place}”."),
        Written::Labels(count) => {
            let answers = many(*count, "answer is", "answers are");
            format!("{answers} in “{place}”.")
        }
        Written::Selection(count) => {
            let rows = many(*count, "selected row is", "selected rows are");
            format!("{rows} in “{place}”.")
        }
        Written::Scores(count) => {
            format!("The scores of {} are in “{place}”.", instances(*count))
        }
        Written::Model(bytes) => format!(
            "The trained model, {} kB, is in “{place}”.",
            count(bytes.div_ceil(1000))
        ),
        Written::Events(count) => {
            let events = many(*count, "event is", "events are");
            format!("{events} in “{place}”, as they lie in each sequence.")
        }
        Written::Table(table, report) => format!(
            "The scores of {} of “{}” are in “{place}”; {} of them score as high as the top τ of this {}.",
            many(report.scores.len(), one, many_of_them),
            table.display(),
            count(report.above),
            all,
        ),
    }
}
