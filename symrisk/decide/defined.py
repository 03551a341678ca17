"""Whether the sides of a claim have values all over its region: a claim about what does not exist
proves nothing.

Every denominator written in a side must keep off zero, every radicand must not be negative, and an
implicit root must be met by a change of sign between its ends.  All this is asked of the region's
own cells, before roots become coordinates. What a mean divides by must not be negative; eigenvalues
at which it vanishes are none of the law's, or there is no mean. Under a limit, what moves with its
name is divided by close to the point only: `germ` looks there.
"""

from functools import lru_cache

import sympy

from symrisk.decide.methods.discriminant import sign_on
from symrisk.decide.methods.sign_table import holds_on_the_line
from symrisk.engine.algebra.moments import COMMON
from symrisk.engine.cells.space import Space
from symrisk.engine.expressions.demands import DIVISOR, EXISTING, LOGARITHM, RADICAND, demands
from symrisk.engine.expressions.limit_of import LimitOf
from symrisk.engine.expressions.mean import Mean
from symrisk.engine.expressions.rested_on import rested_on
from symrisk.errors import NoMethod

HOLDS = {DIVISOR: "!=", RADICAND: ">=", LOGARITHM: ">"}
"""How what is wanted of a base compares with 0."""
PLAIN, OF_ROOTS, OF_MEANS = "plain", "of roots", "of means"
"""What expressions speak of: nothing but letters of the region, roots and powers among them, or
means.
"""
KNOWN, MOST_KEPT = {}, 4096
"""Signs that were worked out, with all that they depend on."""


def refuse_undefined(problem) -> tuple:
    """NoMethod where a side is not shown to have a value at every point of the region.

    What it rests on otherwise: that a law has no mass where an integrand has no value, in words.
    """
    names = {node.args[1] for side in problem.sides for node in side.atoms(LimitOf)}
    moving = names | {
        name for name, root in problem.space.generators.roots.items() if root.free_symbols & names
    }
    roots = {
        root
        for root in problem.space.generators.roots.values()
        if root.radicand is None and not root.sure
    }
    roots |= {
        demand.root
        for demand in problem.claim.demands
        if demand.wanted == EXISTING and not demand.root.sure
    }
    signs, rests_on = Signs(problem), {}
    for demand in problem.claim.demands:
        if demand.wanted == EXISTING:
            continue
        goes_away = demand.wanted == DIVISOR and bool(demand.base.free_symbols & moving)
        if goes_away or _is_met(problem, demand, signs):
            continue
        # Eigenvalues at which it vanishes are none of the law's, or there is no mean.
        if demand.law is not None and _shown_by_letters(demand.base, RADICAND):
            reason = f"{demand.law} has no mass where {demand.base} = 0: the mean has a value"
            rests_on[reason] = None
        elif demand.law is not None and not demand.base.has(Mean):
            raise NoMethod(
                f"the sign of {demand.base} is not known at every eigenvalue: the claim's sides "
                f"may have no value"
            )
        elif demand.base == 0:
            raise NoMethod(
                "the claim's sides have no value: one divides by zero, or none of its cases holds"
            )
        else:
            raise NoMethod(
                f"{demand.base} is not shown to be {demand.wanted} on the region: the claim's "
                "sides may have no value"
            )
    for root in sorted(roots, key=str):
        root.show_existing(signs.of)
    return tuple(rests_on)


def _is_met(problem, demand, signs):
    """Whether the letters' own signs show what is wanted, or else the hypotheses."""
    if _shown_by_letters(demand.base, demand.wanted):
        return True
    try:
        if any(
            all(_shown(sign, demand.wanted) for (sign,) in cells)
            for cells in signs.readings(demand.base)
        ):
            return True
    except NoMethod:
        if demand.law is None:
            raise
        return False  # No hypothesis speaks of what a mean binds.
    if demand.law is not None:
        return False
    on_the_line = holds_on_the_line(problem.region, demand.base, HOLDS[demand.wanted])
    return on_the_line or all(
        _shown(sign, demand.wanted) for sign in signs.by_discriminants(demand.base)
    )


def divisors(expression):
    """What an expression divides by, wherever it stands; numbers left out."""
    found = (demand for demand in demands(expression) if demand.wanted == DIVISOR)
    return list(dict.fromkeys(demand.base for demand in found if not demand.base.is_number))


