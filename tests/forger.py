"""Certificates in which one thing has been changed."""

from fractions import Fraction


def forgeries(entry):
    """Copies of plain data in which one thing is another: a number, a sign, a truth, a word, one
    entry left out or doubled.
    """
    if isinstance(entry, dict):
        for name in entry:
            yield from (
                {**entry, name: other} for other in forgeries(entry[name]) if name != "method"
            )
    elif isinstance(entry, list):
        for place in range(len(entry)):
            yield from (
                [*entry[:place], other, *entry[place + 1 :]] for other in forgeries(entry[place])
            )
            yield entry[:place] + entry[place + 1 :]
            yield entry[:place] + [entry[place]] + entry[place:]
    elif isinstance(entry, bool):
        yield not entry
    elif isinstance(entry, int):
        yield from (entry + 1, -entry - 3)
    elif entry is None:
        yield "7"
    elif entry in (">", ">=", "=="):
        yield from {">", ">=", "=="} - {entry}
    elif entry.lstrip("-").replace("/", "").isdigit():
        yield from (str(Fraction(entry) + 1), str(Fraction(entry) / 3 + Fraction(1, 7)))
    else:
        yield entry + "_"
