//! What waits and what goes first, without a thread.

use super::Request;

/// The requests that wait: of each kind at most one, the newest.
#[derive(Debug, Default)]
pub(super) struct Queue {
    waiting: [Option<Request>; KINDS],
}

const KINDS: usize = 12;

/// The place of a kind; lower goes first. Reading and previewing a table make whatever else waits
/// for the old one pointless; explanations and maps are of the belief, so the belief goes first.
fn kind(request: &Request) -> usize {
    match request {
        Request::Preview(..) => 0,
        Request::Read(..) | Request::Open(..) => 1,
        Request::Fit(..) | Request::Train(..) | Request::Rank(..) => 2,
        Request::Why(..) => 3,
        Request::Map(..) => 4,
        Request::Relief(..) => 5,
        Request::Change(..) => 6,
        Request::Lasso(..) => 7,
        Request::Draw(..) => 8,
        Request::Report(..) => 9,
        Request::Export(..) => 10,
        Request::Oracle(..) => 11,
    }
}

/// Whether it is work for idle times, to be stopped when anything else comes.
pub(super) fn is_idle(request: &Request) -> bool {
    matches!(request, Request::Oracle(..))
}

impl Queue {
    /// Puts a request in the place of an older one of its kind.
    pub(super) fn put(&mut self, request: Request) {
        let place = kind(&request);
        self.waiting[place] = Some(request);
    }

    /// Takes the request that goes first.
    pub(super) fn take(&mut self) -> Option<Request> {
        self.waiting.iter_mut().find_map(Option::take)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn preview(name: &str) -> Request {
        Request::Preview(PathBuf::from(name), crate::dataset::ReadOptions::default())
    }

    fn read(name: &str) -> Request {
        Request::Read(PathBuf::from(name), crate::dataset::ReadOptions::default())
    }

    #[test]
    fn a_newer_request_replaces_an_older_one_of_its_kind() {
        let mut queue = Queue::default();
        queue.put(read("old.csv"));
        queue.put(read("new.csv"));
        queue.put(preview("other.csv"));
        assert!(
            matches!(queue.take(), Some(Request::Preview(path, _)) if path.ends_with("other.csv"))
        );
        assert!(matches!(queue.take(), Some(Request::Read(path, _)) if path.ends_with("new.csv")));
        assert!(queue.take().is_none());
    }
}
