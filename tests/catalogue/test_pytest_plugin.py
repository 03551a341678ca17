"""pytest --symrisk PATH, as somebody's own project sees it."""

import os
import subprocess
import sys
from contextlib import suppress
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from symrisk import catalogue, pytest_plugin
from symrisk.errors import SymriskError

pytest_plugins = "pytester"

ROOT = Path(pytest_plugin.__file__).parent.parent
INSTALLED = any(point.value == pytest_plugin.__name__ for point in entry_points(group="pytest11"))
PLUGIN = () if INSTALLED else ("-p", pytest_plugin.__name__)

THEOREM = '''
from fractions import Fraction

from symrisk.language.claim import Claim
from symrisk.paper.derivation import Derivation, Step
from symrisk.language.formula import Formula
from symrisk.language.region import Region
from symrisk.symbols import n1, n2, p, symbol
from symrisk.paper.theorem import Citation, Theorem

room = Formula(symbol("room", "r", "share of free dimensions", real=True), (p - n1 - n2) / p, on=Region(n1 + n2 < p))
our_room = Theorem("Room to spare", Citation("doe2027", "Theorem 3"), formulas=(room,), claims=(
    Claim("there is room", room, ">", 0),
    Claim("half the dimensions are free", room, ">", "1/2"),
))
counting = Derivation("counting", "count the free directions", of=room, steps=(
    Step("two halves add up", instances=lambda: [(Fraction(1, 2) + Fraction(1, 2), 1)]),))
'''
OPEN = '''
from symrisk.language.claim import Claim
from symrisk.language.region import Region
from symrisk.symbols import n1, p
from symrisk.paper.theorem import Citation, Theorem
from sympy import zeta

beyond = Theorem("Beyond the methods", Citation("riemann1859"), claims=(
    Claim("zeta exceeds one", zeta(p + 2), ">", 1, on=Region(over=(p,))),))
foreign = Theorem("Foreign", Citation("nobody"), claims=(Claim("n1 is from elsewhere", n1, ">", 0, on=Region(p > 1)),))
'''
ROOM = "theirs/our_room.py::our_room::there is room"
HALF = "theirs/our_room.py::our_room::half the dimensions are free"
STEP = "theirs/our_room.py::our_room::counting, step 1: two halves add up"


@pytest.fixture(scope="module")
def warm(tmp_path_factory):
    """Everything that a check imports is loaded: pytester unloads what a run within this process imports first."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "path", [*sys.path])
        for name, text in {"warm_room": THEOREM, "warm_question": OPEN}.items():
            (file := tmp_path_factory.mktemp(name) / f"{name}.py").write_text(text)
            for entry in catalogue.entries(file):
                for claim in entry.theorem.claims:
                    with suppress(SymriskError):
                        catalogue.check_claim(entry.id, claim)


@pytest.fixture
def project(pytester, warm):
    """A project with a package of theorems and a test of its own."""
    pytester.makepyfile(**{"theirs/__init__": "", "theirs/our_room": THEOREM, "test_own": "def test_own(): pass"})
    return pytester


def test_each_claim_and_step_is_a_test(project):
    "Ids are readable; the proved claim and the step pass, the refuted claim fails with its exact witness."
    result = project.runpytest_inprocess(*PLUGIN, "--symrisk", "theirs", "-v")
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines([f"{ROOM} PASSED*", f"{HALF} FAILED*", f"{STEP} PASSED*",
                                 "refuted: half the dimensions are free", "  fails at n1 = *, n2 = *, p = *"])
    result.stdout.no_fnmatch_line("*Traceback*")


def test_a_failure_reads_as_an_assertion(project):
    "The claim's line, the sides as they were written with their values at the point, file and line; and what the run came to."
    result = project.runpytest_inprocess(*PLUGIN, "--symrisk", "theirs")
    result.stdout.fnmatch_lines([
        '>   Claim("half the dimensions are free", room, ">", "1/2"),', "refuted: half the dimensions are free",
        "  fails at n1 = 0, n2 = 2, p = 3, where 1/3 > 1/2 is false", "    left   room  =  1/3", "    right  1/2",
        "theirs/our_room.py:13: refuted", "symrisk: 3 claims and steps: 1 proved, 1 exact instance, 1 refuted",
        f"FAILED {HALF} - refuted: *"])
    line = (project.path / "theirs" / "our_room.py").read_text().splitlines()[12]
    assert "half the dimensions are free" in line


STEPS = """
from symrisk import Claim, Derivation, Step
from our_room import room
from symrisk.symbols import n1, n2, p

