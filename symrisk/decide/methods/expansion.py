"""A limit where several roots move, or a root of any equation: expansions, case by case.

The names that stay are parted into cases by the signs of what decides.  In each the roots that move
are expanded in powers of a small letter (`symrisk.engine.expansion`), and the lowest term of the
quantity says what it tends to.  What the expansion rests on, and that the limit compares with the
claimed side as claimed, are claims without limits, each with its own certificate.

So read, a limit is confirmed at exact points of its cases to 50 digits, ever closer to the point.
"""

import random
from dataclasses import dataclass, replace
from itertools import islice

import sympy

from symrisk.decide.certificate import table
from symrisk.decide.expansions.case import Case
from symrisk.decide.expansions.drawn import (
    at_laws,
    drawn_laws,
    drawn_number,
    laws_in,
    laws_of,
)
from symrisk.decide.expansions.outcome import outcome_of, quotient
from symrisk.decide.expansions.shown import certificate_of
from symrisk.decide.method import Method
from symrisk.decide.methods.limit import DIGITS, exact_sign, nearer, stands, tends
from symrisk.decide.methods.refute import points
from symrisk.decide.problem import Problem
from symrisk.decide.verdict import Verdict
from symrisk.decide.witnesses.witness import suits
from symrisk.engine.algebra.rational import Field
from symrisk.engine.expansion.ground import Split
from symrisk.errors import NoMethod, NotConverged

MOST_SPLITS = 4
POINTS, DRAWN = 24, 60
"""Points at which limits are confirmed, over all cases, and how many are tried in one."""


