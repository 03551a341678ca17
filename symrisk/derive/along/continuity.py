"""A quantity has a value, and does not jump, all along an interval: claims that say so.

Sums, products, quotients, powers, logarithms and means are continuous where they have values, and
so is the only zero of a polynomial between two ends.  What is defined by cases is continuous where
each case is, up to the point where the next one begins, and the two agree there.
"""

from itertools import chain

import sympy

from symrisk.derive.evidence import shown
from symrisk.engine.expressions.limit_of import LimitOf
from symrisk.engine.expressions.mean import Mean
from symrisk.errors import NoMethod
from symrisk.language.relation import Relation, as_relations

KNOWN = (
    LimitOf,
    Mean,
    sympy.Piecewise,
    sympy.Add,
    sympy.Mul,
    sympy.Pow,
    sympy.log,
    sympy.Symbol,
    sympy.Number,
    sympy.NumberSymbol,
)
INEQUALITIES = (sympy.Gt, sympy.Ge, sympy.Lt, sympy.Le)


def continuity(line, expression=None):
    """Verdicts on claims that together say that an expression is defined and continuous along the
    line's variable.

    NoMethod where one of them is not shown.
    """
    expression = line.expression if expression is None else expression
    condition = next(iter(conditions(expression)), None)
    if condition is None:
        return [shown(line.claim(f"{line.title} has a value", expression, "==", expression))]
    (relation,) = as_relations(condition)
    first, then = (expression.subs(condition, truth) for truth in (sympy.true, sympy.false))
    slack = relation.slack
    if not slack.free_symbols & {line.x, *line.moving}:
        return [
            *continuity(line.where(relation), first),
            *continuity(line.where(relation.negated), then),
        ]
    seam = line.where(Relation(slack, "==", 0))
    joint = line.claim(
        f"{line.title} does not jump where {relation} begins", first, "==", then, on=seam.region
    )
    before = continuity(line.where(Relation(slack, ">=", 0)), first)
    beyond = continuity(line.where(Relation(slack, "<=", 0)), then)
    return [*continuity(line, slack), shown(joint), *before, *beyond]


def conditions(expression):
    """The conditions of definitions by cases in which no other case stands, in a fixed order; those
    under a mean are its own.
    """
    outside = expression.xreplace({mean: sympy.Dummy() for mean in expression.atoms(Mean)})
    pairs = chain.from_iterable(cases.args for cases in outside.atoms(sympy.Piecewise))
    plain = {pair.cond for pair in pairs if not pair.cond.has(sympy.Piecewise)} - {
        sympy.true,
        sympy.false,
    }
    return sorted(plain, key=sympy.default_sort_key)


def refuse_unknown(line, expression):
    """NoMethod where an expression holds what is not known to be continuous, or cases that are not
    split by inequalities.
    """
    for node in sympy.preorder_traversal(expression):
        if isinstance(node, sympy.Expr) and not isinstance(node, KNOWN):
            raise NoMethod(f"{line.title}: whether {node} is continuous is not known")
    for condition in conditions(expression):
        if not isinstance(condition, INEQUALITIES):
            raise NoMethod(
                f"{line.title}: a case begins where one inequality holds; not {condition}"
            )
