"""What a formula asks for: names with their meaning, kind, sign and default."""

from collections.abc import Iterable

import sympy


class Inputs(dict):
    """name -> Symbol, printed as a table.

    >>> from symrisk.symbols import p, sigma_sq
    >>> print(Inputs((p, sigma_sq)))
    p         dimension: features per sample (count, > 0)
    sigma_sq  noise variance (scalar, >= 0, default 1)
    """

    def __init__(self, symbols: Iterable[sympy.Symbol]):
        super().__init__((s.name, s) for s in symbols)

    def __repr__(self):
        width = max(map(len, self), default=0)
        rows = [f"{name:<{width}}  {_described(symbol)}" for name, symbol in self.items()]
        return "\n".join(rows)


def _described(symbol):
    """The meaning of a symbol; in brackets its kind, and its sign and default where it has them."""
    details = [getattr(symbol, "kind", "scalar")]
    sign, default = getattr(symbol, "sign", ""), default_of(symbol)
    if sign:
        details.append(sign)
    if default is not None:
        details.append(f"default {default}")
    return f"{getattr(symbol, 'meaning', '')} ({', '.join(details)})"


def default_of(symbol: sympy.Symbol):
    """The value a name takes where none is given, or None."""
    return getattr(symbol, "default", None)
