//! The rules of the house (ARCHITECTURE.md, *Rooms*), held by reading the sources.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each layer with the layers that it may import.
const LAYERS: [(&str, &[&str]); 19] = [
    ("numeric", &[]),
    // Numeric, for locks and checksums.
    ("disk", &["numeric"]),
    ("chart", &["numeric"]),
    ("network", &["numeric"]),
    // Network, for the networks that look at images.
    ("imaging", &["numeric", "disk", "network"]),
    // Network, for the encoder of moments.
    ("sequence", &["numeric", "disk", "network"]),
    // Imaging and sequence, for images and sequences that become a table.
    ("dataset", &["numeric", "disk", "imaging", "sequence"]),
    // Network, for the autoencoder: a detector that is trained with Burn, the only room of which it
    // is; the network knows nothing of ensembles.
    ("ensemble", &["numeric", "dataset", "network"]),
    ("detector", &["numeric", "dataset", "ensemble", "network"]),
    (
        "session",
        &["numeric", "dataset", "ensemble", "network", "detector"],
    ),
    (
        // Network, for what the file of a session holds of one.
        "store",
        &[
            "numeric", "disk", "dataset", "imaging", "sequence", "network", "detector", "session",
        ],
    ),
    (
        "figures",
        &[
            "numeric", "chart", "dataset", "imaging", "sequence", "detector", "session",
        ],
    ),
    (
        "evaluation",
        &[
            "numeric", "chart", "dataset", "ensemble", "network", "detector", "session", "store",
        ],
    ),
    (
        "export",
        &[
            "numeric",
            "disk",
            "chart",
            "dataset",
            "imaging",
            "sequence",
            "ensemble",
            "network",
            "detector",
            "session",
            "store",
            "figures",
            "evaluation",
        ],
    ),
    ("filter", &["numeric", "dataset", "detector", "session"]),
    (
        "worker",
        // Evaluation, since a replay by the oracle runs in idle times; charts, since one with many
        // pixels takes a while.
        &[
            "numeric",
            "disk",
            "chart",
            "dataset",
            "imaging",
            // For the curves and alignments that the window shows.
            "sequence",
            "network",
            "detector",
            "session",
            "store",
            "figures",
            "evaluation",
            "export",
            "filter",
        ],
    ),
    (
        "app",
        &[
            "numeric",
            "disk",
            "chart",
            "dataset",
            "imaging",
            "sequence",
            "ensemble",
            "network",
            "detector",
            "session",
            "store",
            "figures",
            "evaluation",
            "export",
            "filter",
            "worker",
        ],
    ),
    ("ui", &["app"]),
    (
        "cli",
        &[
            "numeric",
            "disk",
            "chart",
            "dataset",
            "imaging",
            "sequence",
            "ensemble",
            "network",
            "detector",
            "session",
            "store",
            "figures",
            "evaluation",
            "export",
            "worker",
        ],
    ),
];

/// What only some layers may name, and which.
const RESERVED: [(&str, &[&str]); 15] = [
    ("burn::", &["network"]),
    ("egui", &["ui"]),
    ("eframe", &["ui"]),
    ("rfd::", &["ui"]),
    ("colorgrad", &["chart"]),
    ("clap::", &["cli"]),
    ("indicatif", &["cli"]),
    ("prost::", &["export"]),
    // Threads and clocks keep to their rooms: a build for the browser has neither.
    ("std::thread", &["worker", "ui"]),
    // The clock of the machine is read in one place, disk; the others measure how long things take.
    ("std::time", &["disk", "cli", "ui"]),
    // What must not be lost goes through the layer whose every call can be made to fail; the window
    // keeps its own looks itself.
    ("fs::rename", &["disk", "ui"]),
    ("fs::write", &["disk", "ui", "cli"]),
    ("File::create(", &["disk", "store", "export"]),
    (".sync_all()", &["disk"]),
    // What the order of a hash map decides is not the same twice.
    ("std::collections::Hash", &[]),
];

/// Lines after which a file is to be split.
const LONGEST: usize = 450;

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found
}

