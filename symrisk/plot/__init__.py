"""Pictures of theorems, drawn from their formulas: `plot("transfer.concept_shift")`; of any two
formulas: `phase_diagram`.

They need the [plot] extra, matplotlib, which is imported with the first picture.
"""

from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

from symrisk.catalogue.resolve import whole_id
from symrisk.errors import NoMethod

__all__ = ["FIGURES", "phase_diagram", "plot"]

_HOME = f"{__name__}.figures"


def _found() -> dict[str, str]:
    """The id of a theorem -> the module of its figure, which has the same setting and stem."""
    return {
        found.name.removeprefix(f"{_HOME}."): found.name
        for found in walk_packages([str(Path(__file__).with_name("figures"))], f"{_HOME}.")
        if not found.ispkg
    }


FIGURES = _found()


def __getattr__(name):
    if name != "phase_diagram":
        raise AttributeError(f"module 'symrisk.plot' has no attribute {name!r}")
    return import_module("symrisk.plot.phase").phase_diagram


def plot(identifier, *, simulate=0, rng=None, executor=None):
    """The figure of a theorem by its id, a matplotlib Figure: save it, or let a notebook show it.

    ``simulate=200`` adds means of 200 replicates with their standard errors, drawn from ``rng``, on
    any ``concurrent.futures`` executor.  Nothing is displayed and no state of pyplot's is touched.

    >>> figure = plot("collapse.mixing")
    >>> [axes.get_xlabel() for axes in figure.axes]
    ['weight of the real labels $w$', 'generation $t$']
    >>> plot("transfer.finite_sample")
    Traceback (most recent call last):
        ...
    symrisk.errors.NoMethod: transfer.finite_sample has no figure; there is one of collapse.mixing, transfer.comparison, ...

    Raises `ArgumentError` for an id that the catalogue does not have, `NoMethod` without a figure
    or without matplotlib.
    """  # noqa: E501
    theorem = whole_id(identifier)
    if theorem not in FIGURES:
        raise NoMethod(f"{theorem} has no figure; there is one of {', '.join(FIGURES)}")
    return import_module(FIGURES[theorem]).figure(simulate=simulate, rng=rng, executor=executor)
