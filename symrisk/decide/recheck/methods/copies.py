"""Copies again: at random laws the printed integrand, summed over all atoms of each copy, is the
difference of the sides; and that it has the sign is a claim about numbers with its own certificate.
"""

import random
from fractions import Fraction
from itertools import product

import sympy

from symrisk.decide import read
from symrisk.decide.certificate import shown
from symrisk.decide.letters import Letters
from symrisk.decide.proof import Proof
from symrisk.decide.recheck.arithmetic import exact, quotient_at
from symrisk.decide.recheck.chart import check_spelling
from symrisk.decide.recheck.shape import table
from symrisk.decide.witnesses.laws import check_at_drawn_laws, value
from symrisk.engine.expressions.demands import DIVISOR, demands
from symrisk.engine.expressions.mean import Mean, is_bound
from symrisk.errors import NoMethod, NotProved
from symrisk.language.claim import Claim
from symrisk.language.region import Region
from symrisk.language.relation import Relation
from symrisk.symbols import symbol

LAWS, TRIES, ATOMS, LARGEST = 3, 20, 4, 10**6


def check_copies(problem, certificate):
    """NotProved where the printed integrand has another mean than the difference of the sides; the
    claim that it has its sign, with its certificate.
    """
    says = problem.claim.says
    if problem.is_equation or problem.is_limit or certificate["strict"] != problem.strict:
        raise NotProved(f"{says}: another relation is claimed than the certificate is of")
    law, variable = _law_and_variable(problem, certificate)
    letters = _letters(problem, certificate, law, variable)
    _check_mean(problem, certificate, law, variable)
    if not any(name in problem.claim.unknowns for name in problem.claim.roots):
        check_at_drawn_laws(problem)
    integrand = _expression(certificate["numerator"], letters) / _expression(
        certificate["denominator"], letters
    )
    used = {letters[name] for part in PARTS for name in certificate[part]["variables"]}
    on = Region(*_hypotheses(problem), over=tuple(sorted(used | _own(letters), key=str)))
    inner = Claim(says, integrand, ">" if problem.strict else ">=", 0, on=on)
    return [(inner, certificate["certificate"])]


def _law_and_variable(problem, certificate):
    """The one law, and the one variable that the means over it bind."""
    means = set().union(*(side.atoms(Mean) for side in problem.sides))
    laws = {mean.law for mean in means}
    bound = set()
    for mean in means:
        bound |= {s for s in mean.integrand.free_symbols if is_bound(s)}
    if ([str(law) for law in laws], [str(s) for s in bound]) != (
        [certificate["law"]],
        [certificate["variable"]],
    ):
        raise NotProved(f"{problem.claim.says}: it is no claim about one law's one variable")
    if not all(law.is_Symbol for law in laws):
        raise NotProved(f"{problem.claim.says}: the law is known")
    return laws.pop(), bound.pop()


def _letters(problem, certificate, law, variable):
    """{name: letter} of the integrand: numbers of the claim, the smallest copy, and how much
    larger the next are."""
    says, count = problem.claim.says, certificate["copies"]
    known = {}
    for side in problem.sides:
        for letter in side.free_symbols - {law}:
            _check_letter(problem, letter)
            known[str(letter)] = letter
    own = [f"{variable}_1", *(f"s_{k}" for k in range(2, count + 1))]
    if count < 1 or any(name in known for name in own):
        raise NotProved(f"{says}: the copies have no names of their own")
    sign = {"real": True}
    may_differ = _keeps_off_zero(problem, variable)
    if certificate["positive"] != bool(variable.is_positive) and not may_differ:
        raise NotProved(f"{says}: the law may have mass at zero, or is said to")
    if certificate["positive"]:
        sign = {"positive": True}
    elif variable.is_nonnegative:
        sign = {"nonnegative": True}
    known[own[0]] = symbol(own[0], own[0], "a copy of the variable", **sign)
    for name in own[1:]:
        known[name] = symbol(name, name, "how much larger the next one is", nonnegative=True)
    for part in PARTS:
        if not set(certificate[part]["variables"]) <= known.keys():
            raise NotProved(f"{says}: the integrand speaks of other letters")
        check_spelling(says, certificate[part], set())
    return {**known, "": tuple(known[name] for name in own)}


def _own(letters):
    return set(letters[""])


def _check_letter(problem, letter):
    """NotProved for a name that is no input and need not have the sign of its letter."""
    if letter not in problem.claim.unknowns:
        return
    root = problem.claim.roots.get(letter)
    if root is None or not root.between[0].is_number or root.between[0] < 0:
        raise NotProved(f"{problem.claim.says}: the sign of {letter} is not known")


def _keeps_off_zero(problem, variable):
    """Whether something that a mean needs vanishes at zero, where the law then has no mass."""
    for side in problem.sides:
        for demand in demands(side):
            at_zero = demand.base.xreplace({variable: sympy.Integer(0)})
            if demand.wanted == DIVISOR and demand.law is not None and at_zero == 0:
                return True
    return False


