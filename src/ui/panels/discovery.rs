//! The discovery curve, and what is left to find.

use std::ops::RangeInclusive;

use eframe::egui::{RichText, Role, Ui, Vec2, WidgetInfo};
use egui_plot::{AxisHints, GridMark, Line, LineStyle, Plot, PlotPoints};

use super::legend::{Entry, legend_ui};
use crate::app::{Ask, Command, View, ViewCommand};
use crate::ui::reading::{self, Part};
use crate::ui::{axis, colours, number, zoom};

/// Height from which the name of the vertical axis fits beside it.
const NAMED: f32 = 150.0;

/// Paints anomalies found against queries spent, with the baseline's curve and, where the truth is
/// known, the best possible and a replay by the oracle; and an estimate of what is left.
pub(in crate::ui) fn discovery_ui(ui: &mut Ui, workspace: View<'_>, commands: &mut Vec<Command>) {
    commands.extend(Command::for_panel(workspace, Ask::Oracle));
    numbers(ui, workspace, commands);
    left(ui, workspace);
    ui.horizontal_wrapped(|ui| legend_ui(ui, &entries(workspace)));
    curves(ui, workspace);
}

fn numbers(ui: &mut Ui, workspace: View<'_>, commands: &mut Vec<Command>) {
    let curve = workspace.curve();
    let found = curve.last().copied().unwrap_or(0);
    ui.horizontal_wrapped(|ui| {
        let found = number::many(found as usize, "anomaly", "anomalies");
        let spent = number::many(curve.len(), "query", "queries");
        let text = format!("{found} found with {spent}");
        ui.label(RichText::new(text).strong()).on_hover_text(
            "Anomalies found against queries spent. An instance counts once, by its answer in force.",
        );
        let since = workspace.since_last_anomaly();
        if !curve.is_empty() {
            let text = match since {
                0 => "· the last answer was an anomaly".to_owned(),
                since => {
                    let answers = number::many(since, "answer", "answers");
                    format!("· {answers} since the last anomaly")
                }
            };
            ui.label(RichText::new(text).weak());
        }
        oracle(ui, workspace, commands);
    });
}

fn oracle(ui: &mut Ui, workspace: View<'_>, commands: &mut Vec<Command>) {
    if workspace.true_anomalies().is_none() {
        return;
    }
    let mut wanted = workspace.is_replay_wanted();
    if ui
        .checkbox(&mut wanted, "Replay with the oracle")
        .on_hover_text("Replays the session in idle times with the same settings, answered from the table's own labels: what an analyst who is always right would have found.")
        .changed()
    {
        commands.push(Command::View(ViewCommand::SetOracle(wanted)));
    }
}

