//! A folder of one CSV file a sequence, each with the same columns: the channels, perhaps the time
//! and the phase of each moment; subfolders name classes.

use std::path::{Path, PathBuf};

use csv::{ReaderBuilder, StringRecord};

use super::super::SequenceError;
use super::super::raw::RawSequence;
use super::how::{How, Numbers, delimiter};
use super::{Found, name, not_a_number, whole};
use crate::disk::{fs, is_dir};
use crate::numeric::number;

/// Whether a folder, or a subfolder of it, holds several CSV files with one line of names each.
pub(super) fn is_sequences(folder: &Path) -> bool {
    files(folder).is_ok_and(|files| files.len() > 1)
}

pub(super) fn read(folder: &Path, how: &How) -> Result<Found, SequenceError> {
    let files = files(folder)?;
    let own = how.clone();
    let open = move |(class, path): &(Option<String>, PathBuf)| {
        let (text, note) = whole(path, &own)?;
        let shown = path.display().to_string();
        let read = sequence(&text, (&shown, &name(path)), class.clone(), &own.numbers)?;
        Ok::<_, SequenceError>((read, note))
    };
    let opened = files.first().map(&open).transpose()?;
    let (channels, note) =
        opened.map_or_else(Default::default, |((channels, _), note)| (channels, note));
    let first = channels.clone();
    let rows = files.into_iter().map(move |file| {
        let ((names, sequence), _) = open(&file)?;
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
    Ok(Found {
        channels,
        rows: Box::new(rows),
        notes: note.into_iter().collect(),
    })
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
    (path, name): (&str, &str),
    class: Option<String>,
    numbers: &Numbers,
) -> Result<(Vec<String>, RawSequence), SequenceError> {
    if text.trim().is_empty() {
        return Err(SequenceError::new(
            path,
            "the file is empty; remove it, or write the names of the channels and a moment a line",
        ));
    }
    let delimiter = delimiter(text);
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let damaged = |error: csv::Error| match error.kind() {
        csv::ErrorKind::UnequalLengths {
            pos,
            expected_len,
            len,
        } => SequenceError::new(
            format!(
                "line {} of {path}",
                pos.as_ref().map_or(0, csv::Position::line)
            ),
            format!(
                "the line has {} where the first has {expected_len}; correct it",
                number::many(*len as usize, "field", "fields")
            ),
        ),
        _ => SequenceError::new(path, format!("the table does not read: {error}")),
    };
    let header = reader.headers().map_err(damaged)?.clone();
    let records = reader.records().collect::<Result<Vec<StringRecord>, _>>();
    let records = records.map_err(damaged)?;
    let fields = records.iter().flat_map(StringRecord::iter);
    let numbers = numbers.clone().by_fields(delimiter, fields);
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
        place: path.to_owned(),
        id: name.to_owned(),
        class,
        channels: vec![Vec::new(); places.len()],
        times: time.map(|_| Vec::new()),
        phases: phase.map(|_| Vec::new()),
    };
    for record in records {
        let line = record.position().map_or(0, csv::Position::line);
        let place = |column: usize| format!("line {line} of {path}, column {}", &header[column]);
        for (&column, values) in places.iter().zip(&mut sequence.channels) {
            let field = record.get(column).unwrap_or_default();
            let value = numbers.read(field);
            values.push(value.ok_or_else(|| not_a_number(place(column), field))?);
        }
        if let (Some(column), Some(times)) = (time, &mut sequence.times) {
            let field = record.get(column).unwrap_or_default().trim();
            let time = numbers.pointed(field).and_then(|time| time.parse().ok());
            times.push(time.ok_or_else(|| not_a_number(place(column), field))?);
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
