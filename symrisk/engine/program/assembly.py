"""Instructions as they are written: equal ones once, what varies along few axes of a grid first."""

from functools import reduce

from symrisk.engine.instructions.arithmetic import Multiply
from symrisk.engine.instructions.leaves import Constant, Input

ONE = Constant(1, 1)


class Assembly:
    """The code of a program so far, and along which grid axes each register varies, a bit mask.

    axes: along which each input varies.
    """

    def __init__(self, axes=()):
        self.axes = axes
        self.spread, self.code, self.seen = [], [], {}

    def emit(self, instruction):
        """The register that holds what an instruction gives."""
        if instruction not in self.seen:
            self.seen[instruction] = len(self.code)
            self.code.append(instruction)
            self.spread.append(self._axes_of(instruction))
        return self.seen[instruction]

    def _axes_of(self, instruction):
        if isinstance(instruction, Input):
            return self.axes[instruction.place] if self.axes else 0
        axes = 0
        for i in instruction.reads:
            axes |= self.spread[i]
        return axes

    def constant(self, number):
        """The register of a rational number."""
        return self.emit(Constant(int(number.p), int(number.q)))

    def combine(self, pairs, join, undo, neutral):
        """Fold (register, inverted) pairs by the instruction `join`, the inverted ones by `undo`.

        Those that vary along the same axes come first, then these groups, small to large.
        """
        groups = {}
        for register, inverted in pairs:
            groups.setdefault(self.spread[register], []).append((register, inverted))
        small_to_large = sorted(groups, key=lambda axes: (axes.bit_count(), axes))
        totals = [self._fold(groups[axes], join, undo) for axes in small_to_large]
        register, inverted = reduce(lambda a, b: self._fold([a, b], join, undo), totals)
        return self.emit(undo(self.constant(neutral), register)) if inverted else register

    def _fold(self, pairs, join, undo):
        """(register, inverted): the join of the plain ones, undone by that of the inverted ones."""
        plain = self._join([register for register, inverted in pairs if not inverted], join)
        inverse = self._join([register for register, inverted in pairs if inverted], join)
        if inverse is None:
            return plain, False
        if plain is None:
            return inverse, True
        return self.emit(undo(plain, inverse)), False

    def _join(self, registers, join):
        total = None
        for register in registers:
            is_idle = join is Multiply and self.code[register] == ONE
            if is_idle and len(registers) > 1:
                continue
            total = register if total is None else self.emit(join(total, register))
        return total
