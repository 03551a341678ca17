"""Regimes: a cell with the end of the moving letter at which x reaches its point, and what is
read off there.
"""

from dataclasses import dataclass, field

import sympy

from symrisk.decide.certificate import table
from symrisk.decide.defined import divisors
from symrisk.decide.limits.frame import Frame
from symrisk.engine.algebra.rational import coefficients_in, name_of
from symrisk.engine.cells.cell import lead_sign, monic
from symrisk.errors import NoMethod


@dataclass
class Reading:
    """Lowest orders in eps, the letter being put at one end of its interval; the signs needed,
    each with its evidence.
    """

    frame: Frame
    eps: int
    value: object
    signs: list = field(default_factory=list)
    known: dict = field(default_factory=dict)

    def lowest(self, expression):
        """((order of the numerator, of the denominator), their lowest coefficients); zero counts
        as of order 1.
        """
        ratio = self.frame.convert(expression).substitute(self.frame.germ.letter, self.value)
        for link in reversed(self.frame.cell.links[:-1]):
            if link.coordinate is None:
                ratio = ratio.substitute(self.frame.space.field.symbols[link.variable], link.image)
        top, bottom = (
            coefficients_in(poly, self.eps) or {1: poly} for poly in (ratio.num, ratio.den)
        )
        return (int(min(top)), int(min(bottom))), (top[min(top)], bottom[min(bottom)])

    def sign(self, poly):
        """The strict sign of a coefficient on the cell, noted with its evidence; Vanishing where it
        may be zero.

        One polynomial stands for all its multiples by numbers, and a number speaks for itself.
        """
        if poly.is_zero():
            raise self.frame.vanishing(poly)
        if poly.is_constant():
            return lead_sign(poly)
        name = name_of(monic(poly))
        if name not in self.known:
            self.known[name] = self._shown(monic(poly))
        return self.known[name] * lead_sign(poly)

    def _shown(self, poly):
        ring = self.frame.space.field
        known = self.frame.cell.sign(poly).value
        for sign in (known, -known) if known else (1, -1):
            proof = self.frame.proof(ring.ratio(poly * sign), strict=True)
            if proof is not None:
                self.signs.append({"of": table(ring, poly), "sign": sign, **proof})
                return sign
        raise self.frame.vanishing(poly)

    def _check_divisors(self, found):
        """Close to the point, what is divided by must be something: the inner divisors before
        those that they stand in.
        """
        for divisor in reversed(found):
            top = self.lowest(divisor)[1][0]
            if top.is_zero():
                raise NoMethod(
                    f"{divisor} is zero in a regime: there is nothing that could tend to a limit"
                )
            self.sign(top)

    def regime(self, end, bound):
        """What the inner expression tends to here: 0, a quotient of lowest coefficients, or
        infinite with the sign it has.
        """
        germ = self.frame.germ
        near = [e for e in germ.near if not e.is_number]
        self._check_divisors(list(dict.fromkeys((*divisors(germ.inside), *near))))
        orders, (top, bottom) = self.lowest(self.frame.germ.inside)
        ring, sign = self.frame.space.field, self.sign(bottom)
        if orders[0] < orders[1]:
            limit = sympy.oo * sign * self.sign(top)
        else:
            limit = (
                ring.ratio(top) / ring.ratio(bottom) if orders[0] == orders[1] else ring.constant(0)
            )
        return Regime(self.frame, end, bound, orders, (top, bottom), limit, self.signs)


@dataclass
class Regime:
    """A cell of the other names and the end of the letter at which x reaches its point.

    bound: the letter's bound there, None where it is infinite.  orders: lowest powers of eps in
    numerator and denominator; lowest: their coefficients.  limit: a Ratio, oo or -oo.
    """

    frame: Frame
    end: str
    bound: object
    orders: tuple
    lowest: tuple
    limit: object
    signs: list

    @property
    def is_infinite(self):
        return isinstance(self.limit, sympy.Basic)

    @property
    def expression(self):
        return self.limit if self.is_infinite else sympy.factor(self.limit.expression())

    def entry(self):
        """Plain data."""
        top, bottom = (table(self.frame.space.field, poly) for poly in self.lowest)
        bound = None if self.bound is None else self.frame.quotient(self.bound)
        return {
            **self.frame.entry(),
            "end": self.end,
            "bound": bound,
            "orders": list(self.orders),
            "numerator": top,
            "denominator": bottom,
            "signs": self.signs,
            "limit": str(self.expression),
        }


def ends(space, link):
    """(name, bound or None, the letter in terms of eps) for both ends of the letter's interval,
    if it has an inside.
    """
    if link.coordinate is None:
        return
    eps = space.field.generator(space.field.symbols[link.coordinate])
    for bound, name, step in ((link.lower, "lower", eps), (link.upper, "upper", -eps)):
        if bound is None:
            yield name, None, -space.field.one / step
        else:
            yield name, bound.value, bound.value + step
