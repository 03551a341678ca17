r"""What the scales of pooled samples minimise is convex in their logarithms: they exist at most
once, and Newton steps find them.

    Phi(u)  =  p mean log(mu tau_omega + sum_k e^{u_k} tau_k)  +  sum_k e^{u_k}/w_k  -  sum_k n_k
    u_k,        c_k = e^{u_k}.

Its slope along u_k is the excess of what sample k is fitted, and costs, over its rows.  Each
logarithm is that of a sum of exponentials: convex, and strictly so along each direction in which
two of the exponents differ.  With costs c_k/w_k no line is straight, whatever the law.  Without
them (the interpolator, n < p) it takes eigenvalues tau_k that are not zero throughout.
"""

from symrisk.engine.expressions.mean import Mean
from symrisk.equivalents.pooled import REGIMES, Pooled
from symrisk.language.claim import Claim
from symrisk.language.region import Region
from symrisk.language.relation import Relation
from symrisk.paper.theorem import Citation, Theorem
from symrisk.symbols import H, p, size
from symrisk.theorems.transfer.letters import SPOKEN, WORDS


def claims_of(pooled):
    """Convexity of one potential, and its slopes."""
    potential, told = pooled.potential, f"{SPOKEN[pooled.regime]}, {WORDS[pooled.K]}"
    bend = potential.curvature(*pooled.scales)
    if pooled.regime == "ridgeless":
        yield Claim(f"the potential is convex in the logarithms of the scales ({told})", bend, ">=", 0)
    # Without costs a sample whose eigenvalues are all zero would leave the line along its scale
    # straight.
    alive = [Relation(Mean(tau_k, H), ">", 0) for tau_k, cost in zip(pooled.eigenvalues, pooled.costs, strict=True) if cost == 0]
    yield Claim(f"the potential is strictly convex in the logarithms of the scales ({told})", bend, ">", 0,
                on=bend.moving & Region(*alive))
    inside = pooled.floor + sum(c * t for c, t in zip(pooled.scales, pooled.eigenvalues, strict=True))
    for k, c, tau_k, cost in zip(pooled.samples, pooled.scales, pooled.eigenvalues, pooled.costs, strict=True):
        yield Claim(f"the slope along the scale of sample {k} is what it is fitted and costs beyond its rows ({told})",
                    c * potential.diff(c), "==", p * Mean(c * tau_k / inside, H) + cost - size(k))


# Of one sample least squares has c = n - p whatever the law: its potential rests on the law by a
# constant.
pools = tuple(Pooled(K, regime) for regime in REGIMES for K in WORDS if (K, regime) != (1, "ols"))
(ridge_potential_of_1, ridge_potential_of_2, ridge_potential_of_3, ridgeless_potential_of_1, ridgeless_potential_of_2,
 ridgeless_potential_of_3, ols_potential_of_2, ols_potential_of_3) = (pooled.potential for pooled in pools)

pooled_potential = Theorem(
    "The potential of pooled samples is convex",
    (Citation("boyd2004", "Section 3.1.5 (log-sum-exp is convex) and 3.2.1 (so are non-negative sums and integrals)"),
     Citation("song2024", "design shift: the fixed-point equations, here as what makes a potential least")),
    states="The scales of K pooled samples, under a penalty, for the interpolator of least norm and for least squares, make a "
           "function least that is convex in their logarithms: the fixed-point equations have one solution at most.",
    assumes=("covariances that commute",),
    formulas=tuple(pooled.potential for pooled in pools), claims=tuple(claim for pooled in pools for claim in claims_of(pooled)),
)
