"""Rows and verdicts: read where they were decided before, else decided now and written down."""

import time
from collections.abc import Iterator

from symrisk.catalogue.cache.kept import Kept
from symrisk.catalogue.cache.statement import Statements
from symrisk.catalogue.checks.result import Result
from symrisk.catalogue.checks.rows import KINDS, checked, subjects
from symrisk.catalogue.discovery.entry import Entry
from symrisk.decide import prove
from symrisk.decide.recheck import recheck
from symrisk.decide.verdict import Verdict
from symrisk.errors import NoMethod, NotProved
from symrisk.language.claim import Claim


class Decided:
    """What a theorem's claims, errata and steps come to.

    kept: where it is read from and written to; without a folder, all of it is decided.

    >>> from symrisk import catalogue
    >>> (entry,) = catalogue.entries("symrisk.theorems.collapse")
    >>> Decided(Kept(None)).verdict(entry.theorem.claims[0]).status
    'proved'
    """

    def __init__(self, kept: Kept):
        self.kept = kept
        self._statements = Statements()

    def rows(self, entry: Entry) -> Iterator[Result]:
        """A Result for each claim of an entry, each erratum and each derivation step; one that was
        decided before has no verdict beside it.
        """
        for checks, subject in subjects(entry):
            yield self.row(entry, checks, subject)

    def row(self, entry: Entry, checks, subject) -> Result:
        """The Result of one of an entry's subjects."""
        name = self._name(subject)
        if name is not None:
            known = self.kept.row(name, entry.id, subject.says, KINDS[checks])
            if known is not None:
                return known
        result = checked(checks, entry, subject)
        if name is not None:
            self.kept.keep(name, result)
        return result

    def verdict(self, claim: Claim) -> Verdict:
        """The Verdict on a claim.

        A certificate that is read proves the claim here and now, or is not believed: the letters
        of its radicals may be others in this process.
        """
        name = self._name(claim)
        known = None if name is None else self._known(name, claim)
        if known is not None:
            return known
        start = time.perf_counter()
        verdict = prove(claim)
        if name is not None:
            seconds = time.perf_counter() - start
            result = Result("", claim.says, verdict.status, verdict.by, seconds, verdict=verdict)
            self.kept.keep(name, result)
        return verdict

    def _name(self, subject):
        """The hash of what is asked; None where it has none, or nothing is kept."""
        return None if self.kept.folder is None else self._statements.of(subject)

    def _known(self, name, claim):
        """The Verdict that was kept, its certificate looked at again; None where there is none."""
        row, proof = self.kept.row(name, "", claim.says, "claim"), self.kept.proof(name)
        if row is None or proof is None:
            return None
        certificate, assumes = proof
        try:
            recheck(claim, certificate)
        except (NotProved, NoMethod):
            return None
        return Verdict(claim, row.status, row.by, certificate, assumes=assumes)
