//! What is above the rows: the condition, which rows, which columns.

use eframe::egui::containers::menu::{MenuButton, MenuConfig};
use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{
    Button, DragValue, Popup, PopupCloseBehavior, RichText, ScrollArea, Stroke, TextEdit,
    TextStyle, Ui,
};

use super::look::{ListView, WIDTHS};
use crate::app::{Field, View};
use crate::ui::keys::{self, Action};
use crate::ui::number;

/// How the condition is told to those who never wrote one.
const EXAMPLE: &str = "amount > 1000 and country = \"NO\"";
const MEANING: &str = "Show only the rows that meet a condition, such as\n  amount > 1000 and country = \"NO\"\n  score >= 2 or not answer = none\n  id contains 17 and rank <= 500\n  country in (\"NO\", \"SE\")\nA value alone is looked for in every column. Names with spaces are put in `backquotes`.";

/// A tooltip with the key of an action.
fn tip(action: Action) -> String {
    format!("{} ({})", keys::meaning(action), keys::name(action))
}

/// Paints the field of the condition and what is wrong with it.
pub(super) fn filter_ui(ui: &mut Ui, workspace: View<'_>, view: &mut ListView, takes_focus: bool) {
    let mistake = workspace.filter_mistake();
    // What was typed in this frame has not been read yet.
    let mistake = mistake.filter(|_| workspace.list_query().text == view.text);
    let error = ui.visuals().error_fg_color;
    ui.horizontal(|ui| {
        let label = ui.label("Filter");
        let room = ui.available_width() - if view.text.is_empty() { 0.0 } else { 46.0 };
        let (font, plain) = (
            TextStyle::Body.resolve(ui.style()),
            ui.visuals().widgets.inactive.fg_stroke.color,
        );
        let bad = mistake.map(|mistake| mistake.at.clone());
        let mut layout = |ui: &Ui, text: &dyn eframe::egui::TextBuffer, _: f32| {
            let text = text.as_str();
            let format = |underline| TextFormat {
                font_id: font.clone(),
                color: plain,
                underline,
                ..TextFormat::default()
            };
            let mut job = LayoutJob::default();
            let bad = bad.clone().filter(|bad| {
                text.is_char_boundary(bad.start)
                    && text.is_char_boundary(bad.end)
                    && bad.end <= text.len()
            });
            let bad = bad.unwrap_or(text.len()..text.len());
            for (part, underline) in [
                (&text[..bad.start], Stroke::NONE),
                (&text[bad.clone()], Stroke::new(2.0, error)),
                (&text[bad.end..], Stroke::NONE),
            ] {
                job.append(part, 0.0, format(underline));
            }
            ui.fonts_mut(|fonts| fonts.layout_job(job))
        };
        let field = TextEdit::singleline(&mut view.text)
            .desired_width(room)
            .hint_text(EXAMPLE)
            .layouter(&mut layout);
        let tip = format!("{MEANING} ({})", keys::name(Action::Filter));
        let field = ui.add(field).labelled_by(label.id).on_hover_text(tip);
        if takes_focus {
            field.request_focus();
        }
        let clear = !view.text.is_empty()
            && ui
                .add(Button::new("Clear").small())
                .on_hover_text("Show all rows again, whatever they hold")
                .clicked();
        if clear {
            view.text.clear();
        }
    });
    if let Some(mistake) = mistake {
        let before = view.text.get(..mistake.at.start).unwrap_or_default();
        let at = before.chars().count() + 1;
        let sentence = format!("At letter {at}: {}", mistake.sentence);
        ui.label(RichText::new(sentence).color(error));
    }
}

