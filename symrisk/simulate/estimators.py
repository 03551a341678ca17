"""The min-norm interpolator under concept shift and under label mixing: replicates for a
simulation.

For labels y = X theta + eps the estimator X^+ y interpolates when n <= p and is least squares when
n > p. With two samples stacked, y_1 = X_1 (theta_2 + delta) + eps_1 and y_2 = X_2 theta_2 + eps_2,
its error is

    X^+ y - theta_2  =  -(I - Pi) theta_2  +  X^+ [X_1 delta; 0]  +  X^+ eps,       Pi = X^+ X,

the signal that the rows do not span, the shift that leaks in, and the noise; the first two are
orthogonal. Replicates average over the noise exactly: its part is tr(diag(sigma^2) K^{-1}), K = X
X', so that only the design and two directions are left to chance.
"""

import numpy as np

from symrisk.errors import DomainError
from symrisk.simulate.designs import Rows, count, direction, gaussian_rows, vector
from symrisk.simulate.interpolator import MinNorm


def min_norm(X, y):
    """The coefficients X^+ y of shape (p,): the interpolator of least norm, or least squares when n
    > p.

    For a design of full rank it equals ``np.linalg.pinv(X) @ y``; without rows it is zero.

    >>> min_norm(np.array([[3.0, 4.0]]), np.array([5.0])).round(12).tolist()
    [0.6, 0.8]
    >>> min_norm(np.zeros((0, 2)), np.zeros(0)).tolist()
    [0.0, 0.0]

    Raises `DomainError` where X X' (X'X, for n > p) is not positive definite, and for shapes that
    do not fit.
    """
    return MinNorm(X).coefficients(y)


def risk_given_design(X1, X2, theta2, delta, *, sigma1_sq, sigma2_sq):
    """E[|X^+ y - theta_2|^2 given X_1, X_2], the excess risk averaged over the label noise exactly.

    `X1` of shape (n1, p) carries coefficients theta_2 + delta and noise variance sigma1_sq, `X2` of
    shape (n2, p) the target's theta_2 and sigma2_sq.  One source row along the signal, no target
    row and no noise leave the shift:

    >>> source, target = np.array([[2.0, 0.0]]), np.zeros((0, 2))
    >>> signal, shift = np.array([1.0, 0.0]), np.array([3.0, 0.0])
    >>> round(risk_given_design(source, target, signal, shift, sigma1_sq=0.0, sigma2_sq=1.0), 12)
    9.0

    Raises `DomainError` for shapes that do not fit, a design not of full rank, a negative variance.
    """
    shapes = [np.shape(X1)[1:], np.shape(X2)[1:], np.shape(theta2), np.shape(delta)]
    if len(set(shapes)) > 1:
        raise DomainError(f"X1 and X2 have p columns, theta2 and delta p entries; not {shapes}")
    fit, n2 = MinNorm(np.vstack([X1, X2])), len(X2)
    missed = theta2 - fit.project(theta2)
    leaked = fit.coefficients(np.concatenate([X1 @ delta, np.zeros(n2)]))
    noise = fit.noise_variance(np.repeat([sigma1_sq, sigma2_sq], [len(X1), n2]))
    return float(np.sum((leaked - missed) ** 2) + noise)


def pooled_risk(
    rng,
    *,
    n1: int,
    n2: int,
    p: int,
    sigma1_sq,
    sigma2_sq,
    theta_sq,
    delta_sq,
    rows: Rows = gaussian_rows,
):
    """One replicate of the pooled excess risk under concept shift, averaged over the label noise
    exactly.

    Draws both designs, and theta_2 and delta in independent directions, of squared norms theta_sq
    and delta_sq.  The mean is that of [song2024], isotropic case; for Gaussian rows, n = n1 + n2
    and p > n + 1 it is exactly

        (n1 sigma1_sq + n2 sigma2_sq)/(p-n-1) + (p-n)/p theta_sq + n1 (p-n1-1)/(p (p-n-1)) delta_sq.

    The variance is finite only for p > n + 3 (inverse Wishart, [muirhead1982]): nearer to p = n a
    standard error means nothing.

    >>> rng = np.random.default_rng(0)
    >>> round(pooled_risk(rng, n1=20, n2=10, p=60, sigma1_sq=1, sigma2_sq=1, theta_sq=5, delta_sq=1), 3)
    3.758

    Raises `DomainError` for sizes that are not whole, negative squares, a design that is not of
    full rank.
    """  # noqa: E501
    X1, X2 = rows(rng, n1, p), rows(rng, n2, p)
    theta2, delta = vector(rng, p, theta_sq), vector(rng, p, delta_sq)
    return risk_given_design(X1, X2, theta2, delta, sigma1_sq=sigma1_sq, sigma2_sq=sigma2_sq)


