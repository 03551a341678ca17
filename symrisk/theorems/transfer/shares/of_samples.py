r"""The risk of K pooled isotropic samples by their shares: one rational form for every fit.

In the mean the fit is theta_bar = sum_k beta_k theta_k; with s_k = p beta_k^2/n_k

    (1 - sum_k s_k) R = |theta_0 - theta_bar|^2 + sum_k s_k (sigma_k^2 + |theta_k - theta_bar|^2).
"""

from collections.abc import Callable

from sympy import Expr, Symbol

from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.region import Region
from symrisk.symbols import noise, numbered, p, size, symbol, theta_sq
from symrisk.theorems.shared.accuracy import ASYMPTOTIC
from symrisk.theorems.transfer.letters import cross_of, gram, share_of, squared_sum

missed = symbol("missed", r"\bar\beta", "1 - beta", nonnegative=True)


def spread_of(k: int) -> Symbol:
    """s_k = p beta_k^2 / n_k, how far sample k's rows scatter the fit."""
    return symbol(f"s{k}", f"s_{k}", f"p beta_{k}^2/n_{k}", nonnegative=True)


def distance_of(k: int) -> Symbol:
    """|theta_k - theta_bar|^2, how far coefficients are from the mean fit; k = 0: the target's."""
    return symbol(f"distance{k}", rf"\|\theta_{k}-\bar\theta\|^2",
                  f"squared distance of theta_{k} and the mean fit", nonnegative=True)


def risk_of(K: int) -> Formula:
    """The risk of pooling K isotropic samples with shares beta_k, for a target theta_0 of squared
    norm theta_sq.

    Sample k has size n_k, noise sigma_k^2 and coefficients theta_0 + Delta_k; the shifts enter by
    their Gram data gram_kl = <Delta_k, Delta_l> and cross_k = <theta_0, Delta_k>.  Weights and
    penalty enter through the shares alone: w_k q = beta_k / (n_k - p beta_k) and mu q = 1 - sum_k
    beta_k.  Gram data are taken as they come, estimates too: that they are those of vectors is not
    asked.

    >>> ridge = risk_of(1)
    >>> ridge(n1=50, p=100, beta1=0.25, theta_sq=1, gram11=0, cross1=0, sigma1_sq=1)
    0.7857142857142857
    """
    each = numbered(K)
    share = {k: share_of(k) for k in each}
    spread = {k: spread_of(k) for k in each}
    distance = {k: distance_of(k) for k in (0, *each)}
    rest = 1 - sum(share.values())
    scattered = {k: p * share[k]**2 / size(k) for k in each}
    added = sum(spread[k] * (noise(k) + distance[k]) for k in each)
    # 1 - sum_k s_k, without a difference that would cancel near the peak.
    free = missed + sum(share[k] * ((size(k) - p * share[k]) / size(k)) for k in each)
    shown = (p * share[k] <= size(k) for k in each)
    filled = (size(k) > 0 for k in each)
    return Formula(
        symbol(f"risk_of_{K}", rf"R_{{{K}}}(\beta)", f"excess risk of {K} pooled samples",
               nonnegative=True),
        distance[0] + added / free, accuracy=ASYMPTOTIC,
        on=Region(rest >= 0, sum(scattered.values()) < 1, *shown, *filled), where={
            **{distance[k]: _far(k, each) for k in (0, *each)},
            missed: rest,
            **{spread[k]: scattered[k] for k in each}})


def _far(k, each):
    """|theta_k - theta_bar|^2, theta_k - theta_bar being missed theta_0 + sum_m lean_m Delta_m."""
    lean = {m: int(m == k) - share_of(m) for m in each}
    leaning = sum(lean[m] * cross_of(m) for m in each)
    return missed**2 * theta_sq + 2 * missed * leaning + squared_sum(lean, gram)


def limits_of_form(K: int) -> tuple[Claim, ...]:
    """No fit, the interpolator and least squares, as claims about the form of K samples."""
    each = numbered(K)
    total = sum(size(k) for k in each)
    noise_sum = sum(size(k) * noise(k) for k in each)
    own = sum(size(k) * gram(k, k) for k in each)
    mean_sq = squared_sum({k: size(k) for k in each}, gram)
    interpolated = (p * own - mean_sq) / (p * (p - total))
    spread = noise_sum + own - mean_sq / total

    def at(share: Callable[[Expr], Expr]):
        return risk_of(K).at({share_of(k): share(size(k)) for k in each})

    return (
        Claim(f"without any fit the risk is the signal (K = {K})",
              at(lambda rows: 0), "==", theta_sq),
        Claim(f"at beta_k = n_k/p the form is the risk of the min-norm interpolator (K = {K})",
              at(lambda rows: rows / p), "==",
              (p - total) / p * theta_sq + noise_sum / (p - total) + interpolated,
              on=Region(total < p)),
        Claim(f"at beta_k = n_k/n the form is the risk of least squares (K = {K})",
              at(lambda rows: rows / total), "==",
              mean_sq / total**2 + p / (total * (total - p)) * spread, on=Region(total > p)),
    )


risk_of_1, risk_of_2, risk_of_3 = risk_of(1), risk_of(2), risk_of(3)
