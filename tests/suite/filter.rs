//! Conditions on rows: what they find, and what is said of those that are none.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;

use glad::dataset::{Dataset, ReadOptions, read_path};
use glad::detector::{Model, Settings};
use glad::filter::{Field, Fields, Filter, Rows, ordered};
use glad::session::{Action, Answer, Confidence, Reply, Session, Tag};

use crate::common::{clusters, fit};

const COUNTRIES: [&str; 3] = ["DE", "NO", "SE"];

/// 60 rows: the amount is ten times the place, the score column falls, and countries take turns.
fn table() -> Arc<Dataset> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("t.csv");
    let mut text = String::from("customer,amount,unit price,score,country\n");
    for row in 0..60 {
        text += &format!(
            "c-{row},{},{},{},{}\n",
            row * 10,
            f64::from(row * 7 % 11) / 10.0,
            100 - row,
            COUNTRIES[row as usize % 3]
        );
    }
    fs::write(&path, text).expect("a file");
    let options = ReadOptions {
        id: glad::dataset::ColumnChoice::Named("customer".into()),
        ..ReadOptions::default()
    };
    Arc::new(read_path(&path, &options).expect("a table"))
}

struct World {
    model: Model,
    fields: Fields,
    replies: BTreeMap<usize, Reply>,
}

impl World {
    fn new() -> Self {
        let dataset = table();
        let fitted = fit(&dataset, &Settings::default());
        let names = fitted.ensemble().names(dataset.feature_names());
        Self {
            fields: Fields::new(&dataset, names),
            model: Model::primed(&fitted),
            replies: [
                (3, Reply::tagged(Tag::ALL[1], Confidence::Sure)),
                (4, Answer::Nominal.into()),
            ]
            .into(),
        }
    }

    fn rows(&self) -> Rows<'_> {
        Rows {
            fields: &self.fields,
            model: &self.model,
            replies: &self.replies,
            ranks: None,
            leading: None,
        }
    }

    fn find(&self, text: &str) -> Vec<usize> {
        let filter = Filter::read(text, &self.fields);
        let filter = filter.unwrap_or_else(|mistake| panic!("{text}: {mistake}"));
        let filter = filter.expect("a condition");
        let rows = self.rows();
        (0..60).filter(|&row| filter.holds(&rows, row)).collect()
    }

    /// What is wrong with a condition, and the text that is said to be.
    fn mistake<'a>(&self, text: &'a str) -> (&'a str, String) {
        let mistake = Filter::read(text, &self.fields).expect_err(text);
        (&text[mistake.at], mistake.sentence)
    }
}

fn where_(holds: impl Fn(usize) -> bool) -> Vec<usize> {
    (0..60).filter(|&row| holds(row)).collect()
}

#[test]
fn conditions_find_what_they_say() {
    let world = World::new();
    let scores = world.model.scores();
    let price = |row: usize| (row * 7 % 11) as f32 / 10.0;
    for (text, expected) in [
        (
            "amount > 400 and country = \"NO\"",
            where_(|row| row > 40 && row % 3 == 1),
        ),
        (
            "AMOUNT>400 && country=NO",
            where_(|row| row > 40 && row % 3 == 1),
        ),
        ("400 < amount", where_(|row| row > 40)),
        ("amount <= 20 or amount >= 580", vec![0, 1, 2, 58, 59]),
        ("amount = 10 or amount = 20 and country = DE", vec![1]),
        ("(amount = 10 or amount = 20) and country = SE", vec![2]),
        ("not (amount > 20)", vec![0, 1, 2]),
        ("`unit price` = 0.7", where_(|row| price(row) == 0.7)),
        ("`unit price` != 0.7", where_(|row| price(row) != 0.7)),
        ("amount < `score`", where_(|row| row * 10 < 100 - row)),
        ("`country=NO` > 0.5", where_(|row| row % 3 == 1)),
        ("country contains o", where_(|row| row % 3 == 1)),
        ("country in (\"NO\", SE) and amount < 50", vec![1, 2, 4]),
        ("country not in (NO, SE) and amount < 50", vec![0, 3]),
        ("amount in (0, 590)", vec![0, 59]),
        ("id = c-7", vec![7]),
        ("customer = 'c-7'", vec![7]),
        ("id contains C-5", where_(|row| row == 5 || row / 10 == 5)),
        ("answer = anomaly", vec![3]),
        ("answer != none", vec![3, 4]),
        ("answer in (nominal, skip)", vec![4]),
        ("rank <= 1", world.model.top(1)),
        ("@score >= 1", where_(|row| scores[row] >= 1.0)),
        ("NO and amount < 50", vec![1, 4]),
        ("c-12", vec![12]),
        ("590", vec![59]),
        (
            "0.7 and amount < 300",
            where_(|row| row < 30 && price(row) == 0.7),
        ),
    ] {
        assert_eq!(world.find(text), expected, "{text}");
    }
    assert!(Filter::read("  ", &world.fields).expect("none").is_none());
}

#[test]
fn members_are_a_field_too() {
    let world = World::new();
    let names = world
        .model
        .fitted()
        .ensemble()
        .names(world.model.fitted().dataset().feature_names());
    let first = world.model.most_relevant(0);
    let text = format!("member = \"{}\"", names[first].replace('"', "\"\""));
    assert_eq!(
        world.find(&text),
        where_(|row| world.model.most_relevant(row) == first)
    );
}

