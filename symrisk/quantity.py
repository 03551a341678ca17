"""Quantities: what can be evaluated, differentiated, compared and printed, and what is made from them by arithmetic."""

from dataclasses import dataclass
from functools import cached_property

import sympy

from symrisk import evaluation
from symrisk.engine import tex
from symrisk.engine.decimals import exact
from symrisk.engine.noun import Noun
from symrisk.errors import ArgumentError, NoMethod
from symrisk.graph import Graph
from symrisk.implicit import definition_latex
from symrisk.inputs import Inputs, default_of
from symrisk.law import Atoms
from symrisk.region import Region
from symrisk.relation import FLIPPED, Relation


class Quantity(Noun):
    """What can be evaluated, differentiated, compared and printed: a formula, or something made from formulas.

    Subclasses give `graph` (a head and definitions), `on` (the Region it holds on), `accuracy` and `title`.
    """

    def __call__(self, /, *, outside="raise", backend=None, **values):
        """The value at given names: NumPy broadcasting, arrays in, an array out; numbers in, a float out.

        Any name of the graph may be given; what it defines is then not used.  Every point is checked against the
        region: DomainError names the rule and the first offender (``outside="nan"`` puts nan there instead).  ArgumentError
        for names unknown, missing or not needed, and for values that are not real numbers.  ``backend="numba"`` compiles
        to machine code (the [fast] extra); by default that happens for a formula asked for millions of points.
        """
        quantity, numbers = self._with_laws(values)
        return evaluation.on_grid(quantity, numbers, outside, backend)

    def digits(self, digits=30, /, **values):
        """The value correctly rounded to `digits` significant digits, as a Decimal.

        Values are exact: int, Fraction, Rational, Decimal or a string ('0.2', '1/5'); a binary float is refused.
        Rational results take an exact path; others are enclosed in balls until their rounding is settled, and NotConverged
        is raised where it can't be (an irrational value that is zero, or a tie).
        """
        quantity, numbers = self._with_laws(values)
        return evaluation.to_digits(quantity, digits, numbers)

    def ball(self, digits=30, /, **values):
        """A rigorous enclosure, of radius about 10^-digits relative; values exact, as for `digits`."""
        quantity, numbers = self._with_laws(values)
        return evaluation.to_ball(quantity, digits, numbers)

    def _with_laws(self, values):
        """The quantity with given laws put in, and the other values."""
        laws = {name: value for name, value in values.items() if isinstance(value, Atoms)}
        symbols = {s.name: s for s in self.graph.names}
        for name in laws:
            if getattr(symbols.get(name), "kind", "law") != "law":
                raise ArgumentError(f"{name} is a number; not a law")
        known = {symbols[name]: law for name, law in laws.items() if name in symbols}
        return self.at(known) if known else self, {n: v for n, v in values.items() if n not in laws or n not in symbols}

    def values(self, /, **values):
        """Every name the value rests on, and its own, at one point: a dict of floats."""
        return evaluation.all_names(self, values)

    @property
    def inputs(self):
        """The names a call needs, each with its meaning, kind and default."""
        names = self.graph.reached()[0] | evaluation.region_only(self)
        return Inputs(sorted(names, key=lambda s: (default_of(s) is not None, s.name)))

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

    def at(self, values):
        """The quantity with names replaced by exact numbers, expressions or formulas: ``risk.at({p: 600})``."""
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

    def __lt__(self, other):
        return _related(self, "<", other)

    def __le__(self, other):
        return _related(self, "<=", other)

    def __gt__(self, other):
        return _related(self, ">", other)

    def __ge__(self, other):
        return _related(self, ">=", other)

    @property
    def expanded(self):
        """The value as one expression in inputs and implicit names."""
        return self.graph.expanded

    @property
    def roots(self):
        """The implicit names in `expanded`, name -> Root."""
        return self.graph.roots

    @cached_property
    def region(self):
        """The region it holds on, in inputs: definitions written out, every input a symbol of it."""
        sides = [(_written_out(self.graph, r.lhs), r.rel, _written_out(self.graph, r.rhs)) for r in self.on.hypotheses]
        over = (*self.on.over, *sorted(self.own_symbols, key=str))
        return Region(*(Relation(*side) for side in sides), over=over).charted(self.on.chart)

    @property
    def own_symbols(self):
        """The inputs it is a function of."""
        polynomials = [root.polynomial.free_symbols for root in self.roots.values()]
        return self.expanded.free_symbols.union(*polynomials) - set(self.roots)

    def latex(self):
        """The definition, and under it, in the author's order, what its names stand for."""
        return tex.aligned([f"{self.head_latex()} &= {tex.latex(self.graph.head)}", *self._where_lines()])

    def _where_lines(self):
        used = self.graph.reached()[1]
        lines = list(dict.fromkeys(definition_latex(name, body) for name, body in self.graph.definitions if name in used))
        return [f"\\text{{where}}\\quad {line}" if i == 0 else line for i, line in enumerate(lines)]

    def head_latex(self):
        """How the quantity is written where it is spoken of."""
        return tex.latex(self.graph.head)

    def _repr_latex_(self):
        return tex.display(self.latex())


