"""A discriminant again: from the printed polynomial its coefficients in the letter, and that the
printed factors multiply to what is said of them, at random numbers; and once more what follows.
"""

import random
from fractions import Fraction
from functools import cache, partial

from symrisk.decide import prose, read
from symrisk.decide.certificate import shown
from symrisk.decide.letters import Letters
from symrisk.decide.proof import Proof
from symrisk.decide.recheck.arithmetic import degree_in, exact, parsed, value_at
from symrisk.decide.recheck.chart import check_spelling
from symrisk.decide.recheck.cover import check_cover
from symrisk.decide.recheck.gap import check_product
from symrisk.decide.recheck.hypotheses import hypotheses_of
from symrisk.decide.recheck.methods.factors import check_factors, shown_sign
from symrisk.decide.recheck.shape import DISCRIMINANT, HALF_LINE, LINE, QUADRATIC_CELLS
from symrisk.decide.witnesses.laws import check_at_drawn_laws, speaks_of_laws
from symrisk.errors import NotProved

PLACES, LARGEST, DEEPEST = 3, 10**6, 12


def check_discriminant(problem, certificate):
    """NotProved where a factor, a coefficient, a discriminant, a product or the cover of the region
    is not as printed.
    """
    says, cells = problem.claim.says, certificate["cells"]
    if problem.is_equation or problem.is_limit or certificate["strict"] != problem.strict:
        raise NotProved(f"{says}: another relation is claimed than the certificate is of")
    if not any(factor["because"] == DISCRIMINANT for cell in cells for factor in cell["factors"]):
        raise NotProved(f"{says}: it is not by a discriminant that its factors have signs")
    check_cover(problem, cells)
    draw = random.Random(3)
    for cell in cells:
        hypotheses = cache(lambda cell=cell: hypotheses_of(problem, cell["chart"]))
        look = partial(sign_by_discriminant, says, draw, 0)
        check_factors(says, cell, problem.strict, hypotheses, look)
        check_product(problem, cell["chart"], partial(product_of, cell), draw)
    if speaks_of_laws(problem):
        check_at_drawn_laws(problem)


def product_of(signed, values, number):
    """The constant times the powers of the printed factors."""
    total = number(signed["constant"])
    for factor in signed["factors"]:
        total = total * value_at(factor["polynomial"], values, number) ** factor["power"]
    return total


def sign_by_discriminant(says, draw, depth, factor, closed, hypotheses):
    """(sign, strict) of a factor by the reason that it prints; None where it shows none."""
    if factor["because"] != DISCRIMINANT:
        if "quadratic" in factor:
            raise NotProved(f"{says}: a discriminant is listed that nothing rests on")
        return shown_sign(factor, closed, hypotheses)
    if "quadratic" not in factor or depth > DEEPEST:
        raise NotProved(f"{says}: the discriminant of a factor is missing")
    return _by_discriminant(says, draw, depth, factor, closed, hypotheses)


def _by_discriminant(says, draw, depth, factor, closed, hypotheses):
    polynomial, quadratic = factor["polynomial"], factor["quadratic"]
    letter = quadratic["letter"]
    if degree_in(polynomial, letter) != 2:
        raise NotProved(f"{says}: a factor is not quadratic in {letter}")
    parts = [coefficient_of(polynomial, letter, power) for power in (0, 1, 2)]
    look = partial(sign_by_discriminant, says, draw, depth + 1)
    signs = {}
    for name in PARTS:
        if quadratic[name] is not None:
            allowed = set(polynomial["variables"]) - {letter}
            signs[name] = sign_of(says, quadratic[name], allowed, look, closed, hypotheses)
    value = _one_value(says, signs)
    for name in signs:
        _check_value(says, draw, parts, quadratic, name, value)
    return value, _is_strict(says, quadratic["over"], signs, letter in closed)


def coefficient_of(polynomial, letter, power):
    """The terms that hold a power of the letter, without it; over the same variables."""
    place = polynomial["variables"].index(letter)
    terms = []
    for exponents, number in polynomial["terms"]:
        if exponents[place] == power:
            terms.append([[*exponents[:place], 0, *exponents[place + 1 :]], number])
    return {"variables": polynomial["variables"], "terms": terms}


def sign_of(says, signed, allowed, look, closed, hypotheses):
    """(sign, strict) of a product of printed factors in allowed letters; NotProved where one has
    not the sign it is said to have.

    look: a function of a factor, the closed coordinates and the hypotheses that gives its sign.
    """
    constant = Fraction(signed["constant"])
    sign, is_strict, seen = (constant > 0) - (constant < 0), constant != 0, []
    for factor in signed["factors"]:
        table = factor["polynomial"]
        if not table["variables"] or not set(table["variables"]) <= allowed or table in seen:
            raise NotProved(f"{says}: a factor of a coefficient or of a discriminant is none")
        check_spelling(says, table, allowed)
        seen.append(table)
        if factor["power"] < 1 or look(factor, closed, hypotheses) != (
            factor["sign"],
            factor["strict"],
        ):
            raise NotProved(f"{says}: {factor['because']} does not show the sign of a factor")
        sign *= factor["sign"] ** factor["power"]
        is_strict &= factor["strict"]
    return sign, is_strict


def _one_value(says, signs):
    """The sign of the first or the last coefficient, which is the polynomial's."""
    values = {signs[name][0] for name in ("first", "last") if name in signs}
    if len(values) != 1 or 0 in values or signs["discriminant"][0] != 1:
        raise NotProved(f"{says}: a discriminant, or what it stands beside, has another sign")
    return values.pop()


