"""A solved dense equivalent, and what is asked of it: traces, responses and biases."""

import numpy as np

from symrisk.engine.arrays.given import numbers
from symrisk.equivalents import grounded
from symrisk.equivalents.arguments import of_each
from symrisk.equivalents.matrices import semidefinite, square, times, turned
from symrisk.errors import DomainError


class Solved:
    """A solved system, and what is asked of it: in the scaled problem's units and basis, over
    all K sources.
    """

    def __init__(self, problem, point, sizes, weights):
        self.problem, self.point, self.sizes, self.weights = problem, point, sizes, weights
        self.halves, self.kept, self.shift, self.p = (
            problem.halves,
            problem.kept,
            problem.shift,
            len(problem.penalty),
        )
        self.exponents = np.array([half.exponent for half in self.halves], int)
        self.c = np.zeros(len(sizes))
        self.c[self.kept] = point.c
        self.seen = [point.root @ half.factor for half in self.halves]
        for array in (self.c, self.exponents, point.root, *self.seen):
            array.flags.writeable = False

    def scales(self):
        return np.ldexp(self.c, self.shift - self.exponents)

    def resolvent(self):
        basis = self.problem.basis
        root = self.point.root if basis is None else self.point.root @ basis.T
        return np.ldexp(root.T @ root, -self.shift)

    def target(self, covariance, coefficients):
        """A target's half, in the problem's basis, and its coefficients (p,), checked."""
        found = semidefinite("target_covariance", covariance, self.p)
        return found.turned(self.problem.basis), numbers(
            "target_coefficients", coefficients, (self.p,)
        )

    def read(self, coefficients, noise):
        """The sources' coefficients (K, p) and noise variances (K,), checked."""
        K = len(self.sizes)
        return numbers("coefficients", coefficients, (K, self.p)), of_each(
            "noise", noise, K, "not negative", one=True
        )

    def solve(self, loads):
        """H^{-1} of loads (K,) or (K, M), 0 for sources without rows."""
        found = np.zeros_like(loads)
        if len(self.kept):
            found[self.kept] = grounded.solve(
                self.point.couplings, self.point.grounds, loads[self.kept]
            )
        return found

    def loads(self, target):
        """tr(S_k Q S_0 Q), (K,)."""
        across = times(self.point.root, target.factor)
        return np.array([square(y.T @ across) for y in self.seen])

    def response(self, loads, exponent):
        """g = C H^{-1} C v, (K,), in the units of the sources and of a target scaled by
        2^exponent.
        """
        return np.ldexp(self.c * self.solve(self.c * loads), exponent - self.exponents)

    def sources(self, variances):
        """(D - J)^{-1} of variances (K, M), with those of source k scaled by Sigma_k's power of
        two.
        """
        scaled = np.ldexp(variances, -self.exponents[:, None])
        return self.c[:, None] * self.solve(self.c[:, None] * scaled)

    def squares(self):
        """tr(S_k Q S_l Q), (K, K)."""
        return np.array([[square(y.T @ other) for other in self.seen] for y in self.seen])

    def shrinkage(self):
        """c_k/(w_k n_k) = 1/(1 + w_k tr(Sigma_k Q)), (K,), 0 where the fit interpolates."""
        if self.problem.regime == "ridgeless":
            return np.zeros(len(self.sizes))
        traces = np.array([square(y) for y in self.seen])
        found = 1 / (1 + self.weights * np.ldexp(traces, self.exponents - self.shift))
        found[self.kept] = self.point.c * self.problem.leaks / self.problem.sizes
        return found

    def errors(self, coefficients, points):
        r"""theta_bar - point, (M, p), as Q (\sum c_k Sigma_k (theta_k - point) - mu Omega point):
        differences come first.
        """
        basis, pulled = self.problem.basis, np.zeros((len(points), self.p))
        for k in self.kept:
            apart = coefficients[k] - points
            pulled += (
                self.c[k] * (turned(apart, basis) @ self.halves[k].factor) @ self.halves[k].factor.T
            )
        if self.problem.mu > 0:
            pulled -= self.problem.mu * turned(points, basis) @ self.problem.penalty
        return pulled @ self.point.root.T @ self.point.root

    def biases(self, coefficients, points, halves):
        """|theta_bar - point|^2 in each point's own matrix, (M,)."""
        errors = self.errors(coefficients, points)
        return np.array(
            [
                np.ldexp(square(half.factor.T @ error), half.exponent)
                for error, half in zip(errors, halves, strict=True)
            ]
        )

    def mean(self, coefficients):
        """theta_bar, (p,)."""
        error = self.errors(coefficients, np.zeros((1, self.p)))[0]
        return error if self.problem.basis is None else self.problem.basis @ error


def settled(what, *arrays):
    """The arrays, which are finite and not to be written to."""
    for array in arrays:
        if not np.all(np.isfinite(array)):
            raise DomainError(f"equivalent: {what} is too large for a float")
        if isinstance(array, np.ndarray):
            array.flags.writeable = False
    return arrays
