//! Iso-contour lines of a surface, and the levels worth drawing.

use contour::ContourBuilder;

use super::Grid;

/// A line through points `(x, y)`; closed when its first point is its last.
pub type Polyline = Vec<[f32; 2]>;

/// Traces the lines on which a surface takes the value `level`, interpolated between cell centres.
///
/// The tracer closes each line along the border of the grid, where the surface does not take that
/// value; those parts are cut out, so a line that leaves the picture ends there.
///
/// # Shapes
/// `values` row by row as [`Grid::centres`] gives them. Another length gives no lines.
///
/// ```
/// use glad::numeric::{Axis, Grid, contour_lines};
///
/// let grid = Grid { x: Axis::new(0.0, 4.0, 4), y: Axis::new(0.0, 2.0, 2) };
/// let values = [0.0, 1.0, 2.0, 3.0, 0.0, 1.0, 2.0, 3.0];
/// let lines = contour_lines(&grid, &values, 1.5);
/// assert_eq!(lines.len(), 1);
/// assert!(lines[0].iter().all(|point| (point[0] - 2.0).abs() < 1e-6));
/// ```
pub fn contour_lines(grid: &Grid, values: &[f32], level: f32) -> Vec<Polyline> {
    let (x, y) = (&grid.x, &grid.y);
    let values: Vec<f64> = values.iter().map(|&value| f64::from(value)).collect();
    let builder = ContourBuilder::new(x.cells(), y.cells(), true);
    let Ok(lines) = builder.lines(&values, &[f64::from(level)]) else {
        return Vec::new();
    };
    let inside = |point: &[f64; 2]| {
        // Half a cell from the border lie the outermost centres.
        let within = |at: f64, cells: usize| (0.499..=cells as f64 - 0.499).contains(&at);
        within(point[0], x.cells()) && within(point[1], y.cells())
    };
    let place = |point: &[f64; 2]| {
        [
            x.low() + point[0] as f32 * x.step(),
            y.low() + point[1] as f32 * y.step(),
        ]
    };
    let mut found = Vec::new();
    for ring in lines.iter().flat_map(|line| line.geometry().iter()) {
        let ring: Vec<[f64; 2]> = ring.coords().map(|at| [at.x, at.y]).collect();
        // Begin behind a cut, so that a line which crosses the ring's arbitrary start stays whole.
        let open = ring.len().saturating_sub(1);
        let start = (0..open).find(|&at| !inside(&ring[at])).unwrap_or(0);
        let around =
            (0..=open).map(|step| &ring[if open == 0 { 0 } else { (start + step) % open }]);
        let mut line = Polyline::new();
        for point in around {
            if inside(point) {
                line.push(place(point));
            } else if line.len() > 1 {
                found.push(std::mem::take(&mut line));
            } else {
                line.clear();
            }
        }
        if line.len() > 1 {
            found.push(line);
        }
    }
    found
}

/// Chooses up to `count` levels that cut finite `values` into parts of equal size, so that lines
/// appear where the surface has structure and not where a single peak stretches its range.
pub fn nice_levels(values: &[f32], count: usize) -> Vec<f32> {
    let sorted = super::sorted(values.iter().copied());
    let mut levels: Vec<f32> = (1..=count)
        .map(|part| super::quantile(&sorted, part as f64 / (count + 1) as f64))
        .collect();
    levels.retain(|level| level.is_finite());
    levels.dedup();
    levels
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::Axis;

    #[test]
    fn a_peak_inside_gives_one_closed_ring() {
        let grid = Grid {
            x: Axis::new(-1.0, 1.0, 40),
            y: Axis::new(-1.0, 1.0, 40),
        };
        let values: Vec<f32> = grid.centres().map(|(x, y)| -(x * x + y * y)).collect();
        let lines = contour_lines(&grid, &values, -0.25);
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].first(), lines[0].last());
        for [x, y] in &lines[0] {
            assert!(
                ((x * x + y * y).sqrt() - 0.5).abs() < 0.01,
                "({x}, {y}) is off the circle"
            );
        }
    }

    #[test]
    fn a_constant_surface_has_no_lines() {
        let grid = Grid {
            x: Axis::new(0.0, 1.0, 5),
            y: Axis::new(0.0, 1.0, 5),
        };
        assert!(contour_lines(&grid, &[1.0; 25], 2.0).is_empty());
        assert!(contour_lines(&grid, &[1.0; 25], 0.0).is_empty());
        assert!(contour_lines(&grid, &[1.0; 3], 0.5).is_empty());
    }

    #[test]
    fn levels_are_the_quantiles_without_repeats() {
        assert_eq!(nice_levels(&[0.0, 1.0, 2.0, 3.0, 4.0], 3), [1.0, 2.0, 3.0]);
        assert_eq!(nice_levels(&[5.0; 9], 4), [5.0]);
        assert!(nice_levels(&[], 4).is_empty());
    }
}
