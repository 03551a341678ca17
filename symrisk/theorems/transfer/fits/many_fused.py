"""The risk of a weighted sum of K fits: in their moments, about its least value, and by scatter."""

from itertools import combinations, combinations_with_replacement, starmap

from sympy import Expr, Ge, Symbol

from symrisk.language.formula import Formula
from symrisk.language.region import Region
from symrisk.symbols import noise, numbered, size, symbol
from symrisk.theorems.transfer.fits.of_samples import (
    aimed,
    inner,
    moment,
    scattered,
    shown,
    weight_of,
)
from symrisk.theorems.transfer.letters import squared_sum
from symrisk.theorems.transfer.two_fits import infinite, scattered_of, shown_of


def fused_risk_of(K: int) -> Formula:
    """The expected risk of sum_k w_k theta_hat_k, the fits being to K independent samples, the
    target's not always among them.

    >>> both = fused_risk_of(2)
    >>> both(p=60, n1=25, n2=12, w1=0.4, w2=0.6, theta0_sq=2, theta1_sq=3, theta2_sq=2,
    ...      inner01=2, inner02=2, inner12=2, sigma1_sq=1, sigma2_sq=1)
    1.4868952857738844
    """
    each = numbered(K)
    weights = {k: weight_of(k) for k in each}
    along = sum(weights[k] * aimed(k) for k in each)
    off_peak = {k: Ge(scattered(k), 0, evaluate=False) for k in each}
    return Formula(
        symbol(f"fused_risk_of_{K}", rf"R_{{{K}}}(w)",
               f"excess risk of the weighted sum of {K} fits"),
        squared_sum(weights, moment) - 2 * along + inner(0, 0),
        on=Region(*(shown(k) <= 1 for k in each), *off_peak.values()),
        beyond=dict.fromkeys(off_peak.values(), infinite), where={
            **{moment(k, m): shown(k) * shown(m) * inner(k, m) for k, m in combinations(each, 2)},
            **{moment(k, k): shown(k) * inner(k, k) + scattered(k) * noise(k) for k in each},
            **{aimed(k): shown(k) * inner(0, k) for k in each},
            **{shown(k): shown_of(size(k)) for k in each},
            **{scattered(k): scattered_of(size(k)) for k in each}})


def of_fits(K: int) -> list[Symbol]:
    """r_k and zeta_k of K fits, for a claim that is made in them."""
    letters = []
    for k in numbered(K):
        letters += [shown(k), scattered(k)]
    return letters


def best(k: int) -> Symbol:
    """v_k, the best weight of the fit on sample k."""
    return symbol(f"v{k}", f"w_{k}^*", f"best weight of fit {k}")


def best_of(K: int) -> tuple:
    """What the risk of K fits is beyond |theta_0|^2 - u'v where u = M v, and (w - v)'M(w - v)."""
    each = numbered(K)
    moments = starmap(moment, combinations_with_replacement(each, 2))
    in_moments = fused_risk_of(K).given(*of_fits(K), *moments, *map(aimed, each))
    aims = {aimed(k): sum(moment(k, m) * best(m) for m in each) for k in each}
    least = inner(0, 0) - sum(aims[aimed(k)] * best(k) for k in each)
    apart = {k: weight_of(k) - best(k) for k in each}
    return in_moments.at(aims) - least, squared_sum(apart, moment)


def mean_and_scatter(K: int) -> Expr:
    """|theta_0 - sum_k w_k r_k theta_k|^2, and what the fits scatter about their means."""
    each = numbered(K)
    lean = {k: weight_of(k) * shown(k) for k in each}
    along = sum(lean[k] * inner(0, k) for k in each)
    total = inner(0, 0) - 2 * along + squared_sum(lean, inner)
    for k in each:
        about_mean = shown(k) * (1 - shown(k)) * inner(k, k) + scattered(k) * noise(k)
        total += weight_of(k)**2 * about_mean
    return total
