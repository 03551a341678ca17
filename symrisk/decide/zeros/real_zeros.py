"""The real zeros of polynomials with rational coefficients, in order and told apart: by Sturm's
theorem and bisection.

A polynomial is split into irreducible factors.  Those of degree one give the rational zeros.  A
zero of another is irrational, and is given by the cell [m, m + 1]/2^k of the dyadic grid that holds
it, k being the least level >= 0 at which no cell touches another, or holds a rational zero: so the
same zeros always get the same cells, and no whole number lies inside one.
"""

from dataclasses import dataclass
from itertools import product

from flint import fmpq, fmpq_poly, fmpz

from symrisk.errors import NoMethod

MOST_LEVELS = 4096
"""Zeros closer than 2^-4096 are not told apart."""
MOST_DEGREE = 400
"""Of polynomials whose zeros are isolated: some seconds."""


@dataclass(frozen=True)
class Zero:
    """A real zero of the irreducible `factor`: it lies between `low` and `high`, and is both where
    they are equal.
    """

    low: fmpq
    high: fmpq
    factor: fmpq_poly

    @property
    def is_rational(self) -> bool:
        return self.low == self.high


def real_zeros(polynomials) -> tuple[Zero, ...]:
    """The distinct real zeros of several polynomials together, from left to right; constants have
    none.

    >>> zeros = real_zeros([fmpq_poly([-2, 0, 1]), fmpq_poly([0, 2])])
    >>> [(str(zero.low), str(zero.high)) for zero in zeros]
    [('-2', '-1'), ('0', '0'), ('1', '2')]
    """
    linear, others = [], []
    for factor in _irreducible(polynomials):
        if factor.degree() == 1:
            zero = -factor[0] / factor[1]
            linear.append(Zero(zero, zero, factor))
        else:
            others.extend(_isolated(factor))
    cells = _told_apart(others, [zero.low for zero in linear])
    return tuple(sorted([*linear, *cells], key=lambda zero: zero.low))


def _irreducible(polynomials):
    """The distinct irreducible factors, monic."""
    found = {}
    for polynomial in polynomials:
        if polynomial.degree() > MOST_DEGREE:
            raise NoMethod(
                f"zeros of a polynomial of degree {polynomial.degree()} are not isolated"
            )
        if polynomial.degree() > 0:
            for factor, _ in polynomial.factor()[1]:
                monic = factor / factor[factor.degree()]
                found[str(monic)] = monic
    return list(found.values())


def sequence(polynomial):
    """Sturm's sequence, each link divided by a positive number, for small coefficients."""
    chain = [polynomial, polynomial.derivative()]
    while chain[-1].degree() > 0:
        rest = -(chain[-2] % chain[-1])
        if rest.degree() < 0:
            break
        size = abs(rest[rest.degree()])
        chain.append(rest / size)
    return [link for link in chain if link.degree() >= 0]


def variations(values) -> int:
    """How often the sign changes along a list of numbers, zeros left out."""
    signs = [value > 0 for value in values if value != 0]
    return sum(a != b for a, b in zip(signs, signs[1:], strict=False))


@dataclass
class _Bracket:
    """A zero of an irreducible polynomial of degree 2 or more between two numbers of the dyadic
    grid, which are no zeros.
    """

    factor: fmpq_poly
    low: fmpq
    high: fmpq
    rises: bool

    def cell(self, level):
        """m with m/2^level < the zero < (m + 1)/2^level."""
        scale = fmpq(fmpz(2) ** level)
        while (self.high - self.low) * scale > 1:
            middle = (self.low + self.high) / 2
            if (self.factor(middle) > 0) == self.rises:
                self.high = middle
            else:
                self.low = middle
        return (self.low * scale).floor()


def _isolated(factor):
    """A bracket for each real zero."""
    chain = sequence(factor)

    def left(x):
        """The count that falls by one at each zero on the way."""
        return variations([link(x) for link in chain])

    size = fmpq(1)
    while size <= _bound(factor):
        size *= 2
    waiting, found = [(-size, left(-size), size, left(size))], []
    while waiting:
        low, before, high, after = waiting.pop()
        if before - after == 1:
            found.append(_Bracket(factor, low, high, bool(factor(high) > 0)))
        elif before > after:
            middle = (low + high) / 2
            between = left(middle)
            waiting += [(low, before, middle, between), (middle, between, high, after)]
    return found


def _bound(polynomial):
    """Cauchy's: every zero is smaller in modulus."""
    *lower, lead = polynomial.coeffs()
    return 1 + max(abs(c / lead) for c in lower)


def _told_apart(brackets, rationals):
    """The cells at the least level at which they touch neither each other nor a rational zero."""
    for level in range(MOST_LEVELS):
        cells = [(bracket.cell(level), bracket) for bracket in brackets]
        scale = fmpq(fmpz(2) ** level)
        if _are_apart([m for m, _ in cells], [r * scale for r in rationals]):
            return [Zero(m / scale, (m + 1) / scale, bracket.factor) for m, bracket in cells]
    raise NoMethod(f"zeros of a polynomial lie closer together than 2^-{MOST_LEVELS}")


def _are_apart(cells, rationals):
    """Whether the unit cells [m, m + 1] are disjoint, ends included, and hold none of the
    rationals.
    """
    ordered = sorted(cells)
    touching = any(b - a < 2 for a, b in zip(ordered, ordered[1:], strict=False))
    return not touching and not any(m <= r <= m + 1 for m, r in product(ordered, rationals))
