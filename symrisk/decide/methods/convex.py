"""The logarithm of a polynomial with non-negative coefficients is convex in the logarithms of its
names.

With c = e^u a monomial is the exponential of a linear form, and log sum_i a_i e^{<e_i, u>} is
convex where a_i >= 0: its second derivative along h is the variance of <e_i, h> under the shares
a_i e^{<e_i, u>} of the sum.  So are means of such logarithms over a law, polynomials with
non-negative coefficients themselves, and what is linear in the logarithms, of any sign; and sums of
all these.  Convexity is claimed of the form that says it, ``Claim("...", potential.curvature(c1,
c2), ">=", 0)``, and read off the quantity itself; strictly so, off the exponents: where their
differences span all directions, no line is left that is straight.
"""

from dataclasses import dataclass

import sympy
from flint import fmpq_mat

from symrisk.decide.defined import Signs
from symrisk.decide.method import Method
from symrisk.decide.verdict import Verdict
from symrisk.engine.algebra.moments import living
from symrisk.engine.algebra.rational import to_fmpq
from symrisk.engine.expressions.mean import Mean, is_bound
from symrisk.engine.expressions.moved_by import moved_by
from symrisk.language.made import Curvature
from symrisk.language.relation import FLIPPED


def convex(problem):
    """Proved where the quantity is a sum of convex terms; None where it is not seen to be, or no
    curvature is spoken of.

    >>> from symrisk import Claim, prove
    >>> from symrisk.equivalents.pooled import Pooled
    >>> pooled = Pooled(2, "ridge")
    >>> bend = pooled.potential.curvature(*pooled.scales)
    >>> print(prove(Claim("the potential is strictly convex", bend, ">", 0, on=bend.moving)))
    the potential is strictly convex: proved by convex
      in the logarithms of c1, c2
      + ((1)/(weight1))*c1
      + ((1)/(weight2))*c2
      + (p) * mean over H of log((tau1)*c1 + (tau2)*c2 + (mu*tau_omega))
      + (-n1) * log(c1)
      + (-n2) * log(c2)
    """
    curvature, rel = stated(problem)
    if curvature is None or rel not in (">", ">=") or _moves_a_root(problem, curvature.names):
        return None
    if not _have_logarithms(problem, curvature.names):
        return None
    try:
        terms = list(Reader(problem, curvature.names).read(curvature.of.expanded))
        entries = [term.entry() for term in terms]
    except NotConvex:
        return None
    rests_on = ()
    if problem.strict:
        alive = living(problem.region.conditions)
        rests_on = (
            spanning(terms, len(curvature.names), alive) if _is_moving(problem, curvature) else None
        )
        if rests_on is None:
            return None
    certificate = {
        "method": "convex",
        "strict": problem.strict,
        "names": [str(c) for c in curvature.names],
        "terms": entries,
        "rests_on": list(rests_on),
    }
    return Verdict(problem.claim, "proved", "convex", certificate)


def stated(problem):
    """(the curvature that a claim compares with 0, how), or (None, None)."""
    relation = problem.claim.relation
    for side, other, rel in (
        (relation.lhs, relation.rhs, relation.rel),
        (relation.rhs, relation.lhs, FLIPPED[relation.rel]),
    ):
        if isinstance(side, Curvature) and other == 0:
            return side, rel
    return None, None


def _have_logarithms(problem, names):
    """Whether the names are positive on the region.

    At zero a name has no logarithm to move along: the curvature there is zero, and what is straight
    is not strictly convex.
    """
    signs = Signs(problem)
    return all(
        name.is_positive or all(sign.implies(strict=True) for (sign,) in signs.of(name))
        for name in names
    )


def _moves_a_root(problem, names):
    """Whether an implicit name depends on the names, so that it is no constant along a line."""
    roots = problem.claim.roots
    return bool(moved_by(roots, names) | (roots.keys() & set(names)))


def _is_moving(problem, curvature):
    """Whether it is a hypothesis that some direction is not zero."""
    (wanted,) = curvature.moving.premises
    return any(r.strict and r.slack == wanted.slack for r in problem.region.premises)


class NotConvex(Exception):
    """A term that is not seen to be convex."""


@dataclass(frozen=True)
class Term:
    """coefficient * mean over `law` of a convex expression, a polynomial ("sum") or the logarithm
    ("log") of one; or of the logarithm of one monomial ("line").  monomials: (exponents,
    coefficient) pairs; letters vary over the law if there is one.
    """

    kind: str
    coefficient: sympy.Expr
    monomials: tuple
    law: object = None
    is_strict: tuple = ()

    def entry(self):
        """Plain data."""
        monomials = [
            {"exponents": [str(e) for e in exponents], "coefficient": quotient(c)}
            for exponents, c in self.monomials
        ]
        return {
            "kind": self.kind,
            "coefficient": quotient(self.coefficient),
            "monomials": monomials,
            "law": None if self.law is None else str(self.law),
        }


