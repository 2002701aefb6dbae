//! Opening the window.

use std::path::{Path, PathBuf};

use eframe::egui::{ViewportBuilder, vec2};
use thiserror::Error;

use super::Shell;
use super::icon;
use super::memory::{self, Memory};
use crate::app::{
    App, Command, Message, OpenCommand, ReadOptions, Settings, StorageThread, ThreadEngine, local,
    now, toys,
};

/// The window could not be opened.
#[derive(Debug, Error)]
#[error("the window could not be opened: {0}")]
pub struct LaunchError(String);

/// Whether there is a display to open a window on.
pub fn has_display() -> bool {
    // Elsewhere the system always has one.
    let is_unix_desktop = cfg!(all(unix, not(target_os = "macos")));
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !is_unix_desktop
        || ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"]
            .into_iter()
            .any(is_set)
}

/// A window where it was the last time; the system keeps it on a screen.
fn viewport(path: Option<&Path>) -> ViewportBuilder {
    let memory = path.map(Memory::read).unwrap_or_default();
    let size = memory
        .size
        .filter(|size| size.iter().all(|side| (200.0..20_000.0).contains(side)));
    let builder = ViewportBuilder::default()
        .with_title("GLAD")
        .with_app_id("glad")
        .with_icon(icon::data())
        .with_inner_size(size.unwrap_or([1280.0, 800.0]))
        .with_min_inner_size(vec2(900.0, 600.0));
    match memory.corner {
        Some(corner) if corner.iter().all(|at| (0.0..10_000.0).contains(at)) => {
            builder.with_position(corner)
        }
        _ => builder,
    }
}

/// Opens the window on a table, or on the first toy table, and returns when it is closed; tables are
/// fitted with `settings` until others are chosen.
///
/// # Errors
/// [`LaunchError`] when the system gives no window.
pub fn run(file: Option<(PathBuf, ReadOptions)>, settings: Settings) -> Result<(), LaunchError> {
    let path = memory::usual_path();
    let options = eframe::NativeOptions {
        viewport: viewport(path.as_deref()),
        ..Default::default()
    };
    let create: eframe::AppCreator<'_> = Box::new(move |context| {
        super::fonts::add_fallbacks(&context.egui_ctx);
        let ctx = context.egui_ctx.clone();
        let engine = ThreadEngine::start(move || ctx.request_repaint())?;
        let ctx = context.egui_ctx.clone();
        let storage = StorageThread::start(move || ctx.request_repaint())?;
        let mut app = App::new(Box::new(engine), settings).keep_by(
            Box::new(storage),
            data_folder(),
            holder(),
        );
        app.apply(Command::Open(match file {
            Some((path, options)) => OpenCommand::named(path, options),
            None => match toys().first() {
                Some(toy) => OpenCommand::Toy(toy),
                None => OpenCommand::Show(None),
            },
        }));
        if cfg!(debug_assertions) {
            app.say(Message::note(
                "This is a debug build: it is several times slower than `cargo run --release`.",
            ));
        }
        Ok(Box::new(
            Shell::new(app).remembering(&context.egui_ctx, path),
        ))
    });
    eframe::run_native("GLAD", options, create)
        .map_err(|error| LaunchError(reason(&error.to_string())))
}

/// What went wrong, without the place in the sources of a library that some errors begin with.
fn reason(error: &str) -> String {
    let behind = error
        .split_once(".rs:")
        .and_then(|(_, place)| place.split_once(": "));
    behind.map_or(error, |(_, reason)| reason).to_owned()
}

/// The folder of the user's data, where journals go that cannot lie beside their table.
fn data_folder() -> Option<PathBuf> {
    let folder = |name: &str| {
        let value = std::env::var_os(name).filter(|value| !value.is_empty())?;
        Some(PathBuf::from(value)).filter(|path| path.is_absolute())
    };
    let home = || folder("HOME").or_else(|| folder("USERPROFILE"));
    let base = if cfg!(target_os = "windows") {
        folder("APPDATA")
    } else if cfg!(target_os = "macos") {
        home().map(|home| home.join("Library/Application Support"))
    } else {
        folder("XDG_DATA_HOME").or_else(|| home().map(|home| home.join(".local/share")))
    };
    base.map(|base| base.join("glad"))
}

/// The name of this window for others: process, machine, and when it began.
fn holder() -> String {
    let host = std::env::var("HOSTNAME")
        .ok()
        .filter(|host| !host.is_empty());
    let host = host.or_else(|| std::fs::read_to_string("/etc/hostname").ok());
    let host = host.map_or_else(|| "this machine".to_owned(), |host| host.trim().to_owned());
    let process = std::process::id();
    let since = local(now().unwrap_or_default());
    format!("process {process} on {host} since {since}")
}

#[cfg(test)]
mod tests {
    use super::reason;

    #[test]
    fn a_reason_has_no_place_in_a_library() {
        let error = "winit EventLoopError: os error at /src/linux/mod.rs:788: No X server: none";
        assert_eq!(reason(error), "No X server: none");
        assert_eq!(reason("no OpenGL: 3.3 needed"), "no OpenGL: 3.3 needed");
    }
}
