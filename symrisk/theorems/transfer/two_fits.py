"""Two independent fits by their moments: the letters, r_k and zeta_k on either side of the peak.

The fit on sample k, min-norm interpolation or least squares, has mean r_k theta_k and second moment
r_k |theta_k|^2 + sigma_k^2 zeta_k; what several theorems say of fits is said in these letters.
"""

from sympy import Ge, Piecewise

from symrisk.language.region import Region
from symrisk.symbols import inner12, n1, n2, p, sigma1_sq, sigma2_sq, symbol, theta1_sq, theta_sq
from symrisk.theorems.transfer.letters import coherent_pair

r1 = symbol("r1", "r_1",
            "share of its coefficients that the source fit shows in the mean", nonnegative=True)
r2 = symbol("r2", "r_2",
            "share of its coefficients that the target fit shows in the mean", nonnegative=True)
zeta1 = symbol("zeta1", r"\zeta_1",
               "squared norm of the source fit to pure noise of variance one", nonnegative=True)
zeta2 = symbol("zeta2", r"\zeta_2",
               "squared norm of the target fit to pure noise of variance one", nonnegative=True)
w1 = symbol("w1", "w_1", "weight of the source fit")
w2 = symbol("w2", "w_2", "weight of the target fit")
shift_sq = symbol("shift_sq", r"\|\theta_1-\theta_2\|^2",
                  "squared distance of the coefficients of source and target",
                  nonnegative=True)
apart_sq = symbol("apart_sq", r"\Delta_{12}",
                  "expected squared distance of the two fits", nonnegative=True)
scatter1 = symbol("scatter1", "v_1",
                  "expected squared distance of the source fit from its mean", nonnegative=True)
scatter2 = symbol("scatter2", "v_2",
                  "expected squared distance of the target fit from its mean", nonnegative=True)
area_sq = symbol("area_sq", "A",
                 "squared area that the coefficients of source and target span", nonnegative=True)
beside = symbol("beside", "L",
                "squared area that source fit and target's coefficients span in the mean",
                nonnegative=True)
det = symbol("det", r"\det M", "determinant of the fits' expected inner products", nonnegative=True)
source_error = symbol("source_error", "R_1", "risk of the source fit alone", nonnegative=True)
m11 = symbol("m11", "M_{11}", "expected squared norm of the source fit", nonnegative=True)
m22 = symbol("m22", "M_{22}", "expected squared norm of the target fit", nonnegative=True)
m12 = symbol("m12", "M_{12}", "expected inner product of the two fits")
u1 = symbol("u1", "u_1", "expected inner product of the source fit with the target's coefficients")
u2 = symbol("u2", "u_2",
            "expected inner product of the target fit with the target's coefficients",
            nonnegative=True)


def shown_of(size):
    """r of a fit to so many rows, on either side of its peak."""
    return Piecewise((size / p, size < p), (1, True))


def scattered_of(size):
    """zeta of a fit to so many rows, on either side of its peak."""
    return Piecewise((size / (p - size - 1), size < p), (p / (size - p - 1), True))


def off_peak(size):
    """Whether the variance of the fit is finite."""
    return (size - p)**2 > 1


moments = {
    m11: r1 * theta1_sq + zeta1 * sigma1_sq,
    m22: r2 * theta_sq + zeta2 * sigma2_sq,
    m12: r1 * r2 * inner12,
    u1: r1 * inner12,
    u2: r2 * theta_sq}
shifted = theta1_sq - 2 * inner12 + theta_sq
fits_by_size = {
    r1: shown_of(n1),
    r2: shown_of(n2),
    zeta1: scattered_of(n1),
    zeta2: scattered_of(n2)}
by_size = {**moments, **fits_by_size}
distance = {
    apart_sq: (r1 * (1 - r2) * theta1_sq + r2 * (1 - r1) * theta_sq + r1 * r2 * shift_sq
               + zeta1 * sigma1_sq + zeta2 * sigma2_sq),
    shift_sq: shifted}
spread = {
    scatter1: r1 * (1 - r1) * theta1_sq + zeta1 * sigma1_sq,
    scatter2: r2 * (1 - r2) * theta_sq + zeta2 * sigma2_sq}
spanned = {
    beside: scatter1 * theta_sq + r1**2 * area_sq,
    area_sq: theta1_sq * theta_sq - inner12**2}
determined = {
    det: scatter2 * (scatter1 + r1**2 * theta1_sq) + r2**2 * beside,
    **spanned,
    **spread}
shares = Region(r1 <= 1, r2 <= 1)
infinite = "within one row of its peak n_k = p the fit has infinite variance"
at_peak = {Ge(zeta, 0, evaluate=False): infinite for zeta in (zeta1, zeta2)}
finite = Region(*at_peak)
fitted = shares & finite & coherent_pair
apart, independent = Region(apart_sq > 0), Region(det > 0)
