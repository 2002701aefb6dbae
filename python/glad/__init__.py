"""GLAD: find the anomalies in a table by answering a few questions.

>>> import glad, numpy as np
>>> x = np.random.default_rng(0).normal(size=(500, 4)); x[:5] += 6
>>> detector = glad.Detector(seed=0).fit(x)
>>> ids = detector.ask(3)                       # the most suspicious rows
>>> _ = detector.tell(ids, ["anomaly"] * 3)     # what you think of them
>>> detector.save("run.glad")                   # the window opens it, too
"""

from ._detector import Detector, Explanation, Part

__all__ = ["Detector", "Explanation", "Part"]
