//! The lasso: instances that are selected on the map together.

use std::sync::Arc;

use eframe::egui::{
    Button, Color32, Id, Painter, PointerButton, Pos2, Response, RichText, ScrollArea, Shape,
    Stroke, Ui, pos2,
};
use egui_plot::PlotTransform;

use super::map_paint;
use super::rows::{self, Row};
use crate::app::{
    Answer, ArtifactKind, Command, Confidence, Drawn, Reply, SessionCommand, View, ViewCommand,
    Viewpoint, WriteCommand,
};
use crate::ui::keys::{self, Action};
use crate::ui::{colours, number};

/// Points on the screen between two corners of the line.
const STEP: f32 = 4.0;
/// Cells of a selected row: id, answer, score.
const CELLS: [f32; 3] = [1.0, 0.8, -72.0];
/// Selected rows visible at once.
const ROWS: f32 = 4.0;
/// Selected instances that are ringed, at most.
const RINGS: usize = 4_000;

/// The lasso as a tool.
#[derive(Clone, Debug, Default)]
pub(in crate::ui) struct Tool {
    /// Whether a drag draws without Shift.
    pub(in crate::ui) is_taken: bool,
    /// The line that is being drawn, in the coordinates of the map.
    line: Vec<[f32; 2]>,
    /// The chart that it is drawn on.
    drawn_on: Option<Id>,
}

impl Tool {
    /// Whether a drag on the map draws, and does not move it.
    pub(super) fn draws(&self, ui: &Ui) -> bool {
        self.is_taken || !self.line.is_empty() || ui.input(|input| input.modifiers.shift)
    }

    /// Follows the pointer over a chart; the line, once it is drawn.
    pub(super) fn follow(
        &mut self,
        response: &Response,
        transform: &PlotTransform,
    ) -> Option<Vec<[f32; 2]>> {
        if response.dragged_by(PointerButton::Primary)
            && let Some(pointer) = response.interact_pointer_pos()
        {
            self.drawn_on = Some(response.id);
            let placed = map_paint::to_screen(transform);
            let is_far = self
                .line
                .last()
                .is_none_or(|&[x, y]| placed(pos2(x, y)).distance(pointer) >= STEP);
            if is_far {
                let at = transform.value_from_position(pointer);
                self.line.push([at.x as f32, at.y as f32]);
            }
        }
        let is_done = response.drag_stopped() && !self.line.is_empty();
        is_done.then(|| std::mem::take(&mut self.line))
    }

    /// Paints the line that is being drawn on a chart, or the one that was, and rings what is
    /// selected, wherever that was drawn.
    pub(super) fn paint(
        &self,
        painter: &Painter,
        (chart, transform): (&Response, &PlotTransform),
        workspace: View<'_>,
        ground: Ground,
        at: &dyn Fn(usize) -> Option<Pos2>,
    ) {
        let placed = map_paint::to_screen(transform);
        let lasso = workspace.lasso();
        let own = match lasso.map(|lasso| (&lasso.drawn, ground)) {
            Some((Drawn::Map(from, _, line), Ground::Map(viewpoint))) if *from == viewpoint => {
                line.as_slice()
            }
            Some((Drawn::Embedding(of, line), Ground::Embedding))
                if workspace
                    .embedding()
                    .is_some_and(|now| Arc::ptr_eq(now, of)) =>
            {
                line.as_slice()
            }
            _ => &[],
        };
        let line = match self.drawn_on == Some(chart.id) && !self.line.is_empty() {
            true => self.line.as_slice(),
            false => own,
        };
        let corners = line
            .iter()
            .map(|&[x, y]| placed(pos2(x, y)))
            .collect::<Vec<_>>();
        if corners.len() > 1 {
            for (width, colour) in [(3.5, Color32::BLACK), (1.8, colours::CURRENT)] {
                let stroke = Stroke::new(width, colour);
                painter.add(Shape::closed_line(corners.clone(), stroke));
            }
        }
        let held = lasso.map_or(&[][..], |lasso| &lasso.ranked);
        for at in held.iter().take(RINGS).filter_map(|&instance| at(instance)) {
            painter.circle_stroke(at, 4.0, Stroke::new(1.3, colours::CURRENT));
        }
    }
}

/// What a line is drawn on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ground {
    /// The map from a viewpoint.
    Map(Viewpoint),
    /// Rows that are laid out.
    Embedding,
}

