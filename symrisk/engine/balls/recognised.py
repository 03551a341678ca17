"""Minimisers that are rational numbers: recognised in balls, then shown to solve their equations
exactly.

Balls alone never tell that 3/2 is 3/2 and not a little more; where the rounding of a value hangs on
that, this does.
"""

from fractions import Fraction

from flint import fmpq

from symrisk.engine.algebra.rational import to_fmpq
from symrisk.engine.balls.exact import balls, rationals
from symrisk.engine.instructions.minimise import Minimise
from symrisk.engine.instructions.solvers.block import MOST_EXACT
from symrisk.errors import NoMethod

BITS, PLAUSIBLE = 512, 128
"""Working precision, and how many bits a fraction may have that is no accident at it."""


def recognised(program, values, exact):
    """The exact registers again, now with the minimisers that are rational."""
    known = {}
    for register, instruction in enumerate(program.code):
        if not isinstance(instruction, Minimise) or instruction.block.law.size > MOST_EXACT:
            continue
        used = [exact[i] for i in instruction.reads]
        if None in used:
            continue
        boxes = balls(program, exact, BITS)[register]
        found = [_simplest(box) for box in boxes]
        if None not in found and _is_stationary(instruction.block, found, used):
            known[register] = found
    return rationals(program, values, known) if known else exact


def _simplest(ball):
    """The fraction of least denominator in a ball, if it is short enough to be meant; else None."""
    if not ball.is_finite() or not ball > 0:
        return None
    low, high = _fraction(ball.lower()), _fraction(ball.upper())
    found = _between(low, high)
    plausible = found.numerator.bit_length() + found.denominator.bit_length() <= PLAUSIBLE
    return fmpq(found.numerator, found.denominator) if plausible else None


def _fraction(point):
    mantissa, exponent = (int(part) for part in point.man_exp())
    return Fraction(mantissa) * Fraction(2) ** exponent


def _between(low, high):
    """The fraction of least denominator with low <= it <= high, by continued fractions."""
    terms = []
    while True:
        whole = -(-low.numerator // low.denominator)
        if whole <= high:
            found = Fraction(whole)
            break
        floor = low.numerator // low.denominator
        terms.append(floor)
        low, high = 1 / (high - floor), 1 / (low - floor)
    for term in reversed(terms):
        found = term + 1 / found
    return found


def _is_stationary(block, unknowns, registers):
    """Whether the slopes of a potential vanish at rational unknowns, exactly."""
    size = len(unknowns)
    mass, *rest = registers
    costs, pulls, outer = rest[:size], rest[size : 2 * size], rest[2 * size :]
    slopes = [cost * c - pull for cost, c, pull in zip(costs, unknowns, pulls, strict=True)]
    try:
        points = block.law.points
    except NoMethod:
        return False
    for values, weight in points:
        given = {v: v.default for v in block.variables} | dict(
            zip(block.law.variables, values, strict=True)
        )
        inputs = [to_fmpq(given[v]) for v in block.variables]
        inside = rationals(block.program, [*inputs, *outer])
        floor, *rates = (inside[i] for i in block.program.outputs)
        if floor is None or None in rates:
            return False
        shares = [c * rate for c, rate in zip(unknowns, rates, strict=True)]
        total = sum(shares, floor)
        if total == 0:
            return False
        share_of_mass = mass * to_fmpq(weight) / total
        slopes = [
            slope + share_of_mass * share for slope, share in zip(slopes, shares, strict=True)
        ]
    return all(slope == 0 for slope in slopes)
