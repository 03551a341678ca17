"""A straight-line program: what a graph of names computes, one register an instruction.

The same program runs on NumPy blocks (`grid`), on exact rationals and on balls (`digits`).  Equal
instructions are shared, so that what a region checks and what a formula needs is computed once.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import sympy
from flint import arb

from symrisk.engine.instructions.leaves import Input
from symrisk.engine.noun import Noun, cached_property


@dataclass(frozen=True)
class Program(Noun):
    """Instructions in order; register k holds what instruction k gives.

    >>> from symrisk.engine.instructions.arithmetic import Multiply
    >>> square = Program(("x",), (Input(0), Multiply(0, 0)), (1,))
    >>> [square.code[register].source() for register in square.outputs]
    ['r0 * r0']
    """

    inputs: tuple
    code: tuple
    outputs: tuple

    def __hash__(self):
        return self._hash

    @cached_property
    def _hash(self):
        """Programs are looked up at every call: their instructions are hashed once."""
        return hash((self.inputs, self.code, self.outputs))

    def over(self, law, other):
        """The same program over another law; the program itself where it has no such law."""
        code = tuple(instruction.over(law, other) for instruction in self.code)
        if all(new is old for new, old in zip(code, self.code, strict=True)):
            # What is known of a program is kept by the program: one that is equal would be
            # compared with it each time.
            return self
        return Program(self.inputs, code, self.outputs)


class One:
    """The law of what does not vary: one atom of no variables."""

    variables, points, columns, arrays = (), (((), sympy.S.One),), {}, ([], np.ones(1))
    size = 1

    def balls(self):
        return [], [arb(1)]


ONE = One()


@dataclass(frozen=True)
class Block:
    """What varies over a law, as a program of its own: its first inputs are `variables`, the others
    come from outside.
    """

    program: Program
    variables: tuple
    law: object

    def over(self, law, other):
        """The same block over another law; the block itself where it has no such law."""
        own = other if self.law == law else self.law
        program = self.program.over(law, other)
        if own is self.law and program is self.program:
            return self
        return Block(program, self.variables, own)


@lru_cache(maxsize=1024)
def complex_registers(program, inputs=()):
    """Whether each register may hold a complex number; a tuple of bools.

    inputs: whether each input may, all of them real where nothing is said.  NoMethod for an
    instruction that reads a complex number and has no meaning there.
    """
    found = []
    for instruction in program.code:
        if isinstance(instruction, Input):
            found.append(bool(inputs) and inputs[instruction.place])
        else:
            found.append(instruction.is_complex(found))
    return tuple(found)


@lru_cache(maxsize=1024)
def has_complex(program):
    """Whether any register of a program on real inputs may hold a complex number."""
    return any(complex_registers(program))


@lru_cache(maxsize=1024)
def betrayed(program):
    """The input registers whose infinity or nan always shows in the output, so that it needs no
    look of its own.

    What is not finite stays so through sums, products, powers and roots, and as a numerator; only
    dividing by it, or a definition by cases, can hide it.
    """
    found = set()
    for register, instruction in enumerate(program.code):
        if isinstance(instruction, Input) and _spoils(program, register):
            found.add(register)
    return frozenset(found)


def _spoils(program, spoilt):
    bad = {spoilt}
    for register, instruction in enumerate(program.code):
        if not bad.isdisjoint(instruction.shows):
            bad.add(register)
    return program.outputs[0] in bad


@lru_cache(maxsize=1024)
def exposed(program):
    """The registers whose infinity an instruction may turn into a number: what is divided by, and
    bases and exponents.
    """
    found = set()
    for instruction in program.code:
        found.update(instruction.hides_infinity)
    return tuple(sorted(found))