/// The curves of a session: this one, the baseline's, and with a truth the oracle's and the best.
fn entries(workspace: View<'_>) -> Vec<Entry<'static>> {
    let baseline = match workspace.baseline_knows_truth() {
        true => "baseline (no feedback)",
        false => "baseline, of those labelled",
    };
    let mut entries = vec![
        ("this session", colours::SESSION, LineStyle::Solid),
        (baseline, colours::BASELINE, LineStyle::dashed_loose()),
    ];
    if workspace.true_anomalies().is_some() {
        entries.push(("oracle replay", colours::ORACLE, LineStyle::dashed_dense()));
        entries.push(("best possible", colours::BEST, LineStyle::dotted_dense()));
    }
    entries
}

fn left(ui: &mut Ui, workspace: View<'_>) {
    let left = workspace.remaining();
    if left.candidates == 0 {
        return;
    }
    let tip = format!(
        "Of the {} candidates without an answer (the top τ). Anomalies come in stretches: your last {} labels (at most 40) are taken for a chain that is now and then in a rich stretch. How rich, how long stretches last, how often they begin and how fast chances fade down the list is learnt from the labels by Bayes' rule; the chain is then walked on over the candidates. What it finds lies in the interval with a probability of 90 %.",
        number::count(left.candidates),
        left.answers,
    );
    ui.horizontal_wrapped(|ui| {
        if left.answers == 0 {
            ui.label(RichText::new("What is left is estimated after your first labels.").weak())
                .on_hover_text(tip);
            return;
        }
        ui.label(format!(
            "About {} anomalies ({} to {}) left in the top τ of {}; about {} in the next {}.",
            rounded(left.expected),
            rounded(left.low as f64),
            rounded(left.high as f64),
            number::many(left.candidates, "candidate", "candidates"),
            rounded(left.next),
            answers(left.next_answers),
        ))
        .on_hover_text(&tip);
        if left.pays_little() {
            ui.label(
                RichText::new(
                    "Going on pays little: expect fewer than one anomaly in the next 10 answers.",
                )
                .strong(),
            )
            .on_hover_text(tip);
        }
    });
}

fn answers(many: usize) -> String {
    match many {
        1 => "answer".to_owned(),
        many => format!("{many} answers"),
    }
}

/// A number of anomalies to be expected: whole where it is large, in two digits where it is larger.
fn rounded(expected: f64) -> String {
    match expected {
        e if e >= 100.0 => {
            let digit = 10_f64.powf(e.log10().floor() - 1.0);
            number::count(((e / digit).round() * digit) as usize)
        }
        e if e.fract() == 0.0 => number::count(e as usize),
        e if e >= 9.95 => number::count(e.round() as usize),
        e if e < 0.05 => "0".to_owned(),
        e => format!("{e:.1}"),
    }
}

fn curves(ui: &mut Ui, workspace: View<'_>) {
    let (session, baseline) = (workspace.curve(), workspace.baseline());
    let oracle = workspace.oracle().map_or(&[][..], |oracle| oracle.curve());
    // A replay runs ahead of the session; only the part beside it and a little more is of use.
    let end = session.len().max(10);
    let shown = &oracle[..oracle.len().min(end.next_multiple_of(10))];
    let best = workspace.true_anomalies();
    let best_curve: Vec<u32> = best.map_or_else(Vec::new, |anomalies| {
        (1..=end).map(|query| query.min(anomalies) as u32).collect()
    });
    let entries = entries(workspace);
    let line = |index: usize, curve: &[u32], width: f32| {
        let (name, colour, style) = entries[index];
        let line = Line::new(name, points(curve));
        line.color(colour).style(style).width(width)
    };
    // Turned on its side a longer name would not fit.
    let up = match ui.available_height() > NAMED {
        true => "anomalies found",
        false => "found",
    };
    let plotted = Plot::new("discovery")
        .custom_x_axes(vec![
            axis::hints(AxisHints::new_x())
                .label("queries spent")
                .formatter(whole),
        ])
        .custom_y_axes(vec![
            axis::hints(AxisHints::new_y()).label(up).formatter(whole),
        ])
        .x_grid_spacer(axis::across)
        .y_grid_spacer(axis::up)
        .include_x(0.0)
        .include_x(end as f64)
        .include_y(0.0)
        .include_y(5.0)
        .allow_scroll(false)
        .set_margin_fraction(Vec2::new(0.01, 0.08))
        .label_formatter(|hover| {
            let egui_plot::HoverPosition::NearDataPoint {
                plot_name,
                position,
                ..
            } = hover
            else {
                return None;
            };
            Some(format!(
                "{plot_name}: {:.0} anomalies after {:.0} queries",
                position.y, position.x
            ))
        })
        .show(ui, |plot| {
            zoom::follow(plot);
            if best.is_some() {
                plot.line(line(3, &best_curve, 1.5));
                plot.line(line(2, shown, 1.8));
            }
            plot.line(line(1, baseline, 2.0));
            plot.line(line(0, session, 2.5));
        });
    let names = entries.iter().map(|(name, ..)| *name);
    let curves: Vec<(&str, &[u32])> = names.zip([session, baseline, shown, &best_curve]).collect();
    let (response, transform) = (&plotted.response, &plotted.transform);
    reading::mark(ui, response, *transform.frame(), Part::Whole, |at| {
        read(&curves, transform.value_from_position(at).x)
    });
    let words = "Discovery curve: anomalies found against queries spent; drag to pan, Ctrl and wheel to zoom, double-click for all of it";
    plotted
        .response
        .widget_info(|| WidgetInfo::labeled(Role::Image, true, words));
}

/// Says how many anomalies each curve has found after the query nearest to a place.
fn read(curves: &[(&str, &[u32])], across: f64) -> Option<String> {
    let query = across.round();
    let query = (query >= 0.0).then_some(query as usize)?;
    let found = curves.iter().filter_map(|(name, curve)| {
        let found = match query.checked_sub(1) {
            None => Some(0).filter(|_| !curve.is_empty()),
            Some(at) => curve.get(at).copied(),
        };
        Some(format!("{name}: {}", number::count(found? as usize)))
    });
    let found: Vec<String> = found.collect();
    let spent = number::many(query, "query", "queries");
    (!found.is_empty()).then(|| format!("after {spent}\n{}", found.join("\n")))
}

/// Half an anomaly is none: marks between whole numbers have no number.
fn whole(mark: GridMark, _: &RangeInclusive<f64>) -> String {
    match mark.value.fract() == 0.0 {
        true => number::value(mark.value as f32),
        false => String::new(),
    }
}

/// A curve from the origin.
fn points(curve: &[u32]) -> PlotPoints<'static> {
    let curve = curve
        .iter()
        .enumerate()
        .map(|(query, &found)| [query as f64 + 1.0, f64::from(found)]);
    std::iter::once([0.0, 0.0])
        .chain(curve)
        .collect::<Vec<_>>()
        .into()
}
