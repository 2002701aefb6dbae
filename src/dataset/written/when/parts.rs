//! The parts of a text that holds a time and nothing else.

use super::clock::clock;
use super::month::{is_day, month_of};

/// Longest text, in bytes.
const LONGEST: usize = 48;

/// Most words, numbers and signs.
const MOST: usize = 24;

/// A part of a date: a number, or the name of a month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Part<'t> {
    Number(&'t str),
    Month(&'t str, u32),
}

impl<'t> Part<'t> {
    pub(super) fn text(self) -> &'t str {
        match self {
            Self::Number(text) | Self::Month(text, _) => text,
        }
    }

    pub(super) fn number(self) -> Option<&'t str> {
        match self {
            Self::Number(text) => Some(text),
            Self::Month(..) => None,
        }
    }

    pub(super) fn word(self) -> Option<u32> {
        match self {
            Self::Month(_, month) => Some(month),
            Self::Number(_) => None,
        }
    }
}

/// The parts of a time.
#[derive(Debug, PartialEq)]
pub(super) struct Parts<'t> {
    /// Year, month and day in the order in which they stand, as far as they do.
    pub(super) date: Vec<Part<'t>>,
    /// The time of day, in seconds of UTC where a zone is named.
    pub(super) seconds: Option<f64>,
    /// Whether the second part of the date is a week of the year.
    pub(super) is_week: bool,
}

/// A word, a number or a sign of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Token<'t> {
    Number(&'t str),
    Word(&'t str),
    Sign(char),
}

impl<'t> Parts<'t> {
    /// Takes a text apart; `None` where anything in it belongs to no time.
    pub(super) fn of(text: &'t str) -> Option<Self> {
        if text.len() > LONGEST || !text.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        // A zone by its place follows its number.
        let text = match text.find('[') {
            Some(at) if at > 0 => text.strip_suffix(']').map(|_| &text[..at])?,
            Some(_) => text.strip_prefix('[')?.strip_suffix(']')?,
            None => without_place(text),
        };
        let tokens = tokens(text)?;
        let mut reading = Reading::default();
        let mut at = 0;
        while at < tokens.len() {
            at += reading.take(&tokens[at..])?;
        }
        reading.end()
    }

    /// The time of day where there is no date.
    pub(super) fn clock_alone(self) -> Option<f64> {
        self.date.is_empty().then_some(self.seconds)?
    }
}

/// A time of day without the place of its zone behind it, such as `Europe/Berlin`: it is local time.
fn without_place(text: &str) -> &str {
    match text.rsplit_once(' ') {
        Some((before, region))
            if before.contains(':')
                && region.contains('/')
                && region
                    .bytes()
                    .all(|byte| byte.is_ascii_alphabetic() || b"/_-".contains(&byte)) =>
        {
            before
        }
        _ => text,
    }
}

/// A number of one digit as of two.
fn padded(number: &str) -> &str {
    const DIGITS: [&str; 10] = ["00", "01", "02", "03", "04", "05", "06", "07", "08", "09"];
    let digit = |number: &str| DIGITS.get(number.parse::<usize>().ok()?).copied();
    let is_short = number.len() == 1;
    digit(number).filter(|_| is_short).unwrap_or(number)
}

fn tokens(text: &str) -> Option<Vec<Token<'_>>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let same = |is: fn(char) -> bool| rest.find(|letter| !is(letter)).unwrap_or(rest.len());
        let end = if first.is_ascii_digit() {
            let end = same(|letter| letter.is_ascii_digit());
            tokens.push(Token::Number(&rest[..end]));
            end
        } else if first.is_alphabetic() {
            let end = same(char::is_alphabetic);
            tokens.push(Token::Word(&rest[..end]));
            end
        } else {
            if !first.is_whitespace() {
                tokens.push(Token::Sign(first));
            }
            first.len_utf8()
        };
        if tokens.len() > MOST {
            return None;
        }
        rest = &rest[end..];
    }
    Some(tokens)
}

