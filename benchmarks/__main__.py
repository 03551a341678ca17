"""python -m benchmarks [grid | digits | start | proofs]: print each benchmark's ratios."""

import sys

from benchmarks import digits, grid, proofs, start

BENCHMARKS = {"grid": grid.main, "digits": digits.main, "start": start.main, "proofs": proofs.main}

for name in sys.argv[1:] or BENCHMARKS:
    print(f"== {name}")
    BENCHMARKS[name]()
