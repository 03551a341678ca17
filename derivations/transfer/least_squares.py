r"""From y = X theta + epsilon to the risk of pooled least squares, exactly: the matrix-beta law and
its two moments.

Linear algebra is checked on exact rational matrices.  Fourth moments of Gaussian entries are
computed exactly, over the law on -sqrt 3, 0, sqrt 3 that has the same moments up to the fifth.
What is cited: the polar factor of a Gaussian matrix.
"""

import random
from itertools import product

from flint import fmpq, fmpq_mat

from symrisk.derivations.transfer.designs import (
    TALL,
    identity,
    inner,
    instances,
    matrix,
    part,
    pinv,
    trace,
)
from symrisk.language.claim import Claim
from symrisk.language.region import Region
from symrisk.paper.derivation import Derivation, Step
from symrisk.paper.theorem import Citation
from symrisk.symbols import delta_sq, n1, n2, p, sigma1_sq, sigma2_sq
from symrisk.theorems.transfer import least_squares as exact
from symrisk.theorems.transfer.least_squares import kappa1, kappa2, square_trace, total, trace_sq

WISHART = Citation("muirhead1982",
                   "Section 3.2: E S^{-1} = I/(n - p - 1) for S = X'X, n > p + 1 Gaussian rows; "
                   "infinite for n = p and n = p + 1")
POLAR = Citation("muirhead1982",
                 "Chapter 2: X = Q S^{1/2} for Gaussian rows, Q uniform among matrices with Q'Q = "
                 "I and independent of S")
INVARIANT = Citation("muirhead1982",
                     "Chapter 2, laws invariant under rotation: sign changes and permutations "
                     "leave E B_11^2, E B_11 B_22, E B_12^2; a turn by 45 degrees gives E B_11^2 "
                     "= E B_11 B_22 + 2 E B_12^2")
SCALE = Citation("muirhead1982",
                 "Section 3.2, the Wishart density in a scale: E [tr S f(S)] = (n p + 2 d) E f(S) "
                 "for f of degree d, and f = tr S^{-1} has d = -1")
SQUARE = {-1: fmpq(1, 6), 0: fmpq(2, 3), 1: fmpq(1, 6)}
"""The law of x/sqrt 3 that gives x the Gaussian moments 1, 0, 1, 0, 3, 0."""
SHAPES = ((1, 1), (2, 1), (1, 2), (3, 1), (2, 2), (1, 3), (3, 2), (2, 3))


def error(design):
    """X^+ y - theta_2 = S^{-1} (S_1 Delta_1 + S_2 Delta_2) + S^{-1} X' eps: no signal is missed."""
    X, K = design.X, range(len(design.blocks))
    inverse = (X.transpose() * X).inv()
    moved = [design.blocks[k].transpose() * design.blocks[k] * design.shifts[k] for k in K]
    yield (pinv(X) * design.labels - design.theta0,
           inverse * sum(moved[1:], moved[0]) + inverse * X.transpose() * design.noise)


def noise_by_rows(design):
    """Row i's noise adds sigma_i^2 |S^{-1} x_i|^2, and these squares add up to tr S^{-1}."""
    X = design.X
    inverse = (X.transpose() * X).inv()
    images = [inverse * part(X, [i], range(X.ncols())).transpose() for i in range(X.nrows())]
    yield sum((inner(image, image) for image in images), fmpq(0)), trace(inverse)


def leak_in_the_beta():
    """tr S_1 S^{-2} S_1 = tr S B S^{-1} B for S = R^2, S_1 = R B R, R and B symmetric."""
    for R, B in _symmetric_pairs():
        S, S1 = R * R, R * B * R
        yield trace(S1 * S.inv() * S.inv() * S1), trace(S * B * S.inv() * B)


def trace_in_the_beta():
    """tr S_1 = tr S B and tr S_1^2 = tr S B S B in the same letters."""
    for R, B in _symmetric_pairs():
        S, S1 = R * R, R * B * R
        yield trace(S1), trace(S * B)
        yield trace(S1 * S1), trace(S * B * S * B)


def contracted():
    """E B M B for E B_ij B_kl = k1 d_ij d_kl + k2 (d_ik d_jl + d_il d_jk), entry by entry: (k1 +
    k2) M + k2 tr M.
    """
    draw = random.Random(2)
    for M, _ in _symmetric_pairs():
        k1, k2 = fmpq(draw.randint(1, 9), 7), fmpq(draw.randint(1, 9), 11)
        every, mean = range(M.nrows()), M * 0
        for i, j, k, m in product(every, repeat=4):
            mean[i, m] += _moment(k1, k2, i, j, k, m) * M[j, k]
        yield mean, (k1 + k2) * M + k2 * trace(M) * identity(len(every))


def square_contracted():
    """E (tr S B)^2 = k1 (tr S)^2 + 2 k2 tr S^2 for the same law."""
    draw = random.Random(3)
    for S, _ in _symmetric_pairs():
        k1, k2 = fmpq(draw.randint(1, 9), 7), fmpq(draw.randint(1, 9), 11)
        mean = fmpq(0)
        for i, j, k, m in product(range(S.nrows()), repeat=4):
            mean += _moment(k1, k2, i, j, k, m) * S[j, i] * S[m, k]
        yield mean, k1 * trace(S)**2 + 2 * k2 * trace(S * S)


