//! Names under which a file is kept that makes room for another one: none is ever given twice.

use std::io;
use std::path::{Path, PathBuf};

use super::{copy, exists, hard_link, process_id, remove, rename, with_ending};

/// Names that are tried.
const MOST: usize = 999;
/// Names without a file after which none is looked for any more.
const GAP: usize = 16;

/// The names beside a path with `mark` at their end: `…~`, `…~2`, `…~3`, …
fn names(path: &Path, mark: &str) -> impl Iterator<Item = PathBuf> {
    (1..=MOST).map(move |number| match number {
        1 => with_ending(path, mark),
        _ => with_ending(path, &format!("{mark}{number}")),
    })
}

/// The first of the names beside a path that no file has.
///
/// # Errors
/// All of them are taken.
pub fn free_name(path: &Path, mark: &str) -> io::Result<PathBuf> {
    names(path, mark)
        .find(|name| !exists(name))
        .ok_or_else(|| io::Error::other("there are too many earlier ones kept beside it"))
}

/// The files that are kept beside a path under such names.
pub fn kept(path: &Path, mark: &str) -> Vec<PathBuf> {
    let mut there = Vec::new();
    let mut missing = 0;
    for name in names(path, mark) {
        if exists(&name) {
            missing = 0;
            there.push(name);
        } else {
            missing += 1;
        }
        if missing == GAP {
            break;
        }
    }
    there
}

/// Gives a file another name that no file has, with `mark` at its end; returns it.
///
/// # Errors
/// The system's.
pub fn put_aside(path: &Path, mark: &str) -> io::Result<PathBuf> {
    let name = free_name(path, mark)?;
    rename(path, &name)?;
    Ok(name)
}

/// Gives the present file a second name, in the place of a file that has it; it keeps its own until
/// a new one takes it.
///
/// # Errors
/// The system's.
pub fn name_again(path: &Path, name: &Path) -> io::Result<()> {
    if !exists(path) {
        return Ok(());
    }
    let next = with_ending(path, &format!("~-{}", process_id()));
    drop(remove(&next));
    // Some file systems know no second names.
    let kept = hard_link(path, &next)
        .or_else(|_| copy(path, &next))
        .and_then(|()| rename(&next, name));
    kept.inspect_err(|_| {
        // Nothing is lost if it cannot be removed.
        drop(remove(&next));
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn no_name_is_given_twice() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a");
        for number in 0..4 {
            fs::write(&path, [number]).expect("room");
            put_aside(&path, "~").expect("a name");
        }
        let there = kept(&path, "~");
        let bytes: Vec<_> = there
            .iter()
            .map(|name| fs::read(name).expect("it"))
            .collect();
        assert_eq!(bytes, [[0], [1], [2], [3]]);
        fs::remove_file(&there[1]).expect("a file");
        assert_eq!(free_name(&path, "~").expect("a name"), there[1]);
        assert_eq!(kept(&path, "~").len(), 3, "also after a gap");
    }
}
