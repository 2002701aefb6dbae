//! A table of ten million rows in the window: `cargo bench --bench huge [-- ROWS PRESET]`.
//!
//! Writes a Parquet file of so many rows × 10, opens it as the window does (progress, threads), and
//! tells how long that takes, the peak of resident memory, a frame, and how long the next candidate
//! takes to come. An update is held against the time in which this machine can read, once, what an
//! update must read. It needs 3 GB of memory and 0.5 GB in the folder for temporary files.

#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a program that prints, and may stop at once as tests may"
)]

#[path = "common/tables.rs"]
#[allow(dead_code, reason = "the other benches write text")]
mod tables;

use std::collections::BTreeSet;
use std::fs::File;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use eframe::egui::{Context, Event, Pos2, RawInput, Rect, pos2, vec2};
use glad::app::{App, Command, OpenCommand, ReadOptions, SessionCommand};
use glad::detector::{Model, Preset, Settings};
use glad::numeric::{Unwatched, map_blocks};
use glad::session::Answer;
use glad::ui::Shell;
use glad::worker::ThreadEngine;
use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, FloatType};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use tables::Size;

/// Rows, where none are named.
const ROWS: usize = 10_000_000;
/// Features.
const FEATURES: usize = 10;
/// Rows of a group of the file.
const GROUP: usize = 100_000;
/// Answers that are timed, a training each.
const ANSWERS: usize = 9;
/// Frames that are timed.
const FRAMES: usize = 60;

fn main() {
    let mut words = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with('-'));
    let rows = words
        .next()
        .map_or(ROWS, |rows| rows.parse().expect("a number of rows"));
    let preset = words.next().unwrap_or_else(|| "fast".to_owned());
    let mut presets = Preset::ALL.into_iter();
    let preset = presets
        .find(|known| known.key() == preset)
        .expect("a preset");
    let path = std::env::temp_dir().join(format!("glad-huge-{}.parquet", std::process::id()));
    write(&path, rows);
    println!(
        "{rows} × {FEATURES}, {:.0} MB of Parquet, preset {}",
        megabytes(&path),
        preset.key()
    );
    let mut window = Window::open(&path, preset.settings(&Settings::default()));
    std::fs::remove_file(&path).expect("the file just written");
    window.tell_opening();
    window.tell_frames();
    window.tell_answers();
    println!("peak of resident memory in the window: {:.2} GB", peak());
    let model = window.model();
    // An update by itself, beside what the memory allows.
    drop(window);
    tell_update(&model);
}

/// Writes the table in groups of rows.
fn write(path: &Path, rows: usize) {
    let names = (0..FEATURES).map(|feature| {
        let name = format!("x{feature}");
        let field = Type::primitive_type_builder(&name, Physical::FLOAT);
        Arc::new(
            field
                .with_repetition(Repetition::REQUIRED)
                .build()
                .expect("a column"),
        )
    });
    let label = Type::primitive_type_builder("label", Physical::BYTE_ARRAY)
        .with_repetition(Repetition::REQUIRED)
        .with_logical_type(Some(LogicalType::String))
        .build();
    let fields = names.chain([Arc::new(label.expect("a column"))]).collect();
    let schema = Type::group_type_builder("table")
        .with_fields(fields)
        .build();
    let file = File::create(path).expect("room for a file");
    let schema = Arc::new(schema.expect("a schema"));
    let mut writer = SerializedFileWriter::new(file, schema, Arc::default()).expect("a file");
    let mut columns: Vec<Vec<f32>> = vec![Vec::new(); FEATURES];
    let mut labels: Vec<ByteArray> = Vec::with_capacity(GROUP);
    let mut left = rows;
    let size = Size {
        n: rows,
        d: FEATURES,
    };
    tables::rows(size, |is_anomaly, row| {
        for (column, value) in columns.iter_mut().zip(row) {
            column.push(*value);
        }
        labels.push(if is_anomaly { "anomaly" } else { "nominal" }.into());
        left -= 1;
        if labels.len() < GROUP && left > 0 {
            return;
        }
        let mut group = writer.next_row_group().expect("a group");
        for column in &mut columns {
            let mut next = group.next_column().expect("a file").expect("a column");
            next.typed::<FloatType>()
                .write_batch(column, None, None)
                .expect("room");
            next.close().expect("room");
            column.clear();
        }
        let mut next = group.next_column().expect("a file").expect("a column");
        next.typed::<ByteArrayType>()
            .write_batch(&labels, None, None)
            .expect("room");
        next.close().expect("room");
        labels.clear();
        group.close().expect("room");
    });
    writer.close().expect("room");
}

fn megabytes(path: &Path) -> f64 {
    std::fs::metadata(path).map_or(0.0, |about| about.len() as f64 / 1e6)
}

/// The peak of resident memory so far, in gigabytes; 0 where the system does not tell.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) * 1024.0 / 1e9
}

struct Window {
    ctx: Context,
    shell: Shell,
    begun: Instant,
    opened: f64,
    steps: BTreeSet<usize>,
    worst_while_opening: f64,
}

