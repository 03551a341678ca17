"""The simulation that a theorem has of a formula."""

import sys

from symrisk.errors import NoMethod
from symrisk.paper.theorem import Theorem
from symrisk.simulate.experiment import Simulation


def simulation_of(formula) -> Simulation:
    """The Simulation of a formula, by the theorems that are loaded: whoever has a formula has
    loaded its theorem.

    NoMethod where none of them simulates it.

    >>> from symrisk.theorems.collapse import mixing
    >>> simulation_of(mixing.variance_factor_at) is mixing.mixing.simulations[0]
    True
    """
    for theorem in _loaded():
        for simulation in theorem.simulations:
            if simulation.formula is formula:
                return simulation
    raise NoMethod(f"{formula.title} carries no simulation: no theorem has one of it")


def _loaded():
    """The theorems that modules bind to names."""
    for module in list(sys.modules.values()):
        for value in list(getattr(module, "__dict__", {}).values()):
            if isinstance(value, Theorem):
                yield value
