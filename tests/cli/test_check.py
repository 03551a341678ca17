"""How `symrisk check` reads: a line a theorem, rows for what does not hold, what is chosen, what is remembered."""

import io
import json
import os
import re
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from symrisk import __main__ as command_line
from symrisk.catalogue.asked.chosen import chosen
from symrisk.catalogue.asked.wanted import Wanted
from symrisk.catalogue.cache.last import FILE, Last
from symrisk.catalogue.checks.result import Result
from symrisk.cli import terminal
from symrisk.cli.report import Report, slowest, status, summary
from symrisk.errors import ArgumentError, DataError

ROOT = Path(command_line.__file__).parent.parent
TEXT = '''
from symrisk import Citation, Claim, Formula, Region, Theorem
from symrisk.symbols import n1, p, symbol
from sympy import zeta

over = Region(n1 < p)
room = Formula(symbol("room", "r", "share of free dimensions"), (p - n1) / p, on=over)
firm = Theorem("Firm", Citation("doe2027"), formulas=(room,), claims=(Claim("there is room", room, ">", 0),))
loose = Theorem("Loose", Citation("doe2027"), formulas=(room,), claims=(
    Claim("less than all of it is free", room, "<=", 1),
    Claim("half of it is free, whatever the sample size is and whoever may have thought otherwise", room, ">", "1/2"),
    Claim("zeta exceeds one", zeta(p + 2), ">", 1, on=Region(over=(p,)))))
'''


@pytest.fixture
def file(tmp_path, monkeypatch):
    """A file of two theorems, one of them half true; caches of the test's own."""
    monkeypatch.setenv("SYMRISK_CACHE", str(tmp_path / "caches"))
    (tmp_path / "rooms.py").write_text(TEXT)
    yield tmp_path / "rooms.py"
    sys.modules.pop("rooms", None)


@pytest.fixture
def run(capsys):
    """Runs one check: its exit code, lines and stderr."""
    def runner(*words):
        code = command_line.main(["check", *map(str, words)])
        out, err = capsys.readouterr()
        return code, out.splitlines(), err
    return runner


def test_a_line_a_theorem_and_rows_for_what_does_not_hold(run, file):
    "What holds is counted; what does not stands below its theorem, with the reason."
    code, lines, _ = run(file)
    assert code == 1
    assert re.fullmatch(r"✓ rooms\.firm   1 proved  \d\.\d s", lines[0])
    assert re.fullmatch(r"✗ rooms\.loose  1 proved, 1 refuted, 1 undecided  \d\.\d s", lines[1])
    assert lines[2].startswith("  ✗ refuted: half of it is free") and lines[3].startswith("      fails at n1 = ")
    assert lines[4].startswith("  ✗ undecided: zeta exceeds one") and "tried and without an answer: " in lines[5]
    assert not any("there is room" in line or "less than all" in line for line in lines[:6])
    assert lines[-1] == "failed: rooms.loose" and "4 claims: 2 proved, 1 refuted, 1 undecided" in lines[-2]


def test_what_is_expected_to_be_undecided_is_counted_apart(run, file, tmp_path):
    "By its sentence, or by its id and its sentence; it fails nothing."
    for line in ("zeta exceeds one", "rooms.loose\tzeta exceeds one"):
        (tmp_path / "open.txt").write_text(f"{line}\n")
        code, lines, _ = run(file, "--undecided", tmp_path / "open.txt", "-k", "zeta")
        assert code == 0 and lines[0].startswith("✓ rooms.loose  1 undecided as expected  ")
        assert lines[1].startswith("  ✓ undecided as expected: zeta exceeds one")
        assert any(line.startswith("1 claim: 0 proved, 0 refuted, 0 undecided, 1 undecided as expected (") for line in lines)


def test_a_row_each(run, file):
    "With -v, below the theorem's id and above its line; whole in a pipe."
    code, lines, _ = run(file, "-v")
    assert code == 1 and lines[0] == "rooms.firm" and re.match(r"  ✓ there is room  \[positive\]  \d\.\d\d s$", lines[1])
    assert lines[2].startswith("✓ rooms.firm") and lines[3] == "rooms.loose"
    assert sum("whoever may have thought otherwise" in line for line in lines if line.startswith("  ✗")) == 1


