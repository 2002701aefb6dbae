//! Images as people keep them: kinds that are not read, lists of labels, arrays of any order.

use std::fs;
use std::path::Path;

use glad::dataset::{ReadOptions, describe, preview};
use glad::imaging::{ImageOptions, ImageSet, holds_images, read_images};
use glad::numeric::Unwatched;
use image::{GrayImage, Luma};

use crate::imaging::npy;

/// A folder of sixteen pictures in a class folder, two of them in another.
fn pictures(folder: &Path) {
    for number in 0..18_u8 {
        let class = if number < 16 { "good" } else { "crack" };
        let place = folder.join(class);
        fs::create_dir_all(&place).expect("a folder");
        let picture = GrayImage::from_fn(12, 12, |x, y| Luma([number * 9 + (x + y) as u8]));
        picture
            .save(place.join(format!("{number:02}.png")))
            .expect("a picture");
    }
}

fn read(path: &Path, options: &ImageOptions) -> Result<ImageSet, String> {
    read_images(path, options, &mut Unwatched).map_err(|error| error.to_string())
}

fn plain(path: &Path) -> Result<ImageSet, String> {
    read(path, &ImageOptions::default())
}

fn has_note(set: &ImageSet, words: &str) -> bool {
    set.notices().iter().any(|notice| notice.contains(words))
}

#[test]
fn pictures_that_are_not_read_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    pictures(folder);
    for name in ["good/a.bmp", "good/b.BMP", "c.tif", "notes.txt"] {
        fs::write(folder.join(name), b"BM").expect("written");
    }
    fs::write(folder.join("nameless"), b"GIF89a").expect("written");
    let set = plain(folder).expect("images");
    let words = "kinds that are not read are left out: 2 .bmp, 1 .tif, 1 without an ending; save";
    assert!(has_note(&set, words), "{:?}", set.notices());
    let only = folder.join("only");
    fs::create_dir_all(&only).expect("a folder");
    for number in 0..3 {
        fs::write(only.join(format!("{number}.gif")), b"GIF89a").expect("written");
    }
    assert!(holds_images(&only));
    let told = preview(&only, &ReadOptions::default())
        .expect_err("a refusal")
        .to_string();
    assert!(
        told.contains("(3 .gif) and no others: save them as PNG or JPEG"),
        "{told}"
    );
    // A table beside a picture stays a folder of tables.
    fs::write(only.join("x.csv"), "a,b\n1,2\n").expect("written");
    assert!(!holds_images(&only));
    let one = folder.join("good/00.png");
    assert!(holds_images(&one));
    let told = plain(&one).expect_err("too few");
    assert!(told.starts_with("There is 1 image, where"), "{told}");
}

#[test]
fn a_list_of_labels_stands_beside_the_folders_of_classes() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    pictures(folder);
    let list = "./good/00.png;crack\ngood/01.png;\ngood/99.png;good\n";
    fs::write(folder.join("labels.csv"), list).expect("written");
    let set = plain(folder).expect("images");
    let truth = set.truth().expect("a truth");
    let of = |name: &str| {
        let ids = set.ids().expect("names");
        truth[ids.iter().position(|id| id == name).expect(name)]
    };
    assert_eq!(of("good/00.png"), Some(true));
    assert_eq!(of("good/01.png"), None);
    assert_eq!(of("good/02.png"), Some(false));
    assert_eq!(of("crack/17.png"), Some(true));
    assert!(has_note(
        &set,
        "1 picture that is not there, the first “good/99.png” (line 3)"
    ));
    assert!(has_note(
        &set,
        "the class good is nominal, all others anomalies, of crack: 3, good: 14"
    ));
    let chosen = |options: ImageOptions| read(folder, &options).expect("images");
    let set = chosen(ImageOptions {
        anomalies: vec!["good".to_owned()],
        ..ImageOptions::default()
    });
    let truth = set.truth().expect("a truth").iter().flatten();
    assert_eq!(truth.filter(|anomaly| **anomaly).count(), 14);
    let set = chosen(ImageOptions {
        unlabelled: true,
        ..ImageOptions::default()
    });
    assert!(set.truth().is_none());
    let found = describe(folder, &ReadOptions::default())
        .expect("images")
        .expect("images");
    assert_eq!((found.format, found.count), ("images", 18));
    assert_eq!(found.details, [("size", "12 × 12 pixels, grey".to_owned())]);
    assert_eq!(
        found.classes,
        [("crack".to_owned(), 3), ("good".to_owned(), 14)]
    );
}

/// An array of sixteen images of 3 × 2 pixels, element by element in some order of bytes.
fn numbers(descr: &str, of: impl Fn(u16) -> Vec<u8>) -> Vec<u8> {
    let data: Vec<u8> = (0..96).flat_map(of).collect();
    npy(descr, "(16, 3, 2)", &data)
}

