//! Finds the label column by what the columns hold, and reads the truth from it.

use super::gather::Gathered;
use super::label::{Label, Spelling, Verdict};
use super::names::Part;
use super::read::Records;
use super::{DatasetError, Truth};

/// Most values that an error shows.
const SHOWN: usize = 4;

/// Settles what the names left open: afterwards no column is [`Part::PerhapsLabel`], and one is
/// [`Part::UnwantedLabel`] only if it holds labels.
///
/// # Errors
///
/// A column that should hold labels holds something else, or −1 and 1.
pub(super) fn parts(records: &mut Records) -> Result<(), DatasetError> {
    for place in 0..records.parts.len() {
        let part = records.parts[place];
        if !matches!(part, Part::Label | Part::PerhapsLabel | Part::UnwantedLabel) {
            continue;
        }
        let numbers = records.column(place);
        records.parts[place] = match (part, verdict(&records.columns[place], &numbers)) {
            (Part::UnwantedLabel, Verdict::Labels | Verdict::Signed) => Part::UnwantedLabel,
            (_, Verdict::Labels) => Part::Label,
            (Part::Label | Part::PerhapsLabel, Verdict::Signed) => {
                return Err(DatasetError::SignedLabels(records.names[place].clone()));
            }
            (Part::Label, Verdict::Other) => {
                let values = met(&records.columns[place], &numbers);
                return Err(DatasetError::NotLabels(
                    records.names[place].clone(),
                    values,
                ));
            }
            _ => Part::Ordinary,
        };
    }
    Ok(())
}

/// Finds the label column of a file without names: the only one that holds nothing but words such
/// as nominal and anomaly. As a feature it would give the truth away.
pub(super) fn by_words(records: &Records) -> Option<usize> {
    let is_words = |&place: &usize| {
        let (column, part) = (&records.columns[place], records.parts[place]);
        let texts = &column.texts;
        let is_word = |text: &String| Label::from_word(text).is_some();
        part == Part::Ordinary
            && (texts.count > 0 && !texts.many && texts.different.iter().all(is_word))
            && (column.spread.count() == 0 && column.unfit.is_none())
    };
    let mut places = (0..records.parts.len()).filter(is_words);
    places.next().filter(|_| places.next().is_none())
}

/// Reads the truth from the label column, if there is one.
pub(super) fn truth(records: &Records) -> Option<Truth> {
    let place = records.parts.iter().position(|&part| part == Part::Label)?;
    let texts = &records.columns[place].texts;
    let of_number = |&number: &f32| Spelling::of_number(number).label();
    let mut labels: Vec<Option<Label>> = records.column(place).iter().map(of_number).collect();
    for &(row, text) in &texts.cells {
        labels[row as usize] = Spelling::of_text(&texts.different[usize::from(text)]).label();
    }
    Some(Truth::new(records.names[place].clone(), labels))
}

fn verdict(column: &Gathered, numbers: &[f32]) -> Verdict {
    if column.texts.many {
        return Verdict::Other;
    }
    let texts = column.texts.different.iter();
    let spellings = texts.map(|text| Spelling::of_text(text));
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
