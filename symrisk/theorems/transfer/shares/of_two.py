r"""Letters of weighted ridge on a source and a target sample, and its risk in the two shares.

By weights and penalty the shares are n_k w_k q/(1 + p w_k q) with the root q of the resolvent.
"""

from symrisk.language.implicit import Implicit
from symrisk.language.region import Region
from symrisk.symbols import cross, delta_sq, mu, n1, n2, p, sigma1_sq, sigma2_sq, symbol, theta_sq
from symrisk.theorems.transfer.letters import share_of, sources, targets
from symrisk.theorems.transfer.shares.of_samples import missed

beta1, beta2 = share_of(1), share_of(2)
w1 = symbol("source_weight", "w_1", "weight of the source's squared residuals", positive=True)
w2 = symbol("target_weight", "w_2", "weight of the target's squared residuals", positive=True)
left1 = symbol("left1", r"\ell_1",
               "share of the source sample that the fit does not show: 1 - p beta_1/n_1",
               nonnegative=True)
left2 = symbol("left2", r"\ell_2",
               "share of the target sample that the fit does not show: 1 - p beta_2/n_2",
               nonnegative=True)
free = symbol("free", r"\eta", "1 - nu", positive=True)
towards = symbol("towards", r"\langle\delta,\theta_2-\bar\theta\rangle",
                 "inner product of the shift and what the fit misses")
q = symbol("weighted_q", "q", "scale of the resolvent: tr (sum_k w_k X_k'X_k + mu I)^{-1} / p",
           positive=True)

both = sources & targets
polygon = both & Region(p * beta1 <= n1, p * beta2 <= n2, beta1 + beta2 <= 1)
unshown1 = beta1 * (1 - p * beta1 / n1)
unshown2 = beta2 * (1 - p * beta2 / n2)
finite = Region(1 - beta1 - beta2 + unshown1 + unshown2 > 0)

# The risk is (signal + noisy) / free: what the mean fit misses, and what the rows scatter.
spread1, spread2 = p * beta1**2 / n1, p * beta2**2 / n2
signal = missed**2 * theta_sq - 2 * missed * beta1 * cross + beta1**2 * delta_sq
noisy = spread1 * (sigma1_sq + delta_sq + 2 * towards) + spread2 * sigma2_sq
by_shares = {
    missed: 1 - beta1 - beta2,
    left1: (n1 - p * beta1) / n1,
    left2: (n2 - p * beta2) / n2}
pieces = {
    towards: missed * cross - beta1 * delta_sq,
    free: missed + beta1 * left1 + beta2 * left2}

# mu q + beta_1 + beta_2 = 1, times what both samples stretch by.
stretch1, stretch2 = 1 + p * w1 * q, 1 + p * w2 * q
unfitted = (1 - mu * q) * stretch1 * stretch2
resolvent = Implicit.root(q, unfitted - n1 * w1 * q * stretch2 - n2 * w2 * q * stretch1)
shown = {left1: 1 / stretch1, left2: 1 / stretch2, **resolvent}
by_weights = {
    beta1: n1 * w1 * q * left1,
    beta2: n2 * w2 * q * left2,
    missed: mu * q,
    **shown}
