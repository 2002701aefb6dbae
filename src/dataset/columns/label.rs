//! Labels, and how files spell them.

use serde::{Deserialize, Serialize};

/// What an instance is known to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Label {
    /// What the analyst hunts.
    Anomaly,
    /// Everything else.
    Nominal,
}

impl Label {
    /// The word in files and on screen: `anomaly` or `nominal`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Anomaly => "anomaly",
            Self::Nominal => "nominal",
        }
    }

    /// The `y` of the loss: +1 for an anomaly, −1 for a nominal.
    pub const fn sign(self) -> f32 {
        match self {
            Self::Anomaly => 1.0,
            Self::Nominal => -1.0,
        }
    }

    /// The label that a word means beyond doubt, in a table of anything.
    pub(in crate::dataset) fn from_word(word: &str) -> Option<Self> {
        spelled(word, &ANOMALY_WORDS, &NOMINAL_WORDS)
    }

    /// The label that a word means in a column that holds verdicts: a fraud, a defect, an attack.
    pub(in crate::dataset) fn from_verdict(word: &str) -> Option<Self> {
        let bare = bare(word);
        let of = |word: &str| match (
            ANOMALY_VERDICTS.contains(&word),
            NOMINAL_VERDICTS.contains(&word),
        ) {
            (true, _) => Some(Self::Anomaly),
            (_, true) => Some(Self::Nominal),
            _ => Self::from_word(word),
        };
        // `A ttack`, as a well-known data set has it.
        of(&bare).or_else(|| of(&bare.replace(' ', "")))
    }
}

/// A word without the quotes around it and the full stop behind it, as some data sets write it.
fn bare(word: &str) -> String {
    let word = word
        .trim()
        .trim_matches(['\'', '"', '’', '‘'])
        .trim_end_matches('.');
    word.trim().to_lowercase()
}

/// Words for what is hunted, in verdicts.
const ANOMALY_VERDICTS: [&str; 86] = [
    "anomalie",
    "anomalía",
    "anomalia",
    "anómalo",
    "anormal",
    "anormale",
    "ausreißer",
    "ausreisser",
    "auffällig",
    "attack",
    "attacker",
    "intrusion",
    "malicious",
    "malware",
    "fraud",
    "fraudulent",
    "betrug",
    "fraude",
    "spam",
    "phishing",
    "suspicious",
    "bad",
    "fail",
    "failed",
    "failure",
    "fault",
    "faulty",
    "defect",
    "defective",
    "defekt",
    "fehler",
    "fehlerhaft",
    "broken",
    "nok",
    "n.i.o",
    "not ok",
    "ng",
    "malignant",
    "аномалия",
    "异常",
    "異常",
    "不良",
    "averiado",
    "avería",
    "defectuoso",
    "défaillant",
    "defaillant",
    "défectueux",
    "non conforme",
    "no conforme",
    "difettoso",
    "guasto",
    "ko",
    "awaria",
    "uszkodzony",
    "wadliwy",
    "anomalo",
    "брак",
    "неисправен",
    "неисправность",
    "авария",
    "不合格",
    "不良品",
    "故障",
    "불량",
    "이상",
    "비정상",
    "불합격",
    "고장",
    "rejected",
    "reject",
    "schlecht",
    "ausschuss",
    "gestört",
    "intruder",
    "botnet",
    "faulted",
    "malfunction",
    "anomal",
    "outliers",
    "novelty",
    "atypical",
    "compromised",
    "infected",
    "hacked",
    "error",
];

/// Words for all else, in verdicts.
const NOMINAL_VERDICTS: [&str; 57] = [
    "unauffällig",
    "benign",
    "legit",
    "legitimate",
    "genuine",
    "ham",
    "good",
    "ok",
    "okay",
    "pass",
    "passed",
    "healthy",
    "i.o",
    "in ordnung",
    "clean",
    "non-fraud",
    "not fraud",
    "no fraud",
    "no failure",
    "no fault",
    "non-attack",
    "normale",
    "regular",
    "норма",
    "正常",
    "良品",
    "정상",
    "non-anomaly",
    "gut",
    "sain",
    "conforme",
    "operativo",
    "correcto",
    "buono",
    "sano",
    "praca",
    "sprawny",
    "dobry",
    "годен",
    "исправен",
    "合格",
    "良",
    "良好",
    "양품",
    "합격",
    "accepted",
    "accept",
    "intact",
    "gutteil",
    "nonfraud",
    "non fraud",
    "not anomalous",
    "non-anomalous",
    "no anomaly",
    "no attack",
    "typical",
    "non-outlier",
];

/// Yes and no in other tongues.
const YES: [&str; 14] = [
    "ja",
    "oui",
    "si",
    "sí",
    "sim",
    "tak",
    "да",
    "vrai",
    "wahr",
    "verdadero",
    "verdadeiro",
    "是",
    "はい",
    "예",
];
const NO: [&str; 13] = [
    "nein",
    "non",
    "não",
    "nao",
    "nie",
    "нет",
    "faux",
    "falsch",
    "falso",
    "否",
    "いいえ",
    "아니오",
    "nee",
];

const ANOMALY_WORDS: [&str; 4] = ["anomaly", "anomalous", "outlier", "abnormal"];
const NOMINAL_WORDS: [&str; 3] = ["nominal", "normal", "inlier"];
const ANOMALY_ANSWERS: [&str; 4] = ["true", "yes", "t", "y"];
const NOMINAL_ANSWERS: [&str; 4] = ["false", "no", "f", "n"];

