r"""From y = X theta + epsilon to the exact risk of two pooled samples, its threshold, and its
best source size.
"""

from sympy import Integer

from symrisk.derivations.transfer import designs
from symrisk.derivations.transfer.designs import CHI_SQUARE, COCHRAN, INVARIANCE, instances
from symrisk.language.claim import Claim
from symrisk.language.region import Region
from symrisk.paper.derivation import Derivation, Step
from symrisk.symbols import (
    delta_sq,
    n1,
    n2,
    p,
    sigma1_sq,
    sigma2_sq,
    sigma_sq,
    snr,
    ssr,
    symbol,
    theta_sq,
)
from symrisk.theorems.transfer import finite_sample as exact
from symrisk.theorems.transfer.letters import noisy, signal, sources

n = n1 + n2
leaked = n1 + n1 * n2 / (p - n - 1)
risk = exact.unequal_noise_pooled_risk

pooled_risk = Derivation(
    "the exact pooled risk from y = X theta + epsilon",
    "theta_hat = X' W^{-1} y with W = X X', theta_1 = theta_2 + delta",
    of=exact.unequal_noise_pooled_risk,
    steps=(
        Step("the error is the shift that leaks in, the noise, and the missed signal",
             instances=instances(designs.error_splits)),
        Step("the missed signal is orthogonal to both, whatever the design",
             instances=instances(designs.missed_is_orthogonal)),
        Step("of the signal I - Pi misses p - n dimensions of p",
             instances=instances(designs.free_dimensions)),
        Step("so that in the mean it misses the share (p - n)/p", cites=INVARIANCE),
        Step("independent noise adds sum_i sigma_i^2 (W^{-1})_ii in the mean, for |X^+ epsilon|^2 "
             "= epsilon' W^{-1} epsilon",
             instances=instances(designs.noise_square)),
        Step("(W^{-1})_ii is one over the squared length of row i off the others",
             instances=instances(designs.row_off_the_others)),
        Step("whose mean is 1/(p - n - 1), and infinite for p = n and p = n + 1", cites=CHI_SQUARE),
        Step("without a shift of the target's the leak's square is delta' X_1' (W^{-1})_11 X_1 "
             "delta",
             instances=instances(designs.leak_by_blocks)),
        Step("in the mean a multiple of |delta|^2, the trace of (W^{-1})_11 X_1 X_1' over p",
             cites=INVARIANCE),
        Step("(W^{-1})_11 is the inverse of X_1 P X_1', P projecting off the target rows",
             instances=instances(designs.group_block)),
        Step("so that the trace is n_1, and tr (X_1 P X_1')^{-1} X_1 (I - P) X_1'",
             instances=instances(designs.group_trace)),
        Step("the two factors are independent: in the mean n_1 + n_1 n_2/(p - n - 1)",
             cites=COCHRAN),
        Step("in lowest terms n_1 (p - n_1 - 1)/(p - n - 1)",
             Claim("the leaked share", p * risk.diff(delta_sq), "==", leaked)),
        Step("signal, noise and shift add up to the expected risk",
             Claim("the risk",
                   risk, "==",
                   (p - n) / p * theta_sq + (n1 * sigma1_sq + n2 * sigma2_sq) / (p - n - 1)
                   + leaked / p * delta_sq)),
        Step("with a common noise it is the pooled risk",
             Claim("the pooled risk",
                   risk.at({sigma1_sq: sigma_sq, sigma2_sq: sigma_sq}), "==",
                   exact.pooled_risk.given(theta_sq, delta_sq))),
    ))

coefficient = n1 * (p - n1 - 1) / (p * (p - n - 1))
rho = (p - n - 1) / (p - n1 - 1) - p * (p - 1) / ((p - n1 - 1) * (p - n2 - 1) * snr)
threshold = Derivation(
    "the exact threshold from two exact risks",
    "subtract the expected pooled risk from the expected target-only risk", of=exact.ssr_threshold,
    steps=(
        Step("collect signal, noise and shift",
             Claim("the gain by its three parts",
                   exact.target_risk - exact.pooled_risk, "==",
                   n1 / p * snr * sigma_sq - n1 * (p - 1) / ((p - n - 1) * (p - n2 - 1)) * sigma_sq
                   - coefficient * ssr * snr * sigma_sq)),
        Step("take the shift's coefficient and the signal out",
             Claim("the gain factored",
                   exact.target_risk - exact.pooled_risk, "==",
                   coefficient * snr * sigma_sq * (rho - ssr), on=signal)),
        Step("what stands beside SSR is the threshold",
             Claim("rho_ex", rho, "==", exact.ssr_threshold)),
        Step("the factor outside is positive",
             Claim("the factor",
                   coefficient * snr * sigma_sq, ">", 0,
                   on=exact.roomy & sources & signal & noisy)),
        Step("so pooling helps in the mean exactly while SSR <= rho_ex",
             Claim("the equivalence",
                   exact.pooled_risk, "<=", exact.target_risk, on=sources & signal & noisy,
                   iff=ssr <= exact.ssr_threshold)),
    ))

s = symbol("s", "s", "room p - 1 - n that two samples leave", positive=True)
A = p - 1 + snr * ssr * n2 * (p - 1 - n2) / p
B = snr * (1 - ssr) / p
C = -1 + snr / p + snr * ssr * (p - 1 - 2 * n2) / p
left = Region(s < p - 1 - n2)
best_source_size = Derivation(
    "the best source size from the risk in the room it leaves",
    "put n_1 = p - 1 - n_2 - s and divide by sigma^2", of=exact.best_source_size,
    steps=(
        Step("in the room s the risk is A/s + B s + C",
             Claim("the risk in the room",
                   exact.pooled_risk.at({n1: p - 1 - n2 - s, sigma_sq: Integer(1)}), "==",
                   A / s + B * s + C, on=left)),
        Step("A is positive", Claim("A", A, ">", 0, on=Region(n2 < p - 1, over=(snr, ssr)))),
        Step("s_*^2 = A/B is where A/s and B s balance",
             Claim("the room left by the best size",
                   (p - 1 - n2 - exact.best_source_size)**2 * B, "==", A, on=exact.interior)),
        Step("no other room costs less: A/s + B s less its value there is B (s - s_*)^2/s",
             Claim("a square over the room",
                   exact.pooled_risk.at({n1: p - 1 - n2 - s, sigma_sq: Integer(1)})
                   - exact.least_pooled_risk.at({sigma_sq: Integer(1)}), "==",
                   B * (s - (p - 1 - n2) + exact.best_source_size)**2 / s,
                   on=exact.interior & left)),
        Step("and where B s falls short of A/s up to the whole room, no source sample helps",
             Claim("the slope without source samples",
                   A, ">=", B * (p - 1 - n2)**2,
                   on=Region(snr * (p - 1 - n2) * (p - 1 - n2 - (p - 1) * ssr) <= p * (p - 1),
                             n2 < p - 1))),
    ))
