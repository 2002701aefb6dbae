//! Sentences for the analyst about what was decided in reading.

use super::feature::Settled;
use super::read::Records;
use super::text::{list, quote};
use super::{Column, Role};

/// What the header, or its absence, did to the names.
pub(super) fn of_names(repeated: &[String], header: bool) -> Vec<String> {
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

/// That a column without a name is taken for the labels.
pub(super) fn of_words(name: &str) -> String {
    format!(
        "Column {} is taken for the labels, as it holds words such as nominal and anomaly only.",
        quote(name)
    )
}

/// What became of values: left out, replaced, or barely told apart.
pub(super) fn of_values(records: &Records, settled: &[Settled]) -> Vec<String> {
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
    notices
}

/// The columns that were left out, one sentence for each reason.
pub(super) fn left_out<'a>(roles: impl Iterator<Item = (&'a str, &'a Role)>) -> Vec<String> {
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
pub(super) fn fates(columns: &[Column]) -> Vec<String> {
    let fate = |column: &Column| {
        let name = quote(&column.name);
        match &column.role {
            Role::Feature | Role::Score { .. } | Role::OneHot { .. } => None,
            Role::Label => Some(format!("{name}: the labels")),
            Role::Id => Some(format!("{name}: the ids")),
            Role::LeftOut { reason } => Some(format!("{name}: {reason}")),
        }
    };
    columns.iter().filter_map(fate).collect()
}
