"""Points of a claim over laws: laws of a few random atoms, and exact values of everything, in plain
fractions.

The unknowns of a potential are drawn, and what its equations are linear in (a sample size) is
solved for: so each draw is a point at which the unknowns do minimise their potential, and means are
the sums that they say.
"""

import random
from fractions import Fraction

import sympy

from symrisk.decide.verdict import NO_WHOLE, Verdict
from symrisk.decide.witnesses.points import is_whole
from symrisk.decide.witnesses.witness import definitions, fails, is_law, refuted
from symrisk.decide.witnesses.witness import values as values_at
from symrisk.engine.algebra.rational import to_fmpq
from symrisk.engine.expressions.mean import Mean, is_bound
from symrisk.errors import NoMethod, NotProved
from symrisk.laws.law import Atoms

ATOMS, DRAWS, CHECKS, TRIES, SIMPLE, WHOLE_SIZES = 3, 4, 12, 600, 300, 40
COUNTS, NUMBERS = (
    (0, 1, 2, 3, 4, 6, 10),
    tuple(map(Fraction, ("1", "2", "1/2", "3", "1/3", "5", "1/5", "10"))),
)
SHARES, VANISHING = ((1,), (1, 1), (1, 2), (1, 3), (1, 1, 1), (1, 1, 2)), 0.2
"""Of what laws and points are drawn first: numbers, the atoms' shares, and how often an
eigenvalue is zero.
"""


def speaks_of_laws(problem):
    """Whether a side or a hypothesis holds a mean, or an unknown of a potential."""
    spoken = [*problem.sides, *(r.slack for r in problem.region.premises)]
    return any(expression.has(Mean) for expression in spoken) or any(
        root.sure and root.is_only for root in _roots(problem).values()
    )


def check_at_drawn_laws(problem):
    """NotProved where the claim does not hold at a random law and a random point of it; an
    inequality, of its region.
    """
    if not _are_all_solved(problem):
        _check_at_solutions(problem)
        return
    draw, looked_at = random.Random(5), 0
    for _ in range(DRAWS if problem.is_equation else CHECKS):
        try:
            laws, point = drawn(draw, problem)
            fails = (problem.is_equation or in_region(problem, point, laws)) and not _holds(
                problem.relation.rel, _gap(problem, point, laws)
            )
        except ZeroDivisionError:
            # A draw at which something divided by is zero is no point of the region: the next one
            # may be.
            continue
        looked_at += 1
        if fails:
            raise NotProved(f"{problem.claim.says}: it does not hold at {point} and {laws}")
    if not looked_at:
        raise NotProved(f"{problem.claim.says}: no random law was found at which it has a value")


def refuted_at_drawn_laws(problem):
    """Refuted by a law and a point of the region at which the claim fails, or None: simple ones
    first, then of all sizes.
    """
    draw = random.Random(7)
    if _roots(problem):
        verdict = _refuted_at_whole_sizes(problem, draw)
        if verdict is not None:
            return verdict
    if not _are_all_solved(problem):
        return None
    for number in range(TRIES):
        try:
            laws, point = drawn(draw, problem, simple=number < SIMPLE)
            if in_region(problem, point, laws) and not _holds(
                problem.relation.rel, _gap(problem, point, laws)
            ):
                verdict = _refuted(problem, point, laws)
                if verdict is not None:
                    return verdict
        except ZeroDivisionError:
            continue
    return None


def _are_all_solved(problem):
    """Whether each equation is linear in a letter; else a draw of the unknowns is no point, unless
    they are names of which another may be meant.
    """
    roots = _roots(problem)
    if all(root.is_only for root in roots.values()):
        return True
    return all(name in problem.space.solved_by for name in roots)


def _check_at_solutions(problem):
    """NotProved where the claim fails at a random law and point, its unknowns enclosed there."""
    draw, looked_at = random.Random(5), 0
    for point in _solvable_points(problem, draw, WHOLE_SIZES):
        if fails(problem.claim, point):
            raise NotProved(f"{problem.claim.says}: it does not hold at {point}")
        looked_at += bool(values_at(problem.claim, point))
        if looked_at >= DRAWS:
            return
    if not looked_at:
        raise NotProved(f"{problem.claim.says}: no random law was found at which it has a value")


def _solvable_points(problem, draw, count):
    """Points of simple laws and numbers, without the unknowns."""
    solved, generators = definitions(problem.claim), problem.space.generators
    made = {*generators.made, *generators.moments.reading}
    symbols = set().union(*(e.free_symbols for e in _expressions(problem))) - solved.keys() - made
    letters = [s for s in sorted(symbols, key=str) if not is_law(s)]
    for _ in range(count):
        laws = {law: _as_atoms(rows) for law, rows in _laws(draw, problem, True).items()}
        yield {**{s: _rational(_number(draw, s, True)) for s in letters}, **laws}


