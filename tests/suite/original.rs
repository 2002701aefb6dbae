//! Rows as they stand in their file, and what is made of selected ones; without pixels.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use glad::app::{
    App, Artifact, ArtifactKind, Command, OpenCommand, SessionCommand, View, ViewCommand,
    WriteCommand,
};
use glad::chart::png;
use glad::dataset::{Missing, OriginalError, ReadOptions, Schema, originals, read_path};
use glad::detector::Settings;
use glad::imaging::read_picture;
use glad::numeric::Unwatched;
use glad::session::Answer;
use glad::worker::{InlineEngine, local_file};

/// A picture of one colour.
fn picture(path: &Path) {
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='900' height='30'><rect width='900' height='30' fill='#ff0000'/></svg>";
    fs::write(path, png(svg, 1.0).expect("a picture")).expect("room");
}

/// A table of 2 features and 12 columns that no detector sees, truth among them.
pub fn table(folder: &Path) -> PathBuf {
    let mut text = String::from("id,when,note,link,photo,x,y,is_anomaly");
    for more in 0..6 {
        write!(text, ",text {more}").expect("text");
    }
    text.push('\n');
    for row in 0..120 {
        let (x, y) = (f64::from(row % 11) + 0.25, f64::from(row % 7) * 1e-5);
        let far = if row == 77 { 90.0 } else { 0.0 };
        write!(
            text,
            "case-{row:04},2024-02-{:02},\"line one of {row}\nline \"\"two\"\"\",https://example.org/{row},p{row}.png,{},{y:e},{}",
            row % 28 + 1,
            x + far,
            u8::from(row == 77),
        )
        .expect("text");
        for more in 0..6 {
            write!(text, ",free text {row} of {more}").expect("text");
        }
        text.push('\n');
    }
    picture(&folder.join("p77.png"));
    let path = folder.join("cases.csv");
    fs::write(&path, text).expect("room");
    path
}

#[test]
fn rows_come_back_as_they_stand_in_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = table(folder.path());
    let dataset = read_path(&path, &ReadOptions::default()).expect("a table");
    let schema = Schema::of(&dataset);
    let rows = originals(&dataset, &schema, &[77, 3, 77], &mut Unwatched).expect("rows");
    assert_eq!(rows.keys().copied().collect::<Vec<_>>(), [3, 77]);
    let columns = dataset.columns().iter().map(|column| column.name.as_str());
    let place = |name: &str| columns.clone().position(|column| column == name);
    let cell = |row: usize, name: &str| rows[&row][place(name).expect("a column")].as_str();
    assert_eq!(cell(3, "id"), "case-0003");
    assert_eq!(cell(77, "when"), "2024-02-22");
    assert_eq!(cell(77, "note"), "line one of 77\nline \"two\"");
    assert_eq!(cell(77, "x"), "90.25");
    assert_eq!(cell(3, "text 5"), "free text 3 of 5");

    // Every third row: instances count those that were read.
    let third = ReadOptions {
        every: Some(3),
        ..ReadOptions::default()
    };
    let dataset = read_path(&path, &third).expect("a table");
    let rows = originals(&dataset, &Schema::of(&dataset), &[9], &mut Unwatched).expect("rows");
    assert!(rows[&9].contains(&"case-0027".to_owned()));
}

#[test]
fn a_file_that_is_another_one_by_now_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = table(folder.path());
    let dataset = read_path(&path, &ReadOptions::default()).expect("a table");
    let schema = Schema::of(&dataset);
    let text = fs::read_to_string(&path).expect("a file");
    fs::write(&path, text.replace(",90.25,", ",90.5,")).expect("room");
    let look = |row: usize| originals(&dataset, &schema, &[row], &mut Unwatched);
    assert!(look(76).is_ok(), "what is the same is shown");
    let told = look(77).expect_err("another row").to_string();
    assert!(
        told.contains("has changed") && told.contains("row 78"),
        "{told}"
    );
    let lines: Vec<&str> = text.lines().take(21).collect();
    fs::write(&path, lines.join("\n")).expect("room");
    assert!(matches!(look(77), Err(OriginalError::Changed { .. })));
    fs::remove_file(&path).expect("the file");
    assert!(matches!(look(0), Err(OriginalError::Unreadable(_))));
    let toy = crate::common::toy("clusters").open();
    let told = originals(&toy, &Schema::of(&toy), &[0], &mut Unwatched);
    assert_eq!(told, Err(OriginalError::NoFile));
}

