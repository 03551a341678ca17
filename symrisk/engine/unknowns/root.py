"""One real zero of a polynomial, singled out by an interval."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import sympy

from symrisk.engine.expressions import tex
from symrisk.engine.expressions.mean import Mean, write_out_means
from symrisk.engine.unknowns.existence import check_root
from symrisk.engine.unknowns.unknown import Unknown
from symrisk.errors import NotProved


@dataclass(frozen=True)
class Root(Unknown):
    """`unknown` is the only zero of `polynomial` in the open interval `between`.

    A radical is the zero of den*r^k - num in r >= 0; its `radicand` num/den says when it may touch
    the end 0.  `sure`: that the zero exists is known otherwise, and not asked for.  The equation of
    an unknown that minimises a potential is one whose `polynomial` may hold means over a law that
    is still a letter; `alive` is then a pair (eigenvalue, law): the law can't have the eigenvalue
    at zero throughout, if there is a minimiser.  `beside`: conditions that hold of a zero that need
    not be the only one between the ends; `granted`: what its author grants, that it is there.
    """

    unknown: sympy.Symbol
    polynomial: sympy.Expr
    between: tuple = (sympy.Integer(0), sympy.oo)
    radicand: sympy.Expr | None = None
    sure: bool = False
    alive: tuple | None = None
    beside: tuple = ()
    granted: str = ""

    is_algebraic = True
    means = ()
    """None of its own: over a law that has atoms they are sums in its equation."""

    @property
    def written(self) -> tuple[sympy.Basic, ...]:
        return (self.polynomial, *map(sympy.sympify, self.between))

    def rewritten(self, change: Callable) -> "Root":
        polynomial, low, high = map(change, self.written)
        alive = None if self.alive is None else tuple(map(change, self.alive))
        beside = tuple((change(slack), strict) for slack, strict in self.beside)
        return replace(self, polynomial=polynomial, between=(low, high), alive=alive, beside=beside)

    @property
    def conditions(self) -> tuple[tuple[sympy.Expr, bool], ...]:
        return self.beside

    @property
    def is_only(self) -> bool:
        """Whether there is no other zero between the ends, by its author's word."""
        return not self.granted

    @property
    def equations(self) -> tuple[sympy.Basic, ...]:
        """What vanishes."""
        return (self.polynomial,)

    def is_same(self, other: object) -> bool:
        """Whether they are equal, or of equations that differ by a factor that vanishes nowhere."""
        if self == other:
            return True
        if not isinstance(other, Root):
            return False
        if (self.between, self.sure) != (other.between, other.sure):
            return False
        if (self.beside, self.granted) != (other.beside, other.granted):
            return False
        return _are_multiples(self.polynomial, other.polynomial, self.unknown)

    def expanded(self, expand: Callable) -> "Root":
        """The root with its equation a polynomial again, where means have been written out."""
        low, high = (expand(sympy.sympify(end)) for end in self.between)
        polynomial = cleared(expand(self.polynomial), self.unknown)
        return replace(self, polynomial=polynomial, between=(low, high))

    @property
    def parts(self) -> tuple[sympy.Basic, ...]:
        polynomial, *ends = self.written
        return (write_out_means(polynomial), *ends)

    def slopes(self, x: sympy.Symbol, total: Callable) -> tuple[dict, dict]:
        """What a linear equation gives: the polynomial stays 0 as x moves and the root with it."""
        along = total(self.polynomial)
        return {self.unknown: -along / sympy.diff(self.polynomial, self.unknown)}, {}

    def show_existing(self, signs: Callable) -> None:
        """A change of sign between the ends, which the polynomial's zero is met at."""
        check_root(self, signs)

    def by_mpmath(self, mp: Any, number: Callable, digits: int) -> Any:
        """The zero between the ends, among all complex ones."""
        coefficients = sympy.Poly(self.polynomial, self.unknown).all_coeffs()
        low, high = (_end(mp, number, end) for end in self.between)
        try:
            zeros = mp.polyroots(
                list(map(number, coefficients)), maxsteps=200, extraprec=5 * digits
            )
        except (mp.NoConvergence, ZeroDivisionError, ValueError) as error:
            raise NotProved(
                f"mpmath does not find the zeros among which {self.unknown} is: the proof is not "
                "looked at again"
            ) from error
        real = mp.mpf(10) ** (10 - digits)
        inside = [z.real for z in zeros if abs(z.imag) < real and low < z.real < high]
        inside = [zero for zero in inside if self._admits(number, zero)]
        if len(inside) > 1 and not self.is_only:
            raise NotProved(
                f"{self.unknown} is one of {len(inside)} zeros: the proof is not looked at again"
            )
        return inside[0] if inside else mp.nan

    def _admits(self, number, zero):
        """Whether the conditions hold at a zero."""
        for slack, strict in self.beside:
            value = number(slack, {self.unknown: zero})
            if value < 0 or (strict and value == 0):
                return False
        return True

    def latex(self) -> str:
        name, equation = tex.latex(self.unknown), f"{tex.latex(self.polynomial)} = 0"
        if self.between == (0, sympy.oo):
            return f"{name} &\\text{{ is the positive solution of }} {equation}"
        low, high = map(tex.latex, self.between)
        only = f"{name} &\\text{{ is the only solution of }} {equation}"
        return f"{only} \\text{{ with }} {low} < {name} < {high}"

    def sentence(self, line: Callable) -> str:
        low, high = map(line, self.between)
        return f"the zero of {line(self.polynomial)} with {low} < {self.unknown} < {high}"


@lru_cache(maxsize=4096)
def _are_multiples(polynomial, other, unknown):
    """Whether two polynomials differ by a factor without the unknown that vanishes nowhere."""
    factor = sympy.cancel(polynomial / other)
    if factor.has(unknown):
        return False
    return all(part.is_zero is False for part in sympy.fraction(factor))


def cleared(equation: sympy.Expr, unknown: sympy.Symbol) -> sympy.Expr:
    """The equation's numerator once means are written out: a polynomial again.

    An equation with means left stays as it is.

    >>> from sympy.abc import x, y
    >>> cleared(x + 1/(x + y), x)
    x*(x + y) + 1
    """
    written = write_out_means(equation)
    if written.atoms(Mean) or written.is_polynomial(unknown):
        return written
    return sympy.fraction(sympy.together(written))[0]


def _end(mp: Any, number: Callable, end: sympy.Expr) -> Any:
    """An end of an interval in mpmath."""
    if end == sympy.oo:
        return mp.inf
    return -mp.inf if end == -sympy.oo else number(end)
