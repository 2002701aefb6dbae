"""Writes golden.json: what the method gives on small tables, computed here from its formulas.

Independent of the program: numpy in double precision, written from DESIGN.md. Run it with
`python3 tests/golden/make.py` (numpy is the only requirement) after a change of a formula.
"""

import json
import math
from pathlib import Path

import numpy as np

DIRECTIONS = np.array([[7.5, 4.0], [4.0, 6.0], [-2.0, 2.0], [-1.0, 8.0]])


def histogram(values):
    """Counts of the number of equal-width bins that maximises the penalised likelihood."""
    n, low, high = len(values), values.min(), values.max()
    best, counts = -math.inf, None
    for bins in range(1, int(n / math.log(n)) + 1):
        found, _ = np.histogram(values, bins=bins, range=(low, high))
        full = found[found > 0]
        likelihood = (full * np.log(full * bins / (n * (high - low)))).sum()
        quality = likelihood - (bins - 1 + math.log(bins) ** 2.5)
        if quality > best:
            best, counts = quality, found
    return counts


def member_scores(features):
    """Scores by the paper's four projections, shifted to 0 and scaled to unit spread."""
    deviation = features.std(axis=0)
    x = (features - features.mean(axis=0)) / deviation
    scores = []
    for direction in DIRECTIONS * deviation:
        places = x @ (direction / np.linalg.norm(direction))
        counts = histogram(places)
        low, width = places.min(), (places.max() - places.min()) / len(counts)
        bins = np.minimum(((places - low) / width).astype(int), len(counts) - 1)
        score = -np.log(counts[bins] / (len(places) * width))
        scores.append((score - score.min()) / score.std())
    return x, np.array(scores).T


def sigmoid(value):
    return 1.0 / (1.0 + np.exp(-value))


def update(x, scores, signs, weights, tau_row, steps, c, lam, l2, rate, repeats, b=0.5):
    """Steps of Adam on the whole table as one batch; `weights` is [W1, c1, W2, c2]."""
    labelled = np.flatnonzero(signs)
    count = 1 + (repeats - 1) * (signs != 0)
    rows, hinges = count.sum(), count[labelled].sum()
    w = [part.copy() for part in weights]
    p = sigmoid(sigmoid(x @ w[0] + w[1]) @ w[2] + w[3])
    q_tau = (scores[tau_row] * p[tau_row]).sum()
    mean = [np.zeros_like(part) for part in w]
    square = [np.zeros_like(part) for part in w]
    losses = []
    for step in range(1, steps + 1):
        hidden = sigmoid(x @ w[0] + w[1])
        p = sigmoid(hidden @ w[2] + w[3])
        score = (scores * p).sum(axis=1)
        by_score = np.zeros(len(x))
        loss = l2 / 2 * ((w[0] ** 2).sum() + (w[2] ** 2).sum())
        for row in labelled:
            weight = c * count[row] / hinges
            for level, moves in ((q_tau, False), (score[tau_row], True)):
                lack = signs[row] * (level - score[row])
                if lack > 0:
                    loss += weight * lack
                    by_score[row] -= weight * signs[row]
                    if moves:
                        by_score[tau_row] += weight * signs[row]
        prior = lam * count / rows
        entropy = -b * np.log(p) - (1 - b) * np.log(1 - p)
        loss += (prior * entropy.mean(axis=1)).sum()
        delta = by_score[:, None] * scores * p * (1 - p) + prior[:, None] * (p - b) / p.shape[1]
        below = (delta @ w[2].T) * hidden * (1 - hidden)
        gradient = [x.T @ below + l2 * w[0], below.sum(axis=0),
                    hidden.T @ delta + l2 * w[2], delta.sum(axis=0)]
        for part, slope in enumerate(gradient):
            mean[part] = 0.9 * mean[part] + 0.1 * slope
            square[part] = 0.999 * square[part] + 0.001 * slope**2
            first = mean[part] / (1 - 0.9**step)
            second = square[part] / (1 - 0.999**step)
            w[part] -= rate * first / (np.sqrt(second) + 1e-8)
        losses.append(loss)
    return w, losses


def rounded(values):
    """The nearest single-precision numbers, so that both programs start from the same."""
    return np.asarray(values, dtype=np.float32).astype(float)


def main():
    random = np.random.default_rng(7)
    samples = [
        rounded(random.normal(size=300)),
        rounded(np.concatenate([random.normal(size=150), random.normal(6, 0.3, size=60)])),
        rounded(random.exponential(size=500)),
        rounded(random.uniform(size=80)),
    ]
    histograms = [{"values": sorted(values), "counts": histogram(values).tolist()}
                  for values in samples]

    features = rounded(np.concatenate([
        random.normal(size=(55, 2)) @ np.array([[2.0, 0.6], [0.0, 0.8]]) + [3.0, -1.0],
        random.normal([-2.0, 4.0], 0.4, size=(5, 2)),
    ]))
    x, scores = member_scores(features)

    x32, scores32 = rounded(x), rounded(scores)
    signs = np.zeros(60)
    signs[[55, 57]], signs[[3, 20]] = 1, -1
    weights = [rounded(random.normal(size=shape) * 0.5) for shape in ((2, 6), 6, (6, 4), 4)]
    settings = dict(steps=3, c=3.0, lam=0.1, l2=1e-3, rate=0.01, repeats=5)
    trained, losses = update(x32, scores32, signs, weights, tau_row=30, **settings)

    flat = lambda parts: np.concatenate([part.ravel() for part in parts]).tolist()
    golden = {
        "histograms": histograms,
        "ensemble": {"features": features.tolist(), "member_scores": scores.tolist()},
        "update": {
            "x": x32.tolist(), "member_scores": scores32.tolist(), "signs": signs.tolist(),
            "tau_row": 30, "weights": flat(weights), "trained": flat(trained),
            "losses": losses, **settings,
        },
    }
    Path(__file__).with_name("golden.json").write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
