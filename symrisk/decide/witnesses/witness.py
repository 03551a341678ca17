"""A witness: one exact point of a claim's region at which it fails, and what the two sides are
there.
"""

from decimal import Decimal
from functools import lru_cache

import sympy
from flint import arb

from symrisk.decide.verdict import NO_WHOLE, Verdict
from symrisk.decide.witnesses.points import is_whole
from symrisk.engine.algebra.rational import to_fmpq, to_rational
from symrisk.engine.balls.ball import Ball
from symrisk.engine.balls.exact import has_pole, rationals, settle
from symrisk.engine.expressions.demands import DIVISOR, EXISTING, LOGARITHM, RADICAND
from symrisk.engine.expressions.mean import Mean, is_bound
from symrisk.engine.program.builder import Builder
from symrisk.engine.unknowns.root import Root
from symrisk.errors import DomainError, NotConverged, SymriskError
from symrisk.symbols import is_held

SHOWN = 12
"""Digits of a side's value that is not rational."""
FINEST = 1 << 10


def refuted(claim, point, by, certificate=None, sure=False):
    """The verdict that a claim fails at a point; None where that is not seen there.

    Who asks has looked among whole numbers first where those are meant: a point without says so.
    sure: it is known otherwise that it fails, as at an irrational point where the sides are equal.
    """
    if not sure and not fails(claim, point):
        return None
    assumes = () if has_whole_counts(point) else (NO_WHOLE,)
    return Verdict(claim, "refuted", by, certificate or {}, point, assumes, values(claim, point))


def has_whole_counts(point) -> bool:
    """Whether what means a whole number is one."""
    return all(value.is_integer for symbol, value in point.items() if is_whole(symbol))


def fails(claim, point) -> bool:
    """Whether the claim is exactly false at a point of its region; False where the sides have no
    value there.

    A point outside the region, or with a sign or a fraction that a symbol's meaning does not allow,
    is none of the claim's.
    """
    try:
        if not all(suits(symbol, value) for symbol, value in point.items()):
            return False
        # Most points do not break the claim: whether they lie in the region is asked of the others
        # only.
        if _compares(_difference(claim), claim, point, claim.relation.rel):
            return False
        if not all(_compares(r.slack, claim, point, r.rel) for r in claim.region.premises):
            return False
        return all(_compares(number, claim, point, rel) for number, rel in _of_laws(claim))
    except (SymriskError, ZeroDivisionError):
        return False


def has_values(claim, point) -> bool:
    """Whether the claim's sides have values at a point, as they are written: nothing is cancelled
    that they divide by.
    """
    try:
        return all(_is_met(demand, claim, point) for demand in claim.demands)
    except (SymriskError, ZeroDivisionError):
        return False


def _is_met(demand, claim, point):
    """Whether what is demanded is so at a point; evaluation has seen that names are there."""
    if demand.wanted == EXISTING or any(map(is_held, demand.base.free_symbols)):
        # What a sum or a recursion binds has many values: evaluating it has met all of them.
        return True
    if demand.law is not None or any(map(is_bound, demand.base.free_symbols)):
        return False
    sign = exact_sign(demand.base, claim.unknowns, point)
    return {DIVISOR: sign != 0, RADICAND: sign >= 0, LOGARITHM: sign > 0}[demand.wanted]


def suits(symbol, value):
    """Whether a value has the sign that the symbol's meaning gives, and is whole where that is; a
    law is one by itself.
    """
    if is_law(symbol):
        return True
    if symbol.is_integer and not value.is_integer:
        return False
    return value > 0 if symbol.is_positive else value >= 0 if symbol.is_nonnegative else True


def _of_laws(claim):
    """(expression, how it compares with zero): what makes the atoms of a law, where letters stand
    in them, a law's.
    """
    found = []
    for graph, mean in _means(claim):
        for atom, weight in (
            mean.law.points if mean.law.free_symbols and hasattr(mean.law, "weights") else ()
        ):
            share = graph.expand(weight)
            found += [(share, ">="), (1 - share, ">=")]
            found += [
                (graph.expand(value), ">" if variable.is_positive else ">=")
                for variable, value in zip(mean.law.variables, atom, strict=True)
                if variable.is_nonnegative
            ]
    return found


