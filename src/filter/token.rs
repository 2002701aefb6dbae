//! The words of an expression, with their places.

use std::ops::Range;

use super::Mistake;

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compare {
    Equal,
    Unequal,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

impl Compare {
    /// Whether it holds between two numbers.
    pub(super) fn holds(self, left: f64, right: f64) -> bool {
        match self {
            Self::Equal => left == right,
            Self::Unequal => left != right,
            Self::Less => left < right,
            Self::AtMost => left <= right,
            Self::Greater => left > right,
            Self::AtLeast => left >= right,
        }
    }

    /// The same with its sides changed.
    pub(super) fn turned(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::AtMost => Self::AtLeast,
            Self::Greater => Self::Less,
            Self::AtLeast => Self::AtMost,
            same => same,
        }
    }
}

/// A word of an expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// A name, or a text without quotes.
    Word(String),
    /// A name in backquotes.
    Name(String),
    /// A text in quotes.
    Text(String),
    /// A number, and how it is written.
    Number(f64, String),
    Compare(Compare),
    And,
    Or,
    Not,
    In,
    Contains,
    Open,
    Close,
    Comma,
}

/// A word with its place, in bytes.
pub(super) type Placed = (Token, Range<usize>);

/// Takes an expression apart.
///
/// # Errors
/// A quote that is not closed.
pub(super) fn tokens(text: &str) -> Result<Vec<Placed>, Mistake> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let (token, length) = match first {
            '(' => (Token::Open, 1),
            ')' => (Token::Close, 1),
            ',' => (Token::Comma, 1),
            '"' | '\'' | '`' => quoted(rest, first, at)?,
            _ => sign(rest).unwrap_or_else(|| word(rest)),
        };
        tokens.push((token, at..at + length));
        at += length;
    }
    Ok(tokens)
}

/// A sign; the longer ones come first.
fn sign(rest: &str) -> Option<(Token, usize)> {
    use Compare::{AtLeast, AtMost, Equal, Greater, Less, Unequal};
    let signs = [
        ("==", Token::Compare(Equal)),
        ("!=", Token::Compare(Unequal)),
        ("<>", Token::Compare(Unequal)),
        ("<=", Token::Compare(AtMost)),
        (">=", Token::Compare(AtLeast)),
        ("&&", Token::And),
        ("||", Token::Or),
        ("=", Token::Compare(Equal)),
        ("<", Token::Compare(Less)),
        (">", Token::Compare(Greater)),
        ("!", Token::Not),
        ("&", Token::And),
        ("|", Token::Or),
    ];
    let mut signs = signs.into_iter();
    let (sign, token) = signs.find(|(sign, _)| rest.starts_with(sign))?;
    Some((token, sign.len()))
}

/// A text or a name in quotes; a quote within it is written twice.
fn quoted(rest: &str, quote: char, at: usize) -> Result<(Token, usize), Mistake> {
    let mut text = String::new();
    let mut letters = rest.char_indices().skip(1).peekable();
    while let Some((index, letter)) = letters.next() {
        if letter != quote {
            text.push(letter);
            continue;
        }
        if letters.next_if(|(_, next)| *next == quote).is_some() {
            text.push(quote);
            continue;
        }
        let token = match quote {
            '`' => Token::Name(text),
            _ => Token::Text(text),
        };
        return Ok((token, index + 1));
    }
    let sentence = format!("This {quote} is not closed: add another {quote} where the text ends.");
    Err(Mistake::new(at..at + rest.len(), sentence))
}

/// What ends a word that is not in quotes.
fn ends_word(letter: char) -> bool {
    letter.is_whitespace() || "()=<>!&|,\"'`".contains(letter)
}

fn word(rest: &str) -> (Token, usize) {
    let length = rest.find(ends_word).unwrap_or(rest.len());
    let word = &rest[..length];
    let is_number = word.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first));
    let number = word.parse::<f64>().ok();
    let number = number.filter(|number| is_number && number.is_finite());
    let token = match (word.to_lowercase().as_str(), number) {
        ("and", _) => Token::And,
        ("or", _) => Token::Or,
        ("not", _) => Token::Not,
        ("in", _) => Token::In,
        ("contains", _) => Token::Contains,
        (_, Some(number)) => Token::Number(number, word.to_owned()),
        _ => Token::Word(word.to_owned()),
    };
    (token, length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Token> {
        let tokens = tokens(text).expect("words");
        tokens.into_iter().map(|(token, _)| token).collect()
    }

    #[test]
    fn words_numbers_and_signs_are_told_apart() {
        let word = |text: &str| Token::Word(text.into());
        let number = |value: f64, text: &str| Token::Number(value, text.into());
        assert_eq!(
            read("a.b>=-1e-3 AND x<>`two words`||not 'it''s' in(2020-01-05, .5)"),
            [
                word("a.b"),
                Token::Compare(Compare::AtLeast),
                number(-0.001, "-1e-3"),
                Token::And,
                word("x"),
                Token::Compare(Compare::Unequal),
                Token::Name("two words".into()),
                Token::Or,
                Token::Not,
                Token::Text("it's".into()),
                Token::In,
                Token::Open,
                word("2020-01-05"),
                Token::Comma,
                number(0.5, ".5"),
                Token::Close,
            ]
        );
        assert_eq!(read("nan inf"), [word("nan"), word("inf")]);
        assert_eq!(read(" \t"), []);
    }

    #[test]
    fn places_are_those_of_the_text_also_beyond_ascii() {
        let tokens = tokens("ålder < 3").expect("words");
        let places: Vec<Range<usize>> = tokens.into_iter().map(|(_, at)| at).collect();
        assert_eq!(places, [0..6, 7..8, 9..10]);
    }

    #[test]
    fn an_open_quote_is_told_with_its_place() {
        let mistake = tokens("x = \"NO").expect_err("a mistake");
        assert_eq!(mistake.at, 4..7);
        assert!(mistake.sentence.contains("not closed"), "{mistake}");
    }
}
