//! Images that are cut into patches, images of a scale that was learnt, and pixels to ONNX.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use glad::dataset::{Dataset, ReadOptions, read_path};
use glad::detector::{Model, Settings};
use glad::export::onnx::{follows_from_pixels, image_encoder, pixel_model};
use glad::figures::{Light, Way, instance_pixels};
use glad::imaging::{Gallery, ImageOptions, ImageSet, image_toys, read_images};
use glad::numeric::Unwatched;
use glad::store::read_session;
use image::{GrayImage, Luma};
use prost::Message;

use crate::cli_session::{glad, told};
use crate::common::fit;
use crate::imaging::npy;
use crate::onnx::{difference, outputs};

/// A folder of wide pictures of slanted stripes, one of them with a scratch at the right.
fn large(folder: &Path) {
    for number in 0..24_u32 {
        let picture = GrayImage::from_fn(200, 100, |x, y| {
            let noise = (x * 7919 + y * 104_729 + number * 31) % 23;
            let stripe = if (x + y + number) % 16 < 8 { 150 } else { 90 };
            let is_scratch = number == 9 && (140..170).contains(&x) && (x + 40 - y) % 60 < 4;
            Luma([if is_scratch {
                255
            } else {
                (stripe + noise) as u8
            }])
        });
        let name = folder.join(format!("{number:02}.png"));
        picture.save(name).expect("a picture");
    }
}

fn cut() -> ImageOptions {
    ImageOptions {
        epochs: Some(1),
        patches: Some(34),
        ..ImageOptions::default()
    }
}

#[test]
fn large_images_are_cut_and_the_most_unusual_patch_tells_with_a_map_of_where_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let pictures = folder.path().join("pictures");
    fs::create_dir_all(&pictures).expect("a folder");
    large(&pictures);
    let set = read_images(&pictures, &cut(), &mut Unwatched).expect("images");
    let patches = set.patches().expect("patches");
    // Across at 0, 34, 68, 102 and 136, down at 0, 34 and 36.
    assert_eq!((set.len(), patches.of(0).len()), (24, 15));
    assert_eq!(patches.places().len(), 24 * 15);
    let gallery = Gallery::learn(set, &cut(), &mut Unwatched).expect("a gallery");
    let table = Dataset::of_images(gallery, &mut Unwatched).expect("a table");
    let edges = table.given_scores().into_iter();
    for score in edges.filter(|score| score.name.starts_with("edges")) {
        let column = table.features().column(score.feature).to_vec();
        let most = (0..24).max_by(|&a, &b| column[a].total_cmp(&column[b]));
        assert_eq!(most, Some(9), "{}: {column:?}", score.name);
    }
    let gallery = table.gallery().expect("images");
    assert_eq!(Way::of(gallery).len(), 3);
    let heat = gallery.heat(9);
    let side = gallery.set().side();
    let hottest = (0..heat.len()).max_by(|&a, &b| heat[a].total_cmp(&heat[b]));
    let across = hottest.expect("a map") % side;
    assert!(
        across * 200 / side > 100,
        "the scratch is at the right: {across}"
    );
    let pixels = instance_pixels(gallery, 9, Way::Overlay, Light::default());
    assert_eq!(pixels.len(), side * side);

    // From the command line to a session, back from it, and new images by it.
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (data, run) = (pictures.display().to_string(), path("run.glad"));
    let words = [
        "replay",
        &data,
        "--patches",
        "34",
        "--epochs",
        "1",
        "--budget",
        "3",
        "--save",
        &run,
    ];
    fs::write(pictures.join("labels.csv"), labels()).expect("labels");
    let (status, text) = told(&glad(&words));
    assert_eq!(status, Some(0), "{text}");
    let saved = read_session(Path::new(&run)).expect("a session");
    let again = saved.open_data(Path::new(&run), None).expect("its table");
    let kept = again.gallery().expect("its images").set();
    assert_eq!(
        kept.patches().map(|kept| kept.places().len()),
        Some(24 * 15)
    );
    let out = path("new.csv");
    let (status, text) = told(&glad(&["score", &run, &data, "--out", &out]));
    assert_eq!(status, Some(0), "{text}");
    assert!(text.contains("scored 24 images"), "{text}");
    let words = ["score", &run, &data, "--patches", "10", "--out", &out];
    let (status, text) = told(&glad(&words));
    assert_eq!(status, Some(2), "{text}");
    assert!(text.contains("leave --patches away"), "{text}");
}

/// The truth beside the pictures.
fn labels() -> String {
    let lines = (0..24).map(|number| {
        let label = if number == 9 { "anomaly" } else { "nominal" };
        format!("{number:02}.png,{label}\n")
    });
    format!("file,label\n{}", lines.collect::<String>())
}

/// An array of numbers of the trays' images, from 0 to `scale`.
fn floats(path: &Path, images: std::ops::Range<usize>, scale: f32) {
    let set = image_toys()[1].open();
    let side = set.side();
    let shape = format!("({}, {side}, {side})", images.len());
    let values = images.flat_map(|index| set.image(index).to_vec());
    let data: Vec<u8> = values
        .flat_map(|value| ((value + 1.0) / 2.0 * scale).to_le_bytes())
        .collect();
    fs::write(path, npy("<f4", &shape, &data)).expect("an array");
}

