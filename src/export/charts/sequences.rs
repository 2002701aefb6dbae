//! The curves of the sequence that would be asked about next.

use super::{ChartKind, SessionChart};
use crate::chart::{Chart, file_name, short};
use crate::export::SessionRecord;
use crate::figures::SequenceCurves;

/// Each channel of the first candidate over the usual record, and the deviation of its moments;
/// none where instances are no sequences.
pub(super) fn charts(record: &SessionRecord) -> Vec<SessionChart> {
    let candidate = record.candidates().first().copied();
    let (Some(learnt), Some(instance)) = (record.dataset().sequences(), candidate) else {
        return Vec::new();
    };
    let Some(curves) = SequenceCurves::of(learnt, instance, true) else {
        return Vec::new();
    };
    let name = short(&record.name_of(instance), 60);
    let chart = |stem: String, caption: String, chart| SessionChart {
        kind: ChartKind::Curves,
        stem,
        caption,
        chart: Chart::Line(chart),
    };
    let channels = curves.channels.iter().enumerate().filter_map(|(at, channel)| {
        let of = short(&channel.name, 60);
        Some(chart(
            format!("11-curves-{:02}-{}", at + 1, file_name(&of)),
            format!("{of} of {name}, the first candidate, along the usual course of the set, with the median of all sequences and the band in which eight of ten lie."),
            curves.channel_chart(format!("{name}: {of}"), at)?,
        ))
    });
    let mut charts: Vec<SessionChart> = channels.collect();
    charts.push(chart(
        "12-curves-deviation".to_owned(),
        format!("How far each moment of {name}, the first candidate, is from the nearest moments of other sequences, in the embedding."),
        curves.deviation_chart(format!("{name}: deviation of each moment")),
    ));
    charts
}
