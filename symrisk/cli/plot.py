"""symrisk plot: a theorem or a formula drawn into a file."""

from symrisk.cli.library import locate
from symrisk.errors import ArgumentError, NoMethod


def run(args):
    """Write the figure and print the name of its file."""
    found = locate(args.id, args.modules)
    file = args.out or f"{found.id}.png"
    _save(_figure(found.id, args), file)
    print(file)
    return 0


def _figure(identifier, args):
    try:
        # matplotlib is an extra: only this verb asks for it
        from symrisk.plot import plot
        return plot(identifier, simulate=args.simulate, rng=args.seed)
    except ImportError as error:
        if (error.name or "").partition(".")[0] != "matplotlib":
            raise
        raise NoMethod("plots need matplotlib: pip install symrisk[plot]") from error


def _save(figure, file):
    try:
        figure.savefig(file)
    except ValueError as error:
        raise ArgumentError(f"{file}: {error}") from error
