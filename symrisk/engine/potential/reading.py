"""Determinantal potentials read off an expression: what each term contributes."""

from collections.abc import Sequence

import sympy

from symrisk.engine.expressions.mean import Mean, is_bound
from symrisk.engine.potential.posynomial.reading import read_posynomial
from symrisk.engine.unknowns.posynomial import Posynomial
from symrisk.engine.unknowns.potential import Potential
from symrisk.errors import ArgumentError

NO_TERM = "is no term of a potential: mass*Mean(log(...), H), cost*c or -pull*log(c)"


def read_potential(
    unknowns: Sequence[sympy.Symbol], expression: sympy.Expr
) -> Potential | Posynomial:
    """The potential that an expression is: one mean of a logarithm of what is linear in the
    unknowns, or else products of their powers; ArgumentError names the term that does not fit.
    """
    try:
        return _read_linear(tuple(unknowns), expression)
    except ArgumentError:
        # What is wrong with it is said of the wider form.
        return read_posynomial(unknowns, expression)


def _read_linear(unknowns, expression):
    costs, pulls, logarithms = (
        dict.fromkeys(unknowns, sympy.S.Zero),
        dict.fromkeys(unknowns, sympy.S.Zero),
        [],
    )
    for term in sympy.Add.make_args(expression):
        if not any(_kind(term, unknown, costs, pulls) for unknown in unknowns):
            logarithms.append(term)
    strange = [term for term in logarithms if not term.atoms(Mean)]
    if strange:
        raise ArgumentError(f"{strange[0]} {NO_TERM}")
    if len(logarithms) != 1:
        raise ArgumentError(
            f"a potential has one mean of a logarithm; not "
            f"{', '.join(map(str, logarithms)) or 'none'}"
        )
    mass, mean = _mean_of_logarithm(logarithms[0], unknowns)
    floor, rates = _linear(mean.integrand.args[0], unknowns)
    for unknown in unknowns:
        if pulls[unknown] == 0:
            raise ArgumentError(
                f"a potential pulls each unknown by -n*log(c); nothing pulls {unknown}"
            )
    return Potential(
        unknowns, mass, floor, rates, tuple(costs.values()), tuple(pulls.values()), mean.law
    )


def _kind(term, unknown, costs, pulls):
    """Whether a term is a cost or a pull of the unknown; it is then noted."""
    for factor, note, sign in ((unknown, costs, 1), (sympy.log(unknown), pulls, -1)):
        coefficient = term.coeff(factor)
        if (
            coefficient != 0
            and coefficient * factor == term
            and not coefficient.has(unknown)
            and not term.atoms(Mean)
        ):
            note[unknown] += sign * coefficient
            return True
    return False


def _mean_of_logarithm(term, unknowns):
    means = [factor for factor in sympy.Mul.make_args(term) if isinstance(factor, Mean)]
    if len(means) != 1 or not isinstance(means[0].integrand, sympy.log):
        raise ArgumentError(f"{term} {NO_TERM}")
    mass = term / means[0]
    if mass.free_symbols & set(unknowns):
        raise ArgumentError(
            f"{term}: the mass of a potential is free of {', '.join(map(str, unknowns))}"
        )
    return mass, means[0]


def _linear(inside, unknowns):
    """(floor, rates) of what the logarithm is of."""
    try:
        polynomial = sympy.Poly(inside, *unknowns)
    except sympy.PolynomialError as error:
        raise ArgumentError(
            f"log({inside}): a potential's logarithm is of what is linear in its unknowns"
        ) from error
    if polynomial.total_degree() > 1:
        raise ArgumentError(
            f"log({inside}): a potential's logarithm is of what is linear in its unknowns"
        )
    parts = (
        polynomial.coeff_monomial(1),
        *(polynomial.coeff_monomial(unknown) for unknown in unknowns),
    )
    for part in parts:
        if not (part.is_nonnegative or part.is_zero):
            raise ArgumentError(
                f"log({inside}): the parts of a potential's logarithm are non-negative by their "
                f"letters; "
                f"{part} is not"
            )
    if not any(is_bound(s) for s in inside.free_symbols):
        raise ArgumentError(f"log({inside}) varies with no eigenvalue")
    return parts[0], parts[1:]
