"""An expression at a point to many digits, by mpmath: no program, no balls."""

import mpmath
import numpy as np
import sympy

from symrisk.engine.generators import Member

DIGITS = 60


def number(expression, point, problem, digits=DIGITS):
    """An expression at a point to many digits, by mpmath."""
    with mpmath.workdps(digits):
        known = {s: mpmath.mpf(int(v.p)) / int(v.q) for s, v in point.items()}
        return _many_digits(expression, {**known, **_root_values(problem, known, expression.free_symbols, digits)})


def _many_digits(expression, known):
    """An expression in mpmath, node by node; a definition by cases takes the case that holds."""
    if expression.is_Rational:
        return mpmath.mpf(int(expression.p)) / int(expression.q)
    if expression.is_Symbol:
        return known[expression]
    if expression.is_Piecewise:
        return next(_many_digits(value, known) for value, condition in expression.args if _case(condition, known))
    values = [_many_digits(argument, known) for argument in expression.args]
    if expression.is_Pow:
        return mpmath.re(mpmath.power(values[0], values[1]))
    return mpmath.fsum(values) if expression.is_Add else mpmath.fprod(values)


def _case(condition, known):
    if condition in (sympy.true, sympy.false):
        return condition == sympy.true
    gap = _many_digits(condition.gts, known) - _many_digits(condition.lts, known)
    return gap > 0 or (gap == 0 and not isinstance(condition, (sympy.StrictGreaterThan, sympy.StrictLessThan)))


def _root_values(problem, known, used, digits):
    """The implicit roots in use by mpmath: the zero between the ends."""
    found = {}
    for name, root in {**problem.region.roots, **problem.claim.roots}.items():
        if name not in used:
            continue
        if isinstance(root, Member):
            found[name] = _member_value(root, known, digits)
            continue
        coefficients = [_many_digits(c, known) for c in sympy.Poly(root.polynomial, name).all_coeffs()]
        low, high = (mpmath.inf if end == sympy.oo else -mpmath.inf if end == -sympy.oo else _many_digits(end, known)
                     for end in root.between)
        real = mpmath.mpf(10) ** (10 - digits)
        zeros = [z.real for z in mpmath.polyroots(coefficients, maxsteps=200, extraprec=5 * digits) if abs(z.imag) < real]
        inside = [z for z in zeros if low < z < high]
        found[name] = inside[0] if inside else mpmath.nan
    return found


def _member_value(member, known, digits):
    """One of several unknowns that solve a system, by mpmath's own search from beside it; nan where that does not settle."""
    system = member.system
    parameters = {name: _many_digits(value, known) for name, value in system.parameters}
    with np.errstate(all="ignore"):
        *starts, case = system.near(**{name.name: np.array([float(value)]) for name, value in parameters.items()})

    def equations(*unknowns):
        point = {**parameters, **dict(zip(system.unknowns, unknowns, strict=True))}
        return [_many_digits(sympy.sympify(equation), point) for equation in system.cases[int(case[0])]]
    try:
        found = mpmath.findroot(equations, [mpmath.mpf(float(start[0])) for start in starts], tol=mpmath.mpf(10) ** -digits)
    except (ValueError, ZeroDivisionError):
        return mpmath.nan
    return found[member.place] if len(system.unknowns) > 1 else mpmath.mpf(found[0] if hasattr(found, "rows") else found)
