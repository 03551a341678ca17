r"""Certificates as proofs in a paper: sentences in LaTeX, the polynomials below them.

What a method's certificates say stands here under its name, and its Proof points to it; a method of
one's own brings such a function in its own file.  Each takes the certificate and the `Letters` it
speaks in, and gives paragraphs.
"""

from symrisk.decide.displays import displayed
from symrisk.decide.letters import Letters, is_itself, is_long, on_lines, width

SIGNS = {1: ("positive", "non-negative"), -1: ("negative", "non-positive"), 0: ("zero", "zero")}
STURM = "Sturm"
LONG, WIDEST = 24, 48
"""Letters from which on what a variable stands for has a line of its own, or several."""


def in_words(certificate: dict, letters: Letters, tells) -> list[str]:
    """The paragraphs of a certificate.

    tells: what of a certificate gives the Proof that made it.
    """
    proof = tells(certificate)
    if proof.tells is not None:
        return proof.tells(certificate, letters)
    lines = "\n".join(proof.reads(certificate))
    return [f"By the method \\texttt{{{_plain(proof.name)}}}:", _verbatim(lines)]


def _plain(text):
    return text.replace("_", r"\_")


def _verbatim(lines):
    return f"\\begin{{verbatim}}\n{lines}\n\\end{{verbatim}}"


def identity(certificate: dict, letters: Letters) -> list[str]:
    """Of an equation."""
    if "cells" in certificate:
        return [
            "Where the hypotheses hold, which contain an equation, substitute "
            f"{_all_charts(certificate['cells'], letters)}. The difference of the two sides then "
            "has the numerator zero."
        ]
    return [
        "Over a common denominator the numerator of the difference of the two sides vanishes "
        "identically."
    ]


def _all_charts(cells, letters):
    return "; or ".join(_substitution(cell["chart"], letters) for cell in cells)


def positive(certificate: dict, letters: Letters) -> list[str]:
    """Of an inequality: the cells, the factors of the gap and why they have their signs."""
    cells = certificate["cells"]
    if len(cells) == 1:
        return _cell(cells[0], letters, certificate["strict"])
    paragraphs = [f"The hypotheses leave {len(cells)} cases, which are shown one by one."]
    for number, cell in enumerate(cells, 1):
        first, *others = _cell(cell, letters, certificate["strict"])
        paragraphs += [f"\\emph{{Case {number}.}} {first}", *others]
    return paragraphs


def _cell(cell, letters, strict):
    """Coordinates, the gap in them, and its sign."""
    chart = cell["chart"]
    letters, head = letters.on(chart), _substituted(chart, letters.on(chart))
    factors = [factor for factor in cell["factors"] if factor["polynomial"]["terms"]]
    if cell["constant"] == "0":
        return [f"{head}There both sides are equal."]
    names = _named(factors)
    gap = product(cell["constant"], factors, names, letters)
    first = f"{head}The larger side minus the smaller is\n{displayed(gap)}"
    below = [_where(factor, names, letters) for factor in factors if id(factor) in names]
    if below:
        first += "\nwhere\n" + "\n".join(below)
    reasons = _reasons(factors, names, letters)
    sign = "positive" if strict else "non-negative"
    ending = f"{reasons} Hence the difference is {sign}." if reasons else f"It is {sign}."
    return [first, ending]


def _substituted(chart, letters):
    """The sentence that brings in the coordinates, nothing where variables are their own."""
    moved = [link for link in chart if not is_itself(link)]
    if not moved:
        return ""
    return f"Substitute {_substitution(chart, letters)}. "


def _substitution(chart, letters):
    """What stands for the variables that are not their own coordinates, and what coordinates may
    be.
    """
    put = []
    for link in chart:
        if not is_itself(link):
            lines = letters.quotient_lines(link, link["coordinate"], WIDEST)
            put.append((letters.name(link["variable"]), lines))
    signs = []
    for is_closed, rel in ((False, "> 0"), (True, r"\ge 0")):
        names = [
            letters.name(link["coordinate"])
            for link in chart
            if link["coordinate"] is not None and link["closed"] is is_closed
        ]
        if names:
            signs.append(f"${', '.join(names)} {rel}$")
    with_signs = f" with {' and '.join(signs)}" if signs else ""
    if any(len(lines) > 1 or width(lines[0]) > LONG for _, lines in put):
        broken = (f"{name} &= " + " \\\\\n&\\quad ".join(lines) for name, lines in put)
        below = " \\\\\n".join(broken)
        aligned = f"\\begin{{aligned}}\n{below}\n\\end{{aligned}}"
        return f"\n{displayed(aligned)}\n{with_signs.strip()}"
    return ", ".join(f"${name} = {lines[0]}$" for name, lines in put) + with_signs