def quotient(expression):
    """A rational expression as two tables, {"variables": [...], "terms": [[[exponents],
    "coefficient"], ...]}; else NotConvex.
    """
    if expression.has(Mean, sympy.log) or not expression.is_rational_function():
        raise NotConvex
    return dict(
        zip(
            ("numerator", "denominator"),
            map(_table, sympy.fraction(sympy.together(expression))),
            strict=True,
        )
    )


def _table(expression):
    letters = sorted(expression.free_symbols, key=str)
    if not letters:
        return {"variables": [], "terms": [[[], str(expression)]] if expression != 0 else []}
    terms = [
        [[int(e) for e in exponents], str(c)]
        for exponents, c in sympy.Poly(expression, *letters).terms()
    ]
    return {"variables": list(map(str, letters)), "terms": terms}


class Reader:
    """Reads an expression as Terms in the names; NotConvex where it is none, or a coefficient is
    not shown to be >= 0.
    """

    def __init__(self, problem, names):
        self.problem, self.names = problem, names

    def read(self, expression, outer=sympy.S.One, law=None):
        """The terms of a sum, each times `outer`, and within a mean if `law` is given."""
        for term in sympy.Add.make_args(sympy.expand_mul(expression, deep=False)):
            inner, core = term.as_independent(*self.names, as_Add=False)
            if core == 1:
                continue
            if isinstance(core, Mean) and law is None:
                yield from self.read(core.integrand, outer * inner, core.law)
            elif isinstance(core, sympy.log):
                yield from self._logarithm(core.args[0], outer, inner, law)
            else:
                monomials = tuple((e, inner * c) for e, c in self._monomials(core))
                yield self._term("sum", outer, monomials, law)

    def _logarithm(self, argument, outer, inner, law):
        numerator, denominator = sympy.fraction(sympy.together(argument))
        for part, sign in ((numerator, 1), (denominator, -1)):
            if not part.has(*self.names):
                continue
            monomials = self._monomials(part)
            coefficient = sign * outer * (inner if law is None else 1)
            if len(monomials) == 1:
                # The logarithm of its coefficient is a constant: only the exponents bend or slope.
                alone = ((monomials[0][0], sympy.S.One),)
                yield Term(
                    "line",
                    outer * inner * sign if law is None else sign * outer * Mean(inner, law),
                    alone,
                )
            elif law is not None and inner != 1:
                raise NotConvex
            else:
                yield self._term("log", coefficient, monomials, law)

    def _monomials(self, expression):
        """((exponents in the names, coefficient), ...) of a polynomial, exponents being any
        numbers.
        """
        found = {}
        for term in sympy.Add.make_args(sympy.expand(expression)):
            inner, core = term.as_independent(*self.names, as_Add=False)
            powers = core.as_powers_dict()
            exponents = tuple(powers.get(c, sympy.S.Zero) for c in self.names)
            if set(powers) - {*self.names, sympy.S.One} or not all(
                e.is_Rational for e in exponents
            ):
                raise NotConvex
            found[exponents] = found.get(exponents, 0) + inner
        return tuple(found.items())

    def _term(self, kind, coefficient, monomials, law):
        """The term, its coefficients shown to be non-negative, and which of them are positive."""
        coefficients = (coefficient, *(c for _, c in monomials))
        strict = tuple(self._is_positive(c, strict=True) for c in coefficients)
        if not all(
            known or self._is_positive(c) for known, c in zip(strict, coefficients, strict=True)
        ):
            raise NotConvex
        return Term(kind, coefficient, monomials, law, strict)

    def _is_positive(self, expression, strict=False):
        if expression.is_positive if strict else expression.is_nonnegative:
            return True
        if any(map(is_bound, expression.free_symbols)) or not expression.is_rational_function():
            return False
        return all(sign.implies(strict) for (sign,) in Signs(self.problem).of(expression))


def spanning(terms, size, alive):
    """What it rests on that no direction is straight: hypotheses on laws, in words; None where a
    direction is not shown to bend.

    alive: pairs (eigenvalue, law) that hypotheses say not to be zero throughout.
    """
    sure, rest = [], []
    for term in terms:
        if term.kind == "line" or not term.is_strict[0]:
            continue
        positive = [
            exponents
            for (exponents, _), known in zip(term.monomials, term.is_strict[1:], strict=True)
            if known
        ]
        bends = positive if term.kind == "sum" else [_minus(e, positive[0]) for e in positive[1:]]
        sure += bends
        if term.kind == "log" and positive:
            rest += [
                (_minus(exponents, positive[0]), f"the hypothesis Mean({c}, {term.law}) > 0")
                for exponents, c in term.monomials
                if (c, term.law) in alive
            ]
    needed = []
    for bend, because in rest:
        if _rank([*sure, bend], size) > _rank(sure, size):
            sure, needed = [*sure, bend], [*needed, because]
    return tuple(needed) if _rank(sure, size) == size else None


def _minus(one, other):
    return tuple(a - b for a, b in zip(one, other, strict=True))


def _rank(vectors, size):
    return (
        fmpq_mat(len(vectors), size, [to_fmpq(e) for v in vectors for e in v]).rank()
        if vectors
        else 0
    )


METHOD = Method(convex, turn=40)
