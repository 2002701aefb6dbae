//! `glad completions`.

use std::io::Write;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Arguments, Failure};

/// Whose completions.
#[derive(Clone, Debug, Args)]
pub struct CompletionsArguments {
    /// The shell.
    #[arg(value_enum)]
    pub shell: Shell,
}

pub(super) fn run(arguments: &CompletionsArguments, out: &mut dyn Write) -> Result<(), Failure> {
    // Into memory first: the generator panics where its writer fails.
    let mut script = Vec::new();
    clap_complete::generate(
        arguments.shell,
        &mut Arguments::command(),
        "glad",
        &mut script,
    );
    Ok(out.write_all(&script)?)
}