def _refuted_at_whole_sizes(problem, draw):
    """Refuted at simple laws and numbers, counts whole, the unknowns of the potentials enclosed;
    or None.
    """
    for point in _solvable_points(problem, draw, WHOLE_SIZES):
        verdict = refuted(problem.claim, point, "refute")
        if verdict is not None:
            return verdict
    return None


def _refuted(problem, point, laws):
    sides = (value(side, point, laws) for side in problem.sides)
    witness = _witness(problem, point, laws)
    if not all(root.is_only for root in problem.claim.unknowns.values()):
        # What was drawn may be another zero than the one that is meant: that is found anew.
        return refuted(problem.claim, witness, "refute")
    has_whole = all(v.is_integer for s, v in witness.items() if is_whole(s))
    said = () if has_whole else (NO_WHOLE,)
    return Verdict(
        problem.claim, "refuted", "refute", {}, witness, said, tuple(map(_rational, sides))
    )


def in_region(problem, point, laws):
    """Whether letters have the signs of their meaning, also those solved for, and are whole where
    that is their meaning, unknowns lie between their ends, laws weigh their atoms with shares, and
    the hypotheses hold."""
    if not all(_suits(symbol, number) for symbol, number in point.items()):
        return False
    if not all(_lies_between(name, root, point, laws) for name, root in _roots(problem).items()):
        return False
    if not all(_is_law(law, point, laws) for law in _written_laws(problem)):
        return False
    return all(_holds(r.rel, value(r.slack, point, laws)) for r in problem.region.premises)


def _suits(symbol, number):
    if symbol.is_integer and number.denominator != 1:
        return False
    return number > 0 if symbol.is_positive else number >= 0 if symbol.is_nonnegative else True


def _lies_between(name, root, point, laws):
    """The interval of a root is open; a radical may touch its end."""
    low, high = (
        None if sympy.sympify(end).is_infinite else value(sympy.sympify(end), point, laws)
        for end in root.between
    )
    if root.radicand is not None:
        return (low is None or low <= point[name]) and (high is None or point[name] <= high)
    return (low is None or low < point[name]) and (high is None or point[name] < high)


def _written_laws(problem):
    """The laws of atoms in whose values or weights letters stand."""
    means = set().union(*(e.atoms(Mean) for e in _expressions(problem)))
    return {
        mean.law
        for mean in means
        if not isinstance(mean.law, sympy.Symbol) and mean.law.free_symbols
    }


def _is_law(law, point, laws):
    """Whether weights written in letters are weights at a point, and eigenvalues have their
    sign.
    """
    return all(
        0 <= weight <= 1 and all(_suits(variable, number) for variable, number in values.items())
        for values, weight in _atoms(law, point, laws)
    )


def _gap(problem, point, laws):
    left, right = (value(side, point, laws) for side in problem.sides)
    return right - left if problem.relation.rel in ("<", "<=") else left - right


def _holds(rel, gap):
    return gap > 0 if rel in ("<", ">") else gap >= 0 if rel in ("<=", ">=") else gap == 0


def _witness(problem, point, laws):
    """The point without the unknowns, which it determines, and its laws as Atoms."""
    numbers = {s: _rational(v) for s, v in point.items() if s not in _roots(problem)}
    return {**numbers, **{law: _as_atoms(rows) for law, rows in laws.items()}}


def _rational(number):
    return sympy.Rational(number.numerator, number.denominator)


def _as_atoms(rows):
    variables, weights = tuple(rows[0][0]), {}
    for values, weight in rows:
        place = tuple(values[v] for v in variables)
        weights[place] = weights.get(place, 0) + weight
    return Atoms(weights, of=variables)


def drawn(draw, problem, simple=False):
    """({law letter: [(values of the bound variables, weight), ...]}, {letter: value}) with the
    potentials' equations solved.
    """
    laws, point = _laws(draw, problem, simple), _point(draw, problem, simple)
    for name, root in _roots(problem).items():
        solved = problem.space.solved_by.get(name)
        if solved is None:
            raise NoMethod(
                f"{problem.claim.says}: the equation of {name} is linear in no letter that is free"
            )
        point[solved] = _linear_zero(root.polynomial, solved, point, laws)
    return laws, point


def _roots(problem):
    return problem.space.generators.roots


def _expressions(problem):
    return [
        *problem.sides,
        *(root.polynomial for root in _roots(problem).values()),
        *(r.slack for r in problem.region.premises),
    ]


