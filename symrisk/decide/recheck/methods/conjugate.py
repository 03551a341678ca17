"""A conjugate again: at random coordinates what is printed beside a square root is b^2 R - a^2, R
read off the claim's own radicand.
"""

import random
from fractions import Fraction
from functools import cache, partial

from symrisk.decide import prose, read
from symrisk.decide.letters import Letters
from symrisk.decide.proof import Proof
from symrisk.decide.recheck.arithmetic import degree_in, exact, over, parsed, value_at
from symrisk.decide.recheck.chart import check_spelling, images
from symrisk.decide.recheck.cover import check_cover
from symrisk.decide.recheck.gap import check_product
from symrisk.decide.recheck.hypotheses import hypotheses_of
from symrisk.decide.recheck.letters import letters_of
from symrisk.decide.recheck.methods.discriminant import (
    coefficient_of,
    product_of,
    quadratic_lines,
    sign_by_discriminant,
    sign_of,
    signed_line,
)
from symrisk.decide.recheck.methods.factors import check_factors, shown_sign
from symrisk.decide.recheck.shape import CONJUGATE, CONJUGATE_CELLS, IN_PARTS
from symrisk.decide.witnesses.laws import check_at_drawn_laws, speaks_of_laws
from symrisk.errors import NotProved

PLACES, LARGEST = 3, 10**6


def check_conjugate(problem, certificate):
    """NotProved where a factor, a radicand, a difference, a product or the cover of the region is
    not as printed.
    """
    says, cells = problem.claim.says, certificate["cells"]
    if problem.is_equation or problem.is_limit or certificate["strict"] != problem.strict:
        raise NotProved(f"{says}: another relation is claimed than the certificate is of")
    reasons = {factor["because"] for cell in cells for factor in cell["factors"]}
    if not reasons & {CONJUGATE, IN_PARTS}:
        raise NotProved(f"{says}: it is not by a conjugate that its factors have signs")
    check_cover(problem, cells)
    draw = random.Random(3)
    for cell in cells:
        hypotheses = cache(lambda cell=cell: hypotheses_of(problem, cell["chart"]))
        look = partial(_sign_in_parts, problem, cell["chart"], draw)
        check_factors(says, cell, problem.strict, hypotheses, look)
        check_product(problem, cell["chart"], partial(product_of, cell), draw)
    if speaks_of_laws(problem):
        check_at_drawn_laws(problem)


def _sign_in_parts(problem, chart, draw, factor, closed, hypotheses):
    """(sign, strict) of a factor, by its coefficients in one coordinate where it is said to be."""
    says = problem.claim.says
    if (factor["because"] == IN_PARTS) != ("parts" in factor):
        raise NotProved(
            f"{says}: the coefficients in a letter are missing, or nothing rests on them"
        )
    if "parts" not in factor:
        return _sign(problem, chart, draw, factor, closed, hypotheses)
    polynomial, letter = factor["polynomial"], factor["parts"]["letter"]
    if letter not in polynomial["variables"] or "conjugate" in factor:
        raise NotProved(f"{says}: a factor has no {letter}, or is shown twice")
    place = polynomial["variables"].index(letter)
    powers = [term["power"] for term in factor["parts"]["terms"]]
    if sorted(powers) != sorted({exponents[place] for exponents, _ in polynomial["terms"]}):
        raise NotProved(f"{says}: the powers of {letter} are not those of a factor")
    look = partial(_sign, problem, chart, draw)
    values, is_strict = set(), False
    for term in factor["parts"]["terms"]:
        allowed = set(polynomial["variables"]) - {letter}
        value, strict = sign_of(says, term, allowed, look, closed, hypotheses)
        values.add(value)
        is_strict |= strict and (term["power"] == 0 or letter not in closed)
        _check_coefficient(says, draw, coefficient_of(polynomial, letter, term["power"]), term)
    if len(values) != 1 or len(powers) < 2:
        raise NotProved(f"{says}: the coefficients in {letter} are not of one sign")
    return values.pop(), is_strict


def _check_coefficient(says, draw, coefficient, term):
    for _ in range(PLACES):
        values = {
            name: exact(Fraction(draw.randint(1, LARGEST), 7)) for name in coefficient["variables"]
        }
        if product_of(term, values, parsed) != value_at(coefficient, values):
            raise NotProved(f"{says}: a coefficient is not as printed")


def _sign(problem, chart, draw, factor, closed, hypotheses):
    """(sign, strict) of a factor by the reason that it prints; None where it shows none."""
    says = problem.claim.says
    if (factor["because"] == CONJUGATE) != ("conjugate" in factor):
        raise NotProved(f"{says}: a conjugate is missing, or nothing rests on it")
    if "conjugate" not in factor:
        return shown_sign(factor, closed, hypotheses)
    shown = factor["conjugate"]
    place = _own_coordinate(problem, chart, shown["root"])
    if degree_in(factor["polynomial"], place) != 1:
        raise NotProved(f"{says}: a factor is not linear in {shown['root']}")
    coordinates = {link["coordinate"] for link in chart} - {None}
    if not set(shown["above"]["variables"]) <= coordinates - {place}:
        raise NotProved(f"{says}: a radicand is not written in the coordinates")
    check_spelling(says, shown["above"], coordinates)
    look = partial(sign_by_discriminant, says, draw, 0)
    signs = {}
    for name in ("part", "below", "difference"):
        signs[name] = sign_of(says, shown[name], coordinates - {place}, look, closed, hypotheses)
    if signs["below"] != (1, True) or signs["difference"][0] != 1 or not signs["part"][0]:
        raise NotProved(f"{says}: a conjugate does not show the sign of a factor")
    _check_values(problem, chart, draw, factor["polynomial"], place, shown)
    return signs["part"][0], signs["difference"][1]


