"""A certificate in words and polynomials."""

from itertools import chain

from symrisk.decide import found
from symrisk.decide.certificate import shown

PARTS = ("numerator", "denominator")


def explained(certificate):
    """Lines a reader can follow: coordinates, then each factor with its sign and the reason."""
    if not certificate:
        return []
    if "parts" in certificate:
        lines = []
        for part in certificate["parts"]:
            lines += [f"  {part['says']}", *explained(part["certificate"])]
        return lines
    return found.proofs()[certificate["method"]].reads(certificate)


def identity(certificate):
    """Of an equation."""
    return ["  the difference of the sides is 0 over the rationals"]


def positive(certificate):
    """The cells, each with the factors of the gap and their signs."""
    return list(chain.from_iterable(map(_cell, certificate["cells"])))


def _cell(cell):
    lines = [f"  {_coordinates(cell['chart'])}", f"  gap = {cell['constant']}"]
    for factor in cell["factors"]:
        sign = {
            1: ">" if factor["strict"] else ">=",
            -1: "<" if factor["strict"] else "<=",
            0: "=",
        }[factor["sign"]]
        lines.append(
            f"    * ({shown(factor['polynomial'])})^{factor['power']}   [{sign} 0: "
            f"{factor['because']}]"
        )
    return lines


def _coordinates(chart):
    return ", ".join(f"{link['variable']} = {_quotient(link)}" for link in chart) or "no variables"


def _quotient(link):
    denominator = shown(link["denominator"])
    return (
        shown(link["numerator"])
        if denominator == "1"
        else f"({shown(link['numerator'])})/({denominator})"
    )


def empty(certificate):
    """Of a case without a point."""
    return ["  no point satisfies the hypotheses of this case"]


def far(certificate):
    """Of a limit that nothing comes near."""
    return [
        f"  no point of this case comes close to {certificate['name']} = {certificate['point']}"
    ]


def limit(certificate):
    """The regimes, each with the lowest orders and what they tend to."""
    moves = (
        f"  as {certificate['name']} tends to {certificate['point']}, {certificate['name']} = "
        f"{certificate['image']}"
    )
    lines = [moves]
    for regime in certificate["regimes"]:
        lines += _regime(regime, certificate["letter"])
    return [*lines, *(f"  rests on: {reason}" for reason in certificate.get("rests_on", ()))]


def _regime(regime, letter):
    where = "infinite" if regime["bound"] is None else _quotient(regime["bound"])
    top, bottom = (
        f"({shown(regime[part])})*eps^{order}"
        for part, order in zip(PARTS, regime["orders"], strict=True)
    )
    return [
        f"  {_coordinates(regime['chart'])}",
        f"    {letter} at its {regime['end']} end, {where}: {top} / {bottom} -> {regime['limit']}",
    ]


def expansion(certificate):
    """The cases, each with the roots' first terms and what the quantity tends to."""
    moves = f"  as {certificate['name']} tends to {certificate['point']}"
    rests_on = [f"  rests on: {reason}" for reason in certificate["rests_on"]]
    return [moves, *_cases(certificate["tree"], ()), *rests_on]


def _cases(node, where):
    """The cases below a node, each told by the signs that single it out."""
    if "split" in node:
        core, lines = shown(node["split"]), []
        for name, rel in (("below", "<"), ("at", "="), ("above", ">")):
            lines += _cases(node[name], (*where, f"{core} {rel} 0"))
        return lines
    head = f"  where {', '.join(where)}" if where else "  everywhere"
    if "empty" in node:
        return [f"{head}: no point"]
    if "fails" in node:
        return [f"{head}: no point comes close"]
    roots = [f"    {root['name']} = {_begins(root)} + ..." for root in node["roots"]]
    power = node["power"]
    scale = "eps is the distance, or one over it" if power == 1 else f"eps^{power} is the distance"
    term = "0" if node["coefficient"] is None else _quotient(node["coefficient"])
    lowest = f"    the quantity: ({term})*eps^{node['order']} + ... -> {node['limit']}"
    return [f"{head}, where {scale}:", *roots, lowest]


