//! The candidate's row as it stands in the file.

use eframe::egui::{
    CollapsingHeader, ColorImage, Grid, Image, Label, OpenUrl, RichText, ScrollArea, TextStyle,
    TextureHandle, TextureOptions, Ui, vec2,
};

use crate::app::{Ask, Command, LocalFile, Message, OriginalCell, View};
use crate::ui::elide;
use crate::ui::keys::{self, Action};
use crate::ui::open_path::open_path;

/// Height that the cells take at most; further ones are scrolled to.
const HEIGHT: f32 = 170.0;

/// What a pane keeps of it from frame to frame.
#[derive(Default)]
pub(in crate::ui) struct OriginalView {
    /// Whether it is open; `None` before anybody said: then it is where it shows what nothing else
    /// does.
    is_open: Option<bool>,
    /// Whether what the detectors see is shown, too.
    shows_all: bool,
    pictures: Vec<(usize, TextureHandle)>,
}

impl OriginalView {
    /// Opens it, or closes it.
    pub(in crate::ui) fn toggle(&mut self, workspace: View<'_>) {
        self.is_open = Some(!self.opens(workspace));
    }

    fn opens(&self, workspace: View<'_>) -> bool {
        self.is_open.unwrap_or(workspace.has_unseen_columns())
    }
}

/// Paints the row, where there is a file that it stands in.
pub(in crate::ui) fn original_ui(
    ui: &mut Ui,
    workspace: View<'_>,
    view: &mut OriginalView,
    commands: &mut Vec<Command>,
) {
    if workspace.selected().is_none() || !workspace.has_original() {
        return;
    }
    let is_open = view.opens(workspace);
    let tip = format!(
        "{} ({})",
        keys::meaning(Action::Original),
        keys::name(Action::Original)
    );
    let title = RichText::new("The row as it stands in the file").strong();
    let section = CollapsingHeader::new(title)
        .id_salt("original row")
        .open(Some(is_open))
        .show_unindented(ui, |ui| {
            commands.extend(Command::for_panel(workspace, Ask::Original));
            match workspace.original() {
                None => {
                    ui.spinner();
                }
                Some(Err(sentence)) => {
                    ui.label(RichText::new(sentence).weak());
                }
                Some(Ok(cells)) => cells_ui(ui, workspace, view, &cells, commands),
            }
        });
    if section.header_response.on_hover_text(tip).clicked() {
        view.is_open = Some(!is_open);
    }
    ui.separator();
}

fn cells_ui(
    ui: &mut Ui,
    workspace: View<'_>,
    view: &mut OriginalView,
    cells: &[OriginalCell<'_>],
    commands: &mut Vec<Command>,
) {
    let unseen = cells.iter().filter(|cell| cell.unseen.is_some()).count();
    if unseen > 0 && unseen < cells.len() {
        let tip = "Also the columns that are features: their values as they are written";
        ui.checkbox(&mut view.shows_all, "columns that detectors see, too")
            .on_hover_text(tip);
    }
    let shows_all = view.shows_all || unseen == 0;
    let shown: Vec<&OriginalCell<'_>> = (cells.iter())
        .filter(|cell| shows_all || cell.unseen.is_some() || cell.file.is_some())
        .collect();
    let Some(at) = workspace.selected() else {
        return;
    };
    ScrollArea::vertical()
        .id_salt("original cells")
        .max_height(HEIGHT)
        .show(ui, |ui| {
            let names = ui.available_width() * 0.34;
            Grid::new("original")
                .num_columns(2)
                .striped(true)
                .max_col_width(ui.available_width() - names - 16.0)
                .spacing(vec2(8.0, 3.0))
                .show(ui, |ui| {
                    for (index, cell) in shown.into_iter().enumerate() {
                        name_ui(ui, cell, names);
                        ui.vertical(|ui| {
                            value_ui(ui, cell, (at, index), &mut view.pictures, commands);
                        });
                        ui.end_row();
                    }
                });
        });
    view.pictures.retain(|(of, _)| *of == at);
}

fn name_ui(ui: &mut Ui, cell: &OriginalCell<'_>, width: f32) {
    let font = TextStyle::Body.resolve(ui.style());
    let short = elide::middle(ui.painter(), cell.name, &font, width);
    let tip = match cell.unseen {
        Some(why) => format!("{}: no detector sees it, because {why}", cell.name),
        None => format!("{}: a feature", cell.name),
    };
    ui.label(RichText::new(short).weak()).on_hover_text(tip);
}

fn value_ui(
    ui: &mut Ui,
    cell: &OriginalCell<'_>,
    (at, index): (usize, usize),
    kept: &mut Vec<(usize, TextureHandle)>,
    commands: &mut Vec<Command>,
) {
    let text = cell.text.trim();
    let is_link = ["http://", "https://"]
        .iter()
        .any(|way| text.starts_with(way));
    if is_link {
        ui.add(Label::new(RichText::new(text).underline()).wrap());
        let open = ui.small_button("Open link");
        let tip = "Opens it in the browser; nothing of it is loaded before";
        if open.on_hover_text(tip).clicked() {
            ui.open_url(OpenUrl::new_tab(text));
        }
        return;
    }
    match text {
        "" => ui.label(RichText::new("empty").weak().italics()),
        text => ui.add(Label::new(text).wrap()),
    };
    let Some(LocalFile { path, picture }) = cell.file else {
        return;
    };
    if let Some(picture) = picture {
        let name = format!("original {at} {index}");
        let texture = match kept.iter().find(|(_, texture)| texture.name() == name) {
            Some((_, texture)) => texture.clone(),
            None => {
                let size = [picture.width, picture.height];
                let image = ColorImage::from_rgba_unmultiplied(size, &picture.rgba);
                let texture = ui.ctx().load_texture(name, image, TextureOptions::LINEAR);
                kept.push((at, texture.clone()));
                texture
            }
        };
        let words = format!("{}: the picture {text}", cell.name);
        let image = Image::from_texture(&texture).max_size(vec2(ui.available_width(), 200.0));
        ui.add(image.alt_text(&words)).on_hover_text(words);
    }
    let tip = format!("Open “{}” with the system's program", path.display());
    if ui.small_button("Open file").on_hover_text(tip).clicked()
        && let Err(why) = open_path(path)
    {
        commands.push(Command::Say(Message::error(why)));
    }
}
