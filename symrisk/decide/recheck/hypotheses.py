"""What hypotheses say of the sign of a factor on a cell: by polynomials in SymPy, from the claim's
own text.

A hypothesis, pulled back through the printed chart, is a product of factors.  Those whose
coefficients have one sign are known; what is left over has a sign, strict where the hypothesis is
and what was left out does not vanish.
"""

import json
from functools import lru_cache
from typing import NamedTuple

import sympy

from symrisk.decide.recheck.arithmetic import exact, named_terms
from symrisk.decide.recheck.letters import letters_of
from symrisk.decide.recheck.pulled import Coordinates
from symrisk.engine.noun import cached_property

KNOWN, MOST_KEPT = {}, 256


class Plain(NamedTuple):
    """A polynomial by names, {monomial: coefficient}, and its degree."""

    terms: dict
    degree: int


@lru_cache(maxsize=4096)
def _plain(expression, solved):
    """A condition as a polynomial in the letters that are left, its first coefficient 1 or -1;
    None for a constant.
    """
    for symbol, solution in solved:
        expression = expression.xreplace({symbol: solution})
    symbols = sorted(expression.free_symbols, key=str)
    if not symbols:
        return None
    quotient = sympy.QQ.frac_field(*symbols).from_sympy(expression)
    poly = quotient.numer * quotient.denom
    if not poly or poly.is_ground:
        return None
    first = abs(max(poly.terms())[1])
    terms = {}
    for exponents, c in poly.terms():
        monomial = frozenset((str(s), int(e)) for s, e in zip(symbols, exponents, strict=True) if e)
        terms[monomial] = exact(sympy.QQ.to_sympy(c / first))
    return Plain(terms, max(sum(exponents) for exponents in poly.keys()))


def _named(poly) -> frozenset:
    """A polynomial as pairs (monomial, coefficient), a monomial being a set of (name, exponent):
    the same whatever other letters its ring has.
    """
    names = [str(symbol) for symbol in poly.ring.symbols]
    return frozenset(
        (frozenset((name, e) for name, e in zip(names, exponents, strict=True) if e), c)
        for exponents, c in poly.terms()
    )


@lru_cache(maxsize=4096)
def _factors(terms: frozenset):
    """(sign of a constant, ((factor, exponent), ...)) of a polynomial by names, factors the same
    for all multiples by a number.
    """
    names = sorted({name for monomial, _ in terms for name, _ in monomial})
    ring = sympy.QQ.poly_ring(*map(sympy.Symbol, names or ("nothing",))).ring
    poly = ring.from_dict(
        {_exponents(monomial, [str(symbol) for symbol in ring.symbols]): c for monomial, c in terms}
    )
    constant, factors = poly.factor_list()
    sign, found = 1 if constant > 0 else -1, []
    for factor, exponent in factors:
        if factor.LC < 0 and exponent % 2:
            sign = -sign
        found.append((_named(factor.monic()), exponent))
    return sign, tuple(found)


def _exponents(monomial, names):
    powers = dict(monomial)
    return tuple(powers.get(name, 0) for name in names)


def _printed(table) -> frozenset:
    """A printed polynomial by names."""
    return frozenset(
        (monomial, sympy.QQ(int(c.numerator), int(c.denominator)))
        for monomial, c in named_terms(table).items()
    )


