//! What lies on the map: contour lines, marks, colour bar.

use eframe::egui::{
    Align2, Color32, FontId, Painter, Pos2, Rect, Sense, Shape, Stroke, Ui, pos2, vec2,
};
use egui_plot::{PlotPoint, PlotTransform};

use super::map_look::{MapLook, Mark, gradient};
use crate::app::{ScoreMap, View};
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

/// Paints the contour lines, and dashed the one of `q_tau`; on the colours of the score, or on the
/// ground of the pane.
pub(super) fn contours(
    painter: &Painter,
    transform: &PlotTransform,
    map: &ScoreMap,
    look: &MapLook,
    ground: Option<Color32>,
) {
    let placed = to_screen(transform);
    let faint = ground.map_or(Color32::from_white_alpha(120), |ink| {
        ink.gamma_multiply(0.45)
    });
    let stroke = Stroke::new(1.0, faint);
    let on_screen = |line: &[[f32; 2]]| {
        line.iter()
            .map(|&[x, y]| placed(pos2(x, y)))
            .collect::<Vec<Pos2>>()
    };
    if look.shows(Mark::Lines) {
        let lines = map.lines.iter();
        painter.extend(lines.map(|line| Shape::line(on_screen(line), stroke)));
    }
    let top = map.top.iter().filter(|_| look.shows(Mark::Top));
    for line in top {
        painter.extend(Shape::dashed_line(
            &on_screen(line),
            Stroke::new(2.0, ground.unwrap_or(Color32::WHITE)),
            7.0,
            4.0,
        ));
    }
}

/// Paints the marks of the answered rows and a ring around the current candidate, where they are in
/// sight and not switched off.
pub(super) fn marks(
    painter: &Painter,
    at: &dyn Fn(usize) -> Option<Pos2>,
    workspace: View<'_>,
    look: &MapLook,
) {
    for (&instance, &reply) in workspace.replies() {
        if let Some(at) = at(instance).filter(|_| look.shows(Mark::of(Some(reply)))) {
            marks::paint_reply(painter, at, 5.0, reply, Color32::WHITE);
        }
    }
    let current = workspace.selected().and_then(at);
    if let Some(at) = current.filter(|_| look.shows(Mark::Current)) {
        painter.circle_stroke(at, 10.0, Stroke::new(4.0, Color32::BLACK));
        painter.circle_stroke(at, 10.0, Stroke::new(2.5, colours::CURRENT));
    }
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
