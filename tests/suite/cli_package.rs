//! What packages are made of: completions and the manual.

use std::fs;
use std::process::Command;

fn glad(arguments: &[&str]) -> (bool, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_glad"))
        .args(arguments)
        .output()
        .expect("the program");
    (
        output.status.success(),
        String::from_utf8(output.stdout).expect("UTF-8"),
        String::from_utf8(output.stderr).expect("UTF-8"),
    )
}

/// The commands that `glad --help` lists.
fn commands() -> Vec<String> {
    let (fine, help, _) = glad(&["--help"]);
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
        let (fine, script, said) = glad(&["completions", shell]);
        assert!(fine, "{shell}: {said}");
        for command in &commands {
            assert!(script.contains(command), "{shell}: {command}");
        }
    }
    let (fine, _, said) = glad(&["completions", "cmd.exe"]);
    assert!(!fine && said.contains("cmd.exe"), "{said}");
}

#[test]
fn the_manual_has_a_page_for_every_command() {
    let folder = tempfile::tempdir().expect("a folder");
    let pages = folder.path().join("deep/man");
    let (fine, told, said) = glad(&["manual", &pages.display().to_string()]);
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
    let (fine, _, said) = glad(&["manual", &file.display().to_string()]);
    assert!(!fine && said.contains("file"), "{said}");
    assert!(!said.contains("panicked"), "{said}");
}
