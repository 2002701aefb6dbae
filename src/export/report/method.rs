//! How the numbers were computed.

use super::page::Page;
use crate::detector::Method;
use crate::export::SessionRecord;

/// The id and the title of this section.
pub(super) const SECTION: (&str, &str) = ("method", "How the numbers were computed");

pub(super) fn write(page: &mut Page, record: &SessionRecord) {
    page.section(SECTION.0, SECTION.1, true);
    page.paragraph("Features are standardised (mean 0, standard deviation 1). The ensemble is fitted to them without labels and then frozen; member m says of an instance x how unusual it is, s(x) ≥ 0, brought to a common spread. The anomaly score weighs that by how far each member is to be trusted at x:");
    page.line("p", r#"class="formula""#, "Score(x) = Σₘ sₘ(x) · pₘ(x)");
    match record.fitted().settings().method {
        Method::Glad => {
            let mixture = record.model().mixture();
            page.paragraph("The relevance p has two sources: a table of cells, in which each part of a member (a tree of a forest) has a logit θ for each cell of the feature space that a label has touched, and a small network f of the standardised features:");
            page.line("p", r#"class="formula""#, "pₘ(x) = a · mean over parts j, weighed by sⱼ, of σ(logit bₘ + θ[cellⱼ(x)]) + (1 − a) · σ(fₘ(x))");
            if record.model().has_cautious_table() {
                page.paragraph(&format!(
                    "The cells have two tables of logits: a bold one, which its prior holds loosely, and a cautious one, which it holds strictly; σ above is their mean by their shares. The table that ranked better what was then labelled counts more; at present the cautious one has {:.3}.",
                    mixture.cautious
                ));
            }
            let gone = record.fitted().balance().gone(record.model().weights().performance.found);
            if gone > 0.0 {
                page.paragraph(&format!(
                    "Cells score higher than their detectors say by a lift, so that labels count for more while little is found. As anomalies are found it fades: of {:.1} % of it the relevance by cell is held at the prior b.",
                    100.0 * gone
                ));
            }
            let counted = record.model().trained().counted();
            if counted < 1.0 {
                page.paragraph(&format!(
                    "Of what was learnt {:.1} % counts at present, the rest of each relevance stays at the prior b: the more labels, the more counts.",
                    100.0 * counted
                ));
            }
            page.paragraph(&format!(
                "Before any label p is the prior b everywhere. The source that ranked better what was then labelled counts more; at present a is {:.3}.",
                mixture.cells
            ));
        }
        Method::Aad => page.paragraph("The relevance p of a member is one number, the same everywhere, learnt from the labels."),
        Method::Baseline => page.paragraph("The relevance p of a member is its prior b everywhere; labels change nothing."),
    }
    page.paragraph("After each batch of answers both sources are trained on all labels so far. An anomaly is to score above q_tau, the score at rank τ·n, and a nominal instance below: the loss is the mean soft hinge over the labels, anomalies and nominals counting the same together, plus λ times the distance of p from b. Unsure and skipped instances are no labels. A label that is fairly sure counts half.");
    page.paragraph("An explanation is exact in its sums: a member's share is s·p over the score. A feature's share is that of the members' own views (cuts on the way through a tree, entries of a projection), weighed by s·p. Quantiles count equal values half. The region in words is that of a decision tree of at most three cuts, fitted to where p > b in an evenly strewn sample of the table.");
    page.paragraph("Sources: Islam, Das, Doppa, Natarajan 2020, arXiv:1810.01403 (GLAD); Das et al. 2016, ICDM, arXiv:1901.08930 (AAD); Pevný 2016, Machine Learning 102 (LODA); Liu, Ting, Zhou 2008, ICDM (isolation forest).");
    let settings = ron::ser::to_string_pretty(
        record.fitted().settings(),
        ron::ser::PrettyConfig::new()
            .indentor("  ")
            .struct_names(false),
    );
    if let Ok(settings) = settings {
        page.line("h3", "", "All settings");
        page.paragraph("As the option --settings of glad replay reads them: the same table, settings and answers give the same numbers, bit for bit.");
        page.line("pre", "", &settings);
    }
    page.close();
}

pub(super) fn footer(page: &mut Page, record: &SessionRecord) {
    let sha = &record.dataset().fingerprint().sha256;
    page.open("footer", "");
    page.paragraph(&format!(
        "Made by glad {} from revision {} of a session on {} (sha256 {}…). This page is complete in itself: it loads nothing and runs no script.",
        env!("CARGO_PKG_VERSION"),
        record.session().revision(),
        record.dataset().name(),
        sha.chars().take(12).collect::<String>(),
    ));
    page.close();
}
