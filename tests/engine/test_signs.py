"""Signs multiply as the numbers that have them do, and what coefficients show is so at points."""

import random
from fractions import Fraction
from itertools import product

import pytest
from flint import fmpq_mpoly_ctx

from symrisk.engine.algebra.signs import NEGATIVE, POSITIVE, UNKNOWN, ZERO, Sign, coefficient_sign

KNOWN = (POSITIVE, NEGATIVE, ZERO, Sign(1, False), Sign(-1, False))


def numbers(sign):
    """Some numbers that a sign allows, zero among them where it is attained."""
    own = {1: [1, 2], -1: [-1, -2], 0: [0], None: [-1, 1]}[sign.value]
    return own if sign.strict else [0, *own]


@pytest.mark.parametrize("one, other", list(product((*KNOWN, UNKNOWN), repeat=2)))
def test_a_product_has_the_sign_of_the_numbers(one, other):
    "It promises nothing that some pair breaks, and is not weaker than it need be."
    found = {a * b for a in numbers(one) for b in numbers(other)}
    assert (one * other).implies(True) == (min(found) > 0) and (one * other).implies(False) == (min(found) >= 0)
    assert (-(one * other)).implies(True) == (max(found) < 0)


@pytest.mark.parametrize("sign", (*KNOWN, UNKNOWN))
@pytest.mark.parametrize("exponent", [1, 2, 3, 4])
def test_a_power_has_the_sign_of_the_numbers(sign, exponent):
    "An even one is not negative, whatever it is of."
    found = [number**exponent for number in numbers(sign)]
    power = sign.power(exponent)
    if power.implies(True):
        assert min(found) > 0
    assert power.implies(False) == (min(found) >= 0)


def test_coefficients_of_one_sign_are_a_sign():
    "At random points, with the closed letters at zero among them; mixed signs say nothing."
    ring = fmpq_mpoly_ctx.get(("x", "y"), "lex")
    x, y = ring.gens()
    draw = random.Random(1)
    for poly, wanted in ((x + y, Sign(1, True)), (x * y, Sign(1, False)), (-x * y - x, Sign(-1, True)), (y - x, UNKNOWN), (0 * x, ZERO)):
        sign = coefficient_sign(poly, closed={1})
        assert sign == wanted
        points = [(Fraction(draw.randint(1, 9)), Fraction(draw.randint(0, 1))) for _ in range(20)]
        values = [Fraction(str(poly(int(a), int(b)))) for a, b in points]
        if sign.value == 1:
            assert min(values) > 0 if sign.strict else min(values) >= 0
        if sign.value == -1:
            assert max(values) < 0 if sign.strict else max(values) <= 0
