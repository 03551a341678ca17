r"""Samples whose covariances commute, drawn from a joint law of their eigenvalues: replicates for a
simulation.

An atom of the law is an eigenspace: its values are the covariances' eigenvalues there, and the
coordinates of the coefficients along each of its directions; its dimension is p times its weight,
which is to be whole.  A formula over a joint law is so held against `covariances.Setting`.  Each
replicate averages over the label noise exactly.
"""

import inspect
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import numpy as np

from symrisk.errors import ArgumentError, DomainError
from symrisk.laws.law import Atoms
from symrisk.simulate.covariances import Setting
from symrisk.simulate.designs import Rows, gaussian_rows
from symrisk.symbols import coordinate, eigenvalue, noise, size, tau, tau0, tau_omega, weight

WHOLE = 1e-9
PENALTY, WEIGHTS = ("ridge",), ("ridge", "ols")
"""The regimes that know a penalty, and those that know weights."""


def dimensions(law, p):
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


def column(law, p, variable):
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


def three_atoms(K):
    """A law of three atoms for K samples to run at: spectra that differ by turns, coefficients of
    both signs; p in tens.

    >>> three_atoms(1).variables
    (tau1, tau0, b1, b0)
    """
    samples, spectra, spread = (
        range(1, K + 1),
        [("3", "1/4", "1"), ("1/2", "2", "1"), ("1", "1", "1/2")],
        (2, 1, -3),
    )
    coordinates = [[Fraction(v + k, 20) for v in spread] for k in (*samples, 0)]
    columns = [*(spectra[(k - 1) % 3] for k in samples), spectra[1], *coordinates]
    atoms = dict(zip(zip(*columns, strict=True), ("2/5", "2/5", "1/5"), strict=True))
    return Atoms(atoms, of=(*map(eigenvalue, samples), tau0, *map(coordinate, (*samples, 0))))


@lru_cache(maxsize=64)
def setting_of(law, p, sizes, noises, weights=None, mu=0.0):
    """The `Setting` of K samples over a joint law of tau_1, ..., tau_K, tau_0, tau_omega, b_1,
    ..., b_K and b_0.
    """
    samples = range(1, len(sizes) + 1)
    return Setting(
        [column(law, p, eigenvalue(k)) for k in samples],
        sizes,
        [column(law, p, coordinate(k)) for k in samples],
        noises,
        column(law, p, tau0),
        column(law, p, coordinate(0)),
        weights,
        mu,
        column(law, p, tau_omega),
    )


@dataclass(frozen=True)
class PooledRisk:
    """One replicate of the risk of K pooled samples over a joint law: "ridge" (mu > 0), "ridgeless"
    (n < p) or "ols" (n > p).

    Its keywords are the names of the formula in `equivalents`: n1, ..., p, H, sigma1_sq, ..., mu,
    weight1, ... if it has them.

    >>> from symrisk import Atoms
    >>> law = Atoms({(1, 1, 5, 5): 1}, of=(eigenvalue(1), tau0, coordinate(1), coordinate(0)))
    >>> PooledRisk(1, "ols")(np.random.default_rng(0), n1=30, p=20, H=law, sigma1_sq=0.0, weight1=1.0) < 1e-20
    True
    """  # noqa: E501

    K: int
    regime: str

    def __post_init__(self):
        object.__setattr__(self, "__signature__", self._signature())

    @property
    def samples(self):
        return range(1, self.K + 1)

    def _signature(self):
        """The keywords that it takes."""
        counts = [*(size(k).name for k in self.samples), "p"]
        letters = [noise] + [weight] * (self.regime in WEIGHTS)
        numbers = ["mu"] * (self.regime in PENALTY) + [
            letter(k).name for letter in letters for k in self.samples
        ]
        kinds = inspect.Parameter
        return inspect.Signature(
            [
                kinds("rng", kinds.POSITIONAL_OR_KEYWORD),
                *(kinds(name, kinds.KEYWORD_ONLY, annotation=int) for name in counts),
                *(kinds(name, kinds.KEYWORD_ONLY) for name in ("H", *numbers)),
                kinds("rows", kinds.KEYWORD_ONLY, default=gaussian_rows),
            ]
        )

    def __call__(self, rng, *, rows: Rows = gaussian_rows, H, p, mu=0.0, **inputs):
        sizes, noises = (
            tuple(inputs[letter(k).name] for k in self.samples) for letter in (size, noise)
        )
        weights = (
            tuple(inputs[weight(k).name] for k in self.samples) if self.regime in WEIGHTS else None
        )
        return setting_of(H, p, sizes, noises, weights, mu).risk(rng, rows=rows)


def pooled_risk(
    rng, *, n1: int, n2: int, p: int, H, G, theta_sq, sigma_sq, rows: Rows = gaussian_rows
):
    """One replicate of the risk of the pooled interpolator under covariate shift: common
    coefficients and noise.

    G is what each atom of H has of |theta|^2, spread evenly over its directions.
    """
    return _common((eigenvalue(1), eigenvalue(2)), (n1, n2), p, H, G, theta_sq, sigma_sq).risk(
        rng, rows=rows
    )


def target_risk(rng, *, n2: int, p: int, H, G, theta_sq, sigma_sq, rows: Rows = gaussian_rows):
    """One replicate of the risk of the target's interpolator alone.

    >>> from symrisk import Atoms
    >>> H = Atoms({(3, 1): "1/2", (1, 2): "1/2"})
    >>> round(target_risk(np.random.default_rng(0), n2=0, p=60, H=H, G=H, theta_sq=2.0, sigma_sq=1.0), 12)
    3.0
    """  # noqa: E501
    return _common((eigenvalue(2),), (n2,), p, H, G, theta_sq, sigma_sq).risk(rng, rows=rows)


def ridge_risk(
    rng, *, gamma, lam, H, G, theta_sq, sigma_sq, n: int = 200, rows: Rows = gaussian_rows
):
    """One replicate of the risk of ridge on one sample of n rows and gamma n features, penalty lam
    on |y - X theta|^2/n.

    A heavy penalty leaves nothing but the signal:

    >>> from symrisk import Atoms
    >>> H = Atoms({3: "1/2", 1: "1/2"})
    >>> round(ridge_risk(np.random.default_rng(0), gamma=0.5, lam=1e12, H=H, G=H, theta_sq=2.0, sigma_sq=1.0, n=40), 6)
    4.0
    """  # noqa: E501
    return _common((tau,), (n,), gamma * n, H, G, theta_sq, sigma_sq, lam * n).risk(rng, rows=rows)


@lru_cache(maxsize=64)
def _common(spectra, sizes, p, H, G, theta_sq, sigma_sq, mu=0.0):
    """The Setting of samples over a law of their `spectra`, with common coefficients; the target
    is the last one's.
    """
    counts = dimensions(H, p)
    theta = np.repeat(np.sqrt(theta_sq * _shares(H, G) / counts), counts)
    columns, K = [column(H, len(theta), spectrum) for spectrum in spectra], len(sizes)
    return Setting(columns, sizes, [theta] * K, [sigma_sq] * K, columns[-1], theta, mu=mu)


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
