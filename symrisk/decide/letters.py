"""The letters of a certificate, as a paper writes them."""

from fractions import Fraction

import sympy

from symrisk.decide.legend import meanings
from symrisk.decide.problem import Problem
from symrisk.engine.expressions import tex
from symrisk.errors import SymriskError
from symrisk.symbols import symbol

COORDINATE = "s_"
MOST_TERMS = 24
"""Terms of a polynomial that is written out; of a longer one their number is said."""


class Letters:
    r"""What the names that a certificate prints look like in LaTeX.

    known: the symbols of a claim and of what its radicals and means stand for, by name.  A
    coordinate `s_p` is s with the letter that it measures as its index.

    >>> from symrisk import Claim, Region
    >>> from symrisk.symbols import n1, p, sigma_sq
    >>> letters = Letters.of(Claim("", n1*sigma_sq, "<", p, on=Region(over=(n1, p, sigma_sq))))
    >>> letters.name("sigma_sq"), letters.name("s_n1")
    ('\\sigma^2', 's_{n_1}')
    >>> letters.polynomial({"variables": ["n1", "s_p"], "terms": [[[2, 0], "1/2"], [[0, 1], "-1"]]})
    '\\frac{1}{2} n_1^{2} - s_{p}'
    """

    def __init__(self, known: dict):
        self.known = known

    @classmethod
    def of(cls, claim) -> "Letters":
        """The letters of a claim, and of the spaces in which its proof speaks."""
        known = {}
        for name in (*claim.region.symbols, *claim.roots):
            known[str(name)] = tex.latex(name)
        try:
            generators = Problem(claim).space.generators
        except SymriskError:
            # what it has no space for is not proved in one, and brings no letters
            return cls(known)
        for name, meaning in meanings(generators).items():
            known[name] = rf"\left({tex.latex(meaning)}\right)"
        return cls(known)

    def name(self, printed: str) -> str:
        """One letter."""
        if printed in self.known:
            return self.known[printed]
        if printed.startswith(COORDINATE):
            return f"s_{{{self.name(printed[len(COORDINATE) :])}}}"
        return tex.latex(sympy.Symbol(printed))

    def polynomial(self, table: dict) -> str:
        """A polynomial, its terms as they are printed."""
        return " ".join(self.terms(table)).removeprefix("+ ") or "0"

    def terms(self, table: dict) -> list[str]:
        """The terms of a polynomial, each with its sign."""
        found = []
        for exponents, coefficient in table["terms"]:
            number = Fraction(coefficient)
            powers = zip(table["variables"], exponents, strict=True)
            factors = [self._power(name, exponent) for name, exponent in powers if exponent]
            sign = "-" if number < 0 else "+"
            found.append(f"{sign} {_times(abs(number), factors)}")
        return found

    def _power(self, name, exponent):
        letter = self.name(name)
        if exponent == 1:
            return letter
        base = f"\\left({letter}\\right)" if "^" in letter else letter
        return f"{base}^{{{exponent}}}"

    def quotient(self, entry: dict, coordinate: str | None = None) -> str:
        """A polynomial over another, factored; from a coordinate on as start and rest, if that is
        shorter.
        """
        top, bottom = (self._expression(entry[part]) for part in ("numerator", "denominator"))
        whole = sympy.factor(top / bottom)
        written = tex.latex(whole)
        if coordinate is None:
            return written
        start = sympy.factor(whole.subs(self._symbol(coordinate), 0))
        if start.has(sympy.nan, sympy.zoo) or start == 0:
            return written
        rest = tex.latex(sympy.factor(whole - start))
        parted = f"{tex.latex(start)} {rest}" if rest[0] == "-" else f"{tex.latex(start)} + {rest}"
        return min(parted, written, key=len)

    def _symbol(self, name):
        return symbol(name, self.name(name), "")

    def _expression(self, table):
        """A polynomial as an expression, in symbols that print as the letters do."""
        total = sympy.Integer(0)
        for exponents, coefficient in table["terms"]:
            term = sympy.Rational(coefficient)
            for name, exponent in zip(table["variables"], exponents, strict=True):
                term *= self._symbol(name) ** exponent
            total += term
        return total

    def on(self, chart: list) -> "Letters":
        """The letters on a chart: a coordinate that is its variable goes by the variable's name.

        chart: the links of a cell, as a certificate prints them.
        """
        known = dict(self.known)
        for link in chart:
            if is_itself(link):
                known[link["coordinate"]] = self.name(link["variable"])
        return Letters(known)


def is_itself(link: dict) -> bool:
    """Whether a variable of a chart is its own coordinate.

    >>> one = {"variables": [], "terms": [[[], "1"]]}
    >>> same = {"variables": ["s_p"], "terms": [[[1], "1"]]}
    >>> is_itself({"variable": "p", "coordinate": "s_p", "numerator": same, "denominator": one})
    True
    """
    own = {"variables": [link["coordinate"]], "terms": [[[1], "1"]]}
    return link["numerator"] == own and not link["denominator"]["variables"]


def is_long(table: dict) -> bool:
    """Whether a polynomial has too many terms to be written out.

    >>> is_long({"variables": [], "terms": [[[], "1"]]})
    False
    """
    return len(table["terms"]) > MOST_TERMS


def _times(number, factors):
    if number == 1 and factors:
        return " ".join(factors)
    written = (
        str(number.numerator)
        if number.denominator == 1
        else rf"\frac{{{number.numerator}}}{{{number.denominator}}}"
    )
    return " ".join([written, *factors])
