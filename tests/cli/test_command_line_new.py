"""symrisk new: what it writes checks as it is, is what the README shows, and takes nothing's place."""

import subprocess
import sys
from pathlib import Path

import pytest

from symrisk import __main__ as command_line
from symrisk import catalogue
from symrisk.cli import new
from symrisk.simulate.experiment import Comparison

ROOT = Path(command_line.__file__).parent.parent
STARTER = ROOT / "symrisk" / "cli" / "starter"
FILES = ["pytest.ini", "shrinkage.py", "shrinkage_derivation.py", "test_shrinkage.py"]


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    """Runs one command in an empty folder: its exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)

    def told(*words):
        code = command_line.main([*words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return told


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_it_writes_the_starter(run, tmp_path):
    "Four files, each said with what it is, and what to do next."
    code, out, err = run("new", "papers/shrinkage")
    folder = tmp_path / "papers" / "shrinkage"
    assert (code, err, names(folder)) == (0, "", FILES)
    assert (folder / "shrinkage.py").read_text() == (STARTER / "shrinkage.py.txt").read_text()
    assert "cd papers/shrinkage\npytest " in out and all(str(Path("papers", "shrinkage", name)) in out for name in FILES)


def test_all_of_it_holds(run, tmp_path):
    "Under a name of one's own: claims are proved, steps hold, each mutant is caught, and the simulation agrees."
    run("new", "keeping")
    found = catalogue.survey(str(tmp_path / "keeping"))
    rows = list(catalogue.results(found))
    assert [row.by for row in rows if row.status not in ("proved", "exact instances")] == [] and len(rows) == 9
    assert (found.failures, found.left) == ((), ())
    code, out, _ = run("check", "--mutants", "keeping/keeping.py")
    assert code == 0 and "0 survived" in out and "catches nothing" not in out
    (theorem,) = [entry.theorem for entry in found.entries]
    answer = theorem.simulations[0].run(200, rng=1)
    assert isinstance(answer, Comparison) and abs(answer.z) < 4


def test_its_own_pytest_passes(run, tmp_path):
    "Without a flag: its tests, its claims and its steps, nine of them, each once."
    run("new", "keeping")
    done = subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"], cwd=tmp_path / "keeping",
                          capture_output=True, text=True, env={"PYTHONPATH": str(ROOT), "PATH": ""})
    assert "symrisk: 9 claims and steps: 8 proved, 1 exact instance" in done.stdout and "12 passed" in done.stdout


def test_the_readme_shows_the_whole_file():
    "Imports included, as it is written."
    text = (STARTER / "shrinkage.py.txt").read_text(encoding="utf-8")
    assert f"```python\n{text}```\n" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_it_is_laid_out_as_the_library_is():
    "No line is longer than a hundred letters."
    for file in STARTER.iterdir():
        assert all(len(line) <= 100 for line in file.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("there", FILES[1:])
def test_a_file_that_is_there_stays(run, tmp_path, there):
    "Nothing is written, not the files beside it either."
    (folder := tmp_path / "shrinkage").mkdir()
    (folder / there).write_text("mine")
    code, out, err = run("new", "shrinkage")
    assert (code, out) == (2, "") and f"{Path('shrinkage', there)} is there already; nothing was written" in err
    assert names(folder) == [there] and (folder / there).read_text() == "mine"


def test_twice_is_once(run, tmp_path):
    run("new", "shrinkage")
    assert run("new", "shrinkage")[0] == 2


@pytest.mark.parametrize("settings", ["pyproject.toml", "pytest.ini"])
def test_a_projects_settings_stay_in_force(run, tmp_path, settings):
    "No second pytest.ini is put over them; what to add is said."
    (tmp_path / settings).write_text("")
    code, out, _ = run("new", ".", "--name", "keeping")
    assert code == 0 and "symrisk_paths = " in out and (tmp_path / settings).read_text() == ""
    assert names(tmp_path) == sorted([settings, "keeping.py", "keeping_derivation.py", "test_keeping.py"])


def test_what_was_begun_is_undone(run, tmp_path, monkeypatch):
    "An error midway leaves neither files nor folders."
    opened = []

    def failing(path, *rest, **options):
        opened.append(path)
        if len(opened) == 3:
            raise OSError("disk full")
        return open(path, *rest, **options)

    monkeypatch.setattr(new, "open", failing, raising=False)
    code, _, err = run("new", "papers/shrinkage")
    assert code == 2 and "disk full" in err and names(tmp_path) == []


@pytest.mark.parametrize(("name", "why"), [
    ("my-paper", "other letters"), ("Ridge", "other letters"), ("2ridge", "begins with one"), ("lambda", "a word of Python"),
    ("json", "such a module"), ("numpy", "such a module"), ("symrisk", "such a module"), ("share", "calls something else so"),
    ("claims", "calls something else so"), ("test_it", "for tests")])
def test_an_odd_name_is_refused(run, tmp_path, name, why):
    "With the rule, and how else to say one; nothing is written."
    code, _, err = run("new", name)
    assert code == 2 and why in err and "A name is small letters" in err and "--name my_theorem" in err
    assert names(tmp_path) == []


def test_a_file_is_no_folder(run, tmp_path):
    (tmp_path / "keeping").write_text("")
    assert "keeping is a file" in run("new", "keeping")[2]
