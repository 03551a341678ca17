"""A claim twice: as the library is told it, and as the oracle understands it."""

from dataclasses import dataclass, field
from fractions import Fraction

import sympy
from soundness.meaning import STANDS, NoValue, Unsure, line_through, only_zero, part, refuse_no_law, sign, value
from soundness.reals import Jet, Kink, enclosed

from symrisk import Claim, Formula, Implicit, Region
from symrisk.relation import Relation
from symrisk.symbols import Symbol, symbol

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
        triples = tuple((sympy.sympify(left), rel, sympy.sympify(right)) for left, rel, right in self.on)
        object.__setattr__(self, "on", triples)

    @property
    def letters(self):
        ends = [e for polynomial, between in self.roots.values() for e in (polynomial, *map(sympy.sympify, between))]
        inputs = set().union(letters_of(self.expression), *map(letters_of, [*ends, *self.where.values()]),
                             *(letters_of(s) for left, _, right in self.on for s in (left, right)),
                             *(more for _, _, more in self.solved.values()))
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
                used |= polynomial.free_symbols.union(*(sympy.sympify(end).free_symbols for end in between))
        return used

    def value(self, point):
        return value(self.expression, self.extended(point, self.expression.free_symbols))

    def admits(self, point):
        """Whether the quantity's own region has the point."""
        if not self.on:
            return True
        point = self.extended(point, set().union(*(s.free_symbols for left, _, right in self.on for s in (left, right))))
        return all([compares(value(left, point), rel, value(right, point)) for left, rel, right in self.on])

    @property
    def critical(self):
        """Expressions whose zeros are worth a look."""
        if self.roots or self.where or self.solved:
            return [e for left, _, right in self.on for e in (left, right)]
        return [*breaks(self.expression), *(left - right for left, _, right in self.on)]

    def __str__(self):
        more = [f"{name}: {kept}" for name, kept in (("on", self.on), ("roots", self.roots), ("where", self.where)) if kept]
        return f"[{self.expression}{' | ' if more else ''}{'; '.join(more)}]" if more or self.is_formula else str(self.expression)


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
                put[name] = [({v: value(x, point) for v, x in zip(new.variables, row, strict=True)}, value(weight, point))
                             for row, weight in new.points]
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
class Slope:
    """The derivative of a quantity by a letter."""

    of: object
    letter: sympy.Symbol

    @property
    def letters(self):
        return self.of.letters

    def build(self):
        return self.of.build().diff(self.letter)

    def value(self, point):
        if isinstance(point[self.letter], Jet):
            raise Unsure("a derivative of a derivative")
        try:
            return part(self.of.value(line_through(point, [self.letter], [(Fraction(1),)])), 1)
        except Kink:
            self._refuse_kink(point)
            raise

    def _refuse_kink(self, point):
        """NoValue where the slopes from both sides differ for certain; there are two sides where both lie in the region."""
        here, step = point[self.letter], Fraction(1, 10**60)
        sides = [{**point, self.letter: here + side * step} for side in (-1, 1)]
        if not all(fits(self.letter, side[self.letter]) and self.of.admits(side) for side in sides):
            return
        left, middle, right = (enclosed(self.of.value(at)) for at in (sides[0], point, sides[1]))
        bend = (right - middle) - (middle - left)
        if bend.low > step / 10**6 or bend.high < -step / 10**6:
            raise NoValue("a kink or a jump")

    def admits(self, point):
        return self.of.admits(point)

    @property
    def critical(self):
        return self.of.critical

    def __str__(self):
        return f"{self.of}.diff({self.letter})"


