//! What packages are made of: completions and the manual.

use crate::cli_session::glad;
use std::fs;

/// Whether the program succeeded, what it printed, and what it said of it.
fn outcome(arguments: &[&str]) -> (bool, String, String) {
    let output = glad(arguments);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (
        output.status.success(),
        text(output.stdout),
        text(output.stderr),
    )
}

/// The commands that `glad --help` lists.
fn commands() -> Vec<String> {
    let (fine, help, _) = outcome(&["--help"]);
    assert!(fine);
    let listed = help
        .lines()
        .skip_while(|line| !line.starts_with("Commands:"))
        .skip(1)
        .take_while(|line| line.starts_with("  "));
    let names = listed.filter_map(|line| line.split_whitespace().next());
    names
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}

#[test]
fn completions_know_every_command() {
    let commands = commands();
    assert!(commands.len() > 8, "{commands:?}");
    for shell in ["bash", "zsh", "fish"] {
        let (fine, script, said) = outcome(&["completions", shell]);
        assert!(fine, "{shell}: {said}");
        for command in &commands {
            assert!(script.contains(command), "{shell}: {command}");
        }
    }
    let (fine, _, said) = outcome(&["completions", "cmd.exe"]);
    assert!(!fine && said.contains("cmd.exe"), "{said}");
}

#[test]
fn the_manual_has_a_page_for_every_command() {
    let folder = tempfile::tempdir().expect("a folder");
    let pages = folder.path().join("deep/man");
    let (fine, told, said) = outcome(&["manual", &pages.display().to_string()]);
    assert!(fine, "{said}");
    for command in commands() {
        let page = pages.join(format!("glad-{command}.1"));
        let text = fs::read_to_string(&page).expect("a page");
        assert!(text.contains(".TH"), "{command}: a page of a manual");
        assert!(told.contains(&page.display().to_string()), "{told}");
    }
    assert!(pages.join("glad.1").exists());

    // A file where the folder would be: told, not a panic.
    let file = folder.path().join("file");
    fs::write(&file, "").expect("a file");
    let (fine, _, said) = outcome(&["manual", &file.display().to_string()]);
    assert!(!fine && said.contains("file"), "{said}");
    assert!(!said.contains("panicked"), "{said}");
}
