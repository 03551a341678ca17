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


class Mentions:
    """Where a formula stands: asked of many nouns, of which each is looked through once.

    >>> from symrisk import Claim, Formula
    >>> from symrisk.symbols import n1, p, symbol
    >>> room = Formula(symbol("room", "r", "share of free dimensions"), (p - n1)/p)
    >>> claim = Claim("more samples leave less room", room.diff(n1), "<", 0)
    >>> Mentions(room).stands_in(claim), Mentions(room.at({n1: 0})).stands_in(claim)
    (True, False)
    """

    def __init__(self, formula: Formula):
        self.formula = formula
        # by identity, for the hash of a noun is a walk through it: hence the nouns are kept alive
        self._known = {}

    def stands_in(self, noun) -> bool:
        """Whether `replaced` would change something in a noun."""
        known = self._known.get(id(noun))
        if known is None:
            known = self._known[id(noun)] = noun, self._is_found_in(noun)
        return known[1]

    def _is_found_in(self, noun):
        if noun == self.formula:
            return True
        return any(self.stands_in(part) for part in self._parts(noun)) or self._is_written_in(noun)

    def _parts(self, noun):
        if isinstance(noun, tuple):
            return noun
        if isinstance(noun, Claim):
            return (*noun.sides, noun.on, noun.iff)
        if isinstance(noun, Region):
            return noun.hypotheses
        if isinstance(noun, Formula):
            return (noun.on,)
        if isinstance(noun, (Quantity, Relation)):
            return [getattr(noun, field.name) for field in fields(noun)]
        return ()

    def _is_written_in(self, noun):
        """Whether a formula has it written out."""
        if not isinstance(noun, Formula):
            return False
        if any(name == self.formula.symbol for name, _ in noun.where):
            return True
        return _has_written_out(noun.expression, self.formula)


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
    return _Replacing(old, new).of(noun)


class _Replacing:
    """What does not speak of the old formula stays the very same noun."""

    def __init__(self, old, new):
        self.old, self.new = old, new
        self.mentions = Mentions(old)

    def of(self, noun):
        if not self.mentions.stands_in(noun):
            return noun
        if noun == self.old:
            return self.new
        if isinstance(noun, tuple):
            return tuple(self.of(part) for part in noun)
        if isinstance(noun, Claim):
            return self._claim(noun)
        if isinstance(noun, Region):
            region = Region(*self.of(noun.hypotheses), over=noun.over)
            return region.charted(noun.chart) if noun.chart else region
        if isinstance(noun, Formula):
            return self._formula(noun)
        parts = {field.name: self.of(getattr(noun, field.name)) for field in fields(noun)}
        return replace(noun, **parts)

    def _claim(self, claim):
        left, right = (self.of(side) for side in claim.sides)
        return Claim(
            claim.says,
            left,
            claim.relation.rel,
            right,
            on=self.of(claim.on),
            iff=self.of(claim.iff),
            roots=dict(claim.implicit),
            when=claim.when,
            by=self.of(claim.by),
        )

    def _formula(self, formula):
        where = {}
        for name, body in formula.where:
            where[name] = self.new.expanded if name == self.old.symbol else body
        expression = formula.expression
        if _has_written_out(expression, self.old):
            expression = expression.xreplace({self.old.expanded: self.new.expanded})
        return remade(formula, expression=expression, on=self.of(formula.on), where=where)


def _has_written_out(expression, formula):
    """Whether a case of a definition by cases is a formula, written out."""
    if not expression.has(sympy.Piecewise):
        return False
    whole = formula.expanded
    return not whole.is_Symbol and expression.has(whole)
