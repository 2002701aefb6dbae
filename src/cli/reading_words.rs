//! How data were read, in the words of the command line: to tell it, and to go on with it.

use crate::dataset::{ColumnChoice, Meaning, Missing, ReadOptions, TimePart};
use crate::imaging::ImageOptions;
use crate::sequence::{SequenceLayout, SequenceOptions};

/// The options that are not as by default, each with its value.
fn words(options: &ReadOptions) -> Vec<(&'static str, String)> {
    let images = options.images.as_deref().cloned().unwrap_or_default();
    let sequences = options.sequences.as_deref().cloned().unwrap_or_default();
    let column = |choice: &ColumnChoice| match choice {
        ColumnChoice::Recognise => None,
        ColumnChoice::Absent => Some("none".to_owned()),
        ColumnChoice::Named(name) => Some(name.clone()),
    };
    let yes = |is: bool| Some(if is { "yes" } else { "no" }.to_owned());
    let given = |is: bool| is.then(String::new);
    let list = |values: &[String]| Some(values.join(", ")).filter(|_| !values.is_empty());
    let meanings: Vec<String> = (options.columns.iter())
        .map(|(name, meaning)| format!("{name}={}", Meaning::name(*meaning)))
        .collect();
    let times: Vec<String> = (options.time_features.iter())
        .map(|(name, part)| format!("{name}={}", TimePart::name(*part)))
        .collect();
    let of_sequences: Vec<String> = (sequences.nominal.iter().cloned())
        .chain(sequences.also_nominal.iter().cloned())
        .collect();
    let nominal = list(&images.nominal).or(list(&of_sequences));
    let anomalies = list(&options.anomalies)
        .or(list(&images.anomalies))
        .or(list(&sequences.anomalies));
    // Of images and sequences, no truth is said by an option of theirs.
    let is_unlabelled = images.unlabelled || sequences.unlabelled;
    let label = is_unlabelled.then(|| "none".to_owned());
    let mark = |byte: u8| match byte {
        b'\t' => "tab".to_owned(),
        byte => char::from(byte).to_string(),
    };
    let said = [
        ("--delimiter", options.delimiter.map(mark)),
        ("--header", options.header.and_then(yes)),
        ("--label", column(&options.label).or(label)),
        ("--id", column(&options.id)),
        ("--impute", given(options.missing == Missing::Median)),
        ("--every", options.every.map(|every| every.to_string())),
        ("--sheet", options.sheet.clone().or(images.array.clone())),
        ("--decimal", options.decimal.or(sequences.decimal).map(mark)),
        (
            "--encoding",
            options.encoding.clone().or(sequences.encoding.clone()),
        ),
        (
            "--missing",
            list(&options.fillers).or(list(&sequences.missing)),
        ),
        ("--anomaly", anomalies),
        ("--column", list(&meanings)),
        ("--time-feature", list(&times)),
        ("--nominal", nominal),
        ("--side", images.side.map(|side| side.to_string())),
        ("--grey", images.grey.and_then(yes)),
        ("--skip-broken", given(images.skip_broken)),
        ("--epochs", images.epochs.map(|epochs| epochs.to_string())),
        (
            "--patches",
            images.patches.map(|patches| patches.to_string()),
        ),
        ("--mapping", given(images.mapping)),
        ("--sequences", sequences.layout.as_ref().map(layout)),
        ("--resample", given(sequences.resample)),
    ];
    let said = said.into_iter();
    said.filter_map(|(flag, value)| Some((flag, value?)))
        .collect()
}

fn layout(layout: &SequenceLayout) -> String {
    match layout {
        SequenceLayout::Lines => "lines".to_owned(),
        SequenceLayout::Frames => "frames".to_owned(),
        SequenceLayout::Long {
            id,
            time,
            class,
            phase,
            channels,
        } => {
            let named = [
                ("--id", Some(id)),
                ("--label", class.as_ref()),
                ("--time", time.as_ref()),
                ("--phase", phase.as_ref()),
            ];
            let named = named
                .into_iter()
                .filter_map(|(flag, name)| Some(format!(" {flag} {}", name?)));
            let named: String = named.collect();
            match channels.is_empty() {
                true => format!("long{named}"),
                false => format!("long{named} --channels {}", channels.join(",")),
            }
        }
    }
}

fn word(flag: &str, value: &str) -> String {
    format!("{flag} {value}").trim_end().to_owned()
}

