r"""From the two fixed-point equations above the peak to one cubic, and the trace that is the risk.

    Q = (c_1 M + c_2 I)^{-1},        c_1 tr(M Q) + c_1 = n_1,        c_2 tr Q + c_2 = n_2.

In x = c_1/c_2 the mean of tau x/(1 + tau x) over kappa and 1/kappa is f(x, d), and p f + c_1 = n_1,
p (1 - f) + c_2 = n_2.
"""

from symrisk.language.claim import Claim
from symrisk.paper.derivation import Derivation, Step
from symrisk.paper.theorem import Citation
from symrisk.symbols import n1, n2, p, sigma_sq
from symrisk.theorems.transfer.reciprocal_least_squares import (
    covariance_ratio,
    excess,
    no_shift,
    noisy,
    pair_spread,
    shifted_ols_risk,
)

EQUIVALENT = Citation("song2024",
                      "covariate shift: what (X'X)^{-1} of two samples tends to, more rows than "
                      "columns")

wide = covariance_ratio.given(pair_spread)
bottom = (1 + wide)**2 + 2 * pair_spread * wide
taken = wide * (1 + pair_spread + wide) / bottom
source, target = excess * wide / (1 + wide), excess / (1 + wide)

least_squares = Derivation(
    "the risk of pooled least squares", "theta_hat = (X'X)^{-1} X'y, n1 + n2 > p",
    of=shifted_ols_risk,
    steps=(
        Step("(X'X)^{-1} acts as Q = (c_1 M + c_2 I)^{-1}, c_k tr(Sigma_k Q) + c_k = n_k",
             cites=EQUIVALENT),
        Step("the sum of the two is p + c_1 + c_2 = n: the weights are x and 1 of 1 + x parts of "
             "n - p",
             Claim("the excess is shared out", source + target, "==", excess)),
        Step("the source's equation holds at the root of the cubic",
             Claim("the source's rows", p * taken + source, "==", n1)),
        Step("and the target's equation does",
             Claim("the target's rows", p * (1 - taken) + target, "==", n2)),
        Step("noise alone is left: tr Q = p (1 - f)/c_2",
             Claim("the trace",
                   p * (1 - taken) / target * sigma_sq, "==", shifted_ols_risk.given(pair_spread))),
        Step("the numerator of its gap to the isotropic risk is d x (x - 1)",
             Claim("the gap",
                   shifted_ols_risk.given(pair_spread) - no_shift, "==",
                   p * sigma_sq / excess * pair_spread * wide * (wide - 1) / bottom, on=noisy)),
    ))
