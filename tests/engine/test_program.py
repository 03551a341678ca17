"""One program, three machines: NumPy blocks, exact rationals and balls agree with mpmath at 50 digits.

Random expressions with roots, powers and cases.  The oracle walks the SymPy tree in mpmath and carries, beside the
value, a bound on what rounding each step to double precision can do; the grid has to stay within it.
"""

import itertools
from fractions import Fraction

import mpmath
import numpy as np
import pytest
import sympy
from flint import fmpq
from hypothesis import assume, given
from hypothesis import strategies as st
from sympy import Integer, Piecewise, Rational, sqrt

from symrisk.engine.arrays import fast, grid
from symrisk.engine.arrays.grid import BLOCK, Check, Offence
from symrisk.engine.balls import exact
from symrisk.engine.balls.ball import Ball
from symrisk.engine.instructions.powers import SquareRoot
from symrisk.engine.program.builder import Builder
from symrisk.errors import NoMethod
from symrisk.symbols import symbol

a = symbol("a", "a", "a positive letter", positive=True)
b = symbol("b", "b", "a positive letter", positive=True)
c = symbol("c", "c", "a positive letter", positive=True)
t = symbol("t", "t", "a whole exponent", kind="integer", integer=True, nonnegative=True)
LETTERS = (a, b, c)
UNIT = mpmath.mpf(2)**-53
POINTS = [(Fraction(1, 3), Fraction(5, 2), Fraction(7)), (Fraction(2), Fraction(2), Fraction(2)),
          (Fraction(1, 100), Fraction(30), Fraction(4, 9)), (Fraction(9, 4), Fraction(1), Fraction(1, 16))]

numbers = st.fractions(-3, 3, max_denominator=4).map(lambda f: Rational(f.numerator, f.denominator))
positive_expressions = st.recursive(
    st.sampled_from(LETTERS) | st.integers(1, 4).map(Integer),
    lambda inner: st.one_of(st.tuples(inner, inner).map(lambda p: p[0] + p[1]), st.tuples(inner, inner).map(lambda p: p[0] * p[1]),
                            st.tuples(inner, inner).map(lambda p: p[0] / p[1]), inner.map(sqrt), inner.map(lambda e: e**3),
                            inner.map(lambda e: e**Rational(2, 3))), max_leaves=6)


def differences(inner):
    """Sums and products of any sign, and cases."""
    cases = st.tuples(inner, inner, st.sampled_from(LETTERS), st.sampled_from(LETTERS))
    return st.one_of(st.tuples(inner, inner).map(lambda p: p[0] - p[1]), st.tuples(inner, inner).map(lambda p: p[0] * p[1]),
                     cases.filter(lambda p: p[2] != p[3]).map(lambda p: Piecewise((p[0], p[2] > p[3]), (p[1], True))),
                     cases.filter(lambda p: p[2] != p[3]).map(lambda p: Piecewise((p[0], p[2] >= 2), (p[1], True))))


expressions = st.recursive(positive_expressions | numbers, differences, max_leaves=5)


def oracle(expression, point):
    """(value, bound on the rounding error of double precision) at 50 digits."""
    if expression.is_Rational:
        value = mpmath.mpf(int(expression.p)) / int(expression.q)
        return value, abs(value) * UNIT
    if expression.is_Symbol:
        return point[expression], abs(point[expression]) * UNIT
    if expression.is_Piecewise:
        return next(oracle(e, point) for e, condition in expression.args if holds(condition, point))
    if expression.is_Pow:
        (base, error), power = oracle(expression.base, point), oracle(expression.exp, point)[0]
        value = mpmath.power(base, power)
        return value, (abs(power * value / base) * error if base else 0) + 8 * abs(value) * UNIT
    parts = [oracle(argument, point) for argument in expression.args]
    if expression.is_Add:
        return mpmath.fsum(v for v, _ in parts), sum(e + 2 * len(parts) * abs(v) * UNIT for v, e in parts)
    value = mpmath.fprod(v for v, _ in parts)
    relative = sum(e / abs(v) if v else 0 for v, e in parts) + 2 * len(parts) * UNIT
    return value, abs(value) * relative


