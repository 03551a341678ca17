"""A sign table again: the claim's own text in SymPy, its zeros by FLINT's isolation of complex
roots in balls.

Recomputed are the gap, the hypotheses on its letter, the places and every sign; the certificate
must say the same, word by word.
"""

from fractions import Fraction
from functools import lru_cache

import flint
import sympy
from flint import fmpq_poly

from symrisk.decide import prose, read
from symrisk.decide.proof import Proof
from symrisk.decide.recheck.methods.places import is_admitted, places_of
from symrisk.decide.recheck.shape import CONDITION, PLACE, quotient
from symrisk.errors import NotProved


def check_sign_table(problem, certificate):
    """NotProved where the certificate is not the sign table of the claim, or the table does not
    show it.
    """
    says = problem.claim.says
    names = {str(s): s for s in problem.space.symbols}
    letter = names.get(certificate["variable"])
    if letter is None:
        raise NotProved(f"{says}: it has no variable {certificate['variable']}")
    rel = problem.relation.rel
    relation = "==" if rel == "==" else ">" if rel in ("<", ">") else ">="
    if certificate["relation"] != relation or certificate["whole"] is not bool(letter.is_integer):
        raise NotProved(f"{says}: the table is not of what is claimed")
    text = _text(problem, letter)
    try:
        gap = printed(certificate["gap"], certificate["variable"])
        conditions = [
            (*printed(c, certificate["variable"]), c["relation"]) for c in certificate["conditions"]
        ]
    except (KeyError, TypeError, ValueError, ZeroDivisionError) as error:
        raise NotProved(f"{says}: the certificate can't be read: {error}") from error
    if not text.is_gap(gap):
        raise NotProved(f"{says}: the printed gap is not that of its sides")
    if sorted(_keys(conditions)) != sorted(set(_keys(text.conditions()))):
        raise NotProved(f"{says}: the printed hypotheses are not those on {letter}")
    places = places_of((*gap, relation), conditions, bool(letter.is_integer))
    if places != certificate["places"]:
        raise NotProved(f"{says}: the places or their signs are not those of the table")
    if not all(is_admitted(place["sign"], relation) for place in places if place["inside"]):
        raise NotProved(f"{says}: the table does not show it")


