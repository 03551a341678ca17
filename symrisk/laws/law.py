"""Laws: spectral measures that a mean can be taken over, of one eigenvalue or of several jointly.

A law names the variables that a mean over it binds, and gives their values and weights as exact
rationals, as balls and as arrays.  Weights sum to one: a law is a measure a feature, and p times a
mean is a trace.
"""

import numpy as np
import sympy
from flint import arb

from symrisk.engine.algebra.rational import to_fmpq, to_rational
from symrisk.engine.decimals import exact
from symrisk.engine.noun import cached_property
from symrisk.errors import ArgumentError, DomainError, NoMethod
from symrisk.symbols import BOUND, eigenvalue, tau

SMALLEST_NORMAL = 2.0**-1022


class Law(sympy.Basic):
    """What every law has: `variables`, and their values with weights, as `points`, `balls()` and
    `arrays`.
    """

    variables = (tau,)

    @property
    def points(self):
        """((values of the variables), weight), exact; NoMethod for a law that has no exact
        points.
        """
        raise NoMethod(f"{self!r} has no exact points")

    @property
    def size(self):
        """How many atoms it has."""
        return len(self.points)

    def balls(self):
        """(values, weights) at the working precision: for each variable a list of balls, and a
        list of weights.
        """
        values, weights = self.rationals
        return [[arb(v) for v in column] for column in values], [arb(w) for w in weights]

    @cached_property
    def rationals(self):
        """(values, weights) exactly: for each variable a list of python-flint rationals, and a
        list of weights.
        """
        columns = zip(*(values for values, _ in self.points), strict=True)
        exact = [[to_fmpq(v) for v in column] for column in columns]
        return exact, [to_fmpq(w) for _, w in self.points]

    @cached_property
    def arrays(self):
        """(values, weights) as float64: one array a variable, in the order of `variables`."""
        values = [
            np.array([self._as_float(v) for v in column])
            for column in zip(*(v for v, _ in self.points), strict=True)
        ]
        return values, np.array([self._as_float(w) for _, w in self.points])

    @property
    def conditions(self) -> tuple:
        """Pairs (expression, strict) in the letters that it is written in: it is a law where
        these are > 0, or >= 0.
        """
        return ()

    def _as_float(self, number):
        if number.free_symbols:
            raise ArgumentError(
                f"{self!r}: {number} is a letter, for claims; a value takes numbers"
            )
        value = _nearest_float(number)
        if abs(value) == float("inf") or (value == 0 and number != 0):
            raise DomainError(
                f"{self!r}: {number} is too {'large' if value else 'small'} for a float; use "
                f".digits"
            )
        return value

    @cached_property
    def columns(self):
        """variable -> its array of values."""
        return dict(zip(self.variables, self.arrays[0], strict=True))

    @property
    def free_symbols(self):
        return set()

    def _latex(self, printer):
        return rf"\text{{{self!r}}}"


def _nearest_float(number):
    """A number as a float, as SymPy rounds it; Python divides whole numbers much sooner."""
    if number.is_Rational:
        try:
            value = int(number.p) / int(number.q)
        except OverflowError:
            return float(number)
        # Below the normal floats SymPy rounds twice.
        if abs(value) >= SMALLEST_NORMAL:
            return value
    return float(number)


