//! What each member says of the candidate, and what it saw.

use eframe::egui::{
    Align, CollapsingHeader, FontId, Label, Layout, Rect, RichText, Role, Sense, TextStyle, Ui,
    WidgetInfo, pos2, vec2,
};

use super::title::title;
use crate::app::{Contribution, MemberView, PartDetail, Picture, View, Why};
use crate::ui::sketch::{Bar, Distribution};
use crate::ui::{colours, elide, number};

/// Height of a bar.
const BAR: f32 = 13.0;
/// Size of the text in which details are written.
const SMALL: f32 = 11.0;
/// Room in which the name of a member can be read.
const NAME: f32 = 110.0;

/// Paints the members by contribution.
pub(super) fn members_ui(ui: &mut Ui, workspace: View<'_>, why: &Why) {
    title(
        ui,
        "Why: the members that contribute most",
        "A member is one unsupervised detector. Its score s says how unusual it finds the candidate, its relevance p how far it is to be trusted here; the anomaly score is the sum of the members' contributions s·p. The tick on p is its prior b, before any answer.",
    );
    let relevance_sources = RichText::new(workspace.relevance_sources())
        .weak()
        .size(SMALL);
    ui.add(Label::new(relevance_sources).wrap());
    let leading = workspace.model().most_relevant(why.instance);
    let leading = &workspace.member_names()[leading];
    let relevant = RichText::new(format!("Most relevant here: {leading}."))
        .weak()
        .size(SMALL);
    ui.add(Label::new(relevant).wrap()).on_hover_text(
        "The member with the largest relevance p at this instance: the same that the list names",
    );
    let most = |of: fn(&Contribution) -> f32| {
        let all = why.contributions.iter().map(of);
        all.fold(f32::MIN_POSITIVE, f32::max)
    };
    let most = [most(|one| one.score), most(|one| one.product)];
    for (view, one) in why.members.iter().zip(&why.contributions) {
        member(
            ui,
            workspace,
            (view, one),
            most,
            why.model.fitted().b()[one.member],
        );
        if view.parts > 1 {
            trees(ui, view, one, why.contributions.len() == 1, workspace);
        }
        ui.add_space(4.0);
    }
    let rest = &why.contributions[why.members.len()..];
    if !rest.is_empty() {
        let share: f32 = rest.iter().map(|one| one.share).sum();
        ui.label(
            RichText::new(format!(
                "the other {} members together {} of the score",
                rest.len(),
                number::percent(f64::from(share))
            ))
            .weak(),
        );
    }
}

fn member(
    ui: &mut Ui,
    workspace: View<'_>,
    (view, one): (&MemberView, &Contribution),
    [most_score, most_product]: [f32; 2],
    b: f32,
) {
    let name = &workspace.member_names()[one.member];
    let share = number::percent(f64::from(one.share));
    ui.horizontal(|ui| {
        let caption = match view.top.first().map(|part| &part.picture) {
            Some(Picture::Histogram { .. }) => "its histogram",
            _ => "its scores over the table",
        };
        let of_score = format!("{share} of the score");
        // The name gives way to what stands behind it, and where little of it would be left the
        // caption goes: the words of the picture say the same.
        let (font, small) = (
            TextStyle::Body.resolve(ui.style()),
            FontId::proportional(SMALL),
        );
        let gap = ui.spacing().item_spacing.x;
        let room = ui.available_width() - elide::width(ui.painter(), &of_score, &font) - 2.0 * gap;
        let beside = room - elide::width(ui.painter(), caption, &small) - gap;
        let has_caption = beside >= elide::width(ui.painter(), name, &font).min(NAME);
        let room = if has_caption { beside } else { room };
        let shown = elide::middle(ui.painter(), name, &font, room);
        ui.label(RichText::new(shown).strong()).on_hover_text(name);
        ui.label(RichText::new(of_score).weak());
        if has_caption {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.label(RichText::new(caption).size(SMALL).weak());
            });
        }
    });
    ui.horizontal(|ui| {
        let width = ui.available_width();
        let left = (width * 0.56).max(120.0);
        let (rect, response) = ui.allocate_exact_size(vec2(left, 3.0 * BAR + 4.0), Sense::hover());
        let words = format!(
            "{name}: score s {:.2}, relevance p {:.2} (prior b {b:.2}), contribution {:.2}, {share} of the score",
            one.score, one.relevance, one.product
        );
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &words));
        let row = |index: usize| {
            let top = rect.top() + index as f32 * (BAR + 2.0);
            Rect::from_min_max(pos2(rect.left(), top), pos2(rect.right(), top + BAR))
        };
        let values = [one.score, one.relevance, one.product].map(|value| format!("{value:.2}"));
        let bars = [
            ("score", one.score / most_score, None, colours::MEMBER_SCORE),
            ("relevance", one.relevance, Some(b), colours::RELEVANCE),
            ("contrib.", one.product / most_product, None, colours::PRODUCT),
        ];
        for (index, ((name, part, tick, colour), value)) in bars.into_iter().zip(&values).enumerate() {
            Bar {
                name,
                part,
                tick,
                value,
                colour,
            }
            .paint(ui, row(index));
        }
        response.on_hover_text(words);
        let size = vec2(ui.available_width(), 3.0 * BAR + 4.0);
        picture(ui, workspace, view, one, size);
    });
    ui.add(
        Label::new(
            RichText::new(format!("It scores {}.", view.words))
                .weak()
                .size(SMALL),
        )
        .wrap(),
    );
}

