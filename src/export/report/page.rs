//! Writing a page: elements that are closed in the order in which they were opened, text that is
//! always escaped.

use std::fmt::Write;

use crate::chart::escape;
use crate::numeric::number;
use crate::session::Answer;

/// A page under construction. Its markup is XML, too.
#[derive(Default)]
pub(super) struct Page {
    text: String,
    open: Vec<&'static str>,
}

/// A cell of a table.
pub(super) enum Cell {
    /// Words.
    Text(String),
    /// A few words of ours that stay on one line.
    Words(String),
    /// Words that head their row.
    Head(String),
    /// A number.
    Number(String),
    /// A note as it was written.
    Note(String),
    /// An answer, with its sign.
    Answer(Answer),
    /// A share, as a bar and in per cent.
    Share(f64),
    /// A link to a place on this page (its id), and its words.
    Link(String, String),
    /// Markup of ours.
    Markup(String),
}

impl Cell {
    fn is_number(&self) -> bool {
        matches!(self, Self::Number(_))
    }
}

/// The sign of an answer, as in the charts.
pub(super) fn sign(answer: Answer) -> &'static str {
    match answer {
        Answer::Anomaly => "▲",
        Answer::Nominal => "■",
        Answer::Unsure | Answer::Skip => "◆",
    }
}

impl Page {
    /// Opens an element; `attributes` are markup of ours.
    pub fn open(&mut self, tag: &'static str, attributes: &str) {
        let space = if attributes.is_empty() { "" } else { " " };
        // Writing to a string does not fail, here and below.
        let _ = write!(self.text, "<{tag}{space}{attributes}>");
        self.open.push(tag);
    }

    /// Closes the element that was opened last.
    pub fn close(&mut self) {
        if let Some(tag) = self.open.pop() {
            let _ = writeln!(self.text, "</{tag}>");
        }
    }

    /// An element with a text.
    pub fn line(&mut self, tag: &'static str, attributes: &str, text: &str) {
        self.open(tag, attributes);
        self.text(text);
        self.close();
    }

    /// A paragraph.
    pub fn paragraph(&mut self, text: &str) {
        self.line("p", "", text);
    }

    /// A text.
    pub fn text(&mut self, text: &str) {
        self.text.push_str(&escape(text));
    }

    /// Markup of ours.
    pub fn markup(&mut self, markup: &str) {
        self.text.push_str(markup);
    }

    /// A section that the table of contents leads to; with `new` it begins a page of paper.
    pub fn section(&mut self, id: &str, title: &str, new: bool) {
        let class = if new { r#" class="page""# } else { "" };
        self.open("section", &format!(r#"id="{id}"{class}"#));
        self.line("h2", "", title);
    }

    /// A picture with words below.
    pub fn figure(&mut self, svg: &str, caption: &str) {
        self.open("figure", "");
        self.markup(svg);
        self.line("figcaption", "", caption);
        self.close();
    }

    /// A table; `caption` may be empty. Columns of numbers stand at the right.
    pub fn table(&mut self, caption: &str, heads: &[&str], rows: &[Vec<Cell>]) {
        self.open("div", r#"class="wide""#);
        self.open("table", "");
        if !caption.is_empty() {
            self.line("caption", "", caption);
        }
        self.open("thead", "");
        self.open("tr", "");
        for (place, head) in heads.iter().enumerate() {
            let first = rows.first().and_then(|row| row.get(place));
            let class = match first.is_some_and(Cell::is_number) {
                true => r#"scope="col" class="n""#,
                false => r#"scope="col""#,
            };
            self.line("th", class, head);
        }
        self.close();
        self.close();
        self.open("tbody", "");
        for row in rows {
            self.open("tr", "");
            row.iter().for_each(|cell| self.cell(cell));
            self.close();
        }
        self.close();
        self.close();
        self.close();
    }

    /// A table of names and what they are.
    pub fn facts(&mut self, caption: &str, heads: &[&str], facts: &[(&str, String)]) {
        self.open("div", r#"class="facts""#);
        let rows = facts
            .iter()
            .map(|(name, fact)| vec![Cell::Head((*name).to_owned()), Cell::Text(fact.clone())]);
        self.table(caption, heads, &rows.collect::<Vec<_>>());
        self.close();
    }

    fn cell(&mut self, cell: &Cell) {
        match cell {
            Cell::Text(text) => self.line("td", "", text),
            Cell::Words(text) => self.line("td", r#"class="w""#, text),
            Cell::Head(text) => self.line("th", r#"scope="row""#, text),
            Cell::Number(text) => self.line("td", r#"class="n""#, text),
            Cell::Note(text) => self.line("td", r#"class="note""#, text),
            Cell::Answer(answer) => {
                self.open("td", "");
                self.answer(*answer);
                self.close();
            }
            Cell::Share(share) => {
                let wide = (100.0 * share.clamp(0.0, 1.0)).round();
                self.open("td", "");
                self.markup(&format!(
                    r#"<span class="bar"><i><b style="width:{wide}%"></b></i>{}</span>"#,
                    escape(&number::percent(*share))
                ));
                self.close();
            }
            Cell::Link(id, text) => {
                self.open("td", "");
                self.line("a", &format!("href=\"#{id}\""), text);
                self.close();
            }
            Cell::Markup(markup) => {
                self.open("td", "");
                self.markup(markup);
                self.close();
            }
        }
    }

    /// An answer with its sign.
    pub fn answer(&mut self, answer: Answer) {
        let name = answer.name();
        let attributes = format!(r#"class="mark {name}-mark""#);
        self.line("span", &attributes, &format!("{} {name}", sign(answer)));
    }

    /// The page, with all that is open closed.
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_elements_are_closed() {
        let mut page = Page::default();
        page.open("section", "");
        page.line("p", "", "<script>alert('a & b')</script>");
        page.table("", &["x"], &[vec![Cell::Number("<1 %".to_owned())]]);
        let text = page.finish();
        assert!(text.contains("&lt;script&gt;alert(&#39;a &amp; b&#39;)&lt;/script&gt;"));
        assert!(text.contains("<th scope=\"col\" class=\"n\">x</th>"));
        assert!(text.contains("&lt;1 %") && text.ends_with("</section>\n"));
    }
}
