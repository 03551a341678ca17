"""Instructions: each is a file that says all it means, and a new one is a new file alone."""

import math
import pickle
import sys
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
import sympy
from flint import arb, fmpq

from symrisk import Atoms, Formula, Implicit, Mean
from symrisk.engine import instructions
from symrisk.engine.arrays import fast
from symrisk.engine.balls.exact import has_pole, needed
from symrisk.engine.instructions.arithmetic import Add, Divide, Subtract
from symrisk.engine.instructions.leaves import Constant, Input
from symrisk.engine.instructions.log import Log
from symrisk.engine.instructions.powers import Power, SquareRoot, WholePower
from symrisk.engine.instructions.root import FindRoot
from symrisk.engine.instructions.select import Select
from symrisk.engine.program.builder import Builder
from symrisk.engine.program.heads import by_head, instruction_for
from symrisk.engine.program.program import Program
from symrisk.errors import AccuracyWarning, DomainError, NoMethod
from symrisk.symbols import symbol, tau

x = symbol("x", "x", "a number")
y = symbol("y", "y", "a positive number", positive=True)

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
ASINH = (EXAMPLES / "asinh.py").read_text(encoding="utf-8")


@pytest.fixture
def asinh(tmp_path, monkeypatch):
    """One file more in the folder of instructions, and nothing else."""
    (tmp_path / "asinh.py").write_text(ASINH, encoding="utf-8")
    monkeypatch.setattr(instructions, "__path__", [*instructions.__path__, str(tmp_path)])
    by_head.cache_clear()
    yield
    sys.modules.pop("symrisk.engine.instructions.asinh", None)
    by_head.cache_clear()


@pytest.fixture
def bent(asinh):
    """A formula in which the new instruction stands between old ones."""
    return Formula(symbol("bent", "b", "a bent line"), y + sympy.asinh(x / y) ** 2)


def test_without_its_file_it_is_not_known():
    "NoMethod, by its name."
    with pytest.raises(NoMethod, match="asinh can't be evaluated"):
        Builder({}, (x,)).program([sympy.asinh(x)])


def test_a_new_instruction_on_arrays(bent):
    "At a point, on a grid in blocks, and inside a mean."
    assert bent(x=3, y=2) == 2 + math.asinh(1.5) ** 2
    many, few = np.linspace(-3, 3, 40_000), np.array([[0.5], [2.0]])
    assert np.array_equal(bent(x=many, y=few), few + np.arcsinh(many / few) ** 2)
    with pytest.raises(DomainError, match="y > 0; not at .*y=0"):
        bent(x=many, y=0.0)


def test_a_new_instruction_under_a_mean(asinh):
    "On arrays and in balls, atom by atom."
    law = Atoms({1: "1/4", 3: "3/4"})
    mean = Formula(symbol("mean", "m", "a mean"), Mean(sympy.asinh(tau * x), law))
    wanted = 0.25 * math.asinh(0.5) + 0.75 * math.asinh(1.5)
    assert mean(x=0.5) == pytest.approx(wanted, rel=1e-15)
    assert float(mean.digits(20, x="1/2")) == pytest.approx(wanted, rel=1e-15)


def test_a_new_instruction_to_many_digits(bent):
    "In balls, and exactly where it is rational."
    x_, y_ = sympy.Integer(3), sympy.Integer(2)
    wanted = (y_ + sympy.asinh(x_ / y_) ** 2).evalf(60)
    assert bent.digits(40, x=3, y=2) == Decimal(str(wanted.round(39)))
    assert bent.digits(40, x=0, y=2) == 2
    assert abs(bent.ball(30, x=3, y=2).mid - bent.digits(40, x=3, y=2)) < Decimal("1e-29")


def test_a_new_instruction_bounds_its_rounding(asinh):
    "What cancels behind it is warned of, what does not is not."
    bow = Formula(symbol("bow", "b", "a bow"), sympy.sqrt(1 + sympy.asinh(x / y) ** 2) - 1)
    assert bow.digits_lost(x=3, y=2) < 1.5 and bow(x=3, y=2) > 0
    with pytest.warns(AccuracyWarning, match="right to 7 digits only"):
        bow(x=1e-5, y=1)


