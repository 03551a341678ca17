"""The real or the imaginary part of a complex unknown, as a proof speaks of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import sympy

from symrisk.engine.expressions.demands import Demand
from symrisk.engine.expressions.mean import Mean
from symrisk.engine.expressions.split import Splitter
from symrisk.engine.instructions.parts import ImaginaryPart, RealPart
from symrisk.engine.unknowns.unknown import Unknown
from symrisk.engine.unknowns.upper_root import UpperRoot


@dataclass(frozen=True)
class UpperPart(Unknown):
    """`unknown` is a part of what solves `whole`: of both `names` the first, or the second.

    The two parts together are where the real and the imaginary part of its polynomial vanish; the
    second is positive.

    >>> from symrisk.symbols import symbol
    >>> m = symbol("m", "m", "a root", kind="complex")
    >>> a, b = symbol("a", "a", "its real part"), symbol("b", "b", "its height", positive=True)
    >>> UpperPart(a, (a, b), UpperRoot(m, m**2 + 1)).cases()
    [[a**2 - b**2 + 1, 2*a*b]]
    """

    unknown: sympy.Symbol
    names: tuple
    whole: Unknown

    sure = True
    solves = "is a part of a root above the real axis"
    means = ()

    @property
    def written(self) -> tuple[sympy.Basic, ...]:
        return self.whole.written

    def rewritten(self, change: Callable) -> "UpperPart":
        return replace(self, whole=self.whole.rewritten(change))

    def called(self, names: Any) -> "UpperPart":
        renamed = tuple(names.get(name, name) for name in self.names)
        return replace(self, unknown=names[self.unknown], names=renamed)

    @property
    def together(self) -> tuple[sympy.Symbol, ...]:
        return self.names

    @property
    def free_symbols(self) -> set[sympy.Symbol]:
        return self.whole.free_symbols - {self.whole.unknown}

    @property
    def equations(self) -> tuple[sympy.Basic, ...]:
        """In the two real names."""
        return tuple(self.cases()[0]) if self.cases() else ()

    def demands(self, reader: Any, guards: tuple) -> Iterator[Demand]:
        """None: what its equation needs, the claim in complex letters has asked for."""
        yield from ()

    def cases(self) -> list[list]:
        """The parts of its polynomial, both of which vanish."""
        if not isinstance(self.whole, UpperRoot) or self.whole.polynomial.has(Mean):
            return []
        parts = Splitter({self.whole.unknown: self.names}).parts(self.whole.polynomial)
        return [[sympy.numer(sympy.together(part)) for part in parts]]

    def compiled(self, builder: Any) -> int:
        part = RealPart if self.unknown == self.names[0] else ImaginaryPart
        return builder.emit(part(builder.built(self.whole)))

    def latex(self) -> str:
        return self.whole.latex()

    def sentence(self, line: Callable) -> str:
        which = "real" if self.unknown == self.names[0] else "imaginary"
        return f"the {which} part of {self.whole.unknown}, {self.whole.sentence(line)}"
