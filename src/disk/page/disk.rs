//! Names and what they lead to.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use super::log::Change;
use super::store::Store;
use super::{DirEntry, KEPT, Metadata};
use crate::numeric::lock;

/// A file, by whatever names.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) number: u64,
    /// Whether it is there at the next start.
    pub(super) is_kept: bool,
    pub(super) bytes: Mutex<Vec<u8>>,
}

type Names = BTreeMap<PathBuf, Arc<Node>>;

/// Files in memory.
pub(super) struct Disk {
    names: Mutex<Names>,
    /// The number of the next file.
    next: AtomicU64,
    pub(super) store: Store,
    /// Files that are to be handed over.
    finished: Mutex<Vec<PathBuf>>,
}

/// The name that a path means: there is one folder to be in.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => plain.push(name),
            Component::ParentDir => drop(plain.pop()),
            Component::CurDir | Component::RootDir | Component::Prefix(_) => {}
        }
    }
    plain
}

/// Whether a file of that name is kept: what was given, sessions and presets, and what lies beside
/// them.
fn is_kept(name: &Path) -> bool {
    let file = name.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with(KEPT) || file.contains(".glad") || file.contains(".ron")
}

/// Whether a file is for the analyst once it has that name.
fn is_handed_over(name: &Path) -> bool {
    let ending = name.extension().unwrap_or_default();
    let is_preset = ending == "ron" && !name.starts_with(KEPT);
    !is_kept(name) || ending == "glad" || is_preset
}

fn not_found() -> io::Error {
    io::ErrorKind::NotFound.into()
}

impl Disk {
    pub(super) const fn new() -> Self {
        Self {
            names: Mutex::new(BTreeMap::new()),
            next: AtomicU64::new(1),
            store: Store::new(),
            finished: Mutex::new(Vec::new()),
        }
    }

    /// The file of that name.
    pub(super) fn find(&self, path: &Path) -> io::Result<Arc<Node>> {
        let name = plain(path);
        let names = lock(&self.names);
        if let Some(node) = names.get(&name) {
            return Ok(Arc::clone(node));
        }
        Err(match has_folder(&names, &name) {
            true => io::ErrorKind::IsADirectory.into(),
            false => not_found(),
        })
    }

    /// The file of that name, made if need be; where it must be new, one that is there is refused.
    pub(super) fn make(&self, path: &Path, is_new: bool) -> io::Result<Arc<Node>> {
        match self.find(path) {
            Ok(_) if is_new => Err(io::ErrorKind::AlreadyExists.into()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let name = plain(path);
                let node = Arc::new(Node {
                    number: self.next.fetch_add(1, Ordering::SeqCst),
                    is_kept: is_kept(&name),
                    bytes: Mutex::default(),
                });
                self.tell(&node, || Change::Named(name.clone(), node.number));
                lock(&self.names).insert(name, Arc::clone(&node));
                Ok(node)
            }
            found => found,
        }
    }

    /// Records a change of a file, if it is kept.
    pub(super) fn tell(&self, node: &Node, change: impl FnOnce() -> Change) {
        if node.is_kept {
            self.store.tell(&change());
        }
    }

