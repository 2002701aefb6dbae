//! One picture: what the screen shows is what a file and a report show.

use glad::app::{
    App, Ask, Colouring, Command, Figure, OpenCommand, SessionCommand, Shade, Value, ViewCommand,
};
use glad::chart::{Chart, HeatChart};
use glad::detector::Settings;
use glad::evaluation::Oracle;
use glad::export::{ChartKind, SessionChart, SessionRecord, session_charts};
use glad::numeric::Unwatched;
use glad::store::{Document, SavedSession};
use glad::worker::InlineEngine;

use crate::common::toy;

/// A toy table after some answers by the truth, with all its maps.
fn answered(name: &str) -> App {
    let mut app = App::new(Box::new(InlineEngine::default()), Settings::default());
    app.apply(Command::Open(OpenCommand::Toy(toy(name))));
    let receive = |app: &mut App| (0..8).for_each(|_| app.receive());
    receive(&mut app);
    let dataset = toy(name).open();
    let oracle = Oracle::new(&dataset).expect("truth");
    for _ in 0..5 {
        let open = app.workspace().expect("a table");
        let candidate = open.selected().expect("a candidate");
        app.apply(Command::Session(SessionCommand::Answer(
            oracle.answer(candidate),
        )));
        receive(&mut app);
    }
    for ask in [Ask::RelevanceGrid, Ask::Change] {
        app.apply(Command::View(ViewCommand::Ask(ask)));
        receive(&mut app);
    }
    app
}

/// What is exported of the same session, built anew from what its file holds.
fn exported(app: &App) -> Vec<SessionChart> {
    let open = app.workspace().expect("a table");
    let fitted = open.model().fitted();
    let saved = SavedSession::of(open.session(), fitted, false);
    let document = Document::of(&saved, fitted, "it").expect("a session");
    let course = SessionRecord::of(&document, &mut Unwatched).expect("a course");
    assert!(course.is_rebuilt());
    session_charts(&course)
}

fn heat(chart: Chart) -> HeatChart {
    match chart {
        Chart::Heat(chart) => *chart,
        other => panic!("a map, not {other:?}"),
    }
}

#[test]
fn an_exported_map_is_the_one_on_the_screen() {
    // Two features, seen as they are; and more, seen on a slice through the candidate.
    for name in ["clusters", "subspaces"] {
        let app = answered(name);
        let open = app.workspace().expect("a table");
        let charts = exported(&app);
        let of = |kind| {
            let same = charts.iter().filter(move |chart| chart.kind == kind);
            same.map(|chart| heat(chart.chart.clone()))
        };
        let mut files: Vec<(Figure, HeatChart)> = Vec::new();
        files.extend(
            [Figure::default(), Figure::Baseline]
                .into_iter()
                .zip(of(ChartKind::ScoreMap)),
        );
        let layers = (0..).map(|layer| Figure::Member(layer, Value::Relevance));
        files.extend(layers.zip(of(ChartKind::Relevance)));
        let change = charts.iter().find(|chart| chart.stem == "07-change-map");
        let change = change.expect("a change").chart.clone();
        files.push((Figure::Change, heat(change)));
        assert!(files.len() > 4, "{name}");
        for (figure, file) in files {
            let screen = heat(open.drawing().chart(figure).expect("a figure"));
            assert!(file.values == screen.values, "{name}: values of {figure:?}");
            assert!(file.lines == screen.lines, "{name}: lines of {figure:?}");
            assert_eq!(file.levels, screen.levels, "{name}: {figure:?}");
            assert_eq!(file.scale, screen.scale, "{name}: {figure:?}");
            assert_eq!((&file.x, &file.y), (&screen.x, &screen.y));
            // All else too, but for its heading and its size in pixels.
            let resized = HeatChart {
                title: screen.title,
                side: screen.side,
                ..file
            };
            assert!(resized.marks == screen.marks && resized.threshold == screen.threshold);
            assert_eq!(resized.arrow, screen.arrow);
        }
    }
}

#[test]
fn what_the_window_paints_is_what_its_chart_holds() {
    let app = answered("clusters");
    let open = app.workspace().expect("a table");
    let map = open.map().expect("a map");
    let chart = heat(open.drawing().chart(Figure::default()).expect("a figure"));
    assert_eq!(chart.values, map.surface.values);
    let [low, high] = map.range;
    assert_eq!(chart.scale, glad::chart::Scale::Sequential { low, high });
    assert_eq!(chart.lines.len(), map.lines.len());
    let relevance_grid = open.relevance_map().expect("relevance maps");
    assert!(
        relevance_grid.map.surface == map.surface,
        "the small maps of both scores are those of the large one"
    );
}

#[test]
fn the_map_is_saved_in_the_colours_that_it_has_on_the_screen() {
    let app = answered("subspaces");
    let open = app.workspace().expect("a table");
    let map = open.map().expect("a map");
    let chart = |colouring| {
        heat(
            open.drawing()
                .chart(Figure::Map(colouring))
                .expect("a figure"),
        )
    };
    let surface = chart(Colouring::Surface);
    // Every row is counted once.
    let density = chart(Colouring::Density);
    let rows: f32 = (density.values.iter())
        .map(|value| 10_f32.powf(*value) - 1.0)
        .sum();
    let n = open.dataset().n_instances();
    assert!((rows - n as f32).abs() < 0.5, "{rows} of {n} rows");
    for shade in [Shade::Score, Shade::Feature(1), Shade::Member(0)] {
        let chart = chart(Colouring::Shade(shade));
        assert!(chart.values.is_empty() && chart.points.len() > n / 4);
        let [low, high] = open.shade_range(shade);
        assert_eq!(chart.scale, glad::chart::Scale::Sequential { low, high });
        assert_eq!(chart.value_label, open.shade_name(shade));
        for point in &chart.points {
            let is_it = |row: &usize| map.locations[*row].map(f64::from) == point.at;
            let row = (0..n).find(is_it).expect("a row is there");
            assert_eq!(Some(point.value), open.shade_of(shade, row));
        }
        assert_eq!(chart.csv().lines().count(), chart.points.len() + 1);
        assert_eq!((&chart.lines, &chart.x), (&surface.lines, &surface.x));
    }
    let answers = chart(Colouring::Answer);
    assert_eq!(answers.marks, surface.marks);
    assert!(answers.values.is_empty() && answers.csv().contains(",anomaly\n"));
}
