r"""From the rows of K samples to the risk of the pooled fit: leave a row out, then add eta of the
target's error to the aim.

    Q-hat = (sum_k w_k X_k' X_k + mu Omega)^{-1},        theta_hat = Q-hat sum_k w_k X_k' y_k

First order: a row left out and put back says that Q-hat acts as Q = (mu Omega + sum_k c_k
Sigma_k)^{-1}, where c makes a convex potential least.  Second order: the least objective M(eta),
with eta |theta - theta_0|^2_{Sigma_0} added, has slope |theta_hat - theta_0|^2_{Sigma_0} at eta =
0.  It is a Schur complement of rows [x, y], to which the first order applies; c then moves with eta
at the rate g, and the slope of the limit is the risk.  Label noise and what a sample's coefficients
differ come in alike.

What concentrates, and that limit and slope may be exchanged, is cited.  Linear algebra is checked
on exact rational instances; the fixed point, the slopes in eta, the adjoint form and the residuals
are proved for every law of the eigenvalues.
"""

from sympy import log

from symrisk.derivations.transfer.weighted_designs import (
    envelope,
    fitted_trace,
    leave_one_out,
    residuals,
    resolvents,
    schur,
    schur_of_limit,
)
from symrisk.engine.expressions.mean import Mean
from symrisk.engine.potential.elimination_names import eliminated
from symrisk.equivalents.pooled import REGIMES, Pooled, coordinates
from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.implicit import Implicit
from symrisk.language.region import Region
from symrisk.paper.derivation import Derivation, Step
from symrisk.paper.theorem import Citation
from symrisk.symbols import H, coordinate, noise, p, size, symbol, tau0, weight
from symrisk.theorems.transfer import multi_source
from symrisk.theorems.transfer.letters import SPOKEN, WORDS
from symrisk.theorems.transfer.samples.inside import inside as resolvent_inverse

CONCENTRATES = Citation("hastie2022",
                        "quadratic forms x' A x of a row independent of A concentrate at tr(Sigma "
                        "A)")
EQUIVALENT = Citation("song2024",
                      "design shift: the deterministic equivalent of the resolvent of samples of "
                      "several covariances")
EXCHANGE = Citation("hastie2022",
                    "limit and derivative are exchanged: M(eta) is concave and its limit is "
                    "differentiable")
VANISHING = Citation("hastie2022",
                     "min-norm interpolation as the limit mu -> 0 after p -> infinity, n/p away "
                     "from 1")
CHAIN = Citation("rudin1976", "Theorem 9.15 (the chain rule)")

eta = symbol("eta", r"\eta", "how much of the target's squared error is added to the objective",
             nonnegative=True)
trace_of = symbol("trace_of", r"t_k", "tr(Sigma_k Q)", positive=True)
scale = symbol("one_scale", "c_k", "scale of sample k", positive=True)
algebra = Region(over=(weight(1), trace_of, scale))
any_fit = symbol("any_fit", r"\theta", "coordinate of any coefficients", kind="coordinate")


def told(pooled):
    return f"{SPOKEN[pooled.regime]}, {WORDS[pooled.K]}"


def stated(name, expression, pooled, where):
    """A formula of a derivation, on the region of a regime."""
    return Formula(
        symbol(name, rf"\mathrm{{{name.replace('_', ' ')}}}", "a side of a derivation's step"),
        expression, where=where, on=pooled.on)


def moved_scales(pooled):
    """The scales with mu Omega + eta Sigma_0 in place of mu Omega."""
    inside = resolvent_inverse(pooled) + eta * tau0
    pulls = sum(size(k) * log(c) for k, c in zip(pooled.samples, pooled.scales, strict=True))
    return Implicit.potential(pooled.scales, p * Mean(log(inside), H) + sum(pooled.costs) - pulls)


def second_order(pooled):
    return {**pooled.second(tau0), **pooled.first}


def is_stationary(pooled):
    """The slope of the potential along each u_k is c_k tr(Sigma_k Q) + c_k/w_k - n_k."""
    for k in pooled.samples:
        c, t = pooled.scales[k - 1], pooled.eigenvalues[k - 1]
        fitted = p * Mean(c * t / resolvent_inverse(pooled), H)
        rows_of = stated("rows_of", fitted + pooled.costs[k - 1], pooled, pooled.implicit)
        yield Step(f"the potential's minimiser solves the equation of sample {k} ({told(pooled)})",
                   Claim("the fixed point", rows_of, "==", size(k)))


