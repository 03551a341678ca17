"""A claim twice: as the library is told it, and as the oracle understands it."""

from dataclasses import dataclass, field

from soundness.quantities import Text

from symrisk import Claim, Region
from symrisk.language.relation import Relation


@dataclass(frozen=True)
class Case:
    """A claim of a kind: sides, relation, hypotheses and conditions as triples (left, rel, right) of expressions."""

    kind: str
    left: object
    rel: str
    right: object
    on: tuple = ()
    iff: tuple = ()
    laws: dict = field(default_factory=dict, hash=False)
    draw: object = None
    planted: bool = False
    over: tuple = ()

    def __post_init__(self):
        for name in ("on", "iff"):
            triples = tuple(
                (_side(left), rel, _side(right)) for left, rel, right in getattr(self, name)
            )
            object.__setattr__(self, name, triples)

    @property
    def letters(self):
        own = set().union(
            *(side.letters for left, _, right in (*self.on, *self.iff) for side in (left, right))
        )
        return sorted(self.left.letters | self.right.letters | own | set(self.over), key=str)

    def build(self):
        iff = tuple(Relation(left.build(), rel, right.build()) for left, rel, right in self.iff)
        on = [Relation(left.build(), rel, right.build()) for left, rel, right in self.on]
        return Claim(
            "it holds",
            self.left.build(),
            self.rel,
            self.right.build(),
            on=Region(*on, over=self.letters),
            iff=iff,
        )

    def __str__(self):
        on = " and ".join(f"{left} {rel} {right}" for left, rel, right in self.on)
        iff = " and ".join(f"{left} {rel} {right}" for left, rel, right in self.iff)
        signs = ", ".join(f"{s}{_sign(s)}" for s in self.letters)
        return (
            f"({self.kind}) {self.left} {self.rel} {self.right}"
            + (f"  on {on}" if on else "")
            + (f"  iff {iff}" if iff else "")
            + f"  [{signs}]"
        )


def _side(side):
    return side if hasattr(side, "letters") else Text(side)


def _sign(s):
    kind = " whole" if s.is_integer else ""
    return (
        f" law{''}"
        if getattr(s, "kind", "") == "law"
        else kind + (" > 0" if s.is_positive else " >= 0" if s.is_nonnegative else "")
    )
