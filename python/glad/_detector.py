"""The detector with the conventions of scikit-learn."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from os import PathLike
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._glad import Engine

try:  # scikit-learn is not needed; where it is, its tools know the detector.
    from sklearn.base import BaseEstimator, OutlierMixin
    from sklearn.exceptions import NotFittedError
    from sklearn.utils.validation import validate_data
except ImportError:
    validate_data = None

    class NotFittedError(ValueError, AttributeError):  # type: ignore[no-redef]
        """The detector is used before it was fitted."""

    class BaseEstimator:  # type: ignore[no-redef]
        """The parameters of a detector by name."""

        _names = ("ensemble", "tau", "seed", "batch", "method")

        def get_params(self, deep: bool = True) -> dict[str, Any]:
            return {name: getattr(self, name) for name in self._names}

        def set_params(self, **parameters: Any) -> Any:
            for name, value in parameters.items():
                if name not in self._names:
                    raise ValueError(f"{name} is no parameter; there are {', '.join(self._names)}")
                setattr(self, name, value)
            return self

    class OutlierMixin:  # type: ignore[no-redef]
        """Fits and predicts in one go."""

        def fit_predict(self, X: ArrayLike, y: Any = None) -> NDArray[np.intp]:
            return self.fit(X).predict(X)  # type: ignore[attr-defined]


#: What an answer may be written as. Numbers are those that `predict` returns.
ANSWERS = {"anomaly": "anomaly", "nominal": "nominal", "unsure": "unsure", "skip": "skip", -1: "anomaly", 1: "nominal"}


@dataclass(frozen=True)
class Part:
    """A member's part in the score of an instance."""

    member: str
    score: float
    relevance: float
    contribution: float
    share: float


@dataclass(frozen=True)
class Explanation:
    """Why an instance scores as it does; the largest part comes first."""

    instance: int
    score: float
    parts: tuple[Part, ...]


