//! The guide of the first session: four steps, which go with what the analyst does.

use eframe::egui::{Align2, Context, Id, RichText, Ui, Window, vec2};

use crate::app::Workspace;
use crate::ui::keys::{self, Action};

/// The steps: title, text, what leads on.
const STEPS: [(&str, &str); 4] = [
    (
        "Look at the candidate",
        "The instance with the highest anomaly score is ringed on the map and described at the right: which members find it unusual, and in which features.",
    ),
    (
        "Answer",
        "Is it an anomaly? Press A for yes or N for no (U when you cannot tell). Every answer is a label that the detector learns from.",
    ),
    (
        "See what it learnt",
        "The map and the list have changed: members that were wrong here count less here. Before and after shows the difference; the discovery curve counts what you find.",
    ),
    (
        "Go on as you like",
        "Ctrl+Z takes any step back, its training included. Batch asks about several at once, the lasso answers a whole group, ? lists all keys, and Ctrl+O opens your own table.",
    ),
];

/// Where the guide is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::ui) struct Guide {
    step: usize,
}

impl Guide {
    /// Paints the present step in a corner of the window; true when the guide is done with.
    pub(in crate::ui) fn ui(&mut self, ctx: &Context, workspace: &Workspace) -> bool {
        // An answer is what the second step waits for.
        if self.step == 1 && !workspace.answers().is_empty() {
            self.step = 2;
        }
        let (title, text) = STEPS[self.step.min(STEPS.len() - 1)];
        let mut is_done = false;
        Window::new(RichText::new(format!(
            "First session: {} of {}",
            self.step + 1,
            STEPS.len()
        )))
        .id(Id::unique("guide"))
        .anchor(Align2::LEFT_BOTTOM, vec2(12.0, -36.0))
        .resizable(false)
        .collapsible(false)
        .default_width(280.0)
        .show(ctx, |ui| {
            ui.label(RichText::new(title).strong());
            ui.label(text);
            ui.add_space(4.0);
            is_done = self.buttons_ui(ui);
        });
        is_done
    }

    fn buttons_ui(&mut self, ui: &mut Ui) -> bool {
        let mut is_done = false;
        ui.horizontal(|ui| {
            let is_last = self.step + 1 == STEPS.len();
            let name = if is_last { "Done" } else { "Next step" };
            if ui.button(name).clicked() {
                self.step += 1;
                is_done = is_last;
            }
            if !is_last {
                let tip = format!(
                    "It does not come again; {} opens it",
                    keys::name(Action::Guide)
                );
                is_done |= ui.button("Dismiss the guide").on_hover_text(tip).clicked();
            }
        });
        is_done
    }
}
