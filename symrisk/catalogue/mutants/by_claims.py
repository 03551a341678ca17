"""What catches an altered formula by proof: the claims of theorems, and those that the steps of
their derivations make.
"""

import random
from collections.abc import Iterable

import sympy

from symrisk.catalogue.mutants.alteration import Alteration
from symrisk.catalogue.mutants.caught import Caught
from symrisk.catalogue.mutants.replaced import Mentions, replaced
from symrisk.decide import prove
from symrisk.decide.found import methods
from symrisk.decide.methods.convex import convex
from symrisk.decide.methods.identity import identity
from symrisk.decide.methods.positive import positive
from symrisk.decide.methods.refute import exact_sign, points, refute
from symrisk.decide.methods.sturm import sturm
from symrisk.decide.problem import Problem
from symrisk.decide.witnesses.laws import drawn, speaks_of_laws, value
from symrisk.engine.expressions.limit_of import LimitOf
from symrisk.errors import ArgumentError, DomainError, NoMethod, NotConverged
from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.relation import Relation

QUICK = (identity, convex, positive, sturm)
POINTS, CELLS = 4, 16
"""Points of each cell of a claim's region that are looked at, and cells."""
MATHEMATICS = (DomainError, NoMethod)
"""A mutant may leave a claim without a point (DomainError) or without a method (NoMethod): both
catch it.  Where the mutant lacks a name that a claim speaks of, the claim can't be stated
(ArgumentError): that catches nothing.
"""
AT_A_POINT, NOT_PROVED = "false at a point", "no longer proved"


class ByClaims:
    """Claims that may catch an altered formula: (kind, claim) pairs, in the order in which they
    are tried.

    A claim catches a mutant where it is false of it at an exact point, or is no longer proved.
    Only one that is proved of the formulas as they are catches anything.

    >>> from symrisk import Claim, Formula, Region
    >>> from symrisk.symbols import n1, p, symbol
    >>> room = Formula(symbol("room", "r", "share of free dimensions"), (p - n1)/p, on=Region(n1 < p))
    >>> net = ByClaims([("claim", Claim("more samples leave less room", room.diff(n1), "<", 0))])
    >>> net.at_a_point(Alteration(room, None, (p + n1)/p))
    Caught(kind='claim', how='false at a point', says='more samples leave less room')
    >>> print(net.by_proof(Alteration(room, None, (p - 2*n1)/p)))
    None
    """  # noqa: E501

    def __init__(self, claims: Iterable[tuple[str, Claim]]):
        self.kinds = {}
        for kind, claim in claims:
            self.kinds.setdefault(claim, kind)
        self._points = {}
        self._methods = {}
        self._order = {}
        self._mentions = {}
        self._mutant, self._broken = None, {}

    def about(self, formula: Formula) -> list[Claim]:
        """The claims in which a formula stands; of each kind, what caught one last is first."""
        if formula not in self._order:
            self._order[formula] = [claim for claim in self.kinds if self.speaks_of(claim, formula)]
        return self._order[formula]

    def speaks_of(self, claim: Claim, formula: Formula) -> bool:
        """Whether a formula stands in a claim, also where another formula has written it out."""
        if formula not in self._mentions:
            self._mentions[formula] = Mentions(formula)
        return self._mentions[formula].stands_in(claim)

    def at_a_point(self, alteration: Alteration) -> Caught | None:
        """The first claim that is false of a mutant at an exact point, which is cheap to see."""
        return self._first(alteration, self.is_false_of, AT_A_POINT)

    def by_proof(self, alteration: Alteration) -> Caught | None:
        """The first claim that is no longer proved."""
        return self._first(alteration, self.is_unproved_of, NOT_PROVED)

    def _first(self, alteration, breaks, how):
        order = self.about(alteration.formula)
        for claim in order:
            if breaks(claim, alteration):
                self._put_first(claim, order)
                return Caught(self.kinds[claim], how, claim.says)
        return None

    def catches_one(self, claim: Claim, altered: list[Alteration]) -> bool:
        """Whether a claim catches one mutant of several, wherever others catch it as well: at a
        point, which is cheap to see, else by being unproved.
        """
        mutants = [each for each in altered if each.mutant is not None]
        for breaks in (self.is_false_of, self.is_unproved_of):
            if any(breaks(claim, mutant) for mutant in mutants):
                return True
        return False

    def _put_first(self, claim, order):
        """What caught one mutant is likely to catch the next: it is asked first of its kind."""
        kind = self.kinds[claim]
        place = next(i for i, other in enumerate(order) if self.kinds[other] == kind)
        order.remove(claim)
        order.insert(place, claim)

    def is_false_of(self, claim: Claim, alteration: Alteration) -> bool:
        """Whether a claim about the mutant, or its equivalence, is exactly false at a point of the
        region that lies in the mutant's.
        """
        return self.witness(claim, alteration) is not None and self.is_proved(claim)

    def witness(self, claim: Claim, alteration: Alteration) -> dict | tuple | None:
        """A point of a claim's region at which it is false of the mutant; over laws, (laws, point).

        None where none is found.  A limit has no value at a point; over laws the unknowns must
        solve the same equations.
        """
        try:
            slacks = self._slacks(claim, alteration)
            if slacks is None:
                return None
            broken = (point for point in self._points_of(claim) if slacks.are_broken_at(point))
            return next(broken, None)
        except (*MATHEMATICS, ArgumentError):
            return None

    def is_false_at(self, claim: Claim, alteration: Alteration, point: dict) -> bool:
        """Whether a claim about the mutant is exactly false at a point, where it is not asked
        whether it is proved of the formula: {name: exact number}.
        """
        try:
            slacks = self._slacks(claim, alteration)
            if slacks is None or set(point) != set(map(str, claim.region.symbols)):
                return False
            values = {symbol: point[str(symbol)] for symbol in claim.region.symbols}
            return slacks.are_broken_at(values)
        except (*MATHEMATICS, ArgumentError):
            return False

    def _slacks(self, claim, alteration):
        """What is to be looked at of a claim about the mutant; None where points say nothing."""
        broken = self._about_mutant(claim, alteration)
        if any(side.has(LimitOf) for side in broken.expanded):
            return None
        if any(root.sure for root in claim.roots.values()) and broken.roots != claim.roots:
            return None
        return _Slacks(broken)

    def is_unproved_of(self, claim: Claim, alteration: Alteration) -> bool:
        """Whether a claim about the mutant is not proved, by what proves it of the formula itself
        (no witness is looked for).
        """
        proving = self._proving(claim)
        if not proving:
            return False
        try:
            return prove(self._about_mutant(claim, alteration), methods=proving).status != "proved"
        except MATHEMATICS:
            return True
        except ArgumentError:
            return False

    def _about_mutant(self, claim, alteration):
        """The claim about a mutant: made once, as long as the mutant is looked at."""
        if self._mutant is not alteration:
            self._mutant, self._broken = alteration, {}
        if claim not in self._broken:
            self._broken[claim] = replaced(claim, alteration.formula, alteration.mutant)
        return self._broken[claim]

    def is_proved(self, claim: Claim) -> bool:
        """Whether a claim is proved of the formulas as they are."""
        return bool(self._proving(claim))

    def unproved(self) -> list[Claim]:
        """The claims that are not proved, of those that were asked: they catch nothing."""
        return [claim for claim, proving in self._methods.items() if not proving]

    def _proving(self, claim):
        """The methods with which a claim is proved of the formulas as they are; none where it is
        not.
        """
        if claim not in self._methods:
            every = tuple(method for method in methods() if method is not refute)
            tried = (chosen for chosen in (QUICK, every) if _is_proved(claim, chosen))
            self._methods[claim] = next(tried, ())
        return self._methods[claim]

    def _points_of(self, claim):
        """A few exact points of a claim's region, in each of its cells: of many cells, some.  Over
        laws, (laws, point) pairs.
        """
        if claim not in self._points:
            self._points[claim] = _points(claim)
        return self._points[claim]