def shown(width, *words):
    """What a terminal of that width shows, line by line, without what a bar has overwritten."""
    fcntl, termios = pytest.importorskip("fcntl"), pytest.importorskip("termios")
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
    told = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    command = [sys.executable, "-m", "symrisk", "check", *map(str, words)]
    process = subprocess.Popen(command, stdout=theirs, stderr=theirs, env={**told, "PYTHONPATH": str(ROOT)})
    os.close(theirs)
    text = b""
    try:
        while piece := os.read(ours, 100_000):
            text += piece
    except OSError:
        # Linux's way to say that the other end is closed.
        pass
    process.wait()
    os.close(ours)
    return text.decode()


@pytest.mark.parametrize("width", [60, 90])
def test_rows_fit_the_terminal(file, width):
    "They are wrapped at words, nothing of them is cut, and a bar is shown."
    text = shown(width, file, "-v")
    lines = [line.rstrip("\r").rpartition("\r")[2] for line in text.split("\n")]
    rows = lines[:next(number for number, line in enumerate(lines) if line.startswith("slowest") or "4 claims" in line)]
    assert "%|" in text and max(map(len, rows)) < width
    assert "half of it is free, whatever the sample size is and whoever may have thought otherwise" in " ".join(" ".join(rows).split())


def test_each_theorem_is_told_as_soon_as_it_is_done(capsys):
    "Not when the next one begins."
    report = Report({"a": 2, "b": 1}, frozenset())
    report.add(Result("a", "one", "proved", "identity", 0.5))
    assert capsys.readouterr().out == ""
    report.add(Result("a", "two", "cited", "cited from b", 0.5, "step"))
    assert capsys.readouterr().out == f"{terminal.marks()[0]} a  1 proved, 1 cited  1.0 s\n"


def test_an_encoding_without_marks(monkeypatch):
    "Gets letters."
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    assert not any(mark.strip("okBAD ") for mark in terminal.marks())


def test_the_slowest_come_last():
    "Five of them, those that took a while."
    rows = [Result("a", f"claim {seconds}", "proved", "identity", seconds) for seconds in (0.01, 3.0, 2.0, 7.0, 1.0, 4.0, 5.0)]
    assert [line.split(": ")[1] for line in list(slowest(rows))[1:]] == ["claim 7.0", "claim 5.0", "claim 4.0", "claim 3.0", "claim 2.0"]
    assert list(slowest(rows[:1])) == []


def test_the_summary_counts_each_kind():
    "And what is in error."
    rows = [Result("a", "x", "proved", "identity", 1.0), Result("a", "y", "error", "no", 0.5), Result("a", "z", "corrected", "", 0.0, "erratum")]
    assert list(summary(rows, frozenset())) == ["2 claims: 1 proved, 0 refuted, 0 undecided, 1 in error (1.5 s)",
                                                "1 erratum: 1 corrected, 0 refuted, 0 undecided (0.0 s)"]
    steps = [Result("a", "s", "exact instances", "agrees on 3 exact instances", 0.0, "step")]
    assert "1 derivation step: 0 proved, 1 exact instance, " in list(summary(steps, frozenset()))[-1]
    assert status(rows[0], frozenset("x")) == "proved"


# -k

def test_words_choose_claims(run, file):
    "All of them have to stand in the id or the sentence; capitals do not count."
    code, lines, _ = run(file, "-k", "ROOMS Exceeds", "--json")
    assert code == 1 and [row["claim"] for row in json.loads("\n".join(lines))] == ["zeta exceeds one"]


@pytest.mark.parametrize(("words", "said"), [("room rom", "nothing"), ("zeta half", "no claim, erratum or step has all of zeta half"),
                                             ("exeeds", "no claim, erratum or step speaks of 'exeeds'; did you mean exceeds?")])
def test_words_that_choose_nothing(file, words, said):
    "It is said which word nothing has."
    found = chosen([str(file)])
    if said == "nothing":
        assert Wanted("room").tasks(found)
        return
    with pytest.raises(ArgumentError, match=re.escape(said)):
        Wanted(words).tasks(found)


