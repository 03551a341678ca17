r"""Leave one row out, and the fixed point of the effective ridge is there.

    S = X'X/n,    Q = (S + lam)^{-1},    Q_i the same without row i,    q = x_i' Q_i x_i/n.

Row i meets Q only through q: x_i' Q x_i/n = q/(1 + q).  q concentrates at one value for all rows,
and the rows together act on Q as Sigma/(1 + q): lam Q acts as kappa (Sigma + kappa)^{-1} with kappa
= lam (1 + q).  The sum of all x_i' Q x_i/n is a trace of Q; both sides of that sum are known in
kappa, and that is the equation.

That quadratic forms concentrate, and what Q acts as, is cited; linear algebra is checked on exact
rational instances.
"""

import random

from flint import fmpq

from symrisk.derivations.transfer.designs import identity, matrix, trace
from symrisk.engine.expressions.mean import Mean
from symrisk.language.claim import Claim
from symrisk.language.region import Region
from symrisk.paper.derivation import Derivation, Step
from symrisk.paper.theorem import Citation
from symrisk.symbols import H, gamma, kappa, lam, p, sigma_sq, symbol, tau, v
from symrisk.theorems.ridge.effective_ridge import (
    df1,
    kappa_of_lam,
    ridge_risk,
    ridge_variance,
    slope,
)
from symrisk.theorems.shared.level import bend, seen

CONCENTRATES = Citation("hastie2022",
                        "deterministic equivalents: x_i' Q_i x_i/n, Q_i independent of x_i, is "
                        "close to its mean")
ACTS = Citation("hastie2022",
                "deterministic equivalents: lam (S + lam)^{-1} acts as kappa (Sigma + kappa)^{-1}")
EXCHANGE = Citation("hastie2022",
                    "general covariance: limit and derivative by the penalty are exchanged, by "
                    "analyticity")
BETWEEN = Citation("rudin1976",
                   "Theorem 4.23: a continuous function takes every value between two of its "
                   "values")
SECOND = Citation("hastie2022",
                  "general covariance: lam^2 Q Sigma Q acts as kappa^2 (Sigma + kappa)^{-1} Sigma "
                  "(Sigma + kappa)^{-1} over 1 - gamma df2")
SIZES = ((2, 3), (3, 2), (4, 3))
left = symbol("left", "q", "how far a row reaches in the resolvent of the others", nonnegative=True)
n = symbol("n", "n", "total sample size n_1 + n_2", kind="count", nonnegative=True)


def _drawn():
    """(rows, penalty, S, Q) at small sizes, all rational."""
    draw = random.Random(0)
    for rows, columns in SIZES:
        X, penalty = matrix(draw, rows, columns), fmpq(draw.randint(1, 9), draw.randint(1, 5))
        S = X.transpose() * X * fmpq(1, rows)
        yield X, penalty, S, (S + identity(columns) * penalty).inv()


def _row(X, i):
    """Row i as a column."""
    return type(X)(X.ncols(), 1, [X[i, j] for j in range(X.ncols())])


def one_row_out():
    """x_i' Q x_i/n against q/(1 + q)."""
    for X, penalty, S, Q in _drawn():
        size = X.nrows()
        for i in range(size):
            x = _row(X, i)
            others = (S - x * x.transpose() * fmpq(1, size) + identity(X.ncols()) * penalty).inv()
            q = (x.transpose() * others * x)[0, 0] / size
            yield (x.transpose() * Q * x)[0, 0] / size, q / (1 + q)


def all_rows():
    """The sum of x_i' Q x_i/n against p - lam tr Q."""
    for X, penalty, _, Q in _drawn():
        total = sum(((_row(X, i).transpose() * Q * _row(X, i))[0, 0] for i in range(X.nrows())),
                    fmpq(0))
        yield total / X.nrows(), X.ncols() - penalty * trace(Q)


def noise_passed():
    """Q S Q, what Q passes on of label noise, against Q - lam Q^2: the derivative of lam Q by
    lam.
    """
    for _, penalty, S, Q in _drawn():
        yield Q * S * Q, Q - Q * Q * penalty


fixed_point = Derivation(
    "the effective ridge as a fixed point", "Q = (X'X/n + lam)^{-1}, row i left out of it",
    of=kappa_of_lam,
    steps=(
        Step("row i meets Q through q_i = x_i' Q_i x_i/n only: x_i' Q x_i/n = q_i/(1 + q_i)",
             instances=one_row_out),
        Step("the sum over the rows is p - lam tr Q", instances=all_rows),
        Step("q_i is close to one q for every row", cites=CONCENTRATES),
        Step("so that n q/(1 + q) = p - lam tr Q; with kappa = lam (1 + q) the left side is n (1 "
             "- lam/kappa)",
             Claim("the rows' share",
                   (n * left / (1 + left)).xreplace({left: kappa / lam - 1}), "==",
                   n * (1 - lam / kappa), on=Region(kappa > lam, n > 0))),
        Step("lam Q acts as kappa (Sigma + kappa)^{-1}", cites=ACTS),
        Step("so that the right side is p df1(kappa)",
             Claim("what the penalty does not keep",
                   p - p * Mean(kappa / (tau + kappa), H), "==", p * df1, on=Region(over=(p,)))),
        Step("kappa times the equation is kappa = lam + gamma kappa df1",
             Claim("the equation",
                   kappa * (1 - lam / kappa - gamma * df1), "==", kappa - lam - gamma * kappa * df1,
                   on=Region(over=(lam, gamma)))),
        Step("in v = 1/kappa it is where a potential has no slope",
             Claim("the slope", slope.at({v: 1 / kappa}), "==", gamma * df1 + lam / kappa - 1)),
        Step("the slope rises with v", Claim("it rises", slope.diff(v), ">", 0)),
        Step("for the potential is strictly convex in log v",
             Claim("it bends", bend, ">", 0, on=bend.moving)),
        Step("at v = 1/lam the slope is no longer negative",
             Claim("one end", slope.at({v: 1 / lam}), ">=", 0)),
        Step("and below v = 1/(lam + gamma mean tau) it is",
             Claim("the other end", slope, "<=", v * (lam + gamma * Mean(tau, H)) - 1)),
        Step("so that it vanishes once, at a v of at most 1/lam", cites=BETWEEN),
    ))

noise = Derivation(
    "what the noise adds", "sigma^2/n times the trace of Sigma Q S Q", of=ridge_variance,
    steps=(
        Step("Q S Q is the derivative of lam Q by lam", instances=noise_passed),
        Step("lam Q acts as kappa (Sigma + kappa)^{-1}: lam tr(Sigma Q)/n tends to gamma kappa "
             "df1 = kappa - lam",
             Claim("the trace", gamma * kappa_of_lam * seen(df1), "==", kappa_of_lam - lam)),
        Step("its derivative is that of the limit", cites=EXCHANGE),
        Step("so that the noise adds sigma^2 (d kappa/d lam - 1)",
             Claim("the rate", sigma_sq * (kappa_of_lam - lam).diff(lam), "==", ridge_variance)),
    ))

risk = Derivation(
    "the risk of ridge", "theta - theta_bar = lam Q theta in the mean over the noise",
    of=ridge_risk,
    steps=(
        Step("lam^2 theta'Q Sigma Q theta tends to kappa^2 times the mean over G, times the rate "
             "of kappa",
             cites=SECOND),
        Step("which with the noise is the risk",
             Claim("the sum", ridge_risk - ridge_variance, "==", ridge_risk.at({sigma_sq: 0}))),
    ))
