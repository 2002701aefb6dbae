//! What is left of a detector without its table: it comes back from a file equal, scores as the
//! model does, and refuses what does not fit together.

use std::sync::Arc;

use glad::dataset::{Label, ReadOptions, Rows, Schema, read_from, toys};
use glad::detector::{Fitted, Frozen, Model, RestoreError, Settings, Trained};
use glad::numeric::{Unwatched, stream};
use rand::RngExt;

use crate::common::{clusters, fit, taught, toy, toy_path};

const ALL_KINDS: &str =
    "loda:4+hbos+iforest:20+eif:10+knn+lof+gmm+cblof+ocsvm+pca+autoencoder+sigma+iqr";

fn with_all_kinds() -> Settings {
    Settings {
        ensemble: ALL_KINDS.parse().expect("kinds"),
        ..Settings::default()
    }
}

#[test]
fn a_detector_put_together_again_is_equal_to_the_bit() {
    for (settings, name) in [
        (Settings::default(), "between"),
        (with_all_kinds(), "clusters"),
    ] {
        let dataset = Arc::new(toy(name).open());
        let fitted = fit(&dataset, &settings);
        let text = ron::to_string(fitted.frozen().as_ref()).expect("a text");
        let frozen: Frozen = ron::from_str(&text).expect("a detector");
        assert_eq!(&frozen, fitted.frozen().as_ref());
        let again = Fitted::restore(&Arc::new(frozen), &dataset, &mut Unwatched).expect("a fit");
        assert_eq!(again.member_scores(), fitted.member_scores());
        for instance in 0..fitted.n() {
            assert_eq!(
                again.point_cells_of(instance),
                fitted.point_cells_of(instance)
            );
        }
        let (before, after) = (taught(&fitted), taught(&Arc::new(again)));
        assert_eq!(before.scores(), after.scores());
        assert_eq!(before.weights(), after.weights());
    }
}

#[test]
fn the_fitted_table_scores_as_the_model_does() {
    for toy in toys() {
        let fitted = fit(&Arc::new(toy.open()), &with_all_kinds());
        let model = taught(&fitted);
        let trained = model.trained();
        let scored = trained.score(fitted.dataset().features());
        assert_eq!(scored.scores, model.scores(), "{}", toy.name);
        assert_eq!(scored.member_scores, fitted.member_scores());
        let all: Vec<usize> = (0..fitted.n()).collect();
        let parts = model.parts_of(&all);
        for instance in 0..fitted.n() {
            for member in 0..fitted.ensemble().len() {
                assert_eq!(
                    scored.relevance[[instance, member]],
                    parts.relevance(instance, member)
                );
            }
            assert_eq!(
                scored.most_relevant(instance),
                model.most_relevant(instance)
            );
        }
    }
}

#[test]
fn one_thread_gives_the_same_scores_as_many() {
    let trained = taught(clusters()).trained();
    let features = clusters().dataset().features();
    let pool = |threads| {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("threads")
    };
    let one = pool(1).install(|| trained.score(features));
    assert_eq!(one, pool(4).install(|| trained.score(features)));
}

#[test]
fn rows_of_the_file_become_the_features_of_the_table() {
    let fitted = clusters();
    let schema = fitted.frozen().schema();
    let mut rows =
        Rows::open(&toy_path("clusters"), schema, &ReadOptions::default()).expect("rows");
    let mut read = 0;
    while let Some(batch) = rows.next(100).expect("a batch") {
        for (row, (features, id)) in batch
            .features
            .rows()
            .into_iter()
            .zip(&batch.ids)
            .enumerate()
        {
            assert_eq!(features, fitted.dataset().features().row(read + row));
            assert_eq!(*id, fitted.dataset().id(read + row));
            let truth = fitted.dataset().truth().expect("truth").label(read + row);
            assert_eq!(batch.labels[row], truth.map_or("", Label::name));
        }
        read += batch.ids.len();
    }
    assert_eq!((read, rows.read()), (fitted.n(), fitted.n()));
    assert_eq!(rows.notices(), Vec::<String>::new());
}

#[test]
fn a_trained_detector_comes_back_from_a_file() {
    let trained = taught(clusters()).trained();
    let text = ron::to_string(&trained).expect("a text");
    assert_eq!(
        ron::from_str::<Trained>(&text).expect("a detector"),
        trained
    );
}

#[test]
fn a_table_of_other_features_is_refused_by_name() {
    let other = "left,x2\n1,2\n3,4\n5,7\n";
    let other =
        Arc::new(read_from(other.as_bytes(), "t", &ReadOptions::default()).expect("a table"));
    let error =
        Fitted::restore(clusters().frozen(), &other, &mut Unwatched).expect_err("a refusal");
    assert!(matches!(
        error,
        RestoreError::OtherFeatures { number: 1, .. }
    ));
    assert!(error.to_string().contains("“left”"), "{error}");
}

