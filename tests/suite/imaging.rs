//! Images: reading, learning, ranking.

use std::fs;
use std::io::Write;
use std::path::Path;

use glad::dataset::{Dataset, Label, ReadOptions, open_image_toy, read_path};
use glad::evaluation::auroc;
use glad::imaging::{
    Gallery, ImageModel, ImageOptions, ImageSet, holds_images, image_toys, read_images,
};
use glad::numeric::Unwatched;
use glad::store::{images_of, read_session};
use image::{GrayImage, Luma, Rgb, RgbImage};
use zip::write::SimpleFileOptions;

use crate::cli_session::{glad, label, saved, told};
use crate::common::toy_path;

fn read(path: &Path, options: &ImageOptions) -> Result<ImageSet, String> {
    read_images(path, options, &mut Unwatched).map_err(|error| error.to_string())
}

/// A grey picture that is as bright as its number.
fn picture(number: u8) -> GrayImage {
    GrayImage::from_fn(20, 20, |x, _| Luma([number.wrapping_add(x as u8)]))
}

/// A folder of pictures in two classes.
fn folder(path: &Path) {
    for (class, count) in [("good", 18), ("crack", 3)] {
        let inside = path.join(class);
        fs::create_dir_all(&inside).expect("a folder");
        for number in 0..count {
            let name = inside.join(format!("{number:02}.png"));
            picture(5 * number).save(name).expect("a picture");
        }
    }
}

pub fn npy(descr: &str, shape: &str, data: &[u8]) -> Vec<u8> {
    let mut header = format!("{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}");
    while !(header.len() + 11).is_multiple_of(64) {
        header.push(' ');
    }
    header.push('\n');
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend((header.len() as u16).to_le_bytes());
    bytes.extend(header.as_bytes());
    bytes.extend(data);
    bytes
}

pub fn zipped(path: &Path, entries: &[(&str, Vec<u8>)]) {
    let mut archive = zip::ZipWriter::new(fs::File::create(path).expect("a file"));
    for (name, bytes) in entries {
        let options = SimpleFileOptions::default();
        archive.start_file(*name, options).expect("an entry");
        archive.write_all(bytes).expect("bytes");
    }
    archive.finish().expect("an archive");
}

#[test]
fn folders_name_images_and_their_classes_tell_the_truth() {
    let root = tempfile::tempdir().expect("a folder");
    folder(root.path());
    assert!(holds_images(root.path()));
    let set = read(root.path(), &ImageOptions::default()).expect("images");
    assert_eq!((set.len(), set.side(), set.channels()), (21, 28, 1));
    let anomalies = set.truth().expect("a truth").iter();
    assert_eq!(anomalies.filter(|label| **label == Some(true)).count(), 3);
    let notices = set.notices().join("\n");
    assert!(notices.contains("the class good is nominal"), "{notices}");
    assert!(notices.contains("brought to 28 × 28 in grey"), "{notices}");
    // Sorted by name: crack/00 comes first, and its first pixel is black.
    assert!(set.image(0)[0] < -0.99);
}

#[test]
fn a_broken_picture_is_named_and_left_out_on_wish() {
    let root = tempfile::tempdir().expect("a folder");
    folder(root.path());
    fs::write(root.path().join("good/07.png"), b"no picture").expect("a file");
    let error = read(root.path(), &ImageOptions::default()).expect_err("a refusal");
    assert!(
        error.contains("good/07.png") && error.contains("--skip-broken"),
        "{error}"
    );
    let options = ImageOptions {
        skip_broken: true,
        ..ImageOptions::default()
    };
    let set = read(root.path(), &options).expect("images");
    assert_eq!(set.len(), 20);
    assert!(
        set.notices()
            .iter()
            .any(|notice| notice.contains("good/07.png"))
    );
}

