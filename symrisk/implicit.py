r"""Implicit definitions: names that are the solution of something.

The `root` form says: the only zero of a polynomial in an interval.  Square roots, cubics and quartics are roots; none is
ever expanded into radicals.  Evaluation solves for it, to any precision; a claim takes it as a coordinate.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import sympy

from symrisk.engine import tex
from symrisk.engine.generators import Root
from symrisk.errors import ArgumentError


@dataclass(frozen=True, eq=True)
class Implicit(Mapping):
    r"""Implicit definitions, to be put among explicit ones: ``where={..., **effective_ridge}``.

    >>> from symrisk import Formula, Region, Implicit
    >>> from symrisk.symbols import symbol, gamma
    >>> kappa = symbol("kappa", r"\kappa", "effective ridge", positive=True)
    >>> lam = symbol("lam", r"\lambda", "ridge penalty", positive=True)
    >>> effective_ridge = Implicit.root(kappa, kappa**2 + (1 - gamma - lam)*kappa - lam)
    >>> doubled = Formula(symbol("doubled", r"2\kappa", "twice the effective ridge"), 2*kappa, where={**effective_ridge})
    >>> doubled.digits(20, gamma=2, lam="0.1")
    Decimal('2.3688577540449520380')
    >>> doubled(kappa=3)
    6.0
    """

    definitions: tuple

    @classmethod
    def root(cls, unknown, polynomial, between=(0, sympy.oo)):
        """`unknown` is the only zero of `polynomial` in the open interval `between`.

        The polynomial's coefficients and the interval's ends may use other names.  That there is exactly one zero is the
        author's statement: evaluation raises NotConverged where it finds none, or several.
        """
        polynomial = sympy.sympify(polynomial)
        if not polynomial.is_polynomial(unknown) or not polynomial.has(unknown):
            raise ArgumentError(f"{polynomial} is not a polynomial in {unknown}")
        return cls(((unknown, Root(unknown, polynomial, _interval(unknown, between))),))

    def __getitem__(self, name):
        return dict(self.definitions)[name]

    def __iter__(self):
        return iter(name for name, _ in self.definitions)

    def __len__(self):
        return len(self.definitions)

    def __hash__(self):
        return hash(self.definitions)

    def latex(self):
        return tex.aligned([f"{tex.latex(name)} &: {definition_latex(name, root)}" for name, root in self.definitions])

    def _repr_latex_(self):
        return tex.display(self.latex())


def _interval(unknown, between):
    """Two ends, the lower one first."""
    if not isinstance(between, (tuple, list)) or len(between) != 2:
        raise ArgumentError(f"{unknown}: between is a pair of ends; not {between!r}")
    low, high = (sympy.sympify(end) for end in between)
    if (low >= high) == sympy.true:
        raise ArgumentError(f"{unknown}: the interval between {low} and {high} has no inside")
    return low, high


def definition_latex(name, definition):
    """One line of a `where`: `name = expression`, or the equation that an implicit name solves."""
    if not isinstance(definition, Root):
        return f"{tex.latex(name)} &= {tex.latex(definition)}"
    low, high = definition.between
    return f"0 &= {tex.latex(definition.polynomial)},\\quad {tex.latex(low)} < {tex.latex(name)} < {tex.latex(high)}"
