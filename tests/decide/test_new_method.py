"""A method of proof is one new file: its prover, what its certificates look like, and the second look, which goes another way."""

import ast
import copy
import json
import sys
from pathlib import Path

import pytest

from symrisk import Claim, Region, prove
from symrisk.decide import found, methods
from symrisk.decide import problem as decide_problem
from symrisk.decide.recheck import recheck
from symrisk.errors import NotProved
from symrisk.symbols import symbol

a, b, c, d, e = (symbol(name, name, "a number", positive=True) for name in "abcde")
EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
SQUARES = (EXAMPLES / "squares.py").read_text(encoding="utf-8")
ALL = Region(over=(a, b, c, d, e))
SUM, MIXED = a**2 + b**2 + c**2 + d**2 + e**2, a * b + b * c + c * d + d * e
CLAIM = Claim("mixed products are no more than the squares", SUM, ">=", MIXED, on=ALL)


@pytest.fixture
def added(tmp_path, monkeypatch):
    """Puts one file more into the folder of methods, and touches no other."""
    monkeypatch.setattr(methods, "__path__", [*methods.__path__, str(tmp_path)])
    forget()

    def writer(text, name="squares"):
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
        forget()

    yield writer
    for name in [name for name in sys.modules if name.startswith("symrisk.decide.methods.squares")]:
        del sys.modules[name]
    forget()


def forget():
    found._in_turn.cache_clear()
    found.methods.cache_clear()
    found.proofs.cache_clear()


def test_without_its_file_nothing_proves_it():
    "Which is what the toy is for."
    assert prove(CLAIM).status == "undecided"
    with pytest.raises(NotProved, match="'squares' is no method of proof"):
        recheck(CLAIM, {"method": "squares", "squares": []})


def test_a_new_method_proves(added):
    "It is asked before a witness is looked for, its proof is looked at again, printed, and survives JSON."
    added(SQUARES)
    verdict = prove(CLAIM)
    assert (verdict.status, verdict.by) == ("proved", "squares")
    assert str(verdict).splitlines()[1] == "  a sum of 5 squares"
    recheck(CLAIM, json.loads(json.dumps(verdict.certificate)))
    assert prove(Claim("a square is one at least", a**2, ">=", 1, on=ALL)).status == "refuted"
    assert [each.__name__ for each in found.methods()][-2:] == ["squares", "refute"]


def forgeries(certificate):
    """(what is wrong, a certificate that proves nothing)."""
    def changed(change):
        copied = copy.deepcopy(certificate)
        change(copied)
        return copied

    yield "do not sum", changed(lambda each: each["squares"].pop())
    yield "do not sum", changed(lambda each: each["squares"][0].update(scale="2"))
    yield "do not sum", changed(lambda each: each["squares"][0]["root"]["terms"][0].__setitem__(1, "3"))
    yield "taken -1 times", changed(lambda each: each["squares"][0].update(scale="-1"))
    yield "no rational number", changed(lambda each: each["squares"][0].update(scale="one"))
    yield "has no root", changed(lambda each: each["squares"][0].pop("root"))
    yield "nothing reads", changed(lambda each: each.update(trust=True))
    yield "can't be followed", changed(lambda each: each["squares"][0]["root"].update(variables=["x", "y"]))


@pytest.mark.parametrize("number", range(8))
def test_a_forged_certificate_is_refused(added, number):
    "Whatever field was forged."
    added(SQUARES)
    said, forged = list(forgeries(prove(CLAIM).certificate))[number]
    with pytest.raises(NotProved, match=said):
        recheck(CLAIM, forged)


def test_a_certificate_of_another_claim_is_refused(added):
    "A strict one, and one about something else."
    added(SQUARES)
    certificate = prove(CLAIM).certificate
    with pytest.raises(NotProved, match="may be zero"):
        recheck(Claim("strictly so", SUM, ">", MIXED, on=ALL), certificate)
    with pytest.raises(NotProved, match="do not sum"):
        recheck(Claim("twice as much", SUM, ">=", MIXED + a * b, on=ALL), certificate)


def test_a_prover_that_lies_proves_nothing(added):
    "What it says is proved is looked at: the claim stays undecided."
    added(SQUARES.replace("if rest == 0:", "if True:"))
    verdict = prove(Claim("a false one", a**2 - b, ">=", 0, on=ALL))
    assert verdict.status == "undecided" and any("the re-check failed" in reason for reason in verdict.assumes)


@pytest.mark.parametrize("change", [
    ("scale = sympy.Rational(square", "printed(sympy.Symbol('x'), [sympy.Symbol('x')])\n        scale = sympy.Rational(square"),
    ('says, total = problem.claim.says, 0', 'says, total = problem.claim.says, 0\n    if squares(problem) is not None:\n        return'),
    ("def check_squares", "from symrisk.decide.methods.positive import by_factors\n\n\ndef check_squares")],
    ids=["a function of the prover's", "the prover itself", "another method's"])
def test_a_second_look_that_goes_the_first_way_is_refused(added, change):
    "It would confirm whatever the prover believes."
    text = SQUARES.replace(*change)
    if "by_factors" in text:
        text = text.replace("    left, right = problem.sides\n    gap =", "    by_factors(problem, ())\n    left, right = problem.sides\n    gap =")
    assert text.count(change[1]) == 1
    added(text)
    with pytest.raises(TypeError, match="squares: the second look at a proof goes another way; it calls (printed|squares|by_factors) of"):
        found.proofs()


def test_two_kinds_of_proof_of_one_name_are_refused(added):
    "Nobody could say which of them looks at a certificate."
    added(SQUARES)
    added(SQUARES, "squares_again")
    with pytest.raises(TypeError, match="two kinds of proof are called squares"):
        found.proofs()


def test_the_second_look_imports_no_method():
    "What looks again at the proofs of symrisk's own methods knows none of them."
    folder = Path(decide_problem.__file__).parent / "recheck"
    for file in folder.rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        modules = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        assert not [name for name in modules if name.startswith("symrisk.decide.methods")], file
    assert found.proofs()


def test_each_method_that_proves_has_its_kind_of_proof():
    "Two are of no method's own: an empty case, and a limit that nothing comes near."
    proving = {method.__name__ for method in found.methods()} - {"refute"}
    assert set(found.proofs()) == proving | {"empty", "far"}