    pub(super) fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        Ok(lock(&self.find(path)?.bytes).clone())
    }

    pub(super) fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let node = self.make(path, false)?;
        self.tell(&node, || Change::Cut(node.number, 0));
        self.tell(&node, || Change::Written(node.number, 0, bytes.to_vec()));
        *lock(&node.bytes) = bytes.to_vec();
        Ok(())
    }

    pub(super) fn link(&self, file: &Path, name: &Path) -> io::Result<()> {
        let node = self.find(file)?;
        let name = plain(name);
        let mut names = lock(&self.names);
        if names.contains_key(&name) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        self.tell(&node, || Change::Named(name.clone(), node.number));
        names.insert(name, node);
        Ok(())
    }

    pub(super) fn remove(&self, path: &Path) -> io::Result<()> {
        let name = plain(path);
        let removed = lock(&self.names).remove(&name).ok_or_else(not_found)?;
        self.tell(&removed, || Change::Unnamed(name));
        Ok(())
    }

    pub(super) fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let (from, to) = (plain(from), plain(to));
        let mut names = lock(&self.names);
        let node = names.remove(&from).ok_or_else(not_found)?;
        self.tell(&node, || Change::Named(to.clone(), node.number));
        self.tell(&node, || Change::Unnamed(from));
        if is_handed_over(&to) {
            lock(&self.finished).push(to.clone());
        }
        names.insert(to, node);
        Ok(())
    }

    pub(super) fn metadata(&self, path: &Path) -> io::Result<Metadata> {
        match self.find(path) {
            Ok(node) => Ok(Metadata::file(lock(&node.bytes).len() as u64)),
            Err(error) if error.kind() == io::ErrorKind::IsADirectory => Ok(Metadata::folder()),
            Err(error) => Err(error),
        }
    }

    pub(super) fn list(&self, path: &Path) -> io::Result<Vec<DirEntry>> {
        let folder = plain(path);
        let names = lock(&self.names);
        if !has_folder(&names, &folder) {
            return Err(not_found());
        }
        let within = names.keys().filter_map(|name| {
            let first = name.strip_prefix(&folder).ok()?.components().next()?;
            let whole = folder.join(first);
            let is_folder = whole != *name;
            Some((whole, is_folder))
        });
        let entries: BTreeSet<(PathBuf, bool)> = within.collect();
        Ok(entries
            .into_iter()
            .map(|(name, is_folder)| DirEntry::new(path, &name, is_folder))
            .collect())
    }

    pub(super) fn receive(&self, name: &str, bytes: &[u8]) -> io::Result<PathBuf> {
        let name = Path::new(name).file_name().unwrap_or("file".as_ref());
        let (stem, ending) = (Path::new(name).file_stem(), Path::new(name).extension());
        let stem = stem.unwrap_or(name).to_string_lossy();
        let ending = ending.map(|ending| format!(".{}", ending.to_string_lossy()));
        let ending = ending.unwrap_or_default();
        for number in 1.. {
            let name = match number {
                1 => format!("{stem}{ending}"),
                _ => format!("{stem} ({number}){ending}"),
            };
            let path = Path::new("/").join(KEPT).join(name);
            match self.read(&path) {
                Ok(there) if there == bytes => return Ok(path),
                Ok(_) => {}
                Err(_) => return self.write(&path, bytes).map(|()| path),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    pub(super) fn take_finished(&self) -> Vec<(String, Vec<u8>)> {
        let paths = std::mem::take(&mut *lock(&self.finished));
        let taken = paths.into_iter().filter_map(|path| {
            let node = self.find(&path).ok()?;
            let name = path.file_name()?.to_string_lossy().into_owned();
            let bytes = match node.is_kept {
                true => lock(&node.bytes).clone(),
                // The browser has it from here on.
                false => {
                    self.remove(&path).ok()?;
                    std::mem::take(&mut *lock(&node.bytes))
                }
            };
            Some((name, bytes))
        });
        taken.collect()
    }

    pub(super) fn restore(&self, log: &[u8]) -> usize {
        let mut nodes: BTreeMap<u64, Arc<Node>> = BTreeMap::new();
        let mut names = lock(&self.names);
        let mut used = 0;
        while let Some((change, length)) = Change::read(log.get(used..).unwrap_or_default()) {
            used += length;
            let mut node = |number: u64| {
                let new = || {
                    Arc::new(Node {
                        number,
                        is_kept: true,
                        bytes: Mutex::default(),
                    })
                };
                Arc::clone(nodes.entry(number).or_insert_with(new))
            };
            match change {
                Change::Named(name, number) => drop(names.insert(name, node(number))),
                Change::Unnamed(name) => drop(names.remove(&name)),
                Change::Written(number, at, bytes) => {
                    put(&mut lock(&node(number).bytes), at, &bytes);
                }
                Change::Cut(number, length) => {
                    let length = usize::try_from(length).unwrap_or(usize::MAX);
                    lock(&node(number).bytes).resize(length, 0);
                }
            }
        }
        let last = nodes.keys().next_back().copied().unwrap_or(0);
        self.next.fetch_max(last + 1, Ordering::SeqCst);
        used
    }

    pub(super) fn whole(&self) -> Vec<u8> {
        let mut log = Vec::new();
        let mut written = BTreeSet::new();
        for (name, node) in lock(&self.names).iter().filter(|(_, node)| node.is_kept) {
            if written.insert(node.number) {
                let bytes = lock(&node.bytes).clone();
                Change::Written(node.number, 0, bytes).write(&mut log);
            }
            Change::Named(name.clone(), node.number).write(&mut log);
        }
        log
    }
}

/// Whether there is a folder of that name: one with something in it, or the one that all are in.
fn has_folder(names: &Names, name: &Path) -> bool {
    let first = names.range(name.to_owned()..).next();
    name.as_os_str().is_empty() || first.is_some_and(|(other, _)| other.starts_with(name))
}

/// Writes into bytes from a place on.
pub(super) fn put(bytes: &mut Vec<u8>, at: u64, new: &[u8]) {
    let at = usize::try_from(at).unwrap_or(usize::MAX);
    let end = at.saturating_add(new.len());
    if bytes.len() < end {
        bytes.resize(end, 0);
    }
    bytes[at..end].copy_from_slice(new);
}
