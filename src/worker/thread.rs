//! Work on a thread of its own.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::queue::{Queue, is_idle};
use super::{Engine, Progress, Request, Response};
use crate::numeric::{Cancelled, Watch};

/// An engine with one thread, which ends when the engine is dropped.
pub struct ThreadEngine {
    shared: Arc<Shared>,
    responses: Receiver<Response>,
    told_of_death: bool,
}

/// What both threads see; each lock is held for a few instructions, never while working.
struct Shared {
    queue: Mutex<(Queue, bool)>,
    changed: Condvar,
    cancel: AtomicBool,
    /// Whether what runs is for idle times; written while the queue is locked.
    idle: AtomicBool,
    progress: Mutex<Option<Progress>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic while holding one of these locks leaves nothing half done.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl ThreadEngine {
    /// Starts the thread; it calls `wake` when there is something new to see.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(wake: impl Fn() + Send + Sync + 'static) -> std::io::Result<Self> {
        let shared = Arc::new(Shared {
            queue: Mutex::default(),
            changed: Condvar::new(),
            cancel: AtomicBool::new(false),
            idle: AtomicBool::new(false),
            progress: Mutex::new(None),
        });
        let (sender, responses) = channel();
        let seen = Arc::clone(&shared);
        std::thread::Builder::new()
            .name("glad-worker".to_owned())
            .spawn(move || work(&seen, &sender, &wake))?;
        Ok(Self {
            shared,
            responses,
            told_of_death: false,
        })
    }
}

impl Engine for ThreadEngine {
    fn submit(&mut self, request: Request) {
        // A table that nobody will look at need not be fitted to its end.
        if matches!(
            request,
            Request::Read(..) | Request::Open(..) | Request::Fit(..)
        ) {
            self.cancel();
        }
        let urgent = !is_idle(&request);
        let mut queue = lock(&self.shared.queue);
        queue.0.put(request);
        if urgent && self.shared.idle.load(Ordering::SeqCst) {
            self.shared.cancel.store(true, Ordering::SeqCst);
        }
        drop(queue);
        self.shared.changed.notify_one();
    }

    fn poll(&mut self) -> Option<Response> {
        match self.responses.try_recv() {
            Ok(response) => Some(response),
            Err(TryRecvError::Disconnected) if !self.told_of_death => {
                self.told_of_death = true;
                Some(Response::Died("the worker thread has ended".to_owned()))
            }
            Err(_) => None,
        }
    }

    fn progress(&self) -> Option<Progress> {
        *lock(&self.shared.progress)
    }

    fn cancel(&mut self) {
        self.shared.cancel.store(true, Ordering::SeqCst);
    }
}

impl Drop for ThreadEngine {
    fn drop(&mut self) {
        lock(&self.shared.queue).1 = true;
        self.shared.cancel.store(true, Ordering::SeqCst);
        self.shared.changed.notify_one();
    }
}

fn work(shared: &Shared, responses: &Sender<Response>, wake: &dyn Fn()) {
    while let Some(request) = next(shared) {
        let mut watch = Shown { shared, wake };
        let done = catch_unwind(AssertUnwindSafe(|| request.run(&mut watch)));
        *lock(&shared.progress) = None;
        let response = done.unwrap_or_else(|panic| Response::Died(reason(panic.as_ref())));
        if responses.send(response).is_err() {
            return;
        }
        wake();
    }
}

/// Waits for a request; `None` when the engine is gone.
fn next(shared: &Shared) -> Option<Request> {
    let mut waiting = lock(&shared.queue);
    loop {
        if waiting.1 {
            return None;
        }
        if let Some(request) = waiting.0.take() {
            // What was cancelled is what ran before.
            shared.cancel.store(false, Ordering::SeqCst);
            shared.idle.store(is_idle(&request), Ordering::SeqCst);
            return Some(request);
        }
        waiting = shared
            .changed
            .wait(waiting)
            .unwrap_or_else(PoisonError::into_inner);
    }
}

fn reason(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "unknown".to_owned())
}

/// Shows progress to the other thread and hears its wish to cancel.
struct Shown<'a> {
    shared: &'a Shared,
    wake: &'a dyn Fn(),
}

impl Watch for Shown<'_> {
    fn step(&mut self, phase: &'static str, done: usize, total: usize) -> Result<(), Cancelled> {
        let now = Progress {
            phase,
            done,
            total: total.max(1),
        };
        let before = lock(&self.shared.progress).replace(now);
        // A repaint for each hundredth is enough for the eye.
        let part = |progress: Progress| progress.done * 100 / progress.total;
        if before.is_none_or(|before| before.phase != phase || part(before) != part(now)) {
            (self.wake)();
        }
        if self.shared.cancel.load(Ordering::SeqCst) {
            Err(Cancelled)
        } else {
            Ok(())
        }
    }
}
