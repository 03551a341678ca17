"""Which files are looked at, under which id; nothing is imported."""

import pytest

from symrisk.catalogue.cache.text import fingerprint
from symrisk.catalogue.discovery.contents import bound, called_names, imported_names, makers
from symrisk.catalogue.discovery.files import files_below
from symrisk.catalogue.discovery.places import places
from symrisk.errors import ArgumentError


@pytest.fixture
def folder(tmp_path):
    """A folder with what may stand beside theorems."""
    top = tmp_path / "theory"
    for name in ("room.py", "deep/er/seen.py", "setup.py", ".hidden.py", "notes.ipynb", ".git/hook.py", "venv/pyvenv.cfg", "venv/lib.py",
                 "__pycache__/room.py", "empty/read.me"):
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_text("raise SystemExit")
    return top


def test_every_python_file_has_an_id(folder):
    "From the folder that was given on."
    assert [place.id for place in places(str(folder)).found] == ["theory.deep.er.seen", "theory.room"]
    assert [place.id for place in places(str(folder / "room.py")).found] == ["room"]


def test_what_is_left_out_is_said(folder):
    "With the reason; what is compiled and what holds no Python is not worth a word."
    left = {sentence.removeprefix(f"{folder}/") for sentence in places(str(folder)).left}
    assert left == {"setup.py (a script, which importing would run)", ".hidden.py (a hidden file)", "notes.ipynb (no .py file)",
                    ".git (a hidden folder)", "venv (a virtual environment)"}


def test_a_path_and_a_name(folder):
    "What is no path may be a dotted name; a path that is not there is an error."
    assert places("symrisk.theorems") is None
    for wrong, said in ((folder / "gone", "no such file or folder"), (folder / "gone.py", "no such file"),
                        (folder / "notes.ipynb", "is no .py file")):
        with pytest.raises(ArgumentError, match=said):
            places(str(wrong))


def test_what_a_module_binds(folder):
    "At its top, in lists, dicts and its own classes, by the names that lead there."
    class Module:
        __name__ = "own"

    class Group:
        inside = 5.0

    Group.__module__ = "own"
    module = Module()
    module.one, module.several, module.named, module.Group, module.word = 1.0, [2.0, (3.0,)], {"four": 4.0}, Group, "six"
    assert bound(module, float) == {"one": 1.0, "several.0": 2.0, "several.1.0": 3.0, "named.four": 4.0, "Group.inside": 5.0}


def test_what_a_text_shows():
    "The names that it imports and calls, and the functions that make a theorem."
    import ast

    tree = ast.parse("import a.b as c, d.e\nfrom f import g as h\ndef make():\n    return Theorem(x)\n@deco()\ndef other(): m.n(1)\n")
    assert imported_names(tree) == {"c", "d", "h"} and called_names(tree) == {"Theorem", "deco", "n"}

    class Module:
        pass

    assert makers(tree, Module()) == [("make", 3)]


def test_the_hash_of_texts(folder):
    "Of names and texts, whatever the order; two files do not read as one."
    files = list(files_below(folder))
    assert ("deep/er/seen.py", str(folder / "deep/er/seen.py")) in files and not [name for name, _ in files if "__pycache__" in name]
    assert fingerprint(files) == fingerprint(reversed(files)) != fingerprint(files, "another")
    (folder / "a").write_text("xb")
    (folder / "ab").write_text("")
    first = fingerprint([("a", folder / "a"), ("ab", folder / "ab")])
    (folder / "a").write_text("x")
    (folder / "ab").write_text("b")
    assert fingerprint([("a", folder / "a"), ("ab", folder / "ab")]) != first
