"""An equation holds when the difference of its sides is zero over the rationals."""

from symrisk.decide.certificate import cell
from symrisk.decide.method import Method
from symrisk.decide.verdict import Verdict


def identity(problem):
    """Proved when the gap's numerator is the zero polynomial, in the variables or on every cell;
    else None.

    Roots are reduced by their own polynomials; an equation among the hypotheses makes cells on
    which it is used.
    """
    if problem.strict:
        return None
    left, right = problem.printed_sides
    certificate = {"method": "identity", "left": left, "right": right}
    if problem.gap.is_zero():
        return Verdict(problem.claim, "proved", "identity", certificate)
    if all(piece.pull_ratio(problem.gap).is_zero() for piece in problem.cells):
        cells = [cell(piece, problem.space) for piece in problem.cells]
        return Verdict(problem.claim, "proved", "identity", {**certificate, "cells": cells})
    return None


METHOD = Method(identity, turn=20)
