"""Two fits, fused late or one tuned from the other: replicates for a simulation.

The source has coefficients theta_1, the target theta_2, of which a formula knows both squared norms
and the inner product. Each replicate averages over the label noise exactly, so that only the
designs and two directions are left to chance.
"""

import numpy as np

from symrisk.engine.arrays.given import numbers
from symrisk.simulate.designs import Rows, gaussian_rows
from symrisk.simulate.interpolator import MinNorm
from symrisk.simulate.samples import Ridge, frame


def fused_risk(
    rng,
    *,
    n1: int,
    n2: int,
    p: int,
    theta1_sq,
    theta_sq,
    inner12,
    sigma1_sq,
    sigma2_sq,
    w1,
    w2,
    rows: Rows = gaussian_rows,
):
    """One replicate of the risk of w1 times the source fit plus w2 times the target fit, at any two
    sizes.

    >>> inputs = {"theta1_sq": 2.5, "theta_sq": 2.25, "inner12": 2.0, "sigma1_sq": 1.0, "sigma2_sq": 0.5}
    >>> round(fused_risk(np.random.default_rng(0), n1=25, n2=0, p=60, w1=0.0, w2=1.0, **inputs), 12)
    2.25
    """  # noqa: E501
    norms = [
        [theta_sq, inner12, theta_sq],
        [inner12, theta1_sq, inner12],
        [theta_sq, inner12, theta_sq],
    ]
    return many_fused_risk(
        rng,
        sizes=(n1, n2),
        p=p,
        norms=norms,
        noises=(sigma1_sq, sigma2_sq),
        weights=(w1, w2),
        rows=rows,
    )


def many_fused_risk(rng, *, sizes, p, norms, noises, weights, rows: Rows = gaussian_rows):
    """One replicate of the risk of a weighted sum of K fits, one a sample.

    norms: the (K+1) x (K+1) inner products of theta_0, the target's coefficients, and theta_1, ...,
    theta_K.

    >>> norms = [[2.25, 2.0], [2.0, 2.5]]
    >>> round(many_fused_risk(np.random.default_rng(0), sizes=(0,), p=9, norms=norms, noises=(1.0,), weights=(1.0,)), 12)
    2.25
    """  # noqa: E501
    target, *thetas = frame(rng, p, norms)
    fits = [MinNorm(rows(rng, size, p)) for size in sizes]
    error = (
        sum(w * fit.project(theta) for w, fit, theta in zip(weights, fits, thetas, strict=True))
        - target
    )
    return float(error @ error) + _noise(
        noises, [w**2 * fit.noise_variance() for w, fit in zip(weights, fits, strict=True)]
    )


def tuned_risk(
    rng,
    *,
    n1: int,
    n2: int,
    p: int,
    theta1_sq,
    theta_sq,
    inner12,
    sigma1_sq,
    sigma2_sq,
    scale=1.0,
    rows: Rows = gaussian_rows,
):
    """One replicate of the risk of the source fit, scaled, after min-norm correction on the target
    sample.

    At sizes beyond p a fit is least squares: that of the source, and that of the target, which
    forgets its start.

    Without target rows it is the risk of the source fit itself:

    >>> inputs = {"theta1_sq": 2.5, "theta_sq": 2.25, "inner12": 2.0, "sigma1_sq": 1.0, "sigma2_sq": 0.5}
    >>> round(tuned_risk(np.random.default_rng(0), n1=0, n2=0, p=60, **inputs), 12)
    2.25
    """  # noqa: E501
    return _corrected(
        rng,
        None,
        n1,
        n2,
        p,
        ((theta1_sq, inner12), (inner12, theta_sq)),
        sigma1_sq,
        sigma2_sq,
        scale,
        rows,
    )


def scaled_tuned_risk(
    rng,
    *,
    n1: int,
    n2: int,
    p: int,
    theta1_sq,
    theta_sq,
    inner12,
    sigma1_sq,
    sigma2_sq,
    best_scale,
    rows: Rows = gaussian_rows,
):
    """One replicate of `tuned_risk` with the factor under the name that the formula has for it."""
    return _corrected(
        rng,
        None,
        n1,
        n2,
        p,
        ((theta1_sq, inner12), (inner12, theta_sq)),
        sigma1_sq,
        sigma2_sq,
        best_scale,
        rows,
    )


def ridge_tuned_risk(
    rng,
    *,
    n1: int,
    n2: int,
    p: int,
    theta1_sq,
    theta_sq,
    inner12,
    sigma1_sq,
    sigma2_sq,
    mu,
    rows: Rows = gaussian_rows,
):
    """One replicate of the risk of |y_2 - X_2 theta|^2 + mu |theta - source fit|^2 minimised.

    A heavy penalty keeps the source fit, here one without rows:

    >>> inputs = {"theta1_sq": 2.5, "theta_sq": 2.25, "inner12": 2.0, "sigma1_sq": 1.0, "sigma2_sq": 0.5}
    >>> round(ridge_tuned_risk(np.random.default_rng(0), n1=0, n2=12, p=60, mu=1e12, **inputs), 6)
    2.25
    """  # noqa: E501
    return _corrected(
        rng,
        mu,
        n1,
        n2,
        p,
        ((theta1_sq, inner12), (inner12, theta_sq)),
        sigma1_sq,
        sigma2_sq,
        1.0,
        rows,
    )


