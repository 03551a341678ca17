r"""Some target rows pooled with the source, the others held back for the min-norm correction.

Of n_2 = n_2a + n_2b target rows n_2a are pooled, and n_2b correct the pooled fit, to which they are
new.
"""

from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.region import Region
from symrisk.symbols import delta_sq, n1, n2, p, sigma1_sq, sigma2_sq, symbol, theta_sq
from symrisk.theorems.transfer import finite_sample
from symrisk.theorems.transfer.ridge_tuning import start
from symrisk.theorems.transfer.two_fits import shifted

POOLED_BEYOND = ("beyond it the start is least squares: "
                 "corrected_risk takes least_squares.ols_risk for one")
held_in = symbol("held_in", "n_{2a}", "target rows that are pooled with the source", kind="count",
                 nonnegative=True)
held_out = symbol("held_out", "n_{2b}", "target rows that are held back for the correction",
                  kind="count", nonnegative=True)


split_risk = Formula(
    symbol("split_risk", r"R_{\mathrm{split}}",
           "risk of pooling some target rows and correcting on the others", nonnegative=True),
    (p - held_out) / p * start + held_out / (p - held_out - 1) * sigma2_sq,
    on=Region(n1 + held_in < p - 1, held_out < p - 1), beyond={n1 + held_in < p - 1: POOLED_BEYOND},
    where={start: finite_sample.unequal_noise_pooled_risk.at({n2: held_in})})


def claims_of_split(tuned_risk: Formula) -> tuple[Claim, ...]:
    """No row held back, every row, and when holding rows back beats pooling them."""
    everything, fresh = n1 + held_in, Region(held_out > 0, n1 + held_in > 0)
    room, left = p - everything - held_out - 1, p - everything - 1
    burden = n1 * (p - n1 - 1) / p * delta_sq + n1 * sigma1_sq + held_in * sigma2_sq
    all_pooled = finite_sample.unequal_noise_pooled_risk.at({n2: held_in + held_out})
    return (
        Claim("with every target row pooled there is no correction",
              split_risk.at({held_out: 0}), "==", all_pooled.at({held_out: 0})),
        Claim("with every target row held back the split is fine-tuning",
              split_risk.at({held_in: 0, delta_sq: shifted}), "==", tuned_risk.at({n2: held_out}),
              on=n1 < p - 1),
        Claim("holding rows back loses signal and saves on shift and noise",
              split_risk - all_pooled, "==",
              held_out * everything / p**2 * theta_sq
              - held_out * (p + room) / (p * left * room) * burden
              - everything * held_out * sigma2_sq / ((p - held_out - 1) * room)),
        Claim("without signal holding rows back beats pooling them",
              split_risk.at({theta_sq: 0}), "<", all_pooled.at({theta_sq: 0}),
              on=fresh & Region(sigma1_sq > 0, sigma2_sq > 0)),
        Claim("without noise and shift pooling every row beats holding any back",
              split_risk.at({sigma1_sq: 0, sigma2_sq: 0, delta_sq: 0}), ">",
              all_pooled.at({sigma1_sq: 0, sigma2_sq: 0, delta_sq: 0}),
              on=fresh & Region(theta_sq > 0)),
    )
