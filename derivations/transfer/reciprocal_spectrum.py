r"""From two fixed-point equations to one quadratic, its slope in kappa, and the risk: no
second-order system is to be solved.

    P = (I + a_1 M + a_2 I)^{-1},        a_1 tr(M P) = n_1,        a_2 tr P = n_2

say how the projection off the rows acts.  With Sigma_2 = I the sum of the two is the trace of I -
P, so that a_2 is known before anything is solved; what is left is one equation for x, a_1 over 1 +
a_2.  How a_1, a_2 move when a multiple of the squared error is added to the objective needs no
linear system either: the squared error |theta - theta_0|^2 is the penalty's own form, and adding
eta of it multiplies all by 1 + eta.

That the projection acts as P, and that a limit may be differentiated, is cited.  What is linear
algebra is checked on exact rational instances; what is algebra is proved.
"""

import random

from flint import fmpq

from symrisk.derivations.transfer.designs import identity, inner, matrix, part, trace
from symrisk.language.claim import Claim
from symrisk.language.region import Region
from symrisk.paper.derivation import Derivation, Step
from symrisk.paper.theorem import Citation
from symrisk.symbols import n1, n2, p, sigma_sq, snr
from symrisk.theorems.transfer.reciprocal_pairs import pair_share
from symrisk.theorems.transfer.reciprocal_spectrum import (
    anisotropy,
    even_risk,
    few,
    many,
    pair_spread,
    pooled_bias,
    pooled_risk,
    scale,
    shifted,
    source_scale,
    upper_share,
)

EQUIVALENT = Citation("song2024",
                      "covariate shift: what the projection off the rows of two samples tends to")
EXCHANGE = Citation("song2024",
                    "covariate shift: limit and derivative of what the resolvent gives are "
                    "exchanged")
EVENLY = Citation("song2024",
                  "covariate shift: the law G of eigenvalues weighted by the coefficients; here G "
                  "= H")
MEAN_VALUE = Citation("rudin1976",
                      "Theorem 5.10 (mean value): what has a negative derivative inside an "
                      "interval falls")
SIZES = (2, 4, 6)


def _drawn():
    """(the source's covariance, a_1, a_2, P, a vector) at small sizes, all rational."""
    draw = random.Random(0)
    for size in SIZES:
        kappa, a1, a2 = (fmpq(draw.randint(1, 9), draw.randint(1, 5)) for _ in range(3))
        spectrum, vector = identity(size), matrix(draw, size, 1)
        for i in range(size):
            spectrum[i, i] = kappa if i < size // 2 else 1 / kappa
        yield spectrum, a1, a2, (identity(size) * (1 + a2) + spectrum * a1).inv(), vector


def known_trace():
    """a_1 tr(M P) + a_2 tr P against p - tr P: the two equations together fix tr P = p - n."""
    for spectrum, a1, a2, P, _ in _drawn():
        yield a1 * trace(spectrum * P) + a2 * trace(P), fmpq(P.nrows()) - trace(P)


def homogeneous():
    """With 2 I in place of I and 2 a_k in place of a_k, a_k tr(Sigma_k P) is what it was: a_k
    moves in proportion.
    """
    for spectrum, a1, a2, P, _ in _drawn():
        doubled = (identity(P.nrows()) * 2 * (1 + a2) + spectrum * 2 * a1).inv()
        yield 2 * a1 * trace(spectrum * doubled), a1 * trace(spectrum * P)
        yield 2 * a2 * trace(doubled), a2 * trace(P)


def missed_signal():
    """b_0 + a_1 b_1 + a_2 b_2 for theta - theta_bar = P theta, against theta'P theta."""
    for spectrum, a1, a2, P, theta in _drawn():
        missed = P * theta
        squares = inner(missed, missed) * (1 + a2) + a1 * inner(missed, spectrum * missed)
        yield squares, inner(theta, missed)


def eigenspaces():
    """theta'P theta against its two parts |theta_+|^2/(1 + a_2 + a_1 kappa) + |theta_-|^2/(1 +
    a_2 + a_1/kappa).
    """
    for spectrum, a1, a2, P, theta in _drawn():
        half = P.nrows() // 2
        upper, lower = (part(theta, rows, range(1))
                        for rows in (range(half), range(half, 2 * half)))
        kappa = spectrum[0, 0]
        yield (inner(theta, P * theta),
               inner(upper, upper) / (1 + a2 + a1 * kappa)
               + inner(lower, lower) / (1 + a2 + a1 / kappa))


over = Region(n1 > 0, n1 + n2 < p)
room = p - n1 - n2
mean = (anisotropy * scale / (1 + anisotropy * scale) + scale / (anisotropy + scale)) / 2
wide = source_scale.given(pair_spread)
fixed = dict(wide.roots)
spread = (anisotropy - 1)**2 / (2 * anisotropy)