/// Texts of strangers: every one is an error, none a panic.
#[test]
fn damaged_detectors_are_refused() {
    // Small, so that the text is.
    let settings = Settings {
        ensemble: "iforest:2+eif:2+loda:2".parse().expect("kinds"),
        ..Settings::default()
    };
    let fitted = fit(&Arc::new(toy("clusters").open()), &settings);
    let text = ron::to_string(&taught(&fitted).trained()).expect("a text");
    for (from, to) in [
        ("widths:[2,", "widths:[3,"),
        ("widths:[2,", "widths:[18446744073709551615,"),
        ("tau:0.03", "tau:0.9"),
        ("root:0", "root:77777"),
        ("thresholds:[", "thresholds:[1.0,"),
        ("cells:[", "cells:[4000000000,"),
        ("scales:[(", "scales:[(shift:0.0,factor:1.0,floor:0.0),("),
        ("b:[0.2", "b:[1.2"),
        ("mean:[", "mean:[0.0,"),
        ("q_tau:", "q_tau:NaN,q:"),
        ("features:[(", "features:[(9,9),("),
        ("mixture:(cells:", "mixture:(cells:-"),
    ] {
        assert!(text.contains(from), "{from}");
        let damaged = text.replacen(from, to, 1);
        assert!(ron::from_str::<Trained>(&damaged).is_err(), "{from} {to}");
    }
    // Cut anywhere, it is an error too; some places stand for all.
    for end in (0..text.len()).step_by(text.len() / 40) {
        assert!(ron::from_str::<Trained>(&text[..end]).is_err());
    }
}

/// A character changed anywhere: refused, or read to something that scores without a panic.
#[test]
fn strange_detectors_of_all_kinds_are_refused_or_score() {
    let first = (0..24).fold("a,b,c\n".to_owned(), |text, row| {
        let line = format!("{},{},{}\n", row * 7 % 24, row * row % 17, row % 5);
        text + &line
    });
    let dataset = read_from(first.as_bytes(), "small", &ReadOptions::default()).expect("a table");
    let settings = Settings {
        ensemble: "loda:2+iforest:2+eif:2+knn+lof+gmm+cblof+pca+autoencoder+sigma+iqr"
            .parse()
            .expect("kinds"),
        ..Settings::default()
    };
    let fitted = fit(&Arc::new(dataset), &settings);
    let text = ron::to_string(&Model::primed(&fitted).trained()).expect("a text");
    let mut random = stream(5, "strange detectors", 0);
    let mut read = 0;
    for _ in 0..600 {
        let mut bytes = text.clone().into_bytes();
        let at = random.random_range(0..bytes.len());
        bytes[at] = b"0123456789-.,()[]e"[random.random_range(0..18)];
        let strange = String::from_utf8(bytes).expect("ASCII");
        if let Ok(trained) = ron::from_str::<Trained>(&strange) {
            trained.score(fitted.dataset().features());
            read += 1;
        }
    }
    assert!((100..600).contains(&read), "{read}");
}

/// Features, ids and notices.
type Read = (Vec<Vec<f32>>, Vec<String>, Vec<String>);

/// Rows of `text` by the schema of the first table.
fn rows_of(first: &str, text: &str, options: &ReadOptions) -> Result<Read, String> {
    let dataset = read_from(first.as_bytes(), "first", &ReadOptions::default()).expect("a table");
    let schema = Schema::of(&dataset);
    let told = |error: glad::dataset::DatasetError| error.to_string();
    let mut rows = Rows::from_reader(text.as_bytes(), "second", &schema, options).map_err(told)?;
    let (mut values, mut ids) = (Vec::new(), Vec::new());
    while let Some(batch) = rows.next(2).map_err(told)? {
        values.extend(batch.features.rows().into_iter().map(|row| row.to_vec()));
        ids.extend(batch.ids);
    }
    Ok((values, ids, rows.notices()))
}

const FIRST: &str = "id,a,colour,b\nk1,1,red,5\nk2,3,blue,6\nk3,2,red,9\nk4,4,red,1\n";

#[test]
fn columns_are_matched_by_name_in_any_order_and_extra_ones_told() {
    let text = "b,more,colour,id,a\n5,x,red,z1,1\n1,y,blue,,4\n2.5,y,green,z3,7\n";
    let (values, ids, notices) = rows_of(FIRST, text, &ReadOptions::default()).expect("rows");
    let expected = [
        vec![1.0, 0.0, 1.0, 5.0],
        vec![4.0, 1.0, 0.0, 1.0],
        vec![7.0, 0.0, 0.0, 2.5],
    ];
    assert_eq!(values, expected);
    assert_eq!(ids, ["z1", "2", "z3"]);
    assert_eq!(notices.len(), 2, "{notices:?}");
    assert!(notices[0].contains("“more”"), "{}", notices[0]);
    assert!(notices[1].contains("“green” on line 4"), "{}", notices[1]);
}

#[test]
fn what_a_row_cannot_be_is_told_with_its_place() {
    let told = |text: &str| rows_of(FIRST, text, &ReadOptions::default()).expect_err("a refusal");
    let missing = told("id,a\n1,2\n");
    assert!(
        missing.contains("lacks 2 of the session's columns, “colour”, “b”"),
        "{missing}"
    );
    assert!(told("a,colour,b\n1,red,x\n").contains("Line 2, column “b”: “x” is not a number"));
    assert!(told("a,colour,b\n1,red,\n").contains("the value is missing"));
    assert!(told("a,colour,b\n1,red,inf\n").contains("not finite"));
    assert!(told("a,colour,b\n1,red\n").contains("2 fields"));
    assert!(told("a,colour,b\n").contains("no rows"));
    assert!(told("").contains("empty"));
}

#[test]
fn missing_values_are_those_of_the_first_table() {
    let options = ReadOptions {
        missing: glad::dataset::Missing::Median,
        ..ReadOptions::default()
    };
    let (values, _, notices) =
        rows_of(FIRST, "a,colour,b\n?,,\n8,blue,\n", &options).expect("rows");
    assert_eq!(values, [[2.5, 0.0, 1.0, 5.5], [8.0, 1.0, 0.0, 5.5]]);
    assert!(
        notices[0].contains("“a” (1), “colour” (1), “b” (2)"),
        "{}",
        notices[0]
    );
}
