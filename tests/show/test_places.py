"""Everything of a theorem is found from it: `show` names its files."""

from pathlib import Path

import pytest

from symrisk import catalogue
from symrisk.catalogue.asked.resolve import locate
from symrisk.catalogue.cache.kept import Kept
from symrisk.catalogue.checks.decided import Decided
from symrisk.show.data import data
from symrisk.show.page import page
from symrisk.show.places import places

ROOT = Path(catalogue.__file__).parents[2]
OWN = '''
from symrisk import Citation, Claim, Region, Theorem
from symrisk.symbols import p

{name} = Theorem("A user's own", Citation("doe2027"), claims=(
    Claim("the dimension exceeds a half", p, ">", "1/2", on=Region(p > 1)),))
'''


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A user's project: a theorem under src, its test under tests, and the current folder in it."""
    for file, text in {"pyproject.toml": "", "src/own_claim.py": OWN.format(name="own_claim"),
                       "tests/deep/test_own_claim.py": "", "tests/test_other.py": ""}.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_all_of_a_theorem(monkeypatch):
    "Statement, derivation, figure and tests, as they are typed at the top of the repository."
    monkeypatch.chdir(ROOT)
    stem = "transfer/concept_shift.py"
    assert places(catalogue.find("transfer.concept_shift")) == {
        "statement": [f"symrisk/theorems/{stem}"],
        "derivation": [f"derivations/{stem}"],
        "figure": [f"symrisk/plot/figures/{stem}"],
        "tests": [f"tests/{room}/test_concept_shift.py" for room in ("derive", "plot", "theorems")]}


def test_what_there_is_not_is_not_named(tmp_path, monkeypatch):
    "No derivation, no figure; from elsewhere paths are whole, and every one of them is a file."
    monkeypatch.chdir(tmp_path)
    found = places(catalogue.find("transfer.reciprocal_pairs"))
    assert set(found) == {"statement"}
    for entry in catalogue.entries():
        assert all(Path(file).is_file() and Path(file).is_absolute() for files in places(entry).values() for file in files)


def test_a_users_own_project(project):
    "Tests are looked for where its pyproject.toml stands."
    entry = catalogue.find("own_claim", "src/own_claim.py")
    assert places(entry) == {"statement": ["src/own_claim.py"], "tests": ["tests/deep/test_own_claim.py"]}


def test_outside_a_project_no_test_is_looked_for(project):
    "A tests folder somewhere above is nobody's."
    (project / "pyproject.toml").unlink()
    (project / "src" / "other.py").write_text(OWN.format(name="other"))
    assert places(catalogue.find("other", "src/other.py")) == {"statement": ["src/other.py"]}


def test_page_and_data_name_the_places(monkeypatch):
    "At the end of the page, and in the JSON."
    monkeypatch.chdir(ROOT)
    found = locate("collapse.mixing", ())
    assert "\n\nPlaces\n  statement:  symrisk/theorems/collapse/mixing.py\n  derivation: " in "\n".join(page(found, Decided(Kept(None))))
    assert data(found, Decided(Kept(None)))["places"] == places(found.entry)
