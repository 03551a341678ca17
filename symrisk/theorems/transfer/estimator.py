"""An estimator: a fit, and the formula of its risk in each of its regimes, stated once a regime.

A fit to few rows interpolates and one to many is least squares, and neither formula knows the
other's side of the peak.  Each holds where its region says; together they are the risk.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from symrisk.language.formula import Formula
from symrisk.language.names.inputs import default_of
from symrisk.simulate.fits.fit import Fit


@dataclass(frozen=True, eq=False)
class Estimator:
    """A fit with the formula of its risk in each regime.

    fit: what it does with rows and labels, in the letters of the formulas. regimes: {regime in
    words: formula}, in order: where two hold, the first says the risk.

    >>> from symrisk.simulate.fits.min_norm import MinNorm
    >>> from symrisk.theorems.transfer import finite_sample, least_squares
    >>> pool = Estimator(MinNorm(), {"interpolates": finite_sample.unequal_noise_pooled_risk,
    ...                              "is least squares": least_squares.ols_risk})
    >>> at = {"sigma1_sq": 1, "sigma2_sq": 1, "theta_sq": 5, "delta_sq": 1, "n2": 10, "p": 60}
    >>> pool.risk(n1=np.array([20, 50, 90]), **at).round(3).tolist()
    [3.983, nan, 2.486]
    >>> pool.regime(n1=np.array([20, 50, 90]), **at).tolist()
    ['interpolates', '', 'is least squares']
    """

    fit: Fit
    regimes: Mapping[str, Formula]

    @property
    def formulas(self) -> tuple[Formula, ...]:
        """The formulas of its risk, one a regime."""
        return tuple(self.regimes.values())

    @property
    def letters(self) -> dict:
        """{name: letter} of every name that a formula of it knows."""
        return {letter.name: letter for formula in self.formulas for letter in formula.graph.names}

    def risk(self, /, **values) -> np.ndarray:
        """The risk on the grid of all values, each formula taking what it depends on; nan where no
        regime holds.
        """
        found = np.full(_shape(values), np.nan)
        for formula in self.formulas:
            found = np.where(np.isnan(found), _risk(formula, values), found)
        return found

    def regime(self, /, **values) -> np.ndarray:
        """The regime at each point of the grid, in words; "" where none holds."""
        found = np.full(_shape(values), "", dtype=object)
        for words, formula in self.regimes.items():
            holds = ~np.isnan(_risk(formula, values))
            found = np.where((found == "") & holds, words, found)
        return found


def _shape(values):
    return np.broadcast_shapes(*map(np.shape, values.values()))


def _risk(formula, values):
    """A formula's risk on the grid, by what it depends on of the values; nan outside its region."""
    needed = formula.given(*(s for s in formula.graph.names if s.name in values)).inputs
    defaults = {}
    for name, letter in needed.items():
        if default_of(letter) is not None:
            defaults[name] = float(default_of(letter))
    known = {name: value for name, value in {**defaults, **values}.items() if name in needed}
    return formula(outside="nan", **known)