#[test]
fn archives_are_read_as_folders_and_must_not_lead_out_of_them() {
    let root = tempfile::tempdir().expect("a folder");
    let png = |number: u8| {
        let mut bytes = std::io::Cursor::new(Vec::new());
        let colours = RgbImage::from_fn(40, 30, |x, y| Rgb([number, x as u8, y as u8]));
        colours
            .write_to(&mut bytes, image::ImageFormat::Png)
            .expect("a picture");
        bytes.into_inner()
    };
    let names: Vec<String> = (0..17).map(|at| format!("{at:02}.png")).collect();
    let mut entries: Vec<(&str, Vec<u8>)> =
        names.iter().map(|name| (name.as_str(), png(9))).collect();
    entries[3].1 = png(200);
    entries.push((
        "labels.csv",
        b"file,label\n03.png,anomaly\n04.png,normal\n".to_vec(),
    ));
    let path = root.path().join("set.zip");
    zipped(&path, &entries);
    let set = read(&path, &ImageOptions::default()).expect("images");
    assert_eq!(
        (set.len(), set.side(), set.channels(), set.name()),
        (17, 32, 3, "set")
    );
    let truth = set.truth().expect("a truth");
    let expected = [None, Some(true), Some(false)];
    assert_eq!(&truth[2..5], expected);
    entries.push(("../out.png", png(1)));
    zipped(&path, &entries);
    let error = read(&path, &ImageOptions::default()).expect_err("a refusal");
    assert!(
        error.contains("leads out of it") && error.contains("../out.png"),
        "{error}"
    );
}

#[test]
fn arrays_are_read_with_their_labels_whatever_their_range() {
    let root = tempfile::tempdir().expect("a folder");
    let path = root.path().join("set.npz");
    let floats: Vec<u8> = (0..20 * 28 * 28)
        .flat_map(|at| ((at % 5) as f32 / 4.0).to_le_bytes())
        .collect();
    let labels: Vec<u8> = (0..20_i64).flat_map(|at| (at % 3).to_le_bytes()).collect();
    let images = npy("<f4", "(20, 28, 28)", &floats);
    zipped(
        &path,
        &[
            ("x.npy", images.clone()),
            ("y.npy", npy("<i8", "(20,)", &labels)),
        ],
    );
    let set = read(&path, &ImageOptions::default());
    // Five brightnesses over 784 pixels: images differ.
    let set = set.expect("images");
    assert_eq!(
        (set.len(), set.image(0)[..3].to_vec()),
        (20, vec![-1.0, -0.5, 0.0])
    );
    assert_eq!(
        set.truth(),
        None,
        "classes 0, 1 and 2 say nothing by themselves"
    );
    let options = ImageOptions {
        nominal: vec!["0".into(), "2".into()],
        ..ImageOptions::default()
    };
    let truth = read(&path, &options).expect("images");
    let truth = truth.truth().expect("a truth").to_vec();
    assert_eq!(
        truth.iter().filter(|label| **label == Some(true)).count(),
        7
    );
    let alone = root.path().join("alone.npy");
    fs::write(&alone, &images[..images.len() - 4]).expect("a file");
    let error = read(&alone, &ImageOptions::default()).expect_err("a refusal");
    assert!(
        error.contains("alone.npy") && error.contains("is cut off: it has"),
        "{error}"
    );
}

#[test]
fn idx_files_find_their_labels_beside_them_packed_or_not() {
    let root = tempfile::tempdir().expect("a folder");
    let mut images = vec![0, 0, 8, 3, 0, 0, 0, 20, 0, 0, 0, 28, 0, 0, 0, 28];
    images.extend((0..20 * 784).map(|at| (at % 251) as u8));
    let mut labels = vec![0, 0, 8, 1, 0, 0, 0, 20];
    labels.extend((0..20).map(|at| u8::from(at == 4)));
    let path = root.path().join("t10k-images-idx3-ubyte.gz");
    let file = fs::File::create(&path).expect("a file");
    let mut packer = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
    packer.write_all(&images).expect("bytes");
    packer.finish().expect("a file");
    fs::write(root.path().join("t10k-labels-idx1-ubyte.gz"), &labels).expect("a file");
    assert!(holds_images(&path));
    let set = read(&path, &ImageOptions::default()).expect("images");
    assert_eq!(set.len(), 20);
    assert_eq!(set.truth().map(|truth| truth[4]), Some(Some(true)));
}

/// A single pass, so that a test is quick.
fn quick() -> ImageOptions {
    ImageOptions {
        epochs: Some(1),
        ..ImageOptions::default()
    }
}

