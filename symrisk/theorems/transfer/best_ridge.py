r"""The best penalty of pooled ridge, isotropic features: a quartic in the share beta, with one root
at most.

dR/dbeta has the sign of

    f(beta) = p^2 a beta^4 - n p (h + 3 a) beta^2 + n ((n + p)(h + a) + p s) beta - n^2 h,

h = <theta_2, theta_bar>, a = <pi delta, theta_bar>, s the noise plus the variance of the shift over
the pooled rows.  Where f vanishes it rises, so that a stationary share, mu = (1 - beta)(n - p
beta)/beta, is the best one; there is one where h > 0 and f is positive at the end min(1, n/p).
Otherwise an end is best: no fit (mu = infinity) for h <= 0, no penalty else.

`ridge.stationary_share` has the quartic, `ridge.turns` its root by the distance from that end.
"""

from sympy import Le, Piecewise

from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.region import Region
from symrisk.paper.theorem import Citation, Theorem
from symrisk.simulate.experiment import Simulation
from symrisk.simulate.fits.ridge import Ridge
from symrisk.simulate.risk import Risk
from symrisk.symbols import n, p, sigma2_sq, symbol, theta_sq
from symrisk.theorems.shared.accuracy import ASYMPTOTIC
from symrisk.theorems.shared.words import INDEPENDENT_NOISE, ISOTROPIC, PENALISED_OR_OFF_PEAK
from symrisk.theorems.transfer import isotropic_ridge
from symrisk.theorems.transfer.isotropic_ridge import share_risk
from symrisk.theorems.transfer.letters import coherent, sampled
from symrisk.theorems.transfer.ridge.letters import beta, excess, free, missed, nu, omega, parts
from symrisk.theorems.transfer.ridge.stationary_share import (
    ahead,
    aims,
    aside,
    free_quartic,
    noise,
    one_turn,
    penalty,
    pooled_inner,
    pooled_noise,
    pooled_shift,
    stationarity,
)
from symrisk.theorems.transfer.ridge.turns import best_left, best_spare, turn_above, turn_below
from symrisk.theorems.transfer.worlds import shifted_source

below = symbol("below", r"\beta_<", "best share below the peak", positive=True)
above = symbol("above", r"\beta_\ge", "best share from the peak on", positive=True)
unfilled = symbol("unfilled", r"\ell", "samples that the best share leaves unfitted",
                  nonnegative=True)
left, spare = best_left.symbol, best_spare.symbol
turns = {left: best_left, spare: best_spare, excess: n - p, **aims}


def by_side(apart, under, beyond):
    """No fit where theta_2 and theta_bar point apart, else by the side of the peak."""
    return Piecewise((apart, Le(ahead, 0)), (under, n < p), (beyond, True))


best_share = Formula(
    symbol("best_share", r"\beta^*",
           "share of the pooled coefficients that the best penalty leaves", nonnegative=True),
    by_side(0, below, above), on=sampled & coherent, accuracy=ASYMPTOTIC,
    where={below: n / (p + left), above: n / (n + spare), **turns})
best_penalty = Formula(
    symbol("best_penalty", r"\mu^*", "penalty of least risk; 0 where none is best",
           nonnegative=True),
    Piecewise((left * (left - excess) / (p + left), n < p),
              (spare * (spare + excess) / (n + spare), True)),
    where=turns, on=sampled & coherent & Region(ahead > 0), accuracy=ASYMPTOTIC, beyond={
        ahead > 0: "the pooled coefficients point away from the target's: no fit is best, an "
                   "infinite penalty"})
best_ridge_risk = Formula(
    symbol("best_ridge_risk", r"\min_\mu R_\mu", "least risk of pooled ridge over the penalty",
           nonnegative=True),
    parts, on=sampled & coherent, accuracy=ASYMPTOTIC, where={
        missed: by_side(1, (left - excess) / (p + left), spare / (n + spare)),
        omega: beta * unfilled / n,
        unfilled: by_side(n, n * left / (p + left), n * (spare + excess) / (n + spare)),
        nu: p * beta**2 / n,
        free: missed + omega,
        beta: best_share.symbol,
        best_share.symbol: best_share})

