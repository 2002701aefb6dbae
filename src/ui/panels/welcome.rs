//! What the window shows without a table, and on request.

use std::sync::Arc;

use eframe::egui::{
    Button, Color32, Frame, Id, Label, Margin, Rect, RichText, Role, ScrollArea, Sense, Ui,
    WidgetInfo, vec2,
};

use crate::app::{
    Answer, App, Command, Curves, KeptSession, OpenCommand, Origin, ReadOptions, SequenceToy,
    Thumbnail, Toy, image_toys, local, sequence_toys, toys,
};
use crate::ui::keys::{self, Action};
use crate::ui::memory::Memory;
use crate::ui::{colours, number};

/// Size of a toy table's picture.
const PICTURE: eframe::egui::Vec2 = vec2(240.0, 140.0);
/// Height of the sentence under it.
const SENTENCE: f32 = 54.0;

/// Paints the sessions and tables that were open and the toy tables, or what is being opened.
pub(in crate::ui) fn welcome_ui(
    ui: &mut Ui,
    app: &App,
    memory: &Memory,
    commands: &mut Vec<Command>,
    actions: &mut Vec<Action>,
) {
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.vertical_centered(|ui| {
            ui.add_space(ui.available_height() * 0.08);
            if let Some(busy) = app.busy() {
                ui.spinner();
                ui.label(busy);
                return;
            }
            let title = "Find the anomalies in a table by answering a few questions";
            ui.label(RichText::new(title).size(22.0).strong());
            ui.add_space(4.0);
            ui.label(
                "Drop a table here, open one, or begin with a toy table whose anomalies are known.",
            );
            ui.add_space(8.0);
            let key = keys::name(Action::Open);
            let open = Button::new(RichText::new(format!("Open a table… ({key})")).size(15.0));
            let open = ui.add(open.min_size(vec2(180.0, 32.0)));
            if open.on_hover_text(keys::meaning(Action::Open)).clicked() {
                actions.push(Action::Open);
            }
            if app.workspace().is_some() {
                let tip = format!("The session goes on ({})", keys::name(Action::Welcome));
                let back = ui.button("Back to the open table");
                if back.on_hover_text(tip).clicked() {
                    actions.push(Action::Welcome);
                }
            }
            ui.add_space(18.0);
            sessions_ui(ui, &memory.sessions, commands);
            toys_ui(ui, commands);
            images_ui(ui, commands);
            sequences_ui(ui, commands);
            recent_ui(ui, &memory.recent, commands);
        });
    });
}

/// The toy tables as cards, side by side where there is room.
fn toys_ui(ui: &mut Ui, commands: &mut Vec<Command>) {
    let card = PICTURE.x + 20.0;
    let gap = 14.0;
    let across = ((ui.available_width() + gap) / (card + gap))
        .floor()
        .max(1.0) as usize;
    for line in toys().chunks(across) {
        let width = line.len() as f32 * (card + gap) - gap;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            ui.add_space(((ui.available_width() - width) / 2.0).max(0.0));
            for toy in line {
                toy_ui(ui, toy, commands);
            }
        });
        ui.add_space(gap);
    }
}

/// The bundled images, from which networks learn for a moment.
fn images_ui(ui: &mut Ui, commands: &mut Vec<Command>) {
    ui.horizontal_wrapped(|ui| {
        ui.label("Images:");
        for toy in image_toys() {
            let button = ui.button(toy.title);
            let tip = format!("{}; networks learn from them for a moment first", toy.words);
            if button.on_hover_text(tip).clicked() {
                commands.push(Command::Open(OpenCommand::Images(toy)));
            }
        }
    });
    ui.add_space(14.0);
}

fn toy_ui(ui: &mut Ui, toy: &'static Toy, commands: &mut Vec<Command>) {
    let frame = Frame::group(ui.style()).inner_margin(Margin::same(9));
    frame.show(ui, |ui| {
        ui.vertical(|ui| {
            ui.set_width(PICTURE.x);
            let picture = picture(ui, toy);
            let title = RichText::new(toy.title).strong().size(14.0);
            let button = ui.add(Button::new(title).min_size(vec2(PICTURE.x, 26.0)));
            let button = button.on_hover_text("Open this toy table");
            ui.allocate_ui(vec2(PICTURE.x, SENTENCE), |ui| {
                ui.set_min_height(SENTENCE);
                ui.add(Label::new(RichText::new(toy.sentence).weak()).wrap());
            });
            if picture || button.clicked() {
                commands.push(Command::Open(OpenCommand::Toy(toy)));
            }
        });
    });
}

/// The bundled sequences as cards.
fn sequences_ui(ui: &mut Ui, commands: &mut Vec<Command>) {
    let gap = 14.0;
    let width = sequence_toys().len() as f32 * (PICTURE.x + 20.0 + gap) - gap;
    ui.label(RichText::new("Sequences: an instance is a whole course of values in time").weak());
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        ui.add_space(((ui.available_width() - width) / 2.0).max(0.0));
        for toy in sequence_toys() {
            let frame = Frame::group(ui.style()).inner_margin(Margin::same(9));
            frame.show(ui, |ui| {
                ui.vertical(|ui| {
                    ui.set_width(PICTURE.x);
                    let picture = curves(ui, toy);
                    let title = RichText::new(toy.title).strong().size(14.0);
                    let button = ui.add(Button::new(title).min_size(vec2(PICTURE.x, 26.0)));
                    let button = button
                        .on_hover_text("Open these sequences; learning them takes some seconds");
                    ui.allocate_ui(vec2(PICTURE.x, SENTENCE), |ui| {
                        ui.set_min_height(SENTENCE);
                        ui.add(Label::new(RichText::new(toy.sentence).weak()).wrap());
                    });
                    if picture || button.clicked() {
                        let file = OpenCommand::File(toy.name.into(), ReadOptions::default());
                        commands.push(Command::Open(file));
                    }
                });
            });
        }
    });
    ui.add_space(gap);
}

