"""The public seams are typed: what a user gets is known, and a mistyped call is seen before it runs."""

import re
import subprocess
import sys
from pathlib import Path

TEXT = Path(__file__).with_name("user.txt").read_text(encoding="utf-8")


def test_a_mistyped_call_is_seen_and_no_other(tmp_path):
    "mypy finds an error on each line that says it is wrong, and on no line that does not."
    user = tmp_path / "user.py"
    user.write_text(TEXT, encoding="utf-8")
    options = ["--strict-equality", "--follow-imports=silent", "--ignore-missing-imports", "--cache-dir", str(tmp_path)]
    command = [sys.executable, "-m", "mypy", *options, str(user)]
    told = subprocess.run(command, capture_output=True, text=True).stdout
    found = {int(line) for line in re.findall(r"user\.py:(\d+): error", told)}
    wrong = {number for number, line in enumerate(TEXT.splitlines(), 1) if "# wrong" in line}
    assert found == wrong, told


INPUTS = """
from symrisk.theorems.transfer import concept_shift as shift, isotropic_ridge
from symrisk.theorems.transfer.concept_shift import pooled_risk, target_risk as alone

gain = shift.pooled_risk - shift.target_risk
pooled_risk(n1=180, n2=100, p=600, snr=5, ssr=0.2, total=True, outside="nan")
shift.pooled_risk.digits(30, n=280, n1=180, p=600, theta_sq=5, delta_sq=1)
isotropic_ridge.target_ridge_risk(lam=1, n=30, n2=30, p=100, theta_sq=1, sigma2_sq=1)
gain(anything=1)
shift.pooled_risk.digits(30, n_1=180, n2=100, p=600, snr=5, ssr="0.2")  # wrong: n1
shift.pooled_risk(n1=180, n2=100, p=600, snr=5, srs=0.2)  # wrong: ssr
alone(n2=100, p=600, nsr=5)  # wrong: snr
pooled_risk.ball(30, digits=20)  # wrong: none of its names
isotropic_ridge.ridge_risk.values(lambd=1)  # wrong: lam
"""


def test_with_the_plugin_a_misspelt_input_is_seen(tmp_path):
    "Of symrisk's own formulas, by whatever name they are imported; it says what may be meant."
    user = tmp_path / "user.py"
    user.write_text(INPUTS, encoding="utf-8")
    (tmp_path / "mypy.ini").write_text("[mypy]\nplugins = symrisk.mypy_plugin\nfollow_imports = silent\nignore_missing_imports = True\n")
    command = [sys.executable, "-m", "mypy", "--config-file", str(tmp_path / "mypy.ini"), "--cache-dir", str(tmp_path), str(user)]
    told = subprocess.run(command, capture_output=True, text=True).stdout
    found = {int(line) for line in re.findall(r"user\.py:(\d+): error", told)}
    assert found == {number for number, line in enumerate(INPUTS.splitlines(), 1) if "# wrong" in line}, told
    assert "pooled_risk has no name 'n_1'; it takes" in told and "did you mean n1" in told and "did you mean ssr" in told
