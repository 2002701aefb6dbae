//! A choice among many, found by a part of its name.

use std::borrow::Cow;

use eframe::egui::containers::menu::{MenuButton, MenuConfig};
use eframe::egui::{
    Button, Id, Key, PopupCloseBehavior, RichText, Role, ScrollArea, Shape, Stroke, TextEdit,
    TextStyle, Ui, WidgetInfo, vec2,
};

use crate::ui::{elide, number};

/// Width of the list, and its height at most.
const WIDTH: f32 = 240.0;
const HEIGHT: f32 = 300.0;
/// Choices from which on they are looked for by name.
const MANY: usize = 8;

/// A button that opens the list.
pub(super) struct Picker<'a> {
    /// What tells it from others, and its name to those who do not see it.
    pub(super) name: &'a str,
    /// What stands on the button.
    pub(super) shown: &'a str,
    /// The widest that this may be.
    pub(super) width: f32,
    /// Its tooltip.
    pub(super) tip: &'a str,
    /// How many choices there are.
    pub(super) count: usize,
    /// What a choice is called.
    pub(super) of: &'a dyn Fn(usize) -> Cow<'a, str>,
    /// Whether a choice is the present one.
    pub(super) is_chosen: &'a dyn Fn(usize) -> bool,
}

impl Picker<'_> {
    /// Paints it; what was chosen. The list stays for further choices where `stays` is said.
    pub(super) fn show(&self, ui: &mut Ui, stays: bool) -> Option<usize> {
        let font = TextStyle::Button.resolve(ui.style());
        let shown = elide::middle(ui.painter(), self.shown, &font, self.width);
        let behaviour = PopupCloseBehavior::CloseOnClickOutside;
        // Room for the triangle: the fonts have no letter of it.
        let button = Button::new(format!("{shown}\u{a0}\u{a0}\u{a0}\u{a0}"));
        let (response, inner) = MenuButton::from_button(button)
            .config(MenuConfig::new().close_behavior(behaviour))
            .ui(ui, |ui| self.list(ui, stays));
        let at = response.rect.right_center() - vec2(11.0, 0.0);
        let corners = [vec2(-4.0, -2.5), vec2(4.0, -2.5), vec2(0.0, 3.0)];
        let corners = corners.map(|corner| at + corner).to_vec();
        let ink = ui.style().interact(&response).text_color();
        let triangle = Shape::convex_polygon(corners, ink, Stroke::NONE);
        ui.painter().add(triangle);
        let words = format!("{}: {}", self.name, self.shown);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
        let tip = match shown == self.shown {
            true => self.tip.to_owned(),
            false => format!("{}\n{}", self.shown, self.tip),
        };
        response.on_hover_text(tip);
        inner.and_then(|inner| inner.inner)
    }

    fn list(&self, ui: &mut Ui, stays: bool) -> Option<usize> {
        ui.set_width(WIDTH);
        let id = Id::unique(("sought", self.name));
        let pass = ui.ctx().cumulative_pass_nr();
        let (mut sought, seen): (String, u64) =
            ui.data(|data| data.get_temp(id)).unwrap_or_default();
        // It has just been opened.
        let is_new = seen + 1 < pass;
        if is_new {
            sought.clear();
        }
        let mut chosen = None;
        let mut is_entered = false;
        if self.count > MANY {
            ui.horizontal(|ui| {
                let label = ui.label("Find");
                let field = TextEdit::singleline(&mut sought)
                    .hint_text("a part of its name")
                    .desired_width(ui.available_width());
                let field = ui.add(field).labelled_by(label.id);
                is_entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
                // It is there to be typed into, from the moment that the list is.
                if is_new {
                    field.request_focus();
                }
                field.on_hover_text("Enter takes the one of this name, or the first that is left");
            });
        }
        let wanted = sought.to_lowercase();
        let found: Vec<usize> = (0..self.count)
            .filter(|&at| wanted.is_empty() || (self.of)(at).to_lowercase().contains(&wanted))
            .collect();
        if found.is_empty() {
            ui.label(RichText::new("Nothing has this in its name.").weak());
        }
        if is_entered {
            // What is called so, before what has it somewhere in its name.
            let is_called = |at: &&usize| (self.of)(**at).to_lowercase() == wanted;
            let called = found.iter().find(is_called);
            chosen = called.or(found.first()).copied();
        }
        let height = ui.spacing().interact_size.y;
        ScrollArea::vertical().max_height(HEIGHT).show_rows(
            ui,
            height,
            found.len(),
            |ui, range| {
                ui.set_min_width(ui.available_width());
                for &at in &found[range] {
                    let name = (self.of)(at);
                    let font = TextStyle::Button.resolve(ui.style());
                    let short = elide::middle(ui.painter(), &name, &font, WIDTH - 24.0);
                    let button = Button::selectable((self.is_chosen)(at), short);
                    if ui.add(button).on_hover_text(&*name).clicked() {
                        chosen = Some(at);
                    }
                }
            },
        );
        if found.len() < self.count {
            let words = format!(
                "{} of {}",
                number::count(found.len()),
                number::count(self.count)
            );
            ui.label(RichText::new(words).weak());
        }
        if chosen.is_some() && !stays {
            ui.close();
        }
        ui.data_mut(|data| data.insert_temp(id, (sought, pass)));
        chosen
    }
}
