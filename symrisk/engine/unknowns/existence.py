"""That a polynomial has the zero that a root is said to be."""

from collections.abc import Callable
from typing import Any

import sympy
from flint import fmpq_poly

from symrisk.engine.algebra.rational import to_fmpq, to_rational
from symrisk.errors import NoMethod


def check_root(root: Any, signs: Callable) -> None:
    """A change of sign from just inside one end to just inside the other: then there is a zero
    between them.

    Of an equation in numbers alone the zeros are counted: there is one, as the author says, or the
    name means nothing.

    signs: of several expressions gives a tuple of their signs on each cell of a region.

    >>> from sympy.abc import x, y
    >>> from symrisk.engine.algebra.signs import Sign
    >>> from symrisk.engine.unknowns.root import Root
    >>> up, down = Sign(1, True), Sign(-1, True)
    >>> check_root(Root(x, x**2 - y), lambda *inside: [(down, up)])
    >>> check_root(Root(x, x**2 - y), lambda *inside: [(down, up), (up, up)])
    Traceback (most recent call last):
        ...
    symrisk.errors.NoMethod: x is not shown to exist: x**2 - y need not change sign between 0 and oo
    """
    poly = sympy.Poly(root.polynomial, root.unknown)
    low, high = root.between
    inside = [_just_inside(poly, low, 1), _just_inside(poly, high, -1)]
    between = f"between {low} and {high}"
    if not all((-first * second).implies(strict=True) for first, second in signs(*inside)):
        raise NoMethod(
            f"{root.unknown} is not shown to exist: {root.polynomial} need not change sign "
            f"{between}"
        )
    if root.free_symbols == {root.unknown} and (count := _zeros_between(poly, low, high)) != 1:
        raise NoMethod(
            f"{root.unknown} is not one number: {root.polynomial} has {count} zeros {between}"
        )


def _just_inside(poly, end, side):
    """What has the sign of a polynomial just inside an end: its value there, or the first
    derivative that does not vanish.

    side: 1 to the right of the end, -1 to its left, where the derivatives of odd order turn the
    sign.
    """
    if end in (sympy.oo, -sympy.oo):
        return poly.LC() * (-side) ** poly.degree()
    turn = sympy.Integer(1)
    while not poly.is_zero:
        value = sympy.cancel(poly.eval(end))
        if value != 0:
            return turn * value
        poly, turn = poly.diff(), turn * side
    return sympy.Integer(0)


def _zeros_between(poly, low, high):
    """How many zeros a polynomial in numbers has strictly between two ends, each counted once."""
    if not all(
        c.is_Rational for c in (*poly.all_coeffs(), *(end for end in (low, high) if end.is_finite))
    ):
        return 1
    inner = _without_zeros_at(
        (low, high), fmpq_poly([to_fmpq(c) for c in reversed(poly.all_coeffs())])
    )
    ends = [None if end.is_infinite else end for end in (low, high)]
    return sympy.Poly([to_rational(c) for c in reversed(inner.coeffs())], poly.gen).count_roots(
        *ends
    )


def _without_zeros_at(ends, poly):
    """The polynomial with its zeros at the ends divided out: they are not between them."""
    for end in ends:
        if end.is_finite:
            factor = fmpq_poly([-to_fmpq(end), 1])
            while poly(to_fmpq(end)) == 0:
                poly = poly // factor
    return poly
