r"""Late fusion: fit source and target apart, then add the two fits with weights.

For Gaussian isotropic rows the fit on sample k, min-norm interpolation or least squares, has mean r_k theta_k and second
moment r_k |theta_k|^2 + sigma_k^2 zeta_k, where

    r_k = n_k/p,  zeta_k = n_k/(p - n_k - 1)   below the interpolation threshold (n_k < p - 1),
    r_k = 1,      zeta_k = p/(n_k - p - 1)     above it                          (n_k > p + 1).

The fits are independent, so the risk of w_1 theta_hat_1 + w_2 theta_hat_2 is a quadratic form in the weights, exactly at
every finite size: R(w) = w'Mw - 2w'u + |theta_2|^2.  Everything below is that parabola.  Its claims are proved in r_k and
zeta_k, so that they hold in all regimes at once, and for any independent fits with such moments.  Of K fits it is the same
parabola in K weights, least where M w = u.
"""

from itertools import combinations

from sympy import Ge, Piecewise

from symrisk.claim import Claim
from symrisk.formula import Formula
from symrisk.region import Region
from symrisk.simulate.experiment import Simulation
from symrisk.simulate.two_fits import fused_risk as fused_replicate
from symrisk.symbols import (
    delta_sq,
    inner12,
    n1,
    n2,
    noise,
    numbered,
    p,
    sigma1_sq,
    sigma2_sq,
    sigma_sq,
    size,
    symbol,
    theta1_sq,
    theta_sq,
)
from symrisk.theorem import Citation, Theorem
from symrisk.theorems.transfer import finite_sample, least_squares

r1 = symbol("r1", "r_1", "share of its coefficients that the source fit shows in the mean", nonnegative=True)
r2 = symbol("r2", "r_2", "share of its coefficients that the target fit shows in the mean", nonnegative=True)
zeta1 = symbol("zeta1", r"\zeta_1", "squared norm of the source fit to pure noise of variance one", nonnegative=True)
zeta2 = symbol("zeta2", r"\zeta_2", "squared norm of the target fit to pure noise of variance one", nonnegative=True)
w1 = symbol("w1", "w_1", "weight of the source fit")
w2 = symbol("w2", "w_2", "weight of the target fit")
m11 = symbol("m11", "M_{11}", "expected squared norm of the source fit", nonnegative=True)
m22 = symbol("m22", "M_{22}", "expected squared norm of the target fit", nonnegative=True)
m12 = symbol("m12", "M_{12}", "expected inner product of the two fits")
u1 = symbol("u1", "u_1", "expected inner product of the source fit with the target's coefficients")
u2 = symbol("u2", "u_2", "expected inner product of the target fit with the target's coefficients", nonnegative=True)

moments = {
    m11: r1 * theta1_sq + zeta1 * sigma1_sq,
    m22: r2 * theta_sq + zeta2 * sigma2_sq,
    m12: r1 * r2 * inner12,
    u1: r1 * inner12,
    u2: r2 * theta_sq}
where = {
    **moments,
    r1: Piecewise((n1 / p, n1 < p), (1, True)),
    r2: Piecewise((n2 / p, n2 < p), (1, True)),
    zeta1: Piecewise((n1 / (p - n1 - 1), n1 < p), (p / (n1 - p - 1), True)),
    zeta2: Piecewise((n2 / (p - n2 - 1), n2 < p), (p / (n2 - p - 1), True))}
gap, det = m11 - 2 * m12 + m22, m11 * m22 - m12**2
shares = Region(r1 <= 1, r2 <= 1)
coherent = Region(inner12**2 <= theta1_sq * theta_sq)
infinite = "within one row of its peak n_k = p the fit has infinite variance"
at_peak = {Ge(zeta, 0, evaluate=False): infinite for zeta in (zeta1, zeta2)}
finite = Region(*at_peak)
fitted = shares & finite & coherent
apart, independent = Region(gap > 0), Region(det > 0)

