"""What noticed that a formula was altered."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Caught:
    """kind: claim, erratum, step, instances or simulation.  how: in which way it speaks against the
    altered formula.  says: its sentence.

    >>> str(Caught("claim", "false at a point", "more samples leave less room"))
    'claim, false at a point: more samples leave less room'
    """

    kind: str
    how: str
    says: str

    def __str__(self):
        return f"{self.kind}, {self.how}: {self.says}"
