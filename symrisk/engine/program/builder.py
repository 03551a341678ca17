"""From expressions and what their names stand for to a program."""

import sympy

from symrisk.engine.expressions.complexity import is_complex, is_complex_letter
from symrisk.engine.expressions.mean import check_variables, is_bound
from symrisk.engine.instructions.arithmetic import Add, Divide, Multiply, Subtract
from symrisk.engine.instructions.complement import Complement
from symrisk.engine.instructions.leaves import Input
from symrisk.engine.instructions.parts import Join
from symrisk.engine.instructions.powers import Power, SquareRoot, Surd, WholePower
from symrisk.engine.program.assembly import Assembly
from symrisk.engine.program.heads import instruction_for
from symrisk.engine.program.levels import Levels
from symrisk.engine.program.program import ONE, Block, Program
from symrisk.engine.program.summation import add_up, comes_first, exact_parts
from symrisk.errors import NoMethod


class Builder(Assembly):
    """Compiles expressions into one program; names are looked up in `inputs`, then `definitions`.

    `axes` says along which grid axes each input varies (a bit mask): sums and products combine what
    varies along few axes first, so that little is left to do on the full grid.

    Arithmetic is arranged here; of anything else its instruction says how it is built.
    """

    def __init__(self, definitions, inputs, axes=()):
        super().__init__(axes)
        self.definitions, self.inputs = definitions, inputs
        self.names, self.known, self.together = {}, {}, {}

    def program(self, expressions):
        """The program whose outputs are some expressions."""
        expressions = [sympy.sympify(e) for e in expressions]
        self.together = Levels(self.definitions, self.inputs).groups(expressions)
        outputs = tuple(self.compile(e) for e in expressions)
        return Program(tuple(self.inputs), tuple(self.code), outputs)

    def compile(self, expression):
        """The register that holds an expression."""
        if expression not in self.known:
            self.known[expression] = self._compile(expression)
        return self.known[expression]

    def _compile(self, expression):
        if expression.is_Symbol:
            return self.name(expression)
        if expression.is_Rational:
            return self.constant(expression)
        if expression.is_Add:
            return self.sum(expression)
        if expression.is_Mul:
            return self.product(expression)
        if expression.is_Pow:
            return self.power(expression.base, expression.exp)
        return self.built(expression)

    def name(self, symbol):
        """The register that holds what a name stands for."""
        if symbol not in self.names:
            self.names[symbol] = self._name(symbol)
        return self.names[symbol]

    def _name(self, symbol):
        if symbol in self.inputs:
            return self.emit(Input(self.inputs.index(symbol)))
        if is_complex_letter(symbol) and sympy.re(symbol) in self.inputs:
            return self.emit(Join(*map(self.compile, parts(symbol))))
        definition = self.definitions[symbol]
        if isinstance(definition, sympy.Basic):
            return self.compile(definition)
        return definition.compiled(self)

    def built(self, meant):
        """The register of an expression, or of an unknown, that an instruction stands for."""
        return instruction_for(meant).built(self, meant)

    def sum(self, expression):
        """The register of a sum: what is exact by itself, what cancels where it does not."""
        terms = list(expression.args)
        complement = self._complement(terms)
        exact, terms = self._exact(terms)
        signed = []
        for term in terms:
            is_negative = term.could_extract_minus_sign()
            signed.append((self.compile(-term if is_negative else term), is_negative))
        signed += [(extra, False) for extra in (complement, exact) if extra is not None]
        return self.combine(signed, Add, Subtract, sympy.S.Zero)

    def _exact(self, terms):
        """(a register for the sum of the terms that the inputs give exactly, the others);
        (None, all) where it needs none.
        """
        parts, others = exact_parts(terms, self.inputs, self.definitions)
        if not comes_first(parts, others):
            return None, terms
        return add_up(self, parts), others

    def _complement(self, terms):
        """Take 1 - (1-x)^e out of `terms`, so that it can be computed without cancellation."""
        for term in terms:
            power = -term
            is_power = power.is_Pow and not power.exp.is_number and power.base.is_Add
            if is_power and sympy.S.One in terms and not is_complex(power):
                terms.remove(term)
                terms.remove(sympy.S.One)
                small = self.compile(1 - power.base)
                return self.emit(Complement(small, self.compile(power.exp)))
        return None

    def product(self, expression):
        """The register of a product: what stands below a bar is multiplied, and divided by once."""
        pairs = []
        for factor in expression.args:
            if factor.is_Rational:
                pairs += self._fraction(factor)
            else:
                inverted = factor.is_Pow and factor.exp.could_extract_minus_sign()
                pairs.append((self.compile(1 / factor if inverted else factor), inverted))
        return self.combine(pairs, Multiply, Divide, sympy.S.One)

    def _fraction(self, number):
        """(register, inverted) for a numerator and a denominator, save where they are one."""
        pairs = []
        if number.p != 1:
            pairs.append((self.constant(sympy.Integer(number.p)), False))
        if number.q != 1:
            pairs.append((self.constant(sympy.Integer(number.q)), True))
        return pairs

    def power(self, base, exponent):
        """The register of a power: by whole powers and radicals where the exponent is rational."""
        if exponent.could_extract_minus_sign():
            return self.emit(Divide(self.constant(sympy.S.One), self.power(base, -exponent)))
        register = self.compile(base)
        if exponent.is_Integer:
            return self.emit(WholePower(register, int(exponent)))
        if not exponent.is_Rational:
            return self.emit(Power(register, self.compile(exponent)))
        root = SquareRoot(register) if exponent.q == 2 else Surd(register, int(exponent.q))
        radical = self.emit(root)
        return radical if exponent.p == 1 else self.emit(WholePower(radical, int(exponent.p)))

    def block(self, expressions, law):
        """(a Block of expressions that vary over a law, the registers it reads from outside)."""
        letters = set().union(*(e.free_symbols for e in expressions))
        variables = tuple(sorted(filter(is_bound, letters), key=str))
        law = law if variables else ONE
        if not hasattr(type(law), "arrays"):
            raise NoMethod(f"{law} is a law: give it atoms, with .at({{{law}: Atoms(...)}})")
        check_variables(variables, law)
        inside = Inside(self.definitions, variables, self)
        return Block(inside.program(expressions), variables, law), tuple(inside.outer)


def parts(symbol):
    """The real inputs of a program that an input of a formula is: two of a complex one.

    >>> from symrisk.symbols import lam, symbol
    >>> parts(lam), parts(symbol("z", "z", "spectral parameter", kind="complex"))
    ((lam,), (re(z), im(z)))
    """
    if is_complex_letter(symbol):
        return sympy.re(symbol), sympy.im(symbol)
    return (symbol,)


class Inside(Builder):
    """Compiles what varies over a law; what does not is compiled outside, and read as a further
    input.
    """

    def __init__(self, definitions, variables, outside):
        super().__init__(definitions, variables)
        self.outside, self.outer = outside, []

    def compile(self, expression):
        if any(map(is_bound, expression.free_symbols)) or expression.is_Rational:
            return super().compile(expression)
        register = self.outside.compile(expression)
        if register not in self.outer:
            self.outer.append(register)
        return self.emit(Input(len(self.inputs) + self.outer.index(register)))
