# %% [markdown]
# # Find the anomalies in a table by answering a few questions
#
# A script that notebooks open, too (each `# %%` is a cell). It takes a table with a label column,
# answers from that column as an analyst would, and prints the discovery curve.
#
#     python examples/loop.py clusters.csv --label label
#
# `glad replay clusters.csv` does the same on the command line and finds the same, query by query.

# %%
import argparse
import csv

import numpy as np

import glad

parser = argparse.ArgumentParser()
parser.add_argument("table")
parser.add_argument("--label", default="label", help="the column with the truth")
parser.add_argument("--budget", type=int, default=60)
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--save", help="where to save the session; the window opens it")
arguments = parser.parse_args()

# %% The table.
with open(arguments.table, newline="") as file:
    header, *rows = csv.reader(file)
label = header.index(arguments.label)
features = [column for column in range(len(header)) if column != label]
x = np.array([[row[column] for column in features] for row in rows], dtype=np.float64).astype(np.float32)
truth = ["anomaly" if row[label].strip().lower() in ("anomaly", "1", "true") else "nominal" for row in rows]

# %% The detectors, without labels.
detector = glad.Detector(seed=arguments.seed).fit(x)
print(f"{len(x)} rows, {x.shape[1]} features, {len(detector.members_)} members")

# %% The loop: ask, answer, learn.
found, curve = 0, []
for query in range(arguments.budget):
    (row,) = detector.ask()
    found += truth[row] == "anomaly"
    curve.append(found)
    detector.tell(row, truth[row])
print("found:", curve)

# %% Why the next candidate is one.
explanation = detector.explain(detector.ask()[0])
print(f"row {explanation.instance}, score {explanation.score:.3f}:")
for part in explanation.parts[:3]:
    print(f"  {part.member}: score {part.score:.2f} x relevance {part.relevance:.2f}, {part.share:.0%} of the whole")

# %% For the window.
if arguments.save:
    detector.save(arguments.save)
