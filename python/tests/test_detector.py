"""The detector: conventions, the loop, sessions, the same bits as the command line."""

import csv
import json
import os
import subprocess

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.utils.estimator_checks import check_estimator

import glad

#: The program itself, which `check.sh` builds.
GLAD = os.environ["GLAD"]


def planted(seed=0, n=300, d=4, anomalies=6):
    x = np.random.default_rng(seed).normal(size=(n, d)).astype(np.float32)
    x[:anomalies] += 6
    return x


@pytest.fixture(scope="session")
def toy(tmp_path_factory):
    folder = tmp_path_factory.mktemp("toys")
    subprocess.run([GLAD, "datasets", "write", folder], check=True, capture_output=True)
    path = folder / "clusters.csv"
    with open(path, newline="") as file:
        header, *rows = csv.reader(file)
    at = header.index("label") if "label" in header else len(header) - 1
    truth = [row[at] for row in rows]
    features = [column for column in range(len(header)) if column != at]
    x = np.array([[float(row[column]) for column in features] for row in rows], dtype=np.float32)
    return path, x, [header[column] for column in features], truth


def test_a_replay_finds_the_same_query_by_query_as_the_command_line(toy):
    path, x, _, truth = toy
    line = subprocess.run(
        [GLAD, "replay", path, "--budget", "30", "--seed", "3", "--json"], check=True, capture_output=True, text=True
    )
    expected = json.loads(line.stdout)["found"]
    is_anomaly = [label.strip().lower() in ("anomaly", "1") for label in truth]
    detector = glad.Detector(seed=3).fit(x)
    found, curve = 0, []
    for _ in range(30):
        (row,) = detector.ask()
        found += is_anomaly[row]
        curve.append(found)
        detector.tell(row, "anomaly" if is_anomaly[row] else "nominal")
    assert curve == expected
    assert curve[-1] > 10


def test_a_session_is_opened_by_the_command_line_and_back(tmp_path):
    x = planted()
    detector = glad.Detector(seed=1).fit(x)
    for row in detector.ask(3):
        detector.tell(row, "anomaly" if row < 6 else "nominal")
    path = tmp_path / "run.glad"
    detector.save(path)
    told = subprocess.run([GLAD, "replay", path], capture_output=True, text=True)
    assert told.returncode == 0 and "reproduces itself" in told.stdout, told
    again = glad.Detector.open(path)
    assert again.answers_ == detector.answers_
    np.testing.assert_array_equal(again.score_samples(x), detector.score_samples(x))
    assert again.ask(5) == detector.ask(5)
    row = again.ask()[0]
    again.tell(row, "nominal")
    detector.tell(row, "nominal")
    np.testing.assert_array_equal(again.score_samples(x), detector.score_samples(x))


def test_undo_takes_the_model_back_to_the_bit():
    x = planted()
    detector = glad.Detector().fit(x)
    before = detector.score_samples(x)
    detector.tell(detector.ask(2), ["anomaly", "nominal"])
    assert not np.array_equal(before, detector.score_samples(x))
    assert detector.undo() and detector.undo() and not detector.undo()
    np.testing.assert_array_equal(before, detector.score_samples(x))
    assert detector.answers_ == {}


def test_answers_lift_what_is_like_them():
    x = planted()
    detector = glad.Detector().fit(x)
    first = detector.ask(6)
    detector.tell(first, ["anomaly" if row < 6 else "nominal" for row in first])
    scores = detector.score_samples(x)
    assert set(np.argsort(scores)[:6]) == set(range(6))
    assert (detector.predict(x)[:6] == -1).all()
    assert (detector.predict(x) == -1).mean() <= 0.04


def test_an_explanation_adds_up():
    x = planted()
    detector = glad.Detector(ensemble="loda:6+hbos").fit(x)
    detector.tell(detector.ask(), "anomaly")
    explanation = detector.explain(0)
    assert len(explanation.parts) == len(detector.members_) == 10
    total = sum(part.contribution for part in explanation.parts)
    assert total == pytest.approx(explanation.score, rel=1e-5)
    assert sum(part.share for part in explanation.parts) == pytest.approx(1, rel=1e-5)
    products = detector.member_scores(x[:1]) * detector.relevance(x[:1])
    assert products.sum() == pytest.approx(explanation.score, rel=1e-5)


def test_what_cannot_be_is_told_in_a_sentence():
    detector = glad.Detector()
    with pytest.raises(NotFittedError):
        detector.ask()
    x = planted()
    detector.fit(x)
    for label in (0, True, "maybe", None, 2):
        with pytest.raises(ValueError, match="say anomaly, nominal"):
            detector.tell(1, label)
    assert detector.answers_ == {}
    with pytest.raises(IndexError, match="outside the table"):
        detector.tell(300, "anomaly")
    with pytest.raises(ValueError, match="2 ids, but 1 labels"):
        detector.tell([1, 2], ["anomaly"])
    with pytest.raises(ValueError, match="tau"):
        glad.Detector(tau=2.0).fit(x)
    with pytest.raises(ValueError, match="ensemble|kind"):
        glad.Detector(ensemble="nonsense").fit(x)
    with pytest.raises(ValueError, match="not a session|no session|not find|no file|No such"):
        glad.Detector.open("nowhere.glad")


def test_constant_columns_are_left_out_and_new_rows_may_have_them():
    x = planted()
    wide = np.column_stack([x[:, :2], np.full(len(x), 7, np.float32), x[:, 2:]])
    with pytest.warns(UserWarning, match="constant|same value"):
        detector = glad.Detector().fit(wide)
    narrow = glad.Detector().fit(x)
    np.testing.assert_array_equal(detector.score_samples(wide), narrow.score_samples(x))


def test_parameters_are_those_of_scikit_learn():
    detector = glad.Detector(ensemble="loda", tau=0.05, seed=7)
    copy = clone(detector)
    assert copy.get_params() == detector.get_params()
    assert copy.set_params(tau=0.1).tau == 0.1


#: What scikit-learn checks on tables that GLAD refuses, with the reason.
FAILS = {
    "check_fit2d_1feature": "a table needs at least 2 features",
    "check_n_features_in_after_fitting": "its table has one row",
}


def test_scikit_learn_accepts_the_estimator():
    results = check_estimator(glad.Detector(), on_fail=None, expected_failed_checks=FAILS)
    failed = {result["check_name"]: repr(result["exception"]) for result in results if result["status"] == "failed"}
    assert failed == {}
    assert sum(result["status"] == "passed" for result in results) > 25
