//! Which column is what, as far as the names tell.

mod told;

use std::collections::BTreeSet;

use csv::ByteRecord;

use self::told::{IDS, LABELS, bare, by_name};
pub(super) use self::told::{is_code, is_guess, is_sound, may_be_id, may_be_truth};
use super::written::Form;
use super::{ColumnChoice, DatasetError, MAX_COLUMNS, Meaning, ReadOptions};

/// What a column is, as far as its name tells, or as its values have told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A feature, unless its values say otherwise.
    Ordinary,
    /// Numbers or categories by choice.
    Chosen(Meaning),
    /// Texts even where they look like numbers.
    Code,
    /// Times.
    Time(Form),
    /// Named like a truth: the label column, or left out, if its values are labels.
    PerhapsTruth,
    /// Not used, for this reason.
    LeftOut(&'static str),
    /// The label column.
    Label,
    /// Named `y`, first or last: the label column if its values are labels.
    PerhapsLabel,
    /// Named like labels where no label column, or another, was chosen.
    UnwantedLabel,
    /// The id column.
    Id,
    /// Named like ids, beside the id column.
    OtherId,
}

/// Names the columns: by the header, or `column 1`, `column 2`, …
///
/// Returns also the names that occurred twice, the later of which now end in `(2)`.
///
/// # Errors
///
/// The header, on `line`, is not UTF-8.
pub(super) fn columns(
    first: &ByteRecord,
    header: bool,
    line: u64,
) -> Result<(Vec<String>, Vec<String>), DatasetError> {
    let mut names = Vec::with_capacity(first.len());
    for (column, field) in first.iter().enumerate() {
        let text = match header {
            true => {
                std::str::from_utf8(field.trim_ascii()).map_err(|_| DatasetError::NotUtf8(line))?
            }
            false => "",
        };
        names.push(match text {
            // As pandas and R leave the name of the row names.
            "" if header && column == 0 => "index".into(),
            "" => format!("column {}", column + 1),
            _ => text.to_owned(),
        });
    }
    match check_count(names.len()) {
        Ok(()) => Ok(unique(names)),
        // It is refused once the end of its line is seen; what its columns are called is nothing to
        // spend minutes on.
        Err(_) => Ok((names, Vec::new())),
    }
}

/// Checks that a table has no more columns than are possible.
///
/// # Errors
///
/// [`DatasetError::TooManyColumns`].
pub(super) fn check_count(columns: usize) -> Result<(), DatasetError> {
    match columns > MAX_COLUMNS {
        true => Err(DatasetError::TooManyColumns(columns)),
        false => Ok(()),
    }
}

/// Makes names unique, and returns those that were not.
pub(super) fn unique(names: Vec<String>) -> (Vec<String>, Vec<String>) {
    let taken: BTreeSet<String> = names.iter().cloned().collect();
    if taken.len() == names.len() {
        return (names, Vec::new());
    }
    let mut used = BTreeSet::new();
    let mut repeated = BTreeSet::new();
    let mut unique = Vec::with_capacity(names.len());
    for name in names {
        let mut candidate = name.clone();
        let mut number = 1;
        while used.contains(&candidate) || (number > 1 && taken.contains(&candidate)) {
            number += 1;
            candidate = format!("{name} ({number})");
        }
        if number > 1 {
            repeated.insert(name);
        }
        used.insert(candidate.clone());
        unique.push(candidate);
    }
    (unique, repeated.into_iter().collect())
}

/// Says what each column is, as far as its name tells.
///
/// # Errors
///
/// A chosen column does not exist, or two columns claim the labels.
pub(super) fn parts(names: &[String], options: &ReadOptions) -> Result<Vec<Part>, DatasetError> {
    let meanings = meanings(names, options)?;
    let meant = |meaning| meanings.iter().position(|found| *found == Some(meaning));
    let chosen_label = find(names, &options.label)?.or(meant(Meaning::Label));
    let chosen_id = find(names, &options.id)?.or(meant(Meaning::Id));
    if let Some(column) = chosen_label.filter(|_| chosen_label == chosen_id) {
        return Err(DatasetError::LabelIsId(names[column].clone()));
    }
    let is_open = |column: &usize| meanings[*column].is_none();
    let label = match (&options.label, chosen_label) {
        (ColumnChoice::Recognise, None) => recognised_label(names, chosen_id, &is_open)?,
        _ => chosen_label,
    };
    let mut parts: Vec<Part> = names.iter().map(|name| by_name(name, options)).collect();
    if label.is_none() && options.label == ColumnChoice::Recognise {
        perhaps_label(names, &mut parts);
    }
    if let Some(column) = label {
        parts[column] = Part::Label;
    }
    for (part, meaning) in parts.iter_mut().zip(&meanings) {
        match meaning {
            None => {}
            Some(Meaning::Label) => *part = Part::UnwantedLabel,
            Some(Meaning::Id) => *part = Part::OtherId,
            Some(Meaning::Out) => *part = Part::LeftOut("that was chosen"),
            Some(meaning) => *part = Part::Chosen(*meaning),
        }
    }
    if let Some(column) = chosen_label {
        parts[column] = Part::Label;
    }
    let surely = |column: &usize| IDS.contains(&bare(&names[*column]).as_str());
    let mut ids = (0..parts.len()).filter(|&column| parts[column] == Part::OtherId);
    let first = ids.clone().next();
    let id = chosen_id.or_else(|| ids.find(surely)).or(first);
    if let Some(column) = id {
        parts[column] = Part::Id;
    }
    Ok(parts)
}

