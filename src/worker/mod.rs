//! When and on which thread the long work runs.
//!
//! Work is a pure function [`Request`] `→` [`Response`]; nothing here keeps a history. A [`Job`] is a
//! request with a [`Ticket`] that says for whom it is; its response carries the same. An [`Engine`]
//! runs jobs: [`InlineEngine`] at once, for tests; [`ThreadEngine`] on a thread for each [`Lane`],
//! for the window, so that what ends in files keeps nobody from answering. Both give the same bits.

mod engine;
mod inline;
mod job;
mod lasso;
mod listing;
mod mailbox;
mod oracle;
mod original;
mod queue;
mod request;
mod spawn;
mod storage;
mod thread;
mod write;

pub use engine::{Engine, Progress};
pub use inline::InlineEngine;
pub use job::{Job, Kind, Lane, Ticket};
pub use lasso::{Drawn, FeatureRange, Lasso, LassoRequest};
pub use listing::{ListRequest, Listing};
pub use oracle::OracleRequest;
pub use original::{LocalFile, OriginalRequest, Originals, local_file};
pub use request::{Before, MapRequest, Request, Response};
#[cfg(target_arch = "wasm32")]
pub use spawn::{Work, start_threads_by};
pub use storage::{InlineStorage, Storage, StorageThread};
pub use thread::ThreadEngine;
pub use write::{Artifact, ArtifactKind, WriteError, WriteRequest, Written};
