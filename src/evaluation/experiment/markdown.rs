//! A report as Markdown.

use std::fmt::{self, Write};

use super::{Line, Opponent, Report, Section, Spread, Tally};

/// Writes a report as Markdown: a table for each data set, and the paired comparison.
pub fn markdown(report: &Report) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _always = write(report, &mut text);
    text
}

fn write(report: &Report, to: &mut String) -> fmt::Result {
    writeln!(
        to,
        "Anomalies found after so many queries, area under the discovery curve up to query {} (1: every query finds one while there are any), AUROC and average precision of the final ranking; mean ± standard deviation over runs, the best mean in bold.",
        report.horizon
    )?;
    for section in &report.sections {
        write_section(report, section, to)?;
    }
    write_shares(report, to)?;
    write_contests(report, to)?;
    write_short(report, to)
}

fn write_section(report: &Report, section: &Section, to: &mut String) -> fmt::Result {
    let [n, d, anomalies] = section.size;
    writeln!(
        to,
        "\n### {} ({n} × {d}, {anomalies} anomalies)\n",
        section.dataset
    )?;
    let milestones = report.milestones.iter().map(|query| format!(" {query} |"));
    writeln!(
        to,
        "| method |{} area | AUROC | AP | runs |",
        milestones.collect::<String>()
    )?;
    writeln!(to, "|---|{}", "---:|".repeat(report.milestones.len() + 4))?;
    let columns: Vec<Vec<Option<Spread>>> = section.lines.iter().map(columns).collect();
    let best: Vec<String> = (0..report.milestones.len() + 3)
        .map(|column| {
            let means = columns.iter().filter_map(|line| line[column]);
            let most = means
                .map(|spread| spread.mean)
                .fold(f64::NEG_INFINITY, f64::max);
            number(most, is_share(report, column))
        })
        .collect();
    for (line, columns) in section.lines.iter().zip(&columns) {
        write!(to, "| {} |", escaped(&line.label))?;
        for (column, spread) in columns.iter().enumerate() {
            write!(
                to,
                " {} |",
                cell(*spread, is_share(report, column), &best[column])
            )?;
        }
        writeln!(to, " {} |", line.runs)?;
    }
    Ok(())
}

fn columns(line: &Line) -> Vec<Option<Spread>> {
    let mut columns = line.found.clone();
    columns.extend([line.area, line.auroc, line.average_precision]);
    columns
}

/// Whether a column holds a share of 1 and not a count.
fn is_share(report: &Report, column: usize) -> bool {
    column >= report.milestones.len()
}

fn number(value: f64, is_share: bool) -> String {
    match is_share {
        true => format!("{value:.3}"),
        false => format!("{value:.1}"),
    }
}

fn cell(spread: Option<Spread>, is_share: bool, best: &str) -> String {
    let Some(spread) = spread else {
        return "–".to_owned();
    };
    let mean = number(spread.mean, is_share);
    let mean = if mean == best {
        format!("**{mean}**")
    } else {
        mean
    };
    match spread.deviation {
        Some(deviation) => format!("{mean} ± {}", number(deviation, is_share)),
        None => mean,
    }
}

/// A label must not end its cell.
fn escaped(label: &str) -> String {
    label.replace('|', "\\|")
}

fn write_shares(report: &Report, to: &mut String) -> fmt::Result {
    writeln!(
        to,
        "\n### Mean share found\n\nFound / findable after so many queries (findable: one a query, while there are any), the mean over tables; of a method that was not run on all of them, {} on the same tables in brackets.\n",
        report.hero
    )?;
    let milestones = report.milestones.iter().map(|query| format!(" {query} |"));
    writeln!(to, "| method |{} tables |", milestones.collect::<String>())?;
    writeln!(to, "|---|{}", "---:|".repeat(report.milestones.len() + 1))?;
    for share in &report.shares {
        write!(to, "| {} |", escaped(&share.method))?;
        for (found, hero) in share.found.iter().zip(&share.hero) {
            match (found, hero) {
                (Some(found), Some(hero)) if share.tables < report.sections.len() => {
                    write!(to, " {found:.3} ({hero:.3}) |")?;
                }
                (Some(found), _) => write!(to, " {found:.3} |")?,
                (None, _) => write!(to, " – |")?,
            }
        }
        writeln!(to, " {} |", share.tables)?;
    }
    Ok(())
}

/// The tables on which the hero lies more than a standard error below another.
fn write_short(report: &Report, to: &mut String) -> fmt::Result {
    let mut heading = false;
    for contest in &report.contests {
        for (query, round) in report.milestones.iter().zip(&contest.rounds) {
            let short = round.as_ref().map_or(&[][..], |round| &round.short);
            if short.is_empty() {
                continue;
            }
            if !std::mem::replace(&mut heading, true) {
                writeln!(
                    to,
                    "\n{} below another's mean less one standard error of that mean:\n",
                    report.hero
                )?;
            }
            let against = escaped(&contest.against);
            writeln!(to, "- {against} at {query}: {}", short.join(", "))?;
        }
    }
    Ok(())
}

fn write_contests(report: &Report, to: &mut String) -> fmt::Result {
    if report.contests.is_empty() {
        return Ok(());
    }
    writeln!(
        to,
        "\n### {} against each of the others\n\nTables won / tied / lost by the mean over runs, with the two-sided p of the Wilcoxon signed-rank test; below, the same over tables and seeds (seeds of one table are no independent tables, so that p is too sure).",
        report.hero
    )?;
    let measures = report
        .milestones
        .iter()
        .map(|query| format!(" at {query} |"));
    let measures: String = measures.collect();
    type Side = fn(&Opponent) -> Option<Tally>;
    let sides: [Side; 2] = [|round| Some(round.tables), |round| round.replays];
    for (what, side) in ["tables", "tables and seeds"].into_iter().zip(sides) {
        let rows = report.contests.iter().filter(|contest| {
            contest
                .rounds
                .iter()
                .flatten()
                .any(|round| side(round).is_some())
        });
        let rows: Vec<_> = rows.collect();
        if rows.is_empty() {
            continue;
        }
        writeln!(to, "\n| over {what}, against |{measures} area |")?;
        writeln!(to, "|---|{}", "---|".repeat(report.milestones.len() + 1))?;
        for contest in rows {
            write!(to, "| {} |", escaped(&contest.against))?;
            for round in &contest.rounds {
                match round.as_ref().and_then(side) {
                    Some(tally) => write!(to, " {} |", score(&tally))?,
                    None => write!(to, " – |")?,
                }
            }
            writeln!(to)?;
        }
    }
    Ok(())
}

fn score(tally: &Tally) -> String {
    let Tally {
        wins,
        ties,
        losses,
        test,
    } = tally;
    let p = match test.p {
        p if p < 1e-4 => "p < 0.0001".to_owned(),
        p if p < 0.1 => format!("p = {p:.4}"),
        p => format!("p = {p:.2}"),
    };
    format!("{wins}/{ties}/{losses}, {p}")
}
