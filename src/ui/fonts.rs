//! Letters that the window's own fonts lack, such as Chinese, Japanese and Korean ones, from the
//! fonts of the system.

use std::fs;
use std::path::{Path, PathBuf};

use eframe::egui::epaint::text::{FontInsert, FontPriority, InsertFontFamily};
use eframe::egui::{Context, FontData, FontFamily};

/// Files that hold many scripts, by the beginnings of their names; for each group the first that is
/// found is taken.
const WANTED: [&[&str]; 2] = [
    // Chinese, Japanese and Korean.
    &[
        "NotoSansCJK-Regular",
        "NotoSansCJKsc-Regular",
        "NotoSansSC",
        "SourceHanSans",
        "DroidSansFallback",
        "wqy-microhei",
        "wqy-zenhei",
        "Hiragino Sans GB",
        "PingFang",
        "msyh.ttc",
        "YuGoth",
        "malgun.ttf",
        "uming",
    ],
    // Cyrillic, Greek and their neighbours in full.
    &["NotoSans-Regular", "DejaVuSans.", "Arial.ttf", "arial.ttf"],
];

/// Looks for fonts on a thread of its own, as one of them takes a moment to read, and adds them
/// behind those that the window has.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn add_fallbacks(ctx: &Context) {
    let ctx = ctx.clone();
    std::thread::spawn(move || {
        let files = files(&folders());
        for path in WANTED.iter().filter_map(|names| choose(&files, names)) {
            let Ok(bytes) = fs::read(path) else { continue };
            let families = [FontFamily::Proportional, FontFamily::Monospace];
            let families = families.map(|family| InsertFontFamily {
                family,
                priority: FontPriority::Lowest,
            });
            let name = path.display().to_string();
            let data = FontData::from_owned(bytes);
            ctx.add_font(FontInsert::new(&name, data, families.to_vec()));
            ctx.request_repaint();
        }
    });
}

/// Where systems keep fonts.
fn folders() -> Vec<PathBuf> {
    let fixed = [
        "/usr/share/fonts",
        "/usr/local/share/fonts",
        "/System/Library/Fonts",
        "/Library/Fonts",
        "C:\\Windows\\Fonts",
    ];
    let own = std::env::var_os("HOME").map(PathBuf::from);
    let own = own.into_iter().flat_map(|home| {
        [".local/share/fonts", ".fonts", "Library/Fonts"].map(|folder| home.join(folder))
    });
    fixed.into_iter().map(PathBuf::from).chain(own).collect()
}

/// The font files in folders and those below them, in order of their paths.
fn files(folders: &[PathBuf]) -> Vec<PathBuf> {
    /// Folders below each other at most: a link may lead in a circle.
    const DEEP: usize = 6;
    let mut found = Vec::new();
    let mut open: Vec<(PathBuf, usize)> = folders.iter().map(|path| (path.clone(), 0)).collect();
    while let Some((folder, depth)) = open.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() && depth < DEEP {
                open.push((path, depth + 1));
            } else if is_font(&path) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn is_font(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| ["ttf", "ttc", "otf"].contains(&&*ending.to_lowercase()))
}

/// The first file of those whose names begin with the first of `names` that any begins with.
fn choose<'a>(files: &'a [PathBuf], names: &[&str]) -> Option<&'a PathBuf> {
    names.iter().find_map(|name| {
        files.iter().find(|path| {
            let file = path.file_name().and_then(|file| file.to_str());
            file.is_some_and(|file| file.starts_with(name))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_of_the_fonts_of_a_system_is_chosen() {
        let folder = tempfile::tempdir().expect("a folder");
        let below = folder.path().join("truetype/wqy");
        fs::create_dir_all(&below).expect("room");
        for name in [
            "wqy-zenhei.ttc",
            "DejaVuSans.ttf",
            "README",
            "NotoSansCJK-Regular.ttc.txt",
        ] {
            fs::write(below.join(name), name).expect("room");
        }
        let files = files(&[folder.path().to_owned()]);
        assert_eq!(files.len(), 2, "{files:?}");
        let chosen = WANTED.map(|names| choose(&files, names).cloned());
        let expected = ["wqy-zenhei.ttc", "DejaVuSans.ttf"].map(|name| Some(below.join(name)));
        assert_eq!(chosen, expected);
        assert_eq!(choose(&files, &["NotoSansCJK"]), None);
    }
}
