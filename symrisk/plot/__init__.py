"""Pictures of theorems, drawn from their formulas: `plot("transfer.concept_shift")`; of any formula
along one of its inputs: `plot(formula, x="n1", ...)`; of which of two is less: `phase_diagram`.

They need the [plot] extra, matplotlib, which is imported with the first picture.
"""

from importlib import import_module
from pkgutil import walk_packages

from symrisk.catalogue.asked.resolve import locate, whole_id
from symrisk.errors import ArgumentError, NoMethod

__all__ = ["FIGURES", "curves", "drawn", "phase_diagram", "plot"]

_DRAWN = {"curves": "symrisk.plot.curves", "phase_diagram": "symrisk.plot.phase"}
"""What draws, and where: matplotlib is loaded with it."""
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
    if name not in _DRAWN:
        raise AttributeError(f"module 'symrisk.plot' has no attribute {name!r}")
    drawing = getattr(import_module(_DRAWN[name]), name)
    # Loading the module has bound its own name here: the function is what was asked for.
    globals()[name] = drawing
    return drawing


def plot(what, /, *, x=None, simulate=0, rng=None, executor=None, **values):
    r"""A picture, a matplotlib Figure: save it, or let a notebook show it.

    what: a formula, or several in a list, or the id of one: it is drawn along its input `x`, from
    first to last as in ``x=("n1", 0, 480)``, the other inputs being given; a list of values gives a
    curve each.  `x="n1"` alone runs as far as the hypotheses bound it.  See `curves` for all there
    is to say, such as ``log="y"``.  Or the id of a theorem, without x: its own figure.

    ``simulate=200`` adds means of 200 replicates with their standard errors, drawn from ``rng``, on
    any ``concurrent.futures`` executor.  Nothing is displayed and no state of pyplot's is touched.

    >>> from symrisk.theorems.transfer import concept_shift as shift
    >>> figure = plot(shift.pooled_risk, x=("n1", 0, 400), n2=100, p=600, snr=5, ssr=[0.1, 0.5])
    >>> [axes.get_xlabel() for axes in figure.axes]
    ['source sample size $n_1$']
    >>> figure = plot("collapse.mixing")
    >>> [axes.get_xlabel() for axes in figure.axes]
    ['weight of the real labels $w$', 'generation $t$']
    >>> plot("transfer.finite_sample")
    Traceback (most recent call last):
        ...
    symrisk.errors.NoMethod: transfer.finite_sample has no figure; there is one of collapse.mixing, transfer.comparison, ...; a formula of it is drawn by x='...'

    Raises `ArgumentError` for an id that the catalogue does not have, and for inputs that are
    unknown, missing or given twice; `DomainError` where there is nothing to draw; `NoMethod`
    without a figure or without matplotlib.
    """  # noqa: E501
    settings = {"simulate": simulate, "rng": rng, "executor": executor}
    if x is None and isinstance(what, str):
        return _figure(what, values, settings)
    if x is None:
        raise ArgumentError("say which input runs: x='n1', or x=('n1', first, last)")
    several = what if isinstance(what, (list, tuple)) else [what]
    formulas = [
        locate(each).required_formula if isinstance(each, str) else each for each in several
    ]
    draw = import_module(_DRAWN["curves"]).curves
    return draw(formulas, x=x, **settings, **values).figure


def _figure(identifier, values, settings):
    """A theorem's own figure."""
    figures = drawn()
    theorem = identifier if identifier in figures else whole_id(identifier)
    if theorem not in figures:
        others = f"there is one of {', '.join(figures)}"
        raise NoMethod(f"{theorem} has no figure; {others}; a formula of it is drawn by x='...'")
    if values:
        raise ArgumentError(f"the figure of {theorem} takes no {', '.join(values)}: draw a formula")
    return import_module(figures[theorem]).figure(**settings)