@dataclass(frozen=True)
class Constant(Quantity):
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
class Arithmetic(Quantity):
    """Two quantities joined by an operation; written out only when asked."""

    operation: str
    left: Quantity
    right: Quantity

    @cached_property
    def graph(self):
        return self.left.graph.combine(self.right.graph, OPERATIONS[self.operation])

    @cached_property
    def on(self):
        return self.left.on & self.right.on

    @property
    def own_symbols(self):
        return self.left.own_symbols | self.right.own_symbols

    @property
    def accuracy(self):
        return _accuracy_of(self.left, self.right)

    @property
    def title(self):
        return f"({self.left.title} {self.operation} {self.right.title})"

    __repr__ = __str__ = lambda self: self.title.removeprefix("(").removesuffix(")")

    def head_latex(self):
        right = self.right.head_latex() if self.operation == "**" else _wrapped(self.right, self.operation)
        return LATEX[self.operation](_wrapped(self.left, self.operation), right)


@dataclass(frozen=True, repr=False)
class Derivative(Quantity):
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
    def accuracy(self):
        return self.of.accuracy

    @property
    def title(self):
        return f"d {self.of.title}/d {self.name}"

    def __repr__(self):
        return self.title

    def head_latex(self):
        return f"\\frac{{\\partial}}{{\\partial {tex.latex(self.name)}}} {_wrapped(self.of, '*')}"


class LimitOf(sympy.Expr):
    """The limit of an expression as a node of an expression: (expression, name, point, 1 from above or -1 from below).

    It has no value of its own; what it is, a proof has to say.
    """

    is_commutative = True

    def __new__(cls, expression, name, point, side):
        if not isinstance(name, sympy.Symbol) or point.has(name):
            raise ArgumentError(f"the limit as {name} tends to {point} has no other value in place of that name")
        return sympy.Expr.__new__(cls, expression, name, point, sympy.Integer(side))

    @property
    def approach(self):
        """name \\to point^{side}, as LaTeX."""
        _, name, point, side = self.args
        sign = "" if point.is_infinite else f"^{{{'+' if side > 0 else '-'}}}"
        return f"{tex.latex(name)} \\to {tex.latex(point) if point.is_Atom or not sign else f'({tex.latex(point)})'}{sign}"

    def _latex(self, printer):
        return f"\\lim_{{{self.approach}}} \\left({printer._print(self.args[0])}\\right)"

    def _sympystr(self, printer):
        inner, name, point, side = map(printer._print, self.args)
        return f"lim[{name} -> {point}{'' if self.args[2].is_infinite else '+' if self.args[3] > 0 else '-'}] ({inner})"

    def _eval_derivative(self, symbol):
        raise NoMethod(f"the derivative of a limit in {symbol} is not derived")


