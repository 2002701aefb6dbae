//! What the window looks like, without a GPU: a small rasteriser of egui's meshes.
//!
//! Textured triangles with colours at their corners, clip rectangles, blending of premultiplied
//! colours in gamma space, as egui's own painters do it; one pixel a point. The same meshes give
//! the same pixels.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use eframe::egui::epaint::{ClippedPrimitive, ImageData, Mesh, Primitive, Vertex};
use eframe::egui::{Color32, Rect, TextureId, TexturesDelta};
use egui_kittest::TestRenderer;

/// A picture of opaque pixels, row by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    pub width: usize,
    pub height: usize,
    pub pixels: Vec<[u8; 3]>,
}

/// A texture: its size and its pixels.
type Texture = ([usize; 2], Vec<[u8; 4]>);

/// The textures of a window, filled by the test harness.
#[derive(Clone, Default)]
pub struct Textures(Rc<RefCell<BTreeMap<TextureId, Texture>>>);

impl TestRenderer for Textures {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        let mut textures = self.0.borrow_mut();
        for (id, parts) in std::mem::take(&mut delta.set) {
            for part in parts {
                let ImageData::Color(image) = &part.image;
                let new: Vec<[u8; 4]> = image.pixels.iter().map(Color32::to_array).collect();
                let Some([left, top]) = part.pos else {
                    textures.insert(id, (image.size, new));
                    continue;
                };
                let (size, pixels) = textures.get_mut(&id).expect("a texture to patch");
                for (row, line) in new.chunks(image.size[0]).enumerate() {
                    let first = (top + row) * size[0] + left;
                    pixels[first..first + line.len()].copy_from_slice(line);
                }
            }
        }
        // A texture that is freed is still in the picture of this frame.
        delta.free.clear();
    }
}

impl Textures {
    /// Paints meshes on a picture of one colour.
    pub fn paint(
        &self,
        primitives: &[ClippedPrimitive],
        [width, height]: [usize; 2],
        ground: Color32,
    ) -> Picture {
        let mut picture = Picture {
            width,
            height,
            pixels: vec![[ground.r(), ground.g(), ground.b()]; width * height],
        };
        let textures = self.0.borrow();
        for ClippedPrimitive {
            clip_rect,
            primitive,
        } in primitives
        {
            if let Primitive::Mesh(mesh) = primitive
                && let Some(texture) = textures.get(&mesh.texture_id)
            {
                picture.mesh(mesh, texture, *clip_rect);
            }
        }
        picture
    }
}

/// What is mixed between the corners of a triangle: colour, then the place in the texture.
type Mix = [f32; 6];

impl Picture {
    fn mesh(&mut self, mesh: &Mesh, texture: &Texture, clip: Rect) {
        // Clip rectangles are of whole pixels.
        let bound = |value: f32, most: usize| (value.round().max(0.0) as usize).min(most);
        let clip = [
            bound(clip.min.x, self.width),
            bound(clip.min.y, self.height),
            bound(clip.max.x, self.width),
            bound(clip.max.y, self.height),
        ];
        for corners in mesh.indices.chunks_exact(3) {
            let corners = [0, 1, 2].map(|corner| mesh.vertices[corners[corner] as usize]);
            self.triangle(corners, texture, clip);
        }
    }

    fn triangle(&mut self, [a, b, c]: [Vertex; 3], texture: &Texture, clip: [usize; 4]) {
        let area = edge(a, b, c.pos.x, c.pos.y);
        if area.abs() <= 1e-9 {
            return;
        }
        // egui does not keep to one winding order.
        let corners = if area < 0.0 { [a, c, b] } else { [a, b, c] };
        let area = area.abs();
        let (ys, xs) = (
            corners.map(|corner| corner.pos.y),
            corners.map(|corner| corner.pos.x),
        );
        let flat = flat(corners, texture);
        let mixes = corners.map(mix);
        for row in first(ys).max(clip[1])..last(ys).min(clip[3]) {
            let y = row as f32 + 0.5;
            for column in first(xs).max(clip[0])..last(xs).min(clip[2]) {
                let x = column as f32 + 0.5;
                let Some(weights) = weights(corners, x, y) else {
                    continue;
                };
                let over = flat.unwrap_or_else(|| {
                    let mut mixed: Mix = [0.0; 6];
                    for (mix, weight) in mixes.iter().zip(weights) {
                        for (sum, part) in mixed.iter_mut().zip(mix) {
                            *sum += part * (weight / area);
                        }
                    }
                    shade(mixed, texture)
                });
                blend(&mut self.pixels[row * self.width + column], over);
            }
        }
    }
}

/// The first pixel whose middle lies at or behind the least of some places, and the one after the
/// last.
fn first(places: [f32; 3]) -> usize {
    let least = places.into_iter().fold(f32::INFINITY, f32::min);
    (least - 0.5).ceil().max(0.0) as usize
}

fn last(places: [f32; 3]) -> usize {
    let most = places.into_iter().fold(f32::NEG_INFINITY, f32::max);
    ((most - 0.5).floor() + 1.0).max(0.0) as usize
}

