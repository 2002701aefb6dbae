//! The program `glad`: the window, or a headless command.

use std::process::ExitCode;

use clap::Parser;
use glad::cli::{self, Arguments};
#[cfg(feature = "gui")]
use glad::detector::Settings;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match &arguments.command {
        Some(command) => cli::run(command),
        None => open_window(&arguments),
    }
}

#[cfg(feature = "gui")]
fn open_window(arguments: &Arguments) -> ExitCode {
    if !glad::ui::has_display() {
        return cli::without_window(
            arguments,
            "there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set); start glad in a desktop session to get its window",
        );
    }
    let file = arguments
        .file
        .clone()
        .map(|file| (file, arguments.data.read_options()));
    let usual = Settings::default();
    let settings = arguments.preset.map(|preset| preset.settings(&usual));
    match glad::ui::run(file, settings.unwrap_or(usual)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => cli::without_window(
            arguments,
            &format!("{error}; start glad in a desktop session to get its window"),
        ),
    }
}

#[cfg(not(feature = "gui"))]
fn open_window(arguments: &Arguments) -> ExitCode {
    cli::without_window(
        arguments,
        "this build of glad has no window (feature gui is off); build it with default features to get one",
    )
}
