//! What a frame of the window costs while the map is dragged, and how long the next candidate takes
//! to come: `cargo bench --bench frames`, with `GLAD_BENCH_LARGE=1` up to 1 000 000 instances.
//!
//! It paints into nowhere: panels, layout and tessellation are our own time and egui's on the
//! processor, without the graphics card.

#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a program that prints, and may stop at once as tests may"
)]

#[path = "common/tables.rs"]
mod tables;

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use eframe::egui::{
    Context, Event, Key, Modifiers, PointerButton, Pos2, RawInput, Rect, pos2, vec2,
};
use glad::app::{App, Command, OpenCommand, ReadOptions, SessionCommand};
use glad::detector::{Model, Settings};
use glad::session::Answer;
use glad::ui::Shell;
use glad::worker::{InlineEngine, ThreadEngine};
use tables::Size;

const FRAMES: usize = 120;
/// In the middle of the map, in the layout that the window starts with.
const START: Pos2 = pos2(600.0, 300.0);

fn main() {
    println!("| instances | shape | median ms | worst ms | triangles |\n|---|---|---|---|---|");
    let mut sizes = vec![1_000, 100_000];
    if tables::sizes().iter().any(|size| size.n == 1_000_000) {
        sizes.push(1_000_000);
    }
    for &n in &sizes {
        let size = Size { n, d: 10 };
        let mut window = Window::open(size);
        window.frames(10, false);
        let labels = tables::labels(window.model());
        assert_eq!(labels.len(), tables::LABELS);
        for (what, drags) in [("at rest", false), ("dragged", true)] {
            let (mut times, triangles) = window.frames(FRAMES, drags);
            times.sort_by(f64::total_cmp);
            let (median, worst) = (times[FRAMES / 2] * 1e3, times[FRAMES - 1] * 1e3);
            println!("| {n} | {what} | {median:.2} | {worst:.2} | {triangles} |");
        }
        // Each view beside the map, once what it shows has been worked out and painted.
        for (what, key) in [
            ("embedding", Key::K),
            ("parallel coordinates", Key::H),
            ("scatter matrix", Key::I),
        ] {
            window.press(key);
            window.frames(20, false);
            let (mut times, triangles) = window.frames(FRAMES, false);
            times.sort_by(f64::total_cmp);
            let (median, worst) = (times[FRAMES / 2] * 1e3, times[FRAMES - 1] * 1e3);
            println!("| {n} | {what} | {median:.2} | {worst:.2} | {triangles} |");
        }
    }
    let mut window = Window::with_dialog(2000);
    let (mut times, triangles) = window.frames(FRAMES, false);
    times.sort_by(f64::total_cmp);
    let (median, worst) = (times[FRAMES / 2] * 1e3, times[FRAMES - 1] * 1e3);
    println!("| 1000 | open dialog of 2000 columns | {median:.2} | {worst:.2} | {triangles} |");
    println!(
        "\n| opened | first candidate, s | quiet screen, s | longest frame, ms |\n|---|---|---|---|"
    );
    for size in sizes.iter().map(|&n| Size { n, d: 10 }).chain([WIDE]) {
        let [ready, quiet, worst] = opening(size);
        println!("| {size} | {ready:.2} | {quiet:.2} | {:.1} |", worst * 1e3);
    }
    println!(
        "\n| instances | next candidate after a training, ms | within a batch, ms |\n|---|---|---|"
    );
    for n in sizes {
        let [trained, within] = waits(Size { n, d: 10 });
        println!("| {n} | {trained:.1} | {within:.1} |");
    }
}

/// Rows and columns of a wide table.
const WIDE: Size = Size { n: 3279, d: 1555 };
/// A screen is quiet when nothing has come for so long.
const QUIET: Duration = Duration::from_millis(500);

/// Opens a table as the window does, sixty times a second: seconds until its first candidate is
/// there, until the last thing that the screen shows has come, and in the longest frame meanwhile.
fn opening(size: Size) -> [f64; 3] {
    let begun = Instant::now();
    let newest = Arc::new(Mutex::new(begun));
    let told = Arc::clone(&newest);
    let tell = move || *told.lock().expect("no panic") = Instant::now();
    let engine = ThreadEngine::start(tell).expect("a thread");
    let path = std::env::temp_dir().join(format!("glad-frames-{}.csv", std::process::id()));
    std::fs::write(&path, tables::csv(size)).expect("room for a table");
    let mut app = App::new(Box::new(engine), Settings::default());
    let begun = Instant::now();
    let file = OpenCommand::File(path.clone(), ReadOptions::default());
    app.apply(Command::Open(file));
    let mut window = Window::of(app);
    let (mut ready, mut worst) = (None, 0.0_f64);
    loop {
        let (times, _) = window.frames(1, false);
        worst = worst.max(times[0]);
        if window.shell.app().workspace().is_some() {
            ready.get_or_insert_with(|| begun.elapsed().as_secs_f64());
        }
        let last = *newest.lock().expect("no panic");
        if ready.is_some() && last.elapsed() > QUIET {
            std::fs::remove_file(path).expect("the table's file");
            let quiet = (last - begun).as_secs_f64();
            return [ready.unwrap_or_default(), quiet, worst];
        }
        std::thread::sleep(Duration::from_millis(16));
    }
}

/// Answers that are timed.
const ANSWERS: usize = 25;

