"""Complex numbers typed as text, read exactly: ``z=1+0.2i``, ``z=1/2-3j,2i``."""

import sympy

from symrisk.cli.values import LONGEST, shown
from symrisk.engine.complex_text import exact_parts
from symrisk.engine.expressions.complexity import is_complex_letter
from symrisk.errors import ArgumentError


def readers(formula) -> dict:
    """{name: a function of its name and text} for every complex name of a formula."""
    return {s.name: complex_of for s in formula.graph.names if is_complex_letter(s)}


def complex_of(name: str, text: str) -> sympy.Expr:
    """A complex number as it is typed, exactly.

    >>> complex_of("z", "1+0.2i")
    1 + I/5
    """
    if len(text) > LONGEST:
        raise ArgumentError(
            f"{name} has {len(text)} characters; a number has at most {LONGEST} here"
        )
    real, imag = (sympy.Rational(int(p.p), int(p.q)) for p in exact_parts(name, text))
    return real + imag * sympy.I


def is_typed(value) -> bool:
    """Whether a value was read by `complex_of`."""
    return isinstance(value, sympy.Expr)


def written(value: sympy.Expr) -> str:
    """A complex number as one would type it.

    >>> written(complex_of("z", "1-0.2i"))
    '1-0.2i'
    """
    real, imag = (shown(part) for part in value.as_real_imag())
    return f"{real}{imag}i" if imag.startswith("-") else f"{real}+{imag}i"
