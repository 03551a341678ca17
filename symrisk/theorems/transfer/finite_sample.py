r"""The exact expected risk of min-norm pooling at every finite size, for Gaussian isotropic rows.

W = X X' is Wishart with p degrees of freedom: E W^{-1} = I/(p - n - 1) gives the noise, and its blocks the shift; the
missed signal (p - n)/p is exact for every rotation-invariant design.  Finite for p >= n + 2.
"""

from symrisk.claim import Claim
from symrisk.formula import Formula
from symrisk.region import Region
from symrisk.symbols import bias, delta_sq, n, n1, n2, p, shift, sigma_sq, snr, ssr, symbol, theta_sq, variance
from symrisk.theorem import Citation, Theorem

roomy = Region(n1 + n2 < p - 1)

pooled_risk = Formula(
    symbol("pooled_risk", r"\mathbb{E} R_{\mathrm{pool}}", "expected excess risk of the pooled min-norm interpolator",
           nonnegative=True),
    bias + shift + variance, on=roomy, where={
        bias: (p - n) / p * theta_sq,
        shift: n1 * (p - n1 - 1) / (p * (p - n - 1)) * delta_sq,
        variance: n / (p - n - 1) * sigma_sq,
        n: n1 + n2,
        theta_sq: snr * sigma_sq,
        delta_sq: ssr * theta_sq})

target_risk = Formula(
    symbol("target_risk", r"\mathbb{E} R_{\mathrm{target}}", "expected excess risk of the target-only interpolator",
           nonnegative=True),
    bias + variance, on=Region(n2 < p - 1), where={
        bias: (p - n2) / p * theta_sq,
        variance: n2 / (p - n2 - 1) * sigma_sq,
        theta_sq: snr * sigma_sq})

source_risk = Formula(
    symbol("source_risk", r"\mathbb{E} R_{\mathrm{source}}", "expected excess risk, on the target, of the source-only fit",
           nonnegative=True),
    bias + shift + variance, on=Region(n1 < p - 1), where={
        bias: (p - n1) / p * theta_sq,
        shift: n1 / p * delta_sq,
        variance: n1 / (p - n1 - 1) * sigma_sq,
        theta_sq: snr * sigma_sq,
        delta_sq: ssr * theta_sq})

claims = (
    Claim("without source samples the exact pooled risk is the target-only one", pooled_risk.at({n1: 0}), "==", target_risk),
    Claim("without target samples the exact pooled risk is the source-only one", pooled_risk.at({n2: 0}), "==", source_risk),
    Claim("the shift alone costs more with each target sample", pooled_risk.given(theta_sq, delta_sq).diff(delta_sq).diff(n2),
          ">=", 0),
)

finite_sample = Theorem(
    "Pooling under concept shift at finite size",
    (Citation("muirhead1982", "E W^{-1} for a Wishart matrix"), Citation("song2024", "isotropic concept shift, Gaussian rows")),
    states="For Gaussian isotropic rows the expected risks of pooled, target-only and source-only min-norm interpolation are "
           "rational functions of the sizes, exactly, at every p >= n + 2.",
    assumes=("Gaussian rows", "isotropic", "common noise variance"),
    formulas=(pooled_risk, target_risk, source_risk),
    claims=claims,
)
