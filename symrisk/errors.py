"""Every error symrisk raises, and when.

    SymriskError
    ├── DomainError   (also a ValueError)  a point, shape or number the object does not cover
    ├── ArgumentError (also a TypeError)   a name that is unknown, missing or superfluous, or a
    │                                      value of a wrong type
    ├── NotConverged  (also an             a solver stopped with a residual too large; digits that
    │                 ArithmeticError)     will not settle
    ├── NotProved                          `.require()` on a verdict that is refuted or undecided
    ├── NoMethod                           no method here covers the question asked
    └── DataError     (also a ValueError)  a file or a data set that can't be read as what it
                                           claims to be

Two warnings (each a UserWarning): AccuracyWarning, a value that rounding has left with few right
digits; RatioWarning, a ratio that looks like a percentage.

A message names the object, the rule and the first offender.
"""


class SymriskError(Exception):
    """The root of every error that symrisk raises on purpose."""


class DomainError(SymriskError, ValueError):
    """A point outside the region, a NaN, an infinity, or a shape that does not fit."""


class ArgumentError(SymriskError, TypeError):
    """A name that is unknown, missing or not needed, or a value of a type that is not accepted."""


class NotConverged(SymriskError, ArithmeticError):
    """A solver that did not reach its residual, or digits that could not be settled."""


class AccuracyWarning(UserWarning):
    r"""A float value of a formula of which rounding has left fewer than eleven digits right, at
    inputs taken for exact.

    It names the formula, the point and how many digits are right there; `digits` gives as many as
    are asked for.

    >>> import sympy
    >>> import warnings
    >>> from symrisk import Formula
    >>> from symrisk.symbols import symbol
    >>> b, lam = symbol("b", "b", "any number"), symbol("lam", r"\lambda", "a penalty", positive=True)
    >>> larger = Formula(symbol("larger", "x", "the larger root"), (b + sympy.sqrt(b**2 + 4*lam))/2)
    >>> with warnings.catch_warnings(record=True) as caught:
    ...     warnings.simplefilter("always")
    ...     value = larger(b=-1, lam=1e-12)
    >>> print(caught[0].message)                                                        # doctest: +NORMALIZE_WHITESPACE
    larger = 9.999778782798785e-13 is right to 4 digits only, at b=-1.0, lam=1e-12: rounding has taken the others;
    .digits gives them
    """  # noqa: E501


class RatioWarning(UserWarning):
    """A ratio that looks like a percentage: a shift-to-signal ratio above 4.

    Of single numbers, in calls, digits and on the command line; a grid may run through a range.

    >>> import warnings
    >>> from symrisk.theorems.transfer.concept_shift import pooled_risk
    >>> with warnings.catch_warnings(record=True) as caught:
    ...     warnings.simplefilter("always")
    ...     value = pooled_risk(n1=180, n2=100, p=600, snr=5, ssr=20)
    >>> print(caught[0].message)                                                        # doctest: +NORMALIZE_WHITESPACE
    ssr=20 is a ratio, shift-to-signal ratio |theta_1 - theta_2|^2 / |theta_2|^2: a shift 4.47 times as long as the
    signal; 20 percent is ssr=0.2
    """  # noqa: E501


class NotProved(SymriskError):
    """A verdict was required to be `proved` and is not."""


class NoMethod(SymriskError):
    """No method of the library decides, derives or evaluates this."""


class DataError(SymriskError, ValueError):
    """A file or data set that is not what it should be."""
