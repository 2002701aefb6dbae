"""Scores a Parquet table with a model that `glad export run.glad --onnx m.onnx` wrote.

    spark-submit score.py m.onnx table.parquet scores.parquet --keep id

Each executor gets the model once, by broadcast, and each of its Python workers makes one ONNX
Runtime session of it. Rows are scored in Arrow batches; nothing is shuffled or collected.
Needs glad_onnx.py beside it; it is sent to the executors.
"""

import argparse

from pyspark.sql import SparkSession
from pyspark.sql.types import FloatType, StringType, StructField, StructType

import glad_onnx

def schema(table, keep, members):
    """The columns of the scores: those that are kept, then those of `glad score`."""
    numbers = [f"relevance_{member + 1}" for member in range(members)]
    numbers += [f"member_score_{member + 1}" for member in range(members)]
    return StructType(
        [table.schema[name] for name in keep]
        + [StructField("score", FloatType()), StructField("member", StringType())]
        + [StructField(name, FloatType()) for name in numbers]
    )


def score(spark, model_bytes, table, keep):
    """The scores of a Spark table, with the columns `keep` of it in front."""
    model = glad_onnx.Model(model_bytes)
    lacking = [name for name in model.column_names + keep if name not in table.columns]
    if lacking:
        raise SystemExit(f"the table lacks {lacking}; it has {table.columns}")
    spark.sparkContext.addPyFile(glad_onnx.__file__)
    broadcast = spark.sparkContext.broadcast(model_bytes)

    def batches(frames):
        for frame in frames:
            scored = glad_onnx.loaded(broadcast.value).score(frame)
            for place, name in enumerate(keep):
                scored.insert(place, name, frame[name])
            yield scored

    # A column may be kept and looked at.
    needed = list(dict.fromkeys(keep + model.column_names))
    chosen = table.select(*[f"`{name}`" for name in needed])
    return chosen.mapInPandas(batches, schema(table, keep, len(model.member_names)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", help="the ONNX file")
    parser.add_argument("table", help="the table to score: Parquet, a file or a folder")
    parser.add_argument("scores", help="where to write the scores: a folder of Parquet files")
    parser.add_argument(
        "--keep", default="", help="columns of the table to keep beside the scores, by commas"
    )
    arguments = parser.parse_args()
    keep = [name for name in arguments.keep.split(",") if name]
    with open(arguments.model, "rb") as file:
        model_bytes = file.read()

    spark = SparkSession.builder.appName("glad score").getOrCreate()
    table = spark.read.parquet(arguments.table)
    scored = score(spark, model_bytes, table, keep)
    scored.write.mode("overwrite").parquet(arguments.scores)
    spark.stop()


if __name__ == "__main__":
    main()
