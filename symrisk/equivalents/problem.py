"""The system of a dense equivalent, scaled by powers of two and turned into a basis in which it
is graded.
"""

from dataclasses import dataclass, replace
from math import fsum

import numpy as np

from symrisk.engine.arrays.given import is_diagonal
from symrisk.equivalents.matrices import Half

LOG2 = float(np.log(2))


@dataclass(frozen=True, eq=False)
class Problem:
    """The scaled system, in its basis: Q^{-1} is 2^shift (mu omega + \\sum c_k S_k), for the
    sources with rows.
    """

    regime: str
    basis: np.ndarray | None
    shift: int
    halves: tuple
    kept: np.ndarray
    sizes: np.ndarray
    room: float
    mu: float
    leaks: np.ndarray
    omega: Half
    penalty: np.ndarray
    stack: np.ndarray


def posed(regime, halves, products, sizes, mu, weights, omega):
    """The scaled problem, in the eigenbasis of Q^{-1} at the isotropic solution, and the
    logarithm of that solution.
    """
    kept = np.flatnonzero(sizes > 0)
    p, n, penalty = len(omega.factor), sizes[kept], omega.product
    exponents = np.array([halves[k].exponent for k in kept], int)
    mantissa, power = np.frexp(weights[kept])
    mu, mu_power = np.frexp(1.0 if regime == "ridgeless" else mu)
    power, mu_power = power + exponents, int(mu_power) + omega.exponent
    of_mu, of_weights = (
        ([] if regime == "ols" else [mu_power]),
        ([] if regime == "ridgeless" else power.tolist()),
    )
    unit = max(of_mu + of_weights)
    strengths, strength = (
        np.log([np.trace(products[k]) / p for k in kept]),
        np.log(np.trace(penalty) / p),
    )
    log_mu = -np.inf if regime == "ols" else np.log(mu) + strength + (mu_power - unit) * LOG2
    if regime == "ridgeless":
        log_q = np.log(fsum([p, *-n]) / p) - log_mu
        u = np.log(n / p) - log_q - strengths
    else:
        log_q, u = _isotropic(n, p, log_mu, np.log(mantissa) + (power - unit) * LOG2, strengths)
    down = int(np.rint(-log_q / LOG2))
    u, shift = u - down * LOG2, unit + down
    leaks = np.zeros(len(kept)) if regime == "ridgeless" else np.ldexp(1 / mantissa, shift - power)
    scaled_mu = 0.0 if regime == "ols" else float(np.ldexp(mu, mu_power - shift))
    stack = np.array([products[k] for k in kept]).reshape(len(kept), p, p)
    problem = Problem(
        regime,
        None,
        shift,
        halves,
        kept,
        n,
        fsum([p, *-n]),
        scaled_mu,
        leaks,
        omega,
        penalty,
        stack,
    )
    return turned_at(problem, u), u


def turned_at(problem, u):
    """The problem in the eigenbasis of Q^{-1} at u."""
    matrix = inverse_resolvent(problem, np.exp(u))
    if is_diagonal(matrix) or not np.all(np.isfinite(matrix)):
        return problem
    turn = np.linalg.eigh(matrix)[1]
    halves, omega = tuple(half.turned(turn) for half in problem.halves), problem.omega.turned(turn)
    stack = np.array([halves[k].product for k in problem.kept]).reshape(problem.stack.shape)
    basis = turn if problem.basis is None else problem.basis @ turn
    return replace(
        problem, basis=basis, halves=halves, omega=omega, penalty=omega.product, stack=stack
    )


def inverse_resolvent(problem, c):
    return problem.mu * problem.penalty + np.tensordot(c, problem.stack, 1)


def _isotropic(n, p, log_mu, log_w, log_s):
    r"""(log q, log c) where each Sigma_k is s_k I: \sum n_k x_k/(1 + x_k) = p - p mu q, x_k = w_k
    s_k p q, by bisection.
    """
    live = np.isfinite(log_s)
    n_live, log_x = n[live], (log_w + log_s)[live] + np.log(p)
    room, log_u = fsum([p, *-n_live]), log_w + np.log(n)
    low = min(-log_mu - LOG2, np.log(p / 2) - np.log(n_live.sum()) - log_x.max(initial=-np.inf))
    high = -log_mu if np.isfinite(log_mu) else np.log(p / -room) - log_x.min()
    if not low < high:
        low = high - 1.0
    for _ in range(64):
        middle = (low + high) / 2
        excess = p * np.exp(log_mu + middle) - room - np.sum(n_live / (1 + np.exp(log_x + middle)))
        low, high = (middle, high) if excess < 0 else (low, middle)
    log_u[live] -= np.logaddexp(0, log_x + low)
    return low, log_u
