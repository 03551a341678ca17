"""The best weights where samples differ in noise alone: w_k = 1/sigma_k^2, mu = p/|theta|^2."""

from symrisk.language.claim import Claim
from symrisk.language.region import Region
from symrisk.symbols import cross, delta_sq, mu, n1, n2, p, sigma1_sq, sigma2_sq, theta_sq
from symrisk.theorems.transfer.shares.equations import slope1, slope2
from symrisk.theorems.transfer.shares.of_two import beta1, beta2
from symrisk.theorems.transfer.shares.of_two import w1 as source_weight
from symrisk.theorems.transfer.shares.of_two import w2 as target_weight
from symrisk.theorems.transfer.weighted_ridge import source_share, target_share, weighted_ridge_risk

unshifted = {delta_sq: 0, cross: 0}
by_noise = {source_weight: 1 / sigma1_sq, target_weight: 1 / sigma2_sq, mu: p / theta_sq}
noisy = Region(sigma1_sq > 0, sigma2_sq > 0, theta_sq > 0)
fitted_by_noise = {beta1: source_share.at(by_noise), beta2: target_share.at(by_noise)}
least_unshifted = weighted_ridge_risk.at(unshifted).at(by_noise)


def share_by_noise(name, share, noise_sq, size):
    """A share where weights and penalty are the best for samples that differ in noise alone."""
    return Claim(f"where samples differ in noise alone the {name}'s share is "
                 "n_k R/(p (sigma_k^2 + R)), R being the least risk",
                 share.at(by_noise) * p * (noise_sq + least_unshifted), "==",
                 size * least_unshifted, on=noisy)


claims_of_noise_alone = (
    Claim("where samples differ in noise alone weights 1/sigma_k^2 and penalty p/|theta|^2 make "
          "the source slope vanish",
          slope1.at(unshifted).at(fitted_by_noise), "==", 0, on=noisy),
    Claim("where samples differ in noise alone weights 1/sigma_k^2 and penalty p/|theta|^2 make "
          "the target slope vanish",
          slope2.at(unshifted).at(fitted_by_noise), "==", 0, on=noisy),
    Claim("where samples differ in noise alone the least risk is the missed share of the signal",
          least_unshifted, "==",
          theta_sq * (1 - source_share.at(by_noise) - target_share.at(by_noise)), on=noisy),
    share_by_noise("source", source_share, sigma1_sq, n1),
    share_by_noise("target", target_share, sigma2_sq, n2),
)
