"""Derivations: from first principles to a formula, one labelled step after another."""

from dataclasses import dataclass

import symrisk
from symrisk.errors import ArgumentError
from symrisk.language.claim import Claim
from symrisk.paper.labels import LABELS, counted
from symrisk.paper.theorem import Citation

LONGEST = 60
"""Letters of a value that disagrees that are shown."""


@dataclass(frozen=True)
class Step:
    """One step: a sentence, and one reason for it.

    claim: an algebraic statement, to be proved.  instances: a function without arguments that
    yields pairs of exact values (rationals or matrices of them) which the step says are equal.
    cites: where a fact is taken from.
    """

    says: str
    claim: Claim | None = None
    instances: object = None
    cites: Citation | None = None
    formula: str = ""

    def __post_init__(self):
        reasons = [r for r in (self.claim, self.instances, self.cites) if r is not None]
        if len(reasons) != 1:
            raise ArgumentError(
                f"{self.says}: a step has one reason (claim, instances or cites); not "
                f"{len(reasons)}"
            )

    @property
    def label(self):
        return (
            LABELS[0]
            if self.claim is not None
            else LABELS[1]
            if self.instances is not None
            else LABELS[2]
        )

    def check(self):
        """A StepResult: proved, agreed on n exact instances, or cited."""
        if self.claim is not None:
            # The public name loads the prover when a step is checked: a derivation is found and
            # read without it.
            verdict = symrisk.prove(self.claim)
            return StepResult(self, verdict.status == "proved", verdict.status, verdict)
        if self.instances is not None:
            return self._agree()
        return StepResult(self, True, f"cited from {self.cites}")

    def _agree(self):
        pairs = list(self.instances())
        wrong = next((i for i, (left, right) in enumerate(pairs) if left != right), None)
        if not pairs:
            return StepResult(self, False, "no instance was given")
        if wrong is not None:
            left, right = (str(value)[:LONGEST] for value in pairs[wrong])
            return StepResult(self, False, f"instance {wrong} disagrees: {left} is not {right}")
        return StepResult(self, True, f"agrees on {counted(len(pairs), LABELS[1])}")


@dataclass(frozen=True)
class StepResult:
    """What checking a step gave: whether it holds, in words, and the verdict where there is one."""

    step: Step
    holds: bool
    outcome: str
    verdict: object = None


@dataclass(frozen=True)
class Derivation:
    """The steps that lead from a start in words to a formula (`of`), in reading order.

    >>> from symrisk.symbols import p, n1, n2
    >>> from symrisk import Region
    >>> chain = Derivation("room", start="count the free directions", steps=(
    ...     Step("taking n1 of them leaves the rest", Claim("p - n1 is the rest", p - n1, "==", (p - n1 - n2) + n2,
    ...                                                   on=Region(n1 + n2 < p))),))
    >>> [result.outcome for result in chain.check()]
    ['proved']
    """  # noqa: E501

    title: str
    start: str
    steps: tuple
    of: object = None

    def __post_init__(self):
        if not self.steps:
            raise ArgumentError(f"{self.title}: a derivation has steps")

    def check(self):
        """One StepResult a step."""
        return [step.check() for step in self.steps]