@pytest.mark.skipif(not fast.installed(), reason="needs the [fast] extra")
def test_a_new_instruction_as_machine_code(bent):
    "One fused loop, the same values."
    many = np.linspace(-3, 3, 1000)
    found = bent(x=many, y=2.0, backend="numba")
    np.testing.assert_allclose(found, bent(x=many, y=2.0, backend="numpy"), rtol=1e-14)
    assert fast.is_fused(Builder({}, (x,)).program([sympy.asinh(x)]))


# -- the folder

def test_every_head_has_one_instruction(tmp_path, monkeypatch):
    "A second file for the same head is refused, whichever it is."
    assert instruction_for(sympy.log(x)) is Log
    again = ASINH.replace("sympy.asinh,", "sympy.log,")
    (tmp_path / "again.py").write_text(again, encoding="utf-8")
    monkeypatch.setattr(instructions, "__path__", [*instructions.__path__, str(tmp_path)])
    by_head.cache_clear()
    try:
        with pytest.raises(TypeError, match="Asinh and Log|Log and Asinh"):
            by_head()
    finally:
        sys.modules.pop("symrisk.engine.instructions.again", None)
        by_head.cache_clear()


def test_instructions_differ_by_their_kind():
    "Equal registers make equal instructions only of one kind; programs pickle, and hash as before."
    assert Add(0, 1) == Add(0, 1) != Subtract(0, 1)
    assert Log(0) != SquareRoot(0) and len({Log(0), SquareRoot(0), Log(0)}) == 2
    root = Implicit.root(y, y**3 - x)[y]
    mean = Mean(sympy.sqrt(tau + x), Atoms({1: "1/4", 3: "3/4"}))
    program = Builder({y: root}, (x,)).program([y + mean + sympy.log(x), 1 / x])
    copy = pickle.loads(pickle.dumps(program))
    assert copy == program and hash(copy) == hash(program)


def test_what_is_needed_at_a_point():
    "A case that does not hold is not, be it a pole; where the slack is not known both are."
    code = (Input(0), Constant(1, 1), Divide(1, 0), Select(0, ">", 2, 1))
    program = Program(("x",), code, (3,))
    at_zero, not_known = [fmpq(0), fmpq(1), None, fmpq(1)], [None, fmpq(1), None, None]
    assert needed(program, at_zero, 3) == {0, 1, 3} and not has_pole(program, at_zero)
    assert needed(program, not_known, 3) == {0, 1, 2, 3}
    assert has_pole(Program(("x",), code, (2,)), at_zero)


@pytest.mark.parametrize("exponent, is_pole", [(-1, True), (0, False), (2, False)])
def test_a_negative_power_of_zero_is_a_pole(exponent, is_pole):
    "0^t for a letter t: a pole below zero, 1 at zero, 0 above."
    assert Power(0, 1).has_pole([fmpq(0), fmpq(exponent)]) == is_pole
    assert not Power(0, 1).has_pole([None, fmpq(-1)])
    assert not Power(0, 1).has_pole([fmpq(2), fmpq(-1)])


def test_an_end_that_is_not_rational_bars_zeros():
    "(x-1)(x^2-3) has one zero beyond sqrt 2, and it is not 1."
    registers = [None, *map(fmpq, (3, -3, -1, 1))]
    root = FindRoot(0, None, (1, 2, 3, 4))
    assert root.exactly(registers) is None
    assert root.exactly([fmpq(14, 10), *registers[1:]]) is None
    assert root.exactly([fmpq(1, 2), *map(fmpq, (4, -4, -1, 1))]) is None  # 1 and 2, both inside
    balls = [arb(2).sqrt(), *map(arb, (3, -3, -1, 1))]
    assert root.in_balls(balls, registers).overlaps(arb(3).sqrt())


def test_whole_powers_are_written_out_while_they_are_small():
    "Source text of machine code and of balls."
    assert (WholePower(4, 3).source(), WholePower(4, 5).source()) == ("r4 * r4 * r4", "r4 ** 5.0")
    assert WholePower(4, 5).source_in_balls() == "r4 * r4 * r4 * r4 * r4"
    assert WholePower(4, 9).source_in_balls() == "integer_power(r4, 9)"
