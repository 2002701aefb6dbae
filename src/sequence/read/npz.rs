//! Archives of arrays of NumPy: sequences in one, or in one to train with and one to test with, and
//! perhaps their classes beside them.

use std::io::{BufReader, Read};
use std::path::Path;

use zip::ZipArchive;

use super::super::SequenceError;
use super::how::Numbers;
use super::text::unreadable;
use super::{LONGEST, RawSequences, npy};
use crate::disk::fs::File;

/// The names of the array of the sequences where there are several, the first that is there.
const SEQUENCES: [&str; 6] = ["sequences", "X", "x", "data", "values", "arr_0"];

/// The names of the array of the classes.
const CLASSES: [&str; 8] = [
    "y", "Y", "labels", "label", "classes", "class", "targets", "arr_1",
];

/// How much of an array tells its type and shape.
const HEAD: u64 = 4096;

type Archive = ZipArchive<BufReader<File>>;

/// Whether an archive holds arrays that sequences are made of.
pub(super) fn is_sequences(path: &Path) -> bool {
    archive(path).is_ok_and(|mut archive| !chosen(&mut archive).is_empty())
}

fn archive(path: &Path) -> Result<Archive, SequenceError> {
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    ZipArchive::new(BufReader::new(file)).map_err(|error| {
        let sentence = format!("this is no archive of NumPy ({error}); write it with numpy.savez");
        SequenceError::new(path.display().to_string(), sentence)
    })
}

/// The names of the arrays of the sequences: the one that is there, or those of a name and
/// `_train` and `_test`; otherwise that of a usual name. None where nothing tells.
fn chosen(archive: &mut Archive) -> Vec<String> {
    let mut fit = Vec::new();
    for at in 0..archive.len() {
        let Ok(entry) = archive.by_index(at) else {
            continue;
        };
        let name = entry.name().map(|name| name.into_owned());
        let Some(name) = name
            .ok()
            .and_then(|name| name.strip_suffix(".npy").map(str::to_owned))
        else {
            continue;
        };
        let mut head = Vec::new();
        if entry.take(HEAD).read_to_end(&mut head).is_ok() && npy::are_sequences(&head) {
            fit.push(name);
        }
    }
    fit.sort();
    if fit.len() == 1 {
        return fit;
    }
    let pair = fit.iter().find_map(|name| {
        let stem = name.strip_suffix("_train")?;
        let test = format!("{stem}_test");
        fit.contains(&test).then(|| vec![name.clone(), test])
    });
    let usual = SEQUENCES
        .into_iter()
        .find(|name| fit.iter().any(|fit| fit == name));
    pair.or(usual.map(|name| vec![name.to_owned()]))
        .unwrap_or_default()
}

pub(super) fn read(
    path: &Path,
    name: &str,
    numbers: &Numbers,
) -> Result<(Vec<String>, RawSequences), SequenceError> {
    let mut archive = archive(path)?;
    let names = chosen(&mut archive);
    if names.is_empty() {
        let all: Vec<String> = archive
            .file_names()
            .flatten()
            .map(|name| name.to_string())
            .collect();
        return Err(SequenceError::new(
            name,
            format!(
                "which of the arrays {} holds the sequences cannot be told; call it X",
                all.join(", ")
            ),
        ));
    }
    let mut found: Vec<(Vec<String>, RawSequences)> = Vec::new();
    for array in &names {
        let place = format!("{array} of {name}");
        let (channels, rows) = npy::read(&entry(&mut archive, array, name)?, &place, numbers)?;
        let classes = classes(&mut archive, array, name)?;
        let rows = rows.enumerate().map(move |(at, row)| {
            row.map(|mut row| {
                row.class = classes.get(at).cloned();
                row
            })
        });
        found.push((channels, Box::new(rows)));
    }
    let channels = found.first().map(|(channels, _)| channels.clone());
    let several = found.len() > 1;
    let rows = found.into_iter().flat_map(|(_, rows)| rows).enumerate();
    let rows = rows.map(move |(at, row)| {
        row.map(|mut row| {
            if several {
                row.id = (at + 1).to_string();
            }
            row
        })
    });
    Ok((channels.unwrap_or_default(), Box::new(rows)))
}

