//! What waits and what goes first in a lane, without a thread.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{Job, Kind, Ticket};

/// A job and whether it was cancelled.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) job: Job,
    pub(super) cancel: Arc<AtomicBool>,
}

/// The job that runs and those that wait: of each kind at most one, the newest.
#[derive(Debug, Default)]
pub(super) struct Queue {
    /// In the order of their kinds.
    waiting: Vec<Entry>,
    running: Option<(Ticket, Arc<AtomicBool>)>,
}

impl Queue {
    /// Takes a job in, in the place of an older one of its kind; returns the ticket of that one,
    /// which will have no response.
    ///
    /// A job that is to replace the table cancels those of its like, one of a kind that
    /// [replaces its like](Kind::replaces_its_like) the older of its kind; any cancels one for idle
    /// times.
    pub(super) fn put(&mut self, job: Job) -> Option<Ticket> {
        let kind = job.ticket.kind;
        let is_pointless = |other: Kind| {
            let idles = other == Kind::Oracle && kind != Kind::Oracle;
            let is_older = other == kind && kind.replaces_its_like();
            idles || is_older || (kind.replaces_table() && other.replaces_table())
        };
        if let Some((ticket, cancel)) = &self.running
            && is_pointless(ticket.kind)
        {
            cancel.store(true, Ordering::SeqCst);
        }
        for other in &self.waiting {
            let other_kind = other.job.ticket.kind;
            if kind.replaces_table() && other_kind.replaces_table() {
                other.cancel.store(true, Ordering::SeqCst);
            }
        }
        let entry = Entry {
            job,
            cancel: Arc::default(),
        };
        let index = self
            .waiting
            .partition_point(|other| other.job.ticket.kind < kind);
        match self.waiting.get_mut(index) {
            Some(other) if other.job.ticket.kind == kind => {
                Some(std::mem::replace(other, entry).job.ticket)
            }
            _ => {
                self.waiting.insert(index, entry);
                None
            }
        }
    }

    /// Takes the job that goes first; it runs until [`Queue::done`].
    pub(super) fn take(&mut self) -> Option<Entry> {
        if self.waiting.is_empty() {
            return None;
        }
        let entry = self.waiting.remove(0);
        self.running = Some((entry.job.ticket, Arc::clone(&entry.cancel)));
        Some(entry)
    }

    /// Nothing runs any more.
    pub(super) fn done(&mut self) {
        self.running = None;
    }

    /// Stops what runs.
    pub(super) fn cancel_running(&self) {
        if let Some((_, cancel)) = &self.running {
            cancel.store(true, Ordering::SeqCst);
        }
    }

    /// Stops the job of a kind, whether it runs or waits.
    pub(super) fn cancel(&self, kind: Kind) {
        let waiting = self
            .waiting
            .iter()
            .map(|entry| (&entry.job.ticket, &entry.cancel));
        let running = self.running.iter().map(|(ticket, cancel)| (ticket, cancel));
        for (ticket, cancel) in waiting.chain(running) {
            if ticket.kind == kind {
                cancel.store(true, Ordering::SeqCst);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::ReadOptions;
    use crate::detector::{Fitted, Model, Space};
    use crate::numeric::Unwatched;
    use crate::worker::Request;
    use std::path::PathBuf;

    fn preview(name: &str) -> Job {
        let request = Request::Preview(PathBuf::from(name), ReadOptions::default());
        Job::new(0, request)
    }

    fn read(document: u64, name: &str) -> Job {
        let request = Request::Read(PathBuf::from(name), ReadOptions::default());
        Job::new(document, request)
    }

    fn open(document: u64) -> Job {
        Job::new(document, Request::Open(PathBuf::from("s.glad"), None))
    }

    fn is_cancelled(entry: &Entry) -> bool {
        entry.cancel.load(Ordering::SeqCst)
    }

    #[test]
    fn a_newer_job_replaces_an_older_one_of_its_kind_and_the_older_is_named() {
        let mut queue = Queue::default();
        let old = read(1, "old.csv");
        let ticket = old.ticket;
        assert_eq!(queue.put(old), None);
        assert_eq!(queue.put(read(2, "new.csv")), Some(ticket));
        assert_eq!(queue.put(preview("other.csv")), None);
        let kinds: Vec<(Kind, u64)> = std::iter::from_fn(|| queue.take())
            .map(|entry| (entry.job.ticket.kind, entry.job.ticket.document))
            .collect();
        assert_eq!(kinds, [(Kind::Preview, 0), (Kind::Read, 2)]);
    }

    #[test]
    fn what_replaces_the_table_cancels_its_like_and_nothing_else() {
        let mut queue = Queue::default();
        queue.put(read(1, "old.csv"));
        let running = queue.take().expect("a job");
        queue.put(preview("other.csv"));
        assert!(!is_cancelled(&running));
        queue.put(open(2));
        assert!(is_cancelled(&running));
        queue.put(read(3, "newer.csv"));
        queue.done();
        let cancelled: Vec<(Kind, bool)> = std::iter::from_fn(|| queue.take())
            .map(|entry| (entry.job.ticket.kind, is_cancelled(&entry)))
            .collect();
        let expected = [
            (Kind::Preview, false),
            (Kind::Read, false),
            (Kind::Open, true),
        ];
        assert_eq!(cancelled, expected);
    }

    #[test]
    fn a_newer_search_cancels_the_one_that_runs() {
        let dataset = Arc::new(crate::dataset::toys()[0].open());
        let settings = crate::detector::Settings::default();
        let fitted = Fitted::fit(&dataset, &settings, &mut Unwatched).expect("a fit");
        let model = Arc::new(Model::primed(&Arc::new(fitted)));
        let similar = |instance| {
            let request = Request::Similar(Arc::clone(&model), instance, Space::Scores, 3);
            Job::new(1, request)
        };
        let rank = || Request::Rank(Arc::clone(&model), Arc::clone(model.weights()));
        let mut queue = Queue::default();
        queue.put(similar(0));
        let running = queue.take().expect("a job");
        queue.put(Job::new(1, rank()));
        assert!(!is_cancelled(&running));
        queue.put(similar(1));
        assert!(is_cancelled(&running));
        queue.done();
        let ranking = queue.take().expect("a job");
        queue.put(Job::new(1, rank()));
        assert!(!is_cancelled(&ranking), "each model is a step to the next");
        assert!(!is_cancelled(&queue.take().expect("a job")));
    }

    #[test]
    fn kinds_wait_beside_each_other_and_go_in_their_order() {
        let mut queue = Queue::default();
        let fitted = Arc::new(crate::dataset::toys()[0].open());
        let settings = crate::detector::Settings::default();
        queue.put(Job::new(2, Request::Fit(fitted, settings)));
        queue.put(open(3));
        assert_eq!(queue.put(preview("a.csv")), None);
        let kinds: Vec<Kind> = std::iter::from_fn(|| queue.take())
            .map(|entry| entry.job.ticket.kind)
            .collect();
        assert_eq!(kinds, [Kind::Preview, Kind::Open, Kind::Fit]);
    }

    #[test]
    fn a_job_is_cancelled_by_its_kind_while_it_waits_and_while_it_runs() {
        let mut queue = Queue::default();
        queue.put(read(1, "a.csv"));
        let running = queue.take().expect("a job");
        queue.put(preview("b.csv"));
        queue.cancel(Kind::Preview);
        assert!(!is_cancelled(&running));
        queue.cancel(Kind::Read);
        assert!(is_cancelled(&running));
        assert!(is_cancelled(&queue.take().expect("a job")));
    }
}
