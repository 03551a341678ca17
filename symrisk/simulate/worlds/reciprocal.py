"""A source of covariance kappa and 1/kappa in halves, and an isotropic target."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from symrisk.errors import DomainError
from symrisk.simulate.given import count
from symrisk.simulate.worlds.positions import vector
from symrisk.simulate.worlds.rows import gaussian_rows
from symrisk.simulate.worlds.world import Draw, World, noiseless


@dataclass(frozen=True)
class Reciprocal(World):
    """Two samples with common coefficients and noise, a source of reciprocal spectrum and a target
    of isotropic rows.

    sizes: n_1, n_2. p: the dimension, even. anisotropy: kappa. noise: sigma^2. theta_sq: the
    coefficients' squared norm.
    upper_share: how much of it lies in the eigenspace of kappa, in a random direction there; None
        spreads the coefficients evenly, and the risk is averaged over all directions exactly.

    >>> world = Reciprocal((2, 1), 4, anisotropy=4.0, noise=1.0, theta_sq=2.0, upper_share=1.0)
    >>> world.draw(np.random.default_rng(0)).target[2:].any().item()
    False

    Raises `DomainError` for a dimension that is odd, and for a share that leaves a negative square.
    """

    sizes: Any
    p: Any
    anisotropy: Any
    noise: Any
    theta_sq: Any
    upper_share: Any = None

    def draw(self, rng, rows=gaussian_rows):
        p = count("p", self.p)
        if p % 2:
            raise DomainError(f"p is even, for two eigenvalues in halves; not {p}")
        n1, n2 = self.sizes
        root = np.sqrt(np.repeat([self.anisotropy, 1 / self.anisotropy], p // 2))
        designs = (rows(rng, n1, p) * root, rows(rng, n2, p))
        noises = (self.noise, self.noise)
        if self.upper_share is None:
            return Draw(designs, noises, even=self.theta_sq)
        upper = vector(rng, p // 2, self.upper_share * self.theta_sq)
        lower = vector(rng, p // 2, (1 - self.upper_share) * self.theta_sq)
        theta = np.concatenate([upper, lower])
        return Draw(designs, noises, noiseless(designs, (theta, theta)), theta)