def _begins(root):
    return f"({_quotient(root['terms'][0])})*eps^{root['order']}"


def convex(certificate):
    """The terms, and what it rests on that they bend in every direction."""
    names = certificate["names"]
    return [
        f"  in the logarithms of {', '.join(names)}",
        *(f"  + {_term(term, names)}" for term in certificate["terms"]),
        *(f"  rests on: {reason}" for reason in certificate["rests_on"]),
    ]


def _term(term, names):
    inside = " + ".join(_monomial(m, names) for m in term["monomials"])
    if term["kind"] == "sum":
        return (
            _outer(term) + inside
            if term["law"] is None
            else f"{_outer(term)}mean over {term['law']} of {inside}"
        )
    mean = f"mean over {term['law']} of " if term["law"] else ""
    return f"{_outer(term)}{mean}log({inside})"


def _outer(term):
    shown_as = _quotient(term["coefficient"])
    return "" if shown_as == "1" else f"({shown_as}) * "


def _monomial(monomial, names):
    powers = [
        c if e == "1" else f"{c}^{e}"
        for c, e in zip(names, monomial["exponents"], strict=True)
        if e != "0"
    ]
    factor = _quotient(monomial["coefficient"])
    return "*".join([*([] if factor == "1" and powers else [f"({factor})"]), *powers])


def sign_table(certificate):
    """The signs, zeros and intervals alternating; in brackets where the hypotheses do not admit
    the place.
    """
    whole = f" for whole {certificate['variable']}" if certificate["whole"] else ""
    lines = [f"  the signs of {_quotient(certificate['gap'])}{whole}"]
    for number, place in enumerate(certificate["places"]):
        sign = {1: "> 0", -1: "< 0", 0: "= 0", None: "no value"}[place["sign"]]
        shown_as = f"{_place(place, number % 2 == 1)}: {sign}"
        lines.append(f"  {shown_as}" if place["inside"] else f"  [{shown_as}]")
    return lines


def _place(place, is_zero):
    low = "-oo" if place["low"] is None else place["low"]
    high = "oo" if place["high"] is None else place["high"]
    if not is_zero:
        return f"({low}, {high})"
    return low if low == high else f"zero in ({low}, {high})"


def modulo(certificate):
    """The numerator as a sum of multiples of what vanishes."""
    lines = [f"  ({shown(certificate['numerator'])})/({shown(certificate['denominator'])}), where"]
    for number, case in enumerate(certificate["cases"], 1):
        total = " + ".join(
            f"({shown(entry['cofactor'])})*({shown(entry['equation'])})" for entry in case
        )
        lines.append(
            f"    the numerator is {total} = "
            f"0{f' in case {number}' if len(certificate['cases']) > 1 else ''}"
        )
    return lines


def induction(certificate):
    """What stands for what, and each statement with its proofs, of base and step."""
    over, first = certificate["over"], certificate["first"]
    lines = [f"  for every whole {over} >= {first}, by induction"]
    for entry in certificate["letters"]:
        lines.append(f"  {entry['letter']} is {entry['is']}")
    for entry in certificate["signs"]:
        lines.append(f"  shown too: {entry['letter']} {entry['sign']} 0")
    for place, entry in enumerate(certificate["base"]):
        lines += _statement(f"at {over} = {first}", entry)
        lines += _statement(f"from {over} to {over} + 1", certificate["step"][place])
    for entry in certificate["follows"]:
        lines += _statement(f"from these, at each {over}", entry)
    return lines


def _statement(where, entry):
    """A statement with its proof, further in."""
    inner = [f"  {line}" for line in explained(entry["certificate"])]
    return [f"  {where}: {entry['says']}", *inner]
