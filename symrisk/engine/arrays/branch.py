"""Principal branches of complex arrays: cut along the negative real axis, continuous from above.

There square roots, logarithms and other powers jump.  NumPy reads off the sign of a zero imaginary
part on which side of the cut a number lies; no number has a sign of zero, and neither have balls:
here every real number lies on the upper side.
"""

from typing import Any

import numpy as np


def off_the_cut(values: Any) -> Any:
    """The same numbers, with +0 for an imaginary part of -0; real ones as they are.

    >>> complex(np.sqrt(np.complex128(complex(-4, -0.0)))), complex(
    ...     np.sqrt(off_the_cut(np.complex128(complex(-4, -0.0)))))
    (-2j, 2j)
    """
    return values + 0.0 if np.iscomplexobj(values) else values


def across_the_cut(values: Any, errors: Any) -> Any:
    """The errors of some numbers, infinite where one may lie on the other side of the cut."""
    if not np.iscomplexobj(values):
        return errors
    is_near = (np.real(values) <= 0) & (abs(np.imag(values)) <= errors) & (np.asarray(errors) > 0)
    return np.where(is_near, np.inf, errors)[()]
