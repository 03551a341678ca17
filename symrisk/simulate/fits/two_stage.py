"""Two stages: a fit to all samples, corrected on the last, whose rows it has seen."""

from dataclasses import dataclass

from symrisk.simulate.fits.fit import Fit, samples
from symrisk.simulate.fits.linear import Linear
from symrisk.simulate.fits.min_norm import MinNorm
from symrisk.simulate.fits.tuned import corrected


@dataclass(frozen=True)
class TwoStage(Fit):
    """theta_hat = first + B (y - X first): a fit to all samples, the last among them, corrected on
    rows X and labels y of that last one by the map B of another fit.

    Unlike in `Tuned` the correction meets labels that the first stage has fitted already, so that
    correcting an interpolator changes nothing.

    >>> import numpy as np
    >>> from symrisk.simulate.fits.ridge import Ridge
    >>> source, target = np.eye(2), np.array([[0.0, 1.0]])
    >>> two = TwoStage(first=Ridge(mu=1.0))
    >>> two.coefficients([source, target], [[2.0, 2.0], [5.0]]).round(12).tolist()
    [1.0, 5.0]
    >>> two.regimes((30, 40), p=60)
    ('ridge', 'ridgeless')

    Raises `DomainError` for what its two fits refuse.
    """

    first: Fit
    correction: Fit = MinNorm()

    def on(self, designs):
        designs = samples(designs)
        last = designs[-1]
        first = self.first.on(designs).matrix
        pull = self.correction.on([last]).matrix
        matrix = corrected(first, pull, last)
        matrix[:, matrix.shape[1] - len(last) :] += pull
        return Linear(matrix)

    def regimes(self, sizes, p):
        return (*self.first.regimes(sizes, p), *self.correction.regimes(sizes[-1:], p))
