//! What is checked of numbers that come from a file.

/// Refuses a list that has not as many entries as it needs, or one that is no finite number.
pub(super) fn list(what: &str, values: &[f32], length: usize) -> Result<(), String> {
    if values.len() != length {
        let found = values.len();
        return Err(format!("{what} has {found} entries where {length} are due"));
    }
    match values.iter().find(|value| !value.is_finite()) {
        Some(value) => Err(format!("{what} has the entry {value}")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::list;

    #[test]
    fn lengths_and_values_are_checked() {
        assert_eq!(list("a row", &[1.0, 2.0], 2), Ok(()));
        let told = |values: &[f32]| list("a row", values, 2).expect_err("a refusal");
        assert_eq!(told(&[1.0]), "a row has 1 entries where 2 are due");
        assert_eq!(told(&[1.0, f32::NAN]), "a row has the entry NaN");
    }
}
