"""symrisk phase: what it draws, refuses and answers with its exit code."""

import pytest

from symrisk import __main__ as command_line

pytest.importorskip("matplotlib")
PAIR = "transfer.concept_shift.pooled_risk transfer.concept_shift.target_risk"
SIDES = "--x n1:0:500 --y ssr:0:1"


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    """Runs one command in an empty folder: its exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)

    def runner(words):
        code = command_line.main(["phase", *words.split()])
        return code, *capsys.readouterr()
    return runner


@pytest.mark.parametrize("words", [f"{PAIR} {SIDES} n2=100 p=600 snr=5", f"{PAIR} n2=100 {SIDES} p=600 snr=5 --labels both one",
                                   f"--x snr:1/10:100:log --y ssr:0:1 {PAIR} n1=200 n2=100 p=600"])
def test_the_map_is_written(run, tmp_path, words):
    "Into phase.png where no file is named, and its name is printed."
    assert run(words) == (0, "phase.png\n", "")
    assert (tmp_path / "phase.png").read_bytes()[:4] == b"\x89PNG"


def test_the_file_is_named(run, tmp_path):
    "The ending says the format."
    assert run(f"{PAIR} {SIDES} n2=100 p=600 snr=5 --out map.svg")[:2] == (0, "map.svg\n")
    assert "<svg" in (tmp_path / "map.svg").read_text()


@pytest.mark.parametrize(("words", "says"), [
    (f"{PAIR} {SIDES} n2=100 p=600", "pooled_risk needs snr"),
    (f"{PAIR} {SIDES} n2=100 p=600 snr=5 kappa=2", "has a name 'kappa'"),
    (f"{PAIR} {SIDES} n2=100 p=600 snr=5,6", "snr is one number here, not 2"),
    (f"{PAIR} {SIDES} n2=100 p=600 snr=1e400", "snr is too large for a float"),
    (f"{PAIR} {SIDES} n2=100 p=600 snr=5 ax=3", "has a name 'ax'"),
    (f"{PAIR} {SIDES} n2=100 p=600 snr=5 outside=3", "has a name 'outside'"),
    (f"{PAIR} {SIDES} n2=700 p=600 snr=5", "do both hold"),
    (f"{PAIR} {SIDES} n2=100 p=600 snr=5 --out map.xyz", "map.xyz: Format 'xyz' is not supported"),
    (f"{PAIR} --x n1:0 --y ssr:0:1 n2=100 p=600 snr=5", "--x is NAME:FIRST:LAST, or NAME:FIRST:LAST:log; not 'n1:0'"),
    (f"{PAIR} --x n1:0:5:lin --y ssr:0:1 n2=100 p=600 snr=5", "--x is NAME:FIRST:LAST"),
    (f"{PAIR} --x n1=3:0:5 --y ssr:0:1 n2=100 p=600 snr=5", "'3=0' is not a number"),
    (f"{PAIR} --x n1:0:__import__('os') --y ssr:0:1 n2=100 p=600 snr=5", "is not a number"),
    (f"{PAIR} --x n1:0:500 n2=100 p=600 snr=5", "required: --y"),
    (f"transfer.concept_shift transfer.concept_shift.target_risk {SIDES}", "transfer.concept_shift is no formula; there are"),
    (f"transfer.concept_shift.nothing transfer.concept_shift.target_risk {SIDES}", "has no formula 'nothing'"),
])
def test_what_is_refused(run, tmp_path, words, says):
    "Exit code 2, one line on stderr after the usage, no file."
    code, out, errors = run(words)
    assert code == 2 and out == "" and says in errors.splitlines()[-1] and not list(tmp_path.iterdir())


def test_help(run):
    "Says how the two sides are typed."
    code, out, _ = run("--help")
    assert code == 0 and "NAME:FIRST:LAST[:log]" in out and "--labels BELOW ELSE" in out
