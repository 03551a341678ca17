"""One printed regime of a limit: its chart, the end of the letter that moves, and what is read off
there.

All is looked at at random coordinates of the regime: there the name and the expression are series
in one letter eps.  Which lowest coefficients must not vanish is found again as polynomials, for the
divisors and for what brings the name to its point.
"""

from functools import cache

import sympy

from symrisk.decide.recheck.arithmetic import over, parsed, quotient_at, value_at
from symrisk.decide.recheck.chart import (
    check_chart,
    check_spelling,
    drawn_coordinates,
    far_end,
    images,
)
from symrisk.decide.recheck.cover import check_sides, satisfies_sides
from symrisk.decide.recheck.hypotheses import known_hypotheses
from symrisk.decide.recheck.limits.coefficients import (
    EPS,
    check_same_cell,
    check_signs,
    expression_of,
)
from symrisk.decide.recheck.methods.factors import check_factors
from symrisk.decide.recheck.methods.positive import product_at
from symrisk.errors import NotProved

NEAR = parsed("1/" + "1" + "0" * 60)
PLACES, REDRAWN = 1, 20


def check_regime(says, approach, certificate, regime, draw):
    """NotProved where a regime is not as printed."""
    names = [link["variable"] for link in regime["chart"]]
    check_chart(says, regime["chart"], set(names))
    own = _hypotheses(approach, regime, [])
    check_sides(says, regime, own, are_more=True)
    _check_spelling(says, regime, set(names))
    _check_names(says, approach, set(names))
    if str(approach.letter) not in names:
        raise NotProved(f"{says}: {approach.letter} does not move in a regime")
    hypotheses = cache(lambda: _hypotheses(approach, regime, regime["side"]))
    check_signs(says, approach, regime, hypotheses)
    shown = regime["shown"]
    if "gap" in shown:
        check_same_cell(says, regime, shown["gap"])
        check_factors(says, shown["gap"], shown["strict"], hypotheses)
    seen = 0
    for _ in range(REDRAWN):
        try:
            seen += _check_at(says, approach, regime, own.held, draw)
        except ZeroDivisionError:
            continue
        if seen == PLACES:
            return
    if not regime["side"]:
        raise NotProved(f"{says}: no place of a regime was found to look at")


def _check_names(says, approach, names):
    """A chart is over the letters that are spoken of, but for those that an equation gives."""
    spoken = set().union(
        approach.inner.free_symbols,
        approach.claimed.free_symbols,
        approach.image.free_symbols,
        *(e.free_symbols for e, _ in approach.hypotheses),
    ) - {approach.name if approach.letter != approach.name else None}
    known = {s: None for s in spoken if str(s) in names}
    missing = spoken - known.keys()
    if len(missing) > len(approach.held):
        raise NotProved(f"{says}: a regime is not over {', '.join(sorted(map(str, missing)))}")


def _check_spelling(says, regime, names):
    """What is said of a regime is said in its letters."""
    bound = [regime["bound"]] if regime["bound"] else []
    tables = [q[part] for q in (regime, *bound) for part in ("numerator", "denominator")]
    tables += [sign["of"] for sign in regime["signs"]]
    for table in tables:
        check_spelling(says, table, set())
        if not set(table["variables"]) <= names:
            raise NotProved(
                f"{says}: {', '.join(table['variables'])} are not all letters of a regime"
            )


def _hypotheses(approach, regime, extra):
    """What is known on a regime: the region's hypotheses, and side conditions by which regimes
    are told apart.
    """
    symbols = {str(s): s for e, _ in approach.hypotheses for s in e.free_symbols}
    sides = [(expression_of(side["polynomial"], symbols), side["strict"]) for side in extra]
    names = {link["variable"] for link in regime["chart"]}
    solved = approach.solutions(names)
    plain = [
        (e, strict)
        for e, strict in approach.hypotheses
        if {str(s) for s in e.free_symbols - solved.keys()} <= names
    ]
    return known_hypotheses([*plain, *sides], solved, regime["chart"])


# At a place of the regime


