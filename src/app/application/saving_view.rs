//! What the screen says of where the session is kept.

use super::App;
use crate::app::SaveState;

impl App {
    /// How the session is kept, in a word or two, and what that means; `None` where keeping was
    /// never asked for.
    pub fn save_mark(&self) -> Option<(String, String)> {
        let unsaved = self.unsaved();
        if let Some(why) = &self.saving.failing {
            let meaning = format!("Your answers are in memory only: {why}");
            return Some(("not on disk!".to_owned(), meaning));
        }
        Some(match &self.saving.state {
            SaveState::None => return None,
            SaveState::File(path) if unsaved == 0 => (
                "saved".to_owned(),
                format!("The session is in {}.", path.display()),
            ),
            SaveState::File(path) => (
                format!("{unsaved} unsaved"),
                format!(
                    "The session is in {}; what came since is in the journal beside it.",
                    path.display()
                ),
            ),
            SaveState::Journal(path) => (
                "in journal".to_owned(),
                format!(
                    "Not saved yet. Every answer is in the journal of {}, and offered again after a crash.",
                    path.display()
                ),
            ),
            SaveState::ReadOnly(_, holder) => (
                "read-only".to_owned(),
                format!("The session is open in another window ({holder})."),
            ),
            SaveState::Memory(why) => (
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
        let name = match &self.saving.state {
            SaveState::File(path) | SaveState::ReadOnly(path, _) => {
                let name = path.file_name().unwrap_or_default();
                name.to_string_lossy().into_owned()
            }
            _ => workspace.dataset().name().to_owned(),
        };
        let mark = match &self.saving.state {
            SaveState::ReadOnly(..) => " (read-only)",
            _ if self.unsaved() > 0 => " *",
            _ => "",
        };
        format!("{name}{mark} – GLAD")
    }
}