def holds(condition, point):
    if condition in (sympy.true, sympy.false):
        return condition == sympy.true
    left, right = (oracle(side, point)[0] for side in (condition.gts, condition.lts))
    return left > right if condition.rel_op in "<>" else left >= right


def compiled(expression, inputs=LETTERS, axes=()):
    return Builder({}, inputs, axes).program([expression])


def run(expression, arrays, inputs=LETTERS, **how):
    return grid.run(compiled(expression, inputs), [np.asarray(v, float) for v in arrays], how.pop("checks", ()), **how)


@given(expressions)
def test_the_grid_is_within_its_rounding(expression):
    "At one point, and on an array of points, the value differs from 50 digits by no more than rounding can do."
    columns = [np.array([float(point[i]) for point in POINTS]) for i in range(3)]
    found = run(expression, columns)
    with mpmath.workdps(50):
        for row, point in enumerate(POINTS):
            value, bound = oracle(expression, {s: mpmath.mpf(float(v)) for s, v in zip(LETTERS, point, strict=True)})
            assert abs(found[row] - value) <= 4 * bound
            assert abs(run(expression, [float(v) for v in point]) - value) <= 4 * bound


@given(expressions)
def test_balls_hold_the_value(expression):
    "The enclosure at 128 bits holds the value at 50 digits."
    program = compiled(expression)
    for point in POINTS:
        registers = exact.rationals(program, [fmpq(v.numerator, v.denominator) for v in point])
        ball = exact.balls(program, registers, 128)[program.outputs[0]]
        with mpmath.workdps(50):
            value, _ = oracle(expression, {s: mpmath.mpf(v.numerator) / v.denominator for s, v in zip(LETTERS, point, strict=True)})
            assume(value != 0 or ball.contains(0))
            near = abs(mpmath.mpf(str(ball.mid().str(45, radius=False))) - value)
            assert near <= abs(value) * mpmath.mpf(10)**-30 + mpmath.mpf(10)**-30


@given(expressions)
def test_exact_values_are_exact(expression):
    "Where a register's rational value is found it is SymPy's own, exactly."
    program, point = compiled(expression), POINTS[3]
    found = exact.rationals(program, [fmpq(v.numerator, v.denominator) for v in point])[program.outputs[0]]
    wanted = expression.subs({s: Rational(v.numerator, v.denominator) for s, v in zip(LETTERS, point, strict=True)})
    assert found is None or wanted == Rational(int(found.p), int(found.q))


SHAPES = [((), (), ()), ((4,), (), ()), ((), (3, 4), (4,)), ((3, 1), (1, 4), ()), ((3, 1), (1, 4), (3, 4)), ((2, 1, 1), (3, 1), (4,)),
          ((2, 3, 4), (1, 3, 1), ()), ((2, 3, 4), (2, 3, 4), (2, 3, 4)), ((5, 1), (5, 1), (1, 1)), ((2, 1), (2, 1), (2, 1))]
SAMPLE = (a * b - c) / (1 + sqrt(a + c)) + Piecewise((b**2, a > c), (c / b, True))


@pytest.mark.parametrize("shapes", SHAPES, ids=str)
def test_broadcasting(shapes):
    "Arrays broadcast as NumPy's own arithmetic does, each point as if it were asked for alone."
    draw = np.random.default_rng(0)
    arrays = [draw.uniform(0.5, 3, shape) for shape in shapes]
    program = Builder({}, LETTERS, axes(arrays)).program([SAMPLE])
    found = grid.run(program, arrays, ())
    spread = np.broadcast_arrays(*arrays)
    alone = [run(SAMPLE, [part[index] for part in spread]) for index in np.ndindex(spread[0].shape)]
    assert found.shape == spread[0].shape and np.allclose(found.ravel(), alone, rtol=1e-14, atol=1e-14)


