//! Columns that would give the truth away.

use crate::dataset::columns::label::Spelling;
use crate::dataset::columns::resolve;
use crate::dataset::names::{self, Part};
use crate::dataset::rows::records::Records;
use crate::dataset::text::quote;
use crate::dataset::{Label, MAX_CATEGORIES, ReadOptions};

/// Fewest rows of known label among which a rule can be told from chance.
const ROWS: usize = 30;

/// Fewest rows of either label.
const EACH: usize = 3;

/// What a column is left out for.
const WHY: &str = "each of its values goes with one label only, so it would give the truth away";

/// Leaves out each column of a few values of which none goes with both labels, and tells of those
/// that come close.
pub(super) fn find(records: &mut Records, options: &ReadOptions) {
    let Some(truth) = resolve::truth(records, options) else {
        return;
    };
    let known = truth.anomalies() + truth.nominals();
    if known < ROWS || truth.anomalies() < EACH || truth.nominals() < EACH {
        return;
    }
    let mut apart = Vec::new();
    for column in 0..records.names.len() {
        let is_open = matches!(
            records.parts[column],
            Part::Ordinary | Part::Code | Part::PerhapsTruth
        );
        if records.parts[column] == Part::LeftOut(resolve::OPEN)
            && goes_with(records, column, truth.labels())
        {
            records.parts[column] = Part::LeftOut(WHY);
        }
        if !is_open {
            continue;
        }
        let is_guess = names::is_guess(&records.names[column]);
        let side = separates(records, column, truth.labels());
        if goes_with(records, column, truth.labels()) {
            records.parts[column] = Part::LeftOut(WHY);
        } else if is_guess && (side.is_some() || agrees(records, column, truth.labels())) {
            records.parts[column] = Part::LeftOut(GUESS);
        } else {
            apart.extend(side.map(|side| (column, side)));
            let told = one_of_anomalies(records, column, truth.labels());
            records.notes.extend(told);
        }
    }
    // Where several columns do so, anomalies are easy to find, and nothing was given away.
    if let [(column, side)] = apart[..] {
        let name = &records.names[column];
        records.notes.push(format!(
            "Every anomaly lies {side} all other rows in column {}: if it was made of the labels, or by what is to be found, leave it out (--column {name}=out).",
            quote(name)
        ));
    }
}

/// Whether a column of a program's judgement says 1 or 0 nearly as the labels do.
fn agrees(records: &Records, column: usize, labels: &[Option<Label>]) -> bool {
    if records.columns[column].texts.count > 0 {
        return false;
    }
    let (mut alike, mut all) = (0, 0);
    for (row, label) in labels.iter().enumerate() {
        let said = Spelling::of_number(records.number(row, column)).label();
        match (said, label) {
            (_, None) => {}
            (None, _) => return false,
            (Some(said), Some(label)) => {
                alike += usize::from(said == *label);
                all += 1;
            }
        }
    }
    alike * 10 >= all * 9
}

/// On which side of all others all numbers of anomalies lie in a column, if they do.
fn separates(records: &Records, column: usize, labels: &[Option<Label>]) -> Option<&'static str> {
    let met = &records.columns[column];
    if met.texts.count > 0 || met.unfit.is_some() {
        return None;
    }
    let mut ends = [(f32::INFINITY, f32::NEG_INFINITY, 0_usize); 2];
    for (row, label) in labels.iter().enumerate() {
        let number = records.number(row, column);
        if let (Some(label), false) = (label, number.is_nan()) {
            let end = &mut ends[usize::from(*label == Label::Anomaly)];
            *end = (end.0.min(number), end.1.max(number), end.2 + 1);
            let [nominal, anomaly] = ends;
            if anomaly.0 <= nominal.1 && nominal.0 <= anomaly.1 {
                return None;
            }
        }
    }
    let [nominal, anomaly] = ends;
    (nominal.2 >= ROWS && anomaly.2 >= EACH).then_some(if anomaly.0 > nominal.1 {
        "above"
    } else {
        "below"
    })
}

/// The sentence about a column one of whose values goes with anomalies only, in several rows.
fn one_of_anomalies(records: &Records, column: usize, labels: &[Option<Label>]) -> Option<String> {
    let mut counts: Vec<(Value, [usize; 2])> = Vec::new();
    let met = &records.columns[column];
    if met.texts.many {
        return None;
    }
    for (row, value) in values(records, column) {
        let Some(label) = labels.get(row).copied().flatten() else {
            continue;
        };
        let at = match counts.iter().position(|(known, _)| *known == value) {
            Some(at) => at,
            None if counts.len() == MOST_NUMBERS => return None,
            None => {
                counts.push((value, [0; 2]));
                counts.len() - 1
            }
        };
        counts[at].1[usize::from(label == Label::Anomaly)] += 1;
    }
    let anomalies: usize = counts.iter().map(|(_, [_, anomaly])| anomaly).sum();
    // One of anomalies alone, or of nearly all of them and of few others.
    let is_told = |nominal: usize, anomaly: usize| {
        anomaly >= EACH
            && (nominal == 0 || (nominal * 5 <= anomaly && anomaly * 10 >= anomalies * 9))
    };
    let (value, [others, count]) = counts
        .iter()
        .find(|(_, [nominal, anomaly])| is_told(*nominal, *anomaly))?;
    let text = match value {
        Value::Number(bits) => f32::from_bits(*bits).to_string(),
        Value::Text(at) => met.texts.different.get(usize::from(*at))?.clone(),
    };
    let name = &records.names[column];
    let count = count + others;
    let of_them = match others {
        0 => "all".to_owned(),
        others => format!("all but {others}"),
    };
    Some(format!(
        "Column {} is {} in {count} rows, {of_them} of them anomalies: if it was written down together with the labels, leave it out (--column {name}=out).",
        quote(name),
        quote(&text)
    ))
}

/// The values of a column with their rows.
fn values(records: &Records, column: usize) -> impl Iterator<Item = (usize, Value)> {
    let numbers = (0..records.rows).filter_map(move |row| {
        let number = records.number(row, column);
        (!number.is_nan()).then_some((row, Value::Number(number.to_bits())))
    });
    let texts = records.columns[column].texts.cells.iter();
    numbers.chain(texts.map(|&(row, at)| (row as usize, Value::Text(at))))
}

/// What a column of guesses is left out for.
const GUESS: &str =
    "its name says that it is a program's own judgement, and it says nearly what the labels say";

/// A value of a column: the bits of a number, or the index of a text.
#[derive(Clone, Copy, PartialEq)]
enum Value {
    Number(u32),
    Text(u8),
}

/// Most different numbers of such a column: more are rather measured.
const MOST_NUMBERS: usize = 4;

/// Whether a column has a few values and each goes with one label.
fn goes_with(records: &Records, column: usize, labels: &[Option<Label>]) -> bool {
    if records.columns[column].texts.many {
        return false;
    }
    let mut seen: Vec<(Value, Label)> = Vec::new();
    for (row, value) in values(records, column) {
        let Some(label) = labels.get(row).copied().flatten() else {
            continue;
        };
        match seen.iter().find(|(known, _)| *known == value) {
            Some((_, known)) if *known == label => {}
            None if seen.len() < MAX_CATEGORIES => seen.push((value, label)),
            _ => return false,
        }
    }
    let numbers = seen
        .iter()
        .filter(|(value, _)| matches!(value, Value::Number(_)));
    seen.len() > 1 && numbers.count() <= MOST_NUMBERS
}