def _check_value(says, draw, parts, quadratic, name, value):
    """NotProved where printed factors do not multiply to a coefficient, or to the discriminant."""
    variables = parts[0]["variables"]
    for _ in range(PLACES):
        values = {v: exact(Fraction(draw.randint(1, LARGEST), 7)) for v in variables}
        if product_of(quadratic[name], values, parsed) != _wanted(
            parts, values, quadratic["over"], name, value
        ):
            raise NotProved(f"{says}: the {name} of a quadratic is not as printed")


def _wanted(parts, values, over, name, value):
    c, b, a = (value * value_at(part, values) for part in parts)
    if name != "discriminant":
        return value * (a if name == "first" else c)
    # On the half-line: where b < 0 it is no less than minus its terms that pull it down.
    return 4 * a * c + (-b if over == LINE else _pull(parts[1], values, value)) * b


def _pull(table, values, value):
    """Minus the terms that are not of the sign `value`."""
    kept = [term for term in table["terms"] if term[1].startswith("-") == (value > 0)]
    return -value * value_at({"variables": table["variables"], "terms": kept}, values)


def _is_strict(says, over, signs, may_vanish):
    """Whether a quadratic keeps off zero; NotProved where what is said does not show its sign, or
    says more than it needs.
    """
    strict = signs["discriminant"][1]
    ends = [signs[name] for name in ("first", "last") if name in signs]
    if over == HALF_LINE:
        if len(ends) != 2:
            raise NotProved(f"{says}: on a half-line both ends of a quadratic must be known")
        return strict and (signs["last"][1] or not may_vanish)
    # One end is enough where it, or the discriminant, keeps off zero.
    is_enough = [strict or is_strict for _, is_strict in ends]
    if is_enough != [True] and is_enough != [False, False]:
        raise NotProved(f"{says}: a discriminant stands beside what does not show a sign")
    return strict


def _reads(certificate):
    """The cells with their factors, and below what a discriminant shows the discriminant."""
    lines = []
    for cell in certificate["cells"]:
        head, constant, *factors = read.positive({"cells": [cell]})
        lines += [head, constant]
        for factor, line in zip(cell["factors"], factors, strict=True):
            lines += [line, *quadratic_lines(factor, "          ")]
    return lines


def quadratic_lines(factor, margin):
    """Of a x^2 + b x + c: what is known of a and c, and the discriminant."""
    if "quadratic" not in factor:
        return []
    quadratic = factor["quadratic"]
    lines = [f"{margin}a x^2 + b x + c in x = {quadratic['letter']}"]
    names = {"first": "a", "last": "c", "discriminant": DISCRIMINANTS[quadratic["over"]]}
    for name, written in names.items():
        if quadratic[name] is None:
            continue
        signed = quadratic[name]
        lines.append(f"{margin}{written} = {signed_line(signed)}")
        for inner in signed["factors"]:
            lines += quadratic_lines(inner, margin + "  ")
    return lines


def signed_line(signed):
    """A product of factors, and how it compares with zero."""
    powers = [f"({shown(f['polynomial'])})^{f['power']}" for f in signed["factors"]]
    product = " * ".join([signed["constant"], *powers])
    is_negative = signed["constant"].startswith("-")
    for factor in signed["factors"]:
        is_negative ^= factor["sign"] < 0 and factor["power"] % 2 == 1
    is_strict = all(factor["strict"] for factor in signed["factors"])
    return f"{product} {'<' if is_negative else '>'}{'' if is_strict else '='} 0"


def _tells(certificate: dict, letters: Letters) -> list[str]:
    """The paragraphs on the cells, each followed by its discriminants."""
    paragraphs = prose.positive(certificate, letters)
    for cell in certificate["cells"]:
        for factor in cell["factors"]:
            paragraphs += _told(factor, letters.on(cell["chart"]))
    return paragraphs


def _told(factor, letters):
    if "quadratic" not in factor:
        return []
    quadratic = factor["quadratic"]
    x = letters.name(quadratic["letter"])
    ends = []
    for name, place in (("first", "a"), ("last", "c")):
        if quadratic[name] is not None:
            ends.append(f"${place} = {_written(quadratic[name], letters)}$")
    told = WORDS[quadratic["over"]].format(
        polynomial=letters.polynomial(factor["polynomial"]),
        x=x,
        ends=" and ".join(ends),
        discriminant=_written(quadratic["discriminant"], letters),
    )
    below = []
    for name in PARTS:
        for inner in (quadratic[name] or {"factors": ()})["factors"]:
            below += _told(inner, letters)
    return [told, *below]


def _written(signed, letters):
    return prose.product(signed["constant"], signed["factors"], {}, letters)


PARTS = ("first", "last", "discriminant")
DISCRIMINANTS = {LINE: "4 a c - b^2", HALF_LINE: "4 a c + v b, v the terms of b below zero,"}
WORDS = {
    LINE: "In $x = {x}$ the polynomial ${polynomial}$ is $a x^2 + b x + c$ with {ends} and "
    "$4 a c - b^2 = {discriminant}$: since $4 a (a x^2 + b x + c) = (2 a x + b)^2 + 4 a c - b^2$, "
    "it has the sign of $a$ and of $c$.",
    HALF_LINE: "In $x = {x} \\ge 0$ the polynomial ${polynomial}$ is $a x^2 + b x + c$ with "
    "{ends}. Let $v$ be minus the terms of $b$ that do not have the sign of $a$. Then "
    "$4 a c + v b = {discriminant}$; where $b$ has not the sign of $a$ it follows that "
    "$4 a c - b^2$ is no smaller.",
}
BY_DISCRIMINANTS = Proof("discriminant", QUADRATIC_CELLS, check_discriminant, _reads, _tells)
