r"""Risks of pooled fits whose covariances commute, for a whole batch of problems at once, each with
its own spectra.

The formulas are those of `equivalents.risk`, evaluated with the instances' eigenvalues as their
laws; p x p covariances that do not commute are for `equivalents.dense`.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from symrisk.engine.arrays.given import eigenvalues as spectrum
from symrisk.engine.arrays.given import numbers
from symrisk.engine.arrays.registers import outputs
from symrisk.engine.potential.arrays import difference
from symrisk.engine.program.builder import Builder
from symrisk.equivalents.pooled import Pooled
from symrisk.equivalents.regimes import conditions, table_ranks
from symrisk.equivalents.risk import bias_of_fit, variance_of
from symrisk.errors import ArgumentError, DomainError, NotConverged
from symrisk.laws.law import Law
from symrisk.symbols import coordinate, eigenvalue, mu, noise, p, size, tau0, tau_omega, weight

SPECTRUM = "a spectrum"
SIGNS = {
    **dict.fromkeys(("multiplicities", "sizes", "weights", "penalty"), "positive"),
    "target": SPECTRUM,
}
FAILED = ("raise", "nan")


@dataclass(frozen=True)
class Risks:
    """Risks of a batch: value = bias + variance, each of the batch's shape, and per sample, last
    axis K, `gains` g_k and `scales` c_k (alpha_k where there is no penalty and n < p)."""

    value: np.ndarray
    bias: np.ndarray
    variance: np.ndarray
    gains: np.ndarray
    scales: np.ndarray


def risks(
    eigenvalues,
    multiplicities,
    sizes,
    *,
    target=None,
    coefficients=None,
    target_coefficients=None,
    noises=1.0,
    mu=0.0,
    weights=1.0,
    penalty=1.0,
    failed="raise",
):
    r"""The risks of argmin sum_k w_k |y_k - X_k theta|^2 + mu theta' Omega theta for a batch of
    shape (...), K samples each.

    eigenvalues: (..., K, C) of the samples' covariances on C common eigenspaces; multiplicities:
    (..., C), their dimensions, summing to p (whole or not); sizes: (..., K) numbers of rows.
    target: (..., C) eigenvalues of Sigma_0, by default those of the last sample.  coefficients:
    (..., K, C) coordinates of theta_k, the same along each direction of an eigenspace,
    target_coefficients: (..., C); by default the last sample's, or zero.  noises: (..., K)
    variances; weights: (..., K); penalty: (..., C) eigenvalues of Omega; mu: (...), 0 for the
    interpolator (n < p) and for least squares (n > p).

    >>> found = risks([[1.0], [1.0]], [600], [100, 100])
    >>> float(found.value), found.gains.tolist()
    (0.5, [0.25, 0.25])

    Raises DomainError for shapes that do not broadcast, NaN, negative eigenvalues, sizes that are
    not positive, n = p without a penalty, and, with the first offender, for a rank condition of
    `equivalents.regimes` that fails; NotConverged where a solution is not found.  ``failed="nan"``
    puts nan in place of these, and at n = p.
    """
    if failed not in FAILED:
        raise ArgumentError(f"failed is 'raise' or 'nan'; not {failed!r}")
    batch = _Batch(
        eigenvalues,
        multiplicities,
        sizes,
        target,
        coefficients,
        target_coefficients,
        noises,
        mu,
        weights,
        penalty,
    )
    K, points = batch.K, len(batch.mu)
    table = np.full((points, 2 + 2 * K), np.nan)
    if failed == "raise":
        batch.require_off_the_peak()
    for regime, rows in batch.regimes():
        if rows.size:
            table[rows] = _solved(regime, batch, rows)
    bad = ~np.isfinite(table).all(axis=1)
    if failed == "raise" and bad.any():
        raise batch.unsolved(int(np.argmax(bad)))
    variance, bias, columns = table[:, 0], table[:, 1], table[:, 2:].reshape(points, 2, K)
    return Risks(
        *(a.reshape(batch.shape)[()] for a in (bias + variance, bias, variance)),
        *(columns[:, i].reshape(*batch.shape, K) for i in (0, 1)),
    )


class _Batch:
    """The arguments of `risks`, checked and flattened: one row a problem."""

    def __init__(
        self,
        eigenvalues,
        multiplicities,
        sizes,
        target,
        coefficients,
        target_coefficients,
        noises,
        mu,
        weights,
        penalty,
    ):
        L = _of_axes("eigenvalues", eigenvalues, 2, SPECTRUM)
        self.K, C = L.shape[-2:]
        given = {
            "multiplicities": (multiplicities, 1),
            "sizes": (sizes, 1),
            "noises": (noises, 0),
            "mu": (mu, 0),
            "weights": (weights, 0),
            "penalty": (penalty, 0),
            "target": (L[..., -1, :] if target is None else target, 1),
        }
        arrays = {
            name: _of_axes(name, value, ndim, SIGNS.get(name, "not negative"))
            for name, (value, ndim) in given.items()
        }
        theta = _of_axes(
            "coefficients", np.zeros(L.shape[-2:]) if coefficients is None else coefficients, 2
        )
        own = _of_axes(
            "target_coefficients",
            theta[..., -1, :] if target_coefficients is None else target_coefficients,
            1,
        )
        last = {
            "multiplicities": (C,),
            "sizes": (self.K,),
            "noises": (self.K,),
            "mu": (),
            "weights": (self.K,),
            "penalty": (C,),
            "target": (C,),
            "eigenvalues": (self.K, C),
            "coefficients": (self.K, C),
            "target_coefficients": (C,),
        }
        arrays |= {"eigenvalues": L, "coefficients": theta, "target_coefficients": own}
        self.shape = _shape(arrays, last)
        for name, array in arrays.items():
            full = _full(name, array, self.shape, last[name])
            setattr(self, name, full.reshape(-1, *last[name]))
        for name in ("sizes", "multiplicities"):
            if arrays[name].shape[-1:] != last[name]:
                raise DomainError(
                    f"risks: the last axis of {name} is of length {last[name][0]}; not shape "
                    f"{arrays[name].shape}"
                )
        self.p = self.multiplicities.sum(axis=1)

    def regimes(self):
        """Pairs (regime, rows): n = p without a penalty has none."""
        room, free = difference(self.p, self.sizes), self.mu == 0
        return (
            ("ridge", np.flatnonzero(~free)),
            ("ridgeless", np.flatnonzero(free & (room > 0))),
            ("ols", np.flatnonzero(free & (room < 0))),
        )

    def require_off_the_peak(self):
        """DomainError that says the first problem at n = p without a penalty."""
        peak = np.flatnonzero((self.mu == 0) & (difference(self.p, self.sizes) == 0))
        if peak.size:
            raise DomainError(
                f"risks: without a penalty n = p has an infinite risk; not sizes "
                f"{self.sizes[peak[0]].tolist()}"
            )

    def unsolved(self, row):
        """The error for a problem without a solution: the first rank condition that fails, or
        that none was found.
        """
        sizes = self.sizes[row].tolist()
        place = f" at {[int(i) for i in np.unravel_index(row, self.shape)]}" if self.shape else ""
        ranks = table_ranks(self.eigenvalues[row], self.multiplicities[row])
        regime = (
            "ridge"
            if self.mu[row]
            else "ridgeless"
            if difference(self.p, self.sizes)[row] > 0
            else "ols"
        )
        failing = next(
            (c for c in conditions(ranks, sizes, float(self.p[row]), regime) if not c.holds), None
        )
        if failing is not None:
            return DomainError(f"risks ({regime}){place}: {failing}")
        return NotConverged(f"risks ({regime}){place}: no solution found for sizes {sizes}")


def _of_axes(name, values, ndim, sign=None):
    array = spectrum(name, values) if sign == SPECTRUM else numbers(name, values, sign=sign)
    if array.ndim < ndim:
        raise DomainError(f"{name} has at least {ndim} axes; not shape {array.shape}")
    return array


def _shape(arrays, last):
    """The batch's shape: what the arguments' leading axes broadcast to."""
    leading = {
        name: a.shape[: a.ndim - len(last[name])] if a.ndim >= len(last[name]) else ()
        for name, a in arrays.items()
    }
    try:
        return np.broadcast_shapes(*leading.values())
    except ValueError as error:
        shapes = ", ".join(f"{name}: {arrays[name].shape}" for name in arrays if leading[name])
        raise DomainError(f"risks: shapes do not broadcast: {shapes}") from error


def _full(name, array, shape, last):
    try:
        return np.broadcast_to(array, (*shape, *last))
    except ValueError as error:
        raise DomainError(
            f"risks: {name} of shape {array.shape} does not fit {(*shape, *last)}"
        ) from error


class Batched(Law):
    """Laws of a batch of problems, as arrays (problems, atoms): for evaluation alone."""

    def __new__(cls, columns, weights):
        self = Law.__new__(cls)
        self.variables, self.arrays = tuple(columns), (list(columns.values()), weights)
        return self

    def _hashable_content(self):
        return (id(self),)


@lru_cache(maxsize=64)
def _compiled(K, regime):
    """(the program of variance, bias, gains and scales, a law that stands for the batch's in
    it).
    """
    pooled = Pooled(K, regime)
    variance, bias = variance_of(pooled), bias_of_fit(pooled)
    graph = bias.graph.combine(variance.graph, lambda a, b: a + b)
    each = [letter(k) for letter in (eigenvalue, coordinate) for k in pooled.samples]
    law = Batched(dict.fromkeys([tau_omega, tau0, coordinate(0), *each]), None)
    numbers = [p, mu, *(letter(k) for letter in (size, noise, weight) for k in pooled.samples)]
    leaves = tuple(s for s in numbers if s in graph.names)
    wanted = (variance.graph.head, bias.graph.head, *pooled.gains, *pooled.scales)
    return Builder(graph.substitute({pooled.law: law}).lookup, leaves).program(wanted), law


def _solved(regime, batch, rows):
    """A table: variance, bias, gains and scales, a row each.

    Eigenvalues are taken in units of the largest, powers of two: u of the samples', u_0 of the
    target's, v of Omega's.  With mu v/u and sigma_k^2/u the fit is the same, and the risk is in
    units of u_0.
    """
    unit, own, bare = (
        _power(values[rows]) for values in (batch.eigenvalues, batch.target, batch.penalty)
    )
    columns = {
        tau_omega: batch.penalty[rows] / bare[:, None],
        tau0: batch.target[rows] / own[:, None],
        coordinate(0): batch.target_coefficients[rows],
    }
    numbers = {p: batch.p[rows], mu: batch.mu[rows] * (bare / unit)}
    for k in range(1, batch.K + 1):
        columns |= {
            eigenvalue(k): batch.eigenvalues[rows, k - 1] / unit[:, None],
            coordinate(k): batch.coefficients[rows, k - 1],
        }
        numbers |= {
            size(k): batch.sizes[rows, k - 1],
            noise(k): batch.noises[rows, k - 1] / unit,
            weight(k): batch.weights[rows, k - 1],
        }
    program, law = _compiled(batch.K, regime)
    program = program.over(law, Batched(columns, batch.multiplicities[rows] / batch.p[rows, None]))
    with np.errstate(all="ignore"):
        found = outputs(program, [numbers[s] for s in program.inputs])
    scale = bare / unit if regime == "ridgeless" else np.ones(len(rows))
    units = [own] * 2 + [own / unit] * batch.K + [scale] * batch.K
    return np.stack(
        [
            np.broadcast_to(column, len(rows)) * back
            for column, back in zip(found, units, strict=True)
        ],
        axis=1,
    )


def _power(values):
    """The power of two below the largest value of each row, 1 where all are zero."""
    largest = values.reshape(len(values), -1).max(axis=1)
    return np.where(largest > 0, np.ldexp(1.0, np.frexp(largest)[1] - 1), 1.0)
