//! What leaves a session: tables of scores and labels, and the scores of other tables.

use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use glad::dataset::{ReadOptions, read_from, read_path};
use glad::detector::{Model, Settings, Trained};
use glad::evaluation::{Oracle, replay};
use glad::export::{
    Cells, ExportError, ScoreJob, ScoreReport, TOP, check_apart, write_labels, write_scores,
};
use glad::numeric::{Cancelled, Unwatched, Watch};
use glad::session::{Action, Answer, Confidence, Reply, Session, Tag, Unvisited};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;

use crate::common::{clusters, fit, toy_path};

/// A session on a toy table after eight answers of the truth, and its model.
fn taught() -> &'static (Session, Arc<Model>) {
    static TAUGHT: LazyLock<(Session, Arc<Model>)> = LazyLock::new(|| {
        let fitted = clusters();
        let dataset = Arc::clone(fitted.dataset());
        let oracle = Oracle::new(&dataset).expect("truth");
        let replay = replay(fitted, oracle, 8, 1, &mut Unwatched, &mut |_| ()).expect("a replay");
        let mut session = replay.session;
        let model = session
            .catch_up(
                Arc::new(Model::primed(fitted)),
                &mut Unwatched,
                &mut Unvisited,
            )
            .expect("a belief");
        (session, model)
    });
    &TAUGHT
}

fn score(
    trained: &Trained,
    table: &Path,
    output: &Path,
    rows: Option<usize>,
) -> Result<ScoreReport, ExportError> {
    let job = ScoreJob {
        trained,
        table,
        options: &ReadOptions::default(),
        encoder: None,
        output,
        cells: Cells::Defused,
        rows,
    };
    job.run(&mut Unwatched)
}

/// The cells of a CSV file, row by row, header included.
fn csv_of(path: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_path(path)
        .expect("a file");
    let rows = reader.records().map(|row| {
        let row = row.expect("a row");
        row.iter().map(str::to_owned).collect()
    });
    rows.collect()
}

fn without_label(rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let place = rows[0].iter().position(|name| name == "label");
    let place = place.expect("labels");
    let rows = rows.into_iter().map(|mut row| {
        row.remove(place);
        row
    });
    rows.collect()
}

/// The names in a folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> = entries
        .map(|entry| {
            let name = entry.expect("an entry").file_name();
            name.to_string_lossy().into_owned()
        })
        .collect();
    names.sort();
    names
}

#[test]
fn exported_scores_are_those_of_the_model_with_the_columns_that_others_rely_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let (session, model) = taught();
    let output = folder.path().join("s.csv");
    write_scores(
        model,
        &session.answers(),
        &output,
        Cells::Defused,
        &mut Unwatched,
    )
    .expect("a file");
    let rows = csv_of(&output);
    let m = model.fitted().ensemble().len();
    let numbered = |what: &str| (1..=m).map(|member| format!("{what}_{member}")).collect();
    let header: Vec<String> = [
        ["id", "score", "rank", "label", "member"]
            .map(String::from)
            .to_vec(),
        numbered("relevance"),
        numbered("member_score"),
    ]
    .concat();
    assert_eq!(rows[0], header);
    assert_eq!(rows.len(), model.fitted().n() + 1);
    let names = model.fitted().frozen().member_names();
    let all: Vec<usize> = (0..model.fitted().n()).collect();
    let parts = model.parts_of(&all);
    for (instance, row) in rows[1..].iter().enumerate() {
        let number = |place: usize| row[place].parse::<f32>().expect("a number");
        assert_eq!(row[0], model.fitted().dataset().id(instance));
        assert_eq!(number(1).to_bits(), model.scores()[instance].to_bits());
        assert_eq!(row[2], (model.rank_of(instance) + 1).to_string());
        let label = session
            .answers()
            .get(&instance)
            .and_then(|answer| answer.label());
        assert_eq!(row[3], label.map_or("", |label| label.name()));
        assert_eq!(row[4], names[model.most_relevant(instance)]);
        for member in 0..m {
            assert_eq!(number(5 + member), parts.relevance(instance, member));
            assert_eq!(number(5 + m + member), parts.scores[[instance, member]]);
        }
    }
}

