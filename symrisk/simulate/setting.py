"""K samples of any covariances, a weighted and penalised fit to them, and a target.

    theta_hat = argmin sum_k w_k |y_k - X_k theta|^2 + mu theta' Omega theta,   y_k = X_k theta_k +
    eps_k, X_k = Z_k Sigma_k^{1/2}

The covariances need not commute, and the target's Sigma_0 and theta_0 need not be those of a
sample.  The penalty mu is absolute.  Without one, at mu = 0, the fit is the interpolator of least
Omega-norm when n < p, whatever the weights, and weighted least squares when n > p.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Any

import numpy as np

from symrisk.engine.arrays.given import numbers
from symrisk.engine.noun import Noun, cached_property
from symrisk.errors import DomainError
from symrisk.simulate.experiment import BATCHES, Comparison
from symrisk.simulate.fits.fit import Fit
from symrisk.simulate.fits.min_norm import MinNorm
from symrisk.simulate.fits.ridge import Ridge
from symrisk.simulate.fits.weighted import Weighted
from symrisk.simulate.given import count, generator
from symrisk.simulate.risk import Parts, Risk
from symrisk.simulate.worlds.covariances import Covariances
from symrisk.simulate.worlds.rows import DESIGNS, Rows, gaussian_rows


@dataclass(frozen=True, eq=False)
class Setting(Noun):
    """K samples, the fit to them and the target it is judged on.

    covariances, sizes, coefficients, noise, target_covariance, target_coefficients, penalty,
    copies: those of the `Covariances` world.
    weights: w_k > 0, by default 1. mu: the absolute penalty, 0 for none.

    A thousand rows along the first axis, ten along the second, and a target that asks for both
    alike:

    >>> setting = Setting([[1.0, 0.0], [0.0, 1.0]], [1000, 10], [[3.0, 4.0], [3.0, 4.0]], [1.0, 1.0],
    ...                   target_covariance=[1.0, 1.0], target_coefficients=[3.0, 4.0])
    >>> bias, variance, risk = setting.parts(np.random.default_rng(0))
    >>> f"{bias:.6f} {variance:.6f}"
    '0.000000 0.180504'

    Raises `ArgumentError` for what is no array of real numbers; `DomainError` for what the world
    refuses, a penalty that is negative, a weight that is not positive, and at mu = 0 for sizes at
    which the noise has no finite expectation: n = p, or one off it.
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
        world = self.world
        for field in fields(world):
            object.__setattr__(self, field.name, getattr(world, field.name))
        K = len(self.sizes)
        weights = np.ones(K) if self.weights is None else self.weights
        object.__setattr__(self, "weights", numbers("weights", weights, (K,), "positive"))
        object.__setattr__(self, "mu", float(numbers("mu", self.mu, (), "not negative")))
        if not self.mu:
            world.require_room()

    @cached_property
    def world(self) -> Covariances:
        """What is drawn, in coordinates in which the penalty is the identity."""
        return Covariances(
            self.covariances,
            self.sizes,
            self.coefficients,
            self.noise,
            self.target_covariance,
            self.target_coefficients,
            self.penalty,
            self.copies,
        )

    @property
    def fit(self) -> Fit:
        """Weighted ridge; without a penalty the interpolator, or weighted least squares."""
        return Weighted(tuple(self.weights), Ridge(self.mu) if self.mu else MinNorm())

    @property
    def n(self) -> int:
        """The rows of all samples."""
        return self.world.n

    @property
    def p(self) -> int:
        """The dimension, copies counted."""
        return self.world.p

    @property
    def finite_size_factor(self) -> float:
        """|p - n|/(|p - n| - 1) without a penalty, for the variance: exact for Gaussian rows of one covariance, equal weights and
        Sigma_0 = Omega = I, and to most of order 1/p for others.  With a penalty, 1."""  # noqa: E501
        free = abs(self.p - self.n)
        return 1.0 if self.mu or not self.n else free / (free - 1)

    def times(self, factor) -> "Setting":
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

    def parts(self, rng, rows: Rows = gaussian_rows) -> Parts:
        """One replicate: bias, variance and risk given the designs that `rng` draws, averaged over
        the label noise exactly.
        """
        return Risk(self.world, self.fit).parts(rng, rows=rows)

    def risk(self, rng, *, rows: Rows = gaussian_rows) -> float:
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
    ) -> Parts:
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
        bias = float(numbers("bias", bias, ()))
        variance = float(numbers("variance", variance, ()))
        if rows not in DESIGNS:
            raise DomainError(f"rows is one of {', '.join(DESIGNS)}; not {rows!r}")
        task, generators = partial(self.parts, rows=DESIGNS[rows]), generator(rng).spawn(reps)
        if executor:
            drawn = executor.map(task, generators, chunksize=math.ceil(reps / BATCHES))
        else:
            drawn = map(task, generators)
        drawn = list(progress(drawn, total=reps) if progress else drawn)
        values = (bias, variance, bias + variance)
        finite = [None] * 3
        if not self.mu:
            exact = self.finite_size_factor * variance
            finite = [None, exact, bias + exact]
        return Parts(*map(Comparison.of, zip(*drawn, strict=True), values, finite))
