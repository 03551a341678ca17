"""Gradient descent on least squares, stopped early."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from symrisk.engine.arrays.given import numbers
from symrisk.simulate.fits.fit import RIDGE, Fit, stacked
from symrisk.simulate.fits.linear import Linear
from symrisk.simulate.given import count


@dataclass(frozen=True)
class Early(Fit):
    """theta <- theta + rate X'(y - X theta), from zero, `steps` times: linear in the labels."""

    rate: Any
    steps: Any

    def on(self, designs):
        X, rate = stacked(designs), float(numbers("rate", self.rate, (), "positive"))
        matrix = np.zeros(X.shape[::-1])
        for _ in range(count("steps", self.steps)):
            matrix += rate * (X.T - X.T @ (X @ matrix))
        return Linear(matrix)

    def regimes(self, sizes, p):
        return (RIDGE,)
