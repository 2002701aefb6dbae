//! Finds the label column by what the columns hold, and reads the truth from it.

use std::collections::BTreeMap;

use super::gather::Gathered;
use super::label::{Label, Spelling, Verdict};
use crate::dataset::names::Part;
use crate::dataset::rows::records::Records;
use crate::dataset::text::{list, quote};
use crate::dataset::{ColumnChoice, DatasetError, ReadOptions, Rules, Truth};

/// Most values that an error shows.
const SHOWN: usize = 4;

/// Settles what the names left open: afterwards no column is [`Part::PerhapsLabel`] or
/// [`Part::PerhapsTruth`], and one is [`Part::UnwantedLabel`] only if it holds labels.
///
/// Returns what has to be asked: a column that should hold labels holds something else, or −1 and 1.
pub(in crate::dataset) fn parts(records: &mut Records, options: &ReadOptions) -> Vec<DatasetError> {
    let mut questions = Vec::new();
    let words = Words::by(options.rules);
    for index in 0..records.parts.len() {
        let part = records.parts[index];
        if !matches!(part, Part::Label | Part::PerhapsLabel | Part::UnwantedLabel) {
            continue;
        }
        let numbers = records.column(index);
        let name = records.names[index].clone();
        if part == Part::Label && !options.anomalies.is_empty() {
            if !holds(&records.columns[index], &numbers, &options.anomalies) {
                let values = met(&records.columns[index], &numbers);
                questions.push(DatasetError::NoSuchValue(
                    name.clone(),
                    options.anomalies.clone(),
                    values,
                ));
            }
            if are_marks_alone(records, index, &options.anomalies) {
                records.notes.push(format!(
                    "In column {} only anomalies have a value; the {} rows without one are nominal.",
                    quote(&name),
                    records.columns[index].missing.0
                ));
            }
            continue;
        }
        let verdict = verdict(&records.columns[index], &numbers, words);
        if part != Part::UnwantedLabel && verdict == Verdict::Labels {
            tell_words(records, index);
        }
        records.parts[index] = match (part, verdict) {
            (Part::UnwantedLabel, Verdict::Labels | Verdict::Signed) => Part::UnwantedLabel,
            (_, Verdict::Labels) => Part::Label,
            (Part::Label | Part::PerhapsLabel, Verdict::Signed) => {
                questions.push(DatasetError::SignedLabels(name.clone()));
                Part::Label
            }
            (Part::Label, Verdict::Other) => {
                let values = met(&records.columns[index], &numbers);
                questions.push(DatasetError::NotLabels(name.clone(), values));
                Part::Label
            }
            _ => Part::Ordinary,
        };
    }
    truths(records, options);
    if !options.anomalies.is_empty() && !records.parts.contains(&Part::Label) {
        questions.push(DatasetError::NoLabelColumn(options.anomalies.clone()));
    }
    questions
}

/// Settles columns that are named like a truth: the first that holds labels is the label column,
/// where there is no other; all others that do are not used.
fn truths(records: &mut Records, options: &ReadOptions) {
    for index in 0..records.parts.len() {
        if records.parts[index] != Part::PerhapsTruth {
            continue;
        }
        let numbers = records.column(index);
        let verdict = verdict(&records.columns[index], &numbers, Words::Verdicts);
        records.parts[index] = match verdict {
            Verdict::Other if is_of_words(records, index) => Part::LeftOut(OPEN),
            Verdict::Other => Part::Ordinary,
            Verdict::Labels
                if options.label == ColumnChoice::Recognise
                    && !records.parts.contains(&Part::Label) =>
            {
                records.notes.push(format!(
                    "Column {} is taken for the labels, by its name and its values.",
                    quote(&records.names[index])
                ));
                tell_words(records, index);
                Part::Label
            }
            Verdict::Signed if !records.parts.contains(&Part::Label) => {
                let name = &records.names[index];
                records.notes.push(format!(
                    "Column {} holds -1 and 1, of which some tools call -1 the anomaly and others 1: if it holds the labels, say which it is (--column {name}=label --anomaly -1, or --anomaly 1).",
                    quote(name)
                ));
                Part::LeftOut(OPEN)
            }
            Verdict::Labels | Verdict::Signed => Part::UnwantedLabel,
        };
    }
}

