//! What a file is, and what its columns mean: all that reading it decides, and why.

use std::path::Path;

use super::bytes::counted::Counted;
use super::columns::feature::Settled;
use super::columns::{notice, resolve, settle, time_features};
use super::format::{About, Input};
use super::names::{self, Part};
use super::open::{self, Opened};
use super::rows::records::Records;
use super::{ColumnChoice, DatasetError, Meaning, Missing, ReadOptions, Role, frame};

/// What a file is, and what its columns mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspection {
    /// The instances.
    pub rows: usize,
    /// The lines of the text; for another format, those of its records and one for the names.
    pub lines: u64,
    /// Whether the whole file was looked at; else all counts are those of its beginning.
    pub is_whole: bool,
    /// The format of the file.
    pub format: &'static str,
    /// The encoding of the text.
    pub encoding: &'static str,
    /// The byte between fields; `None` where the format has none.
    pub delimiter: Option<u8>,
    /// The decimal mark.
    pub decimal: char,
    /// The lines of the header.
    pub header_lines: usize,
    /// The lines that are no part of the table.
    pub skipped: Vec<u64>,
    /// Sentences about all that was decided and is not obvious.
    pub notes: Vec<String>,
    /// What has to be decided before the table opens, one sentence each.
    pub questions: Vec<String>,
    /// Values that may stand for a missing one.
    pub fillers: Vec<String>,
    /// The values of the label column with how often they were met, the most frequent first; at most
    /// [`MOST_VALUES`].
    pub label_values: Vec<(String, usize)>,
    /// The columns.
    pub columns: Vec<ColumnMeaning>,
}

/// How many values of a label column an [`Inspection`] names.
pub const MOST_VALUES: usize = 100;

/// What a column means, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnMeaning {
    /// Its name.
    pub name: String,
    /// Its meaning.
    pub meaning: Meaning,
    /// The unit of its numbers.
    pub unit: Option<String>,
    /// How many of its cells hold no value.
    pub missing: usize,
    /// Why it means that, in one sentence.
    pub reason: String,
}

/// Reads a file and says what it is and what its columns mean, without building a table of it. What
/// would keep it from being opened is a question, where it can be chosen.
///
/// # Errors
///
/// It cannot be read; see [`DatasetError`].
pub fn inspect(path: &Path, options: &ReadOptions) -> Result<Inspection, DatasetError> {
    let name = open::table_name(path);
    let open = |options: &ReadOptions| {
        let input = Input::file(Counted::new(open::file(path)?).0, path);
        Opened::new(input, &name, options)
    };
    patiently(options, |options| {
        let opened = open(options)?;
        let about = opened.about.clone();
        let encoding = opened.source.encoding();
        let records = Records::read(opened, &name, options, &mut || Ok(()))?;
        let mut found = of_records(records, &about, options)?;
        found.encoding = encoding.encoding.name();
        found.notes.splice(0..0, encoding.notice());
        Ok(found)
    })
}

/// Says the same of the beginning of a file that is open.
pub(super) fn beginning(
    opened: Opened<'_>,
    name: &str,
    options: &ReadOptions,
) -> Result<Inspection, DatasetError> {
    let Opened {
        source,
        frame,
        about,
        ..
    } = opened;
    let mut options = ReadOptions {
        missing: Missing::Median,
        ..options.clone()
    };
    let question = match names::parts(&frame.names, &options) {
        Err(question @ DatasetError::SeveralLabels(_)) => {
            options.label = ColumnChoice::Absent;
            Some(question.to_string())
        }
        _ => None,
    };
    let encoding = source.encoding();
    let source = source.beginning(HEAD);
    let is_whole = source.head_is_whole();
    let opened = Opened {
        source,
        frame,
        about: about.clone(),
        blocks: None,
    };
    let records = Records::read(opened, name, &options, &mut || Ok(()))?;
    let mut found = of_records(records, &about, &options)?;
    found.encoding = encoding.encoding.name();
    found.notes.splice(0..0, encoding.notice());
    found.questions.splice(0..0, question);
    found.is_whole = is_whole;
    Ok(found)
}

/// Bytes of the beginning by which columns are judged before a file is opened.
const HEAD: usize = 1 << 19;

