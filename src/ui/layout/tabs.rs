//! How tabs and panes look.

use eframe::egui::{
    Align2, Button, Color32, CursorIcon, Frame, Id, Margin, Rect, Response, Role, Sense, Stroke,
    StrokeKind, Style, TextStyle, TextWrapMode, Ui, Visuals, WidgetInfo, WidgetText, vec2,
};
use egui_tiles::{Behavior, SimplificationOptions, TabState, Tabs, TileId, Tiles, UiResponse};

use super::{Entry, Pane, PaneContext};
use crate::app::{Command, WriteCommand};
use crate::ui::keys::{self, Action};

/// Points around the content of a pane, left and right of a tab's title, and across its cross.
const MARGIN: i8 = 8;
const SIDE: f32 = 9.0;
const CROSS: f32 = 14.0;

/// Paints panes and their tabs.
pub(super) struct Painter<'a, 'b> {
    pub(super) pane: &'a mut PaneContext<'b>,
    /// The pane that was closed in this frame: it goes when the frame is done.
    pub(super) closed: Option<TileId>,
}

impl Behavior<Pane> for Painter<'_, '_> {
    fn pane_ui(&mut self, ui: &mut Ui, _: TileId, pane: &mut Pane) -> UiResponse {
        let fill = ui.visuals().panel_fill;
        let frame = Frame::new().fill(fill).inner_margin(Margin::same(MARGIN));
        frame.show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            pane.paint(ui, self.pane);
        });
        UiResponse::None
    }

    fn tab_title_for_pane(&mut self, pane: &Pane) -> WidgetText {
        pane.entry().name.into()
    }

    fn tab_ui(
        &mut self,
        tiles: &mut Tiles<Pane>,
        ui: &mut Ui,
        id: Id,
        tile: TileId,
        state: &TabState,
    ) -> Response {
        let entry = tiles.get_pane(&tile).map(|pane| pane.entry());
        let title = entry.map_or("…", |entry| entry.name);
        let font = TextStyle::Button.resolve(ui.style());
        let galley = WidgetText::from(title).into_galley(
            ui,
            Some(TextWrapMode::Extend),
            f32::INFINITY,
            font,
        );
        let width = SIDE + galley.size().x + 4.0 + CROSS + 3.0;
        let (_, rect) = ui.allocate_space(vec2(width, ui.available_height()));
        let response = ui
            .interact(rect, id, Sense::click_and_drag())
            .on_hover_cursor(CursorIcon::Grab);
        response.widget_info(|| WidgetInfo::selected(Role::Tab, true, state.active, title));
        // The strip behind the tabs can be focused, too.
        let strip = ui.scope_id().with("background");
        ui.ctx().accesskit_node_builder(strip, |node| {
            node.set_label("Strip of tabs: drag it to move its panes together");
        });
        if state.is_being_dragged {
            return response;
        }
        let visuals = ui.visuals();
        if state.active {
            ui.painter().rect_filled(rect, 0.0, visuals.panel_fill);
            let line = Rect::from_min_size(rect.min, vec2(rect.width(), 2.0));
            ui.painter()
                .rect_filled(line, 0.0, visuals.selection.bg_fill);
        }
        let colour = self.tab_text_color(visuals, tiles, tile, state);
        let place = Align2::LEFT_CENTER
            .align_size_within_rect(galley.size(), rect.with_min_x(rect.left() + SIDE));
        ui.painter().galley(place.min, galley, colour);
        focus_ring(ui, &response, rect);
        if close_ui(ui, rect, title, state.active || response.hovered()) {
            self.closed = Some(tile);
        }
        match entry {
            Some(entry) => response.on_hover_text(tip(entry)),
            None => response,
        }
    }

    fn top_bar_right_ui(
        &mut self,
        tiles: &Tiles<Pane>,
        ui: &mut Ui,
        _: TileId,
        tabs: &Tabs,
        _: &mut f32,
    ) {
        let pane = tabs.active.and_then(|active| tiles.get_pane(&active));
        let Some((pane, chart)) = pane.and_then(|pane| Some((pane, pane.chart(ui)?))) else {
            return;
        };
        ui.add_space(4.0);
        let response = ui.add(Button::new("Save chart…").small());
        let name = format!("Save chart: {}", pane.entry().name);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        let action = Action::SaveChart;
        let tip = format!("{} ({})", keys::meaning(action), keys::name(action));
        if response.on_hover_text(tip).clicked() {
            let ask = WriteCommand::AskChart(chart);
            self.pane.commands.push(Command::Write(ask));
        }
    }

    fn tab_bar_color(&self, visuals: &Visuals) -> Color32 {
        visuals
            .widgets
            .noninteractive
            .bg_stroke
            .color
            .gamma_multiply(0.45)
    }

    fn tab_text_color(
        &self,
        visuals: &Visuals,
        _: &Tiles<Pane>,
        _: TileId,
        state: &TabState,
    ) -> Color32 {
        if state.active {
            visuals.strong_text_color()
        } else {
            visuals.text_color()
        }
    }

    fn gap_width(&self, _: &Style) -> f32 {
        4.0
    }

    fn min_size(&self) -> f32 {
        110.0
    }

    fn simplification_options(&self) -> SimplificationOptions {
        SimplificationOptions {
            all_panes_must_have_tabs: true,
            ..SimplificationOptions::default()
        }
    }
}

/// Paints the cross that closes a pane; true when it was clicked.
fn close_ui(ui: &Ui, tab: Rect, title: &str, is_seen: bool) -> bool {
    let rect = Align2::RIGHT_CENTER
        .align_size_within_rect(vec2(CROSS, CROSS), tab.shrink2(vec2(3.0, 0.0)));
    let response = ui.interact(rect, ui.scope_id().with(("close", title)), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Close {title}")));
    let visuals = ui.style().interact(&response);
    if is_seen || response.hovered() || response.has_focus() {
        if response.hovered() {
            ui.painter().rect_filled(rect, 3.0, visuals.bg_fill);
        }
        let cross = rect.shrink(4.0);
        let stroke = Stroke::new(1.2, visuals.fg_stroke.color);
        ui.painter()
            .line_segment([cross.left_top(), cross.right_bottom()], stroke);
        ui.painter()
            .line_segment([cross.right_top(), cross.left_bottom()], stroke);
    }
    focus_ring(ui, &response, rect);
    response
        .on_hover_text(format!("Close {title}; the View menu opens it again"))
        .clicked()
}

/// Shows where the keyboard is.
fn focus_ring(ui: &Ui, response: &Response, rect: Rect) {
    if response.has_focus() {
        let stroke = ui.visuals().selection.stroke;
        ui.painter()
            .rect_stroke(rect.shrink(1.0), 2.0, stroke, StrokeKind::Inside);
    }
}

fn tip(entry: &Entry) -> String {
    match entry.key {
        Some(key) => format!("{} ({})", entry.meaning, keys::names(&[key])),
        None => entry.meaning.to_owned(),
    }
}
