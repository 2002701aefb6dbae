//! One row of a table of scores.

/// What a table of scores says of one instance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScoreRow<'a> {
    /// What the instance is called.
    pub id: &'a str,
    /// The anomaly score.
    pub score: f32,
    /// Its rank, 1 for the most anomalous.
    pub rank: u32,
    /// Its label; empty where it has none.
    pub label: &'a str,
    /// The name of the most relevant member.
    pub member: &'a str,
    /// The relevance of each member `[m]`.
    pub relevance: &'a [f32],
    /// The score of each member `[m]`.
    pub member_scores: &'a [f32],
}

/// The names of the columns for `members` members.
pub(super) fn columns(members: usize) -> Vec<String> {
    let fixed = ["id", "score", "rank", "label", "member"].map(String::from);
    let numbered = |what: &'static str| (1..=members).map(move |member| format!("{what}_{member}"));
    fixed
        .into_iter()
        .chain(numbered("relevance"))
        .chain(numbered("member_score"))
        .collect()
}

/// A number as text: short, and read back to the same bits.
pub(super) fn number(value: f32) -> String {
    // Unlike `Display`, `Debug` writes 1e-30 and not thirty zeros.
    format!("{value:?}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_those_that_others_rely_on() {
        let expected = [
            "id",
            "score",
            "rank",
            "label",
            "member",
            "relevance_1",
            "relevance_2",
            "member_score_1",
            "member_score_2",
        ];
        assert_eq!(columns(2), expected);
    }

    #[test]
    fn numbers_come_back_to_the_bit() {
        for value in [0.1_f32, 1e-30, 3.4e38, 1.0 / 3.0, 5.0, 0.0] {
            assert_eq!(number(value).parse::<f32>(), Ok(value));
        }
        assert_eq!(number(1e-30), "1e-30");
    }
}
