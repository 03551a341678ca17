"""A certificate in words and polynomials."""

from symrisk.decide.certificate import shown


def explained(certificate):
    """Lines a reader can follow: coordinates, then each factor with its sign and the reason."""
    if not certificate:
        return []
    if "parts" in certificate:
        return [line for part in certificate["parts"] for line in [f"  {part['says']}", *explained(part["certificate"])]]
    return READERS[certificate["method"]](certificate)


def _identity(certificate):
    return ["  the difference of the sides is 0 over the rationals"]


def _positive(certificate):
    return [line for cell in certificate["cells"] for line in _cell(cell)]


def _cell(cell):
    lines = [f"  {_coordinates(cell['chart'])}", f"  gap = {cell['constant']}"]
    for factor in cell["factors"]:
        sign = {1: ">" if factor["strict"] else ">=", -1: "<" if factor["strict"] else "<=", 0: "="}[factor["sign"]]
        lines.append(f"    * ({shown(factor['polynomial'])})^{factor['power']}   [{sign} 0: {factor['because']}]")
    return lines


def _coordinates(chart):
    return ", ".join(f"{link['variable']} = {_quotient(link)}" for link in chart) or "no variables"


def _quotient(link):
    denominator = shown(link["denominator"])
    return shown(link["numerator"]) if denominator == "1" else f"({shown(link['numerator'])})/({denominator})"


def _empty(certificate):
    return ["  no point satisfies the hypotheses of this case"]


READERS = {"empty": _empty, "identity": _identity, "positive": _positive, "sturm": _positive}