/// What was found so far.
#[derive(Default)]
struct Reading<'t> {
    date: Vec<Part<'t>>,
    is_week: bool,
    /// Hours, minutes, seconds.
    clock: Vec<&'t str>,
    fraction: &'t str,
    afternoon: Option<bool>,
    /// Seconds ahead of UTC.
    zone: Option<f64>,
}

impl<'t> Reading<'t> {
    /// Takes the first tokens in; returns how many.
    fn take(&mut self, tokens: &[Token<'t>]) -> Option<usize> {
        use Token::{Number, Sign, Word};
        match *tokens {
            // 2024-W09-5
            [Word("W"), Number(week), ..] if week.len() == 2 && self.date.len() == 1 => {
                self.is_week = true;
                self.date.push(Part::Number(week));
                Some(2)
            }
            // +01:00 and +0100 behind a time of day
            [
                Sign(sign @ ('+' | '-')),
                Number(hours),
                Sign(':'),
                Number(minutes),
                ..,
            ] if self.has_clock() && hours.len() == 2 && minutes.len() == 2 => {
                self.set_zone(sign, hours, minutes)?;
                Some(4)
            }
            [Sign(sign @ ('+' | '-')), Number(zone), ..]
                if self.has_clock() && matches!(zone.len(), 2 | 4) =>
            {
                self.set_zone(sign, &zone[..2], zone.get(2..).unwrap_or("00"))?;
                Some(2)
            }
            [Number(first), Sign(':'), Number(_), ..]
                if self.clock.is_empty() && first.len() <= 2 =>
            {
                Some(self.take_clock(tokens, |sign| sign == ':'))
            }
            // The time of day by points or hyphens, behind a whole date.
            [Number(first), Sign('.' | '-'), Number(_), ..]
                if self.clock.is_empty() && self.date.len() == 3 && first.len() == 2 =>
            {
                Some(self.take_clock(tokens, |sign| matches!(sign, '.' | '-')))
            }
            [
                Number(hour),
                Word("h" | "H" | "时" | "時" | "點" | "点" | "시"),
                Number(minute),
                ..,
            ] if self.clock.is_empty() => {
                self.clock = vec![hour, padded(minute)];
                let second = match tokens.get(3..) {
                    Some([Word("分" | "분"), Number(second), Word("秒" | "초"), ..]) => {
                        Some(padded(second))
                    }
                    _ => None,
                };
                self.clock.extend(second);
                Some(3 + if second.is_some() { 3 } else { 0 })
            }
            // 20240301T001500.250
            [Sign('.' | ','), Number(fraction), ..]
                if self.clock.len() == 3 && self.date.len() == 3 && self.fraction.is_empty() =>
            {
                self.fraction = fraction;
                Some(2)
            }
            [Number(digits), ..] => {
                self.take_digits(digits)?;
                Some(1)
            }
            [Word(word), ..] => {
                self.take_word(word)?;
                Some(1)
            }
            [Sign('-' | '/' | '.' | ',' | '_' | ':'), ..] => Some(1),
            _ => None,
        }
    }

    fn has_clock(&self) -> bool {
        !self.clock.is_empty()
    }

    fn set_zone(&mut self, sign: char, hours: &str, minutes: &str) -> Option<()> {
        let (hours, minutes): (f64, f64) = (hours.parse().ok()?, minutes.parse().ok()?);
        let ahead = (hours * 60.0 + minutes) * 60.0;
        self.zone = Some(if sign == '-' { -ahead } else { ahead });
        Some(())
    }

    /// Takes hours, minutes, seconds and their fraction in; returns how many tokens they are.
    fn take_clock(&mut self, tokens: &[Token<'t>], is_between: fn(char) -> bool) -> usize {
        let mut taken = 0;
        while let Some(Token::Number(number)) = tokens.get(taken) {
            taken += 1;
            if self.clock.len() == 3 {
                self.fraction = number;
                break;
            }
            self.clock.push(number);
            match tokens.get(taken) {
                Some(Token::Sign(sign))
                    if match self.clock.len() {
                        3 => matches!(sign, '.' | ','),
                        _ => is_between(*sign),
                    } =>
                {
                    taken += 1;
                }
                _ => break,
            }
        }
        taken
    }

    fn take_digits(&mut self, digits: &'t str) -> Option<()> {
        match (digits.len(), self.date.len(), self.clock.len()) {
            // 20240301T001500
            (8, 0, 0) => {
                self.date = [&digits[..4], &digits[4..6], &digits[6..]]
                    .map(Part::Number)
                    .to_vec();
            }
            (4 | 6, 3, 0) => {
                self.clock = (0..digits.len() / 2)
                    .map(|at| &digits[2 * at..2 * at + 2])
                    .collect();
            }
            (1..=4, 0..3, _) => self.date.push(Part::Number(digits)),
            _ => return None,
        }
        Some(())
    }

    fn take_word(&mut self, word: &'t str) -> Option<()> {
        let lower = word.to_lowercase();
        let zone = match lower.as_str() {
            "z" | "utc" | "gmt" | "wet" => Some(0.0),
            "cet" | "mez" | "bst" | "west" => Some(1.0),
            "cest" | "mesz" | "eet" => Some(2.0),
            "eest" | "msk" => Some(3.0),
            "ist" => Some(5.5),
            "jst" | "kst" => Some(9.0),
            "edt" => Some(-4.0),
            "est" | "cdt" => Some(-5.0),
            "cst" | "mdt" => Some(-6.0),
            "mst" | "pdt" => Some(-7.0),
            "pst" => Some(-8.0),
            _ => None,
        };
        if let (Some(zone), true) = (zone, self.has_clock()) {
            self.zone = Some(zone * 3600.0);
            return Some(());
        }
        match lower.as_str() {
            "am" | "오전" | "上午" => self.afternoon = Some(false),
            "pm" | "오후" | "下午" => self.afternoon = Some(true),
            // `a.m.` and `p.m.`
            "a" if self.has_clock() => self.afternoon = Some(false),
            "p" if self.has_clock() => self.afternoon = Some(true),
            "m" if self.afternoon.is_some() => {}
            "t" | "d" | "uhr" | "h" | "г" | "um" | "at" | "de" | "den" | "of" | "th" | "st"
            | "nd" | "rd" | "年" | "月" | "日" | "년" | "월" | "일" | "분" | "分" | "초" | "秒"
                if !self.date.is_empty() || self.has_clock() => {}
            day if is_day(day) => {}
            _ => {
                let month = month_of(word)?;
                (self.date.len() < 3).then(|| self.date.push(Part::Month(word, month)))?;
            }
        }
        Some(())
    }

    fn end(self) -> Option<Parts<'t>> {
        if self.clock.len() == 1
            || self
                .date
                .iter()
                .filter(|part| part.word().is_some())
                .count()
                > 1
        {
            return None;
        }
        let seconds = match self.has_clock() {
            true => {
                let fraction = match self.fraction {
                    "" => String::new(),
                    digits => format!(".{digits}"),
                };
                let half = match self.afternoon {
                    None => "",
                    Some(false) => "am",
                    Some(true) => "pm",
                };
                let text = format!("{}{fraction}{half}", self.clock.join(":"));
                Some(clock(&text)? - self.zone.unwrap_or(0.0))
            }
            false => None,
        };
        Some(Parts {
            date: self.date,
            seconds,
            is_week: self.is_week,
        })
    }
}
/// Splits a date from what follows it.
pub(super) fn split_date(text: &str) -> Option<([&str; 3], &str)> {
    let mark = text
        .find(['-', '/', '.', ' '])
        .map(|at| text.as_bytes()[at])?;
    let mark = char::from(mark);
    let (first, rest) = text.split_once(mark)?;
    let (second, rest) = rest.split_once(mark)?;
    let end = rest
        .find(|letter: char| !letter.is_ascii_digit())
        .unwrap_or(rest.len());
    let (third, rest) = rest.split_at(end);
    let is_part = |part: &str| !part.is_empty() && part.len() <= 4;
    let parts = [first, second.trim_end_matches(','), third];
    let rest = rest.strip_prefix(['T', 't', ',']).unwrap_or(rest);
    let good = parts.iter().all(|part| is_part(part))
        && (rest.is_empty() || text.len() > 10 || rest.starts_with(' '));
    good.then_some((parts, rest.trim_start()))
}
