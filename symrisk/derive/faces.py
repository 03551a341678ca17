"""A region with a face where a letter is 0: the answer inside it, and on the face, put together.

Where a letter may be 0, what is divided by it has no value, and no sign is known there.  Asked of
the letter positive, and of the letter 0, a question may have answers that agree: then together they
are the answer on the whole region.
"""

from dataclasses import replace

import sympy

from symrisk.derive.evidence import joined, shown
from symrisk.derive.tidy import as_relation, sign_on
from symrisk.errors import DomainError, NoMethod
from symrisk.language.region import Region
from symrisk.language.relation import Relation

MOST_FACES = 4
"""Letters that are looked at in turn."""


def by_faces(line, least):
    """The Extremum of a line from those where one letter is positive and where it is 0; None where
    no letter tells them apart.

    least: what gives the Extremum of a line, or raises NoMethod.
    """
    for letter in _letters(line)[:MOST_FACES]:
        try:
            inside = least(line.where(Relation(letter, ">", 0)))
            return _together(line, letter, inside, least(_on_face(line, letter)))
        except (NoMethod, DomainError):
            continue
    return None


def _letters(line):
    """Letters that the slope moves with, and that may be 0 for all that the hypotheses say."""
    if line.roots or line.expression.has(sympy.Piecewise):
        return []
    found = []
    for symbol in sorted(line.slope.free_symbols - {line.x}, key=str):
        may_be_zero = symbol.is_nonnegative and not symbol.is_positive
        if may_be_zero and not sign_on(line.region, symbol, strict=True):
            found.append(symbol)
    # ratios and noise are what is divided by: they come before sizes
    return sorted(found, key=lambda symbol: getattr(symbol, "kind", "") == "count")


def _on_face(line, letter):
    """The line where a letter is 0; NoMethod where it has no value there."""
    put = {letter: sympy.Integer(0)}
    hypotheses = []
    for relation in line.region.premises:
        slack = relation.slack.xreplace(put)
        if slack.free_symbols:
            hypotheses.append(Relation(slack, relation.slack_rel, 0))
        elif not _holds(slack, relation.slack_rel):
            raise NoMethod(f"no point of the region has {letter} = 0")
    expression, slope = line.expression.xreplace(put), line.slope.xreplace(put)
    if expression.has(sympy.zoo, sympy.nan) or slope.has(sympy.zoo, sympy.nan):
        raise NoMethod(f"{line.title} has no value at {letter} = 0")
    others = tuple(symbol for symbol in line.region.symbols if symbol != letter)
    return replace(
        line, expression=expression, slope=slope, region=Region(*hypotheses, over=others)
    )


def _holds(number, rel):
    return bool(number > 0) if rel == ">" else bool(number >= 0) if rel == ">=" else number == 0


def _together(line, letter, inside, face):
    """The Extremum of both: the condition of the one inside, cleared of the letter, fails on the
    face, where the other answer holds; or neither has a condition.
    """
    if face.condition is not None:
        raise NoMethod(f"the answer at {letter} = 0 has a condition of its own")
    if inside.condition is None:
        return _same(line, letter, inside, face)
    if inside.otherwise.condition is not None:
        raise NoMethod("there are more than two cases")
    whole = line.where(Relation(letter, ">", 0))
    condition, equivalent = _cleared(whole, inside.condition)
    on_face = _on_face(line, letter)
    at_zero = condition.slack.xreplace({letter: sympy.Integer(0)})
    fails = line.claim(
        f"at {letter} = 0 it fails that {condition}", at_zero, "<=", 0, on=on_face.region
    )
    otherwise = _same(line, letter, inside.otherwise, face, equivalent)
    verdict = joined(inside.verdict.claim.says, [inside.verdict, *equivalent, shown(fails)])
    return replace(inside, condition=condition, otherwise=otherwise, verdict=verdict)


def _same(line, letter, inside, face, evidence=()):
    """The Extremum inside, which at the letter 0 is the one on the face."""
    put = {letter: sympy.Integer(0)}
    point, value = inside.point.xreplace(put), inside.value.xreplace(put)
    if inside.attained != face.attained or sympy.simplify(point - face.point) != 0:
        raise NoMethod(f"at {letter} = 0 the quantity is least elsewhere")
    agrees = line.claim(
        f"the two values agree at {letter} = 0",
        value,
        "==",
        face.value,
        on=_on_face(line, letter).interval.rest,
    )
    verdicts = [inside.verdict, face.verdict, shown(agrees), *evidence]
    return replace(inside, verdict=joined(inside.verdict.claim.says, verdicts))


def _cleared(line, condition):
    """(the condition without denominators, verdicts that it says the same)."""
    top, bottom = sympy.fraction(sympy.together(condition.slack))
    sign = sign_on(line.region, bottom, strict=True)
    if not sign or not condition.strict:
        raise NoMethod(f"{condition} is not cleared of its denominators")
    cleared = as_relation(sign * top, line.region)
    ways = (
        (condition, cleared, f"{condition} gives {cleared}"),
        (cleared, condition, f"{cleared} gives {condition}"),
    )
    verdicts = []
    for given, gives, says in ways:
        region = line.where(given).region
        verdicts.append(shown(line.claim(says, gives.slack, gives.slack_rel, 0, on=region)))
    return cleared, verdicts
