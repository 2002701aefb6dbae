//! Words of the rows below a table that are figures of those above them.

/// Most rows of figures below a table.
pub(in crate::dataset) const MOST: usize = 12;

/// Fewest rows among which a last one can be told for a total.
pub(in crate::dataset) const FEWEST: usize = 5;

/// Words in the first cell of a total.
const TOTALS: [&str; 35] = [
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
