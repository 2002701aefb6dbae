//! Words of the rows below a table that are figures of those above them.

/// Most rows of figures below a table.
pub(in crate::dataset) const MOST: usize = 12;

/// Fewest rows among which a last one can be told for a total.
pub(in crate::dataset) const FEWEST: usize = 5;

/// Words in the first cell of a total.
const TOTALS: [&str; 39] = [
    "total",
    "totals",
    "grand total",
    "sub total",
    "subtotal",
    "sum",
    "sums",
    "summe",
    "gesamt",
    "gesamtsumme",
    "gesamtergebnis",
    "total général",
    "общий итог",
    "総計",
    "zwischensumme",
    "somme",
    "sous-total",
    "suma",
    "totale",
    "totaal",
    "totalt",
    "total general",
    "итого",
    "всего",
    "сумма",
    "合計",
    "总计",
    "合计",
    "小计",
    "小計",
    "합계",
    "итог",
    "ukupno",
    "σ",
    "average",
    "mean",
    "mittelwert",
    "moyenne",
    "promedio",
];

/// Words in the first cell of other figures of all rows, where else there are numbers.
const FIGURES: [&str; 41] = [
    "averages",
    "avg",
    "avg.",
    "means",
    "durchschnitt",
    "media",
    "média",
    "gemiddelde",
    "średnia",
    "среднее",
    "средн.",
    "среднее значение",
    "平均",
    "평균",
    "median",
    "min",
    "max",
    "min.",
    "max.",
    "minimum",
    "maximum",
    "std",
    "std.",
    "stdev",
    "sd",
    "count",
    "anzahl",
    "n",
    "std dev",
    "std. dev.",
    "stddev",
    "st.dev.",
    "st. dev",
    "standard deviation",
    "standardabweichung",
    "écart-type",
    "desviación estándar",
    "variance",
    "varianz",
    "range",
    "cv",
];

/// What a figure says of the rows that it stands below, or above.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::dataset) enum Figure {
    /// Their sum.
    Sum,
    /// Their mean.
    Mean,
    /// The middle one, or another quantile.
    Quantile(f64),
    /// The least and the greatest.
    Min,
    Max,
    /// The standard deviation, and that in hundredths of the mean.
    Deviation,
    RelativeDeviation,
    /// How many they are.
    Count,
    /// A limit of a specification, which the rows do not tell.
    Limit,
    /// Another figure, such as the range, which is not worked out here.
    Other,
}

/// Words of figures, each with what it says.
const KINDS: [(Figure, &[&str]); 9] = [
    (
        Figure::Mean,
        &[
            "average",
            "averages",
            "avg",
            "avg.",
            "ave",
            "mean",
            "means",
            "mittel",
            "mittelwert",
            "mw",
            "durchschnitt",
            "moyenne",
            "moy.",
            "promedio",
            "media",
            "média",
            "gemiddelde",
            "średnia",
            "среднее",
            "средн.",
            "среднее значение",
            "平均",
            "평균",
            "x̄",
            "overall",
            "overall mean",
        ],
    ),
    (
        Figure::Quantile(0.5),
        &["median", "mediana", "médiane", "медиана", "中央値"],
    ),
    (
        Figure::Min,
        &[
            "min",
            "min.",
            "minimum",
            "minimalwert",
            "minimo",
            "mínimo",
            "lowest",
            "最小",
            "最小値",
        ],
    ),
    (
        Figure::Max,
        &[
            "max",
            "max.",
            "maximum",
            "maximalwert",
            "massimo",
            "máximo",
            "highest",
            "最大",
            "最大値",
        ],
    ),
    (
        Figure::Deviation,
        &[
            "std",
            "std.",
            "stdev",
            "stdev.",
            "sd",
            "s.d.",
            "std dev",
            "std. dev.",
            "std.dev.",
            "stddev",
            "st.dev.",
            "st. dev",
            "st dev",
            "standard deviation",
            "standardabweichung",
            "stabw",
            "stabw.",
            "écart-type",
            "ecart-type",
            "desviación estándar",
            "deviazione standard",
            "標準偏差",
            "标准差",
        ],
    ),
    (
        Figure::RelativeDeviation,
        &[
            "%rsd", "rsd", "rsd%", "rsd %", "% rsd", "rsd (%)", "cv", "cv%", "cv %", "%cv", "% cv",
            "cv (%)", "vk",
        ],
    ),
    (
        Figure::Count,
        &[
            "count", "anzahl", "n", "counts", "nombre", "n obs", "nobs", "obs",
        ],
    ),
    (
        Figure::Limit,
        &[
            "lsl",
            "usl",
            "lcl",
            "ucl",
            "lower limit",
            "upper limit",
            "low limit",
            "high limit",
            "lower spec",
            "upper spec",
            "lower spec limit",
            "upper spec limit",
            "untergrenze",
            "obergrenze",
            "utg",
            "otg",
            "sollwert",
            "nominal value",
            "nennwert",
            "target value",
            "tolerance",
            "toleranz",
        ],
    ),
    (
        Figure::Other,
        &[
            "variance",
            "var",
            "varianz",
            "range",
            "spannweite",
            "sem",
            "mode",
            "modus",
            "skew",
            "skewness",
            "kurtosis",
            "cpk",
            "cp",
            "unique",
            "top",
            "freq",
        ],
    ),
];

