//! `glad inspect`: what a file is, and what its columns mean.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::inputs::refuse_session;
use super::{DataArguments, Failure, remark};
use crate::dataset::{
    Description, Inspection, Meaning, delimiter_in_words, describe, inspect, preview,
};

/// Which file to look at.
#[derive(Clone, Debug, Args)]
pub struct InspectArguments {
    /// A table in any of the formats that are opened, images or sequences.
    pub data: PathBuf,
    /// Look at the beginning only, as the open dialog does: it tells most of a file of any size.
    #[arg(long)]
    pub beginning: bool,
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
    /// How to read the table.
    #[command(flatten)]
    pub reading: DataArguments,
}

pub(super) fn run(arguments: &InspectArguments, out: &mut dyn Write) -> Result<(), Failure> {
    refuse_session(&arguments.data)?;
    let options = arguments.reading.read_options();
    if let Some(found) = describe(&arguments.data, &options)? {
        return tell_of(&found, arguments.json, out);
    }
    let found = match arguments.beginning {
        true => preview(&arguments.data, &options)?
            .found
            .map(|found| *found),
        false => None,
    };
    let found = match found {
        Some(found) => found,
        // What does not fit is told where all of it is read.
        None => inspect(&arguments.data, &options)?,
    };
    if arguments.json {
        writeln!(out, "{}", as_json(&found))?;
        return Ok(());
    }
    let mut line = |name: &str, text: String| writeln!(out, "{name:<10} {text}");
    let first = if found.is_whole { "" } else { "the first " };
    line(
        "rows",
        format!("{first}{} on {} lines", found.rows, found.lines),
    )?;
    line("format", format!("{}, {}", found.format, found.encoding))?;
    if let Some(delimiter) = found.delimiter {
        let words = delimiter_in_words(delimiter);
        line(
            "fields",
            format!("separated by {words}, decimal mark {}", found.decimal),
        )?;
    }
    line("header", format!("{} lines", found.header_lines))?;
    let width = |lengths: &mut dyn Iterator<Item = usize>| lengths.max().unwrap_or(0).min(40);
    let names = width(
        &mut found
            .columns
            .iter()
            .map(|column| column.name.chars().count()),
    );
    let units = width(
        &mut found
            .columns
            .iter()
            .map(|column| column.unit.as_ref().map_or(0, |unit| unit.chars().count())),
    );
    writeln!(out)?;
    for column in &found.columns {
        let missing = match column.missing {
            0 => String::new(),
            count => format!(" ({count} missing)"),
        };
        writeln!(
            out,
            "{:<names$}  {:<8}  {:<units$}  {}{missing}",
            column.name,
            column.meaning.name(),
            column.unit.as_deref().unwrap_or_default(),
            column.reason
        )?;
    }
    for note in found.notes.iter().chain(&found.questions) {
        remark(note);
    }
    Ok(())
}

/// Says what images or sequences are.
fn tell_of(found: &Description, json: bool, out: &mut dyn Write) -> Result<(), Failure> {
    if json {
        let columns = found.channels.iter();
        let columns: Vec<_> = columns
            .map(|name| json!({ "name": name, "meaning": Meaning::Number.name() }))
            .collect();
        let classes = found.classes.iter();
        let classes: Vec<_> = classes
            .map(|(class, count)| json!({ "name": class, "count": count }))
            .collect();
        let mut object = json!({
            "rows": found.count,
            "format": found.format,
            "notes": found.notes,
            "columns": columns,
            "classes": classes,
        });
        for (name, text) in &found.details {
            object[*name] = json!(text);
        }
        writeln!(out, "{object}")?;
        return Ok(());
    }
    let mut line = |name: &str, text: String| writeln!(out, "{name:<10} {text}");
    line(found.format, found.count.to_string())?;
    for (name, text) in &found.details {
        line(name, text.clone())?;
    }
    if !found.channels.is_empty() {
        line("channels", found.channels.join(", "))?;
    }
    let classes = found.classes.iter();
    let classes: Vec<String> = classes
        .map(|(class, count)| format!("{class}: {count}"))
        .collect();
    line(
        "classes",
        match classes.is_empty() {
            true => "none".to_owned(),
            false => classes.join(", "),
        },
    )?;
    found.notes.iter().for_each(|note| remark(note));
    Ok(())
}

fn as_json(found: &Inspection) -> serde_json::Value {
    let columns: Vec<_> = found
        .columns
        .iter()
        .map(|column| {
            json!({
                "name": column.name,
                "meaning": column.meaning.name(),
                "unit": column.unit,
                "missing": column.missing,
                "reason": column.reason,
            })
        })
        .collect();
    let notes: Vec<&String> = found.notes.iter().chain(&found.questions).collect();
    json!({
        "rows": found.rows,
        "lines": found.lines,
        "format": found.format,
        "encoding": found.encoding,
        "delimiter": found.delimiter.map(|byte| char::from(byte).to_string()),
        "decimal": found.decimal.to_string(),
        "header_lines": found.header_lines,
        "skipped": found.skipped,
        "notes": notes,
        "columns": columns,
    })
}