impl Window {
    /// Opens the file in a window that paints into nowhere, sixty times a second.
    fn open(path: &Path, settings: Settings) -> Self {
        let engine = ThreadEngine::start(|| {}).expect("a thread");
        let mut app = App::new(Box::new(engine), settings);
        app.apply(Command::Open(OpenCommand::File(
            path.to_owned(),
            ReadOptions::default(),
        )));
        let mut window = Self {
            ctx: Context::default(),
            shell: Shell::new(app),
            begun: Instant::now(),
            opened: 0.0,
            steps: BTreeSet::new(),
            worst_while_opening: 0.0,
        };
        while window.shell.app().workspace().is_none() {
            let app = window.shell.app();
            assert!(app.busy().is_some(), "{:?}", app.messages());
            window.worst_while_opening = window.worst_while_opening.max(window.paint());
            if let Some(progress) = window.shell.app().progress() {
                let percent = 100 * progress.done / progress.total.max(1);
                window.steps.insert(percent);
            }
            std::thread::sleep(Duration::from_millis(16));
        }
        window.opened = window.begun.elapsed().as_secs_f64();
        window
    }

    fn tell_opening(&self) {
        println!(
            "opened, fitted and ranked after {:.1} s; progress was told in {} steps; the longest frame meanwhile took {:.1} ms; peak so far {:.2} GB",
            self.opened,
            self.steps.len(),
            self.worst_while_opening * 1e3,
            peak()
        );
    }

    /// Paints a frame with the pointer moving over the map; its seconds.
    fn paint(&mut self) -> f64 {
        let time = self.begun.elapsed().as_secs_f64();
        let at: Pos2 = pos2(600.0 + 60.0 * (time as f32).sin(), 300.0);
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 800.0))),
            time: Some(time),
            events: vec![Event::PointerMoved(at)],
            ..RawInput::default()
        };
        let began = Instant::now();
        let shell = &mut self.shell;
        let output = self.ctx.run_ui(input, |ui| shell.frame(ui));
        drop(self.ctx.tessellate(output.shapes, output.pixels_per_point));
        began.elapsed().as_secs_f64()
    }

    fn until(&mut self, is_done: fn(&App) -> bool) -> f64 {
        let began = Instant::now();
        while !is_done(self.shell.app()) {
            self.paint();
            std::thread::sleep(Duration::from_millis(1));
        }
        began.elapsed().as_secs_f64()
    }

    fn tell_frames(&mut self) {
        let first = self.until(|app| app.workspace().is_some_and(|open| open.map().is_some()));
        let mut times: Vec<f64> = (0..FRAMES).map(|_| self.paint()).collect();
        times.sort_by(f64::total_cmp);
        println!(
            "the map came {first:.1} s later; a frame took {:.1} ms (median), {:.1} ms at most",
            times[FRAMES / 2] * 1e3,
            times[FRAMES - 1] * 1e3
        );
    }

    /// Answers candidates, a training after each, and tells how long the next one took to come.
    fn tell_answers(&mut self) {
        let mut waits = Vec::new();
        let mut worst: f64 = 0.0;
        for place in 1..=ANSWERS {
            // What an answer starts besides is done before the next, as where somebody reads.
            for _ in 0..250 {
                worst = worst.max(self.paint());
                std::thread::sleep(Duration::from_millis(16));
            }
            let answer = if place % 3 == 0 {
                Answer::Nominal
            } else {
                Answer::Anomaly
            };
            let began = Instant::now();
            self.shell
                .apply(Command::Session(SessionCommand::Answer(answer)));
            self.until(|app| {
                app.workspace()
                    .is_some_and(|open| open.selected().is_some())
            });
            waits.push(began.elapsed().as_secs_f64());
        }
        waits.sort_by(f64::total_cmp);
        println!(
            "from an answer to the next candidate {:.2} s (median of {ANSWERS}), {:.2} s at most; the longest frame besides {:.1} ms",
            waits[ANSWERS / 2],
            waits[ANSWERS - 1],
            worst * 1e3
        );
    }

    fn model(&self) -> Arc<Model> {
        let workspace = self.shell.app().workspace().expect("a table");
        Arc::clone(workspace.model())
    }
}

/// The least seconds of some runs.
fn least(mut work: impl FnMut()) -> f64 {
    let once = |work: &mut dyn FnMut()| {
        let began = Instant::now();
        work();
        began.elapsed().as_secs_f64()
    };
    (0..5)
        .map(|_| once(&mut work))
        .fold(f64::INFINITY, f64::min)
}

/// An update beside the time that reading its bytes takes.
fn tell_update(model: &Arc<Model>) {
    let fitted = model.fitted();
    let (n, d) = (fitted.n(), fitted.d());
    let (parts, members) = (fitted.ensemble().n_parts(), fitted.ensemble().len());
    let labels = tables::labels(model);
    let updated = least(|| {
        drop(
            model
                .update(&labels, 1, &mut Unwatched)
                .expect("never cancelled"),
        )
    });
    // A byte for the cell in each part, four for each member's score and each feature; the scores of
    // two voices and their mixture are written and read.
    let bytes = n * (parts + 4 * members + 4 * d + 3 * 8);
    let probe = vec![1_u64; (bytes / 8).min(1 << 27)];
    let read = least(|| {
        let sums = map_blocks(probe.len(), 1 << 16, |rows| {
            probe[rows]
                .iter()
                .fold(0_u64, |sum, value| sum.wrapping_add(*value))
        });
        black_box(sums);
    });
    let speed = probe.len() as f64 * 8.0 / read;
    let needed = bytes as f64 / speed;
    println!(
        "an update: {:.2} s; it must read and write {:.2} GB ({parts} parts, {members} members), which at {:.1} GB/s takes {:.2} s: {:.1} times as long",
        updated,
        bytes as f64 / 1e9,
        speed / 1e9,
        needed,
        updated / needed
    );
}
