"""Quantities made from others: by arithmetic, as derivatives and limits, with names replaced or given."""

from dataclasses import dataclass
from functools import cached_property

import sympy

from symrisk.engine import tex
from symrisk.engine.apart import primed, told_apart
from symrisk.errors import ArgumentError, NoMethod
from symrisk.expression import exact_expression
from symrisk.graph import Graph
from symrisk.law import Law
from symrisk.limit import LimitOf
from symrisk.quantity import Quantity, written_out
from symrisk.region import Region
from symrisk.relation import Relation
from symrisk.symbols import Symbol


class Node(Quantity):
    """A quantity that others are made from: what a formula is, and what is made is one again."""

    def diff(self, name):
        """The derivative by one name, itself a quantity."""
        return Derivative(self, name)

    def limit(self, name, point, side="+"):
        """The limit as one name tends to a point, a number or an expression in other names, from one side, "+" or "-".

        At infinity there is one side only.  A limit is claimed, not evaluated: ``Claim("...", risk.limit(mu, 0), "==", 0)``.
        """
        if side not in ("+", "-"):
            raise ArgumentError(f"{self.title}: a limit is taken from the side '+' or '-'; not {side!r}")
        point = exact_expression("point", point)
        return Limit(self, name, point, {sympy.oo: "-", -sympy.oo: "+"}.get(point, side))

    def curvature(self, *names):
        """The second derivative along any line in the logarithms of `names`.

        ``Claim("...", potential.curvature(c1, c2), ">=", 0)`` says that the potential is convex in them.
        """
        return Curvature(self, names)

    def at(self, values):
        """The quantity with names replaced by exact numbers, expressions or formulas: ``risk.at({p: 600})``.

        A variable that means bind is replaced for laws that have it so: ``risk.at({tau0: tau2})`` where the target's
        covariance is that of sample 2, ``risk.at({tau1: 1})`` where the first is the identity.
        """
        if not isinstance(values, dict):
            raise ArgumentError(f"{self.title}: at takes a dict {{name: value}}; not {values!r}")
        return At(self, tuple((name, operand(value)) for name, value in values.items()))

    def given(self, *names):
        """The quantity with `names` as inputs, whatever defines them: ``risk.given(theta_sq, delta_sq)``."""
        return Given(self, names)

    def __add__(self, other):
        return Arithmetic("+", self, operand(other))

    def __radd__(self, other):
        return Arithmetic("+", operand(other), self)

    def __sub__(self, other):
        return Arithmetic("-", self, operand(other))

    def __rsub__(self, other):
        return Arithmetic("-", operand(other), self)

    def __mul__(self, other):
        return Arithmetic("*", self, operand(other))

    def __rmul__(self, other):
        return Arithmetic("*", operand(other), self)

    def __truediv__(self, other):
        return Arithmetic("/", self, operand(other))

    def __rtruediv__(self, other):
        return Arithmetic("/", operand(other), self)

    def __pow__(self, exponent):
        return Arithmetic("**", self, operand(exponent))

    def __neg__(self):
        return Arithmetic("*", operand(-1), self)


@dataclass(frozen=True)
class Constant(Node):
    """A number or an expression as a quantity, so that arithmetic has one kind of operand."""

    expression: sympy.Expr
    on: Region = Region()
    accuracy: str = "exact"

    @cached_property
    def graph(self):
        return Graph(self.expression)

    @property
    def own_symbols(self):
        """None: a number or expression on its own says nothing of where its symbols live."""
        return frozenset()

    @property
    def title(self):
        return str(self.expression)


