r"""Where the shares of least weighted ridge risk are: a search that cannot miss, for the solver to
start from.

R = N/(1 - S) is least where the least value of F_R = N - R (1 - S) is zero (Dinkelbach): from any
R, the minimiser of F_R has a lower risk, and the risks fall to the least one faster than
geometrically.  In beta_2 the function F_R is a parabola that opens upwards, so that its minimum
over 0 <= beta_2 <= min(n_2/p, 1 - beta_1) is known; what is left is a function of beta_1 made of
pieces of degree four at most, and every stationary point of every piece is looked at.
"""

from itertools import product

import numpy as np

from symrisk.theorems.transfer.shares.cubics import derivative, value_at, zeros

STEPS, CLOSE = 60, 1e-13
SOURCE_ENDS, TARGET_ENDS = ("free", "none", "all"), ("free", "none", "all", "rest")
FACES = {face: number for number, face in enumerate(product(SOURCE_ENDS, TARGET_ENDS))}


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
    """The number of a face in FACES."""
    source = np.select([share1 == 0, share1 == first], [1, 2], 0)
    target = np.select([share2 == 0, share2 == second, share2 == 1 - share1], [1, 2, 3], 0)
    return len(TARGET_ENDS) * source + target


class Pieces:
    """F_R at one R, piece by piece.

    With x = beta_1 and y = beta_2 it is f(x) - 2 g(x) y + a y^2 with a positive number a and
    polynomials f and g, lowest power first; along x + y = 1 it is the polynomial `rest`.  In the
    letters: t = |theta|^2, d = |delta|^2, c = <theta, delta>, noises s1 and s2.
    """

    def __init__(self, R, n1, n2, p, t, d, c, s1, s2):
        self.inputs = n1, n2, p, t, d, c, s1, s2
        a1 = p / n1
        e = p / n2 * (s2 + R)
        s = a1 * (s1 + d + R)
        self.a = e + t
        self.g = [t, -(t + c), a1 * c]
        self.f = [
            t - R,
            -2 * (t + c),
            t + 2 * c + d + s + 2 * a1 * c,
            -2 * a1 * (c + d),
        ]
        self.rest = [e, -2 * e, d + s + e, -2 * a1 * d]

    def minimiser(self, most1, most2):
        """The point of least F_R on the polygon of shares."""
        x = np.array([0 * most1, most1, *self._stationary(most1, most2)])
        # In y it is a parabola that opens upwards: its least point is its vertex, or the end there.
        y = np.clip(value_at(self.g, x) / self.a, 0, np.minimum(most2, 1 - x))
        linear = 2 * value_at(self.g, x)
        value = value_at(self.f, x) - linear * y + self.a * y * y
        known = np.where(np.isfinite(value), value, np.inf)
        best = np.argmin(known, axis=0)[None]
        (source,) = np.take_along_axis(x, best, 0)
        (target,) = np.take_along_axis(y, best, 0)
        return source, target

    def _stationary(self, most1, most2):
        """The source shares at which a piece has no slope; one close to an end is put there."""
        found = []
        for slope in self._slopes(most2):
            found += list(zeros(slope, most1))
        found = np.array(found)
        at_none, at_most = found <= CLOSE * most1, found >= (1 - CLOSE) * most1
        return np.where(at_none, 0, np.where(at_most, most1, found))

    def _slopes(self, most2):
        """Derivatives of the pieces: y free, y = 0, y at its most, y the rest."""
        g0, g1, g2 = self.g
        nothing = 0 * g0
        square = [
            g0 * g0,
            2 * g0 * g1,
            g1 * g1 + 2 * g0 * g2,
            2 * g1 * g2,
            g2 * g2,
        ]
        # At its vertex y = g/a the parabola is f - g^2/a.
        free = [f - q / self.a for f, q in zip([*self.f, nothing], square, strict=True)]
        full = [f - 2 * most2 * g for f, g in zip(self.f, [*self.g, nothing], strict=True)]
        return [derivative(piece) for piece in (free, self.f, full, self.rest)]

    def risk(self, x, y):
        """R at the shares; infinite where S reaches 1."""
        n1, n2, p, t, d, c, s1, s2 = self.inputs
        rest = 1 - x - y
        spread1 = p * x * x / n1
        spread2 = p * y * y / n2
        mean = rest**2 * t - 2 * rest * x * c + x * x * d
        towards = rest * c - x * d
        top = mean + spread1 * (s1 + d + 2 * towards) + spread2 * s2
        # 1 - S by what each share leaves: no difference of numbers close to one.
        left1 = 1 - p * x / n1
        left2 = 1 - p * y / n2
        free = rest + x * left1 + y * left2
        room = free > 0
        return np.where(room, top / np.where(room, free, 1), np.inf)
