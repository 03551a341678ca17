"""A hundred thousand random problems with commuting covariances: none may fail, and digits are
counted on some of them.

Up to six samples, eigenvalue ratios to 1e8, gaps |p - n| down to 1e-3, penalties from 1e-14 to 1e3,
overall scales 1e-9 to 1e9.
"""

from fractions import Fraction

import numpy as np

from symrisk.equivalents.commuting import risks
from symrisk.equivalents.pooled import Pooled
from symrisk.equivalents.risk import risk_of
from symrisk.laws.law import Atoms
from symrisk.symbols import coordinate, eigenvalue, tau0

PROBLEMS, CHECKED, ATOMS = 100_000, 500, 6


def drawn(rng, K, count, atoms=ATOMS):
    """A batch of `count` problems of K samples, as the arguments of `risks`."""
    multiplicities = rng.integers(1, 200, (count, atoms)).astype(float)
    p = multiplicities.sum(axis=1)
    scale = 10.0 ** rng.uniform(-9, 9, (count, 1))
    spread = 10.0 ** rng.uniform(0, 4, (count, 1, 1))
    eigenvalues = spread ** rng.uniform(-1, 1, (count, K, atoms)) * scale[..., None]
    kind = rng.integers(3, size=count)
    gap = 10 ** rng.uniform(-3, np.log10(0.9 * p))
    n = np.where(
        kind == 0, p - gap, np.where(kind == 1, p + gap, p * 10 ** rng.uniform(-1, 1, count))
    )
    return {
        "eigenvalues": eigenvalues,
        "multiplicities": multiplicities,
        "sizes": n[:, None] * rng.dirichlet(np.ones(K), count),
        "mu": np.where(kind == 2, 10 ** rng.uniform(-14, 3, count) * scale[:, 0], 0.0),
        "weights": np.exp(rng.uniform(-3, 3, (count, K))),
        "noises": rng.uniform(0.1, 2, (count, K)),
        "coefficients": rng.standard_normal((count, K, atoms)) / np.sqrt(p)[:, None, None],
        "target_coefficients": rng.standard_normal((count, atoms)) / np.sqrt(p)[:, None],
        "target": 10 ** rng.uniform(-1, 1, (count, atoms)) * scale,
    }


def exactly(problem):
    """The risk of one problem to 40 digits, each float taken for the number that it is."""
    K, mu = len(problem["sizes"]), problem["mu"]
    p = sum(map(Fraction, problem["multiplicities"]))
    regime = "ridge" if mu else "ridgeless" if sum(map(Fraction, problem["sizes"])) < p else "ols"
    rows = {}
    for j, m in enumerate(problem["multiplicities"]):
        values = (
            *problem["eigenvalues"][:, j],
            problem["target"][j],
            *problem["coefficients"][:, j],
            problem["target_coefficients"][j],
        )
        rows[tuple(map(Fraction, values))] = Fraction(m) / p
    samples = range(1, K + 1)
    law = Atoms(
        rows, of=(*map(eigenvalue, samples), tau0, *map(coordinate, samples), coordinate(0))
    )
    given = {"p": p, "H": law}
    for k in samples:
        given |= {
            f"n{k}": Fraction(problem["sizes"][k - 1]),
            f"sigma{k}_sq": Fraction(problem["noises"][k - 1]),
        }
        given |= (
            {f"weight{k}": Fraction(problem["weights"][k - 1])} if regime != "ridgeless" else {}
        )
    if regime == "ridge":
        given["mu"] = Fraction(mu)
    return risk_of(Pooled(K, regime)).digits(40, **given)


def errors(count=CHECKED, seed=1):
    """Relative errors of the float risks of random problems."""
    rng, found = np.random.default_rng(seed), []
    for K in range(1, 7):
        batch = drawn(rng, K, -(-count // 6))
        values = risks(**batch).value
        for i, value in enumerate(values):
            true = exactly({name: array[i] for name, array in batch.items()})
            found.append(abs(float((Fraction(float(value)) - Fraction(true)) / Fraction(true))))
    return np.array(found)


def rescaled(rng, batch):
    """The largest relative change of the risks, with target and coefficients held, when
    eigenvalues and mu are multiplied.
    """
    factor = 10 ** rng.uniform(-9, 9, len(batch["mu"]))
    moved = {
        **batch,
        "eigenvalues": batch["eigenvalues"] * factor[:, None, None],
        "mu": batch["mu"] * factor,
        "target": batch["target"] * factor[:, None],
        "coefficients": batch["coefficients"] / np.sqrt(factor)[:, None, None],
        "target_coefficients": batch["target_coefficients"] / np.sqrt(factor)[:, None],
    }
    before, after = risks(**batch).value, risks(**moved).value
    return np.max(np.abs(after / before - 1))


def main():
    rng, failures, change = np.random.default_rng(0), 0, 0.0
    for K in range(1, 7):
        batch = drawn(rng, K, -(-PROBLEMS // 6))
        failures += int(np.isnan(risks(**batch, failed="nan").value).sum())
        change = max(change, rescaled(rng, batch))
    print(
        f"{PROBLEMS} problems: {failures} failures; a common factor changes the risk by "
        f"{change:.1e} at most (bar 1e-12)"
    )
    found = errors()
    print(
        f"{len(found)} of them against 40 digits: largest relative error {found.max():.1e} (bar "
        f"1e-11), "
        f"median {np.median(found):.1e}"
    )


if __name__ == "__main__":
    main()
