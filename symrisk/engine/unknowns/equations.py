"""Several equations in several unknowns, as expressions, with what picks one of the solutions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import permutations

import sympy

from symrisk.engine.expressions import tex
from symrisk.engine.expressions.mean import Mean, write_out_means
from symrisk.symbols import symbol

SIDE_BY_SIDE = ",\\; "


@dataclass(frozen=True)
class Equations:
    """Unknowns that together solve as many equations.

    pairs: (left side, right side) of each equation.  conditions: (left side, rel, right side), what
    holds at the solution meant.  start: an expression for each unknown, from which the search sets
    out; or none, and `near` a function of arrays, by the names of `parameters`, pairs (name, what
    it stands for).

    >>> from sympy.abc import a, x
    >>> system = Equations((x,), ((x**2, a),), ((x, ">", sympy.Integer(0)),), (a,))
    >>> system.vanishing, system.slacks, system.slopes
    ((-a + x**2,), ((x, True),), ((2*x,),))
    """

    unknowns: tuple
    pairs: tuple
    conditions: tuple = ()
    start: tuple = ()
    near: Callable | None = None
    parameters: tuple = ()

    @property
    def vanishing(self) -> tuple[sympy.Expr, ...]:
        """What is zero at the solution."""
        return tuple(left - right for left, right in self.pairs)

    @property
    def slopes(self) -> tuple[tuple[sympy.Expr, ...], ...]:
        """The derivatives of what vanishes, a row an equation; nothing is multiplied out."""
        rows = []
        for equation in self.vanishing:
            rows.append(tuple(sympy.diff(equation, unknown) for unknown in self.unknowns))
        return tuple(rows)

    @property
    def slacks(self) -> tuple[tuple[sympy.Expr, bool], ...]:
        """Pairs (expression, strict): it is positive, or not negative, at the solution."""
        found = []
        for left, rel, right in self.conditions:
            slack = right - left if rel in ("<", "<=") else left - right
            found.append((slack, rel in ("<", ">")))
        return tuple(found)

    @property
    def written(self) -> tuple[sympy.Basic, ...]:
        """All expressions that it is written in."""
        found = []
        for pair in self.pairs:
            found += pair
        for left, _, right in self.conditions:
            found += [left, right]
        return (*found, *self.start, *(value for _, value in self.parameters))

    def rewritten(self, change: Callable) -> "Equations":
        """The same equations with `change` made to each expression."""
        pairs = tuple((change(left), change(right)) for left, right in self.pairs)
        conditions = []
        for left, rel, right in self.conditions:
            conditions.append((change(left), rel, change(right)))
        start = tuple(map(change, self.start))
        parameters = tuple((name, change(value)) for name, value in self.parameters)
        return Equations(self.unknowns, pairs, tuple(conditions), start, self.near, parameters)

    def called(self, names: Mapping) -> "Equations":
        """The same equations in other unknowns."""
        moved = self.rewritten(lambda expression: expression.xreplace(names))
        return replace(moved, unknowns=tuple(names[unknown] for unknown in self.unknowns))

    def assigned(self) -> tuple[sympy.Expr, ...] | None:
        """What vanishes, an equation that holds the unknown for each unknown in turn.

        None where they can't be shared out so, or where one is no rational function once its means
        are taken for letters.
        """
        vanishing = tuple(map(write_out_means, self.vanishing))
        if not all(map(is_rational, vanishing)):
            return None
        for order in permutations(vanishing):
            pairs = zip(order, self.unknowns, strict=True)
            if all(equation.has(unknown) for equation, unknown in pairs):
                return order
        return None

    def moves(self, prefix: str, held: list) -> tuple[dict, list]:
        """({name: what defines it}, the solution of slopes * solution = held), by Cramer's rule.

        Minors of the first rows, over any columns of the slopes beside `held`, get names of their
        own: each is worked out once.
        """
        size = len(self.unknowns)
        rows = [(*row, load) for row, load in zip(self.slopes, held, strict=True)]
        if size == 1:
            ((slope, load),) = rows
            return {}, [load / slope]
        minors = _Minors(prefix, rows)
        determinant = minors.of(tuple(range(size)))
        found = []
        for k in range(size):
            columns = tuple(size if j == k else j for j in range(size))
            found.append(minors.of(columns) / determinant)
        return minors.names, found

    def line(self) -> str:
        """What they solve, in LaTeX."""
        together = SIDE_BY_SIDE.join(map(tex.latex, self.unknowns))
        parts = [f"{tex.latex(left)} = {tex.latex(right)}" for left, right in self.pairs]
        verb = "solves" if len(self.unknowns) == 1 else "solve"
        line = f"{together} &\\text{{ {verb} }} {SIDE_BY_SIDE.join(parts)}"
        if not self.conditions:
            return line
        marked = []
        for left, rel, right in self.conditions:
            marked.append(tex.relation(tex.latex(left), rel, tex.latex(right)))
        return f"{line} \\text{{ with }} {SIDE_BY_SIDE.join(marked)}"

    def said(self, line: Callable) -> str:
        """The equations and what picks the solution, in words."""
        parts = [f"{line(left)} = {line(right)}" for left, right in self.pairs]
        words = " and ".join(parts)
        if self.conditions:
            marked = [f"{line(left)} {rel} {line(right)}" for left, rel, right in self.conditions]
            words += f" with {', '.join(marked)}"
        return words


class _Minors:
    """Minors of the first rows of a matrix, over columns in any order."""

    def __init__(self, prefix, rows):
        self.prefix, self.rows, self.names, self.known = prefix, rows, {}, {}

    def of(self, columns):
        """The minor of as many first rows as there are columns, by a name."""
        order = tuple(sorted(columns))
        sign = _parity(columns)
        if order not in self.known:
            self.known[order] = self._named(order)
        return sign * self.known[order]

    def _named(self, columns):
        last = len(columns) - 1
        row = self.rows[last]
        if last == 0:
            body = row[columns[0]]
        else:
            body = sympy.Integer(0)
            for k, column in enumerate(columns):
                rest = (*columns[:k], *columns[k + 1 :])
                if row[column] != 0:
                    body += (-1) ** (last + k) * row[column] * self.of(rest)
        if body.is_Rational or body.is_Symbol:
            return body
        place = len(self.names) + 1
        meaning = "a minor of the slopes of equations"
        name = symbol(f"{self.prefix}minor{place}", f"D_{{{place}}}", meaning)
        self.names[name] = body
        return name


def _parity(columns):
    """1 or -1: the sign of the order of columns."""
    inversions = 0
    for i, one in enumerate(columns):
        inversions += sum(other < one for other in columns[i + 1 :])
    return (-1) ** inversions


def is_rational(expression: sympy.Expr) -> bool:
    """Whether an expression is a rational function of its letters and means, inside these too.

    >>> from symrisk.symbols import H, kappa, tau
    >>> is_rational(1 - kappa*Mean(tau/(tau + kappa), H)), is_rational(sympy.log(kappa))
    (True, False)
    """
    means = {mean: sympy.Dummy() for mean in expression.atoms(Mean)}
    if not all(is_rational(mean.integrand) for mean in means):
        return False
    plain = expression.xreplace(means)
    return bool(plain.is_rational_function(*plain.free_symbols))
