"""An identity modulo equations again: the printed cofactors times the claim's own equations are its
own numerator.

Numerator, denominator and equations are read from the claim's text by SymPy, and compared with what
is printed term by term.
"""

from fractions import Fraction
from functools import lru_cache

import sympy

from symrisk.decide import prose, read
from symrisk.decide.equations import cases, frame
from symrisk.decide.proof import Proof
from symrisk.decide.recheck.methods.sign_table import Text
from symrisk.decide.recheck.shape import COFACTOR, table
from symrisk.errors import NotProved


def check_modulo(problem, certificate):
    """NotProved where the printed numerator, an equation or a cofactor is not what it has to be, in
    some case.
    """
    try:
        _check(problem, certificate)
    except (KeyError, TypeError, ValueError, ZeroDivisionError) as error:
        raise NotProved(f"{problem.claim.says}: the certificate can't be read: {error}") from error


def _check(problem, certificate):
    says = problem.claim.says
    if problem.strict:
        raise NotProved(f"{says}: what vanishes is not positive")
    read = _reader(problem)
    left, right = problem.sides
    top, bottom = read.quotient(left - right)
    numerator, denominator = (
        read.printed(certificate[part]) for part in ("numerator", "denominator")
    )
    # In lowest terms, and no more: what both were multiplied by might vanish.
    scale = read.scale(denominator, bottom)
    if scale is None or sympy.expand(numerator - scale * top) != 0:
        raise NotProved(f"{says}: the printed numerator is not that of the difference of its sides")
    own = cases(problem.claim)
    if len(own) != len(certificate["cases"]) or not own:
        raise NotProved(f"{says}: the printed cases are not those of its equations")
    for equations, entries in zip(own, certificate["cases"], strict=True):
        mine = [top for top, _ in map(read.quotient, equations) if top != 0]
        if len(mine) != len(entries):
            raise NotProved(f"{says}: a case has other equations")
        total = sympy.Integer(0)
        for equation, entry in zip(mine, entries, strict=True):
            shown = read.printed(entry["equation"])
            if read.scale(shown, equation) is None:
                raise NotProved(f"{says}: a printed equation is none of its own")
            total += shown * read.printed(entry["cofactor"])
        if sympy.expand(total - numerator) != 0:
            raise NotProved(
                f"{says}: the cofactors times the equations do not sum to the numerator"
            )


@lru_cache(maxsize=32)
def _reader(problem):
    return Reader(problem)


class Reader(Text):
    """Reads a claim's expressions, and printed polynomials, as SymPy polynomials in its letters."""

    def __init__(self, problem):
        super().__init__(problem, None, frame(problem))
        self.letters = {str(s): s for s in self.space.symbols}

    def _quotient(self, expression):
        """(numerator, denominator), expanded."""
        parts = sympy.fraction(sympy.cancel(sympy.together(self._plain(expression))))
        return tuple(map(sympy.expand, parts))

    def printed(self, table):
        """A printed polynomial; NotProved where it is in letters that the claim does not have."""
        total = sympy.Integer(0)
        for exponents, coefficient in table["terms"]:
            number = Fraction(coefficient)
            term = sympy.Rational(number.numerator, number.denominator)
            for name, power in zip(table["variables"], exponents, strict=True):
                if name not in self.letters:
                    raise NotProved(f"{self.problem.claim.says}: it has no variable {name}")
                term *= self.letters[name] ** power
            total += term
        return total

    @staticmethod
    def scale(one, other):
        """The number that one polynomial is times another; None where it is none."""
        ratio = sympy.cancel(one / other) if other != 0 else sympy.nan
        return ratio if ratio.is_Rational and ratio != 0 else None


FIELDS = {"numerator": table, "denominator": table, "cases": [[COFACTOR]]}
PROOF = Proof("modulo", FIELDS, check_modulo, read.modulo, prose.modulo)
