"""Compiles what a recursion computes at a step: its own letters inside, all else outside."""

import sympy

from symrisk.engine.expressions.mean import Mean, check_variables, is_bound
from symrisk.engine.instructions.across import AcrossAtoms
from symrisk.engine.instructions.leaves import Input
from symrisk.engine.program.builder import Builder
from symrisk.engine.program.program import ONE
from symrisk.errors import NoMethod
from symrisk.symbols import held

WEIGHT = held(sympy.Symbol("weight"))
"""The weight of an atom, among the inputs of a step."""


class Stepwise(Builder):
    """Compiles an expression in a recursion's letters; what has none of them is compiled outside,
    and read as a further input, the same for all that share `outer`.
    """

    def __init__(self, iteration, variables, law, outside, outer):
        inputs = (*variables, *iteration.states, iteration.index, WEIGHT)
        super().__init__(outside.definitions, inputs)
        self.law, self.outside, self.outer = law, outside, outer
        self.weight = len(inputs) - 1

    def compile(self, expression):
        if expression.is_Rational or not expression.free_symbols.isdisjoint(self.inputs):
            return super().compile(expression)
        register = self.outside.compile(expression)
        if register not in self.outer:
            self.outer.append(register)
        return self.emit(Input(len(self.inputs) + self.outer.index(register)))

    def built(self, meant):
        if not isinstance(meant, Mean) or self.law is ONE:
            return super().built(meant)
        if meant.law != self.law:
            raise NoMethod(f"{meant} is over {meant.law}, and the recursion over {self.law}")
        weight = self.emit(Input(self.weight))
        return self.emit(AcrossAtoms(self.compile(meant.integrand), weight))


def variables_of(expressions, law) -> tuple:
    """The variables of a law that expressions speak of, those that means bind among them."""
    letters = set()
    for expression in expressions:
        letters |= expression.free_symbols
        for mean in expression.atoms(Mean):
            letters |= mean.integrand.free_symbols
    variables = tuple(sorted(filter(is_bound, letters), key=str))
    check_variables(variables, law)
    return variables
