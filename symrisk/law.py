"""Laws: spectral measures that a mean can be taken over."""

import sympy

from symrisk.engine.decimals import exact
from symrisk.errors import ArgumentError, DomainError


class Atoms(sympy.Basic):
    """A law of finitely many eigenvalues with their weights: ``Atoms({1: "1/2", 4: "1/2"})``.

    Eigenvalues are non-negative, weights positive, both exact (int, Fraction, Rational or string), and the weights sum
    to 1.  Raises DomainError where they do not, ArgumentError for a binary float.

    >>> Atoms({1: "1/4", 3: "3/4"})
    Atoms({1: 1/4, 3: 3/4})
    >>> Atoms({1: "1/4", 3: "1/4"})
    Traceback (most recent call last):
        ...
    symrisk.errors.DomainError: Atoms: the weights sum to 1; not to 1/2
    """

    def __new__(cls, weights):
        if not isinstance(weights, (dict, sympy.Tuple)):
            raise ArgumentError(f"Atoms takes a dict {{eigenvalue: weight}}; not {weights!r}")
        pairs = weights.items() if isinstance(weights, dict) else [pair.args for pair in weights]
        pairs = sorted((_rational("eigenvalue", a), _rational("weight", h)) for a, h in pairs)
        total = sum(h for _, h in pairs)
        if total != 1:
            raise DomainError(f"Atoms: the weights sum to 1; not to {total}")
        for atom, weight in pairs:
            if atom < 0 or weight <= 0:
                raise DomainError(f"Atoms: eigenvalues are >= 0 and weights > 0; not {atom} with weight {weight}")
        return sympy.Basic.__new__(cls, sympy.Tuple(*(sympy.Tuple(*pair) for pair in pairs)))

    @property
    def weights(self):
        """((eigenvalue, weight), ...), by eigenvalue."""
        return tuple(tuple(pair) for pair in self.args[0])

    def __repr__(self):
        return f"Atoms({{{', '.join(f'{a}: {h}' for a, h in self.weights)}}})"

    __str__ = __repr__

    def _latex(self, printer):
        terms = [f"{printer._print(h)}\\,\\delta_{{{printer._print(a)}}}" for a, h in self.weights]
        return f"\\left[{' + '.join(terms)}\\right]"


def _rational(name, value):
    number = value if isinstance(value, sympy.Rational) else exact(name, value)
    return sympy.Rational(int(number.p), int(number.q))
