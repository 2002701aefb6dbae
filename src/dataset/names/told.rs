//! What a name alone says of a column.

use super::Part;
use crate::dataset::{ColumnChoice, ReadOptions, Rules};

/// Names of label columns, without case and punctuation.
pub(super) const LABELS: [&str; 11] = [
    "label",
    "labels",
    "groundtruth",
    "truth",
    "class",
    "target",
    "anomaly",
    "isanomaly",
    "outlier",
    "isoutlier",
    "anomalylabel",
];

/// Names of id columns, without case and punctuation; pandas reads its own index as `Unnamed: 0`.
pub(super) const IDS: [&str; 14] = [
    "id",
    "ids",
    "uid",
    "uuid",
    "guid",
    "key",
    "index",
    "row",
    "rowid",
    "rowindex",
    "rownumber",
    "rowname",
    "name",
    "unnamed0",
];

/// More names of id columns, without case and punctuation: of R, of catalogues, of machines.
const MORE_IDS: [&str; 9] = [
    "indexlevel0",
    "rownames",
    "udi",
    "kepid",
    "tic",
    "ticid",
    "objid",
    "oid",
    "recno",
];

/// Last words of names of ids, where their whole numbers are mostly different.
const NUMBERS: [&str; 18] = [
    "number",
    "nummer",
    "num",
    "numero",
    "número",
    "numéro",
    "serial",
    "account",
    "acct",
    "invoice",
    "ticket",
    "receipt",
    "objectid",
    "matricule",
    "hip",
    "hd",
    "kic",
    "epic",
];

/// Last words of names of ids, where their whole numbers are all different.
const COUNTS: [&str; 10] = [
    "order", "seq", "sequence", "idx", "obs", "record", "sample", "ref", "key", "rank",
];

/// Ends of names of ids in other scripts and in words written together.
const NUMBER_ENDS: [&str; 8] = [
    "nummer",
    "号",
    "号码",
    "番号",
    "编号",
    "編號",
    "번호",
    "номер",
];

/// Words of names of codes that only look like numbers.
const CODES: [&str; 28] = [
    "zip",
    "zipcode",
    "postcode",
    "postal",
    "plz",
    "postleitzahl",
    "phone",
    "telephone",
    "tel",
    "telefon",
    "mobile",
    "mobil",
    "handy",
    "msisdn",
    "téléphone",
    "fax",
    "fips",
    "ean",
    "upc",
    "gtin",
    "isbn",
    "issn",
    "imei",
    "iban",
    "ssn",
    "cusip",
    "isin",
    "bic",
];

/// Names that say that a column holds the truth, if its values are labels.
const TRUTHS: [&str; 18] = [
    "passfail",
    "verdict",
    "answer",
    "fraud",
    "failure",
    "machinefailure",
    "failed",
    "attack",
    "intrusion",
    "malicious",
    "malware",
    "anomalous",
    "abnormal",
    "fault",
    "faulty",
    "defect",
    "defective",
    "outcome",
];

/// What a column says that is named `is_…` or `has_…` after one of these.
const TRUTH_STEMS: [&str; 11] = [
    "fraud",
    "anomal",
    "outlier",
    "attack",
    "fail",
    "fault",
    "malicious",
    "abnormal",
    "defect",
    "intrus",
    "malware",
];

/// Beginnings of words for what is hunted, in other tongues too.
const STEMS: [&str; 34] = [
    "fraud",
    "anomal",
    "outlier",
    "attack",
    "fail",
    "fault",
    "malici",
    "malign",
    "abnormal",
    "anormal",
    "defect",
    "defekt",
    "intrus",
    "malware",
    "bankrupt",
    "ausreiß",
    "ausreiss",
    "störung",
    "stoerung",
    "fehler",
    "betrug",
    "défaut",
    "panne",
    "fallo",
    "avería",
    "averia",
    "аномал",
    "сбой",
    "отказ",
    "异常",
    "異常",
    "이상",
    "故障",
    "不良",
];

/// Words beside such a one that leave it what it is.
const BESIDE: [&str; 29] = [
    "is",
    "has",
    "flag",
    "label",
    "labels",
    "class",
    "binary",
    "bin",
    "target",
    "truth",
    "true",
    "gt",
    "t",
    "y",
    "ind",
    "indicator",
    "status",
    "machine",
    "type",
    "cat",
    "category",
    "name",
    "bool",
    "boolean",
    "found",
    "detected",
    "p",
    "yn",
    "state",
];

/// Names of columns that say of each row that it is as it should be.
const SOUND: [&str; 22] = [
    "normal",
    "isnormal",
    "nominal",
    "isnominal",
    "ok",
    "isok",
    "good",
    "isgood",
    "healthy",
    "ishealthy",
    "benign",
    "isbenign",
    "legit",
    "islegit",
    "legitimate",
    "genuine",
    "isgenuine",
    "inlier",
    "isinlier",
    "valid",
    "isvalid",
    "passed",
];

/// Words of a program's own judgement.
const GUESSES: [&str; 12] = [
    "score",
    "prob",
    "proba",
    "probability",
    "pred",
    "prediction",
    "predicted",
    "predict",
    "yhat",
    "ypred",
    "confidence",
    "likelihood",
];

pub(super) fn by_name(name: &str, options: &ReadOptions) -> Part {
    let bare = bare(name);
    let is_inferred = options.rules == Rules::Meaning;
    let is_id = IDS.contains(&bare.as_str()) || (is_inferred && is_id_pattern(name, &bare));
    if LABELS.contains(&bare.as_str()) {
        Part::UnwantedLabel
    } else if is_id && options.id != ColumnChoice::Absent {
        Part::OtherId
    } else if is_inferred && is_truth(name, &bare) {
        Part::PerhapsTruth
    } else {
        Part::Ordinary
    }
}

