"""An expression at a point to many digits, by mpmath: no program, no balls."""

import mpmath
import sympy

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
        coefficients = [_many_digits(c, known) for c in sympy.Poly(root.polynomial, name).all_coeffs()]
        low, high = (mpmath.inf if end == sympy.oo else -mpmath.inf if end == -sympy.oo else _many_digits(end, known)
                     for end in root.between)
        real = mpmath.mpf(10) ** (10 - digits)
        zeros = [z.real for z in mpmath.polyroots(coefficients, maxsteps=200, extraprec=5 * digits) if abs(z.imag) < real]
        inside = [z for z in zeros if low < z < high]
        found[name] = inside[0] if inside else mpmath.nan
    return found
