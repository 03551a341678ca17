"""Isotropic samples whose shifts point in independent random directions."""

from dataclasses import dataclass
from typing import Any

from symrisk.errors import DomainError
from symrisk.simulate.worlds.positions import vector
from symrisk.simulate.worlds.rows import gaussian_rows
from symrisk.simulate.worlds.world import Draw, World, drawn_rows, noiseless


@dataclass(frozen=True)
class Shifted(World):
    """K samples of isotropic rows with coefficients theta_0 + Delta_k, all in independent random
    directions: concept shift of which squared norms are known.

    Their inner products are zero in the mean only; see `Isotropic` for given ones.  Rows are drawn
    first, then theta_0 and the shifts.

    sizes: n_k. p: the dimension. noises: sigma_k^2. theta_sq: |theta_0|^2. shifts: |Delta_k|^2, one
    a sample.

    >>> import numpy as np
    >>> world = Shifted((2, 1), 9, (1.0, 1.0), theta_sq=4.0, shifts=(1.0, 0.0))
    >>> drawn = world.draw(np.random.default_rng(0))
    >>> drawn.sizes, round(float(drawn.target @ drawn.target), 12)
    ((2, 1), 4.0)

    Raises `DomainError` for a squared norm that is negative or not finite.
    """

    sizes: Any
    p: Any
    noises: Any
    theta_sq: Any
    shifts: Any

    def draw(self, rng, rows=gaussian_rows):
        if len(self.shifts) != len(self.sizes):
            raise DomainError(
                f"shifts holds one squared norm for each of {len(self.sizes)} samples; not "
                f"{len(self.shifts)}"
            )
        designs = drawn_rows(rng, self.sizes, self.p, rows)
        theta = vector(rng, self.p, self.theta_sq)
        own = [theta + vector(rng, self.p, shift) for shift in self.shifts]
        return Draw(designs, self.noises, noiseless(designs, own), theta)