/// Paints some bundled sequences over their first channel; true when the picture was clicked.
fn curves(ui: &mut Ui, toy: &SequenceToy) -> bool {
    let (rect, response) = ui.allocate_exact_size(PICTURE, Sense::CLICK);
    let words = format!("{}: its anomalies among nominal sequences", toy.title);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &words));
    let id = Id::unique(("curves", toy.name));
    let known: Option<Arc<Curves>> = ui.data(|data| data.get_temp(id));
    let curves = known.unwrap_or_else(|| {
        let made = Arc::new(Curves::of(toy));
        ui.data_mut(|data| data.insert_temp(id, Arc::clone(&made)));
        made
    });
    ui.painter()
        .rect_filled(rect, 3.0, ui.visuals().extreme_bg_color);
    let plane = rect.shrink(8.0);
    for (points, is_anomaly) in &curves.lines {
        let at =
            |[x, y]: &[f32; 2]| plane.left_bottom() + vec2(x * plane.width(), -y * plane.height());
        let stroke = match is_anomaly {
            true => (1.4, colours::answer(Answer::Anomaly)),
            false => (0.7, faint(ui)),
        };
        ui.painter().line(points.iter().map(at).collect(), stroke);
    }
    response.on_hover_text(words).clicked()
}

/// Paints a toy table over its first two features; true when it was clicked.
fn picture(ui: &mut Ui, toy: &Toy) -> bool {
    let (rect, response) = ui.allocate_exact_size(PICTURE, Sense::CLICK);
    let words = format!("{}: its anomalies among all instances", toy.title);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &words));
    let id = Id::unique(("thumbnail", toy.name));
    let known: Option<Arc<Thumbnail>> = ui.data(|data| data.get_temp(id));
    let thumbnail = known.unwrap_or_else(|| {
        let made = Arc::new(Thumbnail::of(toy));
        ui.data_mut(|data| data.insert_temp(id, Arc::clone(&made)));
        made
    });
    ui.painter()
        .rect_filled(rect, 3.0, ui.visuals().extreme_bg_color);
    let plane = rect.shrink(8.0);
    for &([x, y], is_anomaly) in &thumbnail.locations {
        let at = plane.left_bottom() + vec2(x * plane.width(), -y * plane.height());
        let (side, colour) = match is_anomaly {
            true => (3.6, colours::answer(Answer::Anomaly)),
            false => (2.0, faint(ui)),
        };
        let dot = Rect::from_center_size(at, vec2(side, side));
        ui.painter().rect_filled(dot, side / 2.0, colour);
    }
    response.on_hover_text(words).clicked()
}

fn faint(ui: &Ui) -> Color32 {
    ui.visuals().weak_text_color().gamma_multiply(0.7)
}

/// The sessions that were open, with their table, how far they are, and when.
fn sessions_ui(ui: &mut Ui, sessions: &[KeptSession], commands: &mut Vec<Command>) {
    if sessions.is_empty() {
        return;
    }
    ui.label(RichText::new("Go on with a session").strong());
    ui.add_space(2.0);
    for session in sessions {
        let name = session.path.file_name().unwrap_or_default();
        let when = session
            .at
            .map_or_else(String::new, |at| format!(", {}", local(at)));
        let text = format!(
            "{}: table {}, {}, {}{when}",
            name.to_string_lossy(),
            session.table,
            number::many(session.answers, "answer", "answers"),
            number::many(session.anomalies, "anomaly", "anomalies"),
        );
        let button = Button::new(text).truncate();
        let tip = session.path.display().to_string();
        if ui.add(button).on_hover_text(tip).clicked() {
            let open = OpenCommand::Session(session.path.clone(), None);
            commands.push(Command::Open(open));
        }
    }
    ui.add_space(14.0);
}

fn recent_ui(ui: &mut Ui, recent: &[Origin], commands: &mut Vec<Command>) {
    if recent.is_empty() {
        return;
    }
    ui.add_space(8.0);
    ui.label(RichText::new("Tables that were open").weak());
    for origin in recent {
        recent_button(ui, origin, commands);
    }
}

/// A button that opens a table again, as it was read before.
pub(in crate::ui) fn recent_button(ui: &mut Ui, origin: &Origin, commands: &mut Vec<Command>) {
    let Origin::File { path, options } = origin else {
        return;
    };
    let name = std::path::Path::new(path).file_name();
    let name = name.map_or_else(|| path.clone(), |name| name.to_string_lossy().into_owned());
    if ui.button(name).on_hover_text(path).clicked() {
        let file = OpenCommand::File(path.into(), (**options).clone());
        commands.push(Command::Open(file));
        ui.close();
    }
}
