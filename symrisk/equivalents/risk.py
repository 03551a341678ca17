"""The risk of a pooled fit, term by term: what label noise adds, what coefficients add, and
their sum, as formulas.
"""

from symrisk.equivalents.pooled import coordinates
from symrisk.language.formula import Formula
from symrisk.symbols import coordinate, symbol, tau0

ASYMPTOTIC = "asymptotic, O(1/p)"
NAMES = {
    "ridge": ("ridge", r"R_{\mu}", "weighted ridge"),
    "ridgeless": ("min_norm", r"R_{0}", "min-norm interpolation"),
    "ols": ("ols", r"R_{\mathrm{OLS}}", "weighted least squares"),
}


def miss_of(k):
    """theta_bar - theta_k along an eigenvector."""
    return symbol(
        f"miss{k}",
        rf"e_{k}(\tau)",
        f"what the mean fit misses of the coefficients {k} along an eigenvector",
        kind="varying",
    )


def bias_of(k):
    """|theta_bar - theta_k|^2 in the norm of Sigma_k."""
    return symbol(
        f"bias{k}",
        rf"\|\bar\theta-\theta_{k}\|_{{\Sigma_{k}}}^2",
        f"squared distance of the mean fit from theta_{k}, in the norm of Sigma_{k}",
        nonnegative=True,
    )


def variance_of(pooled, target=tau0):
    """What the label noise adds to the risk of a pooled fit, sum_k g_k sigma_k^2: a Formula."""
    name, latex, words = NAMES[pooled.regime]
    body = sum(g * s for g, s in zip(pooled.gains, pooled.noises(), strict=True))
    return Formula(
        symbol(
            f"{name}_variance_of_{pooled.K}",
            f"V{latex[1:]}",
            f"what label noise adds to the risk of {words}",
            nonnegative=True,
        ),
        body,
        where={**pooled.second(target), **pooled.first},
        on=pooled.on,
        accuracy=ASYMPTOTIC,
    )


def bias_of_fit(pooled, target=tau0, given=None):
    """What coefficients add to the risk of a pooled fit: the mean fit's distance from the target's,
    and what passes of its distances from the samples': a Formula."""
    name, latex, words = NAMES[pooled.regime]
    given = coordinates(pooled.K) if given is None else given
    own = coordinate(0)
    distances = {
        bias_of(0): pooled.mean(target * miss_of(0) ** 2),
        miss_of(0): pooled.missed(given, own),
    }
    for k, tau_k, b_k in zip(pooled.samples, pooled.eigenvalues, given, strict=True):
        distances |= {
            bias_of(k): pooled.mean(tau_k * miss_of(k) ** 2),
            miss_of(k): missed_of(pooled, given, own, b_k),
        }
    body = bias_of(0) + sum(
        g * bias_of(k) for g, k in zip(pooled.gains, pooled.samples, strict=True)
    )
    return Formula(
        symbol(
            f"{name}_bias_of_{pooled.K}",
            f"B{latex[1:]}",
            f"what coefficients add to the risk of {words}",
            nonnegative=True,
        ),
        body,
        where={**distances, **pooled.second(target), **pooled.first},
        on=pooled.on,
        accuracy=ASYMPTOTIC,
    )


def missed_of(pooled, given, own, b_k):
    """theta_bar - theta_k, with differences of coefficients formed first."""
    return miss_of(0) if b_k == own else pooled.missed(given, b_k)


def risk_of(pooled, target=tau0, given=None):
    """The excess risk of a pooled fit on the target: a Formula."""
    name, latex, words = NAMES[pooled.regime]
    parts = variance_of(pooled, target), bias_of_fit(pooled, target, given)
    return Formula(
        symbol(f"{name}_risk_of_{pooled.K}", latex, f"excess risk of {words}", nonnegative=True),
        sum(part.symbol for part in parts),
        where={part.symbol: part for part in parts},
        on=pooled.on,
        accuracy=ASYMPTOTIC,
    )


def freedom_of(pooled):
    """The fit's degrees of freedom, the trace of what maps labels to fitted values in the mean:
    a Formula.
    """
    return Formula(
        symbol(
            f"freedom_of_{pooled.K}",
            r"\mathrm{df}",
            "degrees of freedom: the trace of sum_k c_k Sigma_k Q",
            nonnegative=True,
        ),
        sum(pooled.mean(share) for share in pooled.shares),
        where=pooled.first,
        on=pooled.on,
        accuracy=ASYMPTOTIC,
    )