fused_risk = Formula(
    symbol("fused_risk", "R(w)", "excess risk of the weighted sum of the two fits", nonnegative=True),
    w1**2 * m11 + 2 * w1 * w2 * m12 + w2**2 * m22 - 2 * w1 * u1 - 2 * w2 * u2 + theta_sq, where=where, on=fitted,
    beyond=at_peak)

best_weight = Formula(
    symbol("best_weight", "w_1^*", "weight of the source fit that is best among weights of sum one"),
    (u1 - u2 + m22 - m12) / gap, where=where, on=fitted & apart, beyond=at_peak)
best_fused_risk = Formula(
    symbol("best_fused_risk", r"\min_{w_1 + w_2 = 1} R", "least risk over weights of sum one", nonnegative=True),
    theta_sq - 2 * u2 + m22 - gap * best_weight.symbol**2, on=fitted & apart, beyond=at_peak,
    where={best_weight.symbol: best_weight})

free_weight1 = Formula(
    symbol("free_weight1", "w_1^{**}", "weight of the source fit that is best among all weights"),
    (m22 * u1 - m12 * u2) / det, where=where, on=fitted & independent, beyond=at_peak)
free_weight2 = Formula(
    symbol("free_weight2", "w_2^{**}", "weight of the target fit that is best among all weights"),
    (m11 * u2 - m12 * u1) / det, where=where, on=fitted & independent, beyond=at_peak)
free_fused_risk = Formula(
    symbol("free_fused_risk", r"\min_w R", "least risk over all weights", nonnegative=True),
    theta_sq - u1 * free_weight1.symbol - u2 * free_weight2.symbol, on=fitted & independent, beyond=at_peak,
    where={free_weight1.symbol: free_weight1, free_weight2.symbol: free_weight2})


fitted_names, moment_names = (r1, r2, zeta1, zeta2), (r1, r2, zeta1, zeta2, m11, m12, m22, u1, u2)
risk, weight, best, weight1, weight2, free = (f.given(*moment_names) for f in (
    fused_risk, best_weight, best_fused_risk, free_weight1, free_weight2, free_fused_risk))
summing, at_free = risk.at({w2: 1 - w1}), {w1: weight1, w2: weight2}
shifted = theta1_sq - 2 * inner12 + theta_sq
related = {m12: u1 * u2 / theta_sq}
left1, left2 = theta_sq * m11 - u1**2, theta_sq * m22 - u2**2

parabola = (
    Claim("the risk is stationary at the best weight of sum one", summing.diff(w1).at({w1: weight}), "==", 0),
    Claim("along sum one the risk curves by twice the squared distance of the fits", summing.diff(w1).diff(w1), "==", 2 * gap),
    Claim("fusing is never worse than the source fit alone", best, "<=", risk.at({w1: 1, w2: 0})),
    Claim("fusing is never worse than the target fit alone", best, "<=", risk.at({w1: 0, w2: 1})),
    Claim("the risk is stationary in the source weight at the free optimum", risk.diff(w1).at(at_free), "==", 0),
    Claim("the risk is stationary in the target weight at the free optimum", risk.diff(w2).at(at_free), "==", 0),
    Claim("the least risk over sum one is the risk at the best weight", summing.at({w1: weight}), "==", best),
    Claim("the least risk over all weights is the risk at the free optimum", risk.at(at_free), "==", free),
    Claim("the risk's Hessian is twice M", risk.diff(w1).diff(w1) * risk.diff(w2).diff(w2) - risk.diff(w1).diff(w2)**2, "==",
          4 * det),
    Claim("the source fit times its best factor is never better than the free optimum", free, "<=", theta_sq - u1**2 / m11,
          on=Region(m11 > 0)),
)

