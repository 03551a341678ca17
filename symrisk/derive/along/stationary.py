"""Where a slope vanishes, in radicals, and the quantity's value there."""

import sympy

from symrisk.derive.along.letters import written
from symrisk.derive.evidence import holds
from symrisk.derive.tidy import tidy
from symrisk.engine.algebra.rational import coefficients_in, modulo
from symrisk.errors import NoMethod


def zero(line, run):
    """The slope's only zero between the bounds, by radicals of the lowest degree; NoMethod where it
    has a higher degree.
    """
    field, index = run.space.field, run.space.field.index[run.x]
    parts = coefficients_in(run.core, index)
    degree = max(parts)
    part = {
        k: written(run.space, field.polynomial(parts[k])) if k in parts else sympy.Integer(0)
        for k in range(degree + 1)
    }
    if degree == 1:
        return tidy(-part[0] / part[1], line.interval.rest)
    if degree == 2:
        return _quadratic(line, part[2], part[1], part[0])
    raise NoMethod(
        f"the stationary point along {run.x} is a root of degree {degree}; name it with "
        f"Implicit.root"
    )


def _quadratic(line, a, b, c):
    rest = line.interval.rest
    middle = tidy(-b / (2 * a), rest)
    spread = sympy.sqrt(tidy((b**2 - 4 * a * c) / (4 * a**2), rest))
    for candidate in (middle - spread, middle + spread):
        if lies_between(line, candidate) is not None:
            return candidate
    raise NoMethod(
        f"neither root {middle} +- {spread} is shown to lie between the bounds of {line.x}"
    )


def lies_between(line, point):
    """Verdicts that a point lies strictly between the ends of the interval; None where one is not
    shown.
    """
    ends = ((line.interval.lower, ">"), (line.interval.upper, "<"))
    claims = [
        line.claim(f"{point} {rel} {end}", point, rel, end, on=line.interval.rest)
        for end, rel in ends
        if end is not None
    ]
    verdicts = [holds(claim) for claim in claims]
    return None if None in verdicts else verdicts


def value_at(line, run, point):
    """The value at the slope's zero: the quantity modulo the core, which leaves no power of x as
    high as the core's degree.

    NoMethod where it has none there.
    """
    field, index = run.space.field, run.space.field.index[run.x]
    ratio = run.space.convert(line.expression)
    num, den = (modulo(field, poly, run.core, index) for poly in (ratio.num, ratio.den))
    if den.num == 0:
        # The slope's zero is one of the denominator too: there is a pole, not a least value.
        raise NoMethod(f"{line.title} has no value where its slope along {run.x} vanishes")
    reduced = _divided(field, num, den, run.core, index)
    powers = _powers(reduced, run.x).items()
    total = sum((written(run.space, c) * point**k for k, c in powers), sympy.Integer(0))
    return _by_roots(total, point, line.interval.rest)


def _by_roots(value, point, rest):
    """A value linear in the point, written as what has no root and a multiple of the root."""
    without, root = point.as_independent(*_roots(point), as_Add=True)
    if root == 0:
        return tidy(value, rest)
    letter = sympy.Dummy()
    flat = value.xreplace({point: without + letter})
    parts = sympy.Poly(flat, letter).all_coeffs()[::-1]
    return sympy.Add(*(tidy(part, rest) * root**k for k, part in enumerate(parts)))


def _roots(point):
    return [power for power in point.atoms(sympy.Pow) if not power.exp.is_Integer]


def _divided(field, num, den, core, index):
    """num/den modulo a core of degree one or two, the denominator made free of x by its
    conjugate.
    """
    parts = coefficients_in(den.num, index)
    if max(parts) == 0:
        return num / den
    core_parts = coefficients_in(core, index)
    x, zero = field.context.gen(index), field.context.constant(0)
    if max(core_parts) == 1:
        return num / den
    a, b = core_parts[2], core_parts.get(1, zero)
    conjugate = field.ratio(parts.get(0, zero) * a - parts[1] * b - parts[1] * a * x)
    top, bottom = num * conjugate, field.ratio(den.num) * conjugate * field.ratio(den.den) ** -1
    return (modulo(field, top.num, core, index) / modulo(field, top.den, core, index)) / (
        modulo(field, bottom.num, core, index) / modulo(field, bottom.den, core, index)
    )


def _powers(ratio, x):
    expression = ratio.expression()
    numerator, denominator = sympy.fraction(sympy.together(expression))
    return {k: c / denominator for (k,), c in sympy.Poly(numerator, x).terms()}
