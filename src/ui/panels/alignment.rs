//! Two sequences beside each other: how their moments lie to each other, and their curves aligned.

use eframe::egui::{Id, Label, RichText, Role, ScrollArea, Sense, TextureId, Ui, WidgetInfo, vec2};
use egui_plot::{AxisHints, Line, LineStyle, Plot, PlotImage, PlotPoint};

use super::curves::{named, nearest};
use super::legend::legend_ui;
use super::map_look::gradient;
use super::title::name;
use crate::app::{Ask, ChannelCurve, Command, PairAlignment, View};
use crate::ui::sequences::{Sequences, curves, visible};
use crate::ui::{colours, number};

/// Width and height of the matrix.
const SIDE: f32 = 250.0;

/// Height of the chart of a channel.
const HEIGHT: f32 = 96.0;

/// Channels that are shown.
const CHANNELS: usize = 6;

/// Paints the candidate and another sequence: the distances of their moments with the path through
/// them, and the curves of both, the other one in the time of the candidate.
pub(super) fn alignment_ui(
    ui: &mut Ui,
    workspace: View<'_>,
    kept: &mut Sequences,
    current: usize,
    commands: &mut Vec<Command>,
) {
    let Some(other) = workspace.beside_candidate() else {
        return;
    };
    let own = curves(workspace, current, false, commands);
    let second = curves(workspace, other, false, commands);
    commands.extend(Command::for_panel(workspace, Ask::Alignment));
    let heads = [name(workspace, current), name(workspace, other)];
    let Some(aligned) = workspace.aligned() else {
        ui.horizontal(|ui| {
            ui.spinner();
            ui.label("aligning the two sequences");
        });
        return;
    };
    let texture = kept.texture(ui.ctx(), aligned).id();
    let text = format!(
        "The nearest moments of {} in {} are in its order with Kendall's τ {:.2}; 1 is the same order, −1 the opposite one",
        heads[0], heads[1], aligned.tau
    );
    ui.add(Label::new(text).wrap());
    let area = ScrollArea::vertical().id_salt("aligned").auto_shrink(false);
    area.show(ui, |ui| {
        matrix_ui(ui, aligned, texture, &heads);
        let (Some(own), Some(second)) = (own, second) else {
            return;
        };
        legend_ui(
            ui,
            &[
                (heads[0].as_str(), colours::OWN, LineStyle::Solid),
                (
                    heads[1].as_str(),
                    colours::ORACLE,
                    LineStyle::dashed_loose(),
                ),
            ],
        );
        let channels = own.channels.iter().zip(&second.channels);
        for (own, second) in channels.take(CHANNELS) {
            channel_ui(ui, aligned, own, second, &heads);
        }
    });
}

fn matrix_ui(ui: &mut Ui, aligned: &PairAlignment, texture: TextureId, heads: &[String; 2]) {
    let alignment = &aligned.alignment;
    let last = |moments: &[usize]| moments.last().copied().unwrap_or(0) as f64;
    let (up, across) = (last(&alignment.rows), last(&alignment.columns));
    let path: Vec<[f64; 2]> = alignment
        .path
        .iter()
        .map(|&(row, column)| [alignment.columns[column] as f64, alignment.rows[row] as f64])
        .collect();
    ui.horizontal(|ui| {
        let plotted = Plot::new("alignment matrix")
            .width(SIDE)
            .height(SIDE)
            .custom_x_axes(vec![
                AxisHints::new_x().label(format!("moment of {}", heads[1])),
            ])
            .custom_y_axes(vec![
                AxisHints::new_y().label(format!("moment of {}", heads[0])),
            ])
            .allow_scroll(false)
            .allow_drag(false)
            .show_grid(false)
            .show(ui, |plot| {
                let middle = PlotPoint::new(across / 2.0, up / 2.0);
                let size = vec2(across as f32 + 1.0, up as f32 + 1.0);
                let image = PlotImage::new("distances", texture, middle, size);
                plot.image(image.allow_hover(false));
                plot.line(Line::new("path", path).color(colours::CURRENT).width(2.0));
            });
        let words = format!(
            "Distances of the moments of {} to those of {} in the embedding, dark for near, with the monotone path of least distance",
            heads[0], heads[1]
        );
        named(ui, &plotted, &words, |at| {
            let nearest = |moments: &[usize], at: f64| {
                let after = moments.partition_point(|&moment| (moment as f64) < at - 0.5);
                after.min(moments.len().saturating_sub(1))
            };
            let row = nearest(&alignment.rows, at.y);
            let column = nearest(&alignment.columns, at.x);
            let distance = alignment.distances.get([row, column])?;
            Some(format!(
                "moments {} and {}\ndistance {}",
                alignment.rows[row] + 1,
                alignment.columns[column] + 1,
                number::value(*distance)
            ))
        });
        scale_ui(ui, aligned.most);
    });
}

/// The colours of the distances.
fn scale_ui(ui: &mut Ui, most: f32) {
    ui.vertical(|ui| {
        ui.label(RichText::new(number::value(most)).weak());
        let (rect, response) = ui.allocate_exact_size(vec2(14.0, SIDE - 60.0), Sense::hover());
        let words = format!(
            "Colours of the distance of two moments in the embedding: from 0 to {}, the largest of this pair",
            number::value(most)
        );
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &words));
        ui.painter().add(gradient(rect));
        response.on_hover_text(words);
        ui.label(RichText::new("0").weak());
        ui.label(RichText::new("distance").weak());
    });
}

/// A channel of both: that of the other one is moved to the moments to which the path leads.
fn channel_ui(
    ui: &mut Ui,
    aligned: &PairAlignment,
    own: &ChannelCurve,
    second: &ChannelCurve,
    heads: &[String; 2],
) {
    let alignment = &aligned.alignment;
    let values = second.own.points();
    let moved: Vec<[f64; 2]> = alignment
        .rows
        .iter()
        .zip(alignment.course())
        .filter_map(|(&moment, phase)| {
            let value = values.get(phase.round() as usize)?;
            Some([moment as f64, value[1]])
        })
        .collect();
    let group = Id::unique("aligned channels");
    let plotted = Plot::new(("aligned channel", own.name.clone()))
        .height(HEIGHT)
        .custom_x_axes(vec![
            AxisHints::new_x().label(format!("moment of {}", heads[0])),
        ])
        .custom_y_axes(vec![AxisHints::new_y().label(own.name.clone())])
        .link_axis(group, [true, false])
        .link_cursor(group, [true, false])
        .allow_scroll(false)
        .show(ui, |plot| {
            let points = visible(plot, &own.own);
            plot.line(Line::new(&heads[0], points).color(colours::OWN).width(1.6));
            plot.line(
                Line::new(&heads[1], moved)
                    .color(colours::ORACLE)
                    .style(LineStyle::dashed_loose()),
            );
        });
    let words = format!(
        "{} of {} and, aligned with it, of {}",
        own.name, heads[0], heads[1]
    );
    named(ui, &plotted, &words, |at| {
        let [moment, value] = nearest(own.own.points(), at.x)?;
        let value = number::value(value as f32);
        Some(format!("moment {moment:.0}\n{}: {value}", own.name))
    });
}
