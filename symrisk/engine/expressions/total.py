"""Sums over whole numbers, as a node of an expression: Total(1/k**2, k, 1, t).

An author writes SymPy's Sum.  The letter that runs is bound: it is no free symbol, and nothing put
in outside is caught by it.
"""

import sympy

from symrisk.engine.noun import cached_property
from symrisk.errors import ArgumentError, NoMethod
from symrisk.symbols import BOUND, held, is_held

MOST_WRITTEN = 64
"""Terms of a sum that is written out where its ends are numbers."""


class Total(sympy.Expr):
    """The sum of `term` over index = low, low + 1, ..., high; 0 where high = low - 1.

    >>> from symrisk.symbols import t
    >>> k = sympy.Symbol("k")
    >>> total = Total.of(sympy.Sum(1/k**2, (k, 1, t)))
    >>> total, total.free_symbols, total.at(3)
    (Sum(k**(-2), (k, 1, t)), {t}, 49/36)
    """

    is_commutative = True
    is_real = True

    def __new__(cls, term, index, low, high):
        term, low, high = map(sympy.sympify, (term, low, high))
        return sympy.Expr.__new__(cls, term, index, low, high)

    @classmethod
    def of(cls, written: sympy.Sum) -> "Total":
        """The sum that an author wrote; ArgumentError where its bounds are not whole numbers or
        its index is a letter that something else binds."""
        term, *limits = written.args
        for limit in limits:
            term = cls._of_one(written, term, limit)
        return term

    @classmethod
    def _of_one(cls, written, term, limit):
        if len(limit) != 3:
            raise ArgumentError(f"{written}: a sum runs from one whole number to another")
        index, low, high = limit
        if getattr(index, "kind", "integer") in (*BOUND, "law", "varying") or is_held(index):
            raise ArgumentError(f"{written}: {index} is no letter that a sum runs over")
        for end in (low, high):
            if not end.is_integer:
                raise ArgumentError(f"{written}: an end of a sum is a whole number; not {end}")
        sign = "positive" if low.is_positive else "nonnegative" if low.is_nonnegative else "real"
        running = held(index, integer=True, **{sign: True})
        # Another sum inside may hold a letter that prints alike: it is another one.
        if term.has(running):
            raise ArgumentError(f"{written}: two sums, one in the other, run over {index}")
        return cls(term.xreplace({index: running}), running, low, high)

    @property
    def term(self):
        return self.args[0]

    @property
    def index(self):
        return self.args[1]

    @property
    def low(self):
        return self.args[2]

    @property
    def high(self):
        return self.args[3]

    @property
    def free_symbols(self):
        return set(self._free)

    @cached_property
    def _free(self):
        own = self.term.free_symbols - {self.index}
        return frozenset(own | self.low.free_symbols | self.high.free_symbols)

    def at(self, high) -> sympy.Expr:
        """The sum up to a number, written out; NoMethod where it has too many terms."""
        count = sympy.sympify(high) - self.low + 1
        if not count.is_Integer or not 0 <= count <= MOST_WRITTEN:
            raise NoMethod(f"{self} up to {high} is not written out")
        terms = [self.term.xreplace({self.index: self.low + k}) for k in range(int(count))]
        return sympy.Add(*terms)

    def _eval_derivative(self, symbol):
        if symbol in self.low.free_symbols | self.high.free_symbols:
            raise ArgumentError(f"{symbol} is an end of {self}, a whole number: nothing moves it")
        slope = sympy.diff(self.term, symbol)
        if slope == 0:
            return sympy.Integer(0)
        return Total(slope, self.index, self.low, self.high)

    def _eval_subs(self, old, new):
        """What is bound stays bound: only whole names of other letters are replaced."""
        return None

    def _sympystr(self, printer):
        parts = map(printer._print, (self.term, self.index, self.low, self.high))
        return "Sum({}, ({}, {}, {}))".format(*parts)

    def _latex(self, printer):
        index, low, high = map(printer._print, (self.index, self.low, self.high))
        inside = printer._print(self.term)
        if self.term.is_Add:
            inside = f"\\left({inside}\\right)"
        return f"\\sum_{{{index} = {low}}}^{{{high}}} {inside}"


def with_totals(expression: sympy.Basic) -> sympy.Basic:
    """An expression with each sum of SymPy's, the innermost first, as a Total."""
    if not expression.has(sympy.Sum):
        return expression
    if isinstance(expression, sympy.Sum):
        inner = expression.func(with_totals(expression.function), *expression.limits)
        return Total.of(inner)
    return expression.func(*map(with_totals, expression.args))
