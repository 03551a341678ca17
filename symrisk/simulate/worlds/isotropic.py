"""Isotropic samples whose coefficients have given inner products."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from symrisk.engine.arrays.given import numbers
from symrisk.errors import DomainError
from symrisk.simulate.worlds.positions import frame
from symrisk.simulate.worlds.rows import gaussian_rows
from symrisk.simulate.worlds.world import Draw, World, drawn_rows, noiseless


@dataclass(frozen=True)
class Isotropic(World):
    """K samples of isotropic rows, coefficients in uniformly random position: Gram data.

    Of the coefficients a formula knows inner products only.  Each replicate puts vectors with
    these in random position, then draws the rows.

    sizes: n_k. p: the dimension. noises: sigma_k^2.
    gram: the V x V inner products of the vectors that the coefficients are made of.
    made: how, a (K+1) x V matrix: the first row makes the target's theta_0, row k sample k's
        theta_k.  By default V = K + 1 and the vectors are theta_0, theta_1, ..., theta_K; see
        `shifted` for theta_0 and shifts.

    >>> from symrisk.symbols import n1, p, sigma1_sq, theta_sq
    >>> Isotropic((n1,), p, (sigma1_sq,), ((theta_sq, theta_sq), (theta_sq, theta_sq))).letters
    (n1, p, sigma1_sq, theta_sq)
    >>> world = Isotropic((2, 1), 9, (1.0, 1.0), ((1.0, -0.5), (-0.5, 1.0)), last_of(2))
    >>> float(np.linalg.norm(world.draw(np.random.default_rng(0)).target).round(12))
    1.0

    Raises `DomainError` for impossible inner products, and for parameters that do not fit.
    """

    sizes: Any
    p: Any
    noises: Any
    gram: Any
    made: Any = None

    def draw(self, rng, rows=gaussian_rows):
        vectors = frame(rng, self.p, self._products())
        coefficients = vectors if self.made is None else self._combined(vectors)
        target, *own = coefficients
        designs = drawn_rows(rng, self.sizes, self.p, rows)
        return Draw(designs, self.noises, noiseless(designs, own), target)

    def _products(self):
        gram = numbers("gram", self.gram)
        wanted = len(self.sizes) + 1 if self.made is None else np.shape(self.made)[-1]
        if gram.shape != (wanted, wanted):
            raise DomainError(
                f"gram has shape {(wanted, wanted)}, the inner products of {wanted} vectors; not "
                f"{gram.shape}"
            )
        return gram

    def _combined(self, vectors):
        wanted = (len(self.sizes) + 1, len(vectors))
        made = numbers("made", self.made, wanted)
        return [_sum_of(row, vectors) for row in made]


def _sum_of(shares, vectors):
    """sum_v shares_v vector_v: a vector that it has whole, or not at all, is not touched."""
    total = 0.0
    for share, vector in zip(shares, vectors, strict=True):
        if share:
            total = total + (vector if share == 1 else share * vector)
    return total if np.ndim(total) else np.zeros_like(vectors[0])


def shifted(K: int) -> tuple[tuple[int, ...], ...]:
    """The target's theta_0 and theta_k = theta_0 + Delta_k, made of theta_0, Delta_1, ..., Delta_K.

    >>> shifted(2)
    ((1, 0, 0), (1, 1, 0), (1, 0, 1))
    """
    shares = []
    for k in range(K + 1):
        own = [1, *(0 for _ in range(K))]
        own[k] = 1
        shares.append(tuple(own))
    return tuple(shares)


def last_of(K: int) -> tuple[tuple[int, ...], ...]:
    """The last sample's coefficients as the target's, made of theta_1, ..., theta_K.

    >>> last_of(2)
    ((0, 1), (1, 0), (0, 1))
    """
    rows = [tuple(int(k == m) for m in range(K)) for k in range(K)]
    return (rows[-1], *rows)
