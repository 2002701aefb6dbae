//! Columns of typed values as the fields of lines.

use std::io::{self, Write};

use super::fields::Fields;

/// Values that are rendered at a time, about; and rows, at least and at most.
const VALUES: usize = 1 << 19;
const ROWS: (usize, usize) = (64, 1 << 13);

/// How many rows of so many columns are rendered at a time: what is looked at first is to be there soon.
pub(super) fn rows_at_once(columns: usize) -> usize {
    (VALUES / columns.max(1)).clamp(ROWS.0, ROWS.1)
}

/// The lines of `rows` rows, each with its field of every column.
pub(super) fn lines(columns: &[Fields], rows: usize) -> Vec<u8> {
    let room = columns.iter().map(|fields| fields.len()).sum();
    let mut text = Vec::with_capacity(room);
    for row in 0..rows {
        columns
            .iter()
            .for_each(|fields| text.extend_from_slice(fields.of(row)));
        // Behind the last field, the delimiter becomes the end of the line.
        if let Some(last) = text.last_mut() {
            *last = b'\n';
        }
    }
    text
}

/// The largest whole number, at six decimals, of which quotients are exact.
const WHOLE: f64 = 1e15;

/// Writes a number so that reading it gives the same bits: by up to six decimals where that is enough,
/// as it is for most that were measured, else by as many digits as it needs.
pub(super) fn push_float(to: &mut Vec<u8>, value: f64) -> io::Result<()> {
    match micros(value).filter(|micros| micros / 1e6 == value) {
        Some(micros) => {
            push_micros(to, micros);
            Ok(())
        }
        None => write!(to, "{value}"),
    }
}

/// The same of a number in single precision.
pub(super) fn push_single(to: &mut Vec<u8>, value: f32) -> io::Result<()> {
    match micros(f64::from(value)).filter(|micros| (micros / 1e6) as f32 == value) {
        // Seven digits are what single precision holds: more would only be noise.
        Some(micros) if value.abs() < 10.0 => {
            push_micros(to, micros);
            Ok(())
        }
        _ => write!(to, "{value}"),
    }
}

/// The millionths of a number, rounded to whole ones; `None` where they are too many to be exact.
fn micros(value: f64) -> Option<f64> {
    let micros = (value * 1e6).round();
    // Minus zero keeps its sign only where it is written by the general way.
    (micros.abs() < WHOLE && (micros != 0.0 || value.is_sign_positive())).then_some(micros)
}

fn push_micros(to: &mut Vec<u8>, micros: f64) {
    if micros < 0.0 {
        to.push(b'-');
    }
    let all = micros.abs() as u64;
    let (whole, mut part) = (all / 1_000_000, all % 1_000_000);
    push_whole(to, whole);
    if part == 0 {
        return;
    }
    to.push(b'.');
    let mut digits = [b'0'; 6];
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (part % 10) as u8;
        part /= 10;
    }
    let end = digits.iter().rposition(|digit| *digit != b'0');
    to.extend_from_slice(&digits[..end.map_or(0, |end| end + 1)]);
}

/// Writes a whole number.
pub(super) fn push_integer(to: &mut Vec<u8>, value: i64) {
    if value < 0 {
        to.push(b'-');
    }
    push_whole(to, value.unsigned_abs());
}

/// Writes a whole number that is not negative.
pub(super) fn push_whole(to: &mut Vec<u8>, mut value: u64) {
    let mut digits = [0; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (value % 10) as u8;
        value /= 10;
        if value == 0 {
            break;
        }
    }
    to.extend_from_slice(&digits[at..]);
}

/// Writes a number of `scale` digits behind its point; a negative scale is that of zeros before it.
pub(super) fn push_decimal(to: &mut Vec<u8>, value: i128, scale: i32) {
    let after = usize::try_from(scale).unwrap_or(0);
    let digits = format!("{:0>width$}", value.unsigned_abs(), width = after + 1);
    let (whole, part) = digits.split_at(digits.len() - after);
    if value < 0 {
        to.push(b'-');
    }
    to.extend_from_slice(whole.as_bytes());
    if value != 0 {
        let zeros = usize::try_from(-scale).unwrap_or(0);
        to.extend(std::iter::repeat_n(b'0', zeros));
    }
    if !part.is_empty() {
        to.push(b'.');
        to.extend_from_slice(part.as_bytes());
    }
}

/// The number that 16 bits stand for in half precision.
pub(super) fn half(bits: u16) -> f32 {
    let sign = if bits & 0x8000 == 0 { 1.0 } else { -1.0 };
    let (exponent, part) = (i32::from(bits >> 10 & 0x1f), f32::from(bits & 0x3ff));
    sign * match exponent {
        0 => part * 2_f32.powi(-24),
        31 if part == 0.0 => f32::INFINITY,
        31 => f32::NAN,
        _ => (1024.0 + part) * 2_f32.powi(exponent - 25),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut to = Vec::new();
        write(&mut to);
        String::from_utf8(to).unwrap()
    }

    #[test]
    fn numbers_are_written_as_people_write_them() {
        let decimal = |value, scale| written(|to| push_decimal(to, value, scale));
        assert_eq!(decimal(-12345, 2), "-123.45");
        assert_eq!(decimal(5, 3), "0.005");
        assert_eq!(decimal(70, 0), "70");
        assert_eq!((decimal(7, -2), decimal(0, -2)), ("700".into(), "0".into()));
        assert_eq!(
            [half(0x3c00), half(0xc100), half(0x0001)],
            [1.0, -2.5, 2_f32.powi(-24)]
        );
        let float = |value| written(|to| push_float(to, value).unwrap());
        for (value, text) in [
            (0.0, "0"),
            (-0.0, "-0"),
            (-12.5, "-12.5"),
            (0.1, "0.1"),
            (1e300, "1000"),
            (1.0 / 3.0, "0.3333333333333333"),
            (123_456.000_001, "123456.000001"),
            (f64::NAN, "NaN"),
            (f64::INFINITY, "inf"),
        ] {
            assert!(float(value).starts_with(text), "{value}: {}", float(value));
        }
        let single = |value| written(|to| push_single(to, value).unwrap());
        assert_eq!((single(0.1), single(123.4)), ("0.1".into(), "123.4".into()));
        let whole = |value| written(|to| push_integer(to, value));
        assert_eq!(
            (whole(i64::MIN), whole(0)),
            (i64::MIN.to_string(), "0".into())
        );
    }

    proptest! {
        #[test]
        fn what_is_written_reads_as_the_same_bits(bits: u64, decimal in -1_000_000_000_i64..1_000_000_000, by in 0_i32..9) {
            for value in [f64::from_bits(bits), decimal as f64 / 10_f64.powi(by)] {
                let text = written(|to| push_float(to, value).unwrap());
                let read: f64 = text.parse().unwrap();
                prop_assert!(read.to_bits() == value.to_bits() || value.is_nan(), "{value} as {text}");
                let value = value as f32;
                let text = written(|to| push_single(to, value).unwrap());
                let read = text.parse::<f64>().unwrap() as f32;
                prop_assert!(read.to_bits() == value.to_bits() || value.is_nan(), "{value} as {text}");
            }
        }
    }
}
