"""Means over a law that is still a letter, as letters of their own: what is proved with them holds
for every law.

A mean is linear, so that it falls into means of monomials in the bound variables over the
integrand's denominator; each is a letter, non-negative where its integrand is.  For an equation the
letters must be independent as well: where the denominators are powers of one D, linear in an
eigenvalue, D takes that eigenvalue's place, and what is left are the functions (monomial in the
others) * D^k, of which no combination vanishes.  A product of several such D, D' is first split
into partial fractions; that divides by differences of their coefficients, and what holds off their
zeros holds there by continuity.

For an inequality between means of several powers of one D all are brought over the highest power,
so that letters are independent and non-negative at once: df1 - df2 is the mean of kappa tau/(tau +
kappa)^2.
"""

from functools import lru_cache

import sympy

from symrisk.engine.expressions.mean import Mean, is_bound
from symrisk.errors import NoMethod

INSIDE = sympy.Symbol("D")
REWRITTEN, MOST_KEPT = {}, 4096
"""Means in letters, by all that these depend on."""
COMMON = "common"
"""All means with one denominator over its highest power."""


def living(conditions) -> set:
    """(eigenvalue, law) for each hypothesis Mean(eigenvalue, law) > 0, or of a power of it: not
    all of the law is at zero.
    """
    found = set()
    for expression, strict in conditions:
        factor, mean = sympy.sympify(expression).as_coeff_Mul()
        if not (strict and factor.is_positive and isinstance(mean, Mean)):
            continue
        base, power = mean.integrand.as_base_exp()
        if is_bound(base) and power.is_Integer and power.is_positive:
            found.add((base, mean.law))
    return found


class Moments:
    """Rewrites means in letters; `independent` makes different letters linearly independent
    functions, COMMON of known sign too.

    alive: pairs (eigenvalue, law) of which the law is known not to have the eigenvalue at zero
    throughout.
    """

    def __init__(self, independent, alive=()):
        self.independent, self.alive, self.letters, self.reading = (
            independent,
            frozenset(alive),
            {},
            {},
        )
        self.highest, self.known = {}, {}

    def prepare(self, expressions):
        """Take note of the highest power of each denominator."""
        for mean in (
            set().union(*(sympy.sympify(e).atoms(Mean) for e in expressions))
            if self.independent == COMMON
            else ()
        ):
            _, parts = _factors(sympy.fraction(sympy.together(mean.integrand))[1])
            for base, power in parts:
                self.highest[base, mean.law] = max(power, self.highest.get((base, mean.law), 0))

    def rewrite(self, mean):
        """The mean as a combination of letters."""
        if mean not in self.known:
            self.known[mean] = self._remembered(mean)
        return self.known[mean]

    def _remembered(self, mean):
        """The same, with what others of the same kind have found: claims on one law speak of the
        same means.
        """
        if self.independent == COMMON:
            # What it is then depends on the other means too.
            return self._in_letters(mean)
        name = mean, self.independent, self.alive
        found = REWRITTEN.get(name)
        if found is None:
            alone = Moments(self.independent, self.alive)
            found = alone._in_letters(mean), alone.letters, alone.reading
            if len(REWRITTEN) >= MOST_KEPT:
                REWRITTEN.clear()
            REWRITTEN[name] = found
        rewritten, letters, reading = found
        if any(self.letters.get(key, letter) != letter for key, letter in letters.items()):
            # A letter that is here already is the one that stays.
            return self._in_letters(mean)
        for key, letter in letters.items():
            self.letters.setdefault(key, letter)
            self.reading.setdefault(letter, reading[letter])
        return rewritten

    def _in_letters(self, mean):
        variables = mean.variables
        if not mean.integrand.is_rational_function(*variables):
            raise NoMethod(f"{mean} is the mean of no rational function: it is not read as moments")
        numerator, denominator = sympy.fraction(sympy.together(mean.integrand))
        outside, parts = _factors(denominator)
        if self.independent == COMMON and (common := self._common(parts, mean.law)):
            return self._over_highest(numerator, outside, *common, variables, mean.law)
        if (
            self.independent is True
            and len(parts) > 1
            and (fractions := _split(mean.integrand, [base for base, _ in parts]))
        ):
            means = [Mean(fraction, mean.law) for fraction in fractions]
            return sympy.Add(
                *(sympy.Add(*map(self._rewritten, sympy.Add.make_args(part))) for part in means)
            )
        if self.independent is True and len(parts) == 1:
            return self._over_powers(numerator, outside, *parts[0], variables, mean.law)
        inner = sympy.Mul(*(base**power for base, power in parts))
        terms = sympy.Poly(numerator, *variables).terms()
        return sympy.Add(
            *(c / outside * self._letter(variables, powers, inner, mean.law) for powers, c in terms)
        )

    def _rewritten(self, part):
        return self.rewrite(part) if isinstance(part, Mean) else part

    def _common(self, parts, law):
        """(denominator, power) of a mean with one, or with none where the others over its law
        have one; else None.
        """
        known = [base for base, other in self.highest if other == law]
        if not parts and len(known) == 1:
            return known[0], 0
        return parts[0] if len(parts) == 1 and parts[0][0] in known else None

    def _over_highest(self, numerator, outside, base, power, variables, law):
        highest = self.highest[base, law]
        terms = sympy.Poly(sympy.expand(numerator * base ** (highest - power)), *variables).terms()
        return sympy.Add(
            *(
                c / outside * self._letter(variables, powers, base**highest, law)
                for powers, c in terms
            )
        )

    def _over_powers(self, numerator, outside, base, power, variables, law):
        """numerator/(outside base^power) with `base` in place of the eigenvalue that it is
        solved for.
        """
        solved = _solved_for(base)
        if solved is None:
            return self._over_powers_as_they_are(numerator, outside, base, power, variables, law)
        slope, rest = sympy.Poly(base, solved).all_coeffs()
        others = tuple(v for v in variables if v != solved)
        scaled = sympy.Poly(numerator, solved)
        degree = scaled.degree()
        # numerator * slope^degree, a polynomial in D and the other variables
        put = sum(c * (INSIDE - rest) ** k * slope ** (degree - k) for (k,), c in scaled.terms())
        terms = sympy.Poly(sympy.expand(put), INSIDE, *others).terms()
        return sympy.Add(
            *(
                c
                / (outside * slope**degree)
                * self._letter(others, rest_of, base ** (power - k), law)
                for (k, *rest_of), c in terms
            )
        )

    def _over_powers_as_they_are(self, numerator, outside, base, power, variables, law):
        terms = sympy.Poly(numerator, *variables).terms()
        return sympy.Add(
            *(
                c / outside * self._letter(variables, powers, base**power, law)
                for powers, c in terms
            )
        )

    def _letter(self, variables, powers, inner, law):
        monomial = sympy.Mul(*(v**k for v, k in zip(variables, powers, strict=True)))
        integrand = monomial / inner
        if not any(map(is_bound, integrand.free_symbols)):
            return integrand
        if (integrand, law) not in self.letters:
            letter = sympy.Symbol(f"<{integrand}, {law}>", **self._sign(monomial, integrand, law))
            self.letters[integrand, law], self.reading[letter] = letter, Mean(integrand, law)
        return self.letters[integrand, law]

    def _sign(self, monomial, integrand, law):
        """What a letter's sign is known to be: a mean of what is positive where one living
        eigenvalue is, is positive.
        """
        zeros = {s for s in monomial.free_symbols if not s.is_positive}
        living_here = {s for s, other in self.alive if other == law}
        if integrand.is_positive or (
            _is_nonnegative(integrand) and len(zeros) <= 1 and zeros <= living_here
        ):
            return {"positive": True}
        return {"nonnegative": True} if _is_nonnegative(integrand) else {"real": True}


