//! What lies on the map: contour lines, instances, marks, colour bar.

use eframe::egui::{
    Align2, Color32, FontId, Mesh, Painter, Pos2, Rect, RichText, Sense, Shape, Stroke, Ui, pos2,
    vec2,
};
use egui_plot::{PlotPoint, PlotTransform};

use super::map_dots::dots;
use crate::app::{Answer, ScoreMap, Workspace};
use crate::ui::{colours, marks, number};

/// Numbers along the colour bar.
const TICKS: usize = 6;

/// A function from map coordinates to the screen: an affine one, worked out once a frame.
pub(super) fn to_screen(transform: &PlotTransform) -> impl Fn(Pos2) -> Pos2 + use<> {
    let origin = transform.position_from_point(&PlotPoint::new(0.0, 0.0));
    let per_x = transform.dpos_dvalue_x() as f32;
    let per_y = transform.dpos_dvalue_y() as f32;
    move |at| pos2(origin.x + at.x * per_x, origin.y + at.y * per_y)
}

/// Paints the contour lines, and dashed the one of `q_tau`.
pub(super) fn contours(painter: &Painter, transform: &PlotTransform, map: &ScoreMap) {
    let place = to_screen(transform);
    let stroke = Stroke::new(1.0, Color32::from_white_alpha(120));
    let on_screen = |line: &[[f32; 2]]| {
        line.iter()
            .map(|&[x, y]| place(pos2(x, y)))
            .collect::<Vec<Pos2>>()
    };
    let lines = map.lines.iter();
    painter.extend(lines.map(|line| Shape::line(on_screen(line), stroke)));
    for line in &map.top {
        painter.extend(Shape::dashed_line(
            &on_screen(line),
            Stroke::new(2.0, Color32::WHITE),
            7.0,
            4.0,
        ));
    }
}

/// Paints all instances, the answered ones with their marks, the current candidate ringed.
pub(super) fn instances(
    painter: &Painter,
    transform: &PlotTransform,
    workspace: &Workspace,
    map: &ScoreMap,
) {
    let place = to_screen(transform);
    let at = |instance: usize| {
        let [x, y] = map.places[instance];
        place(pos2(x, y))
    };
    painter.add(dots(painter.clip_rect(), transform, workspace, map));
    for (&instance, &reply) in workspace.replies() {
        marks::paint_reply(painter, at(instance), 5.0, reply, Color32::WHITE);
    }
    if let Some(current) = workspace.selected() {
        painter.circle_stroke(at(current), 10.0, Stroke::new(4.0, Color32::BLACK));
        painter.circle_stroke(at(current), 10.0, Stroke::new(2.5, colours::CURRENT));
    }
}

/// Paints what the marks mean.
pub(super) fn legend(ui: &mut Ui, workspace: &Workspace) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 9.0;
        let outline = ui.visuals().text_color();
        let entry = |ui: &mut Ui, name: &str, paint: &dyn Fn(&Painter, Pos2)| {
            // A group of its own, so that a mark and its name are never on different lines; a group
            // does not wrap by itself, and one that sticks out would push the map out of sight.
            let font = FontId::proportional(12.0);
            let galley = ui.painter().layout_no_wrap(name.to_owned(), font, outline);
            if 24.0 + galley.size().x > ui.available_size_before_wrap().x {
                ui.end_row();
            }
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 3.0;
                let (rect, _) = ui.allocate_exact_size(vec2(16.0, 16.0), Sense::hover());
                paint(ui.painter(), rect.center());
                ui.label(RichText::new(name).size(12.0));
            });
        };
        for answer in Answer::ALL {
            entry(ui, answer.name(), &|painter, at| {
                marks::paint(painter, at, 5.0, answer, outline)
            });
        }
        for tag in workspace.known_tags() {
            let count = workspace.tag_count(Some(tag));
            let name = format!(
                "{} ({})",
                workspace.tag_names().of(tag),
                number::count(count)
            );
            entry(ui, &name, &|painter, at| {
                marks::paint_tag(painter, at, 5.0, tag, outline)
            });
        }
        entry(ui, "no answer yet", &|painter, at| {
            painter.circle(
                at,
                3.0,
                Color32::from_gray(245),
                Stroke::new(1.2, Color32::from_gray(60)),
            );
        });
        entry(ui, "current", &|painter, at| {
            painter.circle_stroke(at, 6.0, Stroke::new(2.5, colours::CURRENT));
        });
        entry(ui, "edge of the top τ", &|painter, at| {
            painter.line_segment(
                [at - vec2(8.0, 0.0), at - vec2(2.0, 0.0)],
                Stroke::new(2.0, outline),
            );
            painter.line_segment(
                [at + vec2(2.0, 0.0), at + vec2(8.0, 0.0)],
                Stroke::new(2.0, outline),
            );
        });
    });
}

/// Paints the scale of the colours with numbers, and the place of `q_tau` on it.
pub(super) fn colour_bar(ui: &mut Ui, map: &ScoreMap, height: f32) {
    let (rect, response) = ui.allocate_exact_size(vec2(66.0, height), Sense::hover());
    let bar = Rect::from_min_max(
        pos2(rect.left() + 6.0, rect.top() + 22.0),
        pos2(rect.left() + 22.0, rect.bottom() - 34.0),
    );
    if bar.height() < 20.0 {
        return;
    }
    let [low, high] = map.range;
    let is_cut = map.is_cut;
    let painter = ui.painter();
    let (text, font) = (ui.visuals().text_color(), FontId::proportional(11.0));
    painter.text(
        pos2(rect.left() + 2.0, rect.top() + 8.0),
        Align2::LEFT_CENTER,
        "score",
        font.clone(),
        text,
    );
    painter.add(gradient(bar));
    painter.rect_stroke(
        bar,
        0.0,
        Stroke::new(1.0, text),
        eframe::egui::StrokeKind::Outside,
    );
    let at = |score: f32| {
        bar.bottom() - (score - low) / (high - low).max(f32::MIN_POSITIVE) * bar.height()
    };
    for tick in 0..TICKS {
        let score = low + (high - low) * tick as f32 / (TICKS - 1) as f32;
        painter.line_segment(
            [
                pos2(bar.right(), at(score)),
                pos2(bar.right() + 4.0, at(score)),
            ],
            Stroke::new(1.0, text),
        );
        painter.text(
            pos2(bar.right() + 6.0, at(score)),
            Align2::LEFT_CENTER,
            match is_cut && tick == TICKS - 1 {
                true => format!("≥ {}", number::value(score)),
                false => number::value(score),
            },
            font.clone(),
            text,
        );
    }
    let q_tau = map.model.q_tau();
    if (low..=high).contains(&q_tau) {
        painter.extend(Shape::dashed_line(
            &[pos2(bar.left(), at(q_tau)), pos2(bar.right(), at(q_tau))],
            Stroke::new(2.0, Color32::WHITE),
            4.0,
            3.0,
        ));
    }
    response.on_hover_text(format!(
        "Anomaly score: the sum of the members' contributions, Σ s·p. The broken line is the edge of the top τ, q_tau = {}.{}",
        number::value(q_tau),
        match is_cut {
            true => " Where the score is higher than the end of the scale, as it is far from all instances, the colour stays.",
            false => "",
        }
    ));
}

fn gradient(bar: Rect) -> Shape {
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