fn learnt(toy: usize) -> Gallery {
    Gallery::learn(image_toys()[toy].open(), &quick(), &mut Unwatched).expect("a gallery")
}

#[test]
fn the_same_images_give_the_same_bits_on_one_thread_and_on_two() {
    let table = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let gallery = pool.expect("threads").install(|| learnt(0));
        Dataset::of_images(gallery, &mut Unwatched).expect("a table")
    };
    let (one, two) = (table(1), table(2));
    assert_eq!(one.fingerprint(), two.fingerprint());
    assert_eq!(one.gallery(), two.gallery());
}

#[test]
fn odd_images_of_a_toy_score_above_the_others_and_models_come_back_equal() {
    let gallery = learnt(1);
    let model = gallery.model().clone();
    let table = Dataset::of_images(gallery, &mut Unwatched).expect("a table");
    // All but those about colours and by steps.
    assert_eq!(table.given_scores().len(), 15);
    let labels = table.truth().expect("a truth").labels();
    let area = |score: usize| {
        let feature = table.given_scores()[score].feature;
        let column = table.features().column(feature).to_vec();
        auroc(&column, labels).expect("both labels")
    };
    // Patches need no training; the networks have hardly had any.
    assert!(area(8) > 0.95, "{}", area(8));
    let text = ron::to_string(&model).expect("a text");
    let again: ImageModel = ron::from_str(&text).expect("a model");
    assert_eq!(again, model);
    let other = text.replacen("side:28", "side:32", 1);
    assert!(
        ron::from_str::<ImageModel>(&other).is_err(),
        "a model of another shape"
    );
}

#[test]
fn a_folder_of_images_opens_as_a_table_and_is_found_again() {
    let root = tempfile::tempdir().expect("a folder");
    folder(root.path());
    let options = ReadOptions {
        images: Some(Box::new(quick())),
        ..ReadOptions::default()
    };
    let table = read_path(root.path(), &options).expect("a table");
    assert_eq!(
        (table.n_instances(), table.id(0)),
        (21, "crack/00.png".to_owned())
    );
    assert_eq!(
        table.truth().map(|truth| truth.label(0)),
        Some(Some(Label::Anomaly))
    );
    let origin = table.origin().expect("an origin").clone();
    let again = origin.open(None).expect("a table");
    assert_eq!(again.fingerprint(), table.fingerprint());
    let toy = open_image_toy(&image_toys()[0], &options, &mut Unwatched).expect("a table");
    assert_eq!(toy.gallery().map(|gallery| gallery.set().len()), Some(400));
}

#[test]
fn images_are_ranked_by_name_or_by_what_was_learnt_from_others() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("scores.csv").display().to_string();
    let (status, text) = told(&glad(&["rank", "tray", "--out", &out, "--epochs", "1"]));
    assert_eq!(status, Some(0), "{text}");
    assert!(
        text.contains("400 instances") && text.contains("AUROC"),
        "{text}"
    );
    let scores = fs::read_to_string(&out).expect("scores");
    assert_eq!(scores.lines().count(), 401);
    let train = [
        "rank", "tray", "--train", "woven", "--out", &out, "--epochs", "1",
    ];
    let (status, text) = told(&glad(&train));
    assert_eq!(status, Some(0), "{text}");
    assert!(
        text.contains("400 images") && text.contains("learnt from 400 others"),
        "{text}"
    );
    let (status, text) = told(&glad(&[
        "rank", "clusters", "--train", "woven", "--out", &out,
    ]));
    assert_eq!(status, Some(2), "{text}");
    assert!(text.contains("--train is for images"), "{text}");
}

