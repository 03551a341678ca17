"""What is claimed of every law, close to a limit's point, over laws of a few atoms."""

import random

import sympy

from symrisk.decide.recheck.limits.closer import comes_closer
from symrisk.decide.recheck.points import drawn
from symrisk.engine.expressions.mean import Mean
from symrisk.errors import NotProved

LAWS, ATOMS = 12, 3


def check_at_laws(state, digits):
    """NotProved where over one of some random laws the expression does not come closer to the
    claimed side; where roots are spoken of, nothing is looked at.
    """
    if state.roots:
        return
    draw, problem = random.Random(4), state.problem
    premises = problem.claim.region.premises
    for _ in range(LAWS):
        values = _Values(draw)
        place = {
            s: drawn(draw, s)
            for s in problem.region.symbols
            if s != state.name and getattr(s, "kind", None) != "law"
        }
        points = [{**place, state.name: _near(state, place, power)} for power in (20, 40)]
        if not all(_holds(values.at(r.slack, points[1]), r.slack_rel) for r in premises):
            continue
        seen = [values.at(state.given, point).evalf(digits) for point in points]
        aim = state.aim
        target = aim if aim.is_infinite else values.at(aim, points[1]).evalf(digits)
        if not comes_closer(*seen, target, state.rel):
            raise NotProved(f"{state.says}: not confirmed over a law at {place}")


class _Values:
    """Random laws, one for each letter that is asked for, and expressions over them."""

    def __init__(self, draw):
        self.draw, self.laws = draw, {}

    def at(self, expression, point):
        """An expression at a point, its means as sums over atoms."""
        expression = sympy.sympify(expression)
        means = sorted(expression.atoms(Mean), key=str)
        sums = {mean: self._sum(mean) for mean in means}
        return expression.xreplace(sums).xreplace(point)

    def _sum(self, mean):
        total, (variable,) = sympy.Integer(0), mean.variables
        for value, weight in self._law(mean.law):
            total += weight * mean.integrand.xreplace({variable: value})
        return total

    def _law(self, law):
        if law not in self.laws:
            shares = [self.draw.randint(1, 9) for _ in range(ATOMS)]
            sizes = [sympy.Rational(self.draw.randint(1, 997), 331) for _ in shares]
            weights = [sympy.Rational(share, sum(shares)) for share in shares]
            self.laws[law] = list(zip(sizes, weights, strict=True))
        return self.laws[law]


def _holds(slack, rel):
    if not slack.is_number:
        return False
    return slack == 0 if rel == "==" else bool(slack > 0) if rel == ">" else bool(slack >= 0)


def _near(state, place, power):
    if state.point.is_infinite:
        return -state.side * sympy.Integer(10) ** power
    step = sympy.Rational(1, sympy.Integer(10) ** power)
    return state.words.restored(state.point).xreplace(place) + state.side * step
