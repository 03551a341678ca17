"""Letters of K independent fits: what each shows and scatters, its weight, and inner products.

theta_k are the coefficients of sample k, theta_0 the target's, which need not be among them.  The
first two fits have the letters of `two_fits`.
"""

from sympy import Symbol

from symrisk.symbols import inner12, symbol, theta1_sq
from symrisk.theorems.transfer.two_fits import r1, r2, w1, w2, zeta1, zeta2


def shown(k: int) -> Symbol:
    """r_k, the share of its coefficients that the fit on sample k shows in the mean."""
    if k in (1, 2):
        return (r1, r2)[k - 1]
    return symbol(f"r{k}", f"r_{k}", f"share of its coefficients that fit {k} shows in the mean",
                  nonnegative=True)


def scattered(k: int) -> Symbol:
    """zeta_k, the squared norm of the fit on sample k to pure noise of variance one."""
    if k in (1, 2):
        return (zeta1, zeta2)[k - 1]
    return symbol(f"zeta{k}", rf"\zeta_{k}", f"squared norm of fit {k} to noise of variance one",
                  nonnegative=True)


def weight_of(k: int) -> Symbol:
    """w_k, the weight of the fit on sample k."""
    if k in (1, 2):
        return (w1, w2)[k - 1]
    return symbol(f"w{k}", f"w_{k}", f"weight of fit {k}")


def inner(k: int, m: int) -> Symbol:
    """<theta_k, theta_m>; theta_0 are the target's coefficients."""
    k, m = sorted((k, m))
    if (k, m) == (1, 1):
        return theta1_sq
    if (k, m) == (1, 2):
        return inner12
    meaning = f"inner product of the coefficients {k} and {m}"
    if k == m:
        return symbol(f"theta{k}_sq", rf"\|\theta_{k}\|^2", meaning, nonnegative=True)
    return symbol(f"inner{k}{m}", rf"\langle\theta_{k},\theta_{m}\rangle", meaning)


def moment(k: int, m: int) -> Symbol:
    """M_km, the expected inner product of the fits on samples k and m."""
    k, m = sorted((k, m))
    return symbol(f"M{k}{m}", f"M_{{{k}{m}}}", f"expected inner product of fits {k} and {m}")


def aimed(k: int) -> Symbol:
    """u_k, the expected inner product of the fit on sample k with the target's coefficients."""
    return symbol(f"aimed{k}", f"u_{k}",
                  f"expected inner product of fit {k} with the target's coefficients")
