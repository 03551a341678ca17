"""What a fit is: parameters, and a linear map of the labels once it meets rows.

A fit is a small frozen object, `Ridge(mu=2.0)`, that may be told in a theorem's letters,
`Ridge(mu)`.  Met with the rows of some samples it is a `Linear`, the map from their labels to
coefficients; handed labels too, it gives the coefficients.  Being linear in the labels is what lets
a simulation take the expectation over their noise exactly, for every fit in one place.

A new fit is one file: a frozen dataclass under `Fit` with `on` and `regimes`.
"""

from abc import abstractmethod
from collections.abc import Sequence

import numpy as np

from symrisk.engine.arrays.given import numbers
from symrisk.errors import DomainError
from symrisk.simulate.fits.linear import Linear
from symrisk.simulate.lettered import Lettered

RIDGE, RIDGELESS, OLS = "ridge", "ridgeless", "ols"
"""The regimes of a solve: under a penalty; without one with fewer rows than dimensions, where it
interpolates; without one with at least as many, where it is least squares.
"""


class Fit(Lettered):
    """A linear estimator of coefficients from samples, told by its parameters.

    Samples are told as a sequence of arrays (n_k, p), the target's own the last where a fit treats
    it apart, and their labels as a sequence of arrays (n_k,); one sample may be told by its array.

    Subclasses are frozen dataclasses with two methods, `on` and `regimes`.
    """

    @abstractmethod
    def on(self, designs: Sequence[np.ndarray]) -> Linear:
        """The map from the samples' labels, one below the other, to coefficients.

        Parameters are checked here: `DomainError` for those that have no meaning, and where the
        fit does not exist on these rows.
        """

    @abstractmethod
    def regimes(self, sizes: Sequence[int], p: int) -> tuple[str, ...]:
        """The regime of each solve that it is made of, at these sizes: "ridge", "ridgeless" or
        "ols".
        """

    def coefficients(self, designs, labels) -> np.ndarray:
        """The coefficients of shape (p,) for the labels of the samples.

        Labels (n_k, m) are m labellings at once, and give (p, m).
        """
        designs, stacked = samples(designs), labels
        if isinstance(labels, (list, tuple)) and any(map(np.ndim, labels)):
            stacked = np.concatenate([numbers("y", part, empty=True) for part in labels])
        return self.on(designs).coefficients(stacked)


def samples(designs) -> tuple[np.ndarray, ...]:
    """The rows of each sample: arrays (n_k, p) of one p; one array is one sample.

    >>> [rows.shape for rows in samples(np.eye(2, 3))]
    [(2, 3)]
    >>> samples([np.eye(2, 3), np.eye(2, 4)])
    Traceback (most recent call last):
        ...
    symrisk.errors.DomainError: samples have rows of one length p; not of shapes (2, 3), (2, 4)
    """
    if isinstance(designs, np.ndarray) and designs.ndim != 3:
        designs = (designs,)
    arrays = tuple(np.asarray(rows) for rows in designs)
    if not arrays:
        raise DomainError("a fit takes one sample at least; not none")
    if any(rows.ndim != 2 for rows in arrays) or len({rows.shape[1] for rows in arrays}) > 1:
        shapes = ", ".join(str(rows.shape) for rows in arrays)
        raise DomainError(f"samples have rows of one length p; not of shapes {shapes}")
    return arrays


def stacked(designs) -> np.ndarray:
    """The rows of all samples, one below the other."""
    arrays = samples(designs)
    return arrays[0] if len(arrays) == 1 else np.vstack(arrays)


def unpenalised(n: int, p: int) -> str:
    """The regime of a solve without a penalty on n rows in p dimensions.

    >>> unpenalised(10, 20), unpenalised(30, 20)
    ('ridgeless', 'ols')
    """
    return RIDGELESS if n < p else OLS
