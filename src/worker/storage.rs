//! The thread that writes: no frame waits for a disk.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use super::mailbox::Mailbox;
use super::spawn::{Thread, spawn};
use crate::store::{StorageRequest, StorageResponse, StorageWorker};

/// Writes what it is told, in that order, and answers each request.
pub trait Storage {
    /// Takes a request; returns at once.
    fn submit(&mut self, request: StorageRequest);

    /// The next response, if one is there.
    fn poll(&mut self) -> Option<StorageResponse>;
}

/// Writes at once, on the caller's thread; for tests.
#[derive(Debug, Default)]
pub struct InlineStorage {
    storage: StorageWorker,
    done: VecDeque<StorageResponse>,
}

impl Storage for InlineStorage {
    fn submit(&mut self, request: StorageRequest) {
        self.done.extend(self.storage.run(request));
    }

    fn poll(&mut self) -> Option<StorageResponse> {
        self.done.pop_front()
    }
}

/// Writes on a thread of its own, which ends when this is dropped, after all that it was told.
pub struct StorageThread {
    requests: Arc<Mailbox<StorageRequest>>,
    responses: Receiver<StorageResponse>,
    thread: Option<Thread>,
}

impl StorageThread {
    /// Starts the thread; it calls `wake` when there is something new to see.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(wake: impl Fn() + Send + 'static) -> std::io::Result<Self> {
        let requests: Arc<Mailbox<StorageRequest>> = Arc::default();
        let (sender, responses) = channel();
        let told = Arc::clone(&requests);
        let thread = spawn("glad-storage", move || {
            let mut storage = StorageWorker::default();
            while let Some(request) = told.take() {
                if let Some(response) = storage.run(request) {
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

impl Storage for StorageThread {
    fn submit(&mut self, request: StorageRequest) {
        self.requests.put(request);
    }

    fn poll(&mut self) -> Option<StorageResponse> {
        self.responses.try_recv().ok()
    }
}

impl Drop for StorageThread {
    fn drop(&mut self) {
        // The thread ends when it has done what it was told.
        self.requests.close();
        if let Some(thread) = self.thread.take() {
            thread.wait();
        }
    }
}
