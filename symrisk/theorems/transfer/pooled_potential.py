r"""What the scales of pooled samples minimise is convex in their logarithms: they exist at most
once, and Newton steps find them.

    Phi(u)  =  p mean log(mu tau_omega + sum_k e^{u_k} tau_k)  +  sum_k e^{u_k}/w_k  -  sum_k n_k
    u_k,        c_k = e^{u_k}.

Its slope along u_k is the excess of what sample k is fitted, and costs, over its rows.  Each
logarithm is that of a sum of exponentials: convex, and strictly so along each direction in which
two of the exponents differ.  With costs c_k/w_k no line is straight, whatever the law.  Without
them (the interpolator, n < p) it takes eigenvalues tau_k that are not zero throughout.
"""

from itertools import chain

from symrisk.engine.expressions.mean import Mean
from symrisk.equivalents.pooled import Pooled
from symrisk.language.claim import Claim
from symrisk.language.region import Region
from symrisk.language.relation import Relation
from symrisk.paper.theorem import Citation, Theorem
from symrisk.symbols import H, p, size
from symrisk.theorems.transfer.letters import SPOKEN, WORDS
from symrisk.theorems.transfer.samples.inside import inside


def claims_of(pooled):
    """Convexity of one potential, and its slopes."""
    potential, told = pooled.potential, f"{SPOKEN[pooled.regime]}, {WORDS[pooled.K]}"
    bend = potential.curvature(*pooled.scales)
    if pooled.regime == "ridgeless":
        yield Claim(f"the potential is convex in the logarithms of the scales ({told})",
                    bend, ">=", 0)
    # Without costs a sample whose eigenvalues are all zero would leave the line along its scale
    # straight.
    costs = zip(pooled.eigenvalues, pooled.costs, strict=True)
    alive = [Relation(Mean(tau_k, H), ">", 0) for tau_k, cost in costs if cost == 0]
    yield Claim(f"the potential is strictly convex in the logarithms of the scales ({told})",
                bend, ">", 0, on=bend.moving & Region(*alive))
    for k in pooled.samples:
        scale, tau_k = pooled.scales[k - 1], pooled.eigenvalues[k - 1]
        fitted = p * Mean(scale * tau_k / inside(pooled), H)
        yield Claim(f"the slope along the scale of sample {k} is what it is fitted and costs "
                    f"beyond its rows ({told})",
                    scale * potential.diff(scale), "==", fitted + pooled.costs[k - 1] - size(k))


# Of one sample least squares has c = n - p whatever the law: its potential rests on the law by a
# constant.
STATED = {"ridge": (1, 2, 3), "ridgeless": (1, 2, 3), "ols": (2, 3)}
pools = []
for regime, numbers in STATED.items():
    pools += [Pooled(K, regime) for K in numbers]
(ridge_potential_of_1, ridge_potential_of_2, ridge_potential_of_3,
 ridgeless_potential_of_1, ridgeless_potential_of_2, ridgeless_potential_of_3,
 ols_potential_of_2, ols_potential_of_3) = formulas = tuple(pooled.potential for pooled in pools)

pooled_potential = Theorem(
    "The potential of pooled samples is convex",
    (Citation("boyd2004",
              "Section 3.1.5 (log-sum-exp is convex) and 3.2.1 (so are non-negative sums and "
              "integrals)"),
     Citation("song2024",
              "design shift: the fixed-point equations, here as what makes a potential least")),
    states="The scales of K pooled samples, under a penalty, for the interpolator of least norm "
           "and for least squares, make a function least that is convex in their logarithms: the "
           "fixed-point equations have one solution at most.",
    assumes=("covariances that commute",),
    formulas=formulas,
    claims=tuple(chain.from_iterable(map(claims_of, pools))),
)
