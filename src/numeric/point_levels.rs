//! Few points that stand for many.

/// Levels of refinement; the cells of the last are `1 / 2^11` of the extent along each side.
const LEVELS: u8 = 12;

/// Buckets along each side, by which the points of a part of the plane are found.
const SIDE: usize = 128;

/// Points in the plane, ordered so that a picture of any part of them at any scale takes no longer
/// than it has room for dots.
///
/// 1. At each level of refinement the plane is cut into cells, twice as many along each side as
///    at the level before, and each cell with points in it shows the first of them.
/// 2. A point that is shown at a level is shown at all finer ones: zooming in adds points and
///    takes none away. At the finest, points in one cell are all shown.
/// 3. It depends on the points only, so that dots do not flicker while a picture moves.
#[derive(Clone, Debug)]
pub struct PointLevels {
    low: [f32; 2],
    extent: [f32; 2],
    /// The first of each bucket's points among those of all; with the end.
    starts: Vec<u32>,
    /// Bucket after bucket the points in it, the coarsest level first.
    points: Vec<u32>,
    /// The coarsest level at which each of these is shown.
    levels: Vec<u8>,
}

impl PointLevels {
    /// Orders points `[n]`; ones that are not finite are left out.
    pub fn new(points: &[[f32; 2]]) -> Self {
        let finite = |point: &[f32; 2]| point[0].is_finite() && point[1].is_finite();
        let bound = |at: usize, of: fn(f32, f32) -> f32, from: f32| {
            let values = points.iter().filter(|point| finite(point));
            values.map(|point| point[at]).fold(from, of)
        };
        let low = [0, 1].map(|at| bound(at, f32::min, f32::INFINITY));
        let high = [0, 1].map(|at| bound(at, f32::max, f32::NEG_INFINITY));
        let extent = [0, 1].map(|at| match high[at] - low[at] {
            span if span > 0.0 && span.is_finite() => span,
            _ => 1.0,
        });
        let mut point_levels = Self {
            low,
            extent,
            starts: vec![0; SIDE * SIDE + 1],
            points: Vec::new(),
            levels: Vec::new(),
        };
        let levels = point_levels.levels_of(points);
        point_levels.fill(points, &levels);
        point_levels
    }

    /// The cell of a point along one side that is cut into so many.
    fn cell(&self, at: usize, value: f32, side: usize) -> usize {
        let share = (value - self.low[at]) / self.extent[at];
        // A negative or NaN place becomes 0 by the rules of `as`.
        ((share * side as f32) as usize).min(side - 1)
    }

    fn levels_of(&self, points: &[[f32; 2]]) -> Vec<u8> {
        let mut found = vec![LEVELS; points.len()];
        for level in 0..LEVELS {
            let side = 1 << level;
            let mut taken = vec![false; side * side];
            let cell = |&[x, y]: &[f32; 2]| self.cell(1, y, side) * side + self.cell(0, x, side);
            // Those of coarser levels stand first.
            for new in [false, true] {
                for (found, point) in found.iter_mut().zip(points) {
                    if new == (*found == LEVELS) {
                        let taken = &mut taken[cell(point)];
                        if new && !*taken {
                            *found = level;
                        }
                        *taken = true;
                    }
                }
            }
        }
        found
    }

    fn fill(&mut self, points: &[[f32; 2]], levels: &[u8]) {
        let bucket = |&[x, y]: &[f32; 2]| {
            (x.is_finite() && y.is_finite())
                .then(|| self.cell(1, y, SIDE) * SIDE + self.cell(0, x, SIDE))
        };
        // Sorted by counting: by bucket, within it by level, within that by index.
        let width = usize::from(LEVELS) + 1;
        let mut places = vec![0_u32; SIDE * SIDE * width + 1];
        let place = |point: &[f32; 2], level: u8| {
            bucket(point).map(|bucket| bucket * width + usize::from(level))
        };
        let keys = || {
            points
                .iter()
                .zip(levels)
                .map(|(point, &level)| place(point, level))
        };
        keys().flatten().for_each(|key| places[key + 1] += 1);
        (1..places.len()).for_each(|at| places[at] += places[at - 1]);
        let starts = (0..=SIDE * SIDE).map(|bucket| places[bucket * width]);
        let starts: Vec<u32> = starts.collect();
        let all = places[places.len() - 1] as usize;
        let (mut ordered, mut their_levels) = (vec![0; all], vec![0; all]);
        for (index, (key, &level)) in (0..).zip(keys().zip(levels)) {
            if let Some(key) = key {
                let to = places[key] as usize;
                places[key] += 1;
                ordered[to] = index;
                their_levels[to] = level;
            }
        }
        (self.starts, self.points, self.levels) = (starts, ordered, their_levels);
    }

