//! A line of the journal.
//!
//! ```text
//! 91b0c4a7d2e8f306 4c1f09aa Act(Answer(instances:[17],…)
//! chain            own      what happened
//! ```
//!
//! The chain is a checksum of the line and of the chain before it, so that a line that is missing or
//! moved is told. The line's own is of it alone, so that a damaged line does not take those after it
//! along. Format 1 had the chain only.

use sha2::{Digest, Sha256};

use super::{CHAIN_ONLY, JOURNAL_FORMAT};
use crate::session::{Action, Event};

/// The chain after a line with this text.
pub(super) fn chain(before: u64, text: &str) -> u64 {
    let mut hash = Sha256::new();
    hash.update(before.to_be_bytes());
    hash.update(text.as_bytes());
    leading(&hash.finalize())
}

fn own(text: &str) -> u32 {
    (leading(&Sha256::digest(text.as_bytes())) >> 32) as u32
}

fn leading(hash: &[u8]) -> u64 {
    let bytes = hash.iter().take(8);
    bytes.fold(0, |sum, &byte| (sum << 8) | u64::from(byte))
}

/// The line of a text after a chain, in a journal of a format, and the chain after it.
pub(super) fn write(format: u32, before: u64, text: &str) -> (u64, String) {
    let chain = chain(before, text);
    let line = match format {
        CHAIN_ONLY => format!("{chain:016x} {text}\n"),
        _ => format!("{chain:016x} {:08x} {text}\n", own(text)),
    };
    (chain, line)
}

/// What a line says, and how far it can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    /// The chain as it stands there.
    pub(super) chain: u64,
    /// Whether it follows from the chain before.
    pub(super) follows: bool,
    /// The format of its journal.
    pub(super) format: u32,
}

/// Reads a line without its end; `None` where a checksum of its own does not fit.
///
/// One of format 1 has none: there the chain alone tells.
pub(super) fn read(line: &[u8], before: u64) -> Option<Line<'_>> {
    let line = std::str::from_utf8(line).ok()?;
    let (written, rest) = line.split_at_checked(17)?;
    let after = |text| format!("{:016x} ", chain(before, text));
    let number = |text: &str| u64::from_str_radix(text.trim_end(), 16).ok();
    if let Some((sum, text)) = rest.split_at_checked(9)
        && sum == format!("{:08x} ", own(text))
    {
        return Some(Line {
            text,
            chain: number(written)?,
            follows: written == after(text),
            format: JOURNAL_FORMAT,
        });
    }
    // One spelling only: a checksum with a bit flipped to upper case is not the same file.
    (written == after(rest)).then_some(Line {
        text: rest,
        chain: chain(before, rest),
        follows: true,
        format: CHAIN_ONLY,
    })
}

/// The chain as it stands in a line that may be damaged.
pub(super) fn chain_written(line: &[u8]) -> Option<u64> {
    let written = std::str::from_utf8(line.get(..16)?).ok()?;
    u64::from_str_radix(written, 16).ok()
}

/// Tells of the events after a damaged line which can be let happen without it.
///
/// 1. What was said of instances stands on its own.
/// 2. Taking back and doing again are meant for the step before: they count as long as that came
///    after the damage too.
/// 3. What was taken back by name may never have been given.
/// 4. How a training ended names a step by its number, which may have shifted; it is computed again.
#[derive(Debug, Default)]
pub(super) struct AfterDamage {
    /// Of the steps since, whether each is taken in.
    done: Vec<bool>,
    undone: Vec<bool>,
}

impl AfterDamage {
    /// Whether the next event is taken in; `None` where leaving it out loses nothing.
    pub(super) fn takes(&mut self, event: &Event) -> Option<bool> {
        match event {
            Event::Act(action, _) => {
                let stands = !matches!(action, Action::Withdraw { .. } | Action::Retrain);
                self.done.push(stands);
                self.undone.clear();
                (*action != Action::Retrain).then_some(stands)
            }
            Event::Undo => {
                let taken = self.done.pop();
                self.undone.extend(taken);
                taken.map_or(Some(false), |taken| taken.then_some(true))
            }
            Event::Redo => {
                let taken = self.undone.pop();
                self.done.extend(taken);
                taken.map_or(Some(false), |taken| taken.then_some(true))
            }
            Event::Batch(_) | Event::Automatic(_) | Event::Stopping(_) => Some(true),
            Event::Settled(..) => None,
        }
    }
}