def _own_coordinate(problem, chart, name):
    """The coordinate of a square root, which is the root itself."""
    letters = letters_of(problem)
    symbol = letters.symbols.get(name)
    root = letters.generators.roots.get(symbol)
    link = next((link for link in chart if link["variable"] == name), None)
    is_own = link is not None and (link["numerator"], link["denominator"]["variables"]) == (
        {"variables": [link["coordinate"]], "terms": [[[1], "1"]]},
        [],
    )
    if root is None or root.radicand is None or not is_own:
        raise NotProved(f"{problem.claim.says}: {name} is no square root that is a coordinate")
    if letters.equations[symbol].as_poly(symbol).degree() != 2:
        raise NotProved(f"{problem.claim.says}: {name} is no square root")
    # Whether it may vanish only makes a cell smaller: there the prover's word is taken.
    if link["closed"] == ((symbol, True) in problem.space.conditions):
        raise NotProved(f"{problem.claim.says}: {name} may vanish where its radicand does, only")
    return link["coordinate"]


def _check_values(problem, chart, draw, polynomial, place, shown):
    """NotProved where the radicand, the larger part or the difference is not as printed."""
    letters = letters_of(problem)
    radicand = letters.generators.rewrite(
        letters.generators.roots[letters.symbols[shown["root"]]].radicand
    )
    names = [link["coordinate"] for link in chart if link["coordinate"] is not None]
    for _ in range(PLACES):
        values = {name: exact(Fraction(draw.randint(1, LARGEST), 7)) for name in names}
        inside = over(radicand, letters.complete(images(chart, values)))
        other = {**values, place: values[place] + 1}
        if over(radicand, letters.complete(images(chart, other))) != inside:
            raise NotProved(f"{problem.claim.says}: a radicand moves with its root")
        above, below = value_at(shown["above"], values), product_of(shown["below"], values, parsed)
        a = value_at(polynomial, {**values, place: exact(Fraction(0))})
        b = value_at(polynomial, {**values, place: exact(Fraction(1))}) - a
        difference = b * b * above - a * a * below
        if shown["larger"] == "times":
            expected = {"part": b, "difference": difference}
        else:
            expected = {"part": a, "difference": -difference}
        found = {name: product_of(shown[name], values, parsed) for name in expected}
        if found != expected or above != inside * below:
            raise NotProved(f"{problem.claim.says}: a conjugate is not as printed")


def _reads(certificate):
    """The cells with their factors, and below what a conjugate shows the difference of squares."""
    lines = []
    for cell in certificate["cells"]:
        head, constant, *factors = read.positive({"cells": [cell]})
        lines += [head, constant]
        for factor, line in zip(cell["factors"], factors, strict=True):
            lines += [line, *_conjugate_lines(factor, "          ")]
            for term in factor.get("parts", {"terms": ()})["terms"]:
                of = f"{factor['parts']['letter']}^{term['power']}"
                lines.append(f"          coefficient of {of}: {signed_line(term)}")
                for inner in term["factors"]:
                    lines += _conjugate_lines(inner, "            ")
    return lines


def _conjugate_lines(factor, margin):
    if "conjugate" not in factor:
        return []
    shown = factor["conjugate"]
    sign, name = (1, "b") if shown["larger"] == "times" else (-1, "a")
    difference = "b^2 R - a^2" if sign == 1 else "a^2 - b^2 R"
    lines = [f"{margin}a + b r, r = {shown['root']} = sqrt(R)"]
    lines.append(f"{margin}{name} = {signed_line(shown['part'])}")
    for inner in shown["part"]["factors"]:
        lines += quadratic_lines(inner, margin + "  ")
    lines.append(f"{margin}{difference} is of the sign of {signed_line(shown['difference'])}")
    for inner in shown["difference"]["factors"]:
        lines += quadratic_lines(inner, margin + "  ")
    return lines


def _tells(certificate: dict, letters: Letters) -> list[str]:
    """The paragraphs on the cells, each followed by its conjugates."""
    paragraphs = prose.positive(certificate, letters)
    for cell in certificate["cells"]:
        here = letters.on(cell["chart"])
        for factor in cell["factors"]:
            for shown in _all_conjugates(factor):
                paragraphs.append(_told(shown, here))
    return paragraphs


def _all_conjugates(factor):
    """Those of a factor, and of its coefficients in one letter."""
    found = [factor]
    for term in factor.get("parts", {"terms": ()})["terms"]:
        found += term["factors"]
    return [each["conjugate"] for each in found if "conjugate" in each]


def _told(shown, letters):
    part, difference = (
        prose.product(shown[name]["constant"], shown[name]["factors"], {}, letters)
        for name in ("part", "difference")
    )
    is_times = shown["larger"] == "times"
    which, larger, smaller = ("b", "b^2 R", "a^2") if is_times else ("a", "a^2", "b^2 R")
    return (
        f"Written as $a + b \\sqrt{{R}}$ with ${letters.name(shown['root'])} = \\sqrt{{R}}$, it "
        f"has ${which} = {part}$, and up to a positive factor "
        f"${larger} - {smaller} = {difference}$ is not negative: it has the sign of ${which}$."
    )


BY_CONJUGATES = Proof("conjugate", CONJUGATE_CELLS, check_conjugate, _reads, _tells)
