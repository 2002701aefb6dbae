//! `glad align`: where along the usual course each moment of a set of sequences is.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use csv::Writer;

use super::inputs::{kind, open_table};
use super::{DataArguments, Failure, remark};
use crate::dataset::Source;
use crate::export::{ExportError, TableKind, check_output};
use crate::sequence::{Learnt, carry_over};

/// Which sequences to align, and where to write what comes of it.
#[derive(Clone, Debug, Args)]
pub struct AlignArguments {
    /// Sequences, or the name of a bundled set of them.
    pub data: PathBuf,
    /// Where to write each moment's phase along the usual course, from 0 to 1, and its deviation
    /// from the nearest moments of other sequences: .csv.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// The one sequence whose phases, named in the file, are carried over to all others.
    #[arg(long, value_name = "ID")]
    pub from: Option<String>,
    /// How to read the sequences.
    #[command(flatten)]
    pub reading: DataArguments,
}

pub(super) fn run(arguments: &AlignArguments, out: &mut dyn Write) -> Result<(), Failure> {
    if TableKind::of(&arguments.out).ok() != Some(TableKind::Csv) {
        return Err(ExportError::Ending(arguments.out.clone(), ".csv").into());
    }
    check_output(&arguments.out, std::slice::from_ref(&arguments.data))?;
    let none = |what: &str| {
        let path = arguments.data.display();
        format!("{path} {what}; say with --sequences how it holds sequences")
    };
    // Before anything is learnt of it.
    match kind(&arguments.data, &arguments.reading)? {
        Source::Sequences => {}
        Source::Images => return Err(none("holds images, not sequences").into()),
        Source::Table => return Err(none("is a table of rows, not of sequences").into()),
    }
    let dataset = open_table(&arguments.data, &arguments.reading)?;
    let Some(learnt) = dataset.sequences() else {
        return Err(none("holds no sequences").into());
    };
    dataset.notices().iter().for_each(|notice| remark(notice));
    let teacher = match &arguments.from {
        Some(id) => Some(teacher(learnt, id)?),
        None => None,
    };
    write(arguments, learnt, teacher)
        .map_err(|error| format!("cannot write {}: {error}", arguments.out.display()))?;
    let set = learnt.set();
    writeln!(
        out,
        "aligned {} sequences, Kendall's tau {:.4}; the typical one is {}; written: {}",
        set.len(),
        learnt.alignment(),
        set.sequences()[learnt.typical()].id,
        arguments.out.display()
    )?;
    if let Some(report) = learnt.phase_report() {
        writeln!(
            out,
            "against the named phases: progression R2 {:.4}, phases of moments {:.4}, carried over from one sequence {:.4}",
            report.progression, report.accuracy, report.few_shot
        )?;
    }
    Ok(())
}

/// The sequence whose phases are carried over.
fn teacher(learnt: &Learnt, id: &str) -> Result<usize, Failure> {
    let sequences = learnt.set().sequences();
    let Some(at) = sequences.iter().position(|sequence| sequence.id == id) else {
        return Err(format!("there is no sequence {id} whose phases could be carried over").into());
    };
    match sequences[at].phases {
        Some(_) => Ok(at),
        None => Err(format!(
            "the file names no phases of sequence {id}; name their column with --phase"
        )
        .into()),
    }
}

fn write(
    arguments: &AlignArguments,
    learnt: &Learnt,
    teacher: Option<usize>,
) -> Result<(), csv::Error> {
    let mut writer = Writer::from_path(&arguments.out)?;
    let mut head = vec!["sequence", "moment", "phase", "deviation"];
    head.extend(teacher.map(|_| "carried_over"));
    writer.write_record(&head)?;
    for (at, sequence) in learnt.set().sequences().iter().enumerate() {
        let course = learnt.course(at);
        let carried = teacher.map(|teacher| {
            let phases = learnt.set().sequences()[teacher].phases.as_deref();
            let from = learnt.embedded(teacher);
            carry_over(from, phases.unwrap_or_default(), learnt.embedded(at))
        });
        for (moment, (phase, deviation)) in course.iter().zip(learnt.deviations(at)).enumerate() {
            let mut record = vec![
                sequence.id.clone(),
                (moment + 1).to_string(),
                format!("{phase:?}"),
                format!("{deviation:?}"),
            ];
            record.extend(carried.as_ref().map(|carried| carried[moment].clone()));
            writer.write_record(&record)?;
        }
    }
    writer.flush()?;
    Ok(())
}
