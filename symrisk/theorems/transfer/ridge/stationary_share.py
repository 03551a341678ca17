r"""Where the risk of pooled ridge is stationary in its share: a quartic, rising where it vanishes.

dR/dbeta has the sign of

    f(beta) = p^2 a beta^4 - n p (h + 3 a) beta^2 + n ((n + p)(h + a) + p s) beta - n^2 h,

h = <theta_2, theta_bar>, a = <pi delta, theta_bar>, s the noise plus the variance of the shift over
the pooled rows.
"""

from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.region import Region
from symrisk.symbols import cross, delta_sq, mu, n, n1, n2, p, sigma_sq, symbol, theta_sq
from symrisk.theorems.shared.accuracy import ASYMPTOTIC
from symrisk.theorems.transfer.isotropic_ridge import fitted_share, ridge_risk, share_risk
from symrisk.theorems.transfer.letters import sampled
from symrisk.theorems.transfer.ridge.letters import beta, pi, pooled

pooled_inner = Formula(
    symbol("pooled_inner", r"\langle\theta_2,\bar\theta\rangle",
           "inner product of the target's and the pooled coefficients"),
    (n1 * theta_sq + n1 * cross + n2 * theta_sq) / n, where=pooled, on=sampled)
pooled_shift = Formula(
    symbol("pooled_shift", r"\langle\pi\delta,\bar\theta\rangle",
           "inner product of the pooled coefficients and pi delta"),
    pi * (cross + pi * delta_sq), where=pooled, on=sampled)
pooled_noise = Formula(
    symbol("pooled_noise", r"\bar\sigma^2",
           "noise variance plus the variance of the shift over the rows", nonnegative=True),
    sigma_sq + pi * n2 / n * delta_sq, where=pooled, on=sampled)
ahead, aside, noise = pooled_inner.symbol, pooled_shift.symbol, pooled_noise.symbol
aims = {ahead: pooled_inner, aside: pooled_shift, noise: pooled_noise, n: n1 + n2}
linear = n * ((n + p) * (ahead + aside) + p * noise)
quadratic = -n * p * (ahead + 3 * aside)
quartic = p**2 * aside * beta**4 + quadratic * beta**2 + linear * beta - n**2 * ahead
stationarity = Formula(
    symbol("stationarity", "f", "a positive multiple of dR/dbeta: a quartic without cubic term"),
    quartic, where=aims, on=Region(n > 0, beta <= 1, p * beta <= n), accuracy=ASYMPTOTIC)

free_quartic = stationarity.given(n, ahead, aside, noise)
inside = Region(beta > 0, beta < 1, p * beta < n, over=(ahead, aside, noise))
pull = p**2 * beta**3 - 3 * n * p * beta + n * (n + p)
# The noise at which the quartic vanishes: what it rises by there, it rises by wherever it does.
balance = (n * ahead * (1 - beta) * (n - p * beta) / beta - aside * pull) / (n * p)
no_shift = {delta_sq: 0, cross: 0}
one_noise = ridge_risk.given(sigma_sq)
unshifted = one_noise.at(no_shift)
best_unshifted = p * sigma_sq / theta_sq
lively = Region(theta_sq > 0, sigma_sq > 0)

penalty = (
    Claim("the slope of the risk in beta is a positive multiple of the quartic",
          share_risk.diff(beta), "==", 2 * stationarity / (n1 + n2 - p * beta**2)**2),
    Claim("without shift the risk is stationary at mu = p sigma^2 / theta^2",
          unshifted.diff(mu).at({mu: best_unshifted}), "==", 0, on=lively),
    Claim("without shift the risk grows with the penalty exactly beyond p sigma^2 / theta^2",
          unshifted.diff(mu), ">", 0, on=lively, iff=mu * theta_sq > p * sigma_sq),
    Claim("without shift the least risk is the missed share of the signal",
          unshifted.at({mu: best_unshifted}), "==",
          theta_sq * (1 - fitted_share.at({mu: best_unshifted})), on=lively),
    Claim("the penalty that fits a share is (1 - beta)(n - p beta)/beta",
          fitted_share.at({mu: (1 - beta) * (n1 + n2 - p * beta) / beta}), "==", beta,
          on=Region(beta > 0, beta < 1, p * beta < n1 + n2)),
    Claim("without shift the quartic is a quadratic: noise against missed signal",
          stationarity.given(sigma_sq).at(no_shift), "==",
          (n1 + n2) * (p * sigma_sq * beta - theta_sq * (1 - beta) * (n1 + n2 - p * beta))),
    Claim("with shift the quartic is that of the pooled noise, and a multiple of the mean shift",
          free_quartic, "==",
          n * p * noise * beta - n * ahead * (1 - beta) * (n - p * beta) + aside * beta * pull,
          on=inside),
)

one_turn = (
    Claim("at share zero the quartic has the sign of -<theta_2, theta_bar>",
          free_quartic.at({beta: 0}), "==", -n**2 * ahead),
    Claim("at the interpolator the quartic has the sign that the best share asks for",
          free_quartic.at({beta: n / p}), "==", n**2 / p**2 * (aside * (n - p)**2 + p**2 * noise),
          on=Region(n < p)),
    Claim("at least squares the quartic has the sign that the best share asks for",
          free_quartic.at({beta: 1}), "==", aside * (n - p)**2 + n * p * noise, on=Region(n >= p)),
    Claim("where theta_2 and theta_bar point apart every share is too large", free_quartic, ">=", 0,
          on=inside & Region(ahead <= 0, ahead + aside >= 0)),
    Claim("the quartic vanishes where noise balances signal and shift",
          free_quartic.at({noise: balance}), "==", 0, on=inside),
    Claim("below the peak the quartic rises wherever it vanishes: one best share at most",
          free_quartic.diff(beta).at({noise: balance}), ">", 0,
          on=inside & Region(ahead > 0, n < p)),
    Claim("from the peak on the quartic rises wherever it vanishes: one best share at most",
          free_quartic.diff(beta).at({noise: balance}), ">", 0,
          on=inside & Region(ahead > 0, n >= p)),
)