/// What a cell says of other rows, if it is the word of a figure.
pub(in crate::dataset) fn figure(cell: &str) -> Option<Figure> {
    let bare = bare(cell);
    let kind = KINDS
        .iter()
        .find(|(_, words)| words.contains(&bare.as_str()));
    if let Some((figure, _)) = kind {
        return Some(*figure);
    }
    if is_total(cell) {
        return Some(Figure::Sum);
    }
    let percent: f64 = bare.strip_suffix('%')?.trim().parse().ok()?;
    (0.0..=100.0)
        .contains(&percent)
        .then_some(Figure::Quantile(percent / 100.0))
}

/// Longest text of a subtotal, and words of these beside the name of their group.
const LONGEST: usize = 60;
const SUBTOTALS: [&str; 22] = [
    "total",
    "totals",
    "subtotal",
    "sub-total",
    "sum",
    "summe",
    "gesamt",
    "gesamtsumme",
    "ergebnis",
    "zwischensumme",
    "teilergebnis",
    "somme",
    "sous-total",
    "suma",
    "totale",
    "totaal",
    "итого",
    "всего",
    "итог",
    "合計",
    "小計",
    "合计",
];

/// The group whose subtotal a cell names, and whether it is a sum: `North Total`, `Summe North`. Of a
/// word alone the group is empty.
pub(in crate::dataset) fn subtotal(cell: &str) -> Option<(&str, Figure)> {
    let cell = cell.trim();
    if cell.len() > LONGEST {
        return None;
    }
    let of = |word: &str| {
        let word = word.trim_end_matches(':');
        // As ids and times have, of which there are many.
        if word.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let is = |known: &&str| {
            word.eq_ignore_ascii_case(known) || (!word.is_ascii() && word.to_lowercase() == **known)
        };
        match SUBTOTALS.iter().any(is) {
            true => Some(Figure::Sum),
            false => figure(word).filter(|figure| !matches!(figure, Figure::Limit | Figure::Other)),
        }
    };
    if let Some(figure) = of(cell) {
        return Some(("", figure));
    }
    let marks = |letter: char| letter.is_whitespace() || "-–:/".contains(letter);
    if let Some((before, last)) = cell.rsplit_once(char::is_whitespace)
        && let Some(figure) = of(last)
    {
        return Some((before.trim_end_matches(marks), figure));
    }
    let (first, behind) = cell.split_once(char::is_whitespace)?;
    let behind = ["of ", "for ", "de "]
        .iter()
        .find_map(|word| behind.strip_prefix(word))
        .unwrap_or(behind);
    Some((behind.trim_start_matches(marks), of(first)?))
}

/// Whether the first cell of a row is the word of a total.
pub(in crate::dataset) fn is_total(cell: &str) -> bool {
    TOTALS.contains(&bare(cell).as_str())
}

/// Whether it is that of another figure, such as a median, which may be a value among words.
pub(in crate::dataset) fn is_figure(cell: &str) -> bool {
    FIGURES.contains(&bare(cell).as_str())
}

fn bare(cell: &str) -> String {
    cell.trim_end_matches(':').trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_figures() {
        for (word, kind) in [
            ("Mean", Figure::Mean),
            ("Std. Dev.", Figure::Deviation),
            ("25%", Figure::Quantile(0.25)),
            ("%RSD", Figure::RelativeDeviation),
            ("LSL", Figure::Limit),
            ("Summe:", Figure::Sum),
        ] {
            assert_eq!(figure(word), Some(kind), "{word}");
        }
        for word in ["North", "120%", "", "S001", "mean temperature"] {
            assert_eq!(figure(word), None, "{word}");
        }
    }

    #[test]
    fn subtotals_name_their_group() {
        for (text, group) in [
            ("North Total", "North"),
            ("Total North", "North"),
            ("Summe North", "North"),
            ("North Ergebnis", "North"),
            ("Total of North", "North"),
            ("New York - Total", "New York"),
            ("Total", ""),
        ] {
            assert_eq!(subtotal(text), Some((group, Figure::Sum)), "{text}");
        }
        assert_eq!(subtotal("North"), None);
        assert_eq!(subtotal("Totally different"), None);
    }
}
