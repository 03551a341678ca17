"""Samples of any covariances, which need not commute, and a target that is none of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from symrisk.engine.arrays.given import cleared, numbers
from symrisk.engine.noun import cached_property
from symrisk.engine.potential.existence import Ranks, smallest_first
from symrisk.errors import ArgumentError, DomainError
from symrisk.simulate.diagonal import applied, covariance, full, half, root, smallest
from symrisk.simulate.given import count
from symrisk.simulate.worlds.rows import gaussian_rows
from symrisk.simulate.worlds.world import Draw, World


@dataclass(frozen=True, eq=False)
class Covariances(World):
    """K samples X_k = Z_k Sigma_k^{1/2} with coefficients theta_k, and a target Sigma_0, theta_0.

    covariances: Sigma_k, one a sample: a symmetric matrix (p, p), or the eigenvalues (p,) of a
    diagonal one. sizes: n_k, whole numbers; a sample without rows changes nothing. coefficients:
    theta_k, an array (K, p). noise: sigma_k^2, one a sample. target_covariance,
    target_coefficients: Sigma_0 and theta_0, of which the excess risk is |theta_hat -
    theta_0|^2_{Sigma_0}.
    penalty: Omega, positive definite, by default the identity: the world is told in coordinates
        Omega^{1/2} theta, in which a penalty theta' Omega theta is |theta|^2, the one that fits
        know.  A design is then Z_k times the transpose of Omega^{-1/2} Sigma_k^{1/2}.
    copies: m puts m copies of every covariance on the diagonal, each eigenvalue m times as often: p
        is then m times as large.  The coefficients stand in one copy at a time, and the risk is the
        mean over which: that of coefficients spread over the copies, as rows that are invariant
        under signs and permutations of their entries have no cross terms.

    All rows are drawn at once, sample after sample: with one seed, a sample split in two is the
    sample.  Eigenvalues, in one basis for all, stay vectors.

    >>> world = Covariances([[4.0, 1.0]], [3], [[1.0, 0.0]], [1.0], [1.0, 1.0], [1.0, 0.0])
    >>> drawn = world.draw(np.random.default_rng(0))
    >>> isotropic = np.random.default_rng(0).standard_normal((3, 2))
    >>> np.allclose(drawn.designs[0], isotropic * [2.0, 1.0])
    True

    Raises `ArgumentError` for what is no array of real numbers; `DomainError` for shapes that do
    not fit, values that are not finite, matrices that are not positive semi-definite, a negative
    noise or size; and from `require_room` for sizes at which a fit without a penalty has noise of
    no finite expectation: n = p, or one off it.
    """

    covariances: Sequence
    sizes: Sequence
    coefficients: Any
    noise: Any
    target_covariance: Any
    target_coefficients: Any
    penalty: Any = None
    copies: int = 1

    def __post_init__(self):
        for name in ("covariances", "sizes"):
            value = getattr(self, name)
            if not isinstance(value, (Sequence, np.ndarray)) or not len(value):
                raise ArgumentError(f"{name} is a sequence, one a sample; not {value!r}")
        for name, value in self._checked().items():
            object.__setattr__(self, name, value)
        if len(self.sizes) != len(self.covariances):
            raise DomainError(
                f"sizes holds one size for each of {len(self.covariances)} covariances; not "
                f"{len(self.sizes)}"
            )
        if smallest(self.penalty) <= 0:
            raise DomainError(
                "penalty is positive definite; its smallest eigenvalue is zero to working precision"
            )

    def _checked(self):
        theta = numbers("target_coefficients", self.target_coefficients)
        if theta.ndim != 1 or not len(theta):
            raise DomainError(f"target_coefficients has shape (p,); not {theta.shape}")
        K, p = len(self.covariances), len(theta)
        covariances = []
        for k, given in enumerate(self.covariances):
            covariances.append(covariance(f"covariances[{k}]", given, p))
        penalty = np.ones(p) if self.penalty is None else self.penalty
        return {
            "covariances": tuple(covariances),
            "sizes": tuple(count(f"sizes[{k}]", n) for k, n in enumerate(self.sizes)),
            "coefficients": numbers("coefficients", self.coefficients, (K, p)),
            "noise": numbers("noise", self.noise, (K,), "not negative"),
            "target_covariance": covariance("target_covariance", self.target_covariance, p),
            "target_coefficients": theta,
            "penalty": covariance("penalty", penalty, p),
            "copies": count("copies", self.copies, least=1),
        }

    @property
    def n(self) -> int:
        """The rows of all samples."""
        return sum(self.sizes)

    @property
    def p(self) -> int:
        """The dimension, copies counted."""
        return self.copies * len(self.target_coefficients)

    def draw(self, rng, rows=gaussian_rows):
        isotropic = np.split(rows(rng, self.n, self.p), np.cumsum(self.sizes)[:-1])
        turned, designs, signals = self._turned, [], []
        for z, half_k, theta in zip(isotropic, turned.halves, turned.coefficients, strict=True):
            blocks = applied(z.reshape(len(z), *self._blocks), half_k.T)
            designs.append(blocks.reshape(z.shape))
            signals.append(blocks @ theta)
        return Draw(designs, self.noise, np.vstack(signals), turned.target, seen=turned.seen)

    @property
    def _blocks(self):
        return self.copies, len(self.target_coefficients)

    @cached_property
    def _turned(self):
        """Everything in the coordinates Omega^{1/2} theta, once for all replicates."""
        scale = root(self.penalty)
        theta = applied(self.target_coefficients, scale)
        return _Turned(
            [half(sigma, scale) for sigma in self.covariances],
            applied(self.coefficients, scale),
            np.kron(np.eye(self.copies), theta).T,
            half(self.target_covariance, scale),
        )

    def require_room(self):
        """Without a penalty each group of samples leaves two of its own dimensions free, or has two
        rows more than no other sees.

        One fewer is an inverse Wishart matrix without a mean, none a singular one.  For full rank
        that is |p - n| >= 2.
        """
        self._room  # noqa: B018 - worked out once

    @cached_property
    def _room(self):
        some = [k for k, n in enumerate(self.sizes) if n]
        is_wide = self.n < self.p
        ranks = Ranks(self._rank, some, self.p, has_floor=is_wide, has_costs=not is_wide)
        for group in self._groups(some):
            rows = sum(self.sizes[k] for k in group)
            low, high = ranks.interval(group)
            seen = high if is_wide else low
            has_room = rows <= seen - 2 if is_wide else not seen or rows >= seen + 2
            if not has_room:
                raise DomainError(
                    "at mu = 0 the noise has a finite expectation where rows are two off the "
                    f"dimensions they fill; not with {rows} rows of {_named(group)} in {seen} "
                    f"dimensions, n = {self.n}, p = {self.p}"
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


@dataclass(frozen=True, eq=False)
class _Turned:
    halves: list
    coefficients: np.ndarray
    target: np.ndarray
    seen: np.ndarray


def _named(group):
    return ", ".join(f"covariances[{k}]" for k in group)
