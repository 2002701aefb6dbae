//! The found anomalies, one by one.

use std::collections::{BTreeMap, BTreeSet};

use super::page::{Cell, Page, sign};
use super::strip::{define, strip};
use super::{Material, exhibit};
use crate::chart::short;
use crate::detector::{MemberView, Why};
use crate::export::SessionRecord;
use crate::numeric::{local, map_each, number};
use crate::session::{Answer, Given, Tag};

/// Anomalies that are explained; of more, the others stand in the list alone.
const EXPLAINED: usize = 100;
/// Members, features and neighbours that an explanation lists.
const MEMBERS: usize = 5;
const FEATURES: usize = 6;
const NEIGHBOURS: usize = 3;
/// Letters of a name.
const NAME: usize = 80;
/// Quantiles beyond which a value is called unusual.
const USUAL: std::ops::RangeInclusive<f64> = 0.025..=0.975;

/// An anomaly with the query that found it.
struct Found {
    given: Given,
    query: usize,
}

pub(super) fn write(page: &mut Page, material: &Material<'_>) {
    let record = material.record;
    let found = found(record);
    if found.is_empty() {
        page.paragraph("No instance has been labelled an anomaly yet.");
        return;
    }
    tags(page, record);
    list(page, record, &found);
    let explained = &found[..found.len().min(EXPLAINED)];
    let whys = map_each(explained.len(), |index| {
        record.why(explained[index].given.instance)
    });
    let features = whys
        .iter()
        .flat_map(|why| why.features.iter().take(FEATURES));
    let features: BTreeSet<usize> = features.map(|share| share.feature).collect();
    define(page, &features, &record.columns);
    if found.len() > EXPLAINED {
        page.paragraph(&format!(
            "The first {EXPLAINED} of them are explained below, in the order in which they were found."
        ));
    }
    page.line("p", r#"class="weak""#, "How to read an explanation. The anomaly score is the sum over the members of score s times relevance p; a member's share is its part of that sum. A feature's share says how strongly it enters what the members see; its quantile is the fraction of the instances with a lower value, and ! marks the outermost 2.5 % on either side. In the small pictures the grey one is the table, the line its median, and the pointer the value of the anomaly.");
    for (index, (one, why)) in explained.iter().zip(&whys).enumerate() {
        article(page, record, index + 1, one, why);
    }
}

fn found(record: &SessionRecord) -> Vec<Found> {
    let mut queries: BTreeMap<usize, usize> = BTreeMap::new();
    for (instance, _) in record.session().answers_in_order() {
        let next = queries.len() + 1;
        queries.entry(instance).or_insert(next);
    }
    let anomalies = record
        .summary
        .given
        .iter()
        .filter(|given| given.reply.answer == Answer::Anomaly);
    let mut found: Vec<Found> = anomalies
        .map(|&given| Found {
            given,
            query: queries.get(&given.instance).copied().unwrap_or(0),
        })
        .collect();
    found.sort_by_key(|one| one.query);
    found
}

pub(super) fn time(at: Option<u64>) -> String {
    at.map_or_else(|| "–".to_owned(), local)
}

/// How many anomalies there are of each type, where some have one.
fn tags(page: &mut Page, record: &SessionRecord) {
    let session = record.session();
    let (names, (counts, without)) = (session.tag_names(), session.tag_counts());
    let used = Tag::ALL.into_iter().filter(|tag| counts[tag.index()] > 0);
    let mut rows: Vec<Vec<Cell>> = used
        .map(|tag| {
            vec![
                Cell::Number(tag.number().to_string()),
                Cell::Head(short(&names.of(tag), NAME)),
                Cell::Number(number::count(counts[tag.index()])),
            ]
        })
        .collect();
    if rows.is_empty() {
        return;
    }
    if without > 0 {
        let cells = vec![
            Cell::Text("–".to_owned()),
            Cell::Text("without a tag".to_owned()),
            Cell::Number(number::count(without)),
        ];
        rows.push(cells);
    }
    page.table(
        "Types of anomaly, by the analyst's tags",
        &["", "tag", "anomalies"],
        &rows,
    );
}

fn list(page: &mut Page, record: &SessionRecord, found: &[Found]) {
    let notes = record.session().notes();
    let names = record.session().tag_names();
    let has_tags = found.iter().any(|one| one.given.reply.tag.is_some());
    let has_times = found.iter().any(|one| one.given.at.is_some());
    let has_notes = found
        .iter()
        .any(|one| notes.contains_key(&one.given.instance));
    let rows = found.iter().enumerate().map(|(index, one)| {
        let instance = one.given.instance;
        let name = short(&record.name_of(instance), NAME);
        let mut row = vec![
            Cell::Number(number::count(index + 1)),
            match index < EXPLAINED {
                true => Cell::Link(format!("anomaly-{}", index + 1), name),
                false => Cell::Text(name),
            },
            Cell::Number(number::count(one.query)),
            Cell::Number(number::count(record.model().rank_of(instance) + 1)),
            Cell::Number(number::value(record.model().scores()[instance])),
            Cell::Words(one.given.reply.confidence.name().to_owned()),
        ];
        let tag = one.given.reply.tag;
        let tag = || tag.map_or_else(|| "–".to_owned(), |tag| short(&names.of(tag), NAME));
        row.extend(has_tags.then(|| Cell::Text(tag())));
        row.extend(has_times.then(|| Cell::Words(time(one.given.at))));
        let note = notes.get(&instance);
        let note = || note.map_or_else(String::new, |note| short(note, 120));
        row.extend(has_notes.then(|| Cell::Note(note())));
        row
    });
    let mut heads = vec!["", "instance", "query", "rank", "score", "confidence"];
    heads.extend(has_tags.then_some("tag"));
    heads.extend(has_times.then_some("time"));
    heads.extend(has_notes.then_some("note"));
    page.table(
        &format!(
            "{}, in the order in which they were found; rank and score are those of the present revision",
            number::many(found.len(), "anomaly", "anomalies")
        ),
        &heads,
        &rows.collect::<Vec<_>>(),
    );
}

fn article(page: &mut Page, record: &SessionRecord, number_of: usize, one: &Found, why: &Why) {
    let instance = one.given.instance;
    let model = record.model();
    page.open("article", &format!(r#"id="anomaly-{number_of}""#));
    let name = short(&record.name_of(instance), NAME);
    page.line(
        "h3",
        "",
        &format!("{} {number_of}. {name}", sign(Answer::Anomaly)),
    );
    let mut facts = format!(
        "rank {} of {}, score {} · found with query {}, {}",
        number::count(model.rank_of(instance) + 1),
        number::count(record.dataset().n_instances()),
        number::value(model.scores()[instance]),
        number::count(one.query),
        match one.given.reply.confidence.name() {
            "sure" => "the analyst is sure",
            _ => "the analyst is fairly sure",
        },
    );
    if let Some(tag) = one.given.reply.tag {
        let name = record.session().tag_names().of(tag);
        facts.push_str(&format!(" · {}", short(&name, NAME)));
    }
    if let Some(at) = one.given.at {
        facts.push_str(&format!(" · {}", local(at)));
    }
    page.line("p", r#"class="weak""#, &facts);
    if let Some(note) = record.session().notes().get(&instance) {
        page.line("blockquote", "", note);
    }
    exhibit::write(page, record, why);
    members(page, record, why);
    // The directions of images have no names that say anything.
    if record.dataset().gallery().is_none() {
        features(page, record, why);
        region(page, record, why);
    }
    neighbours(page, record, why);
    page.close();
}

fn members(page: &mut Page, record: &SessionRecord, why: &Why) {
    let shown = why.contributions.iter().zip(&why.members).take(MEMBERS);
    let rows = shown.clone().map(|(one, view)| {
        vec![
            Cell::Head(short(&record.names[one.member], NAME)),
            Cell::Share(f64::from(one.share)),
            Cell::Number(number::value(one.score)),
            Cell::Number(number::percent(view.quantile)),
            Cell::Number(format!("{:.2}", one.relevance)),
            Cell::Number(record.fitted().b()[one.member].to_string()),
        ]
    });
    let all = why.contributions.len();
    let caption = match all > MEMBERS {
        true => format!("The {MEMBERS} of {all} members that contribute most"),
        false => "What the members say".to_owned(),
    };
    page.table(
        &caption,
        &[
            "member",
            "share of the score",
            "score s",
            "higher than",
            "relevance p",
            "prior b",
        ],
        &rows.collect::<Vec<_>>(),
    );
    let words = |view: &MemberView| {
        let name = short(&record.names[view.member], NAME);
        format!("{name} scores {}", short(&view.words, 400))
    };
    let words: Vec<String> = why.members.iter().take(2).map(words).collect();
    page.line("p", r#"class="weak""#, &format!("{}.", words.join(". ")));
}

fn features(page: &mut Page, record: &SessionRecord, why: &Why) {
    let dataset = record.dataset();
    let rows = why.features.iter().take(FEATURES).map(|share| {
        let feature = share.feature;
        let column = &record.columns[feature];
        let value = dataset.features()[[why.instance, feature]];
        let quantile = column.quantile_of(value);
        let mark = if USUAL.contains(&quantile) { "" } else { " !" };
        vec![
            Cell::Head(short(&dataset.feature_names()[feature], NAME)),
            Cell::Share(f64::from(share.share)),
            Cell::Number(number::value(value)),
            Cell::Number(number::value(column.median())),
            Cell::Number(format!("{}{mark}", number::percent(quantile))),
            Cell::Markup(strip(column, feature, value)),
        ]
    });
    let all = why.features.len();
    let (whole, _) = record.whole();
    let caption = match all > FEATURES {
        true => {
            format!("Its values beside {whole}: the {FEATURES} of {all} features that explain most")
        }
        false => format!("Its values beside {whole}"),
    };
    page.table(
        &caption,
        &[
            "feature",
            "share of the explanation",
            "value",
            "median",
            "quantile",
            &format!("in {whole}"),
        ],
        &rows.collect::<Vec<_>>(),
    );
}

fn region(page: &mut Page, record: &SessionRecord, why: &Why) {
    page.open("p", "");
    match &why.ruling {
        None => page.text(
            "No member is trusted above its prior here: no answer speaks for this place yet.",
        ),
        Some(ruling) => {
            let region = &ruling.region;
            let names = record.dataset().feature_names();
            page.text("Where ");
            page.line("code", "", &short(&region.words(names), 400));
            page.text(&format!(
                ", {} is trusted above its prior (p {:.2} here, b {:.2}): in {} of the {} that the region covers ({}), of {} looked at.",
                short(&record.names[ruling.member], NAME),
                ruling.relevance,
                ruling.b,
                number::count(region.inside),
                number::count(region.covered),
                number::percent(region.purity()),
                number::instances(region.fitted),
            ));
        }
    }
    page.close();
}

fn neighbours(page: &mut Page, record: &SessionRecord, why: &Why) {
    if why.neighbours.is_empty() {
        return;
    }
    page.open("p", "");
    page.text("Nearest labelled instances, by distance in standard deviations: ");
    for (index, near) in why.neighbours.iter().take(NEIGHBOURS).enumerate() {
        page.text(if index > 0 { ", " } else { "" });
        page.answer(near.label.into());
        page.text(&format!(
            " {} ({})",
            short(&record.name_of(near.instance), NAME),
            number::value(near.distance)
        ));
    }
    page.text(".");
    page.close();
}