def _corrected(rng, mu, n1, n2, p, norms, sigma1_sq, sigma2_sq, scale, rows):
    theta1, theta2 = frame(rng, p, norms)
    first, X2 = MinNorm(rows(rng, n1, p)), rows(rng, n2, p)
    pull = _map(X2) if mu is None else Ridge(X2, mu).map
    start = np.column_stack(
        [scale * first.project(theta1) - theta2, scale * first.coefficients(np.eye(n1))]
    )
    left = start - pull @ (X2 @ start)
    norms_sq = np.sum(left**2, axis=0)
    return float(norms_sq[0]) + _noise(
        (sigma1_sq, sigma2_sq), (np.sum(norms_sq[1:]), np.sum(pull**2))
    )


def _map(X):
    """X^+, (p, n)."""
    return MinNorm(X).coefficients(np.eye(len(X)))


def _noise(variances, squares):
    """What the noises add, whose squared influences are given; DomainError for a negative
    variance.
    """
    return float(
        sum(
            numbers(f"sigma{k}_sq", variance, (), "not negative") * square
            for k, (variance, square) in enumerate(zip(variances, squares, strict=True), start=1)
        )
    )


def two_stage_risk(
    rng,
    *,
    n1: int,
    n2: int,
    p: int,
    theta1_sq,
    theta_sq,
    inner12,
    sigma1_sq,
    sigma2_sq,
    source_weight,
    target_weight,
    mu,
    rows: Rows = gaussian_rows,
):
    """One replicate of the risk of weighted pooled ridge after min-norm correction on the same
    target rows.

    A heavy penalty makes the first stage zero, and the second fits no target row here:

    >>> inputs = {"theta1_sq": 2.5, "theta_sq": 2.25, "inner12": 2.0, "sigma1_sq": 1.0, "sigma2_sq": 0.5}
    >>> weights = {"source_weight": 1.0, "target_weight": 1.0, "mu": 1e12}
    >>> round(two_stage_risk(np.random.default_rng(0), n1=12, n2=0, p=60, **weights, **inputs), 6)
    2.25
    """  # noqa: E501
    theta1, theta2 = frame(rng, p, [[theta1_sq, inner12], [inner12, theta_sq]])
    X1, X2 = rows(rng, n1, p), rows(rng, n2, p)
    root = np.sqrt(np.repeat([source_weight, target_weight], [n1, n2]))
    first = Ridge(root[:, None] * np.vstack([X1, X2]), mu).map * root
    onto = _map(X2)
    left = first - onto @ (X2 @ first)
    error = left @ np.concatenate([X1 @ theta1, X2 @ theta2]) - theta2 + onto @ (X2 @ theta2)
    return float(error @ error) + _noise(
        (sigma1_sq, sigma2_sq),
        (np.sum(left[:, :n1] ** 2), np.sum(left[:, n1:] ** 2) + np.sum(onto**2)),
    )


def split_risk(
    rng,
    *,
    n1: int,
    held_in: int,
    held_out: int,
    p: int,
    theta_sq,
    delta_sq,
    sigma1_sq,
    sigma2_sq,
    cross=0.0,
    rows: Rows = gaussian_rows,
):
    """One replicate of the risk of pooling the source with some target rows, then correcting on the
    others.

    cross: <theta_2, delta>, on which the mean does not depend.  Without any rows nothing is fitted:

    >>> inputs = {"theta_sq": 2.25, "delta_sq": 0.75, "sigma1_sq": 1.0, "sigma2_sq": 0.5}
    >>> round(split_risk(np.random.default_rng(0), n1=0, held_in=0, held_out=0, p=60, **inputs), 12)
    2.25
    """
    theta, delta = frame(rng, p, [[theta_sq, cross], [cross, delta_sq]])
    X1, X2, fresh = rows(rng, n1, p), rows(rng, held_in, p), rows(rng, held_out, p)
    pooled, onto = _map(np.vstack([X1, X2])), _map(fresh)
    error = pooled @ np.concatenate([X1 @ (theta + delta), X2 @ theta]) - theta
    left, pulled = (part - onto @ (fresh @ part) for part in (error, pooled))
    return float(left @ left) + _noise(
        (sigma1_sq, sigma2_sq),
        (np.sum(pulled[:, :n1] ** 2), np.sum(pulled[:, n1:] ** 2) + np.sum(onto**2)),
    )
