"""Writes small tables of every format as seeds: python make.py, with pandas, pyarrow, polars, openpyxl and
odfpy."""

import io
import pathlib
import sqlite3
import zipfile

import numpy
import pandas
import polars
import pyarrow
import pyarrow.parquet

here = pathlib.Path(__file__).parent
n = 6
table = pandas.DataFrame({
    "id": numpy.arange(n) + 2**53 + 1,
    "x": [1.5, 2.25, -3.0, 4.125, 0.1, 6.0],
    "when": pandas.date_range("2024-03-01", periods=n, freq="7h"),
    "site": ["a", "b", "a", 'say "c"', "b", None],
    "flag": [True, False] * 3,
    "n": pandas.array([1, None, 3, 4, 5, 6], dtype="Int32"),
})


def put(target, name, write):
    folder = here / target
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.unlink(missing_ok=True)
    write(path)


put("columns", "pandas.parquet", lambda path: table.to_parquet(path))
put("columns", "polars.parquet", lambda path: polars.from_pandas(table).write_parquet(path, compression="zstd"))
put("columns", "v1.parquet", lambda path: pyarrow.parquet.write_table(pyarrow.Table.from_pandas(table), path, version="1.0", compression="gzip", row_group_size=4))
kinds = table.assign(site=table["site"].astype("category"), span=pandas.to_timedelta(table["x"].abs(), unit="s"), f=table["x"].astype("float32"), d=table["when"].dt.date)
put("columns", "types.arrow", lambda path: kinds.to_feather(path, compression="uncompressed"))
put("columns", "lz4.arrow", lambda path: table.to_feather(path))
put("columns", "zstd.arrow", lambda path: polars.from_pandas(table).write_ipc(path, compression="zstd"))


def stream(path):
    batches = pyarrow.Table.from_pandas(kinds)
    with pyarrow.ipc.new_stream(path, batches.schema) as to:
        for batch in batches.to_batches(max_chunksize=4):
            to.write_batch(batch)


put("columns", "stream.arrows", stream)


def database(path):
    with sqlite3.connect(path) as to:
        to.execute("pragma page_size = 512")
        table.assign(when=table["when"].astype(str)).to_sql("t", to, index=False)
        to.execute("create table w (k primary key, v) without rowid")
        to.executemany("insert into w values (?, ?)", [(f"k{i}", i / 3) for i in range(5)])
        to.execute("create view v as select x, n from t")


put("database", "small.sqlite", database)
plain = table.astype({"n": "float64", "id": "float64"})
put("workbook", "small.xlsx", lambda path: plain.to_excel(path, index=False))
put("workbook", "small.ods", lambda path: plain.to_excel(path, index=False, engine="odf"))


def packed(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as to:
        to.writestr("a.csv", table.to_csv(index=False))


put("workbook", "small.zip", packed)
put("records", "lines.jsonl", lambda path: table.to_json(path, orient="records", lines=True, date_format="iso"))
put("records", "list.json", lambda path: table.to_json(path, orient="records", date_format="iso"))
put("records", "small.arff", lambda path: path.write_text("@relation r\n@attribute x real\n@attribute 'a b' {a,'b c'}\n@attribute outlier {yes,no}\n@data\n1.5,a,no\n2,'b c',no\n?,a,yes\n{0 3.5}\n4,a,no\n"))
put("records", "small.npy", lambda path: numpy.save(path, numpy.arange(12.0).reshape(4, 3) ** 1.5))
put("records", "named.npy", lambda path: numpy.save(path, plain[["id", "x"]].to_records(index=False)))
