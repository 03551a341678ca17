"""Several roots and what is written in them, as one name comes to a point."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import sympy

from symrisk.engine.expansion.branch import Branch, Ramified, Unsettled, begun, next_term
from symrisk.engine.expansion.ground import SMALL, Ground, Lowest
from symrisk.errors import NoMethod

MOST_POWER = 12
"""The highest power of the small letter that the distance from the point may be."""
MOST_TERMS = 24
"""Of one root's expansion."""


@dataclass(frozen=True)
class Moving:
    """A root that moves: its name, the equation that it solves, and the ends between which."""

    name: sympy.Symbol
    equation: sympy.Expr
    between: tuple


@dataclass(frozen=True)
class Scene:
    """What tends where, and what moves with it.

    name tends to point, from above (side 1) or below (-1).  roots: those that move, each after
    those that it rests on.  letters: what stays.  equations: {letter: what vanishes} of those
    letters that solve something.  zeros: what roots may begin with, beside quotients.  begun:
    (letter, order, limit) of letters that are the distance to a power, times the limit and what
    tends to 0.
    """

    name: sympy.Symbol
    point: sympy.Expr
    side: int
    roots: tuple
    letters: tuple
    equations: tuple = ()
    zeros: tuple = ()
    begun: tuple = ()

    def moved(self, power: int) -> sympy.Expr:
        """The name, where the small letter to a power is its distance, or one over the name."""
        if self.point.is_infinite:
            return -self.side / SMALL**power
        return self.point + self.side * SMALL**power


class Expansion:
    """A scene in powers of the small letter, each root to some terms.

    power: which power of the small letter the name's distance is.  branches: the roots.  needed:
    quotients in the letters on whose having a value, and not vanishing, the branches rest.
    """

    def __init__(self, scene: Scene, sign: Callable, power: int, count: int):
        self.scene, self.power = scene, power
        unknown = [sympy.Symbol(f"rest_{k}") for k in range(len(scene.roots))]
        vanishing = [sympy.Symbol(f"gone_{k}") for k in range(len(scene.begun))]
        equations = dict(scene.equations)
        self.ground = Ground(scene.letters, equations, unknown, sign, scene.zeros, vanishing)
        self.put = {scene.name: scene.moved(power)}
        for (letter, order, limit), gone in zip(scene.begun, vanishing, strict=True):
            self.put[letter] = SMALL ** (order * power) * (limit + gone)
        self.branches, self.needed = [], []
        for place, root in enumerate(scene.roots):
            # A root is known to fewer terms than those that it rests on.
            self._follow(root, unknown[place], count * (len(scene.roots) - place))

    def _follow(self, root, rest, count):
        between = tuple(end.xreplace(self.put) for end in root.between)

        def polynomial(value):
            return self.ground.convert(root.equation.xreplace({**self.put, root.name: value}))

        order, first = begun(self.ground, polynomial, between)
        branch = Branch(root.name, between, order, (first,), rest)
        while len(branch.terms) < count:
            term, _ = next_term(self.ground, polynomial, branch)
            branch = Branch(root.name, between, order, (*branch.terms, term), rest)
        _, needed = next_term(self.ground, polynomial, branch)
        self.needed += [*needed, self.ground.convert(branch.terms[0])]
        later = [self.ground.convert(term) for term in branch.terms[1:]]
        self.needed += [self.ground.field.ratio(term.den) for term in later]
        self.branches.append(branch)
        self.put[root.name] = branch.value

    def converted(self, expression: sympy.Expr):
        """An expression in the small letter, as a quotient."""
        return self.ground.convert(expression.xreplace(self.put))

    def lowest(self, expression: sympy.Expr) -> Lowest | None:
        """The lowest term of an expression; None where it vanishes near the point, Unsettled where
        more terms of the roots are wanted.
        """
        lowest = self.ground.lowest(self.converted(expression))
        if lowest is not None:
            known = map(self.ground.is_known, (lowest.coefficient, lowest.bottom))
            if not all(known):
                raise Unsettled
        return lowest

    def terms(self, expression: sympy.Expr, count: int) -> dict[int, sympy.Expr]:
        """{power of the small letter: coefficient} of an expression's first terms."""
        rest, terms = expression, {}
        for _ in range(count):
            lowest = self.lowest(rest)
            if lowest is None:
                break
            coefficient = lowest.coefficient.expression()
            terms[lowest.order] = coefficient
            rest = rest - coefficient * SMALL**lowest.order
        return terms


def expanded(scene: Scene, sign: Callable, settle: Callable):
    """What `settle` makes of an expansion that has terms enough for it.

    NoMethod where no number of terms within bounds is enough.
    """
    power, count = 1, 1
    while power <= MOST_POWER and count <= MOST_TERMS:
        try:
            return settle(Expansion(scene, sign, power, count))
        except Ramified as broken:
            power *= int(broken.args[0])
        except Unsettled:
            count *= 2
    raise NoMethod(f"{power} is too high a power, or {count} terms too many, to expand in")


def ordered(roots: Mapping, moving: Iterable[sympy.Symbol]) -> list[sympy.Symbol]:
    """Roots that move, each after those that it rests on."""
    left, found = sorted(moving, key=str), []
    while left:
        ready = [name for name in left if not roots[name].free_symbols & (set(left) - {name})]
        if not ready:
            circle = " and ".join(map(str, left))
            raise NoMethod(f"{circle} move together, each solving an equation in the others")
        found += ready
        left = [name for name in left if name not in ready]
    return found
