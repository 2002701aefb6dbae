//! The line at the top: opening, what the map shows, when to train.

use eframe::egui::{self, Align, Button, DragValue, Ui};

use super::picker::Picker;
use super::recent_button;
use crate::app::{
    App, Command, OpenCommand, Origin, ReadOptions, View, ViewCommand, Viewpoint, image_toys,
    sequence_toys, toys,
};
use crate::ui::keys::{self, Action};
use crate::ui::layout::{Layout, Pane};
use crate::ui::memory::Theme;

/// Width below which the toolbar takes a second row.
const NARROW: f32 = 1_080.0;

/// Paints the toolbar.
pub(in crate::ui) fn toolbar_ui(
    ui: &mut Ui,
    app: &App,
    (layout, recent): (&Layout, &[Origin]),
    commands: &mut Vec<Command>,
    actions: &mut Vec<Action>,
) {
    let is_narrow = ui.available_width() < NARROW;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        button(ui, "Open…", Action::Open, actions);
        if app.workspace().is_some() {
            button(ui, "Save", Action::Save, actions);
            button(ui, "Save as…", Action::SaveAs, actions);
            menu(
                ui,
                "Export",
                "Write what the session has come to, or score another table",
                |ui| {
                    for (name, action) in [
                        ("Report…", Action::Report),
                        ("Charts…", Action::AllCharts),
                        ("One chart…", Action::SaveChart),
                        ("Scores, answers, model…", Action::Export),
                        ("Score new data…", Action::ScoreData),
                    ] {
                        entry(ui, name, action, actions);
                    }
                },
            );
        }
        if app.is_at_seam() {
            button(ui, "Fit on both", Action::FitOnBoth, actions);
        }
        menu(
            ui,
            "Toy tables",
            "Open a table whose anomalies are known",
            |ui| {
                for toy in toys() {
                    if ui.button(toy.title).on_hover_text(toy.sentence).clicked() {
                        commands.push(Command::Open(OpenCommand::Toy(toy)));
                        ui.close();
                    }
                }
                for toy in image_toys() {
                    let button = ui.button(toy.title).on_hover_text(toy.words);
                    if button.clicked() {
                        commands.push(Command::Open(OpenCommand::Images(toy)));
                        ui.close();
                    }
                }
                for toy in sequence_toys() {
                    if ui.button(toy.title).on_hover_text(toy.sentence).clicked() {
                        let file = OpenCommand::File(toy.name.into(), ReadOptions::default());
                        commands.push(Command::Open(file));
                        ui.close();
                    }
                }
            },
        );
        if !recent.is_empty() {
            menu(ui, "Recent", "Open a table of an earlier run", |ui| {
                for origin in recent {
                    recent_button(ui, origin, commands);
                }
            });
        }
        menu(ui, "View", "Open and close panes", |ui| {
            view_menu(ui, layout, actions)
        });
        ui.separator();
        if let Some(workspace) = app.workspace() {
            let label = ui.label("Train after");
            let mut batch = app.batch();
            let unit = if batch == 1 { " answer" } else { " answers" };
            let response = ui.add(DragValue::new(&mut batch).range(1..=100).suffix(unit));
            let response = response.labelled_by(label.id).on_hover_text(
                "Batch b: the network is trained each time that so many answers have been given.",
            );
            if response.changed() {
                commands.push(Command::SetBatch(batch));
            }
            ui.separator();
            viewpoint(ui, workspace, commands);
        }
        if is_narrow {
            ui.separator();
            look(ui, actions);
            return;
        }
        ui.with_layout(egui::Layout::right_to_left(Align::Center), |ui| {
            look(ui, actions)
        });
    });
}

fn look(ui: &mut Ui, actions: &mut Vec<Action>) {
    button(ui, "About", Action::About, actions);
    button(ui, "Keys (?)", Action::Sheet, actions);
    let theme = Theme::of(ui.ctx()).name();
    button(ui, &format!("Theme: {theme}"), Action::Theme, actions);
}

fn menu(ui: &mut Ui, name: &str, tip: &str, contents: impl FnOnce(&mut Ui)) {
    ui.menu_button(name, contents).response.on_hover_text(tip);
}

