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
from sympy.polys.rings import PolyElement

from symrisk.decide.recheck.arithmetic import exact, over
from symrisk.decide.recheck.letters import letters_of
from symrisk.decide.recheck.quotient import Quotient
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


class Hypotheses:
    """The conditions of a region in the coordinates of one cell.

    conditions: pairs (expression in letters, strict); solved: letters that equations give, the last
    first.
    """

    def __init__(self, conditions, solved, chart):
        self.conditions, self.solved, self.chart = conditions, solved, chart
        self.closed = {link["coordinate"] for link in chart if link["closed"]}
        names = [link["coordinate"] for link in chart if link["coordinate"] is not None]
        self.field = sympy.QQ.frac_field(*map(sympy.Symbol, names)) if names else None
        self.names, self._solved_images = names, {}

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
        if self.field is None:
            value = over(expression, self._letters(self._images, expression), sympy.Rational)
            return (0, False) if value == 0 else (1 if value > 0 else -1, True)
        quotient = over(expression, self._letters(self._images, expression), self._constant)
        if not quotient:
            return 0, False
        (top, is_strict), (bottom, other) = (
            self._by_coefficients(part) for part in (quotient.numer, quotient.denom)
        )
        return (
            (None, False) if top is None or bottom is None else (top * bottom, is_strict and other)
        )

    def sign(self, table):
        """(sign, strict) of a printed polynomial by hypotheses and coefficients; (None, False)
        where they do not say.
        """
        if self.field is None or not set(table["variables"]) <= set(self.names):
            return None, False
        total, strict = 1, True
        odd, left = set(), 1
        constant, factors = self._polynomial(table).factor_list()
        total *= 1 if constant > 0 else -1
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
        if self.field is None or not set(table["variables"]) <= set(self.names):
            return False
        factors = [factor for factor, _ in self._polynomial(table).factor_list()[1]]
        return all(
            factor in self._nonzero or self._by_coefficients(factor)[1] for factor in factors
        )

    def _polynomial(self, table):
        ring = self.field.field.ring
        places = [self.names.index(name) for name in table["variables"]]
        terms = {}
        for exponents, coefficient in table["terms"]:
            full = [0] * len(self.names)
            for place, exponent in zip(places, exponents, strict=True):
                full[place] = exponent
            terms[tuple(full)] = sympy.QQ.from_sympy(sympy.Rational(coefficient))
        return ring.from_dict(terms)

    @cached_property
    def _images(self):
        """{name: value} of coordinates and variables, as quotients in the coordinates."""
        gens = map(Quotient.of, self.field.field.gens) if self.field else ()
        values = dict(zip(self.names, gens, strict=True))
        for link in self.chart:
            top, bottom = (
                self._composed(link[part], values) for part in ("numerator", "denominator")
            )
            values[link["variable"]] = top / bottom
        return values

    @cached_property
    def _pulled(self):
        """(constant's sign, [(factor, exponent), ...], strict) of each hypothesis in the
        coordinates.
        """
        values, found = self._images, []
        for expression, strict in self.conditions:
            quotient = over(expression, self._letters(values, expression), self._constant)
            parts = (
                [part.factor_list() for part in (quotient.numer, quotient.denom)]
                if quotient
                else []
            )
            if parts:
                sign = 1 if parts[0][0] * parts[1][0] > 0 else -1
                found.append((sign, [*parts[0][1], *parts[1][1]], strict))
        return found

    def _letters(self, values, expression):
        known = {}
        for symbol in sorted(self._needed(expression), key=str):
            if symbol not in self.solved:
                known[symbol] = values[str(symbol)]
        needed = self._needed(expression)
        for symbol, solution in reversed(self.solved.items()):
            if symbol in needed:
                known[symbol] = self._solved_image(symbol, solution, values)
        return known

    def _solved_image(self, symbol, solution, values):
        """What an equation gives for a letter, in the coordinates: worked out once."""
        if symbol not in self._solved_images:
            inner = self._letters(values, solution)
            self._solved_images[symbol] = over(solution, inner, self._constant)
        return self._solved_images[symbol]

    def _needed(self, expression):
        """The letters of an expression, and those that solved ones among them are written in."""
        needed = set(expression.free_symbols)
        for symbol, solution in self.solved.items():
            if symbol in needed:
                needed |= solution.free_symbols
        return needed

    def _constant(self, number):
        if self.field is None:
            return sympy.Rational(number)
        ring = self.field.field.ring
        return Quotient(
            self.field.field, ring.ground_new(sympy.QQ.from_sympy(sympy.Rational(number))), ring.one
        )

    def _composed(self, table, values):
        total = self._constant(0)
        for exponents, coefficient in table["terms"]:
            term = self._constant(coefficient)
            for name, exponent in zip(table["variables"], exponents, strict=True):
                if exponent:
                    term = term * values[name] ** exponent
            total = total + term
        return total

    @cached_property
    def _nonzero(self):
        return {factor for _, factors, strict in self._pulled if strict for factor, _ in factors}

    def _by_coefficients(self, factor: PolyElement):
        signs = {coefficient > 0 for coefficient in factor.values()}
        if len(signs) != 1:
            return None, False
        places = [place for place, name in enumerate(self.names) if name in self.closed]
        strict = any(all(exponents[place] == 0 for place in places) for exponents in factor)
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
    if name not in KNOWN:
        if len(KNOWN) >= MOST_KEPT:
            KNOWN.clear()
        KNOWN[name] = Hypotheses(conditions, solved, chart)
    return KNOWN[name]
