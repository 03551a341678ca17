"""Definitions by cases: which condition is asked first, and each way in which it can turn out."""

from dataclasses import dataclass

import sympy
from sympy.core.relational import Relational

from symrisk.engine.expressions.mean import Mean, varies
from symrisk.language.relation import Relation, as_relations
from symrisk.symbols import is_held


@dataclass(frozen=True)
class Case:
    """One way in which a condition can turn out: its truth, and the relation that says so.

    >>> from symrisk.symbols import n1, p
    >>> below, above = cases_of(n1 < p)
    >>> above.relation, above.known(sympy.Piecewise((1, n1 < p), (2, True)))
    (n1 >= p, 2)
    """

    condition: Relational
    truth: sympy.Basic
    relation: Relation

    def known(self, expression: sympy.Basic) -> sympy.Basic:
        """An expression where the condition is known to hold, or not to."""
        put = expression.subs(self.condition, self.truth)
        # What is divided by zero now, or has no case left, stands where a demand fails: any value
        # will do for it.
        return put.xreplace(dict.fromkeys((sympy.zoo, sympy.nan), sympy.Integer(0)))

    def premise(self, relation: Relation) -> Relation:
        """A premise with the condition known in it."""
        if not (relation.slack.has(sympy.Piecewise) or relation.roots):
            return relation
        return Relation(self.known(relation.slack), relation.slack_rel, sympy.Integer(0))

    def roots(self, roots: dict) -> dict:
        """What implicit names solve where the condition is known."""
        return {name: root.where(self.condition, self.truth) for name, root in roots.items()}


def cases_of(condition: Relational) -> tuple[Case, ...]:
    """Each way in which a condition can turn out, together all of them."""
    if not isinstance(condition, (sympy.Eq, sympy.Ne)):
        (relation,) = as_relations(condition)
        holds = Case(condition, sympy.true, relation)
        return holds, Case(condition, sympy.false, relation.negated)
    equal, different = sympy.true, sympy.false
    if isinstance(condition, sympy.Ne):
        equal, different = different, equal
    left, right = condition.lhs, condition.rhs
    return (
        Case(condition, equal, Relation(left, "==", right)),
        Case(condition, different, Relation(left, "<", right)),
        Case(condition, different, Relation(left, ">", right)),
    )


def first_condition(expression: sympy.Basic) -> Relational | None:
    """The relation between expressions without cases that is asked first when one is evaluated.

    None where there is no such.  A case is asked after the cases before it, and what stands in it
    after its condition.  What varies over a law is bound by its mean: whether it is above a
    threshold is no case of the claim, for it is so at some eigenvalues and not at others.

    >>> from symrisk.symbols import n1, p
    >>> first_condition(1 + sympy.Piecewise((p, n1 < p), (n1, True)))
    n1 < p
    """
    if isinstance(expression, Relational):
        inner = first_of(expression.args)
        if inner is not None or any(map(_moves, expression.free_symbols)):
            return inner
        return expression
    if not isinstance(expression, sympy.Basic) or not expression.has(Relational):
        return None
    return first_of(_in_order(expression))


def _moves(letter):
    """Whether a letter has many values: at the eigenvalues of a law, or at the steps of a
    recursion."""
    return varies(letter) or is_held(letter)


def first_of(expressions) -> Relational | None:
    """The first condition that one of several expressions asks, in their order.

    None where none of them asks any.
    """
    found = map(first_condition, expressions)
    return next((condition for condition in found if condition is not None), None)


def _in_order(expression):
    """The parts of an expression, as they are looked at: of a case its condition first."""
    if isinstance(expression, Mean):
        return expression.args
    if not isinstance(expression, sympy.Piecewise):
        return sorted(expression.args, key=sympy.default_sort_key)
    parts = []
    for value, condition in expression.args:
        parts += [condition, value]
    return parts
