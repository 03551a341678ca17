"""Letters of the transfer theorems on any number of samples: the place of sample k in the Gram data, and its share.

Sample k has coefficients theta_0 + Delta_k, theta_0 being the target's.
"""

from symrisk.symbols import symbol


def gram(k, m):
    """<Delta_k, Delta_m>, an entry of the Gram matrix of the shifts Delta_k = theta_k - theta_0."""
    k, m = sorted((k, m))
    latex = rf"\|\Delta_{k}\|^2" if k == m else rf"\langle\Delta_{k},\Delta_{m}\rangle"
    sign = {"nonnegative": True} if k == m else {}
    return symbol(f"gram{k}{m}", latex, f"inner product of the shifts {k} and {m}", **sign)


def disagreement(k, m):
    """|Delta_k - Delta_m|^2."""
    return gram(k, k) - 2 * gram(k, m) + gram(m, m)


def cross_of(k):
    """<theta_0, Delta_k>, how far shift k points along the target's coefficients."""
    return symbol(f"cross{k}", rf"\langle\theta_0,\Delta_{k}\rangle", f"inner product of the target's coefficients and shift {k}")


def share_of(k):
    """beta_k, the share of its coefficients that sample k brings into the fit."""
    return symbol(f"beta{k}", rf"\beta_{k}", f"share of its coefficients that sample {k} brings into the fit", nonnegative=True)
