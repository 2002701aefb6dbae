//! The discovery curve, and what is left to find.

use eframe::egui::{Rangef, RichText, Ui};
use egui_plot::{AxisHints, Corner, Legend, Line, LineStyle, Plot, PlotPoints};

use crate::app::{Ask, Command, Workspace};
use crate::ui::{colours, number};

/// Paints anomalies found against queries spent, with the baseline's curve and, where the truth is
/// known, the best possible and a replay by the oracle; and an estimate of what is left.
pub(in crate::ui) fn discovery_ui(ui: &mut Ui, workspace: &Workspace, commands: &mut Vec<Command>) {
    commands.extend(Command::for_panel(workspace, Ask::Oracle));
    numbers(ui, workspace, commands);
    left(ui, workspace);
    curves(ui, workspace);
}

fn numbers(ui: &mut Ui, workspace: &Workspace, commands: &mut Vec<Command>) {
    let curve = workspace.curve();
    let found = curve.last().copied().unwrap_or(0);
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new("Discovery curve").strong()).on_hover_text(
            "Anomalies found against queries spent. An instance counts once, by its answer in force.",
        );
        ui.label(
            RichText::new(format!(
                "{found} anomalies found with {} queries",
                number::count(curve.len())
            ))
            .weak(),
        );
        let since = workspace.since_last_anomaly();
        if !curve.is_empty() {
            let text = match since {
                0 => "· the last answer was an anomaly".to_owned(),
                1 => "· 1 answer since the last anomaly".to_owned(),
                since => format!("· {} answers since the last anomaly", number::count(since)),
            };
            ui.label(RichText::new(text).weak());
        }
        if workspace.true_anomalies().is_some() {
            let mut wanted = workspace.is_replay_wanted();
            if ui
                .checkbox(&mut wanted, "Replay with the oracle")
                .on_hover_text("Replays the session in idle times with the same settings, answered from the table's own labels: what an analyst who is always right would have found.")
                .changed()
            {
                commands.push(Command::SetOracle(wanted));
            }
        }
    });
}

fn left(ui: &mut Ui, workspace: &Workspace) {
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
            "About {} anomalies ({} to {}) left in the top τ of {} candidates; about {} in the next {}.",
            rounded(left.expected),
            number::count(left.low),
            number::count(left.high),
            number::count(left.candidates),
            rounded(left.next),
            answers(left.next_answers),
        ))
        .on_hover_text(&tip);
        if left.pays_little() {
            ui.label(
                RichText::new("Going on pays little: expect fewer than one anomaly in the next 10 answers.")
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

/// A number of anomalies to be expected: whole where it is large.
fn rounded(expected: f64) -> String {
    match expected {
        e if e >= 9.95 => number::count(e.round() as usize),
        e if e < 0.05 => "0".to_owned(),
        e => format!("{e:.1}"),
    }
}

fn curves(ui: &mut Ui, workspace: &Workspace) {
    let (session, baseline) = (workspace.curve(), workspace.baseline());
    let baseline_name = if workspace.baseline_knows_truth() {
        "baseline (no feedback)"
    } else {
        "baseline, of those labelled"
    };
    let oracle = workspace.oracle().map_or(&[][..], |oracle| oracle.curve());
    // A replay runs ahead of the session; only the part beside it and a little more is of use.
    let end = session.len().max(10);
    let shown = &oracle[..oracle.len().min(end.next_multiple_of(10))];
    let best = workspace.true_anomalies();
    Plot::new("discovery")
        .custom_x_axes(vec![
            AxisHints::new_x()
                .label("queries spent")
                .label_spacing(Rangef::new(25.0, 40.0)),
        ])
        .y_axis_label("anomalies found")
        .legend(
            Legend::default()
                .position(Corner::LeftTop)
                .follow_insertion_order(true),
        )
        .include_x(0.0)
        .include_x(end as f64)
        .include_y(0.0)
        .include_y(5.0)
        .allow_scroll(false)
        .set_margin_fraction(eframe::egui::vec2(0.01, 0.08))
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
            plot.line(
                Line::new("this session", points(session))
                    .color(colours::SESSION)
                    .width(2.5),
            );
            plot.line(
                Line::new(baseline_name, points(baseline))
                    .color(colours::BASELINE)
                    .width(2.0)
                    .style(LineStyle::dashed_loose()),
            );
            if let Some(anomalies) = best {
                plot.line(
                    Line::new("oracle replay", points(shown))
                        .color(colours::ORACLE)
                        .width(1.8)
                        .style(LineStyle::dashed_dense()),
                );
                let best: Vec<u32> = (1..=end).map(|query| query.min(anomalies) as u32).collect();
                plot.line(
                    Line::new("best possible", points(&best))
                        .color(colours::BEST)
                        .width(1.5)
                        .style(LineStyle::dotted_dense()),
                );
            }
        });
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
