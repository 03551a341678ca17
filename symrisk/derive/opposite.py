"""Two exact points that differ in one letter and at which a slope has opposite signs."""

import sympy

from symrisk.decide import prove
from symrisk.decide.methods.refute import points
from symrisk.derive.along.continuity import conditions
from symrisk.derive.evidence import attempt
from symrisk.engine.expressions.mean import Mean, write_out_means
from symrisk.engine.expressions.rested_on import rested_on
from symrisk.errors import DomainError, NoMethod
from symrisk.language.claim import Claim
from symrisk.language.region import Region
from symrisk.language.relation import Relation

DRAWN, TINY = 60, 1e-9
FACTORS = tuple(
    sympy.Rational(*q)
    for q in ((1, 20), (1, 4), (1, 2), (3, 4), (9, 10), (11, 10), (3, 2), (3, 1), (20, 1))
)
STEPS = tuple(sympy.Rational(*q) for q in ((-10, 1), (-1, 1), (-1, 4), (1, 4), (1, 1), (10, 1)))
WHOLE_STEPS = (-20, -5, -2, -1, 1, 2, 5, 20)


def opposite_signs(line):
    """Verdicts that a quantity rises at one point and falls at another, only x changed; None where
    no two are found.

    A point is one that refutes a claim: that the slope is nowhere negative, and then, the other
    letters held at their values there, that it is nowhere positive.  That both are in the region
    and have these signs is proved, in numbers.
    """
    for rel in (">=", "<="):
        first = _counterexample(line, rel, {})
        if first is None:
            return None
        held = {name: value for name, value in first.items() if name != line.x}
        second = _counterexample(line, {">=": "<=", "<=": ">="}[rel], held)
        if second is not None:
            return _verdicts(line, {**held, **second}, first, rel)
    return None


def drawn_opposites(line):
    """The same from points of the region drawn at random: two that doubles tell apart, and then
    proved; None else.
    """
    slope, region = line.change
    if slope.has(Mean) or rested_on(line.roots, [slope, *(r.slack for r in region.premises)]):
        return None
    for point, other, sign in _told_apart(line.x, slope, region):
        if _on_a_seam(line, point) or _on_a_seam(line, other):
            continue
        verdicts = _verdicts(line, point, other, ">=" if sign > 0 else "<=")
        if verdicts is not None:
            return verdicts
    return None


def _told_apart(x, slope, region):
    """Triples (point, another with x moved, the slope's sign at the first): at the second, doubles
    say, it has the other sign.
    """
    symbols = sorted(region.symbols, key=str)
    rate = sympy.lambdify(symbols, slope, "math")
    slacks = [sympy.lambdify(symbols, relation.slack, "math") for relation in region.premises]
    for point in _drawn(region):
        sign = _sign(rate, point, symbols)
        for other in _moved(x, point) if sign else ():
            inside = all(_sign(slack, other, symbols) == 1 for slack in slacks)
            if inside and _sign(rate, other, symbols) == -sign:
                yield point, other, sign


def _drawn(region):
    """A few exact points of each cell of a region."""
    try:
        space = region.space()
        cells = space.cells()
    except NoMethod:
        return
    for cell in cells:
        yield from points(space, cell, max(4, DRAWN // len(cells)))


def _moved(x, point):
    """The same point at other values of x."""
    value = point[x]
    values = (
        {value + step for step in WHOLE_STEPS}
        if x.is_integer
        else {*(value * factor for factor in FACTORS), *(value + step for step in STEPS)}
    )
    return [
        {**point, x: moved} for moved in sorted(values) if not (x.is_nonnegative and moved <= 0)
    ]


def _sign(function, point, symbols):
    """The sign that doubles give, 0 where they give none, or might be wrong."""
    try:
        value = function(*(float(point[s]) for s in symbols))
    except (ArithmeticError, ValueError, TypeError):
        return 0
    return 0 if isinstance(value, complex) or not abs(value) > TINY else 1 if value > 0 else -1


def _counterexample(line, rel, held):
    """A point at which the slope is not `rel` 0, other letters held; None where none is found, or a
    case begins there.
    """
    slope, region = line.change
    slope, premises = (
        _at(slope, held),
        [_hypothesis(relation, held) for relation in region.premises],
    )
    roots = {
        name: root.xreplace(held)
        for name, root in rested_on(line.roots, [slope, *(r.slack for r in premises)]).items()
    }
    where = Region(
        *(r for r in premises if r.slack.free_symbols),
        over=[s for s in region.symbols if s not in held],
    )
    try:
        verdict = prove(
            Claim(f"the slope of {line.title} is {rel} 0", slope, rel, 0, on=where, roots=roots)
        )
    except DomainError:
        return None
    point = verdict.witness if verdict.status == "refuted" else None
    return None if not point or _on_a_seam(line, {**held, **point}) else point


def _at(expression, point):
    return write_out_means(expression.xreplace(point))


def _hypothesis(relation, point):
    return Relation(_at(relation.slack, point), relation.slack_rel, sympy.Integer(0))


def _on_a_seam(line, point):
    """Whether a case begins at the point: the slope of a case is no slope of the quantity there."""
    gaps = [_at(condition.gts - condition.lts, point) for condition in conditions(line.expression)]
    return not all(gap.is_number and gap.is_nonzero for gap in gaps)


def _verdicts(line, one, other, rel):
    """Verdicts that the slope has the sign that `rel` allows at one point and the opposite one at
    the other.
    """
    signs = {">=": (">", "<"), "<=": ("<", ">")}[rel]
    verdicts = []
    for point, sign in zip((one, other), signs, strict=True):
        slope, region = line.change
        place = ", ".join(f"{name} = {value}" for name, value in point.items())
        facts = [(f"the slope is {sign} 0 at {place}", Relation(slope, sign, sympy.Integer(0)))]
        facts += [(f"{relation} at {place}", relation) for relation in region.premises]
        verdicts += [attempt(_in_numbers(line, says, relation, point)) for says, relation in facts]
    return None if any(verdict.status != "proved" for verdict in verdicts) else verdicts


def _in_numbers(line, says, relation, point):
    """The claim that a relation holds at a point."""
    left, right = (_at(sympy.sympify(side), point) for side in relation.expanded)
    roots = {
        name: root.xreplace(point)
        for name, root in rested_on(line.roots, relation.expanded).items()
    }
    return Claim(says, left, relation.rel, right, roots=roots)
