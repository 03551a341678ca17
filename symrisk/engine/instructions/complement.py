"""1 - (1-x)^e, as it stands in what is lost to forgetting: without cancellation for small x."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from flint import arb, fmpq

from symrisk.engine.arrays.ulps import of_exponential
from symrisk.engine.instructions.instruction import Instruction, into
from symrisk.engine.instructions.powers import ball_power, exact_power
from symrisk.engine.potential.arrays import UNIT


@dataclass(frozen=True, slots=True)
class Complement(Instruction):
    """1 - (1 - small)^exponent."""

    small: int
    exponent: int

    @property
    def reads(self) -> tuple[int, ...]:
        return self.small, self.exponent

    @property
    def hides_nan(self) -> tuple[int, ...]:
        return self.small, self.exponent

    def on_arrays(self, values: Sequence, out: np.ndarray | None = None) -> Any:
        """By expm1 and log1p where x <= 1; 0 where the exponent is 0, also at x = 1."""
        x, exponent = np.asarray(values[self.small], float), np.asarray(values[self.exponent])
        result = -np.expm1(exponent * np.log1p(-np.minimum(x, 1)))
        result = np.where(x > 1, 1 - np.power(1 - x, exponent), result)
        return into(out, np.where(exponent == 0, 0.0, result))

    def rounding(self, values: Sequence, errors: Sequence, value: Any) -> Any:
        exponent, power = values[self.exponent], 1 - value
        base = 1 - values[self.small]
        moved = of_exponential(base, errors[self.small], exponent, errors[self.exponent], power)
        # The power is never formed: its own rounding is none of the value's.
        passed = moved - 4 * UNIT * abs(power)
        return passed + np.where(base >= 0, 4 * UNIT * abs(value), 4 * UNIT * (1 + abs(power)))

    def exactly(self, registers: Sequence) -> fmpq | None:
        small, exponent = registers[self.small], registers[self.exponent]
        if small is None or exponent is None:
            return None
        power = exact_power(1 - small, exponent)
        return None if power is None else 1 - power

    def in_balls(self, registers: Sequence, exact: Sequence) -> arb:
        base, exponent = 1 - registers[self.small], registers[self.exponent]
        return 1 - ball_power(base, exponent, exact[self.exponent])
