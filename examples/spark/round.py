"""The whole loop on a table that is larger than one machine looks at: rounds of Spark and GLAD.

    python examples/spark/round.py [--glad target/release/glad] [--rows 10000000] [--rounds 3]

Each round: sample (the first time uniformly, later the rows of the highest scores) -> label with
GLAD -> export the model -> score all rows with Spark -> bring the top candidates back
(`glad continue --candidates`) -> answer -> again. Here a planted truth answers in the place of an
analyst, and what each round found is printed beside the same on one machine: `glad replay` on a
table of all rows, with as many answers.

Needs Java 17 or newer and `pip install pyspark pandas pyarrow onnxruntime`; `--memory` of it for Spark.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
FEATURES = [f"f{place}" for place in range(8)]
SAMPLE = 20_000
CHUNK = 500_000


def chunk(rows, first, random):
    """Rows of a table with anomalies of one kind among outliers of another.

    One row in 500 lies far out in f0 and f1: an anomaly. As many lie as far out in f4 and f5, and are
    nominal: without answers both kinds look the same.
    """
    values = random.normal(size=(rows, len(FEATURES))).astype(np.float32)
    kind = random.random(rows)
    odd, usual = kind < 0.002, (kind >= 0.002) & (kind < 0.004)
    for which, places in ((odd, (0, 1)), (usual, (4, 5))):
        for place in places:
            sign = random.choice([-1, 1], which.sum())
            values[which, place] += sign * random.uniform(4, 7, which.sum())
    table = pd.DataFrame(values, columns=FEATURES)
    table.insert(0, "id", [f"r{row:08}" for row in range(first, first + rows)])
    table["label"] = np.where(odd, "anomaly", "nominal")
    return table


def make(path, rows):
    """Writes the table in row groups; returns how many anomalies it has."""
    random = np.random.default_rng(7)
    anomalies, writer = 0, None
    for first in range(0, rows, CHUNK):
        table = chunk(min(CHUNK, rows - first), first, random)
        anomalies += int((table["label"] == "anomaly").sum())
        batch = pa.Table.from_pandas(table, preserve_index=False)
        writer = writer or pq.ParquetWriter(path, batch.schema)
        writer.write_table(batch, row_group_size=100_000)
    writer.close()
    return anomalies


def run(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(str(word) for word in command)}\n{done.stdout}{done.stderr}")
    return done.stdout


class Loop:
    """A session, and the Spark that scores the whole table by it."""

    def __init__(self, arguments, folder, table):
        self.glad = arguments.glad.resolve()
        self.folder = folder
        self.table = table
        self.answers = arguments.answers
        self.preset = arguments.preset
        self.candidates = arguments.candidates
        os.environ["PYSPARK_PYTHON"] = sys.executable
        sys.path.insert(0, str(HERE))
        from pyspark.sql import SparkSession

        builder = SparkSession.builder.master(arguments.master).appName("glad")
        builder = builder.config("spark.driver.memory", arguments.memory)
        builder = builder.config("spark.ui.enabled", "false")
        builder = builder.config("spark.ui.showConsoleProgress", "false")
        self.spark = builder.getOrCreate()
        self.spark.sparkContext.setLogLevel("ERROR")
        self.all = self.spark.read.parquet(str(table))

    def sample(self, rows, of):
        """A uniform sample, by Spark."""
        share = min(1.0, rows / of)
        frame = self.all.sample(withReplacement=False, fraction=share, seed=1).toPandas()
        frame.to_parquet(self.folder / "sample.parquet", index=False)
        return self.folder / "sample.parquet"

    def label(self, table, session, answers):
        """Answers the next candidates; here the planted truth does. An analyst would leave --oracle out."""
        begun = ["--preset", self.preset] if not session.exists() else []
        run(self.glad, "label", table, "--save", session, "--oracle", answers, *begun)

    def top(self, session):
        """Scores every row with the session's model, and returns the best that are not answered."""
        import score

        model = self.folder / "m.onnx"
        model.unlink(missing_ok=True)
        run(self.glad, "export", session, "--onnx", model)
        scored = score.score(self.spark, model.read_bytes(), self.all, ["id", "label", *FEATURES])
        columns = ["id", "label", "score", *FEATURES]
        most = self.candidates + len(self.seen)
        return scored.select(*columns).orderBy("score", ascending=False).limit(most).toPandas()

    def rounds(self, count, rows, planted):
        """Goes through the rounds; returns the anomalies that were found by each."""
        started = time.monotonic()
        table, session = self.sample(SAMPLE, rows), self.folder / "round-0.glad"
        self.seen = set(pd.read_parquet(table, columns=["id"])["id"])
        self.label(table, session, self.answers)
        found = [self.found(session)]
        self.say(0, found, len(self.seen), planted, started)
        for at in range(1, count + 1):
            started = time.monotonic()
            top = self.top(session)
            top = top[~top["id"].isin(self.seen)].head(self.candidates)
            self.seen |= set(top["id"])
            table = self.folder / f"top-{at}.parquet"
            top.drop(columns="score").to_parquet(table, index=False)
            before, session = session, self.folder / f"round-{at}.glad"
            run(self.glad, "continue", before, table, "--candidates", "--save", session)
            self.label(table, session, self.answers)
            found.append(self.found(session))
            self.say(at, found, len(top), planted, started)
        return found

    def found(self, session):
        """How many anomalies the answers of a session hold."""
        labels = self.folder / "labels.csv"
        labels.unlink(missing_ok=True)
        run(self.glad, "export", session, "--labels", labels)
        return int((pd.read_csv(labels)["answer"] == "anomaly").sum())

    def say(self, at, found, rows, planted, started):
        took = time.monotonic() - started
        print(
            f"round {at}: {rows} rows looked at, {self.answers} answers, {found[-1]} anomalies"
            f" found so far (of {planted} planted), {took:.0f} s",
            flush=True,
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--glad", default=ROOT / "target/release/glad", type=pathlib.Path)
    parser.add_argument("--rows", default=10_000_000, type=int)
    parser.add_argument("--rounds", default=3, type=int)
    parser.add_argument("--answers", default=40, type=int, help="answers of each round")
    parser.add_argument("--preset", default="fast", help="GLAD's settings: fast has a quarter of the trees")
    parser.add_argument("--candidates", default=1000, type=int, help="rows that come back")
    parser.add_argument("--master", default="local[2]")
    parser.add_argument("--memory", default="4g")
    parser.add_argument("--keep", type=pathlib.Path, help="a folder for the files, else they go")
    arguments = parser.parse_args()
    folder = arguments.keep or pathlib.Path(tempfile.mkdtemp(prefix="glad-round-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        table = folder / "all.parquet"
        planted = make(table, arguments.rows)
        print(f"{arguments.rows} rows, {planted} anomalies planted", flush=True)
        loop = Loop(arguments, folder, table)
        found = loop.rounds(arguments.rounds, arguments.rows, planted)
        loop.spark.stop()
        queries = arguments.answers * (arguments.rounds + 1)
        started = time.monotonic()
        alone = folder / "alone.glad"
        loop.label(table, alone, queries)
        took = time.monotonic() - started
        print(f"one machine, all rows in memory: {loop.found(alone)} found by {queries} answers, {took:.0f} s")
        if found[-1] <= found[0]:
            sys.exit("the rounds after the first found nothing")
    finally:
        if not arguments.keep:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
