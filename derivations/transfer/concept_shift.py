r"""Two roads: from y = X theta + epsilon to the pooled risk, and from two risks to the threshold
rho.

Facts about Wishart matrices are cited.  What is linear algebra is checked on exact rational
instances; what is algebra is proved.
"""

import random

from flint import fmpq, fmpq_mat
from sympy import Integer

from symrisk.derivations.transfer.designs import inner, matrix, off, part, pinv, trace
from symrisk.language.claim import Claim
from symrisk.language.region import Region
from symrisk.paper.derivation import Derivation, Step
from symrisk.paper.theorem import Citation
from symrisk.symbols import delta_sq, n1, n2, p, sigma_sq, snr, ssr, symbol, theta_sq
from symrisk.theorems.transfer import concept_shift as shift
from symrisk.theorems.transfer import finite_sample
from symrisk.theorems.transfer.letters import noisy, signal, sources

WISHART = Citation("muirhead1982",
                   "Section 3.2, moments: E W^{-1} = I/(p - n - 1) for W = X X', n < p - 1 "
                   "Gaussian rows")
INVARIANCE = Citation("muirhead1982",
                      "Chapter 2: a Gaussian row space is uniformly distributed, so E Pi = (n/p) I")
PARTITION = Citation("muirhead1982",
                     "Section 3.2: the Schur complement of a Wishart block is Wishart, "
                     "independent of the rest")
SIZES = ((2, 1, 5), (1, 3, 6), (3, 2, 7))


def instances(check):
    """A generator of exact instances: random whole designs, coefficients and noise, handed to
    `check`.
    """
    def generate():
        draw = random.Random(0)
        for rows1, rows2, columns in SIZES:
            yield from check(*_sample(draw, rows1, rows2, columns))
    return generate


def _sample(draw, rows1, rows2, columns):
    X = matrix(draw, rows1 + rows2, columns)
    theta2, delta = matrix(draw, columns, 1), matrix(draw, columns, 1)
    return X, theta2, delta, matrix(draw, rows1 + rows2, 1), rows1


def _upper(X, rows1):
    """X with every row after the first rows1 set to zero."""
    entries = X.entries()
    kept = rows1 * X.ncols()
    return fmpq_mat(X.nrows(), X.ncols(), entries[:kept] + [fmpq(0)] * (len(entries) - kept))


def error_splits(X, theta2, delta, noise, rows1):
    leaking = _upper(X, rows1) * delta
    labels = X * theta2 + leaking + noise
    yield pinv(X) * labels - theta2, pinv(X) * leaking + pinv(X) * noise - off(X) * theta2


def missed_is_orthogonal(X, theta2, delta, noise, rows1):
    leaked = pinv(X) * (_upper(X, rows1) * delta)
    yield inner(off(X) * theta2, leaked), fmpq(0)


def noise_trace(X, theta2, delta, noise, rows1):
    yield trace(pinv(X) * pinv(X).transpose()), trace((X * X.transpose()).inv())


def free_dimensions(X, theta2, delta, noise, rows1):
    yield trace(off(X)), fmpq(X.ncols() - X.nrows())


def block_of_inverse(X, theta2, delta, noise, rows1):
    """The source block of W^{-1} is the inverse of X_1 P X_1', P projecting off the target rows."""
    source, columns = range(rows1), range(X.ncols())
    first = part(X, source, columns)
    rest = part(X, range(rows1, X.nrows()), columns)
    block = part((X * X.transpose()).inv(), source, source)
    yield block, (first * off(rest) * first.transpose()).inv()


unit = symbol("unit", r"\epsilon", "one degree of freedom, in units of the sizes", positive=True)
in_proportion = {n1: n1 / unit, n2: n2 / unit, p: p / unit}
scaled = finite_sample.pooled_risk.given(theta_sq, delta_sq).at(in_proportion)
free = p - n1 - n2
counted = ((n1 + n2) / (free - unit) * sigma_sq + free / p * theta_sq
           + n1 * (p - n1 - unit) / (p * (free - unit)) * delta_sq)