/// Paints the tool's button.
pub(super) fn tool_ui(ui: &mut Ui, tool: &mut Tool) {
    let tip = format!(
        "{} ({})",
        keys::meaning(Action::Lasso),
        keys::name(Action::Lasso)
    );
    let button = Button::new("Lasso").small().selected(tool.is_taken);
    if ui.add(button).on_hover_text(tip).clicked() {
        tool.is_taken = !tool.is_taken;
    }
}

/// Paints what is selected and what can be done with it.
pub(super) fn selection_ui(ui: &mut Ui, workspace: View<'_>, commands: &mut Vec<Command>) {
    let Some(lasso) = workspace.lasso() else {
        return;
    };
    let count = lasso.instances.len();
    if let Some(rule) = &lasso.rule {
        let names = workspace.dataset().feature_names();
        ui.label(format!("Rule: {}", rule.words(names))).on_hover_text(format!(
            "What the selected instances share: of {} instances that were looked at it holds for {}, of which {} are selected. From a small decision tree.",
            number::count(rule.fitted),
            number::count(rule.covered),
            number::count(rule.inside),
        ));
    }
    ui.horizontal_wrapped(|ui| {
        let answers = workspace.answers();
        let answered = lasso
            .instances
            .iter()
            .filter(|at| answers.contains_key(at))
            .count();
        let text = match count {
            0 => "No instance is within what was drawn".to_owned(),
            1 => "1 instance selected".to_owned(),
            count => format!("{} instances selected", number::count(count)),
        };
        ui.label(RichText::new(text).strong());
        if answered > 0 {
            ui.label(RichText::new(format!("{} answered already", number::count(answered))).weak());
        }
        for answer in Answer::ALL {
            let button = Button::new(format!("Selected: {}", answer.name())).small();
            let tip = "Answer all that are listed below; one undo takes it back.";
            if ui
                .add_enabled(count > 0, button)
                .on_hover_text(tip)
                .clicked()
            {
                let give = SessionCommand::Give(lasso.instances.clone(), answer.into());
                commands.push(Command::Session(give));
            }
        }
        for tag in workspace.known_tags() {
            let name = workspace.tag_names().of(tag);
            let button = Button::new(format!("Selected: {name}")).small();
            let tip =
                "Answer that all of them are anomalies with this tag; one undo takes it back.";
            if ui
                .add_enabled(count > 0, button)
                .on_hover_text(tip)
                .clicked()
            {
                let reply = Reply::tagged(tag, Confidence::Sure);
                let give = SessionCommand::Give(lasso.instances.clone(), reply);
                commands.push(Command::Session(give));
            }
        }
        let export = ui.add_enabled(count > 0, Button::new("Export selected…").small());
        let tip =
            "Write the selected rows with rank, score, answer, note and features to a CSV file";
        if export.on_hover_text(tip).clicked() {
            let ask = WriteCommand::Ask(ArtifactKind::Selection);
            commands.push(Command::Write(ask));
        }
        let clear = ui.add(Button::new("Select none").small());
        if clear.on_hover_text("Select nothing (Esc)").clicked() {
            commands.push(Command::View(ViewCommand::ClearLasso));
        }
    });
    if count > 0 {
        rows_ui(ui, workspace, &lasso.ranked, commands);
    }
}

/// The selected rows, so that nobody answers what was not looked at.
fn rows_ui(ui: &mut Ui, workspace: View<'_>, ranked: &[usize], commands: &mut Vec<Command>) {
    rows::header(ui, &CELLS, &["selected", "answer", "score"]);
    ScrollArea::vertical()
        .id_salt("selected rows")
        .max_height(ROWS * rows::height(ui))
        .auto_shrink([false, true])
        .show_rows(ui, rows::height(ui), ranked.len(), |ui, range| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for &instance in range.filter_map(|index| ranked.get(index)) {
                row_ui(ui, workspace, instance, commands);
            }
        });
}

fn row_ui(ui: &mut Ui, workspace: View<'_>, instance: usize, commands: &mut Vec<Command>) {
    let id = workspace.dataset().id(instance);
    let reply = workspace.reply(instance);
    let said = reply.map_or_else(String::new, |reply| workspace.said(reply));
    let score = number::value(workspace.model().scores()[instance]);
    let words = format!(
        "selected id {id}, score {score}, {}; click to look at it",
        if said.is_empty() {
            "not answered"
        } else {
            &said
        }
    );
    let row = Row {
        reply,
        cells: &[id, said.clone(), score],
        is_current: workspace.selected() == Some(instance),
        words: &words,
    };
    if rows::row_ui(ui, &CELLS, &row).clicked() {
        commands.push(Command::View(ViewCommand::Select(instance)));
    }
}
