"""Writes the same little table in other formats, by the programs that people write them with.

    python -m venv venv && venv/bin/pip install pandas pyarrow polars openpyxl odfpy xlwt
    venv/bin/python make.py

The tests read each and compare it with table.csv.
"""

import gzip
import pathlib
import sqlite3
import zipfile

import numpy as np
import openpyxl
import pandas
import polars
import pyarrow
import pyarrow.feather
import pyarrow.parquet
import xlwt

here = pathlib.Path(__file__).parent
draw = np.random.default_rng(13)
n = 40
table = pandas.DataFrame({
    "id": 9_007_199_254_740_993 + 7 * np.arange(n),
    "x": draw.normal(size=n).round(4),
    "y": (100 * draw.normal(size=n)).astype("float32").round(2),
    "count": draw.integers(-5, 50, size=n).astype("int16"),
    "colour": draw.choice(["red", "dark blue", 'the "other"'], size=n),
    "label": np.where(np.arange(n) % 13 == 5, "anomaly", "nominal"),
})
table["id"] = table["id"].astype("int64")
table.to_csv(here / "table.csv", index=False)

# Parquet: by three programs, with four codecs, in several groups of rows.
table.to_parquet(here / "pandas-snappy.parquet", index=False, row_group_size=16)
polars.from_pandas(table).write_parquet(here / "polars-zstd.parquet", compression="zstd")
arrow = pyarrow.Table.from_pandas(table, preserve_index=False)
pyarrow.parquet.write_table(arrow, here / "pyarrow-gzip-v1.parquet", compression="gzip", version="1.0", data_page_version="1.0")
pyarrow.parquet.write_table(arrow, here / "pyarrow-lz4-v2.parquet", compression="lz4", data_page_version="2.0", use_dictionary=False)

# Types that CSV has not, and nothing in some cells.
typed = pyarrow.table({
    "day": pyarrow.array([None, 0, 19782], pyarrow.date32()),
    "at": pyarrow.array([0, None, 1709164800123456], pyarrow.timestamp("us", tz="UTC")),
    "clock": pyarrow.array([1, 3600_000, None], pyarrow.time32("ms")),
    "price": pyarrow.array([None, "-0.05", "12.30"]).cast(pyarrow.string()).cast(pyarrow.decimal128(9, 2)),
    "big": pyarrow.array([18446744073709551615, 0, None], pyarrow.uint64()),
    "flag": pyarrow.array([True, None, False]),
    "pair": pyarrow.array([{"a": 1, "b": None}, None, {"a": 2, "b": "x\ty"}]),
    "list": pyarrow.array([[1], [], None]),
})
pyarrow.parquet.write_table(typed, here / "types.parquet")

# Arrow: as a file by two programs, packed in both ways, and as a stream of several batches.
table.assign(colour=table["colour"].astype("category")).to_feather(here / "pandas-lz4.feather")
polars.from_pandas(table).write_ipc(here / "polars-zstd.arrow", compression="zstd")
with pyarrow.ipc.new_stream(here / "pyarrow.arrows", arrow.schema) as stream:
    for batch in arrow.to_batches(max_chunksize=16):
        stream.write_batch(batch)
typed_arrow = typed.append_column("span", pyarrow.array([90, None, -1], pyarrow.duration("s")))
typed_arrow = typed_arrow.append_column("half", pyarrow.array([0.5, None, 2.0], pyarrow.float16()))
pyarrow.feather.write_feather(typed_arrow, here / "types.arrow", compression="uncompressed")

# A database with a note, the table, and a view of it.
database = here / "tables.sqlite"
database.unlink(missing_ok=True)
with sqlite3.connect(database) as to:
    to.execute("create table about (word text, meaning text)")
    to.execute("insert into about values ('x', 'measured in spring')")
    table.astype({"y": "float64"}).to_sql("readings", to, index=False)
    to.execute("create view red as select * from readings where colour = 'red'")
to.close()

# A workbook with a note, a sheet with a title line above the table, and another table.
book = openpyxl.Workbook()
book.active.title = "Read me"
book.active.append(["Measured in spring"])
sheet = book.create_sheet("Data")
names = [name for name in table if name != "id"]
sheet.append(names)
for row in table[names].astype(object).itertuples(index=False):
    sheet.append([float(v) if isinstance(v, np.floating) else int(v) if isinstance(v, np.integer) else v for v in row])
other = book.create_sheet("Other")
other.append(["when", "a", "b"])
for row in range(20):
    other.append([pandas.Timestamp(2024, 1, 1) + pandas.Timedelta(hours=6 * row), row * row % 7, draw.normal()])
book.save(here / "book.xlsx")
table[names].astype({"y": "float64"}).to_excel(here / "table.ods", engine="odf", index=False)
old = xlwt.Workbook()
sheet = old.add_sheet("Data")
for column, name in enumerate(names):
    sheet.write(0, column, name)
    for row, value in enumerate(table[name], 1):
        sheet.write(row, column, value.item() if hasattr(value, "item") else value)
old.save(here / "table.xls")

# JSON lines, and what is packed.
table.to_json(here / "table.jsonl", orient="records", lines=True, double_precision=15)
text = (here / "table.csv").read_bytes()
(here / "table.csv.gz").write_bytes(gzip.compress(text, mtime=0))
(here / "table.csv.zst").write_bytes(pyarrow.compress(text, codec="zstd", asbytes=True))
with zipfile.ZipFile(here / "tables.zip", "w", zipfile.ZIP_DEFLATED) as archive:
    for name, data in [("readme.md", b"Two tables.\n"), ("data/table.csv", text), ("data/other.parquet", (here / "pandas-snappy.parquet").read_bytes())]:
        archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
