"""One of the unknowns that together minimise a convex potential of products of their powers."""

from dataclasses import dataclass

from symrisk.engine.unknowns.posynomial import Posynomial
from symrisk.engine.unknowns.stationary import Stationary


@dataclass(frozen=True)
class Lowest(Stationary):
    """One unknown of the minimiser of a `Posynomial`: all that is said of it is said of
    `Stationary`, but another instruction solves for it.
    """

    potential: Posynomial
