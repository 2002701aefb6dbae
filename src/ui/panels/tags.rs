//! Types of anomaly: their names, colours, keys and counts.

use eframe::egui::{Button, Pos2, Response, RichText, Role, TextEdit, Ui, WidgetInfo, vec2};

use crate::app::{Command, SessionCommand, Tag, View};
use crate::ui::keys::Action;
use crate::ui::layout::{Pane, PaneContext};
use crate::ui::{keys, marks, number};

/// Paints the tags, each with its mark, key, name and count.
pub(in crate::ui) fn tags_ui(ui: &mut Ui, pane: &mut PaneContext<'_>) {
    let workspace = pane.workspace;
    ui.label(
        RichText::new("What kinds of anomalies there are, in your words: training knows nothing of them. A key answers \"anomaly\" with the tag.")
            .weak(),
    );
    ui.add_space(4.0);
    let takes = pane.app.takes_answers();
    // Beside the mark and the count.
    let width = (ui.available_width() - 100.0).clamp(60.0, 220.0);
    ui.add_enabled_ui(takes, |ui| {
        for tag in Tag::ALL {
            ui.horizontal(|ui| {
                let clicked = give_ui(ui, workspace, tag).clicked();
                pane.commands.extend(clicked.then(|| current(tag)));
                name_ui(ui, pane, tag, width);
                let count = workspace.tag_count(Some(tag));
                let words = number::many(count, "anomaly", "anomalies");
                ui.label(number::count(count)).on_hover_text(format!(
                    "{words} with the tag {}",
                    workspace.tag_names().of(tag)
                ));
            });
        }
    });
    let without = workspace.tag_count(None);
    ui.add_space(4.0);
    ui.label(format!(
        "{} without a tag",
        number::many(without, "anomaly", "anomalies")
    ));
}

fn current(tag: Tag) -> Command {
    Command::Session(SessionCommand::TagCurrent(tag))
}

/// Paints a tag as a button that gives it to the current candidate.
fn give_ui(ui: &mut Ui, workspace: View<'_>, tag: Tag) -> Response {
    let at = workspace.selected().and_then(|at| workspace.reply(at));
    let is_given = at.is_some_and(|reply| reply.tag == Some(tag));
    let button = Button::new("")
        .min_size(vec2(30.0, 22.0))
        .selected(is_given);
    let response = ui.add_enabled(workspace.selected().is_some(), button);
    mark_ui(ui, response.rect.center(), tag);
    let is_enabled = response.enabled();
    let name = workspace.tag_names().of(tag);
    response.widget_info(|| {
        let words = format!("Tag {}: {name}", tag.number());
        WidgetInfo::selected(Role::Button, is_enabled, is_given, words)
    });
    response.on_hover_text(format!("{} ({})", keys::TAGS.1, tag.number()))
}

fn mark_ui(ui: &Ui, at: Pos2, tag: Tag) {
    marks::paint_tag(ui.painter(), at, 6.0, tag, ui.visuals().text_color());
}

/// Paints the field of a name; what was written is recorded when the field is left.
fn name_ui(ui: &mut Ui, pane: &mut PaneContext<'_>, tag: Tag, width: f32) {
    let names = pane.workspace.tag_names();
    let draft = &mut pane.kept.tag;
    let own = draft.as_ref().filter(|(of, _)| *of == tag);
    let given = names.given(tag).unwrap_or_default();
    let mut text = own.map_or_else(|| given.to_owned(), |(_, text)| text.clone());
    let hint = format!("tag {}", tag.number());
    let field = ui.add(
        TextEdit::singleline(&mut text)
            .desired_width(width)
            .hint_text(&hint),
    );
    field.widget_info(|| {
        let label = format!("Name of tag {}", tag.number());
        WidgetInfo {
            label: Some(label),
            ..WidgetInfo::text_edit(true, given, text.as_str(), hint.as_str())
        }
    });
    let is_left = field.lost_focus();
    if field.changed() {
        *draft = Some((tag, text.clone()));
    }
    if is_left && let Some((_, written)) = draft.take_if(|(of, _)| *of == tag) {
        let name = SessionCommand::NameTag(tag, written);
        pane.commands.push(Command::Session(name));
    }
    field.on_hover_text("What you call this type of anomaly; kept when you leave the field");
}

/// Paints the tags that are in use, for the current candidate.
pub(super) fn tags_line_ui(
    ui: &mut Ui,
    workspace: View<'_>,
    commands: &mut Vec<Command>,
    actions: &mut Vec<Action>,
) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.label(RichText::new("Tag").weak()).on_hover_text(format!(
            "{}: {}",
            keys::TAGS.0,
            keys::TAGS.1
        ));
        let at = workspace.selected().and_then(|at| workspace.reply(at));
        for tag in workspace.known_tags() {
            let is_given = at.is_some_and(|reply| reply.tag == Some(tag));
            let name = workspace.tag_names().of(tag);
            let text = RichText::new(format!("     {name}")).size(12.0);
            let button = Button::new(text).small().selected(is_given);
            let response = ui.add_enabled(workspace.selected().is_some(), button);
            let centre = response.rect.left_center() + vec2(12.0, 0.0);
            marks::paint_tag(ui.painter(), centre, 5.0, tag, ui.visuals().text_color());
            response.widget_info(|| {
                let words = format!("{} {name}", tag.number());
                WidgetInfo::selected(Role::Button, true, is_given, words)
            });
            let tip = format!("{} ({})", keys::TAGS.1, tag.number());
            commands.extend(response.on_hover_text(tip).clicked().then(|| current(tag)));
        }
        let show = ui.add(Button::new("Tags…").small());
        let tip =
            "Names, colours and counts of the types of anomaly (Ctrl+G); the keys 1 to 9 give them";
        if show.on_hover_text(tip).clicked() {
            actions.push(Action::Show(Pane::Tags));
        }
    });
}
