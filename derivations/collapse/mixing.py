r"""From one refit to the variance factor: the label covariance is propagated through X^+, then
solved for.
"""

import random

from flint import fmpq, fmpq_mat

from symrisk.derivations.transfer.designs import identity, pinv
from symrisk.language.claim import Claim
from symrisk.language.region import Region
from symrisk.paper.derivation import Derivation, Step
from symrisk.symbols import symbol, t, w
from symrisk.theorems.collapse import mixing

SHAPES = ((2, 4), (3, 5), (5, 3))
WEIGHTS_AND_FACTORS = ((fmpq(1, 3), fmpq(2)), (fmpq(3, 5), fmpq(1)), (fmpq(1, 7), fmpq(9, 4)))


def _designs():
    draw = random.Random(0)
    for rows, columns in SHAPES:
        yield fmpq_mat(rows, columns, [fmpq(draw.randint(-9, 9)) for _ in range(rows * columns)])


def fits_stay():
    """A fit lies in the row space: refitting on its own predictions gives it back, X^+ X X^+ =
    X^+.
    """
    for X in _designs():
        yield pinv(X) * X * pinv(X), pinv(X)


def covariance_step():
    """One refit takes a covariance v X^+ X^+' to (w^2 + (1-w)^2 (1 + v)) X^+ X^+'."""
    for X, (weight, v) in zip(_designs(), WEIGHTS_AND_FACTORS, strict=True):
        spread, eye = pinv(X) * pinv(X).transpose(), identity(X.nrows())
        predicted = X * (spread * v) * X.transpose()
        labels = eye * weight**2 + (predicted + eye) * (1 - weight) ** 2
        factor = weight**2 + (1 - weight) ** 2 * (1 + v)
        yield pinv(X) * labels * pinv(X).transpose(), spread * factor


v = symbol("v", "v", "variance factor of the previous generation", positive=True)
c = mixing.variance_factor

variance_factor = Derivation(
    "the variance factor of label mixing", "refit on w y_t + (1 - w) y^_t with the same X",
    of=mixing.variance_factor_at,
    steps=(
        Step("a refit on a fit's own predictions changes nothing, so every fit has the same mean",
             instances=fits_stay),
        Step("one refit takes the factor v to w^2 + (1 - w)^2 (1 + v)", instances=covariance_step),
        Step("the map is affine with multiplier (1 - w)^2 around its fixed point c",
             Claim("the recursion around its fixed point",
                   w**2 + (1 - w)**2 * (1 + v) - c, "==", (1 - w)**2 * (v - c),
                   on=Region(w > 0, w <= 1, over=(v,)))),
        Step("so v_t - c is (1 - w)^(2t) times 1 - c",
             Claim("the distance to the fixed point",
                   mixing.variance_factor_at - c, "==", (1 - w)**(2 * t) * (1 - c))),
        Step("which starts at v_0 = 1",
             Claim("the start", mixing.variance_factor_at.at({t: 0}), "==", 1)),
    ))
