//! A set of sequences as a table: an instance is a whole sequence.

mod decoding;
mod frames;
pub(super) mod rows;
mod times;

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use super::bytes::counted::Counted;
use super::columns::label::{Spelling, Verdict};
use super::format::{self, Input};
use super::rows::cell::Cell;
use super::rows::ids::Ids;
use super::table::made::Made;
use super::table::preview::Preview;
use super::text::short;
use super::{
    Dataset, DatasetError, Description, Label, Missing, Origin, ReadOptions, Role, Truth, open,
};
use crate::disk::{exists, is_dir};
use crate::numeric::{Unwatched, Watch};
use crate::sequence::{
    Learnt, Sequence, SequenceLayout, SequenceOptions, SequenceReader, SequenceSet, SequenceToy,
    is_sequences, sequence_toys,
};

/// The format of a preview of sequences.
const SEQUENCES: &str = "sequences";

/// Longest text of a long table, in bytes.
const LONGEST: u64 = 1 << 31;

/// Whether a path holds sequences rather than a table.
pub(super) fn is_meant(path: &Path, options: &ReadOptions) -> bool {
    let asked = options
        .sequences
        .as_ref()
        .is_some_and(|options| options.layout.is_some());
    asked || is_sequences(path) || toy(path).is_some()
}

/// The bundled sequences of a name, unless there is a file of that name.
fn toy(path: &Path) -> Option<&'static SequenceToy> {
    let named = sequence_toys()
        .iter()
        .find(|toy| path == Path::new(toy.name));
    named.filter(|_| !exists(path))
}

/// Reads sequences as they are, without learning anything of them.
fn sequences(
    path: &Path,
    options: &ReadOptions,
    watch: &mut dyn Watch,
) -> Result<(SequenceSet, SequenceOptions), DatasetError> {
    let (reader, asked) = reader(path, options, watch)?;
    Ok((reader.into_set()?, asked))
}

