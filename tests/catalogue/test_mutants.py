"""Altered formulas are caught: by claims, steps, exact instances, simulations; and what nothing catches is said."""

import json
import re
from dataclasses import replace

import pytest
import sympy

from symrisk import Citation, Claim, Erratum, Formula, Region, Theorem, catalogue
from symrisk import __main__ as command_line
from symrisk.catalogue.mutants.alteration import Alteration, alterations
from symrisk.catalogue.mutants.by_claims import ByClaims, is_equivalent
from symrisk.catalogue.mutants.by_numbers import ByNumbers
from symrisk.catalogue.mutants.changes import changed
from symrisk.catalogue.mutants.hunt import Hunt
from symrisk.catalogue.mutants.rebound import Rebound
from symrisk.catalogue.mutants.replaced import remade
from symrisk.catalogue.mutants.shard import Shard, spread
from symrisk.errors import ArgumentError
from symrisk.symbols import n1, n2, p, symbol

TEXT = '''
from fractions import Fraction

import tables

from symrisk import Citation, Claim, Derivation, Formula, Region, Simulation, Step, Theorem, falls
from symrisk.symbols import n1, p, symbol

cited, over = Citation("doe2027", "Thm 3"), Region(n1 < p)


def named(name, expression):
    return Formula(symbol(name, name, "a share"), expression, on=over)


room, twice = named("room", (p - n1)/p), named("twice", 2*(p - n1)/p)
taken, seen, loose = named("taken", n1/p), named("seen", n1/p), named("loose", n1 + p)


def values():
    yield tables.of(taken), Fraction(3, 4)


def replicate(rng, *, n1, p):
    return n1/p + rng.normal()/1000


my_theorem = Theorem("Room to spare", cited, formulas=(room, twice, taken, seen, loose),
    simulations=(Simulation(seen, replicate, point={"n1": 3, "p": 4}),),
    claims=(*falls(room, n1, called="the room"), Claim("it is all at first", room.at({n1: 0}), "==", 1),
            Claim("half of it is free", room, ">", "1/2"), LOOSE))
steps = Derivation("where it comes from", "counting", of=room, steps=(
    Step("two is twice one", Claim("two is twice one", twice, "==", 2*room)), Step("three of four", instances=values)))
'''
TABLES = "from fractions import Fraction\n\n\ndef of(formula):\n    return Fraction(formula.digits(9, n1=3, p=4))\n"
FIRM = 'Claim("loose is the sum", loose, "==", p + n1)'


@pytest.fixture
def module(tmp_path):
    """Writes a theorem of which all formulas are held, or all but one, and gives its file."""
    def writer(held=True, text=TEXT):
        (tmp_path / "tables.py").write_text(TABLES)
        file = tmp_path / "room.py"
        file.write_text(text.replace("LOOSE", FIRM if held else ""))
        return file
    return writer


def told(capsys, *words):
    """(exit code, lines, lines on stderr) of a check of mutants, each of them shown."""
    code = command_line.main(["check", "--mutants", "-v", *map(str, words)])
    out, err = capsys.readouterr()
    return code, out.splitlines(), err.splitlines()


def test_what_catches_each_is_said(module, capsys):
    "A line each, how many by what, and the exit code 0; a claim that is false itself catches nothing."
    code, lines, _ = told(capsys, module())
    assert code == 0 and not any("SURVIVED" in line for line in lines)
    assert "caught    room.my_theorem  room -> (n1 + p)/p  [claim, false at a point: the room falls with the source sample size]" in lines
    assert any("twice -> " in line and "[step, false at a point: two is twice one]" in line for line in lines)
    assert any("taken -> " in line and "[instances, exact values differ: three of four]" in line for line in lines)
    assert any("seen -> " in line and "[simulation, more than 5 standard errors off: seen]" in line for line in lines)
    assert any(" altered formulas: " in line and ", 0 survived (" in line for line in lines)
    assert lines[-1] == "catches nothing, for it is not proved itself: half of it is free"


def test_a_formula_that_nothing_holds_survives(module, capsys):
    "Each change of it is named, and the exit code is 1."
    code, lines, _ = told(capsys, module(held=False))
    survivors = [line for line in lines if line.startswith("survived: room.my_theorem: loose -> ")]
    assert code == 1 and "survived: room.my_theorem: loose -> n1 - p" in survivors
    assert f"SURVIVED  room.my_theorem  loose -> {survivors[0].rpartition('> ')[2]}" in lines
    assert not any(line.startswith("survived: ") for line in set(lines) - set(survivors))


