//! What colours the map and the rows that are laid out, and which marks are switched off.

use std::borrow::Cow;
use std::sync::Arc;

use eframe::egui::{
    Align2, Color32, FontId, Mesh, Painter, Pos2, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui,
    WidgetInfo, pos2, vec2,
};

use super::picker::Picker;
use crate::app::{Answer, Reply, ScoreMap, Shade, Tag, View};
use crate::ui::keys::{self, Action};
use crate::ui::{colours, marks, number};

/// What colours the map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::ui) enum Colouring {
    /// The anomaly score at each point of the plane; rows are dots of one colour.
    #[default]
    Surface,
    /// How many rows lie at each place.
    Density,
    /// What was said of each row.
    Answer,
    /// A number of each row.
    Shade(Shade),
}

/// What the legend switches on and off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Mark {
    Answer(Answer),
    Tag(Tag),
    /// Rows without an answer.
    Open,
    Current,
    /// The edge of the top τ.
    Top,
    /// Lines of equal score.
    Lines,
}

impl Mark {
    /// The mark of what was said of a row.
    pub(super) fn of(reply: Option<Reply>) -> Self {
        match reply {
            None => Self::Open,
            Some(Reply { tag: Some(tag), .. }) => Self::Tag(tag),
            Some(reply) => Self::Answer(reply.answer),
        }
    }
}

/// How the map looks.
#[derive(Default)]
pub(in crate::ui) struct MapLook {
    pub(in crate::ui) colouring: Colouring,
    hidden: Vec<Mark>,
    /// The ends of the scale of a number, and of which model and number.
    scale: Option<(usize, Shade, [f32; 2])>,
}

impl MapLook {
    pub(super) fn shows(&self, mark: Mark) -> bool {
        !self.hidden.contains(&mark)
    }

    fn turn(&mut self, mark: Mark) {
        match self.hidden.iter().position(|hidden| *hidden == mark) {
            Some(index) => {
                self.hidden.remove(index);
            }
            None => self.hidden.push(mark),
        }
    }

    /// The choices without a picker, one after the other.
    pub(in crate::ui) fn next(&mut self) {
        self.colouring = match self.colouring {
            Colouring::Surface => Colouring::Density,
            Colouring::Density => Colouring::Shade(Shade::Score),
            Colouring::Shade(_) => Colouring::Answer,
            Colouring::Answer => Colouring::Surface,
        };
    }

    /// The number that rows are coloured by. Where there is no plane under them (`is_flat`) it is the
    /// score in the place of the plane's colours.
    pub(super) fn shade(&self, is_flat: bool) -> Option<Shade> {
        match self.colouring {
            Colouring::Shade(shade) => Some(shade),
            Colouring::Surface | Colouring::Density if is_flat => Some(Shade::Score),
            _ => None,
        }
    }

    /// The ends of the scale of a number: worked out once for a model.
    pub(super) fn range(&mut self, workspace: View<'_>, shade: Shade) -> [f32; 2] {
        let model = Arc::as_ptr(workspace.model()).addr();
        let known = self
            .scale
            .filter(|(of, by, _)| (*of, *by) == (model, shade));
        let (.., range) = *self
            .scale
            .insert(known.unwrap_or_else(|| (model, shade, workspace.shade_range(shade))));
        range
    }

    /// The colour of each row.
    pub(super) fn dots<'a>(&mut self, workspace: View<'a>, is_flat: bool) -> Dots<'a> {
        let shade = self.shade(is_flat);
        Dots {
            workspace,
            shade: shade.map(|shade| (shade, self.range(workspace, shade))),
            by_answer: self.colouring == Colouring::Answer,
            hidden: self.hidden.clone(),
        }
    }
}

/// What the dots of rows look like.
pub(super) struct Dots<'a> {
    workspace: View<'a>,
    shade: Option<(Shade, [f32; 2])>,
    by_answer: bool,
    hidden: Vec<Mark>,
}

