//! The digits of a number, with their marks.

use std::borrow::Cow;

use super::{Hand, Trait};

/// The zeros of scripts with digits of their own: Arabic, Persian, Hindi, Bengali, Thai, and the wide
/// ones of East Asia.
const ZEROS: [u32; 6] = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10];

/// A number in digits of another script, in digits from 0 to 9; `None` where it has none.
pub(super) fn ascii(text: &str, hand: Hand) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let decimal = char::from(hand.decimal);
    let other = if hand.decimal == b'.' { ',' } else { '.' };
    let mut found = false;
    let one = |letter: char| {
        let code = u32::from(letter);
        let digit = ZEROS
            .iter()
            .find_map(|zero| code.checked_sub(*zero).filter(|digit| *digit < 10));
        found |= digit.is_some();
        match (digit.and_then(|digit| char::from_digit(digit, 10)), letter) {
            (Some(digit), _) => digit,
            (None, '٫') => decimal,
            (None, '٬') => other,
            (None, '．') => '.',
            (None, '，') => ',',
            (None, '－') => '-',
            (None, '％') => '%',
            _ => letter,
        }
    };
    let text: String = text.chars().map(one).collect();
    found.then_some(text)
}

pub(super) fn is_space(letter: char) -> bool {
    matches!(
        letter,
        ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2007}'
    )
}

fn is_group(letter: char) -> bool {
    is_space(letter) || matches!(letter, '\'' | '’' | '_')
}

/// Where the digits of a number end, with their marks and exponent.
pub(super) fn digits_end(text: &str) -> usize {
    let mut end = 0;
    for (at, letter) in text.char_indices() {
        let after = &text[at + letter.len_utf8()..];
        let digit_follows = after.starts_with(|next: char| next.is_ascii_digit());
        let belongs = match letter {
            '0'..='9' => true,
            '.' | ',' => true,
            'e' | 'E' if end > 0 => {
                let exponent = after.strip_prefix(['-', '+']).unwrap_or(after);
                exponent.starts_with(|next: char| next.is_ascii_digit())
            }
            // As Fortran writes double precision.
            'd' | 'D' if text[..at].contains(['.', ',']) => {
                let exponent = after.strip_prefix(['-', '+']).unwrap_or_default();
                exponent.starts_with(|next: char| next.is_ascii_digit())
            }
            '-' | '+' => text[..at].ends_with(['e', 'E', 'd', 'D']) && digit_follows,
            _ => is_group(letter) && digit_follows && end > 0,
        };
        if !belongs {
            break;
        }
        end = at + letter.len_utf8();
    }
    end
}

/// Reads digits with their marks, without a sign.
pub(super) fn magnitude(text: &str, hand: Hand, traits: &mut Vec<Trait>) -> Option<f64> {
    let decimal = char::from(hand.decimal);
    let other = if hand.decimal == b'.' { ',' } else { '.' };
    let (number, exponent) = match text.find(['e', 'E', 'd', 'D']) {
        Some(at) => (&text[..at], &text[at + 1..]),
        None => (text, "0"),
    };
    let (whole, part) = match number.split_once(decimal) {
        Some((whole, part)) => (whole, Some(part)),
        None => (number, None),
    };
    if part.is_some_and(|part| !part.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let mut whole = Cow::Borrowed(whole);
    if let Some(mark) = whole.chars().find(|letter| !letter.is_ascii_digit()) {
        if mark != other && !is_group(mark) {
            return None;
        }
        let same = |letter: char| letter == mark || (is_space(mark) && is_space(letter));
        let groups: Vec<&str> = whole.split(same).collect();
        if !are_groups(&groups, mark) {
            return None;
        }
        traits.push(match mark {
            '_' => Trait::Underscores,
            _ => Trait::Thousands,
        });
        whole = Cow::Owned(groups.concat());
    }
    if whole.is_empty() && part.unwrap_or_default().is_empty() {
        return None;
    }
    let plain = format!("{whole}.{}e{exponent}", part.unwrap_or("0"));
    let value: f64 = plain.parse().ok()?;
    (value as f32).is_finite().then_some(value)
}

/// Whether digits are grouped by thousands, or as in India by hundreds above the first thousand.
fn are_groups(groups: &[&str], mark: char) -> bool {
    let Some((first, rest)) = groups.split_first() else {
        return false;
    };
    let is_digits = |group: &&str| group.bytes().all(|byte| byte.is_ascii_digit());
    let Some((last, middle)) = rest.split_last() else {
        return false;
    };
    let are = |length: usize| middle.iter().all(|group| group.len() == length);
    let is_first = |most: usize| (1..=most).contains(&first.len()) && !first.starts_with('0');
    groups.iter().all(is_digits)
        && last.len() == 3
        && ((are(3) && is_first(3)) || (mark == ',' && !middle.is_empty() && are(2) && is_first(2)))
}
