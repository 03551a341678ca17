"""A mean that moves, again: its integrand over a power of the distance is monotone at every
eigenvalue, and tends to what is said there.
"""

import sympy

from symrisk.engine.expressions.mean import Mean
from symrisk.errors import NotProved

DISTANCE = sympy.Symbol("distance", positive=True)
ZERO = sympy.Integer(0)
ALLOWED = {"bottom": "<>", "slope": ("<=", ">="), "first": "<>", "floor": (">=",)}


class MovingMean:
    """A printed mean of a State: (distance)^order (limit + what tends to 0)."""

    def __init__(self, state, entry, mean):
        self.state, self.entry, self.mean = state, entry, mean
        if entry["mean"] != str(mean):
            raise NotProved(f"{state.says}: it is {mean} that moves, not {entry['mean']}")
        is_plain = mean.integrand.is_rational_function() and not mean.integrand.has(Mean)
        if len(mean.variables) != 1 or not mean.variables[0].is_nonnegative or not is_plain:
            raise NotProved(f"{state.says}: {mean} is no mean of a quotient in one eigenvalue")
        self.variable, self.order = mean.variables[0], entry["order"]
        self.scaled = self._scaled()
        top, bottom = sympy.fraction(self.scaled)
        self.first = sympy.cancel(top.subs(DISTANCE, 0) / bottom.subs(DISTANCE, 0))
        self.limit = Mean(self.first, mean.law)
        self._check_order()

    def _scaled(self):
        state = self.state
        moved = -state.side / DISTANCE
        if not state.point.is_infinite:
            moved = state.words.restored(state.point) + state.side * DISTANCE
        whole = sympy.cancel(self.mean.integrand.xreplace({state.name: moved}))
        scaled = sympy.cancel(whole / DISTANCE**self.order)
        if sympy.fraction(scaled)[1].subs(DISTANCE, 0) == 0:
            raise NotProved(f"{state.says}: {self.mean} is of a lower order")
        return scaled

    def _check_order(self):
        """The order is that with which the integrand begins; or the one below, where the mean of
        what it begins with is not known to be finite.
        """
        if self.first != 0:
            return
        higher = sympy.cancel(self.scaled / DISTANCE)
        bottom = sympy.fraction(higher)[1].subs(DISTANCE, 0)
        begins = ZERO if bottom == 0 else sympy.fraction(higher)[0].subs(DISTANCE, 0)
        if begins == 0:
            raise NotProved(f"{self.state.says}: {self.mean} is of a higher order")

    def claims(self):
        """The claims that it rests on, with their certificates."""
        top, bottom = sympy.fraction(self.scaled)
        inside = sympy.Symbol(f"at_{self.variable}", nonnegative=True)
        above = sympy.Symbol(f"at_{self.variable}", positive=True)
        slope = sympy.expand(top.diff(DISTANCE) * bottom - top * bottom.diff(DISTANCE))
        yield self._claim(bottom.subs(self.variable, inside), "bottom")
        yield self._claim(slope.subs(self.variable, inside), "slope")
        yield self._claim(bottom.subs(DISTANCE, 0).subs(self.variable, above), "first")
        if not self._agrees_at_zero() and not self._keeps_off_zero():
            raise NotProved(f"{self.state.says}: {self.mean} may have another limit at zero")
        may_grow = self.first.has(self.variable) and self.limit not in self._spoken()
        if may_grow != ("floor" in self.entry):
            raise NotProved(f"{self.state.says}: it is not said why {self.limit} is finite")
        if may_grow:
            if self.entry["slope"]["rel"] != ">=":
                raise NotProved(f"{self.state.says}: {self.limit} may be infinite")
            parts = sympy.fraction(self.first.subs(self.variable, above))
            yield self._claim(parts[0] * parts[1], "floor")

    def _claim(self, expression, what):
        printed = self.entry[what]
        if printed["rel"] not in ALLOWED[what]:
            raise NotProved(f"{self.state.says}: {printed['rel']} says nothing of a mean")
        return self.state.claim(expression, printed["rel"], ZERO), printed["certificate"]

    def _spoken(self):
        """The means that do not move, of which the claim or its hypotheses speak."""
        state = self.state
        spoken = [state.aim, state.given.xreplace(dict(state.put))]
        spoken += [slack for _, slack, _ in state.premises]
        found = set().union(*(sympy.sympify(e).atoms(Mean) for e in spoken))
        return {mean for mean in found if state.name not in mean.free_symbols}

    def _agrees_at_zero(self):
        """Whether the limit at eigenvalue 0 is what the integrand's limit is there."""
        if self.variable.is_positive:
            return True
        top, bottom = (p.subs(self.variable, 0) for p in sympy.fraction(self.scaled))
        first = [p.subs(self.variable, 0) for p in sympy.fraction(self.first)]
        if sympy.expand(bottom) == 0 or sympy.expand(first[1]) == 0:
            return False
        above, below = (p.subs(DISTANCE, 0) for p in sympy.fraction(sympy.cancel(top / bottom)))
        return below != 0 and sympy.cancel(above / below - first[0] / first[1]) == 0

    def _keeps_off_zero(self):
        """Whether a mean that is spoken of would have no value if the law had mass at zero."""
        for mean in self._spoken():
            if mean.law != self.mean.law or len(mean.variables) != 1:
                continue
            own, integrand = mean.variables[0], mean.integrand
            if own.is_nonnegative and integrand.is_rational_function() and not integrand.has(Mean):
                bottom = sympy.fraction(sympy.cancel(integrand))[1]
                if sympy.expand(bottom.subs(own, 0)) == 0:
                    return True
        return False
