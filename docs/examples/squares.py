"""What is a sum of squares is not negative: a quadratic polynomial, its squares completed one
letter after the other.
"""

import sympy

from symrisk.decide.method import Method
from symrisk.decide.proof import Proof
from symrisk.decide.recheck.shape import number, table
from symrisk.decide.verdict import Verdict
from symrisk.errors import NotProved


def squares(problem):
    """Proved where the gap is a quadratic polynomial that is a sum of squares; else None."""
    if problem.strict or problem.relation.rel not in ("<=", ">="):
        return None
    left, right = problem.sides
    rest = sympy.expand(left - right if problem.relation.rel == ">=" else right - left)
    letters = sorted(rest.free_symbols, key=str)
    if not rest.is_polynomial(*letters) or sympy.Poly(rest, *letters).total_degree() > 2:
        return None
    found = []
    for letter in letters:
        scale = rest.coeff(letter, 2)
        if scale <= 0:
            return None
        root = letter + rest.coeff(letter, 1) / (2 * scale)
        found.append({"scale": str(scale), "root": printed(root, letters)})
        rest = sympy.expand(rest - scale * root**2)
        if rest == 0:
            certificate = {"method": "squares", "squares": found}
            return Verdict(problem.claim, "proved", "squares", certificate)
    return None


def printed(root, letters):
    used = [letter for letter in letters if root.has(letter)]
    terms = []
    for exponents, coefficient in sympy.Poly(root, *used).terms():
        terms.append([[int(exponent) for exponent in exponents], str(coefficient)])
    return {"variables": list(map(str, used)), "terms": terms}


def check_squares(problem, certificate):
    """NotProved where the squares do not sum to the gap, or one counts less than nothing."""
    says, total = problem.claim.says, 0
    if problem.relation.rel not in ("<=", ">="):
        raise NotProved(f"{says}: a sum of squares may be zero")
    known = {str(s): s for side in problem.sides for s in side.free_symbols}
    for square in certificate["squares"]:
        scale = sympy.Rational(square["scale"])
        if scale < 0:
            raise NotProved(f"{says}: a square is taken {scale} times")
        total += scale * polynomial(square["root"], known) ** 2
    left, right = problem.sides
    gap = left - right if problem.relation.rel == ">=" else right - left
    if sympy.expand(gap - total) != 0:
        raise NotProved(f"{says}: the squares do not sum to the gap")


def polynomial(entry, known):
    total = sympy.Integer(0)
    for exponents, coefficient in entry["terms"]:
        term = sympy.Rational(coefficient)
        for name, exponent in zip(entry["variables"], exponents, strict=True):
            term *= known[name] ** exponent
        total += term
    return total


def lines(certificate):
    return [f"  a sum of {len(certificate['squares'])} squares"]


METHOD = Method(squares)
PROOF = Proof("squares", {"squares": [{"scale": number, "root": table}]}, check_squares, lines)
