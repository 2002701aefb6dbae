"""Holds exported ONNX models against GLAD's own scores, with ONNX Runtime, on every bundled set.

    python tests/onnx/check.py [--glad target/release/glad] [--rows 100000]

For each table and each kind of ensemble: `glad replay` trains on it, `glad export` writes the model
and the scores of the table, `glad score` those of points far outside of it; ONNX Runtime must give
all of them to 1e-5 (of numbers above 1, relative to them). A table with text and gaps is made for
the purpose, and tables at the edge of single precision: tiny, huge, far from zero, constant but for
rounding, full of duplicates. Of rows with any finite numbers (±3e38, 1e-30, 1e-40, …) every score must
be finite, equal, and at the same rank. With --rows, the time for so many rows is told too, on one
thread.

Needs `pip install onnx onnxruntime pandas`.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile
import time

import numpy as np
import onnx
import pandas as pd

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "examples/spark"))

from glad_onnx import Model  # noqa: E402

LARGEST = 1e-5
# The table of the three outputs and then of points far out.
HEAD = "largest difference of         score   members  relevance  far: score  members  relevance      kB"
ENSEMBLES = [
    None,  # the default
    "loda",
    "hbos",
    "iforest",
    "eif",
    "knn",
    "lof",
    "gmm",
    "cblof",
    "ocsvm",
    "pca",
    "autoencoder",
    "sigma",
    "iqr",
    "loda+hbos+iforest:30+eif:20+knn+lof+gmm+cblof+ocsvm+pca+autoencoder+sigma+iqr",
]


def run(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(str(word) for word in command)}\n{done.stdout}{done.stderr}")


def mixed(path):
    """A table with numbers, text and gaps."""
    random = np.random.default_rng(5)
    rows = 800
    table = pd.DataFrame(
        {
            "year": random.integers(1990, 2020, rows),
            "price": 1e6 + random.normal(0, 50, rows),
            "kind": random.choice(["a", "b", "c, d"], rows, p=[0.5, 0.4, 0.1]),
            "share": random.beta(2, 5, rows),
        }
    )
    odd = random.random(rows) < 0.04
    table.loc[odd, "price"] += 400
    table["label"] = np.where(odd, "anomaly", "nominal")
    table.loc[random.random(rows) < 0.05, "share"] = np.nan
    table.loc[random.random(rows) < 0.05, "kind"] = None
    table.to_csv(path, index=False)


def edges(folder):
    """Tables at the edge of single precision."""
    clusters = pd.read_csv(ROOT / "datasets/clusters.csv")
    numbers = [name for name in clusters.columns if pd.api.types.is_numeric_dtype(clusters[name])]
    moved = {
        "tiny": lambda column: column * 1e-30,
        "huge": lambda column: column * 1e36,
        "far-from-zero": lambda column: column + 1e6,
        "rounded-away": lambda column: (column * 4 + 1e8).astype(np.float32),
    }
    for name, move in moved.items():
        table = clusters.copy()
        for column in numbers:
            table[column] = move(table[column])
        table.to_csv(folder / f"{name}.csv", index=False)
        yield folder / f"{name}.csv"
    pd.concat([clusters] * 3).to_csv(folder / "duplicates.csv", index=False)
    yield folder / "duplicates.csv"


EDGE = [0.0, 3e38, -3e38, 1e30, -1e20, 1e-30, -1e-38, 1e-40, -1e-45, 1.0]


def far_out(path, to):
    """Rows of a table moved up to far outside of it."""
    table = pd.read_csv(path).head(300)
    by = np.random.default_rng(6).choice([-1e5, -30.0, -2.0, 1.5, 8.0, 1e6], len(table))
    for name in table.columns:
        if pd.api.types.is_numeric_dtype(table[name]):
            table[name] = table[name].clip(-1e30, 1e30) * by + by
    # And rows of any finite numbers.
    draw = np.random.default_rng(7)
    any_finite = table.head(200).copy()
    for name in table.columns:
        if pd.api.types.is_numeric_dtype(table[name]):
            any_finite[name] = draw.choice(EDGE, len(any_finite))
    pd.concat([table, any_finite]).to_csv(to, index=False)


def difference(model, table, scores):
    """The largest difference between the model and a table of scores, of score, members,
    relevance."""
    expected = pd.read_csv(scores)
    found = model.run(model.features(pd.read_csv(table)))
    largest = []
    for values, what in zip(found, ["score", "member_score_", "relevance_"]):
        names = [name for name in expected.columns if name.startswith(what)]
        names = ["score"] if what == "score" else names
        ours = expected[names].to_numpy(np.float64)
        off = np.abs(values.reshape(ours.shape) - ours) / np.maximum(1, np.abs(ours))
        # Not a number is not small.
        largest.append(np.where(np.isfinite(values.reshape(ours.shape)), off, np.inf).max())
    # Ranks: no row passes another that is clearly below it.
    ours = expected["score"].to_numpy(np.float64)
    order = np.argsort(ours, kind="stable")
    steps = np.diff(np.asarray(found[0], np.float64).reshape(-1)[order])
    passed = -(steps / np.maximum(1, np.abs(ours[order][1:]))).min()
    if passed > LARGEST:
        largest[0] = max(largest[0], passed)
    return largest


def seconds(model, table, rows):
    """The time for so many rows, those of a table over and over, in batches of 2000."""
    features = model.features(pd.read_csv(table))
    features = np.resize(features, (rows, features.shape[1]))
    model.run(features[:2000])
    start = time.monotonic()
    for first in range(0, rows, 2000):
        model.run(features[first : first + 2000])
    return time.monotonic() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--glad", default=ROOT / "target/release/glad", type=pathlib.Path)
    parser.add_argument("--rows", default=0, type=int)
    arguments = parser.parse_args()
    glad = arguments.glad.resolve()
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        mixed(folder / "text-and-gaps.csv")
        tables = sorted((ROOT / "datasets").glob("*.csv")) + [folder / "text-and-gaps.csv"]
        tables += edges(folder)
        print(HEAD)
        for table in tables:
            far_out(table, folder / "far.csv")
            for ensemble in ENSEMBLES:
                session, file = folder / "run.glad", folder / "m.onnx"
                chosen = ["--ensemble", ensemble] if ensemble else []
                run(glad, "replay", table, "--impute", "--budget", 40, "--save", session, *chosen)
                run(glad, "export", session, "--onnx", file, "--scores", folder / "s.csv")
                run(glad, "score", session, folder / "far.csv", "--impute", "--out", folder / "f.csv")
                onnx.checker.check_model(str(file), full_check=True)
                model = Model(str(file))
                off = difference(model, table, folder / "s.csv")
                off += difference(model, folder / "far.csv", folder / "f.csv")
                bad = max(off) > LARGEST
                failed += bad
                name = f"{table.stem} {ensemble or 'default'}"
                name = name if len(name) < 28 else f"{table.stem} all kinds"
                told = "   ".join(f"{value:7.1e}" for value in off)
                print(f"{name:26} {told}  {file.stat().st_size / 1e3:7.1f}", end="")
                if arguments.rows:
                    print(f"  {arguments.rows} rows {seconds(model, table, arguments.rows):.2f} s", end="")
                print("  DIFFERENT" if bad else "", flush=True)
    if failed:
        sys.exit(f"{failed} of {len(tables) * len(ENSEMBLES)} differ by more than {LARGEST:.0e}")
    print(f"equal: none of {len(tables) * len(ENSEMBLES)} differs by more than {LARGEST:.0e}")


if __name__ == "__main__":
    main()