#[test]
fn only_pictures_and_documents_of_this_machine_are_files_of_a_cell() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    for name in ["a.png", "run.sh", "b.PDF"] {
        fs::write(at.join(name), "x").expect("room");
    }
    assert_eq!(local_file(at, " a.png "), Some(at.join("a.png")));
    let whole = at.join("b.PDF").display().to_string();
    assert_eq!(local_file(Path::new("/"), &whole), Some(at.join("b.PDF")));
    for none in [
        "",
        "run.sh",
        "c.png",
        "https://example.org/a.png",
        ".",
        "text",
    ] {
        assert_eq!(local_file(at, none), None, "{none}");
    }
    let path = at.join("p.png");
    picture(&path);
    let read = read_picture(&path, 300).expect("a picture");
    assert_eq!((read.width, read.height), (300, 10));
    assert!(read.rgba.chunks(4).all(|pixel| pixel == [255, 0, 0, 255]));
    assert!(read_picture(&at.join("a.png"), 300).is_err());
}

fn app() -> App {
    App::new(Box::new(InlineEngine::default()), Settings::default())
}

fn settle(app: &mut App) {
    for _ in 0..30 {
        app.receive();
    }
}

fn open(path: &Path) -> App {
    let mut app = app();
    app.apply(Command::Open(OpenCommand::File(
        path.to_owned(),
        ReadOptions::default(),
    )));
    settle(&mut app);
    app
}

fn workspace(app: &App) -> View<'_> {
    app.workspace().expect("a table")
}

#[test]
fn the_row_of_the_candidate_is_shown_without_the_truth() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut app = open(&table(folder.path()));
    assert!(workspace(&app).has_unseen_columns());
    app.apply(Command::View(ViewCommand::Select(77)));
    let ask = Command::for_panel(workspace(&app), glad::app::Ask::Original);
    app.apply(ask.expect("it is asked for"));
    settle(&mut app);
    let asked_again = Command::for_panel(workspace(&app), glad::app::Ask::Original);
    assert!(asked_again.is_none(), "once");
    let cells = workspace(&app).original().expect("there").expect("a row");
    assert_eq!(cells.len(), 13);
    assert!(cells.iter().all(|cell| cell.name != "is_anomaly"));
    let cell = |name: &str| cells.iter().find(|cell| cell.name == name).expect("a cell");
    assert_eq!(cell("link").text, "https://example.org/77");
    assert!(cell("link").file.is_none() && cell("link").unseen.is_some());
    assert!(cell("x").unseen.is_none());
    let photo = cell("photo").file.expect("a file");
    assert_eq!(photo.path, folder.path().join("p77.png"));
    assert!(photo.picture.as_ref().is_some_and(|read| read.width == 480));
    // Those ahead in the list are known as well.
    let next = workspace(&app).listed()[1];
    app.apply(Command::View(ViewCommand::Select(next)));
    assert!(matches!(workspace(&app).original(), Some(Ok(_))));
}

#[test]
fn selected_rows_are_exported_the_most_anomalous_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut app = open(&table(folder.path()));
    app.apply(Command::View(ViewCommand::Select(77)));
    app.apply(Command::Session(SessionCommand::Answer(Answer::Anomaly)));
    app.apply(Command::Session(SessionCommand::Note(
        77,
        "=far".to_owned(),
    )));
    settle(&mut app);
    let far = 1e6;
    let line = vec![[-far, -far], [far, -far], [far, far], [-far, far]];
    app.apply(Command::View(ViewCommand::Lasso(line)));
    settle(&mut app);
    let lasso = workspace(&app).lasso().expect("a selection");
    let scores = workspace(&app).model().scores();
    assert_eq!(lasso.ranked.len(), 120);
    assert!(lasso.ranked.is_sorted_by(|&a, &b| scores[a] >= scores[b]));
    let artifact = Artifact::Selection(lasso.instances.clone());
    app.apply(Command::Write(WriteCommand::Ask(ArtifactKind::Selection)));
    let path = app.proposed(&artifact);
    assert_eq!(path, folder.path().join("cases-selected.csv"));
    app.apply(Command::Write(WriteCommand::Save(artifact, path.clone())));
    settle(&mut app);
    assert!(app.writing().asked().is_none(), "the dialog is gone");
    let mut rows = csv::Reader::from_path(path).expect("a file");
    let names: Vec<String> = rows
        .headers()
        .expect("names")
        .iter()
        .map(String::from)
        .collect();
    assert_eq!(names[..6], ["id", "row", "rank", "score", "answer", "note"]);
    assert_eq!(names[6..], workspace(&app).dataset().feature_names()[..]);
    let rows: Vec<csv::StringRecord> = rows.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), 120);
    let ranks = rows
        .iter()
        .map(|row| row[2].parse::<usize>().expect("a rank"));
    assert!(ranks.eq(1..=120));
    let far = rows
        .iter()
        .find(|row| &row[0] == "case-0077")
        .expect("the row");
    assert_eq!((&far[1], &far[4], &far[5]), ("78", "anomaly", "'=far"));
    assert_eq!(far[6].parse::<f32>(), Ok(90.25));
}