def expansion(problem):
    """Decide a claim about a limit by expansions: proved, refuted, or NoMethod saying why not; None
    for other claims.

    >>> from sympy import sqrt
    >>> from symrisk import Claim, Formula, Implicit, Region, prove
    >>> from symrisk.symbols import lam, symbol
    >>> m = symbol("m", "m", "a trace", positive=True)
    >>> at_one = Formula(symbol("f", "f", "a trace"), m, where=Implicit.root(m, lam*m**2 + lam*m - 1))
    >>> verdict = prove(Claim("it grows as a root", at_one, "~", 1/sqrt(lam), when=(lam, 0)))
    >>> verdict.status, verdict.by
    ('proved', 'expansion')
    """  # noqa: E501
    if not problem.is_limit:
        return None
    search = _Search(problem)
    put, conditions, replaced = search.given()
    tree = search.node(Case(problem, conditions, put), 0)
    if not search.outcomes:
        point = search.node_of.point
        raise NoMethod(f"no point of {problem.region} is shown to come close to {point}")
    failing = [each for each in search.outcomes if search.shown[id(each)] is None]
    if failing:
        return _refuted(search, failing[0])
    each = max(1, min(3, POINTS // len(search.outcomes)))
    tried = sum(_confirmed(search, outcome, each) for outcome in search.outcomes)
    rests_on = (
        f"expansions over the rationals in {_counted(len(search.outcomes))}",
        f"confirmed to {DIGITS} digits at {tried} points",
    )
    reading = search.node_of
    certificate = {
        "method": "expansion",
        "name": str(reading.name),
        "point": str(reading.point),
        "side": reading.side,
        "replaced": replaced,
        "tree": tree,
        "rests_on": list(rests_on),
    }
    return Verdict(problem.claim, "proved", "expansion", certificate, assumes=rests_on)


def _counted(cases):
    return "one case" if cases == 1 else f"{cases} cases"


class _Search:
    """The tree of cases, with what was found in each."""

    def __init__(self, problem):
        self.problem = problem
        self.outcomes, self.shown = [], {}

    def given(self):
        """(names that hypotheses give, with their values; the signs of these, as conditions; the
        names as certificate data).
        """
        put, conditions, entries = (), (), []
        premises = self.problem.region.premises
        case = Case(self.problem)
        self.node_of = case.reading
        for place, relation in enumerate(premises):
            slack = relation.slack.xreplace(dict(put))
            if relation.rel != "==" or not slack.is_polynomial():
                continue
            found = self._solved(case, slack)
            if found is not None:
                put = _put(put, *found)
                conditions += _own_sign(*found)
                entries.append({"hypothesis": place, "name": str(found[0])})
        return put, conditions, entries

    def _solved(self, case, core):
        """(a name, its value) where a polynomial vanishes, linear in that name with a number
        before it; None where there is none.
        """
        inputs = set(self.problem.region.symbols) - {case.reading.name, *case.reading.roots}
        if not core.free_symbols <= inputs or not core.is_polynomial():
            return None
        for name in sorted(core.free_symbols, key=str, reverse=True):
            parts = sympy.Poly(core, name).all_coeffs()
            if len(parts) == 2 and parts[0].is_number:
                return name, sympy.expand(-parts[1] / parts[0])
        return None

    def node(self, case, depth):
        """The tree below a case, as certificate data."""
        proof = case.emptiness()
        if proof is not None:
            return {"empty": proof}
        try:
            return self._leaf(case)
        except Split as split:
            core = split.core
            if depth == MOST_SPLITS or not core.free_symbols <= set(case.reading.scene().letters):
                shown = case.restored(core)
                raise NoMethod(
                    f"the limit is not uniform: claim it where {shown} vanishes and where it does "
                    f"not"
                ) from None
            return self._split(case, core, depth + 1)

    def _split(self, case, core, depth):
        letters = sorted(core.free_symbols, key=str)
        field = Field.over(tuple(letters))
        poly = _in_lowest_terms(field, core)
        core = field.polynomial(poly)
        whole = case.restored(core)
        found = self._solved(case, whole)
        nodes = {}
        for name, rel in (("below", "<"), ("above", ">")):
            inner = Case(self.problem, (*case.conditions, (whole, rel)), case.put)
            nodes[name] = self.node(inner, depth)
        if found is None:
            conditions, put = (*case.conditions, (whole, "==")), case.put
        else:
            put = _put(case.put, *found)
            conditions = (*case.conditions, *_own_sign(*found))
        nodes["at"] = self.node(Case(self.problem, conditions, put), depth)
        replaces = None if found is None else str(found[0])
        split = table(field, poly)
        return {"split": split, "replaces": replaces, **nodes}

    def _leaf(self, case):
        outcome = outcome_of(case)
        if outcome.fails is not None:
            return {**outcome.data, "fails": outcome.fails}
        self.outcomes.append(outcome)
        shown = self.shown[id(outcome)] = _compared(outcome)
        field = outcome.coefficient.field if outcome.coefficient is not None else None
        return {
            **outcome.data,
            "order": outcome.order,
            "coefficient": None if field is None else quotient(field, outcome.coefficient),
            "limit": str(outcome.limit),
            "shown": shown,
        }


def _in_lowest_terms(field, core):
    """A polynomial with whole coefficients without a common divisor, the first one positive."""
    poly = field.convert(core).num
    numbers = [sympy.Rational(c) for _, c in table(field, poly)["terms"]]
    content = sympy.gcd_list(numbers) * (1 if numbers[0] > 0 else -1)
    return field.convert(core / content).num


def _put(put, name, value):
    """Names put in, one more."""
    value = value.xreplace(dict(put))
    return (*((n, v.xreplace({name: value})) for n, v in put), (name, value))


def _own_sign(name, value):
    """What the sign of a name says of the value that is put in for it."""
    if not name.is_nonnegative:
        return ()
    return ((value, ">" if name.is_positive else ">="),)


def _compared(outcome):
    """Evidence that a limit stands to the claimed side as claimed; None where it is not shown."""
    reading, limit = outcome.case.reading, outcome.limit
    if limit.is_infinite or reading.claimed.is_infinite:
        gap = _infinity(limit) - _infinity(reading.claimed)
        return {"infinite": gap} if stands(gap, reading.rel) else None
    proof = certificate_of(outcome.case.claim(limit, reading.rel, reading.claimed))
    return None if proof is None else {"certificate": proof}


def _infinity(value):
    return {sympy.oo: 1, -sympy.oo: -1}.get(value, 0)


# Confirmed at points


@dataclass
class _Near:
    """What `tends` looks at: the claim's own expressions, with nothing put in."""

    inner: sympy.Expr
    roots: dict
    held: dict
    name: sympy.Symbol
    point: sympy.Expr
    side: int

    def at(self, place):
        """(the numbers of a place, the same with the place's laws put in)."""
        laws = laws_of(place)
        if not laws:
            return place, self

        def known(expression):
            return at_laws(expression, laws)

        numbers = {s: v for s, v in place.items() if s not in laws}
        roots = {n: root.expanded(known) for n, root in self.roots.items()}
        held = {n: root.expanded(known) for n, root in self.held.items()}
        return numbers, replace(self, inner=known(self.inner), roots=roots, held=held)


def _tends(near, place, value):
    """Whether the expression comes closer to a value, at a place with laws or without."""
    point, own = near.at(place)
    return tends(own, point, at_laws(value, laws_of(place)))


def _near(search, case):
    reading = search.node_of
    held = {name: root for name, root in reading.roots.items() if name not in reading.moving}
    held.update((each.letter, each.root) for each in case.letters if each.root is not None)
    return _Near(reading.inner, reading.roots, held, reading.name, reading.point, reading.side)


def _places(search, case):
    """Exact points of a case in the names other than the one that moves, next to which every
    hypothesis holds; where means are spoken of, with laws of random atoms.
    """
    laws = laws_in(search.problem)
    if laws:
        yield from _places_with_laws(search, case, laws)
        return
    problem = Problem(case.claim(sympy.Integer(0), "==", sympy.Integer(0)))
    near = _near(search, case)
    inputs = set(search.problem.region.symbols) - {near.name, *near.roots}
    for cell in problem.cells:
        for drawn in points(problem.space, cell, DRAWN):
            place = {s: v for s, v in drawn.items() if s in inputs}
            for name, value in case.put:
                place[name] = value.xreplace(place)
            if inputs <= place.keys() and _lies_inside(search, near, place):
                yield place


def _places_with_laws(search, case, laws):
    """The same, found by trying."""
    draw = random.Random(5)
    near = _near(search, case)
    given = {name for name, _ in case.put}
    inputs = set(search.problem.region.symbols) - {near.name, *near.roots, *laws}
    for _ in range(DRAWN):
        place = {s: drawn_number(draw, s) for s in sorted(inputs - given, key=str)}
        place.update((name, value.xreplace(place)) for name, value in case.put)
        place.update(drawn_laws(draw, laws))
        if _lies_inside(search, near, place):
            yield place


def _lies_inside(search, near, place):
    point, near = near.at(place)
    point = {**point, near.name: nearer(near, point, 50)}
    if not all(v.is_Rational and suits(s, v) for s, v in point.items()):
        return False
    laws = laws_of(place)
    try:
        return all(
            stands(exact_sign(at_laws(r.slack, laws), near.roots, point), r.slack_rel)
            for r in search.problem.region.premises
        )
    except (NotConverged, ArithmeticError):
        return False


def _confirmed(search, outcome, count):
    """The number of points at which the expression itself tends to what was read off; NoMethod
    where it does not.
    """
    near = _near(search, outcome.case)
    tried = list(islice(_places(search, outcome.case), count))
    for place in tried:
        if not _tends(near, place, outcome.limit):
            shown = ", ".join(f"{name} = {value}" for name, value in place.items())
            raise NoMethod(f"{DIGITS} digits do not confirm the limit {outcome.limit} at {shown}")
    if not tried:
        raise NoMethod(
            f"no exact point of a case was found: the limit {outcome.limit} is not confirmed"
        )
    return len(tried)


def _refuted(search, outcome):
    """Refuted where the limit read off is another one, and is confirmed to be; else NoMethod."""
    reading = outcome.case.reading
    near = _near(search, outcome.case)
    for place in islice(_places(search, outcome.case), DRAWN):
        if _fails(reading, near, outcome, place) and _tends(near, place, outcome.limit):
            return Verdict(
                search.problem.claim,
                "refuted",
                "expansion",
                witness=place,
                assumes=(f"the limit there is {outcome.limit}",),
            )
    raise NoMethod(
        f"the limit is {outcome.limit} in a case: not shown to be {reading.rel} {reading.claimed} "
        f"there"
    )


def _fails(reading, near, outcome, place):
    limit = outcome.limit
    if limit.is_infinite or reading.claimed.is_infinite:
        return True
    point, near = near.at(place)
    gap = at_laws(limit - reading.claimed, laws_of(place))
    try:
        return not stands(exact_sign(gap, near.held, point), reading.rel)
    except (NotConverged, ArithmeticError):
        return False


METHOD = Method(expansion, turn=11)
