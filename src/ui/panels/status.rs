//! The line at the foot of the window.

use eframe::egui::{Align, Button, Layout, ProgressBar, RichText, Ui};

use crate::app::{App, Command};
use crate::ui::keys::{self, Action};
use crate::ui::number;

/// What the window itself has to tell.
pub(in crate::ui) struct Told<'a> {
    /// How long frames take.
    pub(in crate::ui) frames: Option<&'a str>,
    /// That answers were not recorded, and why.
    pub(in crate::ui) refused: Option<&'a str>,
}

/// Paints the status: what is open, how far the session is, what the worker does.
pub(in crate::ui) fn status_ui(
    ui: &mut Ui,
    app: &App,
    told: &Told<'_>,
    commands: &mut Vec<Command>,
) {
    ui.horizontal(|ui| {
        // What the worker does has its room first: the rest is cut where the window is narrow.
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if let Some(frames) = told.frames {
                ui.monospace(frames).on_hover_text(
                    "Median and worst of the last 300 frames, in milliseconds: what the program itself takes, and with painting, which without a graphics card is most of it.",
                );
                ui.separator();
            }
            match told.refused {
                Some(refused) => {
                    let text = RichText::new(refused).color(ui.visuals().warn_fg_color).strong();
                    ui.label(text).on_hover_text("An answer is recorded only for a candidate that was on the screen long enough to be read: press the key again.");
                }
                None => work(ui, app, commands),
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.set_clip_rect(ui.max_rect().intersect(ui.clip_rect()));
                session(ui, app);
            });
        });
    });
}

fn session(ui: &mut Ui, app: &App) {
    if let Some(status) = app.status() {
        let n = number::count(status.n_instances);
        ui.label(format!("{}: {n} × {}", status.table, status.n_features))
            .on_hover_text(format!(
                "The table: {n} instances, {} features",
                status.n_features
            ));
        ui.separator();
        ui.label(number::many(status.members, "member", "members"))
            .on_hover_text("Members: the unsupervised detectors of the ensemble.");
        ui.separator();
        ui.label(format!("τ {}", number::percent(status.tau)))
            .on_hover_text("τ (tau): the fraction of instances assumed anomalous. Candidates come from the top τ of the scores.");
        ui.separator();
        let (anomalies, others) = (
            number::many(status.anomalies, "anomaly", "anomalies"),
            number::many(status.others, "other answer", "other answers"),
        );
        ui.label(format!(
            "{anomalies}, {} nominal, {others}",
            number::count(status.nominals)
        ))
        .on_hover_text("Labels so far; other answers are unsure and skip.");
        ui.separator();
        ui.label(match status.revision {
            1 => "1 training".to_owned(),
            many => format!("{} trainings", number::count(many as usize)),
        })
            .on_hover_text("How often the network was trained on your labels. Undo goes back to what was learnt before it, exactly.");
        if app.batch() > 1 {
            ui.label(format!("(trains after {} more)", status.until_training));
        }
    }
    if let Some((mark, meaning)) = app.save_mark() {
        ui.separator();
        ui.label(mark).on_hover_text(meaning);
    }
}

fn work(ui: &mut Ui, app: &App, commands: &mut Vec<Command>) {
    // What nobody waits for is told where nothing else is.
    match (app.progress().or(app.writing_progress()), app.busy()) {
        (Some(progress), _) => {
            let tip = format!(
                "{} ({})",
                keys::meaning(Action::Cancel),
                keys::name(Action::Cancel)
            );
            if ui
                .add(Button::new("Cancel").small())
                .on_hover_text(tip)
                .clicked()
            {
                commands.push(match app.progress() {
                    Some(_) => Command::CancelTraining,
                    None => Command::CancelJob(progress.kind),
                });
            }
            let part = progress.done as f32 / progress.total as f32;
            ui.add(
                ProgressBar::new(part)
                    .desired_width(120.0)
                    .desired_height(12.0),
            );
            ui.label(progress.phase);
        }
        (None, Some(busy)) => {
            ui.label(busy);
            ui.spinner();
        }
        (None, None) => {
            ui.label("ready");
        }
    }
}
