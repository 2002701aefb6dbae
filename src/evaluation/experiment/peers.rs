//! Curves of other tools, measured elsewhere.

use std::collections::BTreeMap;
use std::io::Read;

use serde::Deserialize;
use thiserror::Error;

use super::Spread;

/// The discovery curves of other tools on tables of given names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Peers {
    /// The curves, by table and tool in the order of their names.
    pub curves: Vec<PeerCurve>,
}

/// The mean discovery curve of one tool on one table.
#[derive(Clone, Debug, PartialEq)]
pub struct PeerCurve {
    /// The table's name.
    pub dataset: String,
    /// The tool.
    pub method: String,
    /// Anomalies found, one entry a query.
    pub curve: Vec<Spread>,
    /// The number of replays behind the mean.
    pub runs: usize,
}

/// A file of peers that does not read, as a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PeerError {
    /// A row that is not as the columns ask.
    #[error("{0}; the columns of peers' curves are dataset, method, query, mean, sd, runs")]
    Row(String),
    /// A curve with a hole.
    #[error(
        "the curve of {method} on {dataset} lacks query {query}; a curve has one row for each query from 1 on"
    )]
    Hole {
        /// The table.
        dataset: String,
        /// The tool.
        method: String,
        /// The first query without a row.
        query: usize,
    },
}

/// A row of the file.
#[derive(Debug, Deserialize)]
struct Row {
    dataset: String,
    method: String,
    query: usize,
    mean: f64,
    sd: f64,
    runs: usize,
}

impl Peers {
    /// Reads CSV with the columns dataset, method, query (from 1), mean, sd and runs, in the form
    /// that [`curves_csv`](super::curves_csv) writes.
    ///
    /// # Errors
    /// [`PeerError`] for a row that does not read and for a curve with a hole.
    pub fn read(source: impl Read) -> Result<Self, PeerError> {
        let mut reader = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .from_reader(source);
        let mut found: BTreeMap<(String, String), (BTreeMap<usize, Spread>, usize)> =
            BTreeMap::new();
        for row in reader.deserialize() {
            let row: Row = row.map_err(|error| PeerError::Row(error.to_string()))?;
            if !(row.mean.is_finite() && row.sd.is_finite()) {
                let (method, dataset, query) = (row.method, row.dataset, row.query);
                return Err(PeerError::Row(format!(
                    "query {query} of {method} on {dataset} has no finite mean and sd"
                )));
            }
            let (curve, runs) = found.entry((row.dataset, row.method)).or_default();
            let deviation = (row.runs > 1).then_some(row.sd);
            curve.insert(
                row.query,
                Spread {
                    mean: row.mean,
                    deviation,
                },
            );
            *runs = row.runs;
        }
        let curves = found.into_iter().map(|((dataset, method), (curve, runs))| {
            match curve
                .keys()
                .zip(1..)
                .find(|(query, expected)| *query != expected)
            {
                Some((_, query)) => Err(PeerError::Hole {
                    dataset,
                    method,
                    query,
                }),
                None => Ok(PeerCurve {
                    dataset,
                    method,
                    curve: curve.into_values().collect(),
                    runs,
                }),
            }
        });
        Ok(Self {
            curves: curves.collect::<Result<_, _>>()?,
        })
    }

    /// The curves on a table.
    pub fn on<'a>(&'a self, dataset: &'a str) -> impl Iterator<Item = &'a PeerCurve> {
        self.curves
            .iter()
            .filter(move |curve| curve.dataset == dataset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_are_gathered_whatever_the_order_of_rows() {
        let text = "dataset,method,query,mean,sd,runs\nb,\"x, y\",2,1.5,0.5,4\nb,\"x, y\",1,1,0,4\na,x,1,0,0,1\n";
        let peers = Peers::read(text.as_bytes()).expect("peers");
        assert_eq!(peers.curves.len(), 2);
        let curve = peers.on("b").next().expect("a curve");
        assert_eq!((curve.method.as_str(), curve.runs), ("x, y", 4));
        assert_eq!(curve.curve[1].deviation, Some(0.5));
        let single = peers.on("a").next().expect("a curve");
        assert_eq!(single.curve[0].deviation, None, "one run has no spread");
    }

    #[test]
    fn other_files_are_told() {
        let told = |text: &str| {
            Peers::read(text.as_bytes())
                .expect_err("a refusal")
                .to_string()
        };
        assert!(told("dataset,query\na,1\n").contains("columns of peers' curves are"));
        let head = "dataset,method,query,mean,sd,runs\n";
        assert!(told(&format!("{head}a,x,one,1,0,1\n")).contains("line: 2"));
        assert!(told(&format!("{head}a,x,1,1,0,1\na,x,3,1,0,1\n")).contains("lacks query 2"));
        assert!(told(&format!("{head}a,x,0,1,0,1\n")).contains("lacks query 1"));
        assert!(told(&format!("{head}a,x,1,NaN,0,1\n")).contains("no finite mean"));
    }
}
