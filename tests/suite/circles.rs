//! No files of a room import each other in a circle (ARCHITECTURE.md, *Rooms*).
//!
//! Read from the `use` lines of the sources: an edge leads from a file to the file in which a name is
//! defined, through the re-exports of `mod.rs`. What a file takes of a folder that it is in (a
//! constant, an error) is no edge.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A module by its path in the room.
type Module = Vec<String>;

/// The modules of a room and, for each, the names that it re-exports with where they come from.
struct Room {
    name: String,
    files: BTreeMap<Module, PathBuf>,
    exports: BTreeMap<Module, BTreeMap<String, Module>>,
}

impl Room {
    fn read(folder: &Path) -> Self {
        let mut files = BTreeMap::new();
        collect(folder, &[], &mut files);
        let mut exports = BTreeMap::new();
        for (module, path) in &files {
            let mut names = BTreeMap::new();
            for (is_public, path) in uses(path) {
                let path = match path.first().map(String::as_str) {
                    Some("self") => &path[1..],
                    _ => &path[..],
                };
                if let (true, [from, .., name]) = (is_public, path) {
                    let mut target = module.clone();
                    target.push(from.clone());
                    names.insert(name.clone(), target);
                }
            }
            exports.insert(module.clone(), names);
        }
        let name = folder.file_name().expect("a name").to_string_lossy();
        Self {
            name: name.into_owned(),
            files,
            exports,
        }
    }

    /// The module in which what a path names is defined.
    fn defines(&self, path: &[String]) -> Module {
        let mut module = Module::new();
        let mut rest = path.iter();
        let mut next = rest.next();
        while let Some(name) = next {
            let mut inner = module.clone();
            inner.push(name.clone());
            match self.exports.get(&module).and_then(|names| names.get(name)) {
                _ if self.files.contains_key(&inner) => module = inner,
                Some(target) if self.files.contains_key(target) && *target != module => {
                    // The same name, looked up where it comes from.
                    module = target.clone();
                    continue;
                }
                _ => break,
            }
            next = rest.next();
        }
        module
    }

    /// From each module to those that it imports.
    fn imports(&self) -> BTreeMap<Module, BTreeSet<Module>> {
        let mut edges = BTreeMap::new();
        for (module, path) in &self.files {
            let mut to = BTreeSet::new();
            for (_, path) in uses(path) {
                let up = path.iter().take_while(|part| *part == "super").count();
                let (base, rest) = match path.first().map(String::as_str) {
                    Some("super") if up <= module.len() => {
                        (&module[..module.len() - up], &path[up..])
                    }
                    Some("self") => (&module[..], &path[1..]),
                    Some("crate") if path.get(1) == Some(&self.name) => (&module[..0], &path[2..]),
                    _ => continue,
                };
                let target = self.defines(&[base, rest].concat());
                if !module.starts_with(&target) {
                    to.insert(target);
                }
            }
            edges.insert(module.clone(), to);
        }
        edges
    }
}

fn collect(folder: &Path, at: &[String], files: &mut BTreeMap<Module, PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let inner = [at, std::slice::from_ref(&name)].concat();
        match path.is_dir() {
            true => collect(&path, &inner, files),
            false if name == "mod" => drop(files.insert(at.to_vec(), path)),
            false => drop(files.insert(inner, path)),
        }
    }
}

/// The paths that the code of a file imports, tests left out, and whether it re-exports them.
fn uses(path: &Path) -> Vec<(bool, Module)> {
    let text = fs::read_to_string(path).expect("a source");
    let code = text
        .split("#[cfg(test)]\nmod tests")
        .next()
        .unwrap_or_default();
    let lines = code
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default());
    let code = lines.collect::<Vec<_>>().join(" ");
    let mut found = Vec::new();
    for statement in code.split(';') {
        let Some(at) = statement.rfind("use ") else {
            continue;
        };
        let (before, import) = statement.split_at(at);
        let before = before.trim_end();
        let is_use =
            before.is_empty() || before.ends_with(['}', ']', ')']) || before.ends_with("pub");
        if is_use {
            let is_public = before.ends_with("pub") || before.ends_with(')');
            let import = import.trim_start_matches("use ").split(" as ").next();
            spread(import.unwrap_or_default().trim(), &[], &mut |path| {
                found.push((is_public, path));
            });
        }
    }
    found
}

/// Lists the paths of `a::{b, c::{d, e}}`.
fn spread(text: &str, before: &[String], found: &mut impl FnMut(Module)) {
    let path = |text: &str| -> Module {
        let parts = text.split("::").map(str::trim);
        let parts = parts.filter(|part| !part.is_empty()).map(str::to_owned);
        before.iter().cloned().chain(parts).collect()
    };
    let Some((head, group)) = text.split_once('{') else {
        return found(path(text));
    };
    let (head, group) = (path(head), group.trim_end().trim_end_matches('}'));
    let (mut depth, mut from) = (0, 0);
    for (at, letter) in group.char_indices().chain([(group.len(), ',')]) {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                let part = group[from..at].trim();
                if !part.is_empty() {
                    let part = match part.contains('{') && !part.ends_with('}') {
                        true => format!("{part}}}"),
                        false => part.to_owned(),
                    };
                    spread(&part, &head, found);
                }
                from = at + 1;
            }
            _ => {}
        }
    }
}

/// Whether a module leads back to itself, and over which others.
fn circle(module: &Module, edges: &BTreeMap<Module, BTreeSet<Module>>) -> bool {
    let mut seen = BTreeSet::new();
    let mut left: Vec<&Module> = edges[module].iter().collect();
    while let Some(next) = left.pop() {
        if next == module {
            return true;
        }
        if seen.insert(next) {
            left.extend(edges.get(next).into_iter().flatten());
        }
    }
    false
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut read = 0;
    for entry in fs::read_dir(sources).expect("sources") {
        let folder = entry.expect("an entry").path();
        if !folder.is_dir() {
            continue;
        }
        let room = Room::read(&folder);
        let edges = room.imports();
        read += edges.values().map(BTreeSet::len).sum::<usize>();
        let mut circular = edges.keys().filter(|module| circle(module, &edges));
        assert_eq!(
            circular.next().map(|module| module.join("/")),
            None,
            "a file of {} imports, by way of others, itself: move what they share to a file of its own",
            room.name
        );
    }
    assert!(read > 500, "imports are found: {read}");
}

#[test]
fn groups_of_imports_are_read_whole() {
    let mut found = Vec::new();
    spread("super::{a::{B, C}, d, e::F}", &[], &mut |path| {
        found.push(path.join("/"))
    });
    assert_eq!(found, ["super/a/B", "super/a/C", "super/d", "super/e/F"]);
}
