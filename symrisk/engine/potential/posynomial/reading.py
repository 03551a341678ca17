"""Potentials of products of powers read off expressions: what each term contributes."""

from collections.abc import Sequence

import sympy

from symrisk.engine.expressions.mean import Mean
from symrisk.engine.potential.posynomial.monomials import monomials
from symrisk.engine.potential.posynomial.shape import check_shape
from symrisk.engine.unknowns.posynomial import Logarithm, Posynomial
from symrisk.errors import ArgumentError

NO_TERM = (
    "is no term of a potential: mass*Mean(log(...), H), cost*c or -pull*log(c); in place of c, any "
    "product of whole powers of the unknowns"
)


def read_posynomial(unknowns: Sequence[sympy.Symbol], expression: sympy.Expr) -> Posynomial:
    """The Posynomial that an expression is; ArgumentError names the term that does not fit."""
    read = _Reading(tuple(unknowns))
    for term in sympy.Add.make_args(expression):
        read.take(term)
    return read.whole()


class _Reading:
    """What has been read of a potential so far."""

    def __init__(self, unknowns):
        self.unknowns = unknowns
        self.logarithms, self.costs = [], {}
        self.pulls = dict.fromkeys(unknowns, sympy.S.Zero)

    def take(self, term):
        """One term: a logarithm, or costs."""
        factors = sympy.Mul.make_args(term)
        logs = [factor for factor in factors if _is_logarithm(factor)]
        if len(logs) == 1:
            self._logarithm(term, term / logs[0], logs[0])
        elif logs:
            raise ArgumentError(f"{term} {NO_TERM}")
        else:
            self._costs(term)

    def _costs(self, term):
        for mean in term.atoms(Mean):
            if mean.free_symbols & set(self.unknowns):
                raise ArgumentError(f"{term} {NO_TERM}")
        found = monomials(term, self.unknowns)
        if found is None or any(not any(powers) for _, powers in found):
            raise ArgumentError(f"{term} {NO_TERM}")
        for weight, powers in found:
            if not weight.is_nonnegative:
                raise ArgumentError(
                    f"{term}: the costs of a potential are non-negative by their letters; "
                    f"{weight} is not"
                )
            self.costs[powers] = self.costs.get(powers, sympy.S.Zero) + weight

    def _logarithm(self, term, mass, factor):
        if mass.free_symbols & set(self.unknowns):
            names = ", ".join(map(str, self.unknowns))
            raise ArgumentError(f"{term}: the mass of a potential is free of {names}")
        law = factor.law if isinstance(factor, Mean) else None
        inside = (factor.integrand if law is not None else factor).args[0]
        terms = monomials(inside, self.unknowns)
        if terms is None or not inside.free_symbols & set(self.unknowns):
            raise ArgumentError(
                f"log({inside}): a potential's logarithm is of a sum of products of whole powers "
                f"of its unknowns"
            )
        for part, _ in terms:
            if not (part.is_nonnegative or part.is_zero):
                raise ArgumentError(
                    f"log({inside}): the parts of a potential's logarithm are non-negative by "
                    f"their letters; {part} is not"
                )
        common = tuple(map(min, zip(*(powers for _, powers in terms), strict=True)))
        for unknown, power in zip(self.unknowns, common, strict=True):
            self.pulls[unknown] -= power * mass
        if len(terms) == 1 and terms[0][0].is_positive:
            return
        if not mass.is_nonnegative:
            raise ArgumentError(
                f"{term}: the mass of a potential is non-negative by its letters; {mass} is not"
            )
        lowered = []
        for part, powers in terms:
            lowered.append((part, tuple(x - y for x, y in zip(powers, common, strict=True))))
        self.logarithms.append(Logarithm(mass, tuple(lowered), law))

    def whole(self):
        """The potential that has been read, once it may have a minimiser at all."""
        pulls = tuple(self.pulls.values())
        found = Posynomial(self.unknowns, tuple(self.logarithms), self._paired(), pulls)
        for place, (unknown, pull) in enumerate(self.pulls.items()):
            powers = {bend[place] for bend in _powers(found.shape)}
            if pull == 0 and (min(powers, default=0) >= 0 or max(powers, default=0) <= 0):
                raise ArgumentError(
                    f"a potential pulls each unknown by -n*log(c); nothing pulls {unknown}"
                )
        check_shape(found.shape, [str(unknown) for unknown in self.unknowns])
        return found

    def _paired(self):
        return tuple((weight, powers) for powers, weight in self.costs.items())


def _is_logarithm(factor):
    """log(...), or the mean of one."""
    if isinstance(factor, Mean):
        return isinstance(factor.integrand, sympy.log)
    return isinstance(factor, sympy.log)


def _powers(shape):
    """The powers of all terms, of logarithms and of costs."""
    found = list(shape.costs)
    for terms in shape.logarithms:
        found += terms
    return found
