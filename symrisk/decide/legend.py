"""What the letters of a proof stand for: radicals, powers, values of functions and means, which
nobody wrote as letters.
"""

import json
import re
from collections.abc import Callable, Iterator

import sympy

from symrisk.decide.problem import Problem

LETTER = re.compile(r"\b(?:sqrt|root\d+|power|value)_\d+\b|<[^<>]+>")
NAMED_ALIKE = ("identity", "positive", "sturm")
"""Methods whose certificates speak in the letters of the problem itself; a limit has spaces of
its own.
"""


def meanings(generators) -> dict[str, sympy.Expr]:
    """The letter's name -> the expression that it stands for, letters inside written out as
    well.
    """
    found = {letter: mean for letter, mean in generators.moments.reading.items()}
    for name, power in generators.powers.items():
        found[name] = power.base**power.exponent
    for name, function in generators.functions.items():
        found[name] = function.meaning
    for name, root in generators.roots.items():
        if root.radicand is not None:
            index = sympy.degree(root.polynomial, name)
            found[name] = root.radicand ** sympy.Rational(1, index)
    return {str(letter): _written_out(meaning, found) for letter, meaning in found.items()}


def _written_out(expression, found):
    # A radical may stand in a radical; each letter only in later ones.
    for _ in found:
        expression = expression.xreplace(found)
    return expression


def spelled(text: str, generators: Callable) -> str:
    """A text with the letters of a proof replaced by what they stand for; `generators` is called
    where it holds any.
    """
    if not LETTER.search(text):
        return text
    known = meanings(generators())
    return LETTER.sub(lambda match: str(known.get(match[0], match[0])), text)


def legend(claim, certificate) -> Iterator[str]:
    """Lines `name = expression` for the letters that a certificate speaks in."""
    if "parts" in certificate:
        for part, entry in zip(claim.parts, certificate["parts"], strict=False):
            yield from legend(part, entry["certificate"])
        return
    used = set(LETTER.findall(json.dumps(certificate)))
    if not used or certificate["method"] not in NAMED_ALIKE:
        return
    known = meanings(Problem(claim).space.generators)
    for name in sorted(used & known.keys()):
        yield f"  where {name} = {known[name]}"
