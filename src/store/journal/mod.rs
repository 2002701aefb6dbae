//! Saving a session while it is worked on, so that no confirmed answer is ever lost.
//!
//! A [`SessionFiles`] is where a session is kept: its file (once it was saved), a journal beside it, and a
//! lock. Every event is one line of the journal with its checksums, synced to the disk before it is
//! confirmed; a line that was torn by a crash is left out, and told; where one is damaged, those
//! after it are taken in as far as they stand without it. Saving writes the file as a whole and
//! begins a new journal.
//!
//! | file | what |
//! |---|---|
//! | `run.glad` | the session as it was saved |
//! | `run.glad~` | the one saved before |
//! | `run.glad.journal` | what was done since |
//! | `run.glad.journal~`, `…~2`, … | journals that were put aside: of other data, or of a run that was not gone on with; where one fits it is offered again |
//! | `run.glad.journal~damaged`, … | journals with damaged lines, whose whole ones were taken over |
//! | `run.glad.lock` | who works on it, while somebody does |

mod files;
mod line;
mod lock;
mod place;
mod recovery;
mod writing;

pub use files::{Claimed, SessionFiles, SessionFilesError};
pub use lock::{Lock, LockError};
pub use place::{journal_of, unsaved_places};
pub use recovery::{Found, read_journal, read_journal_text, with_checksums};
pub use writing::{Head, Journal};

/// The format of journals that this program begins, and the newest that it reads.
///
/// 2: each line has a checksum of its own beside the chain, and anomalies may have tags. 1: lines
/// have the chain only.
pub const JOURNAL_FORMAT: u32 = 2;
/// The format whose lines have the chain only.
const CHAIN_ONLY: u32 = 1;
/// What the name of a journal that was put aside ends in.
const ASIDE: &str = "~";
/// What that of a journal ends in whose damaged lines were left out.
const DAMAGED: &str = "~damaged";
