//! `.ts` files of aeon and sktime.
//!
//! Lines that begin with `#` are comments and those with `@` say what follows; after `@data` each
//! line is a sequence: channels between colons, values between commas, the class at the end.

use super::super::SequenceError;
use super::super::raw::RawSequence;
use super::how::Numbers;
use super::text::Lines;
use super::{RawSequences, not_a_number};

/// What the head of a file says.
#[derive(Default)]
struct Head {
    /// Whether values come as `(time,value)`.
    times: bool,
    /// Whether the last field is a class or, in files for regression, a target.
    class: bool,
}

pub(super) fn read(
    mut lines: Lines,
    name: &str,
    numbers: &Numbers,
) -> Result<(Vec<String>, RawSequences), SequenceError> {
    let head = head(&mut lines, name)?;
    let (of, numbers) = (name.to_owned(), numbers.clone());
    let mut count = 0;
    let mut rows = lines
        .filter_map(move |line| match line {
            Ok((_, line)) if line.trim().is_empty() || line.trim().starts_with('#') => None,
            Ok((at, line)) => {
                count += 1;
                let place = format!("line {at} of {of}");
                Some(sequence(
                    line.trim(),
                    (&head, &numbers),
                    place,
                    count.to_string(),
                ))
            }
            Err(error) => Some(Err(error)),
        })
        .peekable();
    // The first sequence tells how many channels there are.
    let width = match rows.peek() {
        Some(Ok(first)) => first.channels.len(),
        Some(Err(error)) => return Err(error.clone()),
        None => {
            return Err(SequenceError::new(
                name,
                "there is no sequence after the line @data; write one a line",
            ));
        }
    };
    let channels = (1..=width).map(|channel| format!("channel {channel}"));
    Ok((channels.collect(), Box::new(rows)))
}

/// Reads the lines up to `@data`.
fn head(lines: &mut Lines, name: &str) -> Result<Head, SequenceError> {
    let mut head = Head::default();
    for line in lines {
        let (at, line) = line?;
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let Some(tag) = line.strip_prefix('@') else {
            return Err(SequenceError::new(
                format!("line {at} of {name}"),
                "there are values before the line @data; add it",
            ));
        };
        let mut words = tag.split_whitespace();
        let tag = words.next().unwrap_or_default().to_ascii_lowercase();
        let yes = words
            .next()
            .is_some_and(|word| word.eq_ignore_ascii_case("true"));
        match tag.as_str() {
            "data" => return Ok(head),
            "timestamps" => head.times = yes,
            "classlabel" | "targetlabel" => head.class |= yes,
            // The rest says what the values themselves say.
            _ => {}
        }
    }
    Err(SequenceError::new(
        name,
        "there is no line @data; a .ts file has one before its sequences",
    ))
}

fn sequence(
    line: &str,
    (head, numbers): (&Head, &Numbers),
    place: String,
    id: String,
) -> Result<RawSequence, SequenceError> {
    let (values, class) = match head.class {
        true => match line.rsplit_once(':') {
            Some((values, class)) => (values, Some(class.trim().to_owned())),
            None => {
                return Err(SequenceError::new(
                    place,
                    "there is no class at the end, after a colon, though @classLabel says so; add it",
                ));
            }
        },
        false => (line, None),
    };
    let mut channels = Vec::new();
    let mut times = None;
    // With times there are commas within brackets, and colons may stand in a time.
    for (channel, text) in split(values, head.times).enumerate() {
        let place = || format!("{place}, channel {}", channel + 1);
        let values = match head.times {
            false => text
                .split(',')
                .map(|field| {
                    let value = numbers.read(field);
                    value.ok_or_else(|| not_a_number(place(), field))
                })
                .collect::<Result<_, _>>()?,
            true => {
                let (own, values) = timed(text, numbers, place)?;
                if times.as_ref().is_some_and(|times| *times != own) {
                    return Err(SequenceError::new(
                        place(),
                        "its times are not those of the first channel; give all channels of a sequence the same times",
                    ));
                }
                times = Some(own);
                values
            }
        };
        channels.push(values);
    }
    Ok(RawSequence {
        place,
        id,
        class,
        channels,
        times,
        phases: None,
    })
}

fn split(values: &str, times: bool) -> impl Iterator<Item = &str> {
    let mut depth = 0_u32;
    values.split(move |letter: char| {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        letter == ':' && (!times || depth == 0)
    })
}

/// Reads `(time,value),(time,value)`; times are numbers.
fn timed(
    text: &str,
    numbers: &Numbers,
    place: impl Fn() -> String,
) -> Result<(Vec<f64>, Vec<f32>), SequenceError> {
    let (mut times, mut values) = (Vec::new(), Vec::new());
    for pair in text.split('(').skip(1) {
        let pair = pair
            .trim()
            .trim_end_matches(',')
            .trim_end()
            .trim_end_matches(')');
        let Some((time, value)) = pair.rsplit_once(',') else {
            return Err(SequenceError::new(
                place(),
                "a moment is not of the form (time,value); write both",
            ));
        };
        let Some(time) = time
            .trim()
            .parse::<f64>()
            .ok()
            .filter(|time| time.is_finite())
        else {
            return Err(SequenceError::new(
                place(),
                format!(
                    "the time “{}” is not a number; count it in some unit",
                    time.trim().escape_debug()
                ),
            ));
        };
        times.push(time);
        let value = numbers
            .read(value)
            .ok_or_else(|| not_a_number(place(), value))?;
        values.push(value);
    }
    Ok((times, values))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<(Vec<String>, Vec<RawSequence>), SequenceError> {
        let (channels, rows) = super::read(Lines::of(text), "x", &Numbers::default())?;
        Ok((channels, rows.collect::<Result<_, _>>()?))
    }

    #[test]
    fn channels_classes_and_unequal_lengths_are_read() {
        let text = "# c\n@problemName X\n@classLabel true a b\n@data\n1,2,3:4,5,6:a\n1,?:2,3:b\n";
        let (channels, raw) = read(text).expect("sequences");
        assert_eq!(channels, ["channel 1", "channel 2"]);
        assert_eq!(raw[0].channels, [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
        assert_eq!(
            (raw[1].class.as_deref(), raw[1].channels[0].len()),
            (Some("b"), 2)
        );
        assert!(raw[1].channels[0][1].is_nan());
        assert_eq!(
            (raw[1].place.as_str(), raw[1].id.as_str()),
            ("line 6 of x", "2")
        );
    }

    #[test]
    fn times_are_read() {
        let text = "@timeStamps true\n@classLabel false\n@data\n(0,1),(1,2.5):(0,3),(1,4)\n";
        let (_, raw) = read(text).expect("sequences");
        assert_eq!(raw[0].times, Some(vec![0.0, 1.0]));
        assert_eq!(raw[0].channels, [[1.0, 2.5], [3.0, 4.0]]);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let told = |text: &str| read(text).expect_err("a refusal").to_string();
        assert_eq!(
            told("@classLabel true a\n@data\n1,b,3:a\n"),
            "line 3 of x, channel 1: “b” is not a number; correct or remove it."
        );
        assert!(
            told("@classLabel true a\n@data\n1,2\n").starts_with("line 3 of x: there is no class")
        );
        assert!(told("1,2\n").contains("before the line @data"));
        assert!(told("@classLabel true\n").contains("no line @data"));
        assert!(told("@timeStamps true\n@data\n(2001-01-01,3)\n").contains("is not a number"));
    }
}
