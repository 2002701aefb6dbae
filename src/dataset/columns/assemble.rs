//! Builds the feature matrix of what the columns make.

/// What a column contributes to each row of the feature matrix.
pub(in crate::dataset) enum Make {
    /// Nothing.
    Nothing,
    /// Its number, or `fill` where it has none.
    Number {
        /// What stands for a missing value.
        fill: f32,
    },
    /// `count` features, of which the row's category is 1 and the others are 0.
    OneHot {
        /// The category of each row.
        codes: Vec<u8>,
        /// How many categories there are.
        count: usize,
    },
}

impl Make {
    /// How many features this makes.
    pub(in crate::dataset) fn width(&self) -> usize {
        match self {
            Self::Nothing => 0,
            Self::Number { .. } => 1,
            Self::OneHot { count, .. } => *count,
        }
    }

    fn emit(&self, row: usize, number: f32, features: &mut Vec<f32>) {
        match self {
            Self::Nothing => {}
            Self::Number { fill } => features.push(if number.is_nan() { *fill } else { number }),
            Self::OneHot { codes, count } => {
                let code = usize::from(codes[row]);
                features.extend((0..*count).map(|column| f32::from(u8::from(column == code))));
            }
        }
    }
}

/// Turns `[rows, columns]` numbers into `[rows, features]`, both row-major.
///
/// In place where features are no more than columns, so that a table near the limit of size is
/// held once, not twice.
pub(in crate::dataset) fn features(mut numbers: Vec<f32>, rows: usize, makes: &[Make]) -> Vec<f32> {
    let width: usize = makes.iter().map(Make::width).sum();
    let mut made = Vec::with_capacity(width);
    if width > makes.len() {
        let mut grown = Vec::with_capacity(rows * width);
        for row in 0..rows {
            make_row(&numbers, row, makes, &mut made);
            grown.extend_from_slice(&made);
        }
        return grown;
    }
    for row in 0..rows {
        make_row(&numbers, row, makes, &mut made);
        numbers[row * width..][..width].copy_from_slice(&made);
    }
    numbers.truncate(rows * width);
    numbers.shrink_to_fit();
    numbers
}

fn make_row(numbers: &[f32], row: usize, makes: &[Make], made: &mut Vec<f32>) {
    made.clear();
    let cells = &numbers[row * makes.len()..][..makes.len()];
    for (make, &number) in makes.iter().zip(cells) {
        make.emit(row, number, made);
    }
}

/// Puts further features behind those of each row; each of `more` holds one value a row.
pub(in crate::dataset) fn beside(features: Vec<f32>, rows: usize, more: &[&[f32]]) -> Vec<f32> {
    if more.is_empty() || rows == 0 {
        return features;
    }
    let width = features.len() / rows;
    let mut grown = Vec::with_capacity(rows * (width + more.len()));
    for row in 0..rows {
        grown.extend_from_slice(&features[row * width..][..width]);
        grown.extend(more.iter().map(|values| values[row]));
    }
    grown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_dropped_filled_and_encoded() {
        let number = || Make::Number { fill: 9.0 };
        let numbers = vec![1.0, 2.0, 3.0, 4.0, f32::NAN, 6.0];
        let makes = [Make::Nothing, number(), number()];
        assert_eq!(features(numbers.clone(), 2, &makes), [2.0, 3.0, 9.0, 6.0]);
        let (codes, count) = (vec![2, 0], 3);
        let makes = [number(), Make::OneHot { codes, count }, Make::Nothing];
        let expected = [1.0, 0.0, 0.0, 1.0, 4.0, 1.0, 0.0, 0.0];
        assert_eq!(features(numbers, 2, &makes), expected);
        let grown = beside(vec![1.0, 2.0, 3.0, 4.0], 2, &[&[5.0, 6.0]]);
        assert_eq!(grown, [1.0, 2.0, 5.0, 3.0, 4.0, 6.0]);
    }
}
