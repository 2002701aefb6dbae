//! Scores and relevance over the plane.

use super::{ChartKind, SIDE, SessionChart};
use crate::chart::{Chart, HeatChart, file_name, short};
use crate::detector::Layer;
use crate::export::SessionRecord;
use crate::figures::{Drawing, Figure, LAYERS, RelevanceMap, Value};

/// Letters of an instance's name in a caption.
const NAME: usize = 44;

/// The map of GLAD and the map of the baseline, on one scale and with lines at the same values.
pub(super) fn scores(record: &SessionRecord, drawing: &Drawing<'_>) -> Option<[SessionChart; 2]> {
    let chart = |title: &str, figure| {
        let chart = drawing.heat(figure)?;
        Some(Chart::Heat(Box::new(HeatChart {
            title: title.to_owned(),
            side: SIDE,
            ..chart
        })))
    };
    let glad = SessionChart {
        kind: ChartKind::ScoreMap,
        stem: "02-score-map-glad".to_owned(),
        caption: format!(
            "The anomaly score Σ s·p with the relevance learnt from the answers. {} Thin lines join points of equal score; they and the colours stand for the same values in both score maps, and the ticks across the colour bar say which. The broken line is q_tau: beyond it an instance belongs to the top τ. Where a score is higher than the end of the scale, as it is far from all instances, the colour stays.",
            plane(record, drawing)
        ),
        chart: chart("Anomaly score: GLAD, after feedback", Figure::default())?,
    };
    let baseline = SessionChart {
        kind: ChartKind::ScoreMap,
        stem: "03-score-map-baseline".to_owned(),
        caption: "The score Σ s·b of the same ensemble with uniform relevance, on the plane, the scale and the levels of the map of GLAD.".to_owned(),
        chart: chart("Anomaly score: baseline, without feedback", Figure::Baseline)?,
    };
    Some([glad, baseline])
}

/// How the plane lies, as a sentence.
fn plane(record: &SessionRecord, drawing: &Drawing<'_>) -> String {
    let anchor = drawing.map.map_or(0, |map| map.anchor);
    match record.dataset().n_features() {
        2 => "The map shows the two features of the table.".to_owned(),
        features => format!(
            "{} {features} features: the map is the plane of the two directions of largest variance (of the standardised features) through the current candidate, {}. Marks are set down onto this plane; off it, at an instance itself, the score may differ from the colour below its mark.",
            record.whole().1,
            short(&record.name_of(anchor), NAME),
        ),
    }
}

/// A relevance map for each layer: the members that contribute most, and each kind of which there
/// are several, summed.
pub(super) fn relevance(
    record: &SessionRecord,
    drawing: &Drawing<'_>,
    relevance_map: &RelevanceMap,
) -> Vec<SessionChart> {
    let members = record.names.len();
    let rest = match members > LAYERS {
        true => format!(
            " Of {members} members the {LAYERS} that contribute most to the top τ have a map of their own, and each kind of several has one."
        ),
        false => String::new(),
    };
    let layers = relevance_map.relevance_grid.layers.iter().enumerate();
    let chart = layers.filter_map(|(place, layer)| {
        let name = drawing.layer_name(place);
        let of = match &layer.layer {
            Layer::Member(member) => format!("its prior is {}", record.fitted().b()[*member]),
            Layer::Kind(_) => "the mean of the kind, weighed by the member scores".to_owned(),
        };
        let arrow = match layer.direction {
            Some(_) => " The arrow is the direction along which it looks.",
            None => "",
        };
        let map = drawing.heat(Figure::Member(place, Value::Relevance))?;
        Some(SessionChart {
            kind: ChartKind::Relevance,
            stem: format!("06-relevance-{:02}-{}", place + 1, file_name(&name)),
            caption: format!(
                "How far {} is to be trusted at each point of the plane, between 0 and 1 ({of}): white at the prior, red where it is trusted more and blue where less; lines at quarters of the way to the strongest colour.{arrow}{rest}",
                short(&name, 120),
            ),
            chart: Chart::Heat(Box::new(HeatChart {
                title: format!("Relevance of {}", short(&name, NAME)),
                side: SIDE,
                ..map
            })),
        })
    });
    chart.collect()
}
