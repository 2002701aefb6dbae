//! From the text of an expression to what it asks.

use std::ops::Range;

use super::fields::Named;
use super::test::{IdTest, Seek, Side, Test};
use super::token::{Compare, Placed, Token, tokens};
use super::{Field, Fields, Mistake, Rows};

/// How deeply an expression may be nested.
const DEEPEST: usize = 60;
/// Texts of a column that a mistake lists.
const LISTED: usize = 6;

/// A condition on rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    test: Test,
}

impl Filter {
    /// Reads an expression; an empty one is no condition.
    ///
    /// # Errors
    /// Where it is none, or speaks of what the table has not.
    pub fn read(text: &str, fields: &Fields) -> Result<Option<Self>, Mistake> {
        let tokens = tokens(text)?;
        if tokens.is_empty() {
            return Ok(None);
        }
        let mut parser = Parser {
            fields,
            tokens,
            next: 0,
            end: text.trim_end().len(),
        };
        let test = parser.any(0)?;
        match parser.tokens.get(parser.next) {
            None => Ok(Some(Self { test })),
            Some((Token::Close, at)) => Err(Mistake::new(
                at.clone(),
                "This ) closes nothing: leave it out, or open a ( before.",
            )),
            Some((Token::Comma, at)) => Err(Mistake::new(
                at.clone(),
                "A comma separates the values of a list only: numbers are written without, such as 1000.",
            )),
            Some((_, at)) => Err(Mistake::new(
                at.clone(),
                "Here the condition before has ended: join the next one with and, or with or.",
            )),
        }
    }

    /// Whether a row meets the condition.
    pub fn holds(&self, rows: &Rows<'_>, row: usize) -> bool {
        self.test.holds(rows, row)
    }

    /// Whether it depends on a field.
    pub fn asks_for(&self, field: Field) -> bool {
        self.test.asks_for(field)
    }
}

/// A side of a comparison as it is written.
enum Operand {
    Field(Field),
    Number(f64, String),
    Text(String),
    /// A word that is no name.
    Word(String),
}

