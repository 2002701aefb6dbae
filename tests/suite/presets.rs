//! Ready-made settings by name, on the command line.

use crate::cli_session::{glad, told};
use crate::common::toy_path;

/// The curve of a replay of a toy table, and the number of its members.
fn replayed(more: &[&str]) -> (serde_json::Value, u64) {
    let table = toy_path("clusters").display().to_string();
    let mut arguments = vec!["replay", &table, "--budget", "6", "--json"];
    arguments.extend_from_slice(more);
    let (status, text) = told(&glad(&arguments));
    assert_eq!(status, Some(0), "{text}");
    let record: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let members = record["members"].as_u64().expect("a number");
    (record["found"].clone(), members)
}

#[test]
fn a_preset_is_what_it_says() {
    let usual = replayed(&[]);
    assert_eq!(replayed(&["--preset", "default"]), usual);
    assert!(usual.1 > 2, "projections stand beside the forests");
    let forests = replayed(&["--preset", "forests"]);
    assert_eq!(forests.1, 2);
    assert_eq!(replayed(&["--ensemble", "iforest:150+eif:75*0.6"]), forests);
    // The projections of the default are those of LODA alone.
    assert_eq!(replayed(&["--preset", "published"]).1, usual.1 - 2);
    assert!(replayed(&["--preset", "fast"]).1 > 2);
}

#[test]
fn a_preset_is_not_mixed_with_a_file_of_settings_and_a_wrong_name_is_told() {
    let (status, text) = told(&glad(&[
        "replay",
        "clusters",
        "--preset",
        "fast",
        "--settings",
        "own.ron",
    ]));
    assert_eq!(status, Some(2));
    assert!(text.contains("cannot be used with"), "{text}");
    let (status, text) = told(&glad(&[
        "rank", "clusters", "--out", "x.csv", "--preset", "slow",
    ]));
    assert_eq!(status, Some(2));
    for name in ["default", "published", "fast", "forests"] {
        assert!(text.contains(name), "{text}");
    }
}
