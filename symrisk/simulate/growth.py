"""Growth: how the gap between a simulation and a formula falls as every size doubles.

A formula exact up to O(1/p) has a gap that halves with each doubling, up to terms of order 1/p^2.
A step is tested by

    z = (2 gap(2n) - gap(n)) / (4 se(2n)^2 + se(n)^2)^{1/2},

0 in the mean where the gap halves and gap(n)/se where it stays: a step that cannot tell the two
apart says so.
"""

import math
from dataclasses import dataclass, replace

from symrisk.errors import ArgumentError, DomainError
from symrisk.simulate.experiment import Comparison
from symrisk.simulate.given import count, generator
from symrisk.simulate.risk import Parts

LIMIT = 3.0
SAYS = {
    "halves": "the gap halves within its standard error",
    "slower": "the gap falls more slowly than by half",
    "faster": "the gap falls faster than by half",
    "unresolved": "the gap is too near its standard error to tell halving from staying",
}
HEADS = ("sizes", "simulated", "std.error", "formula", "gap", "ratio", "std.error", "z")
ROW = "{:>6s} {:>11s} {:>10s} {:>11s} {:>11s} {:>8s} {:>10s} {:>6s}"


@dataclass(frozen=True)
class Growth:
    """Comparisons of one experiment at sizes n, 2n, 4n, ..., and what their gaps say.

    `gaps` are means less formulas; `ratios` are each gap over the one before, with `ratio_errors`
    to first order; `z` tests each step for halving.  `status` is 'halves' where every step is
    resolved and within LIMIT standard errors of halving; 'slower' or 'faster' where one is further
    off, 'unresolved' where one could not have told halving from staying.  A ratio with a standard
    error of 1 or more is printed as '-'.

    >>> runs = [Comparison(1 + 0.08/m, 0.001, 1.0, 0.0, 100) for m in (1, 2, 4)]
    >>> print(Growth(tuple(runs)))
     sizes   simulated  std.error     formula         gap    ratio  std.error      z
        x1     1.08000    0.00100     1.00000     0.08000
        x2     1.04000    0.00100     1.00000     0.04000    0.500      0.014  +0.00
        x4     1.02000    0.00100     1.00000     0.02000    0.500      0.028  +0.00
    the gap halves within its standard error
    >>> Growth((runs[0], runs[0])).status, Growth((runs[0], runs[2])).status
    ('slower', 'faster')

    Raises `DomainError` for fewer than two comparisons, `ArgumentError` for anything else.
    """

    comparisons: tuple[Comparison, ...]

    def __post_init__(self):
        object.__setattr__(self, "comparisons", tuple(self.comparisons))
        for number, found in enumerate(self.comparisons):
            if not isinstance(found, Comparison):
                raise ArgumentError(f"growth is read off Comparisons; number {number} is {found!r}")
        if len(self.comparisons) < 2:
            raise DomainError(f"growth takes two sizes at least; not {len(self.comparisons)}")

    @property
    def gaps(self):
        """Mean less formula, one a size."""
        return tuple(found.mean - found.formula for found in self.comparisons)

    @property
    def ratios(self):
        """Each gap over the one before; NaN after a gap of zero."""
        return tuple(
            b / a if a else math.nan for a, b in zip(self.gaps, self.gaps[1:], strict=False)
        )

    @property
    def ratio_errors(self):
        """Standard errors of the ratios to first order: infinite after a gap of zero."""
        return tuple(
            math.hypot(t, r * s) / abs(a) if a else math.inf
            for a, r, (s, t) in zip(self.gaps, self.ratios, self._errors, strict=False)
        )

    @property
    def z(self):
        """One a step: by how many standard errors twice the new gap exceeds the old, along the
        old one's sign.
        """
        return tuple(
            _over(math.copysign(1.0, a) * (2 * b - a), math.hypot(2 * t, s))
            for a, b, (s, t) in zip(self.gaps, self.gaps[1:], self._errors, strict=False)
        )

    @property
    def status(self):
        """'halves', 'slower', 'faster' or 'unresolved'."""
        for z in self.z:
            if abs(z) > LIMIT:
                return "slower" if z > 0 else "faster"
        resolved = all(
            abs(a) > LIMIT * math.hypot(2 * t, s)
            for a, (s, t) in zip(self.gaps, self._errors, strict=False)
        )
        return "halves" if resolved else "unresolved"

    def with_factor(self):
        """The growth of the gap to the formula with its finite-size factor.

        >>> runs = [Comparison(1 + 1/m, 0.01, 1.0, 0.0, 100, finite_size=1 + 1/m) for m in (1, 2)]
        >>> Growth(runs).status, Growth(runs).with_factor().status
        ('halves', 'unresolved')

        Raises `DomainError` where a comparison has none.
        """
        for number, found in enumerate(self.comparisons):
            if found.finite_size is None:
                raise DomainError(
                    f"a finite-size factor stands in every comparison; not in number {number}"
                )
        return Growth(
            tuple(replace(found, formula=found.finite_size) for found in self.comparisons)
        )

    def __str__(self):
        steps = [
            ("", "", ""),
            *(
                ((f"{r:.3f}", f"{e:.3f}") if e < 1 else ("-", "-")) + (f"{z:+.2f}",)
                for r, e, z in zip(self.ratios, self.ratio_errors, self.z, strict=True)
            ),
        ]
        lines = [
            ROW.format(
                f"x{2**i}",
                f"{run.mean:.5f}",
                f"{run.standard_error:.5f}",
                f"{run.formula:.5f}",
                f"{gap:.5f}",
                *step,
            )
            for i, (run, gap, step) in enumerate(
                zip(self.comparisons, self.gaps, steps, strict=True)
            )
        ]
        return "\n".join(line.rstrip() for line in (ROW.format(*HEADS), *lines, SAYS[self.status]))

    @property
    def _errors(self):
        errors = [found.standard_error for found in self.comparisons]
        return list(zip(errors, errors[1:], strict=False))


