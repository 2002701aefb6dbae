//! The instances of this round as cards, to answer one by one or all.

use eframe::egui::{
    Button, ComboBox, Frame, Label, Margin, RichText, Role, ScrollArea, Stroke, Ui, WidgetInfo,
    vec2,
};

use crate::app::{Answer, Command, FeatureRow, Pick, SessionCommand, Strategy, View, ViewCommand};
use crate::ui::layout::PaneContext;
use crate::ui::pictures::Pictures;
use crate::ui::{colours, fit, keys, number, sequences};

/// Width of a card, and the features that it shows.
const WIDTH: f32 = 218.0;
const FEATURES: usize = 3;

/// Paints the round.
pub(in crate::ui) fn batch_ui(ui: &mut Ui, pane: &mut PaneContext<'_>) {
    let pictures = &mut pane.kept.pictures;
    let (workspace, commands) = (pane.workspace, &mut *pane.commands);
    let (batch, takes) = (pane.app.batch(), pane.app.takes_answers());
    ui.horizontal_wrapped(|ui| {
        strategy_ui(ui, workspace, batch, commands);
        ui.separator();
        ui.add_enabled_ui(takes, |ui| all_ui(ui, workspace, commands));
    });
    ui.add_space(6.0);
    if workspace.round().is_empty() {
        ui.label("All instances have an answer: there is nothing left to ask.");
        return;
    }
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        let across = ((ui.available_width() / (WIDTH + 8.0)) as usize).max(1);
        for line in workspace.round().chunks(across) {
            ui.horizontal_top(|ui| {
                for pick in line {
                    card_ui(ui, (workspace, takes), pick, pictures, commands);
                }
            });
        }
    });
}

fn strategy_ui(ui: &mut Ui, workspace: View<'_>, batch: usize, commands: &mut Vec<Command>) {
    let label = ui.label(format!("Pick {batch} by")).on_hover_text(
        "How the b instances of a round are picked from the candidates. b is set at the top: train after b answers.",
    );
    let chosen = workspace.strategy();
    ComboBox::from_id_salt("strategy")
        .selected_text(chosen.name())
        .width(90.0)
        .show_ui(ui, |ui| {
            for strategy in Strategy::ALL {
                let response = ui.selectable_label(strategy == chosen, strategy.name());
                if response.on_hover_text(strategy.meaning()).clicked() {
                    commands.push(Command::View(ViewCommand::SetStrategy(strategy)));
                }
            }
        })
        .response
        .labelled_by(label.id)
        .on_hover_text(chosen.meaning());
}

/// Answers all that are still open, together: one undo takes it back.
fn all_ui(ui: &mut Ui, workspace: View<'_>, commands: &mut Vec<Command>) {
    let open = open(workspace);
    ui.label(match open.len() {
        1 => "Answer the one that is open:".to_owned(),
        many => format!("Answer the {} open ones together:", number::count(many)),
    });
    for answer in Answer::ALL {
        let button = Button::new(format!("All {}", answer.name())).small();
        let response = ui
            .add_enabled(!open.is_empty(), button)
            .on_hover_text("One act: one undo takes it back.");
        if response.clicked() {
            let give = SessionCommand::Give(open.clone(), answer.into());
            commands.push(Command::Session(give));
        }
    }
}

fn open(workspace: View<'_>) -> Vec<usize> {
    let picked = workspace.round().iter().map(|pick| pick.instance);
    picked
        .filter(|instance| !workspace.answers().contains_key(instance))
        .collect()
}

