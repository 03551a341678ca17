"""Claims about complex numbers, as claims about their real and imaginary parts.

No method of proof sees a complex letter: a square of one need not be positive.  Each letter z is
written as re_z + i im_z, and so is each name that solves an equation above the real axis; an
equation between complex numbers is two of real ones, and what is divided by is not zero where the
square of its modulus is positive.
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain

import sympy

from symrisk.engine.expressions import tex
from symrisk.engine.expressions.complexity import (
    complex_letters,
    holds_unit,
    is_complex,
    is_complex_letter,
)
from symrisk.engine.expressions.demands import DIVISOR, demands, put_all
from symrisk.engine.expressions.mean import varies
from symrisk.engine.expressions.split import Splitter
from symrisk.engine.unknowns.followed import Followed
from symrisk.engine.unknowns.free_of_roots import free_of_roots
from symrisk.engine.unknowns.upper_part import UpperPart
from symrisk.engine.unknowns.upper_root import UpperRoot
from symrisk.errors import NoMethod
from symrisk.language.region import Region
from symrisk.language.relation import Relation
from symrisk.symbols import symbol


def speaks_of_complex(claim) -> bool:
    """Whether a claim holds a complex letter, or the unit i."""
    return any(complex_letters(e) or holds_unit(e) for e in _spoken(claim))


def _spoken(claim) -> Iterable[sympy.Basic]:
    yield from claim.expanded
    for premise in claim.region.premises:
        yield from premise.expanded
    yield from claim.region.over


def in_parts(claim) -> list[tuple]:
    """(what is said, the sides in real letters, the region, what the names solve, what is needed),
    of each claim that together say the same.

    NoMethod where a side is no rational function of complex numbers, or means of such.
    """
    letters = _letters(claim)
    splitter = Splitter(letters)
    roots = _roots(claim, letters, splitter)
    region = _region(claim, letters, splitter)
    left, right = map(splitter.parts, claim.expanded)
    positive = _positive(region)
    # The parts divide by what the sides do, by the squares of moduli: nothing else is asked for.
    asked = [*claim.demands, *chain.from_iterable(map(demands, claim.expanded))]
    needs = tuple(dict.fromkeys(_needs(asked, claim.unknowns, splitter, positive)))
    region = region & Region(*_known_moduli(asked, splitter, positive))
    if left[1] == 0 == right[1]:
        return [(claim.says, left[0], right[0], region, roots, needs)]
    named = ("real parts", "imaginary parts")
    return [
        (f"{claim.says}: {name}", a, b, region, roots, needs)
        for name, a, b in zip(named, left, right, strict=True)
    ]


def _letters(claim):
    """{complex letter: the letters of its parts}: those of a root above the axis have a sign."""
    found = set(claim.unknowns)
    for expression in (*_spoken(claim), *(root for root in claim.unknowns.values())):
        found |= expression.free_symbols
    names, letters = {letter.name for letter in found}, {}
    for letter in sorted(filter(is_complex_letter, found), key=str):
        letters[letter] = _of_letter(letter, claim.unknowns.get(letter))
        for part in letters[letter]:
            if part.name in names:
                raise NoMethod(f"{part.name} is a letter of its own beside {letter}")
    return letters


def _of_letter(letter, root):
    """The letters of the two parts; the second is positive for what lies above the real axis."""
    is_above = isinstance(root, (UpperRoot, Followed))
    if root is not None and not is_above:
        raise NoMethod(f"{letter} {root.solves}, and is complex: its parts are not known to be any")
    written = tex.latex(letter)
    sign = {"positive": True} if is_above else {}
    return (
        symbol(f"re_{letter}", rf"\operatorname{{Re}} {written}", f"real part of {letter}"),
        symbol(
            f"im_{letter}", rf"\operatorname{{Im}} {written}", f"imaginary part of {letter}", **sign
        ),
    )


def _roots(claim, letters, splitter):
    """What the names in real letters solve."""
    given = {z: x + sympy.I * y for z, (x, y) in letters.items() if z not in claim.unknowns}
    found = {}
    for name, root in claim.unknowns.items():
        if name in letters:
            whole = root.xreplace(given)
            for part in letters[name]:
                found[part] = UpperPart(part, letters[name], whole)
        else:
            found[name] = root.rewritten(splitter.real)
    return found


def _region(claim, letters, splitter):
    """The claim's region in real letters."""
    hypotheses = []
    for premise in claim.region.premises:
        left, right = map(splitter.real, premise.expanded)
        hypotheses.append(Relation(left, premise.rel, right))
    over = [s for s in claim.region.symbols if s not in letters and s not in claim.unknowns]
    for parts in letters.values():
        # The parts of a root are letters of the region too: what is divided by may hold them.
        over += parts
    return Region(*hypotheses, over=over)


def _positive(region):
    """The letters that are positive by their meaning, or by a hypothesis that says so."""
    found = {s for s in region.symbols if s.is_positive}
    return found | {r.slack for r in region.premises if r.strict and r.slack.is_Symbol}


def _needs(asked, unknowns, splitter, positive):
    """What has to hold for the sides to have values, in real letters."""
    for demand in asked:
        if not is_complex(demand.base):
            for real in put_all([demand], splitter.real):
                yield replace(real, base=_plain_square(real, positive))
        elif demand.wanted == DIVISOR:
            for factor in free_of_roots(demand.base, unknowns):
                base = _nonzero(factor, splitter, positive)
                law = demand.law if any(map(varies, base.free_symbols)) else None
                yield from put_all([replace(demand, base=base, law=law)], splitter.real)
        else:
            raise NoMethod(f"{demand.base} is complex: whether it is {demand.wanted} is not asked")


def _known_moduli(asked, splitter, positive):
    """That squares of moduli are positive, where one part of the number plainly is not zero.

    It follows from the hypotheses; a proof by coefficients does not see it.
    """
    for demand in asked:
        if demand.wanted != DIVISOR or any(map(varies, demand.base.free_symbols)):
            continue
        if is_complex(demand.base):
            square, part = splitter.norm(demand.base), _nonzero(demand.base, splitter, positive)
        else:
            square = splitter.real(demand.base)
            part = _plain_square(replace(demand, base=square), positive)
        if part != square and len(sympy.Add.make_args(square)) > 1:
            yield Relation(square, ">", sympy.S.Zero)


def _nonzero(number, splitter, positive):
    """What differs from zero only where a complex number does.

    A part that is plainly not zero is enough; else it is the square of the modulus.
    """
    for part in reversed(splitter.parts(number)):
        if part != 0 and all(s in positive for s in part.free_symbols) and _is_monomial(part):
            return part
    return splitter.norm(number)


def _plain_square(demand, positive):
    """Of a sum of squares that must not vanish, one that plainly does not, if there is any."""
    for term in sympy.Add.make_args(demand.base):
        base, exponent = term.as_base_exp()
        if not exponent.is_Integer or exponent % 2 or not base.is_real:
            return demand.base
    for term in sympy.Add.make_args(demand.base):
        is_known = all(s in positive for s in term.free_symbols)
        if demand.wanted == DIVISOR and is_known and _is_monomial(term):
            return term
    return demand.base


def _is_monomial(expression):
    factors = sympy.Mul.make_args(expression)
    return all(factor.as_base_exp()[0].is_Symbol or factor.is_Rational for factor in factors)
