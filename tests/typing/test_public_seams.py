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
    options = ["--follow-imports=silent", "--ignore-missing-imports", "--cache-dir", str(tmp_path)]
    command = [sys.executable, "-m", "mypy", *options, str(user)]
    told = subprocess.run(command, capture_output=True, text=True).stdout
    found = {int(line) for line in re.findall(r"user\.py:(\d+): error", told)}
    wrong = {number for number, line in enumerate(TEXT.splitlines(), 1) if "# wrong" in line}
    assert found == wrong, told
