//! Words that programs write where they have no value.

/// Words that mean no value wherever they stand.
const NOTHING: [&str; 17] = [
    "\\n",
    "#n/a",
    "#n/a n/a",
    "#na",
    "#div/0!",
    "#value!",
    "#ref!",
    "#num!",
    "#name?",
    "#null!",
    "<na>",
    "n.a.",
    "n.a",
    "#error!",
    "0000-00-00",
    "0000-00-00 00:00:00",
    "0000-00-00t00:00:00",
];

/// Words that mean no value among numbers, and may be values among texts.
const AMONG_NUMBERS: [&str; 46] = [
    "none",
    "nil",
    "–",
    "—",
    "missing",
    "k.a.",
    "k. a.",
    "keine angabe",
    "fehlt",
    "n.d.",
    "nd",
    "n/d",
    "n. d.",
    "not detected",
    "bdl",
    "b.d.l.",
    "lod",
    "<lod",
    "< lod",
    "<loq",
    "<dl",
    "<mdl",
    "n.n.",
    "n. n.",
    "trace",
    "no data",
    "nodata",
    "no value",
    "not available",
    "unavailable",
    "undefined",
    "undef",
    "unknown",
    "(null)",
    "<null>",
    "bad input",
    "bad data",
    "i/o timeout",
    "error",
    "err",
    "s/d",
    "sin dato",
    "нет данных",
    "нет",
    "-nan",
    "+nan",
];

/// Letters of which a run alone is written where there is no value: rules, stars, question marks.
const RUNS: &[u8] = b"-.*_?#~";

/// Not-a-number as C's library of Windows writes it.
const NOT_A_NUMBER: [&str; 5] = ["1.#ind", "1.#qnan", "1.#snan", "1.#nan", "nan(ind)"];

/// Whether a text means no value in any column.
pub(in crate::dataset) fn is_nothing(text: &str) -> bool {
    among(text, &NOTHING) || among(text.trim_start_matches(['-', '+']), &NOT_A_NUMBER)
}

/// Whether a text means no value in a column of numbers or times.
pub(in crate::dataset) fn is_nothing_among_numbers(text: &str) -> bool {
    // A plain number, as most cells are, is looked up nowhere.
    let bare = text.strip_prefix('-').unwrap_or(text);
    if bare.starts_with(|first: char| first.is_ascii_digit())
        && bare
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
    {
        return false;
    }
    let is_run = !text.is_empty() && text.bytes().all(|byte| RUNS.contains(&byte));
    is_run || is_nothing(text) || among(text, &AMONG_NUMBERS)
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
        for word in ["None", "-", "--", "*****", "ND", "<LOD", "No Data"] {
            assert!(
                !is_nothing(word) && is_nothing_among_numbers(word),
                "{word}"
            );
        }
        assert!(is_infinite("-1.#INF") && !is_infinite("1"));
        assert!(!is_nothing_among_numbers("red") && !is_nothing_among_numbers(""));
    }
}
