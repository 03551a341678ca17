"""Covariate shift over a reciprocal spectrum: the closed form of `reciprocal_spectrum`."""

from sympy import Rational

from symrisk.engine.expressions.mean import Mean
from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.laws.law import Atoms
from symrisk.symbols import G, H, n1, n2, p, symbol, theta_sq
from symrisk.theorems.shared.accuracy import ASYMPTOTIC
from symrisk.theorems.transfer import reciprocal_spectrum
from symrisk.theorems.transfer.covariate_shift_constants import D, a1, a2, on, tau1, tau2
from symrisk.theorems.transfer.reciprocal_least_squares import anisotropy
from symrisk.theorems.transfer.reciprocal_spectrum import upper_share

halves = {(anisotropy, 1): Rational(1, 2), (1 / anisotropy, 1): Rational(1, 2)}
tilted = {(anisotropy, 1): upper_share, (1 / anisotropy, 1): 1 - upper_share}
room = p - n1 - n2
at_pair = {a1: (p - n1) / room * reciprocal_spectrum.source_scale, a2: n2 / room, H: Atoms(halves)}


def filled(k: int) -> Formula:
    """The rows that a scale of sample k answers for."""
    a, t = ((a1, tau1), (a2, tau2))[k - 1]
    name = symbol(f"filled{k}", f"f_{k}", f"rows that a scale of sample {k} answers for",
                  nonnegative=True)
    return Formula(name, p * Mean(a * t / D, H), on=on, accuracy=ASYMPTOTIC)


def claims_of_a_pair(pooled_variance: Formula, pooled_bias: Formula) -> tuple[Claim, ...]:
    """That the closed form solves the equations of the scales, and gives the same risk."""
    return (
        Claim("of a reciprocal spectrum the closed form answers for the source's rows",
              filled(1).at(at_pair), "==", n1),
        Claim("of a reciprocal spectrum the closed form answers for the target's rows",
              filled(2).at(at_pair), "==", n2),
        Claim("of a reciprocal spectrum the noise that passes is that of the closed form",
              pooled_variance.given(a1, a2).at(at_pair), "==", reciprocal_spectrum.pooled_variance),
        Claim("of a reciprocal spectrum the missed signal is that of the closed form",
              pooled_bias.given(a1, a2).at({**at_pair, G: Atoms(tilted)}), "==",
              reciprocal_spectrum.pooled_bias.given(theta_sq)),
    )
