//! File content made safe for a sentence: cut, escaped, quoted, listed.

/// Most characters of one cell that a sentence or a preview shows.
const CUT: usize = 40;

/// Most items that a sentence lists.
const LISTED: usize = 6;

/// Cuts a text at 40 characters and escapes what would not print.
pub(super) fn short(text: &str) -> String {
    let mut shown = String::new();
    let mut letters = text.chars();
    for letter in letters.by_ref().take(CUT) {
        push_printable(&mut shown, letter);
    }
    if letters.next().is_some() {
        shown.push('…');
    }
    shown
}

/// Escapes what would not print, without cutting: for file names.
pub(super) fn printable(text: &str) -> String {
    let mut shown = String::new();
    for letter in text.chars() {
        push_printable(&mut shown, letter);
    }
    shown
}

/// [`short`], in quotation marks.
pub(super) fn quote(text: &str) -> String {
    format!("“{}”", short(text))
}

/// Joins the first six items with commas and says how many more there are.
pub(super) fn list<I>(items: I) -> String
where
    I: IntoIterator<Item = String>,
{
    let mut items = items.into_iter();
    let shown: Vec<String> = items.by_ref().take(LISTED).collect();
    match items.count() {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

fn push_printable(shown: &mut String, letter: char) {
    match letter {
        '"' | '\'' | '\\' => shown.push(letter),
        _ => shown.extend(letter.escape_debug()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_and_controls_escaped() {
        assert_eq!(short(&"a".repeat(40)), "a".repeat(40));
        assert_eq!(short(&"ä".repeat(41)), format!("{}…", "ä".repeat(40)));
        assert_eq!(short("a\nb\u{1b}[31m"), "a\\nb\\u{1b}[31m");
        assert_eq!(short("\u{202e}x"), "\\u{202e}x");
        assert_eq!(quote("it's \"x\""), "“it's \"x\"”");
    }

    #[test]
    fn long_lists_are_counted() {
        let names = |n: usize| list((0..n).map(|i| i.to_string()));
        assert_eq!(names(2), "0, 1");
        assert_eq!(names(6), "0, 1, 2, 3, 4, 5");
        assert_eq!(names(9), "0, 1, 2, 3, 4, 5 and 3 more");
    }
}