wrong = Derivation("counting again", "count", of=room, steps=(
    Step("by hand", instances=lambda: [(1, 1), (2, 3)]),
    Step("a coefficient is off", Claim("what is left", room, "==", 1 - (2*n1 + n2)/p)),))
"""


def test_steps_in_a_file_of_their_own_say_their_line(project):
    "The instance that disagrees with both its values; the claim of a step beside the step's own words."
    project.makepyfile(**{"theirs/steps": STEPS})
    result = project.runpytest_inprocess(*PLUGIN, "--symrisk", "theirs", "-k", "again")
    result.stdout.fnmatch_lines(["  instance 1 disagrees: 2 is not 3", "theirs/steps.py:6: refuted",
                                 "refuted: a coefficient is off", "  claim: what is left", "  fails at n1 = *",
                                 "    left   room *=  *", "    right  1 - (2*n1 + n2)/p *=  *", "theirs/steps.py:7: refuted"])


SLOPES = """
from symrisk import Citation, Formula, Region, Theorem, falls, rises
from symrisk.symbols import n1, p, symbol

room = Formula(symbol("room", "r", "share of free dimensions"), (p - n1) / p, on=Region(n1 < p))
right = falls(room, n1)
wrong = rises(room, p, n1,
              called="the room")
loose = tuple(falls(room, p, strictly=False))
slopes = Theorem("Slopes", Citation("doe2027"), formulas=(room,), claims=(*right, *wrong, *loose))
"""


def test_claims_of_slopes_say_their_line(project):
    "What `rises` and `falls` have put into words is found by what they would say."
    project.makepyfile(slopes=SLOPES)
    result = project.runpytest_inprocess(*PLUGIN, "--symrisk", "slopes.py")
    result.assert_outcomes(passed=1, failed=3)
    result.stdout.fnmatch_lines(["slopes.py:6: refuted", "slopes.py:6: refuted", "slopes.py:8: refuted"])


@pytest.mark.parametrize("words, chosen", [
    ([], [ROOM, HALF, STEP, "test_own.py::test_own"]), (["test_own.py"], ["test_own.py::test_own"]), ([ROOM], [ROOM]),
    (["--symrisk", "other.py"], ["other.py::other::there is room"])],
    ids=["alone", "a test chosen", "a claim chosen", "another path typed"])
def test_paths_from_the_settings(project, words, chosen):
    "symrisk_paths checks in every run without paths, as --symrisk in addopts does."
    other = THEOREM.replace("our_room = ", "other = ").replace('Claim("half', '# Claim("half').partition("counting =")[0]
    project.makepyfile(other=other)
    project.makeini("[pytest]\nsymrisk_paths = theirs\n")
    result = project.runpytest_inprocess(*PLUGIN, *words, "--collect-only", "-q")
    assert sorted(line for line in result.outlines if "::" in line) == sorted(chosen) and result.ret == 0


def test_paths_of_the_settings_are_seen_from_their_file(project, monkeypatch):
    "Not from where pytest is started."
    project.makeini("[pytest]\nsymrisk_paths = theirs\n")
    monkeypatch.chdir(project.mkdir("deeper"))
    result = project.runpytest_inprocess(*PLUGIN, "--collect-only", "-q", "-c", "../tox.ini", "--rootdir", "..")
    assert [line for line in result.outlines if "::" in line] == [ROOM, HALF, STEP]


def test_expected_to_be_undecided(project):
    "What the list of the settings names does not fail, is counted apart and named; what it does not name fails."
    project.makepyfile(open_question=OPEN)
    project.makefile(".txt", open="# conjectured\nzeta exceeds one\n")
    project.makeini("[pytest]\nsymrisk_undecided = open.txt\n")
    result = project.runpytest_inprocess(*PLUGIN, "--symrisk", "open_question.py")
    result.assert_outcomes(xfailed=1, failed=1)
    result.stdout.fnmatch_lines(["symrisk: 2 claims and steps: 1 undecided, as expected, 1 error",
                                 "symrisk: undecided, as expected: open_question.py::beyond::zeta exceeds one"])


def test_a_claim_that_is_listed_and_decided(project):
    "It counts as what it is, and the summary says that it stands in the list for nothing."
    project.makefile(".txt", open="there is room\nhalf the dimensions are free\n")
    project.makeini("[pytest]\nsymrisk_undecided = open.txt\n")
    result = project.runpytest_inprocess(*PLUGIN, "--symrisk", "theirs")
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines([f"symrisk: listed as undecided, but refuted: {HALF}", f"symrisk: listed as undecided, but proved: {ROOM}"])


def test_a_list_of_undecided_claims_that_is_not_there(project):
    "Is said before anything is run."
    project.makeini("[pytest]\nsymrisk_undecided = nowhere.txt\n")
    result = project.runpytest_inprocess(*PLUGIN, "--symrisk", "theirs")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: no list of undecided claims in *nowhere.txt*"])


def test_a_test_beside_theorems_sees_the_same_theorems(project):
    "A file that pytest has imported already is not imported again: a derivation beside it is of the same formula."
    text = "from our_room import our_room\n\ndef test_it(): assert our_room.formulas"
    project.makepyfile(**{"theory/steps": STEPS, "theory/our_room": THEOREM, "theory/test_room": text})
    project.makeini("[pytest]\nsymrisk_paths = theory\n")
    result = project.runpytest_inprocess(*PLUGIN, "--collect-only", "-q")
    files = [line.partition("::")[0] for line in result.outlines if "::" in line]
    assert files == ["test_own.py", "theory/test_room.py"] + 5*["theory/our_room.py"]


@pytest.mark.parametrize("path", ["theirs", "theirs/our_room.py", "theirs.our_room"])
def test_a_folder_a_file_or_a_module(project, path):
    "PATH is whichever is at hand; --collect-only lists the ids and proves nothing."
    result = project.runpytest_inprocess(*PLUGIN, "--symrisk", path, "--collect-only", "-q")
    assert result.outlines[:3] == [ROOM, HALF, STEP] and result.ret == 0


def test_selected_by_words_and_stopped_at_the_first(project):
    "-k picks claims by their words, -x stops at the first that fails."
    project.runpytest_inprocess(*PLUGIN, "--symrisk=theirs", "-k", "there").assert_outcomes(passed=1, deselected=2)
    project.runpytest_inprocess(*PLUGIN, "--symrisk=theirs", "-x").assert_outcomes(passed=1, failed=1)


def test_undecided_and_unsound_claims_fail(project):
    "An undecided claim fails and says so; one that can't be posed fails with the library's message, without a traceback."
    project.makepyfile(open_question=OPEN)
    result = project.runpytest_inprocess(*PLUGIN, "--symrisk", "open_question.py")
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(["undecided: zeta exceeds one", "  *zeta(p + 2)*",
                                 "error: n1 is from elsewhere", "  n1 is from elsewhere: n1 is no symbol*"])


def test_what_does_not_import_is_a_collection_error(project):
    "The author's file and line are shown, and nothing else is run."
    project.makepyfile(**{"theirs/slip": "ratio = 1/0"})
    result = project.runpytest_inprocess(*PLUGIN, "--symrisk", "theirs")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*ERROR collecting theirs/slip.py*", "*slip.py, line 1: ZeroDivisionError: division by zero"])


def test_no_theorem_is_a_collection_error(project):
    "A path without theorems does not pass in silence."
    result = project.runpytest_inprocess(*PLUGIN, "--symrisk", "test_own.py")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*no theorem is bound to a name in test_own.py*"])


@pytest.mark.parametrize("ini, words, passed", [
    ("", ["--symrisk", "theirs"], 2),
    ("testpaths = test_own.py", ["--symrisk", "theirs"], 3),
    ("", ["--symrisk", "theirs", "test_own.py"], 3),
    ("addopts = --symrisk theirs", [], 3),
    ("addopts = --symrisk theirs", ["test_own.py"], 1),
], ids=["alone", "with testpaths", "with a path", "in addopts", "in addopts, a path chosen"])
def test_what_else_runs(project, ini, words, passed):
    "Typed alone only theorems (and testpaths) run; in addopts they join a run without paths."
    project.makeini(f"[pytest]\n{ini}\n")
    outcomes = project.runpytest_inprocess(*PLUGIN, *words).parseoutcomes()
    assert (outcomes["passed"], outcomes.get("failed", 0)) == (passed, 0 if passed == 1 else 1)


def test_nothing_is_imported_unasked(project):
    "Without --symrisk the plugin loads neither SymPy nor NumPy nor any other part of symrisk."
    project.makepyfile(test_own="""
        import sys

        def test_light():
            loaded = {name.partition(".")[0] for name in sys.modules}
            assert not {"sympy", "numpy", "flint"} & loaded
            assert {name for name in sys.modules if name.startswith("symrisk")} == {"symrisk", "symrisk.pytest_plugin"}
    """)
    command = [sys.executable, "-m", "pytest", *PLUGIN, "-p", "no:hypothesispytest", "test_own.py"]
    run = subprocess.run(command, capture_output=True, text=True, cwd=project.path, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert "1 passed" in run.stdout


FALSE = '''
from symrisk import Citation, Claim, Region, Theorem
from symrisk.symbols import p

{name} = Theorem("Small", Citation("doe2027"), claims=(Claim("{says}", p, "<", 2, on=Region(over=(p,))),))
'''


def false(name, says="the dimension is small"):
    """A file with one theorem, of one false claim."""
    return FALSE.format(name=name, says=says)


@pytest.fixture
def folders(pytester, warm):
    """Theorems in folders without __init__.py, in files of one stem, in folders named like modules, and one that crashes."""
    crashing = false("crash").replace("claims=(", "claims=(Crash('it crashes', p, '<', 2, on=Region(over=(p,))),")
    crash = "class Crash(Claim):\n    @property\n    def parts(self):\n        raise KeyError('E')\n"
    first, second = crashing.split("\ncrash = ")
    pytester.makepyfile(**{"theory/a": false("a"), "theory/deep/a": false("a"), "theory/code/test_small": false("small"),
                           "theory/crash": f"{first}\n{crash}\ncrash = {second}"})
    return pytester


IDS = ["theory/a.py::a::the dimension is small", "theory/code/test_small.py::small::the dimension is small",
       "theory/crash.py::crash::it crashes", "theory/crash.py::crash::the dimension is small",
       "theory/deep/a.py::a::the dimension is small"]


def test_folders_without_init_are_looked_at(folders):
    "Whatever they and their files are called; a claim that raises fails with its error alone, and hides no other."
    before = [*sys.path]
    result = folders.runpytest_inprocess(*PLUGIN, "--symrisk", "theory", "-v")
    result.assert_outcomes(failed=5)
    result.stdout.fnmatch_lines_random([*(f"{name} FAILED*" for name in IDS), "error: it crashes", "  KeyError: 'E'"])
    result.stdout.no_fnmatch_line("*Traceback*")
    assert sys.path == before and sys.modules["code"].__file__.endswith("code.py")


def test_workers_collect_the_same(folders, monkeypatch):
    "Under xdist each test once and nothing else, and what is not looked at is said by the process that prints."
    pytest.importorskip("xdist")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    folders.makepyfile(**{"theory/.hidden/b": false("b"), "test_own": "def test_own(): pass"})
    result = folders.runpytest_subprocess(*PLUGIN, "--symrisk", "theory", "-n", "2")
    result.assert_outcomes(failed=5)
    result.stdout.fnmatch_lines(["symrisk: not looked at: *.hidden (a hidden folder)"])


@pytest.mark.parametrize("words, chosen", [
    ([IDS[4]], IDS[4:]), (["theory/crash.py::crash"], IDS[2:4]), (["theory/crash.py::crash::it crashes"], IDS[2:3]),
    (["theory/a.py", "theory/deep"], [IDS[0], IDS[4]]), (["theory"], IDS), ([IDS[1]], IDS[1:2]),
    (["test_own.py::test_own"], [*IDS, "test_own.py::test_own"])])
def test_selected_by_id(folders, words, chosen):
    "An id that was printed, a theorem, a file or a folder below PATH chooses among its tests."
    folders.makepyfile(test_own="def test_own(): pass")
    result = folders.runpytest_inprocess(*PLUGIN, "--symrisk", "theory", *words, "--collect-only", "-q")
    assert sorted(line for line in result.outlines if "::" in line) == sorted(chosen) and result.ret == 0


def test_an_id_that_is_not_there_is_an_error(folders):
    "Nothing is run in its place."
    result = folders.runpytest_inprocess(*PLUGIN, "--symrisk", "theory", "theory/a.py::b")
    assert result.ret == pytest.ExitCode.USAGE_ERROR


def test_ids_chosen_where_addopts_name_the_path(folders):
    "Only they are run."
    folders.makeini("[pytest]\naddopts = --symrisk theory\n")
    result = folders.runpytest_inprocess(*PLUGIN, "theory/crash.py::crash", "--collect-only", "-q")
    assert [line for line in result.outlines if "::" in line] == IDS[2:4]
