"""Relations: two sides and the sign between them, kept as the author wrote them."""

from dataclasses import dataclass

import sympy

from symrisk.engine.expressions import tex
from symrisk.engine.expressions.apart import told_apart
from symrisk.engine.expressions.mean import write_out_means
from symrisk.engine.noun import Noun, cached_property
from symrisk.errors import ArgumentError, DomainError
from symrisk.symbols import refuse_unfinished, refuse_unhandled

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

    def __post_init__(self):
        if self.rel not in FLIPPED:
            raise ArgumentError(f"{self.rel!r} is not a relation; it is one of {', '.join(FLIPPED)}")
        for side in (self.lhs, self.rhs):
            if isinstance(side, sympy.Basic):
                refuse_unhandled(self, side.free_symbols)
                refuse_unfinished(self, side)

    def __bool__(self):
        raise TypeError(f"{self} is a statement, not a truth value; prove it, or check it at a point")

    def __repr__(self):
        return f"{side_text(self.lhs)} {self.rel} {side_text(self.rhs)}"

    @property
    def strict(self):
        return self.rel in ("<", ">")

    @property
    def negated(self):
        """The relation that holds exactly where this one does not."""
        if self.rel == "==":
            raise ArgumentError(f"the negation of {self} is two regions")
        return Relation(self.lhs, NEGATED[self.rel], self.rhs)

    @property
    def slack(self):
        """What is positive (or non-negative) where the relation holds: the larger side minus the smaller."""
        lhs, rhs = self.expanded
        return rhs - lhs if self.rel in ("<", "<=") else lhs - rhs

    @property
    def expanded(self):
        """The two sides in inputs and implicit names; of a name that they define in two ways, the second has a prime."""
        return self._read[0]

    @property
    def roots(self):
        """Implicit names that the sides use, name -> Root."""
        return self._read[1]

    @cached_property
    def _read(self):
        known = {}
        (read,) = read_together((self,), known)
        return (read.lhs, read.rhs), known

    def latex(self):
        return tex.relation(side_latex(self.lhs), self.rel, side_latex(self.rhs))

    def _repr_latex_(self):
        return f"$\\displaystyle {self.latex()}$"


def expand(side):
    """A side as an expression in inputs and implicit names, means over atoms written out."""
    return side.expanded if hasattr(side, "expanded") else write_out_means(sympy.sympify(side))


def roots_of(side):
    return side.roots if hasattr(side, "roots") else {}


def letters(sides):
    """The names of all symbols that sides and their implicit definitions are written in."""
    parts = [part for side in sides for part in (expand(side), *roots_of(side).values())]
    return {s.name for part in parts for s in part.free_symbols}


def read_together(relations, known):
    """The relations with both sides written out, implicit names told apart from those in `known`, which gets their definitions.

    ArgumentError for a side that speaks of a name of which it can't be known what it means.
    """
    taken, read, primed = letters([side for r in relations for side in (r.lhs, r.rhs)]), [], set()
    for relation in relations:
        names = [told_apart(roots_of(side), known, taken) for side in (relation.lhs, relation.rhs)]
        read.append(Relation(expand(relation.lhs).xreplace(names[0]), relation.rel, expand(relation.rhs).xreplace(names[1])))
        primed.update(*names)
    for relation in relations if primed else ():
        for side in (relation.lhs, relation.rhs):
            refuse_unclear(relation, expand(side).free_symbols - roots_of(side).keys(), primed)
    return read


def refuse_unclear(subject, spoken, primed):
    """ArgumentError where a name that has two definitions is spoken of without either."""
    for name in sorted(spoken & set(primed), key=str):
        raise ArgumentError(f"{subject}: {name} is defined in two ways here, and it is not clear which is meant")


def side_text(side):
    return side.title if hasattr(side, "title") else tex.text(side)


def side_latex(side):
    return side.head_latex() if hasattr(side, "head_latex") else tex.latex(side)


def as_relations(hypothesis):
    """One hypothesis, a Relation or a SymPy relational, as a tuple of relations (none where it always holds)."""
    if isinstance(hypothesis, Relation):
        return (hypothesis,)
    if isinstance(hypothesis, sympy.core.relational.Relational) and hypothesis.rel_op in FLIPPED:
        for number in hypothesis.atoms(sympy.Float):
            raise ArgumentError(f"{hypothesis}: {float(number)} is a binary float; write Rational('{float(number)}')")
        return (Relation(hypothesis.lhs, hypothesis.rel_op, hypothesis.rhs),)
    if hypothesis in (True, sympy.true):
        return ()
    if hypothesis in (False, sympy.false):
        raise DomainError("a hypothesis is false by the signs of its symbols alone: the region is empty")
    raise ArgumentError(f"{hypothesis!r} is not a hypothesis; write a relation such as n1 + n2 < p")