/// What one cell of a label column says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::dataset) enum Spelling {
    /// A label.
    Known(Label),
    /// That the label is not known.
    Unknown,
    /// −1: an outlier to scikit-learn, a nominal to the AAD papers.
    MinusOne,
    /// Nothing that a label column should say.
    Other,
}

impl Spelling {
    /// Reads a text of a label column, without regard to case.
    pub(in crate::dataset) fn of_text(text: &str) -> Self {
        if text.eq_ignore_ascii_case("unknown") {
            return Self::Unknown;
        }
        Label::from_word(text)
            .or_else(|| spelled(text, &ANOMALY_ANSWERS, &NOMINAL_ANSWERS))
            .map_or(Self::Other, Self::Known)
    }

    /// Reads a text of a column of verdicts: words of what is hunted, and yes and no in other tongues,
    /// count too.
    pub(in crate::dataset) fn of_verdict(text: &str) -> Self {
        let bare = bare(text);
        let answer = || match (YES.contains(&bare.as_str()), NO.contains(&bare.as_str())) {
            (true, _) => Self::Known(Label::Anomaly),
            (_, true) => Self::Known(Label::Nominal),
            _ => match bare.parse() {
                Ok(number) => Self::of_number(number),
                Err(_) => Self::of_text(&bare),
            },
        };
        Label::from_verdict(text).map_or_else(answer, Self::Known)
    }

    /// Reads a number of a label column: 1 is an anomaly, 0 a nominal, NaN (empty) unknown.
    pub(in crate::dataset) fn of_number(number: f32) -> Self {
        match number {
            1.0 => Self::Known(Label::Anomaly),
            0.0 => Self::Known(Label::Nominal),
            -1.0 => Self::MinusOne,
            _ if number.is_nan() => Self::Unknown,
            _ => Self::Other,
        }
    }

    /// The label, where there is one.
    pub(in crate::dataset) fn label(self) -> Option<Label> {
        match self {
            Self::Known(label) => Some(label),
            Self::Unknown | Self::MinusOne | Self::Other => None,
        }
    }
}

/// What the cells of a column say together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::dataset) enum Verdict {
    /// Labels and unknowns only.
    Labels,
    /// −1, and 1 or nothing: labels of which nobody can say which is which.
    ///
    /// Refused rather than guessed: taken the wrong way round, every answer would be inverted.
    Signed,
    /// Something else.
    Other,
}

impl Verdict {
    /// Judges a column by its different spellings.
    pub(in crate::dataset) fn of(spellings: impl Iterator<Item = Spelling>) -> Self {
        let (mut minus_one, mut nominal) = (false, false);
        for spelling in spellings {
            match spelling {
                Spelling::Other => return Self::Other,
                Spelling::MinusOne => minus_one = true,
                Spelling::Known(Label::Nominal) => nominal = true,
                Spelling::Known(Label::Anomaly) | Spelling::Unknown => {}
            }
        }
        match (minus_one, nominal) {
            (true, true) => Self::Other,
            (true, false) => Self::Signed,
            (false, _) => Self::Labels,
        }
    }
}

fn spelled(text: &str, anomaly: &[&str], nominal: &[&str]) -> Option<Label> {
    let among = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if among(anomaly) {
        Some(Label::Anomaly)
    } else if among(nominal) {
        Some(Label::Nominal)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_without_case() {
        for text in ["anomaly", "ANOMALOUS", "Outlier", "True", "YES"] {
            assert_eq!(Spelling::of_text(text), Spelling::Known(Label::Anomaly));
        }
        for text in ["nominal", "Normal", "INLIER", "false", "no"] {
            assert_eq!(Spelling::of_text(text), Spelling::Known(Label::Nominal));
        }
        assert_eq!(Spelling::of_text("Unknown"), Spelling::Unknown);
        assert_eq!(Spelling::of_text("red"), Spelling::Other);
    }

    #[test]
    fn verdicts_are_read_in_other_words() {
        for text in ["Attack", "NOK", "'1'", "fraud.", "ja", "异常", "True"] {
            assert_eq!(
                Spelling::of_verdict(text),
                Spelling::Known(Label::Anomaly),
                "{text}"
            );
        }
        for text in ["BENIGN", "ok", "normal.", "'no'", "nein", "0"] {
            assert_eq!(
                Spelling::of_verdict(text),
                Spelling::Known(Label::Nominal),
                "{text}"
            );
        }
        for text in ["smurf.", "M", "2", "red", "none"] {
            assert_eq!(Spelling::of_verdict(text), Spelling::Other, "{text}");
        }
    }

    #[test]
    fn minus_one_is_never_guessed() {
        let verdict =
            |numbers: &[f32]| Verdict::of(numbers.iter().map(|&n| Spelling::of_number(n)));
        assert_eq!(verdict(&[0.0, 1.0, f32::NAN]), Verdict::Labels);
        assert_eq!(verdict(&[-1.0, 1.0]), Verdict::Signed);
        assert_eq!(verdict(&[-1.0, 0.0, 1.0]), Verdict::Other);
        assert_eq!(verdict(&[1.0, 2.0]), Verdict::Other);
    }
}