@lru_cache(maxsize=4096)
def _shown_by_letters(base, wanted):
    """Whether the signs in the symbols' meanings are enough: then the hypotheses need not be
    asked.
    """
    if not base.is_rational_function() or not all(s.is_nonnegative for s in base.free_symbols):
        return False
    space = Space((), (base,), with_functions=True)
    ratio = space.convert(base)
    return all(
        _shown(cell.sign(ratio.num) * cell.sign(ratio.den), wanted) for cell in space.cells()
    )


def _shown(sign, wanted):
    if wanted == DIVISOR:
        return bool(sign.value and sign.strict)
    return sign.implies(strict=wanted == LOGARITHM)


def _is_linear(expression):
    """Whether it is a sum of letters with numbers before them, and of a number."""
    for term in sympy.Add.make_args(expression):
        number, letter = term.as_coeff_Mul()
        if not number.is_Rational or not (letter == 1 or letter.is_Symbol):
            return False
    return True


@lru_cache(maxsize=4096)
def _signs_under(conditions, expression):
    """The signs of an expression, a tuple a cell of the region that conditions alone describe:
    what holds there holds on each part of it.
    """
    space = Space(conditions, (expression,))
    ratio = space.convert(expression)
    return [(cell.sign(ratio.num) * cell.sign(ratio.den),) for cell in space.cells()]


class Signs:
    """Signs of expressions: on the region itself where they hold no root, on the claim's own
    cells where they do.
    """

    def __init__(self, problem):
        self.problem = problem
        self.generated = problem.space.generators.made
        self.roots = problem.claim.unknowns
        self.name = tuple(problem.region.conditions), problem.region.over, tuple(self.roots.items())

    def _has_generator(self, expression):
        return bool(self.problem.space.generators.rewrite(expression).free_symbols & self.generated)

    def readings(self, expression):
        """The signs of an expression, a tuple a cell; with means in it, in each choice of
        letters that stand for them.

        The hypotheses that are quickly asked come first: often they are enough.
        """
        if self._kind((expression,)) == PLAIN:
            linear = self._linear_hypotheses(expression)
            if linear:
                yield _signs_under(linear, expression)
        yield self.of(expression)
        if expression.has(Mean):
            yield self.of(expression, independent=COMMON)

    def _linear_hypotheses(self, expression):
        """The hypotheses of degree one that speak of an expression's letters alone."""
        letters = expression.free_symbols
        return tuple(
            (slack, strict)
            for slack, strict in self.name[0]
            if slack.free_symbols <= letters and _is_linear(slack)
        )

    def of(self, *expressions, independent=False):
        """The signs of expressions, a tuple a cell: claims on one region divide by the same
        again and again.
        """
        kind = self._kind(expressions)
        if self.problem.region.chart is not None:
            return self._worked_out(kind, expressions, independent)
        name = self.name, kind, expressions, independent
        if name not in KNOWN:
            found = self._worked_out(kind, expressions, independent)
            if len(KNOWN) >= MOST_KEPT:
                KNOWN.clear()
            KNOWN[name] = found
        return KNOWN[name]

    def _worked_out(self, kind, expressions, independent):
        space = self._space(kind, expressions, independent)
        ratios = [space.convert(e) for e in expressions]
        return [
            tuple(cell.sign(r.num) * cell.sign(r.den) for r in ratios) for cell in space.cells()
        ]

    def by_discriminants(self, expression):
        """The sign of an expression on each cell, factors that are quadratic in a letter asked by
        their discriminants.
        """
        space = self._space(self._kind((expression,)), (expression,), False)
        ratio = space.convert(expression)
        return [sign_on(cell, ratio) for cell in space.cells()]

    def _kind(self, expressions):
        if any(e.has(Mean) for e in expressions):
            return OF_MEANS
        return OF_ROOTS if any(map(self._has_generator, expressions)) else PLAIN

    def _space(self, kind, expressions, independent):
        """The region's own where no root is spoken of; of its symbols, those in question are
        enough.
        """
        region = self.problem.region
        if kind == OF_MEANS:
            return region.space(
                *expressions,
                roots=self.problem.claim.roots,
                independent=independent,
                with_functions=True,
            )
        if kind == OF_ROOTS:
            # Not the claim's own space: there a radicand in question is the square of its root,
            # whatever its sign.
            roots = rested_on(self.roots, expressions)
            return region.space(*expressions, roots=roots, with_functions=True)
        symbols = set().union(*(e.free_symbols for e in expressions))
        return region.bare if symbols <= set(region.bare.symbols) else region.space()