def target_risk(rng, *, n2: int, p: int, sigma2_sq, theta_sq, rows: Rows = gaussian_rows):
    """One replicate of the risk of the target sample alone: `pooled_risk` with the source left out.

    With Gaussian rows the mean is n2 sigma2_sq/(p-n2-1) + (p-n2)/p theta_sq; without rows it is
    theta_sq.

    >>> round(target_risk(np.random.default_rng(0), n2=0, p=60, sigma2_sq=1, theta_sq=5), 12)
    5.0
    """
    source = {"n1": 0, "sigma1_sq": 0, "delta_sq": 0}
    return pooled_risk(rng, n2=n2, p=p, sigma2_sq=sigma2_sq, theta_sq=theta_sq, rows=rows, **source)


def source_risk(rng, *, n1: int, p: int, sigma1_sq, theta_sq, delta_sq, rows: Rows = gaussian_rows):
    """One replicate of the target's risk from source rows alone: `pooled_risk` with the target left
    out.

    With Gaussian rows the mean is n1 sigma1_sq/(p-n1-1) + (p-n1)/p theta_sq + n1/p delta_sq.

    >>> round(source_risk(np.random.default_rng(0), n1=20, p=60, sigma1_sq=1, theta_sq=5, delta_sq=1), 3)
    4.001
    """  # noqa: E501
    source = {"n1": n1, "sigma1_sq": sigma1_sq, "delta_sq": delta_sq}
    return pooled_risk(rng, n2=0, p=p, sigma2_sq=0, theta_sq=theta_sq, rows=rows, **source)


def mixing_variance(rng, *, w, t: int, n: int, p: int, rows: Rows = gaussian_rows):
    """One replicate of the variance inflation v_t of iterative label mixing, with labels drawn.

    The design X is fixed and the labels are fresh: estimate_0 = X^+ y_0, then for generations 1,
    ..., t

        estimate  <-  X^+ (w y + (1-w) y_hat),      y = X beta + eps,   y_hat = X estimate +
        eps_hat,

    all noises independent.  The replicate is |estimate_t - P beta|^2 / (sigma^2 tr X^+ X^+'), P =
    X^+ X: the excess risk less its bias, in units of the first fit's variance.  Its mean is exact
    for every X, n < p and n > p alike: v_t = 1 + sum_{k<=t} (3 q^{2k} - 2 q^{2k-1}), q = 1 - w
    [garg2025].

    >>> round(mixing_variance(np.random.default_rng(0), w=0.6, t=5, n=20, p=30), 3)
    0.255

    Raises `DomainError` for n, p or t that are not whole, or a design that is not of full rank.
    """
    fit, beta = MinNorm(rows(rng, n, p)), direction(rng, p)
    signal, n = fit.X @ beta, len(fit.X)
    estimate = fit.coefficients(signal + rng.standard_normal(n))
    for _ in range(count("t", t)):
        real, synthetic = signal + rng.standard_normal(n), fit.X @ estimate + rng.standard_normal(n)
        estimate = fit.coefficients(w * real + (1 - w) * synthetic)
    return float(np.sum((estimate - fit.project(beta)) ** 2)) / fit.noise_variance()


def expected_mixing_variance(rng, *, w, t: int, n: int, p: int, rows: Rows = gaussian_rows):
    """The expectation of `mixing_variance` over all labels, given the design: v_t for every design.

    The label covariance C_t is propagated: estimate_t - P beta = X^+ u_t with C_0 = Cov(u_0) = I
    and C_t = w^2 I + (1-w)^2 (H C_{t-1} H + I), where H = X X^+ is the hat matrix.  The answer is
    the trace of X^+ C_t X^+' over that of X^+ X^+'.  One step of w = 1/2 gives 1 + 3/4 - 1:

    >>> round(expected_mixing_variance(np.random.default_rng(0), w=0.5, t=1, n=20, p=30), 12)
    0.75

    Raises `DomainError` for n, p or t that are not whole, or a design that is not of full rank.
    """
    fit = MinNorm(rows(rng, n, p))
    identity = np.eye(len(fit.X))
    pinv = fit.coefficients(identity)
    hat, labels = fit.X @ pinv, identity
    for _ in range(count("t", t)):
        labels = w**2 * identity + (1 - w) ** 2 * (hat @ labels @ hat.T + identity)
    return float(np.sum((pinv @ labels) * pinv) / np.sum(pinv**2))
