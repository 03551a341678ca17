"""The letters of a certificate, as a paper writes them."""

import re
from fractions import Fraction

import sympy

from symrisk.decide.legend import meanings
from symrisk.decide.problem import Problem
from symrisk.engine.expressions import tex
from symrisk.errors import SymriskError
from symrisk.symbols import symbol

COORDINATE = "s_"
WRAPPED = re.compile(r"\\(?:mathrm|left|right|operatorname|frac|,)(?![a-z])")
COMMAND = re.compile(r"\\[A-Za-z]+")
NAMES = re.compile(r"[\s{}_^\\]")
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
        return " ".join(self.quotient_lines(entry, coordinate, None))

    def quotient_lines(self, entry: dict, coordinate: str | None, most: int | None) -> list[str]:
        """The same on several lines, none much wider than `most` characters: then the sum above the
        bar is broken between its terms.
        """
        top, bottom = (self._expression(entry[part]) for part in ("numerator", "denominator"))
        whole, rest = sympy.factor(top / bottom), ""
        start = (
            whole if coordinate is None else sympy.factor(whole.subs(self._symbol(coordinate), 0))
        )
        if start != whole and start != 0 and not start.has(sympy.nan, sympy.zoo):
            apart = tex.latex(sympy.factor(whole - start))
            apart = apart if apart[0] == "-" else f"+ {apart}"
            if len(tex.latex(start)) + len(apart) < len(tex.latex(whole)):
                whole, rest = start, apart
        written = f"{tex.latex(whole)} {rest}".strip()
        above, below = sympy.fraction(whole)
        factors = sympy.Mul.make_args(above)
        longest = max(factors, key=lambda factor: len(factor.args))
        if most is None or width(written) <= most or not longest.is_Add:
            return [written]
        return self._broken(longest, above / longest, below, rest, most)

    def _broken(self, total, factor, below, rest, most):
        terms = [tex.latex(term) for term in total.as_ordered_terms()]
        signed = [term if term[0] == "-" else f"+ {term}" for term in terms]
        lines = on_lines(signed, most)
        before = "" if factor == 1 else tex.latex(factor)
        after = "" if below == 1 else rf" \Big/ \bigl({tex.latex(below)}\bigr)"
        lines[0] = rf"{before} \Bigl({lines[0].removeprefix('+ ')}"
        lines[-1] += rf"\Bigr){after} {rest}"
        return lines

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


def width(written: str) -> int:
    """About how many letters wide LaTeX sets a formula: commands count as one.

    >>> width(r"\\frac{n_1}{p} + \\mathrm{SNR}")
    7
    """
    bare = NAMES.sub("", COMMAND.sub("x", WRAPPED.sub("", written)))
    return len(bare)


def on_lines(terms: list[str], most: int) -> list[str]:
    """The terms of a sum on lines, none wider than `most` unless a term is.

    >>> on_lines(["+ a", "+ b", "- c"], 5)
    ['+ a + b', '- c']
    """
    lines, wide = [], most
    for term in terms:
        own = width(term)
        if wide + own > most:
            lines.append(term)
            wide = own
        else:
            lines[-1] += f" {term}"
            wide += own
    return lines


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
