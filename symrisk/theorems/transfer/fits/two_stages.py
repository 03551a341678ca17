r"""The risk of two stages in the shares of the first, and the signs of what stands in it.

Off the rows of X_2 the first stage's error stays; the target's noise comes in with the correction.
"""

from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.region import Region
from symrisk.symbols import cross, delta_sq, n1, n2, p, sigma1_sq, sigma2_sq, symbol, theta_sq
from symrisk.theorems.transfer.shares.of_samples import missed
from symrisk.theorems.transfer.shares.of_two import beta1, beta2, free, left1, left2

spread1 = symbol("spread1", "s_1",
                 "noise of the source that the first stage passes on, p beta_1^2/n_1",
                 nonnegative=True)
spread2 = symbol("spread2", "s_2",
                 "noise of the target that the first stage passes on, p beta_2^2/n_2",
                 nonnegative=True)
rest2 = symbol("rest2", r"\bar s_2", "1 - s_2", positive=True)
lacking = symbol("lacking", r"\bar\beta_2",
                 "share that the first stage does not take from the target, 1 - beta_2",
                 positive=True)

leaning = beta1 * left1
shifted = (leaning**2 + spread1 * (missed + leaning + beta2)) * delta_sq
signal = missed**2 * theta_sq - 2 * missed * leaning * cross + shifted
noisy = rest2 * (signal + spread1 * sigma1_sq) + spread1 * spread2 * sigma2_sq
off_rows = noisy / (free * lacking**2)
expression = (1 - n2 / p) * off_rows + n2 / (p - n2) * sigma2_sq
sums = {
    free: missed + beta1 * left1 + beta2 * left2,
    rest2: missed + beta1 + beta2 * left2,
    lacking: missed + beta1}


def claims_of_signs(by_shares: Formula) -> tuple[Claim, ...]:
    """What noise, signal, shift and their inner product add to the risk by shares."""
    noise = n2 / (p - n2) * sigma2_sq
    square = (missed * theta_sq - leaning * cross)**2
    cauchy_schwarz = leaning**2 * (theta_sq * delta_sq - cross**2)
    scattered = theta_sq * spread1 * ((1 - spread1) * delta_sq + sigma1_sq)
    passed = theta_sq * spread1 * spread2 * sigma2_sq
    return (
        Claim("what stands beside the target's noise is a square and what Cauchy-Schwarz makes "
              "non-negative",
              theta_sq * (by_shares - noise) * free * lacking**2, "==",
              (1 - n2 / p) * (rest2 * (square + cauchy_schwarz + scattered) + passed),
              on=Region(over=(cross,))),
        Claim("the inner product of signal and shift never adds to the coefficients",
              by_shares.diff(cross), "<=", 0),
        Claim("its coefficient vanishes only without the source, without a penalty, or where the "
              "source is interpolated",
              by_shares.diff(cross), "<", 0, iff=(beta1 > 0, p * beta1 < n1, beta1 + beta2 < 1)),
        Claim("two stages pay for the source's noise",
              by_shares.diff(sigma1_sq), ">", 0, on=Region(beta1 > 0)),
        Claim("two stages pay more for the target's noise than the target alone",
              by_shares.diff(sigma2_sq), ">", n2 / (p - n2), on=Region(beta1 > 0, beta2 > 0)),
        Claim("two stages miss less of the signal than the target alone",
              by_shares.diff(theta_sq), "<", 1 - n2 / p, on=Region(beta1 > 0)),
        Claim("two stages pay for the shift at a fixed inner product",
              by_shares.diff(delta_sq), ">", 0, on=Region(beta1 > 0)),
    )
