"""A convex potential of products of powers of positive unknowns, in expressions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import sympy

from symrisk.engine.expressions.mean import Mean
from symrisk.engine.potential.posynomial.shape import Shape
from symrisk.symbols import symbol


@dataclass(frozen=True)
class Logarithm:
    """mass * mean of log(sum of coefficient * powers of the unknowns) over a law.

    terms: pairs (coefficient, whole powers of the unknowns); law: None where nothing varies.
    """

    mass: sympy.Expr
    terms: tuple
    law: sympy.Basic | None

    def over(self, integrand: sympy.Expr) -> sympy.Expr:
        """The mean of what varies over its law."""
        return integrand if self.law is None else Mean(integrand, self.law)


@dataclass(frozen=True)
class Posynomial:
    """A potential of positive unknowns c, in products of their powers:

        sum_j mass_j mean log(sum_a q_ja c^a) + sum_b w_b c^b - sum_k pulls_k log c_k.

    It is convex in log c, for masses, coefficients and costs are not negative.  In each logarithm
    the lowest power of each unknown is zero: what all terms have in common is in the pulls.
    """

    unknowns: tuple
    logarithms: tuple
    costs: tuple
    pulls: tuple

    @property
    def shape(self) -> Shape:
        """The powers alone."""
        logarithms = []
        for logarithm in self.logarithms:
            logarithms.append(tuple(powers for _, powers in logarithm.terms))
        return Shape(len(self.unknowns), tuple(logarithms), tuple(p for _, p in self.costs))

    def monomial(self, powers: tuple) -> sympy.Expr:
        """A product of powers of the unknowns."""
        return sympy.Mul(*(c**power for c, power in zip(self.unknowns, powers, strict=True)))

    def slope(self, unknown: sympy.Symbol) -> sympy.Expr:
        """c_k times the derivative by c_k: zero at the minimiser, and rising in log c_k."""
        answers, pull = self.balance(unknown)
        return answers - pull

    def balance(self, unknown: sympy.Symbol) -> tuple[sympy.Expr, sympy.Expr]:
        """(what rises with c_k, the pull on it): they are equal at the minimiser."""
        k = self.unknowns.index(unknown)
        answers = []
        for logarithm in self.logarithms:
            total, parts = self._parts(logarithm)
            share = sympy.Add(*(powers[k] * part for part, powers in parts)) / total
            answers.append(logarithm.mass * logarithm.over(share))
        for weight, powers in self.costs:
            answers.append(powers[k] * weight * self.monomial(powers))
        return sympy.Add(*answers), self.pulls[k]

    def equation(self, unknown: sympy.Symbol) -> sympy.Expr:
        """What vanishes where the slope does, without negative powers of the unknowns outside of
        means.
        """
        lowest = [0] * len(self.unknowns)
        for _, powers in self.costs:
            lowest = [min(x, y) for x, y in zip(lowest, powers, strict=True)]
        raised = self.monomial(tuple(-power for power in lowest))
        terms = sympy.Add.make_args(self.slope(unknown))
        return sympy.Add(*(term * raised for term in terms))

    def alive(self, unknown: sympy.Symbol) -> None:
        """No eigenvalue is known not to vanish throughout."""
        return None

    def moves(self, prefix: str, held: list) -> tuple[dict, list]:
        """({name: what defines it}, d log c) with Hessian times d log c = held.

        The Hessian is a sum of weight * v v' over the bends v, so that its determinant is the sum
        over sets of as many bends as unknowns of (product of weights) * det(v, ...)^2: nothing is
        subtracted.
        """
        names, bends = {}, []
        for number, (body, bend) in enumerate(self._weighted_bends(), 1):
            code = f"{prefix}tie{number}"
            name = symbol(code, f"W_{{{number}}}", "a bend of a potential", nonnegative=True)
            names[name] = body
            bends.append((name, bend))
        size = len(self.unknowns)
        determinant = _minors(bends, size, (), ())
        code = f"{prefix}pivot"
        pivot = symbol(code, "D", "the determinant of a potential's Hessian", positive=True)
        names[pivot] = determinant
        steps = []
        for i in range(size):
            row = [(-1) ** (i + k) * _minors(bends, size - 1, (i,), (k,)) for k in range(size)]
            total = sympy.Add(*(entry * load for entry, load in zip(row, held, strict=True)))
            steps.append(total / pivot)
        return names, steps

    def _weighted_bends(self):
        """Pairs (weight, bend), of which the Hessian is made up; bends along one line together."""
        found: dict = {}

        def put(bend, weight):
            if any(bend):
                opposite = tuple(-x for x in bend)
                key = opposite if opposite in found else bend
                found[key] = found.get(key, 0) + weight

        for logarithm in self.logarithms:
            total, parts = self._parts(logarithm)
            for (one, a), (other, b) in combinations(parts, 2):
                bend = tuple(x - y for x, y in zip(a, b, strict=True))
                put(bend, logarithm.mass * logarithm.over(one * other / total**2))
        for weight, powers in self.costs:
            put(powers, weight * self.monomial(powers))
        return [(weight, bend) for bend, weight in found.items()]

    def _parts(self, logarithm):
        """(the sum that a logarithm is of, its terms as pairs (term, powers))."""
        parts = []
        for coefficient, powers in logarithm.terms:
            parts.append((coefficient * self.monomial(powers), powers))
        return sympy.Add(*(part for part, _ in parts)), parts

    @property
    def constants(self) -> tuple[sympy.Expr, ...]:
        """What does not vary over a law: the masses, the costs and the pulls."""
        masses = [logarithm.mass for logarithm in self.logarithms]
        return (*masses, *(weight for weight, _ in self.costs), *self.pulls)

    @property
    def means(self) -> tuple[sympy.Expr, ...]:
        """Those of what may vary: the coefficients."""
        found = []
        for logarithm in self.logarithms:
            found += [logarithm.over(coefficient) for coefficient, _ in logarithm.terms]
        return tuple(found)

    @property
    def laws(self) -> frozenset[sympy.Basic]:
        """The laws of its means."""
        return frozenset(one.law for one in self.logarithms if one.law is not None)

    def rewritten(self, change: Callable) -> "Posynomial":
        """The same potential with `change` made to each expression that it is written in."""

        def put(pairs: Any) -> tuple:
            return tuple((change(sympy.sympify(first)), powers) for first, powers in pairs)

        logarithms = []
        for one in self.logarithms:
            law = None if one.law is None else change(one.law)
            mass = change(sympy.sympify(one.mass))
            logarithms.append(Logarithm(mass, put(one.terms), law))
        pulls = tuple(change(sympy.sympify(pull)) for pull in self.pulls)
        return Posynomial(self.unknowns, tuple(logarithms), put(self.costs), pulls)

    def called(self, names: Mapping) -> "Posynomial":
        """The same potential, said to be of unknowns under other names."""
        return replace(self, unknowns=tuple(names[c] for c in self.unknowns))


def _minors(bends, count, left_rows, left_columns):
    """The minor of the sum of weight * v v' without some rows and columns: by Cauchy and Binet."""
    total = sympy.Integer(0)
    for chosen in combinations(bends, count):
        one = _determinant([bend for _, bend in chosen], left_rows)
        other = _determinant([bend for _, bend in chosen], left_columns)
        total += one * other * sympy.Mul(*(weight for weight, _ in chosen))
    return total


def _determinant(vectors, left_out):
    """The determinant of whole vectors without some of their entries."""
    rows = []
    for vector in vectors:
        rows.append([x for k, x in enumerate(vector) if k not in left_out])
    return sympy.Matrix(rows).det() if rows else sympy.Integer(1)
