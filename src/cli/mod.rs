//! The command line: headless commands, and the words of bad input.
//!
//! Every error is one sentence on standard error, and the exit status says whose fault it was:
//! 0 done, 1 a comparison that failed, 2 bad input.

mod align;
mod arguments;
mod asked;
mod completions;
mod continued;
mod data_arguments;
mod datasets;
mod experiment;
mod export;
mod inputs;
mod inspect;
mod label;
mod manual;
mod named;
mod present;
mod progress;
mod rank;
mod reading_words;
mod record;
mod replay;
mod resume;
mod score;
mod session;
mod table;
mod windowless;

pub use align::AlignArguments;
pub use arguments::{Arguments, Command, DatasetsCommand, ReplayArguments};
pub use completions::CompletionsArguments;
pub use continued::ContinueArguments;
pub use data_arguments::{DataArguments, ImageArguments, SequencesArgument};
pub use experiment::ExperimentArguments;
pub use export::ExportArguments;
pub use inputs::SettingsArguments;
pub use inspect::InspectArguments;
pub use label::LabelArguments;
pub use manual::ManualArguments;
pub use present::TableLocation;
pub use rank::RankArguments;
pub use score::ScoreArguments;
pub use session::{InfoArguments, MergeArguments};
pub use windowless::without_window;

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::CommandFactory;

use crate::store::is_session;

/// The exit status of bad input.
pub const BAD_INPUT: u8 = 2;

/// The exit status of a comparison that failed.
pub const DIFFERENT: u8 = 1;

/// Carries out a headless command.
pub fn run(command: &Command) -> ExitCode {
    let out = &mut io::stdout();
    finish(match command {
        Command::Replay(arguments) if is_session(&arguments.data) => {
            return match session::check(&arguments.data, &arguments.location, out) {
                Ok(false) => ExitCode::from(DIFFERENT),
                other => finish(other.map(|_| ())),
            };
        }
        Command::Replay(arguments) => replay::run(arguments, out),
        Command::Label(arguments) => label::run(arguments, &mut io::stdin().lock(), out),
        Command::Inspect(arguments) => inspect::run(arguments, out),
        Command::Info(arguments) => session::info(arguments, out),
        Command::Merge(arguments) => session::run_merge(arguments, out),
        Command::Export(arguments) => export::run(arguments, out),
        Command::Score(arguments) => score::run(arguments, out),
        Command::Continue(arguments) => continued::run(arguments, out),
        Command::Rank(arguments) => rank::run(arguments, out),
        Command::Align(arguments) => align::run(arguments, out),
        Command::Experiment(arguments) => experiment::run(arguments, out),
        Command::Datasets(command) => datasets::run(command, out),
        Command::Completions(arguments) => completions::run(arguments, Arguments::command(), out),
        Command::Manual(arguments) => manual::run(arguments, Arguments::command(), out),
    })
}

/// The exit status of a command. A reader that has seen enough (`glad … | head`) is no failure.
fn finish(result: Result<(), Failure>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => match failure.downcast_ref::<io::Error>() {
            Some(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
            Some(error) => refuse(&format!("the output could not be written: {error}")),
            None => refuse(&failure),
        },
    }
}

/// Says something good to know on standard error.
fn remark(sentence: &dyn Display) {
    // There is nobody to tell that standard error is closed.
    drop(writeln!(io::stderr(), "note: {sentence}"));
}

/// Says on standard error what is wrong, and returns the exit status of bad input.
pub fn refuse(sentence: &dyn Display) -> ExitCode {
    // There is nobody to tell that standard error is closed.
    drop(writeln!(io::stderr(), "error: {sentence}"));
    ExitCode::from(BAD_INPUT)
}

/// Why a command could not be carried out, as a sentence.
type Failure = Box<dyn std::error::Error>;
