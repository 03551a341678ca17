"""A least value, or a change of sign, along a variable that moves a root: sought with the root as
coordinate.

Where the polynomial of a root u is linear in the variable x, x is a rational function of u.  Each x
of its interval has its one u, and each u that the hypotheses admit is the root at its x: what is
least along u is least along x, at the x of that u, and what changes sign along u does so along x.
"""

from dataclasses import replace

import sympy

from symrisk.derive.along.continuity import continuity
from symrisk.derive.evidence import holds, joined, shown
from symrisk.derive.extremum import Extremum
from symrisk.derive.tidy import size, tidy
from symrisk.engine.expressions.mean import Mean
from symrisk.engine.expressions.moved_by import moved_by
from symrisk.errors import NoMethod
from symrisk.language.region import Region
from symrisk.language.relation import Relation

OPPOSITE = {">": "<", "<": ">"}


def in_root(line, least) -> Extremum | None:
    """The Extremum along x, sought along the one root that moves with x; None where none does.

    least: what gives the Extremum of a line, or raises NoMethod.

    The root is taken as the variable.  Where that gives no answer, but x is the same at every zero
    of a factor of the slope, that x is the candidate: the slope along x is claimed to be of one
    sign below it and of the other above it.

    Raises NoMethod where several roots move, or x is no rational function of the root.
    """
    root = _moving(line)
    if root is None:
        return None
    factor, x_of_root = _solved(line, line.roots[root])
    along_root = _along(line, root, x_of_root)
    try:
        evidence = [_nonzero(line, factor), _defined(line)]
        return _in_x(line, least(along_root), root, x_of_root, evidence)
    except NoMethod as error:
        reasons = [str(error)]
    for point in _turns(along_root, x_of_root):
        found, why = _least_at(line, root, point)
        if found is not None:
            return found
        reasons.append(why)
    raise NoMethod("; ".join(reasons))


def change_in_root(line, change):
    """The Threshold along x, sought along the one root that moves with x; None where none does.

    change: what gives the Threshold of a line, or raises NoMethod.
    """
    root = _moving(line)
    if root is None:
        return None
    factor, x_of_root = _solved(line, line.roots[root])
    along_root = _along(line, root, x_of_root)
    evidence = [_nonzero(line, factor), _defined(line)]
    found = change(along_root)
    # the signs change sides where x falls as the root rises
    rising, verdict = _direction(along_root, x_of_root, line.x)
    says = f"along {line.x}, of which {root} is a function: {found.verdict.claim.says}"
    return replace(
        found,
        name=line.x,
        value=tidy(sympy.cancel(x_of_root.xreplace({root: found.value})), line.interval.rest),
        above=found.above if rising else OPPOSITE[found.above],
        verdict=joined(says, [found.verdict, verdict, *evidence]),
    )


def _direction(along_root, x_of_root, x):
    """(whether x rises with the root, the verdict on that)."""
    slope = sympy.cancel(sympy.diff(x_of_root, along_root.x))
    for rel in (">", "<"):
        says = f"the slope of {x} in the root is {rel} 0"
        verdict = holds(along_root.claim(says, slope, rel, 0))
        if verdict is not None:
            return rel == ">", verdict
    raise NoMethod(f"whether {x} rises with {along_root.x} is not shown")


def _moving(line):
    """The one root that moves with x, where its letter is spoken of; None where none does, and
    along whole numbers.
    """
    moving = sorted(line.moving & _spoken(line), key=str)
    if not moving or line.x.is_integer:
        return None
    if len(moving) > 1:
        names = ", ".join(map(str, moving))
        raise NoMethod(f"{names} move with {line.x}: only one root may be the coordinate")
    return moving[0]


def _turns(along_root, x_of_root):
    """Values of x, in letters that do not move, at which the slope along the root vanishes."""
    root = along_root.x
    # cancelled: a slope may be written in the root and not depend on it
    slope = sympy.fraction(sympy.cancel(along_root.slope))[0]
    if not slope.is_polynomial(root) or root not in slope.free_symbols:
        return []
    top, bottom = sympy.fraction(sympy.together(x_of_root))
    found = []
    for factor, _ in sympy.factor_list(slope)[1]:
        if root not in factor.free_symbols:
            continue
        above, below = (sympy.Poly(sympy.rem(part, factor, root), root) for part in (top, bottom))
        if below.is_zero:
            continue
        value = sympy.cancel(above.coeff_monomial(below.LM()) / below.LC())
        apart = sympy.cancel(above.as_expr() - value * below.as_expr())
        if apart == 0:
            found.append(value)
    return list(dict.fromkeys(found))


def _least_at(line, root, point):
    """(the Extremum at a value of x, None) where claims show it; (None, why not) else."""
    rest = line.interval.rest
    point = tidy(point, rest)
    try:
        inside = line.belongs(point)
        if inside is None:
            return None, f"{line.x} = {point} is not shown to be in the region"
        falls, rises = (
            line.claim(
                f"the slope of {line.title} in {line.x} is {rel} 0 where {line.x} {side} {point}",
                line.slope,
                rel,
                0,
                on=line.where(Relation(line.x, side, point)).region,
            )
            for side, rel in (("<", "<="), (">", ">="))
        )
        value, same, solved = _value(line, root, point)
        evidence = [*line.interval.evidence(line), *continuity(line)]
        verdicts = [*evidence, *inside, shown(falls), shown(rises), shown(same)]
    except NoMethod as error:
        return None, str(error)
    says = f"{line.title} is least at {line.x} = {point}"
    found = Extremum(line.x, point, value, verdict=joined(says, verdicts), where=((root, solved),))
    return found, None


