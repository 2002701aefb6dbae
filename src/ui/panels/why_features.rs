//! The candidate's values beside the table, by their share of the explanation.

use eframe::egui::{
    Align, Align2, FontId, Label, Layout, Rect, RichText, Role, Sense, TextStyle, Ui, WidgetInfo,
    vec2,
};

use super::title::title;
use crate::app::{Explained, View, Why};
use crate::ui::sketch::Distribution;
use crate::ui::{colours, elide, number};

/// Features that are shown before the others are asked for.
const FIRST: usize = 12;

/// Paints a strip for each feature.
pub(super) fn features_ui(ui: &mut Ui, workspace: View<'_>, why: &Why) {
    title(
        ui,
        "Its values beside the table, by share of the explanation",
        "The share says how strongly a feature enters what the members see of this candidate, weighed by their contributions s·p; shares add up to 100 %. Each strip is the table's distribution (heights are square roots of counts) with the median ticked and the candidate marked. Quantile: the fraction of instances with a lower value; near 0 or 100 % is unusual and marked with !.",
    );
    let all = ui.data_mut(|data| {
        *data.get_temp_mut_or_default::<bool>(eframe::egui::Id::unique("all features"))
    });
    let values = workspace.explained_values(why);
    let count = if all { values.len() } else { FIRST };
    for value in values.iter().take(count) {
        match *value {
            Explained::Number { feature, share } => {
                feature_ui(ui, workspace, why.instance, feature, share);
            }
            Explained::Category { column, .. } => category_ui(ui, column, *value),
        }
    }
    if values.len() > FIRST {
        let text = match all {
            true => format!("Show the first {FIRST} only"),
            false => format!("Show all {} features", number::count(values.len())),
        };
        let tip = "By their share of the explanation, the largest first";
        if ui.button(text).on_hover_text(tip).clicked() {
            ui.data_mut(|data| data.insert_temp(eframe::egui::Id::unique("all features"), !all));
        }
    }
}

fn feature_ui(ui: &mut Ui, workspace: View<'_>, instance: usize, feature: usize, share: f32) {
    let row = workspace.feature(instance, feature);
    let bins = workspace.columns()[feature].bins();
    let unusual = row.quantile < 0.025 || row.quantile > 0.975;
    let mark = if unusual { " !" } else { "" };
    ui.horizontal(|ui| {
        let width = ui.available_width();
        let height = 30.0;
        ui.allocate_ui_with_layout(vec2(width * 0.34, height), Layout::top_down(Align::LEFT), |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            let font = TextStyle::Body.resolve(ui.style());
            let short = elide::middle(ui.painter(), &row.name, &font, ui.available_width() - 6.0);
            ui.add(Label::new(RichText::new(short).strong()).truncate())
                .on_hover_text(row.name.as_ref());
            share_bar(ui, share, &row.name);
        });
        let words = format!(
            "{}: value {}, median {}, quantile {}{mark}, {} of the explanation; the table goes from {} to {}",
            row.name,
            number::value(row.value),
            number::value(row.median),
            number::percent(row.quantile),
            number::percent(f64::from(share)),
            number::value(bins.low),
            number::value(bins.high()),
        );
        let shown = Distribution {
            low: bins.low,
            width: bins.width,
            counts: &bins.counts,
            at: row.value,
            tick: Some(row.median),
        };
        shown.show(ui, vec2(width * 0.34, height), &words);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            let value = RichText::new(number::value(row.value)).monospace();
            ui.label(if unusual { value.strong() } else { value });
            let usual = format!("{}{mark} · med {}", number::percent(row.quantile), number::value(row.median));
            // On two lines where there is no room: a number that is cut off is another one.
            ui.add(Label::new(RichText::new(usual).size(11.0).weak()).wrap());
        });
    });
}

/// A category as one value, whatever number of features it makes.
fn category_ui(ui: &mut Ui, column: &str, explained: Explained<'_>) {
    let Explained::Category {
        value, rows, share, ..
    } = explained
    else {
        return;
    };
    let mark = if rows < 0.025 { " !" } else { "" };
    let words = format!(
        "{column} = {value} ({} of rows){mark}, {} of the explanation",
        number::percent(rows),
        number::percent(f64::from(share))
    );
    ui.horizontal(|ui| {
        let (width, height) = (ui.available_width(), 30.0);
        let size = vec2(width * 0.34, height);
        ui.allocate_ui_with_layout(size, Layout::top_down(Align::LEFT), |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            let font = TextStyle::Body.resolve(ui.style());
            let short = elide::middle(ui.painter(), column, &font, ui.available_width() - 6.0);
            ui.add(Label::new(RichText::new(short).strong()).truncate())
                .on_hover_text(column);
            share_bar(ui, share, column);
        });
        let text = format!("= {value} ({} of rows){mark}", number::percent(rows));
        ui.add(Label::new(text).wrap()).on_hover_text(words);
    });
}

fn share_bar(ui: &mut Ui, share: f32, name: &str) {
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width() - 6.0, 11.0), Sense::hover());
    let text = number::percent(f64::from(share));
    let words = format!("{name}: {text} of the explanation");
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &words));
    let painter = ui.painter();
    painter.rect_filled(rect, 1.0, ui.visuals().faint_bg_color);
    let bar = Rect::from_min_size(
        rect.min,
        vec2(rect.width() * share.clamp(0.0, 1.0), rect.height()),
    );
    painter.rect_filled(bar, 1.0, colours::PRODUCT);
    painter.text(
        rect.right_center(),
        Align2::RIGHT_CENTER,
        text,
        FontId::proportional(10.0),
        ui.visuals().text_color(),
    );
    response.on_hover_text(words);
}
