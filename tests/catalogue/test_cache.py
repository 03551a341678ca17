"""What was decided before is read only where nothing has changed: not one letter of it, nor of what it rests on."""

import json
import os
import pickle
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import sympy

import symrisk
from symrisk import (
    Atoms,
    Citation,
    Claim,
    Empirical,
    Erratum,
    Formula,
    Implicit,
    Mean,
    Region,
    Step,
    catalogue,
)
from symrisk import __main__ as command_line
from symrisk.catalogue.cache import folder, prover
from symrisk.catalogue.cache.kept import PROVERS, Kept
from symrisk.catalogue.cache.statement import Statements
from symrisk.catalogue.checks.result import Result
from symrisk.symbols import H, n1, n2, p, symbol, tau, w

ROOT = Path(symrisk.__file__).parent.parent
TEXT = '''
from symrisk import Citation, Claim, Derivation, Erratum, Formula, Region, Step, Theorem
from symrisk.symbols import n1, n2, p, symbol

cited, over = Citation("doe2027"), Region(n1 + n2 < p)
left = symbol("left", "q", "what is left", real=True)
room = Formula(symbol("room", "r", "share that is left", real=True), left/p, where={left: p - n1 - n2}, on=over)
slip = Erratum("two samples that fit one by one need not fit together", cited,
               published=Claim("both fit", p - n1 - n2, ">", 0, on=Region(n1 < p, n2 < p)), witness={n1: 2, n2: 2, p: 3},
               right=Claim("both fit", p - n1 - n2, ">", 0, on=over))
spare = Theorem("Room to spare", cited, formulas=(room,), errata=(slip,), claims=(
    Claim("there is room", room, ">", 0),
    Claim("room falls", room.diff(n1), "<", 0),
    Claim("half of it is free", room, ">", "1/2"),
    Claim("of no region", p, ">", n1, on=Region(p > 1))))
steps = Derivation("counting", "nothing", of=room, steps=(
    Step("the rest is left", Claim("the rest", p - n1, "==", (p - n1 - n2) + n2, on=over)),
    Step("it holds", instances=lambda: [(1, 1)]),
    Step("a fact", cites=cited)))
'''
FIRM = {"there is room", "room falls", "two samples that fit one by one need not fit together", "the rest is left", "a fact"}


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "spare_room.py"
    made.write_text(TEXT)
    return made


def checked(file, *words):
    """(exit code, rows, what is said beside) of a check by a process of its own."""
    command = [sys.executable, "-m", "symrisk", "check", "--json", str(file), *words]
    told = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.run(command, capture_output=True, text=True, env=told)
    return process.returncode, json.loads(process.stdout), process.stderr


def rows(file):
    """{sentence: row}, in this process."""
    found = catalogue.survey(file)
    return {row.claim: row for row in catalogue.results(found, kept=Kept.of_user())}


def told(row):
    return row.id, row.claim, row.status, row.by, row.kind


def test_what_holds_is_decided_once(caches, file):
    "And says the same as when it was; what does not hold, or is a function's, is looked at anew."
    first, second = rows(file), rows(file)
    assert {says for says, row in second.items() if row.is_kept} == FIRM
    assert not any(row.is_kept for row in first.values())
    assert list(map(told, first.values())) == list(map(told, second.values()))
    assert [first[says].seconds for says in FIRM] == [second[says].seconds for says in FIRM]
    assert second["half of it is free"].verdict.witness and second["of no region"].status == "error"


def test_another_process_reads_it(caches, file):
    "--json and the exit code are the same, and the table says how many were not decided now."
    one, two = checked(file), checked(file)
    assert one[0] == two[0] == 1 and one[2] == two[2]
    assert [{**row, "seconds": 0} for row in one[1]] == [{**row, "seconds": 0} for row in two[1]]


@pytest.mark.parametrize("words, said", [((), True), (("--no-cache",), False)])
def test_the_table_says_what_was_decided_before(caches, file, capsys, words, said):
    "Unless it is told to decide all of it."
    rows(file)
    command_line.main(["check", str(file), *words])
    line = "5 of these were decided before and have not changed since; --no-cache decides them anew"
    assert (line in capsys.readouterr().out) == said


def test_the_tests_decide(file, monkeypatch, tmp_path):
    "An empty SYMRISK_CACHE keeps nothing: what the tests check is decided."
    assert os.environ["SYMRISK_CACHE"] == "" and Kept.of_user().folder is None
    rows(file)
    assert not any(row.is_kept for row in rows(file).values())


