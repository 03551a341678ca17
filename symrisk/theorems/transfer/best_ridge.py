r"""The best penalty of pooled ridge, isotropic features: a quartic in the share beta, with one root at most.

dR/dbeta has the sign of

    f(beta) = p^2 a beta^4 - n p (h + 3 a) beta^2 + n ((n + p)(h + a) + p s) beta - n^2 h,

h = <theta_2, theta_bar>, a = <pi delta, theta_bar>, s the noise plus the variance of the shift over the pooled rows.  Where
f vanishes it rises, so that a stationary share, mu = (1 - beta)(n - p beta)/beta, is the best one; there is one where h > 0
and f is positive at the end min(1, n/p).  Otherwise an end is best: no fit (mu = infinity) for h <= 0, no penalty else.
"""

from sympy import Le, Piecewise, Poly, oo

from symrisk.claim import Claim
from symrisk.formula import Formula
from symrisk.implicit import Implicit
from symrisk.region import Region
from symrisk.symbols import cross, delta_sq, mu, n, n1, n2, p, sigma_sq, symbol, theta_sq
from symrisk.theorem import Citation, Theorem
from symrisk.theorems.transfer import isotropic_ridge
from symrisk.theorems.transfer.isotropic_ridge import (
    ASYMPTOTIC,
    at_share,
    beta,
    coherent,
    fitted_share,
    parts,
    pi,
    pooled,
    ridge_risk,
    sampled,
    share_risk,
)

ahead = symbol("ahead", r"\langle\theta_2,\bar\theta\rangle", "inner product of the target's and the pooled coefficients")
aside = symbol("aside", r"\langle\pi\delta,\bar\theta\rangle", "inner product of the pooled coefficients and pi delta")
noise = symbol("noise", r"\bar\sigma^2", "noise variance plus the variance of the shift over the pooled rows", nonnegative=True)
below = symbol("below", r"\beta_<", "best share below the peak", positive=True)
above = symbol("above", r"\beta_\ge", "best share from the peak on", positive=True)
inner_below = symbol("inner_below", r"\beta_\circ", "share in (0, n/p) at which the risk is stationary", positive=True)
inner_above = symbol("inner_above", r"\beta_\bullet", "share in (0, 1) at which the risk is stationary", positive=True)
inverse_below = symbol("inverse_below", r"b_\circ", "inverse of the stationary share in (0, n/p)", positive=True)
inverse_above = symbol("inverse_above", r"b_\bullet", "inverse of the stationary share in (0, 1)", positive=True)

aims = {
    ahead: theta_sq + pi * cross,
    aside: pi * (cross + pi * delta_sq),
    noise: sigma_sq + pi * n2 / n * delta_sq,
    **pooled}
QUARTIC = (p**2 * aside * beta**4 - n * p * (ahead + 3 * aside) * beta**2
           + n * ((n + p) * (ahead + aside) + p * noise) * beta - n**2 * ahead)


def reversed_quartic(inverse):
    """The quartic in 1/beta, whose leading coefficient does not vanish: without shift the one in beta is a quadratic."""
    return sum(inverse**(4 - power[0]) * coefficient for power, coefficient in Poly(QUARTIC, beta).terms())


stationarity = Formula(
    symbol("stationarity", "f", "a positive multiple of dR/dbeta: a quartic without cubic term"),
    QUARTIC, where=aims, on=Region(n > 0, beta <= 1, p * beta <= n), accuracy=ASYMPTOTIC)

