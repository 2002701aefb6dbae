//! The list of labels beside pictures: a file and its label a line.

use std::collections::BTreeMap;

use csv::StringRecord;

use super::kinds::is_picture;
use crate::imaging::ImageError;

/// Its name.
pub(super) const LABELS: &str = "labels.csv";

/// What columns of files are called, and those of labels.
const FILES: [&str; 10] = [
    "file",
    "filename",
    "file_name",
    "image",
    "img",
    "path",
    "name",
    "picture",
    "id",
    "datei",
];
const WORDS: [&str; 8] = [
    "label", "labels", "class", "category", "target", "truth", "verdict", "klasse",
];

/// What a list says.
#[derive(Debug, Default)]
pub(super) struct Listed {
    /// The label of each picture that is named; `None` where it is empty.
    pub(super) classes: BTreeMap<String, Option<String>>,
    /// Sentences for the analyst.
    pub(super) notices: Vec<String>,
}

/// Reads a list of labels for pictures of some `names`, which are sorted.
pub(super) fn listed(bytes: &[u8], names: &[&str]) -> Result<Listed, ImageError> {
    let records = records(bytes)?;
    let Some(first) = records.first() else {
        return Ok(Listed::default());
    };
    let (order, is_header) = order(first, names)?;
    let mut lines: BTreeMap<String, (u64, Option<String>)> = BTreeMap::new();
    let mut lost: Vec<(u64, String)> = Vec::new();
    for record in records.iter().skip(usize::from(is_header)) {
        let line = line(record);
        let [file, label] = order.map(|column| record.get(column));
        let (Some(file), Some(label)) = (file, label) else {
            return Err(wrong(format!(
                "line {line} has no label: two columns are due, the file and its label"
            )));
        };
        let (file, label) = (normal(file), label.trim());
        if names.binary_search(&file.as_str()).is_err() {
            lost.push((line, file));
            continue;
        }
        let label = (!label.is_empty()).then(|| label.to_owned());
        match lines.get(&file) {
            Some((before, other)) if *other != label => {
                let word = |label: &Option<String>| label.clone().unwrap_or_else(|| "none".into());
                return Err(wrong(format!(
                    "line {line} calls “{file}” {}, which line {before} called {}: keep one of them",
                    word(&label),
                    word(other)
                )));
            }
            _ => {
                lines.insert(file, (line, label));
            }
        }
    }
    let mut notices = Vec::new();
    if let Some((line, file)) = lost.first() {
        if lines.is_empty() {
            return Err(wrong(format!(
                "there is no picture “{file}”, which line {line} names"
            )));
        }
        notices.push(format!(
            "{LABELS} names {} that {} not there, the first “{file}” (line {line}).",
            crate::numeric::number::many(lost.len(), "picture", "pictures"),
            if lost.len() == 1 { "is" } else { "are" }
        ));
    }
    let classes = lines.into_iter().map(|(file, (_, label))| (file, label));
    Ok(Listed {
        classes: classes.collect(),
        notices,
    })
}

fn wrong(why: String) -> ImageError {
    ImageError::Labels(LABELS.to_owned(), why)
}

fn line(record: &StringRecord) -> u64 {
    record.position().map_or(0, csv::Position::line)
}

fn records(bytes: &[u8]) -> Result<Vec<StringRecord>, ImageError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let first = bytes
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let counted = |delimiter: &u8| first.iter().filter(|byte| *byte == delimiter).count();
    let found = [b',', b';', b'\t'];
    let found = found.into_iter().max_by_key(|d| (counted(d), *d == b','));
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(found.unwrap_or(b','))
        .flexible(true)
        .has_headers(false)
        .from_reader(bytes);
    let records = reader.records().collect::<Result<Vec<_>, _>>();
    records.map_err(|error| wrong(error.to_string()))
}

/// The columns of the file and of its label, and whether the first line is a header.
fn order(first: &StringRecord, names: &[&str]) -> Result<([usize; 2], bool), ImageError> {
    let is_there = |field: &str| names.binary_search(&normal(field).as_str()).is_ok();
    let called = |words: &[&str]| {
        first.iter().position(|field| {
            words
                .iter()
                .any(|word| field.trim().eq_ignore_ascii_case(word))
        })
    };
    let width = first.len();
    if width < 2 {
        return Err(wrong(format!(
            "line {} has one column: two are due, the file and its label",
            line(first)
        )));
    }
    let found = first.iter().position(is_there);
    match (found, called(&FILES), called(&WORDS)) {
        (Some(file), ..) if width == 2 => Ok(([file, 1 - file], false)),
        (None, Some(file), Some(label)) if file != label => Ok(([file, label], true)),
        (None, None, Some(label)) if width == 2 => Ok(([1 - label, label], true)),
        (None, Some(file), None) if width == 2 => Ok(([file, 1 - file], true)),
        // A picture that is not there is told by its line, as all others are.
        (None, None, None) if width == 2 => {
            let is_named = first.get(0).is_some_and(|field| is_picture(field.trim()));
            Ok(([0, 1], !is_named))
        }
        _ => Err(wrong(format!(
            "line {} has {width} columns, of which it is not known which holds the file and which its label: call them file and label",
            line(first)
        ))),
    }
}

/// A path as those of the pictures are written.
fn normal(file: &str) -> String {
    let file = file.trim().replace('\\', "/");
    file.strip_prefix("./").unwrap_or(&file).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Result<(Vec<String>, Vec<String>), String> {
        let names = ["a/0.png", "a/1.png", "b/2.png"];
        let found = listed(text.as_bytes(), &names).map_err(|error| error.to_string())?;
        let word = |(file, label): (String, Option<String>)| {
            format!("{file}={}", label.unwrap_or_default())
        };
        Ok((found.classes.into_iter().map(word).collect(), found.notices))
    }

    #[test]
    fn lists_are_read_however_people_write_them() {
        let due = ["a/0.png=good", "a/1.png=bad"];
        for text in [
            "file,label\na/0.png,good\na/1.png,bad\n",
            "\u{feff}file;label\r\na/0.png;good\r\na/1.png;bad\r\n",
            "a/0.png,good\na/1.png,bad\n",
            "./a/0.png\tgood\na\\1.png\tbad\n",
            "label,file\ngood,a/0.png\nbad,a/1.png\n",
            "good,a/0.png\nbad,a/1.png\n",
            "who,file,label\nx,a/0.png,good\ny,a/1.png,bad\n",
            "which,what\na/0.png,good\na/1.png,bad\na/1.png,bad\n",
        ] {
            let (classes, notices) = told(text).expect(text);
            assert_eq!(classes, due, "{text}");
            assert!(notices.is_empty(), "{notices:?}");
        }
        let (classes, _) = told("file,label\na/0.png,\n").expect("labels");
        assert_eq!(classes, ["a/0.png="]);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        for (text, due) in [
            ("a/0.png,good\na/1.png\n", "line 2 has no label"),
            (
                "a/0.png,good\na/0.png,bad\n",
                "line 2 calls “a/0.png” bad, which line 1 called good",
            ),
            (
                "x.png,good\ny.png,bad\n",
                "no picture “x.png”, which line 1",
            ),
            ("a/0.png,good,x\n", "line 1 has 3 columns"),
            ("a/0.png\n", "line 1 has one column"),
        ] {
            let told = told(text).expect_err(text);
            assert!(told.contains(due), "{told}");
        }
        let (_, notices) = told("a/0.png,good\nx.png,bad\n").expect("labels");
        assert_eq!(
            notices,
            ["labels.csv names 1 picture that is not there, the first “x.png” (line 2)."]
        );
    }
}
