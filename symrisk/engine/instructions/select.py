"""A definition by cases: one value where a condition holds, another elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import sympy
from flint import arb

from symrisk.engine.instructions.instruction import Instruction, into
from symrisk.errors import NoMethod

STRICT = (sympy.StrictGreaterThan, sympy.StrictLessThan)
INEQUALITIES = (*STRICT, sympy.GreaterThan, sympy.LessThan)


@dataclass(frozen=True, slots=True)
class Select(Instruction):
    """`then` where slack > 0, or >= 0 as `rel` says, and `otherwise` elsewhere."""

    heads = (sympy.Piecewise,)

    slack: int
    rel: str
    then: int
    otherwise: int

    @classmethod
    def built(cls, builder: Any, expression: sympy.Piecewise) -> int:
        """The value of the first pair (expression, condition) whose condition holds."""
        return _cases(builder, expression.args)

    @property
    def reads(self) -> tuple[int, ...]:
        return self.slack, self.then, self.otherwise

    def is_complex(self, registers: Sequence[bool]) -> bool:
        """A case may be; what is asked is a real number, for no other lies on a side of zero."""
        if registers[self.slack]:
            raise NoMethod("a case asks whether a complex number is positive: it has no order")
        return registers[self.then] or registers[self.otherwise]

    def needed(self, registers: Sequence) -> tuple[int, ...]:
        """The slack and the branch that it takes; both branches where the slack does not say."""
        slack = registers[self.slack]
        if slack is not None and self._holds(slack):
            return self.slack, self.then
        if slack is not None and (slack < 0 or (self.rel == ">" and slack <= 0)):
            return self.slack, self.otherwise
        return self.reads

    def _holds(self, slack: Any) -> Any:
        return slack > 0 if self.rel == ">" else slack >= 0

    def on_arrays(self, values: Sequence, out: np.ndarray | None = None) -> Any:
        holds = self._holds(values[self.slack])
        return into(out, np.where(holds, values[self.then], values[self.otherwise]))

    @property
    def hides_nan(self) -> tuple[int, ...]:
        """The slack: nan is no case.  Of the branches only the one that is taken counts."""
        return (self.slack,)

    def rounding(self, values: Sequence, errors: Sequence, value: Any) -> Any:
        slack, error = values[self.slack], errors[self.slack]
        passed = np.where(self._holds(slack), errors[self.then], errors[self.otherwise])
        is_unsure = (abs(slack) <= error) & (np.asarray(error) > 0)
        return np.where(is_unsure, np.inf, passed)[()]

    def exactly(self, registers: Sequence) -> Any:
        slack = registers[self.slack]
        if slack is None:
            return None
        return registers[self.then if self._holds(slack) else self.otherwise]

    def in_balls(self, registers: Sequence, exact: Sequence) -> Any:
        """The case that holds; a ball that can't tell which is no answer at this precision."""
        slack = exact[self.slack]
        if slack is not None:
            return registers[self.then if self._holds(slack) else self.otherwise]
        slack = registers[self.slack]
        if slack > 0:
            return registers[self.then]
        return registers[self.otherwise] if slack < 0 else arb("nan")


def _cases(builder: Any, pairs: Sequence) -> int:
    (value, condition), *rest = pairs
    if condition == sympy.true:
        return builder.compile(value)
    if not rest or not isinstance(condition, INEQUALITIES):
        raise NoMethod(f"a case is one inequality, and the last one holds always; not {condition}")
    slack = builder.compile(condition.gts - condition.lts)
    rel = ">" if isinstance(condition, STRICT) else ">="
    return builder.emit(Select(slack, rel, builder.compile(value), _cases(builder, rest)))
