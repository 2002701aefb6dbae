//! Which rows of a table an analyst wants to see, and in which order, as an expression says it:
//! `amount > 1000 and country = "NO"`.
//!
//! # The language
//!
//! ```text
//! or      = and { "or" and }
//! and     = not { "and" not }
//! not     = "not" not | test
//! test    = "(" or ")" | operand [ compare operand | "contains" text | ["not"] "in" "(" list ")" ]
//! compare = "=" | "!=" | "<" | "<=" | ">" | ">="
//! operand = name | `name` | @name | number | text | "text"
//! ```
//!
//! 1. A name is that of a column that detectors see, or of what GLAD knows of a row: `rank`, `score`,
//!    `id`, `answer`, `member` (the most relevant one). A column that is called like one of these is
//!    written in backquotes, and what GLAD knows with an `@`.
//! 2. A column of texts that was encoded is compared as the text that it was.
//! 3. An operand alone looks for its value in every column: `NO` finds rows in which it is an id or a
//!    category, or part of one; `1.5` also the number.
//! 4. Numbers of a column are single precision, and so is what they are compared with: `x = 0.1` finds
//!    what was read as 0.1.
//! 5. What is wrong is told with its place, and nothing is guessed: a text that a column never holds
//!    is a [`Mistake`], not an empty list.

mod fields;
mod mistake;
mod order;
mod parse;
mod rows;
mod test;
mod token;

pub use fields::{Field, Fields};
pub use mistake::Mistake;
pub use order::ordered;
pub use parse::Filter;
pub use rows::Rows;
