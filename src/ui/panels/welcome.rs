//! What the window shows without a table, and on request.

use std::sync::Arc;

use eframe::egui::{
    Button, Color32, ColorImage, Context, Frame, Id, Label, Margin, Rect, RichText, Role,
    ScrollArea, Sense, StrokeKind, TextureHandle, TextureOptions, Ui, WidgetInfo, pos2, vec2,
};

use crate::app::{
    Answer, App, Command, Curves, ImageToy, KeptSession, Mosaic, OpenCommand, Origin, ReadOptions,
    SequenceToy, Thumbnail, Toy, image_toys, local, sequence_toys, toys,
};
use crate::ui::keys::{self, Action};
use crate::ui::memory::Memory;
use crate::ui::{colours, number};

/// Size of a toy table's picture.
const PICTURE: eframe::egui::Vec2 = vec2(240.0, 140.0);
/// Images across and down in the picture of a set of them, and the side of each.
const ACROSS: usize = 4;
const DOWN: usize = 2;
const TILE: f32 = 52.0;
/// Height of the sentence under it.
const SENTENCE: f32 = 54.0;

/// Textures of bundled images, and whether each shows an anomaly.
type Tiles = Arc<[(TextureHandle, bool)]>;

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
            let title = "Find the anomalies in your data by answering a few questions";
            ui.label(RichText::new(title).size(22.0).strong());
            ui.add_space(4.0);
            ui.label(
                "Drop a table, images or sequences here, open them, or begin with bundled data whose anomalies are known.",
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

/// What can be opened by a card: its name, what is in it, what opening it means, and the command.
struct Card {
    title: &'static str,
    sentence: &'static str,
    tip: &'static str,
    open: OpenCommand,
}

/// The bundled tables.
fn toys_ui(ui: &mut Ui, commands: &mut Vec<Command>) {
    cards_ui(ui, toys(), |ui, toy| {
        let card = Card {
            title: toy.title,
            sentence: toy.sentence,
            tip: "Open this toy table",
            open: OpenCommand::Toy(toy),
        };
        card_ui(ui, card, |ui| picture(ui, toy), commands);
    });
}

/// The bundled images, from which networks learn for a moment.
fn images_ui(ui: &mut Ui, commands: &mut Vec<Command>) {
    ui.label(RichText::new("Images: an instance is a whole picture").weak());
    cards_ui(ui, image_toys(), |ui, toy| {
        let card = Card {
            title: toy.title,
            sentence: toy.words,
            tip: "Open these images; networks learn from them for a moment first",
            open: OpenCommand::Images(toy),
        };
        card_ui(ui, card, |ui| mosaic(ui, toy), commands);
    });
}

/// The bundled sequences.
fn sequences_ui(ui: &mut Ui, commands: &mut Vec<Command>) {
    ui.label(RichText::new("Sequences: an instance is a whole course of values in time").weak());
    cards_ui(ui, sequence_toys(), |ui, toy| {
        let card = Card {
            title: toy.title,
            sentence: toy.sentence,
            tip: "Open these sequences; learning them takes some seconds",
            open: OpenCommand::File(toy.name.into(), ReadOptions::default()),
        };
        card_ui(ui, card, |ui| curves(ui, toy), commands);
    });
}

/// Cards side by side where there is room, in the middle.
fn cards_ui<T>(ui: &mut Ui, all: &'static [T], mut add: impl FnMut(&mut Ui, &'static T)) {
    let card = PICTURE.x + 20.0;
    let gap = 14.0;
    let across = ((ui.available_width() + gap) / (card + gap))
        .floor()
        .max(1.0) as usize;
    for line in all.chunks(across) {
        let width = line.len() as f32 * (card + gap) - gap;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            ui.add_space(((ui.available_width() - width) / 2.0).max(0.0));
            for one in line {
                add(ui, one);
            }
        });
        ui.add_space(gap);
    }
}

/// A card; `picture` paints its picture and says whether that was clicked.
fn card_ui(
    ui: &mut Ui,
    card: Card,
    picture: impl FnOnce(&mut Ui) -> bool,
    commands: &mut Vec<Command>,
) {
    let frame = Frame::group(ui.style()).inner_margin(Margin::same(9));
    frame.show(ui, |ui| {
        ui.vertical(|ui| {
            ui.set_width(PICTURE.x);
            let is_clicked = picture(ui);
            let title = RichText::new(card.title).strong().size(14.0);
            let button = ui.add(Button::new(title).min_size(vec2(PICTURE.x, 26.0)));
            let button = button.on_hover_text(card.tip);
            ui.allocate_ui(vec2(PICTURE.x, SENTENCE), |ui| {
                ui.set_min_height(SENTENCE);
                ui.add(Label::new(RichText::new(card.sentence).weak()).wrap());
            });
            if is_clicked || button.clicked() {
                commands.push(Command::Open(card.open));
            }
        });
    });
}

/// Paints some bundled images; true when the picture was clicked.
fn mosaic(ui: &mut Ui, toy: &ImageToy) -> bool {
    let (rect, response) = ui.allocate_exact_size(PICTURE, Sense::CLICK);
    let words = format!("{}: its anomalies among nominal images", toy.title);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &words));
    let id = Id::unique(("mosaic", toy.name));
    let known: Option<Tiles> = ui.data(|data| data.get_temp(id));
    let tiles = known.unwrap_or_else(|| {
        let made = tiles(ui.ctx(), &Mosaic::of(toy, ACROSS * DOWN));
        ui.data_mut(|data| data.insert_temp(id, Arc::clone(&made)));
        made
    });
    ui.painter()
        .rect_filled(rect, 3.0, ui.visuals().extreme_bg_color);
    let pitch = vec2(rect.width() / ACROSS as f32, rect.height() / DOWN as f32);
    for (at, (texture, is_anomaly)) in tiles.iter().enumerate() {
        let corner = vec2(
            (at % ACROSS) as f32 * pitch.x,
            (at / ACROSS) as f32 * pitch.y,
        );
        let middle = rect.min + corner + pitch / 2.0;
        let tile = Rect::from_center_size(middle, vec2(TILE, TILE));
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        ui.painter()
            .image(texture.id(), tile, whole, Color32::WHITE);
        if *is_anomaly {
            let stroke = (1.6, colours::answer(Answer::Anomaly));
            ui.painter()
                .rect_stroke(tile.expand(1.5), 2.0, stroke, StrokeKind::Outside);
        }
    }
    response.on_hover_text(words).clicked()
}

fn tiles(ctx: &Context, mosaic: &Mosaic) -> Tiles {
    let size = [mosaic.side, mosaic.side];
    let tile = |(pixels, is_anomaly): &(Vec<u8>, bool)| {
        let image = ColorImage::from_gray(size, pixels);
        let texture = ctx.load_texture("bundled image", image, TextureOptions::LINEAR);
        (texture, *is_anomaly)
    };
    mosaic.images.iter().map(tile).collect()
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
