//! What parallel coordinates and the scatter matrix have in common: which features, which rows, and
//! ranges that select.

use std::collections::BTreeSet;
use std::sync::Arc;

use eframe::egui::{
    Button, DragValue, Mesh, Pos2, Rangef, Rect, Response, RichText, Role, Sense, Shape, Ui, Vec2,
    WidgetInfo, vec2,
};

use super::lasso;
use super::map_look::{BAR, Dots, DotsKey, colouring_ui};
use super::picker::Picker;
use crate::app::{Ask, Command, Drawn, FeatureRange, View, ViewCommand};
use crate::ui::keys::{self, Action};
use crate::ui::layout::PaneContext;
use crate::ui::number;

/// Features that are shown until others are chosen, and at most.
const FIRST: usize = 6;
pub(super) const MOST: usize = 12;
/// Rows that are shown, evenly taken, and those that rank first.
const EVEN: usize = 1_500;
const CANDIDATES: usize = 100;
/// Selected rows that are shown besides.
pub(super) const SELECTED: usize = 300;

/// Takes the room of a picture beside its colour bar, and says what it shows.
pub(super) fn canvas(ui: &mut Ui, room: Vec2, words: &str) -> (Rect, Response) {
    let size = vec2((room.x - BAR).max(120.0), room.y.max(90.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, words));
    (rect, response)
}

/// The chosen features, and the ranges by which rows are selected.
#[derive(Default)]
pub(in crate::ui) struct Brushing {
    /// The table with its fit that they are of.
    document: u64,
    features: Vec<usize>,
    ranges: Vec<FeatureRange>,
    /// Whether the selection by the ranges is on its way.
    is_awaited: bool,
    /// Whether the features that explain the candidate are to be shown once they are known.
    pub(in crate::ui) explains: bool,
    rows: Option<((u64, usize), Vec<usize>)>,
    /// The features that the scatter matrix had room for in the frame before.
    pub(super) fits: usize,
    /// Where a range was begun, and along which feature.
    pub(super) begun: Option<(usize, f32)>,
    /// Where a rectangle was begun, and in which cell.
    pub(super) begun_in: Option<((usize, usize), Pos2)>,
}

impl Brushing {
    /// The chosen features.
    pub(super) fn features(&self) -> &[usize] {
        &self.features
    }

    /// The range of a feature.
    pub(super) fn range(&self, feature: usize) -> Option<Rangef> {
        let range = self.ranges.iter().find(|range| range.feature == feature)?;
        Some(Rangef::new(range.low, range.high))
    }

    /// Selects the rows whose features lie in these ranges, as well as in those of other features.
    pub(super) fn set(&mut self, new: &[FeatureRange], commands: &mut Vec<Command>) {
        let of = |range: &FeatureRange| range.feature;
        self.ranges
            .retain(|range| !new.iter().map(of).any(|feature| feature == range.feature));
        self.ranges.extend(new);
        self.select(commands);
    }

    /// Takes the range of a feature away.
    pub(super) fn clear(&mut self, feature: usize, commands: &mut Vec<Command>) {
        let before = self.ranges.len();
        self.ranges.retain(|range| range.feature != feature);
        if self.ranges.len() < before {
            self.select(commands);
        }
    }

    fn select(&mut self, commands: &mut Vec<Command>) {
        self.is_awaited = !self.ranges.is_empty();
        let brush = ViewCommand::Brush(self.ranges.clone());
        commands.push(Command::View(brush));
    }

    /// Follows the table, the candidate and what is selected.
    fn follow(&mut self, pane: &mut PaneContext<'_>) {
        let (workspace, document) = (pane.workspace, pane.app.document());
        let d = workspace.dataset().n_features();
        if self.document != document || self.features.is_empty() {
            *self = Self {
                document,
                features: match workspace.explaining() {
                    best if best.is_empty() => (0..d.min(FIRST)).collect(),
                    best => best.into_iter().take(FIRST).collect(),
                },
                explains: self.explains,
                ..Self::default()
            };
        }
        if self.explains {
            pane.commands
                .extend(Command::for_panel(workspace, Ask::Why));
            let best = workspace.explaining();
            if !best.is_empty() {
                self.features = best.into_iter().take(FIRST).collect();
                self.explains = false;
            }
        }
        let held = workspace.lasso().map(|lasso| &lasso.drawn);
        let is_own = matches!(held, Some(Drawn::Ranges(ranges)) if *ranges == self.ranges);
        if is_own {
            self.is_awaited = false;
        } else if !self.is_awaited {
            // Something else was selected, or nothing.
            self.ranges.clear();
        }
    }

    /// The rows that are shown whoever is selected: evenly taken, with those that rank first.
    pub(super) fn rows(&mut self, workspace: View<'_>) -> &[usize] {
        let key = (self.document, workspace.session().revision() as usize);
        let known = self.rows.take().filter(|(of, _)| *of == key);
        let (_, rows) = self.rows.insert(known.unwrap_or_else(|| {
            let n = workspace.dataset().n_instances();
            let even = (0..n).step_by(n.div_ceil(EVEN).max(1));
            let first = workspace.listed().iter().take(CANDIDATES).copied();
            let all: BTreeSet<usize> = even.chain(first).collect();
            (key, all.into_iter().collect())
        }));
        rows
    }
}

/// The marks of all rows that are shown, made once for a place, a table and a model: thousands of
/// shapes would cost a frame.
#[derive(Default)]
pub(in crate::ui) struct PaintedRows {
    shown: Option<(Key, Arc<Mesh>)>,
}

/// What they were made of.
#[derive(PartialEq)]
struct Key {
    plot: Rect,
    features: Vec<usize>,
    model: usize,
    rows: usize,
    dots: DotsKey,
}

impl PaintedRows {
    /// The marks as they are, or as `make` makes them anew.
    pub(super) fn of(
        &mut self,
        (plot, features): (Rect, &[usize]),
        workspace: View<'_>,
        (rows, dots): (&[usize], &Dots<'_>),
        make: impl FnOnce() -> Mesh,
    ) -> Shape {
        let key = Key {
            plot,
            features: features.to_vec(),
            model: Arc::as_ptr(workspace.model()).addr(),
            rows: rows.len(),
            dots: dots.key(),
        };
        let known = self.shown.take().filter(|(of, _)| *of == key);
        let (_, mesh) = self
            .shown
            .insert(known.unwrap_or_else(|| (key, Arc::new(make()))));
        Shape::Mesh(Arc::clone(mesh))
    }
}

/// Paints what is above the picture; `most` features are shown at once, and `how` says how rows are
/// selected.
pub(super) fn head_ui(ui: &mut Ui, pane: &mut PaneContext<'_>, most: usize, how: &str) {
    let mut brushing = std::mem::take(&mut pane.kept.brushing);
    brushing.follow(pane);
    let workspace = pane.workspace;
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
            Some(place) if brushing.features.len() > 1 => {
                brushing.features.remove(place);
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
