"""A quantity has a value, and does not jump, all along an interval: claims that say so.

Sums, products, quotients, powers, logarithms and means are continuous where they have values, and so is the only zero of a
polynomial between two ends.  What is defined by cases is continuous where each case is, up to the point where the next one
begins, and the two agree there.
"""

import sympy

from symrisk.derive.evidence import shown
from symrisk.engine.mean import Mean, is_bound
from symrisk.errors import ArgumentError, NoMethod
from symrisk.relation import Relation, as_relations

CONTINUOUS = (sympy.Add, sympy.Mul, sympy.Pow, sympy.log, sympy.Symbol, sympy.Number, sympy.NumberSymbol)


def continuity(line, expression=None):
    """Verdicts on claims that together say that an expression is defined and continuous along the line's variable.

    NoMethod where one of them is not shown, or where an expression holds what is not known to be continuous.
    """
    expression = line.expression if expression is None else expression
    condition = next(iter(conditions(expression)), None)
    if condition is None:
        _refuse_unknown(line, expression)
        return [shown(line.claim(f"{line.title} has a value", expression, "==", expression))]
    relation = _as_relation(line, condition)
    first, then = (expression.subs(condition, truth) for truth in (sympy.true, sympy.false))
    slack = relation.slack
    if not slack.free_symbols & {line.x, *line.moving}:
        return [*continuity(line.where(relation), first), *continuity(line.where(relation.negated), then)]
    seam = line.where(Relation(slack, "==", 0))
    joint = line.claim(f"{line.title} does not jump where {relation} begins", first, "==", then, on=seam.region)
    sides = ((Relation(slack, ">=", 0), first), (Relation(slack, "<=", 0), then))
    pieces = [verdict for side, piece in sides for verdict in continuity(line.where(side), piece)]
    return [*continuity(line, slack), shown(joint), *pieces]


def conditions(expression):
    """The conditions of definitions by cases in which no other case stands, in a fixed order."""
    pairs = [pair for cases in expression.atoms(sympy.Piecewise) for pair in cases.args]
    plain = {pair.cond for pair in pairs if not pair.cond.has(sympy.Piecewise)} - {sympy.true, sympy.false}
    return sorted(plain, key=sympy.default_sort_key)


def _as_relation(line, condition):
    try:
        (relation,) = as_relations(condition)
    except (ArgumentError, ValueError) as error:
        raise NoMethod(f"{line.title}: a case begins where one inequality holds; not {condition}") from error
    if relation.rel == "==":
        raise NoMethod(f"{line.title}: a case begins where one inequality holds; not {condition}")
    if any(map(is_bound, relation.slack.free_symbols)):
        raise NoMethod(f"{line.title}: the case {condition} varies over a law")
    return relation


def _refuse_unknown(line, expression):
    for node in sympy.preorder_traversal(expression):
        if isinstance(node, Mean):
            _refuse_unknown(line, node.integrand)
        elif not isinstance(node, CONTINUOUS) and not _is_of_a_law(node):
            raise NoMethod(f"{line.title}: whether {node} is continuous is not known")


def _is_of_a_law(node):
    """Whether a node is a part of a law, or of the tuples in it."""
    return not isinstance(node, sympy.Expr)