#[test]
fn mistakes_are_told_in_their_place() {
    let world = World::new();
    for (text, place, words) in [
        ("amuont > 3", "amuont", "Is amount meant?"),
        ("amount > tea", "tea", "no column tea"),
        ("amount > \"3\"", "\"3\"", "holds numbers"),
        ("amount > 1,000", ",", "without, such as 1000"),
        ("amount >", "", "is missing"),
        ("amount > 3 country = NO", "country", "join the next one"),
        (
            "country = \"Norway\"",
            "\"Norway\"",
            "it is one of: DE, NO, SE",
        ),
        ("country > NO", ">", "holds texts"),
        ("amount contains 3", "contains", "holds numbers"),
        (
            "answer = yes",
            "yes",
            "anomaly, nominal, unsure, skip, none",
        ),
        ("score > 3", "score", "write `score`"),
        ("`tea` > 3", "`tea`", "no column tea"),
        ("(amount > 3", "(", "not closed"),
        ("amount > 3)", ")", "closes nothing"),
        ("amount in 3", "3", "comes a list"),
        ("amount in (3", "", "comma or the )"),
        ("country = \"NO", "\"NO", "not closed"),
        ("3 > 4", "3", "Neither side"),
        ("amount", "amount", "is a column"),
        ("and", "and", "is missing"),
        ("amount not 3", "not", "x not in"),
    ] {
        let (found, sentence) = world.mistake(text);
        assert_eq!(found, place, "{text}: {sentence}");
        assert!(sentence.contains(words), "{text}: {sentence}");
    }
    let deep = "(".repeat(5_000);
    assert!(world.mistake(&deep).1.contains("nested"));
    let nots = "not ".repeat(5_000);
    assert!(world.mistake(&nots).1.contains("nested"));
}

#[test]
fn rows_are_put_in_order_and_equals_keep_theirs() {
    let world = World::new();
    let rows = world.rows();
    let by = |field, descending| ordered(&rows, (0..12).collect(), field, descending);
    let country = Field::Category(0);
    assert_eq!(by(country, false), [0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11]);
    assert_eq!(by(country, true), [2, 5, 8, 11, 1, 4, 7, 10, 0, 3, 6, 9]);
    assert_eq!(
        by(Field::Number(0), true),
        (0..12).rev().collect::<Vec<_>>()
    );
    // Texts, one letter after the other: c-1, c-10, c-11, c-2.
    assert_eq!(by(Field::Id, false)[1..4], [1, 10, 11]);
    assert_eq!(by(Field::Answer, false)[..2], [3, 4]);
    assert_eq!(by(Field::Tag, true)[0], 3, "\"tag 2\" before \"none\"");
}

#[test]
fn tags_are_asked_for_by_the_names_that_the_analyst_gives_them() {
    let mut world = World::new();
    let found = |world: &World, text: &str| {
        let filter = Filter::read(text, &world.fields).map(|filter| filter.expect("a condition"));
        let rows = world.rows();
        filter.map(|filter| (0..12).filter(|&row| filter.holds(&rows, row)).collect())
    };
    let three: Vec<usize> = vec![3];
    assert_eq!(found(&world, "tag = \"tag 2\"").as_ref(), Ok(&three));
    let mut session = Session::new(Arc::clone(clusters().primed()), 1);
    let name = "leak".to_owned();
    let tag = Tag::ALL[1];
    assert!(session.act(Action::NameTag { tag, name }, None));
    assert!(world.fields.name_tags(&session.tag_names()));
    assert!(!world.fields.name_tags(&session.tag_names()), "nothing new");
    assert_eq!(found(&world, "tag = leak").as_ref(), Ok(&three));
    assert_eq!(found(&world, "@tag contains lea").as_ref(), Ok(&three));
    assert_eq!(found(&world, "tag != none").as_ref(), Ok(&three));
    assert!(
        found(&world, "tag = \"tag 2\"").is_err(),
        "it is called otherwise"
    );
    // A name is that of one tag, and none is that of no tag.
    for (tag, name) in [(Tag::ALL[0], "Leak"), (Tag::ALL[0], "None"), (tag, "tag 5")] {
        let name = name.to_owned();
        assert!(!session.act(Action::NameTag { tag, name }, None));
    }
}

mod any_text {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

        /// Whatever is typed is read or refused, and the place of a mistake is one of the text.
        #[test]
        fn is_read_or_refused_in_its_place(
            text in "(amount|country|score|NO|and|or|not|in|contains|[<>=!()`\"',å1.\\- ]){0,12}"
        ) {
            static WORLD: std::sync::LazyLock<World> = std::sync::LazyLock::new(World::new);
            match Filter::read(&text, &WORLD.fields) {
                Ok(Some(filter)) => {
                    let rows = WORLD.rows();
                    let found = (0..60).filter(|&row| filter.holds(&rows, row)).count();
                    prop_assert!(found <= 60);
                }
                Ok(None) => prop_assert!(text.trim().is_empty()),
                Err(mistake) => prop_assert!(text.get(mistake.at).is_some()),
            }
        }
    }
}
