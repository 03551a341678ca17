"""What is looked at under a path: every file, each once, by ids that do not change; and what is not looked at is said."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import symrisk
from symrisk import __main__ as command_line
from symrisk import catalogue
from symrisk.errors import ArgumentError, DataError

ROOT = Path(symrisk.__file__).parent.parent
HEAD = """
from symrisk import Citation, Claim, Formula, Region, Theorem
from symrisk.paper.derivation import Derivation, Step
from symrisk.symbols import n1, p, symbol

cited, over = Citation("doe2027"), Region(n1 < p)


def made(says, least=0):
    return Theorem(says, cited, claims=(Claim(says, p - n1, ">", least, on=over),))


made("called, as every maker here is")
"""


def theorem(name, least=0):
    """A file with one theorem, true where `least` is 0."""
    return f"{HEAD}\n{name} = made('{name} says so', {least})\n"


@pytest.fixture
def write(tmp_path):
    """Writes files below a folder `theory`, and gives the folder."""
    def writer(**texts):
        for name, text in texts.items():
            file = tmp_path / "theory" / name.replace("__in__", "/")
            file = file if file.suffix else file.with_name(f"{file.name}.py")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        return tmp_path / "theory"
    return writer


@pytest.fixture
def check(capsys):
    """Runs `symrisk check` on words: its exit code, rows and everything that it says."""
    def checker(*words):
        code = command_line.main(["check", "--json", *map(str, words)])
        out, beside = capsys.readouterr()
        return code, json.loads(out) if out else [], beside
    return checker


def ids(*given):
    return [entry.id for entry in catalogue.survey(*given).entries]


def left(*given):
    return " | ".join(catalogue.survey(*given).left)


def test_a_false_claim_in_a_folder_without_init_is_refuted(write, check):
    "However deep, beside packages and in them."
    folder = write(top=theorem("top"), deep__in__plain=theorem("plain", 5), deep__in__er__in__most=theorem("most", 5),
                   package__in____init__="", package__in__inner=theorem("inner"), package__in__bare__in__low=theorem("low", 5))
    code, rows, _ = check(folder)
    assert code == 1 and {row["id"]: row["status"] for row in rows} == {
        "theory.top": "proved", "theory.package.inner": "proved", "theory.deep.plain": "refuted",
        "theory.deep.er.most": "refuted", "theory.package.bare.low": "refuted"}


def test_neighbours_are_imported_as_the_author_writes_them(write):
    "As siblings, relatively or by the names of folders; each file runs once, and two folders' helpers are not confused."
    count = "\nimport builtins\nbuiltins.times_run = getattr(builtins, 'times_run', 0) + 1\n"
    try:
        folder = write(one__in__letters=f"number = 1\n{theorem('own')}{count}", two__in__letters=f"number = 2\n{count}",
                       one__in__sibling=f"import letters\n{theorem('sibling')}\nassert letters.number == 1\nagain = letters.own",
                       one__in__relative=f"from . import letters\n{theorem('relative')}\nfrom .letters import own",
                       one__in__named=f"from theory.one.letters import own\n{theorem('named')}\nfrom letters import number",
                       two__in__sibling=f"import letters\n{theorem('sibling')}\nassert letters.number == 2")
        found = catalogue.survey(folder)
        assert found.failures == ()
        assert [e.id for e in found.entries] == ["theory.one.letters.own", "theory.one.named", "theory.one.relative",
                                                 "theory.one.sibling", "theory.two.sibling"]
        import builtins
        assert builtins.times_run == 2 and "letters" not in sys.modules
    finally:
        import builtins
        builtins.times_run = 0


def test_two_projects_with_folders_of_one_name(write):
    "Each imports its own, by whatever name, also where the other has taken it."
    text = "from letters import number\nfrom twin.letters import number as same\nassert same == number == {0}\n" + theorem("room")
    folder = write(**{f"{side}__in__twin__in__{name}": body for side in "ab" for name, body in (
        ("__init__", ""), ("letters", f"number = '{side}'"), ("room", text.replace("from letters", "from .letters").replace("{0}", f"'{side}'")))})
    found = catalogue.survey(folder / "a", folder / "b")
    assert [(e.id, e.place.file.parent.parent.name) for e in found.entries] == [("a.twin.room", "a"), ("b.twin.room", "b")]
    assert found.failures == () and Path(sys.modules["twin"].__file__).parent == folder / "a" / "twin"


def test_a_package_below_a_plain_folder_is_imported_by_its_name(write):
    "As src/package is."
    folder = write(package__in____init__="", package__in__letters="number = 1", package__in__deep__in____init__="",
                   package__in__deep__in__room=f"from package.letters import number\nfrom ..letters import number\n{theorem('room')}")
    assert ids(folder) == ["theory.package.deep.room"] and ids(folder / "package") == ["package.deep.room"]
    assert ids(folder / "package" / "deep" / "room.py") == ["package.deep.room"]


@pytest.mark.parametrize("name", ["code", "test", "numpy", "types", "symrisk", "my-theory", "2024", "a.b"])
def test_folders_and_files_named_like_modules(write, name):
    "Are looked at, and shadow nothing: sys.path and the module of that name are as before."
    path, finders, module = [*sys.path], [*sys.meta_path], sys.modules.get(name)
    folder = write(**{f"{name}__in__room": theorem("room"), f"{name}__in__deep__in__{name}.py": theorem("found")})
    assert ids(folder / name) == [f"{name}.deep.{name}.found", f"{name}.room"]
    assert ids(folder / name / "deep" / f"{name}.py") == [f"{name}.found"]
    assert (sys.path, sys.meta_path) == (path, finders) and sys.modules.get(name) in (module, sys.modules.get(name))
    assert module is None or sys.modules[name] is module


def test_files_of_one_stem_have_ids_of_their_own(write):
    "The folders above tell them apart, whichever is given first."
    folder = write(x__in__room=theorem("room"), y__in__room=theorem("room"))
    first, second = folder / "x" / "room.py", folder / "y" / "room.py"
    assert ids(folder) == ["theory.x.room", "theory.y.room"]
    assert ids(first) == ids(second) == ["room"]
    assert ids(first, second) == ids(second, first)
    assert [name.rpartition(".theory.")[2] for name in ids(first, second)] == ["x.room", "y.room"]


def test_ids_are_the_same_in_every_process(write):
    "Nothing in them comes from hash(), from a set's order or from a memory address."
    folder = write(**{"code__in__a": theorem("a"), "b": f"{HEAD}\nseveral = {{made('one'), made('two'), made('three')}}"})
    code = "import sys; from symrisk import catalogue; print([(e.id, e.theorem.title, e.module) for e in catalogue.survey(sys.argv[1]).entries])"
    runs = [subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True,
                           env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed}).stdout for seed in "12"]
    assert runs[0] == runs[1] and "theory.b.several.2" in runs[0]


def test_each_file_and_theorem_once(write):
    "By whatever paths, links, names and imports it is reached."
    folder = write(room=f"{theorem('room')}\nsame = room", index="from room import room\nfrom symrisk.theorems.collapse.mixing import mixing\n")
    (folder / "link.py").symlink_to(folder / "room.py")
    (folder / "around").symlink_to(folder)
    assert ids(folder, folder / "room.py", folder / ".." / "theory") == ["theory.link.room"] or ids(folder) == ["theory.room"]
    assert len(catalogue.survey(folder, folder / "room.py").entries) == 1


def test_a_theorem_from_elsewhere_belongs_to_the_file_that_made_it(write):
    "Also where the file that imports it comes first; alone, that file has it all the same."
    folder = write(a="from z import z\n", z=theorem("z"))
    assert ids(folder) == ["theory.z"] and ids(folder / "a.py") == ["a.z"]


def test_theorems_in_lists_dicts_and_classes_are_looked_at(write):
    "By the way that leads to them."
    folder = write(room=f"{HEAD}\nseveral = [made('one'), (made('two'),)]\nby = {{'k': made('three')}}\n\nclass Case:\n    own = made('four')\n")
    assert ids(folder) == [f"theory.room.{name}" for name in ("Case.own", "by.k", "several.0", "several.1.0")]


def test_derivations_in_another_file_are_checked(write, check):
    "A derivation belongs to the theorem of the formula that it leads to, wherever it stands."
    formula = f"{HEAD}\nroom = Formula(symbol('room', 'r', 'room'), p - n1, on=over)\nfree = Theorem('Free', cited, formulas=(room,))\n"
    chain = f"from statement import room\n{HEAD}\nchain = Derivation('chain', 'start', of=room, steps=(Step('no', instances=lambda: [(1, 2)]),))\n"
    code, rows, _ = check(write(statement=formula, reasons=chain))
    assert code == 1 and [(row["id"], row["status"]) for row in rows] == [("theory.statement.free", "refuted")]


LEFT = {
    "a hidden folder": (".secret__in__room", theorem("room"), "theory/.secret (a hidden folder)"),
    "a virtual environment": ("env__in__pyvenv.cfg", "", "theory/env (a virtual environment)"),
    "a script": ("setup", "raise SystemExit", "theory/setup.py (a script"),
    "a notebook": ("room.ipynb", "{}", "theory/room.ipynb (no .py file)"),
    "compiled": ("room.pyc", "", "theory/room.pyc (no .py file)"),
    "a claim": ("loose", f"{HEAD}\nalone = Claim('it is loose', p, '<', 2, on=over)", "theory.loose.alone, a claim of no theorem"),
    "a derivation": ("loose", f"{HEAD}\nchain = Derivation('c', 's', steps=(Step('no', instances=lambda: [(1, 2)]),))",
                     "theory.loose.chain, a derivation of no theorem"),
    "a maker": ("making", f"{HEAD}\ndef other():\n    return Theorem('other', cited)", "the theorem that other makes, which is bound to no name"),
    "nothing to check": ("empty", f"{HEAD}\nempty = Theorem('Empty', cited)", "theory.empty, which has no claim"),
}


@pytest.mark.parametrize("case", LEFT)
def test_what_is_not_looked_at_is_said(write, check, case):
    "Below what was checked."
    name, text, says = LEFT[case]
    folder = write(**{"good": theorem("good"), "env__in__inner": theorem("inner"), name: text})
    code, rows, beside = check(folder)
    assert code == 0 and ("theory.good", "proved") in [(row["id"], row["status"]) for row in rows]
    assert any(line.startswith("not looked at: ") and says in line for line in beside.splitlines())


@pytest.mark.parametrize("text", ["1/0", "x = (", "x = '\0'", "raise SystemExit(0)", "import pytest\npytest.skip(allow_module_level=True)",
                                  "raise KeyError", "def f(): return f()\nf()", "b'\\xff'.decode()"])
def test_a_module_that_does_not_import_is_a_row(write, check, text):
    "In error, with its file; the others are checked, and the exit code is 1."
    folder = write(bad=text, good=theorem("good"))
    code, rows, _ = check(folder)
    assert code == 1 and [(row["id"], row["status"], row["kind"]) for row in rows] == [
        ("theory.bad", "error", "module"), ("theory.good", "proved", "claim")]
    assert "bad.py" in rows[0]["by"] or "Skipped" in rows[0]["by"]
    with pytest.raises(DataError):
        catalogue.entries(folder)


CRASHES = {"KeyError": "raise KeyError('E')", "RecursionError": "return self.parts", "SystemExit": "raise SystemExit(0)",
           "ZeroDivisionError": "1/0", "MemoryError": "raise MemoryError", "NoConvergence": "import mpmath; raise mpmath.libmp.NoConvergence('it')"}


@pytest.mark.parametrize("error", CRASHES)
def test_what_raises_is_one_row_in_error(write, check, error):
    "A claim, an erratum's claim, a step: type and message in the row; whatever comes after is checked; exit 1."
    crash = f"class Crash(Claim):\n    @property\n    def parts(self):\n        {CRASHES[error]}\n"
    text = (f"{HEAD}\nfrom symrisk.paper.errata import Erratum\n{crash}\ncrash = Crash('it crashes', p, '<', 2, on=over)\n"
            "good = Claim('there is room', p - n1, '>', 0, on=over)\n"
            "slip = Erratum('a slip', cited, Claim('none', p, '<', 1, on=over), {p: 3, n1: 1}, crash)\n"
            "all = Theorem('All', cited, claims=(crash, good), errata=(slip,))\n"
            "chain = Derivation('chain', 'start', steps=(Step('a step', crash), Step('right', good)))\n")
    code, rows, _ = check(write(all=text))
    assert code == 1 and [(row["kind"], row["status"]) for row in rows] == [
        ("claim", "error"), ("claim", "proved"), ("erratum", "error"), ("step", "error"), ("step", "proved")]
    assert all(row["by"].startswith(error) for row in rows if row["status"] == "error")


REFUSED = {
    "an empty folder": ({"good": theorem("good"), "none__in__helper": "x = 1"}, "none", "no theorem is bound to a name"),
    "only hidden": ({"none__in__.x__in__a": theorem("a")}, "none", "hidden folder"),
    "no such file": ({"good": theorem("good")}, "gone.py", "no such file"),
    "no such folder": ({"good": theorem("good")}, "gone", "no such file or folder"),
    "another kind": ({"good.txt": "x"}, "good.txt", "no .py file"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_path_without_a_theorem_is_refused(write, check, case):
    "Also beside one that has some: exit 2, and nothing is checked in silence."
    texts, given, says = REFUSED[case]
    folder = write(**texts)
    with pytest.raises(ArgumentError, match=says):
        catalogue.survey(folder / given)
    code, rows, beside = check("symrisk.theorems.collapse", folder / given)
    assert (code, rows) == (2, []) and says in beside


def test_nothing_to_check_is_no_success(write, check):
    "Theorems without claims alone: exit 1, and it says why."
    code, rows, beside = check(write(empty=f"{HEAD}\nempty = Theorem('Empty', cited)"))
    assert (code, rows) == (1, []) and "nothing was checked" in beside


def test_what_a_module_prints_is_no_json(write, check):
    "It goes to stderr."
    code, rows, beside = check(write(loud=f"{theorem('loud')}\nprint('loud and clear')"))
    assert (code, len(rows)) == (0, 1) and "loud and clear" in beside


def test_a_page_shows_what_can_be_shown(write, capsys):
    "A claim or step that raises has its error in its place, in every form of the page."
    text = (f"{HEAD}\nclass Crash(Claim):\n    @property\n    def parts(self):\n        raise KeyError('E')\n\n"
            "crash = Crash('it crashes', p, '>', 2, on=over)\nall = Theorem('All', cited, claims=(crash, Claim('room', p, '>', n1, on=over)))\n"
            "chain = Derivation('chain', 'start', steps=(Step('a step', crash),))\n")
    folder = write(all=text)
    for words in (["theory.all"], ["theory.all", "--proofs"], ["theory.all", "--json"], ["theory.all.chain"]):
        code = command_line.main(["show", *words, "--in", str(folder)])
        out, err = capsys.readouterr()
        assert (code, err) == (0, "") and "KeyError: 'E'" in out


def test_what_no_error_foresaw_is_told_in_one_line(capsys, monkeypatch):
    "A fault of the library's ends a command with its type and place, not with a page of frames."
    monkeypatch.setattr("symrisk.catalogue.asked.resolve.locate", lambda *_: {}["E"])
    assert command_line.main(["show", "collapse.mixing"]) == 2
    out, beside = capsys.readouterr()
    assert out == "" and beside.count("\n") == 1 and "KeyError: 'E'" in beside and "please report" in beside


def test_a_file_may_be_called_as_its_folder_is(tmp_path, monkeypatch):
    "Its neighbours import it by that name, wherever the command is given, as Python does where they stand."
    folder = tmp_path / "spread"
    folder.mkdir()
    (folder / "spread.py").write_text("from symrisk.symbols import p\nwide = p\n", encoding="utf-8")
    text = "\nfrom spread import wide\nfrom symrisk import Citation, Claim, Region, Theorem\n"
    text += 'positive = Theorem("Wide", Citation("doe2027"), claims=(Claim("it is wide", wide, ">", 0, on=Region(over=(wide,))),))\n'
    (folder / "positive.py").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    found = catalogue.survey("spread")
    assert [entry.id for entry in found.entries] == ["spread.positive"] and found.failures == ()
