r"""The best penalty of pooled ridge, isotropic features: a quartic in the share beta, with one root
at most.

dR/dbeta has the sign of

    f(beta) = p^2 a beta^4 - n p (h + 3 a) beta^2 + n ((n + p)(h + a) + p s) beta - n^2 h,

h = <theta_2, theta_bar>, a = <pi delta, theta_bar>, s the noise plus the variance of the shift over
the pooled rows.  Where f vanishes it rises, so that a stationary share, mu = (1 - beta)(n - p
beta)/beta, is the best one; there is one where h > 0 and f is positive at the end min(1, n/p).
Otherwise an end is best: no fit (mu = infinity) for h <= 0, no penalty else.

It is solved for the distance from that end, y = n/beta - p below the peak and z = n/beta - n from
it on, in which the small penalty of a strong signal, mu = y (y + p - n)/(p + y) or z (z + n - p)/(n
+ z), is no difference.
"""

from sympy import Le, Piecewise, oo

from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.implicit import Implicit
from symrisk.language.region import Region
from symrisk.paper.theorem import Citation, Theorem
from symrisk.simulate import samples
from symrisk.simulate.experiment import Simulation
from symrisk.symbols import cross, delta_sq, mu, n, n1, n2, p, sigma_sq, symbol, theta_sq
from symrisk.theorems.shared.accuracy import ASYMPTOTIC
from symrisk.theorems.transfer import isotropic_ridge
from symrisk.theorems.transfer.isotropic_ridge import (
    beta,
    excess,
    fitted_share,
    free,
    missed,
    nu,
    omega,
    parts,
    pi,
    pooled,
    ridge_risk,
    share_risk,
)
from symrisk.theorems.transfer.letters import coherent, sampled

below = symbol("below", r"\beta_<", "best share below the peak", positive=True)
above = symbol("above", r"\beta_\ge", "best share from the peak on", positive=True)
turn_below = symbol("turn_below", r"y_\circ", "n/beta - p where the risk is stationary in (0, n/p)", positive=True)
turn_above = symbol("turn_above", r"z_\circ", "n/beta - n where the risk is stationary in (0, 1)", positive=True)
unfilled = symbol("unfilled", r"\ell", "samples that the best share leaves unfitted", nonnegative=True)

pooled_inner = Formula(
    symbol("pooled_inner", r"\langle\theta_2,\bar\theta\rangle", "inner product of the target's and the pooled coefficients"),
    (n1 * theta_sq + n1 * cross + n2 * theta_sq) / n, where=pooled, on=sampled)
pooled_shift = Formula(
    symbol("pooled_shift", r"\langle\pi\delta,\bar\theta\rangle", "inner product of the pooled coefficients and pi delta"),
    pi * (cross + pi * delta_sq), where=pooled, on=sampled)
pooled_noise = Formula(
    symbol("pooled_noise", r"\bar\sigma^2", "noise variance plus the variance of the shift over the rows", nonnegative=True),
    sigma_sq + pi * n2 / n * delta_sq, where=pooled, on=sampled)
ahead, aside, noise = pooled_inner.symbol, pooled_shift.symbol, pooled_noise.symbol
aims = {ahead: pooled_inner, aside: pooled_shift, noise: pooled_noise, n: n1 + n2}
QUARTIC = (p**2 * aside * beta**4 - n * p * (ahead + 3 * aside) * beta**2
           + n * ((n + p) * (ahead + aside) + p * noise) * beta - n**2 * ahead)




def at_turn(size, away, y):
    """The quartic times n^2/beta^4, in y = n/beta - size: at y = 0 it is its value at the end, not
    a difference.

    `size` is p below the peak and n from it on, `away` what the other of the two is beyond it.
    """
    return (size**2 * (aside * excess**2 + size * p * noise) + size**2 * ((ahead - 3 * aside) * away + 3 * p * noise) * y
            + size * (ahead * (2 * away - size) + 3 * aside * size + 3 * p * noise) * y**2
            + (ahead * (away - 2 * size) + aside * (n + p) + p * noise) * y**3 - ahead * y**4)


stationarity = Formula(
    symbol("stationarity", "f", "a positive multiple of dR/dbeta: a quartic without cubic term"),
    QUARTIC, where=aims, on=Region(n > 0, beta <= 1, p * beta <= n), accuracy=ASYMPTOTIC)

