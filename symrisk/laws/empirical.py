"""The law of the eigenvalues of given covariances, in floating point: of one covariance, or
jointly of several that commute.
"""

from fractions import Fraction
from hashlib import sha256

import numpy as np

from symrisk.engine.arrays.given import (
    cleared,
    eigenvalues,
    is_diagonal,
    numbers,
    require_semidefinite,
    symmetric,
    tolerance,
)
from symrisk.engine.noun import cached_property
from symrisk.errors import ArgumentError, DomainError, NoMethod
from symrisk.laws.law import Atoms, Law
from symrisk.symbols import BOUND, coordinate, eigenvalue, tau, variable_of_law

COMMUTES = 1e-10


class Empirical(Law):
    """The law of measured eigenvalues: ``Empirical(eigenvalues)``, or jointly, a direction a place,
    ``Empirical(tau1=..., tau2=...)``.

    values: an array of shape (p,), or a dict {variable: array of shape (p,)}.  named: the same by
    the variables' names, tau1, ..., tau0 and b1, ..., b0.  weights: an array of
    the same shape, 1/p each where nothing is said; it is divided by its sum, so that multiplicities
    do.  Eigenvalues that rounding has left below zero, by 1e-10 of the largest at most, are zeros.
    Evaluates on grids; binary floats have no exact digits, and `digits` and `ball` refuse them
    (`exactly()` takes each float for the number that it is).

    >>> law = Empirical([1.0, 1.0, 4.0])
    >>> law
    Empirical(3 atoms of tau)
    >>> Empirical.of_covariance(np.diag([1.0, 1.0, 4.0])).columns[tau]
    array([1., 1., 4.])

    >>> Empirical(tau1=[1.0, 2.0], tau2=[2.0, 1.0])
    Empirical(2 atoms of tau1, tau2)
    >>> from symrisk.symbols import eigenvalue
    >>> Empirical({eigenvalue(1): [1.0, 2.0], eigenvalue(2): [2.0, 1.0]})
    Empirical(2 atoms of tau1, tau2)

    Raises DomainError for NaN, infinity, negative eigenvalues or weights and for shapes that
    differ, ArgumentError for what is no array of real numbers.
    """

    def __new__(cls, values=None, weights=None, **named):
        columns = _columns(values, named)
        arrays = {variable: _column(variable, column) for variable, column in columns.items()}
        size = len(next(iter(arrays.values())))
        shares = np.ones(size) if weights is None else _column("weights", weights)
        for name, array in (*arrays.items(), ("weights", shares)):
            if len(array) != size:
                raise DomainError(
                    f"Empirical: {name} has {len(array)} entries, and {next(iter(arrays))} {size}"
                )
        shares = shares / shares.max()
        return cls._of(tuple(arrays), tuple(arrays.values()), shares / shares.sum())

    @classmethod
    def _of(cls, variables, columns, shares):
        self = Law.__new__(cls)
        self.variables, self._given = variables, (columns, shares)
        return self

    def __reduce__(self):
        return Empirical._of, (self.variables, *self._given)

    def _hashable_content(self):
        return (self.variables, self.fingerprint)

    @cached_property
    def fingerprint(self):
        """What tells laws apart: a digest of their numbers."""
        digest = sha256()
        for array in (*self._given[0], self._given[1]):
            digest.update(array.tobytes())
        return digest.hexdigest()

    @cached_property
    def arrays(self):
        return list(self._given[0]), self._given[1]

    @property
    def size(self):
        return len(self._given[1])

    @property
    def points(self):
        raise NoMethod(
            f"{self!r} holds binary floats, which have no exact digits; .exactly() takes them for "
            f"what they are"
        )

    def balls(self):
        return self.points

    def exactly(self):
        """The same law as Atoms, each float taken for the rational number that it is; equal
        atoms together.
        """
        rows, shares = {}, [Fraction(float(w)) for w in self._given[1]]
        total = sum(shares)
        for *values, share in zip(*self._given[0], shares, strict=True):
            row = tuple(Fraction(float(v)) for v in values)
            rows[row] = rows.get(row, 0) + share / total
        return Atoms(rows, of=self.variables)

    @classmethod
    def of_covariance(cls, covariance, coefficients=None):
        """The law of a covariance matrix's eigenvalues; with coefficients (p,), jointly with
        their coordinates b_0.
        """
        if coefficients is None:
            matrix = _covariance("covariance", covariance)
            return cls(cleared(np.linalg.eigvalsh(matrix), exact=is_diagonal(matrix)))
        return cls.of_covariances(
            [covariance], coefficients=[coefficients], names=([tau], [coordinate(0)])
        )

    @classmethod
    def of_rows(cls, rows):
        """The law of the eigenvalues of X'X/n, X of shape (n, p), zeros included.

        >>> Empirical.of_rows(np.array([[2.0, 0.0]])).columns[tau]
        array([0., 4.])
        """
        X = numbers("rows", rows)
        if X.ndim != 2:
            raise DomainError(f"rows have shape (n, p); not {X.shape}")
        lengths = np.linalg.svd(X, compute_uv=False)
        squares = np.where(
            lengths > tolerance(max(X.shape)) * lengths.max(), lengths**2 / len(X), 0.0
        )
        return cls(np.concatenate([np.zeros(X.shape[1] - len(squares)), squares[::-1]]))

    @classmethod
    def of_covariances(
        cls, covariances, coefficients=None, target=None, target_coefficients=None, names=None
    ):
        """The joint law of covariances that commute, over tau_1, ..., tau_K and, where given,
        tau_0, b_1, ..., b_K and b_0.

        covariances, target: (p, p) arrays; coefficients: K arrays (p,); target_coefficients: (p,).
        DomainError where the covariances do not commute: `symrisk.equivalents.dense` takes any.
        """
        matrices = [
            _covariance(f"covariance {k}", S)
            for k, S in enumerate(_listed("covariances", covariances), start=1)
        ]
        vectors = [] if coefficients is None else _listed("coefficients", coefficients)
        if len(vectors) not in (0, len(matrices)):
            raise DomainError(
                f"coefficients are one vector a covariance; not {len(vectors)} for {len(matrices)}"
            )
        vectors = [
            numbers(f"coefficients {k}", b, matrices[0].shape[:1])
            for k, b in enumerate(vectors, start=1)
        ]
        spectra, coordinates = names or (
            [eigenvalue(k) for k in range(1, len(matrices) + 1)],
            [coordinate(k) for k in range(1, len(vectors) + 1)],
        )
        if target is not None:
            matrices, spectra = (
                [*matrices, _covariance("target", target)],
                [*spectra, eigenvalue(0)],
            )
        if target_coefficients is not None:
            own = numbers("target_coefficients", target_coefficients, matrices[0].shape[:1])
            vectors, coordinates = [*vectors, own], [*coordinates, coordinate(0)]
        _check_sizes(matrices)
        basis = _common_basis(matrices)
        exact = all(map(is_diagonal, matrices))
        diagonals = [cleared(np.einsum("ij,ij->j", basis, S @ basis), exact) for S in matrices]
        return cls(
            {
                **dict(zip(spectra, diagonals, strict=True)),
                **dict(zip(coordinates, (b @ basis for b in vectors), strict=True)),
            }
        )

    def __repr__(self):
        return f"Empirical({len(self._given[1])} atoms of {', '.join(map(str, self.variables))})"

    __str__ = __repr__


