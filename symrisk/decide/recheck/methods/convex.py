"""Convexity again: at random laws and points the printed terms have the quantity's slopes and
Hessian, positive semidefinite.
"""

import random
from fractions import Fraction

from symrisk.decide import prose, read
from symrisk.decide.proof import Proof
from symrisk.decide.recheck.arithmetic import value_at
from symrisk.decide.recheck.shape import ONE, TERM
from symrisk.decide.witnesses.laws import drawn, in_region, value
from symrisk.engine.algebra.moments import living
from symrisk.engine.expressions.mean import Mean, is_bound
from symrisk.errors import NoMethod, NotProved
from symrisk.language.made import Curvature
from symrisk.language.relation import FLIPPED

POINTS, TRIES = 4, 60


def check_convex(problem, certificate):
    """NotProved where a coefficient is negative, terms are not the quantity's, or the Hessian is
    not positive (semi)definite.
    """
    says = problem.claim.says
    curvature, rel = _stated(problem)
    if (
        curvature is None
        or rel not in (">", ">=")
        or [str(c) for c in curvature.names] != certificate["names"]
    ):
        raise NotProved(
            f"{says}: it is not the curvature in {', '.join(certificate['names'])} that is claimed"
        )
    if certificate["strict"] != problem.strict:
        raise NotProved(f"{says}: another relation is claimed than the certificate is of")
    _check_terms(problem, certificate)
    draw, seen = random.Random(11), 0
    for _ in range(TRIES):
        laws, point = drawn(draw, problem)
        if seen < POINTS and in_region(problem, point, laws):
            seen += 1
            _check_at(problem, certificate, curvature, point, laws)
            _check_rest(problem, certificate, curvature, point, laws)
    if not seen:
        raise NotProved(f"{says}: no point of its region was found")


def _stated(problem):
    """(the curvature that a claim compares with 0, how), or (None, None)."""
    relation = problem.claim.relation
    for side, other, rel in (
        (relation.lhs, relation.rhs, relation.rel),
        (relation.rhs, relation.lhs, FLIPPED[relation.rel]),
    ):
        if isinstance(side, Curvature) and other == 0:
            return side, rel
    return None, None


def _check_terms(problem, certificate):
    """Each term is spelt as its kind is: a logarithm of several monomials, a line of one,
    exponents for each name.
    """
    says, names = problem.claim.says, certificate["names"]
    laws = {str(mean.law) for side in problem.sides for mean in side.atoms(Mean)}
    for term in certificate["terms"]:
        monomials = term["monomials"]
        exponents = [tuple(m["exponents"]) for m in monomials]
        if (
            not monomials
            or len(set(exponents)) != len(monomials)
            or any(len(e) != len(names) for e in exponents)
        ):
            raise NotProved(f"{says}: a term is no polynomial in {', '.join(names)}")
        # What is linear in the logarithms has no coefficient of its own within: that would be a
        # constant.
        bare = {"numerator": ONE, "denominator": ONE}
        is_line = (
            term["law"] is None and len(monomials) == 1 and monomials[0]["coefficient"] == bare
        )
        if (term["kind"] == "line" and not is_line) or (
            term["kind"] == "log" and len(monomials) == 1
        ):
            raise NotProved(f"{says}: a term is no {term['kind']}")
        if term["law"] is not None and term["law"] not in laws:
            raise NotProved(f"{says}: nothing is meant over {term['law']}")
        for tables in (term["coefficient"], *(m["coefficient"] for m in monomials)):
            for table in tables.values():
                if table["variables"] != sorted(table["variables"]):
                    raise NotProved(f"{says}: the variables of a coefficient are out of order")
    if any(term in certificate["terms"][:k] for k, term in enumerate(certificate["terms"])):
        raise NotProved(f"{says}: a term is listed twice")


def _check_at(problem, certificate, curvature, point, laws):
    slopes, printed = _printed(problem, certificate, point, laws)
    if slopes != [value(slope, point, laws) for slope in _slopes(curvature)]:
        raise NotProved(f"{problem.claim.says}: the printed terms have other slopes")
    claimed = _hessian(problem, curvature, point, laws)
    if claimed != printed:
        raise NotProved(f"{problem.claim.says}: the printed terms have other second derivatives")
    if not is_semidefinite(claimed, certificate["strict"]):
        raise NotProved(f"{problem.claim.says}: a direction bends the other way at {point}")


def _slopes(curvature):
    """The derivatives of the quantity in the logarithms of the names."""
    expression = curvature.of.expanded
    return [c * expression.diff(c) for c in curvature.names]


def _hessian(problem, curvature, point, laws):
    """The claimed quadratic form as a matrix, by its values along steps."""
    left, right = problem.sides
    form, size = right if left == 0 else left, range(len(curvature.names))

    def bend(*steps):
        moved = {
            h: Fraction(sum(k == i for k in steps)) for i, h in enumerate(curvature.directions)
        }
        return value(form, {**point, **moved}, laws)

    squares = [bend(i) for i in size]
    return [[(bend(i, j) - squares[i] - squares[j]) / 2 for j in size] for i in size]


