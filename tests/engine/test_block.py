"""Blocks: what varies over a law, run atom by atom, in pieces that stay small, on arrays, rationals and balls."""

import tracemalloc
from fractions import Fraction

import numpy as np
import pytest
from flint import arb, fmpq

from symrisk import Atoms
from symrisk.engine.arrays.registers import outputs
from symrisk.engine.balls.exact import rationals
from symrisk.engine.instructions.arithmetic import Add, Divide, Subtract
from symrisk.engine.instructions.complement import Complement
from symrisk.engine.instructions.leaves import Input
from symrisk.engine.instructions.powers import WholePower
from symrisk.engine.instructions.solvers import block as module
from symrisk.engine.instructions.solvers.block import (
    array_means,
    array_minimiser,
    ball_means,
    compiled,
    exact_means,
    impossible,
)
from symrisk.engine.program.program import Block, Program
from symrisk.errors import NoMethod
from symrisk.laws.empirical import Empirical
from symrisk.laws.power_law import PowerLaw
from symrisk.symbols import tau, tau_omega

#: (tau, x) -> tau/(tau + x), (tau - x)^2
PROGRAM = Program(("tau", "x"), (Input(0), Input(1), Add(0, 1), Divide(0, 2), Subtract(0, 1), WholePower(4, 2)), (3, 5))
#: (tau, floor) -> floor, tau
TABLES = Program(("tau", "x"), (Input(0), Input(1)), (1, 0))
LAW = Atoms({"1/2": "1/3", 4: "2/3"})


def means_of(values, weights, x):
    x = np.asarray(x)[..., None]
    return [(values / (values + x)) @ weights, ((values - x)**2) @ weights]


@pytest.mark.parametrize("shape", [(), (7,), (3, 1, 5)])
@pytest.mark.parametrize("room", [1, 8, 1 << 16])
def test_means_on_arrays(monkeypatch, shape, room):
    "Whatever the shape and the size of the pieces."
    monkeypatch.setattr(module, "ROOM", room)
    rng = np.random.default_rng(0)
    values, weights = rng.uniform(0.1, 5, 6), rng.dirichlet(np.ones(6))
    x = rng.uniform(0.1, 3, shape)
    found = array_means(Block(PROGRAM, (tau,), Empirical(values, weights=weights)), [x], outputs)
    for one, wanted in zip(found, means_of(values, weights, x), strict=True):
        assert np.shape(one) == shape
        np.testing.assert_allclose(one, wanted, rtol=1e-13)


def test_exact_means():
    "Fractions in, fractions out; nothing where a number is missing, or atoms are many or inexact."
    block = Block(PROGRAM, (tau,), LAW)
    assert exact_means(block, [fmpq(1, 2)], rationals) == [fmpq(1, 3) / 2 + fmpq(2, 3) * 8 / 9, fmpq(2, 3) * fmpq(7, 2)**2]
    assert exact_means(block, [None], rationals) is None
    assert exact_means(block, [fmpq(-4)], rationals) is None
    for law in (PowerLaw(2, 10**6), PowerLaw("1/2", 3), Empirical([1.0])):
        assert exact_means(Block(PROGRAM, (tau,), law), [fmpq(1)], rationals) is None


def test_a_variable_that_the_law_leaves_out_has_its_default():
    "On arrays, rationals and balls."
    block = Block(PROGRAM, (tau_omega,), LAW)
    assert array_means(block, [np.float64(3)], outputs)[0] == 0.25
    assert exact_means(block, [fmpq(3)], rationals)[0] == fmpq(1, 4)
    assert ball_means(block, [arb(3)])[0].contains(fmpq(1, 4))


def test_means_in_balls():
    "Of exact atoms, and of irrational ones."
    assert ball_means(Block(PROGRAM, (tau,), LAW), [arb(1) / 2])[0].overlaps(arb(1) / 6 + arb(16) / 27)
    found = ball_means(Block(PROGRAM, (tau,), PowerLaw("1/2", 2)), [arb(1)])[0]
    assert found.overlaps((arb(1) / 2 + 1 / (1 + arb(2).sqrt())) / 2) and found.rad() < 1e-12


def test_compiled_programs():
    "The same as the program on floats; what has no enclosure is named."
    run, constants = compiled(PROGRAM)
    assert [float(x) for x in run([arb(p) / q for p, q in constants], arb(3), arb(1))] == [0.75, 4]
    with pytest.raises(NoMethod, match="complement under a mean has no enclosure"):
        compiled(Program(("tau", "x"), (Input(0), Input(1), Complement(0, 1)), (2,)))


# minimisers: registers are mass, cost, pull and the floor that the tables read

@pytest.mark.parametrize("room", [1, 1 << 16])
def test_minimisers_on_a_grid(monkeypatch, room):
    "One unknown over two atoms: the slope vanishes at every point, whatever the pieces."
    monkeypatch.setattr(module, "ROOM", room)
    pulls, floor = np.linspace(0.1, 9, 5)[:, None], np.linspace(0.5, 2, 3)
    found, = array_minimiser(Block(TABLES, (tau,), LAW), ("c",), [np.float64(10), np.float64(0), pulls, floor], outputs)
    assert found.shape == (5, 3)
    slope = 10 * (found * 0.5 / (floor + found * 0.5) / 3 + 2 * found * 4 / (floor + found * 4) / 3) - pulls
    np.testing.assert_allclose(slope / pulls, 0, atol=1e-14)


def test_the_memory_of_minimisers_is_bounded():
    "A hundred thousand points, a floor at each, and 64 atoms: below the 50 MB of one whole table."
    block, pulls = Block(TABLES, (tau,), Empirical(np.linspace(0.1, 9, 64))), np.linspace(0.1, 9, 100_000)
    tracemalloc.start()
    try:
        array_minimiser(block, ("c",), [np.float64(10), np.float64(0), pulls, 1 + pulls], outputs)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 30e6


@pytest.mark.parametrize("kind", [np.float64, lambda x: arb(fmpq(Fraction(x).numerator, Fraction(x).denominator))])
def test_why_there_is_none(kind):
    "The same words on floats and on balls."
    def says(law, mass, cost, pull, floor):
        return impossible(Block(TABLES, (tau,), law), ("c",), [kind(x) for x in (mass, cost, pull, floor)], outputs)
    assert says(LAW, 10, 0, 9, 1) == ""
    assert says(LAW, 10, 0, 11, 1) == "no c there: pulled by 11 in all, which must lie strictly between 0 and 10, the mass within reach"
    assert says(LAW, 10, 1, 9, 0) == "no c there: pulled by 9 in all, which must lie strictly between 10 and inf, the mass within reach"
    assert says(Atoms({0: "1/4", 1: "3/4"}), 10, 0, 8, 1).startswith("no c there: pulled by 8 in all, which must lie strictly between 0 and 7.5")
    assert says(Atoms({0: "1/4", 1: "3/4"}), 10, 1, 12, 0) == "no c there: atoms of mass 2.5 in all are reached by none of them, and by no penalty"
