//! The marks of answers: each a shape as well as a colour.

use eframe::egui::{Align2, Color32, FontId, Painter, Pos2, Shape, Stroke, Vec2, vec2};

use super::colours;
use crate::app::{Answer, Reply, Tag};

/// How much larger the mark of a tagged anomaly is, so that its number has room.
const TAGGED: f32 = 1.45;

/// Paints the mark of what was said: an anomaly with a tag has the tag's colour and number.
pub(super) fn paint_reply(
    painter: &Painter,
    centre: Pos2,
    radius: f32,
    reply: Reply,
    outline: Color32,
) {
    match reply.tag {
        Some(tag) => paint_tag(painter, centre, radius, tag, outline),
        None => paint(painter, centre, radius, reply.answer, outline),
    }
}

/// Paints the mark of a tag.
pub(super) fn paint_tag(painter: &Painter, centre: Pos2, radius: f32, tag: Tag, outline: Color32) {
    let radius = radius * TAGGED;
    let corners = TRIANGLE.map(|corner| centre + corner * radius);
    let stroke = Stroke::new(1.2, outline);
    painter.add(Shape::convex_polygon(
        corners.to_vec(),
        colours::tag(tag),
        stroke,
    ));
    painter.text(
        centre + vec2(0.0, radius * 0.2),
        Align2::CENTER_CENTER,
        tag.number(),
        FontId::proportional(radius * 1.3),
        colours::on_tag(tag),
    );
}

const TRIANGLE: [Vec2; 3] = [vec2(0.0, -1.25), vec2(1.15, 0.85), vec2(-1.15, 0.85)];

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
        Answer::Anomaly => polygon(&TRIANGLE),
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
