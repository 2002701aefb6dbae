//! One sequence a line: the class and then the values, between tabs, commas or blanks, as in the
//! UCR archive.

use super::super::SequenceError;
use super::super::raw::RawSequence;
use super::how::Numbers;
use super::text::Lines;
use super::{RawSequences, not_a_number};

pub(super) fn read(lines: Lines, name: &str, numbers: &Numbers) -> (Vec<String>, RawSequences) {
    let (name, numbers) = (name.to_owned(), numbers.clone());
    let mut count = 0;
    let rows = lines.filter_map(move |line| match line {
        Ok((_, line)) if line.trim().is_empty() => None,
        Ok((at, line)) => {
            count += 1;
            Some(sequence(
                &line,
                format!("line {at} of {name}"),
                count,
                &numbers,
            ))
        }
        Err(error) => Some(Err(error)),
    });
    (vec!["value".to_owned()], Box::new(rows))
}

fn sequence(
    line: &str,
    place: String,
    number_of: usize,
    numbers: &Numbers,
) -> Result<RawSequence, SequenceError> {
    let mut fields = fields(line);
    let class = fields.next().unwrap_or_default().trim().to_owned();
    let values = fields
        .map(|field| {
            let value = numbers.read(field);
            value.ok_or_else(|| not_a_number(place.clone(), field))
        })
        .collect::<Result<Vec<f32>, SequenceError>>()?;
    Ok(RawSequence {
        id: number_of.to_string(),
        class: Some(tidy(class)),
        channels: vec![values],
        place,
        ..RawSequence::default()
    })
}

fn fields(line: &str) -> Box<dyn Iterator<Item = &str> + '_> {
    match line.contains('\t') {
        true => Box::new(line.split('\t')),
        false if line.contains(',') => Box::new(line.split(',')),
        false => Box::new(line.split_whitespace()),
    }
}

/// A class that is a whole number is written as one: `1.0000000e+00` is 1.
fn tidy(class: String) -> String {
    match class.parse::<f64>() {
        Ok(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        _ => class,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<(Vec<String>, Vec<RawSequence>), SequenceError> {
        let (channels, rows) = super::read(Lines::of(text), "x", &Numbers::default());
        Ok((channels, rows.collect::<Result<_, _>>()?))
    }

    #[test]
    fn a_line_is_a_class_and_values() {
        for text in [
            "1\t0.5\t2\n-1\t3\tNaN\n",
            "1,0.5,2\n-1,3,NaN\n",
            "  1.0000000e+00  0.5  2\n -1 3 NaN\n",
        ] {
            let (channels, raw) = read(text).expect("sequences");
            assert_eq!(channels, ["value"]);
            assert_eq!(
                (raw[0].class.as_deref(), &raw[0].channels),
                (Some("1"), &vec![vec![0.5, 2.0]])
            );
            assert_eq!(raw[1].class.as_deref(), Some("-1"));
            assert!(raw[1].channels[0][1].is_nan());
        }
        let told = read("1\t0.5\n2\tx\n").expect_err("a refusal").to_string();
        assert_eq!(
            told,
            "line 2 of x: “x” is not a number; correct or remove it."
        );
    }
}
