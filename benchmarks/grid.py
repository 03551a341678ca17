"""Four million points of the pooled risk, checks on, against the plain NumPy expression.

NumPy has one thread, machine code as many as there are cores (NUMBA_NUM_THREADS).
"""

import importlib.util

import numpy as np

from benchmarks.ratio import report
from symrisk.theorems.transfer.concept_shift import pooled_risk

POINTS = 4_000_000


def plain(n1, n2, p, snr, ssr):
    """What one would write by hand: no check of anything."""
    n, theta_sq = n1 + n2, snr
    return n / (p - n) + (p - n) / p * theta_sq + n1 * (p - n1) / (p * (p - n)) * (ssr * theta_sq)


def layouts():
    """name -> inputs: all five full, one full, and outer grids."""
    rng, side = np.random.default_rng(0), int(POINTS**0.5)
    yield (
        "five full arrays",
        {
            "n1": rng.uniform(0, 200, POINTS),
            "n2": rng.uniform(0, 200, POINTS),
            "p": rng.uniform(500, 700, POINTS),
            "snr": rng.uniform(1, 10, POINTS),
            "ssr": rng.uniform(0, 1, POINTS),
        },
    )
    yield (
        "n1 full, the rest numbers",
        {"n1": np.linspace(1, 480, POINTS), "n2": 100.0, "p": 600.0, "snr": 5.0, "ssr": 0.2},
    )
    yield (
        "n1 and n2 full",
        {
            "n1": rng.uniform(0, 300, POINTS),
            "n2": rng.uniform(0, 200, POINTS),
            "p": 600.0,
            "snr": 5.0,
            "ssr": 0.2,
        },
    )
    n1, n2 = np.meshgrid(np.linspace(1, 300, side), np.linspace(1, 200, side))
    yield "n1, n2 by meshgrid", {"n1": n1, "n2": n2, "p": 600.0, "snr": 5.0, "ssr": 0.2}
    yield "n1 x n2, open grid", {"n1": n1[:1], "n2": n2[:, :1], "p": 600.0, "snr": 5.0, "ssr": 0.2}
    yield (
        "n1 x ssr, open grid",
        {
            "n1": n1[:1],
            "n2": 100.0,
            "p": 600.0,
            "snr": 5.0,
            "ssr": np.linspace(0, 1, side)[:, None],
        },
    )


def main():
    backends = ["numpy", *(["numba"] if importlib.util.find_spec("numba") else [])]
    for backend in backends:
        for name, inputs in layouts():
            assert np.allclose(pooled_risk(**inputs, backend=backend), plain(**inputs), rtol=1e-12)
            report(
                f"{backend}: {name}",
                lambda i=inputs, b=backend: pooled_risk(**i, backend=b),
                lambda i=inputs: plain(**i),
                bar=0.7 if backend == "numpy" else 0.15,
            )


if __name__ == "__main__":
    main()
