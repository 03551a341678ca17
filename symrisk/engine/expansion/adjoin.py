"""Letters for what roots begin with where that is not rational."""

from dataclasses import dataclass

import sympy

from symrisk.engine.unknowns.root import Root
from symrisk.errors import NoMethod


@dataclass(frozen=True)
class Adjoined:
    """A letter that solves an equation whose coefficients change sign once.

    meaning: the radical that it is, or itself where it is none; then `root` says what it solves.
    zero: what a root begins with, in the letter.  is_new: whether no other letter is the same.
    """

    letter: sympy.Symbol
    equation: sympy.Expr
    meaning: sympy.Expr
    zero: sympy.Expr
    is_new: bool
    root: Root | None = None


def letter_of(case, scene, coefficients) -> Adjoined:
    """The letter for the positive zero of a polynomial, of whose coefficients (lowest first) the
    signs change once.
    """
    taken = {str(letter) for letter in scene.letters}
    if not any(coefficients[1:-1]):
        return _radical(case, taken, -coefficients[0] / coefficients[-1], len(coefficients) - 1)
    letter = sympy.Symbol(f"first_{len(case.letters) + 1}", positive=True)
    if str(letter) in taken:
        raise NoMethod(f"{letter} is a name already: the first coefficient has no letter")
    written = [case.restored(c) for c in coefficients]
    parts = [c * letter**k for k, c in enumerate(coefficients)]
    equation = sympy.fraction(sympy.together(sympy.Add(*parts)))[0]
    whole = sympy.Add(*(c * letter**k for k, c in enumerate(written)))
    cleared = sympy.fraction(sympy.together(whole))[0]
    root = Root(letter, cleared, (sympy.Integer(0), sympy.oo), sure=True)
    return Adjoined(letter, equation, letter, letter, True, root)


def _radical(case, taken, base, index) -> Adjoined:
    """The letter of a radical, whole powers being taken out of it."""
    outside, inside = sympy.Integer(1), sympy.Integer(1)
    for part, side in zip(sympy.fraction(sympy.cancel(base)), (1, -1), strict=True):
        number, factors = sympy.factor_list(part)
        for prime, power in sympy.factorrat(abs(number)).items():
            outside *= sympy.Integer(prime) ** (side * (power // index))
            inside *= sympy.Integer(prime) ** (side * (power % index))
        for factor, power in factors:
            upright = factor * case.sign(factor)
            outside *= upright ** (side * (power // index))
            inside *= upright ** (side * (power % index))
    inside = sympy.cancel(inside)
    meaning = sympy.root(sympy.cancel(case.restored(inside)), index)
    letter = sympy.Symbol(str(meaning))
    numerator, denominator = sympy.fraction(inside)
    equation = denominator * letter**index - numerator
    return Adjoined(letter, equation, meaning, outside * letter, str(letter) not in taken)