def test_a_line_a_theorem_and_what_survived_below_it(module, capsys):
    "Without -v; -k chooses by words of the id and of what is changed."
    code = command_line.main(["check", "--mutants", "-k", "loose", str(module(held=False))])
    lines = capsys.readouterr().out.splitlines()
    assert code == 1 and lines[0].startswith("✗ room.my_theorem  ") and " survived  " in lines[0]
    assert "  SURVIVED  room.my_theorem  loose -> n1 - p" in lines
    code = command_line.main(["check", "--mutants", "-k", "twice", str(module(held=False))])
    lines = capsys.readouterr().out.splitlines()
    assert code == 0 and re.match(r"✓ room\.my_theorem  \d+ caught  ", lines[0]) and lines[1] == ""


def test_a_claim_that_no_change_breaks_is_named(module, capsys):
    "It holds whatever the formulas are; a sample does not show that."
    idle = 'Claim("there are dimensions left", p - n1, ">", 0, on=over), LOOSE'
    file = module(text=TEXT.replace("LOOSE", idle))
    said = "says nothing of the formulas, for no change of one breaks it: there are dimensions left"
    code, lines, _ = told(capsys, file)
    assert code == 0 and [line for line in lines if line.startswith("says nothing")] == [said]
    assert said not in told(capsys, file, "--sample", "9")[1]


def test_a_rational_coefficient_is_altered():
    "By one in its numerator."
    assert {p / 3, p, 0} & set(changed(2 * p / 3)) == {p / 3, p}


def test_as_json(module, capsys):
    "A list of objects with the fields of every check, and what was changed."
    code = command_line.main(["check", "--json", "--mutants", str(module(held=False))])
    rows = json.loads(capsys.readouterr().out)
    assert code == 1 and {row["status"] for row in rows} == {"caught", "survived"}
    assert all(row.keys() == {"id", "claim", "status", "by", "seconds", "kind", "mutant"} for row in rows)
    (row,) = [row for row in rows if row["mutant"] == "twice -> 0"]
    assert (row["by"], row["claim"], row["kind"]) == ("step, false at a point", "two is twice one", "mutant")


def test_shards_are_all_of_it(module, capsys):
    "Two halves are the whole, and a sample is a part."
    def found(*words):
        return [line for line in told(capsys, module(), *words)[1] if " -> " in line]

    whole, halves = found(), [found("--shard", f"{k}/2") for k in (1, 2)]
    names = [{line.partition("  [")[0] for line in half} for half in halves]
    assert names[0] | names[1] == {line.partition("  [")[0] for line in whole} and not names[0] & names[1]
    assert 0 < len(found("--sample", "5")) <= 5


@pytest.mark.parametrize("words, said", [
    (["--mutants", "--shard", "3/2"], "a shard is K/N, the K-th of N parts, such as 2/8; not '3/2'"),
    (["--mutants", "--sample", "0"], "a sample is a whole number >= 1; not 0"),
    (["--mutants", "--jobs", "2"], "--mutants takes no --jobs; --shard K/N divides what it does"),
    (["--mutants", "--no-cache"], "--mutants takes no --no-cache"),
    (["--mutants", "--failed"], "--mutants takes no --failed"),
    (["--mutants", "-k", "nowhere"], "no altered formula has nowhere in its id or text"),
    (["--mutants", "--undecided", "list.txt"], "--mutants takes no --undecided"),
    (["--shard", "1/2"], "--sample and --shard are of what --mutants alters")])
def test_what_does_not_go_together_is_refused(module, capsys, words, said):
    "By its name, with the exit code of wrong usage."
    assert command_line.main(["check", str(module()), *words]) == 2
    assert said in capsys.readouterr().err


def test_no_such_module(capsys):
    "As any check says it."
    assert told(capsys, "no.such.module")[0] == 2


def test_a_module_that_does_not_import_fails(module, capsys):
    "And the others are looked at."
    file = module()
    (file.parent / "broken.py").write_text("1/0")
    code, lines, _ = told(capsys, file.parent, "--sample", "2")
    assert code == 1 and any(line.startswith("error: ") and "ZeroDivisionError" in line for line in lines)
    assert any(line.startswith("caught") for line in lines)


def test_what_an_author_s_function_raises_is_an_error_of_that_mutant(module, capsys):
    "It hides no other, and fails."
    text = TEXT.replace("yield tables.of(taken), Fraction(3, 4)", "if tables.of(taken) != Fraction(3, 4):\n        raise RuntimeError('no')\n"
                        "    yield 1, 1")
    code, lines, _ = told(capsys, module(text=text))
    assert code == 1 and any(line.startswith("ERROR     room.my_theorem  taken -> ") and "RuntimeError: no" in line for line in lines)
    assert any(line.startswith("caught") for line in lines)


# -- the parts

room = Formula(symbol("room", "r", "share of free dimensions"), (p - n1) / p, on=Region(n1 < p))


def altered(expression):
    return Alteration(room, None, expression)


def test_an_equal_formula_is_no_mutant():
    "However it is written; and one with a zero divisor can't be written down."
    assert is_equivalent(altered(1 - n1 / p)) and not is_equivalent(altered(1 - n2 / p))
    ratio = Formula(symbol("ratio", "q", "a ratio"), n1 / n2, where={n2: p - n1})
    assert Alteration(ratio, n2, sympy.Integer(0)).mutant is None and Alteration(ratio, n2, p).mutant is not None


