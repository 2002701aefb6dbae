//! The dots of the instances: all of a small table, and of a large one as many as can be told
//! apart.

use eframe::egui::{Color32, Mesh, Pos2, Rect, Shape, pos2, vec2};
use egui_plot::PlotTransform;

use super::map_look::Dots;
use super::map_paint::to_screen;
use crate::app::{ScoreMap, View};

/// Radius of an unanswered instance on a small table, and on one of [`LARGE`] or more.
const DOT: [f32; 2] = [1.9, 1.15];
/// Width of its dark rim.
const RIM: [f32; 2] = [1.0, 0.7];
/// Instances up to which the dots are of full size.
const FEW: f32 = 600.0;
/// Above so many instances dots that would cover each other are left out.
const LARGE: usize = 2_000;
/// How near dots come to each other then at least, in points.
const SPACING: f32 = 2.0;
/// Above so many dots visible they have four corners instead of six.
const SIMPLE: usize = 6_000;
/// First candidates whose dots are never left out.
const CANDIDATES: usize = 1_000;

/// The dots of the rows of a map that are visible.
pub(super) fn dots(
    clip: Rect,
    transform: &PlotTransform,
    workspace: View<'_>,
    map: &ScoreMap,
    look: &Dots<'_>,
) -> Shape {
    let placed = to_screen(transform);
    let is_large = map.locations.len() > LARGE;
    let spacing = if is_large { SPACING } else { 0.0 };
    let bounds = transform.bounds();
    let [low, high] = [bounds.min(), bounds.max()].map(|end| end.map(|value| value as f32));
    let spacing = transform
        .dvalue_dpos()
        .map(|value| spacing * value.abs() as f32);
    let candidates = workspace.listed().iter().take(CANDIDATES).copied();
    let candidates = candidates.filter(|_| is_large);
    let shown = map.point_levels.seen(low, high, spacing).chain(candidates);
    let at = shown.map(|instance| {
        let [x, y] = map.locations[instance];
        (instance, placed(pos2(x, y)))
    });
    mesh(clip, at, map.locations.len(), look)
}

/// One mesh for all dots: thousands of separate circles would cost a frame.
pub(super) fn mesh(
    clip: Rect,
    at: impl Iterator<Item = (usize, Pos2)>,
    of: usize,
    look: &Dots<'_>,
) -> Shape {
    let seen: Vec<(Pos2, Color32)> = at
        .filter(|(_, at)| clip.contains(*at))
        .filter_map(|(instance, at)| Some((at, look.colour(instance)?)))
        .collect();
    let corners: &[(f32, f32)] = if seen.len() > SIMPLE {
        &DIAMOND
    } else {
        &HEXAGON
    };
    let mut mesh = Mesh::default();
    mesh.reserve_vertices(seen.len() * 2 * corners.len());
    mesh.reserve_triangles(seen.len() * 2 * (corners.len() - 2));
    // Smaller where there are many, so that the colours beneath them are seen.
    let many = (of as f32 / FEW).max(1.0).ln() / (LARGE as f32 / FEW).ln();
    let between = |[few, dense]: [f32; 2]| few + (dense - few) * many.min(1.0);
    let (dot, rim) = (between(DOT), between(RIM));
    for &(at, _) in &seen {
        polygon(
            &mut mesh,
            at,
            dot + rim,
            corners,
            Color32::from_black_alpha(170),
        );
    }
    for &(at, colour) in &seen {
        polygon(&mut mesh, at, dot, corners, colour);
    }
    Shape::mesh(mesh)
}

const HEXAGON: [(f32, f32); 6] = [
    (1.0, 0.0),
    (0.5, 0.866),
    (-0.5, 0.866),
    (-1.0, 0.0),
    (-0.5, -0.866),
    (0.5, -0.866),
];

const DIAMOND: [(f32, f32); 4] = [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)];

fn polygon(mesh: &mut Mesh, centre: Pos2, radius: f32, corners: &[(f32, f32)], colour: Color32) {
    let first = mesh.vertices.len() as u32;
    for &(x, y) in corners {
        mesh.colored_vertex(centre + vec2(x, y) * radius, colour);
    }
    for corner in 1..corners.len() as u32 - 1 {
        mesh.add_triangle(first, first + corner, first + corner + 1);
    }
}
