"""A complex name that is the only solution above the real axis, as an author writes it."""

import sympy

from symrisk.engine.expressions.complexity import complex_letters, complex_parts, is_complex_letter
from symrisk.engine.expressions.mean import Mean
from symrisk.engine.unknowns.followed import Followed
from symrisk.engine.unknowns.unknown import Unknown
from symrisk.engine.unknowns.upper_root import UpperRoot
from symrisk.errors import ArgumentError
from symrisk.language.expression import exact_expression


def above_axis(unknown: sympy.Symbol, equation, far=None) -> Unknown:
    """What singles out the solution of `equation` = 0 with Im > 0, checked.

    >>> from symrisk.symbols import symbol
    >>> m, z = (symbol(name, name, "a number", kind="complex") for name in "mz")
    >>> above_axis(m, m**2 + z*m + 1).sentence(str)
    'the zero of m**2 + m*z + 1 with im(m) > 0'
    """
    if not is_complex_letter(unknown):
        wanted = "symbol(..., kind='complex')"
        raise ArgumentError(f"{unknown}: what lies above the real axis is complex: {wanted}")
    equation = exact_expression(unknown, equation, may_be_complex=True)
    if not isinstance(equation, sympy.Expr) or not equation.has(unknown):
        raise ArgumentError(f"{unknown}: {equation} is no equation in {unknown}")
    if far is None:
        return _of_polynomial(unknown, equation)
    far = exact_expression(unknown, far, may_be_complex=True)
    return Followed.of(unknown, equation, far, _letter(unknown, equation, far))


def _of_polynomial(unknown, equation):
    parts = [part for part in complex_parts(equation) if part.has(unknown)]
    is_polynomial = equation.is_polynomial(unknown) and not parts
    under_mean = [mean for mean in equation.atoms(Mean) if mean.has(unknown)]
    if is_polynomial and not under_mean:
        return UpperRoot(unknown, equation)
    remedy = "such an equation needs far=..., what it is close to far above the real axis"
    raise ArgumentError(f"{equation} is not a polynomial in {unknown}: {remedy}")


def _letter(unknown, equation, far):
    """The one letter along which the solution is followed."""
    letters = complex_letters(far)
    if len(letters) != 1 or unknown in letters:
        wanted = "far is an expression in one complex letter other than the unknown, as -1/z"
        raise ArgumentError(f"{unknown}: {wanted}; not {far}")
    (letter,) = letters
    if not equation.has(letter):
        raise ArgumentError(f"{unknown}: {equation} does not speak of {letter}, as far does")
    for part in (*complex_parts(equation), *complex_parts(far)):
        if part.has(unknown, letter):
            wrong = f"{part} is not analytic, and no way to follow {unknown} by"
            raise ArgumentError(f"{unknown}: {wrong}")
    return letter