def test_the_rows_chosen_are_those_of_several_processes(run, file):
    "Whatever checks them."
    assert [line.rpartition("  ")[0] for line in run(file, "-k", "zeta", "--jobs", 1)[1][:2]] == [
        line.rpartition("  ")[0] for line in run(file, "-k", "zeta", "--jobs", 2)[1][:2]]


# --in

def test_ids_within_a_file_of_ones_own(run, file):
    "Also by their ends; a slip is told."
    code, lines, _ = run("firm", "--in", file)
    assert code == 0 and lines[0].startswith("✓ rooms.firm")
    code, _, errors = run("firn", "--in", file)
    assert code == 2 and "no theorem 'firn'; did you mean rooms.firm?" in errors


# --failed

def test_only_what_failed_last_time(run, file):
    "And what was never checked; what is mended leaves the list."
    assert "2 held last time" not in "".join(run(file)[1])
    code, lines, _ = run(file, "--failed")
    assert code == 1 and any(line.startswith("2 claims: 0 proved, 1 refuted, 1 undecided") for line in lines)
    assert lines[-1] == "2 held last time and were not checked again"
    file.write_text(TEXT.replace('"1/2"', '"-1"'))
    sys.modules.pop("rooms", None)
    file.write_text(TEXT.replace('"half of it', '"surely half of it'))
    assert any(line.startswith("2 claims") for line in run(file, "--failed")[1])


def test_nothing_failed_last_time(run, file):
    "Is no failure, and is said."
    assert run("firm", "--in", file)[0] == 0
    code, lines, _ = run("firm", "--in", file, "--failed")
    assert (code, lines) == (0, ["nothing failed last time: 1 held; without --failed they are checked again"])


def test_what_is_expected_to_be_undecided_did_not_fail(run, file, tmp_path):
    "The next look leaves it out."
    (tmp_path / "open.txt").write_text("zeta exceeds one\n")
    run(file, "--undecided", tmp_path / "open.txt")
    lines = run(file, "--failed", "--undecided", tmp_path / "open.txt")[1]
    assert any(line.startswith("1 claim: 0 proved, 1 refuted") for line in lines)


@pytest.mark.parametrize("text", ["{", "[]", '{"held": 3}', '{"held": {"a": 3}}', '{"held": {"a": [1]}}', "\xff"])
def test_a_damaged_record_is_said_and_everything_is_checked(run, file, text):
    "By its file; the next check writes it anew."
    run(file)
    record = file.parent / "caches" / FILE
    record.write_text(text, encoding="latin-1")
    code, lines, errors = run(file, "--failed")
    assert code == 1 and f"{record} does not say what held last time" in errors and "everything is checked" in errors
    assert any(line.startswith("4 claims: 2 proved") for line in lines)
    assert Last(file.parent / "caches").held()[str(file)]


def test_the_record_is_of_files_that_are_there(file, tmp_path):
    "One that is gone is forgotten, and so is a sentence that a file no longer has."
    last, gone = Last(tmp_path), tmp_path / "gone.py"
    last.keep({str(gone): {"a": True}, str(file): {"a": True, "b": True, "c": False}})
    assert last.held()[str(file)] == {"a", "b"}
    last.keep({str(file): {"b": False}}, {str(file): ["b", "c"]})
    assert last.held() == {str(file): frozenset()}


def test_without_a_folder_nothing_is_remembered(run, file, monkeypatch):
    "Whoever asks for it is told so."
    monkeypatch.setenv("SYMRISK_CACHE", "")
    assert run(file)[0] == 1
    code, _, errors = run(file, "--failed")
    assert code == 2 and "nothing is kept of a check here: SYMRISK_CACHE names no folder" in errors
    with pytest.raises(ArgumentError):
        Last(None).held()


def test_a_damaged_record_is_a_data_error(tmp_path):
    "With the file in it."
    (tmp_path / FILE).write_text("nonsense")
    with pytest.raises(DataError, match="damaged"):
        Last(tmp_path).held()


def test_no_words_choose_nothing(run, file):
    "They would choose everything, which nobody asks for by -k."
    code, _, errors = run(file, "-k", " ")
    assert code == 2 and "-k takes words" in errors


def test_rows_and_json_exclude_each_other(run, file):
    "One of them would be ignored."
    code, _, errors = run(file, "-v", "--json")
    assert code == 2 and "not allowed with argument" in errors