class Hypotheses:
    """The conditions of a region in the coordinates of one cell.

    conditions: pairs (expression in letters, strict); solved: letters that equations give, the last
    first.
    """

    def __init__(self, conditions, solved, chart):
        self.conditions, self.solved = conditions, solved
        self.coordinates = Coordinates(chart)
        self.names = set(self.coordinates.names)
        self.closed = {link["coordinate"] for link in chart if link["closed"]}

    @cached_property
    def unshown(self):
        """({monomial: coefficient}, strict) of what is of degree two or more, and not shown by
        coefficients on the cell.
        """
        found = []
        for expression, strict, is_held in self._judged:
            if not is_held:
                terms = _plain(expression, tuple(self.solved.items())).terms
                found += [] if (terms, strict) in found else [(terms, strict)]
        return found

    @cached_property
    def held(self):
        """The conditions that the chart itself must hold, (expression, strict)."""
        return [(e, strict) for e, strict, is_held in self._judged if is_held]

    @cached_property
    def _judged(self):
        return [(e, strict, self._holds_by_chart(e, strict)) for e, strict in self.conditions]

    def _holds_by_chart(self, expression, strict):
        """Whether a condition is one of the bounds that make a chart, or one that coefficients
        show on it.
        """
        plain = _plain(expression, tuple(self.solved.items()))
        if plain is None or plain.degree <= 1:
            return True
        sign, is_strict = self._shown(expression)
        return (sign == 0 and not strict) or (sign == 1 and (is_strict or not strict))

    def _shown(self, expression):
        """(sign, strict) of a condition by its coefficients in the coordinates."""
        quotient = self.coordinates.value(expression, self.solved)
        if not quotient:
            return 0, False
        (top, is_strict), (bottom, other) = (
            self._by_coefficients(_named(part)) for part in (quotient.numer, quotient.denom)
        )
        return (
            (None, False) if top is None or bottom is None else (top * bottom, is_strict and other)
        )

    def sign(self, table):
        """(sign, strict) of a printed polynomial by hypotheses and coefficients; (None, False)
        where they do not say.
        """
        if not self._is_in_coordinates(table):
            return None, False
        total, strict = 1, True
        odd, left = set(), 1
        constant, factors = _factors(_printed(table))
        total *= constant
        for factor, exponent in factors:
            sign, is_strict = self._known.get(factor, (None, False))
            if sign is not None:
                total, strict = total * sign**exponent, strict and is_strict
            elif exponent % 2:
                odd.add(factor)
            else:
                strict &= factor in self._nonzero
        if odd:
            left, is_strict = self._products.get(frozenset(odd), (None, False))
            strict &= is_strict
        return (None, False) if left is None else (total * left, strict)

    def keeps_off_zero(self, table):
        """Whether each factor of a printed polynomial is one of a strict hypothesis, or has a
        strict sign.
        """
        if not self._is_in_coordinates(table):
            return False
        factors = [factor for factor, _ in _factors(_printed(table))[1]]
        return all(
            factor in self._nonzero or self._by_coefficients(factor)[1] for factor in factors
        )

    def _is_in_coordinates(self, table):
        return bool(self.names) and set(table["variables"]) <= self.names

    @cached_property
    def _pulled(self):
        """(constant's sign, [(factor, exponent), ...], strict) of each hypothesis in the
        coordinates.
        """
        found = []
        for expression, strict in self.conditions:
            quotient = self.coordinates.value(expression, self.solved)
            if quotient:
                top, bottom = (_factors(_named(part)) for part in (quotient.numer, quotient.denom))
                found.append((top[0] * bottom[0], [*top[1], *bottom[1]], strict))
        return found

    @cached_property
    def _nonzero(self):
        return {factor for _, factors, strict in self._pulled if strict for factor, _ in factors}

    def _by_coefficients(self, factor: frozenset):
        signs = {coefficient > 0 for _, coefficient in factor}
        if len(signs) != 1:
            return None, False
        strict = any(all(name not in self.closed for name, _ in monomial) for monomial, _ in factor)
        return (1 if signs.pop() else -1), strict

    @cached_property
    def _read(self):
        """({factor: (sign, strict)}, {odd factors left over: (sign, strict) of their product}),
        closed under what they say.
        """
        known, products = {}, {}
        for _, factors, _ in self._pulled:
            for factor, _ in factors:
                sign, strict = self._by_coefficients(factor)
                if sign is not None:
                    known[factor] = (sign, strict or factor in self._nonzero)
        for _ in self._pulled:
            before = len(known) + len(products)
            for constant, factors, strict in self._pulled:
                self._learn(known, products, constant, factors, strict)
            if len(known) + len(products) == before:
                break
        return known, products

    def _learn(self, known, products, constant, factors, strict):
        sign, left, may_vanish = constant, [], False
        for factor, exponent in factors:
            if factor in known:
                sign *= known[factor][0] ** exponent
                may_vanish |= not known[factor][1]
            elif exponent % 2:
                left.append(factor)
            else:
                may_vanish |= factor not in self._nonzero
        # Where the rest of a condition that is not strict may vanish, it says nothing of these
        # factors.
        if not left or (may_vanish and not strict):
            return
        name = frozenset(left)
        products[name] = (sign, strict or products.get(name, (0, False))[1])
        if len(left) == 1:
            known.setdefault(left[0], products[name])

    @property
    def _known(self):
        return self._read[0]

    @property
    def _products(self):
        return self._read[1]


def hypotheses_of(problem, chart):
    """The hypotheses of a problem's region on a cell."""
    letters = letters_of(problem)
    return known_hypotheses(letters.conditions, letters.solved, chart)


def known_hypotheses(conditions, solved, chart):
    """Hypotheses on a cell, kept: claims on one region ask again and again."""
    name = tuple(conditions), tuple(solved.items()), json.dumps(chart)
    found = KNOWN.get(name)
    if found is None:
        found = Hypotheses(conditions, solved, chart)
        if len(KNOWN) >= MOST_KEPT:
            KNOWN.clear()
        KNOWN[name] = found
    return found
