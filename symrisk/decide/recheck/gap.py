"""At random coordinates of a cell, printed factors multiply to the gap.

Exact, but for roots whose equations are linear in no letter: there a letter of each equation is one
of its complex zeros to many digits, since what holds of one zero of an equation holds, as an
identity, of all.
"""

from fractions import Fraction

import sympy

from symrisk.decide.recheck.arithmetic import over, parsed, value_at
from symrisk.decide.recheck.chart import drawn_coordinates, images
from symrisk.decide.recheck.letters import check_equations, letters_of
from symrisk.engine.balls.precision import decimals
from symrisk.errors import NotProved

PLACES = 3
DIGITS = 80
REDRAWN = 20


def check_product(problem, chart, product, draw, fails="the factors do not multiply to the gap"):
    """NotProved where `product`, a function of values, is not the gap at random coordinates.

    product: called with ({name: value}, a function that reads a printed number).  fails: what is
    wrong where it is not.
    """
    letters, seen = letters_of(problem), 0
    check_at = _agrees_numerically if letters.unsolved else _agrees_exactly
    for _ in range(REDRAWN):
        try:
            agrees = check_at(problem, letters, chart, product, draw)
        except ZeroDivisionError:
            continue
        if not agrees:
            raise NotProved(f"{problem.claim.says}: {fails}")
        seen += 1
        if seen == PLACES:
            return
    raise NotProved(
        f"{problem.claim.says}: no coordinates were found at which its sides have values"
    )


def _agrees_exactly(problem, letters, chart, product, draw):
    values = images(chart, drawn_coordinates(chart, draw))
    known = letters.complete(values)
    check_equations(problem, letters, known)
    return letters.gap(known) == product(values, parsed)


def _agrees_numerically(problem, letters, chart, product, draw):
    with decimals(DIGITS) as mp:
        big = Big(mp)
        values = _on_the_equations(problem, letters, chart, draw, big)
        known = letters.complete(values, big.number)
        gap, printed = letters.gap(known, big.number), product(values, big.read)
        return abs(gap - printed) <= mp.mpf(10) ** (-DIGITS // 2) * (1 + abs(printed))


class Big:
    """Numbers to many digits, in one context of mpmath."""

    def __init__(self, mp):
        self.mp = mp

    def number(self, number):
        """A rational."""
        return self.mp.mpf(int(number.numerator)) / int(number.denominator)

    def read(self, text):
        """A printed number."""
        return self.number(Fraction(text))


def _on_the_equations(problem, letters, chart, draw, big):
    """Random coordinates and images, the last letter of each equation being one of its zeros."""
    order = [link["variable"] for link in chart]
    solving = {}
    for unknown in letters.unsolved:
        equation = _in_free_letters(letters, letters.equations[unknown], unknown)
        last = max((str(s) for s in equation.free_symbols), key=order.index)
        if last in solving:
            raise NotProved(f"{problem.claim.says}: the equations of its roots are not told apart")
        solving[last] = equation
    drawn = drawn_coordinates(chart, draw)
    values = {name: big.mp.mpf(int(v.p)) / int(v.q) for name, v in drawn.items()}
    for link in chart:
        name = link["variable"]
        if name in solving:
            values[name] = _a_zero(letters, solving[name], name, values, draw, big)
            values.update(_own_coordinate(link, values, big))
        else:
            top, bottom = (
                value_at(link[part], values, big.read) for part in ("numerator", "denominator")
            )
            values[name] = top / bottom
    return values


def _in_free_letters(letters, equation, unknown):
    for symbol, solution in letters.solved.items():
        equation = equation.xreplace({symbol: solution})
    polynomial = sympy.Poly(sympy.fraction(sympy.together(equation))[0], unknown)
    # A factor without the unknown came with a denominator: where it vanishes the equation says
    # nothing of the unknown.
    return polynomial.primitive()[1].as_expr()


def _a_zero(letters, equation, name, values, draw, big):
    polynomial = sympy.Poly(equation, letters.symbols[name])
    known = {s: values[str(s)] for s in equation.free_symbols if str(s) != name}
    coefficients = [over(c, known, big.number) for c in polynomial.all_coeffs()]
    zeros = big.mp.polyroots(coefficients, maxsteps=300, extraprec=4 * DIGITS)
    return draw.choice([zero for zero in zeros if zero != 0] or zeros)


def _own_coordinate(link, values, big):
    """The coordinate of a variable that is known."""
    name = link["coordinate"]
    if name is None:
        return {}
    (a, b), (c, d) = (_ends(link[part], values, name, big) for part in ("numerator", "denominator"))
    x = values[link["variable"]]
    return {name: (a - c * x) / (d * x - b)}


def _ends(table, values, name, big):
    at = [value_at(table, {**values, name: big.mp.mpf(k)}, big.read) for k in (0, 1)]
    return at[0], at[1] - at[0]
