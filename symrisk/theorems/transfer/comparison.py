r"""Pooling, tuning, fusing, or the target alone: which has the least risk where, exactly at every
finite size.

What a min-norm fit on sample k errs by in the span of its rows is the share r_k = n_k/p of

    d_1 = |delta|^2 + p sigma_1^2/(p - n_1 - 1),        d_2 = p sigma_2^2/(p - n_2 - 1):

the source's noise counts as shift, and the target's as one of its own.  In these two numbers every
risk is short, and what two of them differ by factors: as d_1 grows, pooling, tuning and the target
alone pass through four orders,

    pooled < tuned < target,   tuned < pooled < target,   tuned < target < pooled,   target < tuned
    < pooled.

Fusing puts what each fit errs by alone in parallel, a_1 a_2/(a_1 + a_2), and adds what both miss.
By its best weights it is never above target or source; from tuning or pooling it differs by a
square less a product of two gains, and it loses to both where there is neither noise nor shift: no
one of them is always best.

Tuning beats the target alone exactly where SNR (1 - SSR) > p/(p - n_1 - 1), the condition of
positive transfer.  Where that holds of the first source sample, its risk is least at

    n_1 = p - 1 - sqrt(p (p - 1)/(SNR (1 - SSR))),

which `minimizer(tuned_risk, n1)` derives; where it does not, no source sample helps.

Only the fused risk knows the direction of the shift: cross = stretch |theta_2|^2, and stretch = 0
is a shift at right angles, or, for weights fixed beforehand, the mean over a shift of random
direction.
"""

from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.region import Region
from symrisk.paper.theorem import Citation, Theorem
from symrisk.simulate.experiment import Simulation
from symrisk.simulate.fits.fused import Fused
from symrisk.simulate.fits.min_norm import MinNorm
from symrisk.simulate.fits.tuned import Tuned
from symrisk.simulate.risk import Risk
from symrisk.symbols import (
    cross,
    delta_sq,
    inner12,
    n1,
    n2,
    sigma1_sq,
    sigma2_sq,
    sigma_sq,
    snr,
    ssr,
    symbol,
    theta1_sq,
    theta_sq,
)
from symrisk.theorems.shared.words import INDEPENDENT_NOISE, INVERSE_WISHART, SHIFT_AT_FINITE_SIZE
from symrisk.theorems.transfer import (
    fine_tuning,
    finite_sample,
    late_fusion,
    least_risk,
    least_squares,
)
from symrisk.theorems.transfer.estimator import Estimator
from symrisk.theorems.transfer.fits.drift_order import claims_of_fusion, claims_of_order
from symrisk.theorems.transfer.fits.drifts import (
    alone1,
    alone2,
    apart,
    drift1,
    drift2,
    fused_risk,
    inputs,
    pooled_risk,
    pooling_ssr,
    source_risk,
    stretch,
    target_risk,
    tuned_risk,
    useful_ssr,
)
from symrisk.theorems.transfer.two_fits import off_peak, r1, r2
from symrisk.theorems.transfer.worlds import target_and_two


def there(below, quantity, on=None):
    """An estimator's risk where a sample may have more rows than dimensions, by the inputs that
    all risks here share.
    """
    name, found = (symbol(f"{below.symbol.name}_{word}", below.symbol.latex, below.symbol.meaning,
                          nonnegative=True)
                   for word in ("there", "found"))
    shared = {letter: body
              for letter, body in inputs.items() if letter not in (r1, r2, drift1, drift2)}
    aligned = {theta1_sq: theta_sq + 2 * cross + delta_sq, inner12: theta_sq + cross,
               cross: stretch * theta_sq}
    return Formula(
        name,
        found, where={found: quantity, **aligned, **shared}, on=quantity.on & (on or Region()))


ols = least_squares.ols_risk
target_there = there(target_risk, ols.at({n1: 0}))
apart_from_peaks = Region(*map(off_peak, (n1, n2)))
BELOW, BEYOND = "below the peaks", "more rows than dimensions somewhere"
FORGETS = "more target rows than dimensions, where least squares forgets its start"
ESTIMATORS = {
    "target": Estimator(Fused((0, 1)), {
        BELOW: target_risk,
        BEYOND: target_there}),
    "source": Estimator(Fused((1, 0)), {
        BELOW: source_risk,
        BEYOND: there(source_risk, ols.at({n2: 0}))}),
    "pool": Estimator(MinNorm(), {
        BELOW: pooled_risk,
        BEYOND: there(pooled_risk, ols)}),
    "tune": Estimator(Tuned(), {
        BELOW: tuned_risk,
        BEYOND: there(tuned_risk, fine_tuning.tuned_risk),
        FORGETS: target_there}),
    "fuse": Estimator(Fused((late_fusion.best_weight, 1 - late_fusion.best_weight)), {
        BELOW: fused_risk,
        BEYOND: there(fused_risk, late_fusion.best_fused_risk, apart_from_peaks)}),
}
"""Each estimator with its risk, stated once a regime."""


