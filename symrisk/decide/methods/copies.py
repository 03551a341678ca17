"""A product of means over one law is one mean over independent copies of its variable.

E f(X) E g(X) = E f(X) g(Y) for independent X and Y of the law, and as they may change places, the
mean of (f(X) g(Y) + f(Y) g(X))/2.  So a polynomial in means is the mean of a symmetric function of
as many copies as its degree is; of these the first may be taken for the smallest, X, X + s, ...
with s >= 0, and where the function is not negative there its mean is not: an inequality for every
law.  A mean alone is that of one copy.
"""

from itertools import permutations

import sympy

from symrisk.decide.certificate import table
from symrisk.decide.defined import refuse_undefined
from symrisk.decide.method import Method
from symrisk.decide.methods.discriminant import discriminant
from symrisk.decide.methods.positive import positive
from symrisk.decide.methods.sign_table import sign_table
from symrisk.decide.methods.sturm import sturm
from symrisk.decide.problem import Problem
from symrisk.decide.verdict import Verdict
from symrisk.engine.algebra.rational import Field
from symrisk.engine.expressions.mean import Mean, is_bound
from symrisk.errors import NoMethod, SymriskError
from symrisk.language.claim import Claim
from symrisk.language.region import Region
from symrisk.language.relation import Relation
from symrisk.symbols import symbol

NAME = "copies"
MOST_COPIES = 3
SIGNS = (positive, sturm, sign_table, discriminant)


def copies(problem):
    """Proved when the integrand over independent copies has the sign; None where sides are no
    polynomials in means over one law, or the integrand's sign is not shown.

    >>> from symrisk import Claim, Mean, Region, prove
    >>> from symrisk.symbols import H, kappa, tau
    >>> df1, df2 = (Mean((tau/(tau + kappa))**k, H) for k in (1, 2))
    >>> jensen = Claim("the square of a mean is no more than the mean of squares", df1**2, "<=", df2, on=Region(over=(kappa, H)))
    >>> print(prove(jensen))
    the square of a mean is no more than the mean of squares: proved by copies
      the mean over 2 independent copies tau_1 <= tau_2 = tau_1 + s_2 of H of
      (...kappa^2*s_2^2)/(...) >= 0...
    """  # noqa: E501
    if problem.is_equation or problem.is_limit:
        return None
    try:
        return _decided(problem)
    except (NoMethod, sympy.PolynomialError):
        return None


def _decided(problem):
    left, right = problem.sides
    gap = right - left if problem.relation.rel in ("<", "<=") else left - right
    means = sorted(gap.atoms(Mean), key=str)
    bound = {s for mean in means for s in mean.integrand.free_symbols if is_bound(s)}
    laws = {mean.law for mean in means}
    is_simple = len(laws) == 1 and len(bound) == 1 and all(law.is_Symbol for law in laws)
    if not is_simple or any(mean.integrand.has(Mean) for mean in means):
        return None
    if not all(_is_where_it_lies(problem, name) for name in gap.free_symbols - laws):
        return None
    (variable,), (law,) = bound, laws
    terms = _products(gap, means)
    count = max((sum(powers) for powers, _ in terms), default=0)
    if not 1 <= count <= MOST_COPIES:
        return None
    for is_positive in (False, True) if _has_pole_at_zero(means, variable) else (False,):
        places = _places(variable, count, is_positive)
        integrand = _symmetrised(terms, means, variable, places)
        verdict = _with(problem, law, variable, places, integrand)
        if verdict is not None:
            return verdict
    return None


def _is_where_it_lies(problem, name):
    """Whether a name is an input, or a root whose interval gives it the sign of its letter."""
    if name not in problem.claim.unknowns:
        return True
    root = problem.claim.roots.get(name)
    low = None if root is None else root.between[0]
    return low is not None and low.is_number and low >= 0


def _products(gap, means):
    """[(how often each mean is a factor, coefficient), ...]."""
    letters = [sympy.Dummy() for _ in means]
    plain = sympy.expand(gap.xreplace(dict(zip(means, letters, strict=True))))
    return sympy.Poly(plain, *letters).terms()


def _has_pole_at_zero(means, variable):
    """Whether an integrand has no value at zero, where then the law has no mass."""
    below = (sympy.fraction(sympy.together(mean.integrand))[1] for mean in means)
    return any(part.subs(variable, 0) == 0 for part in below)


def _places(variable, count, is_positive):
    """The copies in order: the smallest, and each as much larger as a letter says."""
    known = {"real": True}
    if variable.is_positive or is_positive:
        known = {"positive": True}
    elif variable.is_nonnegative:
        known = {"nonnegative": True}
    place = symbol(f"{variable}_1", f"{variable}_1", "a copy of the variable", **known)
    found = [place]
    for k in range(2, count + 1):
        place += symbol(f"s_{k}", f"s_{k}", "how much larger the next one is", nonnegative=True)
        found.append(place)
    return found


def _symmetrised(terms, means, variable, places):
    """The mean, over all orders of the copies, of each product with one copy a factor."""
    total = sympy.Integer(0)
    orders = list(permutations(places))
    for powers, coefficient in terms:
        factors = []
        for mean, power in zip(means, powers, strict=True):
            factors += [mean.integrand] * power
        for order in orders:
            product = coefficient / sympy.Integer(len(orders))
            for factor, place in zip(factors, order, strict=False):
                product *= factor.xreplace({variable: place})
            total += product
    return total


def _with(problem, law, variable, places, integrand):
    """The verdict by an integrand whose sign a method shows, or None."""
    names = {str(s) for s in problem.space.symbols} | {str(s) for s in problem.region.symbols}
    own = places[-1].free_symbols
    if names & {str(s) for s in own}:
        return None
    letters = tuple(sorted(integrand.free_symbols | own, key=str))
    ratio = Field.over(letters).convert(integrand)
    plain = [r for r in problem.region.premises if _is_plain(problem, r)]
    on = Region(*(Relation(r.slack, r.slack_rel, 0) for r in plain), over=letters)
    relation = ">" if problem.strict else ">="
    inner = Claim(problem.claim.says, ratio.expression(), relation, 0, on=on)
    certificate = _proof_of(inner)
    if certificate is None:
        return None
    entry = {
        "method": NAME,
        "law": str(law),
        "variable": str(variable),
        "copies": len(places),
        "strict": problem.strict,
        "positive": bool(places[0].is_positive),
        "numerator": table(ratio.field, ratio.num),
        "denominator": table(ratio.field, ratio.den),
        "certificate": certificate,
    }
    return Verdict(problem.claim, "proved", NAME, entry)


def _is_plain(problem, relation):
    """Whether a hypothesis speaks of letters that are numbers alone."""
    slack = relation.slack
    is_number = not slack.has(Mean) and slack.is_rational_function()
    return is_number and all(_is_where_it_lies(problem, name) for name in slack.free_symbols)


def _proof_of(claim):
    """The certificate by which one of the methods for signs proves a claim about numbers."""
    try:
        if claim.parts != (claim,):
            return None
        problem = Problem(claim)
        refuse_undefined(problem)
        for method in SIGNS:
            verdict = method(problem)
            if verdict is not None and verdict.status == "proved":
                return verdict.certificate
    except SymriskError:
        return None
    return None


METHOD = Method(copies, turn=78)
