"""Where a quantity is least along one variable, exactly."""

from dataclasses import dataclass

import sympy

from symrisk.claim import Claim
from symrisk.decide import prove
from symrisk.decide.certificate import table
from symrisk.decide.verdict import Verdict
from symrisk.derive.profile import profile
from symrisk.engine import tex
from symrisk.engine.rational import coefficients_in, modulo
from symrisk.errors import NoMethod
from symrisk.relation import Relation


@dataclass(frozen=True)
class Extremum:
    """The least value along `name`: at `point`, where it is `value`, as long as `condition` holds.

    condition: a Relation, or None where it always holds.  otherwise: the Extremum where the condition fails.
    attained: False where `value` is an infimum at an open end.  verdict: the evidence.
    """

    name: sympy.Symbol
    point: sympy.Expr
    value: sympy.Expr
    condition: Relation | None = None
    otherwise: object = None
    attained: bool = True
    verdict: Verdict | None = None

    def __repr__(self):
        when = f" if {self.condition}" if self.condition is not None else ""
        rest = f"; otherwise {self.otherwise!r}" if self.otherwise is not None else ""
        status = f", {self.verdict.status}" if self.verdict is not None else ""
        return f"Extremum({self.name}={tex.text(self.point)}, value={tex.text(self.value)}{status}{when}{rest})"

    def latex(self):
        when = f" \\quad\\text{{if }} {self.condition.latex()}" if self.condition is not None else ""
        line = f"{tex.latex(self.name)}^* = {tex.latex(self.point)},\\quad \\min = {tex.latex(self.value)}{when}"
        return line if self.otherwise is None else f"{line};\\qquad \\text{{else }} {self.otherwise.latex()}"

    def _repr_latex_(self):
        return tex.display(self.latex())


def minimizer(quantity, name, on=None):
    """The point of least value along `name`, over its whole interval in the region: an Extremum, proved.

    The slope's core is read along the variable (Descartes): no sign change, and the least value is at an end; one, and it
    is the only stationary point.  Where the sign at an end is left open by the hypotheses, that sign is the condition,
    and `otherwise` says what holds without it.

    Raises NoMethod where the slope may change sign more than once, or its zero is not a root of degree one or two.

    >>> from symrisk.theorems.collapse import mixing
    >>> from symrisk.symbols import w
    >>> minimizer(mixing.variance_factor, w)
    Extremum(w=sqrt(5)/2 - 1/2, value=sqrt(5)/2 - 1/2, proved)
    """
    region = quantity.region if on is None else quantity.region & on
    slope = quantity.diff(name)
    run = profile(region, slope.expanded, name, slope.roots)
    if not run.depends_on_x:
        return _without_turn(quantity, run)
    return _turning(quantity, run, region)


def _without_turn(quantity, run):
    if not run.is_settled:
        condition = run.condition(run.sign.value)
        return _at_end(quantity, run, 1, condition, _at_end(quantity, run, -1))
    return _at_end(quantity, run, run.sign.value)


def _turning(quantity, run, region):
    if run.open is None:
        if run.variations() != 1:
            return _many_turns(run) if run.variations() else _at_end(quantity, run, _slope_sign(run, 0))
        return _interior(quantity, run, region, None, None) if _is_valley(run, 0) else _higher_ends(run)
    turning = [s for s in (1, -1) if run.variations(s) == 1 and _is_valley(run, s)]
    flat = [s for s in (1, -1) if run.variations(s) == 0]
    if len(turning) != 1 or len(flat) != 1 or run.variations(0) > 0:
        return _many_turns(run)
    otherwise = _at_end(quantity, run, _slope_sign(run, flat[0]))
    return _interior(quantity, run, region, run.condition(turning[0]), otherwise)


def _slope_sign(run, assumed):
    return run.at_start(assumed)


def _is_valley(run, assumed):
    """Whether the one sign change goes from falling to rising as the variable grows."""
    return (run.at_start(assumed) < 0) == run.rising


def _many_turns(run):
    raise NoMethod(f"the slope along {run.x} may change sign more than once")


def _higher_ends(run):
    raise NoMethod(f"along {run.x} the quantity rises and then falls: it is least at one of the ends")


