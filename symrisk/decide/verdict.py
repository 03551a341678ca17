"""Verdicts: what was decided about a claim, and the evidence."""

from dataclasses import dataclass, field

from symrisk.decide.read import explained
from symrisk.errors import NotProved

STATUSES = ("proved", "refuted", "undecided")


@dataclass(frozen=True, repr=False)
class Verdict:
    """The answer of `prove`.

    status: "proved", "refuted" or "undecided".  by: the method.  certificate: plain data (dicts, lists, strings, ints)
    from which `recheck` confirms the proof by another route.  witness: where a refuted claim fails, exactly: symbol ->
    rational.  assumes: what beyond the region the verdict rests on; for one that is undecided, why.

    Has no truth value: compare `.status`, or call `.require()`.

    >>> from symrisk import Claim, Region, prove
    >>> from symrisk.symbols import w
    >>> verdict = prove(Claim("a weight is at most one half", w, "<=", "1/2", on=Region(w <= 1)))
    >>> verdict.status, verdict.witness[w] > 0.5
    ('refuted', True)
    >>> prove(Claim("a weight is at most one", w, "<=", 1, on=Region(w <= 1))).require().by
    'positive'
    """

    claim: object
    status: str
    by: str = ""
    certificate: dict = field(default_factory=dict, compare=False)
    witness: dict = field(default_factory=dict, compare=False)
    assumes: tuple = ()

    def __bool__(self):
        raise TypeError("a verdict has three values: compare .status, or call .require()")

    def __repr__(self):
        by = f" by {self.by}" if self.by else ""
        says = f": {self.claim.says}" if self.claim is not None else ""
        return f"Verdict({self.status}{by}{self._where()}{says})"

    def require(self):
        """This verdict if it is `proved`; NotProved, with the witness, if not."""
        if self.status != "proved":
            why = f": {'; '.join(self.assumes)}" if self.assumes and self.status == "undecided" else ""
            raise NotProved(f"{self.claim.says}: {self.status}{self._where()}{why}")
        return self

    def _where(self):
        return f" at {', '.join(f'{name} = {value}' for name, value in self.witness.items())}" if self.witness else ""

    def __str__(self):
        head = f"{self.claim.says}: {self.status}{f' by {self.by}' if self.by else ''}{self._where()}"
        why = [f"  {reason}" for reason in self.assumes] if self.status == "undecided" else []
        return "\n".join([head, *why, *explained(self.certificate)])

    def to_dict(self):
        """Plain data, ready for JSON."""
        return {"claim": self.claim.says, "status": self.status, "by": self.by, "certificate": self.certificate,
                "witness": {str(name): str(value) for name, value in self.witness.items()}, "assumes": list(self.assumes)}
