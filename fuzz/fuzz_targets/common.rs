//! What the targets of readers have in common.

use glad::dataset::{ReadOptions, read_from};

/// Libraries that read other formats may panic at a file that was made to break them; that is caught,
/// and told as a damaged file. So a panic is a finding only where nothing catches it.
pub fn forgive() {
    std::panic::set_hook(Box::new(|_| {}));
}

/// Reads bytes as a table, which holds what tables promise, or as a sentence.
pub fn read(bytes: &[u8]) {
    if let Ok(table) = read_from(bytes, "fuzz", &ReadOptions::default()) {
        assert!(table.features().iter().all(|value| value.is_finite()));
        assert_eq!(table.features().dim(), (table.n_instances(), table.n_features()));
    }
}

/// Reads bytes behind a mark, so that they are of its format whatever was changed.
pub fn read_as(mark: &[u8], bytes: &[u8]) {
    let mut marked = bytes.to_vec();
    marked.resize(marked.len().max(mark.len()), 0);
    marked[..mark.len()].copy_from_slice(mark);
    read(&marked);
}
