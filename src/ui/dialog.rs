//! The system's file dialog, on a thread of its own: the window never waits for it.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};

use eframe::egui::Context;

use crate::app::{ENDINGS, PACKED};

/// What a file is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// To be opened.
    Table,
    /// To be the table of a session that does not find it.
    TableOfSession,
    /// To save the session to.
    NewSession,
    /// To write a chart to.
    NewChart,
    /// To write a report to.
    NewReport,
    /// A folder, to write all charts into.
    ChartFolder,
    /// To write an export to, with one of these endings.
    NewExport(&'static [&'static str]),
    /// To be scored.
    NewData,
    /// To save settings to.
    NewPreset,
    /// To load settings from.
    Preset,
}

/// A file dialog that is open, or none.
#[derive(Default)]
pub(super) struct FileDialog {
    answer: Option<Receiver<Option<(Wanted, PathBuf)>>>,
}

impl FileDialog {
    /// Opens the dialog, unless it is open already.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub(super) fn open(&mut self, ctx: &Context, what: Wanted) -> std::io::Result<()> {
        if self.answer.is_some() {
            return Ok(());
        }
        let (sender, answer) = channel();
        let ctx = ctx.clone();
        std::thread::Builder::new()
            .name("glad-dialog".to_owned())
            .spawn(move || {
                let dialog = rfd::FileDialog::new();
                let chosen = match what {
                    Wanted::Table => dialog
                        .set_title("Open a table or a session")
                        .add_filter("Tables and sessions", &tables(&["glad"]))
                        .add_filter("All files", &["*"])
                        .pick_file(),
                    Wanted::TableOfSession => dialog
                        .set_title("The table of the session")
                        .add_filter("Tables", &tables(&[]))
                        .add_filter("All files", &["*"])
                        .pick_file(),
                    Wanted::NewSession => dialog
                        .set_title("Save the session")
                        .add_filter("GLAD sessions", &["glad"])
                        .save_file(),
                    Wanted::NewChart => dialog
                        .set_title("Save a chart")
                        .add_filter("Charts and their data", &["svg", "png", "csv"])
                        .save_file(),
                    Wanted::NewReport => dialog
                        .set_title("Write a report")
                        .add_filter("HTML pages", &["html"])
                        .save_file(),
                    Wanted::ChartFolder => {
                        dialog.set_title("A folder for all charts").pick_folder()
                    }
                    Wanted::NewExport(endings) => dialog
                        .set_title("Write a file")
                        .add_filter(endings.join(", "), endings)
                        .save_file(),
                    Wanted::NewPreset => dialog
                        .set_title("Save settings as a preset")
                        .add_filter("Settings", &["ron"])
                        .save_file(),
                    Wanted::Preset => dialog
                        .set_title("Load a preset")
                        .add_filter("Settings", &["ron"])
                        .add_filter("All files", &["*"])
                        .pick_file(),
                    Wanted::NewData => dialog
                        .set_title("The table to score")
                        .add_filter("Tables", &tables(&[]))
                        .add_filter("All files", &["*"])
                        .pick_file(),
                };
                // The window may be gone by now; then nobody waits for the answer.
                drop(sender.send(chosen.map(|path| (what, path))));
                ctx.request_repaint();
            })?;
        self.answer = Some(answer);
        Ok(())
    }

    /// The file that was chosen, once; `None` while the dialog is open and when nothing was.
    pub(super) fn poll(&mut self) -> Option<(Wanted, PathBuf)> {
        let answer = self.answer.as_ref()?.try_recv();
        match answer {
            Ok(chosen) => {
                self.answer = None;
                chosen
            }
            Err(std::sync::mpsc::TryRecvError::Empty) => None,
            Err(std::sync::mpsc::TryRecvError::Disconnected) => {
                self.answer = None;
                None
            }
        }
    }
}

/// The endings of tables, and more.
fn tables(more: &[&'static str]) -> Vec<&'static str> {
    [&ENDINGS[..], &PACKED, more].concat()
}
