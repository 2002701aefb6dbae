//! One moment a line: the sequence it belongs to, perhaps its time, and a value a channel.

use std::collections::BTreeMap;

use csv::{ReaderBuilder, StringRecord};

use super::super::SequenceError;
use super::super::options::SequenceLayout;
use super::super::raw::RawSequence;
use super::how::{Numbers, delimiter};
use super::{Found, TimesReader, not_a_number};

/// The places of the columns that a layout names.
struct Places {
    id: usize,
    time: Option<usize>,
    class: Option<usize>,
    phase: Option<usize>,
    channels: Vec<usize>,
    /// Whether the channels are those that hold numbers, as none were named.
    inferred: bool,
}

pub(super) fn read(
    text: &str,
    name: &str,
    layout: Option<&SequenceLayout>,
    (numbers, seconds): (&Numbers, &TimesReader<'_>),
) -> Result<Found, SequenceError> {
    let Some(layout) = layout else {
        return Err(SequenceError::new(
            name,
            "whether a line is a sequence or a moment cannot be told; say --sequences lines or --sequences long",
        ));
    };
    let delimiter = delimiter(text);
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let damaged =
        |error: csv::Error| SequenceError::new(name, format!("the table does not read: {error}"));
    let header = reader.headers().map_err(damaged)?.clone();
    let records = reader
        .records()
        .collect::<Result<Vec<StringRecord>, _>>()
        .map_err(damaged)?;
    let fields = records.iter().flat_map(StringRecord::iter);
    let is_chosen = numbers.decimal.is_some();
    let numbers = numbers.clone().by_fields(delimiter, fields);
    let places = places(&header, (records.first(), &numbers), name, layout)?;
    has_ids(&records, places.id, name, &header[places.id])?;
    let names: Vec<String> = places
        .channels
        .iter()
        .map(|&at| header[at].to_owned())
        .collect();
    let times = places.time.map(|column| {
        let place = |line: &str| format!("{line}column {} of {name}", &header[column]);
        times(&records, column, place, (&numbers, seconds))
    });
    let times = times.transpose()?;
    let mut order: BTreeMap<&str, usize> = BTreeMap::new();
    let mut raw: Vec<RawSequence> = Vec::new();
    for (row, record) in records.iter().enumerate() {
        let line = record.position().map_or(0, csv::Position::line);
        let id = record.get(places.id).unwrap_or_default();
        let at = *order.entry(id).or_insert(raw.len());
        if at == raw.len() {
            raw.push(RawSequence {
                place: format!("sequence {id} of {name} (from line {line} on)"),
                id: id.to_owned(),
                class: places
                    .class
                    .map(|at| record.get(at).unwrap_or_default().to_owned()),
                channels: vec![Vec::new(); places.channels.len()],
                times: places.time.map(|_| Vec::new()),
                phases: places.phase.map(|_| Vec::new()),
            });
        }
        let sequence = &mut raw[at];
        let place = |column: usize| format!("line {line} of {name}, column {}", &header[column]);
        for (&column, values) in places.channels.iter().zip(&mut sequence.channels) {
            let field = record.get(column).unwrap_or_default();
            let value = numbers.read(field);
            values.push(value.ok_or_else(|| not_a_number(place(column), field))?);
        }
        if let (Some(all), Some(own)) = (&times, &mut sequence.times) {
            own.push(all[row]);
        }
        if let (Some(column), Some(phases)) = (places.phase, &mut sequence.phases) {
            phases.push(record.get(column).unwrap_or_default().trim().to_owned());
        }
        let class = places.class.map(|at| record.get(at).unwrap_or_default());
        if class != sequence.class.as_deref() {
            return Err(SequenceError::new(
                format!("line {line} of {name}"),
                format!(
                    "the class of sequence {id} is another than before; a sequence has one class"
                ),
            ));
        }
    }
    raw.iter_mut().for_each(in_time);
    Ok(Found {
        notes: notes(
            &header,
            &places,
            &names,
            !is_chosen && numbers.decimal.is_some(),
        ),
        channels: names,
        rows: Box::new(raw.into_iter().map(Ok)),
    })
}

/// Refuses a moment of no sequence, with its line: such moments would make one of their own.
fn has_ids(
    records: &[StringRecord],
    id: usize,
    name: &str,
    column: &str,
) -> Result<(), SequenceError> {
    let is_lacking = |record: &&StringRecord| record.get(id).is_none_or(|id| id.trim().is_empty());
    let Some(record) = records.iter().find(is_lacking) else {
        return Ok(());
    };
    let line = record.position().map_or(0, csv::Position::line);
    Err(SequenceError::new(
        format!("line {line} of {name}"),
        format!("no id in the column {column}; name the sequence of this moment, or remove it"),
    ))
}

/// Sentences about what was inferred: which columns are channels, and that none is the time.
fn notes(header: &StringRecord, places: &Places, names: &[String], commas: bool) -> Vec<String> {
    let mut notes = Vec::new();
    if commas {
        notes.push("The numbers are read with decimal commas.".to_owned());
    }
    let is_time = |name: &&String| {
        TIMES
            .iter()
            .any(|time| name.trim().eq_ignore_ascii_case(time))
    };
    if let (None, Some(time)) = (places.time, names.iter().find(is_time)) {
        notes.push(format!(
            "No column of times is chosen, so that moments are in the order of the lines, and {time} is one of the channels ({}); where it is the time, say so (--time {time}).",
            names.join(", ")
        ));
    } else if places.inferred {
        let taken = [Some(places.id), places.time, places.class, places.phase];
        let is_left = |at: &usize| !taken.contains(&Some(*at)) && !places.channels.contains(at);
        let left: Vec<&str> = (0..header.len())
            .filter(is_left)
            .map(|at| &header[at])
            .collect();
        if !left.is_empty() {
            notes.push(format!(
                "The channels are {}; left out, as they begin with no number: {}.",
                names.join(", "),
                left.join(", ")
            ));
        }
    }
    notes
}

/// What columns of times are usually called.
const TIMES: [&str; 8] = [
    "t",
    "time",
    "timestamp",
    "date",
    "datetime",
    "zeit",
    "seconds",
    "time_s",
];

/// The times of all moments: numbers, or dates and times of day of one form in seconds.
fn times(
    records: &[StringRecord],
    column: usize,
    place: impl Fn(&str) -> String,
    (numbers, seconds): (&Numbers, &TimesReader<'_>),
) -> Result<Vec<f64>, SequenceError> {
    let fields = records.iter().map(|record| record.get(column));
    let fields: Vec<&str> = fields
        .map(|field| field.unwrap_or_default().trim())
        .collect();
    let line = |row: usize| {
        let line = records[row].position().map_or(0, csv::Position::line);
        format!("line {line}, ")
    };
    if let Some(row) = fields.iter().position(|field| field.is_empty()) {
        return Err(SequenceError::new(
            place(&line(row)),
            "the time is missing; write it, or remove the moment",
        ));
    }
    let number = |field: &&str| {
        let time = numbers.pointed(field)?.parse::<f64>().ok();
        time.filter(|time| time.is_finite())
    };
    let numbers: Vec<Option<f64>> = fields.iter().map(number).collect();
    // What is no number among numbers is told with its line.
    if let Some(row) = numbers.iter().position(Option::is_none)
        && numbers.iter().any(Option::is_some)
    {
        return Err(not_a_number(place(&line(row)), fields[row]));
    }
    match numbers.into_iter().collect::<Option<Vec<f64>>>() {
        Some(numbers) => Ok(numbers),
        None => seconds(&fields).map_err(|why| SequenceError::new(place(""), why)),
    }
}

/// Sorts the moments of a sequence by their time.
fn in_time(sequence: &mut RawSequence) {
    let Some(times) = &sequence.times else {
        return;
    };
    if times.is_sorted() {
        return;
    }
    let mut order: Vec<usize> = (0..times.len()).collect();
    order.sort_by(|&a, &b| times[a].total_cmp(&times[b]).then(a.cmp(&b)));
    sequence.times = Some(order.iter().map(|&at| times[at]).collect());
    for channel in &mut sequence.channels {
        *channel = order.iter().map(|&at| channel[at]).collect();
    }
    if let Some(phases) = &mut sequence.phases {
        *phases = order.iter().map(|&at| phases[at].clone()).collect();
    }
}

fn places(
    header: &StringRecord,
    (first, numbers): (Option<&StringRecord>, &Numbers),
    name: &str,
    layout: &SequenceLayout,
) -> Result<Places, SequenceError> {
    let SequenceLayout::Long {
        id,
        time,
        class,
        phase,
        channels,
    } = layout
    else {
        return Err(SequenceError::new(name, "the columns are not named"));
    };
    let place = |wanted: &str| {
        let exact = header.iter().position(|column| column == wanted);
        let found = exact.or_else(|| {
            header
                .iter()
                .position(|column| column.eq_ignore_ascii_case(wanted))
        });
        found.ok_or_else(|| {
            let columns: Vec<&str> = header.iter().take(12).collect();
            SequenceError::new(
                name,
                format!(
                    "there is no column {wanted}; there are {}",
                    columns.join(", ")
                ),
            )
        })
    };
    let perhaps = |wanted: &Option<String>| wanted.as_deref().map(place).transpose();
    let mut places = Places {
        id: place(id)?,
        time: perhaps(time)?,
        class: perhaps(class)?,
        phase: perhaps(phase)?,
        channels: channels
            .iter()
            .map(|channel| place(channel))
            .collect::<Result<_, _>>()?,
        inferred: channels.is_empty(),
    };
    if places.inferred {
        let taken = [Some(places.id), places.time, places.class, places.phase];
        let is_number = |at: &usize| {
            first
                .and_then(|record| record.get(*at))
                .is_some_and(|field| numbers.read(field).is_some())
        };
        places.channels = (0..header.len())
            .filter(|at| !taken.contains(&Some(*at)))
            .filter(is_number)
            .collect();
    }
    if places.channels.is_empty() {
        return Err(SequenceError::new(
            name,
            "no column but those that are named begins with a number, so that there is no channel; name the channels (--channels)",
        ));
    }
    Ok(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<(Vec<String>, Vec<RawSequence>), SequenceError> {
        let dates = |texts: &[&str]| -> Result<Vec<f64>, String> {
            let known = texts
                .iter()
                .map(|text| text.strip_prefix("day ")?.parse().ok());
            known
                .collect::<Option<_>>()
                .ok_or_else(|| "no days".to_owned())
        };
        let how: (_, &TimesReader<'_>) = (&Numbers::default(), &dates);
        let found = super::read(text, "x", Some(&layout()), how)?;
        Ok((found.channels, found.rows.collect::<Result<_, _>>()?))
    }

    fn layout() -> SequenceLayout {
        SequenceLayout::Long {
            id: "run".into(),
            time: Some("t".into()),
            class: Some("kind".into()),
            phase: Some("phase".into()),
            channels: Vec::new(),
        }
    }

    #[test]
    fn moments_are_gathered_by_sequence_and_sorted_by_time() {
        let text = "run,t,x,y,kind,phase,note\na,1,2,3,k,up,n\na,0,1,,k,low,n\nb,0,5,6,m,low,n\na,2,3,4,k,up,n\n";
        let (channels, raw) = read(text).expect("sequences");
        assert_eq!(channels, ["x", "y"]);
        assert_eq!(raw[0].channels[0], [1.0, 2.0, 3.0]);
        assert_eq!(raw[0].times, Some(vec![0.0, 1.0, 2.0]));
        assert_eq!(
            raw[0].phases.as_deref(),
            Some(&["low", "up", "up"].map(String::from)[..])
        );
        assert_eq!(
            (raw[1].id.as_str(), raw[1].class.as_deref()),
            ("b", Some("m"))
        );
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line_and_column() {
        let told = |text: &str| read(text).expect_err("a refusal").to_string();
        assert!(told("run,t,x\n").contains("no column kind; there are run, t, x"));
        assert!(told("run,t,kind,phase\n").contains("there is no channel"));
        let head = "run,t,x,kind,phase\n";
        assert!(
            told(&format!("{head}a,0,1,k,p\na,b,2,k,p\n"))
                .starts_with("line 3, column t of x: “b”")
        );
        // Dates are read by who knows them, and sorted as numbers are.
        let (_, raw) = read(&format!("{head}a,day 2,1,k,p\na,day 1,2,k,p\n")).expect("days");
        assert_eq!(raw[0].times, Some(vec![1.0, 2.0]));
        assert_eq!(raw[0].channels[0], [2.0, 1.0]);
        // A moment of no sequence, or of no time, is told before all else.
        for (line, told_of) in [
            (
                "a,0,1,k,p\n ,1,2,k,p\n",
                "line 3 of x: no id in the column run",
            ),
            ("a,day 1,1,k,p\n,,2,k,p\n", "line 3 of x: no id"),
            (
                "a,day 1,1,k,p\na,,2,k,p\n",
                "line 3, column t of x: the time is missing",
            ),
        ] {
            let told = told(&format!("{head}{line}"));
            assert!(told.starts_with(told_of), "{told}");
        }
        assert!(told(&format!("{head}a,soon,1,k,p\n")).starts_with("column t of x: no days"));
        assert!(
            told(&format!("{head}a,0,1,k,p\na,1,2,m,p\n"))
                .contains("the class of sequence a is another")
        );
    }
}
