//! Pictures of the window, compared with those in `tests/snapshots`: a change of looks is seen in
//! review.
//!
//! To take them anew: `GLAD_SNAPSHOTS=update cargo test --test suite pictures`, then look at what
//! `git diff` shows. Where a picture differs, the new one and a picture of the difference are left
//! in `target/snapshots`.

use std::fs;
use std::path::PathBuf;

use eframe::egui::{Key, Modifiers, Theme, Vec2};
use egui_kittest::Harness;
use glad::app::{App, Command, OpenCommand};
use glad::detector::Settings;
use glad::ui::Shell;
use glad::worker::InlineEngine;

use crate::common::toy;
use crate::picture_file::{Difference, difference, read, write};
use crate::raster::{Picture, Textures};

/// How many pixels of a thousand may differ by more than a trace.
const PER_MILLE: usize = 4;

struct Window {
    harness: Harness<'static, Shell>,
    textures: Textures,
    theme: &'static str,
}

/// 2026-11-25, half past nine.
fn clock() -> u64 {
    1_795_599_000_000
}

const THEMES: [(Theme, &str); 2] = [(Theme::Light, "light"), (Theme::Dark, "dark")];

impl Window {
    fn new((theme, name): (Theme, &'static str), size: [f32; 2], command: Option<Command>) -> Self {
        let settings = Settings {
            ensemble: "paper".parse().expect("an ensemble"),
            ..Settings::default()
        };
        let mut app = App::new(Box::new(InlineEngine::default()), settings);
        command.into_iter().for_each(|command| app.apply(command));
        let textures = Textures::default();
        let harness = Harness::builder()
            .with_size(Vec2::from(size))
            .with_theme(theme)
            .renderer(textures.clone())
            .build_ui_state(
                |ui, shell: &mut Shell| shell.frame(ui),
                Shell::new(app).with_clock(clock),
            );
        let mut window = Self {
            harness,
            textures,
            theme: name,
        };
        window.harness.run_steps(4);
        window
    }

    /// A window on a toy table after four answers.
    fn answered(theme: (Theme, &'static str), size: [f32; 2]) -> Self {
        let open = Command::Open(OpenCommand::Toy(toy("clusters")));
        let mut window = Self::new(theme, size, Some(open));
        for key in [Key::A, Key::N, Key::N, Key::A] {
            window.press(key);
        }
        window
    }

    fn press(&mut self, key: Key) {
        self.harness.key_press(key);
        self.harness.run_steps(3);
    }

    fn press_with(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        // Windows over the window take a moment to fade in.
        self.harness.run_steps(20);
    }

    /// Shows one pane alone.
    fn show(&mut self, pane: &str, size: [f32; 2]) {
        self.harness.set_size(Vec2::from(size));
        let closed = self.harness.state().layout().replace(",true)", ",false)");
        let name = |open: bool| format!("\"{pane}\",{open})");
        let layout = closed.replace(&name(false), &name(true));
        assert!(layout != closed && self.harness.state_mut().arrange(&layout));
        self.harness.run_steps(6);
    }

    fn picture(&self) -> Picture {
        let shapes = self.harness.output().shapes.clone();
        let primitives = self.harness.ctx.tessellate(shapes, 1.0);
        let size = self.harness.ctx.content_rect().size();
        let ground = self.harness.ctx.global_style().visuals.panel_fill;
        let size = [size.x as usize, size.y as usize];
        let mut picture = self.textures.paint(&primitives, size, ground);
        // In fewer colours, so that the files are small; the eye does not see it.
        let channels = picture.pixels.iter_mut().flatten();
        channels.for_each(|channel| *channel &= 0xf8);
        picture
    }

    /// Compares what is seen with the picture of a name; says what is wrong.
    fn compare(&self, name: &str) -> Option<String> {
        let name = format!("{name}-{}.png", self.theme);
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        let path = root.join("tests/snapshots").join(&name);
        let picture = self.picture();
        if std::env::var_os("GLAD_SNAPSHOTS").is_some_and(|wish| wish == "update") {
            // What has not changed is left alone.
            let known = path.exists().then(|| read(&path));
            if known.is_none_or(|known| known != picture) {
                fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
                write(&path, &picture);
            }
            return None;
        }
        let known = path.exists().then(|| read(&path));
        let Difference { changed, shown } = difference(&picture, known.as_ref())?;
        let allowed = picture.pixels.len() * PER_MILLE / 1000;
        if changed <= allowed {
            return None;
        }
        let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
        let folder = target
            .unwrap_or_else(|| root.join("target"))
            .join("snapshots");
        fs::create_dir_all(&folder).expect("a folder");
        let (new, diff) = (folder.join(&name), folder.join(format!("diff-{name}")));
        write(&new, &picture);
        write(&diff, &shown);
        Some(format!(
            "{name}: {changed} pixels have changed, {allowed} may; see {} and {}",
            new.display(),
            diff.display()
        ))
    }
}

#[track_caller]
fn none(wrong: Vec<String>) {
    let all = wrong.join("\n");
    assert!(
        wrong.is_empty(),
        "{all}\nIf that is meant: GLAD_SNAPSHOTS=update cargo test --test suite pictures, and look at git diff."
    );
}

/// The window as a whole, and what comes over it.
#[test]
fn pictures_of_the_window() {
    let mut wrong = Vec::new();
    for theme in THEMES {
        wrong.extend(Window::new(theme, [1000.0, 640.0], None).compare("welcome"));
        let mut window = Window::answered(theme, [1280.0, 800.0]);
        wrong.extend(window.compare("window"));
        // Over a pane without colours, which the files would be larger for.
        window.show("Replay", [900.0, 620.0]);
        window.press_with(Modifiers::NONE, Key::F1);
        wrong.extend(window.compare("keys"));
        window.press_with(Modifiers::NONE, Key::Escape);
        window.press_with(Modifiers::COMMAND, Key::E);
        wrong.extend(window.compare("save-chart"));
        window.press_with(Modifiers::NONE, Key::Escape);
        window.press_with(Modifiers::COMMAND, Key::R);
        wrong.extend(window.compare("report"));
        window.press_with(Modifiers::NONE, Key::Escape);
        for (key, name) in [(Key::X, "export"), (Key::D, "score-data")] {
            window.press_with(Modifiers::COMMAND.plus(Modifiers::SHIFT), key);
            wrong.extend(window.compare(name));
            window.press_with(Modifiers::NONE, Key::Escape);
        }
        window.press_with(Modifiers::COMMAND, Key::O);
        wrong.extend(window.compare("open"));
    }
    none(wrong);
}

/// Each pane alone, and how large it is shown.
const PANES: [(&str, &str, [f32; 2]); 18] = [
    ("Candidates", "candidates", [360.0, 460.0]),
    ("Answers", "answers", [360.0, 380.0]),
    ("Re-check", "re-check", [360.0, 360.0]),
    ("Tags", "tags", [360.0, 380.0]),
    ("Map", "map", [620.0, 480.0]),
    ("Batch", "batch", [620.0, 360.0]),
    ("Similar", "similar", [760.0, 420.0]),
    ("Embedding", "embedding", [620.0, 480.0]),
    (
        "Parallel coordinates",
        "parallel-coordinates",
        [760.0, 420.0],
    ),
    ("Scatter matrix", "scatter-matrix", [760.0, 520.0]),
    ("Relevance maps", "relevance-maps", [760.0, 460.0]),
    ("Before and after", "before-and-after", [760.0, 420.0]),
    ("Discovery", "discovery", [620.0, 300.0]),
    ("Progress", "progress", [620.0, 260.0]),
    ("Training", "training", [620.0, 320.0]),
    ("Replay", "replay", [620.0, 200.0]),
    ("Candidate", "candidate", [420.0, 760.0]),
    ("Settings", "settings", [420.0, 760.0]),
];

#[test]
fn pictures_of_each_pane() {
    let mut wrong = Vec::new();
    for theme in THEMES {
        let mut window = Window::answered(theme, [1280.0, 800.0]);
        // What a pane shows is computed once it is visible.
        for (pane, _, size) in PANES {
            window.show(pane, size);
        }
        for (pane, name, size) in PANES {
            window.show(pane, size);
            wrong.extend(window.compare(name));
        }
    }
    none(wrong);
}

#[test]
fn pictures_are_the_same_from_run_to_run() {
    let picture = || {
        let mut window = Window::answered(THEMES[1], [900.0, 620.0]);
        window.show("Map", [500.0, 400.0]);
        window.picture()
    };
    let once = picture();
    assert!(once == picture());
    let first = once.pixels[0];
    assert!(
        once.pixels.iter().any(|pixel| *pixel != first),
        "something is painted"
    );
}

/// No pane is missing: each that the window has is in the list.
#[test]
fn pictures_are_taken_of_every_pane() {
    let window = Window::new(THEMES[0], [1280.0, 800.0], None);
    let layout = window.harness.state().layout();
    assert_eq!(layout.matches("Pane(").count(), PANES.len(), "{layout}");
    for (pane, ..) in PANES {
        assert!(layout.contains(&format!("\"{pane}\"")), "{pane}");
    }
}
