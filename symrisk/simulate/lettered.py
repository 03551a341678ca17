"""Objects whose parameters may be letters: stated once in a theorem's symbols, then given numbers.

A world and a fit are told by their parameters.  A theorem tells them in its own letters, in
expressions of them and in formulas; a replicate puts numbers in.  Parameters are stored as they are
given and checked where they are used, as scikit-learn's estimators do.
"""

from collections.abc import Mapping
from dataclasses import fields, replace
from functools import lru_cache
from typing import Any, Self

import sympy

from symrisk.engine.noun import Noun
from symrisk.language.quantity import Quantity
from symrisk.symbols import BOUND


class Lettered(Noun):
    """A dataclass whose fields may hold letters, expressions and formulas, in tuples too.

    >>> from dataclasses import dataclass
    >>> from symrisk.symbols import mu, p
    >>> @dataclass(frozen=True)
    ... class Penalised(Lettered):
    ...     penalty: object
    >>> Penalised(2 * mu * p).letters
    (mu, p)
    >>> Penalised(2 * mu * p).at({mu: 0.5, p: 10})
    Penalised(penalty=10.0)
    >>> Penalised(2 * mu).at({mu: p / 2})
    Penalised(penalty=p)
    """

    @property
    def letters(self) -> tuple[sympy.Symbol, ...]:
        """The letters of its parameters, in the order in which they come."""
        found: dict[sympy.Symbol, None] = {}
        for field in fields(self):  # type: ignore[arg-type]  # subclasses are dataclasses
            found.update(dict.fromkeys(letters_of(getattr(self, field.name))))
        return tuple(found)

    def at(self, values: Mapping[sympy.Symbol, Any]) -> Self:
        """The same with numbers, laws or expressions in place of letters."""
        if not self.letters:
            return self
        changed = {}
        for field in fields(self):  # type: ignore[arg-type]
            changed[field.name] = put(getattr(self, field.name), values)
        return replace(self, **changed)  # type: ignore[type-var]


def letters_of(parameter) -> tuple[sympy.Symbol, ...]:
    """The letters of one parameter: its own, an expression's in the order of their names, a
    formula's inputs; not the variables that a law binds.

    >>> from symrisk.symbols import n1, p
    >>> letters_of((n1, (p, 3.0), p - n1))
    (n1, p)
    """
    if isinstance(parameter, Lettered):
        return parameter.letters
    if isinstance(parameter, Quantity):
        return tuple(parameter.inputs.values())
    if isinstance(parameter, sympy.Expr):
        free = [letter for letter in parameter.free_symbols if not _is_bound(letter)]
        return tuple(sorted(free, key=str))
    if isinstance(parameter, (tuple, list)):
        found: dict[sympy.Symbol, None] = {}
        for part in parameter:
            found.update(dict.fromkeys(letters_of(part)))
        return tuple(found)
    return ()


def put(parameter, values: Mapping[sympy.Symbol, Any]):
    """One parameter with values in place of letters: a float once no letter is left.

    >>> from symrisk.symbols import n1, p
    >>> put((n1, p - n1, "n1"), {n1: 3, p: 10})
    (3, 7.0, 'n1')
    """
    if isinstance(parameter, sympy.Symbol):
        return values.get(parameter, parameter)
    if isinstance(parameter, Lettered):
        return parameter.at(values)
    if isinstance(parameter, Quantity):
        return _evaluated(parameter, values)
    if isinstance(parameter, sympy.Expr):
        left = parameter.subs({letter: values[letter] for letter in _shared(parameter, values)})
        return left if left.free_symbols else float(left)
    if isinstance(parameter, (tuple, list)):
        return type(parameter)(put(part, values) for part in parameter)
    return parameter


def _is_bound(letter):
    return getattr(letter, "kind", None) in BOUND


def _shared(expression, values):
    return [letter for letter in values if letter in expression.free_symbols]


def _exactly(value):
    return sympy.Rational(value) if isinstance(value, float) else value


def _evaluated(quantity, values):
    """A formula's value, or the formula at what is known of its letters."""
    inputs = quantity.inputs
    known = {letter: values[letter] for letter in inputs.values() if letter in values}
    if len(known) < len(inputs) or any(map(letters_of, known.values())):
        # A formula takes numbers for what they are exactly, a float too.
        return quantity.at({letter: _exactly(value) for letter, value in known.items()})
    return _value(quantity, tuple((letter.name, value) for letter, value in known.items()))


@lru_cache(maxsize=64)
def _value(quantity, pairs):
    """A formula's value: an experiment that runs again at its point need not solve again."""
    return float(quantity(**dict(pairs)))
