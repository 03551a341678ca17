r"""K samples of any covariances, fitted together and judged on a target: replicates of the risk and
of its two parts.

    theta_hat = argmin sum_k w_k |y_k - X_k theta|^2 + mu theta' Omega theta,   y_k = X_k theta_k +
    eps_k, X_k = Z_k Sigma_k^{1/2}

The covariances need not commute, and the target's Sigma_0 and theta_0 need not be those of a
sample.  The penalty mu is absolute.  Without one, at mu = 0, the fit is the interpolator of least
Omega-norm when n < p, whatever the weights, and weighted least squares when n > p.  In coordinates
Omega^{1/2} theta the penalty is the identity, and a design is Z_k times the transpose of
Omega^{-1/2} Sigma_k^{1/2}.  The fit is linear in the labels, theta_hat = A y; averaged over their
noise exactly,

    bias = |A (X_k theta_k)_k - theta_0|^2_{Sigma_0},        variance = sum_i sigma_i^2 |A
    e_i|^2_{Sigma_0},

and only the designs are left to chance.  Covariances given as their eigenvalues, in one basis for
all, stay vectors.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from symrisk.engine.arrays.cholesky import factor
from symrisk.engine.arrays.given import cleared, numbers
from symrisk.engine.potential.existence import Ranks, smallest_first
from symrisk.errors import ArgumentError, DomainError
from symrisk.simulate.designs import DESIGNS, Rows, count, gaussian_rows, generator
from symrisk.simulate.diagonal import applied, covariance, full, half, root, smallest
from symrisk.simulate.experiment import BATCHES, Comparison


class Parts(NamedTuple):
    """Bias, variance, and the risk that they add up to: of one replicate, or as a `Comparison`
    or a `Growth` each.
    """

    bias: Any
    variance: Any
    risk: Any

    def __str__(self):
        return "\n".join(
            f"{name:8s} {value}" for name, value in zip(self._fields, self, strict=True)
        )


@dataclass(frozen=True, eq=False)
class Setting:
    """K samples, the fit to them and the target it is judged on.

    covariances: Sigma_k, one a sample: a symmetric matrix (p, p), or the eigenvalues (p,) of a
    diagonal one. sizes: n_k, whole numbers; a sample without rows changes nothing. coefficients:
    theta_k, an array (K, p). noise: sigma_k^2, one a sample. target_covariance,
    target_coefficients: Sigma_0 and theta_0, of which the excess risk is |theta_hat -
    theta_0|^2_{Sigma_0}. weights: w_k > 0, by default 1. mu: the absolute penalty, 0 for none.
    penalty: Omega, positive definite, by default the identity. copies: m puts m copies of every
    covariance on the diagonal, each eigenvalue m times as often: p is then m times as large.
        The coefficients stand in one copy at a time, and replicates average over which: the mean is
        that of coefficients spread over the copies, as rows that are invariant under signs and
        permutations of their entries have no cross terms.

    A thousand rows along the first axis, ten along the second, and a target that asks for both
    alike:

    >>> setting = Setting([[1.0, 0.0], [0.0, 1.0]], [1000, 10], [[3.0, 4.0], [3.0, 4.0]], [1.0, 1.0],
    ...                   target_covariance=[1.0, 1.0], target_coefficients=[3.0, 4.0])
    >>> bias, variance, risk = setting.parts(np.random.default_rng(0))
    >>> f"{bias:.6f} {variance:.6f}"
    '0.000000 0.180504'

    Raises `ArgumentError` for what is no array of real numbers; `DomainError` for shapes that do
    not fit, values that are not finite, matrices that are not positive semi-definite, a negative
    noise, size or penalty, a weight that is not positive, and at mu = 0 for sizes at which the
    noise has no finite expectation: n = p, or one off it.
    """  # noqa: E501

    covariances: Sequence
    sizes: Sequence
    coefficients: Any
    noise: Any
    target_covariance: Any
    target_coefficients: Any
    weights: Any = None
    mu: float = 0.0
    penalty: Any = None
    copies: int = 1

    def __post_init__(self):
        for name in ("covariances", "sizes"):
            if not isinstance(getattr(self, name), (Sequence, np.ndarray)) or not len(
                getattr(self, name)
            ):
                raise ArgumentError(
                    f"{name} is a sequence, one a sample; not {getattr(self, name)!r}"
                )
        theta = numbers("target_coefficients", self.target_coefficients)
        if theta.ndim != 1 or not len(theta):
            raise DomainError(f"target_coefficients has shape (p,); not {theta.shape}")
        K, p = len(self.covariances), len(theta)
        checked = {
            "covariances": tuple(
                covariance(f"covariances[{k}]", s, p) for k, s in enumerate(self.covariances)
            ),
            "sizes": tuple(count(f"sizes[{k}]", n) for k, n in enumerate(self.sizes)),
            "coefficients": numbers("coefficients", self.coefficients, (K, p)),
            "noise": numbers("noise", self.noise, (K,), "not negative"),
            "target_covariance": covariance("target_covariance", self.target_covariance, p),
            "target_coefficients": theta,
            "weights": numbers(
                "weights", np.ones(K) if self.weights is None else self.weights, (K,), "positive"
            ),
            "mu": float(numbers("mu", self.mu, (), "not negative")),
            "penalty": np.ones(p)
            if self.penalty is None
            else covariance("penalty", self.penalty, p),
            "copies": count("copies", self.copies, least=1),
        }
        if len(checked["sizes"]) != K:
            raise DomainError(
                f"sizes holds one size for each of {K} covariances; not {len(checked['sizes'])}"
            )
        for name, value in checked.items():
            object.__setattr__(self, name, value)
        self._require_room()
        for name, value in self._turned().items():
            object.__setattr__(self, name, value)

    @property
    def n(self):
        """The rows of all samples."""
        return sum(self.sizes)

    @property
    def p(self):
        """The dimension, copies counted."""
        return self.copies * len(self.target_coefficients)

    @property
    def finite_size_factor(self):
        """|p - n|/(|p - n| - 1) without a penalty, for the variance: exact for Gaussian rows of one covariance, equal weights and
        Sigma_0 = Omega = I, and to most of order 1/p for others.  With a penalty, 1."""  # noqa: E501
        free = abs(self.p - self.n)
        return 1.0 if self.mu or not self.n else free / (free - 1)

    def times(self, factor):
        """The same world at `factor` times the size: rows, penalty and the multiplicity of each
        eigenvalue.

        Deterministic equivalents do not change, so that the gap of a simulation to them shows how
        it falls with the size.

        >>> small = Setting([[1.0, 2.0]], [5], [[1.0, 1.0]], [1.0], [1.0, 1.0], [0.0, 1.0], mu=3.0)
        >>> large = small.times(10)
        >>> large.p, large.sizes, large.mu
        (20, (50,), 30.0)
        """
        factor = count("factor", factor, least=1)
        return replace(
            self,
            sizes=[factor * n for n in self.sizes],
            mu=factor * self.mu,
            copies=factor * self.copies,
        )

    def parts(self, rng, rows: Rows = gaussian_rows):
        """One replicate: bias, variance and risk given the designs that `rng` draws, averaged over
        the label noise exactly.

        All rows are drawn at once, sample after sample: with one seed, a sample split in two is the
        sample.
        """
        X, signal = self._drawn(rng, rows)
        influence = _influence(X, self.mu)
        errors = (signal.T @ influence).reshape(self.copies, *self._blocks)
        errors[range(self.copies), range(self.copies)] -= self._target
        bias = float(np.sum(applied(errors, self._seen) ** 2)) / self.copies
        spread = np.sum(
            applied(influence.reshape(self.n, *self._blocks), self._seen) ** 2, axis=(1, 2)
        )
        variance = float(np.repeat(self.noise * self.weights, self.sizes) @ spread)
        return Parts(bias, variance, bias + variance)

    def risk(self, rng, *, rows: Rows = gaussian_rows):
        """One replicate of the risk: what `Simulation` takes."""
        return self.parts(rng, rows).risk

    def compare(
        self,
        reps=100,
        /,
        *,
        bias,
        variance,
        rng=None,
        rows="gaussian",
        executor=None,
        progress=None,
    ):
        """The means of `reps` replicates against the values `bias`, `variance` and their sum: a
        `Comparison` each, in `Parts`.

        Without a penalty the variance also stands with its finite-size factor.  Generators,
        `executor` and `progress` are as in `Simulation.run`; `rows` names a row design.  Half as
        many rows as dimensions, and rows and target of one covariance:

        >>> setting = Setting([np.ones(40)], [20], [np.eye(40)[0]], [1.0], np.ones(40), np.eye(40)[0])
        >>> print(setting.compare(400, bias=20/40, variance=20/(40 - 20), rng=0))
        bias     simulated 0.5032 ± 0.0055 (400 replicates), formula 0.5000, z = +0.58
        variance simulated 1.0498 ± 0.0056 (400 replicates), formula 1.0000, with finite-size factor 1.0526, z = -0.51
        risk     simulated 1.5529 ± 0.0077 (400 replicates), formula 1.5000, with finite-size factor 1.5526, z = +0.04
        """  # noqa: E501
        reps = count("reps", reps, least=2)
        bias, variance = (
            float(numbers(name, value, ()))
            for name, value in (("bias", bias), ("variance", variance))
        )
        if rows not in DESIGNS:
            raise DomainError(f"rows is one of {', '.join(DESIGNS)}; not {rows!r}")
        task, generators = partial(self.parts, rows=DESIGNS[rows]), generator(rng).spawn(reps)
        drawn = (
            executor.map(task, generators, chunksize=math.ceil(reps / BATCHES))
            if executor
            else map(task, generators)
        )
        drawn = list(progress(drawn, total=reps) if progress else drawn)
        finite = [None] * 3
        if not self.mu:
            finite = [
                None,
                self.finite_size_factor * variance,
                bias + self.finite_size_factor * variance,
            ]
        return Parts(
            *map(Comparison.of, zip(*drawn, strict=True), (bias, variance, bias + variance), finite)
        )

    def _drawn(self, rng, rows):
        """Rows times the roots of their weights, and their noiseless labels, a column a copy
        that the coefficients stand in.
        """
        Z = np.split(rows(rng, self.n, self.p), np.cumsum(self.sizes)[:-1])
        X, signal = [], []
        for z, turned, theta, w in zip(
            Z, self._halves, self._coefficients, self.weights, strict=True
        ):
            x = applied(math.sqrt(w) * z.reshape(len(z), *self._blocks), turned.T)
            X.append(x.reshape(z.shape))
            signal.append(x @ theta)
        return np.vstack(X), np.vstack(signal)

    @property
    def _blocks(self):
        return self.copies, len(self.target_coefficients)

    def _turned(self):
        """Everything in the coordinates Omega^{1/2} theta, once for all replicates."""
        scale = root(self.penalty)
        return {
            "_halves": [half(sigma, scale) for sigma in self.covariances],
            "_seen": half(self.target_covariance, scale),
            "_coefficients": applied(self.coefficients, scale),
            "_target": applied(self.target_coefficients, scale),
        }

    def _require_room(self):
        """Without a penalty each group of samples leaves two of its own dimensions free, or has two
        rows more than no other sees.

        One fewer is an inverse Wishart matrix without a mean, none a singular one.  For full rank
        that is |p - n| >= 2.
        """
        if smallest(self.penalty) <= 0:
            raise DomainError(
                "penalty is positive definite; its smallest eigenvalue is zero to working precision"
            )
        some = [k for k, n in enumerate(self.sizes) if n]
        is_wide = self.n < self.p
        ranks = Ranks(self._rank, some, self.p, has_floor=is_wide, has_costs=not is_wide)
        for group in () if self.mu else self._groups(some):
            rows = sum(self.sizes[k] for k in group)
            low, high = ranks.interval(group)
            seen = high if is_wide else low
            has_room = rows <= seen - 2 if is_wide else not seen or rows >= seen + 2
            if not has_room:
                raise DomainError(
                    "at mu = 0 the noise has a finite expectation where rows are two off the "
                    "dimensions they fill; "
                    f"not with {rows} rows of {_named(group)} in {seen} dimensions, n = {self.n}, "
                    f"p = {self.p}"
                )

    def _groups(self, some):
        if any(smallest(self.covariances[k]) <= 0 for k in some):
            return smallest_first(some)
        # Where each sample sees every dimension, all of them together say it all.
        return [tuple(some)] if some else []

    def _rank(self, group):
        group = sorted(group)
        if all(self.covariances[k].ndim == 1 for k in group):
            values = sum(self.covariances[k] for k in group)
        else:
            values = np.linalg.eigvalsh(sum(full(self.covariances[k]) for k in group))
        return self.copies * int(np.count_nonzero(cleared(values)))


def _named(group):
    return ", ".join(f"covariances[{k}]" for k in group)


def _influence(X, mu):
    """Row i: what a unit of label i adds to the fit, X (X'X + mu I)^{-1} by a solve of the
    smaller Gram matrix's size.
    """
    wide = X.shape[0] <= X.shape[1]
    gram = X @ X.T if wide else X.T @ X
    if mu:
        gram[np.diag_indices(len(gram))] += mu
    factor("the stacked design", gram, max(X.shape))
    return np.linalg.solve(gram, X) if wide else np.linalg.solve(gram, X.T).T
