"""Experiments: a formula, one replicate of what it describes, and how far the two are apart."""

import inspect
import math
import operator
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any

import numpy as np

from symrisk.engine.expressions.markdown import table
from symrisk.errors import ArgumentError, DomainError
from symrisk.laws.law import Law
from symrisk.simulate.given import count, generator
from symrisk.simulate.risk import Risk
from symrisk.simulate.worlds.rows import DESIGNS

BATCHES = 64
ROUNDING = 1e-12


@dataclass(frozen=True)
class Comparison:
    """A simulated mean beside the value of a formula, and their distance in standard errors.

    `mean` and `standard_error` (that of the mean) come from `reps` independent replicates;
    `formula` is the value under test.  z = (mean - reference) / standard_error, where the reference
    is `finite_size`, the formula with its finite-size factor, if there is one, and `formula`
    otherwise.  A replicate without randomness has no standard error: z is then 0 if it equals the
    reference to rounding, infinite if not.

    >>> print(Comparison.of([1.0, 3.0, 2.0, 2.0], formula=2.5))
    simulated 2.00 ± 0.41 (4 replicates), formula 2.50, z = -1.22
    """

    mean: float
    standard_error: float
    formula: float
    z: float
    reps: int
    finite_size: float | None = None

    @classmethod
    def of(cls, values, formula, finite_size=None):
        """The comparison of replicate `values`, at least two and all finite, with a formula's
        value.
        """
        values = _replicated(values)
        # Centred, so that equal values have a standard error of exactly zero.
        rest = values - values[0]
        mean, standard_error = (
            float(values[0] + rest.mean()),
            float(rest.std(ddof=1)) / math.sqrt(len(rest)),
        )
        z = _z(mean, formula if finite_size is None else finite_size, standard_error)
        return cls(mean, standard_error, formula, z, len(values), finite_size)

    def to_dict(self):
        """The fields as plain numbers, name -> value."""
        return asdict(self)

    def _repr_markdown_(self):
        shown = partial(_shown, standard_error=self.standard_error)
        spread = f"{shown(self.mean)} ± {shown(self.standard_error)}"
        rows = [(f"simulated, {self.reps} replicates", spread), ("formula", shown(self.formula))]
        if self.finite_size is not None:
            rows.append(("formula with finite-size factor", shown(self.finite_size)))
        return table(("", "value"), [*rows, ("z, in standard errors", f"{self.z:+.2f}")])

    def __str__(self):
        shown = partial(_shown, standard_error=self.standard_error)
        parts = [
            f"simulated {shown(self.mean)} ± {shown(self.standard_error)} ({self.reps} replicates)",
            f"formula {shown(self.formula)}",
        ]
        if self.finite_size is not None:
            parts.append(f"with finite-size factor {shown(self.finite_size)}")
        return ", ".join([*parts, f"z = {self.z:+.2f}"])


