//! Work on threads of its own, one a lane.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use super::queue::{Entry, Queue};
use super::spawn::spawn;
use super::{Engine, Job, Kind, Lane, Progress, Response, Ticket};
use crate::numeric::{Cancelled, Watch, lock};

/// An engine with a thread for each lane; they end when the engine is dropped.
pub struct ThreadEngine {
    belief: LaneThread,
    files: LaneThread,
    lists: LaneThread,
}

/// A lane, as the application sees it.
struct LaneThread {
    shared: Arc<Shared>,
    responses: Receiver<(Ticket, Response)>,
    /// The jobs that have had no response yet.
    open: Vec<Ticket>,
}

/// What both threads see; each lock is held for a few instructions, never while working.
struct Shared {
    /// The queue, and whether the engine is gone.
    queue: Mutex<(Queue, bool)>,
    changed: Condvar,
    progress: Mutex<Option<Progress>>,
}

/// Tells the application that there is something new to see.
type Wake = Arc<dyn Fn() + Send + Sync>;

impl ThreadEngine {
    /// Starts the threads; they call `wake` when there is something new to see.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(wake: impl Fn() + Send + Sync + 'static) -> std::io::Result<Self> {
        let wake: Wake = Arc::new(wake);
        Ok(Self {
            belief: LaneThread::start("glad-worker", &wake)?,
            files: LaneThread::start("glad-files", &wake)?,
            lists: LaneThread::start("glad-lists", &wake)?,
        })
    }

    fn lane(&mut self, lane: Lane) -> &mut LaneThread {
        match lane {
            Lane::Model => &mut self.belief,
            Lane::Files => &mut self.files,
            Lane::Lists => &mut self.lists,
        }
    }
}

impl Engine for ThreadEngine {
    fn submit(&mut self, job: Job) {
        self.lane(job.ticket.kind.lane()).submit(job);
    }

    fn poll(&mut self) -> Option<(Ticket, Response)> {
        let (files, lists) = (&mut self.files, &mut self.lists);
        let belief = self.belief.poll();
        belief.or_else(|| lists.poll()).or_else(|| files.poll())
    }

    fn progress(&self, lane: Lane) -> Option<Progress> {
        let lane = match lane {
            Lane::Model => &self.belief,
            Lane::Files => &self.files,
            Lane::Lists => &self.lists,
        };
        *lock(&lane.shared.progress)
    }

    fn cancel_running(&mut self) {
        lock(&self.belief.shared.queue).0.cancel_running();
    }

    fn cancel(&mut self, kind: Kind) {
        let lane = self.lane(kind.lane());
        lock(&lane.shared.queue).0.cancel(kind);
    }
}

impl LaneThread {
    fn start(name: &str, wake: &Wake) -> std::io::Result<Self> {
        let shared = Arc::new(Shared {
            queue: Mutex::default(),
            changed: Condvar::new(),
            progress: Mutex::new(None),
        });
        let (sender, responses) = channel();
        let (seen, wake) = (Arc::clone(&shared), Arc::clone(wake));
        spawn(name, move || work(&seen, &sender, &*wake))?;
        Ok(Self {
            shared,
            responses,
            open: Vec::new(),
        })
    }

    fn submit(&mut self, job: Job) {
        self.open.push(job.ticket);
        let replaced = lock(&self.shared.queue).0.put(job);
        replaced.into_iter().for_each(|ticket| self.close(ticket));
        self.shared.changed.notify_one();
    }

    fn poll(&mut self) -> Option<(Ticket, Response)> {
        match self.responses.try_recv() {
            Ok((ticket, response)) => {
                self.close(ticket);
                Some((ticket, response))
            }
            // Nobody works any more: whoever waits is told, one by one.
            Err(TryRecvError::Disconnected) => {
                let ticket = self.open.pop()?;
                let reason = "its thread has ended".to_owned();
                Some((ticket, Response::Died(reason)))
            }
            Err(TryRecvError::Empty) => None,
        }
    }

    /// Crosses out the oldest job with this ticket: it has had its response, or will have none.
    fn close(&mut self, ticket: Ticket) {
        if let Some(index) = self.open.iter().position(|open| *open == ticket) {
            self.open.remove(index);
        }
    }
}

impl Drop for LaneThread {
    fn drop(&mut self) {
        let mut queue = lock(&self.shared.queue);
        queue.1 = true;
        queue.0.cancel_running();
        drop(queue);
        self.shared.changed.notify_one();
    }
}

fn work(shared: &Shared, responses: &Sender<(Ticket, Response)>, wake: &dyn Fn()) {
    while let Some(Entry { job, cancel }) = next(shared) {
        let ticket = job.ticket;
        let mut watch = Shown {
            shared,
            wake,
            kind: ticket.kind,
            cancel,
        };
        let done = catch_unwind(AssertUnwindSafe(|| job.request.run(&mut watch)));
        *lock(&shared.progress) = None;
        lock(&shared.queue).0.done();
        let response = done.unwrap_or_else(|panic| Response::Died(reason(panic.as_ref())));
        if responses.send((ticket, response)).is_err() {
            return;
        }
        wake();
    }
}

/// Waits for a job; `None` when the engine is gone.
fn next(shared: &Shared) -> Option<Entry> {
    let mut waiting = lock(&shared.queue);
    loop {
        if waiting.1 {
            return None;
        }
        if let Some(entry) = waiting.0.take() {
            return Some(entry);
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

/// Shows progress to the other thread and hears whether its job is cancelled.
struct Shown<'a> {
    shared: &'a Shared,
    wake: &'a dyn Fn(),
    kind: Kind,
    cancel: Arc<AtomicBool>,
}

impl Watch for Shown<'_> {
    fn step(&mut self, phase: &'static str, done: usize, total: usize) -> Result<(), Cancelled> {
        let now = Progress {
            kind: self.kind,
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
        match self.cancel.load(Ordering::SeqCst) {
            true => Err(Cancelled),
            false => Ok(()),
        }
    }
}
