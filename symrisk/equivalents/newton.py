"""Newton's method for a dense equivalent: damped steps on the convex potential, to the precision
of its rows.
"""

from dataclasses import dataclass

import numpy as np

from symrisk.engine.arrays.cholesky import lower_inverse
from symrisk.equivalents import grounded
from symrisk.equivalents.matrices import square, times
from symrisk.equivalents.problem import LOG2, inverse_resolvent, turned_at
from symrisk.errors import DomainError, NotConverged

STEPS = 100
RESIDUAL = 1e-12
"""Relative, of each row and of the rows' sum."""
CORRECTION = 1e-10
"""Of the undamped Newton step in log c that an answer has left, and of what rounding of the rows
does to log c, together.
"""
CLOSE = 1e-8
"""A step from which the next one lands at rounding."""
LONGEST = 3.0
TURN = 8
EPS = float(np.finfo(float).eps)


@dataclass(frozen=True, eq=False)
class Start:
    """Cholesky's factor at u, of the matrix that `grade` scales to a diagonal of about one, and
    the potential.
    """

    u: np.ndarray
    lower: np.ndarray
    grade: np.ndarray
    potential: float
    size: float


@dataclass(frozen=True, eq=False)
class Point:
    """What the system says at u: Q = root' root, couplings and grounds of the Hessian, gradient,
    Newton's step.

    residual: relative, of the rows and of their sum.  rounding: what rounding of these does to the
    step.
    """

    u: np.ndarray
    c: np.ndarray
    root: np.ndarray
    seen: tuple
    couplings: np.ndarray
    grounds: np.ndarray
    gradient: np.ndarray
    step: np.ndarray
    residual: float
    rounding: float

    @property
    def length(self):
        return float(np.abs(self.step).max(initial=0))

    @property
    def correction(self):
        return self.length + self.rounding


def newton(problem, u):
    """(problem, point, steps): where the potential is least; NotConverged if it is not reached.

    The basis is chosen anew now and then: with samples of low rank and little penalty the first one
    may mix what at the solution is of different size.
    """
    start, last = _start(problem, u), np.inf
    if start is None:
        raise _not_converged(
            problem, "Q^{-1} is not positive definite in floating point at the start"
        )
    for steps in range(STEPS + 1):
        point = _expanded(problem, start)
        if not np.all(np.isfinite(point.step)):
            raise _not_converged(problem, f"no Newton step after {steps} steps")
        if last <= CLOSE and point.residual <= RESIDUAL and point.correction <= CORRECTION:
            return problem, point, steps
        last = point.length
        start = _next(problem, start, point)
        if steps % TURN == TURN - 1:
            problem = turned_at(problem, start.u)
            start = _start(problem, start.u) or start
    raise _not_converged(problem, f"after {STEPS} steps {_reached(point)}")


def _reached(point):
    return (
        f"the relative residual is {point.residual:.1e} (at most {RESIDUAL:.0e}) and the estimated "
        f"relative error of the "
        f"scales {point.correction:.1e} (at most {CORRECTION:.0e})"
    )


def _not_converged(problem, why):
    return NotConverged(
        f"equivalent ({problem.regime}) did not converge for sizes={problem.sizes.tolist()}, "
        f"p={len(problem.penalty)}: {why}"
    )


def _next(problem, start, point):
    """After a step no longer than LONGEST; halved until the potential falls, while rounding lets
    that be seen.
    """
    step = point.step * min(1.0, LONGEST / max(point.length, LONGEST))
    slope = float(point.gradient @ step)
    seen = -slope > 1e3 * EPS * start.size
    for _ in range(60):
        trial = _start(problem, point.u + step)
        if trial is not None and (not seen or trial.potential <= start.potential + 1e-4 * slope):
            return trial
        step, slope = step / 2, slope / 2
    raise _not_converged(problem, f"no descent; {_reached(point)}")


def _start(problem, u):
    """Cholesky's factor at u, or None where there is none."""
    c = np.exp(u)
    matrix = inverse_resolvent(problem, c)
    diagonal = np.diagonal(matrix)
    if not np.all((diagonal > 0) & np.isfinite(diagonal)):
        return None
    powers = np.frexp(diagonal)[1] // 2
    grade = np.ldexp(1.0, -powers)
    try:
        lower = np.linalg.cholesky(matrix * grade[:, None] * grade)
    except np.linalg.LinAlgError:
        return None
    if not np.all(np.isfinite(lower)):
        return None
    terms = [
        2 * np.log(np.diagonal(lower)).sum() + 2 * LOG2 * powers.sum(),
        c @ problem.leaks,
        -problem.sizes @ u,
    ]
    return Start(u, lower, grade, float(sum(terms)), float(np.sum(np.abs(terms))))


def _expanded(problem, start):
    """The system at u: every trace a sum of squares, the rows' sum from p - n."""
    c, K = np.exp(start.u), len(start.u)
    root = lower_inverse(start.lower) * start.grade
    seen = tuple(root @ problem.halves[k].factor for k in problem.kept)
    traces = np.array([square(y) for y in seen])
    couplings = np.zeros((K, K))
    for k in range(K):
        for other in range(k):
            couplings[k, other] = couplings[other, k] = (
                c[k] * c[other] * square(seen[k].T @ seen[other])
            )
    leaked, held, grounds = c * problem.leaks, 0.0, c * problem.leaks
    if problem.mu > 0:
        penalised = times(root, problem.omega.factor)
        held = problem.mu * square(penalised)
        grounds = leaked + problem.mu * c * np.array([square(y.T @ penalised) for y in seen])
    rows, moduli = c * traces + leaked - problem.sizes, c * traces + leaked + problem.sizes
    total, total_moduli = (
        problem.room + leaked.sum() - held,
        abs(problem.room) + leaked.sum() + held,
    )
    residual = max(
        np.abs(rows / problem.sizes).max(initial=0),
        abs(total) / total_moduli if total_moduli > 0 else 0.0,
    )
    with_total = (total, total_moduli) if total_moduli < moduli.sum() else None
    step, rounding = _step(couplings, grounds, rows, moduli, with_total)
    return Point(start.u, c, root, seen, couplings, grounds, rows, step, float(residual), rounding)


def _step(couplings, grounds, rows, moduli, with_total):
    """Newton's step -H^{-1} rows, and what rounding of the rows does to it; nan where H is singular
    in floating point.

    The sum of the rows, where it is known better than from them, stands in for the row of the
    largest moduli.
    """
    K, order = len(rows), np.argsort(moduli, kind="stable")
    if not K:
        return rows, 0.0
    W, r, loads, sizes = couplings[np.ix_(order, order)], grounds[order], rows[order], moduli[order]
    units, sums = np.hstack([loads[:, None], np.eye(K)]), None
    if with_total is not None:
        units[-1], sizes[-1] = 0, with_total[1]
        sums = np.append(with_total[0], [*np.zeros(K - 1), 1])
    try:
        found = np.empty((K, K + 1))
        found[order] = grounded.solve(W, r, units, total=sums)
    except DomainError:
        return np.full(K, np.nan), np.nan
    return -found[:, 0], EPS * float(np.max(np.abs(found[:, 1:]) @ sizes))
