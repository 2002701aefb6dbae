//! Rows in the order of a field.

use std::cmp::Ordering;

use super::{Field, Rows};

/// Puts rows in the order of a field, the smallest or the largest first; equals stay in the order in
/// which they come. Ids that are numbers are put in the order of numbers, before those that are not.
pub fn ordered(
    rows: &Rows<'_>,
    instances: Vec<usize>,
    field: Field,
    descending: bool,
) -> Vec<usize> {
    if field == Field::Id && !rows.fields.is_number(field) {
        let key = |instance: usize| {
            let id = rows.id(instance);
            (id.parse::<f64>().ok(), id)
        };
        let compare = |a: &(Option<f64>, String), b: &(Option<f64>, String)| match (a.0, b.0) {
            (Some(left), Some(right)) => left.total_cmp(&right).then_with(|| a.1.cmp(&b.1)),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => a.1.cmp(&b.1),
        };
        return sorted(instances, descending, key, compare);
    }
    if rows.fields.is_coded(field) {
        // By the texts, which members and answers do not come in the order of.
        let texts = rows.fields.texts(field);
        let mut order: Vec<usize> = (0..texts.len()).collect();
        order.sort_by(|&a, &b| texts[a].cmp(&texts[b]));
        let mut indices = vec![0; order.len()];
        for (index, &code) in order.iter().enumerate() {
            indices[code] = index;
        }
        let key = |instance: usize| {
            indices
                .get(rows.code(field, instance))
                .copied()
                .unwrap_or(0)
        };
        return sorted(instances, descending, key, usize::cmp);
    }
    let key = |instance: usize| rows.number(field, instance);
    sorted(instances, descending, key, f64::total_cmp)
}

fn sorted<K>(
    instances: Vec<usize>,
    descending: bool,
    key: impl Fn(usize) -> K,
    compare: impl Fn(&K, &K) -> Ordering,
) -> Vec<usize> {
    let mut keyed: Vec<(K, usize)> = instances
        .into_iter()
        .map(|instance| (key(instance), instance))
        .collect();
    keyed.sort_by(|(a, _), (b, _)| match descending {
        true => compare(b, a),
        false => compare(a, b),
    });
    keyed.into_iter().map(|(_, instance)| instance).collect()
}
