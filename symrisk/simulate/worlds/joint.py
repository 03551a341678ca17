"""Samples whose covariances commute, told by a joint law of their eigenvalues and coordinates.

An atom of the law is an eigenspace: its values are the covariances' eigenvalues there, and the
coordinates of the coefficients along each of its directions; its dimension is p times its weight,
which is to be whole.  A formula over a joint law is so held against `Covariances`.
"""

from abc import abstractmethod
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from symrisk.engine.noun import cached_property
from symrisk.errors import ArgumentError, DomainError
from symrisk.laws.law import Atoms
from symrisk.simulate.worlds.covariances import Covariances
from symrisk.simulate.worlds.rows import gaussian_rows
from symrisk.simulate.worlds.world import World
from symrisk.symbols import coordinate, eigenvalue, tau0, tau_omega

WHOLE = 1e-9


def dimensions(law, p) -> np.ndarray:
    """p times each weight of a law, as whole numbers.

    >>> from symrisk import Atoms
    >>> dimensions(Atoms({1: "1/4", 3: "3/4"}), 40).tolist()
    [10, 30]

    Raises `DomainError` where one is not whole.
    """
    shares = p * law.arrays[1]
    whole = np.rint(shares)
    for share, near in zip(shares, whole, strict=True):
        if abs(share - near) > WHOLE or near < 1:
            raise DomainError(
                f"p times each weight of {law!r} is whole in a simulation; not {share:g} for p = "
                f"{p}"
            )
    return whole.astype(int)


def column(law, p, variable) -> np.ndarray:
    """A variable of a law along each of p eigenvectors; its default where the law does not speak of
    it.

    >>> from symrisk import Atoms
    >>> from symrisk.symbols import tau
    >>> column(Atoms({1: "1/4", 3: "3/4"}), 4, tau).tolist()
    [1.0, 3.0, 3.0, 3.0]

    Raises `ArgumentError` where it has none, `DomainError` as `dimensions` does.
    """
    if variable in law.variables:
        return np.repeat(law.columns[variable], dimensions(law, p))
    if variable.default is None:
        raise ArgumentError(
            f"{law!r} is over {', '.join(map(str, law.variables))}; a simulation needs {variable}"
        )
    return np.full(p, float(variable.default))


def three_atoms(K) -> Atoms:
    """A law of three atoms for K samples to run at: spectra that differ by turns, coefficients of
    both signs; p in tens.

    >>> three_atoms(1).variables
    (tau1, tau0, b1, b0)
    """
    samples = range(1, K + 1)
    spectra = [("3", "1/4", "1"), ("1/2", "2", "1"), ("1", "1", "1/2")]
    coordinates = [[Fraction(v + k, 20) for v in (2, 1, -3)] for k in (*samples, 0)]
    columns = [*(spectra[(k - 1) % 3] for k in samples), spectra[1], *coordinates]
    atoms = dict(zip(zip(*columns, strict=True), ("2/5", "2/5", "1/5"), strict=True))
    return Atoms(atoms, of=(*map(eigenvalue, samples), tau0, *map(coordinate, (*samples, 0))))


class OverLaw(World):
    """A world that a law tells: `covariances` writes it out."""

    @property
    @abstractmethod
    def covariances(self) -> Covariances:
        """The same world with its eigenvalues and coefficients written out, once for all
        replicates.
        """

    def draw(self, rng, rows=gaussian_rows):
        return self.covariances.draw(rng, rows)

    def require_room(self):
        self.covariances.require_room()


@dataclass(frozen=True)
class Joint(OverLaw):
    """K samples over a joint law of tau_1, ..., tau_K, tau_0, tau_omega, b_1, ..., b_K and b_0.

    sizes: n_k. p: the dimension. law: H. noises: sigma_k^2.  Where the law does not speak of
    tau_omega the penalty is the identity.

    >>> from symrisk import Atoms
    >>> law = Atoms({(4, 1, 5, 5): 1}, of=(eigenvalue(1), tau0, coordinate(1), coordinate(0)))
    >>> Joint((3,), 2, law, (1.0,)).covariances.covariances[0].tolist()
    [4.0, 4.0]

    Raises `ArgumentError` for a variable that the law lacks, `DomainError` where p times a weight
    is not whole.
    """

    sizes: Any
    p: Any
    law: Any
    noises: Any

    @cached_property
    def covariances(self):
        samples = range(1, len(self.sizes) + 1)
        return Covariances(
            [column(self.law, self.p, eigenvalue(k)) for k in samples],
            self.sizes,
            [column(self.law, self.p, coordinate(k)) for k in samples],
            self.noises,
            column(self.law, self.p, tau0),
            column(self.law, self.p, coordinate(0)),
            column(self.law, self.p, tau_omega),
        )