class Text:
    """A claim in one letter, read by SymPy; what was read is remembered."""

    def __init__(self, problem, letter, space=None):
        self.problem, self.letter, self.space = (
            problem,
            letter,
            problem.space if space is None else space,
        )
        self.solved, self.read = {}, {}
        for symbol in self.space.solved:
            self.solved[symbol] = self._solution(symbol)

    def _solution(self, symbol):
        """What the polynomial of a root says that a symbol is."""
        for root in self.space.generators.roots.values():
            equation = sympy.fraction(sympy.together(self._plain(root.polynomial)))[0]
            if equation.has(symbol):
                slope, rest = sympy.Poly(equation, symbol).all_coeffs()
                return -rest / slope
        raise NotProved(f"{self.problem.claim.says}: no equation is solved for {symbol}")

    def _plain(self, expression):
        return self.space.generators.rewrite(sympy.sympify(expression)).xreplace(self.solved)

    def quotient(self, expression):
        """(numerator, denominator) as polynomials in the letter; None where other letters stay in
        it.
        """
        if expression not in self.read:
            self.read[expression] = self._quotient(expression)
        return self.read[expression]

    def _quotient(self, expression):
        parts = sympy.fraction(sympy.cancel(sympy.together(self._plain(expression))))
        if set().union(*(part.free_symbols for part in parts)) - {self.letter}:
            return None
        return tuple(_poly(sympy.Poly(part, self.letter).all_coeffs()[::-1]) for part in parts)

    def is_gap(self, printed_gap):
        """Whether a quotient is the difference of the sides, also where it differs by what a root's
        polynomial makes zero.
        """
        left, right = map(self._plain, self.problem.sides)
        own = self.quotient(
            right - left if self.problem.relation.rel in ("<", "<=") else left - right
        )
        if own is None or printed_gap[1].degree() < 0:
            return False
        apart = own[0] * printed_gap[1] - own[1] * printed_gap[0]
        return apart.degree() < 0 or any((apart % zero).degree() < 0 for zero in self.equations())

    def equations(self):
        """The polynomials in the letter alone that it is a zero of."""
        found = []
        for index, _ in self.space.unsolved:
            unknown = self.space.field.symbols[index]
            ratio = (
                self.quotient(self.space.generators.roots[unknown].polynomial)
                if unknown == self.letter
                else None
            )
            found += [] if ratio is None else [ratio[0]]
        return found

    def conditions(self):
        """The hypotheses on the letter alone: those of the claim, the signs of letters, the ends of
        roots, their equations.
        """
        generators = self.space.generators
        letters = {*generators.roots, *generators.powers}
        signed = [s for s in self.space.symbols if s.is_nonnegative and s not in letters]
        pairs = [*self.problem.region.conditions, *((s, bool(s.is_positive)) for s in signed)]
        for root in generators.roots.values():
            low, high = root.between
            pairs += [(root.unknown - low, _is_open(self.space, root))] if low != -sympy.oo else []
            pairs += [(high - root.unknown, True)] if high != sympy.oo else []
        for power in generators.powers.values():
            pairs += [
                (e, strict)
                for e, strict in self.space.conditions
                if e.free_symbols == {power.unknown}
            ]
        read = [(self.quotient(expression), strict) for expression, strict in pairs]
        found = [
            (*ratio, ">" if strict else ">=")
            for ratio, strict in read
            if ratio is not None and _is_used(ratio)
        ]
        return found + [(zero, fmpq_poly([1]), "==") for zero in self.equations()]


@lru_cache(maxsize=32)
def _text(problem, letter):
    return Text(problem, letter)


def _is_open(space, root):
    return next(
        (strict for e, strict in space.conditions if e == root.unknown - root.between[0]), True
    )


def _is_used(ratio):
    return max(part.degree() for part in ratio) > 0


def _poly(coefficients):
    return fmpq_poly([flint.fmpq(int(c.p), int(c.q)) for c in coefficients])


def printed(entry, variable):
    """(numerator, denominator) of a printed quotient in one variable."""
    top, bottom = (_read(entry[part], variable) for part in ("numerator", "denominator"))
    if bottom.degree() < 0:
        raise NotProved("a printed quotient has the denominator 0")
    return top, bottom


def _read(table, variable):
    if table["variables"] not in ([], [variable]):
        raise NotProved(f"a polynomial in {', '.join(table['variables'])} is none in {variable}")
    found = {}
    for exponents, coefficient in table["terms"]:
        number = Fraction(coefficient)
        found[sum(exponents)] = flint.fmpq(number.numerator, number.denominator)
    if len(found) != len(table["terms"]) or any(
        len(e) != len(table["variables"]) for e, _ in table["terms"]
    ):
        raise NotProved("a printed polynomial has two coefficients of one power")
    return fmpq_poly([found.get(k, 0) for k in range(max(found, default=0) + 1)])


def _keys(conditions):
    """Quotients up to a common factor of their parts, with their relations; an equation is known up
    to a factor.
    """
    keys = []
    for top, bottom, relation in conditions:
        part = top if relation == "==" and top.degree() >= 0 else bottom
        scale = part[part.degree()]
        keys.append((str(top / scale), "" if relation == "==" else str(bottom / scale), relation))
    return keys


FIELDS = {
    "variable": str,
    "whole": bool,
    "relation": (">", ">=", "=="),
    "gap": quotient,
    "conditions": [CONDITION],
    "places": [PLACE],
}
PROOF = Proof("sign_table", FIELDS, check_sign_table, read.sign_table, prose.sign_table)
