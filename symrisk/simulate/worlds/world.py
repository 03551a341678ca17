"""What a world is: samples to be drawn, and a target that judges the fit to them.

A world knows its sizes, the covariances of its rows, its coefficients and its noise, as numbers or
in a theorem's letters.  Drawing gives the designs and the noiseless labels; label noise is never
drawn, only its variances are told, for `Risk` takes the expectation over it exactly.

A new world is one file: a frozen dataclass under `World` with `draw`.
"""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from symrisk.simulate.lettered import Lettered
from symrisk.simulate.worlds.rows import Rows, gaussian_rows


@dataclass(frozen=True, eq=False)
class Draw:
    """What chance gave one replicate: everything but the label noise, of which it has the
    variances.

    designs: X_k, arrays (n_k, p), the target's own sample the last. noises: sigma_k^2, one a
    sample.
    signals, target: the noiseless labels (n,) of all samples and the target's coefficients
        theta_0 (p,); with a second axis, several of them, over which the risk is the mean.
    even: in their place, |theta|^2 of coefficients common to all samples and the target that are
        spread evenly over all directions, over which the risk is averaged exactly.
    seen: a root R of the target's covariance, R R' = Sigma_0, a matrix or the vector of a
        diagonal; None for the identity.  One of a fraction of the length p stands for as many equal
        blocks.

    >>> rows, theta = np.eye(2), np.array([3.0, 4.0])
    >>> Draw((rows,), (1.0,), signals=rows @ theta, target=theta).sizes
    (2,)
    """

    designs: Sequence[np.ndarray]
    noises: Sequence[float]
    signals: np.ndarray | None = None
    target: np.ndarray | None = None
    even: float | None = None
    seen: np.ndarray | None = None

    @property
    def sizes(self) -> tuple[int, ...]:
        """The rows of each sample."""
        return tuple(len(rows) for rows in self.designs)


class World(Lettered):
    """Samples and a target, told by their parameters.

    Subclasses are frozen dataclasses with one method, `draw`; those whose noise may have no finite
    expectation say where in `require_room`.
    """

    @abstractmethod
    def draw(self, rng: np.random.Generator, rows: Rows = gaussian_rows) -> Draw:
        """Designs, noiseless labels and target, from `rng` alone; `rows` is the row design."""

    def require_room(self) -> None:
        """`DomainError` where a pooled fit without a penalty has noise of no finite expectation."""


def drawn_rows(rng, sizes, p, rows) -> list[np.ndarray]:
    """Isotropic rows of each sample, one sample after the other.

    >>> [X.shape for X in drawn_rows(np.random.default_rng(0), (2, 0), 3, gaussian_rows)]
    [(2, 3), (0, 3)]
    """
    return [rows(rng, size, p) for size in sizes]


def noiseless(designs, coefficients) -> np.ndarray:
    """The labels X_k theta_k of all samples, one below the other.

    >>> noiseless([np.eye(2), np.ones((1, 2))], [np.ones(2), np.array([2.0, 3.0])]).tolist()
    [1.0, 1.0, 5.0]
    """
    labels = [rows @ theta for rows, theta in zip(designs, coefficients, strict=True)]
    return np.concatenate(labels)
