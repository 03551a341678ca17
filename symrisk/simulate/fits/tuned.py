"""Fine-tuning: a start from the first samples, corrected on the last."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from symrisk.engine.arrays.given import numbers
from symrisk.errors import DomainError
from symrisk.simulate.fits.fit import Fit, samples
from symrisk.simulate.fits.linear import Linear
from symrisk.simulate.fits.min_norm import MinNorm


@dataclass(frozen=True)
class Tuned(Fit):
    """theta_hat = start + B (y - X start): a scaled fit to all samples but the last, corrected on
    rows X and labels y of the last by the map B of another fit.

    By a min-norm correction it is the nearest point to the start that interpolates the target;
    `Ridge(mu)` minimises |y - X theta|^2 + mu |theta - start|^2.  Of three samples the start pools
    two: with target rows among them, the third holds the rest.  Past its peak a correction by least
    squares forgets the start.

    >>> import numpy as np
    >>> source, target = np.eye(2), np.array([[0.0, 1.0]])
    >>> Tuned().coefficients([source, target], [[1.0, 2.0], [5.0]]).round(12).tolist()
    [1.0, 5.0]
    >>> Tuned().regimes((30, 90, 40), p=60)
    ('ols', 'ridgeless')

    Raises `DomainError` for fewer than two samples, and for what its two fits refuse.
    """

    start: Fit = MinNorm()
    scale: Any = 1.0
    correction: Fit = MinNorm()

    def on(self, designs):
        *first, last = samples(designs)
        self._require_start(first)
        scale = float(numbers("scale", self.scale, ()))
        start = scale * self.start.on(first).matrix
        pull = self.correction.on([last]).matrix
        return Linear(np.hstack([corrected(start, pull, last), pull]))

    def regimes(self, sizes, p):
        *first, last = sizes
        self._require_start(first)
        return (*self.start.regimes(first, p), *self.correction.regimes((last,), p))

    def _require_start(self, first):
        if not first:
            raise DomainError("fine-tuning takes two samples at least, the last the target's own")


def corrected(start, pull, rows) -> np.ndarray:
    """(I - B X) A: what is left of the map `start` after a correction by the map `pull` on
    `rows`.

    >>> import numpy as np
    >>> corrected(np.eye(2), np.array([[1.0], [0.0]]), np.array([[1.0, 0.0]])).tolist()
    [[0.0, 0.0], [0.0, 1.0]]
    """
    return start - pull @ (rows @ start)
