//! When and on which thread the long work runs.
//!
//! Work is a pure function [`Request`] `→` [`Response`]; nothing here keeps a history. An
//! [`Engine`] runs it: [`InlineEngine`] at once, for tests; [`ThreadEngine`] on a thread of its
//! own, for the window. Both give the same bits.

mod engine;
mod inline;
mod queue;
mod request;
mod thread;

pub use engine::{Engine, Progress};
pub use inline::InlineEngine;
pub use request::{MapRequest, Request, Response, ScoreMap};
pub use thread::ThreadEngine;