turns_below = aside * excess**2 + p**2 * noise > 0
turns_above = aside * excess**2 + n * p * noise > 0
best_left = Formula(
    symbol("best_left", "y", "n/beta - p at the best share below the peak, 0 for the interpolator", nonnegative=True),
    Piecewise((turn_below, turns_below), (0, True)), on=sampled & Region(ahead > 0, n < p), accuracy=ASYMPTOTIC,
    where={**Implicit.root(turn_below, at_turn(p, excess, turn_below), (0, oo)), excess: n - p, **aims})
best_spare = Formula(
    symbol("best_spare", "z", "n/beta - n at the best share from the peak on, 0 for least squares", nonnegative=True),
    Piecewise((turn_above, turns_above), (0, True)), on=sampled & Region(ahead > 0, n >= p), accuracy=ASYMPTOTIC,
    where={**Implicit.root(turn_above, at_turn(n, -excess, turn_above), (0, oo)), excess: n - p, **aims})
left, spare = best_left.symbol, best_spare.symbol
turns = {left: best_left, spare: best_spare, excess: n - p, **aims}


def by_side(apart, under, beyond):
    """No fit where theta_2 and theta_bar point apart, else by the side of the peak."""
    return Piecewise((apart, Le(ahead, 0)), (under, n < p), (beyond, True))


best_share = Formula(
    symbol("best_share", r"\beta^*", "share of the pooled coefficients that the best penalty leaves", nonnegative=True),
    by_side(0, below, above), on=sampled & coherent, accuracy=ASYMPTOTIC,
    where={below: n / (p + left), above: n / (n + spare), **turns})
best_penalty = Formula(
    symbol("best_penalty", r"\mu^*", "penalty of least risk; 0 where none is best", nonnegative=True),
    Piecewise((left * (left - excess) / (p + left), n < p), (spare * (spare + excess) / (n + spare), True)),
    where=turns, on=sampled & coherent & Region(ahead > 0), accuracy=ASYMPTOTIC, beyond={
        ahead > 0: "the pooled coefficients point away from the target's: no fit is best, an infinite penalty"})
best_ridge_risk = Formula(
    symbol("best_ridge_risk", r"\min_\mu R_\mu", "least risk of pooled ridge over the penalty", nonnegative=True),
    parts, on=sampled & coherent, accuracy=ASYMPTOTIC, where={
        missed: by_side(1, (left - excess) / (p + left), spare / (n + spare)),
        omega: beta * unfilled / n,
        unfilled: by_side(n, n * left / (p + left), n * (spare + excess) / (n + spare)),
        nu: p * beta**2 / n,
        free: missed + omega,
        beta: best_share.symbol,
        best_share.symbol: best_share})

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
          fitted_share.at({mu: (1 - beta) * (n1 + n2 - p * beta) / beta}), "==", beta,
          on=Region(beta > 0, beta < 1, p * beta < n1 + n2)),
    Claim("without shift the quartic is a quadratic: noise against missed signal", stationarity.given(sigma_sq).at(no_shift),
          "==", (n1 + n2) * (p * sigma_sq * beta - theta_sq * (1 - beta) * (n1 + n2 - p * beta))),
    Claim("with shift the quartic is that of the pooled noise, and a multiple of the mean shift", free_quartic, "==",
          n * p * noise * beta - n * ahead * (1 - beta) * (n - p * beta) + aside * beta * pull, on=inside),
)

one_turn = (
    Claim("at share zero the quartic has the sign of -<theta_2, theta_bar>", free_quartic.at({beta: 0}), "==", -n**2 * ahead),
    Claim("at the interpolator the quartic has the sign that the best share asks for", free_quartic.at({beta: n / p}), "==",
          n**2 / p**2 * (aside * (n - p)**2 + p**2 * noise), on=Region(n < p)),
    Claim("at least squares the quartic has the sign that the best share asks for", free_quartic.at({beta: 1}), "==",
          aside * (n - p)**2 + n * p * noise, on=Region(n >= p)),
    Claim("where theta_2 and theta_bar point apart every share is too large", free_quartic, ">=", 0,
          on=inside & Region(ahead <= 0, ahead + aside >= 0)),
    Claim("the quartic vanishes where noise balances signal and shift", free_quartic.at({noise: balance}), "==", 0, on=inside),
    Claim("below the peak the quartic rises wherever it vanishes: one best share at most",
          free_quartic.diff(beta).at({noise: balance}), ">", 0, on=inside & Region(ahead > 0, n < p)),
    Claim("from the peak on the quartic rises wherever it vanishes: one best share at most",
          free_quartic.diff(beta).at({noise: balance}), ">", 0, on=inside & Region(ahead > 0, n >= p)),
)

