"""The errata of a theorem, together: a tuple that a notebook shows as a table."""

from symrisk.engine.expressions import tex
from symrisk.engine.expressions.markdown import inline, prose, table, whole

HEAD = ("erratum", "where", "published", "fails at", "right")


class Errata(tuple):
    """Errata in the theorem's order.

    >>> from symrisk.theorems.transfer.concept_shift import concept_shift
    >>> print(concept_shift.errata._repr_markdown_().splitlines()[0])
    | erratum | where | published | fails at | right |
    """

    def _repr_markdown_(self):
        return whole(table(HEAD, map(_row, self))) if self else None


def _row(erratum):
    return (
        prose(erratum.says),
        prose(repr(erratum.where)),
        _stated(erratum.published),
        _point(erratum.witness),
        _stated(erratum.right),
    )


def _stated(claim):
    """The relation, and the hypotheses in brackets, each apart: a column may be narrow."""
    conditions = [relation.latex() for relation in claim.iff]
    written = " \\iff ".join(filter(None, [claim.relation.latex(), ",\\; ".join(conditions)]))
    stated = inline(written, claim.relation)
    where = ", ".join(inline(each.latex(), each) for each in claim.on.hypotheses)
    return f"{stated} (on {where})" if where else stated


def _point(witness):
    equations = []
    for name, value in sorted(witness.items(), key=str):
        equations.append(inline(f"{tex.latex(name)} = {tex.latex(value)}", f"{name} = {value}"))
    return ", ".join(equations)