#[test]
fn arrays_of_any_order_are_the_same_images_and_damaged_ones_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("x.npy");
    let read_of = |bytes: Vec<u8>| {
        fs::write(&path, bytes).expect("written");
        plain(&path)
    };
    let due = read_of(numbers("<f4", |n| f32::from(n).to_le_bytes().into())).expect("images");
    let by_columns = |n: u16| {
        // Column-major: the first axis runs fastest.
        let (image, row, column) = (n % 16, n / 16 % 3, n / 48);
        f32::from(image * 6 + row * 2 + column).to_le_bytes().into()
    };
    let mut turned = numbers("<f4", by_columns);
    let text = String::from_utf8_lossy(&turned).into_owned();
    let at = text
        .find("False")
        .map(|_| turned.windows(5).position(|word| word == b"False"));
    let at = at.flatten().expect("a header");
    turned[at..at + 5].copy_from_slice(b"True ");
    for bytes in [
        turned,
        numbers(">f4", |n| f32::from(n).to_be_bytes().into()),
        numbers(">f8", |n| f64::from(n).to_be_bytes().into()),
        numbers(">i4", |n| i32::from(n).to_be_bytes().into()),
    ] {
        let found = read_of(bytes).expect("images");
        assert!((0..16).all(|at| found.image(at) == due.image(at)));
    }
    let mut cut = numbers("<f4", |n| f32::from(n).to_le_bytes().into());
    let whole = cut.len();
    cut.truncate(whole - 10);
    let told = read_of(cut).expect_err("a refusal");
    assert!(
        told.contains(&format!(
            "is cut off: it has {} of {whole} bytes",
            whole - 10
        )),
        "{told}"
    );
    let told = read_of(numbers("<f4", |n| match n {
        27 => f32::NAN.to_le_bytes().into(),
        n => f32::from(n).to_le_bytes().into(),
    }));
    let told = told.expect_err("a refusal");
    assert!(told.contains("(image 5, row 2, column 2: NaN)"), "{told}");
    let told = read_of(npy("|u1", "(0, 3, 2)", &[])).expect_err("a refusal");
    assert!(told.starts_with("There is no image in"), "{told}");
}

#[test]
fn whole_numbers_of_sixteen_bits_are_as_bright_as_in_a_png_unless_a_session_began_otherwise() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("x.npy");
    fs::write(&path, numbers("<u2", |n| (n + 300).to_le_bytes().into())).expect("written");
    let before = plain(&path).expect("images");
    assert!(has_note(&before, "Numbers from 300 (black) to 395 (white)"));
    let now = ImageOptions {
        whole_range: true,
        ..ImageOptions::default()
    };
    let set = read(&path, &now).expect("images");
    assert!(has_note(&set, "Numbers from 0 (black) to 65535 (white)"));
    // Whoever opens it now gets the latter.
    let found = preview(&path, &ReadOptions::default()).expect("images");
    assert!(
        found.notes.iter().any(|note| note.contains("65535")),
        "{:?}",
        found.notes
    );
}

#[test]
fn an_archive_tells_which_arrays_are_left_and_reads_the_chosen_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("x.npz");
    let bytes = |first: u8, count: u8| -> Vec<u8> {
        let images = (0..count).flat_map(|image| [first + image; 6]);
        npy(
            "|u1",
            &format!("({count}, 3, 2)"),
            &images.collect::<Vec<u8>>(),
        )
    };
    let labels = |count: u8| {
        npy(
            "|u1",
            &format!("({count},)"),
            &(0..count).map(|n| n % 2).collect::<Vec<u8>>(),
        )
    };
    crate::imaging::zipped(
        &path,
        &[
            ("x_train.npy", bytes(0, 20)),
            ("y_train.npy", labels(20)),
            ("x_test.npy", bytes(100, 17)),
            ("y_test.npy", labels(17)),
        ],
    );
    let set = plain(&path).expect("images");
    assert_eq!(set.len(), 20);
    assert!(
        has_note(&set, "not read: x_test, y_test (--sheet NAME"),
        "{:?}",
        set.notices()
    );
    let chosen = |sheet: &str| ReadOptions {
        sheet: Some(sheet.to_owned()),
        ..ReadOptions::default()
    };
    let found = describe(&path, &chosen("x_test"))
        .expect("images")
        .expect("images");
    assert_eq!(found.count, 17);
    assert_eq!(found.classes, [("0".to_owned(), 9), ("1".to_owned(), 8)]);
    let told = preview(&path, &chosen("z"))
        .expect_err("a refusal")
        .to_string();
    assert!(
        told.contains("no array “z” of images: it holds x_train"),
        "{told}"
    );
    crate::imaging::zipped(&path, &[("x.npy", bytes(0, 20)), ("y.npy", labels(5))]);
    let told = plain(&path).expect_err("a refusal");
    assert!(told.contains("has 5 labels for 20 images"), "{told}");
}