/// What makes dots look as they do: while it is the same, so do they.
pub(super) type DotsKey = (
    Option<(Shade, [f32; 2])>,
    bool,
    Vec<Mark>,
    Vec<(usize, Reply)>,
);

/// The colour of a dot that says nothing.
const PLAIN: Color32 = Color32::from_gray(245);

impl Dots<'_> {
    pub(super) fn key(&self) -> DotsKey {
        let asks = self.by_answer || !self.hidden.is_empty();
        let replies = self.workspace.replies().iter().filter(|_| asks);
        let replies = replies
            .map(|(&instance, &reply)| (instance, reply))
            .collect();
        (self.shade, self.by_answer, self.hidden.clone(), replies)
    }

    /// The colour of a row; `None` where it is switched off.
    pub(super) fn colour(&self, instance: usize) -> Option<Color32> {
        if !self.hidden.is_empty() || self.by_answer {
            let reply = self.workspace.reply(instance);
            if self.hidden.contains(&Mark::of(reply)) {
                return None;
            }
            if let (true, Some(reply)) = (self.by_answer, reply) {
                return Some(colour_of(reply));
            }
        }
        let Some((shade, [low, high])) = self.shade else {
            return Some(PLAIN);
        };
        let value = self.workspace.shade_of(shade, instance)?;
        Some(colours::score(
            (value - low) / (high - low).max(f32::MIN_POSITIVE),
        ))
    }
}

/// The colour of what was said.
fn colour_of(reply: Reply) -> Color32 {
    reply
        .tag
        .map_or_else(|| colours::answer(reply.answer), colours::tag)
}

/// Paints the choice of what colours the map.
pub(super) fn colouring_ui(ui: &mut Ui, workspace: View<'_>, look: &mut MapLook, is_flat: bool) {
    let fixed: &[(Colouring, &str)] = match is_flat {
        true => &[
            (Colouring::Shade(Shade::Score), "score of each row"),
            (Colouring::Answer, "answer or tag"),
        ],
        false => &[
            (Colouring::Surface, "score over the plane"),
            (Colouring::Density, "number of rows"),
            (Colouring::Shade(Shade::Score), "score of each row"),
            (Colouring::Answer, "answer or tag"),
        ],
    };
    let (members, names) = (
        workspace.member_names(),
        workspace.dataset().feature_names(),
    );
    let (first, second) = (fixed.len(), fixed.len() + members.len());
    let choice = |at: usize| match at {
        at if at < first => fixed[at].0,
        at if at < second => Colouring::Shade(Shade::Member(at - first)),
        at => Colouring::Shade(Shade::Feature(at - second)),
    };
    let name = |at: usize| -> Cow<'_, str> {
        match at {
            at if at < first => fixed[at].1.into(),
            at if at < second => format!("score of {}", members[at - first]).into(),
            at => names[at - second].as_str().into(),
        }
    };
    let count = second + names.len();
    let now = match look.shade(is_flat) {
        Some(shade) => Colouring::Shade(shade),
        None => look.colouring,
    };
    let shown = match now {
        Colouring::Shade(Shade::Member(member)) => name(first + member),
        Colouring::Shade(Shade::Feature(feature)) => name(second + feature),
        other => fixed
            .iter()
            .find(|(colouring, _)| *colouring == other)
            .map_or(Cow::Borrowed(""), |(_, name)| Cow::Borrowed(*name)),
    };
    let tip = format!(
        "{} ({}). A saved chart of the map shows the score over the plane.",
        keys::meaning(Action::Colouring),
        keys::name(Action::Colouring)
    );
    ui.label("Colour");
    let picker = Picker {
        name: "Colour",
        shown: &shown,
        width: 130.0,
        tip: &tip,
        count,
        of: &name,
        is_chosen: &|at| choice(at) == now,
    };
    if let Some(at) = picker.show(ui, false) {
        look.colouring = choice(at);
    }
}