def test_what_another_formula_brings_along_is_its_own():
    "It is altered there, not again in each formula that rests on it."
    half = Formula(symbol("half", "h", "half of it"), room.symbol / 2, where={room.symbol: room})
    everything, own = alterations(half, ()), alterations(half, (room,))
    assert {each.place for each in everything} == {None, room.symbol} and {each.place for each in own} == {None}


def test_a_claim_that_is_not_proved_catches_nothing():
    "Not at the points at which it is false of the formula as well, nor by staying unproved."
    net = ByClaims([("claim", Claim("half is free", room, ">", "1/2"))])
    change = altered((p - 2 * n1) / p)
    assert net.at_a_point(change) is None and net.by_proof(change) is None
    assert [claim.says for claim in net.unproved()] == ["half is free"]


def test_a_claim_catches_by_what_proves_it():
    "One that no quick method proves is asked of all of them: it catches no mutant of which it is still proved."
    x = symbol("x", "x", "a number", positive=True)
    bent = Formula(symbol("bent", "b", "a parabola"), x**2 - 2 * x + 1)
    claim = Claim("it is a square", bent, ">=", 0)
    net = ByClaims([("claim", claim)])
    assert net.by_proof(Alteration(bent, None, x**2 - 2 * x + 2)) is None
    assert net.by_proof(Alteration(bent, None, x**2 - 3 * x + 1)).how == "no longer proved"


def reads(formula):
    """A function made by a function."""
    return lambda: [(formula(n1=1, p=4), 0.75)]


def test_instances_see_the_mutant_wherever_they_read_it():
    "From the module, from what a function closed over, and through what it calls; and what reads it not is left alone."
    copies = Rebound(room, remade(room, expression=n1 / p), [])
    assert copies.of(lambda: room(n1=1, p=4))() == 0.25 and copies.touches
    assert copies.of(reads(room))() == [(0.25, 0.75)]
    assert copies.of(lambda: reads(room)())() == [(0.25, 0.75)]
    other = Rebound(room, remade(room, expression=n1 / p), [])
    assert other.of(lambda: abs(-1))() == 1 and not other.touches
    assert room(n1=1, p=4) == 0.75


def test_a_simulation_that_is_off_itself_catches_nothing(module):
    "What the formula as it is does not agree with says nothing of another."
    (entry,) = catalogue.entries(str(module()))
    (seen,) = [formula for formula in entry.theorem.formulas if formula.symbol.name == "seen"]
    wrong = remade(seen, expression=p / n1)
    numbers = ByNumbers([entry])
    assert numbers.caught(Alteration(seen, None, p / n1)).kind == "simulation"
    assert numbers.caught(Alteration(seen, None, seen.expression + sympy.Rational(1, 10**5))) is None
    (simulation,) = entry.theorem.simulations
    object.__setattr__(simulation, "formula", wrong)
    assert ByNumbers([entry]).caught(Alteration(wrong, None, n1 * p)) is None


def test_a_formula_of_two_theorems_is_altered_once(module):
    "In the first of them."
    (entry,) = catalogue.entries(str(module()))
    assert len(Hunt([entry, entry]).alterations()) == len(Hunt([entry]).alterations())


@pytest.mark.parametrize("words", ["", "1", "0/2", "3/2", "1/0", "-1/2", "1/2/3", "a/b", "1.0/2", "\u00b2/2"])
def test_what_is_no_shard_is_refused(words):
    "Whatever it looks like."
    with pytest.raises(ArgumentError, match="a shard is K/N"):
        Shard.read(words)


@pytest.mark.parametrize("amount, most", [(0, 3), (3, 3), (10, 3), (10, 9), (7, 1)])
def test_a_sample_is_spread_over_all(amount, most):
    "No item twice, in their order, the first among them."
    found = spread(range(amount), most)
    assert len(found) == min(amount, most) == len(set(found)) and found == sorted(found) and found[:1] == [0][:amount]


def test_steps_and_errata_are_claims_of_their_kind(module):
    "Each says of which kind it is."
    (entry,) = catalogue.entries(str(module()))
    kinds = Hunt([entry]).claims.kinds
    assert {claim.says: kind for claim, kind in kinds.items()}["two is twice one"] == "step"
    wrong = Claim("all is free", room, ">=", 1)
    slip = Erratum("not all is free", Citation("doe2027"), wrong, {n1: 1, p: 2}, Claim("some is free", room, ">", 0))
    theorem = Theorem("Room", Citation("doe2027"), formulas=(room,), errata=(slip,))
    assert Hunt([replace(entry, theorem=theorem, chains=())]).claims.kinds == {slip.right: "erratum"}