/// Why a column that is named like a truth is left out, if its values are words that do not say it.
pub(in crate::dataset) const OPEN: &str = "its name says that it holds the truth, and giving that away would be no help: if it is a feature, say so (--column), and if it holds the labels, which of its values are anomalies (--anomaly)";

/// Whether a column that is named like a truth holds a few words.
fn is_of_words(records: &Records, index: usize) -> bool {
    let met = &records.columns[index];
    crate::dataset::names::may_be_truth(&records.names[index])
        && met.spread.count() == 0
        && met.texts.count > 0
        && !met.texts.many
}

/// Says which words of a label column mean what, where they are not the plain ones.
fn tell_words(records: &mut Records, index: usize) {
    let texts = &records.columns[index].texts;
    let of = |label: Label| {
        let means = |text: &&String| Spelling::of_verdict(text).label() == Some(label);
        list(texts.different.iter().filter(means).map(|text| quote(text)))
    };
    let is_plain = |text: &String| Spelling::of_text(text) != Spelling::Other;
    if !texts.many && !texts.different.iter().all(is_plain) {
        records.notes.push(format!(
            "In column {} the anomalies are called {}, and all else {}.",
            quote(&records.names[index]),
            of(Label::Anomaly),
            of(Label::Nominal)
        ));
    }
}

/// Which words count as labels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::dataset) enum Words {
    /// Those of the first rules.
    Plain,
    /// Also those of verdicts: fraud and legit, attack and benign, and yes and no in other tongues.
    Verdicts,
}

impl Words {
    pub(in crate::dataset) fn by(rules: Rules) -> Self {
        match rules {
            Rules::First => Self::Plain,
            Rules::Meaning => Self::Verdicts,
        }
    }

    /// Reads a text of a label column.
    pub(in crate::dataset) fn read(self, text: &str) -> Spelling {
        match self {
            Self::Plain => Spelling::of_text(text),
            Self::Verdicts => Spelling::of_verdict(text),
        }
    }

    fn label(self, text: &str) -> Option<Label> {
        match self {
            Self::Plain => Label::from_word(text),
            Self::Verdicts => Label::from_verdict(text),
        }
    }
}

/// Whether a text of a file, or a number, is one of some values.
pub(in crate::dataset) fn is_one_of(text: &str, values: &[String]) -> bool {
    let number = |text: &str| text.trim().parse::<f32>().ok();
    values.iter().any(|value| {
        value.trim().eq_ignore_ascii_case(text.trim())
            || (number(value).is_some() && number(value) == number(text))
    })
}

fn holds(column: &Gathered, numbers: &[f32], values: &[String]) -> bool {
    let wanted: Vec<f32> = values
        .iter()
        .filter_map(|value| value.trim().parse().ok())
        .collect();
    numbers.iter().any(|number| wanted.contains(number))
        || column.texts.iter().any(|(_, text)| is_one_of(text, values))
}

/// Finds the label column by its words alone: the only one that holds nothing but words such as
/// nominal and anomaly, or as fraud and legit. As a feature it would give the truth away.
///
/// Verdicts have to be of both kinds, with fewer anomalies than others.
pub(in crate::dataset) fn by_words(records: &Records, words: Words) -> Option<usize> {
    let is_words = |&index: &usize| {
        let (column, part) = (&records.columns[index], records.parts[index]);
        let texts = &column.texts;
        let is_word = |text: &String| words.label(text).is_some();
        let is_sure = |text: &String| Label::from_word(text).is_some();
        let anomalies = || {
            let is = |text: &String| words.label(text) == Some(Label::Anomaly);
            let is: Vec<bool> = texts.different.iter().map(is).collect();
            let some = |(_, at): &&(u32, u8)| is[usize::from(*at)];
            texts.cells.iter().filter(some).count()
        };
        part == Part::Ordinary
            && (texts.count > 0 && !texts.many && texts.different.iter().all(is_word))
            && (column.spread.count() == 0 && column.unfit.is_none())
            && (texts.different.iter().all(is_sure)
                || (anomalies() > 0 && anomalies() * 2 < texts.count))
    };
    let mut indices = (0..records.parts.len()).filter(is_words);
    indices.next().filter(|_| indices.next().is_none())
}

