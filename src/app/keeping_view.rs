//! What the screen says of where the session is kept.

use super::{App, Place};

impl App {
    /// How the session is kept, in a word or two, and what that means; `None` where keeping was
    /// never asked for.
    pub fn keeping_mark(&self) -> Option<(String, String)> {
        let unsaved = self.unsaved();
        if let Some(why) = &self.keeping.failing {
            let meaning = format!("Your answers are in memory only: {why}");
            return Some(("not on disk!".to_owned(), meaning));
        }
        Some(match &self.keeping.place {
            Place::None => return None,
            Place::File(path) if unsaved == 0 => (
                "saved".to_owned(),
                format!("The session is in {}.", path.display()),
            ),
            Place::File(path) => (
                format!("{unsaved} unsaved"),
                format!(
                    "The session is in {}; what came since is in the journal beside it.",
                    path.display()
                ),
            ),
            Place::Journal(path) => (
                "in journal".to_owned(),
                format!(
                    "Not saved yet. Every answer is in the journal of {}, and offered again after a crash.",
                    path.display()
                ),
            ),
            Place::ReadOnly(_, holder) => (
                "read-only".to_owned(),
                format!("The session is open in another window ({holder})."),
            ),
            Place::Memory(why) => (
                "not on disk!".to_owned(),
                format!("Your answers are in memory only: {why}"),
            ),
        })
    }

    /// The title of the window.
    pub fn title(&self) -> String {
        let Some(workspace) = self.workspace() else {
            return "GLAD".to_owned();
        };
        let name = match &self.keeping.place {
            Place::File(path) | Place::ReadOnly(path, _) => {
                let name = path.file_name().unwrap_or_default();
                name.to_string_lossy().into_owned()
            }
            _ => workspace.dataset().name().to_owned(),
        };
        let mark = match &self.keeping.place {
            Place::ReadOnly(..) => " (read-only)",
            _ if self.unsaved() > 0 => " *",
            _ => "",
        };
        format!("{name}{mark} – GLAD")
    }
}
