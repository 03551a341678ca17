"""Conventions that a call may follow beside a formula's own, and what looks like another one.

A ridge penalty is `lam` beside the mean of squared residuals, or `mu = n*lam` beside their sum; a
risk is the excess over the noise of a fresh label, or in total.  A formula says its own; what is
asked for in the other is put in exactly, where it is known how.
"""

import sys
import warnings
from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path

import numpy as np

from symrisk import symbols
from symrisk.engine.expressions import tex
from symrisk.errors import ArgumentError, RatioWarning

PENALTIES = {
    "lam": (symbols.mu, symbols.n * symbols.lam, "mu = n*lam"),
    "mu": (symbols.lam, symbols.mu / symbols.n, "lam = mu/n"),
}
"""What is given -> (the name that it stands for, how, and how that is written)."""
LARGEST = {symbols.ssr: 4}
"""A ratio above this is likely to have been meant in percent."""
SAID = {
    symbols.gamma: "gamma is p/n, features over samples; not n/p",
    symbols.snr: "snr is by the whole norm, |theta_2|^2 / sigma^2; not by |theta_2|^2 / p",
    symbols.ssr: "ssr is a ratio of squared norms; 20 percent is 0.2",
}
"""What is to be said of an input, where several conventions are in use."""
PACKAGE = str(Path(__file__).parents[2])


def meant(quantity, given: Collection[str], total: bool):
    """The quantity that a call with these names asks for: with the noise added, the penalty put in.

    >>> from symrisk.theorems.transfer.isotropic_ridge import target_ridge_risk
    >>> meant(target_ridge_risk, {"lam", "n2", "p", "theta_sq", "sigma2_sq"}, total=True)
    target_ridge_risk at mu = lam*n + sigma2_sq

    ArgumentError where a quantity is no excess risk, and where it is not known of how many rows the
    mean of squared residuals is.
    """
    if not isinstance(total, (bool, np.bool_)):
        raise ArgumentError(f"total is True or False; not {total!r}")
    other = _other_penalty(quantity, given)
    if other is None and not total:
        return quantity
    return _meant(quantity, other, "n" in given, bool(total))


@lru_cache(maxsize=1024)
def _meant(quantity, other, is_n_given, total):
    found = quantity if other is None else _penalised(quantity, other, is_n_given)
    if not total:
        return found
    if quantity.excess_over is None:
        wanted = "total=True adds the noise of a fresh label to an excess risk"
        raise ArgumentError(f"{quantity.title} is not stated as an excess risk: {wanted}")
    return found + quantity.excess_over


def _other_penalty(quantity, given):
    """The penalty that is given where a quantity takes the other one; None where none is."""
    for name, (taken, _, _) in PENALTIES.items():
        if name in given and taken.name not in given:
            known = quantity.graph.names
            if taken in known and not any(symbol.name == name for symbol in known):
                return name
    return None


def _penalised(quantity, name, is_n_given):
    """The quantity with one penalty put in for the other."""
    taken, how, written = PENALTIES[name]
    rows = rows_of(quantity)
    if rows is None and not is_n_given:
        raise ArgumentError(
            f"{quantity.title} takes {taken}, and {written} with the rows n of the fit that it "
            f"penalises, which are not known here: give {taken}, or n beside {name}"
        )
    return quantity.at({taken: how if rows is None else how.subs(symbols.n, rows)})


def rows_of(quantity):
    """The letter for the rows of a quantity's one fit: n, or its only sample size; else None."""
    if symbols.n in quantity.graph.names:
        return symbols.n
    sizes = [s for s in quantity.graph.names if getattr(s, "kind", "") == "count"]
    rows = [s for s in sizes if s != symbols.p]
    return rows[0] if len(rows) == 1 else None


def said(quantity) -> list[str]:
    """The conventions of a quantity, a sentence each.

    >>> from symrisk.theorems.transfer.isotropic_ridge import target_ridge_risk
    >>> for sentence in said(target_ridge_risk):
    ...     print(sentence)
    excess risk: the noise of a fresh label is left out; total=True adds sigma2_sq
    mu is absolute, mu = n*lam: lam may be given instead, n = n2
    """
    found = []
    if quantity.excess_over is not None:
        left_out = "the noise of a fresh label is left out"
        found.append(f"excess risk: {left_out}; total=True adds {quantity.excess_over}")
    inputs = set(quantity.inputs.values())
    if symbols.mu in inputs:
        found.append(f"mu is absolute, mu = n*lam: lam may be given instead, {_of_rows(quantity)}")
    if symbols.lam in inputs:
        stands = "lam stands beside the mean of squared residuals, mu = n*lam"
        found.append(f"{stands}: mu may be given instead, {_of_rows(quantity)}")
    return [*found, *(words for letter, words in SAID.items() if letter in inputs)]


def _of_rows(quantity):
    rows = rows_of(quantity)
    if rows is None:
        return "with n, the rows of the fit that it penalises"
    known = quantity.graph.lookup.get(rows)
    return f"n = {rows if known is None else tex.text(known)}"


def followed(quantity, given: Collection[str], total: bool) -> list[str]:
    """What a call is taken for where it follows another convention than the formula, in words.

    >>> from symrisk.theorems.transfer.isotropic_ridge import target_ridge_risk
    >>> followed(target_ridge_risk, {"lam"}, total=True)
    ['mu = n*lam, n = n2', 'total risk: target_ridge_risk + sigma2_sq']
    """
    found = []
    other = _other_penalty(quantity, given)
    if other is not None:
        rows = "n as given" if rows_of(quantity) is None else _of_rows(quantity)
        found.append(f"{PENALTIES[other][2]}, {rows}")
    if total:
        found.append(f"total risk: {quantity.title} + {quantity.excess_over}")
    return found


def warn_of_percentages(quantity, values: Mapping) -> None:
    """RatioWarning for a ratio that looks like a percentage.

    One number at a time: a grid may well run through all of a range.
    """
    for letter, largest in LARGEST.items():
        value = values.get(letter.name)
        if _is_above(value, largest) and letter in quantity.graph.names:
            # as a float, exact or as text: it is the same number, and warned of once
            shown = f"{float(value):g}"
            warnings.warn(
                f"{letter}={shown} is a ratio, {letter.meaning}: a shift {float(value) ** 0.5:.3g} "
                f"times as long as the signal; {shown} percent is {letter}={float(value) / 100:g}",
                RatioWarning,
                stacklevel=_depth(),
            )


def _is_above(value, largest):
    if value is None or isinstance(value, (list, tuple, np.ndarray)):
        return False
    try:
        return float(value) > largest
    except (TypeError, ValueError, OverflowError):
        # What is no number is refused where it is read.
        return False


def _depth():
    """How many frames up the caller is that is none of the library's."""
    frame, depth = sys._getframe(1), 1
    while frame.f_back is not None and frame.f_code.co_filename.startswith(PACKAGE):
        frame, depth = frame.f_back, depth + 1
    return depth
