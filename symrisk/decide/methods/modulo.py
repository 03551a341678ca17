"""An equation about names that solve equations: it holds where the difference of its sides lies in
the ideal of those.

The difference's numerator is written as a sum of cofactors times the equations, which vanish, in
every case of every system.  The cofactors come from division, and where that leaves a rest, from
Buchberger's algorithm, which keeps track of them.
"""

from itertools import combinations

from sympy import QQ
from sympy.polys.orderings import grevlex
from sympy.polys.rings import ring

from symrisk.decide.certificate import table
from symrisk.decide.equations import cases, frame, systems, unseen
from symrisk.decide.method import Method
from symrisk.decide.verdict import Verdict
from symrisk.decide.witnesses.laws import speaks_of_laws
from symrisk.decide.witnesses.witness import definitions
from symrisk.engine.algebra.rational import to_fmpq, to_rational

NAME = "modulo"
MOST_PAIRS, MOST_TERMS, MOST_CASES = 40, 2000, 16


def not_used(problem):
    """What is to be said of names of which no proof knows more than a letter's sign."""
    opaque, reasons = unseen(problem.claim), []
    names = sorted(str(name) for name, root in opaque.items() if root.cases())
    if names:
        verb = "solve" if len(names) > 1 else "solves"
        together = ", ".join(names)
        if problem.is_equation:
            ideal = f"the ideal of the equations that {together} {verb}"
            reasons.append(f"the difference of the sides is not seen to lie in {ideal}")
        else:
            reasons.append(f"{together} {verb} equations, which no method uses for an inequality")
    for name in sorted(opaque.keys(), key=str):
        if not opaque[name].cases():
            reasons.append(f"{name} {opaque[name].solves}: it was taken for any letter")
    return tuple(reasons)


def modulo(problem):
    """Proved where the gap's numerator is a combination of the equations that names of the claim
    solve; else None.
    """
    claim = problem.claim
    if (
        problem.strict
        or speaks_of_laws(problem)
        or not systems(claim)
        or len(cases(claim)) > MOST_CASES
    ):
        return None
    space = frame(problem)
    left, right = map(space.convert, problem.sides)
    gap = left - right
    names = [f"x{i}" for i in range(len(space.symbols))]
    order = sorted(range(len(names)), key=lambda i: (space.symbols[i] not in definitions(claim), i))
    polynomials = ring([names[i] for i in order], QQ, grevlex)[0]

    def into(poly):
        terms = {
            tuple(int(e[i]) for i in order): QQ(int(c.p), int(c.q))
            for e, c in poly.to_dict().items()
        }
        return polynomials.from_dict(terms)

    def back(poly):
        width = len(space.field.symbols)
        terms = {}
        for exponents, coefficient in poly.terms():
            powers = dict(zip(order, exponents, strict=True))
            monomial = tuple(powers.get(i, 0) for i in range(width))
            terms[monomial] = to_fmpq(to_rational(coefficient))
        return space.field.context.from_dict(terms)

    entries = []
    for equations in cases(claim):
        tops = [
            top
            for top in (space.convert(equation).num for equation in equations)
            if not top.is_zero()
        ]
        found = cofactors(into(gap.num), list(map(into, tops)))
        if found is None:
            return None
        entries.append(
            [
                {"equation": table(space.field, e), "cofactor": table(space.field, back(q))}
                for e, q in zip(tops, found, strict=True)
            ]
        )
    certificate = {
        "method": NAME,
        "numerator": table(space.field, gap.num),
        "denominator": table(space.field, gap.den),
        "cases": entries,
    }
    return Verdict(claim, "proved", NAME, certificate)


def cofactors(wanted, equations):
    """q with wanted = sum q_k equations_k, polynomials of one ring; None where none are found
    within the budget.
    """
    if not equations:
        return None
    zero, one = equations[0].ring.zero, equations[0].ring.one
    basis = list(equations)
    lifts = [
        [one if i == k else zero for i in range(len(equations))] for k in range(len(equations))
    ]
    waiting = list(combinations(range(len(basis)), 2))
    for _ in range(MOST_PAIRS + 1):
        quotients, rest = wanted.div(basis)
        if rest == 0:
            return _combined(quotients, lifts)
        grown = False
        while waiting and not grown:
            grown = _grow(basis, lifts, *waiting.pop(0), waiting)
        if not grown:
            return None
    return None


def _grow(basis, lifts, i, j, waiting):
    """Add what an S-polynomial leaves, with its cofactors; False where it leaves nothing, or more
    than is worked with.
    """
    common = _lcm(basis[i].LM, basis[j].LM)
    first, second = (_monomial(basis[k], common) for k in (i, j))
    quotients, rest = (basis[i] * first - basis[j] * second).div(basis)
    if rest == 0 or len(rest) > MOST_TERMS:
        return False
    reduced = _combined(quotients, lifts)
    lifts.append(
        [a * first - b * second - c for a, b, c in zip(lifts[i], lifts[j], reduced, strict=True)]
    )
    basis.append(rest)
    waiting += [(k, len(basis) - 1) for k in range(len(basis) - 1)]
    return True


def _lcm(one, other):
    return tuple(map(max, one, other))


def _monomial(poly, common):
    """What brings a polynomial's leading term to 1 times the common monomial."""
    powers = tuple(c - e for c, e in zip(common, poly.LM, strict=True))
    return poly.ring.from_dict({powers: 1 / poly.LC})


def _combined(quotients, lifts):
    return [
        sum((q * lift[k] for q, lift in zip(quotients, lifts, strict=True)), lifts[0][0].ring.zero)
        for k in range(len(lifts[0]))
    ]


METHOD = Method(modulo, turn=30)