/// Opens sequences to be read one after another.
pub(super) fn reader(
    path: &Path,
    options: &ReadOptions,
    watch: &mut dyn Watch,
) -> Result<(SequenceReader, SequenceOptions), DatasetError> {
    let asked = sequence_options(options);
    if asked.layout == Some(SequenceLayout::Frames) {
        let reader = frames::read(path, options, &asked, watch)?;
        return Ok((reader, asked));
    }
    let is_long = matches!(asked.layout, Some(SequenceLayout::Long { .. }));
    if !is_long || is_dir(path) {
        if !exists(path) {
            return Err(DatasetError::NotFound(path.into()));
        }
        let reader = SequenceReader::open_decoded(path, &asked, decoding::decode)?;
        return Ok((reader, asked));
    }
    // A long table may be of any format of tables, Parquet among them.
    let name = open::table_name(path);
    let (file, _) = Counted::new(open::file(path)?);
    let contents = format::open(Input::file(file, path), &name, options, false)?;
    let mut bytes = Vec::new();
    // What is rendered is UTF-8, whatever the file is.
    let named = asked.encoding.as_deref();
    let named = named.filter(|_| !contents.about.is_rendered);
    let head = contents.text;
    let (text, note) = match contents.about.is_rendered {
        true => (head, None),
        false => {
            decoding::decode(head, named).map_err(|error| DatasetError::of_io(&name, &error))?
        }
    };
    let read = text.take(LONGEST + 1).read_to_end(&mut bytes);
    read.map_err(|error| DatasetError::of_io(&name, &error))?;
    if bytes.len() as u64 > LONGEST {
        return Err(DatasetError::LongSequences(name));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let lines = before.iter().filter(|byte| **byte == b'\n').count();
        DatasetError::NotUtf8(lines as u64 + 1)
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let reader = SequenceReader::of_text(text, &name, &asked, &times::seconds)?;
    Ok((reader.with_note(note), asked))
}

/// How sequences are to be read.
pub(super) fn sequence_options(options: &ReadOptions) -> SequenceOptions {
    let mut asked = options.sequences.as_deref().cloned().unwrap_or_default();
    asked.interpolate |= options.missing == Missing::Median;
    asked
}

/// What the feature is called that is a direction of the embedding, counted from 0.
pub(super) fn embedding_name(at: usize) -> String {
    format!("embedding {}", at + 1)
}

/// What a class says of a sequence: by those that are nominal or anomalies, or by its own word.
pub(super) fn class_label(class: &str, asked: &SequenceOptions) -> Option<Label> {
    let is = |classes: &[String]| classes.iter().any(|other| other == class);
    let label = |is_nominal| match is_nominal {
        _ if class.is_empty() => None,
        true => Some(Label::Nominal),
        false => Some(Label::Anomaly),
    };
    match &asked.nominal {
        _ if asked.unlabelled => None,
        Some(nominal) if class == nominal => Some(Label::Nominal),
        Some(_) => label(is(&asked.also_nominal)),
        None if !asked.anomalies.is_empty() => label(!is(&asked.anomalies)),
        None => spelling(class).label(),
    }
}

fn spelling(class: &str) -> Spelling {
    match Cell::read(class.as_bytes()) {
        Cell::Number(number) => Spelling::of_number(number as f32),
        Cell::Missing => Spelling::Unknown,
        _ => Spelling::of_text(class),
    }
}

/// How sequences would be read: one a row, with its class, length and first values.
pub(super) fn preview(path: &Path, options: &ReadOptions) -> Result<Preview, DatasetError> {
    let (set, asked) = match toy(path) {
        Some(toy) => (toy.open()?, toy.options()),
        None => sequences(path, options, &mut Unwatched)?,
    };
    let (truth, _) = truth(&set, &asked)?;
    let mut columns = ["sequence", "class", "moments"].map(String::from).to_vec();
    columns.extend(
        set.channels()
            .iter()
            .map(|channel| format!("{channel} begins")),
    );
    let row = |sequence: &Sequence| {
        let class = sequence.class.clone().unwrap_or_default();
        let mut row = vec![
            short(&sequence.id),
            short(&class),
            sequence.len().to_string(),
        ];
        row.extend(
            sequence
                .values
                .row(0)
                .iter()
                .map(|value| short(&value.to_string())),
        );
        row
    };
    Ok(Preview {
        delimiter: b',',
        header: true,
        columns,
        rows: set.sequences().iter().take(50).map(row).collect(),
        label: truth.map(|_| "class".to_owned()),
        id: Some("sequence".to_owned()),
        format: SEQUENCES,
        sheets: Vec::new(),
        sheet: None,
        notes: set.notices().to_vec(),
        found: None,
        classes: Some(
            set.classes()
                .into_iter()
                .map(|(class, _)| class.to_owned())
                .collect(),
        ),
    })
}

/// What sequences are.
pub(super) fn describe(path: &Path, options: &ReadOptions) -> Result<Description, DatasetError> {
    let (set, asked) = match toy(path) {
        Some(toy) => (toy.open()?, toy.options()),
        None => sequences(path, options, &mut Unwatched)?,
    };
    let mut notes = set.notices().to_vec();
    notes.extend(truth(&set, &asked)?.1);
    let lengths = || set.sequences().iter().map(Sequence::len);
    let (least, most) = (lengths().min().unwrap_or(0), lengths().max().unwrap_or(0));
    let length = match least == most {
        true => format!("{least} moments each"),
        false => format!("from {least} to {most} moments"),
    };
    let classes = set.classes().into_iter();
    Ok(Description {
        format: SEQUENCES,
        count: set.len(),
        details: vec![("length", length)],
        channels: set.channels().to_vec(),
        classes: classes
            .map(|(class, count)| (class.to_owned(), count))
            .collect(),
        notes,
    })
}

/// Whether there are bundled sequences of that name.
pub(super) fn is_toy(path: &Path) -> bool {
    toy(path).is_some()
}

/// Reads sequences, learns what is to be learnt of them without labels, and makes a table of it.
pub(super) fn read(
    path: &Path,
    options: &ReadOptions,
    watch: &mut dyn Watch,
) -> Result<Dataset, DatasetError> {
    if let Some(toy) = toy(path) {
        return open_sequence_toy(toy, watch);
    }
    let (set, asked) = sequences(path, options, watch)?;
    let mut dataset = of(set, &asked, watch)?;
    dataset.origin = Some(Origin::of_file(path, options));
    Ok(dataset)
}

/// Opens bundled sequences as a table.
///
/// # Errors
/// [`DatasetError::Cancelled`] when `watch` says so.
pub fn open_sequence_toy(
    toy: &SequenceToy,
    watch: &mut dyn Watch,
) -> Result<Dataset, DatasetError> {
    let mut dataset = of(toy.open()?, &toy.options(), watch)?;
    dataset.origin = Some(Origin::Toy(toy.name.to_owned()));
    Ok(dataset)
}

/// Makes a table of sequences: an id and perhaps a label, the features of the embedding, and the
/// scores of the detectors of sequences.
pub(super) fn of(
    set: SequenceSet,
    options: &SequenceOptions,
    watch: &mut dyn Watch,
) -> Result<Dataset, DatasetError> {
    let (truth, mut notices) = truth(&set, options)?;
    let (learnt, looks) = Learnt::of(set, watch)?;
    let set = learnt.set();
    let n = set.len();
    notices.splice(0..0, set.notices().iter().cloned());
    let mut ids = Ids::new("sequence".to_owned());
    set.sequences()
        .iter()
        .for_each(|sequence| ids.push(&sequence.id));
    let mut made = Made::new(ids, truth);
    for at in 0..learnt.model().n_features() {
        let values = looks.iter().map(|look| look.features[at]).collect();
        made.add(embedding_name(at), Role::Feature, values);
    }
    for (at, score) in learnt.model().scores().into_iter().enumerate() {
        let meaning = score.meaning.to_owned();
        let role = match score.votes {
            true => Role::Score { meaning },
            false => Role::Feature,
        };
        let values = looks.iter().map(|look| look.scores[at]).collect();
        made.add(score.name, role, values);
    }
    let mut dataset = made.table(set.name(), n, notices)?;
    dataset.sequences = Some(Arc::new(learnt));
    Ok(dataset)
}

/// The labels that classes stand for: those of the nominal class and all others, or what the words
/// themselves say.
fn truth(
    set: &SequenceSet,
    options: &SequenceOptions,
) -> Result<(Option<Truth>, Vec<String>), DatasetError> {
    let classes = set.classes();
    let names = || {
        classes
            .iter()
            .take(20)
            .map(|(class, _)| (*class).to_owned())
            .collect()
    };
    let of = |label: &dyn Fn(&str) -> Option<Label>| {
        let labels = set
            .sequences()
            .iter()
            .map(|sequence| sequence.class.as_deref().and_then(label));
        Some(Truth::new("class".to_owned(), labels.collect()))
    };
    if options.unlabelled {
        return Ok((None, Vec::new()));
    }
    let named = options.nominal.iter().chain(&options.also_nominal);
    for named in named.chain(&options.anomalies) {
        if !classes.iter().any(|(class, _)| class == named) {
            return Err(DatasetError::NoSuchClass(named.clone(), names()));
        }
    }
    let is_named = options.nominal.is_some() || !options.anomalies.is_empty();
    let verdict = Verdict::of(classes.iter().map(|(class, _)| spelling(class)));
    if is_named || !classes.is_empty() && verdict == Verdict::Labels {
        return Ok((of(&|class| class_label(class, options)), Vec::new()));
    }
    let notice = (classes.len() > 1).then(|| {
        let names: Vec<String> = names();
        format!(
            "The sequences are of the classes {}; which of them is nominal is not known, so they are not used (say it with --nominal, or which are anomalies with --anomaly).",
            names.join(", ")
        )
    });
    Ok((None, notice.into_iter().collect()))
}