@dataclass(frozen=True)
class Simulation:
    """A formula with an experiment whose mean it predicts.

    formula: the Formula under test.
    replicate: the `Risk` of a fit in a world, told in the formula's letters; or a module-level
        function ``replicate(rng, *, ...) -> float``.  Its keywords without a default
        are names of the formula (n1, p, sigma_sq, theta_sq, ...) and receive their values; those
        annotated ``int`` must be whole.  Keywords with a default are settings of the experiment,
        which a call may give; ``rows`` receives a row design.
    finite_size: the formula with its finite-size factor, taking the same inputs, or None.  A factor
    that is
        exact for Gaussian rows is not so for others: a gap of order 1/p shows at many replicates.
    rows: the names of the row designs it may run with, the first by default. says: what the
    experiment shows, in words. point: the inputs at which it runs when none are given, name ->
    value: numbers, and laws of a formula's means.

    >>> from symrisk.language.formula import Formula
    >>> from symrisk.simulate.mixing import mixing_variance
    >>> from symrisk.symbols import variance, w
    >>> after_one_step = Formula(variance, 1 - 2*(1 - w) + 3*(1 - w)**2)
    >>> simulation = Simulation(after_one_step, partial(mixing_variance, t=1, n=20, p=30))
    >>> print(simulation.run(200, rng=0, w=0.5))
    simulated 0.742 ± 0.033 (200 replicates), formula 0.750, z = -0.23

    Raises `DomainError` where `rows` names a design that does not exist.
    """

    formula: Any
    replicate: Callable[..., float]
    finite_size: Any = None
    rows: tuple[str, ...] = tuple(DESIGNS)
    says: str = ""
    point: dict[str, float] = field(default_factory=dict, hash=False)

    def __post_init__(self):
        for name in self.rows:
            if name not in DESIGNS:
                raise DomainError(f"row designs are {', '.join(DESIGNS)}; not {name!r}")

    def run(
        self, reps: int = 100, /, *, rng=None, executor=None, progress=None, rows=None, **inputs
    ) -> Comparison:
        """The mean of `reps` independent replicates against the formula at `inputs`, a
        `Comparison`.

        Each replicate has a generator of its own, spawned from ``np.random.default_rng(rng)`` (SPEC
        7): more replicates extend fewer, and any `executor` (a ``concurrent.futures`` thread or
        process pool, a dask client's) gives the bits of a serial run as far as BLAS does: on
        machines of one kind with equally many BLAS threads.  ``progress=tqdm`` shows a bar: it is
        called as ``progress(values, total=reps)`` and iterated in their place.  `rows` names the
        row design.

        Raises `ArgumentError` for names that are missing, unknown or of a wrong type; `DomainError`
        for reps < 2, sizes that are not whole, arrays, an unknown design, and replicates that are
        not finite.
        """
        reps = _at_least_two(reps)
        settings, point = self._split(self._completed(inputs))
        formula = float(self.formula(**point))
        finite_size = None if self.finite_size is None else float(self.finite_size(**point))
        task = partial(self._told(self._arguments(point, settings)), **self._design(rows))
        values = _mapped(executor, task, generator(rng).spawn(reps))
        return Comparison.of(
            progress(values, total=reps) if progress else values, formula, finite_size
        )

    def _completed(self, inputs):
        """The default point with what is given put over it, where that is all its own names and
        settings.
        """
        optional = {name for name, keyword in self._keywords().items() if not _is_required(keyword)}
        return {**self.point, **inputs} if inputs.keys() <= self.point.keys() | optional else inputs

    def _split(self, inputs):
        """Settings of the experiment, the replicate's keywords with a default, and inputs of the
        formula.
        """
        optional = {name for name, keyword in self._keywords().items() if not _is_required(keyword)}
        settings = {name: inputs[name] for name in inputs if name in optional}
        return settings, {
            name: _scalar(name, inputs[name]) for name in inputs if name not in optional
        }

    def _arguments(self, point, settings):
        """What the replicate receives: the value of every name of the formula it asks for, and
        settings.
        """
        keywords, values = self._keywords(), self.formula.values(**point)
        for name, keyword in keywords.items():
            if _is_required(keyword) != (name in values):
                fault = (
                    "has a default for it" if name in values else "it is not a name of the formula"
                )
                raise ArgumentError(
                    f"the replicate of {self.formula.title} takes {name}, but {fault}"
                )
        given = {name: values[name] for name in keywords if name in values} | settings
        return {name: _as_annotated(keywords[name], value) for name, value in given.items()}

    def _told(self, arguments):
        """The replicate with its arguments: those of a `Risk` are put in and checked once for all
        replicates.
        """
        if isinstance(self.replicate, Risk):
            return self.replicate.at(**arguments)
        return partial(self.replicate, **arguments)

    def _design(self, rows):
        """The row design by name, as the keyword `rows`; nothing for a replicate that takes
        none.
        """
        if "rows" not in inspect.signature(self.replicate).parameters:
            if rows is not None:
                raise ArgumentError(f"the replicate of {self.formula.title} takes no rows")
            return {}
        if rows is not None and rows not in self.rows:
            raise DomainError(f"rows is one of {', '.join(self.rows)}; not {rows!r}")
        return {"rows": DESIGNS[self.rows[0] if rows is None else rows]}

    def _keywords(self):
        parameters = inspect.signature(self.replicate).parameters.values()
        return {k.name: k for k in parameters if k.kind is k.KEYWORD_ONLY and k.name != "rows"}


def _is_required(keyword):
    return keyword.default is keyword.empty


def _as_annotated(keyword, value):
    return count(keyword.name, value) if keyword.annotation in (int, "int") else value


def _at_least_two(reps):
    try:
        reps = operator.index(reps)
    except TypeError:
        raise ArgumentError(f"reps is a whole number >= 2; not {reps!r}") from None
    if reps < 2:
        raise DomainError(f"reps is a whole number >= 2, for a standard error; not {reps}")
    return reps


def _scalar(name, value):
    """A number, or a law, as it is."""
    if not isinstance(value, Law) and np.ndim(value):
        raise DomainError(
            f"a simulation runs at one point; {name} is an array of shape {np.shape(value)}"
        )
    return value


def _mapped(executor, task, generators):
    if executor is None:
        return map(task, generators)
    return executor.map(task, generators, chunksize=math.ceil(len(generators) / BATCHES))


def _replicated(values):
    values = np.array([float(value) for value in values])
    if len(values) < 2:
        raise DomainError(f"a standard error takes two replicates; not {len(values)}")
    for index in np.flatnonzero(~np.isfinite(values)):
        raise DomainError(f"replicates are finite; number {index} is {values[index]}")
    return values


def _z(mean, reference, standard_error):
    gap, rounding = mean - reference, ROUNDING * max(abs(mean), abs(reference))
    if standard_error > rounding:
        return gap / standard_error
    return 0.0 if abs(gap) <= rounding else math.copysign(math.inf, gap)


def _shown(value, standard_error):
    """`value` with as many decimals as show two digits of the standard error."""
    if standard_error == 0:
        return f"{value:.12g}"
    return f"{value:.{min(15, max(0, 1 - math.floor(math.log10(standard_error))))}f}"
