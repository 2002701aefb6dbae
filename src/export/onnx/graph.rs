//! A graph in the making.

use super::proto::{Attribute, Dimension, ElementType, Node, Shape, Tensor};
use super::proto::{Graph as Finished, TensorType, Type, ValueInfo};

/// The name of a value in a graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Value(String);

/// A number that a constant can be made of.
pub(super) trait Element: Copy {
    const TYPE: ElementType;
    fn write(self, to: &mut Vec<u8>);
}

macro_rules! element {
    ($number:ty, $kind:ident) => {
        impl Element for $number {
            const TYPE: ElementType = ElementType::$kind;
            fn write(self, to: &mut Vec<u8>) {
                to.extend_from_slice(&self.to_le_bytes());
            }
        }
    };
}

element!(f32, Float);
element!(f64, Double);
element!(i32, Int32);
element!(i64, Int64);

/// Adds nodes one after another; each gives a new value.
///
/// 1. A value is named after the scope that it was made in and its place, so that a graph can be
///    read.
/// 2. The arithmetic of the graph is that of the program, operation by operation, wherever rounding
///    could move a point to the other side of a border.
#[derive(Debug, Default)]
pub(super) struct Graph {
    scope: String,
    count: usize,
    nodes: Vec<Node>,
    constants: Vec<Tensor>,
    inputs: Vec<ValueInfo>,
    outputs: Vec<ValueInfo>,
}

impl Graph {
    /// Names what follows after `scope`.
    pub(super) fn enter(&mut self, scope: &str) {
        scope.clone_into(&mut self.scope);
    }

    fn fresh(&mut self) -> Value {
        self.count += 1;
        Value(format!("{}/{}", self.scope, self.count))
    }

    /// A value `[n, width]` that is given to the graph.
    pub(super) fn input(&mut self, name: &str, width: usize, doc: &str) -> Value {
        self.inputs.push(described(name, &[width], doc));
        Value(name.to_owned())
    }

    /// A value `[n, …]` that is given to the graph.
    pub(super) fn input_of(&mut self, name: &str, sizes: &[usize], doc: &str) -> Value {
        self.inputs.push(described(name, sizes, doc));
        Value(name.to_owned())
    }

    /// Makes a value an output, `[n, width]` or `[n]`.
    pub(super) fn output(&mut self, name: &str, value: &Value, width: Option<usize>, doc: &str) {
        let node = Node {
            input: vec![value.0.clone()],
            output: vec![name.to_owned()],
            name: name.to_owned(),
            op_type: "Identity".to_owned(),
            attribute: Vec::new(),
        };
        self.nodes.push(node);
        self.outputs.push(described(name, width.as_slice(), doc));
    }

    /// A constant of any shape.
    pub(super) fn constant<T: Element>(
        &mut self,
        shape: &[usize],
        values: impl IntoIterator<Item = T>,
    ) -> Value {
        let name = self.fresh();
        let mut bytes = Vec::new();
        values.into_iter().for_each(|value| value.write(&mut bytes));
        self.constants.push(Tensor {
            dims: shape.iter().map(|&side| side as i64).collect(),
            data_type: Some(T::TYPE as i32),
            name: name.0.clone(),
            raw_data: Some(bytes),
        });
        name
    }

    /// A constant without dimensions.
    pub(super) fn scalar<T: Element>(&mut self, value: T) -> Value {
        self.constant(&[], [value])
    }

    /// A constant `[k]`.
    pub(super) fn list<T: Element>(&mut self, values: impl IntoIterator<Item = T>) -> Value {
        let values: Vec<T> = values.into_iter().collect();
        self.constant(&[values.len()], values)
    }

    /// Adds a node.
    pub(super) fn op(&mut self, kind: &str, inputs: &[&Value]) -> Value {
        self.with(kind, inputs, Vec::new())
    }

    /// Adds a node that is told something beside its inputs.
    pub(super) fn with(
        &mut self,
        kind: &str,
        inputs: &[&Value],
        attributes: Vec<Attribute>,
    ) -> Value {
        let [value] = self.several(kind, inputs, attributes);
        value
    }

    /// Adds a node that gives several values.
    pub(super) fn several<const N: usize>(
        &mut self,
        kind: &str,
        inputs: &[&Value],
        attribute: Vec<Attribute>,
    ) -> [Value; N] {
        let outputs = [(); N].map(|()| self.fresh());
        self.nodes.push(Node {
            input: inputs.iter().map(|value| value.0.clone()).collect(),
            output: outputs.iter().map(|value| value.0.clone()).collect(),
            name: outputs
                .first()
                .map_or_else(String::new, |value| value.0.clone()),
            op_type: kind.to_owned(),
            attribute,
        });
        outputs
    }

    /// The graph as it is written to a file.
    pub(super) fn finish(self, name: &str, doc: &str) -> Finished {
        Finished {
            node: self.nodes,
            name: name.to_owned(),
            initializer: self.constants,
            doc_string: doc.to_owned(),
            input: self.inputs,
            output: self.outputs,
        }
    }
}

/// What is told of an input or output of `f32` `[n, …]` with these sizes after `n`.
fn described(name: &str, sizes: &[usize], doc: &str) -> ValueInfo {
    let rows = Dimension {
        value: None,
        name: Some("n".to_owned()),
    };
    let columns = sizes.iter().map(|&size| Dimension {
        value: Some(size as i64),
        name: None,
    });
    let tensor = TensorType {
        element: Some(ElementType::Float as i32),
        shape: Some(Shape {
            dim: std::iter::once(rows).chain(columns).collect(),
        }),
    };
    ValueInfo {
        name: name.to_owned(),
        kind: Some(Type {
            tensor: Some(tensor),
        }),
        doc_string: doc.to_owned(),
    }
}
