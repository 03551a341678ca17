"""A quantity made of one other, which holds where that one does."""

from symrisk.engine.noun import cached_property
from symrisk.errors import ArgumentError
from symrisk.language.expression import refuse_namesakes
from symrisk.language.law_hypotheses import hypotheses_of_laws
from symrisk.language.made.node import Node


class Made(Node):
    """Made of the quantity `of`.

    It holds where that does, as accurately, unless its kind says otherwise.
    """

    @property
    def on(self):
        return self.of.on

    @property
    def beyond(self):
        return self.of.beyond

    @property
    def accuracy(self):
        return self.of.accuracy

    @property
    def may_be_complex(self):
        return self.of.may_be_complex

    @cached_property
    def law_hypotheses(self) -> tuple:
        own = hypotheses_of_laws(self.graph.explicit)
        return tuple(dict.fromkeys((*self.of.law_hypotheses, *own)))

    def demands_given(self, names: frozenset) -> tuple:
        """What it is made of has a value where this has one."""
        own = super().demands_given(names)
        return tuple(dict.fromkeys((*self.of.demands_given(names), *own)))

    def __repr__(self):
        return self.title

    def _where_moves(self, name):
        """The graph of what it is made of, in which `name` is a number that may move.

        ArgumentError where it is none.
        """
        graph = self._having((name,))
        if name in graph.bound or getattr(name, "kind", None) == "law":
            kind = "bound by a mean" if name in graph.bound else "a law"
            raise ArgumentError(f"{self.of.title}: {name} is {kind}, no number that moves")
        return graph

    def _having(self, names):
        """The graph of what it is made of; ArgumentError for a name that this does not have."""
        for name in names:
            known = self.of.graph.names | self.of.graph.bound
            if name not in known:
                refuse_namesakes(self.of.title, [*known, name])
                made_of = listed(self.of.graph.names)
                raise ArgumentError(f"{self.of.title} has no name {name}; it is made of {made_of}")
        return self.of.graph


def accuracy_of(*parts) -> str:
    """Exact where every part is; else each approximation that a part rests on, once."""
    found = []
    for part in parts:
        found += [accuracy for accuracy in part.accuracy.split("; ") if accuracy != "exact"]
    return "; ".join(dict.fromkeys(found)) or "exact"


def listed(names) -> str:
    """Names, sorted."""
    return ", ".join(sorted(str(name) for name in names))
