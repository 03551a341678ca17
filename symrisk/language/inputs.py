"""What a formula asks for: names with their meaning, kind, sign and default."""


class Inputs(dict):
    """name -> Symbol, printed as a table."""

    def __init__(self, symbols):
        super().__init__((s.name, s) for s in symbols)

    def __repr__(self):
        width = max(map(len, self), default=0)
        return "\n".join(f"{name:<{width}}  {_described(symbol)}" for name, symbol in self.items())


def _described(symbol):
    sign = getattr(symbol, "sign", "")
    details = [getattr(symbol, "kind", "scalar"), *([sign] if sign else [])]
    if default_of(symbol) is not None:
        details.append(f"default {default_of(symbol)}")
    return f"{getattr(symbol, 'meaning', '')} ({', '.join(details)})"


def default_of(symbol):
    """The value a name takes where none is given, or None."""
    return getattr(symbol, "default", None)
