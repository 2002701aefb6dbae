//! Writing what is in a session for others, and scoring other tables by it: what the dialogs show,
//! and what becomes of it.

use std::path::{Path, PathBuf};

use super::{App, Message, Workspace, Writing};
use crate::chart::file_name;
use crate::dataset::{InstanceEncoder, Missing};
use crate::export::{ExportError, TopRow};
use crate::numeric::number::{count, instances, many};
use crate::worker::{Export, ExportRequest, Request, WriteError, Written};

/// What can be written of a session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Output {
    /// The scores of all instances.
    #[default]
    Scores,
    /// The answers.
    Labels,
    /// The trained model.
    Model,
    /// What turns sequences into numbers.
    Encoder,
    /// Where each event lies in each sequence.
    Events,
}

impl Output {
    /// Every output; the last two are of sequences alone.
    pub const ALL: [Self; 5] = [
        Self::Scores,
        Self::Labels,
        Self::Model,
        Self::Encoder,
        Self::Events,
    ];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Scores => "Scores of all instances",
            Self::Labels => "Your answers",
            Self::Model => "Trained model",
            Self::Encoder => "Encoder",
            Self::Events => "Events in all sequences",
        }
    }

    /// What is in it, and how it is written.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Scores => {
                "Score, rank, label, most relevant member, and what each member says: a name that ends in .csv or .parquet"
            }
            Self::Labels => "Answers with confidence, note and time: a name that ends in .csv",
            Self::Model => {
                "Features (of images pixels) in; score, member scores and relevance out, for ONNX Runtime in any language: a name that ends in .onnx"
            }
            Self::Events => {
                "Each event that you marked, where it lies in each sequence, with its phase: a name that ends in .csv"
            }
            Self::Encoder => {
                "A sequence or image in; its features, and what the detectors say that follow from the networks out: a name that ends in .onnx"
            }
        }
    }

    /// Whether instances have it: moments are of sequences alone.
    pub fn is_of(self, workspace: &Workspace) -> bool {
        let dataset = workspace.dataset();
        match self {
            Self::Events => dataset.sequences().is_some(),
            Self::Encoder => dataset.encoder().is_some(),
            _ => true,
        }
    }

    /// The endings of its file, the usual one first.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Scores => &["csv", "parquet"],
            Self::Labels | Self::Events => &["csv"],
            Self::Model | Self::Encoder => &["onnx"],
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Scores => "scores",
            Self::Labels => "answers",
            Self::Model => "model",
            Self::Encoder => "encoder",
            Self::Events => "events",
        }
    }

    fn export(self) -> Export {
        match self {
            Self::Scores => Export::Scores,
            Self::Labels => Export::Labels,
            Self::Model => Export::Model,
            Self::Encoder => Export::Encoder,
            Self::Events => Export::Events,
        }
    }
}

/// A wish about writing a file for others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExportCommand {
    /// Show a dialog.
    Ask(ExportDialog),
    /// Write an output to a file.
    Save(Output, PathBuf),
    /// Score a table and write its scores to a file.
    Score(PathBuf, PathBuf),
    /// Write the selected rows to a file.
    SaveSelection(PathBuf),
    /// Fill missing values of the table that is scored as in that of the session, or refuse them.
    Fill(bool),
    /// Put the dialog away; what is being written is written.
    Close,
}

/// Which of the two dialogs is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportDialog {
    /// What to write of the session.
    Session,
    /// Which table to score.
    Table,
    /// Where to write the selected rows.
    Selection,
}

impl ExportDialog {
    /// The one that asks for an export.
    fn of(what: &Export) -> Self {
        match what {
            Export::Table(_) => Self::Table,
            Export::Selection(_) => Self::Selection,
            Export::Labels | Export::Scores | Export::Model | Export::Encoder | Export::Events => {
                Self::Session
            }
        }
    }
}

/// What the dialogs show.
#[derive(Clone, Debug, Default)]
pub struct Exporting {
    asked: Option<ExportDialog>,
    writing: Writing,
    /// The folder where the last one went.
    folder: Option<PathBuf>,
    /// The table that was scored last, and how it came out.
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

impl Exporting {
    /// What came of the scoring for which the dialog is shown; `None` before it is done.
    pub fn scored(&self) -> Option<&Scored> {
        self.scored.as_ref()
    }

    /// The dialog that is shown.
    pub fn asked(&self) -> Option<ExportDialog> {
        self.asked
    }

    /// What becomes of the file.
    pub fn writing(&self) -> &Writing {
        &self.writing
    }
}

impl App {
    /// The dialogs that write files for others.
    pub fn exporting(&self) -> &Exporting {
        &self.exporting
    }

    /// The file that is proposed for an output: beside the last one, or beside the table.
    pub fn proposed_export(&self, output: Output) -> PathBuf {
        let Some(workspace) = self.workspace() else {
            return PathBuf::new();
        };
        let name = format!("{} {}", workspace.dataset().name(), output.word());
        let file = format!("{}.{}", file_name(&name), output.endings()[0]);
        workspace.beside(self.exporting.folder.as_deref(), &file)
    }