#[test]
fn scoring_the_own_table_gives_the_exported_scores_to_the_bit() {
    let folder = tempfile::tempdir().expect("a folder");
    let (session, model) = taught();
    let [own, scored] = ["own.csv", "scored.csv"].map(|name| folder.path().join(name));
    write_scores(
        model,
        &session.answers(),
        &own,
        Cells::Defused,
        &mut Unwatched,
    )
    .expect("a file");
    let report = score(&model.trained(), &toy_path("clusters"), &scored, None).expect("scores");
    assert_eq!(without_label(csv_of(&own)), without_label(csv_of(&scored)));
    assert_eq!(report.scores.len(), model.fitted().n());
    let above = model
        .scores()
        .iter()
        .filter(|score| **score >= model.q_tau());
    assert_eq!(report.above, above.count());
    let top: Vec<usize> = model.top(TOP);
    let named: Vec<String> = top
        .iter()
        .map(|&instance| model.fitted().dataset().id(instance))
        .collect();
    let told: Vec<&str> = report.top.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(told, named);
    let ranks: Vec<u32> = report.top.iter().map(|row| row.rank).collect();
    assert_eq!(ranks, (1..=TOP as u32).collect::<Vec<_>>());
    for (row, &instance) in report.top.iter().zip(&top) {
        assert_eq!(row.score.to_bits(), model.scores()[instance].to_bits());
    }
    assert_eq!(report.notices, Vec::<String>::new());
    // The label of a scored table is the one that it came with.
    let truth = model.fitted().dataset().truth().expect("truth");
    for (row, cells) in csv_of(&scored)[1..].iter().enumerate() {
        assert_eq!(cells[3], truth.label(row).map_or("", |label| label.name()));
    }
}

#[test]
fn batches_of_any_size_and_packed_tables_give_the_same_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let trained = taught().1.trained();
    let path = |name: &str| folder.path().join(name);
    score(&trained, &toy_path("clusters"), &path("whole.csv"), None).expect("scores");
    let whole = fs::read(path("whole.csv")).expect("a file");
    for rows in [1, 7, 484] {
        score(
            &trained,
            &toy_path("clusters"),
            &path("cut.csv"),
            Some(rows),
        )
        .expect("scores");
        assert_eq!(fs::read(path("cut.csv")).expect("a file"), whole, "{rows}");
    }
    // The same table with tabs between its fields, packed.
    let text = fs::read_to_string(toy_path("clusters")).expect("the toy");
    let file = fs::File::create(path("t.tsv.gz")).expect("a file");
    let mut packer = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
    std::io::Write::write_all(&mut packer, text.replace(',', "\t").as_bytes()).expect("room");
    packer.finish().expect("room");
    score(&trained, &path("t.tsv.gz"), &path("packed.csv"), Some(100)).expect("scores");
    assert_eq!(fs::read(path("packed.csv")).expect("a file"), whole);
}

/// A field of a Parquet file as CSV has it.
fn text_of(field: &Field) -> String {
    match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::Float(number) => format!("{number:?}"),
        Field::Long(number) => number.to_string(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn parquet_holds_what_csv_holds() {
    let folder = tempfile::tempdir().expect("a folder");
    let (session, model) = taught();
    let [csv, parquet] = ["s.csv", "s.parquet"].map(|name| folder.path().join(name));
    for output in [&csv, &parquet] {
        write_scores(
            model,
            &session.answers(),
            output,
            Cells::Defused,
            &mut Unwatched,
        )
        .expect("a file");
    }
    let reader = SerializedFileReader::new(fs::File::open(&parquet).expect("a file"));
    let reader = reader.expect("a Parquet file");
    let schema = reader.metadata().file_metadata().schema();
    let columns = schema.get_fields().iter();
    let header: Vec<String> = columns.map(|field| field.name().to_owned()).collect();
    let mut rows = vec![header];
    for row in reader.get_row_iter(None).expect("rows") {
        let row = row.expect("a row");
        rows.push(
            row.get_column_iter()
                .map(|(_, field)| text_of(field))
                .collect(),
        );
    }
    assert_eq!(rows, csv_of(&csv));
}

/// A session on a table whose texts a spreadsheet would run.
fn risky() -> (Session, Model) {
    let table = (0..40).fold("id,a,b\n".to_owned(), |text, row| {
        text + &format!("\"=cmd|{row}\",{},{}\n", row % 7, row * row % 11)
    });
    let dataset = read_from(table.as_bytes(), "t", &ReadOptions::default()).expect("a table");
    let settings = Settings {
        ensemble: "loda:2".parse().expect("kinds"),
        ..Settings::default()
    };
    let fitted = fit(&Arc::new(dataset), &settings);
    let session = Session::new(Arc::clone(fitted.primed()), 1);
    (session, Model::primed(&fitted))
}

#[test]
fn texts_that_a_spreadsheet_would_run_are_defused_unless_told_otherwise() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut session, model) = risky();
    session.act(
        Action::Note {
            instance: 3,
            text: "+1-1".to_owned(),
        },
        None,
    );
    let path = folder.path().join("x.csv");
    for (cells, id, note) in [
        (Cells::Defused, "'=cmd|3", "'+1-1"),
        (Cells::Raw, "=cmd|3", "+1-1"),
    ] {
        write_scores(&model, &session.answers(), &path, cells, &mut Unwatched).expect("a file");
        assert_eq!(csv_of(&path)[4][0], id);
        write_labels(model.fitted().dataset(), &session, &path, cells).expect("a file");
        assert_eq!(csv_of(&path)[1], [id, "4", "", "", note, "", ""]);
    }
}

