//! The discovery curve.

use eframe::egui::{Rangef, RichText, Ui};
use egui_plot::{AxisHints, Corner, Legend, Line, LineStyle, Plot, PlotPoints};

use crate::app::Workspace;
use crate::ui::colours;

/// Paints anomalies found against queries spent, with the baseline's curve.
pub(in crate::ui) fn discovery_ui(ui: &mut Ui, workspace: &Workspace) {
    let (session, baseline) = (workspace.curve(), workspace.baseline());
    let found = session.last().copied().unwrap_or(0);
    ui.horizontal(|ui| {
        ui.label(RichText::new("Discovery curve").strong());
        ui.label(
            RichText::new(format!(
                "{found} anomalies found with {} queries",
                session.len()
            ))
            .weak(),
        );
    });
    let baseline_name = if workspace.baseline_knows_truth() {
        "baseline (no feedback)"
    } else {
        "baseline, of those labelled"
    };
    let end = session.len().max(10) as f64;
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
        .include_x(end)
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