struct Parser<'a> {
    fields: &'a Fields,
    tokens: Vec<Placed>,
    next: usize,
    end: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|(token, _)| token)
    }

    /// Goes on if the next word is this one.
    fn takes(&mut self, token: &Token) -> bool {
        let takes = self.peek() == Some(token);
        self.next += usize::from(takes);
        takes
    }

    /// Where the next word is, or the end.
    fn here(&self) -> Range<usize> {
        let next = self.tokens.get(self.next);
        next.map_or(self.end..self.end, |(_, at)| at.clone())
    }

    fn any(&mut self, depth: usize) -> Result<Test, Mistake> {
        let mut tests = vec![self.all(depth)?];
        while self.takes(&Token::Or) {
            tests.push(self.all(depth)?);
        }
        Ok(one_or(tests, Test::Any))
    }

    fn all(&mut self, depth: usize) -> Result<Test, Mistake> {
        let mut tests = vec![self.not(depth)?];
        while self.takes(&Token::And) {
            tests.push(self.not(depth)?);
        }
        Ok(one_or(tests, Test::All))
    }

    fn not(&mut self, depth: usize) -> Result<Test, Mistake> {
        if depth > DEEPEST {
            let sentence = format!("This is nested more than {DEEPEST} deep.");
            return Err(Mistake::new(self.here(), sentence));
        }
        if self.takes(&Token::Not) {
            return Ok(Test::Not(Box::new(self.not(depth + 1)?)));
        }
        let opened = self.here();
        if self.takes(&Token::Open) {
            let test = self.any(depth + 1)?;
            return match self.takes(&Token::Close) {
                true => Ok(test),
                false if self.peek().is_none() => Err(Mistake::new(
                    opened,
                    "This ( is not closed: add a ) where it ends.",
                )),
                false => Err(Mistake::new(
                    self.here(),
                    "Here a ) or and or or is expected.",
                )),
            };
        }
        self.test()
    }

    fn test(&mut self) -> Result<Test, Mistake> {
        let (left, left_at) = self.operand()?;
        let sign_at = self.here();
        if let Some(Token::Compare(compare)) = self.peek() {
            let compare = *compare;
            self.next += 1;
            let (right, right_at) = self.operand()?;
            return self.compared((left, left_at), (compare, sign_at), (right, right_at));
        }
        if self.takes(&Token::Contains) {
            let field = self.field(left, left_at)?;
            let (part, _) = self.text_operand()?;
            return self.contains(field, &part, sign_at);
        }
        let is_not = self.takes(&Token::Not);
        if self.takes(&Token::In) {
            let field = self.field(left, left_at)?;
            let test = self.listed(field)?;
            return Ok(match is_not {
                true => Test::Not(Box::new(test)),
                false => test,
            });
        }
        if is_not {
            return Err(Mistake::new(
                sign_at,
                "After a value, not goes on with in: x not in (1, 2).",
            ));
        }
        self.anywhere(left, left_at)
    }

    /// A value alone: looked for in every column.
    fn anywhere(&self, value: Operand, at: Range<usize>) -> Result<Test, Mistake> {
        let (text, number) = match value {
            Operand::Number(number, text) => (text, Some(number as f32)),
            Operand::Text(text) | Operand::Word(text) => (text, None),
            Operand::Field(field) => {
                let name = self.fields.title(field);
                let sentence = format!(
                    "{name} is a column: compare it with something, or put it in quotes to look for the word."
                );
                return Err(Mistake::new(at, sentence));
            }
        };
        let text = text.to_lowercase();
        let all = self.fields.all().map(|(_, field)| field);
        let coded = all.filter(|field| matches!(field, Field::Category(_)));
        let coded = coded.filter_map(|field| {
            let wanted = self.with_part(field, &text);
            wanted.contains(&true).then_some((field, wanted))
        });
        Ok(Test::Anywhere(Seek {
            number: number.map(|number| (number, self.fields.numbers().collect())),
            coded: coded.collect(),
            text,
        }))
    }

    fn operand(&mut self) -> Result<(Operand, Range<usize>), Mistake> {
        let at = self.here();
        let Some((token, _)) = self.tokens.get(self.next) else {
            let sentence = "Here a column or a value is missing.";
            return Err(Mistake::new(at, sentence));
        };
        let operand = match token {
            Token::Number(number, text) => Operand::Number(*number, text.clone()),
            Token::Text(text) => Operand::Text(text.clone()),
            Token::Name(name) => match self.fields.column(name) {
                Some(field) => Operand::Field(field),
                None => return Err(self.no_column(name, at)),
            },
            Token::Word(word) => match self.fields.named(word) {
                Named::One(field) => Operand::Field(field),
                Named::Nothing => Operand::Word(word.clone()),
                Named::Both => {
                    let sentence = format!(
                        "The table has a column {word}, too: write `{word}` for the column, or @{word} for what GLAD says."
                    );
                    return Err(Mistake::new(at, sentence));
                }
            },
            _ => {
                let sentence = "Here a column or a value is missing; words such as and are written in quotes to look for them.";
                return Err(Mistake::new(at, sentence));
            }
        };
        self.next += 1;
        Ok((operand, at))
    }

    /// A text, with or without quotes, or a number as it is written.
    fn text_operand(&mut self) -> Result<(String, Range<usize>), Mistake> {
        let at = self.here();
        let text = match self.peek() {
            Some(Token::Text(text) | Token::Word(text) | Token::Number(_, text)) => text.clone(),
            _ => return Err(Mistake::new(at, "Here a text is missing, such as \"NO\".")),
        };
        self.next += 1;
        Ok((text, at))
    }

    fn field(&self, operand: Operand, at: Range<usize>) -> Result<Field, Mistake> {
        match operand {
            Operand::Field(field) => Ok(field),
            Operand::Word(word) => Err(self.no_column(&word, at)),
            Operand::Number(..) | Operand::Text(_) => {
                Err(Mistake::new(at, "Here a column is expected, not a value."))
            }
        }
    }

    fn no_column(&self, name: &str, at: Range<usize>) -> Mistake {
        let near = self.fields.near(name);
        let near = near.map_or_else(String::new, |near| format!(" Is {near} meant?"));
        let sentence = format!("There is no column {name} that detectors see.{near}");
        Mistake::new(at, sentence)
    }

    fn compared(
        &self,
        (left, left_at): (Operand, Range<usize>),
        (compare, sign_at): (Compare, Range<usize>),
        (right, right_at): (Operand, Range<usize>),
    ) -> Result<Test, Mistake> {
        let (field, compare, other, at) = match (left, right) {
            (Operand::Field(left), Operand::Field(right)) => {
                let numbers = self.fields.is_number(left) && self.fields.is_number(right);
                return match numbers {
                    true => Ok(Test::Numbers(
                        Side::Field(left),
                        compare,
                        Side::Field(right),
                    )),
                    false => Err(Mistake::new(
                        right_at,
                        "Two columns are compared where both hold numbers; put a text in quotes.",
                    )),
                };
            }
            (Operand::Field(field), other) => (field, compare, other, right_at),
            (other, Operand::Field(field)) => (field, compare.turned(), other, left_at),
            (left, _) => {
                return Err(match left {
                    Operand::Word(word) => self.no_column(&word, left_at),
                    _ => Mistake::new(left_at, "Neither side of this is a column."),
                });
            }
        };
        if self.fields.is_number(field) {
            return match other {
                Operand::Number(number, _) => Ok(self.against(field, compare, number)),
                Operand::Word(word) => Err(self.no_column(&word, at)),
                Operand::Text(_) | Operand::Field(_) => {
                    let sentence = format!(
                        "{} holds numbers: compare it with a number without quotes.",
                        self.fields.title(field)
                    );
                    Err(Mistake::new(at, sentence))
                }
            };
        }
        let negates = compare == Compare::Unequal;
        let test = match (other, compare) {
            (
                Operand::Number(_, text) | Operand::Text(text) | Operand::Word(text),
                Compare::Equal | Compare::Unequal,
            ) => self.one_of(field, vec![(text, at)])?,
            (Operand::Number(number, _), _) if field == Field::Id => {
                Test::Id(IdTest::Number(compare, number))
            }
            _ => {
                let sentence = format!(
                    "{} holds texts: they are compared by =, !=, contains or in.",
                    self.fields.title(field)
                );
                return Err(Mistake::new(sign_at, sentence));
            }
        };
        Ok(match negates {
            true => Test::Not(Box::new(test)),
            false => test,
        })
    }

    /// A comparison with a constant, which is as precise as the column.
    fn against(&self, field: Field, compare: Compare, number: f64) -> Test {
        let number = match field {
            Field::Score | Field::Number(_) => f64::from(number as f32),
            _ => number,
        };
        Test::Numbers(Side::Field(field), compare, Side::Constant(number))
    }

    fn contains(&self, field: Field, part: &str, at: Range<usize>) -> Result<Test, Mistake> {
        let part = part.to_lowercase();
        if field == Field::Id {
            return Ok(Test::Id(IdTest::Contains(part)));
        }
        if self.fields.is_coded(field) {
            return Ok(Test::Coded(field, self.with_part(field, &part)));
        }
        let sentence = format!(
            "{} holds numbers: they are compared by =, !=, <, <=, >, >= or in.",
            self.fields.title(field)
        );
        Err(Mistake::new(at, sentence))
    }

    /// Which of a field's texts have something in them, by code.
    fn with_part(&self, field: Field, part: &str) -> Vec<bool> {
        let texts = self.fields.texts(field);
        let has = |text: &String| text.to_lowercase().contains(part);
        texts.iter().map(has).collect()
    }

    fn listed(&mut self, field: Field) -> Result<Test, Mistake> {
        let at = self.here();
        if !self.takes(&Token::Open) {
            return Err(Mistake::new(at, "After in comes a list: in (1, 2)."));
        }
        let (mut numbers, mut texts) = (Vec::new(), Vec::new());
        loop {
            if self.fields.is_number(field) {
                let at = self.here();
                let Some(Token::Number(number, _)) = self.peek() else {
                    let name = self.fields.title(field);
                    let sentence = format!("{name} holds numbers: here a number is expected.");
                    return Err(Mistake::new(at, sentence));
                };
                numbers.push(self.against(field, Compare::Equal, *number));
                self.next += 1;
            } else {
                texts.push(self.text_operand()?);
            }
            if self.takes(&Token::Close) {
                break;
            }
            let here = self.here();
            if !self.takes(&Token::Comma) {
                return Err(Mistake::new(
                    here,
                    "Here a comma or the ) of the list is missing.",
                ));
            }
        }
        match self.fields.is_number(field) {
            true => Ok(one_or(numbers, Test::Any)),
            false => self.one_of(field, texts),
        }
    }

    /// A field of texts is one of these.
    fn one_of(&self, field: Field, wanted: Vec<(String, Range<usize>)>) -> Result<Test, Mistake> {
        if field == Field::Id {
            let ids = wanted.into_iter().map(|(id, _)| id).collect();
            return Ok(Test::Id(IdTest::OneOf(ids)));
        }
        let texts = self.fields.texts(field);
        let mut holds = vec![false; texts.len()];
        for (text, at) in wanted {
            let Some(index) = texts.iter().position(|other| *other == text) else {
                let shown: Vec<&str> = texts.iter().take(LISTED).map(String::as_str).collect();
                let more = if texts.len() > LISTED { ", …" } else { "" };
                let sentence = format!(
                    "{} is never \"{text}\"; it is one of: {}{more}.",
                    self.fields.title(field),
                    shown.join(", ")
                );
                return Err(Mistake::new(at, sentence));
            };
            holds[index] = true;
        }
        Ok(Test::Coded(field, holds))
    }
}

/// A test alone, or several together.
fn one_or(mut tests: Vec<Test>, together: fn(Vec<Test>) -> Test) -> Test {
    match tests.len() {
        1 => tests.swap_remove(0),
        _ => together(tests),
    }
}
