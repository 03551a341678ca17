"""Theorems: a statement, where it comes from, what it assumes, and the formulas, claims and
simulations that make it up.
"""

from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING

from symrisk.errors import ArgumentError
from symrisk.paper.references import entry, references

if TYPE_CHECKING:
    # What was decided before is read without SymPy, and so is the class of theorems.
    import sympy

    from symrisk.language.claim import Claim
    from symrisk.language.formula import Formula
    from symrisk.paper.errata import Erratum
    from symrisk.simulate.experiment import Simulation


@dataclass(frozen=True)
class Citation:
    """Where a statement stands: the key of a work in references.bib, the place in it, and how its
    letters read here.

    >>> Citation("song2024", "Theorem 3.1")
    song2024, Theorem 3.1
    """

    key: str
    place: str = ""
    reads: dict = field(default_factory=dict, hash=False, compare=False)

    def __repr__(self):
        return f"{self.key}, {self.place}" if self.place else self.key

    def cite(self) -> str:
        """The BibTeX entry of the work, for a bibliography of one's own; nothing where it is not
        in references.bib.

        >>> print(Citation("rudin1976", "Theorem 1.11").cite().splitlines()[0])
        @book{rudin1976,
        """
        return entry(self.key)


@dataclass(frozen=True)
class Theorem:
    """A theorem, found by the catalogue because a module binds it to a name.

    title: its name in words.  citation: one Citation, or several.  states: the statement as prose.
    assumes: what the statement rests on ("gaussian", "isotropic", "common noise", ...).  formulas,
    claims, simulations: its content. uses: the theorems it builds on.  errata: what was published
    of it and is false, each an Erratum with its witness.  excess_over: {noise variance of a fresh
    label: the formulas that are excess risks over it}, which `total=True` adds it to.
    """

    title: str
    citation: Citation | tuple[Citation, ...]
    states: str = ""
    assumes: tuple[str, ...] = ()
    formulas: "tuple[Formula, ...]" = ()
    claims: "tuple[Claim, ...]" = ()
    simulations: "tuple[Simulation, ...]" = ()
    uses: "tuple[Theorem, ...]" = ()
    errata: "tuple[Erratum, ...]" = ()
    excess_over: "dict[sympy.Symbol, tuple[Formula, ...]]" = field(default_factory=dict, hash=False)

    def __post_init__(self):
        if not self.citations or not all(isinstance(c, Citation) for c in self.citations):
            raise ArgumentError(
                f"{self.title}: a theorem cites where it comes from: Citation(key, place)"
            )
        for group, items in (
            ("formulas", self.formulas),
            ("claims", self.claims),
            ("uses", self.uses),
            ("errata", self.errata),
        ):
            if not isinstance(items, tuple):
                raise ArgumentError(f"{self.title}: {group} is a tuple; not {type(items).__name__}")
        for group, items, attribute in (
            ("formulas", self.formulas, "symbol"),
            ("claims", self.claims, "relation"),
            ("errata", self.errata, "published"),
        ):
            for item in items:
                if not hasattr(item, attribute):
                    raise ArgumentError(f"{self.title}: {item!r} does not belong to its {group}")
        self._refuse_doubles("formula", [f.symbol.name for f in self.formulas])
        self._refuse_doubles("claim", [c.says for c in self.claims])
        self._refuse_doubles("erratum", [e.says for e in self.errata])
        for erratum in self.errata:
            if erratum.published in self.claims:
                raise ArgumentError(
                    f"{self.title}: {erratum.published.says!r} is an erratum, and stands among its "
                    f"claims"
                )
        object.__setattr__(self, "errata", Errata(self.errata))
        for formula in self.formulas:
            # A formula's help says where it is from; the first theorem to state it has it.
            vars(formula).setdefault("source", self)
        self._say_excess()

    def _say_excess(self):
        """Let each excess risk know which noise it leaves out."""
        if not isinstance(self.excess_over, dict):
            wanted = "excess_over is a dict {noise variance: (risks, ...)}"
            raise ArgumentError(f"{self.title}: {wanted}; not {self.excess_over!r}")
        for noise, risks in self.excess_over.items():
            for risk in risks:
                if risk not in self.formulas:
                    raise ArgumentError(f"{self.title}: {risk!r} does not belong to its formulas")
                object.__setattr__(risk, "excess_over", noise)

    def _refuse_doubles(self, kind, names):
        for name in names:
            if names.count(name) > 1:
                raise ArgumentError(
                    f"{self.title}: two {'errata' if kind == 'erratum' else f'{kind}s'} are called "
                    f"{name!r}"
                )

    @property
    def citations(self) -> tuple[Citation, ...]:
        return self.citation if isinstance(self.citation, tuple) else (self.citation,)

    @property
    def cited(self) -> list[str]:
        """Its title, then a line for each work and place that it is from.

        >>> from symrisk.theorems.collapse.mixing import mixing
        >>> mixing.cited[0], mixing.cited[1][:24]
        ('Mixing real and synthetic labels', 'garg2025, Theorem 3.1 (m')
        """
        works = references()
        lines = [self.title]
        for citation in self.citations:
            known = f": {works[citation.key]}" if citation.key in works else ""
            lines.append(f"{citation!r}{known}")
        return lines

    def formula(self, name: str) -> "Formula":
        """The formula called `name`; ArgumentError lists the names there are."""
        found = {f.symbol.name: f for f in self.formulas}
        if name not in found:
            raise ArgumentError(
                f"{self.title} has no formula {name!r}; it has {', '.join(sorted(found))}"
            )
        return found[name]

    def latex(self, proofs: bool = True) -> str:
        r"""The theorem as a LaTeX document: statement, definitions, claims with proofs, notation.

        Every claim is proved anew, which may take a minute; ``proofs=False`` leaves the proofs out.
        It compiles with the article class; `symrisk show ID --latex` prints it with the proofs that
        are kept.

        >>> from symrisk.theorems.collapse.mixing import mixing
        >>> print(mixing.latex(proofs=False).splitlines()[0])
        \documentclass{article}
        """
        # A theorem is read and evaluated without the prover: that comes when a proof is asked for.
        document = import_module("symrisk.paper.document")
        return document.document(self, document.prove if proofs else None)

    def cite(self) -> str:
        """The BibTeX entries of the works that it comes from, and of those its errata correct.

        >>> from symrisk.theorems.collapse.mixing import mixing
        >>> print(mixing.cite().splitlines()[0])
        @article{garg2025,
        """
        cited = [*self.citations, *(erratum.where for erratum in self.errata)]
        entries = dict.fromkeys(citation.cite() for citation in cited)
        return "\n\n".join(filter(None, entries))

    def _repr_markdown_(self):
        return import_module("symrisk.paper.in_markdown").of_theorem(self)


class Errata(tuple):
    """The errata of a theorem, in its order: a tuple that a notebook shows as a table.

    >>> from symrisk.theorems.transfer.concept_shift import concept_shift
    >>> print(concept_shift.errata._repr_markdown_().splitlines()[0])
    | erratum | where | published | fails at | right |
    """

    def _repr_markdown_(self):
        return import_module("symrisk.paper.in_markdown").of_errata(self) if self else None
