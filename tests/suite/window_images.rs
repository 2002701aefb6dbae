//! Images in the window, driven by label and key.

use std::fs;

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Theme};
use egui_kittest::kittest::{NodeT, Queryable};
use glad::app::{App, Artifact, ArtifactKind, Command, OpenCommand, ReadOptions, WriteCommand};
use glad::detector::Settings;
use glad::imaging::ImageOptions;
use glad::session::Answer;
use glad::worker::InlineEngine;
use image::{GrayImage, Luma};

use crate::window::{Window, click, press, selected, window_of};

/// A window with a folder of forty pictures of a bar, one of them with another one across.
fn bars() -> (Window, tempfile::TempDir) {
    let root = tempfile::tempdir().expect("a folder");
    for number in 0..40_u32 {
        let picture = GrayImage::from_fn(28, 28, |x, y| {
            let bar = (10 + number % 5..15 + number % 5).contains(&x);
            let other = number == 17 && (12..16).contains(&y);
            Luma([if bar || other {
                220
            } else {
                (x * y % 17) as u8
            }])
        });
        let name = root.path().join(format!("{number:02}.png"));
        picture.save(name).expect("a picture");
    }
    let options = ReadOptions {
        images: Some(Box::new(ImageOptions {
            epochs: Some(1),
            ..ImageOptions::default()
        })),
        ..ReadOptions::default()
    };
    let mut app = App::new(Box::new(InlineEngine::default()), Settings::default());
    let path = root.path().to_owned();
    app.apply(Command::Open(OpenCommand::File(path, options)));
    (window_of(app, Theme::Light), root)
}

#[test]
fn the_candidate_is_seen_in_four_ways_and_answered_by_key() {
    let (mut window, _root) = bars();
    let first = selected(&window);
    assert_eq!(first, 17, "the odd one stands out");
    for way in ["image", "reconstruction", "residual", "overlay"] {
        window.get_by_label(&format!("{way} of image 17.png"));
    }
    window.get_by_label_contains("Colours of the residual: from 0 to");
    press(&mut window, Key::A);
    let workspace = window.state().app().workspace().expect("images");
    assert_eq!(workspace.answers().get(&17), Some(&Answer::Anomaly));
    let next = selected(&window);
    assert_ne!(next, first);
    let id = workspace.dataset().id(next);
    window.get_by_label(&format!("overlay of image {id}"));
    window.get_by_label("near: image 17.png, anomaly");
    let typical = window.query_all_by_label_contains(", typical").count();
    assert_eq!(typical, 4);
    assert!(
        window
            .query_by_label_contains("Where your answers have raised")
            .is_none()
    );
}

#[test]
fn a_round_is_seen_as_thumbnails_and_light_is_changed_by_key() {
    let (mut window, _root) = bars();
    click(&mut window, "Batch");
    window.get_by_label("thumbnail of image 17.png");
    click(&mut window, "Card 17.png: nominal");
    let workspace = window.state().app().workspace().expect("images");
    assert_eq!(workspace.answers().get(&17), Some(&Answer::Nominal));
    for (key, expected) in [(Key::Comma, 0.5), (Key::Period, 0.6)] {
        press(&mut window, key);
        let slider = window.get_by_role_and_label(Role::Slider, "overlay");
        let found = slider.accesskit_node().numeric_value().expect("a number");
        assert!((found - expected).abs() < 1e-6, "{found}");
    }
}

#[test]
fn bundled_images_are_opened_by_a_button_and_broken_folders_are_told() {
    let empty = tempfile::tempdir().expect("a folder");
    for number in 0..20 {
        fs::write(empty.path().join(format!("{number}.png")), b"none").expect("a file");
    }
    let app = App::new(Box::new(InlineEngine::default()), Settings::default());
    let mut window = window_of(app, Theme::Light);
    window.get_by_label("Woven cloth");
    window.get_by_label("Trays of cells");
    let path = Some(empty.path().to_owned());
    window
        .state_mut()
        .apply(Command::Open(OpenCommand::Show(path)));
    window.run_steps(3);
    let told = |window: &Window| window.query_all_by_label_contains("does not read").count();
    assert!(told(&window) > 1, "the first of them are shown");
    click(&mut window, "Open table");
    window.run_steps(2);
    window.get_by_label_contains("The image “0.png” does not read");
}

#[test]
fn the_dialog_asks_what_there_is_to_know_of_images() {
    let folder = tempfile::tempdir().expect("a folder");
    for number in 0..20_u8 {
        let class = folder.path().join(if number < 15 { "cat" } else { "dog" });
        fs::create_dir_all(&class).expect("a folder");
        let picture =
            GrayImage::from_fn(20, 20, |x, y| Luma([((x * y) as u8).wrapping_add(number)]));
        let place = class.join(format!("{number}.png"));
        picture.save(place).expect("a picture");
    }
    fs::write(folder.path().join("cat/broken.png"), b"none").expect("a file");
    let app = App::new(Box::new(InlineEngine::default()), Settings::default());
    let mut window = window_of(app, Theme::Light);
    let path = Some(folder.path().to_owned());
    let show = Command::Open(OpenCommand::Show(path));
    window.state_mut().apply(show);
    window.run_steps(3);
    window.get_by_label_contains("Images of about 20 pixels are brought to 28 × 28 in grey");
    let asked = |window: &Window| {
        let opening = window.state().app().opening().expect("the dialog");
        opening.options.images.clone().unwrap_or_default()
    };
    assert_eq!(*asked(&window), ImageOptions::default());
    for wish in [
        "Nominal class cat",
        "Leave out files that do not read",
        "Find each image again as published, too",
    ] {
        click(&mut window, wish);
        window.run_steps(2);
    }
    let found = asked(&window);
    assert_eq!(found.nominal, ["cat"]);
    assert!(found.skip_broken && found.mapping);
    // What was chosen is how they are opened.
    click(&mut window, "Find each image again as published, too");
    window.run_steps(2);
    click(&mut window, "Open table");
    window.run_steps(3);
    let workspace = window.state().app().workspace().expect("images");
    assert_eq!(workspace.dataset().n_instances(), 20);
    assert_eq!(workspace.true_anomalies(), Some(5));
}

#[test]
fn new_images_are_scored_in_the_window() {
    let (mut window, root) = bars();
    press(&mut window, Key::A);
    let out = tempfile::tempdir().expect("a folder");
    let scores = out.path().join("new.csv");
    window
        .state_mut()
        .apply(Command::Write(WriteCommand::Ask(ArtifactKind::Table)));
    window.run_steps(2);
    window.get_by_label("Images");
    window.get_by_label("Folder…");
    let score = WriteCommand::Save(Artifact::Table(root.path().to_owned()), scores.clone());
    window.state_mut().apply(Command::Write(score));
    window.run_steps(3);
    window.get_by_label_contains("The scores of 40 images of");
    let text = fs::read_to_string(&scores).expect("scores");
    let workspace = window.state().app().workspace().expect("images");
    let own = workspace.model().scores();
    for (line, own) in text.lines().skip(1).zip(own) {
        assert_eq!(line.split(',').nth(1), Some(format!("{own:?}").as_str()));
    }
}
