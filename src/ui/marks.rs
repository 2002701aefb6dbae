//! The marks of answers: each a shape as well as a colour.

use eframe::egui::{Color32, Painter, Pos2, Shape, Stroke, Vec2, vec2};

use super::colours;
use crate::app::Answer;

/// Paints the mark of an answer, outlined so that it stands out on any ground.
pub(super) fn paint(
    painter: &Painter,
    centre: Pos2,
    radius: f32,
    answer: Answer,
    outline: Color32,
) {
    let fill = colours::answer(answer);
    let stroke = Stroke::new(1.2, outline);
    let polygon = |corners: &[Vec2]| {
        let corners = corners
            .iter()
            .map(|corner| centre + *corner * radius)
            .collect();
        Shape::convex_polygon(corners, fill, stroke)
    };
    let shape = match answer {
        Answer::Anomaly => polygon(&[vec2(0.0, -1.25), vec2(1.15, 0.85), vec2(-1.15, 0.85)]),
        Answer::Nominal => polygon(&[
            vec2(-0.9, -0.9),
            vec2(0.9, -0.9),
            vec2(0.9, 0.9),
            vec2(-0.9, 0.9),
        ]),
        Answer::Unsure => polygon(&[
            vec2(0.0, -1.2),
            vec2(1.2, 0.0),
            vec2(0.0, 1.2),
            vec2(-1.2, 0.0),
        ]),
        Answer::Skip => {
            painter.circle(
                centre,
                radius * 0.8,
                Color32::TRANSPARENT,
                Stroke::new(1.8, fill),
            );
            return;
        }
    };
    painter.add(shape);
}
