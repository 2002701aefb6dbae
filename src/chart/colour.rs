//! Colours that the colour-blind tell apart, and scales that are uniform in lightness.

use std::sync::LazyLock;

use colorgrad::Gradient;

/// Okabe and Ito's palette, for series: orange red, blue, green, purple, orange, sky, grey, yellow.
pub const PALETTE: [[u8; 3]; 8] = [
    [0xd5, 0x5e, 0x00],
    [0x00, 0x72, 0xb2],
    [0x00, 0x9e, 0x73],
    [0xcc, 0x79, 0xa7],
    [0xe6, 0x9f, 0x00],
    [0x56, 0xb4, 0xe9],
    [0x80, 0x80, 0x80],
    [0xc8, 0xbb, 0x20],
];

/// Paul Tol's muted palette, for the nine types of anomaly; each has its number beside it.
pub const TAGS: [[u8; 3]; 9] = [
    [0x33, 0x22, 0x88],
    [0xdd, 0xcc, 0x77],
    [0x88, 0x22, 0x55],
    [0x88, 0xcc, 0xee],
    [0x99, 0x99, 0x33],
    [0xaa, 0x44, 0x99],
    [0x11, 0x77, 0x33],
    [0xcc, 0x66, 0x77],
    [0x44, 0xaa, 0x99],
];

/// Whether black is read better than white on a colour.
pub fn is_light([r, g, b]: [u8; 3]) -> bool {
    0.299 * f32::from(r) + 0.587 * f32::from(g) + 0.114 * f32::from(b) > 140.0
}

const STEPS: usize = 256;

static SEQUENTIAL: LazyLock<Vec<[u8; 3]>> =
    LazyLock::new(|| table(&colorgrad::preset::viridis(), |fraction| fraction));

// Red and blue with white between: ColorBrewer's RdBu, blue for what falls, turned so that high is
// red.
static DIVERGING: LazyLock<Vec<[u8; 3]>> =
    LazyLock::new(|| table(&colorgrad::preset::rd_bu(), |fraction| 1.0 - fraction));

fn table(scale: &impl Gradient, place: impl Fn(f32) -> f32) -> Vec<[u8; 3]> {
    (0..STEPS)
        .map(|step| {
            let [r, g, b, _] = scale.at(place(step as f32 / (STEPS - 1) as f32)).to_rgba8();
            [r, g, b]
        })
        .collect()
}

fn look_up(table: &[[u8; 3]], fraction: f32) -> [u8; 3] {
    let step = (fraction.clamp(0.0, 1.0) * (STEPS - 1) as f32).round() as usize;
    table.get(step).copied().unwrap_or([0x80; 3])
}

/// The colour of `fraction` of a range: viridis.
pub fn sequential(fraction: f32) -> [u8; 3] {
    look_up(&SEQUENTIAL, fraction)
}

/// The colour of a difference, `fraction` 0 to 1 with 0.5 for none: blue, white, red.
pub fn diverging(fraction: f32) -> [u8; 3] {
    look_up(&DIVERGING, fraction)
}

/// A colour as SVG writes it.
pub(super) fn hex([r, g, b]: [u8; 3]) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequential_colours_grow_lighter() {
        let light = |fraction| {
            let [r, g, b] = sequential(fraction).map(f32::from);
            0.2126 * r + 0.7152 * g + 0.0722 * b
        };
        for step in 1..=20_u8 {
            assert!(light(f32::from(step) / 20.0) > light(f32::from(step - 1) / 20.0));
        }
    }

    #[test]
    fn differences_are_white_in_the_middle_blue_below_and_red_above() {
        let [r, g, b] = diverging(0.5);
        assert!(r.min(g).min(b) > 0xe8);
        let ([low_r, _, low_b], [high_r, _, high_b]) = (diverging(0.1), diverging(0.9));
        assert!(low_b > low_r && high_r > high_b);
        assert_eq!(hex([0, 15, 255]), "#000fff");
    }
}
