"""Image sets for docs/EVALUATION.md: pools of one class with a few others, and one class against the rest.

    python tests/images/pools.py draw DATA SETS      # DATA: mnist-t10k-*.gz, bccd32.npz, elpv_mono64.npz
    python tests/images/pools.py rank SETS GLAD      # `glad rank` of every set that has no scores yet
    python tests/images/pools.py judge SETS          # AUROC and average precision of the score and of each member

A pool is `NAME.npz` with images and labels, ranked by what is learnt from itself; `NAME-good.npz` and
`NAME-test.npz` are ranked by what is learnt from the good ones. Needs numpy.
"""
import csv
import glob
import gzip
import os
import subprocess
import sys
import time

import numpy

DRAWS = {"bccd": 3, "elpv": 2, "mnist": 1}


def save(path, images, odd):
    order = numpy.random.default_rng(len(images)).permutation(len(images))
    labels = numpy.where(odd, "anomaly", "nominal")
    numpy.savez_compressed(path, images=images[order], labels=labels[order])


def pool(path, images, is_nominal, share, draw):
    chance = numpy.random.default_rng(draw)
    own, others = numpy.flatnonzero(is_nominal), numpy.flatnonzero(~is_nominal)
    others = chance.choice(others, round(share * len(own) / (1 - share)), replace=False)
    save(path, images[numpy.concatenate([own, others])], numpy.arange(len(own) + len(others)) >= len(own))


def against_rest(path, images, is_nominal, share, others, draw):
    chance = numpy.random.default_rng(draw)
    own = chance.permutation(numpy.flatnonzero(is_nominal))
    rest = numpy.flatnonzero(~is_nominal)
    rest = chance.choice(rest, min(others, len(rest)), replace=False)
    learnt = round(share * len(own))
    numpy.savez_compressed(f"{path}-good.npz", images=images[own[:learnt]])
    test = numpy.concatenate([own[learnt:], rest])
    save(f"{path}-test.npz", images[test], numpy.arange(len(test)) >= len(own) - learnt)


def draw(data, sets):
    os.makedirs(sets, exist_ok=True)
    cells = numpy.load(os.path.join(data, "bccd32.npz"), allow_pickle=True)
    for number in range(DRAWS["bccd"]):
        pool(f"{sets}/bccd_{number}", cells["images"], cells["labels"] == "RBC", 0.03, number)
    solar = numpy.load(os.path.join(data, "elpv_mono64.npz"), allow_pickle=True)
    for number in range(DRAWS["elpv"]):
        is_good = solar["labels"] == "good"
        pool(f"{sets}/elpv_{number}", solar["images"], is_good, 0.05, number)
        against_rest(f"{sets}/elpv_{number}_rest", solar["images"], is_good, 0.8, 10**9, number)
    with gzip.open(os.path.join(data, "mnist-t10k-images.gz")) as file:
        digits = numpy.frombuffer(file.read()[16:], numpy.uint8).reshape(-1, 28, 28)
    with gzip.open(os.path.join(data, "mnist-t10k-labels.gz")) as file:
        labels = numpy.frombuffer(file.read()[8:], numpy.uint8)
    for number in range(DRAWS["mnist"]):
        for digit in range(10):
            pool(f"{sets}/mnist_{digit}_{number}", digits, labels == digit, 0.03, number)
            against_rest(f"{sets}/mnist_{digit}_{number}_rest", digits, labels == digit, 0.8, 2000, number)


def rank(sets, glad):
    for path in sorted(glob.glob(f"{sets}/*.npz")):
        name = path[: -len(".npz")]
        if name.endswith("-good") or os.path.exists(f"{name}.csv"):
            continue
        command = [glad, "rank", path, "--out", f"{name}.csv.part.csv"]
        if name.endswith("-test"):
            command += ["--train", name[: -len("-test")] + "-good.npz"]
        began = time.time()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        os.rename(f"{name}.csv.part.csv", f"{name}.csv")
        print(os.path.basename(name), f"{time.time() - began:.1f} s", flush=True)


def quality(scores, odd):
    """AUROC (equal scores count half) and average precision (equal scores as one step)."""
    order = numpy.argsort(-scores, kind="stable")
    scores, odd = scores[order], odd[order]
    ends = numpy.append(numpy.flatnonzero(numpy.diff(scores)), len(scores) - 1)
    hits, seen = numpy.cumsum(odd)[ends], ends + 1
    misses = seen - hits
    gained, passed = numpy.diff(hits, prepend=0), numpy.diff(misses, prepend=0)
    auroc = 1 - ((misses - passed / 2) * gained).sum() / (hits[-1] * misses[-1])
    return auroc, (gained * hits / seen).sum() / hits[-1]


def judge(sets):
    for path in sorted(glob.glob(f"{sets}/*.csv")):
        truth = numpy.load(path[: -len(".csv")] + ".npz")["labels"] == "anomaly"
        with open(path) as file:
            rows = list(csv.DictReader(file))
        odd = truth[[int(row["row"]) for row in rows]]
        parts = []
        for column in rows[0]:
            try:
                values = numpy.array([float(row[column]) for row in rows])
            except ValueError:
                continue
            if column not in ("row", "rank"):
                parts.append("%s %.3f (%.2f)" % (column, *quality(values, odd)))
        print(os.path.basename(path)[: -len(".csv")], len(rows), int(odd.sum()), "; ".join(parts), sep="\t")


if __name__ == "__main__":
    {"draw": draw, "rank": rank, "judge": judge}[sys.argv[1]](*sys.argv[2:])
