//! Scores and relevance over the plane.

use super::{ChartKind, SessionChart};
use crate::chart::{Chart, Scale, file_name};
use crate::detector::Layer;
use crate::export::Course;
use crate::export::scene::{LAYERS, Scene};
use crate::export::words::short;
use crate::session::charts::layer_name;

/// The map of GLAD and the map of the baseline, on one scale and with lines at the same values.
pub(super) fn scores(course: &Course, scene: &Scene) -> [SessionChart; 2] {
    let [low, high] = scene.scale();
    let scale = Scale::Sequential { low, high };
    let levels = scene.levels();
    let chart =
        |title: &str, values: &[f32]| scene.chart(title, "anomaly score", values, scale, &levels);
    let score = &scene.relief.score;
    let mut map = chart("Anomaly score: GLAD, after feedback", score);
    map.threshold = scene.lines(score, &[course.model().q_tau()]);
    let glad = SessionChart {
        kind: ChartKind::ScoreMap,
        stem: "02-score-map-glad".to_owned(),
        caption: format!(
            "The anomaly score Σ s·p with the relevance learnt from the answers. {} Thin lines join points of equal score; they and the colours stand for the same values in both score maps, and the ticks across the colour bar say which. The broken line is q_tau: beyond it an instance belongs to the top τ. The highest hundredth of the values has the colour of the end of the scale.",
            scene.plane
        ),
        chart: Chart::Heat(Box::new(map)),
    };
    let map = chart(
        "Anomaly score: baseline, without feedback",
        &scene.relief.baseline,
    );
    let baseline = SessionChart {
        kind: ChartKind::ScoreMap,
        stem: "03-score-map-baseline".to_owned(),
        caption: "The score Σ s·b of the same ensemble with uniform relevance, on the plane, the scale and the levels of the map of GLAD.".to_owned(),
        chart: Chart::Heat(Box::new(map)),
    };
    [glad, baseline]
}

/// A relevance map for each layer: the members that contribute most, and each kind of which there
/// are several, summed.
pub(super) fn relevance(course: &Course, scene: &Scene) -> Vec<SessionChart> {
    // Between the tenths, for at the prior itself relevance lies flat and has no line.
    let tenths: Vec<f32> = (0..10).map(|tenth| tenth as f32 / 10.0 + 0.05).collect();
    let members = course.names.len();
    let rest = match members > LAYERS {
        true => format!(
            " Of {members} members the {LAYERS} that contribute most to the top τ have a map of their own, and each kind of several has one."
        ),
        false => String::new(),
    };
    let layers = scene.relief.layers.iter().zip(1..);
    let chart = layers.map(|(layer, number)| {
        let name = layer_name(&layer.layer, &course.names);
        let of = match &layer.layer {
            Layer::Member(member) => format!("its prior is {}", course.fitted().b()[*member]),
            Layer::Kind(_) => "the mean of the kind, weighed by the member scores".to_owned(),
        };
        let arrow = match layer.direction {
            Some(_) => " The arrow is the direction along which it looks.",
            None => "",
        };
        let title = format!("Relevance of {}", short(&name, 44));
        let (values, scale) = (&layer.relevance, Scale::default());
        let mut map = scene.chart(&title, "relevance p", values, scale, &tenths);
        map.arrow = layer.direction.map(|direction| direction.map(f64::from));
        SessionChart {
            kind: ChartKind::Relevance,
            stem: format!("06-relevance-{number:02}-{}", file_name(&name)),
            caption: format!(
                "How far {} is to be trusted at each point of the plane, between 0 and 1 ({of}); lines at 0.05, 0.15, … 0.95.{arrow}{rest}",
                short(&name, 120),
            ),
            chart: Chart::Heat(Box::new(map)),
        }
    });
    chart.collect()
}