def _check_mean(problem, certificate, law, variable):
    """NotProved where, at a random law, the integrand's mean over the copies is not the gap."""
    draw, seen = random.Random(13), 0
    names = set().union(*(side.free_symbols for side in problem.sides)) - {law}
    for _ in range(TRIES):
        point = {s: Fraction(draw.randint(1, LARGEST), 7) for s in sorted(names, key=str)}
        shares = [draw.randint(1, LARGEST) for _ in range(ATOMS)]
        atoms = [
            ({variable: Fraction(draw.randint(1, LARGEST), 11)}, Fraction(share, sum(shares)))
            for share in shares
        ]
        try:
            left, right = (value(side, point, {law: atoms}) for side in problem.sides)
            mean = _mean(certificate, point, variable, atoms)
        except (ZeroDivisionError, NoMethod):
            continue
        gap = right - left if problem.relation.rel in ("<", "<=") else left - right
        if exact(gap) != mean:
            raise NotProved(f"{problem.claim.says}: the integrand is not that of the sides")
        seen += 1
        if seen == LAWS:
            return
    raise NotProved(f"{problem.claim.says}: no random law was found at which its sides have values")


def _mean(certificate, point, variable, atoms):
    """The sum over an atom for each copy, these put in order."""
    known = {str(s): exact(number) for s, number in point.items()}
    total = exact(Fraction(0))
    for chosen in product(atoms, repeat=certificate["copies"]):
        places = sorted(values[variable] for values, _ in chosen)
        weight = Fraction(1)
        for _, share in chosen:
            weight *= share
        values = {**known, f"{variable}_1": exact(places[0])}
        for k in range(1, len(places)):
            values[f"s_{k + 1}"] = exact(places[k] - places[k - 1])
        total = total + exact(weight) * quotient_at(certificate, values)
    return total


def _hypotheses(problem):
    """The hypotheses that speak of numbers alone."""
    found = []
    for relation in problem.region.premises:
        slack = relation.slack
        if slack.has(Mean) or not slack.is_rational_function():
            continue
        try:
            for letter in slack.free_symbols:
                _check_letter(problem, letter)
        except NotProved:
            continue
        found.append(Relation(slack, relation.slack_rel, 0))
    return found


def _expression(poly_table, letters):
    total = sympy.Integer(0)
    for exponents, coefficient in poly_table["terms"]:
        term = sympy.Rational(coefficient)
        for name, exponent in zip(poly_table["variables"], exponents, strict=True):
            term *= letters[name] ** exponent
        total += term
    return total


def _reads(certificate):
    """The integrand; how its sign is shown is read in its own certificate."""
    count, variable = certificate["copies"], certificate["variable"]
    named = [f"{variable}_1"]
    for k in range(2, count + 1):
        named.append(f"{variable}_{k} = {variable}_{k - 1} + s_{k}")
    of = f"{count} independent copies {' <= '.join(named)} of {certificate['law']}"
    if count == 1:
        of = f"{named[0]} of {certificate['law']}"
    rel = ">" if certificate["strict"] else ">="
    top, bottom = (shown(certificate[part]) for part in PARTS)
    return [f"  the mean over {of} of", f"  ({top})/({bottom}) {rel} 0"]


def _tells(certificate: dict, letters: Letters) -> list[str]:
    """The integrand as a fraction, and how it has its sign."""
    count, variable = certificate["copies"], certificate["variable"]
    x = letters.name(variable)
    known = {f"{variable}_1": f"{x}_{{(1)}}", **letters.known}
    own = Letters(known)
    steps = ", ".join(f"{x}_{{({k})}} = {x}_{{({k - 1})}} + s_{k}" for k in range(2, count + 1))
    law = letters.name(certificate["law"])
    ordered = f", which may be put in order, ${steps}$ with $s_k \\ge 0$" if steps else ""
    inner = certificate["certificate"]
    below = read.explained(inner)
    return [
        f"Let ${x}_{{(1)}}, \\dots$ be {count} independent copies of the variable of "
        f"${law}${ordered}. The larger side minus the smaller is the mean of\n\\[\n"
        f"{own.quotient({part: certificate[part] for part in PARTS})},\n\\]\nwhich is "
        f"{'positive' if certificate['strict'] else 'not negative'}:",
        "\\begin{verbatim}\n" + "\n".join(below) + "\n\\end{verbatim}",
    ]


PARTS = ("numerator", "denominator")
FIELDS = {
    "law": str,
    "variable": str,
    "copies": (1, 2, 3),
    "strict": bool,
    "positive": bool,
    "numerator": table,
    "denominator": table,
    "certificate": dict,
}
BY_COPIES = Proof("copies", FIELDS, check_copies, _reads, _tells)
