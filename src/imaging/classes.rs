//! What the classes of images say about which of them are anomalies.

use std::collections::BTreeMap;

use super::{ImageError, ImageOptions};

const NOMINAL: [&str; 7] = [
    "good", "normal", "nominal", "ok", "inlier", "healthy", "train",
];
const ANOMALY: [&str; 9] = [
    "anomaly",
    "anomalous",
    "abnormal",
    "outlier",
    "defect",
    "defective",
    "bad",
    "broken",
    "ng",
];

/// Classes of images that are listed at most.
const LISTED: usize = 12;

/// Whether each is an anomaly, where the classes tell, and sentences about them.
type Told = (Option<Vec<Option<bool>>>, Vec<String>);

/// Makes labels of classes, one per image.
///
/// 1. The classes that the options name are nominal, all others anomalies, or the other way about.
/// 2. Otherwise classes tell by their names; beside some that are nominal by name all others are
///    anomalies, and the one other beside some that are anomalies is nominal.
/// 3. Of 0 and 1, and of no others, 1 is an anomaly.
/// 4. Otherwise nothing is told: it is said how to.
pub(super) fn labels(
    classes: &[Option<String>],
    options: &ImageOptions,
) -> Result<Told, ImageError> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for class in classes.iter().flatten() {
        *counts.entry(class).or_default() += 1;
    }
    for name in options.nominal.iter().chain(&options.anomalies) {
        if !counts.contains_key(name.as_str()) {
            return Err(ImageError::NoClass(name.clone(), listed(&counts)));
        }
    }
    if counts.is_empty() || options.unlabelled {
        return Ok((None, Vec::new()));
    }
    let Some(nominal) = nominal(&counts, options) else {
        let sentence = format!(
            "The images come in classes ({}), but which are nominal is not known: name them (--nominal), or those that are anomalies (--anomaly), for a truth.",
            listed(&counts)
        );
        return Ok((None, vec![sentence]));
    };
    let label = |class: &Option<String>| {
        let class = class.as_deref()?;
        Some(!nominal.contains(&class))
    };
    let sentence = format!(
        "The truth: {}, of {}.",
        match nominal.as_slice() {
            [] => "every class is one of anomalies".to_owned(),
            [one] => format!("the class {one} is nominal, all others anomalies"),
            several => format!(
                "the classes {} are nominal, all others anomalies",
                several.join(", ")
            ),
        },
        listed(&counts)
    );
    Ok((Some(classes.iter().map(label).collect()), vec![sentence]))
}

fn nominal<'a>(counts: &BTreeMap<&'a str, usize>, options: &ImageOptions) -> Option<Vec<&'a str>> {
    let named =
        |words: &[&str], class: &str| words.iter().any(|word| class.eq_ignore_ascii_case(word));
    let classes = || counts.keys().copied();
    if !options.anomalies.is_empty() {
        let others = classes().filter(|class| !options.anomalies.iter().any(|name| name == class));
        return Some(others.collect());
    }
    if !options.nominal.is_empty() {
        let chosen = classes().filter(|class| options.nominal.iter().any(|name| name == class));
        return Some(chosen.collect());
    }
    let by_name: Vec<&str> = classes().filter(|class| named(&NOMINAL, class)).collect();
    if !by_name.is_empty() {
        return Some(by_name);
    }
    let others: Vec<&str> = classes().filter(|class| !named(&ANOMALY, class)).collect();
    if others.len() < counts.len() && others.len() <= 1 {
        return Some(others);
    }
    let numbers = classes().all(|class| ["0", "1"].contains(&class));
    numbers.then(|| vec!["0"])
}

fn listed(counts: &BTreeMap<&str, usize>) -> String {
    let shown = counts.iter().take(LISTED);
    let mut words: Vec<String> = shown
        .map(|(class, count)| format!("{class}: {count}"))
        .collect();
    if counts.len() > LISTED {
        words.push(format!("and {} more", counts.len() - LISTED));
    }
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(classes: &[&str], nominal: &[&str]) -> Result<Told, ImageError> {
        let classes: Vec<_> = classes
            .iter()
            .map(|class| Some((*class).to_owned()))
            .collect();
        let options = ImageOptions {
            nominal: nominal.iter().map(|name| (*name).to_owned()).collect(),
            ..ImageOptions::default()
        };
        labels(&classes, &options)
    }

    #[test]
    fn classes_tell_by_their_names_or_by_choice() {
        let (anomaly, nominal) = (true, false);
        let truth = |classes: &[&str], chosen: &[&str]| {
            let (truth, _) = told(classes, chosen).expect("labels");
            truth.map(|labels| labels.into_iter().flatten().collect::<Vec<bool>>())
        };
        assert_eq!(truth(&["good", "crack"], &[]), Some(vec![nominal, anomaly]));
        assert_eq!(
            truth(&["cell", "defective"], &[]),
            Some(vec![nominal, anomaly])
        );
        assert_eq!(truth(&["0", "1"], &[]), Some(vec![nominal, anomaly]));
        assert_eq!(
            truth(&["3", "8", "5"], &["8"]),
            Some(vec![anomaly, nominal, anomaly])
        );
        assert_eq!(truth(&["RBC", "WBC"], &[]), None);
        assert_eq!(truth(&["3", "8", "5"], &[]), None);
    }

    #[test]
    fn what_is_inferred_is_said_and_classes_that_are_not_there_are_refused() {
        let (_, words) = told(&["good", "crack"], &[]).expect("labels");
        assert_eq!(
            words,
            ["The truth: the class good is nominal, all others anomalies, of crack: 1, good: 1."]
        );
        let error = told(&["3", "8"], &["9"])
            .expect_err("a refusal")
            .to_string();
        assert_eq!(error, "No image is of the class “9”: there are 3: 1, 8: 1.");
    }
}
