r"""Where the shares of least weighted ridge risk are: a search that cannot miss, for the solver to
start from.

R = N/(1 - S) is least where the least value of F_R = N - R (1 - S) is zero (Dinkelbach): from any
R, the minimiser of F_R has a lower risk, and the risks fall to the least one faster than
geometrically.  In beta_2 the function F_R is a parabola that opens upwards, so that its minimum
over 0 <= beta_2 <= min(n_2/p, 1 - beta_1) is known; what is left is a function of beta_1 made of
pieces of degree four at most, and every stationary point of every piece is looked at.
"""

import numpy as np

STEPS, HALVINGS, CLOSE = 60, 50, 1e-13
FACES = {name: number for number, name in enumerate(
    [(first, second) for first in ("free", "none", "all") for second in ("free", "none", "all", "rest")])}


def best_shares(n1, n2, p, theta_sq, delta_sq, cross, sigma1_sq, sigma2_sq):
    """(beta_1, beta_2, number of the face in FACES) of least risk, for arrays of one shape.

    A share is "none" (0), "all" of what the sample can show (n_k/p), "free" between, or the "rest"
    1 - beta_1.
    """
    first, second = n1 / p, n2 / p
    least = np.array(theta_sq, float)
    for _ in range(STEPS):
        piece = Pieces(least, n1, n2, p, theta_sq, delta_sq, cross, sigma1_sq, sigma2_sq)
        shares = piece.minimiser(np.minimum(first, 1.0), second)
        risk = piece.risk(*shares)
        falls = risk < least * (1 - 1e-15)
        least = np.fmin(risk, least)
        if not np.any(falls):
            break
    return (*shares, _face(*shares, first, second))


def _face(share1, share2, first, second):
    one = np.where(share1 == 0, 1, np.where(share1 == first, 2, 0))
    two = np.where(share2 == 0, 1, np.where(share2 == second, 2, np.where(share2 == 1 - share1, 3, 0)))
    return 4 * one + two


class Pieces:
    """F_R at one R: with x = beta_1, y = beta_2 it is f(x) - 2 g(x) y + a y^2, f and g
    polynomials (lowest power first).
    """

    def __init__(self, R, n1, n2, p, t, d, c, s1, s2):
        self.inputs = n1, n2, p, t, d, c, s1, s2
        a1, self.e = p / n1, p / n2 * (s2 + R)
        self.a, self.s = self.e + t, a1 * (s1 + d + R)
        self.g = [t, -(t + c), a1 * c]
        self.f = [t - R, -2 * (t + c), t + 2 * c + d + self.s + 2 * a1 * c, -2 * a1 * (c + d)]
        self.rest = [self.e, -2 * self.e, d + self.s + self.e, -2 * a1 * d]

    def minimiser(self, most1, most2):
        """The point of least F_R on the polygon of shares."""
        inner = np.array([z for poly in self._slopes(most2) for z in zeros(poly, most1)])
        inner = np.where(inner <= CLOSE * most1, 0, np.where(inner >= (1 - CLOSE) * most1, most1, inner))
        x = np.array([0 * most1, most1, *inner])
        y = np.clip(_at(self.g, x) / self.a, 0, np.minimum(most2, 1 - x))
        value = _at(self.f, x) - 2 * _at(self.g, x) * y + self.a * y * y
        best = np.argmin(np.where(np.isfinite(value), value, np.inf), axis=0)[None]
        return np.take_along_axis(x, best, 0)[0], np.take_along_axis(y, best, 0)[0]

    def _slopes(self, most2):
        """Derivatives of the pieces: y free, y = 0, y at its most, y the rest."""
        g0, g1, g2 = self.g
        square = [g0 * g0, 2 * g0 * g1, g1 * g1 + 2 * g0 * g2, 2 * g1 * g2, g2 * g2]
        free = [f - q / self.a for f, q in zip([*self.f, 0 * g0], square, strict=True)]
        full = [f - 2 * most2 * g for f, g in zip(self.f, [*self.g, 0 * g0], strict=True)]
        return [[k * c for k, c in enumerate(poly)][1:] for poly in (free, self.f, full, self.rest)]

    def risk(self, x, y):
        """R at the shares; infinite where S reaches 1."""
        n1, n2, p, t, d, c, s1, s2 = self.inputs
        rest, spread1, spread2 = 1 - x - y, p * x * x / n1, p * y * y / n2
        top = rest**2 * t - 2 * rest * x * c + x * x * d + spread1 * (s1 + d + 2 * (rest * c - x * d)) + spread2 * s2
        free = rest + x * (1 - p * x / n1) + y * (1 - p * y / n2)
        return np.where(free > 0, top / np.where(free > 0, free, 1), np.inf)


def zeros(poly, most):
    """Every zero in [0, most] of polynomials of degree three at most, between the turns of each;
    an end where there is none.
    """
    c = [*poly, *[0 * most] * (4 - len(poly))]
    turns = np.sort([np.nan_to_num(np.clip(z, 0, most)) for z in _quadratic(c[1], c[2], 3 * c[3])], axis=0)
    low, high = np.array([0 * most, *turns]), np.array([*turns, most])
    rising = _at(c, high) >= _at(c, low)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        above = (_at(c, middle) > 0) == rising
        low, high = np.where(above, low, middle), np.where(above, middle, high)
    return (low + high) / 2


def _quadratic(c, half, a):
    """Zeros of c + 2 half x + a x^2, in the form that does not cancel; nan where they are not
    real.
    """
    with np.errstate(all="ignore"):
        root = np.sqrt(half * half - a * c)
        big = np.where(half >= 0, -(half + root), root - half)
        return big / a, c / big


def _at(poly, x):
    total = poly[-1] + 0 * x
    for c in poly[-2::-1]:
        total = total * x + c
    return total
