//! Training visible: the losses of priming and of the updates.

use eframe::egui::{RichText, Role, Ui, WidgetInfo, vec2};
use egui_plot::{AxisHints, Line, LineStyle, Plot, PlotResponse, VLine};

use super::legend::legend_ui;
use crate::app::View;
use crate::ui::reading::{self, Part};
use crate::ui::{axis, colours, number, zoom};

/// Revisions beyond which their boundaries are not drawn.
const BOUNDARIES: usize = 40;

/// Paints both curves, priming at the left.
pub(in crate::ui) fn losses_ui(ui: &mut Ui, workspace: View<'_>) {
    let priming = &workspace.model().fitted().priming().losses;
    let spacing = ui.spacing().item_spacing.x;
    let width = ((ui.available_width() - spacing) / 2.0).max(120.0);
    let height = ui.available_height();
    ui.horizontal_top(|ui| {
        ui.allocate_ui(vec2(width, height), |ui| {
            ui.vertical(|ui| priming_ui(ui, priming))
        });
        ui.allocate_ui(vec2(width, height), |ui| {
            ui.vertical(|ui| updates_ui(ui, workspace))
        });
    });
}

fn priming_ui(ui: &mut Ui, losses: &[f32]) {
    let text = match (losses.first(), losses.last()) {
        (Some(first), Some(last)) => format!(
            "Priming: {} epochs, {} to {} nats",
            number::count(losses.len()),
            number::value(*first),
            number::value(*last)
        ),
        _ => "Priming: there was nothing to prime".to_owned(),
    };
    ui.label(RichText::new(text).weak()).on_hover_text(
        "The network is trained to the prior relevance b everywhere before any label: the mean over members of −b ln p − (1−b) ln(1−p).",
    );
    let points = points(losses.iter().copied(), 1);
    let plotted = plot("priming", "epoch").show(ui, |plot| {
        zoom::follow(plot);
        plot.line(
            Line::new("prior loss", points.clone())
                .color(colours::BASELINE)
                .width(2.0),
        );
    });
    let curves: [Curve<'_>; 1] = [("prior loss", &points)];
    name(
        ui,
        &plotted,
        "Losses of priming, by epoch",
        "epoch",
        &curves,
    );
}

fn updates_ui(ui: &mut Ui, workspace: View<'_>) {
    let mut network: Vec<[f64; 2]> = Vec::new();
    let mut cells: Vec<[f64; 2]> = Vec::new();
    let mut ends = Vec::new();
    let mut steps = 0;
    for (_, losses) in workspace.losses() {
        network.extend(points(losses.network.iter().copied(), steps + 1));
        cells.extend(points(losses.cells.iter().copied(), steps + 1));
        steps += losses.network.len().max(losses.cells.len());
        ends.push(steps as f64 + 0.5);
    }
    let text = match ends.len() {
        0 => "Updates: none yet in this run".to_owned(),
        1 => format!("Updates: 1 training, {} steps", number::count(steps)),
        many => format!("Updates: {many} trainings, {} steps", number::count(steps)),
    };
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(text).weak()).on_hover_text(
            "The loss of each step: the mean over the labels of how far each is on the wrong side of the edge of the top τ, plus λ times the prior. A thin line ends a training; with new labels the loss may jump.",
        );
        legend_ui(
            ui,
            &[
                ("network", colours::SESSION, LineStyle::Solid),
                ("cells", colours::BASELINE, LineStyle::dashed_loose()),
            ],
        );
    });
    if ends.is_empty() {
        ui.label("The losses of each training on your answers are drawn here.");
        return;
    }
    let plotted = plot("updates", "step").show(ui, |plot| {
        zoom::follow(plot);
        if ends.len() <= BOUNDARIES {
            for end in &ends {
                let line = VLine::new("", *end)
                    .color(ui_line())
                    .width(1.0)
                    .allow_hover(false);
                plot.vline(line);
            }
        }
        plot.line(
            Line::new("network", network.clone())
                .color(colours::SESSION)
                .width(2.0),
        );
        let dashed = LineStyle::dashed_loose();
        plot.line(
            Line::new("cells", cells.clone())
                .color(colours::BASELINE)
                .width(2.0)
                .style(dashed),
        );
    });
    let curves: [Curve<'_>; 2] = [("network", &network), ("cells", &cells)];
    name(
        ui,
        &plotted,
        "Losses of the updates, by step",
        "step",
        &curves,
    );
}

/// A curve with its name.
type Curve<'a> = (&'a str, &'a [[f64; 2]]);

/// Says what a plot is to those who do not see it, and what is at its mark.
fn name<R>(ui: &Ui, plotted: &PlotResponse<R>, what: &str, unit: &str, curves: &[Curve<'_>]) {
    let (response, transform) = (&plotted.response, &plotted.transform);
    reading::mark(ui, response, *transform.frame(), Part::Whole, |at| {
        read(unit, curves, transform.value_from_position(at).x)
    });
    let words = format!("{what}; drag to pan, Ctrl and wheel to zoom, double-click for all of it");
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &words));
}

/// Says the loss of each curve at the step nearest to a place.
fn read(unit: &str, curves: &[Curve<'_>], across: f64) -> Option<String> {
    let near = across.round();
    let losses = curves.iter().filter_map(|(name, points)| {
        let [_, loss] = points.iter().find(|[step, _]| *step == near)?;
        Some(format!("{name}: {}", number::value(*loss as f32)))
    });
    let losses: Vec<String> = losses.collect();
    (!losses.is_empty()).then(|| format!("{unit} {near:.0}\n{}", losses.join("\n")))
}

fn ui_line() -> eframe::egui::Color32 {
    eframe::egui::Color32::from_gray(128).gamma_multiply(0.5)
}

fn points(losses: impl Iterator<Item = f32>, first: usize) -> Vec<[f64; 2]> {
    let steps = losses.enumerate();
    steps
        .map(|(step, loss)| [(first + step) as f64, f64::from(loss)])
        .collect()
}

fn plot(name: &str, across: &str) -> Plot<'static> {
    let unit = across.to_owned();
    Plot::new(name.to_owned())
        .custom_x_axes(vec![
            axis::hints(AxisHints::new_x()).label(across.to_owned()),
        ])
        .custom_y_axes(vec![axis::hints(AxisHints::new_y()).label("loss")])
        .x_grid_spacer(axis::across)
        .y_grid_spacer(axis::up)
        .include_x(0.0)
        .allow_scroll(false)
        .set_margin_fraction(vec2(0.02, 0.08))
        .label_formatter(move |hover| {
            let egui_plot::HoverPosition::NearDataPoint {
                plot_name,
                position,
                ..
            } = hover
            else {
                return None;
            };
            let loss = number::value(position.y as f32);
            Some(format!("{plot_name}, {unit} {:.0}: {loss}", position.x))
        })
}
