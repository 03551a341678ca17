"""Values typed as name=value, read exactly; nothing typed is ever evaluated as code."""

import math
from decimal import Context, Decimal
from fractions import Fraction
from itertools import chain, product

from symrisk.engine.decimals import exact
from symrisk.errors import ArgumentError

MOST = 100_000
LONGEST = 1000
SHORT = 30


def assignments(words, readers=None, of_numbers=None):
    """{name: [Fraction, ...]} of words like n1=100, n1=100,200 and n1=100:400:100
    (first:last:step).

    readers: {name: a function of name and text} for names whose values are something else: a law.
    of_numbers: the same for numbers that are read otherwise, several with commas between them.
    """
    found = {}
    for word in words:
        name, sign, text = word.partition("=")
        if not sign or not name:
            raise ArgumentError(f"write name=value; not {word[:60]!r}")
        if name in found:
            raise ArgumentError(f"{name} is given twice")
        reader = (readers or {}).get(name)
        read_number = (of_numbers or {}).get(name)
        if reader:
            found[name] = [reader(name, text)]
        elif read_number:
            found[name] = [read_number(name, part) for part in text.split(",")]
        else:
            parts = (_values(name, part) for part in text.split(","))
            found[name] = list(chain.from_iterable(parts))
    return found


def points(values):
    """One {name: Fraction} for each combination of values, the last name varying fastest."""
    count = math.prod(map(len, values.values()))
    if count > MOST:
        raise ArgumentError(
            f"{count} points are more than the command line evaluates ({MOST}); use the library"
        )
    return [dict(zip(values, chosen, strict=True)) for chosen in product(*values.values())]


def shown(value):
    """A value as one would type it: a decimal where that is exact, else a fraction, as far as it
    is short.
    """
    decimal = Context(prec=SHORT).divide(
        Decimal(int(value.numerator)), Decimal(int(value.denominator))
    )
    long = max(abs(value.numerator), value.denominator) >= 10**SHORT
    return str(decimal if long or Fraction(decimal) == value else value)


def _values(name, text):
    bounds = [number(name, part) for part in text.split(":")]
    if len(bounds) == 1:
        return bounds
    if len(bounds) != 3:
        raise ArgumentError(f"{name}={text}: a range is first:last:step, such as 100:400:100")
    return _range(name, *bounds)


def _range(name, first, last, step):
    if step == 0 or (last - first) / step < 0:
        raise ArgumentError(
            f"{name}={first}:{last}:{step}: the step does not lead from {first} to {last}"
        )
    count = math.floor((last - first) / step) + 1
    if count > MOST:
        raise ArgumentError(
            f"{name}: {count} values are more than the command line evaluates ({MOST})"
        )
    return [first + k * step for k in range(count)]


def number(name, text):
    """A number as it is typed, exactly: a Fraction."""
    if len(text) > LONGEST:
        raise ArgumentError(
            f"{name} has {len(text)} characters; a number has at most {LONGEST} here"
        )
    value = exact(name, text)
    return Fraction(int(value.p), int(value.q))
