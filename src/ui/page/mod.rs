//! The window in a page of a browser: what launches it there, and files on their way in and out.

mod files;
mod last;

use eframe::CreationContext;

use super::Shell;
use super::memory::Memory;
use crate::app::{App, Command, Settings, StorageThread, ThreadEngine, fs, number};

pub(super) use files::{download, pick, read, say};
pub(super) use last::Last;

/// Where the page remembers what is to come back.
const MEMORY: &str = "/kept/window.ron";

/// The window for eframe's runner, on what was open the last time. The threads call `wake` when
/// there is something new to see; they must not touch egui themselves, whose locks put a thread to
/// sleep.
///
/// # Errors
/// When the browser gives no threads.
pub fn page(context: &CreationContext<'_>, wake: fn()) -> std::io::Result<Box<dyn eframe::App>> {
    let engine = ThreadEngine::start(wake)?;
    let storage = StorageThread::start(wake)?;
    let folder = std::path::Path::new("/").join(fs::KEPT);
    let mut app = App::new(Box::new(engine), Settings::default()).keep_by(
        Box::new(storage),
        Some(folder),
        "this page".to_owned(),
    );
    let memory = Memory::read(MEMORY.as_ref());
    app.apply(Command::Open(last::command(memory.last.as_ref())));
    let shell = Shell::new(app).remembering(&context.egui_ctx, Some(MEMORY.into()));
    Ok(Box::new(shell))
}

/// What there is to know without looking: screen readers see nothing of a canvas.
pub(super) fn said(app: &App) -> String {
    if app.offer().is_some() {
        return "There are answers of an earlier run: recover them?".to_owned();
    }
    let (Some(status), Some(workspace)) = (app.status(), app.workspace()) else {
        return app.busy().unwrap_or_default().to_owned();
    };
    let answered = format!(
        "{}: {}, {}",
        status.table,
        number::many(status.anomalies, "anomaly", "anomalies"),
        number::many(status.nominals, "nominal", "nominals"),
    );
    match workspace.candidate() {
        Some(candidate) => {
            let row = candidate.row;
            format!("{answered}; candidate {} at rank {}", row.id, row.rank)
        }
        None => answered,
    }
}