/// The member's histogram with the candidate's bin, or the distribution of its scores.
fn picture(
    ui: &mut Ui,
    workspace: View<'_>,
    view: &MemberView,
    one: &Contribution,
    size: eframe::egui::Vec2,
) {
    if let Some(Picture::Histogram {
        feature,
        low,
        width,
        counts,
        at,
    }) = view.top.first().map(|part| &part.picture)
    {
        let axis = match feature {
            Some(feature) => workspace.dataset().feature_names()[*feature].clone(),
            None => "the projection (standard deviations)".to_owned(),
        };
        let shown = Distribution {
            low: *low,
            width: *width,
            counts,
            at: *at,
            tick: None,
        };
        let fellows = view.top[0].fellows;
        let words = format!(
            "Histogram of {axis} over the table, {} bins from {} to {}; heights are square roots of counts. The candidate lies at {}; {} in its bin.",
            counts.len(),
            number::value(*low),
            number::value(*low + *width * counts.len() as f32),
            number::value(*at),
            number::instances(fellows),
        );
        shown.show(ui, size, &words);
        return;
    }
    let shown = Distribution {
        low: view.scores.low,
        width: view.scores.width,
        counts: &view.scores.counts,
        at: one.score,
        tick: None,
    };
    let words = format!(
        "Scores of this member over the table, from {} to {}; heights are square roots of counts. The candidate's {} is higher than that of {} of the instances.",
        number::value(view.scores.low),
        number::value(view.scores.high()),
        number::value(one.score),
        number::percent(view.quantile),
    );
    shown.show(ui, size, &words);
}

/// The parts of a member with many: the first in pictures, the others summed.
fn trees(ui: &mut Ui, view: &MemberView, one: &Contribution, open: bool, workspace: View<'_>) {
    let kind = match view.top.first().map(|part| &part.picture) {
        Some(Picture::Path { .. }) => "tree",
        _ => "part",
    };
    let name = &workspace.member_names()[one.member];
    let title = format!(
        "the {} {kind}s of {name} that contribute most",
        view.top.len()
    );
    CollapsingHeader::new(RichText::new(title).size(SMALL))
        .id_salt(("parts", one.member))
        .default_open(open)
        .show(ui, |ui| {
            for part in &view.top {
                tree(ui, kind, part, workspace.dataset().n_instances());
            }
            let shown: f32 = view.top.iter().map(|part| part.share).sum();
            ui.label(
                RichText::new(format!(
                    "the other {} {kind}s together {} of the score",
                    view.parts - view.top.len(),
                    number::percent(f64::from((one.share - shown).max(0.0)))
                ))
                .weak(),
            );
        });
}

fn tree(ui: &mut Ui, kind: &str, part: &PartDetail, n: usize) {
    ui.horizontal(|ui| {
        ui.vertical(|ui| {
            ui.set_width((ui.available_width() * 0.64).max(140.0));
            ui.label(
                RichText::new(format!(
                    "{kind} {}: {} of the score",
                    part.part + 1,
                    number::percent(f64::from(part.share))
                ))
                .size(SMALL)
                .strong(),
            )
            .on_hover_text(format!(
                "score {}, relevance {:.2}, contribution {}",
                number::value(part.score),
                part.relevance,
                number::value(part.product)
            ));
            for line in path(&part.picture, part.fellows, n) {
                ui.add(Label::new(RichText::new(line).size(SMALL)).wrap());
            }
        });
        let shown = Distribution {
            low: part.scores.low,
            width: part.scores.width,
            counts: &part.scores.counts,
            at: part.score,
            tick: None,
        };
        let words = format!(
            "Scores of {kind} {} over the table, from {} to {} (few cuts score high); heights are square roots of counts. The candidate's leaf scores {}.",
            part.part + 1,
            number::value(part.scores.low),
            number::value(part.scores.high()),
            number::value(part.score),
        );
        shown.show(ui, vec2(ui.available_width(), 34.0), &words);
    });
}

/// Slanting cuts that are written out.
const CUTS: usize = 2;

fn path(picture: &Picture, fellows: usize, n: usize) -> Vec<String> {
    let Picture::Path {
        cuts,
        region,
        slanting,
    } = picture
    else {
        return Vec::new();
    };
    let cuts = match cuts {
        1 => "1 cut sets".to_owned(),
        cuts => format!("{cuts} cuts set"),
    };
    let mut lines = vec![format!(
        "{cuts} it apart with {} of {}",
        number::instances(fellows),
        number::count(n)
    )];
    if !region.is_empty() {
        lines.push(region.clone());
    }
    lines.extend(slanting.iter().take(CUTS).cloned());
    if slanting.len() > CUTS {
        lines.push(format!("and {} more slanting cuts", slanting.len() - CUTS));
    }
    lines
}
