"""Instructions as they are written: equal ones once, what varies along few axes of a grid first."""

from functools import reduce

from symrisk.engine.program.program import operands


class Assembly:
    """The code of a program so far, and along which grid axes each register varies, a bit mask; `axes` says so of each input."""

    def __init__(self, axes=()):
        self.axes = axes
        self.spread, self.code, self.seen = [], [], {}

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
