//! A disk that fails at a chosen call, for tests.

use std::cell::RefCell;
use std::io;

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// There is no room.
    Full,
    /// A write takes half of its bytes, and then there is no room.
    Short,
    /// Nobody may do that here.
    Denied,
}

/// All of them.
pub(crate) const FAULTS: [Fault; 3] = [Fault::Full, Fault::Short, Fault::Denied];

#[derive(Clone, Copy, Debug)]
struct Plan {
    fault: Fault,
    /// Calls before the one that fails.
    left: usize,
    /// Whether all after it fail too.
    lasting: bool,
    struck: bool,
    /// Whether the next call fails: the second half of a short write.
    next: bool,
}

thread_local! {
    static PLAN: RefCell<Option<Plan>> = const { RefCell::new(None) };
}

/// Runs `work` on a disk that fails at the `nth` call (from 0), or from there on, and says whether
/// it did fail. Calls of other threads go well.
pub(crate) fn failing<R>(
    fault: Fault,
    nth: usize,
    lasting: bool,
    work: impl FnOnce() -> R,
) -> (R, bool) {
    let plan = Plan {
        fault,
        left: nth,
        lasting,
        struck: false,
        next: false,
    };
    PLAN.set(Some(plan));
    let result = work();
    let struck = PLAN.take().is_some_and(|plan| plan.struck);
    (result, struck)
}

/// Counts a call; true where it is to fail.
fn strikes() -> Option<Fault> {
    PLAN.with_borrow_mut(|plan| {
        let plan = plan.as_mut()?;
        if plan.next {
            plan.next = plan.lasting;
            return Some(Fault::Full);
        }
        if plan.struck {
            return plan.lasting.then_some(plan.fault);
        }
        if plan.left == 0 {
            plan.struck = true;
            return Some(plan.fault);
        }
        plan.left -= 1;
        None
    })
}

fn error(fault: Fault) -> io::Error {
    match fault {
        Fault::Full | Fault::Short => io::ErrorKind::StorageFull.into(),
        Fault::Denied => io::ErrorKind::PermissionDenied.into(),
    }
}

/// A call that either happens or does not.
pub(super) fn call() -> io::Result<()> {
    strikes().map_or(Ok(()), |fault| Err(error(fault)))
}

/// How many of so many bytes are written.
pub(super) fn write(length: usize) -> io::Result<usize> {
    match strikes() {
        None => Ok(length),
        Some(Fault::Short) if length > 1 => {
            PLAN.with_borrow_mut(|plan| plan.iter_mut().for_each(|plan| plan.next = true));
            Ok(length / 2)
        }
        Some(fault) => Err(error(fault)),
    }
}
