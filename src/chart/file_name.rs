//! Names of files from names of things.

/// Letters of a file name; some systems take no more than 255 bytes of path and ending together.
const MOST: usize = 60;

/// Words as the name of a file, without its ending: letters, digits and `_`, hyphens between; never
/// empty, never a path.
pub fn file_name(words: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || letter == '_';
    let words = words.split(|letter: char| !is_plain(letter));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let cut: String = words.join("-").chars().take(MOST).collect();
    match cut.is_empty() {
        true => "unnamed".to_owned(),
        false => cut.trim_end_matches('-').to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn names_of_files_are_plain() {
        for (words, name) in [
            ("a/b: score after − before 3", "a-b-score-after-before-3"),
            ("values of ../../etc/Pässwd", "values-of-etc-Pässwd"),
            ("ann_thyroid_1v3", "ann_thyroid_1v3"),
            ("..", "unnamed"),
        ] {
            assert_eq!(file_name(words), name);
        }
        assert_eq!(file_name(&"a ".repeat(50)).len(), 59);
    }
}