fn button(ui: &mut Ui, name: &str, action: Action, actions: &mut Vec<Action>) {
    let tip = format!("{} ({})", keys::meaning(action), keys::name(action));
    if ui.add(Button::new(name)).on_hover_text(tip).clicked() {
        actions.push(action);
    }
}

/// An entry of a menu, with its key beside it.
fn entry(ui: &mut Ui, name: &str, action: Action, actions: &mut Vec<Action>) {
    ui.horizontal(|ui| {
        button(ui, name, action, actions);
        ui.with_layout(egui::Layout::right_to_left(Align::Center), |ui| {
            ui.weak(keys::name(action));
        });
    });
}

/// All panes, the open ones ticked; and the way back to the layout of the beginning.
fn view_menu(ui: &mut Ui, layout: &Layout, actions: &mut Vec<Action>) {
    for entry in &Pane::TABLE {
        let mut is_open = layout.is_open(entry.pane);
        let response = ui.horizontal(|ui| {
            let response = ui.checkbox(&mut is_open, entry.name);
            if let Some(key) = entry.key {
                ui.weak(keys::names(&[key]));
            }
            response
        });
        if response.inner.on_hover_text(entry.meaning).changed() {
            actions.push(match is_open {
                true => Action::Show(entry.pane),
                false => Action::Close(entry.pane),
            });
        }
    }
    ui.separator();
    entry(ui, "Reset the layout", Action::ResetLayout, actions);
}

fn viewpoint(ui: &mut Ui, workspace: View<'_>, commands: &mut Vec<Command>) {
    let names = workspace.dataset().feature_names();
    let chosen = workspace.viewpoint();
    let times: Vec<&str> = workspace.dataset().time_columns().collect();
    ui.label("Map").on_hover_text(
        "What the map shows: two features, a time and a feature, or the two directions of largest variance.",
    );
    // A time lies across only, and is then behind the features.
    let (across, up) = match chosen {
        Viewpoint::Features(across, up) => (Some(across), Some(up)),
        Viewpoint::Time(column, up) => (Some(names.len() + column), Some(up)),
        Viewpoint::Principal => (None, None),
    };
    let of = |at: usize| match names.get(at) {
        Some(name) => name.as_str(),
        None => times.get(at - names.len()).copied().unwrap_or_default(),
    };
    let mut pick = |ui: &mut Ui,
                    (name, tip): (&str, &str),
                    count: usize,
                    current: Option<usize>,
                    make: &dyn Fn(Option<usize>) -> Viewpoint| {
        let picker = Picker {
            name,
            shown: current.map_or(principal_name(name), of),
            width: 96.0,
            tip,
            // The first choice is none of the features.
            count: count + 1,
            of: &|at| match at.checked_sub(1) {
                Some(at) if at >= names.len() => format!("{} (time)", of(at)).into(),
                Some(feature) => names[feature].as_str().into(),
                None => "principal components".into(),
            },
            is_chosen: &|at| at.checked_sub(1) == current,
        };
        if let Some(at) = picker.show(ui, false) {
            commands.push(Command::View(ViewCommand::Look(make(at.checked_sub(1)))));
        }
    };
    let other = |feature: usize| usize::from(feature == 0);
    let view = |across: usize, up: Option<usize>| match across.checked_sub(names.len()) {
        Some(column) => Viewpoint::Time(column, up.unwrap_or(0)),
        None => Viewpoint::Features(across, up.unwrap_or_else(|| other(across))),
    };
    let words = ("Across", "The feature or time across");
    let count = names.len() + times.len();
    pick(ui, words, count, across, &|choice| {
        choice.map_or(Viewpoint::Principal, |across| view(across, up))
    });
    ui.label("×");
    let words = ("Up", "The feature upwards");
    pick(ui, words, names.len(), up, &|choice| {
        choice.map_or(Viewpoint::Principal, |up| {
            view(across.unwrap_or_else(|| other(up)), Some(up))
        })
    });
}

fn principal_name(axis: &str) -> &'static str {
    match axis {
        "Across" => "1st component",
        _ => "2nd component",
    }
}
