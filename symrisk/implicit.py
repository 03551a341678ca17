r"""Implicit definitions: names that are the solution of something.

The `root` form says: the only zero of a polynomial in an interval.  Square roots, cubics and quartics are roots; none is
ever expanded into radicals.  The `potential` form says: where a convex function of all unknowns is least.  Evaluation solves
for them, to any precision; a claim takes them as coordinates.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import sympy

from symrisk.engine import tex
from symrisk.engine.generators import Member, Root, Stationary, System, Unknown
from symrisk.engine.reading import read_potential
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

    @classmethod
    def equation(cls, unknowns, cases, near, parameters, latex="", says=""):
        """The `unknowns` together solve one of several systems of equations, the solution being the one next to `near`.

        cases: systems, each as many polynomials (to vanish) as there are unknowns; a minimiser under constraints has one
        case a face.  parameters: the other symbols of the equations.  near: a function that takes the parameters' arrays by
        name and gives (array of the first unknown, ..., array of whole numbers: which case).  latex, says: what is solved,
        for the printed definition (every parameter in it, the unknowns as letters of its own) and in words.  Evaluation
        polishes what `near` gives by Newton's method on a grid, and proves a solution beside it for digits and balls;
        NotConverged where there is none.  That it is the solution meant is the author's statement.
        """
        systems = tuple(tuple(sympy.sympify(e) for e in case) for case in cases)
        if any(len(case) != len(unknowns) for case in systems):
            raise ArgumentError(f"{', '.join(map(str, unknowns))}: a case has as many equations as there are unknowns")
        system = System(tuple(unknowns), systems, near, tuple((s, s) for s in parameters), latex, says)
        return cls(tuple((unknown, Member(unknown, system)) for unknown in unknowns))

    @classmethod
    def potential(cls, unknowns, potential):
        r"""The positive `unknowns` together are where a convex potential is least, or only stationary in c = e^u.

        potential: an expression such as ``p*Mean(log(mu + c1*tau1 + c2*tau2), H) + c1/w1 + c2/w2 - n1*log(c1) - n2*log(c2)``:
        means of a logarithm whose argument is linear in the unknowns, with non-negative parts, terms linear in the unknowns,
        and -pull*log(unknown).  In log-coordinates it is convex, so that there is one minimiser or none; which, is read off
        the law: evaluation raises DomainError where there is none, with the first condition that fails.  ArgumentError for an
        expression of another form, and for unknowns that are not positive.

        >>> from symrisk import Atoms, Formula, Implicit, Mean, Region
        >>> from symrisk.symbols import symbol, H, n, p, tau
        >>> c = symbol("c", "c", "scale of a sample's share", positive=True)
        >>> least = Implicit.potential((c,), p*Mean(sympy.log(1 + c*tau), H) - n*sympy.log(c))
        >>> scale = Formula(symbol("scale", "c", "scale", positive=True), c, where={**least}, on=Region(n < p))
        >>> scale(n=1, p=3, H=Atoms({1: 1})), scale.digits(20, n=1, p=3, H=Atoms({1: "1/2", 2: "1/2"}))
        (0.5, Decimal('0.34650023408234569799'))
        """
        unknowns = (unknowns,) if isinstance(unknowns, sympy.Symbol) else tuple(unknowns)
        for unknown in unknowns:
            if not getattr(unknown, "is_positive", False):
                raise ArgumentError(f"a potential's unknowns are positive symbols; not {unknown}")
        found = read_potential(unknowns, sympy.sympify(potential))
        return cls(tuple((unknown, Stationary(unknown, found)) for unknown in found.unknowns))

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
    """One line of a `where`: `name = expression`, or what an implicit name solves."""
    if not isinstance(definition, Unknown):
        return f"{tex.latex(name)} &= {tex.latex(definition)}"
    if isinstance(definition, Stationary):
        return f"0 &= {tex.latex(definition.potential.slope(name))}"
    if isinstance(definition, Member):
        system = definition.system
        together = ", ".join(map(tex.latex, system.unknowns))
        put = ",\\; ".join(f"{tex.latex(name)} = {tex.latex(value)}" for name, value in system.parameters if name != value)
        return f"\\left({together}\\right) &= {system.latex}" + (f"\\quad\\text{{at}}\\quad {put}" if put else "")
    low, high = definition.between
    return f"0 &= {tex.latex(definition.polynomial)},\\quad {tex.latex(low)} < {tex.latex(name)} < {tex.latex(high)}"
