//! The score map as a texture.

use std::sync::Arc;

use eframe::egui::{Color32, ColorImage, Context, TextureHandle, TextureOptions};

use super::colours;
use super::panels::density_parts;
use crate::app::ScoreMap;

/// The texture of one map, uploaded when the map changes and never in between.
#[derive(Default)]
pub(super) struct HeatTexture {
    shown: Option<(Arc<ScoreMap>, bool, TextureHandle)>,
}

impl HeatTexture {
    /// The texture of `map`: of its score, or of how many rows lie where.
    pub(super) fn of(
        &mut self,
        ctx: &Context,
        map: &Arc<ScoreMap>,
        is_density: bool,
    ) -> &TextureHandle {
        let fresh = self
            .shown
            .take()
            .filter(|(shown, density, _)| *density == is_density && Arc::ptr_eq(shown, map));
        let (.., texture) = self.shown.insert(fresh.unwrap_or_else(|| {
            let image = match is_density {
                true => image(map, density_parts(map)),
                false => image(map, score_parts(map)),
            };
            let texture = ctx.load_texture("score map", image, TextureOptions::LINEAR);
            (Arc::clone(map), is_density, texture)
        }));
        texture
    }
}

fn score_parts(map: &ScoreMap) -> impl Iterator<Item = f32> + '_ {
    let [low, high] = map.range;
    let scale = 1.0 / (high - low).max(f32::MIN_POSITIVE);
    let values = map.surface.values.iter();
    values.map(move |value| (value - low) * scale)
}

fn image(map: &ScoreMap, parts: impl Iterator<Item = f32>) -> ColorImage {
    let grid = &map.surface.grid;
    let (width, height) = (grid.x.cells(), grid.y.cells());
    let colours: Vec<Color32> = parts.map(colours::score).collect();
    // A texture's first row is its top, a grid's its lowest y.
    let pixels = colours.chunks(width).rev().flatten().copied().collect();
    ColorImage::new([width, height], pixels)
}
