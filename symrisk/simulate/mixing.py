"""Iterative label mixing, refitted generation after generation: replicates for a simulation.

A fit to w fresh real labels and 1 - w labels of the previous fit, the design staying what it is.
The labels are drawn in `mixing_variance`, and averaged over exactly in `expected_mixing_variance`.
"""

import numpy as np

from symrisk.simulate.fits.pseudo_inverse import PseudoInverse
from symrisk.simulate.given import count
from symrisk.simulate.worlds.positions import direction
from symrisk.simulate.worlds.rows import Rows, gaussian_rows


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
    fit, beta = PseudoInverse(rows(rng, n, p)), direction(rng, p)
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
    fit = PseudoInverse(rows(rng, n, p))
    identity = np.eye(len(fit.X))
    pinv = fit.coefficients(identity)
    hat, labels = fit.X @ pinv, identity
    for _ in range(count("t", t)):
        labels = w**2 * identity + (1 - w) ** 2 * (hat @ labels @ hat.T + identity)
    return float(np.sum((pinv @ labels) * pinv) / np.sum(pinv**2))
