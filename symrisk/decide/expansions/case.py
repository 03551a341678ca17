"""A case of a limit: a part of the region, away from the name that moves, on which the signs of all
that decides are the same.
"""

import sympy

from symrisk.decide.certificate import table
from symrisk.decide.empty import empty
from symrisk.decide.expansions.reading import Reading
from symrisk.decide.expansions.shown import certificate_of
from symrisk.decide.expansions.swept import swept
from symrisk.decide.problem import Problem
from symrisk.engine.expansion.adjoin import Adjoined as Letter
from symrisk.engine.expansion.adjoin import letter_of
from symrisk.engine.expansion.branch import Adjoined
from symrisk.engine.expansion.expansion import expanded
from symrisk.engine.expansion.ground import Split
from symrisk.engine.expressions.rested_on import rested_on
from symrisk.errors import NoMethod
from symrisk.language.claim import Claim
from symrisk.language.region import Region
from symrisk.language.relation import Relation

ZERO = sympy.Integer(0)
MOST_LETTERS = 4
"""First coefficients of roots that are not rational, in one case."""


class Case:
    """A problem, and what is assumed beyond its hypotheses.

    conditions: pairs (expression in inputs, relation with 0).  put: names that equations have
    replaced, (name, expression).
    """

    def __init__(self, problem, conditions=(), put=()):
        self.problem, self.conditions, self.put = problem, tuple(conditions), tuple(put)
        self.reading = Reading(problem, put)
        self.letters: list[Letter] = []
        self.signs, self.means = {}, None
        self.region = self._region()

    def _region(self):
        relations = [
            *self.reading.still(),
            *(Relation(e.xreplace(dict(self.put)), rel, 0) for e, rel in self.conditions),
        ]
        gone = {self.reading.name, *dict(self.put)}
        over = [s for s in self.problem.region.symbols if s not in gone]
        return Region(*(r for r in relations if not _holds_anyway(r)), over=over)

    def claim(self, left, rel, right):
        """A claim between expressions in letters, on this case."""
        left, right = self.restored(left), self.restored(right)
        held = dict(self.reading.held)
        held.update((each.letter, each.root) for each in self.letters if each.root is not None)
        spoken = (left, right, *(r.slack for r in self.region.premises))
        roots = rested_on(held, spoken)
        names = left.free_symbols | right.free_symbols
        region = self.region & Region(over=sorted(names - roots.keys(), key=str))
        says = f"{self.problem.claim.says}: close to {self.reading.point}"
        return Claim(says, left, rel, right, on=region, roots=roots, needs=())

    def restored(self, expression):
        """An expression in the claim's own words: letters as what they stand for."""
        meant = {each.letter: each.meaning for each in self.letters}
        expression = sympy.sympify(expression)
        while expression.free_symbols & {k for k, v in meant.items() if k != v}:
            expression = expression.xreplace(meant)
        return self.reading.restored(expression)

    def emptiness(self):
        """A certificate that no point is in the case; None where one may be."""
        problem = Problem(self.claim(ZERO, "==", ZERO))
        return empty(problem).certificate if problem.is_empty() else None

    # Signs

    def sign(self, poly):
        """The strict sign of a polynomial in letters all over the case; Split where it is not
        shown.
        """
        if poly not in self.signs:
            self.signs[poly] = self._shown(poly)
        if self.signs[poly] is None:
            raise Split(poly)
        return self.signs[poly][0]

    def _shown(self, poly):
        for sign, rel in ((1, ">"), (-1, "<")):
            proof = certificate_of(self.claim(poly, rel, ZERO))
            if proof is not None:
                return sign, proof
        return None

    def entries(self, ground, ratios):
        """The signs on which quotients rest, as certificate data: one for each factor."""
        found = {}
        for ratio in ratios:
            for poly, _ in ground.factors(ratio)[1]:
                expression = ground.field.polynomial(poly)
                self.sign(expression)
                sign, proof = self.signs[expression]
                of = table(ground.field, poly)
                found[str(of)] = {"of": of, "sign": sign, "certificate": proof}
        return list(found.values())

    # Expansions

    def _begun(self):
        """(letter, order, limit) of the means that move."""
        if self.means is None:
            self.means = [swept(self, self.reading.back[each]) for each in self.reading.swept]
        found = []
        for letter, each in zip(self.reading.swept, self.means, strict=True):
            found.append((letter, each.order, self.reading.met(each.limit)))
        return found

    def expanded(self, settle):
        """What `settle` makes of the expansion on this case; new letters are named as wanted."""
        while len(self.letters) <= MOST_LETTERS:
            extra = [(each.letter, each.equation) for each in self.letters if each.is_new]
            zeros = [each.zero for each in self.letters]
            scene = self.reading.scene(extra, zeros, self._begun())
            try:
                return expanded(scene, self.sign, settle)
            except Adjoined as wanted:
                self.letters.append(letter_of(self, scene, wanted.args[0]))
        raise NoMethod("the roots begin with too many coefficients that are not rational")


def _holds_anyway(relation):
    """Whether a hypothesis is one about numbers, that holds."""
    slack = relation.slack
    if not slack.is_number:
        return False
    if relation.rel == "==":
        return slack == 0
    return bool(slack > 0) if relation.strict else bool(slack >= 0)
