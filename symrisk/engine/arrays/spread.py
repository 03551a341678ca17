"""Arrays spread to a shape, and what holds of every entry, soon for a few numbers too."""

from typing import Any

import numpy as np


def spread(array: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """The array broadcast to a shape, itself where it has that; not to be written to.

    >>> row = np.zeros(3)
    >>> spread(row, (3,)) is row, spread(row, (2, 3)).shape
    (True, (2, 3))
    """
    if isinstance(array, np.ndarray) and array.shape == shape:
        return array
    return np.broadcast_to(array, shape)


def every(holds: Any) -> bool:
    """Whether all of some conditions hold, one or an array of them.

    >>> every(np.ones(3) > 0), every(0.5 > 1)
    (True, False)
    """
    if holds is True or holds is False:
        return holds
    return bool(np.logical_and.reduce(holds, axis=None))
