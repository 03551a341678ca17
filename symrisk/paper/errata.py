"""Errata: what was published and is false, the point that shows it, and what is true in its
place.
"""

from dataclasses import dataclass, field
from importlib import import_module

from symrisk.engine.expressions import tex
from symrisk.engine.expressions.markdown import inline, prose
from symrisk.errors import ArgumentError
from symrisk.language.claim import Claim
from symrisk.language.expression import exact_expression
from symrisk.paper.theorem import Citation


@dataclass(frozen=True)
class Erratum:
    """A published statement that is false, with the exact point that shows it and the statement
    that is true.

    says: what is wrong, a sentence.  where: the Citation of the place it stands in.  published: the
    statement as a Claim, to be refuted.  witness: {symbol: exact number}, a point of the claim's
    region at which it fails.  right: the Claim that holds instead, to be proved.

    >>> from symrisk import Region
    >>> from symrisk.symbols import n1, n2, p
    >>> slip = Erratum("two samples that fit one by one need not fit together", Citation("doe2027", "Lemma 1"),
    ...                published=Claim("there is room for both", p - n1 - n2, ">", 0, on=Region(n1 < p, n2 < p)),
    ...                witness={n1: 2, n2: 2, p: 3},
    ...                right=Claim("there is room for both", p - n1 - n2, ">", 0, on=Region(n1 + n2 < p)))
    >>> slip.check().outcome
    'published refuted, right proved'

    Raises `ArgumentError` for fields of a wrong type; when checked, also for a witness that leaves
    a symbol open, and `DomainError` for one outside the claim's region or at which the claim holds.
    """  # noqa: E501

    says: str
    where: Citation
    published: Claim
    witness: dict = field(hash=False)
    right: Claim

    def __post_init__(self):
        for name, kind in (
            ("where", Citation),
            ("published", Claim),
            ("right", Claim),
            ("witness", dict),
        ):
            if not isinstance(getattr(self, name), kind):
                raise ArgumentError(
                    f"{self.says}: {name} is a {kind.__name__}; not {getattr(self, name)!r}"
                )
        exact = {symbol: exact_expression(symbol, value) for symbol, value in self.witness.items()}
        object.__setattr__(self, "witness", exact)

    def check(self):
        """A Correction: the verdicts on what was published, by the witness, and on what is
        right, by proof.
        """
        # A theorem is read and evaluated with its errata, without the prover: that comes when they
        # are checked.
        return import_module("symrisk.paper.correction").correction(self)

    @property
    def at(self):
        """The witness as text."""
        return ", ".join(
            f"{name} = {value}" for name, value in sorted(self.witness.items(), key=str)
        )

    def at_latex(self):
        """The witness as LaTeX."""
        return ",\\; ".join(
            f"{tex.latex(name)} = {tex.latex(value)}"
            for name, value in sorted(self.witness.items(), key=str)
        )

    def _repr_markdown_(self):
        published = inline(self.published.latex(), self.published.relation)
        right = inline(self.right.latex(), self.right.relation)
        return (
            f"**Erratum** ({prose(repr(self.where))}): {prose(self.says)}. Published, "
            f"{prose(self.published.says)}: {published}; "
            f"fails at {inline(self.at_latex(), self.at)}. "
            f"Right, {prose(self.right.says)}: {right}."
        )
