//! Views of the table beside the map, without pixels.

use glad::app::{
    App, Ask, Command, Drawn, FeatureRange, OpenCommand, Shade, Space, View, ViewCommand, Viewpoint,
};
use glad::detector::Settings;
use glad::worker::InlineEngine;

use crate::common::toy;

fn app(name: &str) -> App {
    let mut app = App::new(Box::new(InlineEngine::default()), Settings::default());
    app.apply(Command::Open(OpenCommand::Toy(toy(name))));
    settle(&mut app);
    app
}

fn settle(app: &mut App) {
    for _ in 0..30 {
        app.receive();
    }
}

fn workspace(app: &App) -> View<'_> {
    app.workspace().expect("a table")
}

#[test]
fn one_wish_shows_the_two_features_that_explain_the_candidate() {
    let mut app = app("subspaces");
    assert_eq!(workspace(&app).viewpoint(), Viewpoint::Principal);
    app.apply(Command::View(ViewCommand::Explaining));
    settle(&mut app);
    let (why, is_present) = workspace(&app).why().expect("an explanation");
    assert!(is_present);
    let [first, second] = [0, 1].map(|place| why.features[place].feature);
    let expected = Viewpoint::Features(first, second);
    assert_eq!(workspace(&app).viewpoint(), expected);
    let map = workspace(&app).map().expect("a map");
    assert_eq!(map.viewpoint, expected);
}

#[test]
fn the_map_is_not_turned_for_a_row_that_was_left() {
    let mut app = app("subspaces");
    let next = workspace(&app).listed()[1];
    app.apply(Command::View(ViewCommand::Explaining));
    app.apply(Command::View(ViewCommand::Select(next)));
    settle(&mut app);
    assert_eq!(workspace(&app).viewpoint(), Viewpoint::Principal);
    // Nor by a later explanation.
    let ask = Command::for_panel(workspace(&app), Ask::Why).expect("asked for");
    app.apply(ask);
    settle(&mut app);
    assert_eq!(workspace(&app).viewpoint(), Viewpoint::Principal);
}

#[test]
fn ranges_select_the_rows_that_meet_all_of_them() {
    let mut app = app("subspaces");
    let ranges = vec![
        FeatureRange {
            feature: 0,
            low: -0.5,
            high: 1.0,
        },
        FeatureRange {
            feature: 3,
            low: 0.0,
            high: 9.0,
        },
    ];
    app.apply(Command::View(ViewCommand::Brush(ranges.clone())));
    settle(&mut app);
    let open = workspace(&app);
    let features = open.dataset().features();
    let meets = |row: &usize| {
        let [a, b] = [0, 3].map(|feature| features[[*row, feature]]);
        (-0.5..=1.0).contains(&a) && (0.0..=9.0).contains(&b)
    };
    let expected: Vec<usize> = (0..open.dataset().n_instances()).filter(meets).collect();
    let lasso = open.lasso().expect("a selection");
    assert!(expected.len() > 20 && lasso.instances == expected);
    assert!(matches!(&lasso.drawn, Drawn::Ranges(drawn) if *drawn == ranges));
    assert!(lasso.holds(expected[3]));
    let ranks: Vec<usize> = lasso
        .ranked
        .iter()
        .map(|&row| open.model().rank_of(row))
        .collect();
    assert!(ranks.is_sorted());
    app.apply(Command::View(ViewCommand::Brush(Vec::new())));
    settle(&mut app);
    assert!(workspace(&app).lasso().is_none());
}

#[test]
fn rows_are_laid_out_in_the_background_and_selected_by_a_line() {
    let mut app = app("clusters");
    assert!(workspace(&app).embedding().is_none());
    app.apply(Command::View(ViewCommand::Embed(Space::Scores)));
    assert!(workspace(&app).is_embedding());
    settle(&mut app);
    let open = workspace(&app);
    assert!(!open.is_embedding());
    let embedding = open.embedding().expect("places");
    assert_eq!(embedding.space, Space::Scores);
    let n = open.dataset().n_instances();
    assert_eq!(embedding.instances, (0..n).collect::<Vec<usize>>());
    let all = vec![[-1e4, -1e4], [1e4, -1e4], [1e4, 1e4], [-1e4, 1e4]];
    app.apply(Command::View(ViewCommand::LassoEmbedded(all)));
    settle(&mut app);
    let lasso = workspace(&app).lasso().expect("a selection");
    assert_eq!(lasso.instances.len(), n);
}

#[test]
fn every_row_is_counted_in_one_cell_of_the_map() {
    let app = app("clusters");
    let map = workspace(&app).map().expect("a map");
    let rows: u32 = map.density.iter().sum();
    assert_eq!(rows as usize, workspace(&app).dataset().n_instances());
    assert_eq!(map.density.len(), map.surface.values.len());
}

#[test]
fn rows_have_a_number_for_their_colour() {
    let app = app("clusters");
    let open = workspace(&app);
    let best = open.model().top(1)[0];
    let [_, high] = open.shade_range(Shade::Score);
    assert_eq!(open.shade_of(Shade::Score, best), Some(high));
    let value = open.dataset().features()[[best, 1]];
    assert_eq!(open.shade_of(Shade::Feature(1), best), Some(value));
    let member = open.model().fitted().member_scores()[[best, 0]];
    assert_eq!(open.shade_of(Shade::Member(0), best), Some(member));
    assert_eq!(open.shade_of(Shade::Feature(99), best), None);
    assert!(open.shade_name(Shade::Member(0)).starts_with("score of "));
}
