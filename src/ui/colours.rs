//! Colours: perceptually uniform scales, and marks that the colour-blind tell apart.

use eframe::egui::Color32;

use crate::app::{Answer, TAGS, Tag, diverging, is_light, sequential};

/// The colour of a score at `fraction` of its range: viridis, as in charts.
pub(super) fn score(fraction: f32) -> Color32 {
    opaque(sequential(fraction))
}

/// The colour of a difference as a fraction of the largest, in `[-1, 1]`: blue below zero, white in
/// the middle, red above, as in charts.
pub(super) fn difference(fraction: f32) -> Color32 {
    opaque(diverging((fraction.clamp(-1.0, 1.0) + 1.0) / 2.0))
}

fn opaque([r, g, b]: [u8; 3]) -> Color32 {
    Color32::from_rgb(r, g, b)
}

/// The colour of an answer (Okabe and Ito's palette); its mark has a shape of its own as well.
pub(super) fn answer(answer: Answer) -> Color32 {
    match answer {
        Answer::Anomaly => Color32::from_rgb(0xd5, 0x5e, 0x00),
        Answer::Nominal => Color32::from_rgb(0x00, 0x72, 0xb2),
        Answer::Unsure => Color32::from_rgb(0xcc, 0x79, 0xa7),
        Answer::Skip => Color32::from_gray(0x90),
    }
}

/// The colour of a tag, as in charts; its number stands on it.
pub(super) fn tag(tag: Tag) -> Color32 {
    opaque(TAGS[tag.index()])
}

/// The colour of a tag's number on it.
pub(super) fn on_tag(tag: Tag) -> Color32 {
    match is_light(TAGS[tag.index()]) {
        true => Color32::BLACK,
        false => Color32::WHITE,
    }
}

/// The colour of this session's curve.
pub(super) const SESSION: Color32 = Color32::from_rgb(0xd5, 0x5e, 0x00);

/// The colour of the baseline's curve.
pub(super) const BASELINE: Color32 = Color32::from_rgb(0x56, 0xb4, 0xe9);

/// The colour of the oracle's curve.
pub(super) const ORACLE: Color32 = Color32::from_rgb(0x00, 0x9e, 0x73);

/// The colour of the best possible curve.
pub(super) const BEST: Color32 = Color32::from_gray(0x80);

/// The ring around the current candidate, on any colour of the scale.
pub(super) const CURRENT: Color32 = Color32::from_rgb(0xff, 0x2d, 0x95);

/// The candidate's own place on a small picture.
pub(super) const OWN: Color32 = Color32::from_rgb(0xd5, 0x5e, 0x00);

/// Bars of member score, relevance and product (Okabe and Ito's palette).
pub(super) const MEMBER_SCORE: Color32 = Color32::from_rgb(0x56, 0xb4, 0xe9);
/// Of relevance.
pub(super) const RELEVANCE: Color32 = Color32::from_rgb(0xe6, 0x9f, 0x00);
/// Of the product.
pub(super) const PRODUCT: Color32 = Color32::from_rgb(0x00, 0x9e, 0x73);
