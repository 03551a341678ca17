"""Starting up: whole processes, against the interpreter and against importing the libraries
alone.
"""

import subprocess
import sys

from benchmarks.ratio import report

TYPED = "import sys; from symrisk.__main__ import main; sys.exit(main())"
"""What the command `symrisk` runs."""
ANSWERED = {
    "find": ("find", "threshold"),
    "the list of theorems": ("show",),
    "a slip in an id": ("show", "concpet_shift"),
    "a slip in what is checked": ("check", "mxing"),
    "a slip in an input": ("eval", "concept_shift.pooled_risk", "n_1=1"),
    "a slip in a law": ("eval", "covariate_shift.pooled_variance", "H=atomz(1)"),
}
"""What is answered from the index."""

FIRST = (
    "from symrisk.theorems.transfer import concept_shift as s; "
    "s.pooled_risk(n1=180, n2=100, p=600, snr=5, ssr=.2)"
)


def process(*arguments):
    return lambda: subprocess.run(
        [sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL
    )


def typed(*words):
    """A command that prints something and ends, with whatever exit code."""
    return lambda: subprocess.run(
        [sys.executable, "-c", TYPED, *words],
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def first_line(*words):
    """A command up to the first line that it prints."""

    def run():
        command = [sys.executable, "-c", TYPED, *words]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as started:
            started.stdout.readline()
            started.kill()

    return run


def main():
    report(
        "symrisk --help against python -c pass",
        process("-m", "symrisk", "--help"),
        process("-c", "pass"),
        bar=8,
    )
    for name, words in ANSWERED.items():
        report(
            f"symrisk: {name} against python -c pass", typed(*words), process("-c", "pass"), bar=4
        )
    report(
        "first line of symrisk show against import sympy",
        first_line("show", "concept_shift", "--no-cache"),
        process("-c", "import sympy"),
        bar=2,
    )
    report(
        "first formula against import sympy, numpy, flint",
        process("-c", FIRST),
        process("-c", "import sympy, numpy, flint"),
        bar=1.25,
    )


if __name__ == "__main__":
    main()