written = stationarity.graph.expand
rows, aimed = written(n), (ahead, aside, noise)
stationary, inner = best_left.given(turn_below, *aimed), best_spare.given(turn_above, *aimed)
at_interpolator, at_least_squares = aside * (rows - p)**2 + p**2 * noise, aside * (rows - p)**2 + rows * p * noise
kept, least, asked = (f.given(left, spare, ahead) for f in (best_share, best_ridge_risk, best_penalty))
apart, under, beyond = Region(ahead <= 0), Region(ahead > 0, rows < p), Region(ahead > 0, rows >= p)
choice = (
    Claim("no fit is best where theta_2 and theta_bar point apart", kept, "==", 0, on=apart),
    Claim("otherwise the best share below the peak is one thing", kept, "==", rows / (p + left), on=under),
    Claim("and from the peak on another", kept, "==", rows / (rows + spare), on=beyond),
    Claim("below the peak the best share is the stationary one while the risk rises at the interpolator",
          stationary, "==", turn_below, on=Region(rows < p, at_interpolator > 0)),
    Claim("below the peak the interpolator is best while the risk does not rise there",
          stationary, "==", 0, on=Region(rows < p, at_interpolator <= 0)),
    Claim("from the peak on the best share is the stationary one while the risk rises at least squares",
          inner, "==", turn_above, on=Region(rows >= p, at_least_squares > 0)),
    Claim("from the peak on least squares is best while the risk does not rise there",
          inner, "==", 0, on=Region(rows >= p, at_least_squares <= 0)),
    Claim("below the peak the quartic vanishes at the stationary share",
          free_quartic.at({beta: n / (p + best_left.given(n, *aimed))}), "==", 0,
          on=Region(n > 0, aside * (n - p)**2 + p**2 * noise > 0)),
    Claim("from the peak on the quartic vanishes at the stationary share",
          free_quartic.at({beta: n / (n + best_spare.given(n, *aimed))}), "==", 0,
          on=Region(n > 0, aside * (n - p)**2 + n * p * noise > 0)),
    Claim("without any fit the least risk is the signal", least, "==", theta_sq, on=apart),
    *(claim for side, on in (("below the peak", under), ("from the peak on", beyond & Region(spare > 0))) for claim in (
        Claim(f"{side} the least risk is the risk at the best share", least, "==", share_risk.at({beta: kept}), on=on),
        Claim(f"{side} the best penalty is that of the best share", asked, "==", (1 - kept) * (rows - p * kept) / kept, on=on))),
)


def replicate(rng, *, n1: int, n2: int, p: int, theta_sq, delta_sq, cross, sigma1_sq, sigma2_sq, rows):
    """One replicate of the risk of pooled ridge at its best penalty."""
    point = {"n1": n1, "n2": n2, "p": p, "theta_sq": theta_sq, "delta_sq": delta_sq, "cross": cross, "sigma1_sq": sigma1_sq,
             "sigma2_sq": sigma2_sq}
    return samples.ridge_risk(rng, mu=best_penalty(**point), rows=rows, **point)


best_ridge = Theorem(
    "The best penalty of pooled ridge",
    (Citation("song2024", "isotropic concept shift, of which this is the ridge extension"),
     Citation("hastie2022", "the best penalty of one sample, p sigma^2 / |theta|^2")),
    states="The risk of pooled ridge is stationary at one share of the pooled coefficients at most, and that one is best; no fit "
           "is best where the target's and the pooled coefficients point apart, no penalty where the risk falls up to the end. "
           "Without shift the best penalty is p sigma^2 / |theta_2|^2 and the least risk the missed share of the signal.",
    assumes=("isotropic rows with independent entries of mean 0 and variance 1", "noise independent of the features",
             "equal weights", "n/p bounded away from 1 where the penalty is small"),
    formulas=(pooled_inner, pooled_shift, pooled_noise, stationarity, best_left, best_spare, best_share, best_penalty,
              best_ridge_risk),
    claims=penalty + one_turn + choice,
    simulations=(Simulation(best_ridge_risk, replicate, says="pooled ridge at its best penalty", point={
        "n1": 100, "n2": 100, "p": 300, "theta_sq": 1, "delta_sq": 0.4, "cross": -0.2, "sigma1_sq": 0.5, "sigma2_sq": 0.5}),),
    uses=(isotropic_ridge.isotropic_ridge,),
)
