//! What `glad` without a command does where no window can be opened.

use std::io::{self, Write};
use std::process::ExitCode;

use super::{Arguments, Failure, finish, refuse, replay};
use crate::dataset::{read_path, toys};
use crate::store::{is_session, read_session};

/// Says why there is no window and replays the bundled toy table in the terminal.
///
/// A table of the user's own is not replayed unasked: it is read, so that bad input is told as in
/// the window, and the sentence names the command for it. Then the exit status is that of bad
/// input, because what was asked for did not happen.
pub fn without_window(arguments: &Arguments, why: &str) -> ExitCode {
    let Some(file) = &arguments.file else {
        return finish(replay_first_toy(why, &mut io::stdout()));
    };
    if is_session(file) {
        return match read_session(file) {
            Ok(_) => refuse(&format!(
                "{why}, or see what is in the session: glad info {}",
                file.display()
            )),
            Err(error) => refuse(&error),
        };
    }
    match read_path(file, &arguments.data.read_options()) {
        Ok(_) => refuse(&format!(
            "{why}, or replay the table in the terminal: glad replay {}",
            file.display()
        )),
        Err(error) => refuse(&error),
    }
}

fn replay_first_toy(why: &str, out: &mut dyn Write) -> Result<(), Failure> {
    writeln!(
        out,
        "{why}. Here is the replay of a bundled toy table instead.\n"
    )?;
    match toys().first() {
        Some(toy) => replay::replay_toy(toy, out),
        None => Ok(()),
    }
}
