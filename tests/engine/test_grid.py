"""Programs on large grids: blocks, the buffers they are computed in, and where the extremes of a result are."""

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from symrisk.engine.arrays import grid
from symrisk.engine.arrays.registers import firmly, registers
from symrisk.engine.program.builder import Builder
from symrisk.language.call import accuracy

x, y, z = sympy.symbols("x y z", positive=True)
EXPRESSIONS = [
    (x + y) * (x - y) / (x + y) ** 2 + x,
    (x + y) ** 3 - (x + y) * z + 1 / (x + y),
    x / (y + z) / (x + y / (x + z / (x + y))),
    sympy.sqrt(x + y) + (x + y) ** sympy.Rational(3, 2) - (x + y),
    sympy.log(1 + x * y) * (1 + x * y) - x * y,
    sympy.Piecewise((x - y, x > y), (x * y, True)) * (x - y),
]
POINTS = 3 * grid.WIDE_BLOCK + 7


def arrays(rng):
    return [rng.uniform(0.5, 2, POINTS) for _ in (x, y, z)]


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_buffers_that_are_used_again_change_no_digit(expression):
    "Block by block as on whole arrays, to the bit."
    program, given_arrays = Builder({}, (x, y, z)).program([expression]), arrays(np.random.default_rng(0))
    found = grid.run(program, given_arrays, ())
    assert np.array_equal(found, registers(program, given_arrays)[program.outputs[0]])


def test_a_sum_is_written_over_what_it_adds_up():
    "A chain of sums that nothing else reads takes one buffer."
    program = Builder({}, (x, y, z)).program([(x + y) * z + x - y / z])
    layout = grid.Layout(program, arrays(np.random.default_rng(0)), (POINTS,), firmly)
    assert len(set(layout.slots.values())) < len(layout.slots)


def test_what_is_still_to_be_read_is_not_written_over():
    "Two instructions whose arrays are needed at one time never have one buffer."
    for expression in EXPRESSIONS:
        program = Builder({}, (x, y, z)).program([expression])
        layout = grid.Layout(program, arrays(np.random.default_rng(0)), (POINTS,), firmly)
        owner = {}
        for register, instruction in layout.steps:
            for i in instruction.reads:
                if i in layout.slots:
                    assert owner[layout.slots[i]] == i
            if register in layout.slots:
                owner[layout.slots[register]] = register


@given(values=st.lists(st.sampled_from([-1.0, -0.0, 0.0, 2.0, np.inf, -np.inf, np.nan]), min_size=1, max_size=20))
def test_extremes_are_where_numpy_finds_them(values):
    "The first of several, and nan before all, in whatever piece it is."
    array = np.array(values)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accuracy, "PIECE", 4)
        assert accuracy._extremes(array) == (np.argmin(array), np.argmax(array))
