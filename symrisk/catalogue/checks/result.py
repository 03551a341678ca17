"""What one check gave: a row of the table that `symrisk check` prints."""

from dataclasses import dataclass, field

from symrisk.paper.labels import CORRECTED, LABELS

HOLDS = frozenset({*LABELS, CORRECTED})
PROBLEM = "error"


@dataclass(frozen=True)
class Result:
    """What checking one claim, erratum or derivation step gave, or importing a module that does not
    import.

    verdict: the Verdict that tells most; None where there is none.  is_kept: whether it was decided
    before, and only read; its seconds are then those of that time, and what the verdict had for a
    witness is in `told`, as plain data.

    >>> Result("collapse.mixing", "mixing helps", "proved", "positive", 0.1234567).to_dict()["seconds"]
    0.1235
    """  # noqa: E501

    id: str
    claim: str
    status: str
    by: str
    seconds: float
    kind: str = "claim"
    verdict: object = None
    is_kept: bool = False
    told: dict = field(default_factory=dict)

    @property
    def is_verdict(self) -> bool:
        """Whether it is what a proof says, or its failure: not instances, a citation, an error.

        >>> Result("room", "it holds", "cited", "cited from doe2027", 0.0, "step").is_verdict
        False
        """
        return self.verdict is not None or self.is_kept and self.status == LABELS[0]

    @property
    def witness(self) -> dict:
        """Where a claim fails and what its two sides are there, as plain data; nothing where
        there is no such point.
        """
        if self.verdict is None or not self.verdict.witness:
            return self.told
        point = sorted(self.verdict.witness.items(), key=str)
        return {
            "witness": {str(name): str(value) for name, value in point},
            "values": [str(value) for value in self.verdict.values],
        }

    @property
    def reasons(self) -> list[str]:
        """Why it does not hold, a line each: the point where it fails, or what the methods said.

        >>> Result("room", "the module imports", "error", "line 1: no such name", 0.0).reasons
        ['line 1: no such name']
        """
        if self.verdict is None:
            return [self.by]
        # Of an erratum, which of its two statements is amiss.
        which = [self.by] if self.kind == "erratum" else []
        if not self.verdict.witness:
            return [*which, *self.verdict.assumes]
        at = ", ".join(f"{name} = {value}" for name, value in self.witness["witness"].items())
        return [*which, f"fails at {at}{self.verdict.said}", *self.verdict.assumes]

    def to_dict(self) -> dict:
        """The plain-data form that `symrisk check --json` prints."""
        return {
            "id": self.id,
            "claim": self.claim,
            "status": self.status,
            "by": self.by,
            "seconds": round(self.seconds, 4),
            "kind": self.kind,
            **self.witness,
        }