turns_below = aside * (n - p)**2 + p**2 * noise > 0
turns_above = aside * (n - p)**2 + n * p * noise > 0
best_share = Formula(
    symbol("best_share", r"\beta^*", "share of the pooled coefficients that the best penalty leaves", nonnegative=True),
    Piecewise((0, Le(ahead, 0)), (below, n < p), (above, True)), on=sampled & coherent, accuracy=ASYMPTOTIC, where={
        below: Piecewise((inner_below, turns_below), (n / p, True)),
        above: Piecewise((inner_above, turns_above), (1, True)),
        inner_below: 1 / inverse_below,
        inner_above: 1 / inverse_above,
        **Implicit.root(inverse_below, reversed_quartic(inverse_below), (p / n, oo)),
        **Implicit.root(inverse_above, reversed_quartic(inverse_above), (1, oo)),
        **aims})
best_penalty = Formula(
    symbol("best_penalty", r"\mu^*", "penalty of least risk; 0 where none is best", nonnegative=True),
    (1 - best_share.symbol) * (n - p * best_share.symbol) / best_share.symbol,
    where={best_share.symbol: best_share}, on=sampled & coherent & Region(ahead > 0), accuracy=ASYMPTOTIC)
best_ridge_risk = Formula(
    symbol("best_ridge_risk", r"\min_\mu R_\mu", "least risk of pooled ridge over the penalty", nonnegative=True),
    parts, on=sampled & coherent, accuracy=ASYMPTOTIC,
    where={**at_share, beta: best_share.symbol, best_share.symbol: best_share})

free_quartic = stationarity.given(n, ahead, aside, noise)
inside = Region(beta > 0, beta < 1, p * beta < n, over=(ahead, aside, noise))
pull = p**2 * beta**3 - 3 * n * p * beta + n * (n + p)
balance = (n * ahead * (1 - beta) * (n - p * beta) / beta - aside * pull) / (n * p)
no_shift = {delta_sq: 0, cross: 0}
free_risk = share_risk.given(sigma_sq)
one_noise = ridge_risk.given(sigma_sq)
unshifted = one_noise.at(no_shift)
best_unshifted = p * sigma_sq / theta_sq
lively = Region(theta_sq > 0, sigma_sq > 0)

penalty = (
    Claim("the slope of the risk in beta is a positive multiple of the quartic", share_risk.diff(beta), "==",
          2 * stationarity / (n1 + n2 - p * beta**2)**2),
    Claim("without shift the risk is stationary at mu = p sigma^2 / theta^2", unshifted.diff(mu).at({mu: best_unshifted}), "==",
          0, on=lively),
    Claim("without shift the risk grows with the penalty exactly beyond p sigma^2 / theta^2", unshifted.diff(mu), ">", 0,
          on=lively, iff=(mu * theta_sq > p * sigma_sq,)),
    Claim("without shift the least risk is the missed share of the signal", unshifted.at({mu: best_unshifted}), "==",
          theta_sq * (1 - fitted_share.at({mu: best_unshifted})), on=lively),
    Claim("the penalty that fits a share is (1 - beta)(n - p beta)/beta",
          fitted_share.at({mu: best_penalty.given(best_share.symbol)}), "==", best_share.symbol,
          on=Region(best_share.symbol > 0, best_share.symbol < 1, p * best_share.symbol < n1 + n2)),
    Claim("without shift the quartic is a quadratic: noise against missed signal", stationarity.given(sigma_sq).at(no_shift),
          "==", (n1 + n2) * (p * sigma_sq * beta - theta_sq * (1 - beta) * (n1 + n2 - p * beta))),
    Claim("with shift the quartic is that of the pooled noise, and a multiple of the mean shift", free_quartic, "==",
          n * p * noise * beta - n * ahead * (1 - beta) * (n - p * beta) + aside * beta * pull, on=inside),
)

