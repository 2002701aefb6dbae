//! The guide of the first session: four steps, which go with what the analyst does.

use eframe::egui::{Button, Label, RichText, Sense, Stroke, Ui, vec2};

use super::strip::strip_ui;
use crate::app::View;
use crate::ui::keys::{self, Action};

/// The steps: title and text.
const STEPS: [(&str, &str); 4] = [
    (
        "Look at the candidate",
        "The instance with the highest anomaly score is ringed on the map and described at the right: which members find it unusual, and in which features. Down and Up look at others.",
    ),
    (
        "Answer",
        "Is it an anomaly? Press A for yes or N for no (U when you cannot tell). Every answer is a label that the detector learns from.",
    ),
    (
        "See what it learnt",
        "The map and the list have changed: members that were wrong here count less here. Ctrl+9 shows before and after, Ctrl+8 where each member is trusted; or answer a few more.",
    ),
    (
        "Go on as you like",
        "Ctrl+Z takes any step back, its training included. Ctrl+7 asks about several at once, L draws around a whole group, ? lists all keys, and Ctrl+O opens your own table.",
    ),
];

/// Answers after which what was learnt has been seen.
const SEEN: usize = 5;
/// Width of the buttons.
const BUTTONS: f32 = 230.0;

/// Where the guide is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::ui) struct Guide {
    step: usize,
    /// What was looked at, and how much was answered, when the guide began on this table.
    began: Option<(usize, usize)>,
}

impl Guide {
    /// Paints the present step as a strip; true when the guide is done with.
    pub(in crate::ui) fn ui(&mut self, ui: &mut Ui, workspace: View<'_>) -> bool {
        self.follow(workspace);
        let (title, text) = STEPS[self.step];
        let mut is_done = false;
        let step = self.step;
        strip_ui(
            ui,
            BUTTONS,
            |ui| {
                ui.horizontal(|ui| {
                    progress(ui, step);
                    let title = format!("First session, {} of {}: {title}", step + 1, STEPS.len());
                    ui.label(RichText::new(title).strong());
                });
                ui.add(Label::new(text).wrap());
            },
            |ui| is_done = self.buttons_ui(ui),
        );
        is_done
    }

    /// Goes on when the analyst has done what the step is about.
    fn follow(&mut self, workspace: View<'_>) {
        let answered = workspace.curve().len();
        let (first, before) = match (self.began, workspace.selected()) {
            (Some(began), _) => began,
            (None, Some(selected)) => *self.began.insert((selected, answered)),
            (None, None) => return,
        };
        let given = answered.saturating_sub(before);
        let looks_elsewhere = workspace.selected().is_some_and(|at| at != first);
        // What a pane shows is computed only once it is looked at.
        let is_seen = workspace.change().is_some() || workspace.relevance_map().is_some();
        let done = [
            looks_elsewhere || given > 0,
            given > 0,
            given >= SEEN || (given > 0 && is_seen),
        ];
        while done.get(self.step) == Some(&true) {
            self.step += 1;
        }
    }

    fn buttons_ui(&mut self, ui: &mut Ui) -> bool {
        let is_last = self.step + 1 == STEPS.len();
        if is_last {
            let done = ui.button("Done");
            return done.on_hover_text("Put the guide away").clicked();
        }
        let tip = format!(
            "It does not come again; {} opens it",
            keys::name(Action::Guide)
        );
        let dismiss = Button::new("Dismiss the guide");
        let is_done = ui.add(dismiss).on_hover_text(tip).clicked();
        let next = ui.button("Next step");
        if next.on_hover_text("Go on without doing it").clicked() {
            self.step += 1;
        }
        is_done
    }
}

/// A dot for each step, those up to the present one filled.
fn progress(ui: &mut Ui, step: usize) {
    let (rect, _) = ui.allocate_exact_size(vec2(14.0 * STEPS.len() as f32, 12.0), Sense::hover());
    let colour = ui.visuals().selection.stroke.color;
    for index in 0..STEPS.len() {
        let centre = rect.left_center() + vec2(14.0 * index as f32 + 6.0, 0.0);
        if index <= step {
            ui.painter().circle_filled(centre, 4.5, colour);
        }
        ui.painter()
            .circle_stroke(centre, 4.5, Stroke::new(1.2, colour));
    }
}