@pytest.mark.parametrize("old, new, missed", [
    ('room, ">", 0)', 'room, ">=", 0)', {"there is room"}),
    ('room.diff(n1), "<"', 'room.diff(n2), "<"', {"room falls"}),
    ("where={left: p - n1 - n2}", "where={left: p - n1 - n1}", {"there is room", "room falls"}),
    ("(p - n1 - n2) + n2", "(p - n2 - n2) + n2", {"the rest is left"}),
    ("witness={n1: 2,", "witness={n1: 1,", {"two samples that fit one by one need not fit together"}),
    ("over = Citation(\"doe2027\"), Region(n1 + n2 < p)", "over = Citation(\"doe2027\"), Region(n1 + n2 <= p)",
     {"there is room", "room falls", "two samples that fit one by one need not fit together", "the rest is left"})])
def test_one_letter_changed_is_decided_anew(caches, tmp_path, old, new, missed):
    "And what it leaves as it was is not."
    files = [tmp_path / name / "spare_room.py" for name in ("before", "after")]
    for each, text in zip(files, (TEXT, TEXT.replace(old, new)), strict=True):
        each.parent.mkdir()
        each.write_text(text)
    assert TEXT.count(old) == 1
    before, after = map(rows, files)
    assert {says for says, row in after.items() if says in FIRM and not row.is_kept} == missed
    assert all(before[says].status == after[says].status for says in FIRM - missed)


def test_a_claim_made_false_is_refuted(caches, tmp_path):
    "Whatever was proved of its sentence."
    file = tmp_path / "one.py"
    file.write_text(TEXT)
    checked(file)
    file.write_text(TEXT.replace('room, ">", 0)', 'room, ">", 1)'))
    found = {row["claim"]: row["status"] for row in checked(file)[1]}
    assert (found["there is room"], found["room falls"]) == ("refuted", "proved")


kappa = symbol("kappa", "k", "a positive zero", positive=True)
c = symbol("c", "c", "a scale", positive=True)
a = symbol("a", "a", "a number", positive=True)


def of_root(constant=1, meaning="a zero", between=(0, sympy.oo)):
    return Formula(symbol("zero", "z", meaning), kappa, where={**Implicit.root(kappa, kappa**2 - w - constant, between)})


def of_potential(pull=n1):
    least = Implicit.potential((c,), p*Mean(sympy.log(1 + c*tau), H) - pull*sympy.log(c))
    return Formula(symbol("scale", "c", "a scale", positive=True), c, where={**least}, on=Region(n1 < p))


@pytest.mark.parametrize("one, other", [
    (Claim("it holds", p, ">", 0), Claim("it holds.", p, ">", 0)),
    (Claim("it holds", p, ">", n1), Claim("it holds", n1, ">", p)),
    (Claim("it holds", p, ">", n1, on=Region(n1 < p)), Claim("it holds", p, ">", n1, on=Region(n1 < p, n1 > 0))),
    (Claim("it holds", p, ">", 0, on=Region(over=(n1,))), Claim("it holds", p, ">", 0, on=Region(over=(n2,)))),
    (Claim("it holds", p, ">", n1, iff=(n1 < p,)), Claim("it holds", p, ">", n1, iff=(n1 < 2*p,))),
    (Claim("it holds", of_root(), ">", 0), Claim("it holds", of_root(2), ">", 0)),
    (Claim("it holds", of_root(), ">", 0), Claim("it holds", of_root(meaning="the zero"), ">", 0)),
    (Claim("it holds", of_root(), ">", 0), Claim("it holds", of_root(between=(0, 9)), ">", 0)),
    (Claim("it holds", of_potential(), ">", 0), Claim("it holds", of_potential(n2), ">", 0)),
    (Claim("it holds", of_root() + a, ">", 0), Claim("it holds", of_root() - a, ">", 0)),
    (Claim("it holds", of_root().at({w: 1}), ">", 0), Claim("it holds", of_root().at({w: 2}), ">", 0)),
    (Claim("it holds", of_root().diff(w), ">", 0), Claim("it holds", of_root().diff(w).diff(w), ">", 0)),
    (Claim("it holds", Mean(tau, Atoms({1: 1})), ">", 0), Claim("it holds", Mean(tau, Atoms({2: 1})), ">", 0)),
    (Claim("it holds", a, ">", 0), Claim("it holds", symbol("a", "a", "a number", nonnegative=True), ">", 0)),
    (Claim("it holds", a, ">", 0), Claim("it holds", sympy.Symbol("a", positive=True), ">", 0)),
    (Claim("it holds", a, ">", 0, roots={a: of_root(1).roots[kappa]}), Claim("it holds", a, ">", 0)),
])
def test_different_statements_have_different_hashes(one, other):
    "Whatever it is that they differ in; and the same statement, made twice, has one."
    hashes = Statements()
    assert hashes.of(one) and hashes.of(other) and hashes.of(one) != hashes.of(other)
    assert Statements().of(one) == hashes.of(one) == hashes.of(pickle.loads(pickle.dumps(one)))


