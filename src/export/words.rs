//! Words that charts and report share.

/// A text that fits where there is little room: at most so many letters, the rest as an ellipsis.
pub(super) fn short(text: &str, most: usize) -> String {
    match text.chars().count() > most {
        false => text.to_owned(),
        true => text
            .chars()
            .take(most.saturating_sub(1))
            .chain(['…'])
            .collect(),
    }
}

/// A text as a part of a file name: lower case letters, digits and hyphens.
pub(super) fn file_words(text: &str) -> String {
    let letters = text.to_lowercase();
    let words = letters.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let joined = words.join("-");
    let cut: String = joined.chars().take(40).collect();
    match cut.is_empty() {
        true => "member".to_owned(),
        false => cut.trim_end_matches('-').to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_are_made_of_harmless_letters() {
        assert_eq!(
            file_words("values of ../../etc/Pässwd"),
            "values-of-etc-p-sswd"
        );
        assert_eq!(file_words("!!"), "member");
        assert_eq!(file_words(&"a ".repeat(50)).len(), 39);
    }

    #[test]
    fn what_is_short_enough_stays() {
        assert_eq!([short("abc", 3), short("abcd", 3)], ["abc", "ab…"]);
    }
}