def _named(factors):
    """{id of a factor: a letter} for those that are too long to stand in a product."""
    long_ones = [factor for factor in factors if len(factor["polynomial"]["terms"]) > 4]
    if len(long_ones) == 1:
        return {id(long_ones[0]): "P"}
    return {id(factor): f"P_{{{k}}}" for k, factor in enumerate(long_ones, 1)}


def product(constant: str, factors: list, names: dict, letters: Letters) -> str:
    """A constant times the factors of a certificate, those of negative power under the bar.

    names: {id of a factor: a letter} for those that a letter stands for.
    """
    above = [_factor(f, names, letters) for f in factors if f["power"] > 0]
    below = [_factor(f, names, letters) for f in factors if f["power"] < 0]
    number, _, divisor = constant.partition("/")
    is_minus = number.startswith("-")
    number = number.removeprefix("-")
    if number != "1" or not above:
        above.insert(0, number)
    if divisor:
        below.insert(0, divisor)
    top = " ".join(above)
    fraction = rf"\frac{{{top}}}{{{' '.join(below)}}}" if below else top
    return f"- {fraction}" if is_minus else fraction


def _factor(factor, names, letters):
    power = abs(factor["power"])
    written = names.get(id(factor)) or letters.polynomial(factor["polynomial"])
    is_sum = id(factor) not in names and len(factor["polynomial"]["terms"]) > 1
    if is_sum:
        written = rf"\left({written}\right)"
    if power == 1:
        return written
    return f"\\left({written}\\right)^{{{power}}}" if "^" in written else f"{written}^{{{power}}}"


def _where(factor, names, letters):
    """The polynomial below, or how large it is."""
    poly, name = factor["polynomial"], names[id(factor)]
    if is_long(poly):
        count, variables = len(poly["terms"]), ", ".join(map(letters.name, poly["variables"]))
        return f"${name}$ is a polynomial in ${variables}$ of {count} terms"
    lines = " \\\\\n&\\quad ".join(on_lines(letters.terms(poly), WIDEST))
    return f"\\begin{{align*}}\n{name} &= {lines.removeprefix('+ ')}\n\\end{{align*}}"


def _reasons(factors, names, letters):
    """Why each factor has its sign, factors of one reason together."""
    groups: dict = {}
    for factor in factors:
        groups.setdefault((factor["because"], factor["sign"], factor["strict"]), []).append(factor)
    sentences = []
    for (because, sign, strict), group in groups.items():
        is_one = len(group) == 1
        which = ", ".join(f"${_spoken(factor, names, letters)}$" for factor in group)
        what = SIGNS[sign][0 if strict else 1]
        verb = "is" if is_one else "are"
        sentences.append(f"{which} {verb} {what}{_because(because, sign, is_one)}.")
    return " ".join(sentences)


def _spoken(factor, names, letters):
    return names.get(id(factor)) or letters.polynomial(factor["polynomial"])


def _because(because, sign, is_one):
    if because.startswith("coefficients"):
        word = "positive" if sign > 0 else "negative"
        return f": every coefficient is {word}"
    if because.startswith(STURM):
        of = "it has" if is_one else "they have"
        return f", for by Sturm's theorem {of} no zero where the coordinate is positive"
    if "even power" in because:
        return ", as an even power"
    if "hypothes" in because:
        return " by hypothesis"
    if "in one letter" in because:
        return ", as all its coefficients in one letter are"
    if "conjugate" in because:
        return f", by {'its conjugate' if is_one else 'their conjugates'} below"
    if "discriminant" in because:
        return f", by {'its discriminant' if is_one else 'their discriminants'} below"
    return f" ({_plain(because)})"


def empty(certificate: dict, letters: Letters) -> list[str]:
    """Of a case without a point."""
    return ["No point satisfies the hypotheses of this case."]


def far(certificate: dict, letters: Letters) -> list[str]:
    """Of a limit that nothing comes near."""
    return [
        f"No point of this case comes close to ${letters.name(certificate['name'])} = "
        f"{_point(certificate['point'])}$."
    ]


def _point(text):
    return {"oo": r"\infty", "-oo": r"-\infty"}.get(text, text)


def limit(certificate: dict, letters: Letters) -> list[str]:
    """Of a limit: the regimes, each with its lowest orders and what they tend to."""
    name = letters.name(certificate["name"])
    paragraphs = [
        f"Let ${name}$ tend to ${_point(certificate['point'])}$, and order numerator and "
        f"denominator by powers of the distance $\\varepsilon$."
    ]
    for regime in certificate["regimes"]:
        orders = regime["orders"]
        on = letters.on(regime["chart"])
        head = _substituted(regime["chart"], on).replace(". ", ": ") or "There "
        paragraphs.append(
            f"{head}the numerator begins with\n\\[\n{_leading(regime['numerator'], orders[0], on)}"
            f",\n\\]\nthe denominator with\n\\[\n"
            f"{_leading(regime['denominator'], orders[1], on)},\n\\]\n"
            f"and their quotient tends to \\texttt{{{_plain(str(regime['limit']))}}}."
        )
    return [*paragraphs, *_rests_on(certificate)]


