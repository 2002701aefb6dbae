//! Sessions on the disk: the one room that knows both what a session is and what its files say.
//!
//! [`session`](crate::session) knows no file. Here its files are read and written (`file`), what is
//! done to it is told to a journal beside them (`journal`), and the two are put together by a
//! [`StorageWorker`]: a function of requests, which the window runs on a thread of its own.

mod continued;
mod document;
mod file;
mod go_on;
mod journal;
mod merge;
mod opened;
mod preset;
mod seam;
mod storage;
mod unsaved;

pub use continued::{Carried, Continuation, ContinueError, Since, fit_on_both, go_on_with};
pub use document::{Document, OpenError};
pub(crate) use file::plainly;
pub use file::{
    Companion, FORMAT, FileError, SavedData, SavedSession, SavedStep, backup_of, images_of,
    is_session, read_session, read_session_text, save_session, sequences_of, unwritable,
    with_header,
};
pub use journal::{
    Claimed, Found, Head, JOURNAL_FORMAT, Journal, Lock, LockError, SessionFiles,
    SessionFilesError, journal_of, read_journal, read_journal_text, unsaved_places, with_checksums,
};
pub use merge::{Disagreement, Merged, kappa, merge};
pub use opened::{OpenedSession, open_session};
pub use preset::{PresetError, read_preset, write_preset};
pub use seam::{GoOnRequest, Seam};
pub use storage::{Beginning, Snapshot, StorageRequest, StorageResponse, StorageWorker};
pub use unsaved::{Unsaved, read_with_unsaved};
