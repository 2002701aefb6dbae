//! The thread that writes: no frame waits for a disk.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use super::mailbox::Mailbox;
use super::spawn::{Thread, spawn};
use crate::store::{KeepRequest, KeepResponse, Keeper};

/// Writes what it is told, in that order, and answers each request.
pub trait Scribe {
    /// Takes a request; returns at once.
    fn submit(&mut self, request: KeepRequest);

    /// The next response, if one is there.
    fn poll(&mut self) -> Option<KeepResponse>;
}

/// Writes at once, on the caller's thread; for tests.
#[derive(Debug, Default)]
pub struct InlineScribe {
    keeper: Keeper,
    done: VecDeque<KeepResponse>,
}

impl Scribe for InlineScribe {
    fn submit(&mut self, request: KeepRequest) {
        self.done.extend(self.keeper.run(request));
    }

    fn poll(&mut self) -> Option<KeepResponse> {
        self.done.pop_front()
    }
}

/// Writes on a thread of its own, which ends when this is dropped, after all that it was told.
pub struct ThreadScribe {
    requests: Arc<Mailbox<KeepRequest>>,
    responses: Receiver<KeepResponse>,
    thread: Option<Thread>,
}

impl ThreadScribe {
    /// Starts the thread; it calls `wake` when there is something new to see.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(wake: impl Fn() + Send + 'static) -> std::io::Result<Self> {
        let requests: Arc<Mailbox<KeepRequest>> = Arc::default();
        let (sender, responses) = channel();
        let told = Arc::clone(&requests);
        let thread = spawn("glad-scribe", move || {
            let mut keeper = Keeper::default();
            while let Some(request) = told.take() {
                if let Some(response) = keeper.run(request) {
                    // The window may be gone; what it asked for is done all the same.
                    drop(sender.send(response));
                    wake();
                }
            }
        })?;
        Ok(Self {
            requests,
            responses,
            thread: Some(thread),
        })
    }
}

impl Scribe for ThreadScribe {
    fn submit(&mut self, request: KeepRequest) {
        self.requests.put(request);
    }

    fn poll(&mut self) -> Option<KeepResponse> {
        self.responses.try_recv().ok()
    }
}

impl Drop for ThreadScribe {
    fn drop(&mut self) {
        // The thread ends when it has done what it was told.
        self.requests.close();
        if let Some(thread) = self.thread.take() {
            thread.wait();
        }
    }
}
