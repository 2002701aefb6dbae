//! Writing a report, or all charts, of the session: what the dialog shows, and what becomes of it.

use std::path::{Path, PathBuf};

use super::{App, Message, Writing};
use crate::worker::{ReportError, ReportKind, ReportRequest, Request};

/// A wish about writing a report of the session.
#[derive(Clone, Debug, PartialEq)]
pub enum ReportCommand {
    /// Show the dialog.
    Ask(ReportKind),
    /// Write it to a file, or the charts into a folder.
    Save(ReportKind, PathBuf),
    /// Put the dialog away; what is being written is written.
    Close,
}

/// What the dialog shows.
#[derive(Clone, Debug, Default)]
pub struct Reporting {
    asked: Option<ReportKind>,
    writing: Writing,
    /// The folder where the last one went.
    folder: Option<PathBuf>,
}

impl Reporting {
    /// What the dialog was asked for; `None` while it is not shown.
    pub fn asked(&self) -> Option<ReportKind> {
        self.asked
    }

    /// What becomes of the file or the folder.
    pub fn writing(&self) -> &Writing {
        &self.writing
    }
}

impl App {
    /// The dialog that writes reports.
    pub fn reporting(&self) -> &Reporting {
        &self.reporting
    }

    /// The file, or the folder of the charts, that is proposed: beside the last one, or beside the
    /// table.
    pub fn proposed_report(&self, kind: ReportKind) -> PathBuf {
        let Some(workspace) = self.workspace() else {
            return PathBuf::new();
        };
        let name = crate::chart::file_name(workspace.dataset().name());
        let name = match kind {
            ReportKind::Page => format!("{name}-report.html"),
            ReportKind::Charts => format!("{name}-charts"),
        };
        workspace.beside(self.reporting.folder.as_deref(), &name)
    }

    pub(super) fn reports(&mut self, command: ReportCommand) {
        match command {
            ReportCommand::Ask(kind) => {
                self.reporting.asked = self.workspace.is_some().then_some(kind);
                self.reporting.writing.ask();
            }
            ReportCommand::Save(kind, path) => self.save_report(kind, path),
            ReportCommand::Close => {
                self.reporting.asked = None;
                self.reporting.writing.put_away();
            }
        }
    }

    fn save_report(&mut self, kind: ReportKind, path: PathBuf) {
        let Some(workspace) = &self.workspace else {
            return;
        };
        if self.reporting.writing.is_writing() {
            return;
        }
        if let Some(objection) = workspace.objection(&path) {
            return self.reporting.writing.refuse(objection);
        }
        let request = ReportRequest {
            document: workspace.document(false, None),
            kind,
            replaces: self.reporting.writing.begin(&path),
            path,
        };
        self.submit(Request::Report(Box::new(request)));
    }

    /// Takes in what became of a report. Its dialog may have been put away meanwhile, and another
    /// one asked for.
    pub(super) fn reported(
        &mut self,
        kind: ReportKind,
        path: PathBuf,
        outcome: Result<(), ReportError>,
    ) {
        let reporting = &mut self.reporting;
        reporting.writing.end();
        let is_shown = reporting.asked == Some(kind);
        match outcome {
            Ok(()) => {
                let what = match kind {
                    ReportKind::Page => "The report is in",
                    ReportKind::Charts => "The charts are in",
                };
                if is_shown {
                    reporting.asked = None;
                }
                reporting.folder = path.parent().map(Path::to_owned);
                self.say(Message::made(format!("{what} “{}”.", path.display()), path));
            }
            Err(error) => {
                let in_the_way = matches!(error, ReportError::Exists(_)).then_some(path);
                let unsaid = reporting
                    .writing
                    .fail(is_shown, error.to_string(), in_the_way);
                unsaid.into_iter().for_each(|message| self.say(message));
            }
        }
    }

    /// After a fault of the program: nothing is being written any more.
    pub(super) fn give_report_up(&mut self) {
        self.reporting.writing.give_up("Nothing was written.");
    }
}
