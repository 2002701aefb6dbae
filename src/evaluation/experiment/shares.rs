//! How much of what could be found each method found, over all tables.

use super::Section;
use super::compare::methods;

/// The mean share that a method found, over the tables on which it was run.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// The method.
    pub method: String,
    /// The number of tables.
    pub tables: usize,
    /// At each milestone the mean over tables of found / findable, where there is any.
    pub found: Vec<Option<f64>>,
    /// The same of the hero, on the same tables.
    pub hero: Vec<Option<f64>>,
}

/// The shares of all methods and peers. Findable after so many queries is one anomaly a query, while
/// there are any: every table counts the same, however many anomalies it has.
pub(super) fn shares(sections: &[Section], hero: usize, milestones: &[usize]) -> Vec<Share> {
    let of = |(label, is_peer): (&str, bool)| {
        let lines = sections.iter().filter_map(|section| {
            let is_it = |line: &&super::Line| line.label == label && line.is_peer() == is_peer;
            let line = section.lines.iter().find(is_it)?;
            Some((section, line))
        });
        let lines: Vec<_> = lines.collect();
        let mean = |hero: Option<usize>, measure: usize, query: usize| {
            let shares = lines.iter().filter_map(|(section, line)| {
                let found = line.found[measure]?;
                let own = match hero {
                    Some(hero) => section.lines.get(hero)?.found[measure]?,
                    None => found,
                };
                Some(own.mean / query.min(section.size[2]).max(1) as f64)
            });
            let shares: Vec<f64> = shares.collect();
            (!shares.is_empty()).then(|| crate::numeric::mean(&shares))
        };
        let all = |hero| {
            let measures = milestones.iter().enumerate();
            measures
                .map(|(measure, &query)| mean(hero, measure, query))
                .collect()
        };
        Share {
            method: label.to_owned(),
            tables: lines.len(),
            found: all(None),
            hero: all(Some(hero)),
        }
    };
    methods(sections, None).into_iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::{Line, Spread};

    fn line(label: &str, found: &[Option<f64>], is_peer: bool) -> Line {
        let spread = |mean: f64| Spread {
            mean,
            deviation: None,
        };
        Line {
            label: label.to_owned(),
            runs: 1,
            found: found.iter().map(|found| found.map(spread)).collect(),
            area: None,
            auroc: None,
            average_precision: None,
            curve: Vec::new(),
            replays: if is_peer { vec![] } else { vec![vec![]] },
        }
    }

    #[test]
    fn tables_count_the_same_and_the_hero_is_held_to_the_tables_of_the_other() {
        let section = |anomalies: usize, lines: Vec<Line>| Section {
            dataset: anomalies.to_string(),
            size: [100, 2, anomalies],
            lines,
        };
        let sections = [
            section(
                10,
                vec![
                    line("GLAD", &[Some(5.0), Some(10.0)], false),
                    line("other", &[Some(8.0), None], true),
                ],
            ),
            section(40, vec![line("GLAD", &[Some(20.0), Some(10.0)], false)]),
        ];
        let shares = shares(&sections, 0, &[20, 40]);
        let glad = &shares[0];
        assert_eq!((glad.method.as_str(), glad.tables), ("GLAD", 2));
        // 5 of 10 and 20 of 20; 10 of 10 and 10 of 40.
        assert_eq!(glad.found, [Some(0.75), Some(0.625)]);
        assert_eq!(glad.hero, glad.found);
        assert_eq!(shares[1].found, [Some(0.8), None]);
        assert_eq!(
            (shares[1].tables, &shares[1].hero[..]),
            (1, &[Some(0.5), None][..])
        );
    }
}