@dataclass(frozen=True, repr=False)
class Arithmetic(Node):
    """Two quantities joined by an operation; written out only when asked."""

    operation: str
    left: Quantity
    right: Quantity

    @cached_property
    def graph(self):
        return self.left.graph.combine(self.right.graph, OPERATIONS[self.operation])

    @cached_property
    def on(self):
        return _in_own_words(self.left, self.graph) & _in_own_words(self.right, self.graph)

    @property
    def beyond(self):
        return (*self.left.beyond, *self.right.beyond)

    @property
    def own_symbols(self):
        return self.left.own_symbols | self.right.own_symbols

    @property
    def accuracy(self):
        return _accuracy_of(self.left, self.right)

    @property
    def title(self):
        return f"({self._spoken(self.left)} {self.operation} {self._spoken(self.right)})"

    def _spoken(self, side):
        """A sum written as an expression is put in brackets where it is a factor."""
        binds = self.operation not in "+-" or (self.operation == "-" and side is self.right)
        is_sum = binds and isinstance(side, Constant) and side.expression.is_Add
        return f"({side.title})" if is_sum else side.title

    __repr__ = __str__ = lambda self: self.title[1:-1]

    def head_latex(self):
        right = self.right.head_latex() if self.operation == "**" else _wrapped(self.right, self.operation)
        return LATEX[self.operation](_wrapped(self.left, self.operation), right)


@dataclass(frozen=True, repr=False)
class Derivative(Node):
    """d of / d name, implicit names included."""

    of: Quantity
    name: sympy.Symbol

    @cached_property
    def graph(self):
        return _having(self.of, (self.name,)).derivative(self.name)

    @property
    def on(self):
        return self.of.on

    @property
    def beyond(self):
        return self.of.beyond

    @property
    def accuracy(self):
        return self.of.accuracy

    @property
    def title(self):
        return f"d {self.of.title}/d {self.name}"

    def __repr__(self):
        return self.title

    def head_latex(self):
        return f"\\frac{{\\partial}}{{\\partial {tex.latex(self.name)}}} {_wrapped(self.of, '*')}"


@dataclass(frozen=True, repr=False)
class Limit(Node):
    """What a quantity tends to as a name tends to a point from one side; claimed and proved, never evaluated."""

    of: Quantity
    name: sympy.Symbol
    point: sympy.Expr
    side: str

    def __post_init__(self):
        if self.name in _having(self.of, (self.name,)).lookup:
            raise ArgumentError(f"{self.of.title} defines {self.name}; .given({self.name}) makes it an input that may move")

    @cached_property
    def graph(self):
        graph = self.of.graph
        return Graph(LimitOf(graph.head, self.name, graph.expand(self.point), 1 if self.side == "+" else -1), graph.definitions)

    def _refuse(self, *_, **__):
        raise NoMethod(f"{self.title} is not evaluated: claim what it is, Claim('...', limit, '==', value), and prove it")

    __call__ = digits = ball = values = _refuse

    def at(self, values):
        """The limit with other names replaced."""
        if self.name in values or any(operand(value).expanded.has(self.name) for value in values.values()):
            raise ArgumentError(f"{self.title}: {self.name} tends to a point here and takes no other value")
        known = {name: operand(value).expanded for name, value in values.items()}
        return Limit(self.of.at(values), self.name, self.point.xreplace(known), self.side)

    def given(self, *names):
        """The limit with `names` as inputs."""
        return Limit(self.of.given(*names), self.name, self.point, self.side)

    @property
    def on(self):
        return self.of.on

    @property
    def beyond(self):
        return self.of.beyond

    @property
    def accuracy(self):
        return self.of.accuracy

    @property
    def title(self):
        return f"lim {self.of.title} as {self.name} -> {tex.text(self.point)}{'' if self.point.is_infinite else self.side}"

    def __repr__(self):
        return self.title

    def head_latex(self):
        return f"\\lim_{{{self.graph.head.approach}}} {_wrapped(self.of, '*')}"


