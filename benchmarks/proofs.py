"""Every claim of the catalogue, and one identity by symrisk against SymPy's simplify."""

import time

import sympy

from benchmarks.ratio import report
from symrisk import catalogue, prove
from symrisk.theorems.transfer import concept_shift


def main():
    start = time.perf_counter()
    results = [result for entry in catalogue.entries() for result in catalogue.check(entry)]
    print(
        f"{len(results)} claims and steps in {time.perf_counter() - start:.1f} s; slowest "
        + ", ".join(f"{r.seconds:.2f} s" for r in sorted(results, key=lambda r: -r.seconds)[:3])
    )
    claim = next(
        claim
        for claim in concept_shift.concept_shift.claims
        if claim.says.startswith("pooling saves")
    )
    left, right = claim.expanded
    report(
        "the gain identity against simplify",
        lambda: prove(claim),
        lambda: sympy.simplify(left - right),
        runs=5,
    )


if __name__ == "__main__":
    main()
