"""The coefficients that decide in a regime of a limit: which must not vanish, found again as
polynomials, and their signs.
"""

from fractions import Fraction

import sympy

from symrisk.decide.recheck.methods.factors import check_factors
from symrisk.errors import NotProved

EPS = sympy.Symbol("eps", positive=True)


def check_signs(says, approach, regime, hypotheses):
    """Each coefficient that decides has its strict sign, and there are no others."""
    listed = []
    for sign in regime["signs"]:
        check_same_cell(says, regime, sign)
        check_factors(says, sign, True, hypotheses)
        if sign["of"] in listed:
            raise NotProved(f"{says}: a sign is listed twice")
        listed.append(sign["of"])
    wanted = _needed(approach, regime)
    found = {_monic(_polynomial(of)) for of in listed}
    if wanted is not None and found != wanted:
        raise NotProved(f"{says}: the signs listed are not those on which a regime rests")


def _needed(approach, regime):
    """The lowest coefficients, up to numbers, that must not vanish in a regime; None where they
    can't be found again so.
    """
    needed = [_polynomial(regime["denominator"])]
    if regime["orders"][0] < regime["orders"][1]:
        needed.append(_polynomial(regime["numerator"]))
    reading = _Reading(approach, regime)
    if not reading.is_possible:
        return None
    top, bottom, order = reading.lowest(approach.gap)
    needed += [bottom, top] if approach.point.is_infinite else [bottom]
    near = {approach.put(e) for e in approach.near if not e.is_number}
    for divisor in _divisors(approach.put(approach.inner)) | near:
        needed.append(reading.lowest(divisor)[0])
    # A number has its sign.
    return {_monic(poly) for poly in needed if poly.keys() - {frozenset()}}


def _divisors(expression):
    """What an expression divides by, wherever it stands; numbers left out."""
    nodes = sympy.preorder_traversal(expression)
    return {
        node.base
        for node in nodes
        if node.is_Pow and node.exp.could_extract_minus_sign() and not node.base.is_number
    }


class _Reading:
    """Lowest coefficients in eps as polynomials, {monomial: coefficient} with monomials as sets
    of (name, exponent).
    """

    def __init__(self, approach, regime):
        self.approach, self.regime = approach, regime
        self.symbols = {str(s): s for e, _ in approach.hypotheses for s in e.free_symbols}
        names = {link["variable"] for link in regime["chart"]}
        self.solved = approach.solutions(names)
        spoken = set().union(
            approach.inner.free_symbols, approach.image.free_symbols, approach.point.free_symbols
        )
        self.is_possible = {str(s) for s in spoken - {approach.name, *self.solved}} | {
            str(approach.letter)
        } <= names

    def lowest(self, expression):
        """(coefficient of the numerator, of the denominator, order); zero counts as of order 1."""
        expression = self.approach.put(expression).xreplace({self.approach.letter: self._moved()})
        for link in reversed(self.regime["chart"]):
            if link["coordinate"] is None and link["variable"] in self.symbols:
                fixed = expression_of(link["numerator"], self.symbols) / expression_of(
                    link["denominator"], self.symbols
                )
                expression = expression.xreplace({self.symbols[link["variable"]]: fixed})
        for symbol, solution in self.solved.items():
            expression = expression.xreplace({symbol: solution})
        symbols = [EPS, *sorted(expression.free_symbols - {EPS}, key=str)]
        quotient = sympy.QQ.frac_field(*symbols).from_sympy(expression)
        parts = []
        for part in (quotient.numer, quotient.denom):
            low = min((exponents[0] for exponents, _ in part.terms()), default=1)
            terms = {exponents[1:]: c for exponents, c in part.terms() if exponents[0] == low}
            parts.append((low, _named(terms, symbols[1:])))
        return parts[0][1], parts[1][1], parts[0][0] - parts[1][0]

    def _moved(self):
        """The letter next to its end: bound + eps, bound - eps, 1/eps or -1/eps."""
        side = 1 if self.regime["end"] == "lower" else -1
        bound = self.regime["bound"]
        if bound is None:
            return -side / EPS
        return (
            expression_of(bound["numerator"], self.symbols)
            / expression_of(bound["denominator"], self.symbols)
            + side * EPS
        )


def _named(terms, symbols):
    named = {}
    for exponents, coefficient in terms.items():
        monomial = frozenset((str(s), int(e)) for s, e in zip(symbols, exponents, strict=True) if e)
        named[monomial] = Fraction(int(coefficient.numerator), int(coefficient.denominator))
    return named


def _polynomial(table):
    found = {}
    for exponents, coefficient in table["terms"]:
        monomial = frozenset(
            (v, e) for v, e in zip(table["variables"], exponents, strict=True) if e
        )
        found[monomial] = Fraction(coefficient)
    return found


def _monic(polynomial):
    """A polynomial up to a number, to be compared."""
    if not polynomial:
        return frozenset()
    leading = polynomial[max(polynomial, key=lambda monomial: sorted(monomial))]
    return frozenset((monomial, c / leading) for monomial, c in polynomial.items())


def check_same_cell(says, regime, entry):
    """A proof within a regime is on the regime's own cell, before the names that equations have
    replaced.
    """
    kept = regime["chart"][: len(entry["chart"])]
    rest = regime["chart"][len(entry["chart"]) :]
    if (
        entry["chart"] != kept
        or entry["side"] != regime["side"]
        or any(link["coordinate"] is not None for link in rest)
    ):
        raise NotProved(f"{says}: a sign is shown on another cell than its regime's")


def expression_of(table, symbols):
    """A printed polynomial as an expression, its variables looked up by name."""
    terms = []
    for exponents, coefficient in table["terms"]:
        powers = (
            symbols.get(v, sympy.Symbol(v)) ** e
            for v, e in zip(table["variables"], exponents, strict=True)
        )
        terms.append(sympy.Rational(coefficient) * sympy.Mul(*powers))
    return sympy.Add(*terms)
