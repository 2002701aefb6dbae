//! Writing what is in a session to files, and scoring other tables by it.

use std::path::{Path, PathBuf};

use super::App;
use crate::app::writing::Scored;
use crate::app::{Artifact, ArtifactKind, Figure, Format, Message, WriteCommand, Writing};
use crate::dataset::{InstanceEncoder, Missing};
use crate::export::ExportError;
use crate::numeric::number::{count, instances, many};
use crate::worker::{Request, WriteError, WriteRequest, Written};

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
        let known = workspace
            .view()
            .figures()
            .contains(&figure)
            .then_some(figure);
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
                workspace.view().drawing().chart(figure)
            }
            Artifact::Report | Artifact::Charts => None,
            _ if workspace.view().is_behind() => {
                let trouble = "What was learnt up to here is still being computed: wait a moment.";
                let unsaid = self.writing.refuse(kind, trouble.to_owned());
                return unsaid.into_iter().for_each(|message| self.say(message));
            }
            _ => None,
        };
        let request = WriteRequest {
            document: workspace.open.document(false, None),
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
                let open = self.workspace.as_ref().map(|open| open.view());
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