/// Reads with missing values allowed, and once more without labels where columns dispute them.
fn patiently(
    options: &ReadOptions,
    read: impl Fn(&ReadOptions) -> Result<Inspection, DatasetError>,
) -> Result<Inspection, DatasetError> {
    let mut options = ReadOptions {
        missing: Missing::Median,
        ..options.clone()
    };
    match read(&options) {
        Err(question @ DatasetError::SeveralLabels(_)) => {
            options.label = ColumnChoice::Absent;
            let mut found = read(&options)?;
            found.questions.insert(0, question.to_string());
            Ok(found)
        }
        other => other,
    }
}

fn of_records(
    mut records: Records,
    about: &About,
    options: &ReadOptions,
) -> Result<Inspection, DatasetError> {
    let questions = settle::decide(&mut records, options)?;
    let mut questions: Vec<String> = questions.iter().map(ToString::to_string).collect();
    let mut columns = Vec::with_capacity(records.names.len());
    let mut settled = Vec::with_capacity(records.names.len());
    for index in 0..records.names.len() {
        let (column, role) = match settle::column(&records, index, options.missing) {
            Ok(column) => (meaning(&records, index, &column.role), column),
            Err((_, error)) => {
                let reason = error.to_string();
                questions.push(reason.clone());
                // What it is stays open until that is answered, and nothing is told of it as settled.
                let open = meaning(&records, index, &Role::Feature);
                (
                    ColumnMeaning { reason, ..open },
                    Settled::plain(Role::Feature),
                )
            }
        };
        columns.push(column);
        settled.push(role);
    }
    let mut notes = about.notes.all();
    notes.extend(notice::of_reading(&records));
    notes.extend(notice::of_values(&records, &settled));
    if let Err(question) = time_features::make(&records, options, &mut notes) {
        questions.push(question.to_string());
    }
    let mut skipped = records.frame.skipped.clone();
    skipped.extend(&records.furniture.skipped);
    skipped.sort_unstable();
    skipped.dedup();
    Ok(Inspection {
        rows: records.rows,
        lines: records.end.lines,
        is_whole: true,
        format: about.format,
        encoding: "UTF-8",
        delimiter: (!about.is_rendered).then_some(records.frame.grammar.delimiter),
        decimal: char::from(records.frame.decimal),
        header_lines: records.frame.header_lines,
        skipped,
        notes,
        questions,
        label_values: resolve::label_values(&records, MOST_VALUES),
        fillers: records.fillers,
        columns,
    })
}

/// What a column means by its role, and why.
fn meaning(records: &Records, index: usize, role: &Role) -> ColumnMeaning {
    let met = &records.columns[index];
    let evidence = records.findings[index].evidence.clone();
    let because = |reason: &str| evidence.clone().unwrap_or_else(|| reason.to_owned());
    let (meaning, reason) = match (records.parts[index], role) {
        (Part::Chosen(meaning), Role::Feature | Role::OneHot { .. }) => {
            (meaning, "that was chosen".to_owned())
        }
        (_, Role::Feature) => (Meaning::Number, because("its cells are numbers")),
        (_, Role::OneHot { values }) => (
            Meaning::Category,
            format!("it holds {} different texts", values.len()),
        ),
        (_, Role::Label) => (Meaning::Label, "its name or its words say so".to_owned()),
        (_, Role::Id) => (Meaning::Id, because("its name says that it names the rows")),
        (_, Role::Score { meaning }) => (Meaning::Number, (*meaning).to_string()),
        (_, Role::OfTime { part, .. }) => (Meaning::Number, part.meaning().to_owned()),
        (_, Role::Time) => (Meaning::Time, because("its cells are times")),
        (Part::OtherId | Part::Code, Role::LeftOut { reason }) => (Meaning::Id, reason.clone()),
        (Part::UnwantedLabel, Role::LeftOut { reason }) => (Meaning::Label, reason.clone()),
        (Part::LeftOut(why), Role::LeftOut { .. }) if why.ends_with("it is an id") => {
            (Meaning::Id, why.to_owned())
        }
        (_, Role::LeftOut { reason }) => (Meaning::Out, reason.clone()),
    };
    ColumnMeaning {
        name: records.names[index].clone(),
        meaning,
        unit: records.frame.units[index].clone(),
        missing: met.missing.0,
        reason: sentence(&reason),
    }
}

/// A reason as a sentence.
fn sentence(reason: &str) -> String {
    let mut letters = reason.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    let end = if reason.ends_with('.') { "" } else { "." };
    format!("{}{}{end}", first.unwrap_or_default(), letters.as_str())
}

/// A delimiter in words, for a list of what was recognised.
pub fn delimiter_in_words(delimiter: u8) -> String {
    frame::character(delimiter)
}
