"""symrisk simulate: a theorem's formulas beside the means of Monte Carlo replicates."""

import json
import signal
import sys
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial

from tqdm import tqdm

from symrisk.cli.library import locate
from symrisk.cli.values import assignments
from symrisk.errors import ArgumentError, NoMethod

FARTHEST = 5


def run(args):
    """Exit code 1 where a formula and its simulation are more than FARTHEST standard errors apart."""
    given = _point(args.values)
    chosen = [(simulation, _its_own(simulation, given)) for simulation in _simulations(locate(args.id, args.modules))]
    _refuse_unknown(given, chosen)
    with _processes(args.jobs) as executor:
        compared = [(simulation.formula.symbol.name, point or simulation.point, _compared(simulation, point, args, executor))
                    for simulation, point in chosen]
    if args.json:
        print(json.dumps([{"formula": name, "inputs": point, **result.to_dict()} for name, point, result in compared], indent=1))
    else:
        print("\n".join(f"{name} at {_listed(point)}: {result}" for name, point, result in compared))
    return 0 if all(abs(result.z) <= FARTHEST for _, _, result in compared) else 1


def _simulations(found):
    formulas = [found.formula] if found.formula is not None else found.entry.theorem.formulas
    chosen = [s for s in found.entry.theorem.simulations if s.formula in formulas]
    if not chosen or found.derivation is not None:
        raise NoMethod(f"{found.id} carries no simulation")
    return chosen


def _point(words):
    """One number a name, whole where it is whole."""
    values = assignments(words)
    for name, several in values.items():
        if len(several) > 1:
            raise ArgumentError(f"a simulation runs at one point; {name} has {len(several)} values")
    return {name: int(value) if value.denominator == 1 else float(value) for name, (value,) in values.items()}


def _its_own(simulation, given):
    """What is given of the names that one simulation knows."""
    names = {symbol.name for symbol in simulation.formula.graph.names} | simulation.settings
    return {name: value for name, value in given.items() if name in names}


def _refuse_unknown(given, chosen):
    used = {name for _, point in chosen for name in point}
    for name in given.keys() - used:
        takes = {known for simulation, _ in chosen for known in simulation.formula.inputs}
        raise ArgumentError(f"no simulation here takes {name}; they take {', '.join(sorted(takes))}")


def _compared(simulation, point, args, executor):
    name = simulation.formula.symbol.name
    if not point and not simulation.point:
        raise ArgumentError(f"{name} has no default point; give {', '.join(f'{n}=...' for n in simulation.formula.inputs)}")
    bar = partial(tqdm, desc=name, unit=" replicates", leave=False, file=sys.stderr, disable=not sys.stderr.isatty())
    return simulation.run(args.reps, rng=args.seed, executor=executor, progress=bar, rows=args.rows, **point)


def _listed(point):
    return ", ".join(f"{name}={value}" for name, value in point.items())


@contextmanager
def _processes(jobs):
    """A process pool, or None for one job; what is left in it is dropped when the run is interrupted."""
    if jobs < 1:
        raise ArgumentError(f"jobs is a whole number >= 1; not {jobs}")
    if jobs == 1:
        yield None
        return
    executor = ProcessPoolExecutor(jobs, initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN))
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)
