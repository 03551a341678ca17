"""A verdict as a notebook shows it: the claim, and its proof or the point at which it fails."""

import json
from collections.abc import Iterator, Mapping

import sympy

from symrisk.decide.legend import LETTER
from symrisk.decide.letters import Letters, is_itself
from symrisk.decide.prose import product
from symrisk.engine.balls.ball import Ball
from symrisk.engine.expressions import tex
from symrisk.engine.expressions.markdown import code, displayed, inline, prose, table, whole

MOST_CELLS, MOST_TERMS = 4, 60
"""Cases of a proof, and terms of a polynomial, that are typeset; what has more is shown as text."""
BETWEEN = ",\\; "
SIGN = {(1, True): "> 0", (1, False): r"\ge 0", (-1, True): "< 0", (-1, False): r"\le 0"}
MARK = {"proved": "✓", "refuted": "✗", "undecided": "?"}


def markdown(verdict) -> str | None:
    """Status, claim and evidence; None where it is too long for a browser.

    >>> from symrisk import Claim, Region, prove
    >>> from symrisk.symbols import n1, p
    >>> print(markdown(prove(Claim("there is room", p - n1, ">", 0, on=Region(n1 < p)))))
    **✓ proved** by positive: there is room
    <BLANKLINE>
    $$
    p - n_1 > 0 \\qquad (n_1 < p)
    $$
    <BLANKLINE>
    With $p = n_1 + s_{p}$ the difference of the sides is
    <BLANKLINE>
    $$
    s_{p}
    $$
    <BLANKLINE>
    where
    <BLANKLINE>
    - $s_{p} > 0$, coefficients of one sign
    """
    by = f" by {verdict.by}" if verdict.by and verdict.status == "proved" else ""
    head = f"**{MARK[verdict.status]} {verdict.status}**{by}: {prose(verdict.claim.says)}"
    claimed = displayed(verdict.claim.latex(), verdict.claim.relation)
    if verdict.status == "proved":
        return whole(head, claimed, _proof(verdict))
    return whole(head, claimed, _failure(verdict), _listed("", verdict.assumes))


def _listed(before, reasons):
    return "\n".join(f"- {before}{prose(reason)}" for reason in reasons)


def _failure(verdict):
    """The point, and what both sides are there."""
    if not verdict.witness:
        return ""
    at = point(verdict.witness)
    fails = f"It fails at {at}{prose(verdict.said)}."
    if not verdict.values:
        return fails
    rows = []
    for side, value in zip(verdict.claim.relation.compared, verdict.values, strict=True):
        rows.append((inline(side.head_latex(), side.title, 400), _value(value)))
    return f"{fails}\n\n{table(('side', 'value there'), rows)}"


def point(values: Mapping) -> str:
    """A point, one equation after another, so that a line may end between them."""
    equations = []
    for name, value in values.items():
        equations.append(
            inline(f"{tex.latex(name)} = {tex.latex(value)}", f"{name} = {value}", 400)
        )
    return ", ".join(equations)


def _value(value):
    if isinstance(value, Ball):
        return f"$\\approx {value.mid:.10g}$"
    return inline(tex.latex(value), str(sympy.N(value, 10)), 60)


def _proof(verdict):
    """The proof as LaTeX where it is of signs of coefficients, and short; else as text."""
    certificate = verdict.certificate
    parts = certificate.get("parts") or [{"says": "", "certificate": certificate}]
    if all(map(_is_typeset, (part["certificate"] for part in parts))):
        letters = Letters.of(verdict.claim)
        typeset = [_part(part, letters) for part in parts]
        return whole(*typeset, _listed("rests on ", verdict.assumes)) or ""
    first, *lines = str(verdict).splitlines()
    return code("\n".join(line.removeprefix("  ") for line in lines)) if lines else ""


def _is_typeset(certificate):
    """Whether a certificate is in the letters of its claim, and of moderate size."""
    if certificate.get("method") == "identity":
        return True
    if certificate.get("method") != "positive" or LETTER.search(json.dumps(certificate)):
        return False
    if len(certificate["cells"]) > MOST_CELLS:
        return False
    return all(len(polynomial["terms"]) <= MOST_TERMS for polynomial in _polynomials(certificate))


def _polynomials(certificate) -> Iterator[dict]:
    for cell in certificate["cells"]:
        for link in cell["chart"]:
            yield from (link["numerator"], link["denominator"])
        yield from (factor["polynomial"] for factor in cell["factors"])


def _part(part, letters):
    """One direction of an equivalence, or the whole claim."""
    says = f"*{prose(part['says'])}*" if part["says"] else ""
    certificate = part["certificate"]
    if certificate["method"] == "identity":
        return f"{says}\n\nThe two sides are the same rational function.".strip()
    cells = [_cell(cell, letters.on(cell["chart"])) for cell in certificate["cells"]]
    return "\n\n".join(filter(None, [says, *cells]))


def _cell(cell, letters):
    """The coordinates, the gap as a product, and why each factor has its sign."""
    moved = [link for link in cell["chart"] if not is_itself(link)]
    links = [f"{letters.name(link['variable'])} = {letters.quotient(link)}" for link in moved]
    signs = []
    for entry in cell["factors"]:
        factor = letters.polynomial(entry["polynomial"])
        sign = SIGN.get((entry["sign"], entry["strict"]), "= 0")
        signs.append(f"- ${factor} {sign}$, {prose(entry['because'])}")
    where = f"With ${BETWEEN.join(links)}$ the" if links else "The"
    gap = displayed(product(cell["constant"], cell["factors"], {}, letters), "a product")
    because = "where" if signs else ""
    parts = [f"{where} difference of the sides is", gap, because, "\n".join(signs)]
    return "\n\n".join(filter(None, parts))
