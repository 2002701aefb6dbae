//! Why the current candidate is one: its explanation card.

use eframe::egui::{Label, RichText, ScrollArea, TextStyle, TextWrapMode, Ui};

use super::title::title;
use super::{why_features, why_members};
use crate::app::{Answer, Ask, Command, Ruling, View, ViewCommand, Why};
use crate::ui::{elide, marks, number};

/// Paints the explanation of the current candidate.
pub(in crate::ui) fn why_ui(ui: &mut Ui, workspace: View<'_>, commands: &mut Vec<Command>) {
    commands.extend(Command::for_panel(workspace, Ask::Why));
    let Some((why, is_present)) = workspace.why() else {
        if workspace.selected().is_some() {
            ui.spinner();
        }
        return;
    };
    if !is_present {
        // For a moment the old one stays, dimmed, so that nothing jumps.
        ui.set_opacity(0.45);
    }
    ScrollArea::vertical()
        .id_salt("why")
        .auto_shrink(false)
        .show(ui, |ui| {
            why_members::members_ui(ui, workspace, why);
            ui.add_space(8.0);
            // Rules over directions of an embedding say nothing to anybody.
            if workspace.dataset().gallery().is_none() {
                ruling(ui, workspace, why);
                ui.add_space(8.0);
                why_features::features_ui(ui, workspace, why);
                ui.add_space(8.0);
            }
            neighbours(ui, workspace, why, commands);
        });
}

fn ruling(ui: &mut Ui, workspace: View<'_>, why: &Why) {
    title(
        ui,
        "Where your answers have raised a member's relevance most",
        "The member whose relevance p has risen most above its prior b at this candidate, and the region around the candidate in which p > b, told by a decision tree of at most three cuts in the table's units.",
    );
    let Some(Ruling {
        member,
        b,
        relevance,
        region,
    }) = &why.ruling
    else {
        ui.label(
            RichText::new(
                "No member is trusted above its prior here: no answer speaks for this place yet.",
            )
            .weak(),
        );
        return;
    };
    ui.add(
        Label::new(RichText::new(region.words(workspace.dataset().feature_names())).monospace())
            .wrap(),
    );
    let n = workspace.dataset().n_instances();
    let of = match region.fitted < n {
        true => format!("a sample of {} instances", number::count(region.fitted)),
        false => format!("{} instances", number::count(n)),
    };
    ui.label(
        RichText::new(format!(
            "{} is trusted above its prior there (p {relevance:.2} here, b {b:.2}): in {} of the {} that the region covers ({}), of {of}.",
            workspace.member_names()[*member],
            number::count(region.inside),
            number::count(region.covered),
            number::percent(region.purity()),
        ))
        .weak(),
    );
}

fn neighbours(ui: &mut Ui, workspace: View<'_>, why: &Why, commands: &mut Vec<Command>) {
    title(
        ui,
        "Nearest labelled instances",
        "By Euclidean distance over the standardised features. Click one to look at it.",
    );
    if why.neighbours.is_empty() {
        ui.label(RichText::new("Nothing else is labelled yet.").weak());
    }
    for near in &why.neighbours {
        ui.horizontal(|ui| {
            let outline = ui.visuals().text_color();
            let (rect, _) = ui
                .allocate_exact_size(eframe::egui::vec2(16.0, 16.0), eframe::egui::Sense::hover());
            let answer: Answer = near.label.into();
            let reply = workspace.reply(near.instance).unwrap_or(answer.into());
            marks::paint_reply(ui.painter(), rect.center(), 5.0, reply, outline);
            let id = workspace.dataset().id_name();
            let rank = format!(
                "{} at distance {}: {id} ",
                workspace.said(reply),
                number::value(near.distance)
            );
            let name = workspace.dataset().id(near.instance);
            let font = TextStyle::Body.resolve(ui.style());
            let room = ui.available_width() - elide::width(ui.painter(), &rank, &font);
            let text = rank.clone() + &elide::middle(ui.painter(), &name, &font, room);
            ui.style_mut().wrap_mode = Some(TextWrapMode::Extend);
            let tip = format!("{rank}{name}; click to look at it");
            if ui.link(&text).on_hover_text(tip).clicked() {
                commands.push(Command::View(ViewCommand::Select(near.instance)));
            }
        });
    }
}
