"""Runs the Spark job here, in local mode, and compares its scores with those of `glad score`.

    python examples/spark/check.py [--glad target/release/glad] [--rows 100000]

Needs Java 17 or newer and `pip install pyspark pandas pyarrow onnxruntime`.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile
import time

import numpy as np
import pandas as pd

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
LARGEST = 1e-5


def made(rows, seed):
    """A table with numbers, text and gaps."""
    random = np.random.default_rng(seed)
    table = pd.DataFrame(
        {
            "id": [f"r{row:07}" for row in range(rows)],
            "amount": random.normal(1e4, 250, rows),
            "count": random.poisson(4, rows),
            "colour": random.choice(["red", "green", "blue"], rows, p=[0.6, 0.3, 0.1]),
            "size": random.exponential(1.0, rows),
        }
    )
    odd = random.random(rows) < 0.03
    table.loc[odd, "amount"] += random.choice([-1, 1], odd.sum()) * 2000
    table.loc[odd, "size"] *= 6
    table["label"] = np.where(odd, "anomaly", "nominal")
    table.loc[random.random(rows) < 0.02, "size"] = np.nan
    table.loc[random.random(rows) < 0.02, "colour"] = None
    return table


def run(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(str(word) for word in command)}\n{done.stdout}{done.stderr}")
    return done.stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--glad", default=ROOT / "target/release/glad", type=pathlib.Path)
    parser.add_argument("--rows", default=100_000, type=int)
    parser.add_argument("--master", default="local[2]")
    arguments = parser.parse_args()
    glad = arguments.glad.resolve()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        made(3000, 1).to_csv(folder / "train.csv", index=False)
        run(glad, "replay", folder / "train.csv", "--impute", "--save", folder / "run.glad")
        run(glad, "export", folder / "run.glad", "--onnx", folder / "m.onnx")

        # Through text, so that both read the same numbers.
        made(arguments.rows, 2).to_csv(folder / "new.csv", index=False)
        table = pd.read_csv(folder / "new.csv")
        table.loc[::1000, "colour"] = "violet"
        table.to_csv(folder / "new.csv", index=False)
        table.to_parquet(folder / "new.parquet", row_group_size=20_000)
        start = time.monotonic()
        run(glad, "score", folder / "run.glad", folder / "new.csv", "--out", folder / "ours.csv")
        ours_took = time.monotonic() - start
        start = time.monotonic()
        job = [sys.executable, HERE / "score.py", folder / "m.onnx", folder / "new.parquet"]
        where = f"PYSPARK_SUBMIT_ARGS=--master {arguments.master} pyspark-shell"
        run("env", where, f"PYSPARK_PYTHON={sys.executable}", *job, folder / "scores", "--keep", "id,label")
        spark_took = time.monotonic() - start

        ours = pd.read_csv(folder / "ours.csv").set_index("id")
        spark = pd.read_parquet(folder / "scores").set_index("id").loc[ours.index]
    if len(ours) != arguments.rows or not ours.index.equals(spark.index):
        sys.exit("the two have different rows")
    numbers = [name for name in ours.columns if name.startswith(("score", "relevance", "member_"))]
    print(f"{len(ours)} rows, {len(numbers)} columns of numbers: glad score {ours_took:.1f} s,")
    print(f"Spark {spark_took:.1f} s with its start, master {arguments.master}")
    largest = 0.0
    for name in numbers:
        expected = ours[name].to_numpy(np.float64)
        off = np.abs(spark[name].to_numpy(np.float64) - expected) / np.maximum(1, np.abs(expected))
        print(f"  {name:16} largest difference {off.max():.1e}")
        largest = max(largest, off.max())
    # Before answers have touched their cells, members are trusted alike, but for rounding.
    relevance = ours[[name for name in ours.columns if name.startswith("relevance_")]]
    sorted_relevance = np.sort(relevance.to_numpy(np.float64), axis=1)
    clear = sorted_relevance[:, -1] - sorted_relevance[:, -2] > LARGEST
    others = (ours["member"] != spark["member"])[clear].sum()
    print(f"  member           another in {others} of {clear.sum()} rows where one is ahead")
    if largest > LARGEST or others > 0:
        sys.exit(f"different: the largest difference is {largest:.1e}, {LARGEST:.0e} is allowed")
    print(f"equal: the largest difference is {largest:.1e}")


if __name__ == "__main__":
    main()
