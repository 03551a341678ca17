"""Certificates: polynomials and cells as plain data, and back."""

from fractions import Fraction

from symrisk.engine.algebra.signs import coefficient_sign


def table(field, poly):
    """A polynomial as {"variables": [...], "terms": [[[exponents], "coefficient"], ...]}, in the
    letters it uses.
    """
    used = [i for i, degree in enumerate(poly.degrees()) if degree > 0]
    terms = [
        [[int(exponents[i]) for i in used], str(c)]
        for exponents, c in sorted(poly.to_dict().items(), reverse=True)
    ]
    return {"variables": [str(field.symbols[i]) for i in used], "terms": terms}


def chart(cell):
    """A cell's coordinates: variable, numerator and denominator of its image, the coordinate and
    whether it may be 0.
    """
    field = cell.algebra
    return [
        {
            "variable": str(field.symbols[link.variable]),
            "numerator": table(field, link.image.num),
            "denominator": table(field, link.image.den),
            "closed": link.closed,
            "coordinate": None if link.coordinate is None else str(field.symbols[link.coordinate]),
        }
        for link in cell.links
    ]


def cell(piece, space):
    """A cell of a space: its chart, and its side conditions, those of the space that
    coefficients do not show on it.
    """
    sides = {}
    for expression, strict in space.conditions:
        ratio = space.convert(expression)
        poly = ratio.num * ratio.den
        # What is of degree one is always one of the bounds that make the chart.
        if poly.total_degree() > 1 and not _sign_on(piece, ratio).implies(strict):
            entry = side(table(space.field, poly), strict)
            sides[str(entry)] = entry
    return {"chart": chart(piece), "side": list(sides.values())}


def _sign_on(piece, ratio):
    """The sign of a quotient in lowest terms that the coefficients of its numerator and
    denominator show on a cell.
    """
    pulled = piece.pull_ratio(ratio)
    return coefficient_sign(pulled.num, piece.closed) * coefficient_sign(pulled.den, piece.closed)


def side(condition, strict):
    """A condition as data: its polynomial with the first coefficient 1 or -1."""
    first = abs(Fraction(condition["terms"][0][1]))
    terms = [[exponents, str(Fraction(c) / first)] for exponents, c in condition["terms"]]
    return {"polynomial": {"variables": condition["variables"], "terms": terms}, "strict": strict}


def shown(poly_table):
    """A table as a line of text: 2*n1*s_p + s_p^2."""
    terms = [
        _term(poly_table["variables"], exponents, coefficient)
        for exponents, coefficient in poly_table["terms"]
    ]
    return " + ".join(terms).replace("+ -", "- ") or "0"


def _term(variables, exponents, coefficient):
    powers = [v if e == 1 else f"{v}^{e}" for v, e in zip(variables, exponents, strict=True) if e]
    number = Fraction(coefficient)
    if not powers:
        return str(number)
    return ("" if number == 1 else "-" if number == -1 else f"{number}*") + "*".join(powers)
