//! Sentences for the analyst about what was decided in reading.

use super::feature::Settled;
use super::finding::Finding;
use crate::dataset::names::Part;
use crate::dataset::rows::records::Records;
use crate::dataset::text::{list, quote};
use crate::dataset::written::Trait;
use crate::dataset::{Column, Role};

/// What the header, or its absence, did to the names.
pub(in crate::dataset) fn of_names(repeated: &[String], header: bool) -> Vec<String> {
    let mut notices = Vec::new();
    if !header {
        notices.push("The file has no header, so the columns are numbered.".into());
    }
    if !repeated.is_empty() {
        let names = list(repeated.iter().map(|name| quote(name)));
        notices.push(format!(
            "Several columns are named {names}; all but the first of a name are numbered."
        ));
    }
    notices
}

/// How the file was read.
pub(in crate::dataset) fn of_reading(records: &Records) -> Vec<String> {
    let frame = &records.frame;
    let mut notices = frame.notes.clone();
    notices.extend(of_names(&frame.repeated, frame.header));
    notices.extend(of_end(records.end.literal, records.end.nuls));
    notices.extend(records.furniture.notices());
    notices.extend(of_spelling(records));
    notices.extend(records.notes.iter().cloned());
    notices
}

/// Quotation marks that were taken for characters (the line of the first, how many), and NUL bytes
/// that were dropped (how many, the line of the first).
pub(in crate::dataset) fn of_end(literal: (u64, usize), nuls: (u64, u64)) -> Vec<String> {
    let mut notices = Vec::new();
    match literal {
        (_, 0) => {}
        (line, 1) => notices.push(format!(
            "A quotation mark on line {line} is not closed before rows that follow; it is taken for a character."
        )),
        (line, count) => notices.push(format!(
            "{count} quotation marks, the first on line {line}, are not closed before rows that follow; they are taken for characters."
        )),
    }
    if nuls.0 > 0 {
        notices.push(format!(
            "{} NUL bytes, the first on line {}, as a logger leaves them after a power loss, are dropped.",
            nuls.0, nuls.1
        ));
    }
    notices
}

/// How numbers are written.
fn of_spelling(records: &Records) -> Vec<String> {
    let columns = || {
        records
            .names
            .iter()
            .zip(&records.findings)
            .zip(&records.frame.marks)
    };
    let mut notices = Vec::new();
    let all = |is: &dyn Fn(&Finding) -> bool| -> Vec<String> {
        let some = columns().filter(|((_, finding), _)| is(finding));
        some.map(|((name, _), _)| quote(name)).collect()
    };
    let by_comma: Vec<String> = columns()
        .enumerate()
        .filter(|(index, (_, mark))| {
            **mark == b',' && !matches!(records.parts[*index], Part::Time(_) | Part::Id)
        })
        .filter(|(index, _)| records.columns[*index].spread.count() > 0)
        .map(|(_, ((name, _), _))| quote(name))
        .collect();
    if !by_comma.is_empty() {
        notices.push(format!(
            "Numbers have decimal commas in {}.",
            list(by_comma)
        ));
    }
    for found in Trait::ALL {
        let names = all(&|finding| finding.traits.contains(&found));
        if !names.is_empty() {
            notices.push(format!(
                "Numbers in {} are written with {}; they are read so.",
                list(names),
                found.name()
            ));
        }
    }
    let doubtful: Vec<String> = records
        .frame
        .doubtful
        .iter()
        .filter(|&&index| records.columns[index].spread.count() > 0)
        .map(|&index| quote(&records.names[index]))
        .collect();
    if !doubtful.is_empty() {
        let (read, other) = match records.frame.decimal {
            b',' => ("points group thousands", "--decimal ."),
            _ => (
                "points and commas are those of decimals and thousands in English",
                "--decimal ,",
            ),
        };
        notices.push(format!("Nothing in the cells of {} tells decimals from grouped thousands, such as 1.234: it is read so that {read}; {other} reads it the other way.", list(doubtful)));
    }
    for (name, finding) in records.names.iter().zip(&records.findings) {
        if let Some(stray) = &finding.stray {
            let text = quote(&stray.text);
            let (name, line) = (quote(name), stray.line);
            notices.push(match stray.count {
                1 => format!("Column {name} holds numbers; {text} on line {line} is none and counts as missing."),
                count => format!("Column {name} holds numbers; {count} cells are none and count as missing, the first is {text} on line {line}."),
            });
        }
    }
    notices
}

