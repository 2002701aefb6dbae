//! `glad manual`.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Command};
use clap_mangen::Man;

use super::Failure;

/// Where the manual goes.
#[derive(Clone, Debug, Args)]
pub struct ManualArguments {
    /// The folder; made where it is not there.
    pub dir: PathBuf,
}

pub(super) fn run(
    arguments: &ManualArguments,
    mut program: Command,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let told = |error| format!("{}: {error}", arguments.dir.display());
    fs::create_dir_all(&arguments.dir).map_err(told)?;
    // The names of commands in full, `glad-replay`, as a manual has them.
    program.build();
    let mut all = vec![program.clone()];
    while let Some(command) = all.pop() {
        let subcommands = command.get_subcommands();
        let asked = subcommands.filter(|command| command.get_name() != "help");
        all.extend(asked.cloned());
        let page = Man::new(command);
        let path = arguments.dir.join(page.get_filename());
        let mut text = Vec::new();
        page.render(&mut text)?;
        fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
        writeln!(out, "{}", path.display())?;
    }
    Ok(())
}
