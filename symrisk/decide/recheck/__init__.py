"""A second look at a proof, by other means: exact numbers and the printed certificate, no
polynomials of python-flint.

Nothing of a certificate is taken on trust.  It is looked at only if it has the fields of its
method, each of its type (`shape`), and the second look at it is found by the method's name
(`decide.found`).

A certificate of signs is a list of cells with a chart and a factored gap.  Re-checked are: that
each chart runs between bounds, that images satisfy the hypotheses, and that points that satisfy the
hypotheses lie in one cell (`cover`); that the product of the printed factors equals the difference
of the claim's two sides (`gap`); that each factor has the sign it is said to have, by its
coefficients, by a hypothesis pulled back through the chart, or by isolating its roots (`factors`,
`hypotheses`); and that these signs multiply to the claim.  An empty region's certificate is one of
a hypothesis that fails where the others hold.

A limit's certificate lists regimes.  Re-checked are: that points of the region next to the limit's
point lie in a regime; by univariate polynomials in SymPy, at random points of each regime, that
there the name tends to its point and the expression has the orders and lowest coefficients that are
printed, and that these give the claimed side; and by mpmath, at points of the region, that the
expression comes closer to the claimed side.

A certificate of convexity lists terms.  Re-checked are, at random laws and points: that their
coefficients are not negative, that the slopes and the Hessian they give are the quantity's own,
differentiated by SymPy, and that the Hessian is positive semidefinite, by elimination.
"""

from symrisk.decide.found import proofs
from symrisk.decide.limits.whole_limit import in_powers
from symrisk.decide.problem import Problem
from symrisk.decide.recheck.letters import letters_of
from symrisk.decide.recheck.shape import check_shape
from symrisk.decide.witnesses.laws import speaks_of_laws
from symrisk.engine.algebra.moments import COMMON
from symrisk.errors import NotProved

BY_FACTORS = ("positive", "sturm", "discriminant", "conjugate")
"""Proofs whose cells list the factors of the gap."""


def recheck(claim, certificate, problem=None):
    """None if the certificate proves the claim; NotProved says what fails.

    Equality of polynomials is tested exactly, at random points of large height (Schwartz-Zippel).

    >>> from symrisk import prove
    >>> from symrisk.theorems.collapse import mixing
    >>> claim = next(c for c in mixing.claims if "is convex" in c.says)
    >>> certificate = prove(claim).certificate
    >>> recheck(claim, certificate)
    >>> certificate["cells"][0]["constant"] = "3"
    >>> recheck(claim, certificate)
    Traceback (most recent call last):
        ...
    symrisk.errors.NotProved: the long-run factor is convex in the weight: the factors do not multiply to the gap
    """  # noqa: E501
    check_shape(claim.says, certificate)
    if "parts" in certificate:
        return _check_parts(claim, certificate["parts"])
    if problem is None:
        problem = _problem(claim, certificate)
    moved = in_powers(problem) if problem.is_limit else None
    if moved is not None:
        problem = Problem(moved)
    try:
        rests_on = proofs()[certificate["method"]].confirms(problem, certificate)
    except (LookupError, TypeError, ValueError, ArithmeticError) as error:
        raise NotProved(f"{claim.says}: its certificate can't be followed: {error!r}") from error
    for other, proof in rests_on or ():
        recheck(other, proof)


def _check_parts(claim, entries):
    """Each part of an equivalence, or case of a definition by cases, in its place."""
    if claim.parts == (claim,) or len(entries) != len(claim.parts):
        raise NotProved(
            f"{claim.says}: it has {len(claim.parts)} parts, and its certificate {len(entries)}"
        )
    for part, entry in zip(claim.parts, entries, strict=True):
        if entry["says"] != str(part.on) or "parts" in entry["certificate"]:
            raise NotProved(f"{claim.says}: the part of {entry['says']} is not in its place")
        recheck(part, entry["certificate"])


def _problem(claim, certificate):
    """The claim as a problem; an equation, or a certificate of parts, is of another kind than a
    single inequality.
    """
    if claim.parts != (claim,):
        raise NotProved(f"{claim.says}: it has {len(claim.parts)} parts, and its certificate none")
    problem = Problem(claim)
    if certificate["method"] in BY_FACTORS and speaks_of_laws(problem):
        # An inequality between means may have been shown in letters of another choice.
        for independent in (problem.independent, True, COMMON):
            other = Problem(claim, independent)
            if all(_is_over(other, cell["chart"]) for cell in certificate["cells"]):
                return other
    return problem


def _is_over(problem, chart):
    return {link["variable"] for link in chart} == set(letters_of(problem).free)
