r"""From the errors of two fits to risks in two drifts, and from three risks to who wins."""

import random

from symrisk.derivations.transfer.designs import inner as product
from symrisk.derivations.transfer.designs import matrix, off, pinv
from symrisk.language.claim import Claim
from symrisk.language.region import Region
from symrisk.paper.derivation import Derivation, Step
from symrisk.paper.theorem import Citation
from symrisk.symbols import delta_sq, n1, n2, p, sigma1_sq, sigma2_sq, symbol, theta_sq
from symrisk.theorems.transfer import comparison as compare
from symrisk.theorems.transfer.comparison import drift1, drift2
from symrisk.theorems.transfer.fits import drift_order as order
from symrisk.theorems.transfer.fits import drifts

INVARIANCE = Citation("muirhead1982",
                      "Chapter 2: the row space of a Gaussian matrix is uniform, so E Pi_1 = "
                      "(n_1/p) I")
WISHART = Citation("muirhead1982",
                   "Section 3.2: E W^{-1} = I/(p - n_1 - 1) for W = X_1 X_1', X_1 with n_1 < p - "
                   "1 Gaussian rows")


def source_error():
    """|theta_hat_1 - theta_2|^2: the signal missed, and shift and noise in the span of the rows."""
    draw = random.Random(0)
    for rows, columns in ((1, 3), (2, 4), (3, 5)):
        X, theta = matrix(draw, rows, columns), matrix(draw, columns, 1)
        delta, noise = matrix(draw, columns, 1), matrix(draw, rows, 1)
        error = pinv(X) * (X * (theta + delta) + noise) - theta
        missed, within = off(X) * theta, pinv(X) * (X * delta + noise)
        yield product(error, error), product(missed, missed) + product(within, within)


first = symbol("A", "A", "risk of one fit")
second = symbol("B", "B", "risk of another")
inner = symbol("C", "C", "inner product of their errors")
third = symbol("T", "T", "risk of a third")
weight = symbol("v", "v", "weight of the first")
apart = Region(first - 2 * inner + second > 0)
best = (second - inner) / (first - 2 * inner + second)
least = inner + (first - inner) * (second - inner) / (first - 2 * inner + second)

source_risk = Derivation(
    "the source's risk in one drift", "theta_hat_1 = X_1^+ y_1, judged on theta_2",
    of=compare.source_risk,
    steps=(
        Step("signal missed, and shift and noise in the rows' span, are orthogonal",
             instances=source_error),
        Step("the span has the share n_1/p of every direction in the mean", cites=INVARIANCE),
        Step("noise in it has expected squared norm n_1 sigma_1^2/(p - n_1 - 1)", cites=WISHART),
        Step("so that noise counts as shift",
             Claim("the drift",
                   (1 - n1 / p) * theta_sq + n1 / p * delta_sq
                   + n1 * sigma1_sq / (p - n1 - 1), "==",
                   compare.source_risk.given(theta_sq, delta_sq, sigma1_sq))),
    ))
tuned_risk = Derivation(
    "the tuned risk in two drifts", "the correction keeps the share 1 - n_2/p of the start's risk",
    of=compare.tuned_risk,
    steps=(
        Step("and adds the target's noise, which is n_2/p times its drift",
             Claim("the tuned risk",
                   (1 - n2 / p) * ((1 - n1 / p) * theta_sq + n1 / p * drift1)
                   + n2 / p * drift2, "==",
                   compare.tuned_risk.given(theta_sq, drift1, drift2))),
        Step("the target's drift is noise alone",
             Claim("the drift",
                   (1 - n2 / p) * theta_sq + n2 * sigma2_sq / (p - n2 - 1), "==",
                   compare.target_risk.given(theta_sq, sigma2_sq))),
    ))
fused_risk = Derivation(
    "who wins against the best fusion",
    "two fits of risks A and B whose errors have inner product C", of=compare.fused_risk,
    steps=(
        Step("the risk of weights v and 1 - v is least at (B - C)/(A - 2C + B)",
             Claim("completing the square",
                   weight**2 * first + 2 * weight * (1 - weight) * inner
                   + (1 - weight)**2 * second, "==",
                   least + (first - 2 * inner + second) * (weight - best)**2,
                   on=apart & Region(over=(weight,)))),
        Step("a third risk T differs from that by a square less a product of two gains",
             Claim("the determinant",
                   (third - least) * (first - 2 * inner + second), "==",
                   (inner - third)**2 - (first - third) * (second - third),
                   on=apart & Region(over=(third,)))),
        Step("so it does for the tuned risk",
             Claim("against tuning",
                   (order.tuned - order.fused) * (drifts.alone1 + drifts.alone2), "==",
                   (drifts.both - order.tuned)**2
                   - (order.source - order.tuned) * (order.target - order.tuned))),
    ))
