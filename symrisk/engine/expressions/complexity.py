"""Which expressions may be complex, read off how they are written.

A letter is complex where its symbol says so (kind "complex"), and so is what is made of it, save a
real or an imaginary part.  SymPy's own assumptions are not asked: that `z*conjugate(z)` is real is
true, but an expression is taken for real only where it is written so, as `re(z)**2 + im(z)**2`.
"""

from collections.abc import Iterable
from functools import lru_cache

import sympy

from symrisk.errors import ArgumentError, NoMethod
from symrisk.symbols import COMPLEX

PARTS = (sympy.re, sympy.im, sympy.arg, sympy.Abs)
"""What is real whatever it is of."""


def is_complex_letter(letter: sympy.Basic) -> bool:
    """Whether a symbol stands for a complex number.

    >>> from symrisk.symbols import lam, symbol
    >>> is_complex_letter(symbol("z", "z", "spectral parameter", kind="complex"))
    True
    >>> is_complex_letter(lam)
    False
    """
    return getattr(letter, "kind", None) == COMPLEX


@lru_cache(maxsize=1 << 14)
def is_complex(expression: sympy.Basic) -> bool:
    """Whether an expression may have a value that is no real number.

    >>> from symrisk.symbols import lam, symbol
    >>> z = symbol("z", "z", "spectral parameter", kind="complex")
    >>> is_complex(lam + 1/z), is_complex(lam + sympy.im(z)), is_complex(2*sympy.I)
    (True, False, True)
    """
    if expression.is_Symbol:
        return is_complex_letter(expression)
    if expression is sympy.I:
        return True
    if isinstance(expression, PARTS):
        return False
    return any(map(is_complex, expression.args))


@lru_cache(maxsize=1 << 14)
def holds_unit(expression: sympy.Basic) -> bool:
    """Whether the unit i stands in an expression: each piece of it is looked at once.

    >>> from symrisk.symbols import lam
    >>> holds_unit(lam + 2*sympy.I), holds_unit(lam + 2)
    (True, False)
    """
    return expression is sympy.I or any(map(holds_unit, expression.args))


def complex_letters(expression: sympy.Basic) -> list[sympy.Symbol]:
    """The complex letters that an expression speaks of, also inside a real part, by name.

    >>> from symrisk.symbols import lam, symbol
    >>> z = symbol("z", "z", "spectral parameter", kind="complex")
    >>> complex_letters(lam + sympy.im(z))
    [z]
    """
    return sorted(filter(is_complex_letter, expression.free_symbols), key=str)


def complex_parts(expression: sympy.Basic) -> list[sympy.Expr]:
    """The real and imaginary parts, arguments, moduli and conjugates that an expression takes of
    complex numbers, the outermost ones.

    >>> from symrisk.symbols import symbol
    >>> z = symbol("z", "z", "spectral parameter", kind="complex")
    >>> complex_parts(z + sympy.im(z)**2)
    [im(z)]
    """
    if not expression.has(*PARTS, sympy.conjugate):
        return []
    if isinstance(expression, (*PARTS, sympy.conjugate)):
        return [expression] if is_complex(expression.args[0]) else []
    found = []
    for inner in expression.args:
        found += complex_parts(inner)
    return list(dict.fromkeys(found))


def refuse_complex_letters(expressions: Iterable[sympy.Basic]) -> None:
    """NoMethod where one of some expressions speaks of a complex letter, or of the unit i.

    So says whoever reasons by signs: the square of a complex number need not be positive.

    >>> refuse_complex_letters([sympy.I**2, 1 + sympy.I])
    Traceback (most recent call last):
        ...
    symrisk.errors.NoMethod: I is complex, and this speaks of real numbers alone
    """
    for expression in expressions:
        expression = sympy.sympify(expression)
        letters = complex_letters(expression)
        if not letters and holds_unit(expression):
            letters = [sympy.I]
        if letters:
            raise NoMethod(f"{letters[0]} is complex, and this speaks of real numbers alone")


def refuse_complex(subject: object, expression: sympy.Basic) -> None:
    """ArgumentError where an expression that has to be real may be complex.

    >>> refuse_complex("a rate", 1 + sympy.I)
    Traceback (most recent call last):
        ...
    symrisk.errors.ArgumentError: a rate: I in 1 + I is no real number
    """
    if not is_complex(expression):
        return
    letters = complex_letters(expression)
    if not letters:
        raise ArgumentError(f"{subject}: I in {expression} is no real number")
    letter = letters[0]
    parts = f"re({letter}) and im({letter}) are"
    raise ArgumentError(f"{subject}: {letter} in {expression} is no real number; {parts}")
