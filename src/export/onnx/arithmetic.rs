//! Operations that graphs are made of.

use std::ops::Range;

use super::graph::{Element, Graph, Value};
use super::proto::{Attribute, ElementType};

impl Graph {
    /// `a + b`
    pub(super) fn add(&mut self, a: &Value, b: &Value) -> Value {
        self.op("Add", &[a, b])
    }

    /// `a − b`
    pub(super) fn sub(&mut self, a: &Value, b: &Value) -> Value {
        self.op("Sub", &[a, b])
    }

    /// `a · b`
    pub(super) fn mul(&mut self, a: &Value, b: &Value) -> Value {
        self.op("Mul", &[a, b])
    }

    /// `a / b`
    pub(super) fn div(&mut self, a: &Value, b: &Value) -> Value {
        self.op("Div", &[a, b])
    }

    /// The larger of two.
    pub(super) fn max(&mut self, a: &Value, b: &Value) -> Value {
        self.op("Max", &[a, b])
    }

    /// The smaller of two.
    pub(super) fn min(&mut self, a: &Value, b: &Value) -> Value {
        self.op("Min", &[a, b])
    }

    /// `a² `
    pub(super) fn square(&mut self, a: &Value) -> Value {
        self.mul(a, a)
    }

    /// Within `−limit` and `limit`.
    pub(super) fn clamp(&mut self, a: &Value, limit: f32) -> Value {
        let (low, high) = (self.scalar(-limit), self.scalar(limit));
        let above = self.max(a, &low);
        self.min(&above, &high)
    }

    /// In another type; towards 0 where the fraction is lost.
    pub(super) fn cast(&mut self, a: &Value, to: ElementType) -> Value {
        let to = Attribute::int("to", to as i64);
        self.with("Cast", &[a], vec![to])
    }

    /// `ln a` of `f64`, as `f32`.
    pub(super) fn ln(&mut self, a: &Value) -> Value {
        let log = self.op("Log", &[a]);
        self.cast(&log, ElementType::Float)
    }

    /// `a` where `condition` holds, `b` elsewhere.
    pub(super) fn pick(&mut self, condition: &Value, a: &Value, b: &Value) -> Value {
        self.op("Where", &[condition, a, b])
    }

    /// Looks up `table` `[k]` at places of any shape.
    pub(super) fn look_up(&mut self, table: &Value, indices: &Value) -> Value {
        self.gather(table, indices, 0)
    }

    /// Looks up `table` `[k]` at places `[j]`: what [`Self::look_up`] does, and ONNX Runtime takes a
    /// fifth of the time for it.
    pub(super) fn look_up_flat(&mut self, table: &Value, indices: &Value) -> Value {
        let axis = Attribute::int("axis", 0);
        self.with("GatherElements", &[table, indices], vec![axis])
    }

    /// All elements in one row `[j]`.
    pub(super) fn flat(&mut self, data: &Value) -> Value {
        let shape = self.list([-1_i64]);
        self.op("Reshape", &[data, &shape])
    }

    /// What is [`flat`](Self::flat), in rows of `width` again.
    pub(super) fn in_rows(&mut self, flat: &Value, width: usize) -> Value {
        let shape = self.list([-1, width as i64]);
        self.op("Reshape", &[flat, &shape])
    }

    /// Takes slices of `data` along an axis.
    pub(super) fn gather(&mut self, data: &Value, indices: &Value, axis: i64) -> Value {
        let axis = Attribute::int("axis", axis);
        self.with("Gather", &[data, indices], vec![axis])
    }

    /// Takes from each row of `data` `[n, d]` the columns that `indices` `[n, k]` says for that row.
    pub(super) fn gather_by_row(&mut self, data: &Value, indices: &Value) -> Value {
        let axis = Attribute::int("axis", 1);
        self.with("GatherElements", &[data, indices], vec![axis])
    }

    /// One column `[n, 1]` of `[n, d]`.
    pub(super) fn column(&mut self, data: &Value, column: usize) -> Value {
        let index = self.list([column as i64]);
        self.gather(data, &index, 1)
    }

