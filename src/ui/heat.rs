//! The score map as a texture.

use std::sync::Arc;

use eframe::egui::{ColorImage, Context, TextureHandle, TextureOptions};

use super::colours;
use crate::app::ScoreMap;

/// The texture of one map, uploaded when the map changes and never in between.
#[derive(Default)]
pub(super) struct HeatTexture {
    shown: Option<(Arc<ScoreMap>, TextureHandle)>,
}

impl HeatTexture {
    /// The texture of `map`.
    pub(super) fn of(&mut self, ctx: &Context, map: &Arc<ScoreMap>) -> &TextureHandle {
        let fresh = self
            .shown
            .take()
            .filter(|(shown, _)| Arc::ptr_eq(shown, map));
        let (_, texture) = self.shown.insert(fresh.unwrap_or_else(|| {
            let texture = ctx.load_texture("score map", image(map), TextureOptions::LINEAR);
            (Arc::clone(map), texture)
        }));
        texture
    }
}

fn image(map: &ScoreMap) -> ColorImage {
    let grid = &map.surface.grid;
    let [low, high] = map.range;
    let scale = 1.0 / (high - low).max(f32::MIN_POSITIVE);
    let (width, height) = (grid.x.cells(), grid.y.cells());
    // A texture's first row is its top, a grid's its lowest y.
    let rows = map.surface.values.chunks(width).rev();
    let pixels = rows
        .flatten()
        .map(|value| colours::score((value - low) * scale))
        .collect();
    ColorImage::new([width, height], pixels)
}