def rates(pooled):
    """dc_k/d eta at eta = 0 is g_k."""
    moved = moved_scales(pooled)
    for k, c, g in zip(pooled.samples, pooled.scales, pooled.gains, strict=True):
        yield Step(f"at eta = 0 the scale of sample {k} moves at the rate g_{k} ({told(pooled)})",
                   Claim("the rate",
                         stated("moved_scale", c, pooled, moved).diff(eta).at({eta: 0}), "==",
                         stated("gain", g, pooled, second_order(pooled))))


def distances(pooled, fit):
    return [p * Mean(t * (fit - b)**2, H)
            for t, b in zip(pooled.eigenvalues, coordinates(pooled.K), strict=True)]


def slope_at_a_fit(pooled):
    """With theta held, the limit's slope in eta is |theta - theta_0|^2 + sum_k g_k (sigma_k^2 +
    |theta - theta_k|^2).
    """
    own = p * Mean(tau0 * (any_fit - coordinate(0))**2, H)
    far = distances(pooled, any_fit)
    heights = [noise(k) + far[k - 1] for k in pooled.samples]
    weighed = sum(c * h for c, h in zip(pooled.scales, heights, strict=True))
    value = weighed + p * Mean(pooled.floor * any_fit**2, H) + eta * own
    risk = own + sum(g * h for g, h in zip(pooled.gains, heights, strict=True))
    least = stated("least_objective", value, pooled, moved_scales(pooled))
    return Step("so the limit's slope in eta, at any theta, is its distance from the target and "
                f"what passes ({told(pooled)})",
                Claim("the slope at theta",
                      least.diff(eta).at({eta: 0}), "==",
                      stated("error", risk, pooled, second_order(pooled))))


def mean_fit(pooled):
    """theta_bar makes the limit stationary along each eigenvector, and misses what
    `equivalents.risk` says of theta_0.
    """
    b0, bs = coordinate(0), coordinates(pooled.K)
    pulls = [(c * t, b) for c, t, b in zip(pooled.scales, pooled.eigenvalues, bs, strict=True)]
    bar = sum(pull * b for pull, b in pulls) / pooled.inside
    slope = sum(pull * (bar - b) for pull, b in pulls) + pooled.floor * bar
    yield Step("theta_bar = Q sum_k c_k Sigma_k theta_k is where the limit is least "
               f"({told(pooled)})",
               Claim("stationary",
                     stated("slope_sq", p * Mean(slope**2, H), pooled, pooled.first), "==", 0))
    gap = pooled.missed(bs, b0) - (bar - b0)
    yield Step("which misses the target's coefficients by its shares of the others and what the "
               f"penalty keeps ({told(pooled)})",
               Claim("what is missed",
                     stated("difference_sq", p * Mean(gap**2, H), pooled, pooled.first), "==", 0))


def adjoint(pooled):
    """s = (D - J)^{-1} load: sum_k g_k load_k = sum_k v_k s_k, and n_k s_k/c_k^2 = load_k + (J
    s)_k.
    """
    loads = [symbol(f"load{k}", f"L_{k}", "what acts as label noise of a sample", nonnegative=True)
             for k in pooled.samples]
    names, x = _solved(pooled, loads)
    s = [c * step for c, step in zip(pooled.scales, x, strict=True)]
    where = {**dict(reversed(names.items())), **pooled.first}
    v = [pooled.mean(t * tau0 / pooled.inside**2) for t in pooled.eigenvalues]
    by_target = sum(a * b for a, b in zip(v, s, strict=True))
    by_gains = sum(g * load for g, load in zip(pooled.gains, loads, strict=True))
    yield Step("D - J is symmetric: sum_k g_k L_k = sum_k v_k s_k, s = (D - J)^{-1} L, "
               f"whatever the target ({told(pooled)})",
               Claim("the adjoint form",
                     stated("by_target", by_target, pooled, where), "==",
                     stated("by_gains", by_gains, pooled, second_order(pooled))))
    for k, c, t in zip(range(pooled.K), pooled.scales, pooled.eigenvalues, strict=True):
        J = 0
        for other, step in zip(pooled.eigenvalues, s, strict=True):
            J += pooled.mean(t * other / pooled.inside**2) * step
        yield Step(f"on new rows of sample {k + 1}, v = J_k: its noise and risk are s_k n_k/c_k^2 "
                   f"({told(pooled)})",
                   Claim("the risk on a sample",
                         stated("seen", s[k] * size(k + 1) / c**2, pooled, where), "==",
                         stated("noise_and_risk", loads[k] + J, pooled, where)))