/// That a column is taken for the labels by its words.
pub(in crate::dataset) fn of_words(records: &Records, index: usize) -> String {
    format!(
        "Column {} is taken for the labels, as it holds words of verdicts only ({}).",
        quote(&records.names[index]),
        list(
            records.columns[index]
                .texts
                .different
                .iter()
                .map(|word| quote(word))
        )
    )
}

/// What became of values: left out, replaced, or barely told apart.
pub(in crate::dataset) fn of_values(records: &Records, settled: &[Settled]) -> Vec<String> {
    let columns = || records.names.iter().zip(&records.columns).zip(settled);
    let mut notices = left_out(columns().map(|((name, _), column)| (name.as_str(), &column.role)));
    let filled = columns().filter_map(|((name, met), column)| {
        let value = column.filled_with.as_ref()?;
        Some(format!(
            "{} by {} ({})",
            quote(name),
            quote(value),
            met.missing.0
        ))
    });
    let filled: Vec<String> = filled.collect();
    if !filled.is_empty() {
        notices.push(format!(
            "Missing values were replaced by the column's median or most frequent value (number of cells): {}.",
            list(filled)
        ));
    }
    for ((name, met), column) in columns() {
        if met.na > 0 && matches!(column.role, Role::OneHot { .. }) {
            notices.push(format!(
                "NA in column {} ({} cells) is read as a missing value: if it is a value, as for North America, say so (--column {name}=category).",
                quote(name),
                met.na
            ));
        }
    }
    let lost = columns().filter(|((_, met), column)| {
        column.role == Role::Feature && met.spread.is_lost_in_magnitude()
    });
    let lost: Vec<String> = lost.map(|((name, _), _)| quote(name)).collect();
    if !lost.is_empty() {
        notices.push(format!(
            "Values of {} differ by so little beside their size that single precision keeps few digits of the difference; subtract a constant from the column for more.",
            list(lost)
        ));
    }
    let encoded = columns().filter_map(|((name, _), column)| match &column.role {
        Role::OneHot { values } => Some(format!("{} ({})", quote(name), values.len())),
        _ => None,
    });
    let encoded: Vec<String> = encoded.collect();
    if !encoded.is_empty() {
        notices.push(format!(
            "Texts become features of 0 and 1, one for each value (number of values): {}.",
            list(encoded)
        ));
    }
    notices
}

/// The columns that were left out, one sentence for each reason.
pub(in crate::dataset) fn left_out<'a>(
    roles: impl Iterator<Item = (&'a str, &'a Role)>,
) -> Vec<String> {
    let mut groups: Vec<(&str, Vec<String>)> = Vec::new();
    for (name, role) in roles {
        let Role::LeftOut { reason } = role else {
            continue;
        };
        match groups.iter_mut().find(|(known, _)| known == reason) {
            Some((_, names)) => names.push(quote(name)),
            None => groups.push((reason, vec![quote(name)])),
        }
    }
    let sentence = |(reason, names): (&str, Vec<String>)| {
        let noun = if names.len() == 1 {
            "Column"
        } else {
            "Each of the columns"
        };
        format!("{noun} {} is left out, because {reason}.", list(names))
    };
    groups.into_iter().map(sentence).collect()
}

/// What became of the columns that make no feature, for an error about too few features.
pub(in crate::dataset) fn fates(columns: &[Column]) -> Vec<String> {
    let fate = |column: &Column| {
        let name = quote(&column.name);
        match &column.role {
            Role::Feature | Role::Score { .. } | Role::OfTime { .. } | Role::OneHot { .. } => None,
            Role::Label => Some(format!("{name}: the labels")),
            Role::Id => Some(format!("{name}: the ids")),
            Role::Time => Some(format!("{name}: times")),
            Role::LeftOut { reason } => Some(format!("{name}: {reason}")),
        }
    };
    columns.iter().filter_map(fate).collect()
}
