"""Best penalties and best weights at ten thousand points in one call, against SciPy's search from
several starts, point by point.

The search is run on every point, so that "never worse" is seen on all of them; it takes minutes.
"""

import time

import numpy as np
from scipy.optimize import minimize, minimize_scalar

from symrisk.theorems.transfer import best_ridge, best_weights
from symrisk.theorems.transfer.share_search import Pieces

POINTS = 10_000
STARTS = ((-2, -2), (0, 0), (2, 2), (2, -3), (-3, 2))


def points(count):
    """Sizes on both sides of the peak, coefficients at any angle, noise over three decades; one
    noise level for both samples.
    """
    rng = np.random.default_rng(0)
    p = rng.integers(20, 400, count).astype(float)
    n1, n2 = (np.ceil(p * np.exp(rng.uniform(-3, 1.5, count))) for _ in range(2))
    theta_sq = np.exp(rng.uniform(-2, 2, count))
    delta_sq = theta_sq * np.exp(rng.uniform(-5, 1.5, count))
    return {
        "n1": n1,
        "n2": n2,
        "p": p,
        "theta_sq": theta_sq,
        "delta_sq": delta_sq,
        "cross": np.sqrt(theta_sq * delta_sq) * rng.uniform(-1, 1, count),
        "sigma_sq": np.exp(rng.uniform(-5, 2, count)),
    }


def ridge_by_search(n1, n2, p, theta_sq, delta_sq, cross, sigma_sq):
    """The least risk over log mu, from three brackets; plain floats, as one would write it by
    hand.
    """
    n, share = n1 + n2, n1 / (n1 + n2)

    def risk(log_mu):
        mu = np.exp(log_mu)
        b = mu + n - p
        disc = np.sqrt(b * b + 4 * mu * p)
        q = 2 / (b + disc) if b > 0 else (disc - b) / (2 * mu * p)
        missed, omega = mu * q, n * q / (1 + p * q) ** 2
        nu, free = p * q * omega, mu * q + omega
        return (
            missed**2 * theta_sq
            - 2 * share * missed * omega * cross
            + share * (share * omega**2 + nu * (free + (1 - share) * nu)) * delta_sq
            + nu * sigma_sq
        ) / free

    return min(
        minimize_scalar(risk, bounds=ends, method="bounded", options={"xatol": 1e-10}).fun
        for ends in ((-12, 2), (-2, 8), (4, 20))
    )


def weights_by_search(n1, n2, p, theta_sq, delta_sq, cross, sigma_sq):
    """The least risk over the shares' logits, from five starts."""
    pieces = Pieces(0.0, n1, n2, p, theta_sq, delta_sq, cross, sigma_sq, sigma_sq)

    def risk(z):
        one, two = n1 / p / (1 + np.exp(-z[0])), n2 / p / (1 + np.exp(-z[1]))
        return float(pieces.risk(one, two)) if one + two <= 1 else 1e9

    return min(
        minimize(risk, start, method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-13}).fun
        for start in STARTS
    )


def compare(name, ours, search, inputs):
    """Seconds of one call on the grid and of the search point by point, and the worst excess of
    the call's values.
    """
    ours(**{key: value[:100] for key, value in inputs.items()})
    begin = time.perf_counter()
    least = ours(**inputs)
    one_call = time.perf_counter() - begin
    begin = time.perf_counter()
    found = np.array(
        [search(*(float(value[k]) for value in inputs.values())) for k in range(POINTS)]
    )
    by_search = time.perf_counter() - begin
    worst = np.max(least / found - 1)
    print(
        f"{name}: {one_call:.2f} s in one call, {by_search:.0f} s by search: "
        f"{by_search / one_call:.0f} x (bar 20); "
        f"worst excess {worst:.1e} (bar 1e-10); search worse by more than 1e-6 at "
        f"{np.mean(found > least * (1 + 1e-6)):.1%}"
    )


def penalties(n1, n2, p, theta_sq, delta_sq, cross, sigma_sq):
    return best_ridge.best_ridge_risk(
        n1=n1, n2=n2, p=p, theta_sq=theta_sq, delta_sq=delta_sq, cross=cross, sigma_sq=sigma_sq
    )


def weights(n1, n2, p, theta_sq, delta_sq, cross, sigma_sq):
    return best_weights.best_weighted_risk(
        n1=n1,
        n2=n2,
        p=p,
        theta_sq=theta_sq,
        delta_sq=delta_sq,
        cross=cross,
        sigma1_sq=sigma_sq,
        sigma2_sq=sigma_sq,
    )


def main():
    inputs = points(POINTS)
    compare("best penalty", penalties, ridge_by_search, inputs)
    compare("best weights", weights, weights_by_search, inputs)


if __name__ == "__main__":
    main()