def _point(draw, problem, simple):
    """A value for every letter but those that the equations give."""
    symbols = set().union(*(e.free_symbols for e in _expressions(problem))) - set(
        problem.space.solved
    )
    letters = [s for s in sorted(symbols, key=str) if not is_law(s)]
    may_vanish = simple and not _roots(problem)
    return {s: _drawn_number(draw, s, simple, may_vanish) for s in letters}


def _number(draw, symbol, simple):
    """A number of the symbol's sign, whole where that is its meaning; a count is drawn whole
    where simple numbers are wanted.
    """
    if symbol.is_integer or (simple and is_whole(symbol)):
        size = draw.choice(COUNTS)
        return Fraction(size if symbol.is_nonnegative and not symbol.is_positive else max(size, 1))
    if simple:
        size = draw.choice(NUMBERS)
    else:
        size = draw.choice((Fraction(1, 10), 1, 10)) * Fraction(
            draw.randint(1, 97), draw.randint(1, 31)
        )
    return size if symbol.is_nonnegative else size * draw.choice((1, -1))


def _laws(draw, problem, simple):
    means = set().union(*(e.atoms(Mean) for e in _expressions(problem)))
    letters = sorted({mean.law for mean in means if isinstance(mean.law, sympy.Symbol)}, key=str)
    # An unknown need not have its potential's minimum where eigenvalues are zero: then they are
    # drawn positive.
    may_vanish = simple and not _roots(problem)
    return {
        law: _law(draw, [m for m in means if m.law == law], simple, may_vanish) for law in letters
    }


def _law(draw, means, simple, may_vanish):
    bound = sorted(
        {s for mean in means for s in mean.integrand.free_symbols if is_bound(s)}, key=str
    )
    return [
        ({s: _drawn_number(draw, s, simple, may_vanish) for s in bound}, weight)
        for weight in _weights(draw, simple)
    ]


def _drawn_number(draw, symbol, simple, may_vanish):
    if may_vanish and not symbol.is_positive and draw.random() < VANISHING:
        return Fraction(0)
    return _number(draw, symbol, simple)


def _weights(draw, simple):
    shares = draw.choice(SHARES) if simple else [draw.randint(1, 9) for _ in range(ATOMS)]
    return [Fraction(share, sum(shares)) for share in shares]


def value(expression, point, laws):
    """A rational expression as a plain fraction, its means taken atom by atom."""
    known = {symbol: to_fmpq(number) for symbol, number in point.items()}
    drawn_atoms = {
        law: [({s: to_fmpq(x) for s, x in values.items()}, to_fmpq(w)) for values, w in atoms]
        for law, atoms in laws.items()
    }
    found = _At(known, drawn_atoms).of(expression)
    return Fraction(int(found.p), int(found.q))


class _At:
    """Values at one point and its laws, each expression's worked out once.

    known: {symbol: number}; laws: {law: [({bound symbol: number}, weight), ...]}.
    """

    def __init__(self, known, laws):
        self.known, self.laws, self.found = known, laws, {}

    def of(self, expression):
        """The value of an expression; KeyError for a letter that nothing was drawn for."""
        if expression.is_Rational:
            return to_fmpq(expression)
        if expression.is_Symbol:
            return self.known[expression]
        if expression not in self.found:
            self.found[expression] = self._worked_out(expression)
        return self.found[expression]

    def _worked_out(self, expression):
        if isinstance(expression, Mean):
            return self._mean(expression)
        if expression.is_Pow and expression.exp.is_Integer:
            return self.of(expression.base) ** int(expression.exp)
        if not (expression.is_Add or expression.is_Mul):
            raise NoMethod(f"{expression} is not rational: it is not looked at at random laws")
        total, *rest = map(self.of, expression.args)
        for other in rest:
            total = total + other if expression.is_Add else total * other
        return total

    def _mean(self, mean):
        atoms = self.laws[mean.law] if mean.law in self.laws else self._weighed(mean.law)
        total = to_fmpq(0)
        for values, weight in atoms:
            here = _At({**self.known, **values}, self.laws)
            total += weight * here.of(mean.integrand)
        return total

    def _weighed(self, law):
        if law.is_Symbol:
            raise NoMethod(
                f"{law} is a law that nothing was drawn for: no mean over it has a value"
            )
        return [
            (dict(zip(law.variables, map(self.of, values), strict=True)), self.of(weight))
            for values, weight in law.points
        ]


def _atoms(law, point, laws):
    """The atoms of a law that is written in letters."""
    return [
        (
            {v: value(x, point, laws) for v, x in zip(law.variables, values, strict=True)},
            value(weight, point, laws),
        )
        for values, weight in law.points
    ]


def _linear_zero(polynomial, symbol, point, laws):
    at_zero, at_one = (value(polynomial, {**point, symbol: Fraction(k)}, laws) for k in (0, 1))
    return -at_zero / (at_one - at_zero)
