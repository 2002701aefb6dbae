//! A set of sequences as a table: an instance is a whole sequence.

use std::path::Path;
use std::sync::Arc;

use super::cell::Cell;
use super::ids::Ids;
use super::label::{Spelling, Verdict};
use super::made::Made;
use super::text::short;
use super::{Dataset, DatasetError, Label, Missing, Origin, Preview, ReadOptions, Role, Truth};
use crate::numeric::Watch;
use crate::sequence::{
    Learnt, Sequence, SequenceOptions, SequenceSet, SequenceToy, is_sequences, read_sequences,
    sequence_toys,
};

/// The seed of what is learnt of sequences.
///
/// It is part of the data and not of the settings: instances must not change with the seed of the
/// ensemble that looks at them.
const SEED: u64 = 0;

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
    named.filter(|_| !path.exists())
}

/// Reads sequences as they are, without learning anything of them.
fn sequences(
    path: &Path,
    options: &ReadOptions,
) -> Result<(SequenceSet, SequenceOptions), DatasetError> {
    let mut asked = options.sequences.as_deref().cloned().unwrap_or_default();
    asked.interpolate |= options.missing == Missing::Median;
    Ok((read_sequences(path, &asked)?, asked))
}

/// How sequences would be read: one a row, with its class, length and first values.
pub(super) fn preview(path: &Path, options: &ReadOptions) -> Result<Preview, DatasetError> {
    let (set, asked) = match toy(path) {
        Some(toy) => (toy.open()?, toy.options()),
        None => sequences(path, options)?,
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
        format: "sequences",
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

/// Reads sequences, learns what is to be learnt of them without labels, and makes a table of it.
pub(super) fn read(
    path: &Path,
    options: &ReadOptions,
    watch: &mut dyn Watch,
) -> Result<Dataset, DatasetError> {
    if let Some(toy) = toy(path) {
        return open_sequence_toy(toy, watch);
    }
    let (set, asked) = sequences(path, options)?;
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
    let learnt = Learnt::of(set, SEED, watch)?;
    let set = learnt.set();
    let n = set.len();
    notices.splice(0..0, set.notices().iter().cloned());
    let mut ids = Ids::new("sequence".to_owned());
    set.sequences()
        .iter()
        .for_each(|sequence| ids.push(&sequence.id));
    let mut made = Made::new(ids, truth);
    for (at, values) in learnt.features().columns().into_iter().enumerate() {
        made.add(
            format!("embedding {}", at + 1),
            Role::Feature,
            values.to_vec(),
        );
    }
    for member in learnt.members() {
        let meaning = member.meaning.to_owned();
        let role = match member.votes {
            true => Role::Score { meaning },
            false => Role::Feature,
        };
        made.add(member.name.clone(), role, member.values.clone());
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
    if let Some(nominal) = &options.nominal {
        if !classes.iter().any(|(class, _)| class == nominal) {
            return Err(DatasetError::NoSuchClass(nominal.clone(), names()));
        }
        let label = |class: &str| match class == nominal {
            true => Some(Label::Nominal),
            false => Some(Label::Anomaly),
        };
        return Ok((of(&label), Vec::new()));
    }
    let spelling = |class: &str| match Cell::read(class.as_bytes()) {
        Cell::Number(number) => Spelling::of_number(number as f32),
        Cell::Missing => Spelling::Unknown,
        _ => Spelling::of_text(class),
    };
    let verdict = Verdict::of(classes.iter().map(|(class, _)| spelling(class)));
    if !classes.is_empty() && verdict == Verdict::Labels {
        return Ok((of(&|class| spelling(class).label()), Vec::new()));
    }
    let notice = (classes.len() > 1).then(|| {
        let names: Vec<String> = names();
        format!(
            "The sequences are of the classes {}; which of them is nominal is not known, so they are not used (say it with --nominal).",
            names.join(", ")
        )
    });
    Ok((None, notice.into_iter().collect()))
}
