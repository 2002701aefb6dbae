//! What the dialogs that write files have in common.

use std::path::{Path, PathBuf};

use super::{Message, Workspace};

/// What a dialog that writes a file, or a folder of them, shows of it.
#[derive(Clone, Debug, Default)]
pub struct Writing {
    /// What is being written.
    writes: Option<PathBuf>,
    /// What is there already and may be replaced next time.
    in_the_way: Option<PathBuf>,
    /// Why it was not written.
    trouble: Option<String>,
}

impl Writing {
    /// Whether something is being written.
    pub fn is_writing(&self) -> bool {
        self.writes.is_some()
    }

    /// Why it was not written.
    pub fn trouble(&self) -> Option<&str> {
        self.trouble.as_deref()
    }

    /// The dialog is shown again: what went wrong before is forgotten.
    pub(super) fn ask(&mut self) {
        self.trouble = None;
    }

    /// The dialog is put away; what is being written is written.
    pub(super) fn put_away(&mut self) {
        (self.trouble, self.in_the_way) = (None, None);
    }

    /// Begins to write; says whether what is there may be replaced, as it was told before.
    pub(super) fn begin(&mut self, path: &Path) -> bool {
        self.trouble = None;
        self.writes = Some(path.to_owned());
        self.in_the_way.take().as_deref() == Some(path)
    }

    /// Nothing is written, for a reason that the dialog shows.
    pub(super) fn refuse(&mut self, sentence: impl Into<String>) {
        self.trouble = Some(sentence.into());
    }

    /// Nothing is being written any more.
    pub(super) fn end(&mut self) {
        self.writes = None;
    }

    /// It was not written. Its dialog says so while it is shown; else the sentence comes back, to be
    /// said elsewhere. What is in the way is replaced when the dialog asks for it again.
    pub(super) fn fail(
        &mut self,
        is_shown: bool,
        sentence: String,
        in_the_way: Option<PathBuf>,
    ) -> Option<Message> {
        if !is_shown {
            return Some(Message::error(sentence));
        }
        self.in_the_way = in_the_way;
        self.refuse(sentence);
        None
    }

    /// After a fault of the program.
    pub(super) fn give_up(&mut self, sentence: &str) {
        if self.writes.take().is_some() {
            self.refuse(sentence);
        }
    }
}

impl Workspace {
    /// The file of the table, where it is one.
    pub(super) fn table_path(&self) -> Option<PathBuf> {
        self.dataset().origin().and_then(|origin| origin.path())
    }

    /// Why nothing may be written to a path, if it may not: it is that of the table.
    pub(super) fn objection(&self, path: &Path) -> Option<&'static str> {
        let is_table = self.table_path().as_deref() == Some(path);
        is_table.then_some("This is the file of the table itself: choose another name.")
    }

    /// A path for a new file: in the folder where the last one went, or beside the table.
    pub(super) fn beside(&self, last: Option<&Path>, name: &str) -> PathBuf {
        let table = self.table_path();
        let folder = last.or_else(|| table.as_deref().and_then(Path::parent));
        // A page hands its files to the browser, which knows where they go.
        let folder = folder.filter(|_| !cfg!(target_arch = "wasm32"));
        folder.map_or_else(|| PathBuf::from(name), |folder| folder.join(name))
    }
}
