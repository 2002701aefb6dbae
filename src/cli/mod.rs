//! The command line: headless commands, and the words of bad input.
//!
//! Every error is one sentence on standard error, and the exit status says whose fault it was:
//! 0 done, 1 a comparison that failed, 2 bad input.

mod arguments;
mod datasets;
mod progress;
mod replay;
mod table;
mod windowless;

pub use arguments::{Arguments, Command, DataArguments, DatasetsCommand, ReplayArguments};
pub use windowless::without_window;

use std::fmt::Display;
use std::process::ExitCode;

/// The exit status of bad input.
pub const BAD_INPUT: u8 = 2;

/// Carries out a headless command.
pub fn run(command: &Command) -> ExitCode {
    let result = match command {
        Command::Replay(arguments) => replay::run(arguments),
        Command::Datasets(command) => datasets::run(command),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => refuse(&failure),
    }
}

/// Says on standard error what is wrong, and returns the exit status of bad input.
pub fn refuse(sentence: &dyn Display) -> ExitCode {
    eprintln!("error: {sentence}");
    ExitCode::from(BAD_INPUT)
}

/// Why a command could not be carried out, as a sentence.
type Failure = Box<dyn std::error::Error>;
