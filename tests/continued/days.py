"""What a session that goes on is worth: two days of a real table, by the program itself.

    python tests/continued/days.py target/release/glad TABLE.csv [TABLE.csv.gz …] [--draws 5]

Each table is split at random into Monday and Tuesday, halves of equal size. Monday gets 60 answers
(`glad replay --save`), `glad continue` goes on with Tuesday, and `glad label` answers 30 candidates by
the label column. Beside it: a fresh session with 60 answers on Tuesday alone. Prints the anomalies
found on Tuesday by both, the mean of the draws.

Needs `pip install pandas`.
"""

import argparse
import pathlib
import subprocess
import tempfile

import pandas as pd

MONDAY, FURTHER, FRESH = 60, 30, 60
# What the column of the truth is called in the tables that this was measured on.
TRUTH = ("label", "ground.truth")


def glad(program, *words):
    done = subprocess.run([program, *map(str, words)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"glad {words[0]}: {done.stderr}")
    return done.stdout


def split(table, draw, folder):
    """Writes both days with an id a row, and returns the paths and the ids of Tuesday's anomalies."""
    mixed = table.sample(frac=1, random_state=draw).reset_index(drop=True)
    mixed.insert(0, "row_id", [f"r{row}" for row in range(len(mixed))])
    half = len(mixed) // 2
    days = []
    for name, day in (("monday", mixed[:half]), ("tuesday", mixed[half:])):
        path = folder / f"{name}.csv"
        day.to_csv(path, index=False)
        days.append(path)
    later = mixed[half:]
    truth = next(name for name in TRUTH if name in later)
    return days, set(later.loc[later[truth] == "anomaly", "row_id"])


def label(program, session, anomalies):
    """Answers the next candidates by the truth; how many of them were anomalies of Tuesday."""
    process = subprocess.Popen(
        [program, "label", str(session)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    found = asked = 0
    for line in process.stdout:
        if not line.startswith("? row_id "):
            continue
        if asked == FURTHER:
            break
        name = line.split()[2]
        found += name in anomalies
        process.stdin.write("anomaly\n" if name in anomalies else "nominal\n")
        process.stdin.flush()
        asked += 1
    process.stdin.close()
    process.stdout.read()
    if process.wait() or asked < FURTHER:
        raise SystemExit(f"glad label stopped after {asked} answers")
    return found


def fresh(program, path, session, anomalies, folder):
    """What a session of Tuesday alone finds."""
    glad(program, "replay", path, "--budget", FRESH, "--save", session)
    events = folder / "labels.csv"
    glad(program, "export", session, "--labels", events)
    labels = pd.read_csv(events)
    column = next(name for name in ("answer", "label") if name in labels)
    return int((labels[column] == "anomaly").sum())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("tables", nargs="+", type=pathlib.Path)
    parser.add_argument("--draws", type=int, default=5)
    arguments = parser.parse_args()
    print("| table | anomalies on Tuesday | 30 further after Monday's 60 | fresh session of 60 |")
    print("|---|---|---|---|")
    for path in arguments.tables:
        table = pd.read_csv(path)
        rows = []
        for draw in range(arguments.draws):
            with tempfile.TemporaryDirectory() as name:
                folder = pathlib.Path(name)
                (monday, tuesday), anomalies = split(table, draw, folder)
                first, on = folder / "monday.glad", folder / "on.glad"
                glad(arguments.program, "replay", monday, "--budget", MONDAY, "--save", first)
                glad(arguments.program, "continue", first, tuesday, "--save", on)
                further = label(arguments.program, on, anomalies)
                alone = fresh(arguments.program, tuesday, folder / "fresh.glad", anomalies, folder)
                rows.append((len(anomalies), further, alone))
        means = [sum(column) / len(rows) for column in zip(*rows)]
        print(f"| {path.name.split('.')[0]} | {means[0]:.1f} | {means[1]:.1f} | {means[2]:.1f} |", flush=True)


if __name__ == "__main__":
    main()
