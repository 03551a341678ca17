"""What claims of K pooled samples share: D along an eigenvector, and names among many."""

from sympy import Expr

from symrisk.equivalents.pooled import Pooled


def inside(pooled: Pooled) -> Expr:
    """D, the inverse of the resolvent along an eigenvector."""
    pairs = zip(pooled.scales, pooled.eigenvalues, strict=True)
    return pooled.floor + sum(c * t for c, t in pairs)


def among(quantity, values: dict) -> dict:
    """Those of the values that the quantity has a name for."""
    known = quantity.graph.names | quantity.graph.bound
    return {name: value for name, value in values.items() if name in known}