    /// The buckets that a rectangle touches, each a range of the ordered points.
    fn touched(
        &self,
        low: [f32; 2],
        high: [f32; 2],
    ) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
        let end = |at: usize| self.low[at] + self.extent[at];
        let is_beside = (0..2).any(|at| high[at] < self.low[at] || low[at] > end(at));
        let [columns, rows] =
            [0, 1].map(|at| self.cell(at, low[at], SIDE)..self.cell(at, high[at], SIDE) + 1);
        let rows = if is_beside { 0..0 } else { rows };
        rows.flat_map(move |row| columns.clone().map(move |column| row * SIDE + column))
            .map(|bucket| self.starts[bucket] as usize..self.starts[bucket + 1] as usize)
    }

    /// The points to show of the rectangle from `low` to `high` (and some beside it), where dots
    /// nearer than about `spacing` would cover each other; in an order of their own.
    pub fn seen(
        &self,
        low: [f32; 2],
        high: [f32; 2],
        spacing: [f32; 2],
    ) -> impl Iterator<Item = usize> + '_ {
        let fits = |at: usize| (self.extent[at] / spacing[at].max(f32::MIN_POSITIVE)).log2();
        let level = fits(0).min(fits(1)).floor();
        // Below 0 there is one cell; by the rules of `as` that is level 0.
        let level = (level as u8).min(LEVELS);
        self.touched(low, high).flat_map(move |range| {
            let levels = &self.levels[range.clone()];
            let count = levels.partition_point(|&own| own <= level);
            let shown = &self.points[range.start..range.start + count];
            shown.iter().map(|&point| point as usize)
        })
    }

    /// The points of the rectangle from `low` to `high`, and some beside it.
    pub fn within(&self, low: [f32; 2], high: [f32; 2]) -> impl Iterator<Item = usize> + '_ {
        self.seen(low, high, [0.0; 2])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::stream;
    use rand_distr::{Distribution, StandardNormal};
    use std::collections::BTreeSet;

    fn cloud(n: usize) -> Vec<[f32; 2]> {
        let mut random = stream(1, "crowd", 0);
        let mut draw = || -> f32 { StandardNormal.sample(&mut random) };
        (0..n).map(|_| [draw(), 100.0 * draw()]).collect()
    }

    const ALL: ([f32; 2], [f32; 2]) = ([-1e9; 2], [1e9; 2]);

    #[test]
    fn a_coarse_picture_has_one_point_a_cell_and_a_finer_one_more_of_them() {
        let points = cloud(20_000);
        let point_levels = PointLevels::new(&points);
        let shown = |spacing: [f32; 2]| -> BTreeSet<usize> {
            point_levels.seen(ALL.0, ALL.1, spacing).collect()
        };
        let mut before = BTreeSet::new();
        for level in 0..8 {
            let side = 1 << level;
            let spacing = point_levels
                .extent
                .map(|extent| extent / side as f32 * 0.99);
            let now = shown(spacing);
            assert!(now.is_superset(&before));
            let cell = |&point: &usize| {
                let [x, y] = points[point];
                (point_levels.cell(0, x, side), point_levels.cell(1, y, side))
            };
            let cells: BTreeSet<_> = now.iter().map(cell).collect();
            let occupied: BTreeSet<_> = (0..points.len()).map(|point| cell(&point)).collect();
            assert_eq!(cells, occupied, "every cell with points shows one");
            assert!(now.len() <= before.len() + occupied.len());
            before = now;
        }
        assert_eq!(shown([0.0; 2]).len(), points.len());
    }

    #[test]
    fn a_part_holds_all_points_that_lie_in_it() {
        let points = cloud(3_000);
        let point_levels = PointLevels::new(&points);
        let (low, high) = ([-0.3, 10.0], [0.4, 70.0]);
        let found: BTreeSet<usize> = point_levels.within(low, high).collect();
        for (index, &[x, y]) in points.iter().enumerate() {
            if (low[0]..high[0]).contains(&x) && (low[1]..high[1]).contains(&y) {
                assert!(found.contains(&index));
            }
        }
        assert!(found.len() < 1_000);
        assert_eq!(point_levels.within([50.0, 0.0], [60.0, 1.0]).count(), 0);
    }

    #[test]
    fn points_all_in_one_place_or_nowhere_do_no_harm() {
        let point_levels = PointLevels::new(&[[2.0, 3.0]; 50]);
        assert_eq!(point_levels.seen(ALL.0, ALL.1, [0.1; 2]).count(), 1);
        assert_eq!(point_levels.within(ALL.0, ALL.1).count(), 50);
        assert_eq!(PointLevels::new(&[]).within(ALL.0, ALL.1).count(), 0);
        let odd = PointLevels::new(&[[f32::NAN, 0.0], [1.0, 1.0], [f32::INFINITY, 2.0]]);
        assert_eq!(odd.within(ALL.0, ALL.1).collect::<Vec<_>>(), [1]);
    }
}
