//! `glad datasets`.

use std::io::Write;

use super::{DatasetsCommand, Failure};
use crate::dataset::{toys, write_toys};
use crate::imaging::image_toys;
use crate::sequence::sequence_toys;

pub(super) fn run(command: &DatasetsCommand, out: &mut dyn Write) -> Result<(), Failure> {
    match command {
        DatasetsCommand::List => {
            for toy in toys() {
                writeln!(out, "{:10} {}", toy.name, toy.sentence)?;
            }
            for toy in image_toys() {
                writeln!(out, "{:10} {}", toy.name, toy.words)?;
            }
            for toy in sequence_toys() {
                writeln!(out, "{:10} {}", toy.name, toy.sentence)?;
            }
        }
        DatasetsCommand::Write { dir } => {
            for path in write_toys(dir)? {
                writeln!(out, "{}", path.display())?;
            }
        }
    }
    Ok(())
}
