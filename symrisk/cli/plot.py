"""symrisk plot: a theorem's figure, drawn into a file."""

from symrisk.errors import ArgumentError
from symrisk.plot import plot


def run(args):
    """Write the figure and print the name of its file."""
    file = args.out or f"{args.id}.png"
    figure = plot(args.id, simulate=args.simulate, rng=args.seed)
    try:
        figure.savefig(file)
    except ValueError as error:
        raise ArgumentError(f"{file}: {error}") from error
    print(file)
    return 0