written = stationarity.graph.expand
rows, aimed = written(n), (ahead, aside, noise)
stationary, inner = best_left.given(turn_below, *aimed), best_spare.given(turn_above, *aimed)
at_interpolator = aside * (rows - p)**2 + p**2 * noise
at_least_squares = aside * (rows - p)**2 + rows * p * noise
told = left, spare, ahead
kept, asked = best_share.given(*told), best_penalty.given(*told)
least = best_ridge_risk.given(*told)
apart, under, beyond = Region(ahead <= 0), Region(ahead > 0, rows < p), Region(ahead > 0, rows >= p)


def claims_of_side(side, on):
    """The least risk and the best penalty, by the best share."""
    return (
        Claim(f"{side} the least risk is the risk at the best share",
              least, "==", share_risk.at({beta: kept}), on=on),
        Claim(f"{side} the best penalty is that of the best share",
              asked, "==", (1 - kept) * (rows - p * kept) / kept, on=on),
    )


choice = (
    Claim("no fit is best where theta_2 and theta_bar point apart", kept, "==", 0, on=apart),
    Claim("otherwise the best share below the peak is one thing",
          kept, "==", rows / (p + left), on=under),
    Claim("and from the peak on another", kept, "==", rows / (rows + spare), on=beyond),
    Claim("below the peak the best share is the stationary one while the risk rises at the "
          "interpolator", stationary, "==", turn_below, on=Region(rows < p, at_interpolator > 0)),
    Claim("below the peak the interpolator is best while the risk does not rise there",
          stationary, "==", 0, on=Region(rows < p, at_interpolator <= 0)),
    Claim("from the peak on the best share is the stationary one while the risk rises at least "
          "squares", inner, "==", turn_above, on=Region(rows >= p, at_least_squares > 0)),
    Claim("from the peak on least squares is best while the risk does not rise there",
          inner, "==", 0, on=Region(rows >= p, at_least_squares <= 0)),
    Claim("below the peak the quartic vanishes at the stationary share",
          free_quartic.at({beta: n / (p + best_left.given(n, *aimed))}), "==", 0,
          on=Region(n > 0, aside * (n - p)**2 + p**2 * noise > 0)),
    Claim("from the peak on the quartic vanishes at the stationary share",
          free_quartic.at({beta: n / (n + best_spare.given(n, *aimed))}), "==", 0,
          on=Region(n > 0, aside * (n - p)**2 + n * p * noise > 0)),
    Claim("without any fit the least risk is the signal", least, "==", theta_sq, on=apart),
    *claims_of_side("below the peak", under),
    *claims_of_side("from the peak on", beyond & Region(spare > 0)),
)

best_ridge = Theorem(
    "The best penalty of pooled ridge",
    (Citation("song2024", "isotropic concept shift, of which this is the ridge extension"),
     Citation("hastie2022", "the best penalty of one sample, p sigma^2 / |theta|^2")),
    states="The risk of pooled ridge is stationary at one share of the pooled coefficients at "
           "most, and that one is best; no fit is best where the target's and the pooled "
           "coefficients point apart, no penalty where the risk falls up to the end. Without "
           "shift the best penalty is p sigma^2 / |theta_2|^2 and the least risk the missed share "
           "of the signal.",
    assumes=(ISOTROPIC, INDEPENDENT_NOISE, "equal weights", PENALISED_OR_OFF_PEAK),
    formulas=(pooled_inner, pooled_shift, pooled_noise, stationarity, best_left, best_spare,
              best_share, best_penalty, best_ridge_risk),
    claims=penalty + one_turn + choice,
    simulations=(Simulation(best_ridge_risk, Risk(shifted_source, Ridge(best_penalty)),
                            says="pooled ridge at its best penalty",
                            point={"n1": 100, "n2": 100, "p": 300, "theta_sq": 1, "delta_sq": 0.4,
                                   "cross": -0.2, "sigma1_sq": 0.5, "sigma2_sq": 0.5}),),
    uses=(isotropic_ridge.isotropic_ridge,),
    excess_over={sigma2_sq: (best_ridge_risk,)},
)
