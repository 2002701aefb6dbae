//! The settings, with their meaning and range; nothing changes before they are applied.

use eframe::egui::{
    Button, Checkbox, CollapsingHeader, ComboBox, DragValue, Grid, RichText, ScrollArea, TextEdit,
    Ui,
};

use super::preset_dialog::presets_ui;
use super::setting_fields::{FIELDS, Field, SWITCHES};
use super::settings_draft::Draft;
use super::{ensemble_field, presets};
use crate::app::{Command, Method, SessionCommand, Settings};
use crate::ui::layout::PaneContext;

/// Width of the names, so that the values of all groups stand under each other.
const NAMES: f32 = 128.0;

/// Paints the settings.
pub(in crate::ui) fn settings_ui(ui: &mut Ui, pane: &mut PaneContext<'_>) {
    let applied = pane.workspace.model().fitted().settings();
    let mut draft = pane
        .kept
        .settings
        .take()
        .unwrap_or_else(|| Draft::of(applied));
    let read = draft.read();
    let is_changed = read.as_ref() != Ok(applied);
    ui.horizontal_wrapped(|ui| {
        let apply = Button::new("Apply and refit");
        let is_ready = is_changed && read.is_ok() && pane.app.busy().is_none();
        let tip = "Fits the detectors anew; your answers are carried over as one act and trained on.";
        if ui.add_enabled(is_ready, apply).on_hover_text(tip).clicked()
            && let Ok(settings) = &read
        {
            pane.commands.push(Command::Refit(Box::new(settings.clone())));
        }
        if ui.add_enabled(is_changed, Button::new("Revert")).on_hover_text("Back to the settings in force").clicked() {
            draft = Draft::of(applied);
        }
        if ui.button("Defaults").on_hover_text("The settings that the program begins with; they too are applied by the button only").clicked() {
            draft = Draft::of(&Settings::default());
        }
        let kept = &mut *pane.kept;
        presets_ui(ui, read.as_ref().ok(), &kept.presets, &mut kept.preset, pane.commands);
    });
    match &read {
        Err(sentence) => {
            ui.colored_label(ui.visuals().error_fg_color, format!("{sentence}."));
        }
        Ok(_) if is_changed => {
            ui.label(RichText::new("Not applied yet.").strong());
        }
        Ok(_) => {
            ui.label(RichText::new("These settings are in force.").weak());
        }
    }
    ui.separator();
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        training_ui(ui, pane);
        let features = pane.workspace.dataset().n_features();
        texts_ui(ui, &mut draft, features);
        let (first, rest) = FIELDS.split_at(1);
        fields_ui(ui, first, &mut draft);
        // What is wrong is not hidden.
        let is_wrong = |field: &Field| draft.wrong.contains_key(field.name);
        let shows = rest.iter().any(|(_, fields)| fields.iter().any(is_wrong));
        ui.add_space(6.0);
        CollapsingHeader::new("All other settings")
            .open(shows.then_some(true))
            .show_unindented(ui, |ui| {
                others_ui(ui, &mut draft);
                fields_ui(ui, rest, &mut draft);
            })
            .header_response
            .on_hover_text("How the network and the cells are trained; the defaults are those that found most over many tables");
    });
    pane.kept.settings = (draft != Draft::of(applied)).then_some(draft);
}

/// What takes effect at once: it changes nothing that was learnt.
fn training_ui(ui: &mut Ui, pane: &mut PaneContext<'_>) {
    let mut automatic = pane.workspace.session().is_automatic();
    let box_ = Checkbox::new(&mut automatic, "Train by itself after each batch (at once)");
    let tip = "When off, the network is trained only when you ask for it (R). The batch b is set at the top of the window.";
    if ui.add(box_).on_hover_text(tip).changed() {
        pane.commands
            .push(Command::Session(SessionCommand::SetAutomatic(automatic)));
    }
}

fn texts_ui(ui: &mut Ui, draft: &mut Draft, features: usize) {
    ui.add_space(6.0);
    ui.label(RichText::new("Detectors and relevance").strong());
    // What is typed and is no ensemble is none of the presets.
    let now = draft.read().unwrap_or_else(|_| draft.settings.clone());
    if let Some(preset) = presets::presets_ui(ui, &now) {
        *draft = Draft::of(&preset);
    }
    Grid::new("texts")
        .num_columns(2)
        .min_col_width(NAMES)
        .spacing([12.0, 4.0])
        .show(ui, |ui| {
            ensemble_field::ensemble_ui(ui, "ensemble", &mut draft.ensemble, Some(features), 124.0);
            ui.end_row();
            let meanings =
                Method::ALL.map(|method| format!("{}: {}", method.key(), method.meaning()));
            let label = ui.label("method").on_hover_text(meanings.join("\n"));
            ComboBox::from_id_salt("method")
                .selected_text(draft.settings.method.key())
                .show_ui(ui, |ui| {
                    for method in Method::ALL {
                        ui.selectable_value(&mut draft.settings.method, method, method.key());
                    }
                })
                .response
                .labelled_by(label.id);
            ui.end_row();
        });
}