class Detector(OutlierMixin, BaseEstimator):
    """An ensemble of anomaly detectors that learns from answers how far to trust each of them.

    Parameters
    ----------
    ensemble : str or None
        The detectors, as on the command line (`glad replay --help`): "loda", "loda:15+iforest:30*0.5".
        None is the default of GLAD.
    tau : float
        The fraction of instances assumed anomalous, in (0, 0.5].
    seed : int
        The same data, seed and answers give the same bits.
    batch : int
        Answers between trainings.
    method : str
        "glad", "aad" (one weight for each member) or "baseline" (answers change nothing).

    Attributes
    ----------
    offset_ : float
        `decision_function` is `score_samples` less this: minus the anomaly score at rank τ n.
    n_features_in_ : int
        The number of columns that it was fitted to.
    """

    def __init__(
        self,
        ensemble: str | None = None,
        tau: float = 0.03,
        seed: int = 0,
        batch: int = 1,
        method: str = "glad",
    ) -> None:
        self.ensemble = ensemble
        self.tau = tau
        self.seed = seed
        self.batch = batch
        self.method = method

    # Fitting and scoring.

    def fit(self, X: ArrayLike, y: Any = None) -> Detector:
        """Fits the detectors without labels; `y` is not looked at."""
        if int(self.batch) < 1:
            raise ValueError(f"batch is {self.batch}, but must be 1 or more")
        names = [str(name) for name in getattr(X, "columns", [])]
        x = self._array(X, reset=True)
        names = names or [f"x{column}" for column in range(x.shape[1])]
        self._take(
            Engine.fit(x, names, self.ensemble, float(self.tau), int(self.seed), int(self.batch), self.method)
        )
        for notice in self._engine.notices:
            warnings.warn(notice, stacklevel=2)
        return self

    def score_samples(self, X: ArrayLike) -> NDArray[np.float64]:
        """Minus the anomaly score of each row: as in scikit-learn, lower is more anomalous."""
        return -self._fitted().score(self._array(X)).astype(np.float64)

    def decision_function(self, X: ArrayLike) -> NDArray[np.float64]:
        """`score_samples` less `offset_`: negative for anomalies."""
        return self.score_samples(X) - self.offset_

    def predict(self, X: ArrayLike) -> NDArray[np.intp]:
        """-1 for anomalies and 1 for all others."""
        return np.where(self.decision_function(X) < 0, -1, 1)

    # The loop.

    def ask(self, n: int = 1) -> list[int]:
        """The `n` best candidates: rows of the fitted table that have no answer yet."""
        if n < 1:
            raise ValueError(f"n is {n}, but must be 1 or more")
        return self._fitted().ask(int(n))

    def tell(self, ids: int | Iterable[int], labels: Any) -> Detector:
        """Records answers and learns from them.

        A label is "anomaly", "nominal", "unsure" or "skip", or as `predict` has it: -1 for an
        anomaly and 1 for nominal. 0 and booleans are refused: they mean different things to
        different people.
        """
        engine = self._fitted()
        if isinstance(ids, (int, np.integer)):
            ids, labels = [ids], [labels]
        ids, labels = list(ids), list(labels)
        if len(ids) != len(labels):
            raise ValueError(f"there are {len(ids)} ids, but {len(labels)} labels")
        engine.tell([(int(at), _answer(label)) for at, label in zip(ids, labels)])
        self._take(engine)
        return self

    def retrain(self) -> bool:
        """Trains on the answers so far, without waiting for the batch; False without any label."""
        done = self._fitted().retrain()
        self._take(self._engine)
        return done

    def undo(self) -> bool:
        """Takes the last answer back and the model with it, to the bit; False where there is none."""
        done = self._fitted().undo()
        self._take(self._engine)
        return done

    @property
    def answers_(self) -> dict[int, str]:
        """The answers in force, by row."""
        return dict(self._fitted().answers())

    # Why.

    def relevance(self, X: ArrayLike) -> NDArray[np.float32]:
        """How far each member is trusted at each row, `[n, members]`."""
        return self._fitted().relevance(self._array(X))

    def member_scores(self, X: ArrayLike) -> NDArray[np.float32]:
        """What each member says of each row, `[n, members]`; higher is more anomalous."""
        return self._fitted().member_scores(self._array(X))

    @property
    def members_(self) -> list[str]:
        """The names of the members."""
        return self._fitted().member_names

    def explain(self, instance: int) -> Explanation:
        """Why a row of the fitted table scores as it does."""
        engine = self._fitted()
        names = engine.member_names
        parts = engine.explain(int(instance))
        return Explanation(
            instance=int(instance),
            score=float(engine.scores()[instance]),
            parts=tuple(Part(names[part[0]], *part[1:]) for part in parts),
        )

    # Sessions.

    def save(self, path: str | PathLike[str]) -> None:
        """Saves the session with its table; the window and the command line open it."""
        self._fitted().save(path)

    @classmethod
    def open(cls, path: str | PathLike[str], table: str | PathLike[str] | None = None) -> Detector:
        """Opens a session of the window, the command line or `save`; `table` where its table moved."""
        detector = cls()
        detector._take(Engine.open(path, table))
        detector.n_features_in_ = detector._engine.shape[1]
        return detector

    # Inside.

    def _take(self, engine: Engine) -> None:
        self._engine = engine
        self.offset_ = -float(engine.q_tau)

    def _fitted(self) -> Engine:
        if not hasattr(self, "_engine"):
            raise NotFittedError("this Detector is not fitted yet: call fit, or Detector.open")
        return self._engine

    def _array(self, X: ArrayLike, reset: bool = False) -> NDArray[np.float32]:
        if not reset:
            self._fitted()
        if validate_data is not None:
            return validate_data(self, X, reset=reset, dtype=np.float32, order="C")
        array = np.asarray(X, dtype=np.float32, order="C")
        if array.ndim != 2:
            raise ValueError(f"X has {array.ndim} dimensions, but must have 2: rows and features")
        if reset:
            self.n_features_in_ = array.shape[1]
        return array


def _answer(label: Any) -> str:
    is_number = isinstance(label, (int, float, np.number)) and not isinstance(label, (bool, np.bool_))
    key = int(label) if is_number and label in (-1, 1) else label
    if not isinstance(key, (str, int)) or isinstance(key, bool) or key not in ANSWERS:
        raise ValueError(
            f"the label {label!r} is none: say anomaly, nominal, unsure or skip, or -1 for an anomaly and 1 for nominal"
        )
    return ANSWERS[key]