closed_form = Derivation(
    "the scale x as the root of a quadratic",
    "the projection off the rows of both samples, p > n1 + n2", of=source_scale,
    steps=(
        Step("the projection off the rows acts as P = (I + a_1 M + a_2 I)^{-1}, a_1 tr(M P) = n1, "
             "a_2 tr P = n2",
             cites=EQUIVALENT),
        Step("the sum of the two is p - tr P, so that tr P = p - n", instances=known_trace),
        Step("then a_2 = n2/(p - n) whatever M, and 1 + a_2 = (p - n1)/(p - n)",
             Claim("one plus the target's weight", 1 + n2 / room, "==", (p - n1) / room, on=over)),
        Step("with a_1 = (1 + a_2) x the other equation is that n1/p is the mean of x tau/(1 + x "
             "tau); over kappa and 1/kappa that is f(x, d)",
             Claim("the mean over a pair", mean, "==", pair_share.at({pair_spread: spread}))),
        Step("f rises with x from 0 to 1: there is one solution",
             Claim("f rises", pair_share.diff(scale), ">", 0)),
        Step("n1 = p f(x, d) times the denominator of f is the quadratic",
             Claim("the quadratic",
                   (n1 - p * pair_share) * ((1 + scale)**2 + 2 * pair_spread * scale), "==",
                   n1 - (p - n1) * scale**2 - (1 + pair_spread) * (p - 2 * n1) * scale,
                   on=Region(n1 > 0, n1 < p))),
        Step("its positive zero solves the equation",
             Claim("the solution", p * pair_share.at({scale: wide}), "==", n1, roots=fixed)),
    ))

slope = Derivation(
    "how x and the risk move with kappa", "n1/p = f(x, d), 2 kappa d = (kappa - 1)^2", of=even_risk,
    steps=(
        Step("differentiate at fixed n1/p: dx/dd is minus the quotient of f's two derivatives",
             Claim("implicit differentiation",
                   wide.diff(pair_spread), "==",
                   -(pair_share.diff(pair_spread) / pair_share.diff(scale)).at({scale: wide}),
                   roots=fixed)),
        Step("f rises with d exactly at x < 1",
             Claim("the pair's other derivative",
                   pair_share.diff(pair_spread), ">", 0, iff=scale < 1)),
        Step("x < 1 exactly for n1 < p/2, for there f < 1/2 at every d",
             Claim("less than half", pair_share, "<", "1/2", iff=scale < 1)),
        Step("d rises with kappa at the rate (1 - 1/kappa^2)/2, positive from kappa = 1 on",
             Claim("the chain rule",
                   source_scale.diff(anisotropy), "==",
                   (1 - anisotropy**-2) / 2 * wide.diff(pair_spread).at({pair_spread: spread}))),
        Step("so x falls with kappa for n1 < p/2",
             Claim("x falls", source_scale.diff(anisotropy), "<", 0, on=shifted & few)),
        Step("and rises with it for n1 > p/2",
             Claim("x rises", source_scale.diff(anisotropy), ">", 0, on=shifted & many)),
        Step("at kappa = 1 itself the derivative vanishes; falling beyond it, x falls from there",
             cites=MEAN_VALUE),
        Step("the risk of evenly spread coefficients moves with x by a positive factor",
             Claim("the factor",
                   even_risk.diff(anisotropy), "==",
                   (p - n1) / room * sigma_sq * source_scale.diff(anisotropy))),
    ))

risk = Derivation(
    "the risk without a second-order system",
    "R = b_0 + sum_k g_k (sigma^2 + b_k), b_k = |theta_k - theta_bar|^2 in Sigma_k", of=pooled_risk,
    steps=(
        Step("add eta |theta - theta_0|^2 to the objective: a_k moves at a rate g_k, and the "
             "minimum at the rate R",
             cites=EXCHANGE),
        Step("that is eta more of the penalty: everything scales by 1 + eta, so that g_k = a_k",
             instances=homogeneous),
        Step("the noise adds sigma^2 (a_1 + a_2)",
             Claim("the variance",
                   sigma_sq * ((p - n1) / room * source_scale + n2 / room), "==",
                   pooled_risk - pooled_bias)),
        Step("the mean fit misses P theta of common coefficients, and the squares b_k add up to "
             "theta'P theta",
             instances=missed_signal),
        Step("which is a sum over the two eigenspaces", instances=eigenspaces),
        Step("coefficients spread evenly have half their square in each", cites=EVENLY),
        Step("and then theta'P theta is |theta|^2 tr P / p, free of kappa",
             Claim("the missed signal",
                   pooled_bias.at({upper_share: "1/2"}), "==", room / p * snr * sigma_sq)),
    ))