    /// The file that is proposed for the scores of a table: beside it.
    pub fn proposed_scores(&self, table: &Path) -> PathBuf {
        let name = table.file_name().unwrap_or_default().to_string_lossy();
        let name = name.split('.').next().unwrap_or_default();
        match name {
            "" => PathBuf::new(),
            name => {
                let file = format!("{}.csv", file_name(&format!("{name} scores")));
                // A page hands its files to the browser, which knows where they go.
                match cfg!(target_arch = "wasm32") {
                    true => PathBuf::from(file),
                    false => table.with_file_name(file),
                }
            }
        }
    }

    /// Whether missing values of a table that is scored are filled.
    pub fn fills_missing(&self) -> bool {
        let own = || {
            let origin = self.workspace()?.dataset().origin()?;
            Some(origin.read_options().missing == Missing::Median)
        };
        self.exporting.fills.or_else(own).unwrap_or(false)
    }

    /// The file that is proposed for the selected rows.
    pub fn proposed_selection(&self) -> PathBuf {
        let Some(workspace) = self.workspace() else {
            return PathBuf::new();
        };
        let name = format!("{} selected", workspace.dataset().name());
        let file = format!("{}.csv", file_name(&name));
        workspace.beside(self.exporting.folder.as_deref(), &file)
    }

    pub(super) fn exports(&mut self, command: ExportCommand) {
        match command {
            ExportCommand::Ask(dialog) => {
                let exporting = &mut self.exporting;
                exporting.asked = self.workspace.is_some().then_some(dialog);
                exporting.writing.ask();
                exporting.scored = None;
            }
            ExportCommand::Save(output, path) => self.export(output.export(), path),
            ExportCommand::Score(table, path) => self.export(Export::Table(table), path),
            ExportCommand::SaveSelection(path) => {
                let lasso = self.workspace().and_then(Workspace::lasso);
                let instances = lasso.map(|lasso| lasso.instances.clone());
                if let Some(instances) = instances {
                    self.export(Export::Selection(instances), path);
                }
            }
            ExportCommand::Fill(fills) => self.exporting.fills = Some(fills),
            ExportCommand::Close => {
                self.exporting.asked = None;
                self.exporting.writing.put_away();
            }
        }
    }

    fn export(&mut self, what: Export, path: PathBuf) {
        let own = self.session_file().map(Path::to_owned);
        let fills = self.fills_missing();
        let Some(workspace) = &self.workspace else {
            return;
        };
        let exporting = &mut self.exporting;
        if exporting.writing.is_writing() {
            return;
        }
        let (session, model) = (workspace.session(), &workspace.model);
        if session.due().is_some() || !session.is_current(model) {
            let trouble = "What was learnt up to here is still being computed: wait a moment.";
            return exporting.writing.refuse(trouble);
        }
        exporting.scored = None;
        let request = ExportRequest {
            what,
            document: workspace.document(false, None),
            own,
            fills,
            replaces: exporting.writing.begin(&path),
            path,
        };
        self.submit(Request::Export(Box::new(request)));
    }

    /// Takes in what became of a file. Its dialog may have been put away meanwhile, and the other
    /// one asked for.
    pub(super) fn exported(
        &mut self,
        what: &Export,
        path: PathBuf,
        outcome: Result<Written, WriteError>,
    ) {
        let exporting = &mut self.exporting;
        exporting.writing.end();
        let is_shown = exporting.asked == Some(ExportDialog::of(what));
        match outcome {
            Ok(written) => {
                exporting.folder = path.parent().map(Path::to_owned);
                let open = self.workspace.as_ref();
                let encoder = open.and_then(|open| open.dataset().encoder());
                let mut sentences = vec![sentence(&path, &written, encoder)];
                if let Written::Table(_, report) = written {
                    sentences.extend(report.notices);
                    if is_shown {
                        // The dialog stays: it shows what stands out.
                        let top = report.top;
                        exporting.scored = Some(Scored { sentences, top });
                        return;
                    }
                } else if is_shown {
                    exporting.asked = None;
                }
                let mut sentences = sentences.into_iter();
                let first = sentences.next();
                self.messages.extend(sentences.map(Message::note));
                if let Some(sentence) = first {
                    self.say(Message::made(sentence, path));
                }
            }
            Err(WriteError::Export(ExportError::Cancelled(_))) => {
                self.say(Message::note(
                    "The export was cancelled: nothing was written.",
                ));
            }
            Err(error) => {
                let in_the_way = matches!(error, WriteError::Exists(_)).then_some(path);
                let sentence = capital(&error.to_string());
                let unsaid = exporting.writing.fail(is_shown, sentence, in_the_way);
                unsaid.into_iter().for_each(|message| self.say(message));
            }
        }
    }

    /// After a fault of the program: nothing is being written any more.
    pub(super) fn give_export_up(&mut self) {
        self.exporting.writing.give_up("The file was not written.");
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

/// A phrase as a sentence on screen.
fn capital(phrase: &str) -> String {
    let mut letters = phrase.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    let mut sentence = first.unwrap_or_default() + letters.as_str();
    if !sentence.ends_with('.') {
        sentence.push('.');
    }
    sentence
}
