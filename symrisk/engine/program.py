"""A straight-line program: what a graph of names computes, one register an instruction.

The same program runs on NumPy blocks (`grid`), on exact rationals and on balls (`digits`).  Equal instructions are
shared, so that what a region checks and what a formula needs is computed once.
"""

from dataclasses import dataclass, field, replace
from functools import lru_cache, reduce

import numpy as np
import sympy
from flint import arb

from symrisk.engine.generators import Member, Root, Stationary
from symrisk.engine.mean import Mean, check_variables, is_bound, write_out_means
from symrisk.errors import NoMethod


@dataclass(frozen=True)
class Program:
    """Instructions (op, arguments); register k holds what instruction k gives.

    ops: input k | const p q | add i j | sub i j | mul i j | div i j | power i k | pow i j | sqrt i | surd i k
    | complement i j, that is 1-(1-i)^j without cancellation | select i rel j k, that is j where i rel 0 and k elsewhere
    | root lo hi c0 ... cd, the zero of sum c_k x^k in (lo, hi) | solve S k i1 ..., the k-th unknown of the system S.

    Two instructions give several values in one register, from which pick i k takes the k-th: means B i1 ..., the means of the
    block B's outputs | minimise B names mass costs... pulls... i1 ..., the unknowns that minimise a determinantal potential,
    the block's outputs being its floor and its rates.
    """

    inputs: tuple
    code: tuple
    outputs: tuple


SEVERAL = ("means", "minimise")


class One:
    """The law of what does not vary: one atom of no variables."""

    variables, points, columns, arrays = (), (((), sympy.S.One),), {}, ([], np.ones(1))

    def balls(self):
        return [], [arb(1)]


ONE = One()


@dataclass(frozen=True)
class Block:
    """What varies over a law, as a program of its own: its first inputs are `variables`, the others come from outside."""

    program: Program
    variables: tuple
    law: object


@lru_cache(maxsize=1024)
def betrayed(program):
    """The input registers whose infinity or nan always shows in the output, so that it needs no look of its own.

    What is not finite stays so through sums, products, powers and roots, and as a numerator; only dividing by it, or a
    definition by cases, can hide it.
    """
    found = set()
    for register, (op, _) in enumerate(program.code):
        if op == "input" and _spoils(program, register):
            found.add(register)
    return frozenset(found)


def _spoils(program, spoilt):
    bad = {spoilt}
    for register, (op, arguments) in enumerate(program.code):
        if op in ("add", "sub", "mul") and bad & set(arguments):
            bad.add(register)
        elif op in ("div", "power", "sqrt", "surd") and arguments[0] in bad:
            bad.add(register)
    return program.outputs[0] in bad


def operands(op, arguments):
    """The registers that an instruction reads."""
    if op in ("input", "const"):
        return ()
    if op == "root":
        return tuple(i for i in arguments if i is not None)
    if op == "select":
        return arguments[:1] + arguments[2:]
    if op in ("solve", "minimise"):
        return arguments[2:]
    if op == "means":
        return arguments[1:]
    return arguments[:1] if op in ("power", "surd", "pick") else arguments


