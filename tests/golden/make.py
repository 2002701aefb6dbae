"""Writes golden.json: what the method gives on small tables, computed here from its formulas.

Independent of the program: numpy in double precision, written from the formulas in the documentation of each detector. Run it with
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


def member_scores(features, floor=0.5):
    """Scores by the paper's four projections: each from 0 and of unit spread, their sum of unit
    spread, all lifted by a floor of half a standard deviation."""
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
    scores = np.array(scores).T
    scores /= scores.sum(axis=1).std()
    return x, scores + floor * scores.std(axis=0)


def sigmoid(value):
    return 1.0 / (1.0 + np.exp(-value))


def hinge(z, margin, softness):
    """The soft hinge and its slope."""
    z = (z + margin) / softness
    return softness * np.logaddexp(0, z), sigmoid(z)


class Adam:
    """Adam as published, epsilon 1e-8."""

    def __init__(self, parts):
        self.time = 0
        self.mean = [np.zeros_like(part) for part in parts]
        self.square = [np.zeros_like(part) for part in parts]

    def step(self, parts, gradient, rate):
        self.time += 1
        for at, slope in enumerate(gradient):
            self.mean[at] = 0.9 * self.mean[at] + 0.1 * slope
            self.square[at] = 0.999 * self.square[at] + 0.001 * slope**2
            first = self.mean[at] / (1 - 0.9**self.time)
            second = self.square[at] / (1 - 0.999**self.time)
            parts[at] -= rate * first / (np.sqrt(second) + 1e-8)


def update_network(x, scores, labelled, signs, hinges, prior_rows, weights, tau_row, b, steps,
                   margin, softness, lam, l2, rate):
    """Steps of the network's voice; `weights` is [W1, c1, W2, c2]."""
    w = [part.copy() for part in weights]
    relevance = lambda: sigmoid(sigmoid(x @ w[0] + w[1]) @ w[2] + w[3])
    q_tau = (scores[tau_row] * relevance()[tau_row]).sum()
    adam, losses = Adam(w), []
    for _ in range(steps):
        hidden = sigmoid(x @ w[0] + w[1])
        p = relevance()
        score = (scores * p).sum(axis=1)
        by_score = np.zeros(len(x))
        loss = l2 / 2 * ((w[0] ** 2).sum() + (w[2] ** 2).sum())
        for row, sign, weight in zip(labelled, signs, hinges):
            for level, moves in ((q_tau, False), (score[tau_row], True)):
                value, slope = hinge(sign * (level - score[row]), margin, softness)
                loss += weight * value
                by_score[row] -= weight * sign * slope
                if moves:
                    by_score[tau_row] += weight * sign * slope
        delta = by_score[:, None] * scores * p * (1 - p)
        for row in prior_rows:
            entropy = -b * np.log(p[row]) - (1 - b) * np.log(1 - p[row])
            loss += lam / len(prior_rows) * entropy.mean()
            delta[row] += lam / len(prior_rows) * (p[row] - b) / len(b)
        below = (delta @ w[2].T) * hidden * (1 - hidden)
        adam.step(w, [x.T @ below + l2 * w[0], below.sum(axis=0),
                      hidden.T @ delta + l2 * w[2], delta.sum(axis=0)], rate)
        losses.append(loss)
    return w, q_tau, losses


def update_cells(cells, scores, signs, hinges, prior, q_tau, steps, margin, softness, lam, rate):
    """Steps of the cells' voice; returns the logit of every cell that occurs."""
    listed = np.unique(cells)
    at = np.searchsorted(listed, cells)
    theta = [np.zeros(len(listed))]
    adam, losses = Adam(theta), []
    for _ in range(steps):
        p = sigmoid(prior + theta[0][at])
        score = (scores * p).sum(axis=1)
        value, slope = hinge(signs * (q_tau - score), margin, softness)
        decay = lam / len(prior)
        losses.append((hinges * value).sum() + decay / 2 * (theta[0] ** 2).sum())
        gradient = decay * theta[0]
        by_score = (-hinges * signs * slope)[:, None] * scores * p * (1 - p)
        np.add.at(gradient, at, by_score)
        adam.step(theta, [gradient], rate)
    return listed, theta[0], losses


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
    labelled, signs, hinges = [55, 57, 3, 20], [1, 1, -1, -1], [0.5, 0.5, 0.25, 0.75]
    prior_rows = [1, 30, 55, 12]
    b = np.array([0.5, 0.2, 0.5, 0.3])
    weights = [rounded(random.normal(size=shape) * 0.5) for shape in ((2, 6), 6, (6, 4), 4)]
    settings = dict(steps=3, margin=0.4, softness=0.3, lam=0.1, l2=1e-3, rate=0.01)
    trained, q_tau, losses = update_network(x32, scores32, labelled, signs, hinges, prior_rows,
                                            weights, tau_row=30, b=rounded(b), **settings)
    flat = lambda parts: np.concatenate([part.ravel() for part in parts]).tolist()

    cells = np.array([[0, 3, 7], [0, 4, 8], [1, 3, 7], [2, 5, 8]])
    part_scores = rounded(random.uniform(0, 2, size=(4, 3)))
    prior = rounded(np.array([0.0, -1.4, 0.3]))
    cell_settings = dict(q_tau=1.1, steps=4, margin=0.8, softness=0.25, lam=0.05, rate=0.05)
    listed, theta, cell_losses = update_cells(cells, part_scores, np.array(signs, dtype=float),
                                              np.array(hinges), prior, **cell_settings)

    golden = {
        "histograms": histograms,
        "ensemble": {"features": features.tolist(), "member_scores": scores.tolist()},
        "network": {
            "x": x32.tolist(), "member_scores": scores32.tolist(), "labelled": labelled,
            "signs": signs, "hinges": hinges, "prior_rows": prior_rows, "b": b.tolist(),
            "tau_row": 30, "q_tau": q_tau, "weights": flat(weights), "trained": flat(trained),
            "losses": losses, **settings,
        },
        "cells": {
            "cells": cells.tolist(), "scores": part_scores.tolist(), "signs": signs,
            "hinges": hinges, "prior": prior.tolist(), "listed": listed.tolist(),
            "logits": theta.tolist(), "losses": cell_losses, **cell_settings,
        },
    }
    Path(__file__).with_name("golden.json").write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
