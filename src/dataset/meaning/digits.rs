//! Times that are digits alone.

use crate::dataset::names;
use crate::dataset::written::{Form, OURS, words};

/// Words in the names of columns of times.
const NAMES: [&str; 16] = [
    "time", "date", "datum", "zeit", "uhr", "clock", "stamp", "epoch", "unix", "when", "fecha",
    "jour", "day", "tag", "datetime", "utc",
];

/// How the cells of a column are times, if they are digits alone; `None` where they are numbers.
///
/// Dates such as 20240301 tell themselves. Seconds since 1970 do where the name says so, or where
/// they only go on.
pub(super) fn in_digits<'c>(
    name: &str,
    cells: impl Iterator<Item = &'c str> + Clone,
) -> Option<Form> {
    by_themselves(name, cells.clone()).or_else(|| by_name(name, cells))
}

/// How cells are dates that only the name of their column tells from other numbers.
fn by_name<'c>(name: &str, cells: impl Iterator<Item = &'c str> + Clone) -> Option<Form> {
    let cells: Vec<&str> = cells
        .filter(|cell| !words::is_nothing_among_numbers(cell))
        .collect();
    let words = words_of(name);
    let lower = name.to_lowercase();
    let says = |parts: &[&str], whole: &[&str]| {
        parts.iter().any(|part| lower.contains(part))
            || words.iter().any(|word| whole.contains(&word.as_str()))
    };
    let forms: &[Form] = if says(
        &["week", "woche", "semaine", "semana"],
        &["kw", "cw", "yyyyww"],
    ) {
        &[Form::WeekDigits]
    } else if says(
        &["month", "monat", "yyyymm", "mois"],
        &["ym", "period", "periode", "mes", "mese"],
    ) && cells.iter().all(|cell| cell.len() == 6)
    {
        &[Form::Digits]
    } else if says(
        &["date", "datum", "fecha", "yymmdd", "ddmmyy"],
        &["day", "tag", "doy"],
    ) {
        &[Form::ShortDigits, Form::DayFirstDigits, Form::OrdinalDigits]
    } else {
        &[]
    };
    let span = |form: &Form| {
        let times = cells.iter().filter_map(|cell| form.read(cell));
        let (low, high) = times.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), time| {
            (low.min(time), high.max(time))
        });
        high - low
    };
    let fits = |form: &&Form| cells.iter().all(|cell| form.read(cell).is_some());
    // Of several, the one that makes the shorter time of it.
    let form = forms
        .iter()
        .filter(fits)
        .min_by(|a, b| span(a).total_cmp(&span(b)));
    form.copied().filter(|_| cells.len() >= FEWEST)
}

/// Fewest cells of which it is no chance that all are dates.
const FEWEST: usize = 3;

/// How cells are times by what they hold.
fn by_themselves<'c>(name: &str, cells: impl Iterator<Item = &'c str> + Clone) -> Option<Form> {
    let cells = cells.filter(|cell| !words::is_nothing_among_numbers(cell));
    if are_months(cells.clone()) {
        return Some(Form::DayFirst);
    }
    let fits = |form: &Form| {
        let is_possible = match form {
            Form::Spreadsheet | Form::Julian => says_date(name),
            Form::Since1904 => says_time(name),
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

pub(super) fn says_time(name: &str) -> bool {
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