@dataclass(frozen=True, repr=False)
class Curvature(Node):
    """The second derivative along a line in the logarithms of names, one letter a name saying how far it goes.

    Of f(c_1, c_2) it is d^2/dt^2 f(c_1 e^{t h_1}, c_2 e^{t h_2}) at t = 0, a quadratic form in h_1 and h_2.
    """

    of: Quantity
    names: tuple

    def __post_init__(self):
        if not self.names:
            raise ArgumentError(f"{self.of.title}: a curvature is along names; none are given")
        for name in self.names:
            if name not in self.of.graph.names or name in self.of.graph.lookup:
                raise ArgumentError(f"{self.of.title} has no input {name} to move along")

    @cached_property
    def directions(self):
        """The letters h, one a name."""
        return tuple(Symbol(f"h_{c}", f"h_{{{tex.latex(c)}}}", f"step in the logarithm of {c}", real=True) for c in self.names)

    @property
    def moving(self):
        """Where some direction is not zero."""
        return Region(sum(h**2 for h in self.directions) > 0)

    @cached_property
    def graph(self):
        return self._along(self._along(self.of)).graph

    def _along(self, quantity):
        steps = {c: h * c for h, c in zip(self.directions, self.names, strict=True) if c in quantity.graph.names}
        return sum((Constant(step) * quantity.diff(c) for c, step in steps.items()), Constant(sympy.S.Zero))

    @property
    def on(self):
        return self.of.on

    @property
    def beyond(self):
        return self.of.beyond

    @property
    def accuracy(self):
        return self.of.accuracy

    @property
    def title(self):
        return f"curvature of {self.of.title} in log {', '.join(map(str, self.names))}"

    def __repr__(self):
        return self.title

    def head_latex(self):
        moved = ",\\, ".join(f"{tex.latex(c)} \\mapsto e^{{t {tex.latex(h)}}} {tex.latex(c)}"
                             for h, c in zip(self.directions, self.names, strict=True))
        return f"\\left.\\frac{{d^2}}{{dt^2}} {_wrapped(self.of, '*')}\\right|_{{t = 0,\\; {moved}}}"


@dataclass(frozen=True, repr=False)
class At(Node):
    """A quantity with names replaced."""

    of: Quantity
    values: tuple

    @property
    def _plain(self):
        return self._put[0]

    @property
    def graph(self):
        return self._put[1]

    @cached_property
    def _put(self):
        """({name: what replaces it}, the graph, {name: primed name} for each value).

        Implicit names that a value brings are told apart from those of the quantity that it is put into.
        """
        of = _having(self.of, [name for name, _ in self.values])
        if not any(value.graph.roots for _, value in self.values):
            plain = {name: value.expanded for name, value in self.values}
            return plain, of.substitute(plain), [{}] * len(self.values)
        kept = of.without([name for name, _ in self.values])
        taken = {s.name for graph in (of, *(value.graph for _, value in self.values)) for s in graph.names}
        away = {n: primed(n) for _, value in self.values for n in value.roots if n in kept.lookup}
        there = kept.substitute({name: value.expanded.xreplace(away) for name, value in self.values})
        known = {n: there.in_leaves(n) if n in there.unknowns else None for n in there.lookup}
        names = [told_apart(value.graph.solvers, known, taken) for _, value in self.values]
        plain = {name: value.expanded.xreplace(own) for (name, value), own in zip(self.values, names, strict=True)}
        brought = {n: root for n, root in known.items() if n not in kept.lookup}
        replaced = of.substitute(plain)
        return plain, Graph(replaced.head, (*replaced.definitions, *brought.items())), names

    @cached_property
    def on(self):
        kept = tuple(s for s in self.of.on.over if s not in self._plain)
        region = Region(*map(self._moved, self.of.on.hypotheses), over=kept)
        for (name, value), primes in zip(self.values, self._put[2], strict=True):
            region = region & value.region.renamed(primes) & _sign_kept(name, self._plain[name])
        return region

    @property
    def beyond(self):
        brought = [(written_out(value.graph, relation), words) for _, value in self.values for relation, words in value.beyond]
        return (*((self._moved(relation), words) for relation, words in self.of.beyond), *brought)

    def _moved(self, relation):
        return Relation(_side_at(relation.lhs, self._plain), relation.rel, _side_at(relation.rhs, self._plain))

    @property
    def accuracy(self):
        return _accuracy_of(self.of, *(value for _, value in self.values))

    @property
    def title(self):
        return f"{self.of.title} at {', '.join(f'{name} = {value.title}' for name, value in self.values)}"

    def __repr__(self):
        return self.title

    def head_latex(self):
        where = ",\\, ".join(f"{tex.latex(name)} = {value.head_latex()}" for name, value in self.values)
        return f"\\left.{_wrapped(self.of, '*')}\\right|_{{{where}}}"


