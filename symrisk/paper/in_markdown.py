"""A theorem and its errata as a notebook shows them."""

from symrisk.engine.expressions import tex
from symrisk.engine.expressions.markdown import inline, prose, table, whole

SHORT = 300
"""Letters of LaTeX that stand in one line."""
HEAD = ("erratum", "where", "published", "fails at", "right")


def of_theorem(theorem) -> str | None:
    """Title, place, statement, a line a formula, how much there is; None where that is too long.

    >>> from symrisk.theorems.collapse.mixing import mixing
    >>> of_theorem(mixing).splitlines()[0]
    '**Mixing real and synthetic labels** (garg2025, Theorem 3.1 (min-norm interpolation))'
    """
    cited = "; ".join(prose(repr(citation)) for citation in theorem.citations)
    head = f"**{prose(theorem.title)}** ({cited})"
    formulas = "\n".join(map(_line, theorem.formulas))
    return whole(head, prose(theorem.states), formulas, _counts(theorem))


def _line(formula):
    """A formula in a line: what it is called, its definition, its meaning."""
    head, definition = formula.head_latex(), tex.latex(formula.written.head)
    written = head if head == definition else f"{head} = {definition}"
    defined = inline(written, "a long definition: .latex()", SHORT)
    return f"- `{formula!r}` {defined} {prose(formula.meaning)}"


def _counts(theorem):
    """How much of what there is in it, and what it rests on."""
    kinds = (
        ("claim", theorem.claims),
        ("simulation", theorem.simulations),
        ("erratum", theorem.errata),
    )
    counted = [_counted(name, len(items)) for name, items in kinds if items]
    if theorem.uses:
        counted.append(f"builds on {', '.join(prose(used.title) for used in theorem.uses)}")
    if theorem.assumes:
        counted.append(f"assumes {prose('; '.join(theorem.assumes))}")
    return " · ".join(counted)


def _counted(name, number):
    if number == 1:
        return f"1 {name}"
    return f"{number} {'errata' if name == 'erratum' else f'{name}s'}"


def of_errata(errata) -> str | None:
    """A row an erratum: what is wrong and where, both statements, the point; None if too long."""
    return whole(table(HEAD, map(_row, errata)))


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