apartness = fused_risk.given(*fitted_names).at({w2: 1 - w1}).diff(w1).diff(w1) / 2
fits = (
    Claim("the fits differ by what each shows alone, by the shift in what both show, and by their noise", apartness, "==",
          r1 * (1 - r2) * theta1_sq + r2 * (1 - r1) * theta_sq + r1 * r2 * shifted + zeta1 * sigma1_sq + zeta2 * sigma2_sq),
    Claim("the fits are apart by the source fit's noise at least", apartness, ">=", zeta1 * sigma1_sq, on=Region(shifted >= 0)),
    Claim("a noiseless full target fit takes all the weight", best_weight.given(*fitted_names).at({r2: 1, sigma2_sq: 0}), "==",
          0),
    Claim("the precisions of the two best multiples add up, less that of knowing nothing",
          free.at(related) * (theta_sq * (left1 * m22 + left2 * m11) - left1 * left2), "==", theta_sq * left1 * left2,
          on=Region(theta_sq > 0)),
)

unshifted = {theta_sq: theta1_sq, inner12: theta1_sq}
noisy = Region(n1 > 0, n2 > 0, sigma1_sq > 0, sigma2_sq > 0)
regimes = {"below the threshold": Region(n1 < p - 1, n2 < p - 1), "beyond the threshold": Region(n1 > p + 1, n2 > p + 1)}
of_source, of_target = fused_risk.given(r2, zeta2).at({w1: 1, w2: 0}), fused_risk.given(r1, zeta1).at({w1: 0, w2: 1})
as_common = {delta_sq: shifted, sigma_sq: sigma1_sq}
sizes = (
    Claim("weight one on the source is the exact source-only risk", of_source, "==",
          finite_sample.source_risk.given(theta_sq, delta_sq).at(as_common), on=Region(n1 > 0, n1 < p - 1)),
    Claim("weight one on the target is the exact target-only risk", of_target, "==",
          finite_sample.target_risk.given(theta_sq).at({sigma_sq: sigma2_sq}), on=Region(n2 > 0, n2 < p - 1)),
    Claim("beyond the threshold weight one on the source is least squares on the source", of_source, "==",
          least_squares.ols_risk.at({n2: 0, delta_sq: shifted}), on=Region(n1 > p + 1)),
    Claim("beyond the threshold weight one on the target is least squares on the target", of_target, "==",
          least_squares.ols_risk.at({n1: 0}), on=Region(n2 > p + 1)),
    *(Claim(f"{where} the least risk over sum one is the risk at the best weight",
            fused_risk.at({w2: 1 - w1}).at({w1: best_weight}).at(unshifted), "==", best_fused_risk.at(unshifted),
            on=noisy & regime)
      for where, regime in regimes.items()),
    *(Claim(f"{where} the least risk over all weights is the risk at the free optimum",
            fused_risk.at({w1: free_weight1, w2: free_weight2}).at(unshifted), "==", free_fused_risk.at(unshifted),
            on=noisy & regime)
      for where, regime in regimes.items()),
)


def shown(k):
    """r_k, the share of its coefficients that the fit on sample k shows in the mean."""
    return {1: r1, 2: r2}.get(k) or symbol(f"r{k}", f"r_{k}", f"share of its coefficients that fit {k} shows in the mean",
                                           nonnegative=True)


def scattered(k):
    """zeta_k, the squared norm of the fit on sample k to pure noise of variance one."""
    return {1: zeta1, 2: zeta2}.get(k) or symbol(f"zeta{k}", rf"\zeta_{k}", f"squared norm of fit {k} to noise of variance one",
                                                 nonnegative=True)


def weight_of(k):
    """w_k, the weight of the fit on sample k."""
    return {1: w1, 2: w2}.get(k) or symbol(f"w{k}", f"w_{k}", f"weight of fit {k}")


