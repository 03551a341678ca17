"""Timing two things in turn, A B A B ..., so that a drift of the machine's speed falls on both."""

import statistics
import time


def ratio(ours, theirs, runs=9, warm=False):
    """(median ours, median theirs, median of the ratios pair by pair), after one run of each that
    is not counted.

    warm: each counted run follows one of its own kind, so that neither finds the processor's caches
    full of the other's data.
    """
    ours(), theirs()
    pairs = [(_seconds(ours, warm), _seconds(theirs, warm)) for _ in range(runs)]
    mine, others = zip(*pairs, strict=True)
    return (
        statistics.median(mine),
        statistics.median(others),
        statistics.median(a / b for a, b in pairs),
    )


def _seconds(run, warm=False):
    if warm:
        run()
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def report(name, ours, theirs, runs=9, bar=None):
    """Measure and print one line."""
    mine, others, quotient = ratio(ours, theirs, runs)
    goal = f"   (bar {bar})" if bar is not None else ""
    print(f"{name:52s} {mine * 1e3:10.2f} ms {others * 1e3:10.2f} ms   ratio {quotient:6.3f}{goal}")
