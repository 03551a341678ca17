"""python -m benchmarks [grid | digits | start | proofs | optimum]: print each benchmark's ratios."""

import sys

from benchmarks import digits, grid, optimum, proofs, start

BENCHMARKS = {"grid": grid.main, "digits": digits.main, "start": start.main, "proofs": proofs.main, "optimum": optimum.main}

for name in sys.argv[1:] or BENCHMARKS:
    print(f"== {name}")
    BENCHMARKS[name]()
