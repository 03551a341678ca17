"""What a limit is in one case, read off an expansion."""

from dataclasses import dataclass

import sympy

from symrisk.decide.certificate import table
from symrisk.decide.defined import divisors
from symrisk.engine.algebra.rational import Ratio
from symrisk.errors import NoMethod


@dataclass
class Outcome:
    """The lowest term of what tends to a limit: coefficient * SMALL^order, 0 where it vanishes.

    fails: the place of a hypothesis that does not hold close to the point; then there is no limit
    in the case.  data: the expansion, as certificate data.
    """

    case: object
    data: dict
    fails: int | None = None
    order: int = 0
    coefficient: Ratio | None = None
    sign: int = 0

    @property
    def limit(self) -> sympy.Expr:
        """The limit in the claim's own words, or an infinity."""
        if self.order < 0:
            return sympy.oo * self.sign
        if self.order > 0 or self.coefficient is None:
            return sympy.Integer(0)
        return sympy.factor(self.case.restored(self.coefficient.expression()))


def outcome_of(case) -> Outcome:
    """The outcome in a case; Split where it depends on a sign that is not the same throughout."""
    return case.expanded(lambda expansion: _Settled(case, expansion).outcome())


class _Settled:
    """An expansion from which an outcome is read, with the quotients on which it rests."""

    def __init__(self, case, expansion):
        self.case, self.expansion, self.ground = case, expansion, expansion.ground
        self.rests_on = [*expansion.needed, *self._of_letters()]

    def outcome(self):
        reading = self.case.reading
        for place, expression, rel in reading.restless():
            if not self._holds(expression, rel):
                return Outcome(self.case, self._data(), fails=place)
        inner = reading.rational(reading.inner)
        near = [reading.rational(e) for e in reading.near]
        for divisor in dict.fromkeys((*divisors(inner), *near)):
            self._refuse_vanishing(divisor)
        lowest = self._lowest(inner)
        if lowest is None:
            return Outcome(self.case, self._data(), order=1)
        if lowest.coefficient.is_zero() and lowest.order < 0:
            raise NoMethod(self._unknown())
        sign = 0
        if lowest.order < 0:
            sign = self.ground.sign(lowest.coefficient)
            self.rests_on.append(lowest.coefficient)
        else:
            self.rests_on.append(self.ground.field.ratio(lowest.coefficient.den))
        data = self._data()
        coefficient = self.ground.reduced(lowest.coefficient)
        return Outcome(self.case, data, None, lowest.order, coefficient, sign)

    def _of_letters(self):
        """The coefficients of what letters solve: by their signs there is one solution."""
        for each in self.case.letters:
            if each.is_new:
                parts = sympy.Poly(each.equation, each.letter).all_coeffs()
                yield from (self.ground.convert(part) for part in parts if part != 0)

    def _lowest(self, expression):
        try:
            lowest = self.expansion.lowest(expression)
        except ZeroDivisionError:
            raise NoMethod(f"{expression} has no value close to the point") from None
        if lowest is not None:
            self.rests_on.append(lowest.bottom)
        return lowest

    def _holds(self, expression, rel):
        """Whether a hypothesis holds close to the point, everywhere in the case or nowhere."""
        lowest = self._lowest(expression)
        if lowest is None:
            return rel in (">=", "==")
        self._refuse_nothing(lowest, expression)
        self.rests_on.append(lowest.coefficient)
        return self.ground.sign(lowest.coefficient) > 0 and rel != "=="

    def _refuse_nothing(self, lowest, expression):
        if lowest.coefficient.is_zero():
            raise NoMethod(f"{self.case.restored(expression)}: {self._unknown()}")

    def _unknown(self):
        """What is not known of means."""
        reasons = [each.unknown for each in self.case.means if each.unknown]
        means = " and ".join(str(each.mean) for each in self.case.means)
        return "; ".join(reasons) or f"of {means} the lowest order cancels: no more is known"

    def _refuse_vanishing(self, divisor):
        lowest = self._lowest(divisor)
        if lowest is None:
            shown = "a divisor" if divisor == 0 else self.case.restored(divisor)
            raise NoMethod(
                f"{shown} is zero in a regime: there is nothing that could tend to a limit"
            )
        self._refuse_nothing(lowest, divisor)
        self.rests_on.append(lowest.coefficient)

    def _data(self):
        return {
            "power": self.expansion.power,
            "means": [each.data for each in self.case.means],
            "letters": [
                {"letter": str(each.letter), "equation": self._table(each.equation)}
                for each in self.case.letters
                if each.is_new
            ],
            "roots": [
                {
                    "name": str(branch.name),
                    "order": branch.order,
                    "terms": [self._quotient(term) for term in branch.terms],
                }
                for branch in self.expansion.branches
            ],
            "signs": self.case.entries(self.ground, self.rests_on),
        }

    def _table(self, polynomial):
        return table(self.ground.field, self.ground.convert(polynomial).num)

    def _quotient(self, expression):
        return quotient(self.ground.field, self.ground.convert(expression))


def quotient(field, ratio) -> dict:
    """A quotient as two tables."""
    return {"numerator": table(field, ratio.num), "denominator": table(field, ratio.den)}
