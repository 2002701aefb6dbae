//! Images as a table: an instance is an image.

pub(super) mod rows;

use std::path::Path;
use std::sync::Arc;

use super::rows::ids::Ids;
use super::table::made::Made;
use super::table::preview::Preview;
use super::text::short;
use super::{Dataset, DatasetError, Description, Label, Origin, ReadOptions, Role, Truth};
use crate::imaging::{Gallery, ImageError, ImageToy, SCORES, glance_at_images, read_images};
use crate::numeric::{Watch, number};

/// What the feature is called that is a direction of the embedding, counted from 0.
pub(super) fn direction(at: usize) -> String {
    format!("direction {}", at + 1)
}

/// The format of a preview of images.
pub const IMAGES: &str = "images";

/// How images would be read: one a row, with its class and size.
pub(super) fn preview(path: &Path, options: &ReadOptions) -> Result<Preview, DatasetError> {
    let asked = options.images.clone().unwrap_or_default();
    let glance = glance_at_images(path, &asked)?;
    let row = |(id, class, size): (String, String, Result<[usize; 3], String>)| {
        let size = match size {
            Ok([width, height, channels]) => {
                let colours = if channels == 1 { "grey" } else { "colour" };
                format!("{width} × {height}, {colours}")
            }
            Err(why) => why,
        };
        vec![short(&id), short(&class), short(&size)]
    };
    let classes: Vec<String> = glance.classes.into_iter().map(|(class, _)| class).collect();
    let mut notes = vec![number::many(glance.count, "image", "images") + "."];
    notes.extend(glance.notices);
    Ok(Preview {
        delimiter: b',',
        header: true,
        columns: ["image", "class", "size"].map(String::from).to_vec(),
        rows: glance.first.into_iter().map(row).collect(),
        label: (!classes.is_empty()).then(|| "class".to_owned()),
        id: Some("image".to_owned()),
        format: IMAGES,
        sheets: Vec::new(),
        sheet: None,
        notes,
        found: None,
        classes: Some(classes),
    })
}

/// What images are.
pub(super) fn describe(path: &Path, options: &ReadOptions) -> Result<Description, DatasetError> {
    let asked = options.images.clone().unwrap_or_default();
    let glance = glance_at_images(path, &asked)?;
    Ok(Description {
        format: IMAGES,
        count: glance.count,
        details: vec![("size", glance.size)],
        channels: Vec::new(),
        classes: glance.classes,
        notes: glance.notices,
    })
}

/// Reads images, learns from them without labels, and makes a table of them.
pub(super) fn read(
    path: &Path,
    options: &ReadOptions,
    watch: &mut dyn Watch,
) -> Result<Dataset, DatasetError> {
    let asked = options.images.clone().unwrap_or_default();
    let set = read_images(path, &asked, watch)?;
    let mut dataset = Dataset::of_images(Gallery::learn(set, &asked, watch)?, watch)?;
    dataset.origin = Some(Origin::of_file(path, options));
    Ok(dataset)
}

/// Opens bundled images as a table.
///
/// # Errors
/// [`DatasetError::Images`] when `watch` cancels.
pub fn open_image_toy(
    toy: &ImageToy,
    options: &ReadOptions,
    watch: &mut dyn Watch,
) -> Result<Dataset, DatasetError> {
    let asked = options.images.clone().unwrap_or_default();
    let mut dataset = Dataset::of_images(Gallery::learn(toy.open(), &asked, watch)?, watch)?;
    dataset.origin = Some(Origin::Toy(toy.name.to_owned()));
    Ok(dataset)
}

impl Dataset {
    /// Makes a table of images: ids and perhaps labels, the embedding, and the scores of the
    /// detectors of images.
    ///
    /// # Errors
    /// The images are too few or too many for a table, or `watch` cancels.
    pub fn of_images(gallery: Gallery, watch: &mut dyn Watch) -> Result<Self, DatasetError> {
        let set = gallery.set();
        let n = set.len();
        let seen = (gallery.model().look_at(set, 0..n, watch)).map_err(ImageError::from)?;
        let mut ids = Ids::new("image".to_owned());
        match set.ids() {
            Some(names) => names.iter().for_each(|id| ids.push(id)),
            None => (1..=n).for_each(|number| ids.push(&number.to_string())),
        }
        let truth = set.truth().map(|labels| {
            let label = |anomaly| match anomaly {
                true => Label::Anomaly,
                false => Label::Nominal,
            };
            let labels = labels.iter().map(|known| known.map(label));
            Truth::new("class".to_owned(), labels.collect())
        });
        let mut made = Made::new(ids, truth);
        for at in 0..seen.d {
            let values = seen.embedding.iter().skip(at).step_by(seen.d);
            made.add(direction(at), Role::Feature, values.copied().collect());
        }
        for (score, values) in SCORES.iter().zip(seen.scores) {
            let meaning = score.words.to_owned();
            made.add(score.name.to_owned(), Role::Score { meaning }, values);
        }
        let mut notices = set.notices().to_vec();
        if gallery.model().gan().course().collapsed {
            notices.push(
                "The generated images are all alike, also at the second try: what AnoGAN says of the images tells little."
                    .to_owned(),
            );
        }
        let dataset = made.table(set.name(), n, notices)?;
        Ok(dataset.with_gallery(gallery))
    }

    /// The same table whose instances are these images.
    pub fn with_gallery(mut self, gallery: Gallery) -> Self {
        self.gallery = Some(Arc::new(gallery));
        self
    }

    /// The same table with another sentence for the analyst.
    pub fn with_notice(mut self, sentence: String) -> Self {
        self.notices.push(sentence);
        self
    }

    /// The images that the instances are, where they are images, with what was learnt of them.
    pub fn gallery(&self) -> Option<&Arc<Gallery>> {
        self.gallery.as_ref()
    }
}
