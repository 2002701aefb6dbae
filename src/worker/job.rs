//! What a piece of work is, for whom it is, and in which lane it runs.

use super::{ArtifactKind, Request};

/// What kind of work a request is.
///
/// In the order in which waiting work is taken: reading and previewing a table make whatever else
/// waits for the old one pointless; explanations and maps are of the model, so the model goes
/// before them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The beginning of a table.
    Preview,
    /// A table.
    Read,
    /// A session from its file.
    Open,
    /// A fit.
    Fit,
    /// A training.
    Train,
    /// A ranking by weights that are there.
    Rank,
    /// An explanation.
    Why,
    /// The map of scores.
    Map,
    /// The relevance maps.
    RelevanceGrid,
    /// What a training changed.
    Change,
    /// The map of the model before.
    Earlier,
    /// What was drawn around.
    Lasso,
    /// Rows, filtered and sorted.
    List,
    /// Instances that are like another.
    Similar,
    /// Rows as they stand in the file.
    Original,
    /// Curves of sequences.
    Curves,
    /// How two sequences lie to each other.
    Align,
    /// A replay by the oracle, for idle times.
    Oracle,
    /// What is in a session to a file, or the scores of another table.
    Write(ArtifactKind),
    /// Rows that are laid out.
    Embed,
}

/// Where work runs: each lane does one thing at a time, beside the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// All that the screen waits for.
    Model,
    /// What takes long and keeps nobody from answering: what ends in files, and laying rows out.
    Files,
    /// Lists that an analyst looks through: neither a training nor an export keeps them waiting.
    Lists,
}

impl Kind {
    /// The kind of a request.
    pub fn of(request: &Request) -> Self {
        match request {
            Request::Preview(..) => Self::Preview,
            Request::Read(..) | Request::ReadToy(..) => Self::Read,
            Request::Open(..) | Request::GoOn(_) => Self::Open,
            Request::Fit(..) => Self::Fit,
            Request::Train(..) => Self::Train,
            Request::Rank(..) => Self::Rank,
            Request::Why(..) => Self::Why,
            Request::Map(..) => Self::Map,
            Request::RelevanceGrid(..) => Self::RelevanceGrid,
            Request::Change(..) => Self::Change,
            Request::Earlier(..) => Self::Earlier,
            Request::Lasso(..) => Self::Lasso,
            Request::List(..) => Self::List,
            Request::Similar(..) => Self::Similar,
            Request::Embed(..) => Self::Embed,
            Request::Original(..) => Self::Original,
            Request::Curves(..) => Self::Curves,
            Request::Align(..) => Self::Align,
            Request::Oracle(..) => Self::Oracle,
            Request::Write(request) => Self::Write(request.artifact.kind()),
        }
    }

    /// Where it runs.
    pub fn lane(self) -> Lane {
        match self {
            Self::Write(_) | Self::Embed => Lane::Files,
            Self::List | Self::Original | Self::Curves | Self::Align => Lane::Lists,
            _ => Lane::Model,
        }
    }

    /// Whether nobody wants an older one once a newer was asked for, even if it runs: whoever types
    /// on, or goes on to the next candidate, does not want the rows of before.
    pub(super) fn replaces_its_like(self) -> bool {
        matches!(self, Self::List | Self::Similar | Self::Embed)
    }

    /// Whether it brings a table in the place of the open one. A newer such request makes an older
    /// one pointless, which is then cancelled.
    pub fn replaces_table(self) -> bool {
        matches!(self, Self::Read | Self::Open | Self::Fit)
    }
}

/// For whom a piece of work is done; its response carries the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// The table with its fit that the work is about, or that it is to bring.
    pub document: u64,
    /// The kind of work.
    pub kind: Kind,
}

/// A piece of work.
#[derive(Debug)]
pub struct Job {
    /// For whom.
    pub ticket: Ticket,
    /// What.
    pub request: Request,
}

impl Job {
    /// Work for a document.
    pub fn new(document: u64, request: Request) -> Self {
        let kind = Kind::of(&request);
        Self {
            ticket: Ticket { document, kind },
            request,
        }
    }
}