@dataclass(frozen=True, repr=False)
class Given(Node):
    """A quantity with some of its defined names as inputs."""

    of: Quantity
    names: tuple

    @cached_property
    def graph(self):
        return _having(self.of, self.names).without(self.names)

    @property
    def on(self):
        return self.of.on

    @property
    def beyond(self):
        return self.of.beyond

    @property
    def accuracy(self):
        return self.of.accuracy

    @property
    def title(self):
        return self.of.title

    def __repr__(self):
        return f"{self.of!r} given {_listed(self.names)}"

    def head_latex(self):
        return self.of.head_latex()


def _in_own_words(part, graph):
    """Where a part holds, as hypotheses of the whole: a name that the whole does not define so is written out."""
    own = {n for n, body in part.graph.definitions if graph.lookup.get(n) != body}
    spoken = {s for r in part.on.hypotheses for side in (r.lhs, r.rhs) if not isinstance(side, Quantity)
              for s in sympy.sympify(side).free_symbols}
    if not own & spoken:
        return part.on
    written = [written_out(part.graph, relation) for relation in part.on.hypotheses]
    primes = {n: primed(n) for n in part.graph.roots if primed(n) in graph.lookup and primed(n) not in part.graph.lookup}
    return Region(*written, over=part.on.over).charted(part.on.chart).renamed(primes)


def _accuracy_of(*parts):
    """Exact where every part is; else each approximation that a part rests on, once."""
    rests_on = (accuracy for part in parts for accuracy in part.accuracy.split("; "))
    return "; ".join(dict.fromkeys(accuracy for accuracy in rests_on if accuracy != "exact")) or "exact"


def _sign_kept(name, value):
    """What is put in place of a name has the sign that the name has by its meaning."""
    strict = bool(name.is_positive)
    if not name.is_nonnegative or (value.is_positive if strict else value.is_nonnegative):
        return Region()
    return Region(Relation(value, ">" if strict else ">=", sympy.Integer(0)))


def _having(quantity, names):
    """The quantity's graph; ArgumentError for a name it does not have."""
    for name in names:
        if name not in quantity.graph.names | quantity.graph.bound:
            raise ArgumentError(f"{quantity.title} has no name {name}; it is made of {_listed(quantity.graph.names)}")
    return quantity.graph


OPERATIONS = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b,
              "**": lambda a, b: a**b}
LATEX = {"+": "{} + {}".format, "-": "{} - {}".format, "*": "{} \\, {}".format, "/": "\\frac{{{}}}{{{}}}".format,
         "**": "{{{}}}^{{{}}}".format}


def operand(value):
    """A quantity as it is; a number, a law or an expression as a Constant."""
    if isinstance(value, Quantity):
        return value
    return Constant(value if isinstance(value, Law) else exact_expression("operand", value))


def _side_at(side, values):
    if isinstance(side, Quantity):
        return At(side, tuple((n, v) for n, v in values.items() if n in side.graph.names))
    return sympy.sympify(side).xreplace(values)


def _wrapped(side, operation):
    is_sum = side.operation in "+-" if isinstance(side, Arithmetic) else isinstance(side, Constant) and side.expression.is_Add
    made = isinstance(side, (Constant, Arithmetic, Derivative, Curvature, Limit, At))
    loose = operation == "**" and made and len(side.head_latex()) > 1
    bracket = loose or (is_sum and operation in ("-", "*"))
    return f"\\left({side.head_latex()}\\right)" if bracket else side.head_latex()


def _listed(names):
    return ", ".join(sorted(str(name) for name in names))