@dataclass(frozen=True, repr=False)
class Limit(Quantity):
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
class At(Quantity):
    """A quantity with names replaced."""

    of: Quantity
    values: tuple

    @cached_property
    def _plain(self):
        return {name: value.expanded for name, value in self.values}

    @cached_property
    def graph(self):
        brought = {n: root for _, value in self.values for n, root in value.roots.items()}
        replaced = _having(self.of, self._plain).substitute(self._plain)
        return Graph(replaced.head, (*replaced.definitions, *brought.items()))

    @cached_property
    def on(self):
        sides = [(_side_at(r.lhs, self._plain), r.rel, _side_at(r.rhs, self._plain)) for r in self.of.on.hypotheses]
        kept = tuple(s for s in self.of.on.over if s not in self._plain)
        region = Region(*(Relation(*side) for side in sides), over=kept)
        for name, value in self.values:
            region = region & value.region & _sign_kept(name, value.expanded)
        return region

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
class Given(Quantity):
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
    def accuracy(self):
        return self.of.accuracy

    @property
    def title(self):
        return self.of.title

    def __repr__(self):
        return f"{self.of!r} given {_listed(self.names)}"

    def head_latex(self):
        return self.of.head_latex()


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
        if name not in quantity.graph.names:
            raise ArgumentError(f"{quantity.title} has no name {name}; it is made of {_listed(quantity.graph.names)}")
    return quantity.graph


def _related(left, rel, right):
    """`ssr < threshold` reaches the formula as `threshold > ssr`: the letter goes back to the left."""
    right = right if isinstance(right, Quantity) else exact_expression("hypothesis", right)
    return Relation(right, FLIPPED[rel], left) if getattr(right, "is_Symbol", False) else Relation(left, rel, right)


OPERATIONS = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b,
              "**": lambda a, b: a**b}
LATEX = {"+": "{} + {}".format, "-": "{} - {}".format, "*": "{} \\, {}".format, "/": "\\frac{{{}}}{{{}}}".format,
         "**": "{{{}}}^{{{}}}".format}


def operand(value):
    """A quantity as it is; a number, a law or an expression as a Constant."""
    if isinstance(value, Quantity):
        return value
    return Constant(value if isinstance(value, Atoms) else exact_expression("operand", value))


def exact_expression(name, value):
    """A number, a decimal string or an expression, exactly; ArgumentError where a binary float is in it."""
    if isinstance(value, float):
        raise ArgumentError(f"{name}: {value} is a binary float: write '{value}' or Rational for exact digits")
    if isinstance(value, str):
        value = sympy.Rational(str(exact(str(name), value)))
    try:
        expression = sympy.sympify(value, strict=True)
    except sympy.SympifyError as error:
        raise ArgumentError(f"{name}: {value!r} is not an expression or an exact number") from error
    for number in expression.atoms(sympy.Float):
        raise ArgumentError(f"{name}: {number} is a binary float: write Rational('{float(number)}')")
    return expression


def _written_out(graph, side):
    return side if isinstance(side, Quantity) else graph.expand(side)


def _side_at(side, values):
    if isinstance(side, Quantity):
        return At(side, tuple((n, v) for n, v in values.items() if n in side.graph.names))
    return sympy.sympify(side).xreplace(values)


def _wrapped(side, operation):
    is_sum = side.operation in "+-" if isinstance(side, Arithmetic) else isinstance(side, Constant) and side.expression.is_Add
    loose = operation == "**" and isinstance(side, (Constant, Arithmetic, Derivative, Limit, At)) and len(side.head_latex()) > 1
    bracket = loose or (is_sum and operation in ("-", "*"))
    return f"\\left({side.head_latex()}\\right)" if bracket else side.head_latex()


def _listed(names):
    return ", ".join(sorted(str(name) for name in names))
