"""The two figures of concept shift against simulation at full size: `python -m
benchmarks.figures_against_simulation`.

Twenty points (n1, SNR, SSR) at n2 = 100, p = 600, on the SNR figure (SSR = 0.2), on the SSR figure
(SNR = 5) and off both, with Gaussian and with +-1 rows, 200 replicates each.  z is the distance
from the finite-size value in standard errors; for Gaussian rows that value is the exact
expectation.  For +-1 rows the noise part is 1 - 2/p of it, to first order: their rows all have the
same length, so that x' M x varies less.
"""

import sys
from concurrent.futures import ProcessPoolExecutor

import numpy as np

from symrisk.theorems.transfer import concept_shift as shift

N2, P, REPS = 100, 600, 200
POINTS = (  # n1, SNR, SSR
    (20, 1, 0.2),
    (120, 1, 0.2),
    (300, 1, 0.2),
    (13, 2, 0.2),
    (200, 2, 0.2),
    (60, 5, 0.2),
    (180, 5, 0.2),
    (295, 5, 0.2),
    (260, 10, 0.2),
    (400, 10, 0.2),
    (313, 20, 0.2),
    (450, 20, 0.2),
    (232, 5, 0.0),
    (356, 5, 0.0),
    (90, 5, 0.1),
    (329, 5, 0.1),
    (147, 5, 0.3),
    (60, 5, 0.5),
    (250, 5, 0.8),
    (380, 3, 1.5),
)
CORRECTION = {"gaussian": 0, "signs": 2 / P}
LIMIT = 4.0
HEADS = "{:>8s} {:>4s} {:>4s} {:>4s} {:>10s} {:>10s} {:>10s} {:>11s} {:>6s}"
ROW = "{:>8s} {:4d} {:4g} {:4g} {:10.5f} {:10.5f} {:10.5f} {:11.5f} {:+6.2f}"


def rows_of_table(executor):
    """One row of the table a design and point; the last entry is z."""
    simulation, rng = shift.simulations[0], np.random.default_rng(20251)
    for design in simulation.rows:
        for n1, snr, ssr in POINTS:
            found = simulation.run(
                REPS,
                rng=rng.spawn(1)[0],
                executor=executor,
                rows=design,
                n1=n1,
                n2=N2,
                p=P,
                snr=snr,
                ssr=ssr,
            )
            finite = found.finite_size - CORRECTION[design] * (n1 + N2) / (P - n1 - N2 - 1)
            yield (
                design,
                n1,
                snr,
                ssr,
                found.mean,
                found.standard_error,
                found.formula,
                finite,
                (found.mean - finite) / found.standard_error,
            )


def main(processes=2):
    """Print the table; 0 where every mean is within LIMIT standard errors of its finite-size
    value.
    """
    print(
        HEADS.format(
            "rows", "n1", "SNR", "SSR", "simulated", "std.error", "asymptotic", "finite size", "z"
        )
    )
    scores = []
    with ProcessPoolExecutor(processes) as executor:
        for row in rows_of_table(executor):
            print(ROW.format(*row), flush=True)
            scores.append(abs(row[-1]))
    spread = np.sqrt(np.mean(np.square(scores)))
    print(
        f"{len(scores)} comparisons: largest |z| {max(scores):.2f}, root mean square {spread:.2f}; "
        "finite size is exact for Gaussian rows, with 1 - 2/p of the noise part for signs"
    )
    return 0 if max(scores) <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
