"""A cell of a region: a chain of variables, each the image of one positive coordinate."""

from dataclasses import dataclass, field
from typing import NamedTuple

from symrisk.engine.algebra.rational import (
    Ratio,
    coefficients_in,
    degree_in,
    factored,
    homogeneous_substitute,
    name_of,
)
from symrisk.engine.algebra.signs import UNKNOWN, Sign, coefficient_sign
from symrisk.engine.noun import cached_property


class Sided(NamedTuple):
    """A polynomial and whether it may vanish."""

    poly: object
    strict: bool


class Condition(Sided):
    """`poly > 0`, or `poly >= 0` where not strict; what an elimination asks of it again and
    again is worked out once.
    """

    @cached_property
    def name(self):
        """A hashable form."""
        return name_of(self.poly), self.strict

    @cached_property
    def factors(self):
        """(constant, [(irreducible polynomial, exponent)])."""
        return factored(self.poly)

    @cached_property
    def _parts(self):
        return {}

    def parts_in(self, variable):
        """{k: coefficient of the variable's k-th power}."""
        if variable not in self._parts:
            self._parts[variable] = coefficients_in(self.poly, variable)
        return self._parts[variable]

    @cached_property
    def _degrees(self):
        return self.poly.degrees()

    def speaks_of(self, variable):
        """Whether the variable is in it."""
        return self._degrees[variable] > 0

    @cached_property
    def _weights(self):
        return {}

    def weight_in(self, variable):
        """(whether it is not linear in the variable, whether it couples it with others, the sign of
        its highest coefficient).

        The sign is that where every letter is positive, 1 or -1; None where that does not tell.
        """
        if variable not in self._weights:
            parts = self.parts_in(variable)
            highest = parts[max(parts)]
            is_coupled = 0 in parts and len(parts[0]) > 0 or not highest.is_constant()
            sign = coefficient_sign(highest, frozenset()).value
            self._weights[variable] = max(parts) > 1, is_coupled, sign
        return self._weights[variable]

    @cached_property
    def _split(self):
        return {}

    def linear_in(self, variable):
        """(factors without the variable, {k: coefficient} of the one that is linear in it, None
        where there is no such one).
        """
        if variable not in self._split:
            self._split[variable] = self._linear_in(variable)
        return self._split[variable]

    def _linear_in(self, variable):
        others, linear = [], None
        for factor, exponent in self.factors[1]:
            degree = degree_in(factor, variable)
            if degree == 0:
                others.append((factor, exponent))
            elif linear is None and exponent == 1 and degree == 1:
                linear = coefficients_in(factor, variable)
            else:
                return others, None
        return others, linear


class Bound(NamedTuple):
    value: Ratio
    closed: bool


@dataclass(frozen=True)
class Link:
    """One variable of a chain: its bounds in the earlier variables and its image under the
    coordinate.
    """

    variable: int
    lower: Bound | None
    upper: Bound | None
    image: Ratio
    coordinate: int | None
    closed: bool


@dataclass(frozen=True)
class Cell:
    """A chain of links, and the conditions no link could use (`side`)."""

    algebra: object
    links: tuple = ()
    side: tuple = ()
    signs: dict = field(default_factory=dict, compare=False, repr=False)

    @property
    def closed(self):
        """Indices of the coordinates that may be zero."""
        return frozenset(link.coordinate for link in self.links if link.closed)

    def pull(self, poly):
        """`poly` in the coordinates, up to a positive factor."""
        for link in reversed(self.links):
            poly, _ = homogeneous_substitute(poly, link.variable, link.image)
        return poly

    def pull_ratio(self, ratio):
        """A Ratio in the coordinates, exactly."""
        for link in reversed(self.links):
            ratio = ratio.substitute(self.algebra.symbols[link.variable], link.image)
        return ratio

    def sign(self, poly):
        """The sign of a polynomial in the variables, as far as coefficients and side conditions
        show it.
        """
        name = name_of(poly)
        if name not in self.signs:
            self.signs[name] = self._sign(poly)
        return self.signs[name]

    def _sign(self, poly):
        if poly.is_constant():
            return coefficient_sign(poly, self.closed)
        pulled = self.pull(poly)
        direct = self.coefficient_sign(pulled)
        return (
            direct
            if direct.value is not None and (direct.strict or not self.nonzero)
            else self._sign_by_factors(pulled)
        )

    @cached_property
    def nonzero(self):
        """Keys of polynomials in the coordinates that vanish nowhere: the factors of strict side
        conditions.
        """
        strict = [self.pull(condition.poly) for condition in self.side if condition.strict]
        return frozenset(
            name_of(monic(factor)) for pulled in strict for factor, _ in factored(pulled)[1]
        )

    def coefficient_sign(self, pulled):
        """The sign that the coefficients of a polynomial in the coordinates show, strict also
        where a hypothesis keeps it so.
        """
        sign = coefficient_sign(pulled, self.closed)
        return (
            Sign(sign.value, True)
            if sign.value and self.nonzero and name_of(monic(pulled)) in self.nonzero
            else sign
        )

    def _sign_by_factors(self, pulled):
        constant, factors = factored(pulled)
        total, unknown = Sign(1 if constant > 0 else -1, True), []
        for factor, exponent in factors:
            sign = self.coefficient_sign(factor)
            if sign.value is None and exponent % 2:
                unknown.append(factor)
            total = total * (Sign(1, True) if sign.value is None else sign.power(exponent))
            if sign.value is None and exponent > 1:
                total = Sign(total.value, False)
        return total if not unknown else total * self._side_sign(unknown)

    def hypothesis_sign(self, pulled):
        """The sign that a side condition gives a polynomial in the coordinates."""
        return (
            self._side_sign([factor for factor, exponent in factored(pulled)[1] if exponent % 2])
            if self.side
            else UNKNOWN
        )

    def _side_sign(self, unknown):
        """The sign of a product of factors that coefficients leave open, from a side condition
        that is that product.
        """
        wanted = {name_of(monic(factor)) for factor in unknown}
        for condition in self.side:
            constant, factors = factored(self.pull(condition.poly))
            open_factors, sign, leading, may_vanish = (
                set(),
                Sign(1 if constant > 0 else -1, True),
                1,
                False,
            )
            for factor, exponent in factors:
                found = coefficient_sign(factor, self.closed)
                if found.value is None and exponent % 2:
                    open_factors.add(name_of(monic(factor)))
                    leading *= lead_sign(factor)
                elif found.value is not None:
                    sign = sign * found.power(exponent)
                may_vanish |= not found.strict and (found.value is not None or exponent % 2 == 0)
            # Where the rest of a `>= 0` condition may vanish, it says nothing of these factors.
            if open_factors == wanted and sign.value and (condition.strict or not may_vanish):
                mine = 1
                for factor in unknown:
                    mine *= lead_sign(factor)
                return Sign(sign.value * leading * mine, condition.strict)
        return UNKNOWN


def monic(poly):
    return poly / poly.leading_coefficient()


def lead_sign(poly):
    return 1 if poly.leading_coefficient() > 0 else -1
