//! The settings, in the words of the program.

use super::Material;
use super::page::Page;
use super::summary::method;
use crate::detector::RelevanceSources;
use crate::export::SessionRecord;
use crate::numeric::number;

pub(super) fn write(page: &mut Page, material: &Material<'_>) {
    let record = material.record;
    page.facts("", &["setting", "value"], &general(record));
    page.facts(
        "How the relevance network and the table of cells learn",
        &["setting", "value"],
        &learning(record),
    );
}

fn general(record: &SessionRecord) -> Vec<(&'static str, String)> {
    let fitted = record.fitted();
    let settings = fitted.settings();
    let session = record.session();
    let top = fitted.tau_rank() + 1;
    let training = match (session.is_automatic(), session.batch()) {
        (false, _) => "when the analyst asks for it".to_owned(),
        (true, 1) => "after each answer".to_owned(),
        (true, batch) => format!("after each {batch} answers (a batch)"),
    };
    vec![
        ("method", method(settings.method).to_owned()),
        ("seed", settings.seed.to_string()),
        (
            "ensemble",
            format!(
                "{}: {} in {}",
                settings.ensemble,
                number::many(fitted.ensemble().len(), "member", "members"),
                number::many(fitted.ensemble().n_parts(), "part", "parts"),
            ),
        ),
        (
            "tau, the fraction of instances assumed anomalous",
            format!("{}, the top {}", settings.tau, number::instances(top)),
        ),
        (
            "q_tau, the score at that rank",
            number::value(record.model().q_tau()),
        ),
        ("training", training),
    ]
}

fn learning(record: &SessionRecord) -> Vec<(&'static str, String)> {
    let fitted = record.fitted();
    let settings = fitted.settings();
    let (network, update, cells, source) = (
        &settings.network,
        &settings.update,
        &settings.cells,
        &settings.mixture,
    );
    let hidden: Vec<String> = network
        .hidden_widths(fitted.ensemble().len())
        .iter()
        .map(usize::to_string)
        .collect();
    let b = network.b.map_or_else(
        || "the one that suits each kind of member".to_owned(),
        |b| b.to_string(),
    );
    let priming = fitted.priming();
    let primed = match priming.losses.len() {
        0 => "nothing to prime".to_owned(),
        epochs => format!(
            "{}; then |p − b| is at most {:.4}, and a hidden unit differs over the data by {:.3} (mean standard deviation)",
            number::many(epochs, "epoch", "epochs"),
            priming.deviation,
            priming.spread
        ),
    };
    let sources = match source.sources {
        RelevanceSources::Both => {
            "network and cells, mixed by how well each ranked what was then labelled"
        }
        RelevanceSources::Network => "network alone",
        RelevanceSources::Cells => "cells alone",
    };
    let balance = fitted.balance();
    let restraint = match balance.restraint {
        0.0 => "none: all that was learnt counts at once".to_owned(),
        half => format!("after {half} labels half of what was learnt from them counts"),
    };
    let cautious = match balance.cautious {
        0.0 => "none: one table of cells".to_owned(),
        lambda => format!("a second table with λ {lambda}, mixed with the first"),
    };
    vec![
        ("sources of relevance", sources.to_owned()),
        (
            "mixing",
            format!(
                "trust {}, memory {}, patience {} (counted in {})",
                source.trust,
                source.memory,
                source.patience,
                match balance.by_found {
                    true => "anomalies found",
                    false => "labels",
                }
            ),
        ),
        (
            "relevance network (FSSN)",
            format!(
                "{} inputs, hidden {} sigmoid units, {} outputs; gain {}, output gain {}",
                fitted.d(),
                hidden.join(" and "),
                fitted.ensemble().len(),
                network.gain,
                network.output_gain
            ),
        ),
        ("prior relevance b", b),
        ("priming", primed),
        (
            "update of the network",
            format!(
                "{}; learning rate {}, λ {}, l2 {}, margin {}, softness {} (standard deviations of the score), {} rows for the prior, in which members count {}{}",
                number::many(update.steps, "step", "steps"),
                update.rate,
                update.lambda,
                update.l2,
                update.margin,
                update.softness,
                update.prior_rows,
                match balance.by_spread {
                    true => "by the spread of their scores",
                    false => "alike",
                },
                if update.x_tau {
                    ", x_tau is a threshold too"
                } else {
                    ""
                }
            ),
        ),
        (
            "update of the cells",
            format!(
                "{}; learning rate {}, λ {}, margin {}, softness {}",
                number::many(cells.steps, "step", "steps"),
                cells.rate,
                cells.lambda,
                cells.margin,
                cells.softness
            ),
        ),
        ("restraint", restraint),
        ("cautious cells", cautious),
        (
            "lift of the cells",
            format!(
                "{} standard deviations of their part's score{}",
                balance.lift,
                match balance.fades() {
                    true => format!(", half of it after {} anomalies", balance.fade),
                    false => String::new(),
                }
            ),
        ),
    ]
}
