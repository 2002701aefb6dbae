//! Images of instances: as they are, as the generator makes them, and where the two differ.

use std::collections::BTreeMap;
use std::sync::Arc;

use eframe::egui::{
    Align, Color32, ColorImage, Context, Image, Layout, Response, RichText, Role, Sense, Slider,
    TextStyle, TextureHandle, TextureOptions, Ui, WidgetInfo, vec2,
};

use super::panels::gradient;
use super::{colours, number};
use crate::app::{Command, Gallery, Label, Light, View, ViewCommand, Way, instance_pixels};

/// What a way to look at an image shows.
fn meaning(way: Way, gallery: &Gallery) -> &'static str {
    match way {
        Way::Image if gallery.is_cut() => "The whole image; the detectors see its patches.",
        Way::Residual if gallery.is_cut() => {
            "How unusual the edges are in the patches that cover each place, in one scale for all images."
        }
        Way::Overlay if gallery.is_cut() => {
            "The heat over the image, as opaque as is chosen below."
        }
        Way::Image => "The image as the detectors see it.",
        Way::Reconstruction => {
            "The image that the generator, which knows what most images look like, makes in its place."
        }
        Way::Residual => {
            "How far the brightness of each pixel is from that of the reconstruction, in one scale for all images."
        }
        Way::Overlay => "The residual over the image, as opaque as is chosen below.",
    }
}

/// Side of a picture in points.
const SIDE: f32 = 116.0;
/// Width of the colour bar with its numbers.
const BAR: f32 = 60.0;
/// Width of a slider with its name.
const SLIDER: f32 = 146.0;
/// Side of a thumbnail.
pub(super) const THUMBNAIL: f32 = 84.0;
/// Side of the pictures of near images.
const NEAR: f32 = 56.0;
/// Near images of a kind.
const NEAREST: usize = 4;
/// By how much a key changes the opacity.
const STEP: f32 = 0.1;
/// Textures that are kept at most.
const MOST: usize = 2_000;

/// Textures of the images that were visible, and how they are shown.
#[derive(Default)]
pub(in crate::ui) struct Pictures {
    light: Light,
    of: Option<Arc<Gallery>>,
    textures: BTreeMap<(usize, Way), TextureHandle>,
}

impl Pictures {
    /// Makes the overlay more or less opaque.
    pub(super) fn fade(&mut self, more: bool) {
        let by = if more { STEP } else { -STEP };
        self.light.opacity = (self.light.opacity + by).clamp(0.0, 1.0);
        self.textures.clear();
    }

    fn texture(
        &mut self,
        ctx: &Context,
        gallery: &Arc<Gallery>,
        at: usize,
        way: Way,
    ) -> &TextureHandle {
        let is_same = self.of.as_ref().is_some_and(|of| Arc::ptr_eq(of, gallery));
        if !is_same || self.textures.len() > MOST {
            self.textures.clear();
            self.of = Some(Arc::clone(gallery));
        }
        let light = self.light;
        self.textures.entry((at, way)).or_insert_with(|| {
            let image = pixels(gallery, at, way, light);
            ctx.load_texture("instance", image, TextureOptions::NEAREST)
        })
    }

    /// Paints one image; its words are what a screen reader says.
    pub(super) fn paint(
        &mut self,
        ui: &mut Ui,
        (gallery, at): (&Arc<Gallery>, usize),
        way: Way,
        side: f32,
        words: &str,
    ) -> Response {
        let texture = self.texture(ui.ctx(), gallery, at, way);
        let image = Image::new((texture.id(), vec2(side, side))).sense(Sense::click());
        let response = ui.add(image);
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, words));
        response
    }

    /// Paints a thumbnail of an instance.
    pub(super) fn thumbnail(
        &mut self,
        ui: &mut Ui,
        gallery: &Arc<Gallery>,
        at: usize,
        words: &str,
    ) -> Response {
        self.paint(ui, (gallery, at), Way::Image, THUMBNAIL, words)
    }
}

fn pixels(gallery: &Gallery, at: usize, way: Way, light: Light) -> ColorImage {
    let side = gallery.set().side();
    let pixels = instance_pixels(gallery, at, way, light).into_iter();
    let pixels = pixels.map(|[red, green, blue]| Color32::from_rgb(red, green, blue));
    ColorImage::new([side, side], pixels.collect())
}

