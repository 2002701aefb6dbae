//! What an instance is where it is no row of a table: its curves, or its image.

use super::images;
use super::page::Page;
use crate::chart::short;
use crate::detector::Why;
use crate::export::SessionRecord;
use crate::figures::SequenceCurves;

/// Channels that are shown of a sequence.
const CHANNELS: usize = 4;

/// Shows the instance that is explained; nothing where it is a row of a table.
pub(super) fn write(page: &mut Page, record: &SessionRecord, why: &Why) {
    images::strip(page, record, why.instance);
    if let Some(learnt) = record.dataset().sequences() {
        let curves = SequenceCurves::of(learnt, why.instance, true);
        curves.inspect(|curves| sequence(page, &record.name_of(why.instance), curves));
    }
}

fn sequence(page: &mut Page, name: &str, curves: &SequenceCurves) {
    let name = short(name, 60);
    page.open("div", r#"class="maps""#);
    for (place, channel) in curves.channels.iter().take(CHANNELS).enumerate() {
        let title = format!("{name}: {}", short(&channel.name, 40));
        if let Some(chart) = curves.channel_chart(title, place) {
            let caption = format!(
                "{} of the sequence along the usual course of the set, with the median of all sequences and the band in which eight of ten lie",
                short(&channel.name, 40)
            );
            page.figure(&chart.svg(), &caption);
        }
    }
    let chart = curves.deviation_chart(format!("{name}: deviation of each moment"));
    page.figure(
        &chart.svg(),
        "How far each moment is from the nearest moments of other sequences, in the embedding; the axis ends at the largest deviation of the set",
    );
    page.close();
    if curves.channels.len() > CHANNELS {
        page.line(
            "p",
            r#"class="weak""#,
            &format!(
                "The first {CHANNELS} of {} channels are shown.",
                curves.channels.len()
            ),
        );
    }
}
