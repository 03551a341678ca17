"""An equation holds when the difference of its sides is zero over the rationals."""

from symrisk.decide.verdict import Verdict


def identity(problem):
    """Proved when the gap's numerator is the zero polynomial (roots reduced by their own polynomials); else None."""
    if problem.strict or not problem.gap.is_zero():
        return None
    certificate = {"method": "identity", "left": str(problem.sides[0]), "right": str(problem.sides[1])}
    return Verdict(problem.claim, "proved", "identity", certificate)