@dataclass
class Builder:
    """Compiles expressions into one program, looking names up in `inputs` and then in `definitions`.

    `axes` says along which grid axes each input varies (a bit mask): sums and products combine what varies along few
    axes first, so that little is left to do on the full grid.
    """

    definitions: dict
    inputs: tuple
    axes: tuple = ()
    spread: list = field(default_factory=list)
    code: list = field(default_factory=list)
    seen: dict = field(default_factory=dict)
    names: dict = field(default_factory=dict)
    known: dict = field(default_factory=dict)
    together: dict = field(default_factory=dict)

    def program(self, expressions):
        expressions = [sympy.sympify(e) for e in expressions]
        self.together = Levels(self.definitions, self.inputs).groups(expressions)
        outputs = tuple(self.compile(e) for e in expressions)
        return Program(tuple(self.inputs), tuple(self.code), outputs)

    def emit(self, op, *arguments):
        instruction = (op, arguments)
        if instruction not in self.seen:
            self.seen[instruction] = len(self.code)
            self.code.append(instruction)
            self.spread.append(self._axes_of(op, arguments))
        return self.seen[instruction]

    def _axes_of(self, op, arguments):
        if op == "input":
            return self.axes[arguments[0]] if self.axes else 0
        axes = 0
        for i in operands(op, arguments):
            axes |= self.spread[i]
        return axes

    def constant(self, number):
        return self.emit("const", int(number.p), int(number.q))

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
        signed = [(self.compile(-t if t.could_extract_minus_sign() else t), t.could_extract_minus_sign()) for t in terms]
        signed += [(complement, False)] if complement is not None else []
        return self.combine(signed, "add", "sub", sympy.S.Zero)

    def combine(self, pairs, join, undo, neutral):
        """Fold (register, inverted) pairs: those that vary along the same axes first, then these groups, small to large."""
        groups = {}
        for register, inverted in pairs:
            groups.setdefault(self.spread[register], []).append((register, inverted))
        totals = [self._fold(groups[axes], join, undo) for axes in sorted(groups, key=lambda a: (a.bit_count(), a))]
        register, inverted = reduce(lambda total, group: self._fold([total, group], join, undo), totals)
        return self.emit(undo, self.constant(neutral), register) if inverted else register

    def _fold(self, pairs, join, undo):
        """(register, inverted) for join of the plain ones, undone by the join of the inverted ones."""
        plain = self._join([r for r, inverted in pairs if not inverted], join)
        inverse = self._join([r for r, inverted in pairs if inverted], join)
        if plain is None or inverse is None:
            return (plain, False) if inverse is None else (inverse, True)
        return self.emit(undo, plain, inverse), False

    def _join(self, registers, join):
        total, one = None, ("const", (1, 1))
        for register in registers:
            if join == "mul" and self.code[register] == one and len(registers) > 1:
                continue
            total = register if total is None else self.emit(join, total, register)
        return total

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
        """All means over one law that rest on the same are taken in one pass."""
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
        inside = Inside(self.definitions, variables, outside=self)
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


@dataclass
class Inside(Builder):
    """Compiles what varies over a law; what does not is compiled outside, and read as a further input."""

    outside: Builder = None
    outer: list = field(default_factory=list)

    def compile(self, expression):
        if any(map(is_bound, expression.free_symbols)) or expression.is_Rational:
            return super().compile(expression)
        register = self.outside.compile(expression)
        if register not in self.outer:
            self.outer.append(register)
        return self.emit("input", len(self.inputs) + self.outer.index(register))


@dataclass
class Levels:
    """Which means may be taken in one pass: those over one law through as many other means."""

    definitions: dict
    inputs: tuple
    known: dict = field(default_factory=dict)
    means: dict = field(default_factory=dict)

    def groups(self, expressions):
        """mean -> all means of its law and level, for those that the expressions rest on."""
        for expression in expressions:
            self.level(expression)
        found = {}
        for mean, level in self.means.items():
            found.setdefault((mean.law, level), []).append(mean)
        return {mean: tuple(group) for group in found.values() for mean in group}

    def level(self, expression):
        """How many means, one inside another, an expression rests on."""
        inner = [self._of_mean(mean) for mean in expression.atoms(Mean)]
        return max([0, *inner, *map(self._of_symbol, expression.free_symbols)])

    def _of_mean(self, mean):
        if mean not in self.means:
            self.means[mean] = 1 + self.level(mean.integrand)
        return self.means[mean]

    def _of_symbol(self, symbol):
        if symbol in self.inputs or symbol not in self.definitions:
            return 0
        if symbol not in self.known:
            self.known[symbol] = 0
            self.known[symbol] = max((self.level(part) for part in parts(self.definitions[symbol])), default=0)
        return self.known[symbol]


def parts(definition):
    """The expressions that a definition is made of, save those that vary over a law inside a potential."""
    if isinstance(definition, sympy.Basic):
        return (definition,)
    if isinstance(definition, Root):
        return (write_out_means(definition.polynomial), *(e for e in map(sympy.sympify, definition.between)))
    if isinstance(definition, Member):
        return tuple(value for _, value in definition.system.parameters)
    potential = definition.potential
    return (potential.mass, *potential.costs, *potential.pulls, *(s for s in definition.free_symbols))
