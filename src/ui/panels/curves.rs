//! A sequence over the usual course of its set, channel by channel, with the deviation of each
//! moment under it.

use eframe::egui::{Button, Color32, Id, RichText, Role, Ui, WidgetInfo, vec2};
use egui_plot::{
    AxisHints, Line, LineStyle, Plot, PlotPoint, PlotResponse, PlotUi, Polygon, VLine,
};

use super::events::events_ui;
use super::legend::legend_ui;
use crate::app::{ChannelCurve, Command, SequenceCurves, View};
use crate::ui::keys::{self, Action};
use crate::ui::reading::{self, Part};
use crate::ui::sequences::{Sequences, curves, visible};
use crate::ui::{colours, number, zoom};

/// Height of the chart of a channel.
const HEIGHT: f32 = 110.0;

/// Channels that are shown before the analyst asks for all of them.
const CHANNELS: usize = 6;

/// Paints the curves of the current candidate; nothing where instances are no sequences.
pub(super) fn curves_ui(
    ui: &mut Ui,
    workspace: View<'_>,
    kept: &mut Sequences,
    (by_time, takes): (bool, bool),
    (actions, commands): (&mut Vec<Action>, &mut Vec<Command>),
) {
    let Some(instance) = workspace.selected() else {
        return;
    };
    kept.keep_to(workspace);
    let Some(view) = curves(workspace, instance, !by_time, commands) else {
        if workspace.moments(instance).is_some() {
            ui.label("The curves come in a moment.");
        }
        return;
    };
    let events = workspace.events(instance);
    let events = events.iter().map(|event| match by_time {
        true => (event.name.as_str(), event.moment as f64),
        false => (event.name.as_str(), f64::from(event.phase)),
    });
    let events: Vec<(&str, f64)> = events.collect();
    ui.horizontal_wrapped(|ui| {
        let name = match by_time {
            false => "Aligned",
            true => "By its own time",
        };
        let button = Button::new(format!("{name} ({})", keys::name(Action::Curves)));
        if ui
            .add(button)
            .on_hover_text(keys::meaning(Action::Curves))
            .clicked()
        {
            actions.push(Action::Curves);
        }
        match by_time {
            false => legend_ui(
                ui,
                &[
                    ("this sequence", colours::OWN, LineStyle::Solid),
                    ("median", colours::BASELINE, LineStyle::dashed_loose()),
                    ("10 to 90 %", band_colour(), LineStyle::Solid),
                ],
            ),
            true => legend_ui(ui, &[("this sequence", colours::OWN, LineStyle::Solid)]),
        }
    });
    let shown = Id::unique(("channels shown", workspace.dataset().name()));
    let mut all = ui.data(|data| data.get_temp(shown)).unwrap_or(false);
    let count = if all { view.channels.len() } else { CHANNELS };
    for channel in view.channels.iter().take(count) {
        if let Some(across) = channel_ui(ui, &view, channel, &events) {
            let points = channel.own.points();
            let off = |at: &usize| (points[*at][0] - across).abs();
            let nearest = (0..points.len()).min_by(|a, b| off(a).total_cmp(&off(b)));
            kept.moment = nearest;
        }
    }
    if view.channels.len() > CHANNELS {
        let words = format!("All {} channels", view.channels.len());
        let tip = "Show the channels that are left out for want of room";
        if ui.checkbox(&mut all, words).on_hover_text(tip).changed() {
            ui.data_mut(|data| data.insert_temp(shown, all));
        }
    }
    deviation_ui(ui, &view, &events);
    events_ui(ui, workspace, kept, instance, takes, commands);
    ui.separator();
}

