//! `glad datasets`.

use super::{DatasetsCommand, Failure};
use crate::dataset::{toys, write_toys};

pub(super) fn run(command: &DatasetsCommand) -> Result<(), Failure> {
    match command {
        DatasetsCommand::List => {
            for toy in toys() {
                println!("{:10} {}", toy.name, toy.sentence);
            }
        }
        DatasetsCommand::Write { dir } => {
            for path in write_toys(dir)? {
                println!("{}", path.display());
            }
        }
    }
    Ok(())
}
