r"""Letters of a source whose covariance has eigenvalues kappa and 1/kappa, in halves.

2 kappa d = (kappa - 1)^2; x is what the source's rows take up along a unit eigenvalue.
"""

from symrisk.language.implicit import Implicit
from symrisk.language.region import Region
from symrisk.language.relation import Relation
from symrisk.symbols import n1, n2, p, symbol

NO_SOURCE = "without source rows the risk is that of the target alone, concept_shift.target_risk"


anisotropy = symbol("anisotropy", r"\kappa",
                    "larger eigenvalue of the source's covariance, the smaller one being 1/kappa",
                    positive=True)
pair_spread = symbol("pair_spread", "d",
                     "how far the mean of kappa and 1/kappa exceeds one, (kappa - 1)^2/(2 kappa)",
                     nonnegative=True)
upper_share = symbol("upper_share", r"\omega_+",
                     "share of |theta|^2 in the eigenspace of kappa, 1/2 for G = H",
                     nonnegative=True)
scale = symbol("scale", "x", "what the source's rows take up along a unit eigenvalue",
               positive=True)
imbalance = symbol("imbalance", "u", "dimension less twice the source sample, p - 2 n_1")
peak_scale = symbol("peak_scale", "x_p", "the same at the interpolation peak p = n", positive=True)

few, many, half = Region(2 * n1 < p), Region(2 * n1 > p), Region(Relation(p, "==", 2 * n1))
shifted, shifted_or_not = Region(anisotropy > 1), Region(anisotropy >= 1)
overparametrised = Region(n1 > 0, n1 + n2 < p)

one_pair = {pair_spread: (anisotropy - 1)**2 / (2 * anisotropy)}
spectrum = {
    **Implicit.root(scale, (p - n1) * scale**2 + (1 + pair_spread) * imbalance * scale - n1),
    imbalance: p - 2 * n1,
    **one_pair}


def taken_up(x):
    """Of the two directions of a pair, how many rows of scale x take up: sum of x tau/(1 + x tau).

    >>> taken_up(1).subs(anisotropy, 3)
    1
    """
    return anisotropy * x / (1 + anisotropy * x) + x / (anisotropy + x)