/// Median milliseconds from an answer to the next candidate, training on a thread as in the window:
/// of those that complete a batch of five, and of the others.
fn waits(size: Size) -> [f64; 2] {
    let engine = ThreadEngine::start(|| {}).expect("a thread");
    let mut app = open(App::new(Box::new(engine), Settings::default()), size);
    // The first map is there, and nothing else is under way.
    settle(&mut app, &|app| {
        app.workspace().is_some_and(|open| open.map().is_some())
    });
    app.apply(Command::SetBatch(5));
    let mut times = [Vec::new(), Vec::new()];
    for place in 1..=ANSWERS {
        std::thread::sleep(Duration::from_millis(600));
        app.receive();
        let began = Instant::now();
        let answer = if place % 3 == 0 {
            Answer::Anomaly
        } else {
            Answer::Nominal
        };
        app.apply(Command::Session(SessionCommand::Answer(answer)));
        settle(&mut app, &|app| {
            app.workspace()
                .is_some_and(|open| open.selected().is_some())
        });
        times[usize::from(place % 5 != 0)].push(began.elapsed().as_secs_f64() * 1e3);
    }
    times.map(|mut times| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    })
}

fn settle(app: &mut App, is_done: &dyn Fn(&App) -> bool) {
    app.receive();
    while !is_done(app) {
        std::thread::sleep(Duration::from_micros(200));
        app.receive();
    }
}

/// Opens a table of a size.
fn open(mut app: App, size: Size) -> App {
    let path = std::env::temp_dir().join(format!("glad-frames-{}.csv", std::process::id()));
    std::fs::write(&path, tables::csv(size)).expect("room for a table");
    let file = OpenCommand::File(path.clone(), ReadOptions::default());
    app.apply(Command::Open(file));
    settle(&mut app, &|app| app.workspace().is_some());
    std::fs::remove_file(path).expect("the table's file");
    app
}

struct Window {
    ctx: Context,
    shell: Shell,
    frame: usize,
}

impl Window {
    fn open(size: Size) -> Self {
        let app = App::new(Box::new(InlineEngine::default()), Settings::default());
        let mut window = Self::of(open(app, size));
        window.frames(20, false);
        window
    }

    fn of(app: App) -> Self {
        Self {
            ctx: Context::default(),
            shell: Shell::new(app),
            frame: 0,
        }
    }

    /// A window with the open dialog before it, which shows a file of so many columns.
    fn with_dialog(columns: usize) -> Self {
        let app = App::new(Box::new(InlineEngine::default()), Settings::default());
        let mut app = open(app, Size { n: 1000, d: 10 });
        let path = std::env::temp_dir().join(format!("glad-wide-{}.csv", std::process::id()));
        let line = |cell: &dyn Fn(usize) -> String| {
            let cells: Vec<String> = (0..columns).map(cell).collect();
            cells.join(",") + "\n"
        };
        let mut text = line(&|at| format!("channel_{at}"));
        for row in 0..200 {
            text += &line(&|at| format!("{}.5", (row * 7 + at * row * 3) % 11));
        }
        std::fs::write(&path, text).expect("room for a table");
        app.apply(Command::Open(OpenCommand::Show(Some(path.clone()))));
        settle(&mut app, &|app| {
            app.opening()
                .is_some_and(|opening| opening.preview.is_some())
        });
        std::fs::remove_file(path).expect("the table's file");
        let mut window = Self::of(app);
        window.frames(20, false);
        window
    }

    /// Presses a key with Ctrl.
    fn press(&mut self, key: Key) {
        self.frame += 1;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 800.0))),
            time: Some(self.frame as f64 / 60.0),
            events: vec![Event::Key {
                key,
                physical_key: None,
                pressed: true,
                repeat: false,
                modifiers: Modifiers::COMMAND,
            }],
            ..RawInput::default()
        };
        let shell = &mut self.shell;
        drop(self.ctx.run_ui(input, |ui| shell.frame(ui)));
    }

    fn model(&self) -> &Model {
        let workspace = self.shell.app().workspace().expect("a table");
        workspace.model()
    }

    /// Paints frames, the map under the pointer or dragged around; returns their seconds and the
    /// triangles of the last.
    fn frames(&mut self, count: usize, drags: bool) -> (Vec<f64>, usize) {
        let mut times = Vec::with_capacity(count);
        let mut triangles = 0;
        for step in 0..count {
            let turn = step as f32 * 0.2;
            let at = match drags {
                true => START + vec2(120.0 * turn.sin(), 80.0 * (1.3 * turn).sin()),
                false => START,
            };
            let mut events = vec![Event::PointerMoved(at)];
            if drags && (step == 0 || step + 1 == count) {
                events.push(Event::PointerButton {
                    pos: at,
                    button: PointerButton::Primary,
                    pressed: step == 0,
                    modifiers: Modifiers::NONE,
                });
            }
            self.frame += 1;
            let input = RawInput {
                screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 800.0))),
                time: Some(self.frame as f64 / 60.0),
                events,
                ..RawInput::default()
            };
            let began = Instant::now();
            let shell = &mut self.shell;
            let output = self.ctx.run_ui(input, |ui| shell.frame(ui));
            let painted = self.ctx.tessellate(output.shapes, output.pixels_per_point);
            times.push(began.elapsed().as_secs_f64());
            triangles = painted
                .iter()
                .map(|part| match &part.primitive {
                    eframe::epaint::Primitive::Mesh(mesh) => mesh.indices.len() / 3,
                    eframe::epaint::Primitive::Callback(_) => 0,
                })
                .sum();
        }
        (times, triangles)
    }
}
