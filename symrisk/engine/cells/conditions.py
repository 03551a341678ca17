"""Conditions put in order before a chain is built: doubles dropped, factors of known sign taken
out, contradictions seen.
"""

from symrisk.engine.algebra.rational import name_of
from symrisk.engine.cells.cell import Cell, Condition, lead_sign, monic


def size(condition):
    return condition.poly.total_degree(), len(condition.poly)


class Contradiction(Exception):
    """Two conditions leave no point."""


def sorted_out(builder, conditions, variables, passes=3):
    """(kept, side): conditions that a chain can use, and those that none can, each freed of factors
    of known sign.

    What one pass learns about signs may free later ones, so that a few passes are made.
    """
    kept, side = [], []
    for _ in range(passes):
        before, side = side, []
        pending = sorted(before if kept else conditions, key=size)
        for position, condition in enumerate(pending):
            known = (*side, *pending[position + 1 :]) if kept else tuple(side)
            condition = freed(builder, condition, kept, known, variables)
            if condition is None:
                continue
            (kept if builder.admits((*kept, condition), variables) else side).append(condition)
        if side == before or not side:
            break
    return kept, side


def freed(builder, condition, kept, side, variables):
    """The condition without factors of known sign; None where it always holds, Contradiction
    where it can't.
    """
    if condition.poly.total_degree() > 1:
        cells = [
            Cell(builder.algebra, cell.links, tuple(side))
            for cell in builder.cells(tuple(kept), variables, None, 0)
        ]
        condition = simplified(cells, condition)
    if contradicts(condition, (*kept, *side)):
        raise Contradiction
    return None if always_holds(condition) else condition


def distinct(conditions):
    """Each polynomial once, strict where one of its conditions is."""
    strict = {}
    for poly, is_strict in conditions:
        scale = abs(poly.leading_coefficient()) if not poly.is_zero() else 1
        name = name_of(poly / scale)
        strict[name] = (poly / scale, is_strict or strict.get(name, (None, False))[1])
    return [Condition(*pair) for pair in strict.values()]


def simplified(cells, condition):
    """The same condition on these cells without the factors whose sign they show."""
    constant, factors = condition.factors
    core = condition.poly.context().constant(1 if constant > 0 else -1)
    for factor, exponent in factors:
        signs = {cell.sign(factor) for cell in cells}
        known = len(signs) == 1 and next(iter(signs)).value and next(iter(signs)).strict
        if known:
            core *= next(iter(signs)).value ** exponent
        else:
            core *= factor if exponent % 2 else factor**2
    return Condition(core, condition.strict)


def contradicts(condition, others):
    """Whether another condition says the opposite, so that no point is left."""
    if condition.poly.is_constant():
        value = condition.poly.leading_coefficient() if not condition.poly.is_zero() else 0
        return value < 0 or (value == 0 and condition.strict)
    opposite = name_of(monic(condition.poly) * -lead_sign(condition.poly))
    return any(
        name_of(monic(o.poly) * lead_sign(o.poly)) == opposite and (o.strict or condition.strict)
        for o in others
        if not o.poly.is_constant()
    )


def always_holds(condition):
    """Whether a condition on a constant is true."""
    if not condition.poly.is_constant():
        return False
    value = condition.poly.leading_coefficient() if not condition.poly.is_zero() else 0
    return value > 0 or (value == 0 and not condition.strict)
