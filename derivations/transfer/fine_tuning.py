r"""From two corrections of a start to their risks: the min-norm correction exactly, the ridge
correction to first order.
"""

import random

from flint import fmpq

from symrisk.derivations.transfer.designs import identity, inner, matrix, part, pinv
from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.implicit import Implicit
from symrisk.language.region import Region
from symrisk.paper.derivation import Derivation, Step
from symrisk.paper.theorem import Citation
from symrisk.symbols import mu, n2, p, sigma2_sq, symbol
from symrisk.theorems.transfer import fine_tuning as tuning
from symrisk.theorems.transfer import finite_sample
from symrisk.theorems.transfer.fits.held_back import held_in, held_out
from symrisk.theorems.transfer.letters import targets
from symrisk.theorems.transfer.ridge_tuning import beta, q, spread, start

WISHART = Citation("muirhead1982",
                   "Section 3.2: E W^{-1} = I/(p - n_2 - 1) for W = X_2 X_2', X_2 with n_2 < p - "
                   "1 Gaussian rows")
INVARIANCE = Citation("muirhead1982",
                      "Chapter 2: the row space of a Gaussian matrix is uniform, so E Pi_2 = "
                      "(n_2/p) I")
TRACES = Citation("hastie2022",
                  "isotropic ridge: tr (X'X + mu I)^{-1}/p tends to the root q, and so does its "
                  "derivative by mu")
SIZES = ((1, 4), (2, 5), (3, 5))


def instances(check):
    """A generator of exact instances: random target designs, starts, coefficients and noise,
    handed to `check`.
    """
    def generate():
        draw = random.Random(0)
        for rows, columns in SIZES:
            X, first = matrix(draw, rows, columns), matrix(draw, columns, 1)
            theta, noise = matrix(draw, columns, 1), matrix(draw, rows, 1)
            yield from check(X, first, theta, noise)
    return generate


def corrected_interpolates(X, first, theta, noise):
    labels = X * theta + noise
    yield X * (first + pinv(X) * (labels - X * first)), labels


def error_splits(X, first, theta, noise):
    corrected = first + pinv(X) * (X * theta + noise - X * first)
    missing = first - theta
    yield corrected - theta, missing - pinv(X) * (X * missing) + pinv(X) * noise


def parts_are_orthogonal(X, first, theta, noise):
    """What stays of the start's error, and the noise that comes in, by Pythagoras."""
    missing = first - theta
    left = missing - pinv(X) * (X * missing)
    came_in = pinv(X) * noise
    whole = left + came_in
    yield inner(whole, whole), inner(left, left) + inner(came_in, came_in)


def ridge_error_splits(X, first, theta, noise):
    """The error of ridge fine-tuning, at a penalty of 3/2, against the start's error and the
    noise, both shrunk.
    """
    penalty, labels = fmpq(3, 2), X * theta + noise
    normal = X.transpose() * X + penalty * identity(X.ncols())
    tuned = first + normal.solve(X.transpose() * (labels - X * first))
    yield tuned - theta, normal.solve(penalty * (first - theta) + X.transpose() * noise)


def pooled_fit_stays():
    """A pooled interpolator of two samples against itself after correction on the second."""
    draw = random.Random(0)
    for rows1, rows2, columns in ((1, 1, 3), (2, 1, 4), (1, 3, 6)):
        X, y = matrix(draw, rows1 + rows2, columns), matrix(draw, rows1 + rows2, 1)
        pooled, targets_own = pinv(X) * y, range(rows1, rows1 + rows2)
        X2, y2 = part(X, targets_own, range(columns)), part(y, targets_own, [0])
        yield pooled + pinv(X2) * (y2 - X2 * pooled), pooled


resolvent = Formula(
    symbol("resolvent", "q", "isotropic resolvent of the target sample", positive=True),
    q, on=targets, where={**Implicit.root(q, mu * p * q**2 + (mu + n2 - p) * q - 1)})
kept, passed = (1 - beta)**2 / (1 - spread), spread / (1 - spread)
shown = {spread: p * (1 - mu * q)**2 / n2, beta: 1 - mu * q}

corrected_risk = Derivation(
    "the risk of a corrected start",
    "theta_hat = theta_init + X_2^+ (y_2 - X_2 theta_init), theta_init independent of (X_2, y_2)",
    of=tuning.corrected_risk,
    steps=(
        Step("the corrected fit interpolates the target sample",
             instances=instances(corrected_interpolates)),
        Step("its error is the start's error off the rows, and the noise",
             instances=instances(error_splits)),
        Step("the two are orthogonal, whatever the design and the noise",
             instances=instances(parts_are_orthogonal)),
        Step("off the rows of X_2 the share (p - n_2)/p of an independent start's error stays in "
             "the mean",
             cites=INVARIANCE),
        Step("noise adds sigma_2^2 n_2/(p - n_2 - 1) in the mean", cites=WISHART),
        Step("the two add up",
             Claim("the corrected risk",
                   (p - n2) / p * start + n2 * (sigma2_sq / (p - n2 - 1)), "==",
                   tuning.corrected_risk)),
        Step("the share that stays is more than 1/p up to the edge",
             Claim("it never forgets", (p - n2) / p, ">", 1 / p, on=Region(n2 < p - 1))),
    ))

ridge_corrected_risk = Derivation(
    "the risk of a start after ridge fine-tuning",
    "theta_hat = argmin |y_2 - X_2 theta|^2 + mu |theta - theta_init|^2, theta_init independent "
    "of (X_2, y_2)",
    of=tuning.ridge_corrected_risk,
    steps=(
        Step("its error is mu (S_2 + mu I)^{-1} times the start's, and the noise's part",
             instances=instances(ridge_error_splits)),
        Step("the start's part is in the mean R_0 mu^2 tr (S_2 + mu I)^{-2}/p, by independence "
             "and rotation",
             cites=INVARIANCE),
        Step("traces tend to q and its derivative", cites=TRACES),
        Step("of the start stays mu^2 times minus the derivative of q",
             Claim("the share that stays",
                   -mu**2 * resolvent.diff(mu), "==", kept.xreplace(shown))),
        Step("of the noise passes p times q + mu dq/dmu",
             Claim("the noise that passes",
                   p * resolvent + p * mu * resolvent.diff(mu), "==", passed.xreplace(shown))),
        Step("the two add up",
             Claim("the ridge fine-tuned risk",
                   kept * start + passed * sigma2_sq, "==", tuning.ridge_corrected_risk)),
    ))

pooled = finite_sample.unequal_noise_pooled_risk.at({n2: held_in})
split_risk = Derivation(
    "the risk of holding target rows back",
    "pool the source with n_2a target rows, correct on n_2b others", of=tuning.split_risk,
    steps=(
        Step("a pooled fit interpolates the rows it was fitted to: corrected on them it stays as "
             "it is",
             instances=pooled_fit_stays),
        Step("rows held back are independent of the pooled fit, which is then a start like any "
             "other",
             Claim("the split",
                   tuning.corrected_risk.at({n2: held_out, start: pooled}), "==",
                   tuning.split_risk)),
    ))
