"""The sign of a slope, all along an interval or on either side of a point: claims that give it.

Where `prove` does not decide the slope's sign at once, the slope is written as W times a polynomial
in the coordinate s > 0 of the interval, over a power of a positive denominator: then the signs of W
and of each coefficient are claimed.  Terms of one sign add up to that sign.  Where the sign changes
once from one power to the next, say from s^m on, the sum over s^m rises (or falls) in s, term by
term: it is zero at one point at most, and changes its sign there.
"""

from itertools import pairwise

import sympy

from symrisk.decide.certificate import table
from symrisk.derive.along.continuity import continuity
from symrisk.derive.along.letters import written
from symrisk.derive.evidence import holds, shown
from symrisk.errors import NoMethod

RELS = {
    (1, True): ">",
    (1, False): ">=",
    (-1, True): "<",
    (-1, False): "<=",
    (0, True): "==",
    (0, False): "==",
}


def runs(line, run, sign, strict=False):
    """Verdicts that the quantity rises (sign = 1), falls (-1) or stays (0) along the whole
    interval; NoMethod if not shown.
    """
    # The slope comes first: it is what most often fails.
    slope = slope_sign(line, run, sign, strict)
    # From one whole number to the next a quantity may do as it likes: there it need not be
    # continuous.
    unbroken = [] if line.x.is_integer else continuity(line)
    return [*line.interval.evidence(line), *unbroken, *slope]


def slope_sign(line, run, sign, strict=False):
    """Verdicts on claims that the slope has one sign between the ends."""
    claim = slope_claim(line, sign, strict)
    verdict = holds(claim)
    if verdict is not None:
        return [verdict]
    if run is None or strict or not sign:
        return [shown(claim)]
    return _by_coefficients(line, run, [sign * run.sign.value] * len(run.coefficients))


def slope_claim(line, sign, strict=False):
    """The claim that the slope is positive (sign = 1), negative (-1) or zero (0) between the ends,
    or not the opposite.
    """
    (slope, between), rel = line.change, RELS[sign, strict]
    return line.claim(
        f"the slope of {line.title} in {line.x} is {rel} 0", slope, rel, 0, on=between
    )


def turns(line, run, point):
    """Verdicts that the quantity falls up to a point inside and rises beyond it, from one change of
    sign of its slope.
    """
    signs = [_sign_where(line, run, poly, sign) for poly, sign in run.coefficients]
    place, _ = _coordinate(run)
    grows = line.claim(
        "the coordinate grows" if run.rising else "the coordinate falls",
        sympy.diff(place, line.x),
        ">" if run.rising else "<",
        0,
        on=line.interval.inside,
    )
    # Small x is where the coordinate is small, or where it is large.
    first, last = (signs[0], signs[-1]) if run.rising else (signs[-1], signs[0])
    changes = sum(a != b for a, b in pairwise(signs))
    if changes != 1 or run.sign.value * first > 0 or run.sign.value * last < 0:
        raise NoMethod(f"{line.title} is not shown to fall and then to rise along {line.x}")
    core = written(run.space, run.core_expression)
    zero = line.claim(
        f"the slope vanishes at {point}",
        core.xreplace({line.x: point}),
        "==",
        0,
        on=line.interval.rest,
    )
    return [
        *line.interval.evidence(line),
        *continuity(line),
        *_by_coefficients(line, run, signs),
        shown(grows),
        shown(zero),
    ]


def _sign_where(line, run, poly, sign):
    """The sign of a coefficient, of an open one as the line's own hypotheses give it."""
    if sign.value is not None:
        return sign.value
    shown_as = written(run.space, run.space.field.polynomial(poly))
    rises = holds(line.claim("an open sign", shown_as, ">=", 0, on=line.interval.rest))
    return -1 if rises is None else 1


def _by_coefficients(line, run, signs):
    """Verdicts on what the slope is made of: the factor W, and each coefficient of the rest with
    its sign.
    """
    inside, rest = line.interval.inside, line.interval.rest
    core = written(run.space, run.core_expression)
    factor = written(run.space, (run.ratio / run.space.field.ratio(run.core)).expression())
    place, scale = _coordinate(run)
    coefficients = [
        written(run.space, run.space.field.polynomial(poly)) for poly, _ in run.coefficients
    ]
    total = sympy.Add(*(c * place**k for k, c in zip(run.powers, coefficients, strict=True)))
    wanted = RELS[run.sign.value, run.sign.strict]
    claims = [
        line.claim("the slope's two factors", line.slope, "==", factor * core, on=inside),
        line.claim(f"the first factor is {wanted} 0", factor, wanted, 0, on=inside),
        line.claim("the coordinate is positive", place, ">", 0, on=inside),
        line.claim("its denominator is positive", scale, ">", 0, on=inside),
        line.claim("the second factor in the coordinate", core * scale, "==", total, on=inside),
    ]
    for power, coefficient, sign in zip(run.powers, coefficients, signs, strict=True):
        says = f"the coefficient of its power {power} is {RELS[sign, False]} 0"
        claims.append(line.claim(says, coefficient, RELS[sign, False], 0, on=rest))
    return [shown(claim) for claim in claims]


def _coordinate(run):
    """(the interval's coordinate s as a function of x, what the core is multiplied by to be a
    polynomial in it).
    """
    link, space = run.cell.links[-1], run.space
    image, x = link.image, space.field.symbols[link.variable]
    letter = space.field.symbols[link.coordinate]
    # x = image(s) is linear in s over a denominator linear in s: solved for s, it has one solution.
    top, bottom = (
        sympy.Poly(space.field.polynomial(part), letter) for part in (image.num, image.den)
    )
    a, b = (top.coeff_monomial(letter**k) for k in (1, 0))
    c, d = (bottom.coeff_monomial(letter**k) for k in (1, 0))
    place = sympy.factor((d * x - b) / (a - c * x))
    scale = sympy.factor((bottom.as_expr() ** run.degree).xreplace({letter: place}))
    return written(space, place), written(space, scale)


def coefficients(run):
    """The signs of the slope's coefficients as plain data; none where it is not read so."""
    if run is None:
        return {}
    pairs = [
        {"polynomial": table(run.space.field, poly), "sign": sign.value}
        for poly, sign in run.coefficients
    ]
    return {"variable": str(run.x), "sign_of_rest": run.sign.value, "coefficients": pairs}
