"""World x fit: one replicate of the excess risk, its expectation over the label noise exact.

    theta_hat = A y,      bias = |A m - theta_0|^2_{Sigma_0},
                          variance = sum_i sigma_i^2 |A e_i|^2_{Sigma_0}

with A the fit's linear map on the rows drawn and m the noiseless labels.  Only the rows and the
position of the coefficients are left to chance; this holds for every fit that is linear in the
labels, and is said here once for all of them.
"""

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import sympy

from symrisk.engine.arrays.given import numbers
from symrisk.engine.noun import Noun
from symrisk.errors import ArgumentError
from symrisk.simulate.diagonal import applied_in_blocks
from symrisk.simulate.fits.fit import RIDGE, Fit
from symrisk.simulate.fits.linear import Linear
from symrisk.simulate.given import count
from symrisk.simulate.worlds.rows import Rows, gaussian_rows
from symrisk.simulate.worlds.world import Draw, World

WHOLE = ("count", "integer")
"""Kinds of letters that are whole numbers in a simulation."""
TAKEN = {"rng": "its random numbers", "rows": "the design of its rows"}
"""What a replicate is handed besides the values of letters."""


class Parts(NamedTuple):
    """Bias, variance, and the risk that they add up to: of one replicate, or as a `Comparison`
    or a `Growth` each.
    """

    bias: Any
    variance: Any
    risk: Any

    def __str__(self):
        return "\n".join(
            f"{name:8s} {value}" for name, value in zip(self._fields, self, strict=True)
        )


def parts(draw: Draw, fitted: Linear) -> Parts:
    """Bias, variance and risk of a fit given what was drawn, averaged over the label noise exactly.

    One source row along the signal, no target row and no noise leave the shift:

    >>> from symrisk.simulate.fits.min_norm import MinNorm
    >>> source, signal, shift = np.array([[2.0, 0.0]]), np.array([1.0, 0.0]), np.array([3.0, 0.0])
    >>> draw = Draw((source,), (0.0,), signals=source @ (signal + shift), target=signal)
    >>> round(parts(draw, MinNorm().on(draw.designs)).risk, 12)
    9.0
    """
    sigma_sq = np.repeat(numbers("noises", draw.noises, None, "not negative"), draw.sizes)
    if draw.seen is not None:
        # What each label adds is wanted in full: the map is written out once for both parts.
        fitted = Linear(fitted.matrix)
    bias, variance = _bias(draw, fitted), fitted.noise_variance(sigma_sq, draw.seen)
    return Parts(bias, variance, bias + variance)


def _bias(draw, fitted):
    if draw.even is not None:
        p = draw.designs[0].shape[1]
        return draw.even / p * fitted.missed(draw.designs, draw.seen)
    error = fitted.coefficients(draw.signals) - draw.target
    several = 1 if error.ndim == 1 else error.shape[1]
    return _squares(error, draw.seen) / several


def _squares(error, seen) -> float:
    """The squared norm of an error as the target sees it, summed over the columns of several."""
    seen_error = error if seen is None else applied_in_blocks(error.T, seen)
    return float(np.sum(seen_error**2))


@dataclass(frozen=True)
class Risk(Noun):
    """One replicate of the excess risk of a fit in a world: what a `Simulation` takes.

    world, fit: told in letters, in expressions of them and in formulas, whose values a call gives
    by name; `inspect.signature` lists them.
    settings: {letter: value} of what a formula has no name for, the experiment's own, which a call
        may change.

    >>> from symrisk.simulate.fits.ridge import Ridge
    >>> from symrisk.simulate.worlds.shifted import Shifted
    >>> from symrisk.symbols import mu, n2, p, theta_sq
    >>> alone = Risk(Shifted((n2,), p, (1.0,), theta_sq, (0.0,)), Ridge(mu), {p: 60})
    >>> print(inspect.signature(alone))
    (rng, *, n2: int, theta_sq, mu, p: int = 60, rows=<function gaussian_rows at ...>)
    >>> round(alone(np.random.default_rng(0), n2=0, theta_sq=2.25, mu=1.0), 12)
    2.25

    Raises `ArgumentError` for names that are missing or unknown, `DomainError` for counts that are
    not whole, values of a sign that their letter excludes, and for what world and fit refuse.
    """

    world: World
    fit: Fit
    settings: Any = ()

    def __post_init__(self):
        pairs = self.settings.items() if isinstance(self.settings, Mapping) else self.settings
        object.__setattr__(self, "settings", tuple(pairs))

    def __call__(self, rng, /, *, rows: Rows = gaussian_rows, **values) -> float:
        return self.parts(rng, rows=rows, **values).risk

    def parts(self, rng, /, *, rows: Rows = gaussian_rows, **values) -> Parts:
        """Bias, variance and risk of one replicate."""
        told = self.at(**values) if values or self.letters else self
        draw = told.world.draw(rng, rows)
        p = draw.designs[0].shape[1]
        regimes = told.fit.regimes(draw.sizes, p)
        if len(regimes) == 1 and RIDGE not in regimes:
            told.world.require_room()
        return parts(draw, told.fit.on(draw.designs))

    @property
    def letters(self) -> tuple[sympy.Symbol, ...]:
        """The letters of world and fit, in the order in which they come."""
        return tuple(dict.fromkeys((*self.world.letters, *self.fit.letters)))

    def at(self, /, **values) -> "Risk":
        """The same with a value for every letter, checked: many replicates then need none."""
        names = {letter.name: letter for letter in self.letters}
        known = {letter.name: value for letter, value in self.settings} | values
        for name in known:
            if name not in names:
                raise ArgumentError(f"no letter here is {name}; they are {', '.join(names)}")
        for name in names:
            if name not in known:
                raise ArgumentError(f"{name} is missing: the replicate takes {', '.join(names)}")
        table = {letter: _checked(letter, known[name]) for name, letter in names.items()}
        return Risk(self.world.at(table), self.fit.at(table))

    def __getattr__(self, name):
        # Not on the class, whose own signature is that of its fields.
        if name != "__signature__":
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return self._signature()

    def _signature(self):
        self._refuse_taken_names()
        kinds = inspect.Parameter
        settings = dict(self.settings)
        required = [letter for letter in self.letters if letter not in settings]
        parameters = [kinds("rng", kinds.POSITIONAL_OR_KEYWORD)]
        for letter in (*required, *settings):
            whole = int if getattr(letter, "kind", None) in WHOLE else kinds.empty
            default = settings.get(letter, kinds.empty)
            parameters.append(
                kinds(letter.name, kinds.KEYWORD_ONLY, annotation=whole, default=default)
            )
        parameters.append(kinds("rows", kinds.KEYWORD_ONLY, default=gaussian_rows))
        return inspect.Signature(parameters)

    def _refuse_taken_names(self):
        """`ArgumentError` for a letter that is called as what a simulation hands over itself."""
        for letter in self.letters:
            if letter.name in TAKEN:
                raise ArgumentError(
                    f"{letter.name} is what a replicate calls {TAKEN[letter.name]}: give the "
                    f"letter another name"
                )


def _checked(letter, value):
    """A value that its letter may have: whole where it counts, of its sign; a law as it is."""
    kind = getattr(letter, "kind", "scalar")
    if kind in WHOLE:
        return count(letter.name, value)
    if kind == "law":
        return value
    sign = "positive" if letter.is_positive else "not negative" if letter.is_nonnegative else None
    return float(numbers(letter.name, value, (), sign))
