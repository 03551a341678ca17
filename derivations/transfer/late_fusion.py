r"""From two independent fits to a parabola in their weights."""

import random

from symrisk.derivations.transfer.designs import inner, matrix, pinv
from symrisk.language.claim import Claim
from symrisk.paper.derivation import Derivation, Step
from symrisk.paper.theorem import Citation
from symrisk.symbols import inner12, sigma1_sq, sigma2_sq, theta1_sq, theta_sq
from symrisk.theorems.transfer import late_fusion as fusion
from symrisk.theorems.transfer.fits.parabola import (
    by_fits,
    by_scatter,
    gap,
    in_fits,
    risk_by_scatter,
    scattered,
)
from symrisk.theorems.transfer.two_fits import m11, m12, m22, r1, r2, w1, w2, zeta1, zeta2

INVARIANCE = Citation("muirhead1982",
                      "Chapter 2: the row space of a Gaussian matrix is uniformly distributed, so "
                      "E Pi_k = r_k I")
WISHART = Citation("muirhead1982",
                   "Section 3.2, moments: E tr (X X')^{-1} = n/(p - n - 1), E tr (X'X)^{-1} = "
                   "p/(n - p - 1)")


def fits():
    """|X^+ y|^2, y = X theta + e, against |Pi theta|^2 + 2 theta'X^+ e + e'(X X')^{-1} e, exact."""
    draw = random.Random(0)
    for rows, columns in ((1, 3), (2, 4), (3, 5)):
        X, theta = matrix(draw, rows, columns), matrix(draw, columns, 1)
        noise = matrix(draw, rows, 1)
        fit = pinv(X) * (X * theta + noise)
        of_signal, of_noise = pinv(X) * (X * theta), pinv(X) * noise
        own = inner(noise, (X * X.transpose()).inv() * noise)
        yield inner(fit, fit), inner(theta, of_signal) + 2 * inner(theta, of_noise) + own


fused_risk = Derivation(
    "the risk of a weighted sum of two fits",
    "theta_hat = w_1 theta_hat_1 + w_2 theta_hat_2, samples independent", of=fusion.fused_risk,
    steps=(
        Step("a fit's squared norm is theta'Pi theta, a term linear in the noise, and the noise's "
             "own",
             instances=fits),
        Step("in the mean Pi_k is r_k I: E theta_hat_k = r_k theta_k", cites=INVARIANCE),
        Step("and the noise's own term is sigma_k^2 zeta_k", cites=WISHART),
        Step("independent fits multiply their means, so that the square expands to the parabola",
             Claim("the parabola",
                   w1**2 * (r1 * theta1_sq + zeta1 * sigma1_sq)
                   + w2**2 * (r2 * theta_sq + zeta2 * sigma2_sq) + 2 * w1 * w2 * r1 * r2 * inner12
                   - 2 * w1 * r1 * inner12 - 2 * w2 * r2 * theta_sq + theta_sq, "==",
                   fusion.fused_risk.given(r1, r2, zeta1, zeta2))),
    ))

off1, off2 = w1 - by_scatter(fusion.free_weight1), w2 - by_scatter(fusion.free_weight2)
off = w1 - by_fits(fusion.best_weight)
along_sum = by_fits(fusion.fused_risk).at({w2: 1 - w1})
free_fused_risk = Derivation(
    "the best weights of a weighted sum of two fits", "R(w) = w'Mw - 2 w'u + |theta_2|^2",
    of=fusion.free_fused_risk,
    steps=(
        Step("the square is completed at the free weights",
             Claim("the rest is the least risk",
                   risk_by_scatter(fusion.fused_risk) - off1 * off1 * scattered[m11]
                   - 2 * off1 * off2 * in_fits(m12) - off2 * off2 * scattered[m22], "==",
                   by_scatter(fusion.free_fused_risk))),
        Step("along weights of sum one it is completed at the best of these",
             Claim("the rest is the least risk over sum one",
                   along_sum - off * off * gap, "==", by_fits(fusion.best_fused_risk))),
    ))
