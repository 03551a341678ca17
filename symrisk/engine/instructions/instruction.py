"""What every instruction of a program is asked, and what it answers where it says nothing itself.

An instruction is a small frozen dataclass of register numbers.  Its methods are its meanings: on
arrays, on exact rationals, in balls, as source text, and what rounding costs it.  To add one, put a
file beside this one, with a class whose `heads` say what it stands for: the builder finds it there.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from symrisk.errors import NoMethod


class Instruction:
    """One step of a program: from the registers it `reads` to one value, or to a list of them.

    >>> from symrisk.engine.instructions.arithmetic import Divide
    >>> step = Divide(0, 1)
    >>> step.reads, step.source(), float(step.on_arrays([3.0, 4.0]))
    ((0, 1), 'r0 / r1', 0.75)
    >>> step.has_pole([1, 0])
    True
    """

    __slots__ = ()

    heads: ClassVar[tuple] = ()
    """The classes of expressions, or of implicit definitions, that this instruction stands for."""
    gives_several: ClassVar[bool] = False
    """Whether its register holds a list of values, of which `Pick` takes one."""
    is_solver: ClassVar[bool] = False
    """Whether it solves for an implicit name: no value is then no solution, and no pole."""
    settles_slowly: ClassVar[bool] = False
    """Whether balls of it take long, and a value may be a tie that no precision settles."""
    raises_no_flag: ClassVar[bool] = False
    """Whether it can give nan or infinity without raising a flag of the processor."""
    may_write_over: ClassVar[bool] = False
    """Whether its array may take the place of one it reads: it is one step, entry by entry."""
    is_arithmetic: ClassVar[bool] = False
    """Whether an infinite value of it that is no pole is a number too large for a float."""
    takes_complex: ClassVar[bool] = False
    """Whether it means the same on complex numbers: an analytic function, by its principal branch,
    on arrays and balls alike."""
    words: ClassVar[dict[str, Callable]] = {}
    """What its source text calls, by name."""

    # -- what it is made of

    @classmethod
    def built(cls, builder: Any, expression: Any) -> int:
        """The register for an expression of its heads: by default, of its arguments in order."""
        return builder.emit(cls(*(builder.compile(part) for part in expression.args)))

    @property
    def reads(self) -> tuple[int, ...]:
        """The registers that it reads."""
        raise NotImplementedError(self.name)

    @property
    def name(self) -> str:
        """What messages call it."""
        return type(self).__name__.lower()

    @property
    def laws(self) -> tuple:
        """The laws that it takes means over."""
        return ()

    def over(self, law: Any, other: Any) -> "Instruction":
        """The same instruction over another law."""
        return self

    def needed(self, registers: Sequence) -> tuple[int, ...]:
        """The registers that its value rests on at a point: a case that does not hold is none."""
        return self.reads

    def solver(self, code: Sequence["Instruction"]) -> "Instruction | None":
        """The instruction of the code that solves for its value, if one does."""
        return self if self.is_solver else None

    def is_complex(self, registers: Sequence[bool]) -> bool:
        """Whether its value may be complex; registers: whether each that it reads may be.

        NoMethod where it reads a complex number and has no meaning there.
        """
        reads_complex = any(registers[i] for i in self.reads)
        if reads_complex and not self.takes_complex:
            raise NoMethod(f"{self.name} of a complex number: it is a function of real ones here")
        return reads_complex

    # -- on arrays

    def on_arrays(self, values: Sequence, out: np.ndarray | None = None) -> Any:
        """What it gives on registers that are arrays or floats, into `out` where given."""
        raise NotImplementedError(self.name)

    def on_arrays_strictly(self, values: Sequence) -> Any:
        """The same, with nan instead of infinity in the programs inside it, if there are any."""
        return self.on_arrays(values)

    @property
    def hides_nan(self) -> tuple[int, ...]:
        """The registers that may be nan, and the value a number all the same."""
        return ()

    @property
    def hides_infinity(self) -> tuple[int, ...]:
        """The registers that may be infinite or nan, and the value a number all the same."""
        return self.hides_nan

    @property
    def shows(self) -> tuple[int, ...]:
        """The registers whose infinity or nan always shows in the value."""
        return ()

    def rounding(self, values: Sequence, errors: Sequence, value: Any) -> Any:
        """A bound of the value's error: what `errors` of the registers become, and its own."""
        raise NotImplementedError(self.name)

    # -- as source text

    def source(self) -> str | None:
        """Its value as Python that numba compiles, register k being `rk`; None: it has none."""
        return None

    def source_in_balls(self) -> str:
        """Its value as Python on balls, for a mean over many atoms."""
        known = "means are of rational functions, square roots and logarithms"
        raise NoMethod(f"{self.name} under a mean has no enclosure: {known}")

    # -- exactly, and in balls

    def exactly(self, registers: Sequence) -> Any:
        """Its value as a rational number; None where it is none, or too large to write down."""
        return None

    def in_balls(self, registers: Sequence, exact: Sequence) -> Any:
        """A ball that holds its value, at the precision in force; exact: what is known exactly."""
        raise NoMethod(f"{self.name} has no enclosure")

    def in_operators(self, registers: Sequence) -> Any:
        """Its value by Python's operators alone, on any numbers: for systems of equations."""
        raise NoMethod(f"{self.name} in a system of equations: they are polynomials")

    # -- where it has none

    def has_pole(self, registers: Sequence) -> bool:
        """Whether it divides by zero at registers that are exact or floats; None is not known."""
        return False

    def why_none(self, registers: Sequence) -> str:
        """Why a solver has no solution at a point, in words; '' where it may have one."""
        return ""

    def what_failed(self, registers: Sequence) -> str:
        """What a solver came to at a point where it found no value, in words; '' for nothing."""
        return ""


@dataclass(frozen=True, slots=True)
class Unary(Instruction):
    """An instruction that reads one register."""

    argument: int

    @property
    def reads(self) -> tuple[int, ...]:
        return (self.argument,)


def into(out: np.ndarray | None, value: Any) -> Any:
    """The value, put into `out` where given.

    >>> row = np.zeros(2)
    >>> into(row, 3.0) is row, row.tolist(), into(None, 3.0)
    (True, [3.0, 3.0], 3.0)
    """
    if out is None:
        return value
    out[...] = value
    return out
