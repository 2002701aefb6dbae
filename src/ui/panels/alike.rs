//! Similar rows that are answered the same: what it will do stands there before it is done.

use eframe::egui::{Button, Label, RichText, Ui};

use crate::app::{
    Answer, Choice, Command, Confidence, Near, Reply, SessionCommand, View, ViewCommand,
};

/// Rows that are ticked at once.
const NEAREST: usize = 10;

/// Paints what answering the ticked rows alike will do, and the buttons that do it.
pub(super) fn answer_ui(
    ui: &mut Ui,
    workspace: View<'_>,
    near: &[Near],
    current: usize,
    commands: &mut Vec<Command>,
) {
    let chosen: Vec<usize> = workspace.chosen_alike().collect();
    ui.horizontal_wrapped(|ui| tick_ui(ui, workspace, near, &chosen, commands));
    if chosen.is_empty() {
        let text = "Tick rows to answer them the same as this one.";
        ui.label(RichText::new(text).weak());
        return;
    }
    let given = workspace.reply(current);
    let meant: Vec<usize> = match given {
        Some(_) => chosen,
        // Its answer is still to be given: with that of the others.
        None => std::iter::once(current).chain(chosen).collect(),
    };
    let ids: Vec<String> = meant.iter().map(|&at| workspace.dataset().id(at)).collect();
    let what = workspace.dataset().id_name();
    let text = format!("{what} {}", ids.join(", "));
    ui.add(Label::new(RichText::new(&text).weak()).truncate())
        .on_hover_text(&text);
    let mut give = |ui: &mut Ui, reply: Reply, name: String| {
        let words = workspace.alike_in_words(&meant, reply);
        if ui.button(name).on_hover_text(words).clicked() {
            let give = SessionCommand::Give(meant.clone(), reply);
            commands.push(Command::Session(give));
        }
    };
    match given {
        Some(reply) => {
            let name = format!("Answer these the same: {}", workspace.said(reply));
            ui.horizontal_wrapped(|ui| give(ui, reply, name));
            ui.label(workspace.alike_in_words(&meant, reply));
        }
        None => {
            ui.horizontal_wrapped(|ui| {
                ui.label("Answer this one and these");
                for answer in [Answer::Anomaly, Answer::Nominal, Answer::Unsure] {
                    give(ui, answer.into(), format!("These: {}", answer.name()));
                }
                for tag in workspace.known_tags() {
                    let name = workspace.tag_names().of(tag);
                    let reply = Reply::tagged(tag, Confidence::Sure);
                    give(ui, reply, format!("These: {name}"));
                }
            });
            ui.label(workspace.alike_before_answer(&meant));
        }
    }
}

fn tick_ui(
    ui: &mut Ui,
    workspace: View<'_>,
    near: &[Near],
    chosen: &[usize],
    commands: &mut Vec<Command>,
) {
    let open = near.iter().map(|near| near.instance);
    let open = open.filter(|instance| !workspace.answers().contains_key(instance));
    let open: Vec<usize> = open.take(NEAREST).collect();
    let button = Button::new("Tick the 10 nearest open").small();
    let tip = "Ticks the ten nearest rows without an answer, and no others.";
    let response = ui.add_enabled(!open.is_empty(), button);
    if response.on_hover_text(tip).clicked() {
        commands.push(Command::View(ViewCommand::Alike(Choice::All(open))));
    }
    let none = ui.add_enabled(!chosen.is_empty(), Button::new("Tick none").small());
    if none.on_hover_text("Unticks all rows").clicked() {
        commands.push(Command::View(ViewCommand::Alike(Choice::All(Vec::new()))));
    }
}