def _solved(pooled, loads):
    """(names, x) with c_k x_k the solution of (D - J) s = load, eliminated without subtraction."""
    each, ties = range(pooled.K), {}
    for k in each:
        for m in range(k):
            ties[k, m] = pooled.mean(pooled.shares[k] * pooled.shares[m])
    ground = [pooled.costs[k] + pooled.mean(pooled.shares[k] * pooled.rest) for k in each]
    pulls = [c * load for c, load in zip(pooled.scales, loads, strict=True)]
    return eliminated("adjoint_", ties, ground, pulls)


def of_regimes(K, *makers):
    """The steps that each maker has, in each regime in turn."""
    steps = []
    for maker in makers:
        for regime in REGIMES:
            steps += maker(Pooled(K, regime))
    return steps


first_order = Derivation(
    "leave-one-out to the fixed point", "Q-hat = (sum_k w_k X_k' X_k + mu Omega)^{-1}",
    of=multi_source.freedom_of_2,
    steps=(
        Step("a row taken out: w x'Q-hat x = w x'Q_- x/(1 + w x'Q_- x)", instances=leave_one_out),
        Step("x'Q_- x is tr(Sigma_k Q-hat) up to O(1/sqrt p)", cites=CONCENTRATES),
        Step("a resolvent differs from a deterministic one by Q-hat (Q^{-1} - Q-hat^{-1}) Q, "
             "small in the mean where c_k = w_k n_k/(1 + w_k tr(Sigma_k Q))",
             instances=resolvents),
        Step("so Q-hat acts as Q = (mu Omega + sum_k c_k Sigma_k)^{-1}", cites=EQUIVALENT),
        Step("c_k = w_k n_k/(1 + w_k t_k) is c_k t_k + c_k/w_k = n_k",
             Claim("the equation of a sample",
                   weight(1) * (scale * trace_of + scale / weight(1))
                   / (1 + weight(1) * trace_of), "==",
                   scale, on=algebra)),
        Step("what is fitted and what the penalty keeps are the dimension", instances=fitted_trace),
        *of_regimes(1, is_stationary),
        *of_regimes(2, is_stationary),
        *of_regimes(3, is_stationary),
    ))


def second_order_of(K, theorem):
    """From the least objective, with the target's squared error added, to the risk of K samples."""
    return Derivation(
        f"the second order by the envelope argument, {WORDS[K]}",
        "M(eta) = min_theta sum_k w_k |y_k - X_k theta|^2 + mu |theta|^2_Omega + eta |theta - "
        "theta_0|^2_{Sigma_0}",
        of=theorem.formula(f"ridge_risk_of_{K}"),
        steps=(
            Step("M has the squared error on the target for slope at eta = 0", instances=envelope),
            Step("M is a Schur complement of sum_k w_k [X_k, y_k]'[X_k, y_k]", instances=schur),
            Step("rows [x, y] are independent with second moments Sigma_k, Sigma_k theta_k and "
                 "theta_k' Sigma_k theta_k + sigma_k^2: the first order holds for them",
                 cites=EQUIVALENT),
            Step("in the limit M is the least, over theta, of sum_k c_k (sigma_k^2 + |theta - "
                 "theta_k|^2) + mu |theta|^2 + eta |theta - theta_0|^2",
                 instances=schur_of_limit),
            Step("limit and slope are exchanged", cites=EXCHANGE),
            *of_regimes(K, mean_fit, rates),
            *(slope_at_a_fit(Pooled(K, regime)) for regime in REGIMES),
            Step("theta_bar moves with eta too, along which the limit's slope is zero: the slope "
                 "in eta is that at theta_bar, the risk",
                 cites=CHAIN),
            Step("without a penalty it is the limit mu -> 0 of this, taken after p -> infinity",
                 cites=VANISHING),
        ))


second_order_of_1 = second_order_of(1, multi_source.one)
second_order_of_2 = second_order_of(2, multi_source.two)
second_order_of_3 = second_order_of(3, multi_source.three)

residual_of_2 = Derivation(
    "the adjoint form, and residuals of the rows themselves",
    "R = b_0 + sum_k g_k (sigma_k^2 + b_k), L_k = sigma_k^2 + b_k", of=multi_source.ridge_risk_of_2,
    steps=(
        *of_regimes(1, adjoint),
        *of_regimes(2, adjoint),
        Step("a row's own residual is that of the fit without it over 1 + w x'Q_- x",
             instances=residuals),
        Step("1/(1 + w_k t_k) = c_k/(w_k n_k): the training error is (c_k/(w_k n_k))^2 of that on "
             "new rows",
             Claim("the share of a residual that is left",
                   scale / (weight(1) * (scale * trace_of + scale / weight(1))), "==",
                   1 / (1 + weight(1) * trace_of), on=algebra)),
        Step("a row left out is a new row: its squared residual is sigma_k^2 and the risk on "
             "sample k",
             cites=CONCENTRATES),
    ))