/// Reads the truth from the label column, if there is one.
pub(in crate::dataset) fn truth(records: &Records, options: &ReadOptions) -> Option<Truth> {
    let (anomalies, words) = (&options.anomalies[..], Words::by(options.rules));
    let index = records.parts.iter().position(|&part| part == Part::Label)?;
    let texts = &records.columns[index].texts;
    let of_text = |text: &str| match anomalies {
        [] => words.read(text).label(),
        _ if is_one_of(text, anomalies) => Some(Label::Anomaly),
        _ => Some(Label::Nominal),
    };
    let of_number = |&number: &f32| match anomalies {
        [] => Spelling::of_number(number).label(),
        _ if number.is_nan() => None,
        _ => of_text(&number.to_string()),
    };
    // Where only anomalies have a mark, what has none is nominal.
    let unmarked = are_marks_alone(records, index, anomalies).then_some(Label::Nominal);
    let numbers = records.column(index);
    let mut labels: Vec<Option<Label>> = numbers
        .iter()
        .map(|number| of_number(number).or(unmarked))
        .collect();
    match texts.many {
        true => texts
            .iter()
            .for_each(|(row, text)| labels[row as usize] = of_text(text)),
        false => {
            let known: Vec<Option<Label>> =
                texts.different.iter().map(|text| of_text(text)).collect();
            for &(row, text) in &texts.cells {
                labels[row as usize] = known[usize::from(text)];
            }
        }
    }
    Some(Truth::new(records.names[index].clone(), labels))
}

/// Whether a label column of which some values are said to be anomalies holds no others.
pub(in crate::dataset) fn are_marks_alone(
    records: &Records,
    index: usize,
    anomalies: &[String],
) -> bool {
    let met = &records.columns[index];
    let texts = &met.texts;
    let is_mark = |text: &String| is_one_of(text, anomalies);
    let numbers = records.column(index);
    let mut numbers = numbers.iter().filter(|number| !number.is_nan());
    !anomalies.is_empty()
        && met.missing.0 > 0
        && !texts.many
        && texts.different.iter().all(is_mark)
        && numbers.all(|number| is_one_of(&number.to_string(), anomalies))
}

/// The values of the label column with how often they were met, the most frequent first.
pub(in crate::dataset) fn label_values(records: &Records, most: usize) -> Vec<(String, usize)> {
    let Some(index) = records.parts.iter().position(|&part| part == Part::Label) else {
        return Vec::new();
    };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (_, text) in records.columns[index].texts.iter() {
        match counts.get_mut(text) {
            Some(count) => *count += 1,
            None => drop(counts.insert(text.to_owned(), 1)),
        }
    }
    for number in records
        .column(index)
        .iter()
        .filter(|number| !number.is_nan())
    {
        *counts.entry(number.to_string()).or_default() += 1;
    }
    let mut values: Vec<(String, usize)> = counts.into_iter().collect();
    values.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    values.truncate(most);
    values
}

fn verdict(column: &Gathered, numbers: &[f32], words: Words) -> Verdict {
    if column.texts.many {
        return Verdict::Other;
    }
    let texts = column.texts.different.iter();
    let spellings = texts.map(|text| words.read(text));
    Verdict::of(spellings.chain(numbers.iter().map(|&number| Spelling::of_number(number))))
}

/// Some of the different values of a column, those first that are no labels.
fn met(column: &Gathered, numbers: &[f32]) -> Vec<String> {
    let mut strange = Vec::new();
    let mut usual = Vec::new();
    let texts = column.texts.different.iter();
    let texts = texts.map(|text| (Spelling::of_text(text), text.clone()));
    let numbers = numbers.iter().filter(|number| !number.is_nan());
    let numbers = numbers.map(|&number| (Spelling::of_number(number), number.to_string()));
    for (spelling, value) in texts.chain(numbers) {
        let values = match spelling {
            Spelling::Other => &mut strange,
            _ => &mut usual,
        };
        if values.len() < SHOWN && !values.contains(&value) {
            values.push(value);
        }
    }
    strange.extend(usual);
    strange.truncate(SHOWN);
    strange
}
