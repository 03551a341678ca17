r"""Three roads: the exact threshold, the risk of K samples block by block, and the leak of least squares."""

from sympy import Rational

from symrisk.claim import Claim
from symrisk.derivation import Derivation, Step
from symrisk.region import Region
from symrisk.symbols import n1, n2, p, sigma_sq, snr, ssr, symbol
from symrisk.theorem import Citation
from symrisk.theorems.transfer import finite_sample_exact as exact
from symrisk.theorems.transfer.finite_sample import pooled_risk, roomy, target_risk

PARTITION = Citation("muirhead1982", "Section 3.2: a block's Schur complement is Wishart, independent of the rest")
BETA = Citation("muirhead1982", "Section 3.3: S^{-1/2} S_1 S^{-1/2} is matrix-beta, rotation invariant, independent of S")
WISHART = Citation("muirhead1982", "Section 3.2, moments of a Wishart matrix and of its inverse")
n = n1 + n2
k11, k12 = symbol("k11", r"\kappa_1", "E B_11 B_22"), symbol("k12", r"\kappa_2", "E B_12^2")


def group(m):
    """p beta of a group of m of the n rows."""
    return m + m * (n - m) / (p - n - 1)


def trace_sq(m):
    """E (tr S)^2 of m Gaussian rows."""
    return m**2 * p**2 + 2 * m * p


def square_trace(m):
    """E tr S^2 of m Gaussian rows."""
    return m * p * (m + p + 1)


kappa1 = n1 * (n1**2 + n1 * n2 + n1 - 2) / (n * (n - 1) * (n + 2))
kappa2 = n1 * n2 / (n * (n - 1) * (n + 2))

threshold = Derivation(
    "the exact threshold from two exact risks", "subtract the expected pooled risk from the expected target-only risk",
    of=exact.ssr_threshold, steps=(
        Step("collect signal, noise and shift", Claim(
            "the gain by its three parts", target_risk - pooled_risk, "==",
            n1 / p * snr * sigma_sq - n1 * (p - 1) / ((p - n - 1) * (p - n2 - 1)) * sigma_sq
            - n1 * (p - n1 - 1) / (p * (p - n - 1)) * ssr * snr * sigma_sq)),
        Step("take the shift's coefficient and the signal out", Claim(
            "the gain factored", target_risk - pooled_risk, "==", n1 * (p - n1 - 1) / (p * (p - n - 1)) * snr * sigma_sq
            * ((p - n - 1) / (p - n1 - 1) - p * (p - 1) / ((p - n1 - 1) * (p - n2 - 1) * snr) - ssr), on=Region(snr > 0))),
        Step("what stands beside SSR is the threshold", Claim(
            "rho_ex", (p - n - 1) / (p - n1 - 1) - p * (p - 1) / ((p - n1 - 1) * (p - n2 - 1) * snr), "==", exact.ssr_threshold)),
    ))

blocks = Derivation(
    "the shift of two samples block by block", "E |X^+ [X_k Delta_k]|^2 = sum_kl beta_kl <Delta_k, Delta_l>",
    of=exact.two, steps=(
        Step("in the mean p beta of a group of m rows is m + m (n - m)/(p - n - 1)", cites=PARTITION),
        Step("in lowest terms", Claim("a group's block", group(n1), "==", n1 * (p - n1 - 1) / (p - n - 1), on=roomy)),
        Step("two groups together leave twice their cross block", Claim(
            "the cross block", (group(n) - group(n1) - group(n2)) / 2, "==", -n1 * n2 / (p - n - 1), on=roomy)),
        Step("the blocks add up to the shift of the formula", Claim(
            "the shift of two samples", (group(n1) * exact.gram(1, 1) + group(n2) * exact.gram(2, 2)
                                         + (group(n) - group(n1) - group(n2)) * exact.gram(1, 2)) / p, "==",
            exact.shift_of(2, exact.two))),
    ))

beta_moments = {k11: kappa1, k12: kappa2}
least_squares = Derivation(
    "the leak of least squares", "X^+ [X_1 delta; 0] = S^{-1} S_1 delta, S_1 = S^{1/2} B S^{1/2}",
    of=exact.ols_shift_coefficient, steps=(
        Step("B is rotation invariant and independent of S: E B_ij B_kl = k1 d_ij d_kl + k2 (d_ik d_jl + d_il d_jk)", cites=BETA),
        Step("E (tr S)^2 = n^2 p^2 + 2 n p, E tr S^2 = n p (n + p + 1), E tr S tr S^{-1} = p (n p - 2)/(n - p - 1)",
             cites=WISHART),
        Step("E (tr S_1)^2 = k1 E (tr S)^2 + 2 k2 E tr S^2 holds for these k1, k2", Claim(
            "the squared trace", (k11 * trace_sq(n) + 2 * k12 * square_trace(n)).subs(beta_moments), "==", trace_sq(n1),
            on=Region(n > 1, over=(p,)))),
        Step("and E tr S_1^2 = (k1 + k2) E tr S^2 + k2 E (tr S)^2: two equations for two unknowns", Claim(
            "the trace of the square", ((k11 + k12) * square_trace(n) + k12 * trace_sq(n)).subs(beta_moments), "==",
            square_trace(n1), on=Region(n > 1, over=(p,)))),
        Step("E tr (S B S^{-1} B)/p = k1 + k2 + k2 (n p - 2)/(n - p - 1) is the coefficient", Claim(
            "the leak", kappa1 + kappa2 + kappa2 * (n * p - 2) / (n - p - 1), "==", exact.ols_shift_coefficient)),
        Step("half of equal samples leaks a quarter and a spread", Claim(
            "at n1 = n2", exact.ols_shift_coefficient.at({n1: n2}), ">", Rational(1, 4))),
    ))