def _at_end(quantity, run, slope_sign, condition=None, otherwise=None):
    """The least value of a monotone quantity: at the lower end where it rises, at the upper one where it falls."""
    link = run.cell.links[-1]
    bound = link.lower if slope_sign >= 0 else link.upper
    for name, root in quantity.roots.items():
        if root.polynomial.has(run.x):
            raise NoMethod(f"{name} moves with {run.x}: the value at the end is a limit; ask monotonicity")
    if bound is None:
        raise NoMethod(f"the quantity falls for ever as {run.x} {'falls' if slope_sign > 0 else 'grows'}")
    point = run.lower if bound is link.lower else run.upper
    value = sympy.factor(quantity.expanded.subs(run.x, point))
    verdict = Verdict(None, "proved", "signs", _certificate(run))
    return Extremum(run.x, point, value, condition, otherwise, bound.closed, verdict)


def _interior(quantity, run, region, condition, otherwise):
    where = region if condition is None else region & condition
    point = _zero(run, where)
    value = _value_at(quantity, run, point)
    stationary = Claim(f"the slope vanishes at {point}", quantity.diff(run.x).expanded.subs(run.x, point), "==", 0,
                       on=run.rest(where), roots=quantity.roots)
    verdict = prove(stationary)
    verdict = Verdict(stationary, verdict.status, "Descartes' rule and identity", {**_certificate(run), "zero": str(point)})
    return Extremum(run.x, point, value, condition, otherwise, True, verdict)


def _zero(run, where):
    """The core's only zero between the bounds, by radicals of the lowest degree."""
    field, index = run.space.field, run.space.field.index[run.x]
    parts = coefficients_in(run.core, index)
    degree = max(parts)
    part = {k: field.polynomial(parts[k]) if k in parts else sympy.Integer(0) for k in range(degree + 1)}
    if degree == 1:
        return sympy.factor(-part[0] / part[1])
    if degree == 2:
        return _quadratic(run, where, part[2], part[1], part[0])
    raise NoMethod(f"the stationary point along {run.x} is a root of degree {degree}; name it with Implicit.root")


def _quadratic(run, where, a, b, c):
    middle = sympy.factor(-b / (2 * a))
    spread = sympy.sqrt(sympy.factor((b**2 - 4 * a * c) / (4 * a**2)))
    for candidate in (middle - spread, middle + spread):
        if _lies_inside(candidate, run, where):
            return candidate
    raise NoMethod(f"neither root {middle} +- {spread} is shown to lie between the bounds of {run.x}")


def _lies_inside(candidate, run, where):
    bounds = [(run.lower, ">"), (run.upper, "<")]
    claims = [Claim("inside", candidate, rel, bound, on=run.rest(where)) for bound, rel in bounds if bound is not None]
    return all(prove(claim).status == "proved" for claim in claims)


def _value_at(quantity, run, point):
    """The value at the zero: the quantity modulo the core, which leaves no power of x as high as the core's degree."""
    field, index = run.space.field, run.space.field.index[run.x]
    ratio = run.space.convert(quantity.expanded)
    num, den = (modulo(field, poly, run.core, index) for poly in (ratio.num, ratio.den))
    reduced = _divided(field, num, den, run.core, index)
    return sum((sympy.factor(c) * point**k for k, c in _powers(reduced, run.x).items()), sympy.Integer(0))


def _divided(field, num, den, core, index):
    """num/den modulo a core of degree one or two, the denominator made free of x by its conjugate."""
    parts = coefficients_in(den.num, index)
    if max(parts) == 0:
        return num / den
    core_parts = coefficients_in(core, index)
    x, zero = field.context.gen(index), field.context.constant(0)
    if max(core_parts) == 1:
        return num / den
    a, b = core_parts[2], core_parts.get(1, zero)
    conjugate = field.ratio(parts.get(0, zero) * a - parts[1] * b - parts[1] * a * x)
    top, bottom = num * conjugate, field.ratio(den.num) * conjugate * field.ratio(den.den)**-1
    return (modulo(field, top.num, core, index) / modulo(field, top.den, core, index)) / (
        modulo(field, bottom.num, core, index) / modulo(field, bottom.den, core, index))


def _powers(ratio, x):
    expression = ratio.expression()
    numerator, denominator = sympy.fraction(sympy.together(expression))
    return {k: c / denominator for (k,), c in sympy.Poly(numerator, x).terms()}


def _certificate(run):
    coefficients = [{"polynomial": table(run.space.field, poly), "sign": sign.value} for poly, sign in run.coefficients]
    return {"method": "descartes", "variable": str(run.x), "sign_of_rest": run.sign.value, "coefficients": coefficients}