/// Whether a name is one of ids by its form: `customer_id`, `PassengerNo`, `#`, `Unnamed: 0.1`.
fn is_id_pattern(name: &str, bare: &str) -> bool {
    let name = name.trim();
    let lower = name.to_lowercase();
    let words: Vec<&str> = lower.split([' ', '_', '-', '.']).collect();
    let last = match words[..] {
        [_, .., last] => last,
        _ => "",
    };
    // `customerId`, `PassengerNo`, `orderID`: a capital behind a small letter.
    let camel = ["Id", "ID", "No", "Uuid", "UUID"].iter().any(|end| {
        let before = name.strip_suffix(end).and_then(|stem| stem.chars().last());
        before.is_some_and(char::is_lowercase)
    });
    MORE_IDS.contains(&bare)
        || name == "#"
        || bare.starts_with("unnamed0")
        || ["id", "ids", "uuid", "guid", "no", "nr"].contains(&last)
        || camel
}

/// Whether a name says that a column holds the truth.
fn is_truth(name: &str, bare: &str) -> bool {
    let said = bare.strip_prefix("is").or_else(|| bare.strip_prefix("has"));
    let words = words(name);
    let is_stem = |word: &&String| STEMS.iter().any(|stem| begins(word, stem));
    let is_beside = |word: &String| BESIDE.contains(&word.as_str());
    TRUTHS.contains(&bare)
        || words.iter().any(|word| word.ends_with("disposition"))
        || said.is_some_and(|said| TRUTH_STEMS.iter().any(|stem| said.contains(stem)))
        || words.iter().any(|word| word == "gt")
        || ["ytrue", "ytest", "groundtruthlabel", "labelname"].contains(&bare)
        || (words.iter().any(|word| is_stem(&word))
            && words.iter().all(|word| is_stem(&word) || is_beside(word)))
}

/// Whether a name speaks of what is hunted, whatever its values are.
pub(in crate::dataset) fn may_be_truth(name: &str) -> bool {
    let words = words(name);
    words
        .iter()
        .any(|word| STEMS.iter().any(|stem| begins(word, stem)))
        || words.iter().any(|word| word.ends_with("disposition"))
}

/// Whether a name says that a column holds the truth the other way round: what is as it should be.
pub(in crate::dataset) fn is_sound(name: &str) -> bool {
    SOUND.contains(&bare(name).as_str())
}

/// Whether a word begins so; where words are written without spaces between, whether it has that in it.
fn begins(word: &str, stem: &str) -> bool {
    let is_unspaced = stem.chars().any(|letter| letter >= '\u{3000}');
    word.starts_with(stem) || (is_unspaced && word.contains(stem))
}

/// Whether a name is one of a program's own judgement, such as `prediction`.
pub(in crate::dataset) fn is_guess(name: &str) -> bool {
    words(name)
        .iter()
        .any(|word| GUESSES.contains(&word.as_str()))
}

/// Whether a name says that the digits of its column are codes, such as those of letters or telephones.
pub(in crate::dataset) fn is_code(name: &str) -> bool {
    words(name)
        .iter()
        .any(|word| CODES.contains(&word.as_str()))
}

/// Which share of the whole numbers of a column has to be different so that it is an id by its name;
/// `None` where its name is none of ids.
pub(in crate::dataset) fn may_be_id(name: &str) -> Option<f64> {
    let words = words(name);
    let last = words.last()?.as_str();
    if NUMBERS.contains(&last) || NUMBER_ENDS.iter().any(|end| last.ends_with(end)) {
        Some(0.5)
    } else {
        COUNTS.contains(&last).then_some(1.0)
    }
}

/// The letters and digits of a name, in lower case.
pub(super) fn bare(name: &str) -> String {
    name.chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The words of a name in lower case: `is_attack`, `isFraud`, `SerialNumber`, `Bankrupt?`.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    for letter in name.chars() {
        if letter.is_alphanumeric() {
            let begins =
                !before.is_alphanumeric() || (before.is_lowercase() && letter.is_uppercase());
            match words.last_mut() {
                Some(word) if !begins => word.extend(letter.to_lowercase()),
                _ => words.push(letter.to_lowercase().collect()),
            }
        }
        before = letter;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_truths() {
        for name in [
            "isFraud",
            "fraud_flag",
            "Fraud_Label",
            "is_attack_t",
            "Machine failure",
            "Störung",
            "Bankrupt?",
            "anomaly_score_gt",
            "y_true",
            "аномалия",
            "异常",
            "attack_cat",
            "fraud_bool",
            "FraudFound_P",
        ] {
            assert!(is_truth(name, &bare(name)), "{name}");
        }
        for name in [
            "temp",
            "fault current",
            "default",
            "failures_before",
            "target_temp",
            "gtin",
        ] {
            assert!(!is_truth(name, &bare(name)), "{name}");
        }
    }

    #[test]
    fn names_of_ids_and_codes() {
        for (name, share) in [
            ("Kundennummer", Some(0.5)),
            ("SerialNumber", Some(0.5)),
            ("trans_num", Some(0.5)),
            ("order", Some(1.0)),
            ("number of rooms", None),
            ("temp", None),
        ] {
            assert_eq!(may_be_id(name), share, "{name}");
        }
        assert!(is_code("code postal") && is_code("zip") && !is_code("zipf"));
        assert!(is_guess("y_pred") && is_guess("fraudScore") && !is_guess("predator"));
    }
}
