//! What the window remembers from one run to the next: its size and place, the panes, light or
//! dark, the tables that were open. No answer is in it: those are in session files.

use std::path::{Path, PathBuf};

use eframe::egui::{Context, ThemePreference};
use serde::{Deserialize, Serialize};

use super::panels::ListLook;
use crate::app::{KeptSession, Origin, fs};

/// Tables, and sessions, that are remembered.
const RECENT: usize = 8;
/// Bytes of a file that is read; a longer one is not ours.
const LONGEST: u64 = 1 << 20;

/// What is remembered; whatever a file leaves out is as in a first run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Memory {
    /// The size of the window within its frame, in points.
    pub(super) size: Option<[f32; 2]>,
    /// Where its frame begins, in points.
    #[serde(rename = "place")]
    pub(super) corner: Option<[f32; 2]>,
    /// Which panes are open, and where.
    pub(super) layout: Option<String>,
    /// The columns of the list and its order.
    pub(super) list: ListLook,
    /// Light, dark, or as the system has it.
    pub(super) theme: Theme,
    /// The tables that were open, the last one first.
    pub(super) recent: Vec<Origin>,
    /// The sessions that were open, the last one first.
    pub(super) sessions: Vec<KeptSession>,
    /// Files of settings that were saved or loaded, the last one first.
    pub(super) presets: Vec<PathBuf>,
    /// Whether the guide of the first session has been dismissed or done.
    pub(super) is_guided: bool,
    /// What is opened at the next start: a page is given no file.
    #[cfg(target_arch = "wasm32")]
    pub(super) last: Option<super::page::Last>,
}

/// Light, dark, or as the system has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    pub(super) fn preference(self) -> ThemePreference {
        match self {
            Self::System => ThemePreference::System,
            Self::Light => ThemePreference::Light,
            Self::Dark => ThemePreference::Dark,
        }
    }

    /// The one after it: light, dark, as the system has it, light again.
    pub(super) fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }

    /// Its name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::System => "as the system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The one in force.
    pub(super) fn of(ctx: &Context) -> Self {
        match ctx.options(|options| options.theme_preference) {
            ThemePreference::System => Self::System,
            ThemePreference::Light => Self::Light,
            ThemePreference::Dark => Self::Dark,
        }
    }
}

impl Memory {
    /// Puts a table first.
    pub(super) fn opened(&mut self, origin: &Origin) {
        self.recent.retain(|other| other.path() != origin.path());
        self.recent.insert(0, origin.clone());
        self.recent.truncate(RECENT);
    }

    /// Puts a session first; false where it is there as it is.
    pub(super) fn worked_on(&mut self, session: KeptSession) -> bool {
        if self.sessions.first() == Some(&session) {
            return false;
        }
        self.sessions.retain(|other| other.path != session.path);
        self.sessions.insert(0, session);
        self.sessions.truncate(RECENT);
        true
    }

    /// Puts a file of settings first.
    pub(super) fn used(&mut self, preset: PathBuf) {
        self.presets.retain(|other| *other != preset);
        self.presets.insert(0, preset);
        self.presets.truncate(RECENT);
    }

    /// Takes in where the window is.
    pub(super) fn see(&mut self, ctx: &Context) {
        let (inner, outer, is_whole) = ctx.input(|input| {
            let viewport = input.viewport();
            let is_whole = viewport.maximized.or(viewport.fullscreen).unwrap_or(false);
            (viewport.inner_rect, viewport.outer_rect, is_whole)
        });
        // The size to come back to is not that of the whole screen.
        if let (Some(inner), false) = (inner, is_whole) {
            self.size = Some([inner.width(), inner.height()]);
            self.corner = outer.map(|outer| [outer.left(), outer.top()]);
        }
    }

    /// Reads what was kept; a file that is not there or does not read is a first run.
    pub(super) fn read(path: &Path) -> Self {
        let is_ours = fs::metadata(path).is_ok_and(|found| found.len() <= LONGEST);
        let text = is_ours.then(|| fs::read_to_string(path).ok()).flatten();
        let kept: Option<Self> = text.and_then(|text| ron::from_str(&text).ok());
        let mut memory = kept.unwrap_or_default();
        memory.recent.truncate(RECENT);
        memory.sessions.truncate(RECENT);
        memory.presets.truncate(RECENT);
        memory
    }

    /// Writes it: beside the old file first, so that the old one is whole until the new one is.
    ///
    /// # Errors
    /// The folder or the file cannot be written.
    pub(super) fn write(&self, path: &Path) -> std::io::Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let text = ron::ser::to_string_pretty(self, ron::ser::PrettyConfig::new());
        let text = text.map_err(std::io::Error::other)?;
        let new = path.with_extension("new");
        fs::write(&new, text)?;
        fs::rename(&new, path)
    }
}

