//! Any bytes are a table or a sentence: `cargo fuzz run table seeds/table`.
#![no_main]

use glad::dataset::{ReadOptions, read_from};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(table) = read_from(bytes, "fuzz", &ReadOptions::default()) {
        assert!(table.features().iter().all(|value| value.is_finite()));
        assert_eq!(
            table.features().dim(),
            (table.n_instances(), table.n_features())
        );
    }
});
