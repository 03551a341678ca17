"""How much of each sample's noise reaches the target: two linear equations, solved without
subtraction.
"""

from symrisk.engine.potential.elimination_names import eliminated
from symrisk.equivalents.pooled import Pooled
from symrisk.symbols import p
from symrisk.theorems.transfer.covariate_shift_constants import E, a1, a2, first, tau1, tau2

source, target = a1 * tau1, a2 * tau2
tie = p * E(source * target)
ground = [p * E(source), p * E(target)]
pulls = [p * E(source * tau2), p * E(target * tau2)]
names, (x1, x2) = eliminated("", {(1, 0): tie}, ground, pulls)

g1, g2 = Pooled(2, "ridgeless").gains
# In reading order: what is eliminated last says the rest.
second = {
    g1: a1 * x1,
    g2: a2 * x2,
    **dict(reversed(names.items())),
    **first}
