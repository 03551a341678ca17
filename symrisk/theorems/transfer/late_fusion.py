r"""Late fusion: fit source and target apart, then add the two fits with weights.

For Gaussian isotropic rows the fit on sample k, min-norm interpolation or least squares, has mean r_k theta_k and second
moment r_k |theta_k|^2 + sigma_k^2 zeta_k, where

    r_k = n_k/p,  zeta_k = n_k/(p - n_k - 1)   below the interpolation threshold (n_k < p - 1),
    r_k = 1,      zeta_k = p/(n_k - p - 1)     above it                          (n_k > p + 1).

The fits are independent, so the risk of w_1 theta_hat_1 + w_2 theta_hat_2 is a quadratic form in the weights, exactly at
every finite size: R(w) = w'Mw - 2w'u + |theta_2|^2.  Everything below is that parabola.  Its claims are proved in r_k and
zeta_k, so that they hold in all regimes at once, and for any independent fits with such moments.
"""

from sympy import Piecewise

from symrisk.claim import Claim
from symrisk.formula import Formula
from symrisk.region import Region
from symrisk.symbols import delta_sq, n1, n2, p, sigma1_sq, sigma2_sq, sigma_sq, symbol, theta_sq
from symrisk.theorems.transfer import finite_sample
from symrisk.theorems.transfer.letters import inner12, theta1_sq

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

moments = (r1, r2, zeta1, zeta2)
where = {
    m11: r1 * theta1_sq + zeta1 * sigma1_sq,
    m22: r2 * theta_sq + zeta2 * sigma2_sq,
    m12: r1 * r2 * inner12,
    u1: r1 * inner12,
    u2: r2 * theta_sq,
    r1: Piecewise((n1 / p, n1 < p), (1, True)),
    r2: Piecewise((n2 / p, n2 < p), (1, True)),
    zeta1: Piecewise((n1 / (p - n1 - 1), n1 < p), (p / (n1 - p - 1), True)),
    zeta2: Piecewise((n2 / (p - n2 - 1), n2 < p), (p / (n2 - p - 1), True))}
fitted = Region(r1 <= 1, r2 <= 1, zeta1 >= 0, zeta2 >= 0, inner12**2 <= theta1_sq * theta_sq)
apart = Region(m11 - 2 * m12 + m22 > 0)
independent = Region(m11 * m22 > m12**2)

fused_risk = Formula(
    symbol("fused_risk", "R(w)", "excess risk of the weighted sum of the two fits", nonnegative=True),
    w1**2 * m11 + 2 * w1 * w2 * m12 + w2**2 * m22 - 2 * w1 * u1 - 2 * w2 * u2 + theta_sq, where=where, on=fitted)

best_weight = Formula(
    symbol("best_weight", "w_1^*", "weight of the source fit that is best among weights of sum one"),
    (u1 - u2 + m22 - m12) / (m11 - 2 * m12 + m22), where=where, on=fitted & apart)
best_fused_risk = Formula(
    symbol("best_fused_risk", r"\min_{w_1 + w_2 = 1} R", "least risk over weights of sum one", nonnegative=True),
    theta_sq - 2 * u2 + m22 - (m11 - 2 * m12 + m22) * best_weight.symbol**2, on=fitted & apart,
    where={best_weight.symbol: best_weight})

free_weight1 = Formula(
    symbol("free_weight1", "w_1^{**}", "weight of the source fit that is best among all weights"),
    (m22 * u1 - m12 * u2) / (m11 * m22 - m12**2), where=where, on=fitted & independent)
free_weight2 = Formula(
    symbol("free_weight2", "w_2^{**}", "weight of the target fit that is best among all weights"),
    (m11 * u2 - m12 * u1) / (m11 * m22 - m12**2), where=where, on=fitted & independent)
free_fused_risk = Formula(
    symbol("free_fused_risk", r"\min_w R", "least risk over all weights", nonnegative=True),
    theta_sq - u1 * free_weight1.symbol - u2 * free_weight2.symbol, on=fitted & independent,
    where={free_weight1.symbol: free_weight1, free_weight2.symbol: free_weight2})

risk, best, free = (f.given(*moments) for f in (fused_risk, best_fused_risk, free_fused_risk))
x, v1, v2 = (f.given(*moments) for f in (best_weight, free_weight1, free_weight2))
summing = risk.at({w2: 1 - w1})
source_alone, target_alone = risk.at({w1: 1, w2: 0}), risk.at({w1: 0, w2: 1})
noisy = Region(zeta1 * sigma1_sq > 0, zeta2 * sigma2_sq > 0, theta_sq > 0)
claims = (
    Claim("D", summing.diff(w1).diff(w1), ">", 0, on=noisy & Region(2*inner12 <= theta1_sq + theta_sq)),
    Claim("M11", risk.diff(w1).diff(w1), ">", 0, on=noisy),
    Claim("det", risk.diff(w1).diff(w1) * risk.diff(w2).diff(w2), ">", risk.diff(w1).diff(w2)**2, on=noisy),
    Claim("st", summing.diff(w1).at({w1: x}), "==", 0),
    Claim("val", summing.at({w1: x}), "==", best),
    Claim("st1", risk.diff(w1).at({w1: v1, w2: v2}), "==", 0),
    Claim("st2", risk.diff(w2).at({w1: v1, w2: v2}), "==", 0),
    Claim("val2", risk.at({w1: v1, w2: v2}), "==", free),
    Claim("src", best, "<=", source_alone),
    Claim("tgt", best, "<=", target_alone),
    Claim("fr", free, "<=", best),
    Claim("s", source_alone, ">=", 0),
    Claim("sz", fused_risk.at({w1:1,w2:0}), "==", finite_sample.source_risk.given(theta_sq, delta_sq).at({delta_sq: theta1_sq - 2*inner12 + theta_sq, sigma_sq: sigma1_sq}), on=Region(n1<p-1)),
)
if __name__ == "__main__":
    import time

    from symrisk import prove
    for c in claims:
        t=time.time()
        try:
            v = prove(c); print(c.says, v.status, v.by, v.assumes, v.witness, round(time.time()-t,2))
        except Exception as e: print(c.says, type(e), e, round(time.time()-t,2))
