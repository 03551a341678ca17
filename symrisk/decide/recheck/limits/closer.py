"""Whether numbers close to a limit's point are on their way to what is claimed there."""

import sympy


def comes_closer(early, late, target, rel):
    """Whether two values, the second closer to the point, are on their way to the claimed side."""
    if target in (sympy.oo, -sympy.oo):
        return rel != "==" or (abs(late) > 10**5 * abs(early) and (late > 0) == (target > 0))
    gaps = [abs(value - target) / (1 + abs(target)) for value in (early, late)]
    if rel == "==":
        return gaps[1] < 1e-10 and gaps[1] <= max(gaps[0] / 10**5, 1e-60)
    slack = (late - target) * (1 if rel in (">", ">=") else -1)
    return slack > -1e-10 * (1 + abs(target))