def winner(among=tuple(ESTIMATORS), **values):
    """The estimator of least risk at each point of a grid: an array of names; the first of equals,
    "" where none holds.

    among: names of ESTIMATORS; values: what the formulas take, broadcast.  Each formula gets what
    it depends on, on either side of the interpolation peaks.  Fusing is with its best weights,
    which one does not know; without it the map is that of three fits.

    >>> grid = {"n1": [10, 50, 200], "n2": 100, "p": 600, "snr": 5}
    >>> winner(ssr=0.1, **grid).tolist()
    ['fuse', 'tune', 'fuse']
    >>> three = ("target", "pool", "tune")
    >>> winner(three, ssr=[[0.1], [0.9]], **grid).tolist()
    [['pool', 'tune', 'tune'], ['target', 'target', 'target']]
    >>> winner(three, n1=[560, 700, 3000], n2=100, p=600, snr=5, ssr=0.3).tolist()
    ['target', 'target', 'pool']

    Raises `ArgumentError` for an estimator or a name that there is not, `DomainError` for values
    that are not finite, have a sign that their name excludes, or do not broadcast.
    """
    return least_risk.winner(ESTIMATORS, among, values)


POSITIVE_TRANSFER = Citation("kim2025", "Corollary on positive transfer and the best source size")
CASE = {"n1": 25, "n2": 12, "p": 60, "theta_sq": 2.25, "delta_sq": 0.75, "cross": -0.25,
        "sigma1_sq": 1.0, "sigma2_sq": 0.5}
signal_sq = snr * sigma_sq
gram = {theta_sq: signal_sq, theta1_sq: signal_sq * (1 + 2 * stretch + ssr),
        inner12: signal_sq * (1 + stretch), sigma1_sq: sigma_sq, sigma2_sq: sigma_sq}
at_right_angles = {theta1_sq: theta_sq + delta_sq, inner12: theta_sq}
sizes = (theta_sq, delta_sq, sigma1_sq, sigma2_sq)
same = (
    Claim("pooling is the exact pooled risk",
          pooled_risk.given(*sizes), "==", finite_sample.unequal_noise_pooled_risk),
    Claim("the target alone has the exact target-only risk",
          target_risk.given(theta_sq, sigma2_sq), "==", finite_sample.unequal_noise_target_risk),
    Claim("the source alone has the exact source-only risk",
          source_risk, "==", finite_sample.source_risk),
    Claim("tuning is min-norm correction of the source fit", tuned_risk.given(*sizes), "==",
          fine_tuning.tuned_risk.at(at_right_angles)),
    Claim("fusing is late fusion with weights of sum one",
          fused_risk, "==", late_fusion.best_fused_risk.at(gram), on=apart),
)

in_shift = {theta1_sq: theta_sq + 2 * cross + delta_sq, inner12: theta_sq + cross}
best_weights = (alone2 / (alone1 + alone2), alone1 / (alone1 + alone2))
fused_replicate = Risk(target_and_two.at(in_shift), Fused(best_weights))

comparison = Theorem(
    "Pooling, tuning, fusing, or the target alone",
    (SHIFT_AT_FINITE_SIZE, INVERSE_WISHART, POSITIVE_TRANSFER),
    states="Source and target enter the exact risks by one drift each, the source's noise "
           "counting as shift. As the source's drift grows, pooling first loses to tuning, then "
           "to the target alone, and then tuning loses to the target. Fusing by the best weights "
           "of sum one never loses to source or target, but may lose to pooling and to tuning.",
    assumes=("Gaussian rows", "isotropic", "the two samples are independent", INDEPENDENT_NOISE),
    formulas=(target_risk, source_risk, pooled_risk, tuned_risk, fused_risk, useful_ssr,
              pooling_ssr),
    claims=same + claims_of_order + claims_of_fusion,
    simulations=(Simulation(fused_risk, fused_replicate,
                            says="two fits fused by their best weights", rows=("gaussian",),
                            point=CASE),),
    uses=(finite_sample.finite_sample, late_fusion.late_fusion, fine_tuning.fine_tuning),
    excess_over={sigma_sq: (target_risk, source_risk, pooled_risk, tuned_risk, fused_risk)},
)
