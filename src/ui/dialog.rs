//! The system's file dialog, on a thread of its own: the window never waits for it.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
#[cfg(not(target_arch = "wasm32"))]
use std::time::{Duration, Instant};
#[cfg(target_arch = "wasm32")]
use web_time::{Duration, Instant};

use eframe::egui::Context;

use crate::app::{ArtifactKind, ENDINGS, PACKED};

/// What a file is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// To be opened.
    Table,
    /// To be the table of a session that does not find it.
    TableOfSession,
    /// To save the session to.
    NewSession,
    /// To write an artifact to, with one of these endings.
    Artifact(ArtifactKind, &'static [&'static str]),
    /// To be scored.
    NewData,
    /// A folder, whose images are to be scored.
    NewFolder,
    /// To save settings to.
    NewPreset,
    /// To load settings from.
    Preset,
}

impl Wanted {
    /// Whether it is a place for something new: a page gives it to the browser, which asks itself.
    pub(super) fn is_new(self) -> bool {
        match self {
            Self::NewSession | Self::NewFolder | Self::Artifact(..) | Self::NewPreset => true,
            Self::Table | Self::TableOfSession | Self::NewData | Self::Preset => false,
        }
    }
}

/// A file dialog that is open, or none.
#[derive(Default)]
pub(super) struct FileDialog {
    answer: Option<(Instant, Receiver<Chosen>)>,
}

/// What was chosen for what; nothing where the dialog was put away.
type Chosen = Option<(Wanted, PathBuf)>;

/// What became of a file dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// A file was chosen.
    Chosen(Wanted, PathBuf),
    /// It went before anybody can have seen it: the system has none to show.
    NoDialog,
}

/// A dialog that goes sooner than this without a file was never there: nobody reads and closes one
/// so fast. The system says no more than that nothing was chosen.
const UNSEEN: Duration = Duration::from_millis(400);

/// What there is to say where the system has no dialog.
pub(super) const NO_DIALOG: &str = "The system shows no file dialog (no desktop portal answers): type the path into the field, or drop the file on the window.";

impl FileDialog {
    /// Opens the dialog, unless it is open already.
    ///
    /// # Errors
    /// When the system gives no thread.
    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn open(&mut self, ctx: &Context, what: Wanted) -> std::io::Result<()> {
        self.open_by(ctx, what, choose)
    }

    /// Opens the browser's dialog. One that was put away says nothing, so a new one takes its place.
    ///
    /// # Errors
    /// What the browser says.
    #[cfg(target_arch = "wasm32")]
    pub(super) fn open(&mut self, ctx: &Context, what: Wanted) -> std::io::Result<()> {
        let (sender, answer) = channel();
        let endings = match what {
            Wanted::Table => tables(&["glad"]),
            Wanted::Preset => vec!["ron"],
            _ => tables(&[]),
        };
        super::page::pick(ctx, &endings, move |path| {
            // The next dialog may be open by now; then nobody waits for the answer.
            drop(sender.send(Some((what, path))));
        })?;
        self.answer = Some((Instant::now(), answer));
        Ok(())
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn open_by(
        &mut self,
        ctx: &Context,
        what: Wanted,
        choose: fn(Wanted) -> Option<PathBuf>,
    ) -> std::io::Result<()> {
        if self.answer.is_some() {
            return Ok(());
        }
        let (sender, answer) = channel();
        let ctx = ctx.clone();
        std::thread::Builder::new()
            .name("glad-dialog".to_owned())
            .spawn(move || {
                let chosen = choose(what);
                // The window may be gone by now; then nobody waits for the answer.
                drop(sender.send(chosen.map(|path| (what, path))));
                ctx.request_repaint();
            })?;
        self.answer = Some((Instant::now(), answer));
        Ok(())
    }

    /// What became of the dialog, once; `None` while it is open, and when it was closed.
    pub(super) fn poll(&mut self) -> Option<Outcome> {
        let (since, answer) = self.answer.as_ref()?;
        let chosen = match answer.try_recv() {
            Err(TryRecvError::Empty) => return None,
            chosen => chosen.ok().flatten(),
        };
        let is_unseen = since.elapsed() < UNSEEN;
        self.answer = None;
        match chosen {
            Some((what, path)) => Some(Outcome::Chosen(what, path)),
            None => is_unseen.then_some(Outcome::NoDialog),
        }
    }
}

/// Asks by the system's dialog, and waits for the answer.
#[cfg(not(target_arch = "wasm32"))]
fn choose(what: Wanted) -> Option<PathBuf> {
    let dialog = rfd::FileDialog::new();
    match what {
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
        Wanted::Artifact(ArtifactKind::Charts, _) => {
            dialog.set_title("A folder for all charts").pick_folder()
        }
        Wanted::Artifact(kind, endings) => {
            let (title, filter) = match kind {
                ArtifactKind::Chart => ("Save a chart", "Charts and their data".to_owned()),
                ArtifactKind::Report => ("Write a report", "HTML pages".to_owned()),
                _ => ("Write a file", endings.join(", ")),
            };
            let dialog = dialog.set_title(title).add_filter(filter, endings);
            dialog.save_file()
        }
        Wanted::NewPreset => dialog
            .set_title("Save settings as a preset")
            .add_filter("Settings", &["ron"])
            .save_file(),
        Wanted::Preset => dialog
            .set_title("Load a preset")
            .add_filter("Settings", &["ron"])
            .add_filter("All files", &["*"])
            .pick_file(),
        Wanted::NewFolder => dialog
            .set_title("A folder of images to score")
            .pick_folder(),
        Wanted::NewData => dialog
            .set_title("The data to score")
            .add_filter("Tables", &tables(&[]))
            .add_filter("Images", &["zip", "npz", "npy", "gz"])
            .add_filter("All files", &["*"])
            .pick_file(),
    }
}

/// The endings of tables, and more.
fn tables(more: &[&'static str]) -> Vec<&'static str> {
    [&ENDINGS[..], &PACKED, more].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(choose: fn(Wanted) -> Option<PathBuf>) -> Option<Outcome> {
        let mut dialog = FileDialog::default();
        let ctx = Context::default();
        dialog
            .open_by(&ctx, Wanted::Table, choose)
            .expect("a thread");
        let begun = Instant::now();
        while dialog.answer.is_some() && begun.elapsed() < Duration::from_secs(30) {
            if let Some(outcome) = dialog.poll() {
                return Some(outcome);
            }
            std::thread::yield_now();
        }
        None
    }

    #[test]
    fn a_dialog_that_nobody_can_have_seen_is_told_from_one_that_was_closed() {
        assert_eq!(outcome(|_| None), Some(Outcome::NoDialog));
        let closed = outcome(|_| {
            std::thread::sleep(UNSEEN * 2);
            None
        });
        assert_eq!(closed, None);
        let chosen = Outcome::Chosen(Wanted::Table, PathBuf::from("t.csv"));
        assert_eq!(outcome(|_| Some(PathBuf::from("t.csv"))), Some(chosen));
    }
}
