"""What a claim about a limit says: what moves with the name that tends to a point, in letters, and
under which conditions.

Where one root moves with the name, its equation, linear in the name, gives the name in terms of the
root.
"""

import sympy

from symrisk.decide.recheck.arithmetic import exact, over
from symrisk.engine.algebra.generators import Generators
from symrisk.engine.expressions.limit_of import LimitOf
from symrisk.engine.noun import cached_property
from symrisk.errors import NotProved
from symrisk.language.relation import FLIPPED


class Approach:
    """`inner` rel `aim` as `name` comes to `point` from `side`; `letter` is what moves, `image`
    the name in its terms.
    """

    def __init__(self, problem):
        self.problem, says = problem, problem.claim.says
        left, right = problem.sides
        is_left = isinstance(left, LimitOf)
        node, aim = (left, right) if is_left else (right, left)
        if not isinstance(node, LimitOf) or aim.has(LimitOf) or node.args[0].has(LimitOf):
            raise NotProved(f"{says}: it is no limit that is claimed")
        self.rel = problem.relation.rel if is_left else FLIPPED[problem.relation.rel]
        self.given, self.name, self.point, side = node.args
        self.side = int(side)
        self.generators, self.aim = Generators(problem.claim.unknowns), aim
        self.inner, self.claimed, _ = (
            self.generators.rewrite(e) for e in (self.given, aim, self.point)
        )
        self.near = [self.generators.rewrite(e) for e in problem.claim.near]
        self.conditions = [
            (self.generators.rewrite(e), strict) for e, strict in problem.region.conditions
        ]
        self.equations = self._equations()
        moving = self._moving()
        if len(moving) > 1:
            raise NotProved(f"{says}: with {self.name} moves {' and '.join(map(str, moving))}")
        self.letter = moving[0] if moving else self.name
        self.held = [name for name in self.equations if name not in self._all_moving]
        self.image = self._solved_for_name() if moving else self.name

    def _equations(self):
        for _ in range(2):
            found = {
                name: self.generators.rewrite(root.polynomial)
                for name, root in list(self.generators.roots.items())
            }
        return found

    @cached_property
    def _all_moving(self):
        """Every root that depends on the name, directly or through others."""
        moving = set()
        roots = {
            name: self.generators.roots[name].free_symbols | e.free_symbols
            for name, e in self.equations.items()
        }
        while (
            more := {name for name, symbols in roots.items() if symbols & {self.name, *moving}}
            - moving
        ):
            moving |= more
        return moving

    def _moving(self):
        reached = set().union(
            self.inner.free_symbols,
            self.claimed.free_symbols,
            *(e.free_symbols for e in self.near),
            *(e.free_symbols for e, _ in self.conditions),
        )
        size = 0
        while size < len(reached):
            size = len(reached)
            for name in reached & self.equations.keys():
                reached |= self.generators.roots[name].free_symbols
        return sorted(self._all_moving & reached, key=str)

    def _solved_for_name(self):
        """The name, where the moving root's equation is linear in it."""
        equation = self.generators.roots[self.letter].polynomial
        numerator, denominator = sympy.fraction(sympy.together(equation))
        polynomial = sympy.Poly(numerator if denominator.has(self.name) else equation, self.name)
        if polynomial.degree() != 1:
            raise NotProved(
                f"{self.problem.claim.says}: the equation of {self.letter} is not linear in "
                f"{self.name}"
            )
        slope, rest = polynomial.all_coeffs()
        return -rest / slope

    def put(self, expression):
        """An expression in the letter that moves."""
        return expression.xreplace({self.name: self.image})

    @cached_property
    def gap(self):
        """What tends to 0, or to infinity, with the name."""
        return self.image if self.point.is_infinite else self.image - self.point

    @cached_property
    def hypotheses(self):
        """Pairs (expression in letters, strict) that hold close to the point."""
        found = [(self.put(e), strict) for e, strict in self.conditions]
        letters = {*self.equations, *self.generators.powers}
        spoken = (self.inner, self.claimed, self.image, *(e for e, _ in found))
        symbols = set().union(*(e.free_symbols for e in spoken))
        found += [
            (s, bool(s.is_positive))
            for s in symbols
            if s.is_nonnegative and s not in letters and s != self.name
        ]
        if self.name.is_nonnegative:
            found.append((self.image, bool(self.name.is_positive)))
        found.append(
            (
                -self.side * self.image
                if self.point.is_infinite
                else self.side * (self.image - self.point),
                True,
            )
        )
        for name in self.equations:
            if name in symbols:
                found += self._between(self.generators.roots[name])
        for power in self.generators.powers.values():
            found += [(power.unknown, False), (1 - power.unknown, False)]
        return found

    def _between(self, root):
        low, high = (self.put(self.generators.rewrite(end)) for end in root.between)
        found = [(root.unknown - low, root.radicand is None)] if low != -sympy.oo else []
        return found + ([(high - root.unknown, True)] if high != sympy.oo else [])

    def completed(self, known):
        """{symbol: value} with what the equations of held roots give; NotProved where they do
        not give it.
        """
        known = dict(known)
        pending = [self.equations[name] for name in self.held if name in known]
        while pending:
            missing = [(e, e.free_symbols - known.keys()) for e in pending]
            ready = [(e, left) for e, left in missing if len(left) <= 1]
            if not ready:
                return known
            equation, left = ready[0]
            pending.remove(equation)
            for symbol in left:
                known[symbol] = _linear_zero(
                    sympy.fraction(sympy.together(equation))[0], symbol, known
                )
        return known

    def solutions(self, names):
        """{letter: its value} of letters that are not among `names` and that held roots'
        equations give, linear in them.
        """
        found, pending = (
            {},
            [
                sympy.fraction(sympy.together(self.equations[name]))[0]
                for name in self.held
                if str(name) in names
            ],
        )
        for _ in range(len(pending)):
            for equation in pending:
                missing = {s for s in equation.free_symbols - found.keys() if str(s) not in names}
                if len(missing) == 1 and sympy.degree(equation, *missing) == 1:
                    slope, rest = sympy.Poly(equation, *missing).all_coeffs()
                    found[missing.pop()] = -rest / slope
        return found

    def solves(self, known):
        """Whether the equations of held roots hold at exact values."""
        return all(over(self.equations[name], known) == 0 for name in self.held if name in known)


def _linear_zero(polynomial, symbol, known):
    at = [over(polynomial, {**known, symbol: exact(k)}) for k in (0, 1)]
    return -at[0] / (at[1] - at[0])