fn card_ui(
    ui: &mut Ui,
    (workspace, takes): (View<'_>, bool),
    pick: &Pick,
    pictures: &mut Pictures,
    commands: &mut Vec<Command>,
) {
    let row = workspace.row(pick.instance);
    let visuals = ui.visuals();
    let stroke = match (row.is_current, row.answer) {
        (true, _) => Stroke::new(2.0, visuals.selection.stroke.color),
        (_, Some(answer)) => Stroke::new(1.5, colours::answer(answer)),
        _ => visuals.widgets.noninteractive.bg_stroke,
    };
    let frame = Frame::group(ui.style())
        .stroke(stroke)
        .inner_margin(Margin::same(7));
    frame.show(ui, |ui| {
        ui.vertical(|ui| {
            ui.set_width(WIDTH - 16.0);
            let title = format!("{} {}", workspace.dataset().id_name(), row.id);
            let link = ui
                .link(RichText::new(title).strong())
                .on_hover_text("Look at it");
            if link.clicked() {
                commands.push(Command::View(ViewCommand::Select(pick.instance)));
            }
            ui.label(format!(
                "rank {}, score {}",
                number::count(row.rank),
                number::value(row.score)
            ));
            let reason = RichText::new(format!("Picked: {}.", workspace.reason(pick)));
            ui.add(Label::new(reason.weak()).wrap());
            ui.add(Label::new(format!("most relevant: {}", row.member)).truncate());
            if let Some(gallery) = workspace.dataset().gallery() {
                let words = format!("thumbnail of image {}", row.id);
                let shown = pictures.thumbnail(ui, gallery, pick.instance, &words);
                if shown.on_hover_text("Look at it").clicked() {
                    commands.push(Command::View(ViewCommand::Select(pick.instance)));
                }
            }
            let words = format!("curves of sequence {} over the usual course", row.id);
            let look = (WIDTH - 16.0, words.as_str());
            let small = sequences::small_ui(ui, workspace, pick.instance, look, commands);
            if small.is_some_and(|small| small.on_hover_text("Look at it").clicked()) {
                commands.push(Command::View(ViewCommand::Select(pick.instance)));
            }
            for feature in unusual(workspace, pick.instance) {
                let value = format!(
                    " = {} (quantile {})",
                    number::value(feature.value),
                    number::percent(feature.quantile)
                );
                ui.add(Label::new(fit::named(ui, &feature.name, &value)).extend());
            }
            ui.add_space(2.0);
            ui.add_enabled_ui(takes, |ui| {
                answers_ui(ui, workspace, pick.instance, &row.id, commands);
            });
        });
    });
}

/// The features whose values are the farthest out of what is usual.
fn unusual(workspace: View<'_>, instance: usize) -> Vec<FeatureRow<'_>> {
    // What the directions of an embedding are says nothing to anybody.
    let dataset = workspace.dataset();
    let features = match dataset.gallery().is_some() || dataset.sequences().is_some() {
        true => 0..0,
        false => 0..dataset.n_features(),
    };
    let mut rows: Vec<FeatureRow<'_>> = features
        .map(|feature| workspace.feature(instance, feature))
        .collect();
    let middle = |row: &FeatureRow<'_>| (row.quantile - 0.5).abs();
    rows.sort_by(|a, b| middle(b).total_cmp(&middle(a)));
    rows.truncate(FEATURES);
    rows
}

fn answers_ui(
    ui: &mut Ui,
    workspace: View<'_>,
    instance: usize,
    id: &str,
    commands: &mut Vec<Command>,
) {
    let given = workspace.answers().get(&instance).copied();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 3.0;
        for answer in Answer::ALL {
            let text = RichText::new(answer.name()).size(11.5);
            let button = Button::new(text)
                .selected(given == Some(answer))
                .min_size(vec2(44.0, 22.0));
            let response = ui.add(button);
            let is_enabled = ui.is_enabled();
            response.widget_info(|| {
                let name = format!("Card {id}: {}", answer.name());
                WidgetInfo::selected(Role::Button, is_enabled, given == Some(answer), name)
            });
            let tip = keys::meaning(keys::of_answer(answer));
            if response.on_hover_text(tip).clicked() {
                let give = SessionCommand::Give(vec![instance], answer.into());
                commands.push(Command::Session(give));
            }
        }
    });
}
