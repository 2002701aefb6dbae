//! Which options fit what is to be read: what is for another kind of source is refused, never
//! ignored.

use std::path::Path;

use encoding_rs::Encoding;

use super::Source;
use crate::dataset::{ColumnChoice, DatasetError, Missing, ReadOptions};
use crate::disk::is_dir;
use crate::sequence::SequenceLayout;

/// What is read, as far as it decides which options there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Table,
    Images,
    /// Folders of frames.
    Video,
    /// A table of moments.
    Long,
    /// A folder of CSV files.
    Folder,
    /// A `.ts` file.
    Ts,
    /// One sequence a line.
    Lines,
    /// An array of NumPy.
    Array,
}

use Shape::{Array, Folder, Images, Lines, Long, Table, Ts, Video};

/// Sequences of numbers, however they are written.
const NUMBERS: [Shape; 5] = [Long, Folder, Ts, Lines, Array];

impl Shape {
    fn of(source: Source, path: &Path, options: &ReadOptions) -> Self {
        let layout = options.sequences.as_ref().map(|asked| &asked.layout);
        let name = path.to_string_lossy().to_ascii_lowercase();
        let name = name.strip_suffix(".gz").unwrap_or(&name);
        match (source, layout) {
            (Source::Table, _) => Table,
            (Source::Images, _) => Images,
            (_, Some(Some(SequenceLayout::Frames))) => Video,
            _ if is_dir(path) => Folder,
            (_, Some(Some(SequenceLayout::Long { .. }))) => Long,
            _ if name.ends_with(".npy") || name.ends_with(".npz") => Array,
            (_, Some(Some(SequenceLayout::Lines))) if !name.ends_with(".ts") => Lines,
            _ => Ts,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Table => "a table",
            Images => "images",
            Video => "videos",
            Long | Folder | Ts | Lines | Array => "sequences",
        }
    }
}

impl ReadOptions {
    /// These options for what a path holds: those that all kinds have in common are handed on to the
    /// reader of that kind.
    ///
    /// # Errors
    /// [`DatasetError::NotFor`] where an option is for another kind; [`DatasetError::NotBoth`] where
    /// two contradict each other.
    pub fn suited(&self, source: Source, path: &Path) -> Result<Self, DatasetError> {
        let shape = Shape::of(source, path, self);
        self.check(shape)?;
        if source != Source::Table {
            self.check_classes()?;
        }
        Ok(match source {
            Source::Table => self.clone(),
            Source::Images => self.of_images(),
            Source::Sequences => self.of_sequences(shape),
        })
    }

    /// The options are for what is read, and the encoding is one.
    fn check(&self, shape: Shape) -> Result<(), DatasetError> {
        if let Some(name) = &self.encoding {
            Encoding::for_label(name.as_bytes())
                .ok_or_else(|| DatasetError::Encoding(name.clone()))?;
        }
        let is_unfit = |(_, is_given, fits, _): &&Offer| *is_given && !fits.contains(&shape);
        match self.offers().iter().find(is_unfit) {
            None => Ok(()),
            Some((option, _, _, of)) => Err(DatasetError::NotFor(option, of, shape.words())),
        }
    }

