//! Columns of times.

use super::codes;
use super::digits::{in_digits, says_time};
use crate::dataset::columns::times::Times;
use crate::dataset::names::Part;
use crate::dataset::rows::records::Records;
use crate::dataset::text::quote;
use crate::dataset::written::{Form, words};

/// Texts by which the form of times is told before all are read.
const TRIED: usize = 200;

/// The share of cells that have to be times.
const MOSTLY: f64 = 0.98;

/// Finds out whether a column of texts holds times, and reads them; false where it does not.
///
/// What may be `durations` is times of day only where the name says so, or where they go on.
pub(super) fn find(records: &mut Records, column: usize, durations: bool) -> bool {
    if records.columns[column].spread.count() > 0 {
        return false;
    }
    let name = records.names[column].clone();
    let texts = &records.columns[column].texts;
    let words = || texts.iter().map(|(_, text)| text);
    let values = || words().filter(|text| !words::is_nothing_among_numbers(text));
    let forms: Vec<Form> = match records.is_text(column) {
        true => in_digits(&name, codes::cells(&records.frame.sample, column))
            .into_iter()
            .collect(),
        false => Vec::new(),
    };
    let tried: Vec<&str> = values().take(TRIED).collect();
    let fits = |form: &Form, texts: &[&str]| {
        let good = texts
            .iter()
            .filter(|text| form.read(text).is_some())
            .count();
        good as f64 >= MOSTLY * texts.len() as f64
    };
    let mut forms: Vec<Form> = forms
        .into_iter()
        .chain(Form::WRITTEN)
        .filter(|form| *form != Form::ClockByPoints || says_clock(&name))
        .filter(|form| fits(form, &tried))
        .collect();
    if forms.is_empty() || tried.is_empty() {
        tell_mixed(records, column);
        return false;
    }
    let all: Vec<&str> = values().collect();
    forms.retain(|form| fits(form, &all));
    let span = |form: &Form| {
        let times = all.iter().filter_map(|text| form.read(text));
        let (low, high) = times.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), time| {
            (low.min(time), high.max(time))
        });
        high - low
    };
    let is_either = forms.contains(&Form::DayFirst) && forms.contains(&Form::MonthFirst);
    // Of day-first and month-first, the one that makes the shorter time of it.
    let Some(form) = forms.into_iter().min_by(|a, b| span(a).total_cmp(&span(b))) else {
        return false;
    };
    // No clock goes below midnight.
    if form.is_clock() && all.iter().any(|text| text.starts_with(['-', '−', '+'])) {
        return false;
    }
    if form.is_clock() && !says_clock(&name) && (durations || records.is_text(column)) {
        let times: Vec<f64> = all.iter().filter_map(|text| form.read(text)).collect();
        let goes_on = times.windows(2).filter(|pair| pair[0] <= pair[1]).count();
        if (goes_on as f64) < 0.9 * (times.len().max(2) - 1) as f64 {
            return false;
        }
    }
    if records.is_text(column) && !says_time(&name) && is_since(form) {
        records.notes.push(format!(
            "Column {} holds whole numbers that read as {}: if they name the rows, say so (--column {name}=id).",
            quote(&name),
            form.name()
        ));
    }
    if is_either {
        records.notes.push(format!(
            "Column {} holds dates that may have the day or the month first; they are read as {}, of which they span less time.",
            quote(&name),
            form.name()
        ));
    }
    take(records, column, form);
    true
}

/// Says of a column of dates that these are written in several forms.
fn tell_mixed(records: &mut Records, column: usize) {
    const DATES: [Form; 3] = [Form::YearFirst, Form::DayFirst, Form::MonthFirst];
    let texts = &records.columns[column].texts;
    let tried = || texts.iter().map(|(_, text)| text).take(TRIED);
    let form = |text: &str| DATES.into_iter().find(|form| form.read(text).is_some());
    let Some(first) = tried().next() else { return };
    let own = form(first);
    let other = tried().find(|text| own.is_some_and(|own| own.read(text).is_none()));
    if let Some(other) = other
        && tried().all(|text| form(text).is_some())
    {
        records.findings[column].evidence = Some(format!(
            "its dates are written in several forms, such as {} and {}, and one of them has to be taken for all",
            quote(first),
            quote(other)
        ));
    }
}