/// How far a point belongs to each corner, times the area; `None` outside the triangle.
fn weights([a, b, c]: [Vertex; 3], x: f32, y: f32) -> Option<[f32; 3]> {
    let mut weights = [0.0; 3];
    for (weight, (from, to)) in weights.iter_mut().zip([(b, c), (c, a), (a, b)]) {
        *weight = edge(from, to, x, y);
        // A pixel on a common side belongs to one of the two triangles.
        if *weight < 0.0 || (*weight == 0.0 && !is_top_or_left(from, to)) {
            return None;
        }
    }
    Some(weights)
}

/// Twice the area of the triangle that a side makes with a point; positive to its right.
fn edge(from: Vertex, to: Vertex, x: f32, y: f32) -> f32 {
    (to.pos.x - from.pos.x) * (y - from.pos.y) - (to.pos.y - from.pos.y) * (x - from.pos.x)
}

fn is_top_or_left(from: Vertex, to: Vertex) -> bool {
    let (dx, dy) = (to.pos.x - from.pos.x, to.pos.y - from.pos.y);
    (dy == 0.0 && dx > 0.0) || dy < 0.0
}

fn mix(corner: Vertex) -> Mix {
    let [r, g, b, a] = corner.color.to_array().map(f32::from);
    [r, g, b, a, corner.uv.x, corner.uv.y]
}

/// The colour of a triangle that is the same all over: most are.
fn flat([a, b, c]: [Vertex; 3], texture: &Texture) -> Option<[f32; 4]> {
    let is_flat = (a.color, a.uv) == (b.color, b.uv) && (b.color, b.uv) == (c.color, c.uv);
    is_flat.then(|| shade(mix(a), texture))
}

/// A colour times that of the texture.
fn shade([r, g, b, a, u, v]: Mix, texture: &Texture) -> [f32; 4] {
    let texel = sample(texture, u, v);
    [
        r * texel[0] / 255.0,
        g * texel[1] / 255.0,
        b * texel[2] / 255.0,
        a * texel[3] / 255.0,
    ]
}

/// The colour of a texture between its four nearest pixels.
fn sample(([width, height], pixels): &Texture, u: f32, v: f32) -> [f32; 4] {
    let (x, y) = (u * *width as f32 - 0.5, v * *height as f32 - 0.5);
    let (left, top) = (x.floor(), y.floor());
    let (right_part, low_part) = (x - left, y - top);
    let within = |place: f32, size: usize| (place.max(0.0) as usize).min(size - 1);
    let columns = [within(left, *width), within(left + 1.0, *width)];
    let rows = [within(top, *height), within(top + 1.0, *height)];
    let mut colour = [0.0; 4];
    for (row, down) in rows.into_iter().zip([1.0 - low_part, low_part]) {
        for (column, across) in columns.into_iter().zip([1.0 - right_part, right_part]) {
            let part = down * across;
            if part > 0.0 {
                let texel = pixels[row * width + column];
                for (sum, channel) in colour.iter_mut().zip(texel) {
                    *sum += f32::from(channel) * part;
                }
            }
        }
    }
    colour
}

/// Lays a premultiplied colour over a pixel.
fn blend(pixel: &mut [u8; 3], over: [f32; 4]) {
    let rest = 1.0 - over[3] / 255.0;
    for (below, over) in pixel.iter_mut().zip(over) {
        *below = (over + f32::from(*below) * rest + 0.5).clamp(0.0, 255.0) as u8;
    }
}

#[test]
fn two_triangles_of_a_square_cover_each_pixel_once() {
    let textures = Textures::default();
    let white = ([1, 1], vec![[255; 4]]);
    textures.0.borrow_mut().insert(TextureId::default(), white);
    let mut mesh = Mesh::default();
    let half = Color32::from_rgba_premultiplied(0, 0, 0, 128);
    let square = Rect::from_min_max((1.0, 1.0).into(), (5.0, 4.0).into());
    mesh.add_colored_rect(square, half);
    let clipped = ClippedPrimitive {
        clip_rect: Rect::from_min_max((0.0, 0.0).into(), (4.0, 9.0).into()),
        primitive: Primitive::Mesh(mesh),
    };
    let picture = textures.paint(&[clipped], [6, 5], Color32::WHITE);
    for (place, pixel) in picture.pixels.iter().enumerate() {
        let (x, y) = (place % 6, place / 6);
        let is_in = (1..4).contains(&x) && (1..4).contains(&y);
        let expected = if is_in { 127 } else { 255 };
        assert_eq!(pixel[0], expected, "at {x}, {y}");
    }
}

#[test]
fn textures_are_mixed_between_their_pixels() {
    let texture = ([2, 1], vec![[0; 4], [255; 4]]);
    assert_eq!(sample(&texture, 0.5, 0.5)[0], 127.5);
    assert_eq!(sample(&texture, 0.25, 0.5)[0], 0.0);
    assert_eq!(sample(&texture, 2.0, 0.5)[0], 255.0);
}
