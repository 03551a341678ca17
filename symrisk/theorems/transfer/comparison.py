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

Only the fused risk knows the direction of the shift: cross = stretch |theta_2|^2, and stretch = 0
is a shift at right angles, or, for weights fixed beforehand, the mean over a shift of random
direction.
"""

from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.region import Region
from symrisk.paper.theorem import Citation, Theorem
from symrisk.simulate import two_fits as replicates
from symrisk.simulate.experiment import Simulation
from symrisk.symbols import (
    cross,
    delta_sq,
    inner12,
    n1,
    n2,
    p,
    sigma1_sq,
    sigma2_sq,
    sigma_sq,
    snr,
    ssr,
    symbol,
    theta1_sq,
    theta_sq,
)
from symrisk.theorems.transfer import (
    fine_tuning,
    finite_sample,
    late_fusion,
    least_risk,
    least_squares,
)
from symrisk.theorems.transfer.letters import by_ratios, coherent, one_noise
from symrisk.theorems.transfer.two_fits import off_peak, r1, r2

drift1 = symbol("drift1", "d_1", "squared error of the source fit in the span of its rows, over r_1: shift and noise",
                nonnegative=True)
drift2 = symbol("drift2", "d_2", "squared error of the target fit in the span of its rows, over r_2: noise", nonnegative=True)
stretch = symbol("stretch", r"\alpha", "how much longer than theta_2 the source's coefficients are along theta_2", default=0)
both = symbol("both", "c", "expected inner product of the two fits' errors")
alone1 = symbol("alone1", "a_1", "what the source fit's squared error has beyond the errors' inner product")
alone2 = symbol("alone2", "a_2", "what the target fit's squared error has beyond the errors' inner product")

inputs = {
    r1: n1 / p,
    r2: n2 / p,
    drift1: delta_sq + p * sigma1_sq / (p - n1 - 1),
    drift2: p * sigma2_sq / (p - n2 - 1),
    **one_noise,
    **by_ratios}
errors = {
    both: (1 - r2) * ((1 - r1) * theta_sq - r1 * cross),
    alone1: r2 * (1 - r1) * theta_sq + r1 * (drift1 + (1 - r2) * cross),
    alone2: r1 * (1 - r2) * (theta_sq + cross) + r2 * drift2,
    cross: stretch * theta_sq}
apart = Region(n1 < p - 1, n2 < p - 1)
room = p - n1 - n2 - 1


def of(name, latex, meaning, expression, on, where=None):
    """A risk in the two drifts, over the inputs that all risks here share."""
    return Formula(symbol(name, latex, meaning, nonnegative=True), expression, where={**(where or {}), **inputs}, on=on)


target_risk = of("target_risk", r"R_{\mathrm{target}}", "risk of the target-only fit",
                 (1 - r2) * theta_sq + r2 * drift2, Region(n2 < p - 1))
source_risk = of("source_risk", r"R_{\mathrm{source}}", "risk of the source-only fit",
                 (1 - r1) * theta_sq + r1 * drift1, Region(n1 < p - 1))
pooled_risk = of("pooled_risk", r"R_{\mathrm{pool}}", "risk of the min-norm fit to both samples",
                 (1 - r1 - r2) * theta_sq + ((p - n1 - 1) * r1 * drift1 + (p - n2 - 1) * r2 * drift2) / room,
                 Region(n1 + n2 < p - 1))
tuned_risk = of("tuned_risk", r"R_{\mathrm{tune}}", "risk of the source fit after min-norm correction on the target",
                (1 - r2) * ((1 - r1) * theta_sq + r1 * drift1) + r2 * drift2, apart)
fused_risk = of("fused_risk", r"R_{\mathrm{fuse}}", "least risk of a weighted sum of both fits, weights of sum one",
                both + alone1 * alone2 / (alone1 + alone2), apart & coherent & Region(alone1 + alone2 > 0), errors)
useful_ssr = Formula(
    symbol("useful_ssr", r"\rho_{\mathrm{target}}", "shift-to-signal ratio up to which tuning beats the target alone"),
    1 - p / ((p - n1 - 1) * snr), on=Region(n1 < p - 1, snr > 0))
pooling_ssr = Formula(
    symbol("pooling_ssr", r"\rho_{\mathrm{tune}}", "shift-to-signal ratio up to which pooling beats tuning"),
    room / (p + room) - p * (1 / (p - n1 - 1) + p / ((p + room) * (p - n2 - 1))) / snr, on=Region(n1 + n2 < p - 1, snr > 0))


def there(below, quantity, on=None):
    """An estimator's risk where a sample may have more rows than dimensions, by the inputs that
    all risks here share.
    """
    name, found = (symbol(f"{below.symbol.name}_{word}", below.symbol.latex, below.symbol.meaning, nonnegative=True)
                   for word in ("there", "found"))
    shared = {letter: body for letter, body in inputs.items() if letter not in (r1, r2, drift1, drift2)}
    aligned = {theta1_sq: theta_sq + 2 * cross + delta_sq, inner12: theta_sq + cross, cross: stretch * theta_sq}
    return Formula(name, found, where={found: quantity, **aligned, **shared}, on=quantity.on & (on or Region()))


ols = least_squares.ols_risk
target_there = there(target_risk, ols.at({n1: 0}))
ESTIMATORS = {
    "target": (target_risk, target_there), "source": (source_risk, there(source_risk, ols.at({n2: 0}))),
    "pool": (pooled_risk, there(pooled_risk, ols)), "tune": (tuned_risk, there(tuned_risk, fine_tuning.tuned_risk), target_there),
    "fuse": (fused_risk, there(fused_risk, late_fusion.best_fused_risk, Region(*map(off_peak, (n1, n2)))))}
"""The risks of each estimator, by regime: below the peaks, then with more rows than dimensions
in either sample or both.
"""


def winner(among=tuple(ESTIMATORS), **values):
    """The estimator of least risk at each point of a grid: an array of names; the first of equals,
    "" where none holds.

    among: names of ESTIMATORS; values: what the formulas take, broadcast.  Each formula gets what
    it depends on, on either side of the interpolation peaks.  Fusing is with its best weights,
    which one does not know; without it the map is that of three fits.

    >>> grid = {"n1": [10, 50, 200], "n2": 100, "p": 600, "snr": 5}
    >>> winner(ssr=0.1, **grid).tolist(), winner(("target", "pool", "tune"), ssr=[[0.1], [0.9]], **grid).tolist()
    (['fuse', 'tune', 'fuse'], [['pool', 'tune', 'tune'], ['target', 'target', 'target']])
    >>> winner(("target", "pool", "tune"), n1=[560, 700, 3000], n2=100, p=600, snr=5, ssr=0.3).tolist()
    ['target', 'target', 'pool']

    Raises `ArgumentError` for an estimator or a name that there is not, `DomainError` for values
    that are not finite, have a sign that their name excludes, or do not broadcast.
    """
    return least_risk.winner(ESTIMATORS, among, values)


CASE = {"n1": 25, "n2": 12, "p": 60, "theta_sq": 2.25, "delta_sq": 0.75, "cross": -0.25, "sigma1_sq": 1.0, "sigma2_sq": 0.5}
signal_sq = snr * sigma_sq
gram = {theta_sq: signal_sq, theta1_sq: signal_sq * (1 + 2 * stretch + ssr), inner12: signal_sq * (1 + stretch),
        sigma1_sq: sigma_sq, sigma2_sq: sigma_sq}
at_right_angles = {theta1_sq: theta_sq + delta_sq, inner12: theta_sq}
sizes = (theta_sq, delta_sq, sigma1_sq, sigma2_sq)
same = (
    Claim("pooling is the exact pooled risk", pooled_risk.given(*sizes), "==", finite_sample.unequal_noise_pooled_risk),
    Claim("the target alone has the exact target-only risk", target_risk.given(theta_sq, sigma2_sq), "==",
          finite_sample.unequal_noise_target_risk),
    Claim("the source alone has the exact source-only risk", source_risk, "==", finite_sample.source_risk),
    Claim("tuning is min-norm correction of the source fit", tuned_risk.given(*sizes), "==",
          fine_tuning.tuned_risk.at(at_right_angles)),
    Claim("fusing is late fusion with weights of sum one", fused_risk, "==", late_fusion.best_fused_risk.at(gram), on=apart),
)

drifts = (theta_sq, drift1, drift2)
target, source, pooled, tuned = (f.given(*(s for s in drifts if s in f.graph.names)) for f in (
    target_risk, source_risk, pooled_risk, tuned_risk))
two, signal = Region(n1 > 0, n2 > 0), Region(snr > 0, sigma_sq > 0)
order = (
    Claim("tuning beats the target exactly while the drift is below the signal", tuned, "<", target, on=Region(n1 > 0),
          iff=(drift1 < theta_sq,)),
    Claim("tuning beats the source exactly while the target's drift is below the source's risk", tuned, "<", source,
          on=Region(n2 > 0), iff=(drift2 < (1 - r1) * theta_sq + r1 * drift1,)),
    Claim("pooling beats tuning exactly while p times both drifts fits into the room for signal", pooled, "<", tuned, on=two,
          iff=(p * (drift1 + drift2) < room * (theta_sq - drift1),)),
    Claim("pooling beats the target exactly while n_2 times both drifts does", pooled, "<", target, on=Region(n1 > 0),
          iff=(n2 * (drift1 + drift2) < room * (theta_sq - drift1),)),
    Claim("pooling beats the source exactly while n_1 times both drifts fits into the room for the target's", pooled, "<", source,
          on=Region(n2 > 0), iff=(n1 * (drift1 + drift2) < room * (theta_sq - drift2),)),
    Claim("where pooling beats tuning, tuning beats the target", tuned, "<=", target, on=two & Region(pooled <= tuned)),
    Claim("where pooling beats the target, tuning does too", tuned, "<=", target,
          on=Region(room > 0, n2 * (drift1 + drift2) <= room * (theta_sq - drift1))),
    Claim("with one noise, pooling beats tuning exactly up to a shift-to-signal ratio", pooled_risk, "<=", tuned_risk,
          on=two & signal, iff=(ssr <= pooling_ssr,)),
    Claim("with one noise, tuning beats the target exactly up to a shift-to-signal ratio", tuned_risk, "<=", target_risk,
          on=Region(n1 > 0) & signal, iff=(ssr <= useful_ssr,)),
    Claim("pooling stops beating tuning before it stops beating the target", pooling_ssr, "<", finite_sample.ssr_threshold,
          on=Region(n1 > 0)),
    Claim("pooling stops beating the target before tuning does", finite_sample.ssr_threshold, "<", useful_ssr, on=Region(n2 > 0)),
)

extra = symbol("extra", "e", "drift of the source beyond the shift's part along theta_2", nonnegative=True)
along, ideal = {cross: stretch * theta_sq, drift1: stretch**2 * theta_sq + extra}, {drift1: 0, drift2: 0}
fused = fused_risk.given(*drifts, cross)
fusion = (
    Claim("fusing by the best weights is never worse than the target", fused.at(along), "<=", target),
    Claim("fusing by the best weights is never worse than the source", fused.at(along), "<=", source.at({drift1: along[drift1]})),
    Claim("after a shift at right angles fusing is better than the target", fused.at({cross: 0}), "<", target,
          on=two & Region(drift2 > 0)),
    Claim("tuning differs from fusing by a square less a product of two gains", (tuned - fused) * (alone1 + alone2), "==",
          (both - tuned)**2 - (source - tuned) * (target - tuned)),
    Claim("pooling differs from fusing by a square less a product of two gains", (pooled - fused) * (alone1 + alone2), "==",
          (both - pooled)**2 - (source - pooled) * (target - pooled)),
    Claim("without noise and shift pooling beats tuning", pooled.at(ideal), "<", tuned.at(ideal), on=two & Region(theta_sq > 0)),
    Claim("without noise and shift tuning beats fusing", tuned.at(ideal), "<", fused.at({**ideal, cross: 0}),
          on=two & Region(theta_sq > 0)),
)


def fused_replicate(rng, *, n1: int, n2: int, p: int, theta_sq, delta_sq, cross, sigma1_sq, sigma2_sq, alone1, alone2, rows):
    """One replicate of the risk of the two fits fused by their best weights."""
    return replicates.fused_risk(rng, n1=n1, n2=n2, p=p, theta1_sq=theta_sq + 2 * cross + delta_sq, theta_sq=theta_sq,
                                 inner12=theta_sq + cross, sigma1_sq=sigma1_sq, sigma2_sq=sigma2_sq, rows=rows,
                                 w1=alone2 / (alone1 + alone2), w2=alone1 / (alone1 + alone2))


comparison = Theorem(
    "Pooling, tuning, fusing, or the target alone",
    (Citation("song2024", "isotropic concept shift, Gaussian rows"), Citation("muirhead1982", "E W^{-1} for a Wishart matrix")),
    states="Source and target enter the exact risks by one drift each, the source's noise counting as shift. As the source's "
           "drift grows, pooling first loses to tuning, then to the target alone, and then tuning loses to the target. Fusing by "
           "the best weights of sum one never loses to source or target, but may lose to pooling and to tuning.",
    assumes=("Gaussian rows", "isotropic", "the two samples are independent", "noise independent of the features"),
    formulas=(target_risk, source_risk, pooled_risk, tuned_risk, fused_risk, useful_ssr, pooling_ssr),
    claims=same + order + fusion,
    simulations=(Simulation(fused_risk, fused_replicate, says="two fits fused by their best weights", rows=("gaussian",),
                            point=CASE),),
    uses=(finite_sample.finite_sample, late_fusion.late_fusion, fine_tuning.fine_tuning),
)
