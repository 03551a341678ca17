"""The replay script: reference cases through the public API, honest about what it does not know."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import replay
import replay_laws

FOLDER = Path(__file__).parent / "cases"
CASES = FOLDER / "pooling_and_mixing.json"


@pytest.mark.parametrize("name", ["pooling_and_mixing", "isotropic", "covariate_shift", "covariance", "ridge"])
def test_every_stored_case_agrees(name):
    "All printed digits by `digits`, 1e-12 on the grid."
    assert [case["id"] for case in json.loads((FOLDER / f"{name}.json").read_text()) if not replay.replay(case)[0]] == []


def test_a_wrong_value_fails():
    "The same case with its last digit changed does not pass."
    case = json.loads(CASES.read_text())[0]
    assert replay.replay({**case, "value": "3.935416666666666666666669"})[0] is False


def test_an_unknown_quantity_fails_and_says_so():
    "No quantity is skipped in silence."
    assert replay.replay({"id": "x", "quantity": "transfer.nothing", "inputs": {}, "value": "1", "tol": 1}) == (
        False, "unknown quantity transfer.nothing")


def test_the_script_counts_and_exits_with_1(tmp_path):
    "A line a case, the last line counts, exit 1 on any failure."
    file = tmp_path / "cases.json"
    file.write_text(json.dumps([*json.loads(CASES.read_text())[:1],
                                {"id": "y", "quantity": "no.such", "inputs": {}, "value": "1", "tol": "1e-9"}]))
    done = subprocess.run([sys.executable, str(Path(replay.__file__)), str(file)], capture_output=True, text=True)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (1, "1 passed, 1 failed")


def test_what_is_covered_is_said(tmp_path, capsys):
    "Quantities that are known and those that are not, before the counts."
    file = tmp_path / "cases.json"
    known = json.loads((FOLDER / "covariance.json").read_text())[0]
    file.write_text(json.dumps([known, {"id": "y", "quantity": "no.such", "inputs": {}, "value": "1", "tol": "1e-9"}]))
    assert replay.main([str(file)]) == 1
    assert capsys.readouterr().out.splitlines()[-3:] == [
        f"covered: {known['quantity']}", "not covered: no.such", "1 passed, 1 failed"]


def test_a_dense_case_is_held_to_its_tolerance():
    "In floating point, and said so; another value fails."
    case = next(c for c in json.loads((FOLDER / "covariance.json").read_text()) if c["inputs"].get("type") == "dense")
    ok, report = replay.replay(case)
    assert ok and "dense matrices in floating point" in report
    assert replay.replay({**case, "value": case["value"][:9] + "7"})[0] is False


def test_a_common_eigenspace_is_a_matrix_too():
    "A case of eigenvalues written out as matrices has the same value through the dense equivalents."
    case = next(c for c in json.loads((FOLDER / "covariance.json").read_text()) if c["id"] == "P14-K3-ridge-weights")
    many, inputs = case["inputs"]["mult"], case["inputs"]

    def spread(values):
        return [float(v) for v, m in zip(values, many, strict=True) for _ in range(m)]

    def diagonal(values):
        return [[v if i == j else 0 for j in range(sum(many))] for i, v in enumerate(spread(values))]
    written = {**inputs, "type": "dense", "Sigma": [diagonal(s) for s in inputs["Sigma"]], "Sigma0": diagonal(inputs["Sigma0"]),
               "theta": [spread(t) for t in inputs["theta"]], "theta0": spread(inputs["theta0"])}
    assert replay_laws.dense_value({**case, "inputs": written}) == pytest.approx(float(case["value"]), rel=1e-13)