/// The code of a file, without comments and without the tests at its end.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("a source in UTF-8");
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or("");
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The layers that code names, by `crate::layer` or within `crate::{…}`.
fn named(code: &str) -> BTreeSet<String> {
    let word = |text: &str| -> String {
        let letters = text
            .chars()
            .take_while(|letter| letter.is_alphanumeric() || *letter == '_');
        letters.collect()
    };
    let mut names = BTreeSet::new();
    for after in code.split("crate::").skip(1) {
        match after.strip_prefix('{') {
            None => {
                names.insert(word(after));
            }
            Some(group) => {
                let mut depth = 0;
                let mut start = true;
                for (at, letter) in group.char_indices() {
                    match letter {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => start = true,
                        _ if start && letter.is_alphabetic() => {
                            names.insert(word(&group[at..]));
                            start = false;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    names
}

fn layer_sources() -> Vec<(&'static str, PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    LAYERS
        .iter()
        .flat_map(|(layer, _)| {
            sources(&root.join(layer))
                .into_iter()
                .map(move |path| (*layer, path))
        })
        .collect()
}

#[test]
fn a_layer_imports_only_what_the_table_allows() {
    let known: BTreeSet<&str> = LAYERS.iter().map(|(layer, _)| *layer).collect();
    let mut broken = Vec::new();
    for (layer, path) in layer_sources() {
        let allowed = LAYERS
            .iter()
            .find(|(name, _)| *name == layer)
            .expect("a layer")
            .1;
        for name in named(&code(&path)) {
            if name != layer && known.contains(name.as_str()) && !allowed.contains(&name.as_str()) {
                broken.push(format!("{} imports {name}", path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn every_folder_of_sources_is_a_layer() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let folders = fs::read_dir(root).expect("src").filter_map(|entry| {
        let path = entry.expect("an entry").path();
        let name = path.file_name()?.to_str()?.to_owned();
        path.is_dir().then_some(name)
    });
    let known: BTreeSet<String> = LAYERS
        .iter()
        .map(|(layer, _)| (*layer).to_owned())
        .collect();
    assert_eq!(folders.collect::<BTreeSet<_>>(), known);
}

#[test]
fn what_belongs_to_one_room_is_named_in_no_other() {
    let mut broken = Vec::new();
    for (layer, path) in layer_sources() {
        let code = code(&path);
        for (name, rooms) in RESERVED {
            if code.contains(name) && !rooms.contains(&layer) {
                broken.push(format!("{} names {name}", path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn no_file_is_too_long() {
    let long: Vec<String> = layer_sources()
        .into_iter()
        .filter_map(|(_, path)| {
            let lines = fs::read_to_string(&path).expect("a source").lines().count();
            (lines > LONGEST).then(|| format!("{}: {lines} lines", path.display()))
        })
        .collect();
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn the_reader_of_imports_reads_groups() {
    let code = "use crate::{numeric::{Grid, stream}, dataset};\nuse crate::ensemble::Loda;";
    let expected = ["numeric", "dataset", "ensemble"].map(String::from);
    assert_eq!(named(code), BTreeSet::from(expected));
}

/// Whoever follows a name must find something.
#[test]
fn documents_that_the_code_names_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["src", "tests", "benches", "examples"];
    let mut named = 0;
    for path in folders.into_iter().flat_map(|of| sources(&root.join(of))) {
        let text = fs::read_to_string(&path).expect("a source in UTF-8");
        let is_outside = |letter: char| !(letter.is_alphanumeric() || "./_-".contains(letter));
        let words = text
            .split(is_outside)
            .map(|word| word.trim_end_matches('.'));
        // Documents of ours are in capitals; files that the program writes are not.
        let documents = words.filter(|word| {
            let name = word
                .rsplit('/')
                .next()
                .and_then(|name| name.strip_suffix(".md"));
            name.is_some_and(|name| name.len() > 1 && name.chars().all(|c| c.is_ascii_uppercase()))
        });
        for document in documents {
            named += 1;
            let place = path.display();
            assert!(root.join(document).is_file(), "{place} names {document}");
        }
    }
    assert!(named > 4);
}
