//! IDX files, the format of MNIST, with the labels beside them.

use std::io::Read;
use std::path::Path;

use super::numpy::{Array, Asked, Fault, Kind, Stack};
use super::{MOST_BYTES, open as open_file, shown};
use crate::disk::is_file;
use crate::imaging::ImageError;

/// Opens images with the labels of the file beside them whose name has `labels` for `images`.
pub(super) fn open(path: &Path, bytes: Vec<u8>, asked: Asked<'_>) -> Result<Stack, ImageError> {
    let images = array(bytes).map_err(|fault| fault.told(&shown(path)))?;
    let mut arrays = vec![("images".to_owned(), images)];
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = name.replace("images", "labels").replace("idx3", "idx1");
    let beside = path.with_file_name(&beside);
    if beside != path && is_file(&beside) {
        let mut bytes = Vec::new();
        let read = open_file(&beside)?.take(MOST_BYTES).read_to_end(&mut bytes);
        let labels = read.map_err(|error| Fault::from(error.to_string()));
        let labels = labels.and_then(|_| array(bytes));
        let wrong = |fault: Fault| fault.of_labels(&shown(&beside));
        arrays.push(("labels".to_owned(), labels.map_err(wrong)?));
    }
    Stack::of_arrays(&shown(path), arrays, asked)
}

/// Reads a header: two zeros, the type, the number of sizes, the sizes as big-endian `u32`.
fn array(mut bytes: Vec<u8>) -> Result<Array, Fault> {
    let (kind, count) = match bytes.as_slice() {
        [0, 0, 8, count @ 1..=4, ..] => (Kind::U8, usize::from(*count)),
        [0, 0, 0x0d, count @ 1..=4, ..] => (Kind::F32 { big: true }, usize::from(*count)),
        _ => {
            let why = "it does not begin as PNG, JPEG, zip, numpy's or IDX files do";
            return Err(Fault::from(why.to_owned()));
        }
    };
    let sizes = bytes.get(4..4 + 4 * count);
    let sizes = sizes.ok_or_else(|| Fault::from("it ends within its header".to_owned()))?;
    let sizes = sizes.chunks_exact(4).map(|size| {
        size.iter()
            .fold(0, |sum, byte| sum << 8 | usize::from(*byte))
    });
    let shape: Vec<usize> = sizes.collect();
    bytes.drain(..4 + 4 * count);
    Array::new(shape, kind, bytes)
}
