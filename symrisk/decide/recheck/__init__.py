"""A second look at a proof, by other means: plain fractions and the printed certificate, no python-flint polynomials.

A certificate is a list of cells with a chart and a factored gap.  Re-checked are: that the charts' points satisfy the
hypotheses, and points that satisfy the hypotheses lie in a cell; that the product of the printed factors equals the
difference of the claim's two sides; that each factor has the sign it is said to have, by its coefficients (a Sturm count:
by ball isolation of the roots); and that these signs multiply to the claim.

A limit's certificate lists regimes.  Re-checked are: that points of the region next to the limit's point lie in a regime; by
univariate polynomials in SymPy, at random points of each regime, that there the name tends to its point and the expression
has the orders and lowest coefficients that are printed, and that these give the claimed side; and by mpmath, at points of
the region, that the expression comes closer to the claimed side.

A certificate of convexity lists terms.  Re-checked are, at random laws and points: that their coefficients are not negative,
that the Hessian they give is the claim's own, differentiated by SymPy, and that it is positive semidefinite, by elimination.
"""

from symrisk.decide.problem import Problem
from symrisk.decide.recheck.convex import check_convex
from symrisk.decide.recheck.identity import check_identity
from symrisk.decide.recheck.limit import check_limit
from symrisk.decide.recheck.modulo import check_modulo
from symrisk.decide.recheck.points import TRIES, scattered
from symrisk.decide.recheck.positive import check_positive
from symrisk.decide.recheck.sign_table import check_sign_table
from symrisk.decide.whole_limit import in_powers
from symrisk.errors import NotProved


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
    """
    if "parts" in certificate:
        for part, entry in zip(claim.parts, certificate["parts"], strict=True):
            recheck(part, entry["certificate"])
        return
    problem = problem or Problem(claim)
    moved = in_powers(problem) if problem.is_limit else None
    METHODS[certificate["method"]](problem if moved is None else Problem(moved), certificate)


def _empty(problem, certificate):
    if any(True for _ in scattered(problem, TRIES)):
        raise NotProved(f"{problem.claim.says}: its region is not empty")


METHODS = {"identity": check_identity, "positive": check_positive, "sturm": check_positive, "empty": _empty, "limit": check_limit,
           "convex": check_convex, "sign_table": check_sign_table, "modulo": check_modulo}
