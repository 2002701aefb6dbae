//! Two rows side by side, with what differs marked.

use eframe::egui::{Grid, Label, RichText, ScrollArea, Ui};

use super::title::name;
use crate::app::{Compared, DIFFERS, View};
use crate::ui::number;

/// Rows of a table that are painted at most: beyond them hardly anything differs.
const SHOWN: usize = 60;

/// Paints the candidate and another row side by side, what differs most first.
pub(super) fn beside_ui(ui: &mut Ui, workspace: View<'_>, current: usize) {
    let Some(other) = workspace.beside_candidate() else {
        return;
    };
    let features = workspace.compare_features(current, other);
    let scores = workspace.compare_scores(current, other);
    let differ = features.iter().filter(|one| one.differs()).count();
    let text = format!(
        "{} of {} differ by {DIFFERS:.0} standard deviation or more (≠)",
        number::count(differ),
        number::many(features.len(), "feature", "features"),
    );
    ui.add(Label::new(text).wrap());
    let area = ScrollArea::both()
        .id_salt("side by side")
        .auto_shrink(false);
    area.show(ui, |ui| {
        let heads = [name(workspace, current), name(workspace, other)];
        table_ui(ui, "feature", &heads, "sd apart", &features);
        ui.add_space(8.0);
        table_ui(ui, "member", &heads, "apart", &scores);
    });
}

fn table_ui(ui: &mut Ui, what: &str, heads: &[String; 2], apart: &str, rows: &[Compared<'_>]) {
    let grid = Grid::new(("side by side", what))
        .num_columns(5)
        .striped(true)
        .spacing([12.0, 3.0]);
    grid.show(ui, |ui| {
        for head in ["", what, heads[0].as_str(), heads[1].as_str(), apart] {
            ui.label(RichText::new(head).weak());
        }
        ui.end_row();
        for row in rows.iter().take(SHOWN) {
            let (mark, words) = match row.differs() {
                true => ("≠", RichText::new(row.name).strong()),
                false => ("", RichText::new(row.name)),
            };
            let mark = RichText::new(mark).strong();
            ui.label(mark.color(ui.visuals().warn_fg_color));
            ui.label(words);
            for value in row.values {
                ui.label(number::value(value));
            }
            ui.label(format!("{:+.2}", row.apart));
            ui.end_row();
        }
    });
    if rows.len() > SHOWN {
        let more = number::count(rows.len() - SHOWN);
        let text = format!("and {more} more that differ less");
        ui.label(RichText::new(text).weak());
    }
}