def test_a_hash_is_the_same_in_every_process():
    "However Python orders its sets."
    code = ("from symrisk.catalogue import entries; from symrisk.catalogue.cache.statement import Statements; "
            "print([Statements().of(c) for e in entries('symrisk.theorems.collapse') for c in e.theorem.claims])")
    seeds = [{**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed} for seed in ("1", "2")]
    first, second = (subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True).stdout for env in seeds)
    assert first == second and first.count("'") == 2*22 and "None" not in first


class Own(sympy.Expr):
    """A node of the user's."""


class OwnLaw(Atoms):
    """A law of the user's."""


@pytest.mark.parametrize("part", [
    Own(p), sympy.Function("f")(p), sympy.Dummy("x"), lambda: [(1, 1)], OwnLaw({1: 1}), sympy.Float(2), object(), {1, 2}, 1.0,
    Empirical(np.array([1.0, 2.0]))], ids=lambda part: type(part).__name__)
def test_what_is_not_known_has_no_hash(part):
    "Nothing says what the user's own functions, nodes and laws do: what rests on them is decided each time."
    step = Step("it holds", instances=lambda: [(1, 1)])
    object.__setattr__(step, "instances", part)
    assert Statements().of(step) is None
    assert Statements().of(Step("it holds", Claim("it holds", p, ">", Fraction(1, 2)))) is not None


def entry(caches, says):
    """The file of what was decided about a sentence of TEXT's theorem, and its entry."""
    name = Statements().of(says)
    (file,) = caches.rglob(f"{name}.json")
    return file


def claim_of(file, says):
    (found,) = catalogue.survey(file).entries
    return next(claim for claim in found.theorem.claims if claim.says == says)


def forged(text, **said):
    """An entry that says something else, its seal left as it was."""
    return json.dumps({**json.loads(text), **said})


@pytest.mark.parametrize("damage", [
    lambda text: "", lambda text: text[:-7], lambda text: "[]", lambda text: "null", lambda text: "{}", lambda text: "[" * 9000,
    lambda text: text.replace('"proved"', '"proven"'), lambda text: forged(text, by="a guess"), lambda text: forged(text, seal=""),
    lambda text: forged(text, status="cited"), lambda text: forged(text, prover="another"), lambda text: "\x00" + text],
    ids=range(12))
def test_a_damaged_entry_is_decided_anew(caches, file, damage):
    "And written anew."
    before = rows(file)["there is room"]
    broken = entry(caches, claim_of(file, "there is room"))
    sound = broken.read_text()
    broken.write_text(damage(sound))
    after = rows(file)["there is room"]
    assert not after.is_kept and told(after) == told(before)
    assert rows(file)["there is room"].is_kept


def test_an_entry_under_the_name_of_another_is_decided_anew(caches, file):
    "A false claim is not proved by the entry of a true one."
    rows(file)
    true = entry(caches, claim_of(file, "there is room"))
    false = Statements().of(claim_of(file, "half of it is free"))
    true.with_name(f"{false}.json").write_text(true.read_text())
    assert rows(file)["half of it is free"].status == "refuted"


def test_another_prover_has_entries_of_its_own(caches, file, monkeypatch):
    "With one letter of its text changed, nothing of what was decided is read; and old provers' entries go."
    rows(file)
    for letter in "abcdef":
        monkeypatch.setattr("symrisk.catalogue.cache.kept.prover", lambda letter=letter: letter)
        assert not any(row.is_kept for row in rows(file).values())
        assert sum(row.is_kept for row in rows(file).values()) == len(FIRM)
    assert len(list((caches / "decided").iterdir())) <= PROVERS


@pytest.mark.parametrize("room, is_prover", [("engine", True), ("decide", True), ("language", True), ("laws", True),
                                             ("theorems", False), ("show", False)])
def test_the_prover_is_its_text(tmp_path, monkeypatch, room, is_prover):
    "One letter of a file that decides makes it another; a theorem's text does not, but it makes the catalogue another."
    text = tmp_path / "symrisk" / room / "part.py"
    text.parent.mkdir(parents=True)
    monkeypatch.setattr(prover, "PACKAGE", tmp_path / "symrisk")
    text.write_text("a = 1")
    first = prover.prover.__wrapped__(), prover.whole_text.__wrapped__()
    text.write_text("a = 2")
    second = prover.prover.__wrapped__(), prover.whole_text.__wrapped__()
    assert (first[0] != second[0]) == is_prover and first[1] != second[1]