def _is_proved(claim, chosen):
    try:
        return prove(claim, methods=chosen).status == "proved"
    except (*MATHEMATICS, ArgumentError):
        return False


def is_equivalent(alteration: Alteration) -> bool:
    """Whether the mutant equals the formula on its region, by exact algebra: it is then none."""
    try:
        return all(Problem(part).gap.is_zero() for part in _same(alteration).parts)
    except (*MATHEMATICS, ArgumentError):
        return False


def _same(alteration):
    return Claim("the same", alteration.mutant, "==", alteration.formula)


def _points(claim):
    found = []
    for part in claim.parts:
        problem = Problem(part)
        if speaks_of_laws(problem):
            draw = random.Random(3)
            found += [drawn(draw, problem) for _ in range(POINTS * CELLS)]
            continue
        every = 1 + len(problem.cells) // CELLS
        for cell in problem.cells[::every]:
            found += points(problem.space, cell, POINTS)
    return found


class _Slacks:
    """A claim's hypotheses, its relation and the conditions of its equivalence, each as a pair of
    what is compared with 0 and how.
    """

    def __init__(self, claim):
        left, right = claim.expanded
        relation = Relation(left, claim.relation.rel, right)
        self.relation = relation.slack, relation
        self.premises = [(each.slack, each) for each in claim.region.premises]
        self.conditions = [(each.slack, each) for each in claim.iff]
        self.roots = {**claim.region.roots, **claim.roots}

    def are_broken_at(self, point):
        """Whether the hypotheses hold at a point, and the claim does not."""
        laws, point = point if isinstance(point, tuple) else ({}, point)
        try:
            if not all(self._holds(pair, laws, point) for pair in self.premises):
                return False
            wanted = all(self._holds(pair, laws, point) for pair in self.conditions)
            return self._holds(self.relation, laws, point) != wanted
        except (*MATHEMATICS, NotConverged, ArithmeticError, KeyError):
            return False

    def _holds(self, pair, laws, point):
        slack, asked = pair
        sign = self._sign(slack, laws, point)
        if asked.rel == "==":
            return sign == 0
        return sign > 0 if asked.strict else sign >= 0

    def _sign(self, slack, laws, point):
        if laws or any(root.sure for root in self.roots.values()):
            return value(slack, point, laws)
        if slack.has(sympy.ITE):
            # A mutant may ask a case's condition of a name that is itself defined by cases: at the
            # point that is settled.
            slack = slack.xreplace(point)
        return exact_sign(slack, self.roots, point)