#[test]
fn a_session_of_images_is_whole_without_learning_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("run.glad");
    let name = path.display().to_string();
    let replay = [
        "replay", "tray", "--epochs", "1", "--budget", "6", "--save", &name,
    ];
    let (status, text) = told(&glad(&replay));
    assert_eq!(status, Some(0), "{text}");
    let saved = read_session(&path).expect("a session");
    let table = saved.open_data(&path, None).expect("its table");
    assert_eq!(table.fingerprint(), &saved.data.fingerprint);
    let gallery = table.gallery().expect("its images");
    let toy = image_toys()[1].open();
    assert_eq!(gallery.set().len(), 400);
    let pairs = gallery.set().pixels().iter().zip(toy.pixels());
    assert!(pairs.into_iter().all(|(a, b)| (a - b).abs() < 0.005));
    // The networks are the same to the bit: so are the scores of the same pixels.
    let learnt = learnt(1);
    assert_eq!(gallery.model(), learnt.model());
    let (status, text) = told(&glad(&["replay", &name]));
    assert_eq!(status, Some(0), "{text}");
    assert!(text.contains("reproduces itself: 6 revisions"), "{text}");
    fs::write(images_of(&path), b"glad images 1 0\n").expect("a file");
    let table = saved.open_data(&path, None).expect("its table");
    assert!(table.gallery().is_none());
    let notices = table.notices().join("\n");
    assert!(
        notices.contains("run.glad.images belongs to another one"),
        "{notices}"
    );
}

/// An array of some of the trays' images in bytes, in a file.
pub fn bytes_of(path: &Path, images: std::ops::Range<usize>) {
    let set = image_toys()[1].open();
    let (side, channels) = (set.side(), set.channels());
    let bytes: Vec<u8> = images
        .clone()
        .flat_map(|index| set.image(index))
        .map(|value| ((value + 1.0) * 127.5).round() as u8)
        .collect();
    let shape = format!("({}, {side}, {side}, {channels})", images.len());
    fs::write(path, npy("|u1", &shape, &bytes)).expect("an array");
}

/// The cells of each line of a table of scores.
fn lines_of(path: &Path) -> Vec<Vec<String>> {
    let text = fs::read_to_string(path).expect("scores");
    let lines = text.lines().skip(1);
    let cells = |line: &str| line.split(',').map(str::to_owned).collect();
    lines.map(cells).collect()
}

#[test]
fn new_images_are_scored_by_a_session_as_its_own_are_be_they_many_or_two() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let name = |file: &str| path(file).display().to_string();
    bytes_of(&path("own.npy"), 0..60);
    bytes_of(&path("two.npy"), 40..42);
    let (own, run) = (name("own.npy"), name("run.glad"));
    let arguments = [own.as_str(), "--epochs", "1", "--save", &run];
    let (status, text) = label(&arguments, "a\nn\nn\nn\nsave\nquit\n");
    // What is asked is told in words of images: directions of an embedding say nothing.
    assert!(
        text.contains("? image ") && text.contains("found by "),
        "{text}"
    );
    assert!(!text.contains("direction 1"), "{text}");
    assert_eq!(status, Some(0), "{text}");
    let (status, text) = told(&glad(&["export", &run, "--scores", &name("own.csv")]));
    assert_eq!(status, Some(0), "{text}");
    for (data, count) in [("own.npy", "60 images"), ("two.npy", "2 images")] {
        let out = name("new.csv");
        let (status, text) = told(&glad(&["score", &run, &name(data), "--out", &out]));
        assert_eq!(status, Some(0), "{text}");
        assert!(text.contains(&format!("scored {count}")), "{text}");
        let own = lines_of(&path("own.csv"));
        let first = if data == "two.npy" { 40 } else { 0 };
        for (at, found) in lines_of(&path("new.csv")).iter().enumerate() {
            // All but name, rank and label: the same to the bit.
            assert_eq!(found[1], own[first + at][1]);
            assert_eq!(found[4..], own[first + at][4..]);
        }
    }
}