fn fields_ui(ui: &mut Ui, groups: &[(&str, &'static [Field])], draft: &mut Draft) {
    for (title, fields) in groups {
        ui.add_space(6.0);
        ui.label(RichText::new(*title).strong());
        Grid::new(*title)
            .num_columns(3)
            .min_col_width(NAMES)
            .striped(true)
            .spacing([12.0, 4.0])
            .show(ui, |ui| {
                for field in *fields {
                    field_ui(ui, field, draft);
                }
            });
    }
}

/// What is not a number among the settings that are folded away.
fn others_ui(ui: &mut Ui, draft: &mut Draft) {
    Grid::new("other texts").num_columns(2).min_col_width(NAMES).spacing([12.0, 4.0]).show(ui, |ui| {
        let label = ui.label("hidden units").on_hover_text(
            "Widths of the network's hidden layers, each 1 to 4,096, at most 4 of them, such as 64 or 64, 32; empty for one of max(50, 3 M) units.",
        );
        ui.add(TextEdit::singleline(&mut draft.hidden).desired_width(190.0).hint_text("max(50, 3 M)")).labelled_by(label.id);
        ui.end_row();
        prior_ui(ui, &mut draft.settings);
    });
    for switch in SWITCHES {
        let is_usual = *(switch.flag)(&mut Settings::default());
        let usual = if is_usual { "on" } else { "off" };
        ui.checkbox((switch.flag)(&mut draft.settings), switch.name)
            .on_hover_text(format!("{} Default: {usual}.", switch.meaning));
    }
}

/// The prior relevance, or the one that suits each kind of member.
fn prior_ui(ui: &mut Ui, settings: &mut Settings) {
    let label = ui.label("prior b").on_hover_text(
        "Relevance p before any label, 0.001 to 0.999, equal everywhere. By kind: each kind of member has the one that suits it.",
    );
    ui.horizontal(|ui| {
        let mut by_kind = settings.network.b.is_none();
        let box_ = ui.checkbox(&mut by_kind, "by kind");
        if box_
            .on_hover_text("Each kind of member has the one that suits it")
            .changed()
        {
            settings.network.b = (!by_kind).then_some(0.5);
        }
        if let Some(b) = &mut settings.network.b {
            ui.add(DragValue::new(b).range(0.001..=0.999).speed(0.005))
                .labelled_by(label.id);
        }
    });
    ui.end_row();
}

fn field_ui(ui: &mut Ui, field: &'static Field, draft: &mut Draft) {
    let before = (field.get)(&draft.settings);
    let usual = (field.get)(&Settings::default());
    let tip = format!(
        "{} Range: {}. Default: {usual}.",
        field.meaning, field.range
    );
    let label = ui.label(field.name).on_hover_text(tip);
    let typed = draft.wrong.get(field.name).copied();
    let mut value = typed.unwrap_or(before);
    // Without bounds: they would change what was typed, without a word.
    let mut drag = DragValue::new(&mut value).speed(field.speed);
    if field.is_whole {
        drag = drag.custom_formatter(|number, _| number.to_string());
    }
    let response = ui.add(drag).labelled_by(label.id);
    if response.changed() {
        if response.dragged() {
            value = value.clamp(field.low, field.high);
            value = if field.is_whole { value.round() } else { value };
        }
        match field.fits(value) {
            true => {
                draft.wrong.remove(field.name);
                (field.set)(&mut draft.settings, value);
            }
            false => {
                draft.wrong.insert(field.name, value);
            }
        }
    }
    match draft.wrong.get(field.name) {
        Some(wrong) => {
            let whole = if field.is_whole { " whole number" } else { "" };
            let words = format!("{wrong} is none:{whole} {}", field.range);
            ui.colored_label(ui.visuals().error_fg_color, words);
        }
        None => {
            let beside = match value == usual {
                true => field.range.to_owned(),
                false => format!("{}; default {usual}", field.range),
            };
            ui.label(RichText::new(beside).size(11.0).weak());
        }
    }
    ui.end_row();
}
