"""A quantity with some of its defined names as inputs."""

from dataclasses import dataclass

from symrisk.engine.noun import cached_property
from symrisk.language.made.made import Made, listed
from symrisk.language.quantity import Quantity


@dataclass(frozen=True, repr=False)
class Given(Made):
    """A quantity with some of its defined names as inputs."""

    of: Quantity
    names: tuple

    @cached_property
    def graph(self):
        return self._having(self.names).without(self.names)

    def demands_given(self, names: frozenset) -> tuple:
        """The demands of what it is made of, with its own names inputs as well."""
        return super().demands_given(names | frozenset(self.names))

    @property
    def is_letter(self):
        return self.of.is_letter

    @property
    def is_sum(self):
        return self.of.is_sum

    @property
    def title(self):
        return self.of.title

    @property
    def excess_over(self):
        """The noise that what it is made of leaves out."""
        return self.of.excess_over

    def __repr__(self):
        return f"{self.of!r} given {listed(self.names)}"

    def head_latex(self) -> str:
        """As what it is made of is written."""
        return self.of.head_latex()