/// A table in which a value is missing.
pub fn gaps(folder: &Path) -> PathBuf {
    let mut text = String::from("a,b\n");
    for row in 0..60 {
        match row {
            7 => text.push_str("7,\n"),
            _ => writeln!(text, "{},{}", row % 9, row * row % 31).expect("text"),
        }
    }
    let path = folder.join("gaps.csv");
    fs::write(&path, text).expect("room");
    path
}

#[test]
fn missing_values_are_asked_about_where_a_table_is_opened_without_a_word_on_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = gaps(folder.path());
    let mut app = open(&path);
    assert!(app.workspace().is_none() && app.busy().is_none());
    let opening = app.opening().expect("the dialog");
    assert_eq!(opening.path.as_ref(), Some(&path));
    let why = opening.missing.as_ref().expect("why it is asked");
    assert!(why.contains("Line 9") && why.contains('b'), "{why}");
    assert!(matches!(opening.preview, Some(Ok(_))));
    let filled = ReadOptions {
        missing: Missing::Median,
        ..ReadOptions::default()
    };
    app.apply(Command::Open(OpenCommand::Preview(path, filled)));
    app.apply(Command::Open(OpenCommand::Accept));
    settle(&mut app);
    assert_eq!(workspace(&app).dataset().n_instances(), 60);
}

#[test]
fn missing_values_of_new_data_are_filled_on_wish() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = folder.path().join("whole.csv");
    let text = fs::read_to_string(gaps(folder.path())).expect("a table");
    fs::write(&whole, text.replace("7,\n", "7,3\n")).expect("room");
    let mut app = open(&whole);
    let output = folder.path().join("scores.csv");
    let score = |app: &mut App| {
        let command = WriteCommand::Save(
            Artifact::Table(folder.path().join("gaps.csv")),
            output.clone(),
        );
        app.apply(Command::Write(WriteCommand::Ask(ArtifactKind::Table)));
        app.apply(Command::Write(command));
        settle(app);
    };
    assert!(!app.fills_missing(), "as in the session's own table");
    score(&mut app);
    let trouble = app.writing().trouble().expect("a sentence");
    assert!(trouble.contains("Line 9") && !output.exists(), "{trouble}");
    app.apply(Command::Write(WriteCommand::Fill(true)));
    score(&mut app);
    let scores = fs::read_to_string(&output).expect("scores");
    assert_eq!(scores.lines().count(), 61);
}

#[test]
fn rows_are_found_again_below_rows_that_are_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("t.csv");
    let mut text = "site,amount,count\n".to_owned();
    for (at, site) in ["North", "South", "East"].into_iter().enumerate() {
        let numbers: Vec<usize> = (0..12).map(|row| (row * 37 + at * 11) % 101).collect();
        for number in &numbers {
            text += &format!("{site},{number},{}\n", number % 7);
        }
        let sums = |of: &dyn Fn(usize) -> usize| numbers.iter().map(|x| of(*x)).sum::<usize>();
        text += &format!("{site} Total,{},{}\n", sums(&|x| x), sums(&|x| x % 7));
    }
    fs::write(&path, &text).expect("room");
    let dataset = read_path(&path, &ReadOptions::default()).expect("a table");
    assert_eq!(dataset.n_instances(), 36);
    let schema = Schema::of(&dataset);
    let rows = originals(&dataset, &schema, &[0, 12, 35], &mut Unwatched).expect("rows");
    let sites: Vec<&str> = rows.values().map(|row| row[0].as_str()).collect();
    assert_eq!(sites, ["North", "South", "East"]);
    // So they are by the schema.
    let mut again =
        glad::dataset::Rows::from_reader(text.as_bytes(), "t", &schema, &ReadOptions::default())
            .expect("a table");
    let batch = again.next(100).expect("rows").expect("some");
    assert_eq!(batch.features, dataset.features());
    // Whatever else the file holds by now is passed over too.
    fs::write(&path, text.replace("North Total", "North")).expect("room");
    assert!(originals(&dataset, &schema, &[20], &mut Unwatched).is_ok());
}
