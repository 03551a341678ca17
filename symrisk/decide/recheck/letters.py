"""A problem's letters: inputs, roots, powers and means as free coordinates, and the conditions on
them, from the claim's text.

A root is a letter, and where its equation is linear in one of the other letters that one is not
free: it is what the equation says.  Hypotheses, the signs in the meanings of symbols and the
intervals of roots are conditions on the letters.  Points are exact.
"""

import sympy

from symrisk.decide.recheck.arithmetic import exact, over
from symrisk.engine.noun import cached_property
from symrisk.errors import NotProved


class Letters:
    """The letters of a problem by name; `complete` adds to free ones what equations give,
    `admits` asks the conditions.
    """

    def __init__(self, problem):
        self.problem, self.generators = problem, problem.space.generators
        self.symbols = {str(s): s for s in problem.space.symbols}
        self.names = {s: name for name, s in self.symbols.items()}
        self.solved = {s: ratio.expression() for s, ratio in problem.space.solved.items()}
        self.free = tuple(name for name, s in self.symbols.items() if s not in self.solved)
        self.unsolved = [problem.space.field.symbols[index] for index, _ in problem.space.unsolved]

    @cached_property
    def sides(self):
        return tuple(self.generators.rewrite(side) for side in self.problem.sides)

    @cached_property
    def equations(self):
        """The numerators of the equations of all roots in use, root -> polynomial."""
        roots = {s: root for s, root in self.generators.roots.items() if s in self.symbols.values()}
        rewritten = {s: self.generators.rewrite(root.polynomial) for s, root in roots.items()}
        return {s: sympy.fraction(sympy.together(e))[0] for s, e in rewritten.items()}

    def complete(self, values, constant=exact):
        """{symbol: value} of all letters, from {name: value} of the free ones; the equations
        that are solved must hold.
        """
        known = {self.symbols[name]: values[name] for name in self.free}
        # What is solved for first may hold what is solved for later.
        for symbol, expression in reversed(self.solved.items()):
            known[symbol] = over(expression, known, constant)
        return known

    def named(self, known):
        """{name: value} of {symbol: value}."""
        return {self.names[s]: value for s, value in known.items()}

    @cached_property
    def identity(self):
        """What conditions and equations say, to tell problems on one region from others."""
        author = self.problem.region.chart
        return (
            tuple(self.conditions),
            tuple(self.problem.space.power_signs),
            tuple(self.problem.space.function_signs),
            self.free,
            tuple(self.solved.items()),
            tuple(self.equations.items()),
            author,
        )

    def solves(self, known):
        """Whether an exact point satisfies every equation that was solved for one of its
        letters.
        """
        by = self.problem.space.solved_by
        return all(over(self.equations[root], known) == 0 for root in by if root in self.equations)

    def gap(self, known, constant=exact):
        """The larger side minus the smaller."""
        left, right = (over(side, known, constant) for side in self.sides)
        return right - left if self.problem.relation.rel in ("<", "<=") else left - right

    @cached_property
    def conditions(self):
        """Pairs (expression in letters, strict): expression > 0, or >= 0."""
        found = []
        for relation in self.problem.region.premises:
            slack = self.generators.rewrite(relation.slack)
            found.append((slack, relation.strict))
            if relation.rel == "==":
                found.append((-slack, False))
        letters = {*self.generators.roots, *self.generators.powers}
        found += [
            (s, bool(s.is_positive))
            for s in self.symbols.values()
            if s.is_nonnegative and s not in letters
        ]
        # Closed at zero: whether a power vanishes is a matter of its base (`_is_tied`).
        found += [(e, False) for e, _ in self.problem.space.power_signs]
        found += self.problem.space.function_signs
        for root in self.generators.roots.values():
            found += self._between(root)
        known = set(self.symbols.values())
        return [(e, strict) for e, strict in found if e.free_symbols <= known]

    def _between(self, root):
        """A root lies inside its interval; a radical may touch zero, where its radicand does,
        and no end that isolates it.
        """
        low, high = (self.generators.rewrite(end) for end in root.between)
        is_open = root.radicand is None or low != 0
        found = [(root.unknown - low, is_open)] if low != -sympy.oo else []
        return found + ([(high - root.unknown, True)] if high != sympy.oo else [])

    def admits(self, known):
        """Whether an exact point satisfies all conditions, and a radical or a power is zero only
        where what it is taken of is.

        What has no value satisfies nothing.
        """
        try:
            return self.fits(known) and self._is_tied(known)
        except ZeroDivisionError:
            return False

    def is_where_powers_are(self, known):
        """Whether no power vanishes of which the prover says that it does not.

        The prover's word is taken for nothing else: it can only make a cell smaller.
        """
        strict = [e for e, is_strict in self.problem.space.power_signs if is_strict]
        return all(over(e, known) > 0 for e in strict if e.free_symbols <= known.keys())

    def fits(self, known, conditions=None):
        """Whether an exact point satisfies conditions, or all of them; ZeroDivisionError where
        one of them has no value.
        """
        return all(
            self._holds(over(e, known), strict)
            for e, strict in (self.conditions if conditions is None else conditions)
        )

    @staticmethod
    def _holds(value, strict):
        return value > 0 if strict else value >= 0

    def _is_tied(self, known):
        for root in self.generators.roots.values():
            if (
                root.radicand is not None
                and known.get(root.unknown) == 0
                and over(self._inside(root.radicand), known) != 0
            ):
                return False
        zeros = [
            power for power in self.generators.powers.values() if known.get(power.unknown) == 0
        ]
        return all(over(self._inside(power.base), known) == 0 for power in zeros)

    def _inside(self, expression):
        return self.generators.rewrite(expression)


def letters_of(problem):
    """The letters of a problem, once."""
    if not hasattr(problem, "_letters"):
        problem._letters = Letters(problem)
    return problem._letters


def check_equations(problem, letters, known):
    """NotProved where what was solved for is not what the roots' equations say."""
    if not letters.solves(known):
        raise NotProved(f"{problem.claim.says}: an equation was solved wrongly")
