"""From expressions and what their names stand for to a program."""

from dataclasses import replace

import sympy

from symrisk.engine.algebra.generators import Member, Root, Stationary
from symrisk.engine.arrays.summation import add_up, comes_first, exact_parts
from symrisk.engine.expressions.mean import Mean, check_variables, is_bound, write_out_means
from symrisk.engine.program.assembly import Assembly
from symrisk.engine.program.levels import Levels
from symrisk.engine.program.program import ONE, Block, Program
from symrisk.errors import NoMethod


class Builder(Assembly):
    """Compiles expressions into one program, looking names up in `inputs` and then in `definitions`.

    `axes` says along which grid axes each input varies (a bit mask): sums and products combine what varies along few
    axes first, so that little is left to do on the full grid.
    """

    def __init__(self, definitions, inputs, axes=()):
        super().__init__(axes)
        self.definitions, self.inputs = definitions, inputs
        self.names, self.known, self.together = {}, {}, {}

    def program(self, expressions):
        expressions = [sympy.sympify(e) for e in expressions]
        self.together = Levels(self.definitions, self.inputs).groups(expressions)
        outputs = tuple(self.compile(e) for e in expressions)
        return Program(tuple(self.inputs), tuple(self.code), outputs)

    def compile(self, expression):
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
        if expression.is_Piecewise:
            return self.cases(expression.args)
        if isinstance(expression, Mean):
            return self.mean(expression)
        if expression.is_Pow:
            return self.power(expression.base, expression.exp)
        if isinstance(expression, sympy.log):
            return self.emit("log", self.compile(expression.args[0]))
        raise NoMethod(f"{expression.func.__name__} can't be evaluated: {expression}")

    def name(self, symbol):
        if symbol not in self.names:
            self.names[symbol] = self._name(symbol)
        return self.names[symbol]

    def _name(self, symbol):
        if symbol in self.inputs:
            return self.emit("input", self.inputs.index(symbol))
        definition = self.definitions[symbol]
        if isinstance(definition, Member):
            return self.member(definition)
        if isinstance(definition, Stationary):
            return self.minimise(definition)
        return self.root(definition) if isinstance(definition, Root) else self.compile(definition)

    def member(self, member):
        values = tuple(self.compile(value) for _, value in member.system.parameters)
        named = replace(member.system, parameters=tuple((name, name) for name, _ in member.system.parameters))
        return self.emit("solve", named, member.place, *values)

    def root(self, root):
        low, high = (self.end(end) for end in root.between)
        polynomial = sympy.fraction(sympy.together(write_out_means(root.polynomial)))[0]
        coefficients = sympy.Poly(polynomial, root.unknown).all_coeffs()[::-1]
        return self.emit("root", low, high, *(self.compile(c) for c in coefficients))

    def end(self, end):
        return None if end in (sympy.oo, -sympy.oo) else self.compile(sympy.sympify(end))

    def sum(self, expression):
        terms = list(expression.args)
        complement = self._complement(terms)
        exact, terms = self._exact(terms)
        signed = [(self.compile(-t if t.could_extract_minus_sign() else t), t.could_extract_minus_sign()) for t in terms]
        signed += [(extra, False) for extra in (complement, exact) if extra is not None]
        return self.combine(signed, "add", "sub", sympy.S.Zero)

    def _exact(self, terms):
        """(a register for the sum of the terms that the inputs give exactly, the others); (None, all) if it needs none."""
        parts, others = exact_parts(terms, self.inputs, self.definitions)
        if not comes_first(parts, others):
            return None, terms
        return add_up(self, parts), others

    def _complement(self, terms):
        """Take 1 - (1-x)^e out of `terms`, so that it can be computed without cancellation."""
        for term in terms:
            power = -term
            if sympy.S.One in terms and power.is_Pow and not power.exp.is_number and power.base.is_Add:
                terms.remove(term)
                terms.remove(sympy.S.One)
                return self.emit("complement", self.compile(1 - power.base), self.compile(power.exp))
        return None

    def product(self, expression):
        pairs = []
        for factor in expression.args:
            if factor.is_Rational:
                pairs += [(self.constant(sympy.Integer(factor.p)), False)] if factor.p != 1 else []
                pairs += [(self.constant(sympy.Integer(factor.q)), True)] if factor.q != 1 else []
            else:
                inverted = factor.is_Pow and factor.exp.could_extract_minus_sign()
                pairs.append((self.compile(1 / factor if inverted else factor), inverted))
        return self.combine(pairs, "mul", "div", sympy.S.One)

    def cases(self, pairs):
        """The value of the first pair (expression, condition) whose condition holds."""
        (value, condition), *rest = pairs
        if condition == sympy.true:
            return self.compile(value)
        if not rest or not isinstance(condition, (sympy.Gt, sympy.Ge, sympy.Lt, sympy.Le)):
            raise NoMethod(f"a case is one inequality, and the last one holds always; not {condition}")
        slack = condition.gts - condition.lts
        rel = ">" if isinstance(condition, (sympy.StrictGreaterThan, sympy.StrictLessThan)) else ">="
        return self.emit("select", self.compile(slack), rel, self.compile(value), self.cases(rest))

    def mean(self, mean):
        """All means over one law that rest on the same are taken in one pass; a law in letters is written out."""
        if not mean.law.is_Symbol and mean.law.free_symbols:
            return self.compile(mean.written_out())
        means = self.together.get(mean, (mean,))
        block, outer = self.block([m.integrand for m in means], mean.law)
        return self.emit("pick", self.emit("means", block, *outer), means.index(mean))

    def minimise(self, member):
        potential = member.potential
        block, outer = self.block([potential.floor, *potential.rates], potential.law)
        numbers = [self.compile(e) for e in (potential.mass, *potential.costs, *potential.pulls)]
        names = tuple(map(str, potential.unknowns))
        return self.emit("pick", self.emit("minimise", block, names, *numbers, *outer), member.place)

    def block(self, expressions, law):
        """(a Block of expressions that vary over a law, the registers that it reads from outside)."""
        variables = tuple(sorted({s for e in expressions for s in e.free_symbols if is_bound(s)}, key=str))
        law = law if variables else ONE
        if not hasattr(type(law), "arrays"):
            raise NoMethod(f"{law} is a law: give it atoms, with .at({{{law}: Atoms(...)}})")
        check_variables(variables, law)
        inside = Inside(self.definitions, variables, self)
        return Block(inside.program(expressions), variables, law), tuple(inside.outer)

    def power(self, base, exponent):
        if exponent.could_extract_minus_sign():
            return self.emit("div", self.constant(sympy.S.One), self.power(base, -exponent))
        register = self.compile(base)
        if exponent.is_Integer:
            return self.emit("power", register, int(exponent))
        if exponent.is_Rational:
            radical = self.emit("sqrt", register) if exponent.q == 2 else self.emit("surd", register, int(exponent.q))
            return radical if exponent.p == 1 else self.emit("power", radical, int(exponent.p))
        return self.emit("pow", register, self.compile(exponent))


class Inside(Builder):
    """Compiles what varies over a law; what does not is compiled outside, and read as a further input."""

    def __init__(self, definitions, variables, outside):
        super().__init__(definitions, variables)
        self.outside, self.outer = outside, []

    def compile(self, expression):
        if any(map(is_bound, expression.free_symbols)) or expression.is_Rational:
            return super().compile(expression)
        register = self.outside.compile(expression)
        if register not in self.outer:
            self.outer.append(register)
        return self.emit("input", len(self.inputs) + self.outer.index(register))