/// The memory and its file.
#[derive(Debug, Default)]
pub(super) struct StorageWorker {
    memory: Memory,
    /// Where it is kept; the window of a test keeps none.
    path: Option<PathBuf>,
    /// What the file says.
    #[cfg(target_arch = "wasm32")]
    written: Memory,
}

impl StorageWorker {
    /// Takes up what is kept.
    pub(super) fn read(path: Option<PathBuf>) -> Self {
        Self {
            memory: path.as_deref().map(Memory::read).unwrap_or_default(),
            path,
            #[cfg(target_arch = "wasm32")]
            written: Memory::default(),
        }
    }

    /// Writes it where it says something new.
    #[cfg(target_arch = "wasm32")]
    pub(super) fn keep_up(&mut self) {
        if self.written != self.memory {
            self.change(|_| {});
            self.written.clone_from(&self.memory);
        }
    }

    pub(super) fn memory(&self) -> &Memory {
        &self.memory
    }

    /// Changes it without writing it.
    pub(super) fn see(&mut self, change: impl FnOnce(&mut Memory)) {
        change(&mut self.memory);
    }

    /// Changes and writes it. Where it cannot be written the next run begins like a first one:
    /// nothing that would be worth a message is lost.
    pub(super) fn change(&mut self, change: impl FnOnce(&mut Memory)) {
        change(&mut self.memory);
        if let Some(path) = &self.path
            && self.memory.write(path).is_err()
        {
            self.path = None;
        }
    }
}

/// Where the system wants such files: `window.ron` in the folder of this program's settings.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn usual_path() -> Option<PathBuf> {
    let folder = |name: &str| {
        let value = std::env::var_os(name).filter(|value| !value.is_empty());
        value.map(PathBuf::from)
    };
    let settings = if cfg!(windows) {
        folder("APPDATA")
    } else if cfg!(target_os = "macos") {
        folder("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        folder("XDG_CONFIG_HOME").or_else(|| folder("HOME").map(|home| home.join(".config")))
    };
    Some(settings?.join("glad").join("window.ron"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::ReadOptions;

    fn origin(name: &str) -> Origin {
        Origin::of_file(Path::new(name), &ReadOptions::default())
    }

    #[test]
    fn what_is_kept_comes_back_and_anything_else_is_a_first_run() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("deep/window.ron");
        assert_eq!(Memory::read(&path), Memory::default());
        let mut memory = Memory {
            size: Some([1000.0, 700.0]),
            theme: Theme::Dark,
            is_guided: true,
            ..Memory::default()
        };
        memory.opened(&origin("a.csv"));
        memory.write(&path).expect("a file");
        assert_eq!(Memory::read(&path), memory);
        fs::write(&path, "tea").expect("a file");
        assert_eq!(Memory::read(&path), Memory::default());
        fs::write(&path, "(theme: Light)").expect("a file");
        assert_eq!(Memory::read(&path).theme, Theme::Light);
    }

    #[test]
    fn a_session_is_listed_once_with_how_far_it_is() {
        let session = |path: &str, answers| KeptSession {
            path: path.into(),
            table: "t".to_owned(),
            answers,
            anomalies: 0,
            at: Some(5),
        };
        let mut memory = Memory::default();
        assert!(memory.worked_on(session("a.glad", 1)));
        assert!(memory.worked_on(session("b.glad", 1)));
        assert!(memory.worked_on(session("a.glad", 2)));
        assert!(!memory.worked_on(session("a.glad", 2)), "nothing is new");
        assert_eq!(
            memory.sessions,
            [session("a.glad", 2), session("b.glad", 1)]
        );
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("window.ron");
        memory.write(&path).expect("a file");
        assert_eq!(Memory::read(&path), memory);
    }

    #[test]
    fn every_theme_is_reached_from_every_other() {
        let once = Theme::System.next();
        let all = [once, once.next(), once.next().next()];
        assert_eq!(all, [Theme::Light, Theme::Dark, Theme::System]);
    }

    #[test]
    fn the_last_table_comes_first_and_each_once() {
        let mut memory = Memory::default();
        for name in ["a", "b", "a", "c", "d", "e", "f", "g", "h", "i"] {
            memory.opened(&origin(name));
        }
        assert_eq!(memory.recent.len(), RECENT);
        assert_eq!(memory.recent[0], origin("i"));
        memory.opened(&origin("f"));
        assert_eq!(
            (memory.recent.len(), &memory.recent[0]),
            (RECENT, &origin("f"))
        );
    }
}