#[test]
fn labels_are_listed_as_they_were_given() {
    let folder = tempfile::tempdir().expect("a folder");
    let fitted = clusters();
    let mut session = Session::new(Arc::clone(fitted.primed()), 100);
    let fairly = Reply::new(Answer::Anomaly, Confidence::Fairly);
    session.act(Action::answer(9, fairly), Some(951_782_400_000));
    session.act(Action::answer(4, Answer::Nominal), None);
    session.act(Action::answer(7, Answer::Unsure), None);
    session.act(Action::answer(5, Answer::Nominal), None);
    session.act(Action::Withdraw { instances: vec![5] }, None);
    session.act(Action::answer(9, Answer::Nominal), Some(951_782_460_000));
    for (instance, text) in [(4, "dull, \"really\""), (2, "later")] {
        let text = text.to_owned();
        session.act(Action::Note { instance, text }, None);
    }
    let [leak, other] = [1, 9].map(|number| Tag::try_from(number).expect("a tag"));
    let name = "=leak".to_owned();
    session.act(Action::NameTag { tag: leak, name }, None);
    for (instance, tag) in [(11, leak), (12, other)] {
        let reply = Reply::tagged(tag, Confidence::Sure);
        session.act(Action::answer(instance, reply), None);
    }
    let path = folder.path().join("l.csv");
    let count = write_labels(fitted.dataset(), &session, &path, Cells::Defused);
    assert_eq!(count, Ok(5));
    let id = |instance: usize| fitted.dataset().id(instance);
    let expected = [
        ["id", "row", "answer", "confidence", "note", "time", "tag"].map(String::from),
        [&id(4), "5", "nominal", "sure", "dull, \"really\"", "", ""].map(String::from),
        [&id(7), "8", "unsure", "", "", "", ""].map(String::from),
        [
            &id(9),
            "10",
            "nominal",
            "sure",
            "",
            "2000-02-29 00:01 UTC",
            "",
        ]
        .map(String::from),
        [&id(11), "12", "anomaly", "sure", "", "", "'=leak"].map(String::from),
        [&id(12), "13", "anomaly", "sure", "", "", "tag 9"].map(String::from),
        [&id(2), "3", "", "", "later", "", ""].map(String::from),
    ];
    assert_eq!(csv_of(&path), expected);
}

#[test]
fn what_cannot_be_written_is_told_and_nothing_is_left_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    let (session, model) = taught();
    let trained = model.trained();
    let path = |name: &str| folder.path().join(name);
    let told = |output: &Path| {
        let error = score(&trained, &toy_path("clusters"), output, None);
        error.expect_err("a refusal").to_string()
    };
    assert!(told(&path("s.xlsx")).contains("give it the ending .csv or .parquet"));
    assert!(told(&path("gone/s.csv")).contains("the folder is gone"));
    fs::create_dir(path("d.csv")).expect("room");
    assert!(told(&path("d.csv")).contains("it is a folder"));
    let own = path("own.csv");
    fs::copy(toy_path("clusters"), &own).expect("room");
    let error = score(&trained, &own, &path("./own.csv"), None).expect_err("a refusal");
    assert!(
        error.to_string().contains("write to another file"),
        "{error}"
    );
    assert!(check_apart(&path("new.csv"), std::slice::from_ref(&own)).is_ok());
    let labels = write_labels(
        model.fitted().dataset(),
        session,
        &path("l.parquet"),
        Cells::Defused,
    );
    let told = labels.expect_err("a refusal").to_string();
    assert!(told.contains("give it the ending .csv"), "{told}");
    assert_eq!(names(folder.path()), ["d.csv", "own.csv"]);
    assert_eq!(
        read_path(&own, &ReadOptions::default())
            .expect("unharmed")
            .n_instances(),
        model.fitted().n()
    );
}

/// Cancels at a phase.
struct Until(&'static str);

impl Watch for Until {
    fn step(&mut self, phase: &'static str, _: usize, _: usize) -> Result<(), Cancelled> {
        match phase == self.0 {
            true => Err(Cancelled),
            false => Ok(()),
        }
    }
}

#[test]
fn cancelled_scoring_leaves_an_older_file_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let trained = taught().1.trained();
    let output = folder.path().join("s.csv");
    fs::write(&output, "old").expect("room");
    for phase in [glad::export::SCORING, glad::export::WRITING] {
        let table = toy_path("clusters");
        let job = ScoreJob {
            trained: &trained,
            table: &table,
            options: &ReadOptions::default(),
            encoder: None,
            output: &output,
            cells: Cells::Defused,
            rows: Some(50),
        };
        assert_eq!(
            job.run(&mut Until(phase)),
            Err(ExportError::Cancelled(Cancelled))
        );
        assert_eq!(fs::read(&output).expect("a file"), b"old");
        assert_eq!(names(folder.path()), ["s.csv"]);
    }
}
