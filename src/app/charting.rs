//! Writing the charts of the screen to files: what the dialog shows, and what becomes of it.

use std::path::{Path, PathBuf};

use super::{App, Figure, Message, Writing};
use crate::chart::{Format, file_name};
use crate::worker::{DrawError, DrawRequest, Request};

/// A wish about writing a chart to a file.
#[derive(Clone, Debug, PartialEq)]
pub enum ChartCommand {
    /// Show the dialog, for a chart or for the one of the last time.
    Ask(Option<Figure>),
    /// Write a chart to a file; the ending of its name says how.
    Save(Figure, PathBuf),
    /// Put the dialog away; what is being written is written.
    Close,
}

/// What the dialog shows.
#[derive(Clone, Debug, Default)]
pub struct Charting {
    figure: Figure,
    is_asked: bool,
    writing: Writing,
    /// Where the last one went, and how.
    last: Option<(PathBuf, Format)>,
}

impl Charting {
    /// The chart that the dialog was asked for; `None` while it is not shown.
    pub fn asked(&self) -> Option<Figure> {
        self.is_asked.then_some(self.figure)
    }

    /// What becomes of the file.
    pub fn writing(&self) -> &Writing {
        &self.writing
    }
}

impl App {
    /// The dialog that writes charts to files.
    pub fn charting(&self) -> &Charting {
        &self.charting
    }

    /// The file that is proposed for a chart: beside the last one, or beside the table.
    pub fn proposed_chart(&self, figure: Figure) -> PathBuf {
        let Some(workspace) = self.workspace() else {
            return PathBuf::new();
        };
        let last = self.charting.last.as_ref();
        let format = last.map_or(Format::Svg, |(_, format)| *format);
        let name = format!(
            "{} {} {}",
            workspace.dataset().name(),
            workspace.figure_name(figure),
            workspace.session().revision()
        );
        let file = format!("{}.{}", file_name(&name), format.ending());
        workspace.beside(last.map(|(folder, _)| folder.as_path()), &file)
    }

    pub(super) fn charts(&mut self, command: ChartCommand) {
        match command {
            ChartCommand::Ask(figure) => self.ask_chart(figure),
            ChartCommand::Save(figure, path) => self.save_chart(figure, path),
            ChartCommand::Close => {
                self.charting.is_asked = false;
                self.charting.writing.put_away();
            }
        }
    }

    fn ask_chart(&mut self, figure: Option<Figure>) {
        let Some(workspace) = &self.workspace else {
            return;
        };
        let wanted = figure.unwrap_or(self.charting.figure);
        let there = workspace.figures();
        let known = there.contains(&wanted).then_some(wanted);
        // The discovery curve is always there.
        self.charting.figure = known.unwrap_or(Figure::Discovery);
        self.charting.is_asked = true;
        self.charting.writing.ask();
    }

    fn save_chart(&mut self, figure: Figure, path: PathBuf) {
        let Some(workspace) = &self.workspace else {
            return;
        };
        if self.charting.writing.is_writing() {
            return;
        }
        self.charting.figure = figure;
        if let Some(objection) = workspace.objection(&path) {
            return self.charting.writing.refuse(objection);
        }
        let Some(chart) = workspace.drawing().chart(figure) else {
            let trouble = "What this chart shows is still being computed: wait a moment.";
            return self.charting.writing.refuse(trouble);
        };
        let replaces = self.charting.writing.begin(&path);
        self.submit(Request::Draw(Box::new(DrawRequest {
            chart,
            path,
            replaces,
        })));
    }

    /// Takes in what became of a chart.
    pub(super) fn drawn(&mut self, path: PathBuf, outcome: Result<(), DrawError>) {
        self.charting.writing.end();
        match outcome {
            Ok(()) => {
                let folder = path.parent().map(Path::to_owned).unwrap_or_default();
                self.charting.last = Format::of(&path).map(|format| (folder, format));
                self.charting.is_asked = false;
                let sentence = format!("The chart is in “{}”.", path.display());
                self.say(Message::made(sentence, path));
            }
            Err(error) => {
                let in_the_way = matches!(error, DrawError::Exists(_)).then_some(path);
                let charting = &mut self.charting;
                let is_shown = charting.is_asked;
                let unsaid = charting
                    .writing
                    .fail(is_shown, error.to_string(), in_the_way);
                unsaid.into_iter().for_each(|message| self.say(message));
            }
        }
    }

    /// After a fault of the program: nothing is being written any more.
    pub(super) fn give_chart_up(&mut self) {
        self.charting.writing.give_up("The chart was not written.");
    }
}
