"""Several processes check one survey: the same rows in the same order, whatever happens to a process."""

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import symrisk
from symrisk import catalogue
from symrisk.catalogue.workers import worker
from symrisk.catalogue.workers.shares import Shares
from symrisk.errors import ArgumentError

ROOT = Path(symrisk.__file__).parent.parent
MANY = '''
import os
import time
from pathlib import Path

from symrisk import Citation, Claim, Derivation, Region, Step, Theorem
from symrisk.symbols import n1, p

HERE = Path(__file__).parent
cited, over = Citation("doe2027"), Region(n1 < p)


def dies():
    os._exit(3)


def waits():
    (HERE / f"at.{os.getpid()}").write_text("")
    time.sleep(120)


def claims(amount):
    return tuple(Claim(f"there is room for {i}", p - n1, ">", -i, on=over) for i in range(amount))


first = Theorem("First", cited, claims=(*claims(9), Claim("a half is free", p - n1, ">", p/2, on=over)))
second = Theorem("Second", cited, claims=(*claims(9), Claim("of no region", p, ">", n1, on=Region(p > 1))))
steps = Derivation("steps", "from nothing", of=None, steps=(
    Step("it holds", instances=lambda: [(1, 1)]), STEPS))
'''


@pytest.fixture
def many(tmp_path):
    """Writes a module of two theorems, with further steps given as text, and gives its file."""
    def writer(*steps):
        file = tmp_path / "many.py"
        file.write_text(MANY.replace("STEPS", ", ".join(steps)))
        return file
    return writer


def started(*words, **streams):
    command = [sys.executable, "-m", "symrisk", "check", *map(str, words)]
    return subprocess.Popen(command, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, **streams)


def told(result):
    """What a row says, but for the time that it took."""
    row = (result.id, result.claim, result.status, result.by, result.kind)
    if result.verdict is None:
        return row
    evidence = result.verdict.to_dict()
    return *row, evidence, result.verdict.witness, result.verdict.values


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_the_rows_are_those_of_one_process(many, monkeypatch, method):
    "In the same order, with the same verdicts about the same claims, witnesses and certificates."
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"no {method} here")
    monkeypatch.setattr(worker, "_context", lambda: multiprocessing.get_context(method))
    found = catalogue.survey(many())
    alone, together = list(catalogue.results(found)), list(catalogue.results(found, jobs=2))
    assert [told(row) for row in together] == [told(row) for row in alone]
    assert {row.status for row in alone} == {"proved", "refuted", "error", "exact instances"}
    claims = [claim for entry in found.entries for claim in entry.theorem.claims]
    assert all(row.verdict.claim in claims for row in together if row.verdict is not None)


def test_a_process_that_dies_is_a_row_in_error(many):
    "The others are checked, by the one that takes its place."
    file = many('Step("it ends the process", instances=dies)', 'Step("a fact", cites=cited)')
    process = started("--json", "--jobs", 2, file, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out, _ = process.communicate(timeout=100)
    rows = {row["claim"]: row for row in json.loads(out)}
    assert process.returncode == 1 and len(json.loads(out)) == 23
    lost = rows["it ends the process"]
    assert lost["status"] == "error" and "ended, with code 3" in lost["by"]
    assert rows["a fact"]["status"] == "cited" and rows["it holds"]["status"] == "exact instances"


def is_alive(pid):
    """Whether a process runs: one that has ended and that nobody has asked about does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks /proc what runs")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_process_outlives_the_check(many, ending):
    "Not where it is interrupted, nor where it is killed."
    file = many('Step("it takes long", instances=waits)')
    process = started("--jobs", 2, file, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 100
    while not (begun := [path.suffix[1:] for path in file.parent.glob("at.*")]) and time.monotonic() < until:
        time.sleep(0.1)
    process.send_signal(ending)
    code = process.wait(timeout=60)
    assert begun and code == (130 if ending == signal.SIGINT else -ending)
    while any(map(is_alive, begun)) and time.monotonic() < until:
        time.sleep(0.1)
    assert not any(map(is_alive, begun))


def test_what_a_generator_leaves_undone_is_ended(many, monkeypatch):
    "Who stops after the first row has no process left."
    monkeypatch.setattr(worker, "_context", lambda: multiprocessing.get_context("spawn"))
    rows = catalogue.results(catalogue.survey(many()), jobs=2)
    next(rows)
    rows.close()
    assert not multiprocessing.active_children()


@pytest.mark.parametrize("jobs", [0, -1, 1.5, True, "2"])
def test_jobs_is_a_whole_number(jobs):
    "At least one."
    with pytest.raises(ArgumentError, match="whole number"):
        catalogue.results(catalogue.survey("symrisk.theorems.collapse"), jobs=jobs)


def test_every_task_is_dealt_once():
    "To whoever asks, in whatever order."
    tasks = [(entry, subject) for entry in range(5) for subject in range(entry)]
    shares = Shares(tasks)
    dealt = [shares.next(f"worker {i % 3}") for i in range(len(tasks))]
    assert sorted(dealt) == sorted(tasks) and shares.next("worker 0") is None


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="holds signals back")
def test_an_interrupt_while_a_process_is_copied_is_not_lost():
    "It comes when the copy is made: hooks of the copying would ignore it."
    code = (
        "import os, signal\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from symrisk import catalogue\n"
        "from symrisk.catalogue.workers import worker\n"
        "found = catalogue.survey('symrisk.theorems.collapse')\n"
        "os.register_at_fork(after_in_parent=lambda: os.kill(os.getpid(), signal.SIGINT))\n"
        "try:\n"
        "    worker.Worker(found).stop()\n"
        "except KeyboardInterrupt:\n"
        "    print('interrupted')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=100)
    assert (done.stdout, done.stderr) == ("interrupted\n", "")
