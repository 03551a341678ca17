"""What a least value is: where, how large, and on which condition."""

from dataclasses import dataclass

import sympy

from symrisk.decide.verdict import Verdict
from symrisk.derive.answer import Answer
from symrisk.derive.named import named_root
from symrisk.engine.expressions import tex
from symrisk.language.relation import Relation

SYMPY = {"<": sympy.Lt, "<=": sympy.Le, ">": sympy.Gt, ">=": sympy.Ge}


@dataclass(frozen=True)
class Extremum(Answer):
    """The least value along `name`: at `point`, where it is `value`, as long as `condition` holds.

    condition: a Relation, or None where it always holds.  otherwise: the Extremum where the
    condition fails. attained: False where `value` is an infimum: the quantity is larger everywhere,
    and tends to it as `name` tends to `point`, an end that is open or infinite.  verdict: the
    evidence, claims with their certificates.  where: pairs (name, what it solves) of the implicit
    names that the value is written in: `Formula(symbol, value, where=dict(where))` evaluates it.

    Printed, a root that point and value share is named once, in a `where`.
    """

    name: sympy.Symbol
    point: sympy.Expr
    value: sympy.Expr
    condition: Relation | None = None
    otherwise: "Extremum | None" = None
    attained: bool = True
    verdict: Verdict | None = None
    where: tuple = ()

    def by_cases(self) -> tuple[sympy.Expr, sympy.Expr]:
        """(point, value) as definitions by cases, to be evaluated or put into a formula.

        >>> from symrisk import minimizer
        >>> from symrisk.symbols import n1, p, snr, ssr
        >>> from symrisk.theorems.transfer.comparison import tuned_risk
        >>> point, value = minimizer(tuned_risk, n1).by_cases()
        >>> point.subs({p: 600, snr: 5, ssr: sympy.Rational(1, 5)}).evalf(6)
        299.250
        """
        if self.otherwise is None:
            return self.point, self.value
        holds = SYMPY[self.condition.rel](*self.condition.expanded)
        point, value = self.otherwise.by_cases()
        return (
            sympy.Piecewise((self.point, holds), (point, True)),
            sympy.Piecewise((self.value, holds), (value, True)),
        )

    def __repr__(self):
        (point, value), root = named_root(self.point, self.value)
        where = "" if root is None else f", where {root[0]} = {tex.text(root[1])}"
        for name, solved in self.where:
            where += f", where {name} is {solved.sentence(tex.text)}"
        when = f" if {self._condition()}" if self.condition is not None else ""
        rest = f"; otherwise {self.otherwise!r}" if self.otherwise is not None else ""
        status = f", {self.verdict.status}" if self.verdict is not None else ""
        infimum = "" if self.attained else ", not attained"
        said = f"{self.name}={tex.text(point)}, value={tex.text(value)}{where}"
        return f"Extremum({said}{infimum}{status}{when}{rest})"

    def latex(self) -> str:
        """Point and value, by cases where there is a condition; under them what a root is."""
        (point, value), root = named_root(self.point, self.value)
        if self.otherwise is None:
            lines = [self._line(point, value)]
        elif self.attained and self.otherwise.attained and self.otherwise.condition is None:
            lines = self._cases(point, value)
        else:
            otherwise = self.otherwise.latex()
            lines = [f"{self._line(point, value)};\\qquad \\text{{else }} {otherwise}"]
        if root is not None:
            letter, meaning = map(tex.latex, root)
            lines.append(f"\\text{{where}}\\quad {letter} &= {meaning}")
        for _, solved in self.where:
            lines.append(f"\\text{{where}}\\quad {solved.latex()}")
        return tex.aligned(lines)

    def _line(self, point, value):
        name, point, value = map(tex.latex, (self.name, point, value))
        when = self._if_latex()
        if self.attained:
            return f"{_starred(name)} &= {point},\\quad \\min = {value}{when}"
        return f"{name} &\\to {point},\\quad \\inf\\ (\\text{{not attained}}) = {value}{when}"

    def _cases(self, point, value):
        name, condition = tex.latex(self.name), self.condition.latex()
        other = self.otherwise
        return [
            f"{_starred(name)} &= {tex.cases(tex.latex(point), condition, tex.latex(other.point))}",
            f"\\min &= {tex.cases(tex.latex(value), condition, tex.latex(other.value))}",
        ]


def _starred(name):
    return f"{name}^*" if "^" not in name else f"\\left({name}\\right)^*"
