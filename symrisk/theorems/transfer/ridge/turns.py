r"""The stationary share of pooled ridge, by its distance from the end where nothing is penalised.

    y = n/beta - p  below the peak,        z = n/beta - n  from it on,

in which the small penalty of a strong signal, mu = y (y + p - n)/(p + y) or z (z + n - p)/(n + z),
is no difference.
"""

from sympy import Expr, Piecewise, Symbol, oo

from symrisk.language.formula import Formula
from symrisk.language.implicit import Implicit
from symrisk.language.region import Region
from symrisk.symbols import n, p, symbol
from symrisk.theorems.shared.accuracy import ASYMPTOTIC
from symrisk.theorems.transfer.letters import sampled
from symrisk.theorems.transfer.ridge.letters import excess
from symrisk.theorems.transfer.ridge.stationary_share import ahead, aims, aside, noise

turn_below = symbol("turn_below", r"y_\circ", "n/beta - p where the risk is stationary in (0, n/p)",
                    positive=True)
turn_above = symbol("turn_above", r"z_\circ", "n/beta - n where the risk is stationary in (0, 1)",
                    positive=True)


def at_turn(size: Expr, away: Expr, y: Symbol) -> Expr:
    """The quartic times n^2/beta^4, in y = n/beta - size.

    `size` is p below the peak and n from it on, `away` what the other of the two is beyond it.
    """
    # At y = 0 it is the quartic's value at the end, and no difference of larger terms.
    at_end = size**2 * (aside * excess**2 + size * p * noise)
    first = size**2 * ((ahead - 3 * aside) * away + 3 * p * noise)
    second = size * (ahead * (2 * away - size) + 3 * aside * size + 3 * p * noise)
    third = ahead * (away - 2 * size) + aside * (n + p) + p * noise
    return at_end + first * y + second * y**2 + third * y**3 - ahead * y**4


turns_below = aside * excess**2 + p**2 * noise > 0
turns_above = aside * excess**2 + n * p * noise > 0
best_left = Formula(
    symbol("best_left", "y", "n/beta - p at the best share below the peak, 0 for the interpolator",
           nonnegative=True),
    Piecewise((turn_below, turns_below), (0, True)), on=sampled & Region(ahead > 0, n < p),
    accuracy=ASYMPTOTIC,
    where={**Implicit.root(turn_below, at_turn(p, excess, turn_below), (0, oo)), excess: n - p,
           **aims})
best_spare = Formula(
    symbol("best_spare", "z", "n/beta - n at the best share from the peak on, 0 for least squares",
           nonnegative=True),
    Piecewise((turn_above, turns_above), (0, True)), on=sampled & Region(ahead > 0, n >= p),
    accuracy=ASYMPTOTIC,
    where={**Implicit.root(turn_above, at_turn(n, -excess, turn_above), (0, oo)), excess: n - p,
           **aims})
