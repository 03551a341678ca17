"""Truth, by exact values at points: whether a verdict on a case is false, as far as points can tell.

`proved` is false where a point of the region breaks the claim or leaves a side without a value; `refuted` is false where the
witness lies outside the region or does not break the claim.  What points can't tell counts for nothing.
"""

from fractions import Fraction

import sympy
from soundness.functions import sign
from soundness.meaning import STANDS, value
from soundness.moving import Limit
from soundness.points import points
from soundness.quantities import compares, fits
from soundness.reals import Enclosure, NoValue, Outside, Unsure, enclosed

HOLDS, FAILS, NO_VALUE, OUTSIDE = "holds", "fails", "no value", "outside"


def found_at(case, point):
    """What the claim is at a point; Unsure where it can't be told."""
    if not _is_inside(case, point):
        return OUTSIDE
    try:
        claimed = all(
            [compares(left.value(point), rel, right.value(point)) for left, rel, right in case.iff]
        )
        stands = _stands(case, point)
    except NoValue:
        return NO_VALUE
    except Outside:
        return OUTSIDE
    return HOLDS if stands == claimed else FAILS


def _is_inside(case, point):
    """Whether signs and hypotheses hold; a hypothesis without a value is none that holds."""
    try:
        if not all(
            [
                fits(s, point[s])
                for s in case.letters
                if getattr(s, "kind", None) != "law" and not _moves(case, s)
            ]
        ):
            return False
        moved = case.left.near(point, 100) if isinstance(case.left, Limit) else point
        if not all([_law_fits(rows) for rows in moved.values() if isinstance(rows, list)]):
            return False
        if not all(
            [left.admits(moved) and right.admits(moved) for left, _, right in (*case.on, *case.iff)]
        ):
            return False
        if not all(
            [compares(left.value(moved), rel, right.value(moved)) for left, rel, right in case.on]
        ):
            return False
        return case.left.admits(point) and case.right.admits(moved)
    except (NoValue, Outside):
        return False


def _moves(case, letter):
    return isinstance(case.left, Limit) and case.left.letter == letter


def _law_fits(rows):
    """Eigenvalues with the signs of their variables; weights that are positive and sum to one."""
    signs = all(fits(v, x) for values, _ in rows for v, x in values.items())
    total = sum((weight for _, weight in rows), Fraction(0))
    return signs and all(sign(weight) > 0 for _, weight in rows) and sign(total - 1) == 0


def _stands(case, point):
    if isinstance(case.left, Limit):
        return _limit_stands(case, point)
    return compares(case.left.value(point), case.rel, case.right.value(point))


def _limit_stands(case, point):
    """Whether the limit stands to the right side: its value recovered from exact values ever closer to the point."""
    moved = [case.left.near(point, power) for power in (60, 80, 100)]
    seen = [enclosed(case.left.of.value(at)) for at in moved]
    sizes = [min(abs(s.low), abs(s.high)) for s in seen]
    aim = case.right.expression
    infinite = sizes[-1] > 10**15 and sizes[-1] > sizes[-2] > sizes[-3]
    if infinite or aim.is_infinite:
        here = (1 if seen[-1].low > 0 else -1) if infinite else 0
        there = {sympy.oo: 1, -sympy.oo: -1}.get(aim, 0)
        return STANDS[case.rel](here - there)
    middle = (seen[-1].low + seen[-1].high) / 2
    guess = middle.limit_denominator(10**12)
    near = Fraction(1, 10**24)
    # What it still moves by, and what is not known of it, bounds how far from its limit it is.
    before = (seen[-2].low + seen[-2].high) / 2
    close = max(Fraction(1, 10**44), 2 * abs(middle - before), 2 * (seen[-1].high - seen[-1].low))
    if any(max(abs(s.low - middle), abs(s.high - middle)) > near for s in seen):
        raise Unsure("it does not settle")
    is_guessed = abs(middle - guess) < close < Fraction(1, 10**36)
    limit = guess if is_guessed else Enclosure(middle - close, middle + close)
    return compares(limit, case.rel, case.right.value(point))


def falsehood(case, verdict, rng, count):
    """Why a verdict is false, or "" where no point says so."""
    moves = case.left if isinstance(case.left, Limit) else None
    if (
        moves
        and moves.letter.is_integer
        and not moves.target.is_infinite
        and verdict.status != "undecided"
    ):
        return f"{verdict.status}; a whole number comes no closer to {moves.target}"
    if case.kind == "assumptions" and verdict.status != "undecided":
        return f"{verdict.status}; its letter's assumption is none that is handled"
    if verdict.status == "refuted":
        return _false_witness(case, verdict.witness)
    if verdict.status != "proved":
        return ""
    for point in points(case, rng, count):
        try:
            found = found_at(case, point)
        except Unsure:
            continue
        if found in (FAILS, NO_VALUE):
            return f"proved; {'it fails' if found == FAILS else 'no value'} at {shown(point)}"
    return ""


def _false_witness(case, witness):
    foreign = sorted(
        str(name)
        for name in witness
        if name not in case.letters and name not in _unknowns(case.left)
    )
    if foreign:
        return f"refuted; its witness speaks of {foreign[0]}, which is no letter of the claim"
    point = {}
    for name, found in witness.items():
        if hasattr(found, "points"):
            point[name] = [
                ({v: value(x, {}) for v, x in zip(found.variables, row, strict=True)}, value(w, {}))
                for row, w in found.points
            ]
        else:
            point[name] = value(sympy.sympify(found), {})
    missing = [s for s in case.letters if s not in point and not _moves(case, s)]
    if missing:
        return _false_everywhere(case, point, missing)
    try:
        found = found_at(case, point)
    except Unsure:
        return ""
    return "" if found == FAILS else f"refuted; {found} at its witness {shown(point)}"


def _unknowns(side):
    """The names that a side solves for."""
    if hasattr(side, "roots"):
        return {*side.roots, *side.solved}
    return set().union(
        *(
            _unknowns(part)
            for part in (getattr(side, name, None) for name in ("of", "left", "right"))
            if part
        )
    )


def _false_everywhere(case, point, missing):
    """A letter that the witness leaves out may have any value there."""
    for trial in (0, 1, 2):
        laws = {
            s: [({v: Fraction(trial) for v in case.laws[s]}, Fraction(1))]
            for s in missing
            if s in case.laws
        }
        full = {**{s: Fraction(trial + 1) for s in missing}, **laws, **point}
        try:
            found = found_at(case, full)
        except Unsure:
            continue
        if found == FAILS:
            return ""
    return f"refuted; its witness {shown(point)} says nothing of {', '.join(map(str, missing))}"


def has_a_point(case, rng, count):
    """A point of the region, or None."""
    for point in points(case, rng, count):
        try:
            # a law spoken of in a side has weights too, which are hypotheses
            if found_at(case, point) != OUTSIDE:
                return point
        except Unsure:
            continue
    return None


def shown(point):
    return ", ".join(
        f"{name} = {_number(number)}"
        for name, number in sorted(point.items(), key=lambda pair: str(pair[0]))
    )


def _number(number):
    if isinstance(number, list):
        return " + ".join(f"{weight} at {shown(values)}" for values, weight in number)
    return str(number) if isinstance(number, Fraction) else f"about {float(enclosed(number).low)}"