/// Paints what the marks mean; a click on one switches it off, and on again.
pub(super) fn legend(ui: &mut Ui, workspace: View<'_>, look: &mut MapLook, is_flat: bool) {
    let outline = ui.visuals().text_color();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 9.0;
        let mut entry = |ui: &mut Ui, mark: Mark, name: &str, paint: &dyn Fn(&Painter, Pos2)| {
            if entry_ui(ui, name, look.shows(mark), paint) {
                look.turn(mark);
            }
        };
        for answer in Answer::ALL {
            entry(ui, Mark::Answer(answer), answer.name(), &|painter, at| {
                marks::paint(painter, at, 5.0, answer, outline)
            });
        }
        for tag in workspace.known_tags() {
            let count = number::count(workspace.tag_count(Some(tag)));
            let name = format!("{} ({count})", workspace.tag_names().of(tag));
            entry(ui, Mark::Tag(tag), &name, &|painter, at| {
                marks::paint_tag(painter, at, 5.0, tag, outline)
            });
        }
        entry(ui, Mark::Open, "no answer yet", &|painter, at| {
            let rim = Stroke::new(1.2, Color32::from_gray(60));
            painter.circle(at, 3.0, PLAIN, rim);
        });
        entry(ui, Mark::Current, "current", &|painter, at| {
            painter.circle_stroke(at, 6.0, Stroke::new(2.5, colours::CURRENT));
        });
        if is_flat {
            return;
        }
        entry(ui, Mark::Top, "edge of the top τ", &|painter, at| {
            let dashes = [(-8.0, -2.0), (2.0, 8.0)];
            for (from, to) in dashes {
                let ends = [at + vec2(from, 0.0), at + vec2(to, 0.0)];
                painter.line_segment(ends, Stroke::new(2.0, outline));
            }
        });
        entry(ui, Mark::Lines, "equal score", &|painter, at| {
            let ends = [at - vec2(8.0, 0.0), at + vec2(8.0, 0.0)];
            painter.line_segment(ends, Stroke::new(1.0, outline));
        });
    });
}

/// An entry of the legend; true when it was clicked.
fn entry_ui(ui: &mut Ui, name: &str, is_shown: bool, paint: &dyn Fn(&Painter, Pos2)) -> bool {
    let colour = match is_shown {
        true => ui.visuals().text_color(),
        false => ui.visuals().weak_text_color(),
    };
    let font = FontId::proportional(12.0);
    let galley = ui.painter().layout_no_wrap(name.to_owned(), font, colour);
    let size = vec2(21.0 + galley.size().x, 16.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, is_shown, name));
    let mut painter = ui.painter().clone();
    if response.hovered() || response.has_focus() {
        let fill = ui.visuals().widgets.hovered.weak_bg_fill;
        painter.rect_filled(rect.expand(2.0), 2.0, fill);
    }
    if !is_shown {
        painter.multiply_opacity(0.55);
    }
    paint(&painter, pos2(rect.left() + 8.0, rect.center().y));
    let at = pos2(rect.left() + 19.0, rect.center().y - galley.size().y / 2.0);
    let end = at.x + galley.size().x;
    painter.galley(at, galley, colour);
    if !is_shown {
        painter.hline(at.x..=end, rect.center().y, Stroke::new(1.0, colour));
    }
    let tip = match is_shown {
        true => "Click to hide it",
        false => "Hidden: click to show it again",
    };
    response.on_hover_text(format!("{name}. {tip}.")).clicked()
}