    /// The sum along the last axis, which is left with the length 1.
    pub(super) fn sum(&mut self, a: &Value) -> Value {
        self.reduce_sum(a, true)
    }

    /// The sum of each row of `[n, k]`, `[n]`.
    pub(super) fn row_sums(&mut self, a: &Value) -> Value {
        self.reduce_sum(a, false)
    }

    fn reduce_sum(&mut self, a: &Value, keep: bool) -> Value {
        let axis = self.list([-1_i64]);
        let keep = Attribute::int("keepdims", i64::from(keep));
        self.with("ReduceSum", &[a, &axis], vec![keep])
    }

    /// The largest along the last axis, which is left with the length 1.
    pub(super) fn largest(&mut self, a: &Value) -> Value {
        let attributes = vec![
            Attribute::ints("axes", &[-1]),
            Attribute::int("keepdims", 1),
        ];
        self.with("ReduceMax", &[a], attributes)
    }

    /// The `count` smallest of each row of `[n, k]` and their places, the smallest first; of equals
    /// the first.
    pub(super) fn smallest(&mut self, a: &Value, count: usize) -> [Value; 2] {
        let count = self.list([count as i64]);
        let attributes = [("axis", 1), ("largest", 0), ("sorted", 1)];
        let attributes = attributes.map(|(name, value)| Attribute::int(name, value));
        self.several("TopK", &[a, &count], attributes.to_vec())
    }

    /// The place of the first largest of each row of `[n, k]`, `[n, 1]` of `i64`.
    pub(super) fn first_largest(&mut self, a: &Value) -> Value {
        self.first("ArgMax", a)
    }

    /// The place of the first smallest of each row of `[n, k]`, `[n, 1]` of `i64`.
    pub(super) fn first_smallest(&mut self, a: &Value) -> Value {
        self.first("ArgMin", a)
    }

    fn first(&mut self, kind: &str, a: &Value) -> Value {
        let attributes = [("axis", 1), ("keepdims", 1), ("select_last_index", 0)];
        let attributes = attributes.map(|(name, value)| Attribute::int(name, value));
        self.with(kind, &[a], attributes.to_vec())
    }

    /// Columns beside each other.
    pub(super) fn beside(&mut self, columns: &[Value]) -> Value {
        if let [column] = columns {
            return column.clone();
        }
        let columns: Vec<&Value> = columns.iter().collect();
        self.with("Concat", &columns, vec![Attribute::int("axis", 1)])
    }

    /// Some neighbouring columns of `[n, d]`.
    pub(super) fn columns(&mut self, data: &Value, columns: Range<usize>) -> Value {
        let [start, end, axis] = [columns.start, columns.end, 1].map(|at| self.list([at as i64]));
        self.op("Slice", &[data, &start, &end, &axis])
    }

    /// `Σ_j terms[j]`, added up in the order of `j` as the program does; 0 where there are none.
    pub(super) fn total(&mut self, terms: impl IntoIterator<Item = Value>) -> Value {
        let mut terms = terms.into_iter();
        match terms.next() {
            Some(first) => terms.fold(first, |sum, term| self.add(&sum, &term)),
            None => self.scalar(0.0_f32),
        }
    }

    /// A constant in double precision; the file holds it in single precision.
    pub(super) fn doubles(
        &mut self,
        shape: &[usize],
        values: impl IntoIterator<Item = f32>,
    ) -> Value {
        let values = self.constant(shape, values);
        self.cast(&values, ElementType::Double)
    }

    /// `1 / (1 + exp(−a))` of `f64`.
    pub(super) fn sigmoid(&mut self, a: &Value) -> Value {
        let one = self.scalar(1.0_f64);
        let minus = self.op("Neg", &[a]);
        let power = self.op("Exp", &[&minus]);
        let whole = self.add(&one, &power);
        self.div(&one, &whole)
    }

    /// A constant `[1, k]`.
    pub(super) fn row<T: Element>(&mut self, values: impl IntoIterator<Item = T>) -> Value {
        let values: Vec<T> = values.into_iter().collect();
        self.constant(&[1, values.len()], values)
    }
}
