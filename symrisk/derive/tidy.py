"""Derived expressions in the form in which one writes them down."""

import sympy

from symrisk.errors import NoMethod
from symrisk.language.region import Region
from symrisk.language.relation import Relation

DEEPEST = 3
"""Coefficients of coefficients are collected so far down."""


def tidy(expression: sympy.Expr, region: Region | None = None) -> sympy.Expr:
    """An expression equal to the given one: factored, its sums positive where that is known.

    A sum is turned to the sign that it has all over the region, and where that is open to a
    positive number in it; long sums are collected by the letter that makes them shortest; what
    stands under a root likewise.

    >>> from symrisk.symbols import n1, n2, p, snr, ssr
    >>> tidy(-(p - 1)/(snr*(ssr - 1)), Region(p > 1))
    (p - 1)/(snr*(1 - ssr))
    >>> tidy(n1*n2*snr + n2**2*snr + p**2*snr - n1*p*snr - 2*n2*p*snr - p**2)
    -p**2 + snr*(-n2 + p)*(-n1 - n2 + p)
    """
    roots = {}
    for root in filter(_is_root, expression.atoms(sympy.Pow)):
        roots[root] = sympy.Dummy(positive=True)
    letters = sympy.factor(expression.xreplace(roots))
    written = {letter: tidy(root.base, region) ** root.exp for root, letter in roots.items()}
    sign, product = _turned(letters, region, DEEPEST)
    return (sign * product).xreplace(written)


def as_relation(expression: sympy.Expr, region: Region | None = None) -> Relation:
    """That an expression is positive, as a relation without minus signs.

    >>> from symrisk.symbols import p, snr, ssr
    >>> as_relation(snr*(1 - ssr)*(p - 1) - p, Region(p > 1))
    snr*(1 - ssr)*(p - 1) > p
    """
    terms = sympy.Add.make_args(tidy(expression, region))
    less = [term for term in terms if term.could_extract_minus_sign()]
    more = [term for term in terms if term not in less]
    return Relation(sympy.Add(*more), ">", -sympy.Add(*less))


def _turned(product, region, depth):
    """(sign, product): its sums turned and shortened, the minus sign put into one of unknown
    sign.
    """
    above, below = (
        [_Factor.of(factor, region, depth) for factor in sympy.Mul.make_args(part)]
        for part in sympy.fraction(product)
    )
    sign = sympy.prod(factor.turned for factor in (*above, *below))
    open_ones = [factor for factor in (*above, *below) if factor.is_open]
    if sign < 0 and open_ones:
        open_ones[0].turn()
        sign = -sign
    top, bottom = (sympy.Mul(*(factor.written for factor in side)) for side in (above, below))
    return sign, top / bottom


class _Factor:
    """A factor of a product: `turned` is -1 where the product changes its sign by how it is
    written.
    """

    def __init__(self, base, power=1, turned=1, is_open=False):
        self.base, self.power = base, power
        self.turned, self.is_open = sympy.Integer(turned), is_open

    @classmethod
    def of(cls, factor, region, depth):
        """A factor written as it is to be; `is_open` where either sign of it would do."""
        if factor.is_Number:
            return cls(abs(factor), turned=sympy.sign(factor))
        base, power = factor.as_base_exp()
        if not (base.is_Add and power.is_Integer):
            return cls(base, power)
        sign = sign_on(region, base)
        number, _ = base.as_coeff_Add()
        turned = sign or sympy.sign(number) or sympy.Integer(1)
        short = _short(base if turned > 0 else -base, region, depth)
        found = cls(short, power, turned**power, bool(not sign and not number and power % 2))
        if not sign and all(term.could_extract_minus_sign() for term in short.args):
            found.turn()
            found.turned *= sympy.Integer(-1) ** power
        return found

    def turn(self):
        """The same factor the other way round."""
        self.base = sympy.Add(*(-term for term in sympy.Add.make_args(self.base)))

    @property
    def written(self):
        return self.base**self.power


def sign_on(region, expression, strict=False):
    """The sign of an expression all over a region, 0 where it is not known.

    strict: a sign counts only where the expression is nowhere 0.
    """
    if region is None:
        return 0
    try:
        space = region.space(expression)
        ratio = space.convert(expression)
        signs = {cell.sign(ratio.num) * cell.sign(ratio.den) for cell in space.cells()}
    except NoMethod:
        return 0
    if strict and not all(sign.strict for sign in signs):
        return 0
    values = {sign.value or 0 for sign in signs}
    return values.pop() if len(values) == 1 else 0


def _is_root(expression):
    return expression.is_Pow and expression.exp.is_Rational and not expression.exp.is_Integer


def _short(expression, region, depth=DEEPEST):
    """A sum collected by the letter that makes it shortest, each coefficient factored."""
    if depth == 0 or len(expression.args) < 3 or not expression.is_polynomial():
        return expression
    best = expression
    for symbol in sorted(expression.free_symbols, key=_ratios_first):
        collected = _collected(expression, symbol, region, depth)
        if size(collected) < size(best):
            best = collected
    return best


def _ratios_first(symbol):
    return getattr(symbol, "kind", "") == "count", str(symbol)


def _collected(expression, symbol, region, depth):
    terms = []
    for (power,), coefficient in sympy.Poly(expression, symbol).terms():
        sign, product = _turned(sympy.factor(coefficient), region, depth - 1)
        terms.append(sign * (product * symbol**power))
    return sympy.Add(*terms)


def size(expression: sympy.Expr) -> int:
    """How many letters it takes to write an expression."""
    return sum(node.is_Symbol for node in sympy.preorder_traversal(expression))
