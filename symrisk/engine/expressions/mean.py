r"""Means over a spectral law, as a node of an expression: Mean(f, H) is the integral of f dH.

The law's variables (tau; tau_1, tau_2, ... and coordinates of a joint law) are bound: they are no
free symbols of the mean, and nothing outside replaces them.  Over a law with atoms the mean is a
finite sum: so it is proved about, and evaluated atom by atom.
"""

import sympy

from symrisk.engine.expressions.complexity import is_complex
from symrisk.engine.noun import cached_property
from symrisk.errors import ArgumentError
from symrisk.symbols import BOUND, HELD, Symbol, tau

VARYING = (*BOUND, "varying", HELD[1])


def is_bound(symbol):
    """Whether a symbol is one that means bind."""
    return isinstance(symbol, Symbol) and symbol.kind in BOUND


def varies(symbol):
    """Whether a symbol varies over a law: one that means bind, or that is defined through such."""
    return isinstance(symbol, Symbol) and symbol.kind in VARYING


class Mean(sympy.Expr):
    """The mean of `integrand` over a law: a symbol of kind "law", or a law such as Atoms.

    Derivatives pass under it, and what does not vary over the law comes out of it:

    >>> from symrisk.laws.law import Atoms
    >>> from symrisk.symbols import H, tau, w
    >>> Mean(tau/(tau + w), H).free_symbols == {H, w}
    True
    >>> Mean(tau/(tau + w), Atoms({1: "1/2", 4: "1/2"})).written_out()
    2/(w + 4) + 1/(2*(w + 1))
    >>> Mean(tau/(tau + w), H).diff(w)
    Mean(-tau/(tau + w)**2, H)
    >>> Mean(w, H), Mean(0, H)
    (w, 0)
    """

    is_commutative = True
    is_real = True

    def __new__(cls, integrand, law):
        integrand = sympy.sympify(integrand)
        if (
            not isinstance(law, sympy.Basic)
            or law.is_Symbol
            and getattr(law, "kind", None) != "law"
        ):
            raise ArgumentError(
                f"a mean is over a law: a symbol of kind 'law', Atoms or Empirical; not {law!r}"
            )
        if not any(map(varies, integrand.free_symbols)):
            return integrand
        return sympy.Expr.__new__(ComplexMean if is_complex(integrand) else Mean, integrand, law)

    @property
    def integrand(self):
        return self.args[0]

    @property
    def law(self):
        return self.args[1]

    @property
    def free_symbols(self):
        return set(self._free)

    @cached_property
    def _free(self):
        """The free symbols, once: SymPy asks a node for them again and again."""
        own = {s for s in self.integrand.free_symbols if not is_bound(s)}
        return frozenset(own | self.law.free_symbols)

    @property
    def variables(self):
        """The bound symbols of the integrand, by name."""
        return tuple(sorted(filter(is_bound, self.integrand.free_symbols), key=str))

    def _eval_is_nonnegative(self):
        return True if self.integrand.is_nonnegative else None

    def _eval_derivative(self, symbol):
        if is_bound(symbol):
            return sympy.Integer(0)
        if symbol == self.law:
            raise ArgumentError(f"{symbol} is a law, no number that moves")
        if symbol in self.law.free_symbols:
            # The letter moves the law's atoms or weights as well: only the sum shows all of it.
            return sympy.diff(self.written_out(), symbol)
        return Mean(sympy.diff(self.integrand, symbol), self.law)

    def _eval_subs(self, old, new):
        """What a mean binds is its own: `subs` does not reach it, and puts nothing in that it
        would bind.
        """
        if any(map(is_bound, old.free_symbols)):
            return self
        caught = sorted(filter(is_bound, new.free_symbols), key=str)
        if caught and old.free_symbols & self.free_symbols:
            raise ArgumentError(f"{caught[0]} can't stand for {old} in {self}, which binds it")
        return None

    def written_out(self):
        """The sum over the law's atoms; the mean itself where the law has none, or is still a
        symbol.
        """
        if not hasattr(self.law, "weights"):
            return self
        check_variables(self.variables, self.law)
        # What an inner mean binds is its own: it is set aside while the outer variables are
        # replaced.
        inner = {mean: sympy.Dummy() for mean in self.integrand.atoms(Mean)}
        plain, restored = (
            self.integrand.xreplace(inner),
            {letter: write_out_means(mean) for mean, letter in inner.items()},
        )
        left = {v: v.default for v in self.variables if v not in self.law.variables}
        total = sympy.Add(
            *(
                weight
                * plain.xreplace({**dict(zip(self.law.variables, values, strict=True)), **left})
                for values, weight in self.law.points
            )
        )
        return total.xreplace(restored)

    def _latex(self, printer):
        law, inside = printer._print(self.law), printer._print(self.integrand)
        if self.integrand.is_Add:
            inside = f"\\left({inside}\\right)"
        over = "(\\tau)" if self.variables == (tau,) else ""
        return f"\\int {inside}\\, d{law}{over}"


class ComplexMean(Mean):
    """A mean of what may be complex: SymPy must not take it for a real number.

    >>> from symrisk.symbols import H, symbol, tau
    >>> z = symbol("z", "z", "spectral parameter", kind="complex")
    >>> type(Mean(tau/(tau - z), H)).__name__, type(Mean(tau/(tau + 1), H)).__name__
    ('ComplexMean', 'Mean')
    >>> sympy.im(Mean(tau/(tau - z), H))
    im(Mean(tau/(tau - z), H))
    """

    is_real = None
    is_complex = True

    def _sympystr(self, printer):
        return f"Mean({printer._print(self.integrand)}, {printer._print(self.law)})"


def check_variables(variables, law):
    """ArgumentError where a mean uses a variable that the law does not speak of and that has no
    default.
    """
    for variable in variables:
        if variable not in law.variables and getattr(variable, "default", None) is None:
            raise ArgumentError(
                f"{variable} is no variable of {law!r}, which is over "
                f"{', '.join(map(str, law.variables))}"
            )


def write_out_means(expression):
    """An expression with every mean over atoms written as its sum."""
    means = expression.atoms(Mean)
    return expression.xreplace(
        {
            mean: write_out_means(mean.written_out())
            for mean in means
            if hasattr(mean.law, "weights")
        }
    )