def _check_at(says, approach, regime, held, draw):
    """1 where a random place was looked at, 0 where it fails a side condition."""
    coordinates = drawn_coordinates(regime["chart"], draw)
    values = images(regime["chart"], coordinates)
    known = approach.completed(_known(approach, values))
    if not approach.solves(known):
        return 0
    _check_coefficients(says, regime, values)
    bound = None if regime["bound"] is None else quotient_at(regime["bound"], values)
    _check_end(says, approach, regime, coordinates, bound)
    if not satisfies_sides(regime, values):
        return 0
    if not _holds(held, {**known, approach.letter: _moved(regime, bound, NEAR)}):
        raise NotProved(f"{says}: a regime reaches out of the region")
    _check_faces(says, approach, regime, held, coordinates)
    _check_ends(says, approach, regime, known, coordinates)
    _check_series(says, approach, regime, known, values, bound)
    return 1


def _known(approach, values):
    spoken = (approach.inner, approach.claimed, *(e for e, _ in approach.hypotheses))
    symbols = set().union(*(e.free_symbols for e in spoken))
    return {s: values[str(s)] for s in symbols if str(s) in values and s != approach.letter}


def _check_coefficients(says, regime, values):
    """The factors of each coefficient multiply to it."""
    for sign in regime["signs"]:
        if product_at(sign, values, parsed) * sign["sign"] != value_at(sign["of"], values):
            raise NotProved(f"{says}: the factors do not multiply to the coefficient")


def _check_end(says, approach, regime, coordinates, bound):
    """The bound is the end of the letter's own interval, and the end that is said."""
    name = f"s_{approach.letter}"
    if name not in coordinates:
        raise NotProved(f"{says}: {approach.letter} does not move in a regime")

    def at(number):
        return images(regime["chart"], {**coordinates, name: parsed(number)})[str(approach.letter)]

    inner, start = at("1"), at("0")
    link = next(link for link in regime["chart"] if link["coordinate"] == name)
    is_bounded = name in link["denominator"]["variables"]
    # (L + U s)/(1 + s) at s = 1 is half way between its ends.
    ends = [start, 2 * inner - start] if is_bounded else [start, None]
    is_lower = regime["end"] == "lower"
    found_lower = inner < start if bound is None else bound < inner
    if bound not in ends or found_lower != is_lower:
        raise NotProved(f"{says}: {approach.letter} has another end in a regime")


def _moved(regime, bound, step):
    side = 1 if regime["end"] == "lower" else -1
    return -side / step if bound is None else bound + side * step


def _holds(conditions, known):
    """Whether conditions hold, as far as their letters are known."""
    for expression, strict in conditions:
        if expression.free_symbols <= known.keys():
            value = over(expression, known)
            if value < 0 or (strict and value == 0):
                return False
    return True


def _check_faces(says, approach, regime, held, coordinates):
    """On closed faces the hypotheses hold; where they do at the start of the letter's interval,
    that face is closed.
    """
    own = f"s_{approach.letter}"
    for link in regime["chart"]:
        if link["coordinate"] != own and not link["closed"]:
            continue
        try:
            values = images(regime["chart"], {**coordinates, link["coordinate"]: parsed("0")})
            known = approach.completed(_known(approach, values))
            if not approach.solves(known):
                continue
            is_inside = _holds(held, {**known, approach.letter: values[str(approach.letter)]})
        except ZeroDivisionError:
            continue
        # A letter without bounds has two intervals, and zero lies in the upper one.
        is_lower_half = link["numerator"] == {"variables": [own], "terms": [[[1], "-1"]]}
        if link["closed"] != is_inside and not is_lower_half:
            raise NotProved(f"{says}: the faces of a regime are not closed where the region is")


def _check_ends(says, approach, regime, known, coordinates):
    """Beyond the ends of the letter's interval some hypothesis fails: it is the whole interval."""
    own = f"s_{approach.letter}"
    link = next(link for link in regime["chart"] if link["coordinate"] == own)
    is_bare = link["numerator"]["variables"] == [own] and len(link["numerator"]["terms"]) == 1
    if is_bare and link["denominator"]["variables"] == []:
        # Zero parts a letter without bounds: the other half is another interval.
        return
    start, beyond = (
        images(regime["chart"], {**coordinates, own: parsed(s)})[str(approach.letter)]
        for s in ("0", "1")
    )
    tried = [start + (start - beyond) * NEAR]
    far = far_end(regime["chart"], coordinates, own)
    if far is not None:
        tried.append(far[str(approach.letter)] - (start - beyond) * NEAR)
    for letter in tried:
        try:
            is_inside = _holds(approach.hypotheses, {**known, approach.letter: letter})
        except ZeroDivisionError:
            continue
        if is_inside:
            raise NotProved(f"{says}: {approach.letter} has another interval in a regime")


