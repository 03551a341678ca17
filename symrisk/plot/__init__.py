"""Pictures of theorems, drawn from their formulas: `plot("transfer.concept_shift")`; of any two
formulas: `phase_diagram`.

They need the [plot] extra, matplotlib, which is imported with the first picture.
"""

from importlib import import_module
from pkgutil import walk_packages

from symrisk.catalogue.resolve import whole_id
from symrisk.errors import NoMethod

__all__ = ["FIGURES", "drawn", "phase_diagram", "plot"]

_HOME = f"{__name__}.figures"


def drawn() -> dict[str, str]:
    """The id of a theorem -> the module of its figure, which has the same setting and stem.

    Found by looking, each time: a file put beside the others is a figure.

    >>> drawn()["collapse.mixing"]
    'symrisk.plot.figures.collapse.mixing'
    """
    found = walk_packages(import_module(_HOME).__path__, f"{_HOME}.")
    return {
        module.name.removeprefix(f"{_HOME}."): module.name for module in found if not module.ispkg
    }


def __getattr__(name):
    if name == "FIGURES":
        return drawn()
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
    figures = drawn()
    theorem = identifier if identifier in figures else whole_id(identifier)
    if theorem not in figures:
        raise NoMethod(f"{theorem} has no figure; there is one of {', '.join(figures)}")
    return import_module(figures[theorem]).figure(simulate=simulate, rng=rng, executor=executor)