/// Whether a form counts from 1970 on.
fn is_since(form: Form) -> bool {
    let forms = [Form::Unix, Form::UnixMs, Form::UnixUs, Form::UnixNs];
    forms.contains(&form)
}

/// Whether a name speaks of the time of day, rather than of how long something took.
fn says_clock(name: &str) -> bool {
    let lower = name.to_lowercase();
    ["clock", "uhr", "zeit", "stamp", "hhmm"]
        .iter()
        .any(|word| lower.contains(word))
        || ["time", "utc", "local time", "gmt", "hour"].contains(&lower.as_str())
}

/// Reads a column as times, as that is chosen: by the form that fits the most cells.
pub(super) fn choose(records: &mut Records, column: usize) {
    let texts = &records.columns[column].texts;
    let count = |form: &Form| {
        texts
            .iter()
            .filter(|(_, text)| form.read(text).is_some())
            .count()
    };
    let best = Form::WRITTEN
        .into_iter()
        .chain(Form::DIGITS)
        .chain(Form::SAID)
        .rev()
        .max_by_key(count);
    match best.filter(|form| count(form) > 0) {
        Some(form) => take(records, column, form),
        None => {
            records.parts[column] =
                Part::LeftOut("it was chosen to be times, but none of its cells is one");
        }
    }
}

fn take(records: &mut Records, column: usize, form: Form) {
    let texts = std::mem::take(&mut records.columns[column].texts);
    let mut seconds = vec![f64::NAN; records.rows];
    let (mut missing, mut first) = (0, None);
    for (row, text) in texts.iter() {
        match form.read(text) {
            Some(time) => seconds[row as usize] = time,
            None => {
                missing += 1;
                first.get_or_insert(row as usize);
            }
        }
    }
    if let Some(row) = first {
        let line = records.lines.line(row);
        records.columns[column].miss_some(missing, line);
    }
    records.parts[column] = Part::Time(form);
    records.findings[column].evidence = Some(format!("its cells are {}", form.name()));
    if let Some((row, count)) = far(&seconds, form) {
        let text = texts.iter().find(|(at, _)| *at as usize == row);
        let text = text.map_or_else(String::new, |(_, text)| text.to_owned());
        records.notes.push(format!(
            "Column {} holds {text} {count} times, far from all other times in it, as programs write where they know none: if it stands for a missing value, say so (--missing {}).",
            quote(&records.names[column]),
            quoted(&text)
        ));
    }
    records.times.push(Times {
        name: records.names[column].clone(),
        form,
        seconds,
    });
}

/// A text as a shell takes it for one.
fn quoted(text: &str) -> String {
    match text.contains(' ') {
        true => format!("\"{text}\""),
        false => text.to_owned(),
    }
}

/// The row of the first of several equal times that lie before or behind all others by more than
/// these span, and how many there are.
fn far(seconds: &[f64], form: Form) -> Option<(usize, usize)> {
    if form.is_clock() {
        return None;
    }
    let known = || seconds.iter().copied().filter(|time| !time.is_nan());
    let (low, high) = known().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), time| {
        (low.min(time), high.max(time))
    });
    [low, high].into_iter().find_map(|end| {
        let count = known().filter(|time| *time == end).count();
        let others = || known().filter(|time| *time != end);
        let (first, last) = others()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), time| {
                (low.min(time), high.max(time))
            });
        let gap = (first - end).max(end - last);
        let is_far = count > 2 && others().count() > 2 && gap > (last - first).max(86_400.0);
        let row = seconds.iter().position(|time| *time == end)?;
        is_far.then_some((row, count))
    })
}