def _is_linear(base):
    """Whether it is of degree one in all its bound variables together: then there is nothing to
    factor.
    """
    bound = [s for s in base.free_symbols if is_bound(s)]
    return base.is_polynomial(*bound) and sympy.Poly(base, *bound).total_degree() == 1


@lru_cache(maxsize=4096)
def _factors(denominator):
    """(the part free of bound variables, [(base, power), ...] for the rest)."""
    outside, parts = sympy.Integer(1), {}
    for factor in sympy.Mul.make_args(sympy.factor_terms(denominator)):
        base, power = factor.as_base_exp()
        if not any(map(is_bound, base.free_symbols)):
            outside *= factor
            continue
        content, bases = (1, [(base, 1)]) if _is_linear(base) else sympy.factor_list(base)
        outside *= content**power
        for inner, times in bases:
            if any(map(is_bound, inner.free_symbols)):
                inner = sympy.expand(inner)
                parts[inner] = parts.get(inner, 0) + times * power
            else:
                outside *= inner ** (times * power)
    return outside, list(parts.items())


def _split(integrand, bases):
    """The partial fractions of an integrand whose denominators are linear in one eigenvalue, or
    None.
    """
    solved = {_solved_for(base) for base in bases}
    if len(solved) > 1 or None in solved:
        return None
    fractions = sympy.Add.make_args(sympy.apart(sympy.together(integrand), *solved))
    return (
        fractions
        if all(len(_factors(sympy.fraction(sympy.together(f))[1])[1]) < 2 for f in fractions)
        else None
    )


def _solved_for(base):
    """The eigenvalue that a linear denominator is solved for: the last of those in it."""
    inside = sorted(
        (s for s in base.free_symbols if is_bound(s)),
        key=lambda s: (s.kind != "eigenvalue", str(s)),
    )
    eigenvalues = [s for s in inside if s.kind == "eigenvalue" and s.default is None]
    linear = [
        s
        for s in eigenvalues
        if base.is_polynomial(s)
        and sympy.degree(base, s) == 1
        and not any(map(is_bound, sympy.Poly(base, s).LC().free_symbols))
    ]
    return linear[-1] if linear else None


def _is_nonnegative(integrand):
    """By the signs of letters alone: even powers of coordinates, and sums of non-negative parts
    below.
    """
    return all(
        base.is_nonnegative
        or (power.is_Integer and power % 2 == 0)
        or (base.is_Add and all(term.is_nonnegative for term in base.args))
        for base, power in (factor.as_base_exp() for factor in sympy.Mul.make_args(integrand))
    )
