"""Row designs: the isotropic rows that a world draws.

E x x' = I, with independent entries of mean 0 and variance 1.  Exact finite-sample formulas are
stated for Gaussian rows; asymptotic ones hold for any such entries, which the sign rows, lighter in
the tails, and the Student rows, heavier, are there to show.
"""

import math
from collections.abc import Callable

import numpy as np

from symrisk.simulate.given import count

Rows = Callable[["np.random.Generator", int, int], np.ndarray]


def gaussian_rows(rng, n, p):
    """`n` rows of `p` independent standard normal entries, a float64 array of shape (n, p).

    The span of the rows is a uniformly random subspace and X X' is Wishart: both make exact
    formulas possible [muirhead1982].  No rows at all, n = 0, is an array of shape (0, p).

    >>> gaussian_rows(np.random.default_rng(0), 2, 3).shape
    (2, 3)

    Raises `DomainError` or `ArgumentError` where n is not a whole number >= 0, or p not one >= 1.
    """
    return rng.standard_normal((count("n", n), count("p", p, least=1)))


def sign_rows(rng, n, p):
    """`n` rows of `p` independent signs, +1 or -1 with equal probability, a float64 array of shape
    (n, p).

    Every row has squared norm p exactly: the entries' fourth moment is 1 where the normal's is 3.
    To first order the noise part tr (X X')^{-1} of the min-norm risk is that of Gaussian rows times
    1 - 2/p, because E 1/(x'Mx) is 1/tr M up to the factor 1 + Var(x'Mx)/(tr M)^2, and

        Var(x'Mx) = 2 tr M^2 + (E z^4 - 3) sum_j M_jj^2.

    Two of n rows agree up to sign with probability below n^2 2^{-p}; X X' is then singular.

    >>> np.unique(sign_rows(np.random.default_rng(0), 4, 8)).tolist()
    [-1.0, 1.0]

    Raises `DomainError` or `ArgumentError` where n is not a whole number >= 0, or p not one >= 1.
    """
    return 1.0 - 2.0 * rng.integers(2, size=(count("n", n), count("p", p, least=1)), dtype=np.int8)


def student_rows(rng, n, p):
    """`n` rows of `p` independent Student variables of 5 degrees of freedom over sqrt(5/3), of
    shape (n, p).

    Scaled to variance 1, with a fourth moment of 9 where the normal's is 3, and infinite moments
    from the fifth on: about as heavy as tails may be for deterministic equivalents to hold.  The
    noise part tr (X X')^{-1} of the min-norm risk is that of Gaussian rows times 1 + 6/p, by the
    argument of `sign_rows`, but the limit is slow: an entry beyond sqrt(p) moves the risk by less
    than its fourth power, and near p = 200 the factor is about 1 + 4/p.  A gap to the limit falls
    more slowly than by half.

    >>> x = student_rows(np.random.default_rng(0), 1000, 100)
    >>> float(np.mean(x**2).round(1)), bool(np.max(abs(x)) > 10)
    (1.0, True)

    Raises `DomainError` or `ArgumentError` where n is not a whole number >= 0, or p not one >= 1.
    """
    return math.sqrt(3 / 5) * rng.standard_t(5, size=(count("n", n), count("p", p, least=1)))


DESIGNS = {"gaussian": gaussian_rows, "signs": sign_rows, "student": student_rows}
