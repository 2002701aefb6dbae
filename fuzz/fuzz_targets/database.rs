//! Any bytes are a table of a database or a sentence: `cargo fuzz run database seeds/database`.
#![no_main]

mod common;

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: common::forgive(), |bytes: &[u8]| {
    common::read_as(b"SQLite format 3\0", bytes);
});
