//! What the open dialog asks of sequences and of images.

use eframe::egui::{ComboBox, DragValue, Role, Ui, WidgetInfo};

use crate::app::{ImageOptions, ReadOptions, SequenceOptions};

/// What is to be known of sequences: which class is nominal, and what to do where values or times
/// are not as they should be.
pub(super) fn sequence_options(ui: &mut Ui, classes: &[String], chosen: &mut ReadOptions) {
    let mut asked = chosen.sequences.as_deref().cloned().unwrap_or_default();
    ui.horizontal(|ui| {
        let label = ui.label("Nominal class").on_hover_text(
            "The class of the sequences that are nominal; those of all others are anomalies",
        );
        let name = asked
            .nominal
            .clone()
            .unwrap_or_else(|| "recognised".to_owned());
        ComboBox::from_id_salt("nominal class")
            .selected_text(name)
            .width(190.0)
            .show_ui(ui, |ui| {
                ui.selectable_value(&mut asked.nominal, None, "recognised");
                for class in classes {
                    ui.selectable_value(&mut asked.nominal, Some(class.clone()), class);
                }
            })
            .response
            .labelled_by(label.id);
    });
    ui.checkbox(&mut asked.interpolate, "Interpolate missing values")
        .on_hover_text("Otherwise they are refused, with the place of the first");
    ui.checkbox(&mut asked.resample, "Resample uneven times")
        .on_hover_text("Otherwise they are refused, with the place of the first");
    let unasked = asked == SequenceOptions::default();
    chosen.sequences = (!unasked).then(|| Box::new(asked));
}

/// Sides to choose from.
const SIDES: [(Option<usize>, &str); 4] = [
    (None, "the next to their own"),
    (Some(28), "28 × 28"),
    (Some(32), "32 × 32"),
    (Some(64), "64 × 64"),
];

/// Colours to choose from.
const COLOURS: [(Option<bool>, &str); 3] = [
    (None, "as they are"),
    (Some(true), "grey"),
    (Some(false), "colour"),
];

/// What is to be known of images: the size and colours that they are brought to, which classes are
/// nominal, what becomes of broken files, and whether each is also found again as published.
pub(super) fn image_options(ui: &mut Ui, classes: &[String], chosen: &mut ReadOptions) {
    let mut asked = chosen.images.as_deref().cloned().unwrap_or_default();
    ui.horizontal_wrapped(|ui| {
        let label = ui.label("Brought to").on_hover_text(
            "Height and width in pixels that the networks see: each new pixel is the mean of what it covers",
        );
        choice_ui(ui, ("side of images", label.id), &SIDES, &mut asked.side);
        let label = ui
            .label("in")
            .on_hover_text("Whether the networks see colours");
        choice_ui(ui, ("colours of images", label.id), &COLOURS, &mut asked.grey);
    });
    patches_ui(ui, &mut asked.patches);
    if !classes.is_empty() {
        ui.horizontal_wrapped(|ui| {
            ui.label("Nominal classes").on_hover_text(
                "The images of these are nominal, all others anomalies; none for what their names say",
            );
            for class in classes.iter().take(CLASSES) {
                let mut is_nominal = asked.nominal.contains(class);
                let field = ui.checkbox(&mut is_nominal, class);
                field.widget_info(|| {
                    let words = format!("Nominal class {class}");
                    WidgetInfo::selected(Role::CheckBox, true, is_nominal, words)
                });
                if field.changed() {
                    asked.nominal.retain(|other| other != class);
                    asked.nominal.extend(is_nominal.then(|| class.clone()));
                }
            }
        });
    }
    ui.checkbox(&mut asked.skip_broken, "Leave out files that do not read")
        .on_hover_text("Otherwise they are refused, with the name of the first");
    ui.checkbox(&mut asked.mapping, "Find each image again as published, too")
        .on_hover_text(
            "By 500 steps for each image, as Schlegl et al. 2017 did, beside the encoder: two more members, and about a second for three images",
        );
    let unasked = asked == ImageOptions::default();
    chosen.images = (!unasked).then(|| Box::new(asked));
}

/// The pixels between patches to begin with.
const STRIDE: usize = 32;

/// Whether large images are cut, and how finely.
fn patches_ui(ui: &mut Ui, stride: &mut Option<usize>) {
    ui.horizontal_wrapped(|ui| {
        let mut is_cut = stride.is_some();
        let tip = "The networks see patches of 64 × 64 pixels of large images in the place of the whole; an image's score is that of its most unusual tenth of patches, and a map shows which these are";
        let field = ui.checkbox(&mut is_cut, "Cut into patches of 64 × 64");
        if field.on_hover_text(tip).changed() {
            *stride = is_cut.then_some(STRIDE);
        }
        if let Some(stride) = stride {
            let label = ui.label("pixels apart");
            let field = DragValue::new(stride).range(1..=4096);
            ui.add(field).labelled_by(label.id).on_hover_text(tip);
        }
    });
}

/// Classes that are offered.
const CLASSES: usize = 40;

fn choice_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    (name, label): (&str, eframe::egui::Id),
    choices: &[(T, &str)],
    choice: &mut T,
) {
    let chosen = choices.iter().find(|(value, _)| value == choice);
    ComboBox::from_id_salt(name)
        .selected_text(chosen.map_or("", |(_, name)| name))
        .show_ui(ui, |ui| {
            for (value, name) in choices {
                ui.selectable_value(choice, *value, *name);
            }
        })
        .response
        .labelled_by(label);
}
