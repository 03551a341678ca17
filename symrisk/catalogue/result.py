"""What one check gave: a row of the table that `symrisk check` prints."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """What checking one claim, erratum or derivation step gave, or importing a module that does not import.

    verdict: the Verdict that tells most; None where there is none.

    >>> Result("collapse.mixing", "mixing helps", "proved", "positive", 0.1234567).to_dict()["seconds"]
    0.1235
    """

    id: str
    claim: str
    status: str
    by: str
    seconds: float
    kind: str = "claim"
    verdict: object = None

    def to_dict(self) -> dict:
        """The plain-data form that `symrisk check --json` prints."""
        return {
            "id": self.id,
            "claim": self.claim,
            "status": self.status,
            "by": self.by,
            "seconds": round(self.seconds, 4),
            "kind": self.kind,
        }
