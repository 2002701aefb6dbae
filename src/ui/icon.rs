//! The program's icon, drawn from the one file that packages install too.

use eframe::egui::IconData;

use crate::app::pixels;

const SVG: &str = include_str!("../../assets/icon.svg");

/// The icon of the window, 128 pixels a side; empty, which is the system's own, if it cannot be
/// drawn.
pub(super) fn data() -> IconData {
    let drawn = pixels(SVG, 1.0).ok();
    drawn.map_or_else(IconData::default, |pixels| IconData {
        rgba: pixels.rgba,
        width: pixels.width,
        height: pixels.height,
    })
}

#[cfg(test)]
mod tests {
    use super::data;

    #[test]
    fn the_icon_is_drawn_and_its_corners_are_clear() {
        let icon = data();
        assert_eq!((icon.width, icon.height), (128, 128));
        assert_eq!(icon.rgba.len(), 128 * 128 * 4);
        assert_eq!(icon.rgba[3], 0, "a corner");
        let outlier = 4 * (34 * 128 + 98);
        assert_eq!(icon.rgba[outlier..outlier + 4], [0xfd, 0xe7, 0x25, 255]);
    }
}