pooled_risk = Derivation(
    "the pooled risk from y = X theta + epsilon",
    "min-norm interpolation: theta_hat = X' (X X')^{-1} y", of=shift.pooled_risk,
    steps=(
        Step("the error is the missed signal, the shift that leaks in, and the noise",
             instances=instances(error_splits)),
        Step("missed signal and leaked shift are orthogonal, whatever the design",
             instances=instances(missed_is_orthogonal)),
        Step("noise independent of X adds sigma^2 tr (X X')^{-1} in the mean",
             instances=instances(noise_trace)),
        Step("for Gaussian rows tr (X X')^{-1} has mean n/(p - n - 1)", cites=WISHART),
        Step("I - Pi has trace p - n", instances=instances(free_dimensions)),
        Step("so that the missed signal is (p - n)/p of it", cites=INVARIANCE),
        Step("the source block of (X X')^{-1} is the inverse of X_1 off the target rows",
             instances=instances(block_of_inverse)),
        Step("in the mean p times the leaked share is n1 + n1 (n - n1)/(p - n - 1)",
             cites=PARTITION),
        Step("which is n1 (p - n1 - 1)/(p - n - 1)",
             Claim("the leaked share in lowest terms",
                   n1 + n1 * n2 / (p - n1 - n2 - 1), "==", n1 * (p - n1 - 1) / (p - n1 - n2 - 1),
                   on=finite_sample.roomy)),
        Step("the three parts add up to the exact expected risk",
             Claim("noise, missed signal and leaked shift",
                   (n1 + n2) / (p - n1 - n2 - 1) * sigma_sq + (p - n1 - n2) / p * theta_sq
                   + n1 * (p - n1 - 1) / (p * (p - n1 - n2 - 1)) * delta_sq, "==",
                   finite_sample.pooled_risk.given(theta_sq, delta_sq))),
        Step("let the sizes grow in proportion: one degree of freedom counts as epsilon",
             Claim("the exact risk at sizes n1/epsilon, n2/epsilon, p/epsilon",
                   scaled, "==", counted)),
        Step("and at epsilon = 0 it is the asymptotic risk",
             Claim("the limit",
                   counted.subs(unit, Integer(0)), "==",
                   shift.pooled_risk.given(theta_sq, delta_sq))),
    ))

threshold = Derivation(
    "the threshold rho from two risks", "subtract the pooled risk from the target-only risk",
    of=shift.ssr_threshold,
    steps=(
        Step("collect noise, signal and shift",
             Claim("the gain by its three parts",
                   shift.target_risk - shift.pooled_risk, "==",
                   n1 / p * snr * sigma_sq - p * n1 / ((p - n1 - n2) * (p - n2)) * sigma_sq
                   - n1 * (p - n1) / (p * (p - n1 - n2)) * ssr * snr * sigma_sq)),
        Step("take the shift's coefficient and the signal out",
             Claim("the gain factored",
                   shift.target_risk - shift.pooled_risk, "==",
                   n1 * (p - n1) / (p * (p - n1 - n2)) * snr * sigma_sq
                   * ((p - n1 - n2) / (p - n1) - p**2 / ((p - n1) * (p - n2) * snr) - ssr),
                   on=Region(snr > 0))),
        Step("what stands beside SSR is rho",
             Claim("rho",
                   (p - n1 - n2) / (p - n1) - p**2 / ((p - n1) * (p - n2) * snr), "==",
                   shift.ssr_threshold)),
        Step("the factor outside is positive",
             Claim("the factor is positive",
                   n1 * (p - n1) / (p * (p - n1 - n2)) * snr * sigma_sq, ">", 0,
                   on=shift.overparametrised & sources & signal & noisy)),
        Step("so pooling helps exactly while SSR <= rho",
             Claim("the equivalence",
                   shift.pooled_risk, "<=", shift.target_risk, on=sources & signal & noisy,
                   iff=ssr <= shift.ssr_threshold)),
    ))
