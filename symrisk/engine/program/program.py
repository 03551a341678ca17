"""A straight-line program: what a graph of names computes, one register an instruction.

The same program runs on NumPy blocks (`grid`), on exact rationals and on balls (`digits`).  Equal instructions are
shared, so that what a region checks and what a formula needs is computed once.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import sympy
from flint import arb


@dataclass(frozen=True)
class Program:
    """Instructions (op, arguments); register k holds what instruction k gives.

    ops: input k | const p q | add i j | sub i j | mul i j | div i j | power i k | pow i j | sqrt i | surd i k
    | log i | complement i j, that is 1-(1-i)^j without cancellation | select i rel j k, that is j where i rel 0, k elsewhere
    | root lo hi c0 ... cd, the zero of sum c_k x^k in (lo, hi) | solve S k i1 ..., the k-th unknown of the system S.

    Two instructions give several values in one register, from which pick i k takes the k-th: means B i1 ..., the means of the
    block B's outputs | minimise B names mass costs... pulls... i1 ..., the unknowns that minimise a determinantal potential,
    the block's outputs being its floor and its rates.
    """

    inputs: tuple
    code: tuple
    outputs: tuple

    def over(self, law, other):
        """The same program over another law."""
        code = tuple((op, tuple(a.over(law, other) if isinstance(a, Block) else a for a in arguments))
                     for op, arguments in self.code)
        return Program(self.inputs, code, self.outputs)


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

    def over(self, law, other):
        """The same block over another law."""
        return Block(self.program.over(law, other), self.variables, other if self.law is law else self.law)


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


@lru_cache(maxsize=1024)
def exposed(program):
    """The registers whose infinity an instruction may turn into a number: what is divided by, and bases and exponents."""
    found = set()
    for op, arguments in program.code:
        if op == "div":
            found.add(arguments[1])
        elif op == "pow":
            found.update(arguments)
    return tuple(sorted(found))


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
