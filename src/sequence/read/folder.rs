//! A folder of one CSV file a sequence, each with the same columns: the channels, perhaps the time
//! and the phase of each moment; subfolders name classes.

use std::path::{Path, PathBuf};

use csv::ReaderBuilder;

use super::super::SequenceError;
use super::super::raw::RawSequence;
use super::{RawSequences, name, not_a_number, number, whole};
use crate::disk::{fs, is_dir};

/// Whether a folder, or a subfolder of it, holds several CSV files with one line of names each.
pub(super) fn is_sequences(folder: &Path) -> bool {
    files(folder).is_ok_and(|files| files.len() > 1)
}

pub(super) fn read(folder: &Path) -> Result<(Vec<String>, RawSequences), SequenceError> {
    let files = files(folder)?;
    let open = |(class, path): &(Option<String>, PathBuf)| {
        sequence(&whole(path)?, &name(path), class.clone())
    };
    let channels = files.first().map(open).transpose()?;
    let channels = channels.map_or_else(Vec::new, |(channels, _)| channels);
    let first = channels.clone();
    let rows = files.into_iter().map(move |file| {
        let (names, sequence) = open(&file)?;
        match names == first {
            true => Ok(sequence),
            false => Err(SequenceError::new(
                sequence.place,
                format!(
                    "its columns are {} where those of the first file are {}; give all files the same",
                    names.join(", "),
                    first.join(", ")
                ),
            )),
        }
    });
    Ok((channels, Box::new(rows)))
}

/// The CSV files of a folder and of its subfolders, by name, with the subfolder as the class.
fn files(folder: &Path) -> Result<Vec<(Option<String>, PathBuf)>, SequenceError> {
    let listed = |folder: &Path| -> Result<Vec<PathBuf>, SequenceError> {
        let refused = |error: std::io::Error| {
            SequenceError::new(
                folder.display().to_string(),
                format!("the folder does not read ({error}); check its permissions"),
            )
        };
        let entries = fs::read_dir(folder).map_err(refused)?;
        let mut paths = entries
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<Vec<_>, _>>()
            .map_err(refused)?;
        paths.sort();
        Ok(paths)
    };
    let is_csv = |path: &Path| {
        path.extension()
            .is_some_and(|ending| ending.eq_ignore_ascii_case("csv"))
    };
    let mut files = Vec::new();
    for path in listed(folder)? {
        if is_dir(&path) {
            let class = path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned());
            let inner = listed(&path)?;
            files.extend(
                inner
                    .into_iter()
                    .filter(|path| is_csv(path))
                    .map(|path| (class.clone(), path)),
            );
        } else if is_csv(&path) {
            files.push((None, path));
        }
    }
    Ok(files)
}

fn sequence(
    text: &str,
    name: &str,
    class: Option<String>,
) -> Result<(Vec<String>, RawSequence), SequenceError> {
    let mut reader = ReaderBuilder::new().from_reader(text.as_bytes());
    let damaged =
        |error: csv::Error| SequenceError::new(name, format!("the table does not read: {error}"));
    let header = reader.headers().map_err(damaged)?.clone();
    let is =
        |column: &str, names: [&str; 2]| names.iter().any(|name| column.eq_ignore_ascii_case(name));
    let time = header.iter().position(|column| is(column, ["time", "t"]));
    let phase = header
        .iter()
        .position(|column| is(column, ["phase", "phases"]));
    let places: Vec<usize> = (0..header.len())
        .filter(|at| ![time, phase].contains(&Some(*at)))
        .collect();
    let mut sequence = RawSequence {
        place: name.to_owned(),
        id: name.to_owned(),
        class,
        channels: vec![Vec::new(); places.len()],
        times: time.map(|_| Vec::new()),
        phases: phase.map(|_| Vec::new()),
    };
    for record in reader.records() {
        let record = record.map_err(damaged)?;
        let line = record.position().map_or(0, csv::Position::line);
        let place = |column: usize| format!("line {line} of {name}, column {}", &header[column]);
        for (&column, values) in places.iter().zip(&mut sequence.channels) {
            let field = record.get(column).unwrap_or_default();
            values.push(number(field).ok_or_else(|| not_a_number(place(column), field))?);
        }
        if let (Some(column), Some(times)) = (time, &mut sequence.times) {
            let field = record.get(column).unwrap_or_default().trim();
            times.push(
                field
                    .parse::<f64>()
                    .map_err(|_| not_a_number(place(column), field))?,
            );
        }
        if let (Some(column), Some(phases)) = (phase, &mut sequence.phases) {
            phases.push(record.get(column).unwrap_or_default().trim().to_owned());
        }
    }
    Ok((
        places.iter().map(|&at| header[at].to_owned()).collect(),
        sequence,
    ))
}