@dataclass(frozen=True)
class Bend:
    """The curvature of a quantity in the logarithms of names."""

    of: object
    names: tuple

    @property
    def steps(self):
        return [Symbol(f"h_{c}", f"h_{{{c.latex}}}", f"step in the logarithm of {c}", real=True) for c in self.names]

    @property
    def letters(self):
        return self.of.letters | set(self.steps)

    def build(self):
        return self.of.build().curvature(*self.names)

    def value(self, point):
        slopes = [(point[c] * point[h], point[c] * point[h] ** 2 / 2) for c, h in zip(self.names, self.steps, strict=True)]
        return part(self.of.value(line_through(point, self.names, slopes)), 2)

    def admits(self, point):
        return self.of.admits(point)

    @property
    def critical(self):
        return [*self.of.critical, *self.steps]

    def __str__(self):
        return f"{self.of}.curvature({', '.join(map(str, self.names))})"


@dataclass(frozen=True)
class Limit:
    """The limit of a quantity as a letter tends to a number, from a side."""

    of: object
    letter: sympy.Symbol
    target: sympy.Expr
    side: str = "+"

    @property
    def letters(self):
        return self.of.letters | self.target.free_symbols

    def build(self):
        return self.of.build().limit(self.letter, self.target, self.side)

    def near(self, point, power):
        # A power such as 2^-k can't be looked at as far out as a polynomial.
        grows = any(node.exp.has(self.letter) for node in getattr(self.of, "expression", self.target).atoms(sympy.Pow))
        far = Fraction(20 * power) if grows else Fraction(10) ** power
        if self.target.is_infinite:
            moved = far if self.target > 0 else -far
        else:
            moved = value(self.target, point) + (1 if self.side == "+" else -1) / far
        return {**point, self.letter: moved}

    def admits(self, point):
        moved = self.near(point, 100)
        return fits(self.letter, moved[self.letter]) and self.of.admits(moved)

    @property
    def critical(self):
        return self.of.critical

    def __str__(self):
        return f"{self.of}.limit({self.letter}, {self.target}, '{self.side}')"


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
        return {"+": lambda: one + two, "-": lambda: one - two, "*": lambda: one * two, "/": lambda: one / two}[self.sign]()

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


@dataclass(frozen=True)
class Case:
    """A claim of a kind: sides, relation, hypotheses and conditions as triples (left, rel, right) of expressions."""

    kind: str
    left: object
    rel: str
    right: object
    on: tuple = ()
    iff: tuple = ()
    laws: dict = field(default_factory=dict, hash=False)
    draw: object = None
    planted: bool = False
    over: tuple = ()

    def __post_init__(self):
        for name in ("on", "iff"):
            triples = tuple((_side(left), rel, _side(right)) for left, rel, right in getattr(self, name))
            object.__setattr__(self, name, triples)

    @property
    def letters(self):
        own = set().union(*(side.letters for left, _, right in (*self.on, *self.iff) for side in (left, right)))
        return sorted(self.left.letters | self.right.letters | own | set(self.over), key=str)

    def build(self):
        iff = tuple(Relation(left.build(), rel, right.build()) for left, rel, right in self.iff)
        on = [Relation(left.build(), rel, right.build()) for left, rel, right in self.on]
        return Claim("it holds", self.left.build(), self.rel, self.right.build(), on=Region(*on, over=self.letters), iff=iff)

    def __str__(self):
        on = " and ".join(f"{left} {rel} {right}" for left, rel, right in self.on)
        iff = " and ".join(f"{left} {rel} {right}" for left, rel, right in self.iff)
        signs = ", ".join(f"{s}{_sign(s)}" for s in self.letters)
        return (f"({self.kind}) {self.left} {self.rel} {self.right}" + (f"  on {on}" if on else "")
                + (f"  iff {iff}" if iff else "") + f"  [{signs}]")


def _side(side):
    return side if hasattr(side, "letters") else Text(side)


def _sign(s):
    kind = " whole" if s.is_integer else ""
    return f" law{''}" if getattr(s, "kind", "") == "law" else kind + (" > 0" if s.is_positive else " >= 0" if s.is_nonnegative else "")


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


__all__ = ["Bend", "Case", "Joined", "Limit", "NoValue", "Put", "Slope", "Text", "Unsure", "compares", "fits"]