@pytest.mark.parametrize("shape", [(1,), (1, 1), (1, 1, 1)])
def test_arrays_of_one_point(shape):
    "An array of one point is an array of one point."
    found = run(SAMPLE, [np.full(shape, 2.0), np.full(shape, 3.0), np.full(shape, 1.0)])
    assert found.shape == shape and found.item() == run(SAMPLE, [2.0, 3.0, 1.0])


def axes(arrays):
    """The bit mask of axes each array varies along."""
    ndim = max(array.ndim for array in arrays)
    return tuple(sum(1 << (ndim - array.ndim + i) for i, size in enumerate(array.shape) if size > 1) for array in arrays)


def by_hand(x, y, z):
    """SAMPLE in NumPy."""
    return (x * y - z) / (1 + np.sqrt(x + z)) + np.where(x > z, y**2, z / y)


SIZES = [(BLOCK - 1,), (BLOCK,), (BLOCK + 1,), (3 * BLOCK + 7,), (2, BLOCK), (BLOCK, 2), (7, BLOCK // 7 + 1), (2, 3, BLOCK // 5),
         (BLOCK + 1, 1), (1, BLOCK + 1)]


@pytest.mark.parametrize("shape", SIZES, ids=str)
def test_blocks_tile_the_grid(shape):
    "Grids just below, at and above one block, and several of them, give every point its value."
    draw = np.random.default_rng(1)
    arrays = [draw.uniform(0.5, 3, shape), draw.uniform(0.5, 3, shape[-1:]), np.float64(1.5)]
    program = Builder({}, LETTERS, axes([np.asarray(v) for v in arrays])).program([SAMPLE])
    found = grid.run(program, [np.asarray(v) for v in arrays], ())
    assert np.allclose(found, by_hand(*arrays), rtol=1e-13)


@pytest.mark.parametrize("layout", ["C", "F", "strided", "reversed", "broadcast"])
def test_memory_layout_does_not_matter(layout):
    "Transposed, strided, reversed and broadcast views give the values of their copies."
    whole = np.random.default_rng(2).uniform(0.5, 3, (300, 400))
    view = {"C": whole, "F": np.asfortranarray(whole), "strided": whole[::2, ::3], "reversed": whole[::-1, ::-1],
            "broadcast": np.broadcast_to(whole[:1], (300, 400))}[layout]
    assert np.array_equal(run(SAMPLE, [view, 2.0, 1.5]), run(SAMPLE, [view.copy(), 2.0, 1.5]))


@pytest.mark.parametrize("expression", [SAMPLE, a, a + 0 * b + c, sqrt(a), Integer(3) + 0 * a], ids=str)
@pytest.mark.parametrize("size", [5, BLOCK + 1])
def test_no_input_is_modified(expression, size):
    "Inputs may be read-only, are left as they were, and the result shares no memory with them."
    arrays = [np.linspace(1, 2, size), np.linspace(2, 3, size), np.linspace(3, 4, size)]
    before = [array.copy() for array in arrays]
    for array in arrays:
        array.flags.writeable = False
    found = run(expression, arrays)
    assert all(map(np.array_equal, arrays, before))
    assert not any(np.shares_memory(found, array) for array in arrays)


@pytest.mark.parametrize("size", [7, BLOCK, 2 * BLOCK + 3])
@pytest.mark.parametrize("place", [0, 0.5, 1], ids=["first", "middle", "last"])
def test_the_first_offender_is_named(size, place):
    "A check broken at one point raises its flat index and text, in whichever block it lies."
    values, index = np.full(size, 2.0), int(place * (size - 1))
    values[index] = -1.0
    program = Builder({}, (a, b), ()).program([a + b, a])
    with pytest.raises(Offence) as offence:
        grid.run(program, [values, np.float64(5)], (Check(program.outputs[1], ">", "a > 0"),))
    assert (offence.value.index, offence.value.text) == (index, "a > 0")


def test_of_several_offenders_the_first():
    "Of two broken points in one block the earlier is named."
    values = np.array([1.0, 2.0, -1.0, -2.0])
    program = Builder({}, (a,), ()).program([a * a, a])
    with pytest.raises(Offence) as offence:
        grid.run(program, [values], (Check(program.outputs[1], ">", "a > 0"),))
    assert offence.value.index == 2


def test_masked_points_become_nan():
    "With `masked`, points that break a check are nan and the others keep their value."
    program = Builder({}, (a, b), ()).program([sqrt(a) + b, a])
    found = grid.run(program, [np.array([4.0, -1.0, 9.0]), np.float64(1)], (Check(program.outputs[1], ">=", "a >= 0"),), True)
    assert np.array_equal(found, [3.0, np.nan, 4.0], equal_nan=True)


@pytest.mark.parametrize("shape", [(2 * BLOCK + 3,), (2, BLOCK + 1), (3, 2, BLOCK // 2 + 1)], ids=str)
def test_masks_reach_every_block(shape):
    "On a grid of several blocks exactly the points that break a check are nan."
    values = np.random.default_rng(4).uniform(-1, 2, shape)
    program = Builder({}, (a, b), ()).program([a + b, a])
    found = grid.run(program, [values, np.float64(1)], (Check(program.outputs[1], ">", "a > 0"),), True)
    assert np.array_equal(found, np.where(values > 0, values + 1, np.nan), equal_nan=True)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_value_that_is_not_finite_is_an_offence(bad):
    "Overflow, a pole or a nan is never handed back as a number."
    with pytest.raises(Offence):
        run(a + b, [np.array([1.0, bad]), 2.0], (a, b))


@pytest.mark.parametrize(("expression", "values"), [(1 / (a - b), (2, 2)), (a**400, (10.0, 1)), (sqrt(a - b), (1, 2)),
                                                    ((a - b) / (a - b)**2, (3, 3))])
def test_poles_and_overflow_are_offences(expression, values):
    "A point without a finite value is an offence, alone and on a grid."
    for shape in ((), (3,)):
        with pytest.raises(Offence):
            run(expression, [np.full(shape, float(v)) for v in values], (a, b))


def test_a_case_that_does_not_hold_is_not_needed():
    "Cases guard their expressions: neither a pole nor a negative radicand in the other case matters."
    guarded = Piecewise((1 / (a - b), a > b), (0, True))
    assert run(guarded, [2.0, 2.0], (a, b)) == 0.0
    assert np.array_equal(run(guarded, [np.array([2.0, 3.0]), 2.0], (a, b)), [0.0, 1.0])


@pytest.mark.parametrize("w", [1e-12, 1e-6, 0.3, 1.0])
@pytest.mark.parametrize("exponent", [0, 1, 7, 1000])
def test_complements_do_not_cancel(w, exponent):
    "1 - (1-w)^t keeps its relative accuracy for small w, is 0 at t = 0 and 1 at w = 1."
    weight = symbol("w", "w", "a weight", positive=True)
    found = run(1 - (1 - weight)**t, [w, float(exponent)], (weight, t))
    with mpmath.workdps(60):
        wanted = 1 - (1 - mpmath.mpf(w))**exponent
        assert abs(found - wanted) <= 4e-16 * abs(wanted)


@pytest.mark.parametrize("base", [-1.5, -0.25, 0.0, 0.5, 1.5, 3.0])
@pytest.mark.parametrize("exponent", [0, 1, 2, 3])
def test_complements_of_any_base(base, exponent):
    "1 - x^t is right for negative x and for x above 1 too."
    x = symbol("x", "x", "any real number")
    assert run(1 - (x - 1)**t, [base + 1, float(exponent)], (x, t)) == pytest.approx(1 - base**exponent, rel=1e-14, abs=1e-15)


def test_equal_subexpressions_are_computed_once():
    "Two outputs that share a subexpression share its register."
    program = Builder({}, LETTERS).program([sqrt(a + b) * c, 1 / sqrt(a + b)])
    assert sum(isinstance(each, SquareRoot) for each in program.code) == 1


@pytest.mark.parametrize("expression", [sympy.sinh(a), sympy.Catalan * a, sympy.Abs(a - b), sympy.oo, sympy.nan,
                                        Piecewise((1, sympy.Eq(a, b)), (2, True)), Piecewise((1, a > b))])
def test_what_cannot_be_evaluated_is_said(expression):
    "NoMethod, when the program is built."
    with pytest.raises(NoMethod):
        compiled(expression)


@pytest.mark.skipif(not fast.installed(), reason="needs the [fast] extra")
@pytest.mark.parametrize("expression", [(a * b - c) / (1 + sqrt(a + c)), a**3 - c**5 + b**Rational(2, 3)], ids=str)
def test_machine_code_agrees(expression):
    "The numba backend gives NumPy's values on contiguous, broadcast and single-row grids, and raises the same offences."
    draw = np.random.default_rng(3)
    for shapes in (((50,), (50,), ()), ((5, 1), (7,), ()), ((5, 7), (1, 7), (5, 1))):
        arrays = [draw.uniform(1, 2, shape) for shape in shapes]
        program = Builder({}, LETTERS, axes(arrays)).program([expression, a])
        check = (Check(program.outputs[1], ">", "a > 0"),)
        assert np.allclose(fast.run(program, arrays, check), grid.run(program, arrays, check), rtol=1e-14)
    with pytest.raises(Offence):
        fast.run(program, [-arrays[0], *arrays[1:]], check)


@pytest.mark.skipif(not fast.installed(), reason="needs the [fast] extra")
@pytest.mark.parametrize("shapes", [((50,), (50,), ()), ((5, 1), (7,), ()), ((5, 7), (1, 7), (5, 1)), ((1, 7), (1, 7), ()), ((0,), (), ())], ids=str)
def test_threads_share_a_grid(shapes, monkeypatch):
    "Parts of a grid, each in its own thread, are the whole; what one of them finds wrong is the grid's offence."
    draw = np.random.default_rng(3)
    arrays = [draw.uniform(1, 2, shape) for shape in shapes]
    program = Builder({}, LETTERS, axes(arrays)).program([a*b - c, a])
    check = (Check(program.outputs[1], ">", "a > 0"),)
    whole = fast.run(program, arrays, check)
    monkeypatch.setattr(fast, "_threads", lambda points: 3)
    assert np.array_equal(fast.run(program, arrays, check), whole)
    if whole.size:
        arrays[0][-1, ...] = -1
        with pytest.raises(Offence, match="a > 0"):
            fast.run(program, arrays, check)


def test_balls_print_what_they_hold():
    "A Ball's decimal and radius enclose the number it was made from."
    program = compiled(sqrt(a + 1))
    registers = exact.rationals(program, [fmpq(1)] * 3)
    ball = exact.settle(program, registers, program.outputs[0], lambda found: Ball.of(found, 30))
    with mpmath.workdps(50):
        assert abs(mpmath.mpf(str(ball.mid)) - mpmath.sqrt(2)) <= mpmath.mpf(str(ball.radius)) < mpmath.mpf(10)**-29


def test_the_order_of_inputs_does_not_matter():
    "Any order of the inputs gives the same value for the same names."
    values = {a: 2.0, b: 3.0, c: 1.0}
    found = {float(run(SAMPLE, [values[s] for s in order], order)) for order in itertools.permutations(LETTERS)}
    assert len(found) == 1