@pytest.mark.parametrize("name", ["sympy", "mpmath", "python-flint"])
def test_the_prover_is_what_it_stands_on(monkeypatch, name):
    "Another version makes it another."
    plain = prover.version
    first = prover.prover.__wrapped__()
    monkeypatch.setattr(prover, "version", lambda asked: "0" if asked == name else plain(asked))
    assert prover.prover.__wrapped__() != first


def catalogue_of(rows):
    Kept.of_user().keep_catalogue(rows, ())


WARM = ("import sys; from symrisk.__main__ import main; code = main(['check']); "
        "print(code, [m for m in ('sympy', 'numpy', 'flint') if m in sys.modules])")


def test_a_catalogue_of_which_nothing_changed_is_read_as_a_whole(caches):
    "Without importing a theorem, or SymPy."
    catalogue_of([Result("some.theorem", "it holds", "proved", "identity", 0.5), Result("a", "b", "cited", "c", 0.0, "step")])
    told = {**os.environ, "PYTHONPATH": str(ROOT)}
    lines = subprocess.run([sys.executable, "-c", WARM], env=told, capture_output=True, text=True).stdout.splitlines()
    assert lines[-1] == "0 []" and lines[:2] == ["✓ some.theorem  1 proved  0.5 s", "✓ a             1 cited  0.0 s"]
    assert "1 claim: 1 proved, 0 refuted, 0 undecided (0.5 s)" in lines and any(line.startswith("2 of these") for line in lines)


def test_a_catalogue_in_which_something_fails_is_not_kept(caches):
    "Nor one of another text."
    catalogue_of([Result("a", "b", "refuted", "refute", 0.5)])
    assert Kept.of_user().catalogue() is None
    catalogue_of([Result("a", "b", "proved", "identity", 0.5)])
    assert Kept.of_user().catalogue()[0][0].is_kept


def test_a_catalogue_of_another_text_is_not_read(caches, monkeypatch):
    "One letter of any theorem, and each is looked at."
    catalogue_of([Result("a", "b", "proved", "identity", 0.5)])
    monkeypatch.setattr("symrisk.catalogue.cache.kept.whole_text", lambda: "another")
    assert Kept.of_user().catalogue() is None


def test_a_folder_that_can_not_be_written_is_no_error(tmp_path, file, monkeypatch):
    "What is not kept is decided again."
    (tmp_path / "taken").write_text("")
    monkeypatch.setenv("SYMRISK_CACHE", str(tmp_path / "taken"))
    assert {row.status for row in rows(file).values()} >= {"proved", "refuted"}


def test_nothing_is_left_half_written(caches, file, monkeypatch):
    "An entry is there whole or not at all."
    monkeypatch.setattr("symrisk.catalogue.cache.kept.os.replace", lambda old, new: (_ for _ in ()).throw(OSError))
    rows(file)
    assert not [path for path in caches.rglob("*") if path.is_file()]


@pytest.mark.parametrize("platform, told, wanted", [
    ("linux", {"XDG_CACHE_HOME": "/x"}, "/x/symrisk"), ("linux", {"XDG_CACHE_HOME": "x"}, "/home/me/.cache/symrisk"),
    ("linux", {}, "/home/me/.cache/symrisk"), ("darwin", {}, "/home/me/Library/Caches/symrisk"),
    ("win32", {"LOCALAPPDATA": "/local"}, "/local/symrisk"), ("linux", {"SYMRISK_CACHE": "/own"}, "/own"),
    ("linux", {"SYMRISK_CACHE": ""}, None)])
def test_the_folder_is_where_the_system_has_it(monkeypatch, platform, told, wanted):
    "Unless SYMRISK_CACHE names another."
    for name in ("SYMRISK_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"HOME": "/home/me", **told}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(folder.sys, "platform", platform)
    found = folder.cache_folder()
    assert (None if found is None else found.as_posix()) == wanted



def test_errata_are_hashed_with_their_witness():
    "Another witness is another statement."
    fields = {"published": Claim("room", p - n1, ">", 1, on=Region(n1 < p)), "right": Claim("room", p - n1, ">", 0, on=Region(n1 < p))}
    first, second = (Erratum("slip", Citation("doe2027"), witness={n1: 1, p: at}, **fields) for at in (2, "3/2"))
    assert Statements().of(first) != Statements().of(second)
