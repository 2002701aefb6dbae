//! The session file (`.glad`): all that a session is, as text that people can read.
//!
//! ```text
//! // GLAD session, format 3
//! // sha256 9f86d081884c7d65…
//! ( … one RON value: [`SavedSession`] … )
//! ```
//!
//! 1. The checksum covers every other byte, so that a damaged file is an error and never a silently
//!    different session. It is no signature: a file from a stranger has a right checksum too, so
//!    whatever is read is held against limits, the table and the settings before it is used.
//! 2. Numbers are written in the shortest form that reads back to the same bits.
//! 3. Only the weights of the present revision are in it. Earlier ones are built again by training
//!    on what was known then, and their digests tell that they came out the same to the bit.
//! 4. The detectors are in it as they were fitted, and what the model of its place is made of: so
//!    that a session opens without another fit, and scores other tables without its own. Format 1
//!    did not have them; they are fitted again, to the same bits. Format 2 did not have tags.
//! 5. Of images and sequences it holds the table that was made of them; they themselves and the
//!    networks that learnt from them are bytes beside it ([`images_of`], [`sequences_of`]), without
//!    which it opens as well.
//! 6. A reader reads its own format and every older one, and refuses newer ones with a sentence.

mod atomic;
mod beside;
mod companion;
mod error;
mod generation;
mod header;
mod images;
mod limits;
mod read;
mod restore;
mod saved;
mod sequences;
mod write;

pub use atomic::backup_of;
pub(crate) use atomic::plainly;
pub use companion::Companion;
pub use error::{FileError, unwritable};
pub use header::with_header;
pub use images::images_of;
pub(super) use read::validate_action;
pub use read::{is_session, read_session, read_session_text};
pub use saved::{SavedData, SavedSession, SavedStep};
pub use sequences::sequences_of;
pub use write::save_session;

/// The format that this program writes.
///
/// 3: anomalies may have tags. 2: the fitted detectors are in the file. 1: they are fitted again when it is opened.
pub const FORMAT: u32 = 3;
