"""A quantity made of one other, which holds where that one does."""

from symrisk.engine.noun import cached_property
from symrisk.errors import ArgumentError
from symrisk.language.expression import refuse_namesakes
from symrisk.language.law_hypotheses import hypotheses_of_laws
from symrisk.language.made.node import Node


class Made(Node):
    """Made of the quantity `of`: it holds where that does, as accurately, unless its kind says otherwise."""

    @property
    def on(self):
        return self.of.on

    @property
    def beyond(self):
        return self.of.beyond

    @property
    def accuracy(self):
        return self.of.accuracy

    @cached_property
    def law_hypotheses(self) -> tuple:
        return tuple(dict.fromkeys((*self.of.law_hypotheses, *hypotheses_of_laws(self.graph.explicit))))

    def demands_given(self, names: frozenset) -> tuple:
        """What it is made of has a value where this has one."""
        return tuple(dict.fromkeys((*self.of.demands_given(names), *super().demands_given(names))))

    def __repr__(self):
        return self.title

    def _where_moves(self, name):
        """The graph of what it is made of, in which `name` is a number that may move; ArgumentError where it is none."""
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
                raise ArgumentError(f"{self.of.title} has no name {name}; it is made of {listed(self.of.graph.names)}")
        return self.of.graph


def accuracy_of(*parts):
    """Exact where every part is; else each approximation that a part rests on, once."""
    rests_on = (accuracy for part in parts for accuracy in part.accuracy.split("; "))
    return "; ".join(dict.fromkeys(accuracy for accuracy in rests_on if accuracy != "exact")) or "exact"


def listed(names):
    """Names, sorted."""
    return ", ".join(sorted(str(name) for name in names))
