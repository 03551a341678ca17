"""A space: variables under hypotheses, with the cells that cover it and exact arithmetic over it.

Roots enter as coordinates: where a root's polynomial is linear in one of the other variables, that
variable is solved for and the root takes its place, so that nothing is ever solved by radicals.
"""

from itertools import permutations

import sympy
from flint import fmpq

from symrisk.engine.algebra.generators import Generators
from symrisk.engine.algebra.rational import Field, coefficients_in, degree_in, modulo
from symrisk.engine.algebra.signs import POSITIVE
from symrisk.engine.budget import MOST_LETTERS, within
from symrisk.engine.cells.cell import Condition
from symrisk.engine.cells.chain import derive
from symrisk.engine.cells.quadratic import by_discriminants
from symrisk.engine.expressions.complexity import refuse_complex_letters
from symrisk.engine.functions.table import numbers, table
from symrisk.errors import DomainError, NoMethod


class Space:
    """Variables, conditions on them and exact expressions over them.

    conditions: pairs (expression, strict), meaning expression > 0 or >= 0. expressions: what will
    be converted later; their symbols become variables. roots: the implicit names that the
    expressions use, name -> Root.  keep: a variable that no root may replace. independent: whether
    letters that stand for means must be so (`engine.moments`).  with_functions: whether values of
    functions are letters too, of which it is known between what they lie.
    """

    def __init__(
        self,
        conditions,
        expressions=(),
        roots=None,
        keep=None,
        independent=False,
        with_functions=False,
    ):
        refuse_complex_letters((*(e for e, _ in conditions), *expressions, *(roots or ())))
        self.keep = keep
        self.generators = Generators(roots or {}, independent, conditions, with_functions)
        equations = [root.polynomial for root in self.generators.roots.values()]
        self.generators.moments.prepare([*(e for e, _ in conditions), *expressions, *equations])
        self.conditions = [(self.generators.rewrite(e), strict) for e, strict in conditions]
        rewritten = [self.generators.rewrite(e) for e in expressions]
        polynomials = [
            self.generators.rewrite(root.polynomial)
            for root in list(self.generators.roots.values())
        ]
        arguments = [e for each in self.generators.functions.values() for e in each.arguments]
        conditioned = [e for e, _ in self.conditions]
        used = {*rewritten, *polynomials, *self.generators.roots, *conditioned, *arguments}
        self.symbols = tuple(sorted(set().union(*(e.free_symbols for e in used)), key=str))
        within(
            MOST_LETTERS,
            len(self.symbols),
            "MOST_LETTERS",
            f"a problem in {len(self.symbols)} letters",
        )
        self.field = Field.over((*self.symbols, *(sympy.Symbol(f"s_{s}") for s in self.symbols)))
        self._coordinates = {i: i + len(self.symbols) for i in range(len(self.symbols))}
        self.conditions += self._own_signs()
        self.solved, self.solved_by, self.unsolved = {}, {}, []
        self._admit_powers()
        self._admit_functions()
        self._admit_roots()
        self._cells = {}

    def _own_signs(self):
        letters = self.generators.made
        return [
            (s, bool(s.is_positive)) for s in self.symbols if s.is_nonnegative and s not in letters
        ]

    def _admit_powers(self):
        """What is known of base^t for whole t >= 0: where it lies beside 0 and 1, as its base
        does.
        """
        signs = []
        for power in self.generators.powers.values():
            signs += self._place_of_power(power)
        signs += [(order, False) for order in self.generators.orders_of_powers()]
        for (base, _), power in self.generators.products.items():
            signs += self._beside_one(base, power)
        self.power_signs = tuple(signs)
        self.conditions += signs

    def _admit_functions(self):
        """What is known of the values of functions: between what they lie, and that a function
        which rises is larger where its argument is.
        """
        signs, functions = [], list(self.generators.functions.values())
        for function in functions:
            signs += self._place_of_function(function)
        for one, other in permutations(functions, 2):
            head = type(one.meaning)
            if head is type(other.meaning) and head in table() and table()[head].rises:
                apart = other.arguments[0] - one.arguments[0]
                if self._is_positive(apart):
                    signs.append((other.unknown - one.unknown, True))
        self.function_signs = tuple(signs)
        self.conditions += signs

    def _place_of_function(self, function):
        """Conditions on the letter of a function's value."""
        letter, head = function.unknown, type(function.meaning)
        if head in numbers():
            number = numbers()[head]
            return [(letter - number.low, True), (number.high - letter, True)]
        known = table()[head]
        signs = known.bounds(letter)
        signs += [(fact, False) for fact in known.facts(letter, *function.arguments)]
        if known.rises and known.exact(fmpq(0)) == 0:
            (argument,) = function.arguments
            for side in (1, -1):
                if self._is_positive(side * argument):
                    signs.append((side * letter, True))
        return signs

    def _place_of_power(self, power):
        """Conditions on the letter of a power; NoMethod where its base may be negative."""
        base, letter = power.base, power.unknown
        if not self._is_positive(base, strict=False):
            raise NoMethod(f"({base})**{power.exponent}: the base is not shown to be non-negative")
        sign = (letter, self._is_positive(base))
        if self._is_positive(1 - base, strict=False):
            return [sign, (1 - letter, False)]
        if self._is_positive(base - 1, strict=False):
            return [(letter - 1, False)]
        return [sign]

    def _beside_one(self, base, power):
        """That a power written in several letters lies on the side of one on which its base
        does.
        """
        numerator, denominator = sympy.fraction(power)
        if self._is_positive(1 - base, strict=False):
            return [(denominator - numerator, False)]
        if self._is_positive(base - 1, strict=False):
            return [(numerator - denominator, False)]
        return []

    def _admit_roots(self):
        """Bring in each root: its interval as conditions, its polynomial solved for a variable
        it holds linearly.
        """
        signs = []
        for root in self.generators.roots.values():
            signs += self._root_signs(root)
        self.conditions += signs
        for root in self.generators.roots.values():
            polynomial = self._solved(
                self.field.convert(self.generators.rewrite(root.polynomial))
            ).num
            variable = self._linear_variable(polynomial, root.sure)
            if variable is None and degree_in(polynomial, self.field.index[root.unknown]):
                self.unsolved.append((self.field.index[root.unknown], polynomial))
            elif variable is not None:
                slope, rest = self._parts(polynomial, variable)
                self.solved_by[root.unknown] = variable
                self.solved[variable] = self.field.ratio(-rest) / self.field.ratio(slope)

    def _root_signs(self, root):
        low, high = root.between
        may_touch = root.radicand is not None and not self._is_positive(root.radicand)
        signs = [(root.unknown - low, not may_touch)] if low != -sympy.oo else []
        return signs + ([(high - root.unknown, True)] if high != sympy.oo else [])

    def _is_positive(self, expression, strict=True):
        expression = self.generators.rewrite(expression)
        if expression.free_symbols & self.generators.made:
            return False
        ratio = self.field.convert(expression)
        return all(self._sign_on(cell, ratio).implies(strict) for cell in self._plain_cells())

    @staticmethod
    def _sign_on(cell, ratio):
        """The sign of a quotient on a cell, by discriminants where coefficients do not show it."""
        total = POSITIVE
        for part in (ratio.num, ratio.den):
            sign = cell.sign(part)
            total = total * (sign if sign.value is not None else by_discriminants(cell, part))
        return total

    def _plain_cells(self):
        """Cells of the variables that are no generators, under the conditions on them alone."""
        return self._cells_without({*self.generators.made, *self.solved})

    def _cells_without(self, left_out):
        kept = [s for s in self.symbols if s not in left_out]
        conditions = [(e, strict) for e, strict in self.conditions if not e.free_symbols & left_out]
        return derive(
            self.field, self._as_conditions(conditions), self._indices(kept), self._coordinates
        )

    def _linear_variable(self, polynomial, is_slope=False):
        """A variable that can be solved for: linear, and slope and rest never vanish together.

        The slope of a potential is solved for a letter that may vanish, a sample size, rather than
        for a weight.  What letters that stand for means hide is not solved for.
        """
        hidden = set().union(
            set(), *(mean.free_symbols for mean in self.generators.moments.reading.values())
        )
        letters = {*self.generators.made, *self.generators.moments.reading}
        taken = {*self.solved, *letters, *hidden, self.keep}
        candidates = [s for s in self.symbols if s not in taken]
        for symbol in sorted(candidates, key=lambda s: (bool(s.is_positive) == is_slope, str(s))):
            if degree_in(polynomial, self.field.index[symbol]) == 1 and self._is_safe(
                polynomial, symbol
            ):
                return symbol
        return None

    def _is_safe(self, polynomial, symbol):
        """Whether one of slope and rest keeps its sign where everything but `symbol` does what
        the hypotheses say.
        """
        cells = self._cells_without({symbol, *self.solved})
        return any(
            all(self._never_zero(cell, part) for cell in cells)
            for part in self._parts(polynomial, symbol)
        )

    @staticmethod
    def _never_zero(cell, poly):
        sign = cell.sign(poly)
        return bool(sign.value) and sign.strict

    def _parts(self, polynomial, symbol):
        parts = coefficients_in(polynomial, self.field.index[symbol])
        return parts[1], parts.get(0, self.field.context.constant(0))

    def _solved(self, ratio):
        for symbol, value in self.solved.items():
            ratio = ratio.substitute(symbol, value)
        return ratio

    def _as_conditions(self, pairs):
        return [
            Condition((ratio := self._solved(self.field.convert(e))).num * ratio.den, strict)
            for e, strict in pairs
        ]

    def _indices(self, symbols):
        return [self.field.index[s] for s in symbols]

    @property
    def variables(self):
        """The variables of the chain: all symbols but those that a root has replaced."""
        return tuple(s for s in self.symbols if s not in self.solved)

    def cells(self, last=None):
        """The cells that cover the space; `last` puts one variable at the end of the chain."""
        if last is not None and last not in self.variables:
            raise DomainError(
                f"{last} is no variable here; there are {', '.join(map(str, self.variables))}"
            )
        if last not in self._cells:
            position = None if last is None else self.field.index[last]
            conditions = self._as_conditions(self.conditions)
            self._cells[last] = derive(
                self.field, conditions, self._indices(self.variables), self._coordinates, position
            )
        return self._cells[last]

    def use(self, cells) -> None:
        """Take cells that somebody else has shown to cover the space, in place of derived ones."""
        self._cells[None] = cells

    def convert(self, expression):
        """The exact quotient that an expression is over this space."""
        return self.reduce(self._solved(self.field.convert(self.generators.rewrite(expression))))

    def reduce(self, ratio):
        """A quotient modulo the polynomials of the roots that no variable could be solved for."""
        for index, polynomial in self.unsolved:
            ratio = modulo(self.field, ratio.num, polynomial, index) / modulo(
                self.field, ratio.den, polynomial, index
            )
        return ratio
