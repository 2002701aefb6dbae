//! Any bytes are a workbook, an archive with tables, or a sentence: `cargo fuzz run workbook
//! seeds/workbook`.
#![no_main]

mod common;

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: common::forgive(), |bytes: &[u8]| {
    match bytes.first() {
        Some(0xd0) => common::read_as(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes),
        _ => common::read_as(b"PK\x03\x04", bytes),
    }
});
