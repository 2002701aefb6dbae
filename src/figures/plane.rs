//! The plane of a map as a chart, and what lies on it.

use std::collections::BTreeMap;

use crate::chart::{Axis, HeatChart, Mark, Scale, Shape, short};
use crate::dataset::Dataset;
use crate::detector::{Layer, Viewpoint, known_viewpoint};
use crate::numeric::{Grid, PointLevels, Polyline};
use crate::session::{Answer, Reply, Tag};

/// Dots along each side of a map at most.
const DOTS: f32 = 160.0;

/// The side of a map in pixels.
const SIDE: f64 = 460.0;
/// Letters of a column's name on an axis.
const NAME: usize = 66;

/// What all maps of one plane have in common.
#[derive(Clone, Debug)]
pub(super) struct SeenPlane<'a> {
    /// What lies across and up: [`axis_names`].
    pub axes: [String; 2],
    /// The cells.
    pub grid: &'a Grid,
    /// Where the instances lie.
    pub locations: &'a [[f32; 2]],
    /// What was said in the answers in force.
    pub replies: &'a BTreeMap<usize, Reply>,
    /// The instance that is looked at.
    pub current: Option<usize>,
}

/// What lies across and up a map.
pub fn axis_names(dataset: &Dataset, viewpoint: Viewpoint) -> [String; 2] {
    let name = |feature: usize| dataset.feature_label(feature).into_owned();
    match known_viewpoint(dataset, viewpoint) {
        Viewpoint::Features(across, up) => [name(across), name(up)],
        Viewpoint::Time(column, up) => [dataset.time_label(column).unwrap_or_default(), name(up)],
        Viewpoint::Principal => ["1st", "2nd"].map(|which| {
            format!("{which} principal component (standard deviations of the features)")
        }),
    }
}

fn tagged(tag: Tag) -> Shape {
    Shape::Tagged(tag.number())
}

impl SeenPlane<'_> {
    /// A map of values over the plane, with the instances and their answers on it; its lines are
    /// to be added.
    pub(super) fn chart(
        &self,
        title: String,
        values: &[f32],
        value: &str,
        scale: Scale,
    ) -> HeatChart {
        let Grid { x, y } = self.grid;
        let [across, up] = self.axes.each_ref().map(|name| short(name, NAME));
        HeatChart {
            title,
            x: Axis::with_range(across, f64::from(x.low()), f64::from(x.high())),
            y: Axis::with_range(up, f64::from(y.low()), f64::from(y.high())),
            columns: x.cells(),
            values: values.to_vec(),
            value_label: value.to_owned(),
            scale,
            marks: self.marks(),
            side: SIDE,
            ..HeatChart::default()
        }
    }

    /// Dots below, then what has been answered, anomalies last, and the current instance on top.
    fn marks(&self) -> Vec<Mark> {
        let mark = |instance: usize, shape: Shape| {
            let [x, y] = self.locations.get(instance)?.map(f64::from);
            Some(Mark { at: [x, y], shape })
        };
        let of = |reply: &Reply| match reply.answer {
            Answer::Anomaly => Some(reply.tag.map_or(Shape::Anomaly, tagged)),
            Answer::Nominal => Some(Shape::Nominal),
            Answer::Unsure => Some(Shape::Unsure),
            Answer::Skip => None,
        };
        let shapes = [Shape::Unsure, Shape::Nominal, Shape::Anomaly];
        let shapes = shapes.into_iter().chain(Tag::ALL.map(tagged));
        let answers = shapes.flat_map(|shape| {
            let same = self.replies.iter();
            same.filter(move |(_, reply)| of(reply) == Some(shape))
                .map(move |(&instance, _)| (instance, shape))
        });
        let is_open = |instance: &usize| self.replies.get(instance).and_then(of).is_none();
        let open = self.dots().filter(is_open);
        (open.map(|instance| (instance, Shape::Dot)))
            .chain(answers)
            .chain(self.current.map(|current| (current, Shape::Current)))
            .filter_map(|(instance, shape)| mark(instance, shape))
            .collect()
    }

    /// Instances of which none would cover the dot of another.
    fn dots(&self) -> impl Iterator<Item = usize> {
        let Grid { x, y } = self.grid;
        let spacing = [x, y].map(|axis| (axis.high() - axis.low()) / DOTS);
        let point_levels = PointLevels::new(self.locations);
        let seen = point_levels.seen([x.low(), y.low()], [x.high(), y.high()], spacing);
        seen.collect::<Vec<usize>>().into_iter()
    }
}

/// The name of a map of members, by the names of the members.
pub(super) fn layer_name(layer: &Layer, names: &[String]) -> String {
    let name = |member: &usize| names.get(*member).map_or("", String::as_str);
    match layer {
        Layer::Member(member) => name(member).to_owned(),
        Layer::Kind(members) => {
            let first = members.first().map_or("", name);
            // Without its number and what it tells of the first alone, in brackets.
            let kind = first.split(" (").next().unwrap_or(first);
            let kind = kind
                .trim_end_matches(|end: char| end.is_ascii_digit())
                .trim_end();
            format!("all {} like {kind}", members.len())
        }
    }
}

/// Lines as charts have them.
pub(super) fn chart_lines<'a>(lines: impl IntoIterator<Item = &'a Polyline>) -> Vec<Vec<[f64; 2]>> {
    let point = |at: &[f32; 2]| at.map(f64::from);
    let lines = lines.into_iter();
    lines.map(|line| line.iter().map(point).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::Axis as Cut;
    use crate::session::Confidence;

    #[test]
    fn answered_instances_are_marked_above_the_others() {
        let grid = Grid {
            x: Cut::new(0.0, 2.0, 2),
            y: Cut::new(0.0, 4.0, 1),
        };
        let plane = SeenPlane {
            axes: ["a".to_owned(), "b".to_owned()],
            grid: &grid,
            locations: &[[0.5, 1.0], [1.5, 3.0], [1.0, 2.0], [0.1, 0.1]],
            replies: &BTreeMap::from([
                (1, Answer::Nominal.into()),
                (2, Answer::Skip.into()),
                (3, Reply::tagged(Tag::ALL[6], Confidence::Sure)),
                (9, Answer::Anomaly.into()),
            ]),
            current: Some(0),
        };
        let chart = plane.chart("t".to_owned(), &[1.0, 2.0], "score", Scale::default());
        let shapes: Vec<Shape> = chart.marks.iter().map(|mark| mark.shape).collect();
        assert_eq!(
            shapes,
            [
                Shape::Dot,
                Shape::Dot,
                Shape::Nominal,
                Shape::Tagged(7),
                Shape::Current
            ]
        );
        assert_eq!(chart.marks[2].at, [1.5, 3.0]);
        assert_eq!((chart.columns, chart.y.range), (2, Some((0.0, 4.0))));
        assert_eq!(chart.csv(), "a,b,score\n0.5,2,1\n1.5,2,2\n");
    }
}