    /// The options with whether they are given, what they are for, and this in words.
    fn offers(&self) -> Vec<Offer> {
        let images = self.images.as_deref().cloned().unwrap_or_default();
        let sequences = self.sequences.as_deref().cloned().unwrap_or_default();
        let named = |choice: &ColumnChoice| matches!(choice, ColumnChoice::Named(_));
        let with = |more: &[Shape]| [&NUMBERS[..], more].concat();
        let tables = || vec![Table];
        let (only, long) = ("tables", "tables and sequences of one moment a line");
        let both = "tables and sequences";
        let texts = "tables and sequences that are text";
        let nominal = !images.nominal.is_empty() || sequences.nominal.is_some();
        let is_id = named(&self.id);
        vec![
            ("--label NAME", named(&self.label), vec![Table, Long], long),
            ("--id NAME", is_id, vec![Table, Long], long),
            ("--delimiter", self.delimiter.is_some(), tables(), only),
            ("--header", self.header.is_some(), tables(), only),
            ("--every", self.every.is_some(), tables(), only),
            ("--column", !self.columns.is_empty(), tables(), only),
            (
                "--time-feature",
                !self.time_features.is_empty(),
                tables(),
                only,
            ),
            (
                "--impute",
                self.missing == Missing::Median,
                with(&[Table]),
                both,
            ),
            ("--missing", !self.fillers.is_empty(), with(&[Table]), both),
            (
                "--decimal",
                self.decimal.is_some(),
                vec![Table, Long, Folder, Lines],
                texts,
            ),
            (
                "--encoding",
                self.encoding.is_some(),
                vec![Table, Long, Folder, Lines, Ts],
                texts,
            ),
            (
                "--sheet",
                self.sheet.is_some(),
                vec![Table, Long, Images],
                "tables, sequences of one moment a line and archives of arrays of images",
            ),
            (
                "--nominal",
                nominal,
                with(&[Images, Video]),
                "images and sequences (of a table, name the anomalies with --anomaly)",
            ),
            ("--resample", sequences.resample, with(&[]), "sequences"),
            ("--side", images.side.is_some(), vec![Images], "images"),
            ("--grey", images.grey.is_some(), vec![Images], "images"),
            ("--epochs", images.epochs.is_some(), vec![Images], "images"),
            (
                "--patches",
                images.patches.is_some(),
                vec![Images],
                "images",
            ),
            ("--mapping", images.mapping, vec![Images], "images"),
            (
                "--skip-broken",
                images.skip_broken,
                vec![Images, Video],
                "images",
            ),
        ]
    }

    /// Whether what is said of classes can all be true.
    fn check_classes(&self) -> Result<(), DatasetError> {
        let images = self.images.as_deref();
        let sequences = self.sequences.as_deref();
        let several = images.map_or(0, |asked| asked.nominal.len());
        let is_nominal = several > 0 || sequences.is_some_and(|asked| asked.nominal.is_some());
        let pairs = [
            (
                self.label == ColumnChoice::Absent,
                "--label none",
                is_nominal || !self.anomalies.is_empty(),
                "--nominal or --anomaly",
            ),
            (
                is_nominal,
                "--nominal",
                !self.anomalies.is_empty(),
                "--anomaly",
            ),
        ];
        for (one, name, other, beside) in pairs {
            if one && other {
                return Err(DatasetError::NotBoth(name, beside));
            }
        }
        Ok(())
    }

    fn of_images(&self) -> Self {
        let mut images = self.images.as_deref().cloned().unwrap_or_default();
        images.anomalies.extend(self.anomalies.iter().cloned());
        images.unlabelled |= self.label == ColumnChoice::Absent;
        images.array = self.sheet.clone().or(images.array);
        images.whole_range = true;
        Self {
            images: Some(Box::new(images)),
            sequences: None,
            label: ColumnChoice::Recognise,
            anomalies: Vec::new(),
            sheet: None,
            ..self.clone()
        }
    }

    fn of_sequences(&self, shape: Shape) -> Self {
        let mut asked = self.sequences.as_deref().cloned().unwrap_or_default();
        // Several classes may be nominal; the first has always been held apart.
        let nominal = self.images.as_ref().map(|images| images.nominal.clone());
        let more = nominal.unwrap_or_default().into_iter();
        let more = more.filter(|class| Some(class) != asked.nominal.as_ref());
        let more: Vec<String> = more.collect();
        asked.also_nominal.extend(more);
        asked.missing.extend(self.fillers.iter().cloned());
        asked.anomalies.extend(self.anomalies.iter().cloned());
        asked.unlabelled |= self.label == ColumnChoice::Absent;
        asked.decimal = self.decimal.or(asked.decimal);
        asked.encoding = self.encoding.clone().or(asked.encoding);
        let is_plain = asked == crate::sequence::SequenceOptions::default();
        Self {
            sequences: (!is_plain).then(|| Box::new(asked)),
            images: self.images.clone().filter(|_| shape == Video),
            fillers: Vec::new(),
            anomalies: Vec::new(),
            decimal: None,
            encoding: None,
            // The columns of a long table are in its layout.
            label: ColumnChoice::Recognise,
            id: ColumnChoice::Recognise,
            ..self.clone()
        }
    }
}

/// An option, whether it is given, what it is for, and this in words.
type Offer = (&'static str, bool, Vec<Shape>, &'static str);