/// The classes of the sequences in an array: `y_train` beside `X_train`, or of a usual name.
fn classes(archive: &mut Archive, array: &str, name: &str) -> Result<Vec<String>, SequenceError> {
    let beside = match array.split_at_checked(1) {
        Some(("X" | "x", rest)) => vec![format!("y{rest}"), format!("Y{rest}")],
        _ => Vec::new(),
    };
    let usual = CLASSES.into_iter().map(str::to_owned);
    let all: Vec<String> = archive
        .file_names()
        .flatten()
        .map(|name| name.to_string())
        .collect();
    let wanted = beside
        .into_iter()
        .chain(usual)
        .find(|wanted| all.contains(&format!("{wanted}.npy")));
    match wanted {
        Some(wanted) => npy::classes(
            &entry(archive, &wanted, name)?,
            &format!("{wanted} of {name}"),
        ),
        None => Ok(Vec::new()),
    }
}

fn entry(archive: &mut Archive, array: &str, name: &str) -> Result<Vec<u8>, SequenceError> {
    let refuse = |why: String| {
        SequenceError::new(
            format!("{array} of {name}"),
            format!("{why}; write the archive again"),
        )
    };
    let entry = archive
        .by_name(&format!("{array}.npy"))
        .map_err(|error| refuse(format!("the array does not read ({error})")))?;
    let mut bytes = Vec::new();
    let read = entry.take(LONGEST + 1).read_to_end(&mut bytes);
    read.map_err(|error| refuse(format!("the array does not read ({error})")))?;
    match bytes.len() as u64 > LONGEST {
        true => Err(refuse("there are more than 2 GiB".to_owned())),
        false => Ok(bytes),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::super::super::raw::RawSequence;
    use super::super::npy::tests::array;
    use super::*;

    fn archive_of(folder: &Path, arrays: &[(&str, Vec<u8>)]) -> std::path::PathBuf {
        let path = folder.join("a.npz");
        let mut writer = ZipWriter::new(File::create(&path).expect("a file"));
        for (name, bytes) in arrays {
            writer
                .start_file(format!("{name}.npy"), SimpleFileOptions::default())
                .expect("an entry");
            writer.write_all(bytes).expect("bytes");
        }
        writer.finish().expect("an archive");
        path
    }

    fn floats(count: usize) -> Vec<u8> {
        (0..count).flat_map(|v| (v as f64).to_le_bytes()).collect()
    }

    #[test]
    fn arrays_to_train_and_to_test_with_are_one_set_with_classes() {
        let folder = tempfile::tempdir().expect("a folder");
        let whole = |values: &[i64]| {
            values
                .iter()
                .flat_map(|v| v.to_le_bytes())
                .collect::<Vec<u8>>()
        };
        let path = archive_of(
            folder.path(),
            &[
                ("y_test", array("<i8", "False", "(1,)", &whole(&[7]))),
                ("X_test", array("<f8", "False", "(1, 24)", &floats(24))),
                ("y_train", array("<i8", "False", "(2,)", &whole(&[1, 2]))),
                ("X_train", array("<f8", "False", "(2, 24)", &floats(48))),
            ],
        );
        assert!(is_sequences(&path));
        let (channels, rows) = read(&path, "a", &Numbers::default()).expect("sequences");
        let rows: Vec<RawSequence> = rows.collect::<Result<_, _>>().expect("rows");
        assert_eq!(channels.len(), 1);
        let told: Vec<_> = rows
            .iter()
            .map(|row| (row.id.as_str(), row.class.as_deref()))
            .collect();
        assert_eq!(told, [("1", Some("1")), ("2", Some("2")), ("3", Some("7"))]);
        assert_eq!(rows[1].channels[0][..3], [24.0, 25.0, 26.0]);
    }

    #[test]
    fn which_of_several_arrays_is_meant_must_be_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let floats = || array("<f8", "False", "(2, 4)", &floats(8));
        let path = archive_of(folder.path(), &[("one", floats()), ("two", floats())]);
        assert!(!is_sequences(&path));
        let told = read(&path, "a", &Numbers::default())
            .err()
            .expect("a refusal")
            .to_string();
        assert!(
            told.contains("one.npy, two.npy") && told.contains("call it X"),
            "{told}"
        );
        let images = archive_of(
            folder.path(),
            &[("X", array("|u1", "False", "(2, 4)", &[0; 8]))],
        );
        assert!(!is_sequences(&images));
    }
}
