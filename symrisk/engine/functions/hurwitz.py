"""The zeta function of Hurwitz on arrays: the sum of (k + a)^-s over whole k >= 0."""

from typing import Any

import numpy as np

FIRST = 30
"""Terms that are added up one by one."""
BERNOULLI = np.array(
    [
        1 / 6,
        -1 / 30,
        1 / 42,
        -1 / 30,
        5 / 66,
        -691 / 2730,
        7 / 6,
        -3617 / 510,
        43867 / 798,
        -174611 / 330,
    ]
)
"""B_2, B_4, ..."""


def hurwitz(s: Any, a: Any = 1.0) -> Any:
    """The sum for s > 1 and a > 0, by Euler and Maclaurin; nan elsewhere.

    >>> round(float(hurwitz(2.0)), 14), round(float(hurwitz(1.5, 3.0)), 14), float(hurwitz(0.5))
    (1.64493406684823, 1.25882195809221, nan)
    """
    s, a = np.broadcast_arrays(np.asarray(s, float), np.asarray(a, float))
    is_known = (s > 1) & (a > 0)
    s, a = np.where(is_known, s, 2.0), np.where(is_known, a, 1.0)
    total = np.zeros(s.shape)
    for k in range(FIRST):
        total = total + (a + k) ** -s
    b = a + FIRST
    total = total + b ** (1 - s) / (s - 1) + b**-s / 2
    # the k-th correction is B_2k/(2k)! s (s+1) ... (s+2k-2) b^-(s+2k-1)
    factor = s * b ** (-s - 1) / 2
    for k, number in enumerate(BERNOULLI, start=1):
        total = total + number * factor
        factor = factor * (s + 2 * k - 1) * (s + 2 * k) / (b * b * (2 * k + 1) * (2 * k + 2))
    return np.where(is_known, total, np.nan)[()]
