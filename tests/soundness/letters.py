"""The letters of random claims, and small random expressions in them."""

from sympy import Integer, Rational, cbrt, sqrt

from symrisk.symbols import symbol

x = symbol("x", "x", "any real number")
y = symbol("y", "y", "any real number")
a = symbol("a", "a", "a positive letter", positive=True)
b = symbol("b", "b", "a positive letter", positive=True)
c = symbol("c", "c", "a positive letter", positive=True)
u = symbol("u", "u", "a non-negative letter", nonnegative=True)
v = symbol("v", "v", "a non-negative letter", nonnegative=True)
w = symbol("w", "w", "a weight", nonnegative=True)
k = symbol("k", "k", "a whole number", kind="integer", integer=True, nonnegative=True)
m = symbol("m", "m", "a positive whole number", kind="integer", integer=True, positive=True)
z = symbol("z", "z", "a whole number of either sign", kind="integer", integer=True)
ALL = (x, y, a, b, u, v)
RELATIONS = ("<", "<=", ">", ">=")
ORDER = ("<", "<=", ">", ">=", "==")


def some(rng, letters=ALL, most=2):
    """A few of the letters, in a fixed order."""
    chosen = rng.sample(letters, rng.randint(1, min(most, len(letters))))
    return sorted(chosen, key=str)


def coefficient(rng):
    return Rational(rng.choice((1, 1, 1, 2, 3, -1, -1, -2, -3, 5)), rng.choice((1, 1, 1, 2, 3)))


def monomial(rng, letters, degree=2):
    result = Integer(1)
    for _ in range(rng.randint(0, degree)):
        result *= rng.choice(letters)
    return result


def polynomial(rng, letters, terms=3, degree=2):
    return sum(
        (coefficient(rng) * monomial(rng, letters, degree) for _ in range(rng.randint(1, terms))),
        Integer(0),
    )


def linear(rng, letters):
    return polynomial(rng, letters, 2, 1)


def quotient(rng, letters):
    """A quotient; its denominator often has a sign, and sometimes does not."""
    bottom = rng.choice(
        (
            lambda: rng.choice(letters),
            lambda: 1 + rng.choice(letters) ** 2,
            lambda: linear(rng, letters),
            lambda: rng.choice(letters) + rng.choice((1, 2, -1)),
        )
    )()
    return polynomial(rng, letters) / bottom if bottom != 0 else polynomial(rng, letters)


def radical(rng, letters):
    """Square roots, cube roots, and roots within roots."""
    inside = rng.choice(
        (
            lambda: rng.choice(letters),
            lambda: rng.choice(letters) ** 2 + rng.choice((0, 1)),
            lambda: linear(rng, letters),
            lambda: polynomial(rng, letters),
        )
    )()
    form = rng.randrange(5)
    if form == 0:
        return cbrt(inside)
    if form == 1:
        return sqrt(rng.choice(letters) + sqrt(inside))
    if form == 2:
        return 1 / (1 + sqrt(inside))
    return sqrt(inside)


def term(rng, letters):
    """Any of these."""
    return rng.choice((polynomial, polynomial, quotient, radical))(rng, letters)


def hypotheses(rng, letters, most=2, equalities=False):
    """Triples (left, rel, right) that are often, not always, possible."""
    found = []
    for _ in range(rng.randint(0, most)):
        rel = rng.choice(ORDER if equalities else RELATIONS)
        one = rng.choice((rng.choice(letters), polynomial(rng, letters)))
        two = rng.choice((Integer(rng.choice((0, 1, 2, 3))), rng.choice(letters), Rational(1, 2)))
        if (one - two).free_symbols:
            found.append((one, rel, two))
    return tuple(found)
