"""Points of a claim over laws: laws of a few random atoms, and exact values of everything, in plain fractions.

The unknowns of a potential are drawn, and what its equations are linear in (a sample size) is solved for: so each draw is a
point at which the unknowns do minimise their potential, and means are the sums that they say.
"""

import random
from fractions import Fraction

import sympy

from symrisk.decide.verdict import Verdict
from symrisk.engine.mean import Mean, is_bound
from symrisk.errors import NoMethod, NotProved
from symrisk.law import Atoms

ATOMS, DRAWS, CHECKS, TRIES = 3, 4, 12, 400


def speaks_of_laws(problem):
    """Whether a side holds a mean, or an unknown of a potential."""
    return any(side.has(Mean) for side in problem.sides) or any(root.sure for root in _roots(problem).values())


def check_at_drawn_laws(problem):
    """NotProved where the claim does not hold at a random law and a random point of it; an inequality, of its region."""
    draw = random.Random(5)
    for _ in range(DRAWS if problem.is_equation else CHECKS):
        laws, point = drawn(draw, problem)
        if problem.is_equation or in_region(problem, point, laws):
            if not _holds(problem.relation.rel, _gap(problem, point, laws)):
                raise NotProved(f"{problem.claim.says}: it does not hold at {point} and {laws}")


def refuted_at_drawn_laws(problem):
    """Refuted by a law and a point of the region at which the claim fails, or None."""
    draw = random.Random(7)
    for _ in range(TRIES):
        laws, point = drawn(draw, problem)
        try:
            if in_region(problem, point, laws) and not _holds(problem.relation.rel, _gap(problem, point, laws)):
                return Verdict(problem.claim, "refuted", "refute", witness=_witness(problem, point, laws))
        except ZeroDivisionError:
            continue
    return None


def in_region(problem, point, laws):
    """Whether letters have the signs of their meaning, also those solved for, unknowns lie between their ends, and the hypotheses
    hold."""
    signs = all(v > 0 if s.is_positive else v >= 0 for s, v in point.items() if s.is_nonnegative)
    return signs and all(_lies_between(name, root, point, laws) for name, root in _roots(problem).items()) and all(
        _holds(r.rel, value(r.slack, point, laws)) for r in problem.region.premises)


def _lies_between(name, root, point, laws):
    low, high = (None if sympy.sympify(end).is_infinite else value(sympy.sympify(end), point, laws) for end in root.between)
    return (low is None or low <= point[name]) and (high is None or point[name] <= high)


def _gap(problem, point, laws):
    left, right = (value(side, point, laws) for side in problem.sides)
    return right - left if problem.relation.rel in ("<", "<=") else left - right


def _holds(rel, gap):
    return gap > 0 if rel in ("<", ">") else gap >= 0 if rel in ("<=", ">=") else gap == 0


def _witness(problem, point, laws):
    """The point without the unknowns, which it determines, and its laws as Atoms."""
    numbers = {s: sympy.Rational(v.numerator, v.denominator) for s, v in point.items() if s not in _roots(problem)}
    return {**numbers, **{law: _as_atoms(rows) for law, rows in laws.items()}}


def _as_atoms(rows):
    variables = tuple(rows[0][0])
    return Atoms({tuple(values[v] for v in variables): weight for values, weight in rows}, of=variables)


def drawn(draw, problem):
    """({law letter: [(values of the bound variables, weight), ...]}, {letter: value}) with the potentials' equations solved."""
    laws, point = _laws(draw, problem), _point(draw, problem)
    for name, root in _roots(problem).items():
        solved = problem.space.solved_by.get(name)
        if solved is None:
            raise NoMethod(f"{problem.claim.says}: the equation of {name} is linear in no letter that is free")
        point[solved] = _linear_zero(root.polynomial, solved, point, laws)
    return laws, point


def _roots(problem):
    return problem.space.generators.roots


def _expressions(problem):
    return [*problem.sides, *(root.polynomial for root in _roots(problem).values()), *(r.slack for r in problem.region.premises)]


def _point(draw, problem):
    """A value for every letter but those that the equations give."""
    symbols = set().union(*(e.free_symbols for e in _expressions(problem))) - set(problem.space.solved)
    return {s: _number(draw, s) for s in sorted(symbols, key=str) if getattr(s, "kind", None) != "law"}


def _number(draw, symbol):
    size = draw.choice((Fraction(1, 10), 1, 10)) * Fraction(draw.randint(1, 97), draw.randint(1, 31))
    return size if symbol.is_nonnegative else size * draw.choice((1, -1))


def _laws(draw, problem):
    means = set().union(*(e.atoms(Mean) for e in _expressions(problem)))
    letters = sorted({mean.law for mean in means if isinstance(mean.law, sympy.Symbol)}, key=str)
    return {law: _law(draw, [m for m in means if m.law == law]) for law in letters}


def _law(draw, means):
    bound = sorted({s for mean in means for s in mean.integrand.free_symbols if is_bound(s)}, key=str)
    return [({s: _number(draw, s) for s in bound}, weight) for weight in _weights(draw)]


def _weights(draw):
    shares = [draw.randint(1, 9) for _ in range(ATOMS)]
    return [Fraction(share, sum(shares)) for share in shares]


def value(expression, point, laws):
    """A rational expression in plain fractions, its means taken atom by atom."""
    if expression.is_Rational:
        return Fraction(int(expression.p), int(expression.q))
    if expression.is_Symbol:
        return point[expression]
    if isinstance(expression, Mean):
        atoms = laws[expression.law] if expression.law in laws else _atoms(expression.law, point, laws)
        return sum(weight * value(expression.integrand, {**point, **values}, laws) for values, weight in atoms)
    if expression.is_Pow and expression.exp.is_Integer:
        return value(expression.base, point, laws) ** int(expression.exp)
    if not (expression.is_Add or expression.is_Mul):
        raise NoMethod(f"{expression} is not rational: it is not looked at at random laws")
    total, *rest = (value(argument, point, laws) for argument in expression.args)
    for other in rest:
        total = total + other if expression.is_Add else total * other
    return total


def _atoms(law, point, laws):
    if law.is_Symbol:
        raise NoMethod(f"{law} is a law that nothing was drawn for: no mean over it has a value")
    return [({v: value(x, point, laws) for v, x in zip(law.variables, values, strict=True)}, value(weight, point, laws))
            for values, weight in law.points]


def _linear_zero(polynomial, symbol, point, laws):
    at_zero, at_one = (value(polynomial, {**point, symbol: Fraction(k)}, laws) for k in (0, 1))
    return -at_zero / (at_one - at_zero)
