"""The replay script: reference cases through the public API, honest about what it does not know."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import replay

FOLDER = Path(__file__).parent / "cases"
CASES = FOLDER / "pooling_and_mixing.json"


@pytest.mark.parametrize("name", ["pooling_and_mixing", "covariate_shift"])
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