def _check_series(says, approach, regime, known, values, bound):
    """The name tends to its point, and the expression has the orders, the lowest coefficients
    and the limit that are printed.
    """
    numbers = {s: _rational(v) for s, v in known.items()}
    moved = _moved(regime, None if bound is None else _rational(bound), EPS)

    def lowest(expression):
        return _lowest(approach.put(expression).xreplace({**numbers, approach.letter: moved}))

    image = approach.image.xreplace({**numbers, approach.letter: moved})
    there = 1 / image if approach.point.is_infinite else image - approach.point.xreplace(numbers)
    order, coefficient = _lowest(there)
    if (
        order <= 0
        or coefficient * (-approach.side if approach.point.is_infinite else approach.side) <= 0
    ):
        raise NotProved(f"{says}: {approach.name} does not tend to {approach.point} in a regime")
    order, coefficient = lowest(approach.inner)
    printed = quotient_at(regime, values)
    orders = [max(order, 0), max(-order, 0)]
    if regime["orders"] != orders or _rational(printed) != coefficient:
        raise NotProved(
            f"{says}: a regime's lowest order is {coefficient}*eps^{order}, not as printed"
        )
    limit = sympy.oo * coefficient if order < 0 else coefficient if order == 0 else sympy.Integer(0)
    if limit_text(regime, order, coefficient, approach) != regime["limit"]:
        raise NotProved(f"{says}: {regime['limit']} is not the limit in a regime")
    aim = approach.claimed.xreplace(numbers)
    if not stands(limit, approach.rel, aim):
        raise NotProved(f"{says}: the limit in a regime is {limit}")
    _check_shown(says, approach, regime, limit, aim, values)


def limit_text(regime, order, coefficient, approach):
    """A limit as it is printed: infinite, 0, or the quotient of the lowest coefficients."""
    if order != 0:
        return "0" if order > 0 else str(sympy.oo * coefficient)
    symbols = set().union(
        *(e.free_symbols for e, _ in approach.hypotheses), approach.inner.free_symbols
    )
    named = {str(s): s for s in symbols}
    return str(
        sympy.factor(
            expression_of(regime["numerator"], named) / expression_of(regime["denominator"], named)
        )
    )


def _check_shown(says, approach, regime, limit, aim, values):
    """How the limit is compared with the claimed side is what was found."""
    shown = regime["shown"]
    if limit.is_infinite or aim.is_infinite:
        expected = {"infinite": _infinity(limit) - _infinity(aim)}
    elif approach.rel == "==":
        expected = {"identity": True}
    else:
        expected = {"gap": shown.get("gap"), "strict": approach.rel in ("<", ">")}
    if shown != expected or expected.get("gap", True) is None:
        raise NotProved(
            f"{says}: it is not {sorted(shown)} by which a limit is compared with the claimed side"
        )
    if "gap" in shown:
        gap = aim - limit if approach.rel in ("<", "<=") else limit - aim
        if _rational(product_at(shown["gap"], values, parsed)) != gap:
            raise NotProved(f"{says}: the factors do not multiply to the gap")


def _infinity(value):
    return {sympy.oo: 1, -sympy.oo: -1}.get(value, 0)


def _rational(number):
    return sympy.Rational(int(number.numerator), int(number.denominator))


def _lowest(expression):
    """(order, coefficient) of the lowest power of eps in a rational function of eps; zero counts
    as of order 1.
    """
    quotient = sympy.QQ.frac_field(EPS).from_sympy(expression)
    if not quotient:
        return 1, sympy.Integer(0)
    (high, numerator), (low, denominator) = (
        min(part.terms()) for part in (quotient.numer, quotient.denom)
    )
    return high[0] - low[0], sympy.QQ.to_sympy(numerator / denominator)


def stands(left, rel, right):
    """Whether `left rel right` for exact numbers, infinities among them."""
    found = {
        "<": left < right,
        "<=": left <= right,
        "==": sympy.Eq(left, right),
        ">=": left >= right,
        ">": left > right,
    }[rel]
    return found == sympy.true
