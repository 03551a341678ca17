"""python -m benchmarks [NAME ...]: print each benchmark's ratios; by default those that take
seconds.
"""

import sys

from benchmarks import (
    digits,
    fixed_point,
    grid,
    new_law,
    optimum,
    proofs,
    random_instances,
    start,
    universality,
)

BENCHMARKS = {
    "grid": grid.main,
    "digits": digits.main,
    "start": start.main,
    "proofs": proofs.main,
    "optimum": optimum.main,
    "fixed_point": fixed_point.main,
    "new_law": new_law.main,
}
LONGER = {"random_instances": random_instances.main, "universality": universality.main}

KNOWN = {**BENCHMARKS, **LONGER}
wrong = [name for name in sys.argv[1:] if name not in KNOWN]
if wrong:
    sys.exit(
        f"no benchmark {wrong[0]!r}; there are {', '.join(BENCHMARKS)}, and the longer "
        f"{', '.join(LONGER)}"
    )
for name in sys.argv[1:] or BENCHMARKS:
    print(f"== {name}")
    KNOWN[name]()