/// Paints the current candidate's image in all ways, with what is near to it.
pub(super) fn pictures_ui(
    ui: &mut Ui,
    workspace: View<'_>,
    instance: usize,
    pictures: &mut Pictures,
    commands: &mut Vec<Command>,
) {
    let Some(gallery) = workspace.dataset().gallery() else {
        return;
    };
    let id = workspace.dataset().id(instance);
    ui.horizontal_wrapped(|ui| {
        for &way in Way::of(gallery) {
            column(ui, [SIDE, SIDE], |ui| {
                let words = format!("{} of image {id}", way.name_of(gallery));
                pictures
                    .paint(ui, (gallery, instance), way, SIDE, &words)
                    .on_hover_text(meaning(way, gallery));
                ui.label(RichText::new(way.name_of(gallery)).weak());
            });
        }
        bar_ui(ui, gallery);
    });
    light_ui(ui, pictures);
    near_ui(ui, workspace, (gallery, instance), pictures, commands);
}

/// A picture of a size with a line of text, in a row that wraps: without a size beforehand it would
/// stand beyond the end of the row.
fn column(ui: &mut Ui, [width, height]: [f32; 2], add: impl FnOnce(&mut Ui)) {
    let size = vec2(width, height + ui.text_style_height(&TextStyle::Body));
    ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
        ui.set_width(width);
        add(ui);
    });
}

/// The colours of the residual.
fn bar_ui(ui: &mut Ui, gallery: &Gallery) {
    column(ui, [BAR, SIDE], |ui| {
        let high = number::value(gallery.residual_high());
        ui.label(RichText::new(format!("≥\u{a0}{high}")).weak());
        let (rect, response) = ui.allocate_exact_size(vec2(14.0, SIDE - 34.0), Sense::hover());
        let words = match gallery.is_cut() {
            true => format!(
                "Colours of the heat: from the most usual patch to {high} standard deviations above it, which one patch in 200 exceeds"
            ),
            false => format!(
                "Colours of the residual: from 0 to {high} of the range of brightness, which one pixel in 200 exceeds"
            ),
        };
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &words));
        ui.painter().add(gradient(rect));
        response.on_hover_text(words);
        ui.label(RichText::new("0").weak());
    });
}

fn light_ui(ui: &mut Ui, pictures: &mut Pictures) {
    let before = pictures.light;
    let light = &mut pictures.light;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().slider_width = 70.0;
        let sliders = [
            (
                "brightness",
                &mut light.brightness,
                -1.0..=1.0,
                "Of all images; it stays from one to the next.",
            ),
            (
                "contrast",
                &mut light.contrast,
                0.25..=4.0,
                "Of all images; it stays from one to the next.",
            ),
            (
                "overlay",
                &mut light.opacity,
                0.0..=1.0,
                "How opaque the residual lies over the image (, and .)",
            ),
        ];
        for (name, value, range, tip) in sliders {
            // A name and its slider in one row.
            let size = vec2(SLIDER, ui.spacing().interact_size.y);
            ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
                let label = ui.label(name);
                let slider = Slider::new(value, range).show_value(false);
                ui.add(slider).labelled_by(label.id).on_hover_text(tip);
            });
        }
        let reset = ui
            .small_button("Reset light")
            .on_hover_text("Show images as they are again.");
        if reset.clicked() {
            *light = Light::default();
        }
    });
    if pictures.light != before {
        pictures.textures.clear();
    }
}

/// The answered images and the typical ones that are nearest.
fn near_ui(
    ui: &mut Ui,
    workspace: View<'_>,
    (gallery, instance): (&Arc<Gallery>, usize),
    pictures: &mut Pictures,
    commands: &mut Vec<Command>,
) {
    let Some((why, _)) = workspace.why().filter(|(why, _)| why.instance == instance) else {
        return;
    };
    let answered = why.neighbours.iter().take(NEAREST);
    let answered = answered.map(|near| (near.instance, near.label.name()));
    let typical = why.typical.iter().map(|&at| (at, "typical"));
    ui.horizontal_wrapped(|ui| {
        for (at, what) in typical.chain(answered) {
            let id = workspace.dataset().id(at);
            let words = format!("near: image {id}, {what}");
            column(ui, [NEAR + 8.0, NEAR], |ui| {
                let shown = pictures.paint(ui, (gallery, at), Way::Image, NEAR, &words);
                if shown
                    .on_hover_text(format!("{words}; click to look at it"))
                    .clicked()
                {
                    commands.push(Command::View(ViewCommand::Select(at)));
                }
                let text = RichText::new(what).small();
                ui.label(match what == Label::Anomaly.name() {
                    true => text.color(colours::answer(Label::Anomaly.into())),
                    false => text.weak(),
                });
            });
        }
    });
}
