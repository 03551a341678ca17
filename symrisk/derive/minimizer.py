"""Where a quantity is least along one variable, exactly."""

from dataclasses import replace

import sympy

from symrisk.derive.along.ends import end
from symrisk.derive.along.letters import letter_of, written
from symrisk.derive.along.line import along
from symrisk.derive.along.profile import shape
from symrisk.derive.along.slopes import coefficients, runs, slope_claim, turns
from symrisk.derive.along.stationary import value_at, zero
from symrisk.derive.among import among
from symrisk.derive.cells import by_cells
from symrisk.derive.evidence import attempt, because, holds, joined, shown
from symrisk.derive.extremum import Extremum
from symrisk.derive.faces import by_faces
from symrisk.derive.in_root import in_root
from symrisk.derive.whole import among_whole
from symrisk.errors import NoMethod
from symrisk.language.quantity import Quantity
from symrisk.language.region import Region
from symrisk.language.relation import Relation


def minimizer(
    quantity: Quantity, name: sympy.Symbol | str, on: Region | Relation | None = None
) -> Extremum:
    """The point of least value along `name`, over its whole interval in the region: an Extremum,
    proved.

    A candidate is read off the slope: where that has one sign, an end; where it changes sign once
    (Descartes), its zero. That it is the answer rests on claims: the quantity is nowhere below the
    value, and has it at the point, which is in the region; or it is defined and continuous, falls
    up to the point and rises beyond it.  At an open end the value is an infimum, `attained` says
    so.  Where the sign at an end is left open by the hypotheses, that sign is the condition, and
    `otherwise` says what holds without it.  A whole variable is minimised over whole numbers.

    Raises NoMethod, with the reason, where this is not shown: a pole or a jump inside, a quantity
    that is unbounded below, a slope that may change sign more than once or whose zero is not a root
    of degree one or two, ends that can't be compared.

    >>> from symrisk.theorems.collapse import mixing
    >>> from symrisk.symbols import w
    >>> minimizer(mixing.variance_factor, w)
    Extremum(w=sqrt(5)/2 - 1/2, value=sqrt(5)/2 - 1/2, proved)
    """
    line = along(quantity, letter_of(quantity, name), on)
    return in_root(line, _in_cases) or _in_cases(line)


def _in_cases(line):
    """The least value along a line, in one piece or put together from pieces of the region."""
    try:
        return _least(line)
    except NoMethod:
        found = by_cells(line, _least) or by_faces(line, _least)
        if found is None:
            raise
        return found


def _least(line):
    """The least value along a line: an Extremum, or NoMethod."""
    if line.x.is_integer:
        return _extremum(line, *among_whole(line))
    run, reason = shape(line)
    if run is None:
        return _without_shape(line, reason)
    return _turning(line, run) if run.depends_on_x else _without_turn(line, run)


def _without_shape(line, reason):
    """The least value where the slope is not read as a polynomial: among a few points, or at an end
    if it has one sign.
    """
    try:
        return _extremum(line, *among(line))
    except NoMethod as error:
        for sign in (1, -1):
            if holds(slope_claim(line, sign)) is not None:
                return _at_end(line, None, sign)
        raise NoMethod(reason or str(error)) from error


def _extremum(line, found, verdict, condition=None, otherwise=None):
    return Extremum(line.x, found.point, found.value, condition, otherwise, found.attained, verdict)


def _without_turn(line, run):
    if run.is_settled:
        return _at_end(line, run, run.sign.value)
    condition = run.condition(run.sign.value)
    otherwise = _at_end(line.where(condition.negated), run, -1)
    return replace(_at_end(line.where(condition), run, 1), condition=condition, otherwise=otherwise)


def _turning(line, run):
    if run.open is None:
        if run.variations() > 1:
            return _one_sign(line, run)
        if run.variations() == 0:
            return _at_end(line, run, run.at_start())
        return _interior(line, run) if _is_valley(run, 0) else _lower_end(line, run)
    if all(run.variations(s) == 1 and _is_valley(run, s) for s in (1, 0, -1)):
        return _interior_whatever(line, run)
    turning = [s for s in (1, -1) if run.variations(s) == 1 and _is_valley(run, s)]
    flat = [s for s in (1, -1) if run.variations(s) == 0]
    if len(turning) != 1 or len(flat) != 1 or run.variations(0) > 0:
        return _one_sign(line, run)
    condition = run.condition(turning[0])
    otherwise = _at_end(line.where(condition.negated), run, run.at_start(flat[0]))
    return replace(_interior(line.where(condition), run), condition=condition, otherwise=otherwise)


