"""An expression at a point to many digits, by mpmath: no program, no balls."""

import numpy as np
import sympy

from symrisk.engine.algebra.generators import Member
from symrisk.engine.balls.precision import decimals
from symrisk.errors import NotProved

DIGITS = 60


def number(expression, point, problem, digits=DIGITS):
    """An expression at a point to many digits, by mpmath."""
    with decimals(digits) as mp:
        known = {s: mp.mpf(int(v.p)) / int(v.q) for s, v in point.items()}
        return _many_digits(
            mp,
            expression,
            {**known, **_root_values(mp, problem, known, expression.free_symbols, digits)},
        )


def _many_digits(mp, expression, known):
    """An expression in mpmath, node by node; a definition by cases takes the case that holds."""
    if expression.is_Rational:
        return mp.mpf(int(expression.p)) / int(expression.q)
    if expression.is_Symbol and expression in known:
        return known[expression]
    if expression.is_Piecewise:
        return next(
            _many_digits(mp, value, known)
            for value, condition in expression.args
            if _case(mp, condition, known)
        )
    if not (expression.is_Add or expression.is_Mul or expression.is_Pow):
        raise NotProved(
            f"{expression} has no value by mpmath at a point: the proof is not looked at again"
        )
    values = [_many_digits(mp, argument, known) for argument in expression.args]
    if expression.is_Pow:
        return mp.re(mp.power(values[0], values[1]))
    return mp.fsum(values) if expression.is_Add else mp.fprod(values)


def _case(mp, condition, known):
    if condition in (sympy.true, sympy.false):
        return condition == sympy.true
    gap = _many_digits(mp, condition.gts, known) - _many_digits(mp, condition.lts, known)
    return gap > 0 or (
        gap == 0 and not isinstance(condition, (sympy.StrictGreaterThan, sympy.StrictLessThan))
    )


def _root_values(mp, problem, known, used, digits):
    """The implicit roots in use by mpmath: the zero between the ends."""
    found = {}
    for name, root in {**problem.region.roots, **problem.claim.roots}.items():
        if name not in used:
            continue
        if isinstance(root, Member):
            found[name] = _member_value(mp, root, known, digits)
            continue
        coefficients = [
            _many_digits(mp, c, known) for c in sympy.Poly(root.polynomial, name).all_coeffs()
        ]
        low, high = (
            mp.inf
            if end == sympy.oo
            else -mp.inf
            if end == -sympy.oo
            else _many_digits(mp, end, known)
            for end in root.between
        )
        real = mp.mpf(10) ** (10 - digits)
        zeros = [z.real for z in _zeros(mp, name, coefficients, digits) if abs(z.imag) < real]
        inside = [z for z in zeros if low < z < high]
        found[name] = inside[0] if inside else mp.nan
    return found


def _member_value(mp, member, known, digits):
    """One of several unknowns that solve a system, by mpmath's own search from beside it; nan
    where that does not settle.
    """
    system = member.system
    parameters = {name: _many_digits(mp, value, known) for name, value in system.parameters}
    with np.errstate(all="ignore"):
        *starts, case = system.near(
            **{name.name: np.array([float(value)]) for name, value in parameters.items()}
        )

    def equations(*unknowns):
        point = {**parameters, **dict(zip(system.unknowns, unknowns, strict=True))}
        return [
            _many_digits(mp, sympy.sympify(equation), point)
            for equation in system.cases[int(case[0])]
        ]

    try:
        found = mp.findroot(
            equations, [mp.mpf(float(start[0])) for start in starts], tol=mp.mpf(10) ** -digits
        )
    except (ValueError, ZeroDivisionError):
        return mp.nan
    return (
        found[member.place]
        if len(system.unknowns) > 1
        else mp.mpf(found[0] if hasattr(found, "rows") else found)
    )


def _zeros(mp, name, coefficients, digits):
    try:
        return mp.polyroots(coefficients, maxsteps=200, extraprec=5 * digits)
    except (mp.NoConvergence, ZeroDivisionError, ValueError) as error:
        raise NotProved(
            f"mpmath does not find the zeros among which {name} is: the proof is not looked at "
            f"again"
        ) from error
