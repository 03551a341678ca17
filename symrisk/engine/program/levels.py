"""Which means may be taken in one pass over their law."""

from dataclasses import dataclass, field

import sympy

from symrisk.engine.expressions.mean import Mean


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
        alike = {}
        for mean, level in self.means.items():
            alike.setdefault((mean.law, level), []).append(mean)
        found = {}
        for group in map(tuple, alike.values()):
            found |= dict.fromkeys(group, group)
        return found

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
            found = [self.level(part) for part in parts(self.definitions[symbol])]
            self.known[symbol] = max(found, default=0)
        return self.known[symbol]


def parts(definition):
    """The expressions that a definition is made of, save those that vary over a law inside it."""
    if isinstance(definition, sympy.Basic):
        return (definition,)
    return definition.parts