def _is_valley(run, assumed):
    """Whether the one sign change goes from falling to rising as the variable grows."""
    return (run.at_start(assumed) < 0) == run.rising


def _one_sign(line, run):
    """Where coefficients leave a sign open, or change it more than once, the slope may have one
    sign all the same.
    """
    for sign in (1, -1):
        if holds(slope_claim(line, sign)) is not None:
            return _at_end(line, run, sign)
    raise NoMethod(f"the slope along {run.x} may change sign more than once")


def _at_end(line, run, sign):
    """The least value of a monotone quantity: at the lower end where it rises, at the upper one
    where it falls.
    """
    found = end(line, -1 if sign >= 0 else 1)
    says, verdict = _nowhere_below(line, found)
    if verdict is not None:
        return _extremum(line, found, joined(says, [verdict, *found.evidence], **coefficients(run)))
    if run is not None and run.is_settled and run.sign.value == 0:
        raise NoMethod(f"{line.title} is constant along {line.x}: no point is less than another")
    evidence = runs(line, run, 1 if sign >= 0 else -1, strict=not found.attained)
    return _extremum(line, found, joined(says, [*evidence, *found.evidence], **coefficients(run)))


def _nowhere_below(line, found):
    """(what is said, the verdict on the claim that the quantity is nowhere below a value, None
    where that is not shown).
    """
    rel = ">=" if found.attained else ">"
    says = f"{line.title} is {rel} its value at {line.x} = {found.point}"
    return says, holds(line.claim(says, line.expression, rel, found.value))


def _interior(line, run):
    point = zero(line, run)
    value = value_at(line, run, point)
    inside = line.belongs(point)
    if inside is None:
        raise NoMethod(f"the slope's zero {point} is not shown to lie in the region")
    same = line.claim(
        f"{line.title} at {line.x} = {point}",
        line.value_at(point),
        "==",
        value,
        on=line.interval.rest,
    )
    evidence = [*inside, shown(same)]
    says = f"{line.title} is least at {line.x} = {point}"
    lowest = holds(
        line.claim(f"{line.title} is nowhere below {value}", line.expression, ">=", value)
    )
    shape = [lowest] if lowest is not None else turns(line, run, point)
    return Extremum(
        line.x, point, value, verdict=joined(says, [*shape, *evidence], **coefficients(run))
    )


def _interior_whatever(line, run):
    """The point inside where the slope changes sign once, whatever the sign left open: shown for
    either.
    """
    open_one = written(run.space, run.space.field.polynomial(run.open))
    halves = (line.where(Relation(open_one, rel, 0)) for rel in (">=", "<="))
    first, second = (_interior(half, run) for half in halves)
    if (first.point, first.value) != (second.point, second.value):
        raise NoMethod(f"the slope along {run.x} has two zeros, one for each sign of {open_one}")
    says = first.verdict.claim.says
    return replace(first, verdict=joined(says, [first.verdict, second.verdict]))


def _lower_end(line, run):
    """The lower of the two ends of a quantity that rises and then falls."""
    shape = f"along {line.x} the quantity rises and then falls"
    ends = [end(line, side) for side in (-1, 1)]
    tie = line.claim("the ends agree", ends[0].value, "==", ends[1].value, on=line.interval.rest)
    if holds(tie) is not None:
        raise NoMethod(
            f"{shape}: it is least at both ends, {ends[0].point} and {ends[1].point}, where it is "
            f"{ends[0].value}"
        )
    for found in ends:
        says, verdict = _nowhere_below(line, found)
        if verdict is not None:
            return _extremum(
                line, found, joined(says, [verdict, *found.evidence], **coefficients(run))
            )
    reason = because(
        attempt(line.claim("", ends[0].value, "<=", ends[1].value, on=line.interval.rest))
    )
    raise NoMethod(
        f"{shape}: it is least at one of the ends, and which one is not shown ({reason})"
    )
