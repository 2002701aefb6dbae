//! What stands above parallel coordinates and the scatter matrix: which features, which rows, and
//! ranges that select.

use eframe::egui::{
    Button, DragValue, Rangef, Rect, Response, RichText, Role, Sense, Ui, Vec2, WidgetInfo, vec2,
};

use super::brushed::{Brushing, MOST};
use super::lasso;
use super::map_look::{BAR, colouring_ui};
use super::picker::Picker;
use crate::app::{Command, FeatureRange, View};
use crate::ui::keys::{self, Action};
use crate::ui::layout::PaneContext;
use crate::ui::number;

/// Selected rows that are shown besides.
pub(super) const SELECTED: usize = 300;

/// Takes the room of a picture beside its colour bar, and says what it shows.
pub(super) fn canvas(ui: &mut Ui, room: Vec2, words: &str) -> (Rect, Response) {
    let size = vec2((room.x - BAR).max(120.0), room.y.max(90.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, words));
    (rect, response)
}

/// Paints what is above the picture; `most` features are shown at once, and `how` says how rows are
/// selected.
pub(super) fn head_ui(ui: &mut Ui, pane: &mut PaneContext<'_>, most: usize, how: &str) {
    let mut brushing = std::mem::take(&mut pane.kept.brushing);
    let workspace = pane.workspace;
    brushing.follow(pane.app.document(), workspace, pane.commands);
    ui.horizontal_wrapped(|ui| {
        features_ui(ui, workspace, &mut brushing);
        colouring_ui(ui, workspace, &mut pane.kept.look, true);
    });
    let (shown, all) = (
        brushing.rows(workspace).len(),
        workspace.dataset().n_instances(),
    );
    let rows = match shown < all {
        true => format!(
            "{} of {} rows are drawn: evenly taken, and those that rank first. {how} What is drawn selects among all.",
            number::count(shown),
            number::count(all)
        ),
        false => how.to_owned(),
    };
    let hidden = brushing.features.len().saturating_sub(most);
    let rest = match hidden {
        0 => String::new(),
        1 => " 1 further feature has no room.".to_owned(),
        more => format!(" {more} further features have no room."),
    };
    ui.label(RichText::new(rows + &rest).weak());
    ranges_ui(ui, workspace, &mut brushing, pane.commands);
    lasso::selection_ui(ui, workspace, pane.commands);
    pane.kept.brushing = brushing;
}

fn features_ui(ui: &mut Ui, workspace: View<'_>, brushing: &mut Brushing) {
    let names = workspace.dataset().feature_names();
    let shown = number::many(brushing.features.len(), "feature", "features");
    let picker = Picker {
        name: "Features",
        shown: &shown,
        width: 120.0,
        tip: "Choose the features that are shown, up to 12",
        count: names.len(),
        of: &|at| names[at].as_str().into(),
        is_chosen: &|at| brushing.features.contains(&at),
    };
    if let Some(at) = picker.show(ui, true) {
        match brushing.features.iter().position(|shown| *shown == at) {
            Some(index) if brushing.features.len() > 1 => {
                brushing.features.remove(index);
            }
            None if brushing.features.len() < MOST => brushing.features.push(at),
            // One is left, and no more than fit.
            _ => {}
        }
    }
    let action = Action::AxesExplaining;
    let tip = format!("{} ({})", keys::meaning(action), keys::name(action));
    let is_there = workspace.selected().is_some();
    let button = ui.add_enabled(is_there, Button::new("Explaining"));
    if button.on_hover_text(tip).clicked() {
        brushing.explains = true;
    }
}

/// The ranges as numbers, to be read, typed and taken away.
fn ranges_ui(
    ui: &mut Ui,
    workspace: View<'_>,
    brushing: &mut Brushing,
    commands: &mut Vec<Command>,
) {
    let names = workspace.dataset().feature_names();
    ui.horizontal_wrapped(|ui| {
        let picker = Picker {
            name: "Select by",
            shown: "a range…",
            width: 120.0,
            tip: "Select rows by a range of a feature, typed in numbers",
            count: names.len(),
            of: &|at| names[at].as_str().into(),
            is_chosen: &|at| brushing.range(at).is_some(),
        };
        ui.label("Select by");
        if let Some(feature) = picker.show(ui, false) {
            let [low, high] = workspace.columns()[feature].most();
            brushing.set(&[FeatureRange { feature, low, high }], commands);
        }
        let mut changed = None;
        let mut gone = None;
        for range in &brushing.ranges {
            let mut new = *range;
            let name = names[range.feature].as_str();
            let step = workspace.columns()[range.feature].bins().width;
            let label = ui.label(short(name)).on_hover_text(name);
            for (end, words) in [(&mut new.low, "lowest"), (&mut new.high, "highest")] {
                let field = DragValue::new(end).speed(step);
                let field = ui.add(field).labelled_by(label.id);
                field.on_hover_text(format!("The {words} {name} that is selected"));
            }
            if new != *range {
                changed = Some(new);
            }
            let tip = format!("Select whatever the {name}");
            if ui.small_button("×").on_hover_text(tip).clicked() {
                gone = Some(range.feature);
            }
        }
        if let Some(new) = changed {
            brushing.set(&[new], commands);
        }
        if let Some(feature) = gone {
            brushing.clear(feature, commands);
        }
    });
}

/// A name that leaves room for others.
fn short(name: &str) -> String {
    const LETTERS: usize = 18;
    match name.chars().count() > LETTERS {
        true => name.chars().take(LETTERS - 1).chain(['…']).collect(),
        false => name.to_owned(),
    }
}

/// The ends of a feature's axis: the whole of its column, and a hair beside it.
pub(super) fn axis(workspace: View<'_>, feature: usize) -> Rangef {
    let bins = workspace.columns()[feature].bins();
    let (low, high) = (bins.low, bins.high());
    let hair = 0.02 * (high - low);
    Rangef::new(low - hair, high + hair)
}

/// The numbers along an axis: the lowest of the column, the highest, and the middle between them.
pub(super) fn labels(workspace: View<'_>, feature: usize) -> [(f32, String); 3] {
    let bins = workspace.columns()[feature].bins();
    let (low, high) = (bins.low, bins.high());
    [low, f32::midpoint(low, high), high].map(|at| (at, number::value(at)))
}
