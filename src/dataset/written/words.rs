//! Words that programs write where they have no value.

/// Words that mean no value wherever they stand.
const NOTHING: [&str; 14] = [
    "\\n", "#n/a", "#n/a n/a", "#na", "#div/0!", "#value!", "#ref!", "#num!", "#name?", "#null!",
    "<na>", "n.a.", "n.a", "#error!",
];

/// Words that mean no value among numbers, and may be values among texts.
const AMONG_NUMBERS: [&str; 14] = [
    "none", "nil", "-", "--", "---", "–", "—", ".", "..", "...", "*", "missing", "k.a.", "n.d.",
];

/// Not-a-number as C's library of Windows writes it.
const NOT_A_NUMBER: [&str; 5] = ["1.#ind", "1.#qnan", "1.#snan", "1.#nan", "nan(ind)"];

/// Whether a text means no value in any column.
pub(in crate::dataset) fn is_nothing(text: &str) -> bool {
    among(text, &NOTHING) || among(text.trim_start_matches(['-', '+']), &NOT_A_NUMBER)
}

/// Whether a text means no value in a column of numbers or times.
pub(in crate::dataset) fn is_nothing_among_numbers(text: &str) -> bool {
    is_nothing(text) || among(text, &AMONG_NUMBERS)
}

/// Whether a text means infinity, where the standard library does not read it so.
pub(in crate::dataset) fn is_infinite(text: &str) -> bool {
    text.trim_start_matches(['-', '+'])
        .eq_ignore_ascii_case("1.#inf")
}

fn among(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_missing_values() {
        for word in ["\\N", "#DIV/0!", "-1.#IND", "1.#QNAN", "n.a."] {
            assert!(is_nothing(word), "{word}");
        }
        for word in ["None", "-", "--"] {
            assert!(
                !is_nothing(word) && is_nothing_among_numbers(word),
                "{word}"
            );
        }
        assert!(is_infinite("-1.#INF") && !is_infinite("1"));
        assert!(!is_nothing_among_numbers("red") && !is_nothing_among_numbers(""));
    }
}
