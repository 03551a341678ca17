"""What a relation compares: the one kind of side that everything after it speaks of."""

from collections.abc import Callable, Mapping

from symrisk.engine.noun import Noun


class Side(Noun):
    """What stands on a side of a relation: a quantity, or an expression.

    A quantity brings its own definitions, and the region that it holds on.  An expression brings
    nothing: it speaks the language of what it stands beside, and what is done to the names there
    is done to it.

    Subclasses give `graph` (a head and definitions), `expanded` (the value in inputs and implicit
    names), `roots` (what the implicit names solve), `title` and `head_latex`; and `demands`, where
    what they need is the same whatever stands beside them.

    >>> from symrisk.symbols import ssr
    >>> from symrisk.theorems.transfer.concept_shift import ssr_threshold
    >>> letter, threshold = (ssr < ssr_threshold).compared
    >>> letter.title, letter.bare, threshold.title, threshold.bare
    ('ssr', (ssr,), 'ssr_threshold', ())
    """

    bare: tuple = ()
    """The expression in it that no definitions and no region of its own go with: one, or none."""

    assumed: tuple = ()
    """The relations under which it holds, in inputs, as they were written."""

    may_be_complex: bool = False
    """Whether its value may be no real number: then it is on no side of an inequality."""

    def narrowed(self, region, names: Mapping):
        """The part of a region on which it holds, some names of its own region changed."""
        return region

    def changed(self, change: Callable, of_formulas: Callable | None = None):
        """It, as an author would write it, with `change` made to an expression.

        A formula speaks of its own names and stays as it is, unless `of_formulas` changes it.
        """
        return self if of_formulas is None else of_formulas(self)

    def demands_beside(self, roots: Mapping) -> tuple:
        """What must hold for it to have a value, where `roots` says what implicit names solve.

        What a quantity asks for, it asks of names of its own, whatever is known beside it.
        """
        return self.demands
