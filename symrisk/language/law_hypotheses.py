"""What must hold of the letters of laws for them to be laws."""

from collections.abc import Iterable

import sympy

from symrisk.engine.expressions.mean import Mean
from symrisk.language.relation import Relation
from symrisk.laws.law import Law


def hypotheses_of_laws(expressions: Iterable[sympy.Basic]) -> tuple[Relation, ...]:
    """The conditions of every law that means in the expressions are taken over, each once."""
    found = {}
    for expression in expressions:
        for mean in sorted(expression.atoms(Mean), key=str):
            conditions = mean.law.conditions if isinstance(mean.law, Law) else ()
            for value, strict in conditions:
                found[Relation(value, ">" if strict else ">=", sympy.Integer(0))] = None
    return tuple(found)