#[test]
fn what_is_not_of_the_kind_that_was_learnt_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = |file: &str| folder.path().join(file).display().to_string();
    bytes_of(&folder.path().join("own.npy"), 0..40);
    let (own, run, out) = (name("own.npy"), name("run.glad"), name("new.csv"));
    let (status, text) = label(&[&own, "--epochs", "1", "--save", &run], "a\nsave\nquit\n");
    assert_eq!(status, Some(0), "{text}");
    let refused = |session: &str, data: &str, more: &[&str], words: &str| {
        let arguments = [&["score", session, data, "--out", &out], more].concat();
        let (status, text) = told(&glad(&arguments));
        assert_eq!(status, Some(2), "{text}");
        assert!(text.contains(words), "{text}");
    };
    let table = toy_path("clusters").display().to_string();
    refused(&run, &table, &[], "holds no images");
    refused(
        &run,
        &own,
        &["--side", "64"],
        "leave --side and --grey away",
    );
    // Numbers of no known scale, nothing, and nowhere.
    for (file, values, words) in [
        (
            "odd.npy",
            &[-4.9_f32, -4.0].repeat(20)[..],
            "a scale of bytes",
        ),
        ("none.npy", &[], "There is no image in"),
    ] {
        let data: Vec<u8> = values.iter().flat_map(|v| v.to_le_bytes()).collect();
        let array = npy("<f4", &format!("({}, 1, 20)", values.len() / 20), &data);
        fs::write(name(file), array).expect("an array");
        refused(&run, &name(file), &[], words);
    }
    refused(&run, &name("nowhere"), &[], "There is no file");
    refused(&run, &own, &["--every", "2"], "--every is for tables");
    let goes = ["continue", &run, &own, "--save", &name("on.glad")];
    let (status, text) = told(&glad(&goes));
    assert_eq!(status, Some(2), "{text}");
    assert!(
        text.contains("A session of images does not go on"),
        "{text}"
    );
    // One picture is scored, and told to be of another size.
    picture(90).save(name("one.png")).expect("a picture");
    let (status, text) = told(&glad(&["score", &run, &name("one.png"), "--out", &out]));
    assert_eq!(status, Some(0), "{text}");
    assert!(
        text.contains("scored 1 image,") && text.contains("those of 20 × 20 pixels are brought to"),
        "{text}"
    );
    // A session is no data, and says what it is.
    for command in ["inspect", "rank"] {
        let out = ["--out", &out];
        let words = [command, &run];
        let more: &[&str] = if command == "rank" { &out } else { &[] };
        let (status, text) = told(&glad(&[&words[..], more].concat()));
        assert_eq!(status, Some(2), "{text}");
        assert!(text.contains("is a session of GLAD: see what"), "{text}");
    }
    let of_table = saved(folder.path(), "table.glad", &[]);
    refused(&of_table, &own, &[], "trained on something else");
    fs::remove_file(images_of(Path::new(&run))).expect("the images");
    refused(&run, &own, &[], "in the file .images beside it");
}

#[test]
fn a_report_and_the_charts_show_the_images_and_load_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = |file: &str| folder.path().join(file).display().to_string();
    bytes_of(&folder.path().join("own.npy"), 0..40);
    let (own, run) = (name("own.npy"), name("run.glad"));
    let (status, text) = label(
        &[&own, "--epochs", "1", "--save", &run],
        "a\nn\nsave\nquit\n",
    );
    assert_eq!(status, Some(0), "{text}");
    let (report, charts) = (name("report.html"), name("charts"));
    let export = ["export", &run, "--report", &report, "--charts", &charts];
    let (status, text) = told(&glad(&export));
    assert_eq!(status, Some(0), "{text}");
    let page = fs::read_to_string(&report).expect("the report");
    // Four of the anomaly, and two of each of the candidates.
    assert!(page.matches("<img alt=").count() >= 6);
    assert_eq!(
        page.matches("<img alt=").count(),
        page.matches(" src=\"data:image/png;base64,iVBORw0KGgo")
            .count()
    );
    assert!(page.contains("style-src 'unsafe-inline'; img-src data:"));
    assert!(
        !page.contains("share of the explanation"),
        "nameless features"
    );
    let names = fs::read_dir(&charts).expect("charts");
    let names: Vec<String> = names
        .map(|entry| {
            entry
                .expect("a file")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    for way in ["image", "reconstruction", "residual", "overlay"] {
        for what in ["anomaly-001", "candidate-002"] {
            let mut own = names.iter();
            let found =
                own.find(|name| name.starts_with(what) && name.ends_with(&format!("{way}.png")));
            let path = Path::new(&charts).join(found.expect("a picture"));
            let picture = image::open(path).expect("a picture");
            assert_eq!((picture.width(), picture.height()), (28, 28));
        }
    }
}
