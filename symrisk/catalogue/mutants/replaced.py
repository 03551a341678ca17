"""Nouns in which a formula is replaced by another."""

from dataclasses import fields, replace

import sympy

from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.quantity import Quantity
from symrisk.language.region import Region
from symrisk.language.relation import Relation


def remade(formula: Formula, **changes) -> Formula:
    """A formula of the same name, with another expression, `where` or region."""
    given = {
        "expression": formula.expression,
        "where": dict(formula.where),
        "on": formula.on,
        **changes,
    }
    return Formula(formula.symbol, accuracy=formula.accuracy, **given)


def replaced(noun, old: Formula, new: Formula):
    """A noun with a formula replaced wherever it stands in it, also where another formula has
    written it out.

    >>> from symrisk import Claim, Formula
    >>> from symrisk.symbols import n1, p, symbol
    >>> room = Formula(symbol("room", "r", "share of free dimensions"), (p - n1)/p)
    >>> more = remade(room, expression=(p + n1)/p)
    >>> replaced(Claim("it falls", room.diff(n1), "<", 0), room, more).expanded
    (1/p, 0)
    """
    if noun == old:
        return new
    if isinstance(noun, tuple):
        return tuple(replaced(part, old, new) for part in noun)
    if isinstance(noun, Claim):
        return _claim(noun, old, new)
    if isinstance(noun, Region):
        region = Region(*replaced(noun.hypotheses, old, new), over=noun.over)
        return region.charted(noun.chart) if noun.chart else region
    if isinstance(noun, Formula):
        return _formula(noun, old, new)
    if isinstance(noun, (Quantity, Relation)):
        parts = {}
        for field in fields(noun):
            parts[field.name] = replaced(getattr(noun, field.name), old, new)
        return replace(noun, **parts)
    return noun


def _claim(claim, old, new):
    left, right = (replaced(side, old, new) for side in claim.sides)
    return Claim(
        claim.says,
        left,
        claim.relation.rel,
        right,
        on=replaced(claim.on, old, new),
        iff=replaced(claim.iff, old, new),
        roots=dict(claim.implicit),
    )


def _formula(formula, old, new):
    where = {}
    for name, body in formula.where:
        where[name] = new.expanded if name == old.symbol else body
    return remade(
        formula,
        expression=_written_out(formula.expression, old, new),
        on=replaced(formula.on, old, new),
        where=where,
    )


def _written_out(expression, old, new):
    """A case of a definition by cases may be another formula, written out."""
    whole = old.expanded
    if not expression.has(sympy.Piecewise) or whole.is_Symbol:
        return expression
    return expression.xreplace({whole: new.expanded})