#[test]
fn dark_images_are_scored_on_the_scale_that_was_learnt() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    floats(&path("own.npy"), 0..40, 255.0);
    floats(&path("dark.npy"), 0..2, 0.9);
    floats(&path("other.npy"), 0..2, 700.0);
    let name = |file: &str| path(file).display().to_string();
    let (own, out) = (name("own.npy"), name("out.csv"));
    let rank = |data: &str| {
        let words = [
            "rank", data, "--train", &own, "--epochs", "1", "--out", &out,
        ];
        told(&glad(&words))
    };
    let (status, text) = rank(&name("dark.npy"));
    assert_eq!(status, Some(0), "{text}");
    let scores = |file: &str| -> Vec<f32> {
        let text = fs::read_to_string(file).expect("scores");
        let lines = text.lines().skip(1);
        let score = |line: &str| line.split(',').nth(1).and_then(|cell| cell.parse().ok());
        lines.map(|line| score(line).expect("a score")).collect()
    };
    let dark = scores(&out);
    let (status, text) = rank(&own);
    assert_eq!(status, Some(0), "{text}");
    // Nearly black beside what was learnt: farther than any of these.
    let most = scores(&out).into_iter().fold(0.0, f32::max);
    assert!(
        dark.iter().all(|score| *score > most),
        "{dark:?} beside {most}"
    );
    let (status, text) = rank(&name("other.npy"));
    assert_eq!(status, Some(2), "{text}");
    assert!(text.contains("from 0 (black) to 255 (white)"), "{text}");
}

/// Images in colour that are none of a toy's, of a side.
fn coloured(side: usize) -> ImageSet {
    let pixels = (0..48 * side * side).flat_map(|at| {
        let (image, row, column) = (at / (side * side), at / side % side, at % side);
        let off = |a: usize, b: usize| ((a * 31 + b * 17 + image * 7) % 29) as f32 / 29.0;
        let disc = (row as f32 - side as f32 / 2.0).hypot(column as f32 - side as f32 / 2.0);
        let inside = disc < 8.0 + (image % 5) as f32;
        let red = if inside { 0.6 } else { -0.2 };
        [
            red + 0.2 * off(row, column),
            0.3 * off(column, row) - 0.3,
            red * 0.5,
        ]
    });
    ImageSet::of_pixels("discs".to_owned(), side, 3, pixels.collect())
}

#[test]
fn pixels_to_onnx_say_what_the_program_says() {
    let options = ImageOptions {
        epochs: Some(1),
        ..ImageOptions::default()
    };
    for set in [image_toys()[1].open(), coloured(32), coloured(64)] {
        let (side, channels, name) = (set.side(), set.channels(), set.name().to_owned());
        let gallery = Gallery::learn(set, &options, &mut Unwatched).expect("a gallery");
        let images = gallery.model().clone();
        let pixels = gallery.set().pixels()[..3 * side * side * channels].to_vec();
        // One that was learnt from, and two that were not.
        let moved: Vec<f32> = pixels
            .iter()
            .enumerate()
            .map(|(at, value)| match at < side * side * channels {
                true => *value,
                false => (value * 0.9 + 0.05 * (at as f32 * 0.7).sin()).clamp(-1.0, 1.0),
            })
            .collect();
        let table: Arc<Dataset> = Dataset::of_images(gallery, &mut Unwatched)
            .expect("a table")
            .into();
        let trained = Model::primed(&fit(&table, &Settings::default())).trained();
        let schema = trained.frozen().schema();
        assert!(follows_from_pixels(&trained, &images));
        let encoder = image_encoder(&images, schema).encode_to_vec();
        let found = outputs(&encoder, &[3, side, side, channels], &moved);
        let seen = images.look(&moved, &mut Unwatched).expect("numbers");
        let names = schema.feature_names();
        let expected: Vec<f32> = (0..3)
            .flat_map(|row| {
                let seen = &seen;
                names.iter().map(move |name| {
                    let direction = name.strip_prefix("direction ");
                    let score = || {
                        let place = glad::imaging::SCORES.iter().position(|s| s.name == name);
                        seen.scores[place.expect("a score")][row]
                    };
                    direction.map_or_else(score, |number| {
                        let at: usize = number.parse().expect("a number");
                        seen.embedding[row * seen.d + at - 1]
                    })
                })
            })
            .collect();
        for (at, (found, expected)) in found[0].iter().zip(&expected).enumerate() {
            let off = difference(&[*found], [*expected].iter());
            let feature = &names[at % names.len()];
            assert!(
                off <= 1e-5,
                "{name} {side}: {feature} is {found}, not {expected}"
            );
        }
        // From pixels to the score.
        let model = pixel_model(&trained, &images).encode_to_vec();
        let found = outputs(&model, &[3, side, side, channels], &moved);
        let features = ndarray::Array2::from_shape_vec((3, names.len()), expected);
        let scored = trained.score(features.expect("features").view());
        // Not of the one that was learnt from: its features are the ends of bands, and what rounding
        // leaves of them may fall into the next.
        let off = difference(&found[0][1..], scored.scores.iter().skip(1));
        assert!(off <= 1e-4, "{name} {side}: scores differ by {off}");
    }
}

#[test]
fn of_the_published_mapping_no_formula_follows_and_that_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("own.npy");
    floats(&data, 0..16, 255.0);
    let options = ReadOptions {
        images: Some(Box::new(ImageOptions {
            epochs: Some(1),
            mapping: true,
            ..ImageOptions::default()
        })),
        ..ReadOptions::default()
    };
    let table: Arc<Dataset> = read_path(&data, &options).expect("images").into();
    let images = table.gallery().expect("images").model().clone();
    let trained = Model::primed(&fit(&table, &Settings::default())).trained();
    assert!(!follows_from_pixels(&trained, &images));
    let model = image_encoder(&images, trained.frozen().schema());
    let left_out = model.metadata_props.iter();
    let left_out = left_out.filter(|entry| entry.key == "left_out");
    let said: String = left_out.map(|entry| entry.value.clone()).collect();
    assert!(said.contains("AnoGAN residual, mapped"), "{said}");
}
