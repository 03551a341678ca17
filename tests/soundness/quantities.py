"""What claims are made of: each quantity knows how the library is told it, and what its value is at a point."""

from dataclasses import dataclass, field
from fractions import Fraction

import sympy
from soundness.functions import sign
from soundness.meaning import STANDS, refuse_no_law, value
from soundness.reals import Jet, NoValue
from soundness.solving import only_zero

from symrisk import Formula, Implicit, Region
from symrisk.language.relation import Relation
from symrisk.symbols import symbol

NAME = symbol("f", "f", "a quantity of this test")
OTHER = symbol("g", "g", "another quantity of this test")


def letters_of(expression):
    """Free letters, those that stand for laws among them."""
    return set(expression.free_symbols)


@dataclass(frozen=True)
class Text:
    """An expression, perhaps a formula's, with its region and what its names stand for.

    on: triples (left, rel, right).  roots: {name: (polynomial, between)}.  solved: {name: (Implicit, value at a point)}.
    """

    expression: sympy.Expr
    on: tuple = ()
    roots: dict = field(default_factory=dict, hash=False)
    where: dict = field(default_factory=dict, hash=False)
    solved: dict = field(default_factory=dict, hash=False)
    is_formula: bool = False
    name: sympy.Symbol = NAME

    def __post_init__(self):
        object.__setattr__(self, "expression", sympy.sympify(self.expression))
        triples = tuple(
            (sympy.sympify(left), rel, sympy.sympify(right)) for left, rel, right in self.on
        )
        object.__setattr__(self, "on", triples)

    @property
    def letters(self):
        ends = [
            e
            for polynomial, between in self.roots.values()
            for e in (polynomial, *map(sympy.sympify, between))
        ]
        inputs = set().union(
            letters_of(self.expression),
            *map(letters_of, [*ends, *self.where.values()]),
            *(letters_of(s) for left, _, right in self.on for s in (left, right)),
            *(more for _, _, more in self.solved.values()),
        )
        return inputs - self.roots.keys() - self.where.keys() - self.solved.keys()

    def build(self):
        if not (self.on or self.roots or self.where or self.solved or self.is_formula):
            return self.expression
        where = dict(self.where)
        for name, (polynomial, between) in self.roots.items():
            where.update(Implicit.root(name, polynomial, between))
        for implicit, _, _ in self.solved.values():
            where.update(implicit)
        over = sorted(self.letters, key=str)
        return Formula(self.name, self.expression, where=where or None, on=region(self.on, over))

    def extended(self, point, spoken):
        """The point with what the names stand for that are spoken of."""
        point = dict(point)
        for name, (_, solve, _) in self.solved.items():
            point[name] = solve(point)
        for name, (polynomial, between) in self.roots.items():
            if name in self._used(spoken):
                point[name] = only_zero(polynomial, name, between, point)
        for name, expression in self.where.items():
            point[name] = value(expression, point)
        return point

    def _used(self, spoken):
        """The letters spoken of, and those that the definitions of these speak of."""
        used = set(spoken)
        for name, (polynomial, between) in reversed(self.roots.items()):
            if name in used:
                used |= polynomial.free_symbols.union(
                    *(sympy.sympify(end).free_symbols for end in between)
                )
        return used

    def value(self, point):
        return value(self.expression, self.extended(point, self.expression.free_symbols))

    def admits(self, point):
        """Whether the quantity's own region has the point."""
        if not self.on:
            return True
        point = self.extended(
            point,
            set().union(*(s.free_symbols for left, _, right in self.on for s in (left, right))),
        )
        return all(
            [compares(value(left, point), rel, value(right, point)) for left, rel, right in self.on]
        )

    @property
    def critical(self):
        """Expressions whose zeros are worth a look."""
        if self.roots or self.where or self.solved:
            return [e for left, _, right in self.on for e in (left, right)]
        return [*breaks(self.expression), *(left - right for left, _, right in self.on)]

    def __str__(self):
        more = [
            f"{name}: {kept}"
            for name, kept in (("on", self.on), ("roots", self.roots), ("where", self.where))
            if kept
        ]
        return (
            f"[{self.expression}{' | ' if more else ''}{'; '.join(more)}]"
            if more or self.is_formula
            else str(self.expression)
        )


def breaks(expression):
    """Denominators, radicands and the gaps of conditions."""
    for node in sympy.preorder_traversal(expression):
        if node.is_Pow and not (node.exp.is_Integer and node.exp > 0):
            yield node.base
        if isinstance(node, sympy.core.relational.Relational):
            yield node.lhs - node.rhs


@dataclass(frozen=True)
class Put:
    """A quantity with names replaced by expressions, or a law's letter by a law."""

    of: object
    values: tuple

    @property
    def letters(self):
        brought = set().union(*(v.free_symbols for _, v in self.values))
        return (self.of.letters - {name for name, _ in self.values}) | brought

    def build(self):
        return self.of.build().at(dict(self.values))

    def moved(self, point):
        put = {}
        for name, new in self.values:
            if getattr(name, "kind", None) == "law":
                put[name] = [
                    (
                        {v: value(x, point) for v, x in zip(new.variables, row, strict=True)},
                        value(weight, point),
                    )
                    for row, weight in new.points
                ]
                refuse_no_law(put[name])
            else:
                put[name] = value(new, point)
        return {**point, **put}

    def value(self, point):
        return self.of.value(self.moved(point))

    def admits(self, point):
        try:
            moved = self.moved(point)
        except NoValue:
            # a sign that is asked of what has no value holds nowhere; where none is asked, it is the side that has no value
            return not any(s.is_nonnegative for s, _ in self.values)
        kept = [(s, moved[s]) for s, _ in self.values if getattr(s, "kind", None) != "law"]
        return all([fits(s, v) for s, v in kept]) and self.of.admits(moved)

    critical = ()

    def __str__(self):
        return f"{self.of}.at({dict(self.values)})"


@dataclass(frozen=True)
class Joined:
    """A sum, difference, product or quotient of two quantities, made by the library's own arithmetic."""

    left: object
    sign: str
    right: object

    @property
    def letters(self):
        return self.left.letters | self.right.letters

    def build(self):
        one, two = self.left.build(), self.right.build()
        return {
            "+": lambda: one + two,
            "-": lambda: one - two,
            "*": lambda: one * two,
            "/": lambda: one / two,
        }[self.sign]()

    def value(self, point):
        one, two = self.left.value(point), self.right.value(point)
        if self.sign == "/":
            return one * value(1 / sympy.Symbol("two"), {sympy.Symbol("two"): two})
        return {"+": lambda: one + two, "-": lambda: one - two, "*": lambda: one * two}[self.sign]()

    def admits(self, point):
        return self.left.admits(point) and self.right.admits(point)

    @property
    def critical(self):
        return [*self.left.critical, *self.right.critical]

    def __str__(self):
        return f"({self.left} {self.sign} {self.right})"


def region(triples, over):
    return Region(*(Relation(*triple) for triple in triples), over=over)


def compares(left, rel, right):
    return STANDS[rel](sign(left - right))


def fits(letter, number):
    """Whether a number is one that the letter may stand for."""
    number = number.parts[0] if isinstance(number, Jet) else number
    if letter.is_integer and not (isinstance(number, Fraction) and number.denominator == 1):
        return False
    here = sign(number)
    return here > 0 if letter.is_positive else here >= 0 if letter.is_nonnegative else True
