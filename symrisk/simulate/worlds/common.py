"""Samples over a law of their spectra, with coefficients in common that a second law weighs."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from symrisk.engine.noun import cached_property
from symrisk.errors import ArgumentError, DomainError
from symrisk.simulate.worlds.covariances import Covariances
from symrisk.simulate.worlds.joint import OverLaw, column, dimensions


@dataclass(frozen=True)
class Common(OverLaw):
    """K samples with the target's own coefficients and noise; the target's covariance is the last
    sample's.

    sizes: n_k. p: the dimension. spectra: the variable of H that is sample k's eigenvalue. law,
    signal: H, and G, what each atom of H has of |theta|^2, spread evenly over its directions.
    theta_sq: |theta|^2. noise: sigma^2.

    >>> from symrisk import Atoms
    >>> from symrisk.symbols import tau
    >>> H = Atoms({3: "1/2", 1: "1/2"})
    >>> world = Common((5,), 4, (tau,), H, H, theta_sq=8.0, noise=1.0)
    >>> world.covariances.target_coefficients.round(12).tolist()
    [1.414213562373, 1.414213562373, 1.414213562373, 1.414213562373]

    Raises `ArgumentError` where G is not over the variables of H, `DomainError` where it weighs
    what is no atom of H, and where p times a weight of H is not whole.
    """

    sizes: Any
    p: Any
    spectra: Any
    law: Any
    signal: Any
    theta_sq: Any
    noise: Any

    @cached_property
    def covariances(self):
        counts = dimensions(self.law, self.p)
        energies = self.theta_sq * _shares(self.law, self.signal)
        theta = np.repeat(np.sqrt(energies / counts), counts)
        columns = [column(self.law, len(theta), spectrum) for spectrum in self.spectra]
        K = len(self.sizes)
        return Covariances(columns, self.sizes, [theta] * K, [self.noise] * K, columns[-1], theta)


def _shares(H, G):
    """What each atom of H weighs in G."""
    if set(G.variables) != set(H.variables):
        own, given = (", ".join(map(str, law.variables)) for law in (H, G))
        raise ArgumentError(f"G is over the variables of H, {own}; not {given}")
    atoms = [tuple(values) for values in zip(*H.arrays[0], strict=True)]
    shares = dict.fromkeys(atoms, 0.0)
    for values, share in zip(
        zip(*(G.columns[v] for v in H.variables), strict=True), G.arrays[1], strict=True
    ):
        if values not in shares:
            raise DomainError(
                f"G weighs the atoms of H; not ({', '.join(f'{v:g}' for v in values)})"
            )
        shares[values] += share
    counts = {atom: atoms.count(atom) for atom in atoms}
    return np.array([shares[atom] / counts[atom] for atom in atoms])
