"""The risk of K pooled samples with commuting covariances in mpmath, by plain means: what other tests compare with.

Nothing here is shared with the library: the potential is lowered by damped Newton steps on its plain Hessian, J, D and v are the
sums that they are, and `minimum` is the penalised minimum whose derivative in the penalty eta the risk is.
"""

from fractions import Fraction

import mpmath as mp


def number(value):
    value = Fraction(value)
    return mp.mpf(value.numerator) / value.denominator


def numbers(values):
    return [number(v) for v in values]


class Problem:
    """eigenvalues: K rows over the classes; multiplicities; sizes; mu = 0 for the interpolator and for least squares."""

    def __init__(self, eigenvalues, multiplicities, sizes, mu=0, weights=None, penalty=None):
        self.L, self.m, self.n = [numbers(row) for row in eigenvalues], numbers(multiplicities), numbers(sizes)
        self.K, self.C, self.p = len(self.n), len(self.m), sum(numbers(multiplicities))
        self.w = numbers([1] * self.K if weights is None else weights)
        omega = numbers([1] * self.C if penalty is None else penalty)
        self.ridgeless = not mu and sum(self.n) < self.p
        self.floor = [o * (1 if self.ridgeless else number(mu)) for o in omega]
        self.cost = [mp.mpf(0) if self.ridgeless else 1 / w for w in self.w]

    def inside(self, c, plus=None):
        plus = plus or [0] * self.C
        return [f + x + sum(c[k] * self.L[k][j] for k in range(self.K)) for j, (f, x) in enumerate(zip(self.floor, plus, strict=True))]

    def potential(self, u, plus=None):
        c = [mp.exp(x) for x in u]
        logs = mp.fsum(m * mp.log(d) for m, d in zip(self.m, self.inside(c, plus), strict=True))
        return logs + mp.fsum(a * b for a, b in zip(self.cost, c, strict=True)) - mp.fsum(a * b for a, b in zip(self.n, u, strict=True))

    def scales(self, plus=None):
        """c, by Newton steps that are halved until the potential falls."""
        u = [mp.log(n) - mp.log(mp.fsum(m * x for m, x in zip(self.m, row, strict=True))) for n, row in zip(self.n, self.L, strict=True)]
        for _ in range(400):
            c = [mp.exp(x) for x in u]
            D = self.inside(c, plus)
            slopes = mp.matrix([mp.fsum(self.m[j] * c[k] * self.L[k][j] / D[j] for j in range(self.C)) + self.cost[k] * c[k] - self.n[k]
                                for k in range(self.K)])
            H = mp.matrix(self.K, self.K)
            for k in range(self.K):
                for i in range(self.K):
                    H[k, i] = -mp.fsum(self.m[j] * c[k] * c[i] * self.L[k][j] * self.L[i][j] / D[j]**2 for j in range(self.C))
                H[k, k] += slopes[k] + self.n[k]
            step = mp.lu_solve(H, -slopes)
            length, now = mp.mpf(1), self.potential(u, plus)
            longest = max(abs(s) for s in step)
            while longest > mp.mpf(10)**-10 and self.potential([x + length * s for x, s in zip(u, step, strict=True)], plus) > now:
                length /= 2
            u = [x + length * s for x, s in zip(u, step, strict=True)]
            if longest < mp.mpf(10)**(-mp.mp.dps // 2 - 10):
                return [mp.exp(x) for x in u]
        raise AssertionError("the oracle did not converge")

    def risk(self, target, coefficients, own, noises):
        """(variance, bias, g, c) on the target (Sigma_0, theta_0)."""
        c, s = self.scales(), numbers(noises)
        D, t, theta, own = self.inside(c), numbers(target), [numbers(row) for row in coefficients], numbers(own)
        A = mp.matrix(self.K, self.K)
        for k in range(self.K):
            for i in range(self.K):
                A[k, i] = -mp.fsum(self.m[j] * self.L[k][j] * self.L[i][j] / D[j]**2 for j in range(self.C))
            A[k, k] += self.n[k] / c[k]**2
        v = mp.matrix([mp.fsum(self.m[j] * self.L[k][j] * t[j] / D[j]**2 for j in range(self.C)) for k in range(self.K)])
        g = mp.lu_solve(A, v)
        mean = [mp.fsum(c[k] * self.L[k][j] * theta[k][j] for k in range(self.K)) / D[j] for j in range(self.C)]

        def far(weights, point):
            return mp.fsum(m * w * (a - b)**2 for m, w, a, b in zip(self.m, weights, mean, point, strict=True))
        bias = far(t, own) + mp.fsum(g[k] * far(self.L[k], theta[k]) for k in range(self.K))
        return mp.fsum(g[k] * s[k] for k in range(self.K)), bias, list(g), c

    def minimum(self, eta, target, coefficients, own, noises):
        """min over theta of sum c_k(eta) (sigma_k^2 + |theta - theta_k|^2) + mu |theta|^2 + eta |theta - theta_0|^2; mu > 0."""
        plus, theta, own = [eta * t for t in numbers(target)], [numbers(row) for row in coefficients], numbers(own)
        c = self.scales(plus)
        total = mp.fsum(a * b for a, b in zip(c, numbers(noises), strict=True))
        for j, D in enumerate(self.inside(c, plus)):
            pulls = [(c[k] * self.L[k][j], theta[k][j]) for k in range(self.K)] + [(plus[j], own[j])]
            best = mp.fsum(a * b for a, b in pulls) / D
            total += self.m[j] * (mp.fsum(a * (best - b)**2 for a, b in pulls) + self.floor[j] * best**2)
        return total
