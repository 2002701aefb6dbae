//! Images of instances.

use super::page::Page;
use crate::export::SessionRecord;
use crate::figures::{Light, Way, instance_png};
use crate::numeric::number;

/// What a page may load where it shows images: what is in itself.
pub(super) const POLICY: &str = "; img-src data:";

/// The image of an instance in all ways, where instances are images.
pub(super) fn strip(page: &mut Page, record: &SessionRecord, instance: usize) {
    let Some(gallery) = record.dataset().gallery() else {
        return;
    };
    page.open("div", r#"class="images""#);
    for &way in Way::of(gallery) {
        page.open("figure", "");
        picture(page, record, instance, way);
        page.line("figcaption", "", way.name_of(gallery));
        page.close();
    }
    page.close();
    let high = number::value(gallery.residual_high());
    let scale = match gallery.is_cut() {
        true => format!(
            "The heat goes from that of the most usual patch (dark) to {high} standard deviations above it (bright), in one scale for all images."
        ),
        false => format!(
            "The residual goes from 0 (dark) to {high} (bright) of the range of brightness, in one scale for all images."
        ),
    };
    page.line("p", r#"class="weak""#, &scale);
}

/// One picture of an instance; nothing where instances are no images.
pub(super) fn picture(page: &mut Page, record: &SessionRecord, instance: usize, way: Way) {
    page.markup(&markup(record, instance, way));
}

/// The markup of a picture; empty where instances are no images.
pub(super) fn markup(record: &SessionRecord, instance: usize, way: Way) -> String {
    let Some(gallery) = record.dataset().gallery() else {
        return String::new();
    };
    let bytes = instance_png(gallery, instance, way, Light::default());
    format!(
        r#"<img alt="{}" src="data:image/png;base64,{}"/>"#,
        way.name_of(gallery),
        base64(&bytes)
    )
}

/// Bytes as text (RFC 4648).
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |at: usize| three.get(at).map_or(0, |byte| u32::from(*byte));
        let bits = (byte(0) << 16) | (byte(1) << 8) | byte(2);
        for place in 0..4 {
            text.push(match place > three.len() {
                true => '=',
                false => char::from(LETTERS[((bits >> (18 - 6 * place)) & 63) as usize]),
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn bytes_are_written_as_the_standard_says() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
        assert_eq!(base64(&[0xff, 0xef, 0xbe]), "/+++");
    }
}
