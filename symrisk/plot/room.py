"""Where words fit into an area, so that they stand across no boundary."""

import numpy as np

ROOMY = (3, 2, 1.5, 1.15)
"""How many times as large as the words a free box is at best, and at least."""


def roomiest(area, size, roomy=ROOMY):
    """The point (row, column) of an area that has most room for a box of `size`, in steps across
    and up; None where none has.
    """
    sums = np.pad(area, ((1, 0), (1, 0))).cumsum(axis=0).cumsum(axis=1)
    for times in roomy:
        across, up = (2 * int(np.ceil(times * part / 2)) + 1 for part in size)
        if across > area.shape[1] or up > area.shape[0]:
            continue
        inside = (
            sums[up:, across:] - sums[:-up, across:] - sums[up:, :-across] + sums[:-up, :-across]
            == across * up
        )
        if inside.any():
            free = np.argwhere(inside)
            row, column = free[np.argmin(np.linalg.norm(free - free.mean(axis=0), axis=1))]
            return float(row + up // 2), float(column + across // 2)
    return None
