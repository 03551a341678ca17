"""What catches an altered formula by numbers: the exact instances of derivation steps, and
simulations.

A number catches nearly everything that moves it, and says nothing of what it was altered from:
claims come first.
"""

import math
import warnings
from collections.abc import Iterable

from symrisk.catalogue.discovery.entry import Entry
from symrisk.catalogue.discovery.imports import importing
from symrisk.catalogue.mutants.alteration import Alteration
from symrisk.catalogue.mutants.caught import Caught
from symrisk.catalogue.mutants.rebound import Rebound
from symrisk.catalogue.mutants.replaced import replaced
from symrisk.errors import AccuracyWarning, ArgumentError, SymriskError
from symrisk.paper.derivation import Step

REPLICATES = 200
FARTHEST = 5.0
"""Standard errors within which a simulation agrees with a formula."""
ROUNDING = 1e-9
"""What a replicate without randomness may differ by, relatively."""


class ByNumbers:
    """Steps by exact instances, and simulations, of some entries: those that agree with the
    formulas as they are.

    >>> from symrisk import catalogue
    >>> from symrisk.theorems.collapse import mixing
    >>> net = ByNumbers(catalogue.entries("symrisk.theorems.collapse"))
    >>> net.caught(Alteration(mixing.variance_factor, None, 2*mixing.variance_factor.expression)).kind
    'simulation'
    """  # noqa: E501

    def __init__(self, entries: Iterable[Entry]):
        self.entries = tuple(entries)
        self.folders = {entry.place.file.parent for entry in self.entries}
        self._steps = _steps_by_instances(self.entries)
        self._agrees = {}
        self._compared = {}

    def caught(self, alteration: Alteration) -> Caught | None:
        """The first step or simulation that does not agree with the mutant; None where all do."""
        return self._by_instances(alteration) or self._by_simulation(alteration)

    def _by_instances(self, alteration):
        copies = Rebound(alteration.formula, alteration.mutant, self.folders)
        for entry, step in self._steps:
            copies.touches = False
            altered = Step(step.says, instances=copies.of(step.instances))
            if not copies.touches or _agrees(altered, entry):
                continue
            if self._is_shown(step, entry):
                return Caught("instances", "exact values differ", step.says)
        return None

    def _is_shown(self, step, entry):
        """Whether a step agrees with the formulas as they are."""
        if id(step) not in self._agrees:
            self._agrees[id(step)] = _agrees(step, entry)
        return self._agrees[id(step)]

    def _by_simulation(self, alteration):
        for entry in self.entries:
            for simulation in entry.theorem.simulations:
                reference = _reference(simulation)
                altered = replaced(reference, alteration.formula, alteration.mutant)
                if altered == reference:
                    continue
                compared = self._comparison(simulation, entry)
                if compared is not None and _is_far(compared, altered, simulation.point):
                    says = simulation.says or simulation.formula.title
                    return Caught("simulation", f"more than {FARTHEST:g} standard errors off", says)
        return None

    def _comparison(self, simulation, entry):
        """The simulated mean at the default point; None where there is none, or it is not that of
        the formula as it is.
        """
        if id(simulation) not in self._compared:
            self._compared[id(simulation)] = _simulated(simulation, entry)
        return self._compared[id(simulation)]


def _steps_by_instances(entries):
    """Pairs (entry, step)."""
    found = []
    for entry in entries:
        for chain in entry.derivations:
            found += [(entry, step) for step in chain.steps if step.instances is not None]
    return found


def _agrees(step, entry):
    """Whether instances agree; where there is no name for what they ask, nothing is said."""
    try:
        with importing(entry.place), warnings.catch_warnings():
            warnings.simplefilter("ignore", AccuracyWarning)
            return step.check().holds
    except ArgumentError:
        return True
    except (SymriskError, ArithmeticError):
        return False


def _reference(simulation):
    return simulation.formula if simulation.finite_size is None else simulation.finite_size


def _simulated(simulation, entry):
    if not simulation.point:
        return None
    try:
        with importing(entry.place), warnings.catch_warnings():
            warnings.simplefilter("ignore", AccuracyWarning)
            compared = simulation.run(REPLICATES, rng=0)
    except (SymriskError, ArithmeticError):
        return None
    return compared if abs(compared.z) <= FARTHEST else None


def _is_far(compared, formula, point):
    """Whether a formula's value at a point is not the simulated mean, or there is none."""
    names = {symbol.name for symbol in formula.graph.names} | set(formula.inputs)
    inputs = {name: value for name, value in point.items() if name in names}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", AccuracyWarning)
            value = float(formula(**inputs))
    except ArgumentError:
        return False
    except (SymriskError, ArithmeticError):
        return True
    rounding = ROUNDING * max(abs(value), abs(compared.mean))
    apart = abs(value - compared.mean)
    return math.isnan(apart) or apart > FARTHEST * max(compared.standard_error, rounding)
