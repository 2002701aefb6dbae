//! Writing a report, or all charts, of the session: what the dialog shows, and what becomes of it.

use std::path::{Path, PathBuf};

use super::{App, Message};
use crate::worker::{ReportKind, ReportRequest, ReportTrouble, Request};

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
    /// What is being written.
    writes: Option<PathBuf>,
    /// What is there already and may be replaced next time.
    in_the_way: Option<PathBuf>,
    /// Why it was not written.
    trouble: Option<String>,
    /// The folder where the last one went.
    folder: Option<PathBuf>,
}

impl Reporting {
    /// What the dialog was asked for; `None` while it is not shown.
    pub fn asked(&self) -> Option<ReportKind> {
        self.asked
    }

    /// Whether something is being written.
    pub fn is_writing(&self) -> bool {
        self.writes.is_some()
    }

    /// Why it was not written.
    pub fn trouble(&self) -> Option<&str> {
        self.trouble.as_deref()
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
        let table = workspace
            .dataset()
            .origin()
            .and_then(|origin| origin.path());
        let beside = table.as_deref().and_then(Path::parent);
        let folder = self.reporting.folder.as_deref().or(beside);
        let name = super::charting::file_name(workspace.dataset().name());
        let name = match kind {
            ReportKind::Page => format!("{name}-report.html"),
            ReportKind::Charts => format!("{name}-charts"),
        };
        folder.map_or_else(|| PathBuf::from(&name), |folder| folder.join(&name))
    }

    pub(super) fn reports(&mut self, command: ReportCommand) {
        match command {
            ReportCommand::Ask(kind) => {
                self.reporting.asked = self.workspace.is_some().then_some(kind);
                self.reporting.trouble = None;
            }
            ReportCommand::Save(kind, path) => self.save_report(kind, path),
            ReportCommand::Close => {
                let reporting = &mut self.reporting;
                reporting.asked = None;
                (reporting.trouble, reporting.in_the_way) = (None, None);
            }
        }
    }

    fn save_report(&mut self, kind: ReportKind, path: PathBuf) {
        let Some(workspace) = &self.workspace else {
            return;
        };
        if self.reporting.is_writing() {
            return;
        }
        let origin = workspace.dataset().origin();
        if origin.and_then(|origin| origin.path()) == Some(path.clone()) {
            let trouble = "This is the file of the table itself: choose another name.";
            return self.reporting.trouble = Some(trouble.to_owned());
        }
        let request = ReportRequest {
            session: workspace.session.clone(),
            fitted: workspace.model.fitted().clone(),
            kind,
            replaces: self.reporting.in_the_way.take().as_ref() == Some(&path),
            path: path.clone(),
        };
        self.reporting.writes = Some(path);
        self.reporting.trouble = None;
        self.engine.submit(Request::Report(Box::new(request)));
    }

    /// Takes in what became of a report.
    pub(super) fn reported(&mut self, path: PathBuf, outcome: Result<(), ReportTrouble>) {
        let reporting = &mut self.reporting;
        reporting.writes = None;
        match outcome {
            Ok(()) => {
                let what = match reporting.asked.take() {
                    Some(ReportKind::Charts) => "The charts are in",
                    _ => "The report is in",
                };
                reporting.folder = path.parent().map(Path::to_owned);
                self.say(Message::note(format!("{what} “{}”.", path.display())));
            }
            Err(error) => {
                let sentence = error.to_string();
                if let ReportTrouble::Exists(path) = error {
                    reporting.in_the_way = Some(path);
                }
                match reporting.asked {
                    Some(_) => reporting.trouble = Some(sentence),
                    None => self.say(Message::error(sentence)),
                }
            }
        }
    }

    /// After a fault of the program: nothing is being written any more.
    pub(super) fn give_report_up(&mut self) {
        if self.reporting.writes.take().is_some() {
            self.reporting.trouble = Some("Nothing was written.".to_owned());
        }
    }
}
