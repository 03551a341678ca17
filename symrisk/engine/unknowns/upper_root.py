"""The one zero of a polynomial above the real axis."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import sympy

from symrisk.engine.expressions import tex
from symrisk.engine.expressions.demands import Demand
from symrisk.engine.expressions.mean import write_out_means
from symrisk.engine.unknowns.root import cleared
from symrisk.engine.unknowns.unknown import Unknown
from symrisk.errors import NotProved


@dataclass(frozen=True)
class UpperRoot(Unknown):
    """`unknown` is the only zero of `polynomial` with Im > 0.

    That there is one is found out at each point, where all zeros are isolated; in a proof it is the
    author's statement.

    >>> from symrisk.symbols import symbol
    >>> m = symbol("m", "m", "Stieltjes transform", kind="complex")
    >>> UpperRoot(m, m**2 + 1).sentence(str)
    'the zero of m**2 + 1 with im(m) > 0'
    """

    unknown: sympy.Symbol
    polynomial: sympy.Expr

    sure = True
    solves = "is the zero of a polynomial above the real axis"
    means = ()
    """None of its own: over a law that has atoms they are sums in its equation."""

    @property
    def written(self) -> tuple[sympy.Basic, ...]:
        return (self.polynomial,)

    def rewritten(self, change: Callable) -> "UpperRoot":
        return replace(self, polynomial=change(self.polynomial))

    def expanded(self, expand: Callable) -> "UpperRoot":
        """The root with its equation a polynomial again, where means have been written out."""
        return replace(self, polynomial=cleared(expand(self.polynomial), self.unknown))

    @property
    def parts(self) -> tuple[sympy.Basic, ...]:
        return (write_out_means(self.polynomial),)

    def slopes(self, x: sympy.Symbol, total: Callable) -> tuple[dict, dict]:
        """What a linear equation gives: the polynomial stays 0 as x moves and the root with it."""
        along = total(self.polynomial)
        return {self.unknown: -along / sympy.diff(self.polynomial, self.unknown)}, {}

    def demands(self, reader: Any, guards: tuple) -> Iterator[Demand]:
        """What its equation needs."""
        yield from reader.of(self.polynomial, guards)

    def by_mpmath(self, mp: Any, number: Callable, digits: int) -> Any:
        """The zero above the real axis, among all of them."""
        coefficients = sympy.Poly(self.polynomial, self.unknown).all_coeffs()
        try:
            zeros = mp.polyroots(
                list(map(number, coefficients)), maxsteps=200, extraprec=5 * digits
            )
        except (mp.NoConvergence, ZeroDivisionError, ValueError) as error:
            wrong = f"mpmath does not find the zeros among which {self.unknown} is"
            raise NotProved(f"{wrong}: the proof is not looked at again") from error
        above = [zero for zero in zeros if mp.im(zero) > mp.mpf(10) ** (10 - digits)]
        return above[0] if len(above) == 1 else mp.nan

    def latex(self) -> str:
        name = tex.latex(self.unknown)
        only = f"{name} &\\text{{ is the only solution of }} {tex.latex(self.polynomial)} = 0"
        return f"{only} \\text{{ with }} \\operatorname{{Im}} {name} > 0"

    def sentence(self, line: Callable) -> str:
        return f"the zero of {line(self.polynomial)} with im({self.unknown}) > 0"
