"""Starting up: whole processes, against the interpreter and against importing the libraries
alone.
"""

import subprocess
import sys

from benchmarks.ratio import report

FIRST = (
    "from symrisk.theorems.transfer import concept_shift as s; "
    "s.pooled_risk(n1=180, n2=100, p=600, snr=5, ssr=.2)"
)


def process(*arguments):
    return lambda: subprocess.run(
        [sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL
    )


def main():
    report(
        "symrisk --help against python -c pass",
        process("-m", "symrisk", "--help"),
        process("-c", "pass"),
        bar=8,
    )
    report(
        "first formula against import sympy, numpy, flint",
        process("-c", FIRST),
        process("-c", "import sympy, numpy, flint"),
        bar=1.25,
    )


if __name__ == "__main__":
    main()
