"""How long tables take to open: GLAD beside pandas and polars, on the same files.

    python -m venv venv && venv/bin/pip install numpy pandas polars pyarrow
    venv/bin/python benches/readers.py target/release/glad [older/glad …]

Draws a table of 1 000 000 x 10 numbers of six decimals with a column of labels, writes it as CSV,
Parquet, Feather and SQLite, and reads each file by each program in turn, several times. Of GLAD it is
the whole process (`glad replay FILE --budget 0` reads, and fits nothing); of the others the call alone,
in a process of its own, without the import. Wall and processor seconds are the least of the runs, the
peak of memory that of the process. An older program is measured on the files that it reads.
"""

import json
import os
import pathlib
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time

ROWS, COLUMNS, RUNS = 1_000_000, 10, 5

CALLS = {
    "pandas": {
        "csv": "pandas.read_csv(path)",
        "parquet": "pandas.read_parquet(path)",
        "feather": "pandas.read_feather(path)",
        "sqlite": "pandas.read_sql('select * from t', __import__('sqlite3').connect(path))",
    },
    "polars": {
        "csv": "polars.read_csv(path)",
        "parquet": "polars.read_parquet(path)",
        "feather": "polars.read_ipc(path)",
    },
}


def write(folder):
    import numpy
    import pandas

    draw = numpy.random.default_rng(1)
    table = pandas.DataFrame(
        draw.normal(size=(ROWS, COLUMNS)).round(6) * draw.normal(scale=4, size=COLUMNS).round(2),
        columns=[f"x{place}" for place in range(COLUMNS)],
    ).round(6)
    table["label"] = numpy.where(numpy.arange(ROWS) % 200 == 7, "anomaly", "nominal")
    table.to_csv(folder / "table.csv", index=False)
    table.to_parquet(folder / "table.parquet", index=False)
    table.to_feather(folder / "table.feather")
    with sqlite3.connect(folder / "table.sqlite") as database:
        table.to_sql("t", database, index=False)


def run(command):
    """Wall and processor seconds of a process, and its peak of memory in MB; None if it fails."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    # A replay of no query reads the table, and then says that there is nothing to ask.
    if status != 0 and command[1] != "replay":
        return None
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def call(library, text, path):
    """The same of a call in another Python, without what the import takes."""
    code = f"""
import json, resource, sys, time, {library}
path = {str(path)!r}
cpu = lambda: sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
began, used = time.perf_counter(), cpu()
table = {text}
assert table.shape[0] == {ROWS}
json.dump([time.perf_counter() - began, cpu() - used, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024], sys.stdout)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    return json.loads(done.stdout) if done.returncode == 0 else None


def main():
    programs = sys.argv[1:] or sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        # In a process of its own: the peak of a child begins at the memory of its parent.
        subprocess.run([sys.executable, __file__, "--write", name], check=True)
        print("| file | program | wall s | CPU s | peak MB |\n|---|---|---|---|---|")
        for ending in ["csv", "parquet", "feather", "sqlite"]:
            path = folder / f"table.{ending}"
            ways = {f"GLAD ({program})": (lambda program=program: run([program, "replay", str(path), "--budget", "0"])) for program in programs}
            for library, texts in CALLS.items():
                if ending in texts:
                    ways[library] = lambda library=library, text=texts[ending]: call(library, text, path)
            found = {way: [] for way in ways}
            for _ in range(RUNS):
                for way, measure in ways.items():
                    found[way].append(measure())
            for way, figures in found.items():
                if None in figures:
                    print(f"| {path.name} | {way} | not read | | |")
                    continue
                wall, cpu, peak = (min(column) for column in zip(*figures))
                print(f"| {path.name}, {path.stat().st_size / 1e6:.0f} MB | {way} | {wall:.2f} | {cpu:.2f} | {peak:.0f} |", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--write"]:
        write(pathlib.Path(sys.argv[2]))
    else:
        main()
