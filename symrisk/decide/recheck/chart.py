"""A printed chart: the image of random coordinates, and whether a point has coordinates in it."""

from fractions import Fraction


def images(chart, draw):
    """Random coordinates and their images."""
    values = {link["coordinate"]: Fraction(draw.randint(1, 10**6), draw.randint(1, 10**4))
              for link in chart if link["coordinate"] is not None}
    for link in chart:
        values[link["variable"]] = value_at(link["numerator"], values) / value_at(link["denominator"], values)
    return values


def value_at(table, values):
    """A printed polynomial at a point, as a fraction."""
    total = Fraction(0)
    for exponents, coefficient in table["terms"]:
        term = Fraction(coefficient)
        for name, exponent in zip(table["variables"], exponents, strict=True):
            term *= values[name] ** exponent
        total += term
    return total


def lies_in(chart, values):
    """Whether each variable's coordinate, solved from its image, is positive (or zero on a closed face)."""
    for link in chart:
        if link["coordinate"] is None:
            if value_at(link["numerator"], values) / value_at(link["denominator"], values) != values[link["variable"]]:
                return False
            continue
        s = _coordinate(link, values)
        if s is None or s < 0 or (s == 0 and not link["closed"]):
            return False
        values[link["coordinate"]] = s
    return True


def _coordinate(link, values):
    """s with (a + b s)/(c + d s) = x; None where there is none."""
    (a, a_and_b), (c, c_and_d) = ([value_at(link[part], {**values, link["coordinate"]: Fraction(k)}) for k in (0, 1)]
                                  for part in ("numerator", "denominator"))
    x = values[link["variable"]]
    slope = (c_and_d - c) * x - (a_and_b - a)
    return None if slope == 0 else (a - c * x) / slope
