//! The columns of a table that is about to be opened: what each means, and why.

use eframe::egui::{Button, ComboBox, Grid, RichText, ScrollArea, TextEdit, Ui};

use crate::app::{Inspection, Meaning, ReadOptions, TimePart};

/// Height of the list, in points.
const HEIGHT: f32 = 170.0;

/// Height of a line of it.
const LINE: f32 = 20.0;

/// Most notes that are shown.
const NOTES: usize = 12;

/// Paints what was found out of a file, with each column's meaning to be changed.
pub(super) fn columns_ui(
    ui: &mut Ui,
    found: &Inspection,
    find: &mut String,
    chosen: &mut ReadOptions,
) {
    notes(ui, found);
    fillers(ui, found, chosen);
    anomalies(ui, found, chosen);
    let wanted = find.trim().to_lowercase();
    let shown: Vec<usize> = (0..found.columns.len())
        .filter(|&at| found.columns[at].name.to_lowercase().contains(&wanted))
        .collect();
    ui.horizontal(|ui| {
        let label = ui.label("Columns");
        ui.add(
            TextEdit::singleline(find)
                .desired_width(140.0)
                .hint_text("find by name"),
        )
        .labelled_by(label.id);
        ui.label(format!("{} of {}", shown.len(), found.columns.len()));
        all(ui, found, &shown, chosen);
        let reset = ui
            .add_enabled(!chosen.columns.is_empty(), Button::new("As recognised"))
            .on_hover_text("Give up all meanings that were chosen here");
        if reset.clicked() {
            chosen.columns.clear();
        }
    });
    ScrollArea::both()
        .id_salt("columns")
        .max_height(HEIGHT)
        .auto_shrink([false, true])
        .show_rows(ui, LINE, shown.len(), |ui, rows| {
            Grid::new("columns")
                .num_columns(5)
                .spacing([12.0, 2.0])
                .show(ui, |ui| {
                    for &at in &shown[rows] {
                        column(ui, found, at, chosen);
                        ui.end_row();
                    }
                });
        });
}

fn column(ui: &mut Ui, found: &Inspection, at: usize, chosen: &mut ReadOptions) {
    let column = &found.columns[at];
    let label = ui.label(RichText::new(&column.name).strong());
    let mut meaning = column.meaning;
    ComboBox::from_id_salt(("meaning", at))
        .selected_text(meaning.name())
        .width(82.0)
        .show_ui(ui, |ui| {
            for other in Meaning::ALL {
                ui.selectable_value(&mut meaning, other, other.name());
            }
        })
        .response
        .labelled_by(label.id)
        .on_hover_text("What this column means; number and category make features");
    if meaning != column.meaning {
        choose(chosen, &column.name, meaning);
    }

    ui.label(column.unit.as_deref().unwrap_or_default())
        .on_hover_text("Its unit");
    ui.label(match column.missing {
        0 => String::new(),
        count => format!("{count} missing"),
    });
    if column.meaning != Meaning::Time {
        ui.label(&column.reason);
        return;
    }
    ui.horizontal(|ui| {
        ui.label(&column.reason);
        parts(ui, &column.name, chosen);
    });
}

/// What of a column of times is a feature.
fn parts(ui: &mut Ui, column: &str, chosen: &mut ReadOptions) {
    for part in TimePart::ALL {
        let wish = (column.to_owned(), part);
        let mut is_wished = chosen.time_features.contains(&wish);
        let tick = ui.checkbox(&mut is_wished, part.name());
        if tick
            .on_hover_text(format!("A feature: {} in this column", part.meaning()))
            .changed()
        {
            chosen.time_features.retain(|other| *other != wish);
            if is_wished {
                chosen.time_features.push(wish);
            }
        }
    }
}

/// Gives all columns that are shown one meaning.
fn all(ui: &mut Ui, found: &Inspection, shown: &[usize], chosen: &mut ReadOptions) {
    let label = ui.label("all of these:");
    let mut wanted = None;
    ComboBox::from_id_salt("all meanings")
        .selected_text("as they are")
        .width(90.0)
        .show_ui(ui, |ui| {
            for meaning in [Meaning::Number, Meaning::Category, Meaning::Out] {
                ui.selectable_value(&mut wanted, Some(meaning), meaning.name());
            }
        })
        .response
        .labelled_by(label.id)
        .on_hover_text("Give all columns that are shown this meaning");
    if let Some(meaning) = wanted {
        for &at in shown {
            choose(chosen, &found.columns[at].name, meaning);
        }
    }
}

fn choose(chosen: &mut ReadOptions, name: &str, meaning: Meaning) {
    chosen.columns.retain(|(other, _)| other != name);
    chosen.columns.push((name.to_owned(), meaning));
}

fn notes(ui: &mut Ui, found: &Inspection) {
    for question in &found.questions {
        ui.colored_label(ui.visuals().warn_fg_color, question);
    }
    for note in found.notes.iter().take(NOTES) {
        ui.label(note);
    }
    if found.notes.len() > NOTES {
        let rest = found.notes[NOTES..].join("\n");
        ui.label(format!("… and {} more", found.notes.len() - NOTES))
            .on_hover_text(rest);
    }
    let place = match found.is_whole {
        true => format!("{} rows", found.rows),
        false => format!("the first {} rows tell this", found.rows),
    };
    let encoding = found.encoding;
    ui.weak(format!(
        "{}, {encoding}, decimal {}; {place}",
        found.format,
        if found.decimal == ',' {
            "comma"
        } else {
            "point"
        }
    ));
}

/// Values that may stand for a missing one, each with a button.
fn fillers(ui: &mut Ui, found: &Inspection, chosen: &mut ReadOptions) {
    let known = chosen.fillers.clone();
    if found.fillers.is_empty() && known.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        for value in found.fillers.iter().filter(|value| !known.contains(value)) {
            let read = ui
                .button(format!("Read {value} as missing"))
                .on_hover_text("This value lies far from all others of its column");
            if read.clicked() {
                chosen.fillers.push(value.clone());
            }
        }
        for value in &known {
            let keep = ui
                .button(format!("Keep {value} as a value"))
                .on_hover_text("It is read as missing at present");
            if keep.clicked() {
                chosen.fillers.retain(|other| other != value);
            }
        }
    });
}

/// The values of the label column, of which some are anomalies.
fn anomalies(ui: &mut Ui, found: &Inspection, chosen: &mut ReadOptions) {
    if found.label_values.is_empty() {
        return;
    }
    ScrollArea::vertical()
        .id_salt("anomalous values")
        .max_height(60.0)
        .show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.label("Anomalous values of the label column:").on_hover_text(
                    "With none chosen, the column has to hold labels: anomaly and nominal, 1 and 0, …",
                );
                for (value, count) in &found.label_values {
                    let mut is_chosen = chosen.anomalies.contains(value);
                    let named = ui
                        .checkbox(&mut is_chosen, value)
                        .on_hover_text(format!("{count} rows have this value"));
                    if named.changed() {
                        chosen.anomalies.retain(|other| other != value);
                        if is_chosen {
                            chosen.anomalies.push(value.clone());
                        }
                    }
                }
            });
        });
}