def _check_rest(problem, certificate, curvature, point, laws):
    """Strictness rests on an eigenvalue exactly where it is lost with that eigenvalue at zero
    throughout a law.
    """
    wanted, alive = set(), living(problem.region.conditions)
    for letter, rows in laws.items() if certificate["strict"] else ():
        for v in rows[0][0]:
            if not is_bound(v) or v.is_positive:
                continue
            without = {
                **laws,
                letter: [({**values, v: Fraction(0)}, weight) for values, weight in rows],
            }
            try:
                is_lost = not is_semidefinite(
                    _hessian(problem, curvature, point, without), strict=True
                )
            except ZeroDivisionError:
                continue
            if is_lost and (v, letter) not in alive:
                raise NotProved(
                    f"{problem.claim.says}: it is not strict where {v} is zero throughout {letter}"
                )
            if is_lost:
                wanted.add(f"the hypothesis Mean({v}, {letter}) > 0")
    listed = certificate["rests_on"]
    if len(set(listed)) != len(listed) or set(listed) != wanted:
        raise NotProved(f"{problem.claim.says}: it rests on {sorted(wanted)}, not on {listed}")


def _printed(problem, certificate, point, laws):
    """The slopes and the Hessian in log c of the printed terms, atom by atom."""
    size = len(certificate["names"])
    known = {
        **dict.fromkeys(certificate["names"], Fraction(1)),
        **{str(s): v for s, v in point.items()},
    }
    slopes, total = [Fraction(0)] * size, [[Fraction(0)] * size for _ in range(size)]
    for term in certificate["terms"]:
        atoms = next((rows for law, rows in laws.items() if str(law) == term["law"]), None)
        if atoms is None:
            atoms = _fixed_atoms(problem, term["law"], point, laws)
        outer = _quotient(term["coefficient"], known)
        for values, weight in atoms:
            here = {**known, **{str(s): v for s, v in values.items()}}
            coefficients = [_quotient(m["coefficient"], here) for m in term["monomials"]]
            if term["kind"] != "line" and (outer < 0 or min(coefficients) < 0):
                raise NotProved(f"{problem.claim.says}: a coefficient is negative at {point}")
            _add(
                slopes,
                total,
                outer * weight,
                *_bent(certificate["names"], term, coefficients, here),
            )
    return slopes, total


def _fixed_atoms(problem, name, point, laws):
    """The atoms of a law that is no letter; one of no variables where a term is no mean."""
    if name is None:
        return [({}, Fraction(1))]
    law = next(
        mean.law for side in problem.sides for mean in side.atoms(Mean) if str(mean.law) == name
    )
    if law.is_Symbol:
        raise NoMethod(f"{law} is a law that nothing was drawn for: no mean over it has a value")
    return [
        (
            {v: value(x, point, laws) for v, x in zip(law.variables, values, strict=True)},
            value(weight, point, laws),
        )
        for values, weight in law.points
    ]


def _bent(names, term, coefficients, here):
    """(shares, exponents, whether it is a logarithm) of one polynomial."""
    exponents = [[Fraction(e) for e in m["exponents"]] for m in term["monomials"]]
    sizes = [
        c * _monomial(names, powers, here)
        for c, powers in zip(coefficients, exponents, strict=True)
    ]
    is_log = term["kind"] != "sum"
    return ([s / sum(sizes) for s in sizes] if is_log else sizes), exponents, is_log


def _monomial(names, powers, here):
    product = Fraction(1)
    for name, power in zip(names, powers, strict=True):
        if power.denominator != 1:
            raise NotProved(f"{name}^{power} is not looked at in exact numbers")
        product *= here[name] ** int(power)
    return product


def _add(slopes, total, scale, shares, exponents, is_log):
    """One atom's part: the mean of the exponents, and their spread where it is of a logarithm."""
    size = range(len(total))
    mean = [sum(s * e[i] for s, e in zip(shares, exponents, strict=True)) for i in size]
    for i in size:
        slopes[i] += scale * mean[i]
        for j in size:
            product = sum(s * e[i] * e[j] for s, e in zip(shares, exponents, strict=True))
            total[i][j] += scale * (product - mean[i] * mean[j] if is_log else product)


def _quotient(tables, values):
    return value_at(tables["numerator"], values, Fraction) / value_at(
        tables["denominator"], values, Fraction
    )


def is_semidefinite(rows, strict=False):
    """Whether an exact symmetric matrix is positive semidefinite (definite), by elimination."""
    rows = [list(row) for row in rows]
    for k, row in enumerate(rows):
        pivot = row[k]
        if pivot < 0 or (pivot == 0 and (strict or any(row[k:]))):
            return False
        for lower in rows[k + 1 :] if pivot else ():
            ratio = lower[k] / pivot
            lower[k:] = [a - ratio * b for a, b in zip(lower[k:], row[k:], strict=True)]
    return True


FIELDS = {"strict": bool, "names": [str], "terms": [TERM], "rests_on": [str]}
PROOF = Proof("convex", FIELDS, check_convex, read.convex, prose.convex)