/// Paints which rows there are, and the choices.
pub(super) fn choices_ui(
    ui: &mut Ui,
    workspace: View<'_>,
    view: &mut ListView,
    opens_columns: bool,
) {
    ui.horizontal_wrapped(|ui| {
        let look = &mut view.look;
        ui.checkbox(&mut look.open_only, "Open only")
            .on_hover_text(tip(Action::OpenOnly));
        ui.checkbox(&mut look.whole, "All rows")
            .on_hover_text(tip(Action::WholeTable));
        let behaviour = PopupCloseBehavior::CloseOnClickOutside;
        let (button, _) = MenuButton::new("Columns")
            .config(MenuConfig::new().close_behavior(behaviour))
            .ui(ui, |ui| columns_ui(ui, workspace, view));
        if opens_columns {
            Popup::open_id(ui.ctx(), Popup::default_response_id(&button));
        }
        button.on_hover_text(tip(Action::Columns));
    });
    let list = workspace.list();
    let index = view.followed.and_then(|followed| followed.index);
    let is_outside = workspace.selected().is_some() && index.is_none();
    let words = summary(workspace);
    let more = match (list.is_present, is_outside) {
        (false, _) => "; being looked for …",
        (true, true) => "; the current candidate is not among them",
        (true, false) => "",
    };
    ui.label(RichText::new(format!("{words}{more}")).weak());
}

/// Says which rows there are.
fn summary(workspace: View<'_>) -> String {
    let (list, query) = (workspace.list(), workspace.list_query());
    let shown = number::count(list.rows.len());
    let among = match query.whole {
        true => number::many(list.among, "row of the table", "rows of the table"),
        false => number::many(list.among, "candidate", "candidates"),
    };
    if workspace.is_filtered() || query.open_only {
        let open = if query.open_only {
            " without an answer"
        } else {
            ""
        };
        let meets = match workspace.is_filtered() {
            true => ", by the filter",
            false => "",
        };
        return format!("{shown} of {among}{open}{meets}");
    }
    if query.whole {
        return among;
    }
    let answers = workspace.answers();
    let is_open = |instance: &&usize| !answers.contains_key(*instance);
    let open = workspace.listed().iter().filter(is_open).count();
    let tau = workspace.model().fitted().settings().tau;
    format!(
        "{} to ask, the top {} of the scores (τ)",
        number::count(open),
        number::percent(tau)
    )
}

/// All columns that the list can show, with the widths of those that it shows.
fn columns_ui(ui: &mut Ui, workspace: View<'_>, view: &mut ListView) {
    ui.set_width(250.0);
    ui.horizontal(|ui| {
        let label = ui.label("Find column");
        let field = TextEdit::singleline(&mut view.sought).hint_text("a part of its name");
        ui.add(field)
            .labelled_by(label.id)
            .on_hover_text("Show only the columns whose name has this in it");
    });
    let sought = view.sought.to_lowercase();
    let fields = workspace.fields();
    let all: Vec<(String, Field)> = fields
        .all()
        .filter(|(_, field)| fields.title(*field).to_lowercase().contains(&sought))
        .collect();
    let height = ui.spacing().interact_size.y;
    ScrollArea::vertical()
        .max_height(320.0)
        .show_rows(ui, height, all.len(), |ui, rows| {
            ui.set_min_width(ui.available_width());
            for (key, field) in &all[rows] {
                let title = fields.title(*field);
                ui.horizontal(|ui| {
                    let columns = &mut view.look.columns;
                    let column = columns.iter_mut().find(|column| column.key == *key);
                    let mut is_shown = column.is_some();
                    if let Some(column) = column {
                        let mut width = column.width.unwrap_or(0.0);
                        let named = move |value: f64, _| match value {
                            value if value < 1.0 => "auto".to_owned(),
                            value => format!("{value:.0} pt"),
                        };
                        let field = DragValue::new(&mut width)
                            .range(0.0..=WIDTHS.max)
                            .custom_formatter(named);
                        let response = ui.add(field).on_hover_text(format!(
                            "The width of {title} in points; 0 shares what the others leave"
                        ));
                        if response.changed() {
                            column.width = (width >= 1.0).then_some(width.max(WIDTHS.min));
                        }
                    }
                    let response = ui.checkbox(&mut is_shown, title);
                    if response
                        .on_hover_text(format!("Show {title} in the list, or not"))
                        .changed()
                    {
                        view.look.choose(key, is_shown);
                    }
                });
            }
        });
}
