//! Texts that are no tables, or tables of another kind, told by their first lines.

/// Whether the first lines are a label and numbers behind the numbers of their features:
/// `1 1:0.5 3:2.25`.
pub(super) fn is_libsvm(head: &[u8]) -> bool {
    let is_number = |text: &str| text.parse::<f64>().is_ok();
    let is_feature = |text: &str| {
        let parts = text.split_once(':');
        parts.is_some_and(|(at, value)| {
            at.parse::<u32>().is_ok() && value.contains('.') && is_number(value)
        })
    };
    let is_row = |line: &[u8]| {
        let text = std::str::from_utf8(line).unwrap_or_default();
        let mut fields = text.split_ascii_whitespace();
        let begins = fields.next().is_some_and(is_number);
        let mut features = fields.peekable();
        begins && features.peek().is_some() && features.all(is_feature)
    };
    let lines = head.split(|&byte| byte == b'\n').take(3);
    lines.clone().count() == 3 && lines.into_iter().all(is_row)
}

/// Whether a text has a part.
pub(super) fn has(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|found| found == part)
}

/// Whether a text holds statements of SQL, behind its comments.
pub(super) fn is_sql(head: &[u8]) -> bool {
    const WORDS: [&[u8]; 5] = [
        b"create table ",
        b"insert into ",
        b"drop table ",
        b"lock tables ",
        b"pragma foreign_keys",
    ];
    let begins = |line: &[u8], word: &[u8]| {
        line.get(..word.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    let mut lines = head.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii);
    let is_remark =
        |line: &&[u8]| line.is_empty() || line.starts_with(b"--") || line.starts_with(b"/*");
    // Settings and the like may go before; a table of words has other signs.
    let is_statement = |line: &&[u8]| line.ends_with(b";") || line.ends_with(b"(");
    let statements = lines.by_ref().filter(|line| !is_remark(line)).take(20);
    let mut statements = statements.take_while(is_statement);
    statements.any(|line| WORDS.iter().any(|word| begins(line, word)))
}

/// Whether a text is a list of records in YAML: a hyphen, a name, a colon, and a line of another name.
pub(super) fn is_yaml(head: &[u8]) -> bool {
    let is_name = |line: &[u8]| {
        let mut parts = line.splitn(2, |&byte| byte == b':');
        let name = parts.next().unwrap_or_default();
        let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-".contains(byte);
        let value = parts.next();
        !name.is_empty()
            && name.iter().all(is_word)
            && value.is_some_and(|value| value.is_empty() || value.starts_with(b" "))
    };
    let mut lines = head.split(|&byte| byte == b'\n');
    let mut line = || lines.next().unwrap_or_default().trim_ascii_end();
    let mut first = line();
    if first == b"---" {
        first = line();
    }
    let second = line();
    match (first.strip_prefix(b"- "), second.strip_prefix(b"  ")) {
        (Some(first), Some(second)) => is_name(first) && is_name(second),
        _ => false,
    }
}
