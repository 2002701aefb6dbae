//! `glad completions`.

use std::io::Write;

use clap::{Args, Command};
use clap_complete::Shell;

use super::Failure;

/// Whose completions.
#[derive(Clone, Debug, Args)]
pub struct CompletionsArguments {
    /// The shell.
    #[arg(value_enum)]
    pub shell: Shell,
}

pub(super) fn run(
    arguments: &CompletionsArguments,
    mut program: Command,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    // Into memory first: the generator panics where its writer fails.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut program, "glad", &mut script);
    Ok(out.write_all(&script)?)
}
