"""Errata checked: the published statement refuted by its witness, the right one proved."""

from dataclasses import dataclass

from symrisk.decide import prove
from symrisk.decide.verdict import Verdict
from symrisk.decide.witnesses.witness import fails
from symrisk.errors import ArgumentError, DomainError
from symrisk.paper.errata import Erratum
from symrisk.paper.labels import CORRECTED


@dataclass(frozen=True)
class Correction:
    """What checking an erratum gave: the two verdicts, and whether together they correct the
    published statement.
    """

    erratum: Erratum
    published: Verdict
    right: Verdict

    @property
    def holds(self):
        return (self.published.status, self.right.status) == ("refuted", "proved")

    @property
    def status(self):
        """ "corrected" where it holds; else what became of the right statement."""
        return CORRECTED if self.holds else self.right.status

    @property
    def outcome(self):
        return f"published {self.published.status}, right {self.right.status}"


def correction(erratum) -> Correction:
    """What becomes of the two statements of an erratum; `DomainError` where the witness shows
    nothing.
    """
    return Correction(erratum, _refuted(erratum), prove(erratum.right))


def _refuted(erratum):
    claim = erratum.published
    missing = sorted(str(s) for s in claim.region.symbols if s not in erratum.witness)
    if missing:
        raise ArgumentError(f"{erratum.says}: the witness says nothing of {', '.join(missing)}")
    if not any(fails(part, erratum.witness) for part in claim.parts):
        raise DomainError(f"{erratum.says}: {claim.says!r} does not fail at {erratum.at}")
    return Verdict(claim, "refuted", "witness", witness=erratum.witness)