class Atoms(Law):
    """Finitely many eigenvalues with their weights: ``Atoms({1: "1/2", 4: "1/2"})``, or jointly
    ``Atoms({(3, 1): 1})``.

    Keys are eigenvalues, or tuples of values of the variables `of`; these are tau for single values
    and tau_1, tau_2, ... for tuples where nothing else is said.  Values and weights are exact (int,
    Fraction, Rational or string), eigenvalues non-negative, weights positive and of sum 1.  Letters
    may stand for values and weights, for claims about every law of so many atoms; the last weight
    is then 1 minus the others.  Equal atoms are one.  Raises DomainError and ArgumentError (binary
    floats, shapes).

    >>> Atoms({1: "1/4", 3: "3/4"})
    Atoms({1: 1/4, 3: 3/4})
    >>> Atoms({(3, "1/2"): "2/5", (1, 2): "3/5"}).variables
    (tau1, tau2)
    >>> Atoms({1: "1/4", 3: "1/4"})
    Traceback (most recent call last):
        ...
    symrisk.errors.DomainError: Atoms: the weights sum to 1; not to 1/2
    """

    def __new__(cls, weights, of=None):
        if not isinstance(weights, (dict, sympy.Tuple)):
            raise ArgumentError(f"Atoms takes a dict {{eigenvalue: weight}}; not {weights!r}")
        pairs = weights.items() if isinstance(weights, dict) else [pair.args for pair in weights]
        rows = [(_row(values), _number("weight", weight)) for values, weight in pairs]
        variables = _variables(rows, of)
        _check_total(rows)
        for values, weight in rows:
            _check_atom(variables, values, weight)
        rows = sorted(_together(rows), key=lambda row: [sympy.default_sort_key(v) for v in row[0]])
        return sympy.Basic.__new__(
            cls,
            sympy.Tuple(*(sympy.Tuple(sympy.Tuple(*v), w) for v, w in rows)),
            sympy.Tuple(*variables),
        )

    @property
    def variables(self):
        return tuple(self.args[1])

    @property
    def size(self):
        return len(self.args[0])

    @property
    def points(self):
        return tuple((tuple(values), weight) for values, weight in self.args[0])

    @property
    def weights(self):
        """((eigenvalue, weight), ...), by eigenvalue: tuples of values where the law is joint."""
        return tuple((v[0] if len(v) == 1 else v, w) for v, w in self.points)

    @property
    def free_symbols(self):
        """The letters that stand for values and weights."""
        return self.args[0].free_symbols

    @property
    def conditions(self) -> tuple:
        """That lettered weights are positive and lettered eigenvalues not negative, as far as their
        letters don't say it.

        >>> from symrisk.symbols import w
        >>> Atoms({1: w, 2: 1 - w}).conditions
        ((w, True), (1 - w, True))
        """
        wanted = []
        for values, weight in self.points:
            for variable, value in zip(self.variables, values, strict=True):
                if variable.is_nonnegative:
                    wanted.append((value, bool(variable.is_positive)))
            wanted.append((weight, True))
        return tuple(
            (value, strict)
            for value, strict in dict.fromkeys(wanted)
            if not (value.is_positive if strict else value.is_nonnegative)
        )

    def __repr__(self):
        return f"Atoms({{{', '.join(f'{a}: {h}' for a, h in self.weights)}}})"

    __str__ = __repr__

    def _latex(self, printer):
        terms = [f"{printer._print(h)}\\,\\delta_{{{printer._print(a)}}}" for a, h in self.weights]
        return f"\\left[{' + '.join(terms)}\\right]"


def _together(rows):
    """The rows with equal atoms as one, of their weights' sum."""
    weights = {}
    for values, weight in rows:
        weights[values] = weights.get(values, 0) + weight
    return weights.items()


def _row(values):
    values = values if isinstance(values, (tuple, sympy.Tuple)) else (values,)
    return tuple(_number("eigenvalue", value) for value in values)


def _number(name, value):
    """A number exactly, or an expression in letters."""
    if isinstance(value, sympy.Expr) and value.free_symbols:
        bound = sorted(str(s) for s in value.free_symbols if getattr(s, "kind", None) in BOUND)
        if bound:
            raise ArgumentError(f"Atoms: a letter that a mean binds is no {name}; not {bound[0]}")
        return value
    number = value if isinstance(value, sympy.Rational) else exact(name, value)
    return to_rational(number)


def _variables(rows, of):
    sizes = {len(values) for values, _ in rows}
    if len(sizes) > 1:
        raise ArgumentError(
            f"Atoms: every atom has as many values as the others; not {sorted(sizes)}"
        )
    size = sizes.pop() if sizes else 1
    if of is not None and not isinstance(of, (tuple, list, sympy.Tuple)):
        raise ArgumentError(f"Atoms: of is a tuple of variables; not {of!r}")
    variables = (
        tuple(of)
        if of is not None
        else (tau,)
        if size == 1
        else tuple(eigenvalue(k) for k in range(1, size + 1))
    )
    if len(variables) != size:
        raise ArgumentError(
            f"Atoms: {size} values an atom, and {len(variables)} variables, "
            f"{', '.join(map(str, variables))}"
        )
    for variable in variables:
        if getattr(variable, "kind", None) not in BOUND:
            raise ArgumentError(
                f"Atoms: {variable} is no variable of a law: an eigenvalue or a coordinate"
            )
    if len(set(variables)) < size:
        raise ArgumentError(
            f"Atoms: the variables of a law differ; not {', '.join(map(str, variables))}"
        )
    return variables


def _check_total(rows):
    total = sum(weight for _, weight in rows)
    if sympy.cancel(total) != 1:
        raise DomainError(f"Atoms: the weights sum to 1; not to {total}")


def _check_atom(variables, values, weight):
    for variable, value in zip(variables, values, strict=True):
        if variable.is_nonnegative and (
            value.is_negative or (variable.is_positive and value.is_zero)
        ):
            raise DomainError(
                f"Atoms: eigenvalues are >= 0 and weights > 0; not {value} with weight {weight}"
            )
    if weight.is_nonpositive:
        raise DomainError(
            f"Atoms: eigenvalues are >= 0 and weights > 0; not {values[0]} with weight {weight}"
        )