/// The meaning of each column that is chosen.
///
/// # Errors
///
/// A choice names no column.
pub(super) fn meanings(
    names: &[String],
    options: &ReadOptions,
) -> Result<Vec<Option<Meaning>>, DatasetError> {
    let mut meanings = vec![None; names.len()];
    for (name, meaning) in &options.columns {
        if let Some(column) = find(names, &ColumnChoice::Named(name.clone()))? {
            meanings[column] = Some(*meaning);
        }
    }
    Ok(meanings)
}

/// `y` is the target in half of all tables and a coordinate in the other half.
fn perhaps_label(names: &[String], parts: &mut [Part]) {
    let ends = [0, names.len().saturating_sub(1)];
    for column in ends {
        if names.get(column).is_some_and(|name| bare(name) == "y") {
            parts[column] = Part::PerhapsLabel;
            return;
        }
    }
}

fn recognised_label(
    names: &[String],
    id: Option<usize>,
    is_open: &dyn Fn(&usize) -> bool,
) -> Result<Option<usize>, DatasetError> {
    let named: Vec<usize> = (0..names.len())
        .filter(is_open)
        .filter(|&column| Some(column) != id && LABELS.contains(&bare(&names[column]).as_str()))
        .collect();
    match named[..] {
        [] => Ok(None),
        [column] => Ok(Some(column)),
        _ => Err(DatasetError::SeveralLabels(
            named
                .into_iter()
                .map(|column| names[column].clone())
                .collect(),
        )),
    }
}

pub(super) fn find(names: &[String], choice: &ColumnChoice) -> Result<Option<usize>, DatasetError> {
    let ColumnChoice::Named(wanted) = choice else {
        return Ok(None);
    };
    let wanted = wanted.trim();
    let exact = names.iter().position(|name| name == wanted);
    let alike = || {
        names
            .iter()
            .position(|name| name.to_lowercase() == wanted.to_lowercase())
    };
    match exact.or_else(alike) {
        Some(column) => Ok(Some(column)),
        None => Err(DatasetError::NoSuchColumn(
            wanted.to_owned(),
            names.to_vec(),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(names: &[&str], options: &ReadOptions) -> Result<Vec<Part>, DatasetError> {
        let names: Vec<String> = names.iter().map(|&name| name.into()).collect();
        parts(&names, options)
    }

    #[test]
    fn names_tell_labels_and_ids() {
        use Part::*;
        let options = ReadOptions::default();
        assert_eq!(
            told(&["Ground.Truth", "x", "y"], &options),
            Ok(vec![Label, Ordinary, Ordinary])
        );
        assert_eq!(
            told(&["x", "y"], &options),
            Ok(vec![Ordinary, PerhapsLabel])
        );
        assert_eq!(told(&["a", "y", "b"], &options), Ok(vec![Ordinary; 3]));
        assert_eq!(
            told(&["x", "ID", "name"], &options),
            Ok(vec![Ordinary, Id, OtherId])
        );
        assert_eq!(
            told(&["label", "class"], &options),
            Err(DatasetError::SeveralLabels(vec![
                "label".into(),
                "class".into()
            ]))
        );
    }

    #[test]
    fn choices_overrule_names() {
        use Part::*;
        let named = |name: &str| ColumnChoice::Named(name.into());
        let mut options = ReadOptions {
            label: named("B"),
            id: named("label"),
            ..ReadOptions::default()
        };
        assert_eq!(
            told(&["label", "b", "id"], &options),
            Ok(vec![Id, Label, OtherId])
        );
        options.id = ColumnChoice::Absent;
        assert_eq!(
            told(&["label", "b", "id"], &options),
            Ok(vec![UnwantedLabel, Label, Ordinary])
        );
        options.id = named("b");
        assert_eq!(
            told(&["a", "b"], &options),
            Err(DatasetError::LabelIsId("b".into()))
        );
        options.id = named("c");
        assert!(matches!(
            told(&["a", "b"], &options),
            Err(DatasetError::NoSuchColumn(..))
        ));
    }

    #[test]
    fn repeated_names_are_numbered() {
        let names = ["x", "x", "x (2)", "x"].map(String::from).to_vec();
        let (names, repeated) = unique(names);
        assert_eq!(names, ["x", "x (3)", "x (2)", "x (4)"]);
        assert_eq!(repeated, ["x"]);
    }
}
