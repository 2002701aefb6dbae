"""A model that `glad export run.glad --onnx m.onnx` wrote, ready to score pandas frames.

The model's graph does all the arithmetic. What is left to do here is to put the columns of a table
into the order and the numbers that it takes; the model's metadata says how (docs/ONNX.md).
Needs numpy, pandas and onnxruntime.
"""

import json

import numpy as np
import onnxruntime
import pandas as pd

# What a text table writes for a missing value, beside an empty cell.
MISSING = {"", "na", "n/a", "nan", "null", "?"}


class Model:
    """`model` is the path of an ONNX file, or its bytes."""

    def __init__(self, model, threads=1):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(
            model, options, providers=["CPUExecutionProvider"]
        )
        metadata = self.session.get_modelmeta().custom_metadata_map
        self.feature_names = json.loads(metadata["feature_names"])
        self.member_names = json.loads(metadata["member_names"])
        self.columns = json.loads(metadata["columns"])

    @property
    def column_names(self):
        """The columns of the table that the model needs."""
        return [column["name"] for column in self.columns]

    def features(self, frame):
        """The raw features `[n, d]` of a frame; missing values are NaN."""
        features = np.empty((len(frame), len(self.feature_names)), dtype=np.float32)
        at = 0
        for column in self.columns:
            name = column["name"]
            if name not in frame.columns:
                raise ValueError(
                    f"the table has no column {name!r}; the model needs {self.column_names}"
                )
            if column["kind"] == "number":
                features[:, at] = _numbers(frame[name])
                at += 1
                continue
            text = frame[name].astype("string").str.strip()
            missing = (text.isna() | text.str.lower().isin(MISSING)).to_numpy(dtype=bool)
            for value in column["values"]:
                features[:, at] = (text == value).fillna(False).to_numpy(dtype=np.float32)
                features[missing, at] = np.nan
                at += 1
        return features

    def run(self, features):
        """Score `[n]`, member scores `[n, m]` and relevance `[n, m]` of raw features."""
        outputs = ["score", "member_scores", "relevance"]
        return self.session.run(outputs, {"features": features})

    def score(self, frame):
        """A frame with the columns of `glad score`, but for id, rank and label."""
        score, member_scores, relevance = self.run(self.features(frame))
        names = np.array(self.member_names, dtype=object)
        scored = {"score": score, "member": names[relevance.argmax(axis=1)]}
        for what, values in (("relevance", relevance), ("member_score", member_scores)):
            for member in range(len(names)):
                scored[f"{what}_{member + 1}"] = values[:, member]
        return pd.DataFrame(scored, index=frame.index)


def loaded(model):
    """The model of these bytes, made once in each process: Spark's Python workers live on from task
    to task."""
    if model not in _LOADED:
        # One thread: Spark runs as many tasks side by side as there are cores.
        _LOADED[model] = Model(model, threads=1)
    return _LOADED[model]


_LOADED = {}


def _numbers(column):
    if not pd.api.types.is_numeric_dtype(column.dtype):
        text = column.astype("string").str.strip()
        column = pd.to_numeric(text.mask(text.str.lower().isin(MISSING)))
    return column.to_numpy(dtype=np.float64, na_value=np.nan).astype(np.float32)
