"""A determinantal potential of positive unknowns, in expressions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import sympy

from symrisk.engine.expressions.mean import Mean, is_bound
from symrisk.engine.potential.elimination_names import eliminated


@dataclass(frozen=True)
class Potential:
    """A determinantal potential of positive unknowns c:

        mass * Mean(log(floor + sum_k rates_k c_k), law) + sum_k costs_k c_k - sum_k pulls_k log
        c_k.

    floor and rates may vary over the law; costs and pulls do not.
    """

    unknowns: tuple
    mass: sympy.Expr
    floor: sympy.Expr
    rates: tuple
    costs: tuple
    pulls: tuple
    law: sympy.Basic

    @property
    def inside(self) -> sympy.Expr:
        """What the logarithm is of."""
        return sympy.Add(
            self.floor, *(rate * c for rate, c in zip(self.rates, self.unknowns, strict=True))
        )

    def slope(self, unknown: sympy.Symbol) -> sympy.Expr:
        """c_k times the derivative by c_k: zero at the minimiser, and rising in log c_k."""
        answers, pull = self.balance(unknown)
        return answers - pull

    def equation(self, unknown: sympy.Symbol) -> sympy.Expr:
        """What vanishes where the slope does: it has no negative powers of the unknowns."""
        return self.slope(unknown)

    def balance(self, unknown: sympy.Symbol) -> tuple[sympy.Expr, sympy.Expr]:
        """(what rises with c_k, the pull on it): they are equal at the minimiser."""
        k = self.unknowns.index(unknown)
        share = unknown * self.rates[k] / self.inside
        return self.mass * Mean(share, self.law) + self.costs[k] * unknown, self.pulls[k]

    def alive(self, unknown: sympy.Symbol) -> tuple | None:
        """(eigenvalue, law): not zero throughout where there is a minimiser; nothing else can
        answer the unknown's pull.
        """
        k = self.unknowns.index(unknown)
        rate = self.rates[k]
        if self.costs[k] == 0 and rate.is_Symbol and is_bound(rate):
            return (rate, self.law)
        return None

    @property
    def laws(self) -> frozenset[sympy.Basic]:
        """The law of its mean."""
        return frozenset({self.law})

    def moves(self, prefix: str, held: list) -> tuple[dict, list]:
        """({name: what defines it}, d log c) with Hessian times d log c = held: a grounded
        Laplacian, eliminated.
        """
        return eliminated(prefix, *self.laplacian(), held)

    def laplacian(self) -> tuple[dict, list]:
        """(W, r) of the Hessian in log c: {(k, m): entry} for k > m, and the row sums."""
        shares = [c * rate / self.inside for c, rate in zip(self.unknowns, self.rates, strict=True)]
        kept = self.floor / self.inside
        ties, ground = {}, []
        for k, share in enumerate(shares):
            own_cost = self.costs[k] * self.unknowns[k]
            ground.append(own_cost + self.mass * Mean(share * kept, self.law))
            for m in range(k):
                ties[k, m] = self.mass * Mean(share * shares[m], self.law)
        return ties, ground

    @property
    def varying(self) -> tuple[sympy.Expr, ...]:
        """What may vary over the law: the floor and the rates."""
        return (self.floor, *self.rates)

    @property
    def constants(self) -> tuple[sympy.Expr, ...]:
        """What does not: the mass, the costs and the pulls."""
        return (self.mass, *self.costs, *self.pulls)

    @property
    def means(self) -> tuple[sympy.Expr, ...]:
        """Those of what may vary."""
        return tuple(Mean(part, self.law) for part in self.varying)

    def rewritten(self, change: Callable) -> "Potential":
        """The same potential with `change` made to each expression that it is written in."""

        def put(expressions):
            return tuple(change(sympy.sympify(expression)) for expression in expressions)

        mass, floor = put((self.mass, self.floor))
        rates, costs, pulls = map(put, (self.rates, self.costs, self.pulls))
        return Potential(self.unknowns, mass, floor, rates, costs, pulls, change(self.law))

    def called(self, names: Mapping) -> "Potential":
        """The same potential, said to be of unknowns under other names."""
        return replace(self, unknowns=tuple(names[c] for c in self.unknowns))