def _value(line, root, point):
    """(the value at a point, in the root there; the claim that it is; what the root solves)."""
    put = {line.x: point}
    solved = line.roots[root].xreplace(put)
    plain = line.expression.xreplace(put)
    rest = line.interval.rest
    forms = (tidy(form, rest) for form in _forms(plain, root, solved.polynomial))
    value = min(forms, key=size)
    roots = {**line.roots, root: solved}
    same = replace(line, roots=roots).claim(
        f"the value at {line.x} = {point}", plain, "==", value, on=rest
    )
    return value, same, solved


def _forms(ratio, root, polynomial):
    """A rational function of a root in several forms: high powers written in lower ones, or a
    letter as what the root's equation says of it.
    """
    equation = sympy.fraction(sympy.together(polynomial))[0]
    top, bottom = (
        sympy.rem(part, equation, root) for part in sympy.fraction(sympy.together(ratio))
    )
    yield ratio
    if bottom != 0:
        yield sympy.cancel(top / bottom)
    for letter in sorted(equation.free_symbols - {root}, key=str):
        if sympy.degree(equation, letter) == 1:
            slope, rest = sympy.Poly(equation, letter).all_coeffs()
            yield sympy.cancel(ratio.xreplace({letter: -rest / slope}))


def _spoken(line):
    """The letters of the quantity and of the hypotheses."""
    slacks = [relation.slack for relation in line.region.premises]
    return set().union(line.expression.free_symbols, *(slack.free_symbols for slack in slacks))


def _solved(line, root):
    """(what x is multiplied by in the root's polynomial, x as a function of the root)."""
    if not root.is_algebraic:
        raise NoMethod(f"{root.unknown} {root.solves} that moves with {line.x}")
    if not root.is_only:
        raise NoMethod(f"{root.unknown} may be one of several zeros: {line.x} is not read off it")
    polynomial = sympy.expand(root.polynomial)
    if polynomial.has(Mean) or not polynomial.is_polynomial(line.x):
        raise NoMethod(f"{root.unknown} moves with {line.x}, which is no rational function of it")
    others = moved_by(line.roots, {line.x}) - {line.x, root.unknown}
    if sympy.degree(polynomial, line.x) != 1 or polynomial.free_symbols & others:
        raise NoMethod(f"{root.unknown} moves with {line.x}, which is no rational function of it")
    factor, rest = sympy.Poly(polynomial, line.x).all_coeffs()
    return factor, sympy.cancel(-rest / factor)


def _nonzero(line, factor):
    """The verdict that what x is multiplied by has one sign, and so is nowhere 0."""
    for rel in (">", "<"):
        says = f"what {line.x} is multiplied by in the equation of the root is {rel} 0"
        verdict = holds(line.claim(says, factor, rel, 0))
        if verdict is not None:
            return verdict
    raise NoMethod(f"{line.x} is not shown to be a function of the root: {factor} may be 0")


def _defined(line):
    """The verdict that the quantity, and with it the root, has a value everywhere."""
    return shown(line.claim(f"{line.title} has a value", line.expression, "==", line.expression))


def _along(line, root, x_of_root):
    """The line along the root, its hypotheses those on x, and on the root."""
    put = {line.x: x_of_root}
    low, high = (end.xreplace(put) for end in line.roots[root].between)
    hypotheses = [
        Relation(sympy.cancel(r.slack.xreplace(put)), r.slack_rel, 0) for r in line.region.premises
    ]
    if line.x.is_nonnegative:
        hypotheses.append(Relation(x_of_root, ">" if line.x.is_positive else ">=", 0))
    if low != -sympy.oo and not (low == 0 and root.is_positive):
        hypotheses.append(Relation(root, ">", low))
    if high != sympy.oo:
        hypotheses.append(Relation(root, "<", high))
    expression = sympy.cancel(line.expression.xreplace(put))
    others = {name: body for name, body in line.roots.items() if name != root}
    symbols = [symbol for symbol in line.region.symbols if symbol != line.x]
    return replace(
        line,
        x=root,
        expression=expression,
        slope=sympy.diff(expression, root),
        region=Region(*hypotheses, over=(*dict.fromkeys([*symbols, root]),)),
        roots=others,
    )


def _in_x(line, found, root, x_of_root, evidence):
    """What was found along the root, said of x."""
    if found.point.is_infinite:
        raise NoMethod(f"where {line.x} tends to as {root} tends to {found.point} is not derived")
    point = sympy.cancel(x_of_root.xreplace({root: found.point}))
    if point.has(sympy.zoo, sympy.nan):
        raise NoMethod(f"where {line.x} tends to as {root} tends to {found.point} is not derived")
    otherwise = found.otherwise
    if otherwise is not None:
        otherwise = _in_x(line, otherwise, root, x_of_root, evidence)
    says = f"along {line.x}, of which {root} is a function: {found.verdict.claim.says}"
    return replace(
        found,
        name=line.x,
        point=tidy(point, line.region),
        otherwise=otherwise,
        verdict=joined(says, [found.verdict, *evidence]),
    )
