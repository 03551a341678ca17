"""A limit in a whole variable that stands in exponents only: base^t tends to 0 as t grows, where 0
< base < 1.

With q = base^t the limit as t grows is that as q falls to 0, which a rational function of q has or
has not: one claim becomes the other, in a letter that moves continuously.  Powers of several
numbers count as one base where they are powers of one number, as 4^t and 8^t are.
"""

from math import gcd

import sympy

from symrisk.decide.defined import Signs
from symrisk.engine.expressions.limit_of import LimitOf
from symrisk.errors import NoMethod
from symrisk.language.claim import Claim
from symrisk.language.region import Region
from symrisk.symbols import symbol


def in_powers(problem):
    """The claim with q in place of base^t; None where no side is a limit in a whole variable.

    NoMethod where the variable stands elsewhere, under several bases, or over a base that is not
    shown to keep off 0 and 1.
    """
    node = next((side for side in problem.sides if isinstance(side, LimitOf)), None)
    if node is None or not node.args[1].is_integer:
        return None
    inner, name, point, _ = node.args
    if point != sympy.oo:
        raise NoMethod(f"{name} is whole: its limit is read off as it grows, not at {point}")
    if any(name in premise.slack.free_symbols for premise in problem.region.premises):
        raise NoMethod(f"a hypothesis speaks of {name}: the limit is read off where none does")
    if not inner.has(name):
        return _moved(problem, node, inner, [s for s in problem.region.symbols if s != name])
    base, exponents = _one_base(inner, name)
    base, turn = _below_one(base, problem, name)
    q = symbol(f"{name}_power", f"q_{{{name}}}", f"the power ({base})^{name}", positive=True)
    powers = {
        power: power.base**rest * q ** (turn * times) for power, (times, rest) in exponents.items()
    }
    moved = inner.xreplace(powers)
    if moved.has(name):
        raise NoMethod(f"{name} stands outside exponents: its limit is read off powers alone")
    limit = LimitOf(moved, q, sympy.Integer(0), 1)
    return _moved(problem, node, limit, [q, *(s for s in problem.region.symbols if s != name)])


def _moved(problem, node, limit, over):
    """The claim with another side in place of the limit, over other names."""
    sides = [limit if side is node else side for side in problem.sides]
    region = Region(*problem.region.premises, over=tuple(over))
    return Claim(
        problem.claim.says,
        sides[0],
        problem.relation.rel,
        sides[1],
        on=region,
        roots=problem.claim.roots,
    )


def _one_base(inner, name):
    """(base, {power: (times, rest)}): each power that has the name in its exponent is
    base^(times name) own^rest.
    """
    found = {}
    for power in sorted(inner.atoms(sympy.Pow), key=sympy.default_sort_key):
        if power.exp.has(name):
            found[power] = _linear(power, name)
    if not found:
        raise NoMethod(f"{name} stands in no exponent: its limit is read off powers alone")
    base = None
    for power in found:
        base = (
            sympy.cancel(power.base)
            if base is None
            else _common(base, sympy.cancel(power.base), name)
        )
    counted = {}
    for power, (slope, rest) in found.items():
        counted[power] = (slope * _times(sympy.cancel(power.base), base), rest)
    return base, counted


def _linear(power, name):
    """(slope, rest) of an exponent slope*name + rest."""
    exponent = sympy.expand(power.exp)
    slope = exponent.coeff(name)
    rest = exponent - slope * name
    if power.base.has(name) or rest.has(name) or not slope.is_Integer:
        raise NoMethod(f"{power} is not a power whose exponent is linear in {name}")
    return slope, rest


def _common(one, other, name):
    """A base of which both are whole powers."""
    if _times(other, one) is not None:
        return one
    if one.is_Rational and other.is_Rational and one > 0 and other > 0:
        primes, others = sympy.factorrat(one), sympy.factorrat(other)
        common, own = gcd(*primes.values()), gcd(*others.values())
        root = sympy.Mul(*(sympy.Integer(p) ** (e // common) for p, e in primes.items()))
        if _times(other, root) in (own, -own):
            shared = gcd(common, own)
            return root**shared
    raise NoMethod(
        f"powers of {one} and of {other} move together with {name}: a limit follows one base"
    )


def _times(number, base):
    """k with number = base^k for a whole k; None where there is none."""
    if number == base:
        return 1
    if number.is_Rational and base.is_Rational and number > 0 and base > 0:
        primes, wanted = sympy.factorrat(base), sympy.factorrat(number)
        if primes.keys() == wanted.keys():
            ratios = {sympy.Rational(wanted[p], primes[p]) for p in primes}
            k = ratios.pop()
            return int(k) if not ratios and k.is_Integer else None
        return None
    return -1 if sympy.cancel(number * base) == 1 else None


def _below_one(base, problem, name):
    """(the base or its reciprocal, 1 or -1): the one that is shown to lie strictly between 0 and
    1.
    """
    for candidate, turn in ((base, 1), (sympy.cancel(1 / base), -1)):
        signs = Signs(problem).of(candidate, 1 - candidate)
        if all(sign.implies(strict=True) for cell in signs for sign in cell):
            return candidate, turn
    raise NoMethod(
        f"({base})**{name} is not shown to move: claim the limit where the base lies strictly "
        "between 0 and 1, or above 1"
    )
