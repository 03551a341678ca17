"""One sample whose columns are orthogonal."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from symrisk.simulate.worlds.positions import vector
from symrisk.simulate.worlds.rows import gaussian_rows
from symrisk.simulate.worlds.world import Draw, World


@dataclass(frozen=True)
class Orthogonal(World):
    """X'X = n I exactly, in random position: what a spectral fit errs by is known to rounding."""

    n: Any
    p: Any
    noise: Any
    theta_sq: Any

    def draw(self, rng, rows=gaussian_rows):
        X = np.sqrt(self.n) * np.linalg.qr(rows(rng, self.n, self.p))[0]
        theta = vector(rng, self.p, self.theta_sq)
        return Draw((X,), (self.noise,), X @ theta, theta)
