//! Columns of times.

use super::codes;
use crate::dataset::names::{self, Part};
use crate::dataset::records::Records;
use crate::dataset::text::quote;
use crate::dataset::written::{Form, words};

/// Texts by which the form of times is told before all are read.
const TRIED: usize = 200;

/// The share of cells that have to be times.
const MOSTLY: f64 = 0.98;

/// From 2000 to 2040, in seconds since 1970.
const OURS: std::ops::Range<f64> = 946_684_800.0..2_208_988_800.0;

/// Words in the names of columns of times.
const NAMES: [&str; 16] = [
    "time", "date", "datum", "zeit", "uhr", "clock", "stamp", "epoch", "unix", "when", "fecha",
    "jour", "day", "tag", "datetime", "utc",
];

/// The times of a column.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::dataset) struct Times {
    /// The name of the column.
    pub(in crate::dataset) name: String,
    /// How they are written.
    pub(in crate::dataset) form: Form,
    /// Seconds since 1970, or since midnight, of each row; NaN where there is none.
    pub(in crate::dataset) seconds: Vec<f64>,
}

impl Times {
    /// The time of a row as text; empty where it has none.
    pub(in crate::dataset) fn text(&self, row: usize) -> String {
        let time = self.seconds.get(row).copied().unwrap_or(f64::NAN);
        match time.is_nan() {
            true => String::new(),
            false => self.form.show(time),
        }
    }

    /// The times of all rows as text.
    pub(in crate::dataset) fn texts(&self) -> Vec<String> {
        (0..self.seconds.len()).map(|row| self.text(row)).collect()
    }

    /// The same of times as [`Times::texts`] gives them.
    pub(in crate::dataset) fn of_texts(name: &str, texts: &[String]) -> Self {
        let is_one = |form: &Form| texts.iter().any(|text| form.read(text).is_some());
        let form = [Form::YearFirst, Form::Yearless].into_iter().find(is_one);
        let form = form.unwrap_or(Form::Clock);
        let read = |text: &String| form.read(text).unwrap_or(f64::NAN);
        Self {
            name: name.to_owned(),
            form,
            seconds: texts.iter().map(read).collect(),
        }
    }
}

/// How the cells of a column are times, if they are digits alone; `None` where they are numbers.
///
/// Dates such as 20240301 tell themselves. Seconds since 1970 do where the name says so, or where
/// they only go on.
pub(super) fn in_digits<'c>(
    name: &str,
    cells: impl Iterator<Item = &'c str> + Clone,
) -> Option<Form> {
    let cells = cells.filter(|cell| !words::is_nothing_among_numbers(cell));
    if are_months(cells.clone()) {
        return Some(Form::DayFirst);
    }
    let fits = |form: &Form| {
        let is_possible = match form {
            Form::Spreadsheet | Form::Julian => says_date(name),
            Form::ModifiedJulian => words_of(name).contains(&"mjd".to_owned()),
            _ => true,
        };
        is_possible && cells.clone().all(|cell| form.read(cell).is_some())
    };
    let form = Form::DIGITS.into_iter().find(fits)?;
    let count = cells.clone().count();
    let times: Vec<f64> = cells.clone().filter_map(|cell| form.read(cell)).collect();
    let goes_on = times.windows(2).all(|pair| pair[0] <= pair[1]);
    let is_said = says_time(name);
    // Ids rise from row to row as times do: by one, or in digits that no clock tells.
    let by_one = times.len() > 1 && times.windows(2).all(|pair| pair[1] - pair[0] == 1.0);
    let is_id = !is_said
        && match form {
            Form::Unix => by_one || names::may_be_id(name).is_some(),
            Form::UnixNs => !cells.clone().all(|cell| cell.ends_with("000")),
            Form::UnixMs | Form::UnixUs => names::may_be_id(name).is_some(),
            _ => false,
        };
    // Without a word for it, times are of our days: other numbers that rise may be anything.
    let is_ours = times.iter().all(|time| OURS.contains(time));
    let is_month = cells.clone().any(|cell| cell.len() == 6);
    let is_good = match form {
        Form::Spreadsheet | Form::Julian | Form::ModifiedJulian => true,
        Form::Digits if is_month => is_said,
        Form::Digits => is_said || (count >= 20 && goes_on),
        _ => is_said || (is_ours && count >= 20 && goes_on && times.first() != times.last()),
    };
    (is_good && !is_id && count > 0).then_some(form)
}