def _moment(k1, k2, i, j, k, m):
    return k1 * (i == j) * (k == m) + k2 * ((i == k) * (j == m) + (i == m) * (j == k))


def _symmetric_pairs():
    draw = random.Random(1)
    for size in (1, 2, 3, 3):
        left, right = matrix(draw, size, size), matrix(draw, size, size)
        yield left + left.transpose(), right + right.transpose()


def fourth_moments():
    """E (tr S)^2 = n^2 p^2 + 2 n p and E tr S^2 = n p (n + p + 1), summed over every X of the
    three-point law.
    """
    for rows, columns in SHAPES:
        square = traced = fmpq(0)
        for entries in product(SQUARE, repeat=rows * columns):
            X, chance = fmpq_mat(rows, columns, entries), fmpq(1)
            for entry in entries:
                chance *= SQUARE[entry]
            S = X.transpose() * X
            # A Gaussian entry is sqrt 3 times one of the law: S has a factor 3, and its square 9.
            square += 9 * chance * trace(S)**2
            traced += 9 * chance * trace(S * S)
        at = {p: columns}
        yield square, _exact(trace_sq(rows), at)
        yield traced, _exact(square_trace(rows), at)


def _exact(expression, at):
    return fmpq(int(expression.subs(at)))


a, b = trace_sq(total), square_trace(total)
determinant = a * (a + b) - 2 * b**2
shift_coefficient = Derivation(
    "the leak of least squares",
    "theta_hat - theta_2 = S^{-1} S_1 delta + S^{-1} X' epsilon with S = X'X, S_1 = X_1'X_1",
    of=exact.ols_shift_coefficient,
    steps=(
        Step("least squares errs by the shift that leaks in and the noise: it misses no signal",
             instances=instances(error, TALL)),
        Step("S_1 = S^{1/2} B S^{1/2}, where B = Q_1'Q_1 keeps its law under rotation and is "
             "independent of S",
             cites=POLAR),
        Step("so that p E |S^{-1} S_1 delta|^2 = |delta|^2 E tr S_1 S^{-2} S_1, and tr S_1 S^{-2} "
             "S_1 = tr S B S^{-1} B",
             instances=leak_in_the_beta),
        Step("E B_ij B_kl = k1 d_ij d_kl + k2 (d_ik d_jl + d_il d_jk), k1 = E B_11 B_22 and k2 = "
             "E B_12^2",
             cites=INVARIANT),
        Step("with which E B M B = (k1 + k2) M + k2 tr M", instances=contracted),
        Step("M = S^{-1}: the trace with S has mean (k1 + k2) p + k2 E [tr S tr S^{-1}], and "
             "E [tr S tr S^{-1}] = (n p - 2) E tr S^{-1}", cites=SCALE),
        Step("E tr S^{-1} = p/(n - p - 1), and it is infinite for n = p and n = p + 1",
             cites=WISHART),
        Step("the leak in k1 and k2",
             Claim("the coefficient",
                   exact.ols_shift_coefficient.given(kappa1.symbol, kappa2.symbol), "==",
                   ((kappa1.symbol + kappa2.symbol) * p
                    + kappa2.symbol * (total * p - 2) * p / (total - p - 1)) / p)),
        Step("two equations for k1 and k2: tr S_1 = tr S B and tr S_1^2 = tr S B S B",
             instances=trace_in_the_beta),
        Step("E (tr S B)^2 = k1 E (tr S)^2 + 2 k2 E tr S^2; and by E B M B at M = S, "
             "E tr S B S B = (k1 + k2) E tr S^2 + k2 E (tr S)^2",
             instances=square_contracted),
        Step("E (tr S)^2 = n^2 p^2 + 2 n p and E tr S^2 = n p (n + p + 1), and so for S_1 with n_1",
             instances=fourth_moments),
        Step("the equations have one solution where p > 1",
             Claim("their determinant", determinant, ">", 0, on=Region(n1 + n2 >= 2, p > 1))),
        Step("k2 by Cramer's rule",
             Claim("k2",
                   kappa2, "==", (a * square_trace(n1) - b * trace_sq(n1)) / determinant,
                   on=Region(n1 + n2 >= 2, p > 1))),
        Step("k1 by Cramer's rule",
             Claim("k1",
                   kappa1, "==", ((a + b) * trace_sq(n1) - 2 * b * square_trace(n1)) / determinant,
                   on=Region(n1 + n2 >= 2, p > 1))),
        Step("at p = 1 B is a beta variable, of which k1 + 2 k2 is the second moment",
             Claim("one dimension",
                   kappa1 + 2 * kappa2, "==", n1 * (n1 + 2) / (total * (total + 2)))),
    ))

risk = Derivation(
    "the risk of pooled least squares", "add the noise to the leak", of=exact.ols_risk,
    steps=(
        Step("the noise of row i adds sigma_i^2 |S^{-1} x_i|^2 in the mean; over all rows these "
             "squares add up to tr S^{-1}",
             instances=instances(noise_by_rows, TALL)),
        Step("rows of one law share it equally: each row's square has mean p/(n (n - p - 1))",
             cites=WISHART),
        Step("noise and leak add up, for the noise is independent of the design",
             Claim("the risk",
                   exact.ols_risk, "==",
                   (n1 * sigma1_sq + n2 * sigma2_sq) * p / (total * (total - p - 1))
                   + exact.ols_shift_coefficient * delta_sq)),
    ))
