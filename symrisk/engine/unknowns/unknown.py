"""What every implicit definition is asked, and what it answers where it says nothing itself."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, ClassVar

import sympy

from symrisk.engine.expressions.demands import EXISTING, Demand
from symrisk.engine.expressions.mean import Mean
from symrisk.errors import NoMethod, NotProved


class Unknown(ABC):
    """A definition that does not say what a name is, but what it solves.

    A subclass is a frozen dataclass whose field `unknown` is the name; what it solves stands in the
    other fields.  It must say which expressions it is `written` in and how it is `rewritten`, its
    `latex` and its `sentence`.  To be evaluated it is `compiled`: by the instruction whose `heads`
    hold it, or by what it builds itself.  All else has an answer that claims nothing: there is no
    slope, and a proof takes the name as a letter of which it knows the sign alone, which its symbol
    has by the author's word.  To add one, put a file beside this one; nothing else names its class.

    >>> from sympy.abc import x, y, z
    >>> from symrisk.engine.unknowns.root import Root
    >>> root = Root(x, x**2 - y)
    >>> sorted(map(str, root.free_symbols)), root.xreplace({y: z}).polynomial
    (['x', 'y'], x**2 - z)
    >>> root.sentence(str)
    'the zero of x**2 - y with 0 < x < oo'
    """

    unknown: sympy.Symbol

    is_algebraic: ClassVar[bool] = False
    """Whether it is a `Root`, which proofs compute with; else they take the name as any letter.  A
    kind that satisfies an equation is `expanded` to the root of it."""
    is_solved_whole: ClassVar[bool] = False
    """Whether none of the names that are solved for together can be given without the others."""
    sure: bool = False
    """Whether that it exists is known otherwise, and not asked for."""
    solves: ClassVar[str] = "solves what no method speaks of"
    """What is said of the name where a proof would need more than that it is a letter."""

    accuracy: str = "exact"
    """How accurate what it solves is, as a formula says it."""

    # -- what it is written in

    @property
    @abstractmethod
    def written(self) -> tuple[sympy.Basic, ...]:
        """The expressions that it is written in."""

    @abstractmethod
    def rewritten(self, change: Callable) -> "Unknown":
        """The same unknown with `change` made to each expression that it is written in."""

    @property
    def conditions(self) -> tuple[tuple[sympy.Expr, bool], ...]:
        """Pairs (expression, strict): it is positive, or not negative, where the name is."""
        return ()

    @property
    def equations(self) -> tuple[sympy.Basic, ...]:
        """What its value is a function of: letters that it binds itself are left out."""
        return self.written

    @property
    def together(self) -> tuple[sympy.Symbol, ...]:
        """The names that are solved for together, itself among them."""
        return (self.unknown,)

    @property
    def means(self) -> tuple[sympy.Basic, ...]:
        """The means that it is written in: what they bind is no name of its own."""
        found = set().union(*(expression.atoms(Mean) for expression in self.written))
        return tuple(sorted(found, key=sympy.default_sort_key))

    @property
    def laws(self) -> frozenset[sympy.Basic]:
        """The laws of its means."""
        return frozenset(mean.law for mean in self.means)

    @property
    def free_symbols(self) -> set[sympy.Symbol]:
        """What it speaks of, as an expression has it."""
        return set().union(*(expression.free_symbols for expression in self.written))

    # -- the same under other names

    def xreplace(self, values: Mapping) -> "Unknown":
        """The same unknown with names that it is written in replaced, as an expression does it."""
        return self.rewritten(lambda expression: expression.xreplace(values))

    def where(self, condition: sympy.Basic, truth: sympy.Basic) -> "Unknown":
        """The same unknown where a condition of a definition by cases holds, or does not."""
        return self.rewritten(lambda expression: expression.subs(condition, truth))

    def called(self, names: Mapping) -> "Unknown":
        """The same unknown under another name: {name of those solved together: its new one}."""
        return replace(self, unknown=names[self.unknown])

    def changed(self, change: Callable) -> "Unknown":
        """The same unknown with `change` made to its expressions, and to its name."""
        names = {name: change(name) for name in self.together}
        return self.rewritten(change).called(names)

    def renamed(self, names: Mapping) -> "Unknown":
        """The same unknown with its name, and those that it rests on, under other names."""
        return self.changed(lambda expression: expression.xreplace(names))

    def is_same(self, other: object) -> bool:
        """Whether another definition of the name says the same."""
        return self == other

    # -- in inputs

    def expanded(self, expand: Callable) -> "Unknown":
        """What a proof takes it for, in inputs and implicit names.

        `expand` writes out in an expression what is defined explicitly.
        """
        return self.rewritten(expand)

    def solver(self, expand: Callable) -> "Unknown":
        """What is solved for its value, in inputs and implicit names."""
        return self.expanded(expand)

    # -- its value

    def compiled(self, builder: Any) -> int:
        """The register of a program that holds its value."""
        return builder.built(self)

    @property
    def parts(self) -> tuple[sympy.Basic, ...]:
        """The expressions that its value is worked out from, outside the laws inside it."""
        return self.written

    def slopes(self, x: sympy.Symbol, total: Callable) -> tuple[dict, dict]:
        """({name: its derivative by x} of those solved together, {new name: what defines it}).

        total: what gives the derivative of an expression by x, these names held where they are.
        """
        raise NoMethod(f"{self.unknown} {self.solves}: its derivative is not derived; give it")

    # -- in proofs

    def demands(self, reader: Any, guards: tuple) -> Iterator[Demand]:
        """What it needs in order to have a value: that it exists, and what it is written in.

        reader: what reads the demands `of` an expression.
        """
        yield Demand(self.unknown, EXISTING, guards, root=self)
        for part in self.written:
            yield from reader.of(part, guards)

    def show_existing(self, signs: Callable) -> None:
        """NoMethod where it is not shown to exist.

        signs: of several expressions gives a tuple of their signs on each cell of a region.
        """
        raise NoMethod(f"{self.unknown} is not shown to exist: it {self.solves}")

    @property
    def granted(self) -> str:
        """What a proof takes for granted by its author's word, in words; '' for nothing."""
        return ""

    @property
    def is_only(self) -> bool:
        """Whether it is the only solution in the place where it is said to be."""
        return True

    def cases(self) -> list[list]:
        """Lists of polynomials: it is where all those of one list vanish; none where none do."""
        return []

    def by_mpmath(self, mp: Any, number: Callable, digits: int) -> Any:
        """Its value by a second route, nan where it has none.

        number: what gives that of an expression, where further letters may have values, {letter:
        value}.  NotProved where there is no such route: what rests on it is then not proved.
        """
        raise NotProved(f"{self.unknown} has no value by mpmath: the proof is not looked at again")

    # -- in print

    @abstractmethod
    def latex(self) -> str:
        """What it solves as a line of LaTeX, with a & where lines are aligned."""

    @abstractmethod
    def sentence(self, line: Callable) -> str:
        """What the name is, in words; `line` writes an expression on one."""
