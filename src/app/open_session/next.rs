//! What came of something that was done to the session.

use crate::app::Message;
use crate::session::Confidence;

/// The candidate that an answer is about.
#[derive(Clone, Copy, Debug)]
pub(in crate::app) struct Current {
    /// Which it is, unless the next one is still awaited.
    pub(in crate::app) instance: Option<usize>,
    /// How sure the answer is.
    pub(in crate::app) confidence: Confidence,
}

/// What came of a command.
#[derive(Debug, Default)]
pub(in crate::app) struct Done {
    /// What is to be looked at now.
    pub(in crate::app) next: Next,
    /// What could not be done, or that all is done.
    pub(in crate::app) message: Option<Message>,
}

/// Where to look after something was done to the session.
#[derive(Debug, Default, PartialEq)]
pub(in crate::app) enum Next {
    /// Where one looks.
    #[default]
    Stay,
    /// At this instance.
    GoTo(usize),
    /// At the next candidate, if the current one is among these, which were answered.
    Answered(Vec<usize>),
}
