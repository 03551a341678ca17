r"""Errata of the talk "Data Integration" (September 2025) and of the public R code, as far as
features are isotropic.

Statements about a sample covariance S = X'X/n are told along one of its eigenvectors, s the
eigenvalue: a trace is their sum. The functions take the formulas they speak of, so that the modules
of the theorems can bind their errata.
"""

from sympy import Piecewise, Rational

from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.region import Region
from symrisk.paper.errata import Erratum
from symrisk.paper.theorem import Citation
from symrisk.symbols import cross, delta_sq, mu, n, n1, n2, p, sigma_sq, snr, ssr, symbol, theta_sq

s = symbol("s", "s", "eigenvalue of the sample covariance S = X'X/n", nonnegative=True)
h = symbol("h", "h", "component of X'y/n along its eigenvector")
b = symbol("b", "b", "component of the coefficients along its eigenvector")
lam = symbol("lam", r"\lambda", "ridge penalty of an objective per sample", positive=True)
spectrum = Region(over=(s, lam))

resolvent = Formula(
    symbol("resolvent", r"r_\lambda", "(S + lambda I)^{-1} along an eigenvector", positive=True),
    1 / (s + lam), on=spectrum)
pseudo_inverse = Formula(
    symbol("pseudo_inverse", r"s^\dagger", "the pseudo-inverse of S along an eigenvector",
           nonnegative=True),
    Piecewise((1 / s, s > 0), (0, True)), on=Region(over=(s,)))
objective = Formula(
    symbol("objective", "f",
           "(1/2n)|y - X b|^2 + lambda |b|^2 along an eigenvector, less |y|^2/2n"),
    (s * b**2 - 2 * h * b) / 2 + lam * b**2, on=spectrum & Region(over=(h, b)))
penalised_fit = Formula(
    symbol("penalised_fit", r"\hat b_\mu", "argmin |y - X b|^2 + mu |b|^2 along an eigenvector"),
    n * h / (n * s + mu), on=Region(n > 0, over=(s, h, mu)))

SMALL = {s: 1, h: 1, lam: 1, n: 1}
normalisation = Erratum(
    "the slide on min-norm interpolation divides the squares by 2n, the others by n: its lambda "
    "is mu = 2 n lambda, not n lambda",
    Citation("sur2025", "`Different formulations` against `Application: ridge regression`"),
    published=Claim("beside (1/2n)|y - X b|^2 the penalty lambda is mu = n lambda",
                    objective.diff(b).at({b: penalised_fit.at({mu: n * lam})}), "==", 0),
    witness=SMALL,
    right=Claim("beside (1/2n)|y - X b|^2 the penalty lambda is mu = 2 n lambda",
                objective.diff(b).at({b: penalised_fit.at({mu: 2 * n * lam})}), "==", 0))

slope = Erratum(
    "the variance's trace is m + lambda dm/dlambda: the slide has a minus, right only for the "
    "derivative by z = -lambda",
    Citation("sur2025", "`Applying the global law`"),
    published=Claim("tr S (S + lambda I)^-2 is m less lambda times its derivative by lambda",
                    s * resolvent**2, "==", resolvent - lam * resolvent.diff(lam)),
    witness={s: 1, lam: 1},
    right=Claim("tr S (S + lambda I)^-2 is m plus lambda times its derivative by lambda",
                s * resolvent**2, "==", resolvent + lam * resolvent.diff(lam)))

limit = Erratum(
    "the pseudo-inverse is no limit of resolvents: for p > n they grow as 1/lambda along an "
    "eigenvector of eigenvalue 0",
    Citation("sur2025", "`Ridgeless regression`"),
    published=Claim("the resolvent, which rises as lambda falls, rises to the pseudo-inverse",
                    resolvent, "<=", pseudo_inverse),
    witness={s: 0, lam: 1},
    right=Claim("s (s + lambda)^-2 falls short of the pseudo-inverse by what vanishes with lambda",
                pseudo_inverse - s * resolvent**2, "==",
                lam * (2 * s + lam) * resolvent**2 * pseudo_inverse))


def of_pooled_ridge(ridge_risk):
    """The errata on ridge: of its normalisation, of two limits, and of a term that the R code
    leaves out.
    """
    (q, root), = ridge_risk.roots.items()
    spread = q * (1 + p * q) / (2 * mu * p * q + mu + n - p)
    lent, rest = n1 * q, (mu + n2 / (1 + p * q)) / n1
    second = lent**2 * (1 + p * q)**2 / ((1 + p * q)**2 - n1 * p * q**2)
    coded = Formula(
        symbol("coded_risk", r"R_{\mathrm{R}}", "risk of pooled ridge by limit_model_shift",
               nonnegative=True),
        mu**2 * spread * theta_sq
        + (1 - 2 * lent * rest + second * rest**2)
          / (1 - p * second * (rest - mu / n1) / (n1 + n1 * p * q)) * delta_sq
        + p * (q - mu * spread) * sigma_sq,
        where={n: n1 + n2, q: root}, on=Region(n1 > 0), accuracy=ridge_risk.accuracy)
    common = ridge_risk.given(sigma_sq)
    left_out = Formula(
        symbol("left_out", r"R_{\times}", "what the inner product adds"),
        -2 * n1 * mu * spread / (1 + p * q)**2 * cross, where={n: n1 + n2, q: root},
        on=Region(n1 > 0), accuracy=ridge_risk.accuracy)
    return (normalisation, slope, limit,
            Erratum(
        "with lambda > 0 the code has no <theta_2, delta> term: it takes the shift for "
        "independent of the signal",
        Citation("song2024", "main.R of the paper's repository, limit_model_shift with lambda > 0"),
        published=Claim("the risk of pooled ridge is what the code computes", common, "==", coded),
        witness={n1: 1, n2: 1, p: 1, mu: 1, theta_sq: 1, delta_sq: 1, cross: -1, sigma_sq: 1},
        right=Claim("the risk of pooled ridge is what the code computes, plus the inner product's "
                    "term",
                    common, "==", coded + left_out)))


def of_concept_shift(pooled_risk, target_risk, ssr_threshold):
    """The erratum on the two cases of the threshold theorem: what its takeaway says of their
    boundary.
    """
    held = Region(n1 > 0, snr > 0, sigma_sq > 0)
    always = Claim("below the cutoff of SNR, or at it, pooling always hurts",
                   pooled_risk, ">", target_risk,
                   on=held & Region(snr * (p - n1 - n2) * (p - n2) <= p**2))
    return (Erratum(
        "`when the SNR of target is small, pooling always hurts` is not strict: the risks tie at "
        "SSR = rho, also at rho = 0",
        Citation("sur2025", "takeaway (i) of the theorem on SNR and SSR"), published=always,
        witness={n1: 1, n2: 1, p: 4, snr: Rational(8, 3), ssr: 0, sigma_sq: 1},
        right=Claim("pooling hurts exactly where the shift-to-signal ratio exceeds rho, and ties "
                    "at rho",
                    pooled_risk, ">", target_risk, on=held, iff=ssr > ssr_threshold)),)
