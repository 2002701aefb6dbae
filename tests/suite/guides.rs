//! The guides in docs/: each command in them is run, in its order, in a folder of its own.

use std::fs;
use std::path::Path;
use std::process::Command;

/// The commands of a guide: the lines that begin with `$ ` in blocks marked `console`.
fn commands(guide: &str) -> Vec<String> {
    let mut inside = false;
    let mut found = Vec::new();
    for line in guide.lines() {
        match line.trim_end() {
            "```console" => inside = true,
            "```" => inside = false,
            line if inside => {
                let command = line.strip_prefix("$ glad ");
                let command = command.unwrap_or_else(|| panic!("no command of GLAD: {line}"));
                found.push(command.to_owned());
            }
            _ => {}
        }
    }
    found
}

/// Runs a guide, then looks for the files that it promises.
fn run(name: &str, promised: &[&str]) {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let guide = fs::read_to_string(docs.join(name)).expect("the guide");
    let commands = commands(&guide);
    assert!(commands.len() >= 4, "{commands:?}");
    let folder = tempfile::tempdir().expect("a folder");
    for command in commands {
        let output = Command::new(env!("CARGO_BIN_EXE_glad"))
            .args(command.split_whitespace())
            .current_dir(folder.path())
            .output()
            .expect("the program");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{name}: glad {command}: {said}");
    }
    for file in promised {
        let made = fs::metadata(folder.path().join(file));
        assert!(made.is_ok_and(|made| made.len() > 0), "{name}: {file}");
    }
    // Pictures and other documents that it shows are there.
    for part in guide.split("](").skip(1) {
        let target = part.split(')').next().expect("a target");
        if !target.contains("://") {
            assert!(docs.join(target).exists(), "{name}: {target}");
        }
    }
}

#[test]
fn the_guide_of_the_analyst_does_what_it_says() {
    run(
        "GUIDE-ANALYST.md",
        &[
            "scores.csv",
            "first.glad",
            "labels.csv",
            "all-scores.csv",
            "report.html",
        ],
    );
}

#[test]
fn the_guide_of_the_reviewer_does_what_it_says() {
    run(
        "GUIDE-REVIEWER.md",
        &[
            "results/table.md",
            "results/curves.csv",
            "results/results.jsonl",
            "both.glad",
        ],
    );
}

#[test]
fn the_guide_of_the_engineer_does_what_it_says() {
    run(
        "GUIDE-ENGINEER.md",
        &[
            "scored.csv",
            "scored.parquet",
            "model.onnx",
            "scores.parquet",
            "charts",
            "man/glad.1",
        ],
    );
}
