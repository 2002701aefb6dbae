//! What a table's columns mean, apart from its rows.

use serde::{Deserialize, Serialize};

use super::column::{Column, Role};
use crate::dataset::{MAX_CATEGORIES, MAX_COLUMNS, names, text};

/// The columns of a table with all that is needed to make the same features of another one.
///
/// 1. Columns are known by name; in another table they may stand in any order.
/// 2. A missing value becomes the median of the column in the table that the schema came from, or
///    its most frequent category.
/// 3. A category that this table did not hold makes zeros.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "SchemaText", into = "SchemaText")]
pub struct Schema {
    pub(in crate::dataset) columns: Vec<Column>,
    pub(in crate::dataset) fills: Vec<Fill>,
    /// The unit of each column of numbers, where its cells or its name tell it.
    pub(in crate::dataset) units: Vec<Option<String>>,
    pub(in crate::dataset) feature_names: Vec<String>,
}

/// What stands for a missing value of a column.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Fill {
    /// The column makes no feature.
    Nothing,
    /// This number.
    Number(f32),
    /// The category of this index.
    Category(u8),
}

/// A [`Schema`] as it stands in a file.
#[derive(Serialize, Deserialize)]
#[serde(rename = "Schema", deny_unknown_fields)]
struct SchemaText {
    columns: Vec<Column>,
    fills: Vec<Fill>,
    /// Empty where none is known, as in files of before units were kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    units: Vec<Option<String>>,
}

impl Schema {
    /// What stands for a missing value of each column.
    pub fn fills(&self) -> &[Fill] {
        &self.fills
    }

    /// What stands for a missing value of each feature `[d]`.
    pub fn feature_fills(&self) -> Vec<f32> {
        let columns = self.columns.iter().zip(&self.fills);
        columns
            .flat_map(|(column, fill)| match fill {
                Fill::Nothing => Vec::new(),
                Fill::Number(number) => vec![*number],
                Fill::Category(usual) => (0..width(&column.role))
                    .map(|index| f32::from(u8::from(index == usize::from(*usual))))
                    .collect(),
            })
            .collect()
    }

    /// The columns, in the order of the table.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Whether some members' scores are given by the data rather than computed from features.
    pub fn has_given_scores(&self) -> bool {
        let is_given = |column: &Column| matches!(column.role, Role::Score { .. });
        self.columns.iter().any(is_given)
    }

    /// The names of the features that the columns make, in order.
    pub fn feature_names(&self) -> &[String] {
        &self.feature_names
    }

    /// The number of features.
    pub fn n_features(&self) -> usize {
        self.feature_names.len()
    }
}

/// The number of features that a column of this role makes.
pub(in crate::dataset) fn width(role: &Role) -> usize {
    match role {
        Role::Feature | Role::Score { .. } | Role::OfTime { .. } => 1,
        Role::OneHot { values } => values.len(),
        Role::Label | Role::Id | Role::Time | Role::LeftOut { .. } => 0,
    }
}

impl From<Schema> for SchemaText {
    fn from(schema: Schema) -> Self {
        Self {
            units: match schema.units.iter().any(Option::is_some) {
                true => schema.units,
                false => Vec::new(),
            },
            columns: schema.columns,
            fills: schema.fills,
        }
    }
}

impl TryFrom<SchemaText> for Schema {
    type Error = String;

    fn try_from(text: SchemaText) -> Result<Self, String> {
        let SchemaText {
            columns,
            fills,
            mut units,
        } = text;
        if units.is_empty() {
            units = vec![None; columns.len()];
        }
        if units.len() != columns.len() {
            let (found, wanted) = (units.len(), columns.len());
            return Err(format!("a schema has {found} units for {wanted} columns"));
        }
        if columns.len() != fills.len() || columns.len() > MAX_COLUMNS {
            return Err(format!(
                "a schema has {} columns (at most {MAX_COLUMNS}) and {} fillings",
                columns.len(),
                fills.len()
            ));
        }
        for (column, fill) in columns.iter().zip(&fills) {
            let fits = match (&column.role, fill) {
                (
                    Role::Feature | Role::Score { .. } | Role::OfTime { .. },
                    Fill::Number(number),
                ) => number.is_finite(),
                (Role::OneHot { values }, Fill::Category(index)) => {
                    (2..=MAX_CATEGORIES).contains(&values.len())
                        && usize::from(*index) < values.len()
                        && values.is_sorted_by(|a, b| a < b)
                }
                (Role::Label | Role::Id | Role::Time | Role::LeftOut { .. }, Fill::Nothing) => true,
                _ => false,
            };
            if !fits {
                return Err(format!(
                    "what a schema says of column {} does not fit together",
                    text::quote(&column.name)
                ));
            }
        }
        let (_, repeated) =
            names::unique(columns.iter().map(|column| column.name.clone()).collect());
        if !repeated.is_empty() {
            return Err("a schema has two columns of one name".to_owned());
        }
        let (feature_names, _) = names::unique(columns.iter().flat_map(Column::features).collect());
        if !(1..=MAX_COLUMNS).contains(&feature_names.len()) {
            return Err(format!(
                "a schema makes {} features, but must make from 1 to {MAX_COLUMNS}",
                feature_names.len()
            ));
        }
        Ok(Self {
            columns,
            fills,
            units,
            feature_names,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::{ReadOptions, read_from};

    fn schema() -> Schema {
        let text = "id,a,colour,b,same\n1,1,red,5,7\n2,3,blue,6,7\n3,2,red,9,7\n4,4,red,1,7\n";
        Schema::of(&read_from(text.as_bytes(), "t", &ReadOptions::default()).unwrap())
    }

    #[test]
    fn medians_and_most_frequent_categories_fill() {
        let expected = [
            Fill::Nothing,
            Fill::Number(2.5),
            Fill::Category(1),
            Fill::Number(5.5),
            Fill::Nothing,
        ];
        assert_eq!(schema().fills, expected);
        assert_eq!(
            schema().feature_names(),
            ["a", "colour=blue", "colour=red", "b"]
        );
    }

    #[test]
    fn schemas_come_back_equal_and_others_are_refused() {
        let text = ron::to_string(&schema()).unwrap();
        assert_eq!(ron::from_str::<Schema>(&text).unwrap(), schema());
        let told = |change: fn(&mut SchemaText)| {
            let mut text = SchemaText::from(schema());
            change(&mut text);
            Schema::try_from(text).expect_err("a refusal")
        };
        assert!(told(|text| text.fills.truncate(2)).contains("5 columns"));
        assert!(told(|text| text.units = vec![None; 2]).contains("2 units"));
        assert!(told(|text| text.fills[1] = Fill::Number(f32::NAN)).contains("“a”"));
        assert!(told(|text| text.fills[2] = Fill::Category(2)).contains("“colour”"));
        assert!(told(|text| text.columns[1].name = "b".into()).contains("one name"));
        let none = |text: &mut SchemaText| {
            text.columns.truncate(1);
            text.fills.truncate(1);
        };
        assert!(told(none).contains("makes 0 features"));
    }
}