/// The options in one line; `None` where all are as by default.
pub(super) fn line(options: &ReadOptions) -> Option<String> {
    let said = words(options);
    let said: Vec<String> = (said.iter())
        .map(|(flag, value)| word(flag, value))
        .collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// The first option that is asked for and is not that of a session, as a clause.
pub(super) fn difference(asked: &ReadOptions, own: &ReadOptions) -> Option<String> {
    let own = words(own);
    let mut asked = words(asked).into_iter().filter(|said| !own.contains(said));
    let (flag, value) = asked.next()?;
    let there = own.iter().find(|(other, _)| *other == flag);
    let here = word(flag, &value);
    Some(match there {
        Some((flag, was)) => format!("it was read with {}, and not with {here}", word(flag, was)),
        None => format!("it was read without {here}"),
    })
}

/// The options of a session, but for what is asked for.
pub(super) fn like_own(asked: ReadOptions, own: &ReadOptions) -> ReadOptions {
    let own = own.clone();
    let usual = ReadOptions::default();
    ReadOptions {
        delimiter: asked.delimiter.or(own.delimiter),
        header: asked.header.or(own.header),
        label: Some(asked.label)
            .filter(|label| *label != usual.label)
            .unwrap_or(own.label),
        id: Some(asked.id)
            .filter(|id| *id != usual.id)
            .unwrap_or(own.id),
        missing: match asked.missing {
            Missing::Refuse => own.missing,
            Missing::Median => Missing::Median,
        },
        every: asked.every.or(own.every),
        rules: own.rules,
        decimal: asked.decimal.or(own.decimal),
        encoding: asked.encoding.or(own.encoding),
        fillers: or(asked.fillers, &own.fillers),
        anomalies: or(asked.anomalies, &own.anomalies),
        columns: match asked.columns.is_empty() {
            true => own.columns,
            false => asked.columns,
        },
        time_features: match asked.time_features.is_empty() {
            true => own.time_features,
            false => asked.time_features,
        },
        sheet: asked.sheet.or(own.sheet),
        images: match (asked.images, own.images) {
            (Some(asked), Some(own)) => Some(Box::new(images(*asked, &own))),
            (asked, own) => asked.or(own),
        },
        sequences: match (asked.sequences, own.sequences) {
            (Some(asked), Some(own)) => Some(Box::new(sequences(*asked, &own))),
            (asked, own) => asked.or(own),
        },
    }
}

fn or(asked: Vec<String>, own: &[String]) -> Vec<String> {
    match asked.is_empty() {
        true => own.to_vec(),
        false => asked,
    }
}

fn images(asked: ImageOptions, own: &ImageOptions) -> ImageOptions {
    ImageOptions {
        side: asked.side.or(own.side),
        grey: asked.grey.or(own.grey),
        nominal: or(asked.nominal, &own.nominal),
        skip_broken: asked.skip_broken || own.skip_broken,
        epochs: asked.epochs.or(own.epochs),
        patches: asked.patches.or(own.patches),
        mapping: asked.mapping || own.mapping,
        anomalies: or(asked.anomalies, &own.anomalies),
        unlabelled: asked.unlabelled || own.unlabelled,
        array: asked.array.or_else(|| own.array.clone()),
        whole_range: own.whole_range,
    }
}

fn sequences(asked: SequenceOptions, own: &SequenceOptions) -> SequenceOptions {
    SequenceOptions {
        layout: asked.layout.or_else(|| own.layout.clone()),
        nominal: asked.nominal.or_else(|| own.nominal.clone()),
        interpolate: asked.interpolate || own.interpolate,
        resample: asked.resample || own.resample,
        also_nominal: or(asked.also_nominal, &own.also_nominal),
        anomalies: or(asked.anomalies, &own.anomalies),
        unlabelled: asked.unlabelled || own.unlabelled,
        missing: or(asked.missing, &own.missing),
        decimal: asked.decimal.or(own.decimal),
        encoding: asked.encoding.or_else(|| own.encoding.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_counts_and_all_else_is_as_it_was() {
        let images = |epochs, nominal: &[&str]| {
            Some(Box::new(ImageOptions {
                epochs,
                nominal: nominal.iter().map(|&name| name.to_owned()).collect(),
                ..ImageOptions::default()
            }))
        };
        let own = ReadOptions {
            missing: Missing::Median,
            images: images(Some(2), &["usual"]),
            ..ReadOptions::default()
        };
        assert_eq!(
            line(&own).as_deref(),
            Some("--impute --nominal usual --epochs 2")
        );
        assert_eq!(line(&ReadOptions::default()), None);
        let nothing = ReadOptions::default();
        assert_eq!(difference(&nothing, &own), None);
        assert_eq!(line(&like_own(nothing, &own)), line(&own));
        let same = ReadOptions {
            images: images(Some(2), &[]),
            ..ReadOptions::default()
        };
        assert_eq!(difference(&same, &own), None);
        let other = ReadOptions {
            images: images(Some(9), &[]),
            ..ReadOptions::default()
        };
        assert_eq!(
            difference(&other, &own).as_deref(),
            Some("it was read with --epochs 2, and not with --epochs 9")
        );
        let more = ReadOptions {
            every: Some(3),
            ..ReadOptions::default()
        };
        assert_eq!(
            difference(&more, &own).as_deref(),
            Some("it was read without --every 3")
        );
        let both = like_own(more, &own);
        assert_eq!((both.every, both.images), (Some(3), own.images));
    }
}