def inner(k, m):
    """<theta_k, theta_m>; theta_0 are the target's coefficients."""
    k, m = sorted((k, m))
    if (k, m) in ((1, 1), (1, 2)):
        return theta1_sq if m == 1 else inner12
    latex = rf"\|\theta_{k}\|^2" if k == m else rf"\langle\theta_{k},\theta_{m}\rangle"
    return symbol(f"inner{k}{m}" if k < m else f"theta{k}_sq", latex, f"inner product of the coefficients {k} and {m}",
                  **({"nonnegative": True} if k == m else {}))


def moment(k, m):
    """M_km, the expected inner product of the fits on samples k and m."""
    k, m = sorted((k, m))
    return symbol(f"M{k}{m}", f"M_{{{k}{m}}}", f"expected inner product of fits {k} and {m}")


def aimed(k):
    """u_k, the expected inner product of the fit on sample k with the target's coefficients."""
    return symbol(f"aimed{k}", f"u_{k}", f"expected inner product of fit {k} with the target's coefficients")


def fused_risk_of(K):
    """The expected risk of sum_k w_k theta_hat_k, the fits being to K independent samples, the target's not always among them.

    >>> both = fused_risk_of(2)
    >>> both(p=60, n1=25, n2=12, w1=0.4, w2=0.6, theta0_sq=2, theta1_sq=3, theta2_sq=2, inner01=2, inner02=2, inner12=2,
    ...      sigma1_sq=1, sigma2_sq=1)
    1.4868952857738844
    """
    each = numbered(K)
    square = sum(weight_of(k) * weight_of(m) * moment(k, m) for k in each for m in each)
    return Formula(
        symbol(f"fused_risk_of_{K}", rf"R_{{{K}}}(w)", f"excess risk of the weighted sum of {K} fits"),
        square - 2 * sum(weight_of(k) * aimed(k) for k in each) + inner(0, 0),
        on=Region(*(shown(k) <= 1 for k in each), *(Ge(scattered(k), 0, evaluate=False) for k in each)),
        beyond={Ge(scattered(k), 0, evaluate=False): infinite for k in each}, where={
            **{moment(k, m): shown(k) * shown(m) * inner(k, m) for k, m in combinations(each, 2)},
            **{moment(k, k): shown(k) * inner(k, k) + scattered(k) * noise(k) for k in each},
            **{aimed(k): shown(k) * inner(0, k) for k in each},
            **{shown(k): Piecewise((size(k) / p, size(k) < p), (1, True)) for k in each},
            **{scattered(k): Piecewise((size(k) / (p - size(k) - 1), size(k) < p), (p / (size(k) - p - 1), True)) for k in each}})


fused_risks = fused_risk_of_1, fused_risk_of_2, fused_risk_of_3 = tuple(fused_risk_of(K) for K in (1, 2, 3))


def of_fits(K):
    """r_k and zeta_k of K fits."""
    return tuple(letter(k) for k in numbered(K) for letter in (shown, scattered))


def best_of(K):
    """(the risk of K fits less what it would be at weights v with M v = u, what that difference is: (w - v)'M(w - v))."""
    each = numbered(K)
    best = {k: symbol(f"v{k}", f"w_{k}^*", f"best weight of fit {k}") for k in each}
    known = {aimed(k): sum(moment(k, m) * best[m] for m in each) for k in each}
    risk = fused_risk_of(K).given(*of_fits(K), *(moment(k, m) for k in each for m in each), *(aimed(k) for k in each))
    apart = {k: weight_of(k) - best[k] for k in each}
    return (risk.at(known) - (inner(0, 0) - sum(known[aimed(k)] * best[k] for k in each)),
            sum(apart[k] * apart[m] * moment(k, m) for k in each for m in each))


def mean_and_scatter(K):
    """|theta_0 - sum_k w_k r_k theta_k|^2, and what the fits scatter about their means."""
    each = numbered(K)
    lean = {k: weight_of(k) * shown(k) for k in each}
    distance = inner(0, 0) - 2 * sum(lean[k] * inner(0, k) for k in each) + sum(
        lean[k] * lean[m] * inner(k, m) for k in each for m in each)
    return distance + sum(weight_of(k)**2 * (shown(k) * (1 - shown(k)) * inner(k, k) + scattered(k) * noise(k)) for k in each)