def _columns(values, named):
    """{variable: array} of what is given: one array, a dict, or arrays by the variables' names."""
    if named and values is not None:
        raise ArgumentError("Empirical takes an array, a dict, or arrays by name; not two of these")
    try:
        columns = {variable_of_law(name): column for name, column in named.items()}
    except ArgumentError as error:
        raise ArgumentError(f"Empirical: {error}") from error
    if values is not None:
        columns = values if isinstance(values, dict) else {tau: values}
    if not columns:
        raise ArgumentError(
            "Empirical takes an array of eigenvalues, Empirical([1.0, 2.5]), or one a variable, "
            "Empirical(tau1=..., tau2=...); none is given"
        )
    return columns


def _column(name, values):
    if name != "weights" and getattr(name, "kind", None) not in BOUND:
        raise ArgumentError(
            f"Empirical: {name} is no variable of a law: an eigenvalue or a coordinate"
        )
    of_covariance = getattr(name, "kind", None) == "eigenvalue" and not name.is_positive
    given = (
        eigenvalues(str(name), values)
        if of_covariance
        else numbers(str(name), values, sign=_sign_of(name))
    )
    array = np.atleast_1d(given)
    if array.ndim != 1:
        raise DomainError(f"Empirical: {name} has shape (p,); not {array.shape}")
    return array


def _sign_of(name):
    if name == "weights" or name.is_positive:
        return "positive"
    return "not negative" if name.is_nonnegative else None


def _covariance(name, values):
    """A symmetric positive semidefinite matrix."""
    matrix = symmetric(name, values)
    require_semidefinite(name, np.linalg.eigvalsh(matrix))
    return matrix


def _listed(name, values):
    """A sequence or array of matrices or vectors, one at least."""
    if not isinstance(values, (list, tuple, np.ndarray)) or (
        isinstance(values, np.ndarray) and not values.ndim
    ):
        raise ArgumentError(f"{name} is a list of arrays; not {values!r}")
    if not len(values):
        raise DomainError(f"{name} has one array at least; there is none")
    return list(values)


def _check_sizes(matrices):
    for k, matrix in enumerate(matrices, start=1):
        if matrix.shape != matrices[0].shape:
            raise DomainError(
                f"the covariances have one shape; number {k} has {matrix.shape}, not "
                f"{matrices[0].shape}"
            )


def _common_basis(matrices):
    """Orthonormal columns that diagonalise all: eigenvectors of a combination of no special
    weights.
    """
    scales = [np.abs(S).max() or 1 for S in matrices]
    weights = np.random.default_rng(0).uniform(1, 2, len(matrices))
    _, basis = np.linalg.eigh(
        sum(w * S / s for w, S, s in zip(weights, matrices, scales, strict=True))
    )
    for k, (S, scale) in enumerate(zip(matrices, scales, strict=True), start=1):
        rotated = basis.T @ S @ basis
        if np.abs(rotated - np.diag(np.diag(rotated))).max() > COMMUTES * scale:
            raise DomainError(
                f"the covariances do not commute: number {k} has no eigenvectors in common with "
                f"the others; "
                "symrisk.equivalents.dense takes any covariances"
            )
    return basis
