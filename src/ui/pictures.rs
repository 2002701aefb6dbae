//! Images of instances: as they are, as the generator makes them, and where the two differ.

use std::collections::BTreeMap;
use std::sync::Arc;

use eframe::egui::{
    Color32, ColorImage, Context, Image, Response, RichText, Role, Sense, Slider, TextureHandle,
    TextureOptions, Ui, WidgetInfo, vec2,
};

use super::{colours, number};
use crate::app::{Command, Gallery, Label, Workspace};

/// A way to look at an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    Image,
    Reconstruction,
    Residual,
    Overlay,
}

impl Way {
    const ALL: [Self; 4] = [
        Self::Image,
        Self::Reconstruction,
        Self::Residual,
        Self::Overlay,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Reconstruction => "reconstruction",
            Self::Residual => "residual",
            Self::Overlay => "overlay",
        }
    }

    fn meaning(self) -> &'static str {
        match self {
            Self::Image => "The image as the detectors see it.",
            Self::Reconstruction => {
                "The image that the generator, which knows what most images look like, makes in its place."
            }
            Self::Residual => {
                "How far the brightness of each pixel is from that of the reconstruction, in one scale for all images."
            }
            Self::Overlay => "The residual over the image, as opaque as is chosen below.",
        }
    }
}

/// How images are shown; the same from one image to the next.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Light {
    /// Added to the brightness, in [−1, 1].
    brightness: f32,
    /// The factor of the contrast, from 0.25 to 4.
    contrast: f32,
    /// How opaque the residual lies over the image, in [0, 1].
    opacity: f32,
}

impl Default for Light {
    fn default() -> Self {
        Self {
            brightness: 0.0,
            contrast: 1.0,
            opacity: 0.6,
        }
    }
}

/// Side of a picture in points.
const SIDE: f32 = 116.0;
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

/// Textures of the images that were in sight, and how they are shown.
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
    let (image, back) = (gallery.set().image(at), gallery.reconstruction(at));
    let (side, channels) = (gallery.set().side(), gallery.set().channels());
    let colour = |pixel: &[f32]| {
        let lit = |value: f32| {
            let value = (value * light.contrast + 1.0) / 2.0 + light.brightness / 2.0;
            (value.clamp(0.0, 1.0) * 255.0).round() as u8
        };
        match pixel {
            [grey] => Color32::from_gray(lit(*grey)),
            [r, g, b] => Color32::from_rgb(lit(*r), lit(*g), lit(*b)),
            _ => Color32::BLACK,
        }
    };
    let pairs = image
        .chunks_exact(channels)
        .zip(back.chunks_exact(channels));
    let pixels = pairs.map(|(own, back)| {
        let off = own
            .iter()
            .zip(back)
            .map(|(a, b)| (a - b).abs())
            .sum::<f32>();
        // Numbers are from −1 to 1, brightness from 0 to 1.
        let share = off / channels as f32 / 2.0 / gallery.residual_high();
        match way {
            Way::Image => colour(own),
            Way::Reconstruction => colour(back),
            Way::Residual => colours::score(share),
            Way::Overlay => {
                let opacity = light.opacity * share.min(1.0).sqrt();
                colour(own).lerp_to_gamma(colours::score(share), opacity)
            }
        }
    });
    ColorImage::new([side, side], pixels.collect())
}

/// Paints the current candidate's image in all ways, with what is near to it.
pub(super) fn pictures_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    instance: usize,
    pictures: &mut Pictures,
    commands: &mut Vec<Command>,
) {
    let Some(gallery) = workspace.dataset().gallery() else {
        return;
    };
    let id = workspace.dataset().id(instance);
    ui.horizontal_wrapped(|ui| {
        for way in Way::ALL {
            ui.vertical(|ui| {
                ui.set_width(SIDE);
                let words = format!("{} of image {id}", way.name());
                pictures
                    .paint(ui, (gallery, instance), way, SIDE, &words)
                    .on_hover_text(way.meaning());
                ui.label(RichText::new(way.name()).weak());
            });
        }
        bar_ui(ui, gallery);
    });
    light_ui(ui, pictures);
    near_ui(ui, workspace, (gallery, instance), pictures, commands);
}

/// The colours of the residual.
fn bar_ui(ui: &mut Ui, gallery: &Gallery) {
    ui.vertical(|ui| {
        let high = number::value(gallery.residual_high());
        ui.label(RichText::new(format!("≥ {high}")).weak());
        let (rect, response) = ui.allocate_exact_size(vec2(14.0, SIDE - 34.0), Sense::hover());
        let words = format!("Colours of the residual: from 0 to {high} of the range of brightness, which one pixel in 200 exceeds");
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &words));
        let steps = 32;
        for step in 0..steps {
            let share = |step: i32| step as f32 / steps as f32;
            let mut cell = rect;
            cell.set_top(rect.bottom() - rect.height() * share(step + 1));
            cell.set_bottom(rect.bottom() - rect.height() * share(step));
            ui.painter().rect_filled(cell, 0.0, colours::score(share(step)));
        }
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
            let label = ui.label(name);
            let slider = Slider::new(value, range).show_value(false);
            ui.add(slider).labelled_by(label.id).on_hover_text(tip);
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
    workspace: &Workspace,
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
            ui.vertical(|ui| {
                ui.set_width(NEAR + 8.0);
                let shown = pictures.paint(ui, (gallery, at), Way::Image, NEAR, &words);
                if shown
                    .on_hover_text(format!("{words}; click to look at it"))
                    .clicked()
                {
                    commands.push(Command::Select(at));
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
