"""At random coordinates of a cell, printed factors multiply to the gap.

Exact, but for roots whose equations are linear in no letter: there a letter of each equation is one of its complex zeros to many
digits, since what holds of one zero of an equation holds, as an identity, of all.
"""

from fractions import Fraction

import mpmath
import sympy

from symrisk.decide.recheck.arithmetic import over, parsed, value_at
from symrisk.decide.recheck.chart import drawn_coordinates, images
from symrisk.decide.recheck.letters import check_equations, letters_of
from symrisk.errors import NotProved

PLACES = 3
DIGITS = 80
REDRAWN = 20


def check_product(problem, chart, product, draw, fails="the factors do not multiply to the gap"):
    """NotProved where `product`, a function of values, is not the gap at random coordinates.

    product: called with ({name: value}, a function that reads a printed number).  fails: what is wrong where it is not.
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
    raise NotProved(f"{problem.claim.says}: no coordinates were found at which its sides have values")


def _agrees_exactly(problem, letters, chart, product, draw):
    values = images(chart, drawn_coordinates(chart, draw))
    known = letters.complete(values)
    check_equations(problem, letters, known)
    return letters.gap(known) == product(values, parsed)


def _agrees_numerically(problem, letters, chart, product, draw):
    with mpmath.workdps(DIGITS):
        values = _on_the_equations(problem, letters, chart, draw)
        known = letters.complete(values, _big)
        gap, printed = letters.gap(known, _big), product(values, _read)
        return abs(gap - printed) <= mpmath.mpf(10) ** (-DIGITS // 2) * (1 + abs(printed))


def _big(number):
    return mpmath.mpf(int(number.numerator)) / int(number.denominator)


def _read(text):
    return _big(Fraction(text))


def _on_the_equations(problem, letters, chart, draw):
    """Random coordinates and images, the last letter of each equation being one of its zeros."""
    order = [link["variable"] for link in chart]
    solving = {}
    for unknown in letters.unsolved:
        equation = _in_free_letters(letters, letters.equations[unknown])
        last = max((str(s) for s in equation.free_symbols), key=order.index)
        if last in solving:
            raise NotProved(f"{problem.claim.says}: the equations of its roots are not told apart")
        solving[last] = equation
    drawn = drawn_coordinates(chart, draw)
    values = {name: mpmath.mpf(int(v.p)) / int(v.q) for name, v in drawn.items()}
    for link in chart:
        name = link["variable"]
        if name in solving:
            values[name] = _a_zero(letters, solving[name], name, values, draw)
            values.update(_own_coordinate(link, values))
        else:
            values[name] = value_at(link["numerator"], values, _read) / value_at(link["denominator"], values, _read)
    return values


def _in_free_letters(letters, equation):
    for symbol, solution in letters.solved.items():
        equation = equation.xreplace({symbol: solution})
    return sympy.fraction(sympy.together(equation))[0]


def _a_zero(letters, equation, name, values, draw):
    polynomial = sympy.Poly(equation, letters.symbols[name])
    known = {s: values[str(s)] for s in equation.free_symbols if str(s) != name}
    coefficients = [over(c, known, _big) for c in polynomial.all_coeffs()]
    zeros = mpmath.polyroots(coefficients, maxsteps=300, extraprec=4 * DIGITS)
    return draw.choice([zero for zero in zeros if zero != 0] or zeros)


def _own_coordinate(link, values):
    """The coordinate of a variable that is known."""
    name = link["coordinate"]
    if name is None:
        return {}
    (a, b), (c, d) = (_ends(link[part], values, name) for part in ("numerator", "denominator"))
    x = values[link["variable"]]
    return {name: (a - c * x) / (d * x - b)}


def _ends(table, values, name):
    at = [value_at(table, {**values, name: mpmath.mpf(k)}, _read) for k in (0, 1)]
    return at[0], at[1] - at[0]
