"""symrisk simulate: a theorem's formulas beside the means of Monte Carlo replicates."""

import inspect
import json
import multiprocessing
import signal
import sys
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial

from tqdm import tqdm

from symrisk.catalogue.asked.resolve import locate
from symrisk.cli import laws
from symrisk.cli.values import assignments
from symrisk.engine.slips import hint
from symrisk.errors import ArgumentError, NoMethod
from symrisk.laws.law import Law

FARTHEST = 5


def run(args):
    """Exit code 1 where a formula and its simulation are more than FARTHEST standard errors
    apart.
    """
    found = locate(args.id, args.modules)
    simulations = _simulations(found)
    given = _point(args.values, laws.readers([simulation.formula for simulation in simulations]))
    chosen = [(simulation, _inputs(simulation, given)) for simulation in simulations]
    _refuse_unknown(given, chosen)
    with _processes(args.jobs) as executor:
        compared = [_compared(simulation, inputs, args, executor) for simulation, inputs in chosen]
    if args.json:
        assumes = {"assumes": list(found.entry.theorem.assumes)}
        print(
            json.dumps(
                [
                    _plain(*pair, result) | assumes
                    for pair, result in zip(chosen, compared, strict=True)
                ],
                indent=1,
            )
        )
    else:
        print(
            "\n".join(_line(*pair, result) for pair, result in zip(chosen, compared, strict=True))
        )
    return 0 if all(abs(result.z) <= FARTHEST for result in compared) else 1


def _line(simulation, inputs, result):
    at = ", ".join(f"{name}={laws.plain(value)}" for name, value in inputs.items())
    accuracy = "; with finite-size factor ".join(_accuracies(simulation).values())
    return f"{simulation.formula.title} ({accuracy}) at {at}: {result}"


def _accuracies(simulation):
    """How accurate the formula is, and with its finite-size factor where it has one."""
    finite = (
        {}
        if simulation.finite_size is None
        else {"finite_size_accuracy": simulation.finite_size.accuracy}
    )
    return {"accuracy": simulation.formula.accuracy, **finite}


def _plain(simulation, inputs, result):
    shown = {name: laws.plain(value) for name, value in inputs.items()}
    return {
        "name": simulation.formula.title,
        "inputs": shown,
        **result.to_dict(),
        **_accuracies(simulation),
    }


def _simulations(found):
    wanted = found.formula.symbol.name if found.formula is not None else None
    chosen = [s for s in found.entry.theorem.simulations if wanted in (None, s.formula.title)]
    if not chosen or found.derivation is not None:
        names = [simulation.formula.title for simulation in found.entry.theorem.simulations]
        others = f"; {', '.join(names)} of {found.entry.id} do" if names else ""
        raise NoMethod(f"{found.id} carries no simulation{others}")
    return chosen


def _point(words, readers):
    """One number a name, whole where it is whole, or a law."""
    values = assignments(words, readers)
    for name, several in values.items():
        if len(several) > 1:
            raise ArgumentError(f"a simulation runs at one point; {name} has {len(several)} values")
    return {name: _number(value) for name, (value,) in values.items()}


def _number(value):
    if isinstance(value, Law):
        return value
    return int(value) if value.denominator == 1 else float(value)


def _inputs(simulation, given):
    """What is given of the names that one simulation knows, over its default point where that
    has these names.
    """
    own = {
        name: value
        for name, value in given.items()
        if name in _names(simulation) | _settings(simulation)
    }
    return (
        {**simulation.point, **own}
        if own.keys() <= simulation.point.keys() | _settings(simulation)
        else own
    )


def _names(simulation):
    return {symbol.name for symbol in simulation.formula.graph.names}


def _settings(simulation):
    """Names of the experiment's own, such as a sample size that the formula does not depend on."""
    parameters = inspect.signature(simulation.replicate).parameters.values()
    return {p.name for p in parameters if p.kind is p.KEYWORD_ONLY} - {"rows"} - _names(simulation)


def _refuse_unknown(given, chosen):
    used = {name for _, inputs in chosen for name in inputs}
    for name in given.keys() - used:
        takes = set()
        for simulation, _ in chosen:
            takes |= {*simulation.formula.inputs, *_settings(simulation)}
        raise ArgumentError(
            f"no simulation here takes {name}; they take {', '.join(sorted(takes))}"
            f"{hint(name, takes)}"
        )


def _compared(simulation, inputs, args, executor):
    title = simulation.formula.title
    if not inputs:
        needed = ", ".join(f"{name}=..." for name in simulation.formula.inputs)
        raise ArgumentError(f"{title} has no default point; give {needed}")
    bar = partial(
        tqdm,
        desc=title,
        unit=" replicates",
        leave=False,
        file=sys.stderr,
        disable=not sys.stderr.isatty(),
    )
    return simulation.run(
        args.reps, rng=args.seed, executor=executor, progress=bar, rows=args.rows, **inputs
    )


@contextmanager
def _processes(jobs):
    """A process pool, or None for one job; its work is dropped when the run is interrupted."""
    if jobs < 1:
        raise ArgumentError(f"jobs is a whole number >= 1; not {jobs}")
    if jobs == 1:
        yield None
        return
    executor = ProcessPoolExecutor(
        jobs, initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN)
    )
    try:
        yield executor
    except BaseException:
        for worker in multiprocessing.active_children():
            worker.terminate()
        raise
    finally:
        executor.shutdown(cancel_futures=True)