def _leading(table, order, letters):
    poly = letters.polynomial(table)
    body = rf"\left({poly}\right)" if len(table["terms"]) > 1 else poly
    return body if order == 0 else rf"{body} \, \varepsilon^{{{order}}}"


def _rests_on(certificate):
    reasons = certificate.get("rests_on", ())
    return [f"This rests on: {_plain('; '.join(reasons))}."] if reasons else []


def expansion(certificate: dict, letters: Letters) -> list[str]:
    """Of a limit by expansions: the cases, each with what the quantity begins with."""
    name = letters.name(certificate["name"])
    point = _point(certificate["point"])
    head = f"Let ${name}$ tend to ${point}$, at a distance that is a power of $\\varepsilon$."
    return [head, *_told_cases(certificate["tree"], (), letters), *_rests_on(certificate)]


def _told_cases(node, where, letters):
    """Paragraphs on the cases below a node, each told by the signs that single it out."""
    if "split" in node:
        core, found = letters.polynomial(node["split"]), []
        for key, rel in (("below", "<"), ("at", "="), ("above", ">")):
            found += _told_cases(node[key], (*where, f"{core} {rel} 0"), letters)
        return found
    place = f"Where ${', '.join(where)}$" if where else "There"
    if "empty" in node or "fails" in node:
        return [f"{place}, no point of the region comes close."]
    coefficient = node["coefficient"]
    first = "0" if coefficient is None else letters.quotient(coefficient)
    power = f" \\, \\varepsilon^{{{node['order']}}}" if node["order"] else ""
    if power and coefficient is not None and len(coefficient["numerator"]["terms"]) > 1:
        first = f"\\left({first}\\right)"
    limit = _plain(str(node["limit"]))
    return [
        f"{place}, with $\\varepsilon^{{{node['power']}}}$ as distance, the quantity begins with\n"
        f"\\[\n{first}{power},\n\\]\nand tends to \\texttt{{{limit}}}."
    ]


def convex(certificate: dict, letters: Letters) -> list[str]:
    """Of convexity in the logarithms of several names."""
    names = ", ".join(map(letters.name, certificate["names"]))
    return [
        f"In the logarithms of ${names}$ the expression is a sum with non-negative weights of "
        f"{len(certificate['terms'])} terms, each an exponential of a linear function or a "
        f"logarithm of a sum of such, or a mean of these: each is convex, and so is their sum.",
        *_rests_on(certificate),
    ]


def sign_table(certificate: dict, letters: Letters) -> list[str]:
    """Of a claim in one letter: the signs between the zeros."""
    letter = letters.name(certificate["variable"])
    whole = f" at whole ${letter}$" if certificate["whole"] else ""
    rows = []
    for number, place in enumerate(certificate["places"]):
        sign = {1: "> 0", -1: "< 0", 0: "= 0", None: r"\text{no value}"}[place["sign"]]
        outside = "" if place["inside"] else r"\text{ (excluded)}"
        rows.append(f"{_place(place, number % 2 == 1)} & {sign}{outside}")
    body = " \\\\\n".join(rows)
    return [
        f"The difference is a function of ${letter}$ alone,\n\\[\n"
        f"{letters.quotient(certificate['gap'])}.\n\\]\n"
        f"Its zeros and poles, isolated exactly, and its signs{whole} between them are\n\\[\n"
        f"\\begin{{array}}{{ll}}\n{body}\n\\end{{array}}\n\\]"
    ]


def _place(place, is_zero):
    low = r"-\infty" if place["low"] is None else place["low"]
    high = r"\infty" if place["high"] is None else place["high"]
    if not is_zero:
        return f"({low}, {high})"
    return low if low == high else rf"\text{{the zero in }} ({low}, {high})"


def modulo(certificate: dict, letters: Letters) -> list[str]:
    """Of an equation that holds where others do."""
    paragraphs = [
        "Over a common denominator the numerator of the difference is a combination of "
        "polynomials that vanish by the equations which define the implicit names:"
    ]
    for case in certificate["cases"]:
        if any(is_long(entry["cofactor"]) or is_long(entry["equation"]) for entry in case):
            sizes = ", ".join(str(len(entry["cofactor"]["terms"])) for entry in case)
            paragraphs.append(f"the cofactors have {sizes} terms.")
            continue
        total = " + ".join(
            rf"\left({letters.polynomial(entry['cofactor'])}\right) "
            rf"\left({letters.polynomial(entry['equation'])}\right)"
            for entry in case
        )
        paragraphs.append(f"\\[\n{total} = 0.\n\\]")
    return paragraphs