n3 = size(3)
exchanged = {n2: n3, n3: n2, noise(2): noise(3), noise(3): noise(2), weight_of(2): weight_of(3), weight_of(3): weight_of(2),
             inner(2, 2): inner(3, 3), inner(3, 3): inner(2, 2), inner(1, 2): inner(1, 3), inner(1, 3): inner(1, 2),
             inner(0, 2): inner(0, 3), inner(0, 3): inner(0, 2)}
filled = {"below the threshold": Region(n1 > 0, n1 < p - 1, n2 > 0, n2 < p - 1),
          "beyond the threshold": Region(n1 > p + 1, n2 > p + 1)}
third = {"below the threshold": Region(n3 > 0, n3 < p - 1), "beyond the threshold": Region(n3 > p + 1)}
own = {inner(0, 0): theta_sq, inner(2, 2): theta_sq, inner(0, 2): theta_sq, inner(0, 1): inner12}
many = (
    *(Claim(f"where M v = u the risk of {word} exceeds |theta_0|^2 - u'v by (w - v)'M(w - v)", best_of(K)[0], "==",
            best_of(K)[1]) for K, word in ((1, "one fit"), (2, "two fits"), (3, "three fits"))),
    *(Claim(f"the risk of {word} is what their mean misses, and how far each scatters", fused_risk_of(K).given(*of_fits(K)), "==",
            mean_and_scatter(K)) for K, word in ((1, "one fit"), (2, "two fits"), (3, "three fits"))),
    *(Claim(f"{where} the risk of two fits, the second to the target's rows, is the fused risk", fused_risk_of_2.at(own), "==",
            fused_risk, on=regime) for where, regime in filled.items()),
    *(Claim(f"{where} a second fit without weight changes nothing", fused_risk_of_2.at({w2: 0}), "==", fused_risk_of_1, on=regime)
      for where, regime in filled.items()),
    *(Claim(f"{where} a third fit without weight changes nothing", fused_risk_of_3.at({weight_of(3): 0, n3: 0}), "==",
            fused_risk_of_2, on=regime) for where, regime in filled.items()),
    *(Claim(f"{where} fits may be told in any order", fused_risk_of_3.at(exchanged), "==", fused_risk_of_3,
            on=regime & third[where]) for where, regime in filled.items()),
)


CASE = {"p": 60, "theta1_sq": 2.5, "theta_sq": 2.25, "inner12": 2.0, "sigma1_sq": 1.0, "sigma2_sq": 0.5}
simulations = (
    Simulation(fused_risk, fused_replicate, says="two min-norm fits at their best weights of sum one", rows=("gaussian",),
               point={**CASE, "n1": 25, "n2": 12, "w1": 0.393, "w2": 0.607}),
)

late_fusion = Theorem(
    "Late fusion of a source fit and a target fit",
    (Citation("song2024", "isotropic concept shift, Gaussian rows"), Citation("muirhead1982", "E W^{-1} for a Wishart matrix")),
    states="The risk of a weighted sum of two independent fits is a quadratic form in the weights, exact at every finite size. "
           "Its least value over weights of sum one is never above the risk of either fit alone, and the least value over all "
           "weights is lower still. Of K fits it is the same form in K weights, least where M w = u. Proved for K = 1, 2, 3.",
    assumes=("Gaussian rows", "isotropic", "the two samples are independent", "noise independent of the features"),
    formulas=(fused_risk, best_weight, best_fused_risk, free_weight1, free_weight2, free_fused_risk, *fused_risks),
    claims=parabola + fits + sizes + many,
    simulations=simulations,
    uses=(finite_sample.finite_sample, least_squares.least_squares),
)
