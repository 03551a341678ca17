"""The upper half-plane, as where a complex root is looked for."""

from dataclasses import dataclass


@dataclass(frozen=True)
class HalfPlane:
    r"""The complex numbers strictly above the real axis: Im > 0.

    >>> from symrisk import Implicit, UPPER
    >>> from symrisk.symbols import symbol
    >>> i = symbol("i", "i", "the unit", kind="complex")
    >>> print(Implicit.root(i, i**2 + 1, between=UPPER)[i].latex())
    i &\text{ is the only solution of } i^{2} + 1 = 0 \text{ with } \operatorname{Im} i > 0
    """

    def __repr__(self) -> str:
        return "UPPER"


UPPER = HalfPlane()
"""Im > 0: ``Implicit.root(m, equation, between=UPPER)``."""
