r"""From weights and penalty to the shares, and from the shares to the risk of K samples.

The resolvent Q = (sum_k w_k X_k' X_k + mu I)^{-1} acts as q I, q (mu + sum_k c_k) = 1 and c_k = w_k
n_k/(1 + w_k p q) (see the derivation of isotropic ridge); beta_k = c_k q.  Here: that one q only
solves this, what shares it gives, and that the form in the shares is |theta_0 - theta_bar|^2 +
sum_k g_k (sigma_k^2 + |theta_k - theta_bar|^2), g_k = s_k/(1 - S), on vectors in numbers.
"""

import random
from itertools import combinations_with_replacement

from sympy import Rational

from symrisk.derivations.transfer.isotropic_ridge import EQUIVALENT, EXCHANGE, rank_one
from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.region import Region
from symrisk.paper.derivation import Derivation, Step
from symrisk.paper.theorem import Citation
from symrisk.symbols import mu, n1, n2, noise, p, size, symbol, theta_sq
from symrisk.theorems.transfer import weighted_ridge as weighted
from symrisk.theorems.transfer.letters import cross_of, gram, share_of
from symrisk.theorems.transfer.weighted_ridge import (
    both,
    q,
    resolvent,
    source_share,
    target_share,
    w1,
    w2,
)

BETWEEN = Citation("rudin1976",
                   "Theorem 4.23: a continuous function takes every value between two of its "
                   "values")
DIMENSION, NUMBERS = 4, 3

filled = Formula(
    symbol("filled", "h(q)", "mu q plus the shares that q gives: one at the solution"),
    mu * q + n1 * w1 * q / (1 + p * w1 * q) + n2 * w2 * q / (1 + p * w2 * q), on=both)


def _drawn(draw, most=9):
    return Rational(draw.randint(-most, most), draw.randint(1, 4))


def _positive(draw):
    return Rational(draw.randint(1, 9), draw.randint(1, 5))


def _vector(draw):
    return [_drawn(draw) for _ in range(DIMENSION)]


def _dot(left, right):
    return sum(a * b for a, b in zip(left, right, strict=True))


def vectors_of(K, draw):
    """(sizes, p, shares that add up to less than one, noises, theta_0, the shifts Delta_k),
    exact.
    """
    shares = [_positive(draw) / (20 * K) for _ in range(K)]
    sizes, dimension = [_positive(draw) * 10 for _ in range(K)], _positive(draw)
    noises = [_positive(draw) for _ in range(K)]
    target = _vector(draw)
    return sizes, dimension, shares, noises, target, [_vector(draw) for _ in range(K)]


def by_vectors(sizes, dimension, shares, noises, target, shifts):
    """|theta_0 - theta_bar|^2 + sum_k g_k (sigma_k^2 + |theta_k - theta_bar|^2), g = s/(1 - S)."""
    theta = [[t + d for t, d in zip(target, shift, strict=True)] for shift in shifts]
    mean = [_dot(shares, column) for column in zip(*theta, strict=True)]
    spread = [dimension * share**2 / rows for share, rows in zip(shares, sizes, strict=True)]
    away = [[a - b for a, b in zip(point, mean, strict=True)] for point in (target, *theta)]
    added = _dot(spread, [s + _dot(d, d) for s, d in zip(noises, away[1:], strict=True)])
    return _dot(away[0], away[0]) + added / (1 - sum(spread))


def inputs_of(sizes, dimension, shares, noises, target, shifts):
    """The same instance as {symbol: value} of risk_of(K): Gram data in place of vectors."""
    each = range(1, len(sizes) + 1)
    point = {p: dimension, theta_sq: _dot(target, target)}
    for letter, values in ((size, sizes), (share_of, shares), (noise, noises)):
        point |= {letter(k): values[k - 1] for k in each}
    for k in each:
        point[cross_of(k)] = _dot(target, shifts[k - 1])
    for k, m in combinations_with_replacement(each, 2):
        point[gram(k, m)] = _dot(shifts[k - 1], shifts[m - 1])
    return point


def form_on_vectors():
    """risk_of(K) against the sum over vectors, for one to five samples."""
    draw = random.Random(3)
    for K in (1, 2, 3, 4, 5):
        form = weighted.risk_of(K).expanded
        for _ in range(NUMBERS):
            instance = vectors_of(K, draw)
            yield form.xreplace(inputs_of(*instance)), by_vectors(*instance)


shares = Derivation(
    "the shares of weighted ridge",
    "q (mu + sum_k c_k) = 1 with c_k = w_k n_k/(1 + w_k p q), beta_k = c_k q", of=source_share,
    steps=(
        Step("q solves h(q) = mu q + sum_k w_k n_k q/(1 + w_k p q) = 1", cites=EQUIVALENT),
        Step("h starts at zero", Claim("h near zero", filled.limit(q, 0), "==", 0)),
        Step("h has passed one at q = 1/mu", Claim("h at 1/mu", filled.at({q: 1 / mu}), ">", 1)),
        Step("h is continuous: there is a q between 0 and 1/mu", cites=BETWEEN),
        Step("h rises: there is one only", Claim("the slope of h", filled.diff(q), ">", 0)),
        Step("times (1 + w_1 p q)(1 + w_2 p q), 1 - h is the cubic that defines q",
             Claim("the cubic",
                   (1 - filled) * (1 + p * w1 * q) * (1 + p * w2 * q), "==",
                   resolvent[q].polynomial)),
        Step("the source's share is c_1 q, and tells w_1 q",
             Claim("the source's weight", source_share / (n1 - p * source_share), "==", w1 * q)),
        Step("the target's share tells w_2 q",
             Claim("the target's weight", target_share / (n2 - p * target_share), "==", w2 * q)),
        Step("what is missed tells mu q",
             Claim("the penalty", 1 - source_share - target_share, "==", mu * q)),
        Step("below the peak the shares tend to n_k/p as mu falls to 0, whatever the weights",
             Claim("ridgeless", source_share.limit(mu, 0), "==", n1 / p, on=Region(n1 + n2 < p))),
        Step("with equal weights they are in proportion to the sizes: n_k/n where nothing is "
             "missed",
             Claim("equal weights",
                   source_share.at({w1: w2}) * (n1 + n2), "==", n1 * (1 - mu * q))),
    ))

risk = Derivation(
    "the risk of weighted ridge",
    "R = |theta_0 - theta_bar|^2 + sum_k g_k (sigma_k^2 + |theta_k - theta_bar|^2)",
    of=weighted.weighted_ridge_risk,
    steps=(
        Step("R is the slope of the least objective in eta, eta |theta - theta_0|^2 being added; "
             "g = (D - J)^{-1} v",
             cites=EXCHANGE),
        Step("g_k = s_k/(1 - S), s_k = p beta_k^2/n_k", instances=rank_one),
        Step("collected in the shares and Gram data it is the form R(beta_1, ..., beta_K)",
             instances=form_on_vectors),
        Step("for a source and a target sample the form is a function of the two shares",
             Claim("two samples",
                   weighted.risk_of_2.at(weighted.one_shift), "==", weighted.weighted_risk)),
        Step("put in the shares that weights and penalty give",
             Claim("the risk",
                   weighted.weighted_risk.at(weighted.fitted), "==", weighted.weighted_ridge_risk)),
    ))
