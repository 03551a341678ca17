"""Certificates of claims that others rest on."""

from symrisk.decide import found
from symrisk.decide.empty import empty
from symrisk.decide.methods.refute import refute
from symrisk.decide.problem import Problem
from symrisk.decide.witnesses.laws import speaks_of_laws
from symrisk.engine.algebra.moments import COMMON
from symrisk.errors import NoMethod


def certificate_of(claim):
    """A certificate of a claim without cases and limits, by any method; None where none is found.

    A region without a point proves everything, by a certificate of that.
    """
    try:
        problem = Problem(claim)
        if problem.is_empty():
            return empty(problem).certificate
        problems = [problem]
        if speaks_of_laws(problem):
            problems += [Problem(claim, independent) for independent in (True, COMMON)]
        for each in problems:
            proof = _first(each)
            if proof is not None:
                return proof
    except NoMethod:
        return None
    return None


def _first(problem):
    for method in found.methods():
        if method is refute:
            continue
        verdict = method(problem)
        if verdict is not None:
            return verdict.certificate if verdict.status == "proved" else None
    return None