def _means(claim):
    """(the graph of a side, a mean that stands in it)."""
    for side in claim.relation.compared:
        if side.bare:
            # What the laws in it must be are hypotheses of the claim's region.
            continue
        graph = side.graph
        bodies = [body for _, body in graph.definitions if isinstance(body, sympy.Basic)]
        for expression in (graph.head, *bodies):
            yield from ((graph, mean) for mean in expression.atoms(Mean))


def is_law(symbol) -> bool:
    return getattr(symbol, "kind", None) == "law"


def _difference(claim):
    left, right = claim.expanded
    return right - left if claim.relation.rel in ("<", "<=") else left - right


def _compares(slack, claim, point, rel):
    sign = exact_sign(slack, definitions(claim), point)
    return sign > 0 if rel in ("<", ">") else sign >= 0 if rel in ("<=", ">=") else sign == 0


def definitions(claim):
    """What the implicit names of a claim solve, name -> Unknown, as it is evaluated.

    An unknown of a potential minimises it; what a proof takes it for holds of other points as well.
    """
    found = dict(claim.unknowns)
    for side, names in claim.meanings.pairs():
        for name, solver in side.graph.solvers.items():
            if type(solver) is not type(side.graph.roots[name]):
                found[names.get(name, name)] = solver.renamed(names)
    return found


def exact_sign(expression, roots, point) -> int:
    """The sign of an expression at an exact point: by rational arithmetic where it is rational,
    else by balls.

    NotConverged where balls can't tell it from zero; DomainError where it has no value.
    """
    program, registers = _computed((expression,), roots, point)
    value = registers[program.outputs[0]]
    if value is not None:
        return (value > 0) - (value < 0)
    try:
        return settle(
            program,
            registers,
            program.outputs[0],
            lambda b: 1 if b > 0 else -1 if b < 0 else None,
            most=FINEST,
        )
    except NotConverged as error:
        raise NotConverged(f"it is not told from zero at {point}") from error


def _computed(expressions, roots, point):
    """(program, exact registers) of expressions at a point, of which irrational coordinates are
    zeros of polynomials.
    """
    laws = {s: v for s, v in point.items() if is_law(s)}
    irrational = {
        s: _as_root(s, v) for s, v in point.items() if s not in laws and not v.is_Rational
    }
    # What a name solves decides it: a number that was drawn for it counts for nothing.
    inputs = tuple(sorted((s for s in point if s not in {*laws, *irrational, *roots}), key=str))
    if laws:
        expressions = tuple(expression.xreplace(laws) for expression in expressions)
        roots = {name: root.xreplace(laws) for name, root in roots.items()}
    program = _compiled(expressions, tuple({**roots, **irrational}.items()), inputs)
    registers = rationals(program, [to_fmpq(point[s]) for s in inputs])
    if has_pole(program, registers):
        # the expression is not printed: that takes longer than all the rest
        raise DomainError(f"it has no value at {point}")
    return program, registers


def _as_root(symbol, value):
    """A number that is no rational, as the zero of its polynomial between two rationals."""
    polynomial = sympy.minimal_polynomial(value, symbol)
    intervals = (ends for ends, _ in sympy.Poly(polynomial, symbol).intervals())
    return Root(
        symbol, polynomial, next((low, high) for low, high in intervals if low < value < high)
    )


@lru_cache(maxsize=4096)
def _compiled(expressions, roots, inputs):
    return Builder(dict(roots), inputs).program(expressions)


def values(claim, point):
    """(left, right) at a point: each a Rational, or a Ball that holds it; () where a side has no
    value that can be shown.
    """
    try:
        return tuple(_value(side, definitions(claim), point) for side in claim.expanded)
    except (SymriskError, ZeroDivisionError):
        return ()


def _value(side, roots, point):
    program, registers = _computed((side,), roots, point)
    exact = registers[program.outputs[0]]
    if exact is not None:
        return to_rational(exact)
    return settle(program, registers, program.outputs[0], _shown, most=FINEST)


def _shown(ball):
    """A ball to the digits that are shown; one that holds zero, once it is smaller than those."""
    if ball.is_finite() and ball.contains(0) and abs(ball) < arb(10) ** -SHOWN:
        return Ball(Decimal(0), Decimal(10) ** -SHOWN)
    return Ball.of(ball, SHOWN)