def grow(compare, *, doublings=2, rng=None):
    """The `Growth` of ``compare(factor, rng)``, a `Comparison` with all sizes times factor, at
    factors 1, 2, 4, ...

    Each size has a generator of its own.  The exact noise of the interpolator against its limit
    n/(p - n):

    >>> from symrisk.simulate.fits.min_norm import MinNorm
    >>> from symrisk.simulate.risk import Risk
    >>> from symrisk.simulate.worlds.shifted import Shifted
    >>> def compare(factor, rng):
    ...     world = Shifted((20 * factor,), 40 * factor, (1.0,), theta_sq=0.0, shifts=(0.0,))
    ...     return Comparison.of(map(Risk(world, MinNorm()), rng.spawn(400)), formula=1.0)
    >>> grow(compare, rng=0).status
    'halves'

    Raises `DomainError` where doublings is not a whole number >= 1.
    """  # noqa: E501
    return Growth(tuple(_runs(compare, doublings, rng)))


def grow_setting(
    setting, reps=100, /, *, bias, variance, doublings=2, rng=None, rows="gaussian", executor=None
):
    """The growth of each of the `Parts` of a `Setting`, whose multiplicities, rows and penalty
    double.

    The values `bias` and `variance` are those of the setting; of their limits no size changes
    anything.

    >>> import numpy as np
    >>> from symrisk.simulate.setting import Setting
    >>> setting = Setting([np.ones(40)], [20], [np.eye(40)[0]], [1.0], np.ones(40), np.eye(40)[0])
    >>> grow_setting(setting, 200, bias=0.5, variance=1.0, rng=0).variance.status
    'halves'
    """

    def compare(factor, rng):
        return setting.times(factor).compare(
            reps, bias=bias, variance=variance, rng=rng, rows=rows, executor=executor
        )

    return Parts(*map(Growth, zip(*_runs(compare, doublings, rng), strict=True)))


def _runs(compare, doublings, rng):
    doublings = count("doublings", doublings, least=1)
    return [compare(2**i, child) for i, child in enumerate(generator(rng).spawn(doublings + 1))]


def _over(difference, error):
    """A number of standard errors; without one, 0 or an infinity."""
    if error > 0:
        return difference / error
    return math.copysign(math.inf, difference) if difference else 0.0
