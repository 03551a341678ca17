"""Complex numbers as people write them, exactly: "1+0.2i", "1/2 - 3j", "-i"."""

import re
from collections.abc import Sequence
from typing import Any

import sympy
from flint import fmpq

from symrisk.engine.balls.complex_value import ComplexValue
from symrisk.engine.decimals import LONGEST, NUMBER, exact
from symrisk.errors import ArgumentError

UNSIGNED = r"(?:\d+\s*/\s*\d+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?)"
COMPLEX = re.compile(
    rf"\s*(?P<real>[+-]?{UNSIGNED})?(?P<sign>\s*[+-]\s*|\s*)(?P<imag>{UNSIGNED})?\s*\*?\s*[ij]\s*",
    re.ASCII,
)


def exact_parts(name: str, value: Any) -> Sequence[fmpq]:
    """The two parts of a number as exact rationals.

    value: anything that `exact` reads, which is real; text such as "1+0.2i"; a complex number of
    SymPy with rational parts; what `digits` gave.

    >>> exact_parts("z", "1+0.2i"), exact_parts("z", "-j"), exact_parts("z", "1/3")
    ((1, 1/5), (0, -1), (1/3, 0))
    """
    if isinstance(value, complex) or getattr(getattr(value, "dtype", None), "kind", "") == "c":
        raise ArgumentError(
            f"{name}={value!r} is made of binary floats: write {name}='1+0.2i' for exact digits"
        )
    if isinstance(value, ComplexValue):
        return exact(name, value.real), exact(name, value.imag)
    if isinstance(value, sympy.Expr) and not value.is_Rational:
        return _of_expression(name, value)
    if not isinstance(value, str) or NUMBER.fullmatch(value):
        return exact(name, value), fmpq(0)
    return _from_text(name, value)


def _of_expression(name, value):
    parts = value.as_real_imag() if value.is_number else (value, value)
    if not all(part.is_Rational for part in parts):
        raise ArgumentError(f"{name}={value} is not an exact complex number with rational parts")
    return tuple(exact(name, part) for part in parts)


def _from_text(name, text):
    match = COMPLEX.fullmatch(text) if len(text) <= LONGEST else None
    # Without a sign between them "12i" would be 1 and 2i; and "1i" alone has no real part.
    if match is not None and match["real"] and not match["sign"].strip():
        alone = match["imag"] is None and match["sign"] == ""
        match = match if alone else None
        if alone:
            return fmpq(0), exact(name, match["real"])
    if match is None:
        wanted = "write '1+0.2i', '-2i', '1/5' or '2e-7'"
        raise ArgumentError(f"{name}={text[:40]!r} is not a complex number; {wanted}")
    size = exact(name, match["imag"] or "1")
    real = exact(name, match["real"]) if match["real"] else fmpq(0)
    return real, -size if match["sign"].strip() == "-" else size
