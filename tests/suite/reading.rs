//! Files are read on all cores while their grammar is simple: the same table and the same errors
//! as by the parser alone.

use std::fmt::Write;

use glad::dataset::{Dataset, DatasetError, ReadOptions, read_from, read_path_watched};
use glad::numeric::{Cancelled, Watch};
use proptest::prelude::*;

/// All that a table says of itself, or what is wrong with it.
fn told(text: &str) -> String {
    let read = read_from(text.as_bytes(), "t", &ReadOptions::default());
    read.map_or_else(
        |error| error.to_string(),
        |table| {
            let bits: Vec<u32> = table.features().iter().map(|x| x.to_bits()).collect();
            let ids: Vec<String> = (0..table.n_instances()).map(|row| table.id(row)).collect();
            format!(
                "{:?} {bits:?} {ids:?} {:?} {:?} {:?}",
                table.feature_names(),
                table.truth(),
                table.columns(),
                table.notices()
            )
        },
    )
}

/// The same text with its first cell in quotation marks, so that the parser reads it all.
fn quoted(text: &str) -> String {
    let (header, rows) = text.split_once('\n').unwrap_or((text, ""));
    let start = rows.len() - rows.trim_start_matches('\n').len();
    let end = rows[start..].find([',', '\n']).unwrap_or(0);
    let (before, cell, after) = (
        &rows[..start],
        &rows[start..start + end],
        &rows[start + end..],
    );
    format!("{header}\n{before}\"{cell}\"{after}")
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => (-999_i32..999, 0_u32..4).prop_map(|(number, digits)| {
            format!("{:.*}", digits as usize, f64::from(number) / 8.0)
        }),
        1 => prop::sample::select(vec![
            "", "red", "blue", " 7", "1e3", "inf", "nan", "?", "+5", "1.", ".5", "-", "1e99",
            "0.1234567890123456789", "anomaly", "nominal", "é",
        ])
        .prop_map(String::from),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn pieces_and_parser_agree(
        rows in prop::collection::vec(prop::collection::vec(cell(), 3), 3..9),
        header in prop::sample::select(vec!["a,b,c", "id,b,c", "a,b,label"]),
        ragged in prop::option::weighted(0.1, 0_usize..9),
        blank in prop::option::weighted(0.2, 0_usize..9),
        ends in any::<bool>(),
    ) {
        let mut text = header.to_owned();
        for (place, row) in rows.iter().enumerate() {
            text.push('\n');
            if blank == Some(place) {
                text.push_str("\n\n");
            }
            text.push_str(&row.join(","));
            if ragged == Some(place) {
                text.push_str(",7");
            }
        }
        if ends {
            text.push('\n');
        }
        prop_assert_eq!(told(&text), told(&quoted(&text)));
    }
}

/// A table of more than one piece.
fn long(rows: usize) -> String {
    let mut text = String::from("id,x,y,label\n");
    for row in 0..rows {
        let label = if row % 50 == 0 { "anomaly" } else { "nominal" };
        let (x, y) = (
            (row * 7919 % 1000) as f64 / 7.0,
            (row * 104_729 % 997) as f64,
        );
        writeln!(text, "r{row},{x:.6},{y},{label}").expect("memory");
    }
    text
}

#[test]
fn a_table_of_many_pieces_is_the_same_and_a_quotation_mark_in_the_middle_changes_nothing() {
    let text = long(60_000);
    assert!(text.len() > 3 << 19);
    let plain = told(&text);
    assert_eq!(plain, told(&quoted(&text)));
    let middle = text.replacen("\nr30000,", "\n\"r30000\",", 1);
    assert_eq!(plain, told(&middle));
}

#[test]
fn errors_far_down_name_their_line() {
    let text = long(60_000);
    // Row r lies on line r + 2.
    let ragged = text.replacen("\nr51234,", "\nr51234,5,", 1);
    assert!(told(&ragged).starts_with("Line 51236 has 5 fields where the first record has 4"));
    let text = text.replacen("\nr20000,", "\n\n\n\"r20000\",", 1);
    let ragged = text.replacen("\nr51234,", "\nr51234,5,", 1);
    assert!(told(&ragged).starts_with("Line 51238 has 5 fields"));
}

/// Remembers the progress that it is told, and cancels after some of it.
struct Told {
    steps: Vec<(usize, usize)>,
    patience: usize,
}

impl Watch for Told {
    fn step(&mut self, phase: &'static str, done: usize, total: usize) -> Result<(), Cancelled> {
        assert_eq!(phase, "reading the table");
        self.steps.push((done, total));
        match self.steps.len() > self.patience {
            true => Err(Cancelled),
            false => Ok(()),
        }
    }
}

#[test]
fn progress_is_told_in_parts_of_the_file_and_reading_can_be_cancelled() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("long.csv");
    std::fs::write(&path, long(60_000)).expect("a file");
    let read = |patience| -> (Result<Dataset, DatasetError>, Vec<(usize, usize)>) {
        let steps = Vec::new();
        let mut watch = Told { steps, patience };
        let table = read_path_watched(&path, &ReadOptions::default(), &mut watch);
        (table, watch.steps)
    };
    let (table, steps) = read(usize::MAX);
    assert_eq!(table.expect("a table").n_instances(), 60_000);
    let whole = steps[0].1;
    assert!(steps.windows(2).all(|pair| pair[0].0 <= pair[1].0));
    assert_eq!(steps.last(), Some(&(whole, whole)));
    let (table, steps) = read(1);
    assert_eq!(table.err(), Some(DatasetError::Cancelled(Cancelled)));
    assert_eq!(steps.len(), 2);
}

#[test]
fn every_third_row_keeps_its_number_by_pieces_and_by_the_parser() {
    let row = |row: usize| format!("{row},{},nominal\n", row * row % 7);
    let text = String::from("x,y,label\n") + &(1..=90).map(row).collect::<String>();
    let options = ReadOptions {
        every: Some(3),
        ..ReadOptions::default()
    };
    for text in [text.clone(), quoted(&text)] {
        let table = read_from(text.as_bytes(), "t", &options).expect("a table");
        assert_eq!(table.n_instances(), 30);
        assert_eq!(table.id_column(), Some("row"));
        assert_eq!([0, 1, 29].map(|row| table.id(row)), ["1", "4", "88"]);
        assert_eq!(table.features()[[29, 0]], 88.0);
        assert_eq!(table.truth().expect("labels").nominals(), 30);
    }
}
