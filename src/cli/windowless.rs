//! What `glad` without a command does where no window can be opened.

use std::process::ExitCode;

use super::{Arguments, refuse, replay};
use crate::dataset::{read_path, toys};

/// Says why there is no window and replays the bundled toy table in the terminal.
///
/// A table of the user's own is not replayed unasked: it is read, so that bad input is told as in
/// the window, and the sentence names the command for it. Then the exit status is that of bad
/// input, because what was asked for did not happen.
pub fn without_window(arguments: &Arguments, why: &str) -> ExitCode {
    let Some(file) = &arguments.file else {
        println!("{why}. Here is the replay of a bundled toy table instead.\n");
        let replayed = toys().first().map_or(Ok(()), replay::replay_toy);
        return replayed.map_or_else(|failure| refuse(&failure), |()| ExitCode::SUCCESS);
    };
    match read_path(file, &arguments.data.read_options()) {
        Ok(_) => refuse(&format!(
            "{why}, or replay the table in the terminal: glad replay {}",
            file.display()
        )),
        Err(error) => refuse(&error),
    }
}
