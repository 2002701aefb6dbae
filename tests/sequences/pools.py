"""Pools of sequences for docs/EVALUATION.md: one class and a few sequences of all others.

    python tests/sequences/pools.py draw DATA POOLS   # DATA: the .ts files and Trace.npz of the archives
    for f in POOLS/*.ts; do glad rank "$f" --out "${f%.ts}.csv"; done
    python tests/sequences/pools.py judge POOLS        # AUROC of the score and of each member

Needs Python alone.
"""
import collections
import csv
import glob
import gzip
import os
import random
import struct
import sys
import zipfile

# Set, class, anomalies.
POOLS = [("GunPoint", "1", 5), ("GunPoint", "2", 5), ("Italy", "1", 29), ("Trace", "1", 9), ("JV", "3", 13)]
FILES = {
    "GunPoint": ("GunPoint_TRAIN.ts", "GunPoint_TEST.ts"),
    "Italy": ("ItalyPowerDemand_TRAIN.ts", "ItalyPowerDemand_TEST.ts"),
    "JV": ("JapaneseVowels_TRAIN.ts.gz", "JapaneseVowels_TEST.ts.gz"),
}
DRAWS = 10


def of_ts(path):
    """The sequences of a .ts file as text, each with its class."""
    with gzip.open(path, "rt") if path.endswith(".gz") else open(path) as file:
        has_begun = False
        for line in map(str.strip, file):
            if line.lower() == "@data":
                has_begun = True
            elif has_begun and line and line[0] not in "#@%":
                yield line.rsplit(":", 1)


def of_trace(path):
    """The 200 sequences of Trace, 275 doubles each."""
    archive = zipfile.ZipFile(path)
    for part in ("train", "test"):
        classes = struct.unpack("<100q", archive.read(f"y_{part}.npy")[-800:])
        values = struct.unpack("<27500d", archive.read(f"X_{part}.npy")[-220000:])
        for at in range(100):
            row = values[at * 275 : (at + 1) * 275]
            yield ",".join("%.6g" % value for value in row), str(classes[at])


def draw(data, pools):
    os.makedirs(pools, exist_ok=True)
    for name, own, count in POOLS:
        if name == "Trace":
            rows = list(of_trace(os.path.join(data, "Trace.npz")))
        else:
            rows = [row for file in FILES[name] for row in of_ts(os.path.join(data, file))]
        for number in range(DRAWS):
            chance = random.Random(f"{name}{own}{number}")
            nominal = [values for values, kind in rows if kind == own]
            others = [values for values, kind in rows if kind != own]
            pool = [(values, "nominal") for values in nominal]
            pool += [(values, "anomaly") for values in chance.sample(others, count)]
            chance.shuffle(pool)
            with open(os.path.join(pools, f"{name}_{own}_{number}.ts"), "w") as file:
                file.write("@classLabel true nominal anomaly\n@data\n")
                file.writelines(f"{values}:{kind}\n" for values, kind in pool)


def auroc(scores, odd):
    order = sorted(range(len(scores)), key=lambda at: scores[at])
    ranks, at = [0.0] * len(scores), 0
    while at < len(order):
        end = at
        while end + 1 < len(order) and scores[order[end + 1]] == scores[order[at]]:
            end += 1
        for place in order[at : end + 1]:
            ranks[place] = (at + end) / 2
        at = end + 1
    count = sum(odd)
    above = sum(rank for rank, is_odd in zip(ranks, odd) if is_odd)
    return (above - count * (count - 1) / 2) / (count * (len(odd) - count))


def judge(pools):
    found = collections.defaultdict(lambda: collections.defaultdict(list))
    for path in sorted(glob.glob(os.path.join(pools, "*.csv"))):
        pool = os.path.basename(path)[:-4].rsplit("_", 1)[0]
        with open(path[:-4] + ".ts") as file:
            odd = [line.rstrip().endswith(":anomaly") for line in file if line[0] != "@"]
        with open(path) as file:
            rows = list(csv.DictReader(file))
        columns = ["score"] + [key for key in rows[0] if key.startswith("member_score_")]
        for column in columns:
            found[column][pool].append(auroc([float(row[column]) for row in rows], odd))
    for column, by_pool in found.items():
        means = {pool: sum(all_) / len(all_) for pool, all_ in by_pool.items()}
        told = "  ".join(f"{pool} {mean:.3f} ({len(by_pool[pool])})" for pool, mean in means.items())
        print(f"{column:18} {told}  mean {sum(means.values()) / len(means):.4f}")


if __name__ == "__main__":
    if len(sys.argv) == 4 and sys.argv[1] == "draw":
        draw(sys.argv[2], sys.argv[3])
    elif len(sys.argv) == 3 and sys.argv[1] == "judge":
        judge(sys.argv[2])
    else:
        sys.exit(__doc__)
