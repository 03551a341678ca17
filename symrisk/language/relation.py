"""Relations: two sides and the sign between them, kept as the author wrote them."""

from collections.abc import Callable
from dataclasses import dataclass

import sympy
from sympy.core.relational import Relational

from symrisk.engine.expressions import tex
from symrisk.engine.noun import Noun, cached_property
from symrisk.errors import ArgumentError, DomainError
from symrisk.language.expression import as_side, refuse_strange
from symrisk.language.names.together import written_together
from symrisk.language.side import Side

FLIPPED = {"<": ">", "<=": ">=", "==": "==", ">=": "<=", ">": "<"}
NEGATED = {"<": ">=", "<=": ">", ">=": "<", ">": "<="}


@dataclass(frozen=True)
class Relation(Noun):
    """`lhs rel rhs`, kept as two sides; rel is one of <, <=, ==, >=, >.

    A side is an expression, a number or a formula.  Has no truth value.

    >>> from symrisk.symbols import n1, p
    >>> Relation(n1, "<", p)
    n1 < p
    """

    lhs: object
    rel: str
    rhs: object

    is_hypothesis = True
    """Whether it holds at points, or not, so that it may be assumed."""

    def __post_init__(self):
        if self.rel not in FLIPPED:
            known = ", ".join(FLIPPED)
            raise ArgumentError(f"{self.rel!r} is not a relation; it is one of {known}")
        for side in self.compared:
            if side.may_be_complex and self.rel != "==":
                order = "complex numbers have no order; compare its parts, by re and im"
                raise ArgumentError(f"{self}: {side.title} may be complex, and {order}")
            for expression in side.bare:
                refuse_strange(self, expression, may_be_complex=self.rel == "==")

    def __bool__(self):
        remedy = "prove it, or check it at a point"
        raise TypeError(f"{self} is a statement, not a truth value; {remedy}")

    def __repr__(self):
        left, right = self.compared
        return f"{left.title} {self.rel} {right.title}"

    @cached_property
    def compared(self) -> tuple[Side, Side]:
        """What is on the left and on the right, each a Side whatever the author wrote there."""
        return as_side(self.lhs), as_side(self.rhs)

    @property
    def strict(self) -> bool:
        return self.rel in ("<", ">")

    @property
    def negated(self) -> "Relation":
        """The relation that holds exactly where this one does not."""
        if self.rel == "==":
            raise ArgumentError(f"the negation of {self} is two regions")
        return Relation(self.lhs, NEGATED[self.rel], self.rhs)

    @property
    def slack(self) -> sympy.Expr:
        """What is positive (or non-negative) where the relation holds.

        That is the larger side minus the smaller.
        """
        left, right = self.expanded
        return right - left if self.rel in ("<", "<=") else left - right

    @property
    def slack_rel(self) -> str:
        """How the slack compares with 0 where the relation holds: ">", ">=" or "=="."""
        if self.rel == "==":
            return "=="
        return ">" if self.strict else ">="

    def written_out(self) -> "Relation":
        """The same as one expression against 0, with which no formula's own region comes along.

        >>> from symrisk.symbols import n1, p
        >>> Relation(n1, "<", p).written_out()
        p - n1 > 0
        """
        return Relation(self.slack, self.slack_rel, sympy.Integer(0))

    @property
    def expanded(self) -> tuple:
        """The two sides in inputs and implicit names.

        Of a name that they define in two ways, the second has a prime.
        """
        return self._expanded_and_roots[0]

    @property
    def roots(self) -> dict:
        """Implicit names that the sides use, name -> Unknown."""
        return self._expanded_and_roots[1]

    @cached_property
    def _expanded_and_roots(self):
        """(the two sides in inputs and implicit names, what these solve)."""
        roots = {}
        (sides,) = written_together((self,), roots)
        return sides, roots

    def changed(self, change: Callable, of_formulas: Callable | None = None) -> "Relation":
        """The same relation, with `change` made to each side that is an expression.

        A formula speaks of its own names and stays as it is, unless `of_formulas` changes it.

        >>> from symrisk.symbols import n1, p
        >>> Relation(n1, "<", p).changed(lambda side: 2*side)
        2*n1 < 2*p
        """
        left, right = (side.changed(change, of_formulas) for side in self.compared)
        if left is self.lhs and right is self.rhs:
            return self
        return Relation(left, self.rel, right)

    def latex(self) -> str:
        """The relation as LaTeX, a formula by its name."""
        left, right = self.compared
        return tex.relation(left.head_latex(), self.rel, right.head_latex())

    def _repr_latex_(self):
        return tex.display(self.latex())


def refuse_complex_sides(relation: Relation) -> None:
    """ArgumentError for an equation between complex numbers, where it is to be a hypothesis."""
    for side in relation.compared:
        if side.may_be_complex:
            wrong = f"{relation}: {side.title} may be complex; a hypothesis is of real numbers"
            raise ArgumentError(f"{wrong}: write it for its parts, by re and im")


def as_relations(hypothesis) -> tuple[Relation, ...]:
    """One hypothesis, a Relation or a SymPy relational, as a tuple of relations.

    There are none where it always holds.
    """
    if isinstance(hypothesis, Relation):
        if not hypothesis.is_hypothesis:
            raise ArgumentError(f"{hypothesis} is claimed, not assumed: it holds at no one point")
        return (hypothesis,)
    if isinstance(hypothesis, Relational) and hypothesis.rel_op in FLIPPED:
        for number in hypothesis.atoms(sympy.Float):
            wanted = f"write Rational('{float(number)}')"
            raise ArgumentError(f"{hypothesis}: {float(number)} is a binary float; {wanted}")
        return (Relation(hypothesis.lhs, hypothesis.rel_op, hypothesis.rhs),)
    if hypothesis in (True, sympy.true):
        return ()
    if hypothesis in (False, sympy.false):
        message = "a hypothesis is false by the signs of its symbols alone: the region is empty"
        raise DomainError(message)
    wanted = "write a relation such as n1 + n2 < p"
    raise ArgumentError(f"{hypothesis!r} is not a hypothesis; {wanted}")
