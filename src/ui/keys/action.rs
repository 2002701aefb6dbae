//! The actions of the window, and what each asks of the application.

use crate::app::{
    Answer, ArtifactKind, Command, Confidence, OpenCommand, Reply, SaveCommand, SessionCommand,
    Tag, ViewCommand, WriteCommand,
};
use crate::ui::layout::Pane;
use crate::ui::zoom::Look;

/// An action of the window itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Action {
    Anomaly,
    Nominal,
    FairlyAnomaly,
    FairlyNominal,
    Unsure,
    Skip,
    Withdraw,
    Note,
    Find,
    Filter,
    OpenOnly,
    WholeTable,
    Columns,
    SortByNext,
    TurnOrder,
    Lasso,
    Explaining,
    Colouring,
    LayOut,
    AxesExplaining,
    Blink,
    /// The residual over an image: less, or more of it.
    Overlay(bool),
    /// Sequences over the usual course, or by their own time.
    Curves,
    /// An event at the chosen moment of a sequence.
    MarkEvent,
    Original,
    Undo,
    Redo,
    Retrain,
    Next,
    Previous,
    Cancel,
    Open,
    Save,
    SaveAs,
    SaveChart,
    AllCharts,
    Report,
    Export,
    ScoreData,
    /// The detectors fitted again on the tables before and behind a seam.
    FitOnBoth,
    Look(Look),
    Theme,
    Frames,
    Sheet,
    About,
    Guide,
    Welcome,
    ResetLayout,
    /// Answer that the current candidate is an anomaly with a tag.
    Tag(Tag),
    /// Open a pane and bring it to the front.
    Show(Pane),
    /// Close a pane.
    Close(Pane),
}

/// The groups of the sheet of keys, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Group {
    Answers,
    Going,
    Charts,
    Files,
    Window,
}

impl Group {
    /// Every group with its title.
    pub(in crate::ui) const ALL: [(Self, &'static str); 5] = [
        (Self::Answers, "Answers and training"),
        (Self::Going, "Going through the table"),
        (Self::Charts, "Charts"),
        (Self::Files, "Files"),
        (Self::Window, "Window"),
    ];
}

impl Action {
    /// Where the sheet of keys lists it.
    pub(in crate::ui) fn group(self) -> Group {
        match self {
            Self::Anomaly
            | Self::Nominal
            | Self::FairlyAnomaly
            | Self::FairlyNominal
            | Self::Unsure
            | Self::Skip
            | Self::Tag(_)
            | Self::Withdraw
            | Self::Note
            | Self::Undo
            | Self::Redo
            | Self::Retrain
            | Self::Cancel => Group::Answers,
            Self::Find
            | Self::Filter
            | Self::OpenOnly
            | Self::WholeTable
            | Self::Columns
            | Self::SortByNext
            | Self::TurnOrder
            | Self::Lasso
            | Self::Explaining
            | Self::Blink
            | Self::Original
            | Self::Next
            | Self::Previous => Group::Going,
            Self::Look(_)
            | Self::Overlay(_)
            | Self::Curves
            | Self::MarkEvent
            | Self::Colouring
            | Self::LayOut
            | Self::AxesExplaining => Group::Charts,
            Self::Open
            | Self::Save
            | Self::SaveAs
            | Self::SaveChart
            | Self::AllCharts
            | Self::Report
            | Self::Export
            | Self::ScoreData
            | Self::FitOnBoth => Group::Files,
            Self::Theme
            | Self::Frames
            | Self::Sheet
            | Self::About
            | Self::Guide
            | Self::Welcome
            | Self::ResetLayout
            | Self::Show(_)
            | Self::Close(_) => Group::Window,
        }
    }
}

/// The action of an answer.
pub(in crate::ui) fn of_answer(answer: Answer) -> Action {
    match answer {
        Answer::Anomaly => Action::Anomaly,
        Answer::Nominal => Action::Nominal,
        Answer::Unsure => Action::Unsure,
        Answer::Skip => Action::Skip,
    }
}

fn fairly(answer: Answer) -> Command {
    let confidence = Confidence::Fairly;
    Command::Session(SessionCommand::Current(Reply::new(answer, confidence)))
}

fn ask(kind: ArtifactKind) -> Command {
    Command::Write(WriteCommand::Ask(kind))
}

/// The application's command behind an action; `None` for those of the window itself.
pub(in crate::ui) fn command(action: Action) -> Option<Command> {
    Some(match action {
        Action::Anomaly => Command::Session(SessionCommand::Answer(Answer::Anomaly)),
        Action::Nominal => Command::Session(SessionCommand::Answer(Answer::Nominal)),
        Action::FairlyAnomaly => fairly(Answer::Anomaly),
        Action::FairlyNominal => fairly(Answer::Nominal),
        Action::Unsure => Command::Session(SessionCommand::Answer(Answer::Unsure)),
        Action::Skip => Command::Session(SessionCommand::Answer(Answer::Skip)),
        Action::Tag(tag) => Command::Session(SessionCommand::TagCurrent(tag)),
        Action::Undo => Command::Session(SessionCommand::Undo),
        Action::Redo => Command::Session(SessionCommand::Redo),
        Action::Retrain => Command::Session(SessionCommand::Retrain),
        Action::Explaining => Command::View(ViewCommand::Explaining),
        Action::Next => Command::View(ViewCommand::Next),
        Action::Previous => Command::View(ViewCommand::Previous),
        Action::Cancel => Command::CancelTraining,
        Action::Save => Command::Save(SaveCommand::Save),
        Action::SaveAs => Command::Save(SaveCommand::AskWhere),
        Action::SaveChart => ask(ArtifactKind::Chart),
        Action::AllCharts => ask(ArtifactKind::Charts),
        Action::Report => ask(ArtifactKind::Report),
        Action::Export => ask(ArtifactKind::Session),
        Action::ScoreData => ask(ArtifactKind::Table),
        Action::FitOnBoth => Command::Open(OpenCommand::FitOnBoth),
        Action::Open
        | Action::Withdraw
        | Action::Note
        | Action::Find
        | Action::Filter
        | Action::OpenOnly
        | Action::WholeTable
        | Action::Columns
        | Action::SortByNext
        | Action::TurnOrder
        | Action::Lasso
        | Action::Colouring
        | Action::LayOut
        | Action::AxesExplaining
        | Action::Blink
        | Action::Overlay(_)
        | Action::Curves
        | Action::MarkEvent
        | Action::Original
        | Action::Look(_)
        | Action::Theme
        | Action::Frames
        | Action::Sheet
        | Action::About
        | Action::Guide
        | Action::Welcome
        | Action::ResetLayout
        | Action::Show(_)
        | Action::Close(_) => return None,
    })
}