one_turn = (
    Claim("at share zero the quartic has the sign of -<theta_2, theta_bar>", free_quartic.at({beta: 0}), "==", -n**2 * ahead),
    Claim("at the interpolator the quartic has the sign that the best share asks for", free_quartic.at({beta: n / p}), "==",
          n**2 / p**2 * turns_below.lhs, on=Region(n < p)),
    Claim("at least squares the quartic has the sign that the best share asks for", free_quartic.at({beta: 1}), "==",
          turns_above.lhs, on=Region(n >= p)),
    Claim("where theta_2 and theta_bar point apart every share is too large", free_quartic, ">=", 0,
          on=inside & Region(ahead <= 0, ahead + aside >= 0)),
    Claim("the quartic vanishes where noise balances signal and shift", free_quartic.at({noise: balance}), "==", 0, on=inside),
    Claim("below the peak the quartic rises wherever it vanishes: one best share at most",
          free_quartic.diff(beta).at({noise: balance}), ">", 0, on=inside & Region(ahead > 0, n < p)),
    Claim("from the peak on the quartic rises wherever it vanishes: one best share at most",
          free_quartic.diff(beta).at({noise: balance}), ">", 0, on=inside & Region(ahead > 0, n >= p)),
)

written = stationarity.graph.expand
rows, decided = written(n), best_share.given(below, above)
first, second = best_share.given(inner_below, above, ahead, noise), best_share.given(below, inner_above, ahead, aside)
at_interpolator = written(aside) * (rows - p)**2 + p**2 * noise
at_least_squares = aside * (rows - p)**2 + rows * p * written(noise)
stationary = best_share.given(n, ahead, aside, noise)
choice = (
    Claim("no fit is best where theta_2 and theta_bar point apart", decided, "==", 0, on=Region(written(ahead) <= 0)),
    Claim("otherwise the best share below the peak is one thing", decided, "==", below, on=Region(written(ahead) > 0, rows < p)),
    Claim("and from the peak on another", decided, "==", above, on=Region(written(ahead) > 0, rows >= p)),
    Claim("below the peak the best share is the stationary one while the risk rises at the interpolator",
          first, "==", inner_below, on=Region(ahead > 0, rows < p, at_interpolator > 0)),
    Claim("below the peak the interpolator is best while the risk does not rise there",
          first, "==", rows / p, on=Region(ahead > 0, rows < p, at_interpolator <= 0)),
    Claim("from the peak on the best share is the stationary one while the risk rises at least squares",
          second, "==", inner_above, on=Region(ahead > 0, rows >= p, at_least_squares > 0)),
    Claim("from the peak on least squares is best while the risk does not rise there",
          second, "==", 1, on=Region(ahead > 0, rows >= p, at_least_squares <= 0)),
    Claim("below the peak the quartic vanishes at the stationary share", free_quartic.at({beta: stationary.given(above)}), "==",
          0, on=Region(n > 0, ahead > 0, n < p, turns_below)),
    Claim("from the peak on the quartic vanishes at the stationary share", free_quartic.at({beta: stationary.given(below)}), "==",
          0, on=Region(ahead > 0, n >= p, turns_above)),
    Claim("the least risk is the risk at the best share", best_ridge_risk.given(best_share.symbol), "==",
          share_risk.at({beta: best_share.symbol}), on=Region(best_share.symbol <= 1, p * best_share.symbol <= n1 + n2)),
)

best_ridge = Theorem(
    "The best penalty of pooled ridge",
    (Citation("song2024", "isotropic concept shift, of which this is the ridge extension"),
     Citation("hastie2022", "the best penalty of one sample, p sigma^2 / |theta|^2")),
    states="The risk of pooled ridge is stationary at one share of the pooled coefficients at most, and that one is best; no fit "
           "is best where the target's and the pooled coefficients point apart, no penalty where the risk falls up to the end. "
           "Without shift the best penalty is p sigma^2 / |theta_2|^2 and the least risk the missed share of the signal.",
    assumes=("isotropic rows with independent entries of mean 0 and variance 1", "noise independent of the features",
             "equal weights", "n/p bounded away from 1 where the penalty is small"),
    formulas=(stationarity, best_share, best_penalty, best_ridge_risk),
    claims=penalty + one_turn + choice,
    uses=(isotropic_ridge.isotropic_ridge,),
)
