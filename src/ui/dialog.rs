//! The system's file dialog, on a thread of its own: the window never waits for it.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};

use eframe::egui::Context;

/// A file dialog that is open, or none.
#[derive(Default)]
pub(super) struct FileDialog {
    answer: Option<Receiver<Option<PathBuf>>>,
}

impl FileDialog {
    /// Opens the dialog, unless it is open already.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub(super) fn open(&mut self, ctx: &Context) -> std::io::Result<()> {
        if self.answer.is_some() {
            return Ok(());
        }
        let (sender, answer) = channel();
        let ctx = ctx.clone();
        std::thread::Builder::new()
            .name("glad-dialog".to_owned())
            .spawn(move || {
                let chosen = rfd::FileDialog::new()
                    .set_title("Open a table")
                    .add_filter("Tables", &["csv", "tsv", "txt", "gz"])
                    .add_filter("All files", &["*"])
                    .pick_file();
                // The window may be gone by now; then nobody waits for the answer.
                drop(sender.send(chosen));
                ctx.request_repaint();
            })?;
        self.answer = Some(answer);
        Ok(())
    }

    /// The file that was chosen, once; `None` while the dialog is open and when nothing was.
    pub(super) fn poll(&mut self) -> Option<PathBuf> {
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