/// Paints the scale of a number that rows are coloured by.
pub(super) fn shade_bar(
    ui: &mut Ui,
    workspace: View<'_>,
    (shade, [low, high]): (Shade, [f32; 2]),
    height: f32,
) {
    let name = workspace.shade_name(shade);
    let cut = match shade {
        Shade::Feature(_) => " Of values beyond the ends, a hundredth at each, the colour stays.",
        _ => "",
    };
    let label = |part: f32| number::value(low + (high - low) * part);
    let tip = format!(
        "Each row is coloured by its {name}, from {} to {}.{cut}",
        label(0.0),
        label(1.0)
    );
    let title = match shade {
        Shade::Score => "score",
        Shade::Member(_) => "member",
        Shade::Feature(_) => "value",
    };
    bar(ui, height, (title, &tip), &label);
}

/// Paints the scale of how many rows lie at a place.
pub(super) fn density_bar(ui: &mut Ui, map: &ScoreMap, height: f32) {
    let most = most(map);
    let tip = format!(
        "How many rows lie in each of the {} × {} cells of the map, on a logarithmic scale; at most {}.",
        map.surface.grid.x.cells(),
        map.surface.grid.y.cells(),
        number::count(most as usize)
    );
    let label = |part: f32| {
        let rows = ((1.0 + most as f32).ln() * part).exp() - 1.0;
        number::value((rows * 10.0).round() / 10.0)
    };
    bar(ui, height, ("rows", &tip), &label);
}

/// The most rows that lie in one cell.
fn most(map: &ScoreMap) -> u32 {
    map.density.iter().copied().max().unwrap_or(0).max(1)
}

/// The part of the colour scale that each cell has by the rows in it.
pub(in crate::ui) fn density_parts(map: &ScoreMap) -> impl Iterator<Item = f32> + '_ {
    let most = (1.0 + most(map) as f32).ln();
    map.density
        .iter()
        .map(move |&rows| (1.0 + rows as f32).ln() / most)
}

/// Width that a picture leaves to its colour bar with the numbers.
pub(super) const BAR: f32 = 74.0;
/// Numbers along a bar.
const TICKS: usize = 5;

fn bar(ui: &mut Ui, height: f32, (title, tip): (&str, &str), label: &dyn Fn(f32) -> String) {
    let (rect, response) = ui.allocate_exact_size(vec2(66.0, height), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, tip));
    let bar = Rect::from_min_max(
        pos2(rect.left() + 6.0, rect.top() + 22.0),
        pos2(rect.left() + 22.0, rect.bottom() - 34.0),
    );
    if bar.height() < 20.0 {
        return;
    }
    let (painter, text) = (ui.painter(), ui.visuals().text_color());
    let font = FontId::proportional(11.0);
    let head = pos2(rect.left() + 2.0, rect.top() + 8.0);
    painter.text(head, Align2::LEFT_CENTER, title, font.clone(), text);
    painter.add(gradient(bar));
    painter.rect_stroke(bar, 0.0, Stroke::new(1.0, text), StrokeKind::Outside);
    for index in 0..TICKS {
        let part = index as f32 / (TICKS - 1) as f32;
        let y = bar.bottom() - part * bar.height();
        painter.hline(bar.right()..=bar.right() + 4.0, y, Stroke::new(1.0, text));
        let at = pos2(bar.right() + 6.0, y);
        painter.text(at, Align2::LEFT_CENTER, label(part), font.clone(), text);
    }
    response.on_hover_text(tip);
}

/// An upright bar of all colours of the scale.
pub(in crate::ui) fn gradient(bar: Rect) -> Shape {
    const PARTS: u32 = 32;
    let mut mesh = Mesh::default();
    for part in 0..=PARTS {
        let fraction = part as f32 / PARTS as f32;
        let y = bar.bottom() - fraction * bar.height();
        mesh.colored_vertex(pos2(bar.left(), y), colours::score(fraction));
        mesh.colored_vertex(pos2(bar.right(), y), colours::score(fraction));
        if part > 0 {
            let first = 2 * (part - 1);
            mesh.add_triangle(first, first + 1, first + 2);
            mesh.add_triangle(first + 1, first + 2, first + 3);
        }
    }
    Shape::mesh(mesh)
}