/// Whether cells are months such as `03.2024`, which as numbers would not begin with a zero.
fn are_months<'c>(mut cells: impl Iterator<Item = &'c str> + Clone) -> bool {
    let is_month = |cell: &str| {
        let (month, year) = cell.split_once('.').unwrap_or_default();
        (month.len(), year.len()) == (2, 4) && Form::DayFirst.read(cell).is_some()
    };
    let has_zero = cells.clone().any(|cell| cell.starts_with('0'));
    has_zero && cells.clone().count() > 2 && cells.all(is_month)
}

fn says_time(name: &str) -> bool {
    let lower = name.to_lowercase();
    NAMES.iter().any(|word| lower.contains(word)) || lower == "ts"
}

/// Whether a name says that a column holds dates, by a whole word.
fn says_date(name: &str) -> bool {
    let dates = [
        "date",
        "datum",
        "fecha",
        "datetime",
        "timestamp",
        "zeitstempel",
        "jd",
        "bjd",
        "hjd",
        "julian",
    ];
    words_of(name)
        .iter()
        .any(|word| dates.contains(&word.as_str()))
}

fn words_of(name: &str) -> Vec<String> {
    let lower = name.to_lowercase();
    let words = lower.split(|letter: char| !letter.is_alphanumeric());
    words.map(str::to_owned).collect()
}

/// Finds out whether a column of texts holds times, and reads them; false where it does not.
///
/// What may be `durations` is times of day only where the name says so, or where they go on.
pub(super) fn find(records: &mut Records, place: usize, durations: bool) -> bool {
    if records.columns[place].spread.count() > 0 {
        return false;
    }
    let name = records.names[place].clone();
    let texts = &records.columns[place].texts;
    let words = || texts.iter().map(|(_, text)| text);
    let values = || words().filter(|text| !words::is_nothing_among_numbers(text));
    let forms: Vec<Form> = match records.is_text(place) {
        true => in_digits(&name, codes::cells(&records.frame.sample, place))
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
    if form.is_clock() && !says_clock(&name) && (durations || records.is_text(place)) {
        let times: Vec<f64> = all.iter().filter_map(|text| form.read(text)).collect();
        let goes_on = times.windows(2).filter(|pair| pair[0] <= pair[1]).count();
        if (goes_on as f64) < 0.9 * (times.len().max(2) - 1) as f64 {
            return false;
        }
    }
    if records.is_text(place) && !says_time(&name) && is_since(form) {
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
    take(records, place, form);
    true
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
pub(super) fn choose(records: &mut Records, place: usize) {
    let texts = &records.columns[place].texts;
    let count = |form: &Form| {
        texts
            .iter()
            .filter(|(_, text)| form.read(text).is_some())
            .count()
    };
    let best = Form::WRITTEN
        .into_iter()
        .chain(Form::DIGITS)
        .rev()
        .max_by_key(count);
    match best.filter(|form| count(form) > 0) {
        Some(form) => take(records, place, form),
        None => {
            records.parts[place] =
                Part::LeftOut("it was chosen to be times, but none of its cells is one");
        }
    }
}

fn take(records: &mut Records, place: usize, form: Form) {
    let texts = std::mem::take(&mut records.columns[place].texts);
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
        records.columns[place].miss_some(missing, line);
    }
    records.parts[place] = Part::Time(form);
    records.findings[place].evidence = Some(format!("its cells are {}", form.name()));
    if let Some((row, count)) = far(&seconds, form) {
        let text = texts.iter().find(|(at, _)| *at as usize == row);
        let text = text.map_or_else(String::new, |(_, text)| text.to_owned());
        records.notes.push(format!(
            "Column {} holds {text} {count} times, far from all other times in it, as programs write where they know none: if it stands for a missing value, say so (--missing {}).",
            quote(&records.names[place]),
            quoted(&text)
        ));
    }
    records.times.push(Times {
        name: records.names[place].clone(),
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
