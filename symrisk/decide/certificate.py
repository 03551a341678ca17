"""Certificates: polynomials and cells as plain data, and back."""

from fractions import Fraction


def table(field, poly):
    """A polynomial as {"variables": [...], "terms": [[[exponents], "coefficient"], ...]}, in the letters it uses."""
    used = [i for i in range(len(field.symbols)) if any(exponents[i] for exponents in poly.monoms())]
    terms = [[[int(exponents[i]) for i in used], str(c)] for exponents, c in sorted(poly.to_dict().items(), reverse=True)]
    return {"variables": [str(field.symbols[i]) for i in used], "terms": terms}


def chart(cell):
    """A cell's coordinates: variable, numerator and denominator of its image, the coordinate and whether it may be 0."""
    field = cell.algebra
    return [{"variable": str(field.symbols[link.variable]), "numerator": table(field, link.image.num),
             "denominator": table(field, link.image.den), "closed": link.closed,
             "coordinate": None if link.coordinate is None else str(field.symbols[link.coordinate])} for link in cell.links]


def shown(poly_table):
    """A table as a line of text: 2*n1*s_p + s_p^2."""
    terms = [_term(poly_table["variables"], exponents, coefficient) for exponents, coefficient in poly_table["terms"]]
    return " + ".join(terms).replace("+ -", "- ") or "0"


def _term(variables, exponents, coefficient):
    powers = [v if e == 1 else f"{v}^{e}" for v, e in zip(variables, exponents, strict=True) if e]
    number = Fraction(coefficient)
    if not powers:
        return str(number)
    return ("" if number == 1 else "-" if number == -1 else f"{number}*") + "*".join(powers)