/// Paints a channel; returns where it was clicked, across.
fn channel_ui(
    ui: &mut Ui,
    view: &SequenceCurves,
    channel: &ChannelCurve,
    events: &[(&str, f64)],
) -> Option<f64> {
    let plotted = plot(view.across, &channel.name)
        .height(HEIGHT)
        .show(ui, |plot| {
            zoom::follow(plot);
            // A band is painted quad by quad, for a polygon has to be convex.
            for pair in channel.usual.windows(2) {
                let ([a, a_low, _, a_high], [b, b_low, _, b_high]) = (pair[0], pair[1]);
                let corners = vec![[a, a_low], [b, b_low], [b, b_high], [a, a_high]];
                plot.polygon(
                    Polygon::new("", corners)
                        .fill_color(band_colour())
                        .stroke((0.0, Color32::TRANSPARENT))
                        .allow_hover(false),
                );
            }
            if !channel.usual.is_empty() {
                let middle: Vec<[f64; 2]> = channel
                    .usual
                    .iter()
                    .map(|[at, _, middle, _]| [*at, *middle])
                    .collect();
                plot.line(
                    Line::new("median", middle)
                        .color(colours::BASELINE)
                        .style(LineStyle::dashed_loose()),
                );
            }
            let own = visible(plot, &channel.own);
            plot.line(
                Line::new("this sequence", own)
                    .color(colours::OWN)
                    .width(1.8),
            );
            lines_ui(plot, events);
        });
    let words = format!(
        "{} of this sequence over the usual course, by {}",
        channel.name, view.across
    );
    named(ui, &plotted, &words, |at| {
        let own = nearest(channel.own.points(), at.x)?;
        let usual = channel
            .usual
            .iter()
            .min_by(|a, b| (a[0] - at.x).abs().total_cmp(&(b[0] - at.x).abs()));
        let usual = usual.map(|[_, low, middle, high]| {
            let [low, middle, high] = [low, middle, high].map(|value| number::value(*value as f32));
            format!("\nusual: {middle}, {low} to {high}")
        });
        let value = number::value(own[1] as f32);
        Some(format!(
            "{} {:.2}\n{}: {value}{}",
            view.across,
            own[0],
            channel.name,
            usual.unwrap_or_default()
        ))
    });
    let at = plotted.response.interact_pointer_pos();
    let at = at.filter(|_| plotted.response.clicked());
    at.map(|at| plotted.transform.value_from_position(at).x)
}

/// Lines where events are.
fn lines_ui(plot: &mut PlotUi<'_>, events: &[(&str, f64)]) {
    for (name, at) in events {
        plot.vline(VLine::new(*name, *at).color(colours::CURRENT).width(1.2));
    }
}

fn deviation_ui(ui: &mut Ui, view: &SequenceCurves, events: &[(&str, f64)]) {
    ui.label(RichText::new("Deviation of each moment").weak()).on_hover_text(
        "How far the moment is from the nearest moments of other sequences, in the embedding; the axis ends at the largest of the whole set.",
    );
    let plotted = plot(view.across, "deviation")
        .height(HEIGHT)
        .include_y(0.0)
        .include_y(f64::from(view.most))
        .show(ui, |plot| {
            zoom::follow(plot);
            let deviations = visible(plot, &view.deviations);
            plot.line(
                Line::new("deviation", deviations)
                    .color(colours::OWN)
                    .width(1.5)
                    .fill(0.0),
            );
            lines_ui(plot, events);
        });
    let words = format!(
        "Deviation of each moment from the usual course, by {}",
        view.across
    );
    named(ui, &plotted, &words, |at| {
        let [place, deviation] = nearest(view.deviations.points(), at.x)?;
        Some(format!(
            "{} {place:.2}\ndeviation: {}",
            view.across,
            number::value(deviation as f32)
        ))
    });
}

/// The point of a curve that is nearest across.
pub(super) fn nearest(points: &[[f64; 2]], across: f64) -> Option<[f64; 2]> {
    let after = points.partition_point(|point| point[0] < across);
    let beside = points.get(after.saturating_sub(1)..points.len().min(after + 1));
    let beside = beside.unwrap_or_default().iter().copied();
    beside.min_by(|a, b| (a[0] - across).abs().total_cmp(&(b[0] - across).abs()))
}

/// Says what a plot is to those who do not see it, and what is at its mark.
pub(super) fn named<R>(
    ui: &Ui,
    plotted: &PlotResponse<R>,
    words: &str,
    read: impl Fn(PlotPoint) -> Option<String>,
) {
    let (response, transform) = (&plotted.response, &plotted.transform);
    reading::mark(ui, response, *transform.frame(), Part::Whole, |at| {
        read(transform.value_from_position(at))
    });
    let words = format!("{words}; drag to pan, Ctrl and wheel to zoom, double-click for all of it");
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &words));
}

/// A chart whose cursor and whose part visible are those of the other charts of the sequence.
fn plot(across: &str, up: &str) -> Plot<'static> {
    let group = Id::unique(("curves", across.to_owned()));
    Plot::new(("curves", across.to_owned(), up.to_owned()))
        .custom_x_axes(vec![AxisHints::new_x().label(across.to_owned())])
        .custom_y_axes(vec![AxisHints::new_y().label(up.to_owned())])
        .link_axis(group, [true, false])
        .link_cursor(group, [true, false])
        .allow_scroll(false)
        .set_margin_fraction(vec2(0.02, 0.08))
}

fn band_colour() -> Color32 {
    colours::BASELINE.gamma_multiply(0.3)
}
