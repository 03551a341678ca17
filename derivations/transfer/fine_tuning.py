r"""From two corrections of a start to their risks: the min-norm correction exactly, and why it never forgets."""

import random

from flint import fmpq, fmpq_mat

from symrisk.claim import Claim
from symrisk.derivation import Derivation, Step
from symrisk.region import Region
from symrisk.symbols import n2, p, sigma2_sq
from symrisk.theorem import Citation
from symrisk.theorems.transfer import fine_tuning as tuning
from symrisk.theorems.transfer.fine_tuning import start

WISHART = Citation("muirhead1982", "Section 3.2: E W^{-1} = I/(p - n_2 - 1) for W = X_2 X_2', X_2 with n_2 < p - 1 Gaussian rows")
INVARIANCE = Citation("muirhead1982", "Chapter 2: the row space of a Gaussian matrix is uniform, so E Pi_2 = (n_2/p) I")
SIZES = ((1, 4), (2, 5), (3, 5))


def instances(check):
    """A generator of exact instances: random target designs, starts, coefficients and noise, handed to `check`."""
    def generate():
        draw = random.Random(0)
        for rows, columns in SIZES:
            yield from check(*(_matrix(draw, *shape) for shape in ((rows, columns), (columns, 1), (columns, 1), (rows, 1))))
    return generate


def _matrix(draw, rows, columns):
    return fmpq_mat(rows, columns, [fmpq(draw.randint(-9, 9), draw.randint(1, 4)) for _ in range(rows * columns)])


def _pinv(X):
    return X.transpose() * (X * X.transpose()).inv()


def _square(v):
    return (v.transpose() * v)[0, 0]


def corrected_interpolates(X, first, theta, noise):
    labels = X * theta + noise
    yield X * (first + _pinv(X) * (labels - X * first)), labels


def error_splits(X, first, theta, noise):
    corrected = first + _pinv(X) * (X * theta + noise - X * first)
    missing = first - theta
    yield corrected - theta, missing - _pinv(X) * (X * missing) + _pinv(X) * noise


def parts_are_orthogonal(X, first, theta, noise):
    missing = first - theta
    left = missing - _pinv(X) * (X * missing)
    yield _square(left + _pinv(X) * noise), _square(left) + _square(_pinv(X) * noise)


corrected_risk = Derivation(
    "the risk of a corrected start",
    "theta_hat = theta_init + X_2^+ (y_2 - X_2 theta_init), theta_init independent of (X_2, y_2)",
    of=tuning.corrected_risk, steps=(
        Step("the corrected fit interpolates the target sample", instances=instances(corrected_interpolates)),
        Step("its error is the start's error off the rows, and the noise", instances=instances(error_splits)),
        Step("the two are orthogonal, whatever the design and the noise", instances=instances(parts_are_orthogonal)),
        Step("off the rows of X_2 the share (p - n_2)/p of an independent start's error stays in the mean", cites=INVARIANCE),
        Step("noise adds sigma_2^2 n_2/(p - n_2 - 1) in the mean", cites=WISHART),
        Step("the two add up", Claim("the corrected risk", (p - n2) / p * start + n2 * (sigma2_sq / (p - n2 - 1)), "==",
                                     tuning.corrected_risk)),
        Step("the share that stays is more than 1/p up to the edge", Claim("it never forgets", (p - n2) / p, ">", 1 / p,
                                                                            on=Region(n2 < p - 1))),
    ))
