//! From SVG to pixels.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};
use thiserror::Error;

/// A chart could not be made into pixels.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("the chart could not be drawn: {0}")]
pub struct ChartError(String);

/// The one font: that of the window, so that a machine without fonts draws the same pixels.
static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    for bytes in [
        epaint_default_fonts::UBUNTU_LIGHT,
        epaint_default_fonts::HACK_REGULAR,
    ] {
        fonts.load_font_data(bytes.to_vec());
    }
    fonts.set_sans_serif_family("Ubuntu");
    Arc::new(fonts)
});

/// Pixels of a side at the most: a larger picture is a mistake.
const MOST: f32 = 16_384.0;

/// Draws an SVG as PNG, `scale` pixels for each of its own.
///
/// # Errors
/// [`ChartError`] when the text is no SVG or the picture would be larger than 16,384 pixels.
pub fn png(svg: &str, scale: f32) -> Result<Vec<u8>, ChartError> {
    let pixmap = draw(svg, scale)?;
    pixmap.encode_png().map_err(|error| told(&error))
}

/// Pixels of a picture, row by row from the top: red, green, blue and opacity, the colours not
/// multiplied by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Four bytes a pixel.
    pub rgba: Vec<u8>,
}

/// Draws an SVG as pixels, `scale` of them for each of its own.
///
/// # Errors
/// As [`png`].
pub fn pixels(svg: &str, scale: f32) -> Result<Pixels, ChartError> {
    let pixmap = draw(svg, scale)?;
    let straight = |pixel: &resvg::tiny_skia::PremultipliedColorU8| {
        let colour = pixel.demultiply();
        [colour.red(), colour.green(), colour.blue(), colour.alpha()]
    };
    Ok(Pixels {
        width: pixmap.width(),
        height: pixmap.height(),
        rgba: pixmap.pixels().iter().flat_map(straight).collect(),
    })
}

fn told(what: &dyn std::fmt::Display) -> ChartError {
    ChartError(what.to_string())
}

fn draw(svg: &str, scale: f32) -> Result<Pixmap, ChartError> {
    let options = Options {
        fontdb: Arc::clone(&FONTS),
        font_family: "Ubuntu".to_owned(),
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).map_err(|error| told(&error))?;
    let (width, height) = (tree.size().width() * scale, tree.size().height() * scale);
    let fits = |side: f32| (1.0..=MOST).contains(&side);
    let pixmap = (fits(width) && fits(height))
        .then(|| Pixmap::new(width.ceil() as u32, height.ceil() as u32))
        .flatten();
    let mut pixmap =
        pixmap.ok_or_else(|| told(&format_args!("{width} × {height} pixels are out of range")))?;
    resvg::render(
        &tree,
        Transform::from_scale(scale, scale),
        &mut pixmap.as_mut(),
    );
    Ok(pixmap)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels_are_rows_from_the_top_with_colours_as_they_were_written() {
        let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" width="2" height="1">
            <rect x="1" width="1" height="1" fill="#ff8000" fill-opacity="0.5"/></svg>"##;
        let drawn = pixels(svg, 1.0).unwrap();
        assert_eq!((drawn.width, drawn.height), (2, 1));
        assert_eq!(drawn.rgba[..4], [0; 4]);
        let [red, green, blue, opacity] = drawn.rgba[4..] else {
            panic!("two pixels");
        };
        assert!(red == 255 && green.abs_diff(128) <= 1 && blue == 0 && opacity.abs_diff(128) <= 1);
    }
}
